"""The still layers of a picture as cached pixmaps, painted in slices so that the window never waits for them.

World layers (which zoom) and page layers (which stand) are cached apart. A new still is painted into a buffer of its
own and takes the place of the old one when it is whole; until then the old one is shifted or stretched.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPixmap

from app.render.painter import ScenePainter
from app.render.theme import Theme
from app.scene.camera import Camera
from app.scene.scene import Scene


@dataclass(frozen=True, eq=False)
class Still:
    """One finished pair of pixmaps: what they show and through which camera."""

    scene: Scene
    world: QPixmap
    page: QPixmap
    camera: Camera
    painter: ScenePainter


class Stills:
    """Keeps the newest finished still and paints the next one slice by slice."""

    def __init__(self) -> None:
        self.shown: Still | None = None
        self._work: Iterator[Still | None] | None = None
        self._wanted: tuple[object, ...] | None = None
        self._scene: Scene | None = None

    @property
    def busy(self) -> bool:
        """Whether a still is being painted."""
        return self._work is not None

    def want(self, scene: Scene, theme: Theme, camera: Camera, size: tuple[int, int], ratio: float) -> None:
        """Ask for a still; what is under way for other wishes is dropped."""
        wanted = (id(scene), theme.name, camera, size, ratio)
        if wanted != self._wanted:
            self._wanted, self._scene = wanted, scene  # the scene is kept so that its id stays its own
            if self._work is not None:
                self._work.close()  # type: ignore[attr-defined]  # a generator: ends its painters
            self._work = _painted(scene, theme, camera, size, ratio, self.shown)

    def step(self, budget: float) -> bool:
        """Paint for at most about `budget` seconds; True when a new still has taken its place."""
        if self._work is None:
            return False
        until = time.perf_counter() + budget
        for done in self._work:
            if done is not None:
                self.shown, self._work = done, None
                return True
            if time.perf_counter() >= until:
                return False
        self._work = None
        return False

    def draw(self, painter: QPainter, camera: Camera) -> None:
        """The newest still through a camera: as it is, or shifted and stretched."""
        still = self.shown
        if still is None:
            return
        if still.camera == camera:
            painter.drawPixmap(QPointF(0, 0), still.world)
        else:
            factor = camera.scale / still.camera.scale
            x, y = camera.dx - still.camera.dx * factor, camera.dy - still.camera.dy * factor
            size = still.world.deviceIndependentSize()
            painter.drawPixmap(
                QRectF(x, y, size.width() * factor, size.height() * factor), still.world, QRectF(still.world.rect())
            )

    def draw_page(self, painter: QPainter) -> None:
        """Header and foot."""
        if self.shown is not None:
            painter.drawPixmap(QPointF(0, 0), self.shown.page)


def _painted(
    scene: Scene, theme: Theme, camera: Camera, size: tuple[int, int], ratio: float, before: Still | None
) -> Iterator[Still | None]:
    """None after each slice, at last the finished Still."""
    scene_painter = before.painter if before is not None and before.painter.scene is scene and before.painter.theme is theme else None
    scene_painter = scene_painter or ScenePainter(scene, theme, ground=False)
    view = (0.0, 0.0, float(size[0]), float(size[1]))
    made = []
    for space in ("world", "page"):
        part = replace(scene, layers=tuple(layer for layer in scene.layers if layer.space == space))
        image = QImage(round(size[0] * ratio), round(size[1] * ratio), QImage.Format.Format_ARGB32_Premultiplied)
        image.setDevicePixelRatio(ratio)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        try:
            part_painter = ScenePainter(part, theme, ground=False)
            for _ in part_painter.steps(painter, camera=camera, part="still", view=view):
                yield None
        finally:
            painter.end()
        made.append(QPixmap.fromImage(image))
    yield Still(scene, made[0], made[1], camera, scene_painter)
