"""Notes beside the marks that they are about: where they stand, how their words are set, and where there is room for
one more.

A note keeps its size on the screen while one looks closer: there is a layer of it for each step of the camera's scale.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from app.domain.annotations import UP_RIGHT, Note
from app.pictures import reach
from app.pictures.board import Board, Sheet
from app.pictures.frame import Frame
from app.pictures.gathered import Gathered
from app.scene import lettering
from app.scene.camera import Camera
from app.scene.curves import headings, places, rightward
from app.scene.lettering import LARGEST_TYPE
from app.scene.marks import AnyMarks, Box, Dot, Floats, Label, Path, Ribbon
from app.scene.outline import bounds
from app.scene.pick import Rectangle, Rows
from app.scene.pick import shown as visible_at
from app.scene.scene import ABOVE_PEOPLE, Layer, Measure, Scene
from app.scene.style import Emphasis, Role, Style
from app.scene.viewed import taken

NOTE = "group:note-"
"""Keys of notes begin so; the number of the note follows."""
CALLOUTS = "callouts"
"""The layer of what is computed to be worth a word."""
WIDTH, PADDING = 196.0, 8.0
"""Of the words of a note at most, and of its plate around them, in design pixels."""
NEAREST = 4.0
"""Between the rims of a mark and of a note that was put there, at least, in units of its place."""
STEP = 1.35
"""From one layer of a note to the next, as a factor of the camera's scale."""
ALONG = 0.45
"""Where on a band the note about it points: before its middle, where its count stands."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a note is about, in the world: a point, and half the width and height of a box around it."""

    at: tuple[float, float]
    half: tuple[float, float] = (0.0, 0.0)

    def beside(self, half: tuple[float, float]) -> Anchor:
        """The box on whose rim the middle of another box, of half this width and height, touches this one."""
        return Anchor(self.at, (self.half[0] + half[0], self.half[1] + half[1]))

    def rim(self, toward: tuple[float, float]) -> tuple[float, float]:
        """Where a line from the point in a direction leaves the box."""
        length = math.hypot(*toward)
        if not length:
            return self.at
        u, v = toward[0] / length, toward[1] / length
        reach_x = self.half[0] / abs(u) if abs(u) > 1e-9 else math.inf
        reach_y = self.half[1] / abs(v) if abs(v) > 1e-9 else math.inf
        far = min(reach_x, reach_y)
        return self.at[0] + u * far, self.at[1] + v * far


def anchor(scene: Scene, gathered: Gathered, key: str) -> Anchor | None:
    """Where the first mark that stands for a key is; None if nothing does. Of a band the middle of its line."""
    for number in reach.marks(gathered, scene, (key,)):
        found = [
            (mark, rows)
            for layer in scene.layers
            if layer.space == "world"
            for mark in layer.marks
            if len(rows := np.flatnonzero(mark.key == number))
        ]
        for kind in (Box, Dot, Ribbon, Path, Label):
            for mark, rows in found:
                if isinstance(mark, kind):
                    return _anchor(mark, int(rows[0]))
    return None


def _anchor(mark: AnyMarks, row: int) -> Anchor:
    if isinstance(mark, Ribbon):
        curve, at = mark.curve[row : row + 1], np.array([[ALONG]])
        aside = mark.inner[row].mean() + mark.width[row].mean() / 2
        x, y = (places(curve, at) + aside * rightward(headings(curve, at)))[0, 0].tolist()
        return Anchor((x, y))
    if isinstance(mark, Path) and not mark.closed[row]:
        points = mark.points[mark.offsets[row] : mark.offsets[row + 1]]
        x, y = points[len(points) // 2].tolist()
        return Anchor((x, y))
    left, top, right, bottom = bounds(mark)[row].tolist()
    return Anchor(((left + right) / 2, (top + bottom) / 2), ((right - left) / 2, (bottom - top) / 2))


@dataclass(frozen=True, slots=True)
class Plate:
    """A note's words in lines, and the size of its plate, in design pixels."""

    head: tuple[str, ...]
    text: tuple[str, ...]
    size: tuple[float, float]


def plate(board: Board, note: Note, s: float) -> Plate:
    """Set the words of a note. s: factor of type."""
    head_font, text_font = _fonts(s)
    room = WIDTH * s
    first, *rest = note.text.strip().splitlines()
    head = board.wrapped(first, head_font, room) if rest else []
    text = [line for part in (rest or [first]) for line in board.wrapped(part, text_font, room)]
    widths = [board.width(line, head_font) for line in head] + [board.width(line, text_font) for line in text]
    high = (17 * len(head) + 15 * len(text)) * s
    return Plate(tuple(head), tuple(text), (max(widths) + 2 * PADDING * s, high + 2 * PADDING * s - 2 * s))


def _fonts(s: float) -> tuple[tuple[float, int], tuple[float, int]]:
    (head, head_weight), (text, weight) = (
        lettering.font(Style(role)) for role in (Role.CALLOUT_HEAD, Role.CALLOUT_TEXT)
    )
    return (head * s, head_weight), (text * s, weight)


def stands(of: Anchor, note: Note, size: tuple[float, float], unit: float, per_pixel: float) -> Rectangle:
    """Left, top, width, height of a note's plate in the world. size: of the plate in pixels; unit: pixels that one unit
    of its place is; per_pixel: of the world."""
    (dx, dy), (w, h) = note.place, (size[0] * per_pixel, size[1] * per_pixel)
    x, y = of.beside((w / 2, h / 2)).rim((dx, dy))
    return x + dx * unit * per_pixel - w / 2, y + dy * unit * per_pixel - h / 2, w, h


def placed(of: Anchor, box: Rectangle, unit: float, per_pixel: float) -> tuple[float, float]:
    """The place of a note whose plate stands there (left, top, width, height): what `stands` reads. No nearer to its
    mark than NEAREST: what covers it points nowhere."""
    x, y, w, h = box
    toward = x + w / 2 - of.at[0], y + h / 2 - of.at[1]
    far = math.hypot(*toward)
    if not far:
        return 0.0, -NEAREST
    u, v = toward[0] / far, toward[1] / far
    gap = max((far - math.dist(of.at, of.beside((w / 2, h / 2)).rim(toward))) / (unit * per_pixel), NEAREST)
    return u * gap, v * gap


@dataclass(frozen=True, slots=True)
class Sight:
    """How a picture is looked at. frame: where its parts stand; home: the camera that shows the whole; nearest: the
    scale of the nearest one; beyond: whether the world goes on beyond what the first shows."""

    frame: Frame
    home: Camera
    nearest: float
    beyond: bool

    def held(self, box: Rectangle) -> Rectangle:
        """A box of the world, moved between header and foot as they lie over the whole."""
        if self.beyond:
            return box
        (x, y, w, h), s = self.frame.map, self.home.scale
        left, top = self.home.to_world(x, y)
        return _within(box, (left, top, w / s, h / s))


def noted(scene: Scene, gathered: Gathered, sight: Sight, measure: Measure, notes: Sequence[Note]) -> Scene:
    """A Scene with notes about those of its marks that are there."""
    frame, whole = sight.frame, sight.home.scale
    board = Board(scene.size, measure, styles=scene.styles, keys=scene.keys)
    found = [(n, note, anchor(scene, gathered, note.about)) for n, note in enumerate(notes)]
    set_ = [(n, note, at, plate(board, note, frame.type_scale)) for n, note, at in found if at is not None]
    if not set_:
        return scene
    taken_up: list[Rectangle] = []
    for low, high in bands(whole, sight.nearest):
        sheet = board.sheet("notes", ABOVE_PEOPLE, min_scale=low if low > whole else 0.0, max_scale=high)
        for n, note, at, words in set_:
            box = stands(at, note, words.size, frame.scale, 1 / low)
            if low <= whole:
                box = sight.held(box)
                taken_up.append(box)
            _draw(sheet, f"{NOTE}{n}", at, box, words, frame.type_scale, low)
    made = board.scene(scene.header, scene.legend, scene.motion, scene.meta)
    layers = sorted((*map(partial(_giving_way, taken_up), scene.layers), *made.layers), key=lambda one: one.z)
    return replace(scene, layers=tuple(layers), styles=made.styles, keys=made.keys)


def _giving_way(boxes: Sequence[Rectangle], layer: Layer) -> Layer:
    """A layer without the computed callouts that notes would cover."""
    plates = [mark for mark in layer.marks if isinstance(mark, Box)] if layer.name == CALLOUTS else []
    gone = [
        (left, top, right, bottom)
        for left, top, right, bottom in (box for mark in plates for box in bounds(mark).tolist())
        if any(x < right and x + w > left and y < bottom and y + h > top for x, y, w, h in boxes)
    ]
    if not gone:
        return layer
    return replace(layer, marks=tuple(taken(mark, _outside(mark, gone)) for mark in layer.marks))


def _outside(mark: AnyMarks, areas: Sequence[Rectangle]) -> Rows:
    """The rows that begin in none of the areas: left, top, right, bottom."""
    found = bounds(mark)
    kept = np.ones(len(mark), dtype=np.bool_)
    for left, top, right, bottom in areas:
        x, y = found[:, 0], found[:, 1]
        kept &= ~((x >= left) & (x <= right) & (y >= top) & (y <= bottom))
    return np.flatnonzero(kept)


def bands(whole: float, nearest: float) -> list[tuple[float, float]]:
    """Camera scales between which a note is drawn at one size in the world, from the whole on; the last has no end."""
    n = max(math.ceil(math.log(max(nearest / whole, 1.0)) / math.log(STEP)), 0)
    edges = [whole * STEP**k for k in range(n + 1)]
    return list(zip(edges, [*edges[1:], math.inf], strict=True))


def pixels_of(layer: Layer) -> float:
    """How long in the world a pixel of the notes in a layer is; 1 in a picture that is looked at from one distance."""
    if math.isfinite(layer.max_scale):
        return STEP / layer.max_scale
    return 1 / layer.min_scale if layer.min_scale > 0 else 1.0


def _within(box: Rectangle, area: Rectangle) -> Rectangle:
    """A box moved into an area as far as it has room there; both left, top, width, height."""
    x, y, w, h = box
    return (
        max(min(x, area[0] + area[2] - w), area[0]), max(min(y, area[1] + area[3] - h), area[1]), w, h,
    )  # fmt: skip


def _draw(sheet: Sheet, key: str, of: Anchor, box: Rectangle, words: Plate, s: float, scale: float) -> None:
    """The line, the plate and the words of a note for one step of the camera's scale."""
    x, y, w, h = box
    pixel = 1 / scale
    middle = x + w / 2, y + h / 2
    start = of.rim((middle[0] - of.at[0], middle[1] - of.at[1]))
    end = Anchor(middle, (w / 2, h / 2)).rim((start[0] - middle[0], start[1] - middle[1]))
    inside = abs(start[0] - middle[0]) <= w / 2 and abs(start[1] - middle[1]) <= h / 2
    if not inside:
        sheet.line(*start, *end, Style(Role.NOTE_LINE))
        sheet.dot(*start, 2.2 * s * pixel, Style(Role.NOTE_LINE, emphasis=Emphasis.SMALL))
    sheet.box(x, y, w, h, Style(Role.NOTE), radius=6 * s * pixel, key=key)
    type_ = 1 / min(scale, LARGEST_TYPE)
    head_font, text_font = _fonts(s)
    left, baseline = x + PADDING * s * pixel, y + (PADDING - 1) * s * pixel
    for line in words.head:
        baseline += 17 * s * pixel
        sheet.label(left, baseline - 4 * s * pixel, line, Style(Role.CALLOUT_HEAD), head_font[0] * type_, key=key)
    for line in words.text:
        baseline += 15 * s * pixel
        sheet.label(left, baseline - 4 * s * pixel, line, Style(Role.CALLOUT_TEXT), text_font[0] * type_, key=key)


def roomiest(scene: Scene, of: Anchor, size: tuple[float, float], sight: Sight) -> tuple[float, float]:
    """The place of a new note, as `Note.place`, where it covers least of the whole picture. size: of its plate in
    pixels."""
    pixel = 1 / sight.home.scale
    boxes, points = _in_the_way(scene, sight.home.scale)
    best, chosen = math.inf, UP_RIGHT
    for distance in (14.0, 30.0, 56.0, 90.0):
        for turn in range(16):
            angle = math.radians(-52 + 22.5 * turn)
            place = math.cos(angle) * distance, math.sin(angle) * distance
            x, y, w, h = stands(of, Note("", "", place), size, sight.frame.scale, pixel)
            held = sight.held((x, y, w, h))
            beyond = (abs(held[0] - x) + abs(held[1] - y)) / pixel
            rim = 4 * pixel
            covered = _covered(boxes, points, (x - rim, y - rim, w + 2 * rim, h + 2 * rim), pixel)
            cost = beyond * 2 + distance / 15 + covered + turn * 0.01
            if cost < best:
                best, chosen = cost, place
    return chosen


def _in_the_way(scene: Scene, scale: float) -> tuple[Floats, Floats]:
    """Boxes (n, 4: left, top, right, bottom) of words and bodies, and points (m, 2) along bands, of a Scene's world as
    it is seen at a scale."""
    boxes, points = [np.zeros((0, 4))], [np.zeros((0, 2))]
    grounds = np.array([style.role in (Role.GROUND, Role.GROUP, Role.GRID) for style in scene.styles])
    for layer in scene.layers:
        if layer.space != "world" or not visible_at(layer, scale):
            continue
        for mark in layer.marks:
            rows = np.flatnonzero(~grounds[mark.style])
            if isinstance(mark, Ribbon):
                along = np.broadcast_to(np.linspace(0.05, 0.95, 13), (len(rows), 13))
                points.append(places(mark.curve[rows], along).reshape(-1, 2))
            elif isinstance(mark, Box | Dot | Label):
                boxes.append(bounds(mark)[rows])
    return np.concatenate(boxes), np.concatenate(points)


def _covered(boxes: Floats, points: Floats, area: Rectangle, pixel: float) -> float:
    """How much of what is in the way an area covers: pixels of boxes by the hundred, and points."""
    x, y, w, h = area
    across = np.minimum(boxes[:, 2], x + w) - np.maximum(boxes[:, 0], x)
    down = np.minimum(boxes[:, 3], y + h) - np.maximum(boxes[:, 1], y)
    covered = np.nansum(np.clip(across, 0, None) * np.clip(down, 0, None)) / (100 * pixel * pixel)
    inside = (points[:, 0] > x) & (points[:, 0] < x + w) & (points[:, 1] > y) & (points[:, 1] < y + h)
    return float(covered + 2.0 * np.count_nonzero(inside))
