"""The only code that paints a Scene with QPainter: for the screen, PNG and PDF.

Layers from the lowest z up, rows in order, each in the look of its style; rows outside the view are skipped. What is
hovered, selected or focused comes once more above all areas and below moving dots and words. Nothing is clipped and no
blend mode is used: text is elided, and every device paints the same.

A canvas paints the part `still` into a pixmap when the camera rests, and each frame blits it, then paints `overlay`
(only if something is emphasized) and `moving`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QPaintEngine, QPainter

from app.render.dots import DotSprites, draw_frame, paint_discs
from app.render.highlight import Touched, paint_highlights
from app.render.look import LARGEST_TYPE, Look
from app.render.palette import Level, Palette
from app.render.rows import RowPainter
from app.render.shapes import Shapes
from app.render.theme import Theme
from app.scene.camera import HOME, Camera
from app.scene.marks import AnyMarks, Box, Dot, Floats, Label, Path, Ribbon
from app.scene.motion import Frame
from app.scene.pick import Rectangle, Rows, painting_order, shown, visible
from app.scene.scene import Layer, Scene

Part = Literal["all", "still", "overlay", "moving"]
"""What is painted: everything; layers that are cached; what hover, selection and focus add; layers that move."""

MANY_DOTS = 2000
"""From here on dots on a raster device are sprites, not vectors."""

ZOOM_STEP = 0.125
"""Sprites are made at every eighth of the zoom: while the camera moves, few frames wait for new ones."""

SLICE = 16
"""Rows painted between two pauses of `ScenePainter.steps`, at most: texts with their halos take twice as long each, and
sharp rectangles next to nothing."""

MARGIN = 8.0
"""Pixels that strokes, rings and halos may reach beyond a mark's bounding box."""


@dataclass(frozen=True)
class _Run:
    """What one pass over the layers needs to know. emphasis: only what is above dim."""

    painter: QPainter
    camera: Camera
    view: Rectangle | None
    levels: npt.NDArray[np.int8]
    emphasis: Mapping[int, Level]
    frame: Frame | None

    def space(self, layer: Layer) -> Camera:
        """The camera of a layer: page layers stand still."""
        return self.camera if layer.space == "world" else HOME

    def rows(self, shapes: Shapes, mark: AnyMarks, camera: Camera) -> Rows:
        """Rows that meet the view."""
        return np.arange(len(mark)) if self.view is None else _meeting(shapes.bounds(mark), self.view, camera)


class ScenePainter:
    """Paints one Scene in one theme and keeps what it made: looks, polygons, boxes, sprites.

    Make one a Scene and keep it for its life; painting does not change the Scene. Rendering needs a QGuiApplication
    (offscreen will do). ground: False leaves marks of the role `ground` out, for pictures that are laid on another.
    palette: one that has made its looks already, for who paints many Scenes with the same colours.
    """

    def __init__(self, scene: Scene, theme: Theme, *, ground: bool = True, palette: Palette | None = None) -> None:
        self.scene, self.theme, self.ground = scene, theme, ground
        self._rows = RowPainter(scene, theme, ground=ground, palette=palette)
        self._layers = painting_order(scene.layers)
        self._sprites: dict[tuple[float, float], DotSprites] = {}

    @cached_property
    def _dimmed(self) -> list[Look]:
        """The looks of the Scene's styles out of focus."""
        return self._rows.palette.looks(self.scene.styles, Level.DIM)

    def paint(
        self,
        painter: QPainter,
        *,
        camera: tuple[float, float, float] = HOME,
        part: Part = "all",
        emphasis: Mapping[int, Level] | None = None,
        others: Level | None = None,
        view: Rectangle | None = None,
        frame: Frame | None = None,
    ) -> None:
        """Paint the Scene, or a part of it, onto a painter. The ground is the caller's.

        camera: scale, dx, dy of world layers; emphasis: key → level; others: the level of marks with any other key;
        view: left, top, right, bottom in view units, to skip what lies outside; frame: dots of a moment, painted in
        place of the marks of the moving layers.
        """
        for _ in self.steps(
            painter, camera=camera, part=part, emphasis=emphasis, others=others, view=view, frame=frame
        ):
            pass

    def steps(
        self,
        painter: QPainter,
        *,
        camera: tuple[float, float, float] = HOME,
        part: Part = "all",
        emphasis: Mapping[int, Level] | None = None,
        others: Level | None = None,
        view: Rectangle | None = None,
        frame: Frame | None = None,
        only: Callable[[Layer], bool] | None = None,
    ) -> Iterator[None]:
        """The same in small steps, for a canvas that paints in slices of time: a pause after at most SLICE rows.

        only: which layers, for who keeps them apart.
        At a pause the painter's transformation is the caller's own; the painter must stay open until the last step.
        """
        levels = np.full(len(self.scene.keys) + 1, others or 0, dtype=np.int8)
        levels[-1] = 0  # key -1: none
        for key, level in (emphasis or {}).items():
            levels[key] = level
        raised = {key: level for key, level in (emphasis or {}).items() if level > Level.DIM}
        run = _Run(painter, Camera(*camera), view, levels, raised, frame)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        layers = [la for la in self._layers if shown(la, run.camera.scale) and (only is None or only(la))]
        top = next((i for i, layer in enumerate(layers) if _on_top(layer)), len(layers))
        moving = part in ("all", "moving")
        if part in ("all", "still"):
            for layer in layers[:top]:
                yield from self._layer(run, layer)
        if part in ("all", "overlay") and raised:
            yield
            touched = paint_highlights(painter, self._rows, run.camera, raised, moving=frame is None)
            if part == "overlay" and touched.around is not None:
                self._words_again(run, layers[top:], touched, touched.around)
        dots_due = moving and frame is not None
        for layer in layers[top:]:
            if layer.moving and dots_due:
                self._people(run, still=part == "all")
                dots_due = False
            elif (layer.moving and moving and frame is None) or (not layer.moving and part in ("all", "still")):
                yield from self._layer(run, layer)
        if dots_due:
            self._people(run, still=part == "all")

    def _layer(self, run: _Run, layer: Layer) -> Iterator[None]:
        for mark in layer.marks:
            camera = run.space(layer)
            rows = run.rows(self._rows.shapes, mark, camera)
            looks = self._looks(run, mark, rows)
            if isinstance(mark, Dot) and len(rows) > MANY_DOTS and _is_raster(run.painter):
                paint_discs(run.painter, mark, rows, looks, camera)
                continue
            if isinstance(mark, (Ribbon, Path)) and len(rows):
                yield from self._rows.shapes.making(mark, self._rows.looks, camera.scale)
            step = _at_once(mark)
            for start in range(0, len(rows), step):
                part = slice(start, start + step)
                self._rows.draw(run.painter, mark, rows[part], looks[part], camera)
                yield

    def _looks(self, run: _Run, mark: AnyMarks, rows: Rows) -> list[Look]:
        dim = run.levels[mark.key[rows]] == Level.DIM
        return [
            self._dimmed[style] if faded else self._rows.looks[style]
            for style, faded in zip(mark.style[rows].tolist(), dim.tolist(), strict=True)
        ]

    def _words_again(self, run: _Run, layers: list[Layer], touched: Touched, around: Rectangle) -> None:
        """Words that the highlights have covered in a picture painted before. Their halos cost more than the test."""
        for layer in layers:
            camera = run.space(layer)
            for mark in layer.marks:
                if isinstance(mark, Label):
                    boxes = self._rows.shapes.bounds(mark)
                    rows = _meeting(boxes, around, camera)
                    seen = boxes[rows] * camera.scale + (camera.dx, camera.dy, camera.dx, camera.dy)
                    rows = rows[[touched.meets((x0, y0, x1, y1)) for x0, y0, x1, y1 in seen.tolist()]]
                    self._rows.draw(run.painter, mark, rows, self._looks(run, mark, rows), camera)

    def _people(self, run: _Run, *, still: bool) -> None:
        """The dots of a moment: sprites on the screen; vectors in documents, and in stills that have few of them."""
        motion, frame = self.scene.motion, run.frame
        if motion is None or frame is None:
            return
        painter, palette, styles = run.painter, self._rows.palette, self.scene.styles
        size = min(run.camera.scale, LARGEST_TYPE)
        if not _is_raster(painter) or (still and len(frame) <= MANY_DOTS):
            draw_frame(painter, palette, styles, motion, frame, run.camera, size, run.levels)
            return
        ratio = painter.deviceTransform().m11()
        kind = ratio, max(round(size / ZOOM_STEP), 1) * ZOOM_STEP
        sprites = self._sprites.get(kind)
        if sprites is None:
            sprites = self._sprites[kind] = DotSprites(palette, styles, ratio=ratio, size=kind[1])
        sprites.paint(painter, motion, frame, run.camera, run.levels)


def paint(
    painter: QPainter,
    scene: Scene,
    theme: Theme,
    *,
    camera: tuple[float, float, float] = HOME,
    part: Part = "all",
    emphasis: Mapping[int, Level] | None = None,
    view: Rectangle | None = None,
    frame: Frame | None = None,
) -> None:
    """Paint a Scene once. What paints one again and again keeps a ScenePainter."""
    ScenePainter(scene, theme).paint(painter, camera=camera, part=part, emphasis=emphasis, view=view, frame=frame)


def _on_top(layer: Layer) -> bool:
    """Whether a layer and those above it come after the highlights: people in motion, and words."""
    return layer.moving or (bool(layer.marks) and all(isinstance(mark, Label) for mark in layer.marks))


def _at_once(mark: AnyMarks) -> int:
    """Rows of a mark that are painted between two pauses."""
    if isinstance(mark, Label):
        return SLICE // 2
    return 32 * SLICE if isinstance(mark, Box) and not mark.radius.any() else SLICE


def _meeting(box: Floats, view: Rectangle, camera: Camera) -> Rows:
    left, top = camera.to_world(view[0], view[1])
    right, bottom = camera.to_world(view[2], view[3])
    return visible(box, (left, top, right, bottom), MARGIN / camera.scale)


def _is_raster(painter: QPainter) -> bool:
    return painter.paintEngine().type() == QPaintEngine.Type.Raster
