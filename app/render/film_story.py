"""A story as a film: each of its parts plays or stands for its seconds, its words in a band below the picture.

From part to part the whole is faded over, and in one picture the camera flies. Pictures are painted by the one painter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from app.pictures.playing import Play
from app.render.film import Pixels, even, pixels_of, refuse_size
from app.render.image import application
from app.render.painter import ScenePainter
from app.render.palette import Level
from app.render.text import qcolor
from app.render.theme import Theme
from app.scene.camera import HOME, Camera
from app.scene.glide import Glide
from app.scene.motion import Frame
from app.scene.pick import Rectangle
from app.scene.scene import Scene
from app.scene.viewed import banded

FADE = 0.45
"""Seconds in which one part goes over into the next, or a third of a short one."""
FLIGHT = 1.8
"""Seconds that the camera flies, or half of a short part."""


@dataclass(frozen=True, eq=False)
class Part:
    """One part of a story.

    seconds: how long; still: its picture as it stands, seen by no camera; band: its words, as wide; play: how time
    plays in it, None where it stands; cameras: at its beginning and at its end; bands: header and foot, that stand
    still under any camera; lit: what is emphasized in a Scene of it.
    """

    seconds: float
    still: Scene
    band: Scene | None
    play: Play | None = None
    cameras: tuple[Camera, Camera] = (HOME, HOME)
    bands: Sequence[Rectangle] = ()
    lit: Callable[[Scene], Mapping[int, Level]] = field(default=lambda _: {})

    @property
    def size(self) -> tuple[float, float]:
        """Of picture and band together."""
        return self.still.size[0], self.still.size[1] + (self.band.size[1] if self.band is not None else 0.0)

    @property
    def stands(self) -> bool:
        """Whether nothing moves in it."""
        return self.play is None and self.cameras[0] == self.cameras[1]

    def camera_at(self, second: float) -> Camera:
        """The camera at a time."""
        start, end = self.cameras
        flight = min(FLIGHT, self.seconds / 2)
        if start == end or second >= flight:
            return end
        return Glide(start, end, self.still.size).at(second / flight)


@dataclass(frozen=True, eq=False)
class StoryFilm:
    """How a story is filmed. parts: one or more, all of one size; closing: the Scene whose words say what it is; scale:
    pixels a pixel of the parts."""

    parts: Sequence[Part]
    closing: Scene
    theme: Theme
    fps: int
    scale: float = 1.0

    def __post_init__(self) -> None:
        refuse_size(*self.size)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return even(self.parts[0].size, self.scale)

    @cached_property
    def _ends(self) -> list[float]:
        """The second at which each part ends."""
        return list(accumulate(part.seconds for part in self.parts))

    @property
    def whole(self) -> float:
        """Seconds."""
        return self._ends[-1]

    @property
    def n_pictures(self) -> int:
        """How many pictures it has."""
        return max(round(self.whole * self.fps), 1)

    def pictures(self) -> Iterator[Pixels]:
        """Each picture as (height, width, 4) of blue, green, red and nothing; read-only, and true until the next."""
        application()
        edges = [0, *(round(end * self.fps) for end in self._ends)]
        before: Pixels | None = None  # the last picture of the part before
        for part, first, last in zip(self.parts, edges, edges[1:], strict=False):
            shot = _Shot(part, self)
            n_fade = round(min(FADE, part.seconds / 3) * self.fps) if before is not None else 0
            made = None
            for number in range(last - first):
                made = shot.at(number / self.fps)
                if before is not None and number < n_fade:
                    yield _mixed(before, made, (number + 1) / (n_fade + 1))
                else:
                    yield made
            before = made if made is not None else before

    def picture(self, second: float) -> Pixels:
        """The picture at a second, without what the part before leaves of itself."""
        application()
        at = min(int(np.searchsorted(self._ends, second, side="right")), len(self.parts) - 1)
        return _Shot(self.parts[at], self).at(second - (self._ends[at - 1] if at else 0.0))


class _Shot:
    """One part being painted: what stands is painted once."""

    def __init__(self, part: Part, film: StoryFilm) -> None:
        self._part, self._film = part, film
        self._ground = QImage(*film.size, QImage.Format.Format_RGB32)
        self._ground.fill(qcolor(film.theme.bg))
        if part.band is not None:
            painter = QPainter(self._ground)
            try:
                painter.scale(film.scale, film.scale)
                painter.translate(0.0, part.still.size[1])
                ScenePainter(part.band, film.theme).paint(painter)
            finally:
                painter.end()
        self._step = -1
        self._scene = self._painter(part.still) if part.play is None else None
        self._kept: tuple[tuple[int, Camera], QImage] | None = None

    def at(self, second: float) -> Pixels:
        """The picture at a second of the part."""
        play, camera = self._part.play, self._part.camera_at(second)
        moment: Frame | None = None
        step = 0
        if play is not None:
            step, moment = play.step_at(second), play.moment(second)
            if step != self._step or self._scene is None:
                self._scene, self._step = self._painter(play.scene(step)), step
        assert self._scene is not None
        if self._kept is None or self._kept[0] != (step, camera):
            standing = self._ground.copy()
            self._paint(standing, self._scene, camera, None)
            self._kept = (step, camera), standing
        if moment is None or not len(moment):
            return pixels_of(self._kept[1])
        made = self._kept[1].copy()
        self._paint(made, self._scene, camera, moment)
        return pixels_of(made)

    def _painter(self, scene: Scene) -> ScenePainter:
        part = self._part
        looked = any(camera != HOME for camera in part.cameras)
        return ScenePainter(banded(scene, part.bands) if looked else scene, self._film.theme)

    def _paint(self, image: QImage, scene: ScenePainter, camera: Camera, moment: Frame | None) -> None:
        """What stands, or the people of a moment alone."""
        part, frame = self._part, self._part.still.size
        painter = QPainter(image)
        try:
            painter.scale(self._film.scale, self._film.scale)
            top, low = 0.0, frame[1]
            if moment is not None and part.bands:  # people run under header and foot
                top, low = part.bands[0][3], part.bands[1][1] if len(part.bands) > 1 else low
            painter.setClipRect(QRectF(0.0, top, frame[0], low - top))
            lit = part.lit(scene.scene) or None
            view = (0.0, 0.0, *frame)
            if moment is None:
                scene.paint(painter, camera=camera, emphasis=lit, view=view)
            else:
                scene.paint(painter, camera=camera, part="moving", frame=moment, view=view)
        finally:
            painter.end()


def _mixed(before: Pixels, after: Pixels, share: float) -> Pixels:
    """A share of one picture over another."""
    mixed = before.astype(np.float32) * (1.0 - share) + after.astype(np.float32) * share
    return np.rint(mixed).astype(np.uint8)
