"""What may become of a mark that is carried over a picture and dropped on another one.

Which targets are lawful is worked out once, for all of them in one go, when the mark is taken up; asking at a place is
a look into an array.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np

from app.domain.index import Bools
from app.pictures.shown import Shown
from app.scene.marks import Floats
from app.scene.pick import Rectangle

Deed = Literal["", "report", "fill", "join", "move", "order", "note"]
"""Blank: refused; answer to a seat or a person, take a seat, go to a unit of a chart, move on a flow map, stand
elsewhere in an order, stand elsewhere beside its mark."""


@dataclass(frozen=True, slots=True)
class Drop:
    """What dropping on a target would do: deed; words: that, or why it is refused; key: of the target; box: what of it
    is lit, left, top, width, height in the world; also: another deed that could be meant; within: id of the
    organization that the target is in; place: in an order, before which one of it."""

    deed: Deed
    words: str
    key: str
    box: Rectangle
    also: Deed = ""
    within: str = ""
    place: int = -1


class Targets(Protocol):
    """A mark that is carried, and where it may be dropped."""

    @property
    def key(self) -> str:
        """`seats:ID` or `people:ID`."""

    @property
    def name(self) -> str:
        """What the mark is called."""

    @property
    def box(self) -> Rectangle:
        """Where it lay: left, top, width, height in the world."""

    @property
    def within(self) -> str:
        """Id of its organization; blank where that does not matter."""

    @property
    def is_round(self) -> bool:
        """Whether targets are discs."""

    @property
    def anywhere(self) -> bool:
        """Whether it may be dropped on the ground, and stands then where the Drop says."""

    def drop(self, key: str, x: float, y: float) -> Drop | None:
        """What dropping at a place would do, where the mark of a key lies; None where there is no target."""

    def within_sight(self, area: Rectangle) -> tuple[Floats, Bools]:
        """The targets that an area (left, top, right, bottom) touches: left, top, width, height (k, 4), and which of
        them are lawful (k,)."""

    def still(self, shown: Shown) -> bool:
        """Whether a picture shows the same as the one that the mark was taken from."""


def touching(boxes: Floats, area: Rectangle) -> Bools:
    """Which boxes (left, top, width, height) an area (left, top, right, bottom) touches."""
    x, y, w, h = boxes.T
    found: Bools = (x <= area[2]) & (x + w >= area[0]) & (y <= area[3]) & (y + h >= area[1])
    return found


NO_BOXES = np.zeros((0, 4))
