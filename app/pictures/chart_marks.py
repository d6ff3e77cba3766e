"""The marks of the trees of an organization chart: their boxes, the lines between them, the bands of units (looks,
sections 3 and 5)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from app.analysis.order import Positions
from app.layout.tree import NONE
from app.pictures import chart_cards
from app.pictures.avatar import sign
from app.pictures.board import Board, Sheet
from app.pictures.chart_cards import Cast
from app.pictures.chart_trees import CAPTION, Answer, Placed, Trees
from app.scene.marks import Anchor, Floats, Ints, Path, floats, ints
from app.scene.style import Emphasis, Role, Status, Style

_WEAK = (Status.RUMORED, Status.DISPUTED)
"""Kinds of evidence that a line shows by its dash."""


def draw(board: Board, z: int, trees: Trees, p: Placed, corner: tuple[float, float], cast: Cast) -> None:
    """The marks of placed trees, their left top corner at `corner`; cast: their boxes made ready to be drawn."""
    xy = p.xy + corner
    size = p.size
    if p.detail.form != "bar":
        below = board.sheet("bands", z - 1)
        bands(board, (below, below), trees, xy, p)
    lines = board.sheet("lines", z)
    thin = min(1.5, max(0.25, p.size[0] * 0.1)) if p.detail.form == "bar" else 0.0  # lines never bury the bars
    dotted(lines, trees, xy, p, thin)
    solid(lines, trees, xy, p, thin)
    boxes = board.sheet("boxes", z + 1)
    if p.detail.form == "bar":
        chart_cards.bars(cast, boxes, xy, size)
    else:
        words = board.sheet("words", z + 2)
        make = chart_cards.cards if p.detail.form == "card" else chart_cards.small_boxes
        make(cast, (boxes, words), xy, size, p.scale)
        captions(board, words, trees, xy, p)
    disputes(board, board.sheet("disputed", z + 3), trees, xy, p)


def captions(board: Board, sheet: Sheet, trees: Trees, xy: Floats, p: Placed) -> None:
    """What is said above roots."""
    style = Style(Role.CAPTION, emphasis=Emphasis.SMALL)
    for at, caption in enumerate(trees.captions):
        if caption:
            text = board.elided(_caption(trees, at, p), (10.5 * p.scale, 450), p.size[0])
            sheet.label(xy[at, 0], xy[at, 1] - 6 * p.scale, text, style, 10.5 * p.scale)


def dotted(sheet: Sheet, trees: Trees, xy: Floats, p: Placed, stroke: float = 0.0) -> None:
    """Lines of who else someone answers to: they move no box."""
    for line in trees.dotted:
        named = bool(trees.captions[line.seat]) and p.detail.form != "bar"  # runs round the words over the root
        ends = xy[line.to], xy[line.seat], p.size
        points = _beside(*ends, (CAPTION + 3) * p.scale) if named else _around(*ends, p.gaps[1] / 4)
        sheet.path(points, Style(Role.REPORT, emphasis=Emphasis.SMALL), stroke=stroke, key=line.key, tip=line.tip)


def solid(sheet: Sheet, trees: Trees, xy: Floats, p: Placed, stroke: float = 0.0) -> None:
    """Lines of who answers to whom, those of holders who have left below the others."""
    for gone in (True, False):
        mine = [line for line in trees.solid if trees.gone[line.seat] is gone]
        by_shape: dict[bool, list[Answer]] = {}
        for line in mine:
            by_shape.setdefault(p.column[line.seat] != NONE and p.arrangement != "right", []).append(line)
        for columned, lines in by_shape.items():
            points = elbows(xy, [line.seat for line in lines], [line.to for line in lines], p, columned=columned)
            styles = [
                Style(
                    Role.REPORT,
                    status=line.status if line.status in _WEAK else Status.NONE,
                    emphasis=Emphasis.QUIET if gone else Emphasis.NORMAL,
                )
                for line in lines
            ]
            board = sheet.board
            n, steps = points.shape[:2]
            sheet.marks(
                Path(
                    key=ints([board.key(line.key) for line in lines]),
                    style=ints([board.style(style) for style in styles]),
                    tip=ints([board.tip(line.tip) for line in lines]),
                    points=floats(points.reshape(-1, 2)),
                    offsets=np.arange(n + 1, dtype=np.int32) * steps,
                    closed=np.zeros(n, dtype=np.bool_),
                    stroke=np.full(n, stroke),
                )
            )


def disputes(board: Board, sheet: Sheet, trees: Trees, xy: Floats, p: Placed) -> None:
    """Lines that sources disagree about."""
    for line in trees.disputed:
        _dispute(board, sheet, line, xy, p.size, p)


def _caption(trees: Trees, at: int, p: Placed) -> str:
    """What is said above a root: only that it is one where there is little room."""
    return trees.captions[at] if p.detail.form == "card" else trees.captions[at].partition(":")[0]


def bands(board: Board, sheets: tuple[Sheet, Sheet], trees: Trees, xy: Floats, p: Placed) -> None:
    """Sunken grounds under seats of one unit that hang together, where no other seat stands among them; grounds and
    names of units on a sheet each. Where a box stands close above, there is no name: the titles of its seats say it."""
    ground, words = sheets
    top = list(range(len(trees.at)))
    for at in sorted(top, key=lambda seat: float(xy[seat, 1])):  # those above first
        up = trees.parent[at]
        if up != NONE and trees.units[up] == trees.units[at]:
            top[at] = top[up]
    heads = np.array(top)
    box, s = floats(p.size), p.scale
    for head in dict.fromkeys(top):
        inside = heads == head
        if not trees.units[head] or inside.sum() < 2:
            continue
        low, high = xy[inside].min(axis=0) - 5 * s, xy[inside].max(axis=0) + box + 5 * s
        among = ((xy < high) & (xy + box > low)).all(axis=1) & ~inside
        if among.any():
            continue
        above = ((xy < (high[0], low[1])) & (xy + box > low - (0.0, 12 * s))).all(axis=1).any()
        head_room = 0.0 if above else 12 * s
        ground.box(
            float(low[0]), float(low[1]) - head_room, float(high[0] - low[0]), float(high[1] - low[1]) + head_room,
            Style(Role.GROUP), radius=10 * s,
        )  # fmt: skip
        if above:
            continue
        caption = board.width(_caption(trees, head, p), (10.5 * s, 450))
        name = board.elided(trees.units[head], (10.5 * s, 450), float(high[0] - low[0]) - caption - 28 * s)
        style = Style(Role.CAPTION, emphasis=Emphasis.SMALL)
        words.label(float(high[0]) - 8 * s, float(low[1]) - s, name, style, 10.5 * s, anchor=Anchor.END)


def elbows(xy: Floats, seat: Sequence[int], to: Sequence[int], p: Placed, *, columned: bool) -> Floats:
    """Right angles from each seat to the one it answers to, halfway between their levels; columned: for boxes that
    stand in columns, along their sides. (n, 4, 2), or (n, 5, 2) in columns."""
    (w, h), high, low = p.size, xy[list(to)], xy[list(seat)]
    x0, y0, x1, y1 = high[:, 0], high[:, 1], low[:, 0], low[:, 1]
    if p.arrangement == "right":
        middle = x0 + w + p.gaps[1] / 2
        points = [x0 + w, y0 + h / 2, middle, y0 + h / 2, middle, y1 + h / 2, x1, y1 + h / 2]
    elif columned:
        level, side = y0 + h + p.gaps[1] / 2, x1 - p.gaps[0] / 2
        points = [x0 + w / 2, y0 + h, x0 + w / 2, level, side, level, side, y1 + h / 2, x1, y1 + h / 2]
    else:
        level = y0 + h + p.gaps[1] / 2
        points = [x0 + w / 2, y0 + h, x0 + w / 2, level, x1 + w / 2, level, x1 + w / 2, y1]
    return floats(np.stack(points, axis=1).reshape(len(high), -1, 2))


def hooks(xy: Floats, seat: Sequence[int], to: Sequence[int], size: tuple[float, float]) -> Floats:
    """From each box of an outline up to the one it hangs from: along its left side. (n, 3, 2)."""
    high, low = xy[list(to)], xy[list(seat)]
    x = (high[:, 0] + low[:, 0]) / 2
    points = [x, high[:, 1] + size[1], x, low[:, 1] + size[1] / 2, low[:, 0], low[:, 1] + size[1] / 2]
    return floats(np.stack(points, axis=1).reshape(len(high), -1, 2))


def combs(points: Floats, to: Positions, style: Ints) -> tuple[Floats, Ints, Ints]:
    """Lines (n, m, 2) that begin at the same box in the same style as one that runs along each and back: points
    (k, 2), offsets (l + 1,), styles (l,). For lines that nobody points at."""
    order = np.lexsort((style, to))
    points, to, style = points[order], to[order], style[order]
    begins = np.flatnonzero(np.r_[True, (np.diff(to) != 0) | (np.diff(style) != 0)][: len(to)])
    there_and_back = np.concatenate((points, points[:, -2:0:-1]), axis=1)
    offsets = np.r_[begins, len(to)] * there_and_back.shape[1]
    return floats(there_and_back.reshape(-1, 2)), ints(offsets), ints(style[begins])


def _around(a: Floats, b: Floats, size: tuple[float, float], over: float) -> Floats:
    """Right angles from the side of one box to the head of another, for lines that move no box."""
    (x0, y0), (x1, y1), (w, h) = a, b, size
    side = x0 + w + 4 if x1 >= x0 else x0 - 4
    start = x0 + w if x1 >= x0 else x0
    above = y1 - over
    return floats([start, y0 + h / 2, side, y0 + h / 2, side, above, x1 + w * 0.62, above, x1 + w * 0.62, y1], (5, 2))


def _beside(a: Floats, b: Floats, size: tuple[float, float], over: float) -> Floats:
    """Right angles from the side of one box to that of another, round what is said above it."""
    (x0, y0), (x1, y1), (w, h) = a, b, size
    out = 1 if x1 >= x0 else -1
    start, end = (x0 + w, x1) if out > 0 else (x0, x1 + w)
    side, near, above, into = start + 4 * out, end - 9 * out, y1 - over, y1 + 0.3 * h
    points = [start, y0 + h / 2, side, y0 + h / 2, side, above, near, above, near, into, end, into]
    return floats(points, (6, 2))


def _dispute(board: Board, sheet: Sheet, line: Answer, xy: Floats, size: tuple[float, float], p: Placed) -> None:
    """A dashed line with the scales sign; where it runs level with room for words, what is disputed and by how many."""
    style = Style(Role.REPORT, status=Status.DISPUTED)
    (x0, y0), (x1, y1), (w, h) = xy[line.to], xy[line.seat], size
    s = p.scale
    near = (np.abs(xy[:, 1] - y0) < h) & (xy[:, 0] > min(x0, x1)) & (xy[:, 0] < max(x0, x1))
    if abs(y0 - y1) > 1 or near.any():
        caption = 0.0 if p.detail.form == "bar" else (CAPTION + 3) * s  # runs above the words over the root
        points = _around(xy[line.to], xy[line.seat], size, caption or p.gaps[1] / 4)
        sheet.path(points, style, key=line.key, tip=line.tip)
        if p.detail.form != "bar":
            sign(sheet, float(points[3, 0]), float(points[3, 1]), 6 * s, Status.DISPUTED, key=line.key, tip=line.tip)
        return
    left, right = (x0 + w, x1) if x1 > x0 else (x1 + w, x0)
    middle, y = (left + right) / 2, y0 + h / 2
    said = ["Line disputed", *(line.tip.lines[:1] if line.tip else ())]
    wide = max(board.width(said[0], (12 * s, 600)) + 20 * s, *(board.width(text, (11 * s, 450)) for text in said[1:]))
    if p.detail.form == "bar" or right - left < wide + 48 * s:
        sheet.path(floats([left, y, right, y], (2, 2)), style, key=line.key, tip=line.tip)
        if p.detail.form != "bar":
            sign(sheet, middle, y, 6 * s, Status.DISPUTED, key=line.key, tip=line.tip)
        return
    begin = middle - wide / 2
    for a, b in ((left, begin - 10 * s), (begin + wide + 10 * s, right)):
        sheet.path(floats([a, y, b, y], (2, 2)), style, key=line.key, tip=line.tip)
    sign(sheet, begin + 6 * s, y - 9 * s, 6 * s, Status.DISPUTED, key=line.key, tip=line.tip)
    sheet.label(begin + 18 * s, y - 5 * s, said[0], Style(Role.WARNING), 12 * s, key=line.key, tip=line.tip)
    for text in said[1:]:
        sheet.label(begin, y + 13 * s, text, Style(Role.CAPTION), 11 * s, key=line.key, tip=line.tip)
