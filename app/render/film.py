"""The pictures of a film, one after the other, off any clock: the one painter, still layers once a step, people on the
way each time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QImage, QPainter

from app.domain.errors import Fault, UsageError
from app.pictures.playing import Play
from app.render.image import LARGEST_SIDE, application
from app.render.painter import ScenePainter
from app.render.palette import Palette
from app.render.text import qcolor
from app.render.theme import Theme
from app.scene.motion import Frame
from app.scene.scene import Scene

Pixels = npt.NDArray[np.uint8]
Progress = Callable[[int, int], None]
"""Told how many pictures of how many are done, after each; what it raises ends the film."""
LARGEST = 4096
"""Pixels a side that every format takes."""


class Reel(Protocol):
    """Pictures of pixels, one after the other, as files of films are made of."""

    @property
    def fps(self) -> int:
        """Pictures a second."""

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels, even."""

    @property
    def n_pictures(self) -> int:
        """How many pictures it has."""

    @property
    def whole(self) -> float:
        """Seconds."""

    @property
    def closing(self) -> Scene:
        """The Scene whose words say what it is."""

    def pictures(self) -> Iterator[Pixels]:
        """Each picture; true until the next."""

    def picture(self, second: float) -> Pixels:
        """The picture at a second."""


@dataclass(frozen=True, eq=False)
class Film:
    """How a play is filmed. fps: pictures a second; scale: pixels a pixel of the picture. Sides are even, as video has
    them: an odd one gains a pixel of ground."""

    play: Play
    theme: Theme
    fps: int
    scale: float = 1.0

    def __post_init__(self) -> None:
        width, height = self.size
        refuse_size(width, height)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return even(self.play.closing.size, self.scale)

    @property
    def closing(self) -> Scene:
        """The Scene that it ends with, whose words say what it is."""
        return self.play.closing

    @property
    def whole(self) -> float:
        """Seconds."""
        return self.play.whole

    @property
    def n_pictures(self) -> int:
        """How many pictures it has."""
        return max(round(self.play.whole * self.fps), 1)

    def pictures(self) -> Iterator[Pixels]:
        """Each picture as (height, width, 4) of blue, green, red and nothing; read-only, and true until the next."""
        application()
        palette = Palette(self.theme, self.play.closing.meta.colors)
        standing, painter, at = QImage(), None, -1
        for number in range(self.n_pictures):
            second = number / self.fps
            step = self.play.step_at(second)
            if step != at or painter is None:
                painter, at = ScenePainter(self.play.scene(step), self.theme, palette=palette), step
                standing = self._blank()
                self._paint(standing, painter, None)
            moment = self.play.moment(second)
            if moment is None or not len(moment):
                yield pixels_of(standing)
                continue
            made = standing.copy()
            self._paint(made, painter, moment)
            yield pixels_of(made)

    def picture(self, second: float) -> Pixels:
        """The picture at a second."""
        application()
        painter = ScenePainter(self.play.scene(self.play.step_at(second)), self.theme)
        made, moment = self._blank(), self.play.moment(second)
        self._paint(made, painter, None)
        if moment is not None:
            self._paint(made, painter, moment)
        return pixels_of(made)

    def _blank(self) -> QImage:
        made = QImage(*self.size, QImage.Format.Format_RGB32)
        made.fill(qcolor(self.theme.bg))
        return made

    def _paint(self, image: QImage, scene: ScenePainter, moment: Frame | None) -> None:
        """What stands, or the people of a moment alone."""
        painter = QPainter(image)
        try:
            painter.scale(self.scale, self.scale)
            scene.paint(painter, part="all" if moment is None else "moving", frame=moment)
        finally:
            painter.end()


def refuse_size(width: int, height: int) -> None:
    """UsageError for a film of so many pixels that cannot be made."""
    if not min(width, height) >= 16 or max(width, height) > min(LARGEST, LARGEST_SIDE):
        raise UsageError(
            Fault(
                "image-size",
                f"A film of {width} × {height} pixels cannot be made.",
                f"Choose a size and scale of 16 to {LARGEST} pixels a side.",
            )
        )


def even(size: tuple[float, float], scale: float) -> tuple[int, int]:
    """Width and height in pixels, as video has them."""
    width, height = (round(side * scale) for side in size)
    return width + width % 2, height + height % 2


def pixels_of(image: QImage) -> Pixels:
    """The pixels of an image of 32 bits, read-only."""
    bits = np.frombuffer(image.constBits(), dtype=np.uint8).reshape(image.height(), image.bytesPerLine())
    pixels = bits[:, : image.width() * 4].reshape(image.height(), image.width(), 4).copy()
    pixels.flags.writeable = False
    return pixels
