"""Everyone and every seat of an organization chart as arrays, so that 100,000 are drawn as 50 are.

A box is a seat, or the membership of someone without a seat in one unit. What needs words for one box alone (its tip,
its evidence) is made when it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from app.analysis.buildout import CLOSED, HELD, LEFT, POSSIBLE, VACANT
from app.analysis.order import Positions
from app.analysis.presence import held
from app.analysis.seats import NOBODY
from app.analysis.structure import Structure
from app.domain.dates import FUTURE
from app.domain.index import ABSENT, Bools, Ints, codes
from app.domain.schema import STATUSES
from app.pictures import wording
from app.pictures.gathered import Gathered
from app.pictures.seat_places import brief
from app.scene.style import Status

INSIDE = -2
"""Where someone came from who was in the organization before; ABSENT where nobody says."""


@dataclass(frozen=True, eq=False)
class Boxes:
    """The boxes of one Structure, seats in its order, then people without a seat; all arrays and tuples (b,).

    keys: `seats:ID` or `people:ID`; names: of the holder, blank where nobody has come; titles: of the seat or the role;
    words: since when, or what an empty seat is; losts: when the last holder left; tenures: how long who
    is there has been, blank where nobody is or knows; origin: code of the organization they
    came from, INSIDE or ABSENT; wears: code of the organization whose colour they wear, ABSENT for none; state: as in
    `analysis/buildout`; status: code into STATUSES, ABSENT where nobody is; stated: what an empty seat says of itself;
    unit: code of the organization that holds the box; person: code, ABSENT for nobody; lo, hi: bounds of joining;
    lit: whether filter and window let the person through; so they do with empty seats.
    """

    n_seats: int
    keys: tuple[str, ...]
    names: tuple[str, ...]
    titles: tuple[str, ...]
    words: tuple[str, ...]
    losts: tuple[str, ...]
    tenures: tuple[str, ...]
    stated: tuple[str, ...]
    origin: Ints
    wears: Ints
    state: Ints
    status: Ints
    unit: Ints
    person: Ints
    lo: Ints
    hi: Ints
    lit: Bools

    def __len__(self) -> int:
        return len(self.keys)

    @cached_property
    def empty(self) -> Bools:
        """Whether nobody has come yet, (b,)."""
        found: Bools = self.person == ABSENT
        return found

    @cached_property
    def gone(self) -> Bools:
        """Whether the last holder has left, (b,)."""
        found: Bools = ~self.empty & ((self.state == LEFT) | (self.state == CLOSED))
        return found

    @cached_property
    def vague(self) -> Bools:
        """Whether the holder may be there, but not for certain, (b,)."""
        found: Bools = ~self.empty & (self.state == POSSIBLE)
        return found

    @cached_property
    def initials(self) -> tuple[str, ...]:
        """Of each holder; blank where nobody has come."""
        return tuple(wording.initials(name) if name else "" for name in self.names)

    @cached_property
    def unseated(self) -> Positions:
        """The people without a seat, each once, though they may be in several units."""
        _, first = np.unique(self.person[self.n_seats :], return_index=True)
        return self.n_seats + np.sort(first)

    @cached_property
    def at_key(self) -> dict[str, int]:
        """The first box of each key."""
        found: dict[str, int] = {}
        for at, key in enumerate(self.keys):
            found.setdefault(key, at)
        return found

    @classmethod
    def nobody(cls) -> Boxes:
        """No box at all."""
        none, flags = np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.bool_)
        return cls(0, (), (), (), (), (), (), (), none, none, none, none, none, none, none, none, flags)

    @classmethod
    def of(cls, structure: Structure, gathered: Gathered, lit: Bools | None = None) -> Boxes:
        """The boxes of a Structure. lit: stints (in the order of the Index) that filter and window let through, None
        for all."""
        parts = (_seats(structure, gathered), _members(structure, gathered))
        numbers = {name: np.concatenate([part.numbers[name] for part in parts]).astype(np.int32) for name in _NUMBERS}
        stint = numbers.pop("stint")
        shown = np.ones(len(stint), dtype=np.bool_) if lit is None else np.append(lit, True)[stint]
        for array in (*numbers.values(), shown):
            array.setflags(write=False)
        keys, names, titles, words, losts, tenures, stated = (
            tuple(text for part in parts for text in getattr(part, column))
            for column in ("keys", "names", "titles", "words", "losts", "tenures", "stated")
        )
        n = numbers
        return cls(
            len(parts[0].keys), keys, names, titles, words, losts, tenures, stated,
            n["origin"], n["wears"], n["state"], n["status"], n["unit"], n["person"], n["lo"], n["hi"], shown,
        )  # fmt: skip


_NUMBERS = ("origin", "wears", "state", "status", "unit", "person", "lo", "hi", "stint")
"""Columns of boxes that are numbers; stint: position in the Index, ABSENT where nobody is."""


@dataclass(frozen=True, eq=False)
class _Part:
    """Columns of some boxes."""

    keys: list[str]
    names: list[str]
    titles: list[str]
    words: list[str]
    losts: list[str]
    tenures: list[str]
    stated: list[str]
    numbers: dict[str, Ints]


def _seats(structure: Structure, gathered: Gathered) -> _Part:
    """The seats."""
    careers, data, n = gathered.careers, gathered.dataset, len(structure.seats)
    blanks = dict.fromkeys(("origin", "wears", "status", "person", "stint"), ABSENT) | {"state": VACANT}
    found = {name: np.full(n, blank, dtype=np.int32) for name, blank in blanks.items()}
    found |= {name: np.full(n, FUTURE, dtype=np.int32) for name in ("lo", "hi", "end_lo", "end_hi")}
    said = np.full(n, "", dtype=object)
    for number, (build_out, roster) in enumerate(zip(structure.build_outs, structure.rosters, strict=True)):
        mine = np.flatnonzero(structure.part == number)
        at, h = structure.place[mine], build_out.holders
        holder = roster.holder[at]
        found["state"][mine] = roster.state[at]
        said[mine] = [roster.stated[seat] or "open" for seat in at.tolist()]
        mine, holder = mine[holder != NOBODY], holder[holder != NOBODY]
        values = {
            "origin": np.where(h.internal[holder], INSIDE, h.origin[holder]), "wears": h.origin[holder],
            "status": careers.index.status[h.stint[holder]], "person": h.person[holder],
            "stint": h.stint[holder], "lo": roster.lo[holder],
            "hi": roster.hi[holder], "end_lo": h.end_lo[holder], "end_hi": h.end_hi[holder],
        }  # fmt: skip
        for name, column in values.items():
            found[name][mine] = column
    taken, state = found["person"] != ABSENT, found["state"]
    gone = taken & ((state == LEFT) | (state == CLOSED))
    rows = data["seats"].select("id", "title", "organization_id")[structure.seats.tolist()]
    found["unit"] = codes(rows.get_column("organization_id"), data["organizations"].get_column("id"))
    words = _briefs(found["lo"], found["hi"], taken & ~gone)
    end_lo, end_hi = found.pop("end_lo"), found.pop("end_hi")
    ended = gone & (end_hi - 1 <= structure.day) & (end_hi < FUTURE)
    lost = _briefs(end_lo, end_hi, ended)
    empty = zip(words, taken.tolist(), said.tolist(), strict=True)
    return _Part(
        [f"seats:{i}" for i in rows.get_column("id")],
        _names(gathered, found["person"]),
        _titles(gathered, structure, rows.get_column("title").to_list(), found["unit"]),
        [word if had else state.replace("-", " ") for word, had, state in empty],
        [f"left {when}" if when else "left" if left else "" for when, left in zip(lost, gone.tolist(), strict=True)],
        _tenures(found["lo"], found["hi"], taken & ~gone, structure.day),
        ["" if had else state for had, state in zip(taken.tolist(), said.tolist(), strict=True)],
        found,
    )


def _titles(gathered: Gathered, structure: Structure, titles: Sequence[str | None], unit: Ints) -> list[str]:
    """Titles of seats, with the unit that they are in where that is not the organization drawn."""
    own = (ABSENT, structure.organization)
    return [
        ", ".join(part for part in (title or "", "" if code in own else gathered.labels[code]) if part)
        for title, code in zip(titles, unit.tolist(), strict=True)
    ]


def _members(structure: Structure, gathered: Gathered) -> _Part:
    """The people without a seat, one a unit that they are in."""
    careers, at = gathered.careers, structure.unseated
    previous, own = careers.origins(at)
    inside = (previous == own) & (previous != ABSENT)
    certain, _ = held(careers.proven, structure.day)
    roles = gathered.dataset["stints"].get_column("role").gather(careers.index.row[at]).to_list()
    person = careers.index.person[at]
    lo, hi = careers.proven.start_lo[at], careers.proven.start_hi[at]
    blank = [""] * len(at)
    return _Part(
        [f"people:{i}" for i in gathered.dataset["people"].get_column("id").gather(person)],
        _names(gathered, person),
        [role or "" for role in roles],
        _briefs(lo, hi, everyone := np.ones(len(at), dtype=np.bool_)),
        blank,
        _tenures(lo, hi, everyone, structure.day),
        blank,
        {
            "origin": np.where(inside, INSIDE, previous),
            "wears": previous,
            "state": np.where(certain[at], HELD, POSSIBLE),
            "status": careers.index.status[at].astype(np.int32),
            "unit": careers.index.organization[at],
            "person": person,
            "stint": at.astype(np.int32),
            "lo": lo,
            "hi": hi,
        },
    )


def _names(gathered: Gathered, person: Ints) -> list[str]:
    """Names of people by code; the id of one without; blank for ABSENT."""
    people = gathered.dataset["people"].select("id", "name")
    at = np.flatnonzero(person != ABSENT)
    found = [""] * len(person)
    rows = people[person[at].tolist()]
    for n, (row_id, name) in zip(at.tolist(), rows.iter_rows(), strict=True):
        found[n] = name or row_id
    return found


def _briefs(lo: Ints, hi: Ints, wanted: Bools) -> list[str]:
    """Days in a few letters where they are wanted, else blank."""
    return _written(lo, hi, wanted, lambda first, end: brief(first, end, year=True))


def _tenures(lo: Ints, hi: Ints, wanted: Bools, day: int) -> list[str]:
    """How long people have been there by a day where it is wanted, else blank."""
    return _written(lo, hi, wanted, lambda first, end: wording.tenure(first, end, day))


def _written(lo: Ints, hi: Ints, wanted: Bools, write: Callable[[int, int], str]) -> list[str]:
    """What is written of bounds where it is wanted, else blank; of each pair of bounds once."""
    found, known = [""] * len(lo), dict[tuple[int, int], str]()
    at = np.flatnonzero(wanted)
    for n, first, end in zip(at.tolist(), lo[at].tolist(), hi[at].tolist(), strict=True):
        text = known.get((first, end))
        if text is None:
            text = known[first, end] = write(first, end)
        found[n] = text
    return found


def status_of(code: int) -> Status:
    """The status of a box; none for ABSENT."""
    return Status(STATUSES[code]) if code != ABSENT else Status.NONE


def sorted_by_joining(boxes: Boxes, at: Positions) -> Positions:
    """Some boxes in order of joining: those who came, then empty seats; of one day in the order they have."""
    return at[np.lexsort((at, boxes.hi[at], boxes.lo[at], boxes.empty[at]))]
