"""Carrying somebody over a build-out: to an empty seat, or to another team beside it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from app.domain.index import Bools
from app.pictures.drop_targets import NO_BOXES, Drop, touching
from app.pictures.seat_places import Place
from app.pictures.shown import Shown, box_of_marks
from app.pictures.shown_seats import BoardShown
from app.pictures.team_compare import TeamCompare
from app.scene.marks import Floats, Label
from app.scene.outline import bounds
from app.scene.pick import Rectangle

OPEN = "group:open:"
"""Beginning of the keys of places that a target wants and no record names."""


@dataclass(frozen=True, eq=False)
class BoardTargets:
    """Somebody on a board who is carried."""

    shown: BoardShown
    place: Place
    box: Rectangle
    is_round = False

    @classmethod
    def of(cls, shown: BoardShown, key: str) -> BoardTargets | None:
        """The place of a key; None where nobody sits there now."""
        place = next((place for place in shown.picture.places if place.key == key), None)
        if place is None or place.empty or place.gone:
            return None
        box = _box(shown, key)
        return cls(shown, place, box) if box is not None else None

    @property
    def key(self) -> str:
        """`seats:ID`, or `people:ID` in a team without seats."""
        return self.place.key

    @property
    def name(self) -> str:
        """Who is carried."""
        return self.place.name

    @property
    def within(self) -> str:
        """Nothing: a person is at one team."""
        return ""

    def still(self, shown: Shown) -> bool:
        """Whether everything stands where it stood."""
        return shown is self.shown

    def drop(self, key: str, x: float, y: float) -> Drop | None:
        """What dropping on a place, or on the name of a team, would do."""
        if key == self.key:
            return None
        if key.startswith("organizations:"):
            return self._into(key)
        place = self._places.get(key)
        box = _box(self.shown, key) if place is not None else None
        if place is None or box is None:
            return None
        if not place.empty and not place.gone:
            why = f"{place.name} is there: drag to an empty seat, or in the chart to change who reports to whom"
            return Drop("", why, key, box)
        own = self._own if key.startswith(OPEN) else ""
        if key.startswith(OPEN) and not own:
            return None
        title = "an open seat" if key.startswith(OPEN) or place.gone else place.name or "the seat"
        return Drop("fill", f"{self.name} takes {title}", key, box, within=own)

    def within_sight(self, area: Rectangle) -> tuple[Floats, Bools]:
        """The places in an area."""
        boxes, lawful = self._boxes
        seen = touching(boxes, area)
        return boxes[seen], lawful[seen]

    def _into(self, key: str) -> Drop | None:
        picture, box = self.shown.picture, _box(self.shown, key)
        team = key.partition(":")[2]
        if not isinstance(picture, TeamCompare) or box is None:
            return None
        found = next((one for one in picture.shown if one.id == team), None)
        if found is None:
            return None
        if any(place.key == self.key for place in found.places):
            return Drop("", f"{self.name} is at {found.name} already", key, box, within=team)
        return Drop("join", f"{self.name} joins {found.name}", key, box, within=team)

    @property
    def _own(self) -> str:
        """Id of the one team that is shown; blank where there are several."""
        picture = self.shown.picture
        if isinstance(picture, TeamCompare) or picture.holding is None:
            return ""
        return picture.gathered.ids[picture.holding.build_out.organization]

    @cached_property
    def _places(self) -> dict[str, Place]:
        return {place.key: place for place in self.shown.picture.places}

    @cached_property
    def _boxes(self) -> tuple[Floats, Bools]:
        """Left, top, width, height of every place that is drawn, and whether one may be dropped there."""
        scene = self.shown.made
        marks = [
            mark for layer in scene.layers if layer.space == "world" for mark in layer.marks
            if not isinstance(mark, Label) and len(mark)
        ]  # fmt: skip
        number = {key: n for n, key in enumerate(scene.keys)}
        wanted = [(number[key], place) for key, place in self._places.items() if key in number and key != self.key]
        if not wanted or not marks:
            return NO_BOXES, np.zeros(0, dtype=np.bool_)
        keys, corners = np.concatenate([mark.key for mark in marks]), np.concatenate([bounds(mark) for mark in marks])
        low, high = np.full((len(scene.keys), 2), np.inf), np.full((len(scene.keys), 2), -np.inf)
        keyed = keys >= 0
        np.minimum.at(low, keys[keyed], corners[keyed, :2])
        np.maximum.at(high, keys[keyed], corners[keyed, 2:])
        at = np.array([n for n, _ in wanted])
        lawful = np.array([place.empty or place.gone for _, place in wanted])
        drawn = np.isfinite(low[at]).all(axis=1)
        return np.concatenate([low[at], high[at] - low[at]], axis=1)[drawn], lawful[drawn]


def _box(shown: BoardShown, key: str) -> Rectangle | None:
    """Left, top, width, height of what stands for a key."""
    if key not in shown.made.keys:
        return None
    box = box_of_marks(shown.made, (shown.made.keys.index(key),))
    return (box[0], box[1], box[2] - box[0], box[3] - box[1]) if box is not None else None
