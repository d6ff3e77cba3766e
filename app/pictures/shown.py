"""What a canvas needs of any picture: the Scene of a day, where it is looked at from, what a mark says when asked, what
can be read out. Each kind of picture is told here once, so that the canvas knows none of them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np

from app.analysis.order import Positions
from app.pictures import reach
from app.pictures.cards import Card, card
from app.pictures.crowd import Crowd, crowd_of, of_moves
from app.pictures.flowmap import VIEW as FLOW_MAP
from app.pictures.flowmap import FlowMap
from app.pictures.frame import Frame
from app.pictures.gathered import Gathered
from app.pictures.twin import twin
from app.scene import motion as moving
from app.scene.camera import CLOSEST, HOME, Camera
from app.scene.marks import Bools
from app.scene.pick import Picker, Rectangle
from app.scene.scene import Measure, Scene
from app.scene.twin import Twin


class Shown(Protocol):
    """A picture on a canvas."""

    @property
    def view(self) -> str:
        """Its name, as on the command line."""

    @property
    def name(self) -> str:
        """What to call it: `Flow map`."""

    @property
    def gathered(self) -> Gathered:
        """What it knows of the dataset."""

    @property
    def frame(self) -> Frame:
        """Where its header, map and foot stand."""

    @property
    def size(self) -> tuple[float, float]:
        """The size that it was laid out for."""

    @property
    def motion(self) -> moving.Motion | None:
        """The people in motion, if there are any."""

    @property
    def home(self) -> Camera:
        """The camera that shows the whole."""

    @property
    def nearest(self) -> float:
        """The largest scale of a camera."""

    @property
    def world(self) -> Rectangle:
        """Left, top, right, bottom of what a camera moves over."""

    def scene(self, day: float | None, mode: moving.Mode, window: float) -> Scene:
        """The Scene of a day; of one that was made for its day, that Scene."""

    def covers(self, scene: Scene, camera: Camera) -> bool:
        """Whether a Scene has all that this camera shows. One that has not is made again, off the main thread."""

    def detailed(self, camera: Camera) -> Shown | None:
        """The same picture with a Scene that has all that a camera shows; None where there is only one anyway."""

    @property
    def rests(self) -> Bools | None:
        """The paths of its motion on which those who have landed stay in sight; None for all."""

    def lit(self, scene: Scene, keys: Iterable[str]) -> tuple[int, ...]:
        """The rows of `scene.keys` that stand for records."""

    def key_at(self, scene: Scene, x: float, y: float, scale: float) -> str:
        """The key of what lies at a place of the world; blank for nothing."""

    def keys_in(self, scene: Scene, area: Rectangle, scale: float) -> tuple[str, ...]:
        """The keys of what an area of the world touches."""

    def box_of(self, scene: Scene, keys: tuple[str, ...]) -> Rectangle | None:
        """What stands for keys; None if nothing does."""

    def card(self, scene: Scene, key: str, day: float | None, x: float, y: float, scale: float) -> Card | None:
        """What a mark says when the pointer rests on it at a place of the world."""

    def twin(self, scene: Scene, day: float | None, mode: moving.Mode, window: float) -> Twin:
        """What a Scene says, mark by mark."""

    def path(self, key: str) -> tuple[str, ...]:
        """Marks that lead from the mark of a key to the top, where it stands below others."""

    def crowd(self, scene: Scene, key: str) -> Crowd | None:
        """The people that a mark stands for; None for none, and for a mark of another picture."""

    def record(self, key: str) -> str:
        """The key of the record that a mark is one of several marks of; any other key as it is."""


@dataclass(frozen=True, eq=False)
class Whole(ABC):
    """What holds for pictures that are laid out for the size of their window, and whose one Scene has everything."""

    measure: Measure

    @property
    @abstractmethod
    def gathered(self) -> Gathered:
        """What it knows of the dataset."""

    @property
    @abstractmethod
    def size(self) -> tuple[float, float]:
        """The size that it was laid out for."""

    @property
    def world(self) -> Rectangle:
        """The picture."""
        return (0.0, 0.0, *self.size)

    @property
    def motion(self) -> moving.Motion | None:
        """Nobody is on the way."""
        return None

    @property
    def rests(self) -> Bools | None:
        """Nobody is on the way."""
        return None

    @property
    def home(self) -> Camera:
        """The picture as it is."""
        return HOME

    @property
    def nearest(self) -> float:
        """The largest scale of a camera."""
        return CLOSEST

    def covers(self, scene: Scene, camera: Camera) -> bool:
        """It has all there is."""
        return True

    def detailed(self, camera: Camera) -> Shown | None:
        """There is only one Scene."""
        return None

    def path(self, key: str) -> tuple[str, ...]:
        """Nothing stands below anything."""
        return ()

    def crowd(self, scene: Scene, key: str) -> Crowd | None:
        """The people of a record."""
        return crowd_of(self.gathered, key)

    def record(self, key: str) -> str:
        """Each mark is its own."""
        return key

    def key_at(self, scene: Scene, x: float, y: float, scale: float) -> str:
        """The topmost mark with a key."""
        hits = self._picker(scene).at(x, y, scale=scale)
        return scene.keys[hits[0].key] if hits else ""

    def keys_in(self, scene: Scene, area: Rectangle, scale: float) -> tuple[str, ...]:
        """All marks with keys."""
        return tuple(scene.keys[hit.key] for hit in self._picker(scene).within(area, scale=scale))

    def lit(self, scene: Scene, keys: Iterable[str]) -> tuple[int, ...]:
        """What stands for records."""
        return reach.marks(self.gathered, scene, keys)

    def box_of(self, scene: Scene, keys: tuple[str, ...]) -> Rectangle | None:
        """What stands for keys."""
        return reach.box_of_marks(scene, self.lit(scene, keys))

    def tip_at(self, scene: Scene, key: str, x: float, y: float, scale: float) -> tuple[str, tuple[str, ...]] | None:
        """Head and lines of the tip of the mark of a key at a place."""
        for hit in self._picker(scene).at(x, y, scale=scale):
            if scene.keys[hit.key] == key and hit.tip >= 0:
                return scene.tips[hit.tip].head, scene.tips[hit.tip].lines
        return None

    def kept(self, day: float | None, made: Callable[[], Scene]) -> Scene:
        """The Scene of a day, made if the last one that was asked for is of another day."""
        scenes = self._scenes
        if day not in scenes:
            new = made()
            scenes.clear()
            scenes[day] = new
        return scenes[day]

    @cached_property
    def _scenes(self) -> dict[float | None, Scene]:
        return {}

    @cached_property
    def _pickers(self) -> list[tuple[Scene, Picker]]:
        return []

    def _picker(self, scene: Scene) -> Picker:
        """Finds marks of a Scene by place. That of the last one is kept."""
        kept = self._pickers
        if not kept or kept[0][0] is not scene:
            kept[:] = [(scene, Picker(scene, self.measure))]
        return kept[0][1]


class Sized(Protocol):
    """How a picture is drawn."""

    @property
    def size(self) -> tuple[float, float]:
        """Of the picture."""


class Picture(Protocol):
    """What pictures know of themselves."""

    @property
    def options(self) -> Sized:
        """How it is drawn."""

    @property
    def gathered(self) -> Gathered:
        """What it knows of the dataset."""

    @property
    def frame(self) -> Frame:
        """Where its parts stand."""


class PictureOfMoves(Picture, Protocol):
    """A picture that fills up with the moves as time goes by."""

    @property
    def motion(self) -> moving.Motion | None:
        """The people in motion, if there are any."""

    def scene(self, day: float | None = None, *, mode: moving.Mode, window: float, still: bool) -> Scene:
        """The picture on a day."""

    @property
    def rests(self) -> Bools | None:
        """The paths of its motion on which those who have landed stay in sight; None for all."""


@dataclass(frozen=True, eq=False)
class Pictured(Whole):
    """What holds for those that have a picture which knows its parts."""

    picture: Picture

    @property
    def gathered(self) -> Gathered:
        """What it knows of the dataset."""
        return self.picture.gathered

    @property
    def frame(self) -> Frame:
        """Where its parts stand."""
        return self.picture.frame

    @property
    def size(self) -> tuple[float, float]:
        """The size that it was laid out for."""
        return self.picture.options.size


@dataclass(frozen=True, eq=False)
class MovesShown(Pictured):
    """What holds for pictures of moves: each is told the day, and how much of the past it shows."""

    picture: PictureOfMoves

    @property
    def motion(self) -> moving.Motion | None:
        """The people in motion."""
        return self.picture.motion

    def scene(self, day: float | None, mode: moving.Mode, window: float) -> Scene:
        """The picture of a day."""
        return self.picture.scene(day, mode=mode, window=window, still=False)

    @property
    def rests(self) -> Bools | None:
        """Where there is room for dots that have landed, and nothing else stands for them."""
        return self.picture.rests


@dataclass(frozen=True, eq=False)
class MapShown(MovesShown):
    """A flow map on a canvas."""

    view = FLOW_MAP
    name = "Flow map"
    picture: FlowMap

    def card(self, scene: Scene, key: str, day: float | None, x: float, y: float, scale: float) -> Card | None:
        """Who, when, how sure, which sources."""
        return card(self.picture, key, day, self.tip_at(scene, key, x, y, scale))

    def lit(self, scene: Scene, keys: Iterable[str]) -> tuple[int, ...]:
        """What stands for records; for moves to and from what is not drawn the short arrows."""
        wanted, number = tuple(keys), {key: at for at, key in enumerate(scene.keys)}
        found = dict.fromkeys(reach.marks(self.gathered, scene, wanted))
        for key in wanted:
            for arrow in self._arrows(reach.rows_of(self.gathered, key)):
                if arrow in number:
                    found[number[arrow]] = None
        return tuple(found)

    def _arrows(self, rows: Positions) -> Iterable[str]:
        """Keys of the short arrows of some gathered moves."""
        gathered, moves = self.gathered, self.gathered.moves
        left, joined = moves.origin[rows], moves.destination[rows]
        leaves, lands = (np.isin(ends, self.picture.traffic.nodes) for ends in (left, joined))
        yield from (f"group:out-{gathered.ids[code]}" for code in np.unique(left[leaves & ~lands]).tolist())
        yield from (f"group:in-{gathered.ids[code]}" for code in np.unique(joined[lands & ~leaves]).tolist())

    def crowd(self, scene: Scene, key: str) -> Crowd | None:
        """The people of a record, or of a short arrow: those who came from, or went to, what is not drawn."""
        for way in ("in", "out"):
            if key.startswith(f"group:{way}-"):
                return self._stub(key.removeprefix(f"group:{way}-"), way)
        return super().crowd(scene, key)

    def _stub(self, organization: str, way: str) -> Crowd | None:
        gathered, drawn = self.gathered, self.picture.traffic.nodes
        code = gathered.dataset.position("organizations", organization)
        if code is None or code not in drawn:
            return None
        own, other = gathered.moves.destination, gathered.moves.origin
        if way == "out":
            own, other = other, own
        rows = np.flatnonzero((own == code) & ~np.isin(other, drawn))
        name = f"{gathered.labels[code]} {'from' if way == 'in' else 'to'} organizations that are not drawn"
        return of_moves(gathered, rows, name, "short arrow") if len(rows) else None

    def twin(self, scene: Scene, day: float | None, mode: moving.Mode, window: float) -> Twin:
        """Organizations, flows, relations in words."""
        return twin(self.picture, scene, day, mode=mode, window=window)
