"""What an analyst has written into a picture, laid into its Scene: the title, notes on plates beside their marks, a
marker pen round what is highlighted. Every device draws these as it draws everything else.

Notes are set in `notes`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from app.domain.annotations import annotations_of
from app.pictures import reach
from app.pictures.frame import Frame
from app.pictures.gathered import Gathered
from app.pictures.notes import Sight, noted
from app.scene.camera import CLOSEST, HOME, Camera
from app.scene.marks import AnyMarks, Bools, Box, Dot, Floats, Label, Path, Ribbon
from app.scene.outline import bounds
from app.scene.pick import Rows
from app.scene.scene import Header, Layer, Measure, Scene
from app.scene.style import Emphasis, Role, Style
from app.scene.viewed import taken

HIDING = ("flowmap", "sankey", "alluvial", "chord", "matrix")
"""Pictures in which organizations can be hidden: those that count the rest of them together."""
_BENEATH = frozenset({Role.HALO, Role.RELATION_CORE, Role.TAIL, Role.VEIL, Role.GROUND, Role.PLATE, Role.MARKER})
"""What is drawn below or over a mark and is no part of its outline."""
_BANDS = frozenset({Role.LANE, Role.LANE_PALE, Role.HEAD, Role.HEAD_PALE, Role.BAND, Role.BAND_PALE})
"""What lies across others of its kind."""


def titled(header: Header, gathered: Gathered, view: str) -> Header:
    """The header with the title that was chosen for a picture, and with what was hidden in it by hand."""
    wanted = annotations_of(gathered.dataset, view)
    if not wanted:
        return header
    names = [reach.named(gathered, f"organizations:{gathered.ids[code]}") for code in hidden(gathered, view)]
    told = f"Hidden by hand: {', '.join(names)}" if names else ""
    left_out = " · ".join(part for part in (header.left_out, told) if part)
    return replace(header, title=wanted.title or header.title, left_out=left_out)


def hidden(gathered: Gathered, view: str) -> tuple[int, ...]:
    """Codes of the organizations that were hidden in a picture, as long as they are not in focus."""
    position = gathered.dataset.position
    codes = (position("organizations", i) for i in annotations_of(gathered.dataset, view).hidden)
    return tuple(code for code in codes if code is not None and code not in gathered.focus)


def annotated(
    scene: Scene,
    gathered: Gathered,
    frame: Frame,
    measure: Measure,
    *,
    home: Camera = HOME,
    nearest: float = CLOSEST,
    beyond: bool = False,
) -> Scene:
    """The Scene with its highlights and notes; itself where it has none. home: the camera that shows the whole;
    nearest: the scale of the nearest one; beyond: the world goes on beyond what that shows. A tile of small multiples
    has no notes: there is no room."""
    wanted = annotations_of(gathered.dataset, scene.meta.view)
    if wanted.highlights:
        scene = _highlighted(scene, reach.marks(gathered, scene, wanted.highlights))
    if wanted.notes and not frame.tile:
        sight = Sight(frame, home, nearest, beyond=beyond)
        scene = noted(scene, gathered, sight, measure, wanted.notes)
    return scene


def _highlighted(scene: Scene, keys: tuple[int, ...]) -> Scene:
    """A marker pen round the marks of some keys: of bodies below the layer that they lie in, so that nothing on them is
    covered; bands are drawn once more above all other bands."""
    bodies, bands = _found(scene, keys)
    styles, layers = list(scene.styles), []
    pens = [_number(styles, Style(Role.MARKER, emphasis=e)) for e in (Emphasis.STRONG, Emphasis.NORMAL)]
    top = max((at for at, found in enumerate(bands) if found), default=-1)
    for at, layer in enumerate(scene.layers):
        if bodies[at]:
            drawn = tuple(_as(part, pen) for pen in pens for part in bodies[at])
            layers.append(replace(layer, name=f"{layer.name} highlights", marks=drawn))
        layers.append(layer)
        if at == top:
            parts = [part for found in bands for part in found]
            rims = _largest([[part for part in parts if isinstance(part, Box)]])  # a cell has parts within it
            outer = [_outer(part, rims) if isinstance(part, Box) else part for part in parts]
            drawn = tuple(_as(part, pen) for pen in pens for part in outer) + tuple(_as(part) for part in parts)
            layers.append(replace(layer, name="highlights", marks=drawn))
    return replace(scene, layers=tuple(layers), styles=tuple(styles))


Parts = list[AnyMarks]


def _found(scene: Scene, keys: tuple[int, ...]) -> tuple[list[Parts], list[Parts]]:
    """By layer the bodies of keys and their bands. A body that lies within another one of its key is none; words and
    lines are, where there is nothing else."""
    band, bare = (
        np.array([style.role in roles for style in scene.styles], dtype=np.bool_) for roles in (_BANDS, _BENEATH)
    )
    bands: list[Parts] = []
    rest: list[list[tuple[AnyMarks, Rows]]] = []
    for layer in scene.layers:
        found = [(mark, _rows(mark, keys, bare)) for mark in layer.marks] if _is_still(layer) else []
        bands.append([taken(mark, across) for mark, rows in found if len(across := rows[band[mark.style[rows]]])])
        rest.append([(mark, rows[~band[mark.style[rows]]]) for mark, rows in found])
    banded = {key for parts in bands for part in parts for key in part.key.tolist()}
    bodies: list[Parts] = [[] for _ in scene.layers]
    have: dict[int, Floats] = {}
    for kinds in ((Box, Dot), (Ribbon, Path), (Label,)):
        for at, mark, rows in (
            (at, *one) for at, found in enumerate(rest) for one in found if isinstance(one[0], kinds)
        ):
            if not isinstance(mark, Box | Dot):
                rows = rows[[key not in have and key not in banded for key in mark.key[rows].tolist()]]
            if len(rows):
                bodies[at].append(_boxed(mark, rows) if isinstance(mark, Label) else taken(mark, rows))
        have |= _largest(bodies)
    return [[_outer(part, have) for part in parts] for parts in bodies], bands


def _is_still(layer: Layer) -> bool:
    return layer.space == "world" and not layer.moving


def _rows(mark: AnyMarks, keys: Sequence[int], bare: Bools) -> Rows:
    rows = np.flatnonzero(np.isin(mark.key, np.array(keys, dtype=np.int64)))
    return rows[~bare[mark.style[rows]]]


def _largest(parts: list[Parts]) -> dict[int, Floats]:
    """The bounds of the largest body of each key."""
    found: dict[int, Floats] = {}
    for part in (part for layer in parts for part in layer):
        for key, box in zip(part.key.tolist(), bounds(part), strict=True):
            if key not in found or _area(box) > _area(found[key]):
                found[key] = box
    return found


def _area(box: Floats) -> float:
    return float((box[2] - box[0]) * (box[3] - box[1]))


def _outer(part: AnyMarks, largest: Mapping[int, Floats]) -> AnyMarks:
    """The rows that are the largest of their key, or reach out of it."""
    boxes, around = bounds(part), np.array([largest[key] for key in part.key.tolist()]).reshape(-1, 4)
    middle = (boxes[:, :2] + boxes[:, 2:]) / 2
    within = (middle > around[:, :2]).all(axis=1) & (middle < around[:, 2:]).all(axis=1)
    smaller = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1]) < np.array([_area(box) for box in around])
    return taken(part, np.flatnonzero(~(within & smaller)))


def _boxed(mark: Label, rows: Rows) -> Box:
    """Boxes round words."""
    left, top, right, bottom = bounds(mark)[rows].T
    return Box(
        key=mark.key[rows], style=mark.style[rows], tip=mark.tip[rows], x=left, y=top, w=right - left, h=bottom - top,
        radius=np.full(len(rows), 2.0),
    )  # fmt: skip


def _as(mark: AnyMarks, style: int | None = None) -> AnyMarks:
    """The same shape, perhaps in another style, which stands for nothing and says nothing."""
    none = np.full(len(mark), -1, dtype=np.int32)
    made = replace(mark, key=none, tip=none)
    if style is None:
        return made
    made = replace(made, style=np.full(len(mark), style, dtype=np.int32))
    return replace(made, stroke=np.zeros(len(mark))) if isinstance(made, Path) else made


def _number(styles: list[Style], style: Style) -> int:
    if style not in styles:
        styles.append(style)
    return styles.index(style)
