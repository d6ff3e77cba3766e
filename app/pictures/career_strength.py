"""Which careers stand out: those of the people in focus, and the time at the organization in focus."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.index import Bools
from app.scene.style import Emphasis


@dataclass(frozen=True, eq=False)
class Strength:
    """What stands out: at (n,): stints at the organization in focus, by position in the Index, None without one; lit:
    codes of the people in focus, empty without any."""

    at: Bools | None
    lit: frozenset[int]

    def of(self, person: int, stint: int) -> Emphasis:
        """How strong a bar is drawn."""
        if self.lit and person not in self.lit:
            return Emphasis.QUIET
        if self.at is not None and not self.at[stint] and person not in self.lit:
            return Emphasis.SMALL
        return Emphasis.NORMAL
