"""Carrying an organization along the order in which it stands: over or below another one of its column."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.domain.index import Bools
from app.pictures import reach
from app.pictures.drop_targets import Drop, touching
from app.pictures.shown import Shown
from app.pictures.standing import Standing, standings
from app.scene.marks import Floats
from app.scene.pick import Rectangle


@dataclass(frozen=True, eq=False)
class OrderTargets:
    """An organization that is carried. at: where it stands in the order."""

    shown: Shown
    standing: Standing
    at: int
    is_round = False
    anywhere = True

    @classmethod
    def of(cls, shown: Shown, key: str, x: float, y: float) -> OrderTargets | None:
        """The organization at a place where it stands in an order; None elsewhere."""
        record = shown.record(key)
        for standing in standings(shown) if record.startswith("organizations:") else ():
            at = standing.at(x, y)
            if at >= 0 and record == f"organizations:{standing.ids[at]}":
                return cls(shown, standing, at)
        return None

    @property
    def key(self) -> str:
        """`organizations:ID`."""
        return f"organizations:{self.standing.ids[self.at]}"

    @property
    def name(self) -> str:
        """Which organization is carried."""
        return reach.named(self.shown.gathered, self.key)

    @property
    def box(self) -> Rectangle:
        """Where it stands."""
        return self._box(self.at)

    @property
    def within(self) -> str:
        """Nothing: an order is within a picture."""
        return ""

    def still(self, shown: Shown) -> bool:
        """Whether everything stands where it stood."""
        return shown is self.shown

    def drop(self, key: str, x: float, y: float) -> Drop | None:
        """What dropping at a place of the column would do: in the upper half of another one it comes above it."""
        left, _, width, _ = self.box
        if not left <= x <= left + width:
            return None
        to = self.place(y)
        if to in (self.at, self.at + 1):
            return None
        below = to == len(self.standing.ids)
        other = self.standing.ids[to - 1 if below else to]
        name = reach.named(self.shown.gathered, f"organizations:{other}")
        words = f"Put {self.name} {'below' if below else 'above'} {name}"
        return Drop("order", words, f"organizations:{other}", self._box(to - 1 if below else to), place=to)

    def place(self, y: float) -> int:
        """Before which of the order something at a height would stand; n for the last place."""
        middles = self.standing.boxes[:, 1] + self.standing.boxes[:, 3] / 2
        return int(np.searchsorted(middles, y))

    def within_sight(self, area: Rectangle) -> tuple[Floats, Bools]:
        """The other organizations of the column in an area."""
        boxes = np.delete(self.standing.boxes, self.at, axis=0)
        seen = boxes[touching(boxes, area)]
        return seen, np.ones(len(seen), dtype=np.bool_)

    def _box(self, at: int) -> Rectangle:
        box: Rectangle = tuple(self.standing.boxes[at].tolist())
        return box
