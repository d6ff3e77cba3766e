"""A lens applied: which moves, stints, people and organizations it lets through.

All conditions must hold; what each of them means is `conditions`' business. Those that ask of people alone are asked of
the person of a move or a stint. Stints: where the lens asks of moves those at both ends of the moves that it lets
through, else those that meet the conditions. People: those who meet the conditions about people, and who have such a
stint if there is any other condition. Organizations: those of the stints let through. An empty lens lets all rows
through. Denied rows and rows that are not known by the day are never let through.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.analysis.careers import Careers
from app.analysis.conditions import Conditions, mask
from app.analysis.known import known_rows
from app.analysis.moves import Moves
from app.domain.dataset import Dataset
from app.domain.index import DENIED, Bools
from app.domain.lens import Condition, Lens


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

    meets: (people + 1,) who meets the conditions about people; the last place answers for ABSENT. others: the other
    conditions.
    """

    dataset: Dataset
    careers: Careers
    lens: Lens
    conditions: Conditions
    meets: Bools
    others: tuple[Condition, ...]

    @classmethod
    def of(cls, dataset: Dataset, careers: Careers, lens: Lens) -> Selector:
        """Raises UsageError, with close matches, for a name that fits no person or organization."""
        conditions = Conditions.of(dataset, careers, lens.terms)
        meets = np.ones(dataset["people"].height + 1, dtype=np.bool_)
        others = []
        for part in lens.terms:
            if Lens((part,)).scopes == {"people"}:
                meets &= conditions.people(part)
            else:
                others.append(part)
        return cls(dataset, careers, lens, conditions, meets, tuple(others))

    def moves(self, moves: Moves) -> Bools:
        """Which of some moves (or of the steps left out) the lens lets through, (m,)."""
        passed = self.meets[moves.person]
        for part in self.others:
            passed &= self.conditions.moves(part, moves)
        return passed

    def select(self) -> Selection:
        """Everything that the lens lets through."""
        careers = self.careers
        index, known = careers.index, careers.known
        valid = known.shown & (index.status != DENIED)
        moves = self.moves(careers.moves)
        stints = valid & self.meets[index.person]
        if "moves" in self.lens.scopes:
            ends = (careers.moves.left_stint[moves], careers.moves.joined_stint[moves])
            stints &= mask(np.concatenate(ends), len(stints))
        else:
            for part in self.others:
                stints &= self.conditions.stints(part)
        people = self._shown("people", index.person[valid]) & self.meets[:-1]
        if self.others:
            people &= mask(index.person[stints], len(people))
        organizations = self._shown("organizations", index.organization[valid])
        if self.lens:
            organizations &= mask(index.organization[stints], len(organizations))
        return Selection(moves, stints, people, organizations)

    def _shown(self, table: str, named: npt.NDArray[np.int32]) -> Bools:
        """Rows that are not denied and are known: by a source of their own, or as named by a stint that is known."""
        frame = self.dataset[table]
        known = known_rows(self.dataset, table, self.careers.known.day) | mask(named, frame.height)
        shown: Bools = known & frame.get_column("status").ne_missing("denied").to_numpy()
        return shown
