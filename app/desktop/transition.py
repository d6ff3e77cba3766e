"""A change of a picture in motion: leave, move, join, in under a second; the camera goes along."""

from __future__ import annotations

import time

from PySide6.QtGui import QPainter

from app.render.painter import ScenePainter
from app.render.palette import Palette
from app.render.theme import Theme
from app.scene.camera import Camera
from app.scene.scene import Scene
from app.scene.tween import Tween, stage

SECONDS, BRIEF = 0.9, 0.22
"""How long a change takes, and while time plays."""
MOST = 1_200
"""Marks that move at most; a change of more is a fade."""


class Transition:
    """Paints the way from one Scene and camera to another."""

    def __init__(
        self, tween: Tween, theme: Theme, palette: Palette, cameras: tuple[Camera, Camera], seconds: float
    ) -> None:
        self._tween, self._theme, self._palette = tween, theme, palette
        self._cameras, self._seconds = cameras, seconds
        self._begun = time.perf_counter()
        self._leaving = ScenePainter(tween.leaving, theme, ground=False, palette=palette)
        self._joining = ScenePainter(tween.joining, theme, ground=False, palette=palette)

    @classmethod
    def between(
        cls, old: Scene, new: Scene, theme: Theme, palette: Palette, cameras: tuple[Camera, Camera], seconds: float
    ) -> Transition | None:
        """The way between two Scenes; None where too much moves, or nothing stays."""
        if sum(len(mark) for scene in (old, new) for layer in scene.layers for mark in layer.marks) > 20 * MOST:
            return None
        tween = Tween.of(old, new, cameras[1].scale)
        return cls(tween, theme, palette, cameras, seconds) if 0 < tween.n_rows <= MOST else None

    @property
    def over(self) -> bool:
        """Whether it has come to its end, where it stays."""
        return self._share >= 1.0

    @property
    def _share(self) -> float:
        return (time.perf_counter() - self._begun) / self._seconds

    def paint(self, painter: QPainter, size: tuple[int, int]) -> None:
        """The moment."""
        now = stage(min(self._share, 1.0))
        (a, b), t = self._cameras, now.moved
        scale = a.scale ** (1 - t) * b.scale**t
        mix = [(1 - t) * p + t * q for p, q in zip(a[1:], b[1:], strict=True)]
        camera = Camera(scale, *mix)
        view = (0.0, 0.0, float(size[0]), float(size[1]))
        if now.leaving > 0:
            painter.setOpacity(now.leaving)
            self._leaving.paint(painter, camera=camera, part="still", view=view)
        painter.setOpacity(1.0)
        staying = ScenePainter(self._tween.staying(t), self._theme, ground=False, palette=self._palette)
        staying.paint(painter, camera=camera, part="still", view=view)
        if now.joining > 0:
            painter.setOpacity(now.joining)
            self._joining.paint(painter, camera=camera, part="still", view=view)
            painter.setOpacity(1.0)
