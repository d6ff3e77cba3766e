"""A lens applied: which moves, stints, people and organizations it lets through.

All terms must hold. An organization term means the organization and all that stand below it on the day in question (the
left day for `from`, the joined day for `to`), by what is recorded, whatever the level; `organization` means either end
of a move. `after:D` keeps moves joined on or after the first day of D, `before:D` those joined before it, by nominal
days; an undated move is neither. `status` is that of the move (the weaker stint's) or of the stint, exactly; `kind` is
that of the stint joined. `expertise` matches a part of an entry, in any case.

Stints: where the lens speaks of moves (from, to, after, before) those at both ends of the moves it lets through, else
those that have the organization, status and kind. People: those of the terms about people who also have such a stint,
if any other term is there. Organizations: those of the stints let through. An empty lens lets all rows through. Denied
rows and rows that are not known by the day are never let through.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from app.analysis.careers import Careers
from app.analysis.known import known_rows
from app.analysis.moves import Moves
from app.analysis.names import find
from app.analysis.steps import first_day, left_day
from app.domain import dates
from app.domain.dataset import Dataset
from app.domain.index import DENIED, STINT_KINDS, Bools
from app.domain.lens import Lens
from app.domain.schema import STATUSES

OF_MOVES = ("from", "to", "after", "before")
"""Terms that only a move can meet."""
OF_PEOPLE = ("person", "expertise")
"""Terms that a person meets."""


@dataclass(frozen=True, eq=False)
class Selection:
    """What a lens lets through, as masks: moves in the order of the careers' moves, stints in that of the Index, people
    and organizations in that of their tables."""

    moves: Bools
    stints: Bools
    people: Bools
    organizations: Bools


@dataclass(frozen=True, eq=False)
class Selector:
    """A lens made ready for one Dataset and its careers: names are found, people are matched.

    meets: (people + 1,) who meets the terms about people; the last place answers for ABSENT. left, joined, either: the
    codes that each `from`, `to` and `organization` term names.
    """

    dataset: Dataset
    careers: Careers
    lens: Lens
    meets: Bools
    left: tuple[list[int], ...]
    joined: tuple[list[int], ...]
    either: tuple[list[int], ...]

    @classmethod
    def of(cls, dataset: Dataset, careers: Careers, lens: Lens) -> Selector:
        """Raises UsageError, with close matches, for a name that fits no person or organization."""
        left, joined, either = (
            tuple(find(dataset, "organizations", value, field) for value in lens.values(field))
            for field in ("from", "to", "organization")
        )
        return cls(dataset, careers, lens, _meeting(dataset, lens), left, joined, either)

    def moves(self, moves: Moves) -> Bools:
        """Which of some moves (or of the steps left out) the lens lets through, (m,)."""
        index, lens = self.careers.index, self.lens
        passed = self.meets[moves.person]
        if self.left or self.joined or self.either:
            within = self.careers.levels.hierarchy.within
            left, joined = index.organization[moves.left_stint], index.organization[moves.joined_stint]
            left_on = left_day(self.careers.known, moves.left_stint, moves.left_lo, moves.left_hi)
            joined_on = first_day(moves.joined_lo, moves.joined_hi)
            for wanted in self.left:
                passed &= within(left, left_on, wanted)
            for wanted in self.joined:
                passed &= within(joined, joined_on, wanted)
            for wanted in self.either:
                passed &= within(left, left_on, wanted) | within(joined, joined_on, wanted)
        for text in lens.values("after"):
            passed &= ~moves.undated & (moves.joined >= dates.parse(text).earliest)
        for text in lens.values("before"):
            passed &= ~moves.undated & (moves.joined < dates.parse(text).earliest)
        for word in lens.values("status"):
            passed &= moves.status == STATUSES.index(word)
        for word in lens.values("kind"):
            passed &= index.kind[moves.joined_stint] == STINT_KINDS.index(word)
        return passed

    def select(self) -> Selection:
        """Everything that the lens lets through."""
        careers, terms = self.careers, self.lens.terms
        index, known = careers.index, careers.known
        valid = known.shown & (index.status != DENIED)
        moves = self.moves(careers.moves)
        stints = valid & self.meets[index.person]
        if any(term.field in OF_MOVES for term in terms):
            ends = (careers.moves.left_stint[moves], careers.moves.joined_stint[moves])
            stints &= _mask(np.concatenate(ends), len(stints))
        else:
            stints &= self._fitting()
        people = self._shown("people", index.person[valid]) & self.meets[:-1]
        if any(term.field not in OF_PEOPLE for term in terms):
            people &= _mask(index.person[stints], len(people))
        organizations = self._shown("organizations", index.organization[valid])
        if terms:
            organizations &= _mask(index.organization[stints], len(organizations))
        return Selection(moves, stints, people, organizations)

    def _fitting(self) -> Bools:
        """Which stints meet the terms about organization, status and kind, (n,)."""
        index, known = self.careers.index, self.careers.known
        passed: Bools = np.ones(len(index), dtype=np.bool_)
        for wanted in self.either:
            begun = first_day(known.start_lo, known.start_hi)
            passed &= self.careers.levels.hierarchy.within(index.organization, begun, wanted)
        for word in self.lens.values("status"):
            passed &= index.status == STATUSES.index(word)
        for word in self.lens.values("kind"):
            passed &= index.kind == STINT_KINDS.index(word)
        return passed

    def _shown(self, table: str, named: npt.NDArray[np.int32]) -> Bools:
        """Rows that are not denied and are known: by a source of their own, or as named by a stint that is known."""
        frame = self.dataset[table]
        known = known_rows(self.dataset, table, self.careers.known.day) | _mask(named, frame.height)
        shown: Bools = known & frame.get_column("status").ne_missing("denied").to_numpy()
        return shown


def _mask(found: npt.NDArray[Any], n: int) -> Bools:
    """Positions (ABSENT is passed over) → mask (n,)."""
    mask = np.zeros(n + 1, dtype=np.bool_)
    mask[found] = True
    return mask[:-1]


def _meeting(dataset: Dataset, lens: Lens) -> Bools:
    """Who meets the terms about people, (people + 1,)."""
    frame = dataset["people"]
    meets = np.ones(frame.height + 1, dtype=np.bool_)
    for value in lens.values("person"):
        meets &= np.append(_mask(np.array(find(dataset, "people", value, "person")), frame.height), False)
    for value in lens.values("expertise"):
        entry = pl.element().str.to_lowercase().str.contains(value.lower(), literal=True)
        fits = frame.select(pl.col("expertise").list.eval(entry).list.any()).to_series().fill_null(value=False)
        meets &= np.append(fits.to_numpy(), False)
    return meets
