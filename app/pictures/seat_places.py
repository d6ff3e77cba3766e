"""The places of a seat board: each seat of a build-out with its words, in order of joining, then those still empty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from app.analysis.buildout import CLOSED, HELD, INTERNAL, LEFT, UNKNOWN, VACANT, BuildOut
from app.analysis.seats import NOBODY, Roster, ended, origin_of
from app.domain import dates
from app.domain.dates import FUTURE, PAST
from app.domain.schema import STATUSES
from app.pictures import wording
from app.pictures.gathered import Gathered
from app.scene.scene import Tip
from app.scene.style import Status

_MONTH, _YEAR = 31, 366
"""A date known to within so many days is written as a month, as a year."""


@dataclass(frozen=True, slots=True)
class Place:
    """One seat or one empty place. holder: position among the holders, NOBODY if empty; lo, hi: bounds of the day of
    joining; origin: id, INTERNAL or UNKNOWN; organization: whose colour; word: day, or what the empty place is; lost:
    when the last holder left, blank if somebody is there."""

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
    tip: Tip | None = None

    @property
    def empty(self) -> bool:
        """Whether nobody has ever held it."""
        return self.holder == NOBODY

    @property
    def gone(self) -> bool:
        """Whether its last holder has left."""
        return not self.empty and self.state in (LEFT, CLOSED)


@dataclass(frozen=True, slots=True)
class Row:
    """Places that stand together: a head, a second line below it, and the places."""

    head: str
    note: str
    places: tuple[Place, ...]


@dataclass(frozen=True, eq=False)
class Holding:
    """A build-out with its words: what the marks of a picture are made from."""

    gathered: Gathered
    build_out: BuildOut
    roster: Roster

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """All places without tips: held, possible and left ones in order of joining, then those still empty."""
        taken = sorted(
            (self._taken(at) for at in range(len(self.roster.holder)) if self.roster.holder[at] != NOBODY),
            key=lambda place: (place.lo <= PAST, place.lo, place.hi),
        )  # of one day by rank, the order of the seats
        over, held = [], 0
        for place in taken:
            held += place.state == HELD
            over.append(place.state == HELD and 0 < self.build_out.wanted < held)
        marked = [replace(place, over=beyond) for place, beyond in zip(taken, over, strict=True)]
        return (*marked, *self._empty(sum(place.state != CLOSED for place in taken)))

    def at(self, at: int) -> Place:
        """The place of one seat of the build-out, without its tip."""
        return self._taken(at) if self.roster.holder[at] != NOBODY else self._vacant(at)

    def _taken(self, at: int) -> Place:
        """The place of a seat that somebody holds, may hold or has held."""
        holder, h = int(self.roster.holder[at]), self.build_out.holders
        stint = int(h.stint[holder])
        lo, hi = int(self.roster.lo[holder]), int(self.roster.hi[holder])
        origin = origin_of(self.build_out, holder)
        state = int(self.roster.state[at])
        over = ended(self.build_out, holder) if state in (LEFT, CLOSED) else None
        lost = f"left {brief(*over, year=True)}" if over else "left" if state in (LEFT, CLOSED) else ""
        return Place(
            self.seat_key(at),
            state,
            self.person(holder),
            brief(lo, hi),
            lost,
            origin,
            self.home(holder),
            Status(STATUSES[int(self.gathered.careers.index.status[stint])]),
            holder,
            lo,
            hi,
        )

    def _empty(self, n_taken: int) -> list[Place]:
        """Seats that nobody has held yet, those that say their state first, and what the target wants beyond them."""
        vacant = np.flatnonzero((self.roster.holder == NOBODY) & (self.roster.state == VACANT)).tolist()
        stated = [at for at in vacant if self.roster.stated[at]]
        room = max(0, self.build_out.wanted - n_taken - sum(self.roster.stated[at] != "planned" for at in stated))
        plain = [at for at in vacant if not self.roster.stated[at] and not self.roster.later[at]]
        found = [self._vacant(at) for at in (*stated, *plain)]
        beyond = range(1, room - len(plain) + 1)
        return found + [Place(f"group:open:{n}", VACANT, word="open", stated="open") for n in beyond]

    def _vacant(self, at: int) -> Place:
        word = (self.roster.stated[at] or "open").replace("-", " ")
        title = self.gathered.dataset["seats"].item(int(self.build_out.seats[at]), "title")
        return Place(self.seat_key(at), VACANT, str(title or ""), word, stated=self.roster.stated[at] or "open")

    def seat_key(self, at: int) -> str:
        """`seats:ID` of a seat of the build-out."""
        return f"seats:{self.gathered.dataset['seats'].item(int(self.build_out.seats[at]), 'id')}"

    def person(self, holder: int) -> str:
        """The name of a holder."""
        people = self.gathered.dataset["people"]
        code = int(self.build_out.holders.person[holder])
        return str(people.item(code, "name") or people.item(code, "id"))

    def home(self, holder: int) -> str:
        """Id of the organization in whose colour a holder stands; blank if nobody says where they came from."""
        code = int(self.build_out.holders.origin[holder])
        return self.gathered.ids[code] if code >= 0 else ""

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

    @property
    def counts(self) -> tuple[int, int, int, int, int]:
        """Held, possible beyond these, left, empty, over."""
        b = self.build_out
        return b.filled, b.possible - b.filled, b.left, sum(p.empty for p in self.places), b.over


def brief(lo: int, hi: int, *, year: bool = False) -> str:
    """A day as far as it is known, in a few letters: `12 Jun`, `Jun`, `2025`; with the year `12 Jun ’25`."""
    if lo <= PAST or hi >= FUTURE:
        return "day not known"
    date = dates.written(lo).split()
    tail = f" ’{date[2][2:]}" if year else ""
    if hi - lo == 1:
        return f"{date[0]} {date[1][:3]}{tail}"
    if hi - lo <= _MONTH:
        return f"{date[1][:3]}{tail}"
    return date[2] if hi - lo <= _YEAR else f"{dates.text(lo)[:4]}–{dates.text(hi - 1)[:4]}"


def by_month(places: Sequence[Place]) -> list[Row]:
    """Rows by month of joining; those known to the year only after its months, those known less well at the end, the
    empty ones last."""
    rows: dict[tuple[str, str], list[Place]] = {}
    for place in places:
        rows.setdefault(_month(place), []).append(place)

    def order(head: tuple[str, str]) -> tuple[int, str, int, int]:
        first = rows[head][0]
        if first.empty:
            return (2, "", 0, 0)
        known = first.lo > PAST and first.hi < FUTURE and first.hi - first.lo <= _YEAR
        return (0 if known else 1, dates.text(first.lo)[:4] if known else "", first.hi - first.lo > _MONTH, first.lo)

    return [_row(head, note, rows[head, note]) for head, note in sorted(rows, key=order)]


def merged(rows: Sequence[Row], most: int) -> list[Row]:
    """The same with neighbouring months of one year in one row where together they are no more than `most`."""
    found: list[Row] = []
    for row in rows:
        last = found[-1] if found else None
        months = row.head[:1].isalpha() and row.head[-4:].isdigit()
        if (
            last is not None
            and months
            and last.head[:1].isalpha()
            and last.head[-4:] == row.head[-4:]
            and len(last.places) + len(row.places) <= most
        ):
            year = row.head[-4:]
            first = last.head[:-5].split("–")[0][:3]
            found[-1] = _row(f"{first}–{row.head[:3]} {year}", "", [*last.places, *row.places])
        else:
            found.append(row)
    return found


def by_year(rows: Sequence[Row]) -> list[Row]:
    """The same by year of joining."""
    found: dict[tuple[str, str], list[Place]] = {}
    for row in rows:
        year = row.head[-4:] if row.head[-4:].isdigit() else row.head
        found.setdefault((year, ""), []).extend(row.places)
    return [_row(head, note, places) for (head, note), places in found.items()]


def _month(place: Place) -> tuple[str, str]:
    if place.empty:
        return ("Still empty", "")
    if place.lo <= PAST or place.hi >= FUTURE:
        return ("Not dated", "")
    if place.hi - place.lo <= _MONTH:
        return (wording.month(place.lo), "")
    if place.hi - place.lo <= _YEAR and dates.text(place.lo)[:4] == dates.text(place.hi - 1)[:4]:
        return (dates.text(place.lo)[:4], "month not known")
    return ("Year not known", "")


def _row(head: str, note: str, places: Sequence[Place]) -> Row:
    kind = "place" if places[0].empty else "seat"
    count = wording.counted(len(places), kind)
    return Row(head, f"{note}\n{count}" if note else count, tuple(places))
