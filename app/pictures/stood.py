"""In which order organizations stood in a picture, by their ids: what another picture of the kind begins from, even one
of another process, for it can be written down."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.pictures.gathered import Gathered

ONE = "organizations"
"""The name of the order of a picture that has only one."""


@dataclass(frozen=True, eq=False)
class Stood:
    """columns: by the names of columns, ids from the top down, or numbers for those who are no organization, as others;
    turn: by how much a circle is turned, in radians, None for no circle."""

    columns: Mapping[str, Sequence[str | int]]
    turn: float | None = None

    @classmethod
    def of(cls, gathered: Gathered, columns: Mapping[str, Iterable[int]], turn: float | None = None) -> Stood:
        """From the codes of organizations; below 0: none."""
        ids = gathered.ids
        return cls({name: [ids[c] if c >= 0 else c for c in codes] for name, codes in columns.items()}, turn)

    def codes(self, gathered: Gathered, column: str = ONE) -> list[int]:
        """The codes of a column, without organizations that are not there; none for a column that is not there."""
        position = gathered.dataset.position
        found = (at if isinstance(at, int) else position("organizations", at) for at in self.columns.get(column, ()))
        return [code for code in found if code is not None]
