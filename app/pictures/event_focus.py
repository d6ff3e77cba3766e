"""Which events a timeline is about: those of the organizations and people in focus, of what the lens lets through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.analysis.order import Positions
from app.domain.dates import PAST
from app.domain.index import ABSENT, Bools
from app.pictures.gathered import Gathered


@dataclass(frozen=True)
class EventFocus:
    """What events must be about."""

    gathered: Gathered
    organizations: Sequence[int]
    people: Sequence[int]

    def __bool__(self) -> bool:
        return bool(self.organizations or self.people)

    @property
    def alone(self) -> bool:
        """Whether it is one person, who then need not be named again and again."""
        return len(self.people) == 1 and not self.organizations

    def meets(self, organizations: Sequence[int], people: Sequence[int], day: int) -> bool:
        """Whether an event about some organizations and people on a day is about the focus, or there is none."""
        if not self:
            return True
        if any(person in self.people for person in people):
            return True
        codes = np.array([code for code in organizations if code != ABSENT], dtype=np.int32)
        if not len(codes) or not self.organizations:
            return False
        hierarchy = self.gathered.careers.levels.hierarchy
        days = np.full(len(codes), day if day > PAST else self.gathered.as_of, dtype=np.int32)
        return bool(hierarchy.within(codes, days, list(self.organizations)).any())

    def met(self, rows: Positions) -> Bools:
        """Which of some moves, by their rows among all, are about the focus; all where there is none."""
        careers = self.gathered.careers
        moves, index, hierarchy = careers.moves, careers.index, careers.levels.hierarchy
        if not self:
            return np.ones(len(rows), dtype=np.bool_)
        found = np.isin(moves.person[rows], np.array(self.people, dtype=np.int32))
        if not self.organizations:
            return found
        days = np.where(moves.undated[rows], np.int32(self.gathered.as_of), moves.joined[rows])
        recorded = (index.organization[stints[rows]] for stints in (moves.left_stint, moves.joined_stint))
        for codes in (*recorded, moves.origin[rows], moves.destination[rows]):
            at = np.flatnonzero(~found & (codes != ABSENT))
            found[at] = hierarchy.within(codes[at], days[at], list(self.organizations))
        return found

    def passes(self, organizations: Sequence[int], people: Sequence[int]) -> bool:
        """Whether the lens lets an event through that is no move: where it is about an organization or a person that
        the lens lets through."""
        gathered = self.gathered
        if not gathered.options.lens:
            return True
        chosen = gathered.selection
        return any(chosen.people[code] for code in people if code != ABSENT) or any(
            chosen.organizations[code] for code in organizations if code != ABSENT
        )
