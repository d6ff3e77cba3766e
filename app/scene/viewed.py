"""A part of a picture as a picture of its own: the world as a camera shows it, header and foot as they stand.

Every device can then draw what is on the screen, without knowing of cameras.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from app.scene.camera import Camera
from app.scene.marks import AnyMarks, Box, Dot, Floats, Label, Path, Ribbon
from app.scene.outline import bounds
from app.scene.pick import Rectangle, Rows, shown, visible
from app.scene.scene import Layer, Scene
from app.scene.style import Role, Style

MARGIN = 24.0
"""Pixels that strokes, words and halos may reach into the view from outside."""


def through(scene: Scene, camera: Camera, bands: Sequence[Rectangle], largest_type: float) -> Scene:
    """The Scene whose world stands as the camera shows it; what lies outside the picture is left away.

    bands: rectangles (left, top, right, bottom) of header and foot, which the world must not run under: they get
    ground of their own. largest_type: the factor up to which words grow with the camera. The result has no motion and
    is looked at with the camera HOME.
    """
    width, height = scene.size
    view = (-MARGIN, -MARGIN, width + MARGIN, height + MARGIN)
    layers = []
    for layer in scene.layers:
        if not shown(layer, camera.scale):
            continue
        if layer.space == "page":
            layers.append(layer)
            continue
        marks = tuple(_seen(moved(mark, camera, largest_type), view) for mark in layer.marks)
        layers.append(replace(layer, marks=marks, min_scale=0.0, max_scale=float("inf")))
    return replace(banded(replace(scene, layers=tuple(layers)), bands), motion=None)


def banded(scene: Scene, bands: Sequence[Rectangle]) -> Scene:
    """The Scene with ground of their own below header and foot, for who looks at it through cameras."""
    styles = scene.styles if Style(Role.GROUND) in scene.styles else (*scene.styles, Style(Role.GROUND))
    top = max((layer.z for layer in scene.layers if layer.space == "world"), default=0)
    ground = _ground(bands, styles.index(Style(Role.GROUND)))
    return replace(scene, layers=(*scene.layers, Layer("bands", top, (ground,), space="page")), styles=styles)


def moved(mark: AnyMarks, camera: Camera, largest_type: float = 1.0) -> AnyMarks:
    """The mark in view units; strokes and words as a device paints them under a camera."""
    s, shift = camera.scale, np.array([camera.dx, camera.dy])
    if isinstance(mark, Box):
        x, y = mark.x * s + camera.dx, mark.y * s + camera.dy
        return replace(mark, x=x, y=y, w=mark.w * s, h=mark.h * s, radius=mark.radius * s)
    if isinstance(mark, Ribbon):
        return replace(
            mark,
            curve=mark.curve * s + shift,
            inner=mark.inner * s,
            width=mark.width * s,
            trim=mark.trim * s,
            head=mark.head * s,
            barb=mark.barb * s,
        )
    if isinstance(mark, Path):
        return replace(mark, points=mark.points * s + shift, stroke=mark.stroke * s)
    if isinstance(mark, Dot):
        return replace(mark, x=mark.x * s + camera.dx, y=mark.y * s + camera.dy, r=mark.r * s)
    zoom = min(s, largest_type)
    return replace(
        mark,
        x=mark.x * s + camera.dx,
        y=mark.y * s + camera.dy,
        max_width=mark.max_width * s,
        size=mark.size * zoom,
    )


def _seen(mark: AnyMarks, view: Rectangle) -> AnyMarks:
    """The rows that meet the view."""
    rows = visible(bounds(mark), view)
    return mark if len(rows) == len(mark) else taken(mark, rows)


def taken(mark: AnyMarks, rows: Rows) -> AnyMarks:
    """Some rows of a mark, in the order given."""
    if isinstance(mark, Path):
        counts = np.diff(mark.offsets)[rows]
        offsets = np.concatenate(([0], np.cumsum(counts))).astype(np.int32)
        at = np.arange(int(offsets[-1])) - np.repeat(offsets[:-1] - mark.offsets[:-1][rows], counts)
        return Path(
            key=mark.key[rows],
            style=mark.style[rows],
            tip=mark.tip[rows],
            points=mark.points[at],
            offsets=offsets,
            closed=mark.closed[rows],
            stroke=mark.stroke[rows],
        )
    if isinstance(mark, Label):
        texts = tuple(mark.text[row] for row in rows.tolist())
        arrays = {name: getattr(mark, name)[rows] for name in _fields(mark) if name != "text"}
        return Label(text=texts, **arrays)
    return type(mark)(**{name: getattr(mark, name)[rows] for name in _fields(mark)})


def _fields(mark: AnyMarks) -> tuple[str, ...]:
    return tuple(mark.__dataclass_fields__)


def _ground(bands: Sequence[Rectangle], style: int) -> Box:
    """Rectangles of ground."""
    edges: Floats = np.array(bands, dtype=np.float64).reshape(-1, 4)
    n = len(edges)
    none = np.full(n, -1, dtype=np.int32)
    return Box(
        key=none,
        style=np.full(n, style, dtype=np.int32),
        tip=none,
        x=edges[:, 0],
        y=edges[:, 1],
        w=edges[:, 2] - edges[:, 0],
        h=edges[:, 3] - edges[:, 1],
        radius=np.zeros(n),
    )
