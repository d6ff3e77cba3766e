"""Back and Forward: the places that were looked at, as in a browser. A value."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Generic, TypeVar

Place = TypeVar("Place")

MOST = 200
"""Places that are remembered."""


@dataclass(frozen=True, slots=True)
class Trail(Generic[Place]):
    """places: in the order in which they were looked at; at: the present one, -1 before the first."""

    places: tuple[Place, ...] = ()
    at: int = -1

    @property
    def here(self) -> Place | None:
        """The present place."""
        return self.places[self.at] if self.places else None

    @property
    def can_go_back(self) -> bool:
        """Whether there is a place before."""
        return self.at > 0

    @property
    def can_go_forward(self) -> bool:
        """Whether there is a place that one came back from."""
        return self.at < len(self.places) - 1

    def gone(self, place: Place) -> Trail[Place]:
        """After going to another place: those that one came back from are forgotten. The same place is no step."""
        if place == self.here:
            return self
        places = (*self.places[: self.at + 1], place)[-MOST:]
        return Trail(places, len(places) - 1)

    def instead(self, place: Place) -> Trail[Place]:
        """With another place in the stead of the present one; the first where there was none."""
        if not self.places:
            return self.gone(place)
        return replace(self, places=(*self.places[: self.at], place, *self.places[self.at + 1 :]))

    def back(self) -> Trail[Place]:
        """One place back; the same trail at its beginning."""
        return replace(self, at=self.at - 1) if self.can_go_back else self

    def forward(self) -> Trail[Place]:
        """One place forward; the same trail at its end."""
        return replace(self, at=self.at + 1) if self.can_go_forward else self
