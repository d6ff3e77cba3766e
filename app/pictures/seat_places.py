"""The places of a seat board: each seat of a build-out with its words, in order of joining, then those still empty."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import count, repeat
from typing import ClassVar

import numpy as np

from app.analysis.buildout import CLOSED, HELD, INTERNAL, LEFT, UNKNOWN, VACANT, BuildOut
from app.analysis.order import Positions
from app.analysis.seats import NOBODY, Roster, ended, origin_of
from app.domain import dates
from app.domain.dates import FUTURE, PAST
from app.domain.index import Bools
from app.domain.schema import STATUSES
from app.pictures.gathered import Gathered
from app.scene.scene import Tip
from app.scene.style import Status
from app.scene.tips import Later, Told

MONTH, YEAR = 31, 366
"""A date known to within so many days is written as a month, as a year."""
_STATUSES = tuple(Status(word) for word in STATUSES)


@dataclass(frozen=True, slots=True)
class Place:
    """One seat or one empty place. holder: position among the holders, NOBODY if empty; lo, hi: bounds of the day of
    joining; origin: id, INTERNAL or UNKNOWN; organization: whose colour; word: day, or what the empty place is; lost:
    when the last holder left, blank if somebody is there; lit: whether the lens lets the holder through."""

    key: str
    state: int
    name: str = ""
    word: str = ""
    lost: str = ""
    origin: str = ""
    organization: str = ""
    status: Status = Status.NONE
    holder: int = NOBODY
    lo: int = FUTURE
    hi: int = FUTURE
    over: bool = False
    stated: str = ""
    lit: bool = True
    tip: Told | None = None

    @property
    def empty(self) -> bool:
        """Whether nobody has ever held it."""
        return self.holder == NOBODY

    @property
    def gone(self) -> bool:
        """Whether its last holder has left."""
        return not self.empty and self.state in (LEFT, CLOSED)


@dataclass(frozen=True, eq=False)
class Holding:
    """A build-out with its words: what the marks of a picture are made from. lit: (h,) the holders that a lens lets
    through; None without one."""

    gathered: Gathered
    build_out: BuildOut
    roster: Roster
    lit: Bools | None = None

    has_seats: ClassVar[bool] = True
    """Whether places are seats, which may be empty."""

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """All places without tips: held, possible and left ones in order of joining, then those still empty."""
        return self.told(None)

    @cached_property
    def by_key(self) -> Mapping[str, Place]:
        """The places without tips, by their keys."""
        return {place.key: place for place in self.places}

    def told(self, tip: Callable[[Place], Tip] | None) -> tuple[Place, ...]:
        """All places with their tips, which are made when somebody asks for them."""
        found: list[Place] = []

        def nth(at: int) -> Tip:
            assert tip is not None
            return tip(found[at])

        def tips(first: int) -> Iterator[Told | None]:
            """Tips of the places from the first on."""
            return repeat(None) if tip is None else (Later(nth, at) for at in count(first))

        found += self._taken(tips(0))
        n_taken = sum(place.state != CLOSED for place in found)
        if self.has_seats:
            found += self._empty(n_taken, tips(len(found)))
        return tuple(found)

    def _taken(self, tips: Iterator[Told | None]) -> list[Place]:
        """The places of seats that somebody holds, may hold or has held, in order of joining; of one day by rank."""
        roster, h = self.roster, self.build_out.holders
        seats = np.flatnonzero(roster.holder != NOBODY)
        holder = roster.holder[seats]
        lo, hi = roster.lo[holder], roster.hi[holder]
        order = np.lexsort((hi, lo, lo <= PAST))
        seats, holder, lo, hi = seats[order], holder[order], lo[order], hi[order]
        state = roster.state[seats]
        wanted = self.build_out.wanted or len(seats)
        over = (state == HELD) & (np.cumsum(state == HELD) > wanted)
        origins, homes = self.origins, self.homes
        columns = (
            seats.tolist(), holder.tolist(), lo.tolist(), hi.tolist(), state.tolist(), over.tolist(),
            self.names(holder), self.gathered.careers.index.status[h.stint[holder]].tolist(),
            (self.lit[holder] if self.lit is not None else np.ones(len(holder), dtype=np.bool_)).tolist(),
        )  # fmt: skip
        keys = self.seat_keys
        return [
            Place(keys[seat], s, name, brief(a, b), self._lost(s, at), origins[at], homes[at], _STATUSES[status],
                  at, a, b, beyond, "", shown, next(tips))
            for seat, at, a, b, s, beyond, name, status, shown in zip(*columns, strict=True)
        ]  # fmt: skip

    def _lost(self, state: int, holder: int) -> str:
        """When a holder has left, as far as it is known; blank while they are or may be there."""
        if state not in (LEFT, CLOSED):
            return ""
        over = ended(self.build_out, holder)
        return f"left {brief(*over, year=True)}" if over else "left"

    def _empty(self, n_taken: int, tips: Iterator[Told | None]) -> list[Place]:
        """Seats that nobody has held yet, those that say their state first, and what the target wants beyond them."""
        roster = self.roster
        vacant = np.flatnonzero((roster.holder == NOBODY) & (roster.state == VACANT)).tolist()
        stated = [at for at in vacant if roster.stated[at]]
        room = max(0, self.build_out.wanted - n_taken - sum(roster.stated[at] != "planned" for at in stated))
        plain = [at for at in vacant if not roster.stated[at] and not roster.later[at]]
        titles = self.gathered.dataset["seats"].get_column("title").gather(self.build_out.seats).to_list()
        found = [
            Place(self.seat_keys[at], VACANT, titles[at] or "", (roster.stated[at] or "open").replace("-", " "),
                  stated=roster.stated[at] or "open", tip=next(tips))
            for at in (*stated, *plain)
        ]  # fmt: skip
        beyond = range(room - len(plain))
        return found + [
            Place(f"group:open:{n + 1}", VACANT, word="open", stated="open", tip=next(tips)) for n in beyond
        ]

    @cached_property
    def seat_keys(self) -> list[str]:
        """`seats:ID` of each seat of the build-out."""
        ids = self.gathered.dataset["seats"].get_column("id").gather(self.build_out.seats)
        return [f"seats:{name}" for name in ids.to_list()]

    def names(self, holders: Positions) -> list[str]:
        """Names of holders; ids of those without one."""
        people = self.gathered.dataset["people"].select("name", "id")[self.build_out.holders.person[holders].tolist()]
        return [name or own for name, own in people.iter_rows()]

    def person(self, holder: int) -> str:
        """The name of a holder."""
        return self.names(np.array([holder]))[0]

    def sources(self, holders: Positions) -> tuple[str, ...]:
        """Ids of the sources of the stints of holders, each once."""
        rows = self.gathered.careers.index.row[self.build_out.holders.stint[holders]]
        cited = self.gathered.dataset["stints"].get_column("source_ids").gather(rows).to_list()
        return tuple(dict.fromkeys(source for own in cited for source in own or ()))

    @cached_property
    def origins(self) -> list[str]:
        """Where each holder came from: id, INTERNAL or UNKNOWN."""
        return [origin_of(self.build_out, at) for at in range(len(self.build_out.holders.seat))]

    @cached_property
    def homes(self) -> list[str]:
        """Id of the organization in whose colour each holder stands; blank if nobody says where they came from."""
        ids = self.gathered.ids
        return [ids[code] if code >= 0 else "" for code in self.build_out.holders.origin.tolist()]

    def origin_label(self, origin: str) -> str:
        """What an origin is called: `OpenAI`, `Meta (inside)`, `not known`."""
        if origin == UNKNOWN:
            return "not known"
        if origin != INTERNAL:
            return self.gathered.labels[self.gathered.ids.index(origin)]
        own = self.own
        return f"{self.gathered.labels[self.gathered.ids.index(own)]} (inside)" if own else "inside"

    def color_of(self, origin: str) -> str:
        """The organization in whose colour an origin stands; blank is grey."""
        return self.own if origin == INTERNAL else "" if origin == UNKNOWN else origin

    @cached_property
    def own(self) -> str:
        """Id of the organization that people from inside came from; blank if there are none."""
        h = self.build_out.holders
        inside = np.flatnonzero(h.internal)
        return self.gathered.ids[int(h.origin[inside[0]])] if len(inside) else ""


@lru_cache(maxsize=16384)
def brief(lo: int, hi: int, *, year: bool = False) -> str:
    """A day as far as it is known, in a few letters: `12 Jun`, `Jun`, `2025`; with the year `12 Jun ’25`."""
    if lo <= PAST or hi >= FUTURE:
        return "day not known"
    date = dates.written(lo).split()
    tail = f" ’{date[2][2:]}" if year else ""
    if hi - lo == 1:
        return f"{date[0]} {date[1][:3]}{tail}"
    if hi - lo <= MONTH:
        return f"{date[1][:3]}{tail}"
    return date[2] if hi - lo <= YEAR else f"{dates.text(lo)[:4]}–{dates.text(hi - 1)[:4]}"
