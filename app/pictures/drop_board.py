"""Carrying somebody over a build-out: to an empty seat, or to another team beside it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from app.domain.index import Bools
from app.pictures.drop_targets import NO_BOXES, Drop, touching
from app.pictures.seat_places import Place
from app.pictures.shown import Shown
from app.pictures.shown_seats import BoardShown
from app.pictures.team_compare import TeamCompare
from app.scene.marks import Floats
from app.scene.outline import bounds
from app.scene.pick import Rectangle
from app.scene.scene import Scene

OPEN = "group:open:"
"""Beginning of the keys of places that a target wants and no record names: then a number, and the team where there are
several."""
LAYERS = ("seats", "counts", "teams")
"""Layers in which places stand: on the board of one team, by origin, and the names of teams."""


@dataclass(frozen=True, eq=False)
class Spots:
    """Where keys stand in the layers of a board: layer (k,) into LAYERS, key (k,) rows of `scene.keys`, box (k, 4):
    left, top, width, height of all marks of that key in that layer."""

    layer: npt.NDArray[np.int64]
    key: npt.NDArray[np.int64]
    box: Floats

    @classmethod
    def of(cls, scene: Scene) -> Spots:
        """Those of a Scene."""
        found = [
            (np.full(len(mark), LAYERS.index(layer.name)), mark.key, bounds(mark))
            for layer in scene.layers
            if layer.space == "world" and layer.name in LAYERS
            for mark in layer.marks
            if len(mark)
        ]
        if not found:
            return cls(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), NO_BOXES)
        layers, keys, corners = (np.concatenate(part) for part in zip(*found, strict=True))
        keyed = keys >= 0
        both = layers[keyed] * len(scene.keys) + keys[keyed]
        each, row = np.unique(both, return_inverse=True)
        low, high = np.full((len(each), 2), np.inf), np.full((len(each), 2), -np.inf)
        np.minimum.at(low, row, corners[keyed, :2])
        np.maximum.at(high, row, corners[keyed, 2:])
        layer, key = np.divmod(each, len(scene.keys))
        return cls(layer, key, np.concatenate([low, high - low], axis=1))

    def at(self, key: int, x: float, y: float) -> Rectangle | None:
        """What stands for a key near a place, else in the first layer that has it; None where it stands nowhere."""
        rows = np.flatnonzero(self.key == key)
        if not len(rows):
            return None
        near = rows[touching(self.box[rows], (x - 4, y - 4, x + 4, y + 4))]
        return tuple(self.box[(near if len(near) else rows)[0]].tolist())


@dataclass(frozen=True, eq=False)
class BoardTargets:
    """Somebody on a board who is carried."""

    shown: BoardShown
    place: Place
    spots: Spots
    box: Rectangle
    is_round = False
    anywhere = False

    @classmethod
    def of(cls, shown: BoardShown, key: str, x: float, y: float) -> BoardTargets | None:
        """The place of a key, taken up at a place of the world; None where nobody sits there now."""
        place = next((place for place in shown.picture.places if place.key == key), None)
        if place is None or place.empty or place.gone or key not in shown.made.keys:
            return None
        spots = Spots.of(shown.made)
        box = spots.at(shown.made.keys.index(key), x, y)
        return cls(shown, place, spots, box) if box is not None else None

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
        keys = self.shown.made.keys
        box = self.spots.at(keys.index(key), x, y) if key in keys and key != self.key else None
        if box is None:
            return None
        if key.startswith("organizations:"):
            return self._into(key, box)
        if key.startswith(OPEN):
            team = team_of(self.shown, key)
            return Drop("fill", f"{self.name} takes an open seat", key, box, within=team) if team else None
        place = self._places.get(key)
        if place is None:
            return None
        if not place.empty and not place.gone:
            why = f"{place.name} is there: drag to an empty seat; who reports to whom is changed in the chart"
            return Drop("", why, key, box)
        title = f"the seat that {place.name} left" if place.gone else place.name or "the seat"
        return Drop("fill", f"{self.name} takes {title}", key, box)

    def within_sight(self, area: Rectangle) -> tuple[Floats, Bools]:
        """The places in an area."""
        boxes, lawful = self._lit
        seen = touching(boxes, area)
        return boxes[seen], lawful[seen]

    def _into(self, key: str, box: Rectangle) -> Drop | None:
        picture, team = self.shown.picture, key.partition(":")[2]
        found = None
        if isinstance(picture, TeamCompare):
            found = next((one for one in picture.shown if one.id == team), None)
        if found is None:
            return None
        if any(place.key == self.key for place in found.places):
            return Drop("", f"{self.name} is at {found.name} already", key, box, within=team)
        return Drop("join", f"{self.name} joins {found.name}", key, box, within=team)

    @cached_property
    def _places(self) -> dict[str, Place]:
        return {place.key: place for place in self.shown.picture.places}

    @cached_property
    def _lit(self) -> tuple[Floats, Bools]:
        """Every place in the first layer that has places, and whether one may be dropped there."""
        keys, spots = self.shown.made.keys, self.spots
        taken = np.zeros(len(keys), dtype=np.bool_)
        free = np.array([key.startswith(OPEN) for key in keys], dtype=np.bool_)
        for n, key in enumerate(keys):
            if (place := self._places.get(key)) is not None and key != self.key:
                taken[n], free[n] = not (place.empty or place.gone), place.empty or place.gone
        wanted = (taken | free)[spots.key]
        if not wanted.any():
            return NO_BOXES, np.zeros(0, dtype=np.bool_)
        rows = np.flatnonzero(wanted & (spots.layer == spots.layer[wanted].min()))
        return spots.box[rows], free[spots.key[rows]]


def team_of(shown: Shown, key: str) -> str:
    """Id of the team whose open place, that no record names, a key is; blank for any other key."""
    if not isinstance(shown, BoardShown) or not key.startswith(OPEN):
        return ""
    picture, team = shown.picture, key.removeprefix(OPEN).partition(":")[2]
    if isinstance(picture, TeamCompare) or picture.holding is None:
        return team
    return picture.gathered.ids[picture.holding.build_out.organization]
