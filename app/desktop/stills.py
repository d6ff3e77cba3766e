"""The still layers of a picture as cached pixmaps, painted in slices so that the window never waits for them.

World layers (which zoom) and page layers (which stand) are cached apart, and of these the header, which says something
else after most edits. A new still is painted into a buffer of its
own and takes the place of the old one when it is whole; until then the old one is shifted or stretched. Where two
Scenes look the same (someone has another name, and none is written there), the pixmaps are taken over.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap

from app.desktop.chrome import qcolor
from app.render.painter import ScenePainter
from app.render.palette import Palette
from app.render.theme import Theme
from app.scene.camera import Camera
from app.scene.scene import Layer, Scene

WORLD, PAGE, HEADER = "world", "page", "header"
PARTS: Mapping[str, Callable[[Layer], bool]] = {
    WORLD: lambda layer: layer.space == "world",
    PAGE: lambda layer: layer.space == "page" and layer.name != HEADER,
    HEADER: lambda layer: layer.space == "page" and layer.name == HEADER,
}
"""Which layers are painted into which pixmap."""


@dataclass(frozen=True, eq=False)
class Still:
    """Finished pixmaps by part: what they show, in which theme and through which camera. painter: paints what lies
    above, as hover, selection, focus; what it made for the still is of use there too."""

    scene: Scene
    theme: Theme
    palette: Palette
    parts: Mapping[str, QPixmap]
    camera: Camera
    painter: ScenePainter

    @property
    def world(self) -> QPixmap:
        """What zooms."""
        return self.parts[WORLD]


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

    def want(
        self, scene: Scene, theme: Theme, palette: Palette, camera: Camera, size: tuple[int, int], ratio: float
    ) -> None:
        """Ask for a still; what is under way for other wishes is dropped."""
        wanted = (id(scene), theme.name, camera, size, ratio)
        if wanted != self._wanted:
            self._wanted, self._scene = wanted, scene  # the scene is kept so that its id stays its own
            if self._work is not None:
                self._work.close()  # type: ignore[attr-defined]  # a generator: ends its painters
            self._work = None
            kept = self._kept(scene, theme, camera, size, ratio)
            if len(kept) == len(PARTS):
                above = ScenePainter(scene, theme, ground=False, palette=palette)
                self.shown = Still(scene, theme, palette, kept, camera, above)
            else:
                self._work = _painted(scene, theme, palette, camera, size, ratio, kept)

    def _kept(
        self, scene: Scene, theme: Theme, camera: Camera, size: tuple[int, int], ratio: float
    ) -> dict[str, QPixmap]:
        """By part, the pixmaps of the newest still that show exactly what is wanted."""
        still = self.shown
        if still is None or still.theme.name != theme.name or still.scene.meta.colors != scene.meta.colors:
            return {}
        pixels = (round(size[0] * ratio), round(size[1] * ratio), ratio)
        return {
            part: pixmap
            for part, pixmap in still.parts.items()
            if (pixmap.width(), pixmap.height(), pixmap.devicePixelRatio()) == pixels
            and (part != WORLD or still.camera == camera)
            and _looks_same(still.scene, scene, part)
        }

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

    def draw_page(self, painter: QPainter, band: QRectF) -> None:
        """The part of header and foot that lies in a band of the view."""
        if self.shown is not None:
            ratio = self.shown.world.devicePixelRatio()
            source = QRectF(band.x() * ratio, band.y() * ratio, band.width() * ratio, band.height() * ratio)
            for part in (PAGE, HEADER):
                painter.drawPixmap(band, self.shown.parts[part], source)


def _looks_same(one: Scene, other: Scene, part: str) -> bool:
    """Whether a part of the still layers of two Scenes of the same colours looks the same."""
    belongs = PARTS[part]
    mine, others = ([la for la in scene.layers if belongs(la) and not la.moving] for scene in (one, other))
    if len(mine) != len(others) or not all(a.drawn_as(b) for a, b in zip(mine, others, strict=True)):
        return False
    if one.styles == other.styles:
        return True
    worn = {n for layer in mine for mark in layer.marks for n in np.unique(mark.style).tolist()}
    return all(one.styles[n] == other.styles[n] for n in worn)


def _painted(
    scene: Scene,
    theme: Theme,
    palette: Palette,
    camera: Camera,
    size: tuple[int, int],
    ratio: float,
    kept: Mapping[str, QPixmap],
) -> Iterator[Still | None]:
    """None after each slice, at last the finished Still. The world stands on opaque ground, which is fast to show.

    kept: pixmaps of parts that are there already.
    """
    view = (0.0, 0.0, float(size[0]), float(size[1]))
    scene_painter = ScenePainter(scene, theme, ground=False, palette=palette)
    made = dict(kept)
    for part, belongs in PARTS.items():
        if part in kept:
            continue
        pixmap = QPixmap(round(size[0] * ratio), round(size[1] * ratio))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(qcolor(theme.bg) if part == WORLD else Qt.GlobalColor.transparent)
        yield None
        painter = QPainter(pixmap)
        try:
            for _ in scene_painter.steps(painter, camera=camera, part="still", view=view, only=belongs):
                yield None
        finally:
            painter.end()
        made[part] = pixmap
    yield Still(scene, theme, palette, made, camera, scene_painter)
