"""How far some moves have come by a day: how many have happened, of how many people, since when. Sorted once, so that a
day is looked up and not counted anew."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.analysis.moves import Moves
from app.domain.index import Ints


@dataclass(frozen=True, eq=False)
class Progress:
    """days (d,): nominal days of the dated moves, ascending; debuts: of each person with a dated move the day of the
    first one, ascending; n_moves, n_people: with those without a day."""

    days: Ints
    debuts: Ints
    n_moves: int
    n_people: int

    @classmethod
    def of(cls, moves: Moves) -> Progress:
        """Of moves of which a person's stand together."""
        n_dated = int(np.count_nonzero(~moves.undated))
        at = np.flatnonzero(~moves.undated)
        person, day = moves.person[at], moves.joined[at]
        begins = np.flatnonzero(np.r_[True, person[1:] != person[:-1]][: len(person)])
        debuts = np.sort(np.minimum.reduceat(day, begins)) if len(begins) else day[:0]
        people = int(np.count_nonzero(np.diff(moves.person))) + bool(len(moves))
        return cls(moves.joined[moves.by_day[:n_dated]], debuts, len(moves), people)

    @property
    def n_undated(self) -> int:
        """Moves without a day."""
        return self.n_moves - len(self.days)

    def moves(self, day: float | None) -> int:
        """Moves that have happened by a day; None: all."""
        return self.n_moves if day is None else int(np.searchsorted(self.days, day, side="right"))

    def people(self, day: float | None) -> int:
        """People who have moved by a day; None: all."""
        return self.n_people if day is None else int(np.searchsorted(self.debuts, day, side="right"))

    def later(self, day: float | None) -> int:
        """Dated moves after a day; None: none."""
        return 0 if day is None else len(self.days) - self.moves(day)

    def span(self, day: float | None) -> tuple[int, int] | None:
        """Days of the first and the last dated move by a day; None where there is none."""
        n = len(self.days) if day is None else self.moves(day)
        return (int(self.days[0]), int(self.days[n - 1])) if n else None
