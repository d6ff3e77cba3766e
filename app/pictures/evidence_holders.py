"""Who holds seats on the day of a picture, held them, or is only named for them: with status and sources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from app.analysis.buildout import INTERNAL, UNKNOWN, BuildOut, seats_on
from app.analysis.naming import naming
from app.analysis.order import NONE
from app.analysis.presence import held
from app.analysis.seats import NOBODY, last_come, origin_of
from app.domain.dataset import Row
from app.domain.schema import STATUSES
from app.pictures.evidence_desk import Desk, interval
from app.pictures.evidence_facts import MOST_LISTED, Item, Section, listed
from app.pictures.seat_states import HELD, LEFT, PERHAPS, STATES, states

NOT_ON_RECORD = "not on record"


@dataclass(frozen=True, eq=False)
class Seats:
    """Some seats as of the day of the picture. place: id → position among them; last: who came last to each, as
    `analysis/seats` says; words: codes of their states. Ids that no seat has are passed over."""

    desk: Desk
    build_out: BuildOut
    place: dict[str, int]
    last: tuple[int, ...]
    words: tuple[int, ...]

    @classmethod
    def of(cls, desk: Desk, ids: Iterable[str]) -> Seats:
        """Seats by id."""
        found = {row for i in ids if (row := desk.data.position("seats", i)) is not None}
        made = seats_on(desk.data, desk.gathered.careers, desk.gathered.as_of, np.array(sorted(found), dtype=np.intp))
        last = last_come(made)
        names = desk.data["seats"].get_column("id").gather(made.seats)
        words = states(desk.data, made, last)
        return cls(desk, made, {name: at for at, name in enumerate(names)}, tuple(last.tolist()), tuple(words.tolist()))

    def stint_of(self, holder: int) -> Row:
        """The stint of a holder."""
        return _stint(self.desk, int(self.build_out.holders.stint[holder]))

    def last_stint(self, seat_id: str) -> Row | None:
        """The stint of who holds a seat, may hold it or held it last; None for nobody."""
        at = self.place.get(seat_id, NOBODY)
        return self.stint_of(self.last[at]) if at >= 0 and self.last[at] != NOBODY else None

    def holder(self, seat_id: str) -> str:
        """Their name; blank for nobody."""
        stint = self.last_stint(seat_id)
        return self.desk.person(stint["person_id"]) if stint is not None else ""

    def title(self, seat_id: str) -> str:
        """The title of a seat, its id where it has none."""
        row = self.desk.data.row("seats", seat_id)
        return f"{seat_id} (no such seat)" if row is None else row["title"] or seat_id

    def state(self, seat_id: str) -> str:
        """What a seat is on the day, and by whom: `held by …`, `left by …`, `open`. KeyError where there is no seat."""
        word, holder = self.words[self.place[seat_id]], self.holder(seat_id)
        return f"{STATES[word]} by {holder}" if word in (HELD, PERHAPS, LEFT) and holder else STATES[word]

    def named(self, seat_id: str) -> str:
        """`Alexandr Wang · Chief AI officer`, `Ruoming Pang (left) · Head of infrastructure`, `Researcher (open)`."""
        holder, title, at = self.holder(seat_id), self.title(seat_id), self.place.get(seat_id, NOBODY)
        if at == NOBODY:
            return title
        word = self.words[at]
        if not holder:
            return f"{title} ({STATES[word]})"
        sure = f"perhaps {holder}" if word == PERHAPS else holder
        return f"{sure}{' (left)' if word >= LEFT else ''} · {title}"


@dataclass(frozen=True, slots=True)
class Sitting:
    """The holders of one seat by what they are to it on the day: surely there, perhaps there, gone, still to come;
    positions among the holders, the earlier first."""

    sure: tuple[int, ...]
    unsure: tuple[int, ...]
    gone: tuple[int, ...]
    later: tuple[int, ...]

    @classmethod
    def of(cls, seats: Seats) -> Sitting:
        """Of a single seat."""
        h, day = seats.build_out.holders, seats.build_out.day
        certain, possible = held(h, day)
        come = h.start_lo <= day
        kinds = (certain, possible & ~certain, come & ~possible, ~come & ~possible)
        return cls(*(tuple(np.flatnonzero(kind).tolist()) for kind in kinds))

    @property
    def foremost(self) -> tuple[int, ...]:
        """Those who hold it or may hold it, else the one who held it last."""
        return (*self.sure, *self.unsure) or self.gone[-1:]

    def sections(self, seats: Seats) -> list[Section]:
        """Each sort under its head; where those come from who hold it, may hold it or held it last."""
        last = () if self.sure or self.unsure else self.gone[-1:]
        before = [at for at in reversed(self.gone) if at not in last]
        found = [
            Section(head, tuple(item for at in some for item in (_holder(seats, at), _origin(seats, at))))
            for head, some in (("Holds it", self.sure), ("May hold it", self.unsure), ("Held it last", last))
            if some
        ]
        found += listed("Held it before", [_holder(seats, at) for at in before[:MOST_LISTED]], len(before))
        return found + listed("Comes later", [_holder(seats, at) for at in self.later[:MOST_LISTED]], len(self.later))


def _holder(seats: Seats, holder: int) -> Item:
    """A holder with the days."""
    position = int(seats.build_out.holders.stint[holder])
    stint = _stint(seats.desk, position)
    days = " · ".join(part for part in (interval(stint), stint["role"]) if part)
    status = STATUSES[int(seats.desk.gathered.careers.index.status[position])]
    cited = seats.desk.cite(stint["source_ids"])
    name, person = seats.desk.person(stint["person_id"]), str(stint["person_id"] or "")
    return Item(name, days, status, cited, f"stints:{stint['id']}", person)


def _origin(seats: Seats, holder: int) -> Item:
    """Where a holder came from."""
    desk, made = seats.desk, seats.build_out
    before = int(desk.gathered.careers.before[int(made.holders.stint[holder])])
    if before == NONE:
        return Item(f"Where they came from is {NOT_ON_RECORD}")
    left, origin = _stint(desk, before), origin_of(made, holder)
    where = desk.organization(left["organization_id"])
    text = f"After {where}" if origin == UNKNOWN else f"From {where}{' (inside)' if origin == INTERNAL else ''}"
    unstated = "the order is not stated" if origin == UNKNOWN else ""
    detail = " · ".join(part for part in (left["role"], interval(left), unstated) if part)
    return Item(text, detail, left["status"] or "", desk.cite(left["source_ids"]), f"stints:{left['id']}")


def not_counted(desk: Desk, seat_id: str) -> list[Section]:
    """Stints that name a seat and do not hold it: denied ones, offers, education."""
    row = desk.data.position("seats", seat_id)
    at = naming(desk.data).of(row) if row is not None else np.zeros(0, dtype=np.intp)
    items = []
    for position in at[desk.gathered.careers.known.shown[at]].tolist():
        stint = _stint(desk, position)
        if stint["status"] == "denied" or stint["kind"] in ("offer", "education"):
            detail = " · ".join(part for part in (stint["kind"], interval(stint)) if part)
            name = desk.person(stint["person_id"])
            record = f"stints:{stint['id']}"
            items.append(Item(name, detail, stint["status"] or "", desk.cite(stint["source_ids"]), record))
    return listed("Named for it, not counted", items[:MOST_LISTED], len(items))


def seats_of(desk: Desk, stints: Sequence[Row]) -> list[Section]:
    """The seats that a person's stints hold or held; none if there are none."""
    items = []
    for stint in stints:
        if stint["seat_id"]:
            row = desk.data.row("seats", stint["seat_id"])
            where = desk.organization(row["organization_id"]) if row is not None else ""
            name = (row["title"] if row is not None else "") or stint["seat_id"]
            text = " · ".join(part for part in (name, where) if part)
            record = f"seats:{row['id']}" if row is not None else f"stints:{stint['id']}"
            items.append(Item(text, interval(stint), stint["status"] or "", both(desk, stint, row), record))
    return [Section("Seats", tuple(items))] if items else []


def both(desk: Desk, stint: Row, seat: Row | None) -> tuple[int, ...]:
    """Numbers of the sources of a stint and of its seat, each once."""
    cited = desk.cite((*stint["source_ids"], *(seat["source_ids"] if seat is not None else ())))
    return tuple(sorted(set(cited)))


def _stint(desk: Desk, position: int) -> Row:
    """A stint by its position in the Index."""
    return desk.data["stints"].row(int(desk.data.index.row[position]), named=True)
