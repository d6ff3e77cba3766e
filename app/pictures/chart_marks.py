"""The marks of the trees of an organization chart: cards, small boxes or bars, the lines between them, the bands of
units (looks, sections 3 and 5)."""

from __future__ import annotations

import numpy as np

from app.analysis.buildout import POSSIBLE
from app.layout.tree import NONE
from app.pictures import wording
from app.pictures.avatar import avatar, empty_place, sign
from app.pictures.board import Board, Sheet
from app.pictures.chart_trees import CAPTION, Answer, Placed, Trees
from app.pictures.seat_places import Place
from app.scene.marks import Anchor, Floats, floats
from app.scene.style import Certainty, Emphasis, Role, Status, Style

_WEAK = (Status.RUMORED, Status.DISPUTED)
"""Kinds of evidence that a line shows by its dash."""


def draw(board: Board, z: int, trees: Trees, p: Placed, corner: tuple[float, float]) -> None:
    """The marks of placed trees, their left top corner at `corner`."""
    xy = p.xy + corner
    size = p.size
    if p.detail.form != "bar":
        _bands(board, board.sheet("bands", z - 1), trees, xy, p)
    lines = board.sheet("lines", z)
    thin = min(1.5, max(0.25, p.size[0] * 0.1)) if p.detail.form == "bar" else 0.0  # lines never bury the bars
    for line in trees.dotted:
        points = _around(xy[line.to], xy[line.seat], size, p.gaps[1] / 4)
        lines.path(points, Style(Role.REPORT, emphasis=Emphasis.SMALL), stroke=thin, key=line.key, tip=line.tip)
    gone = [line for line in trees.solid if trees.places[line.seat].gone]
    for line in (*gone, *(line for line in trees.solid if not trees.places[line.seat].gone)):
        pale = Emphasis.QUIET if trees.places[line.seat].gone else Emphasis.NORMAL
        style = Style(Role.REPORT, status=line.status if line.status in _WEAK else Status.NONE, emphasis=pale)
        lines.path(_elbow(p, xy, line, size), style, stroke=thin, key=line.key, tip=line.tip)
    boxes = board.sheet("boxes", z + 1)
    if p.detail.form == "bar":
        for at, place in enumerate(trees.places):
            _bar(boxes, xy[at], size, place)
    else:
        for at, place in enumerate(trees.places):
            _ground(boxes, xy[at], size, place, p.scale)
        words = board.sheet("words", z + 2)
        for at, place in enumerate(trees.places):
            make = _card if p.detail.form == "card" else _small
            make(board, words, xy[at], size, place, trees.titles[at], p.scale)
            text = board.elided(_caption(trees, at, p), (10.5 * p.scale, 450), size[0])
            style = Style(Role.CAPTION, emphasis=Emphasis.SMALL)
            words.label(xy[at, 0], xy[at, 1] - 6 * p.scale, text, style, 10.5 * p.scale)
    for line in trees.disputed:
        _dispute(board, board.sheet("disputed", z + 3), line, xy, size, p)


def _caption(trees: Trees, at: int, p: Placed) -> str:
    """What is said above a root: only that it is one where there is little room."""
    return trees.captions[at] if p.detail.form == "card" else trees.captions[at].partition(":")[0]


def _bands(board: Board, sheet: Sheet, trees: Trees, xy: Floats, p: Placed) -> None:
    """Sunken grounds under seats of one unit that hang together, where no other seat stands among them."""
    top = list(range(len(trees.places)))
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
        head_room = 12 * s
        sheet.box(
            float(low[0]), float(low[1]) - head_room, float(high[0] - low[0]), float(high[1] - low[1]) + head_room,
            Style(Role.GROUP), radius=10 * s,
        )  # fmt: skip
        caption = board.width(_caption(trees, head, p), (10.5 * s, 450))
        name = board.elided(trees.units[head], (10.5 * s, 450), float(high[0] - low[0]) - caption - 28 * s)
        style = Style(Role.CAPTION, emphasis=Emphasis.SMALL)
        sheet.label(float(high[0]) - 8 * s, float(low[1]) - s, name, style, 10.5 * s, anchor=Anchor.END)


def _elbow(p: Placed, xy: Floats, line: Answer, size: tuple[float, float]) -> Floats:
    """Right angles from a seat to the one it answers to, halfway between their levels; in a column along its side."""
    (x0, y0), (x1, y1), (w, h) = xy[line.to], xy[line.seat], size
    if p.arrangement == "right":
        middle = x0 + w + p.gaps[1] / 2
        return floats([x0 + w, y0 + h / 2, middle, y0 + h / 2, middle, y1 + h / 2, x1, y1 + h / 2], (4, 2))
    level = y0 + h + p.gaps[1] / 2
    if p.column[line.seat] != NONE:
        side = x1 - p.gaps[0] / 2
        points = [x0 + w / 2, y0 + h, x0 + w / 2, level, side, level, side, y1 + h / 2, x1, y1 + h / 2]
        return floats(points, (5, 2))
    return floats([x0 + w / 2, y0 + h, x0 + w / 2, level, x1 + w / 2, level, x1 + w / 2, y1], (4, 2))


def _around(a: Floats, b: Floats, size: tuple[float, float], over: float) -> Floats:
    """Right angles from the side of one box to the head of another, for lines that move no box."""
    (x0, y0), (x1, y1), (w, h) = a, b, size
    side = x0 + w + 4 if x1 >= x0 else x0 - 4
    start = x0 + w if x1 >= x0 else x0
    above = y1 - over
    return floats([start, y0 + h / 2, side, y0 + h / 2, side, above, x1 + w * 0.62, above, x1 + w * 0.62, y1], (5, 2))


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


def _ground(sheet: Sheet, corner: Floats, size: tuple[float, float], place: Place, s: float) -> None:
    """The card itself and the bar in the colour of the origin."""
    (x, y), (w, h) = corner, size
    radius = 8 * s if h > 40 * s else 6 * s
    if place.empty:
        emphasis = Emphasis.SMALL if place.stated == "planned" else Emphasis.STRONG
        sheet.box(x, y, w, h, Style(Role.CARD, emphasis=emphasis), radius=radius, key=place.key, tip=place.tip)
        return
    certainty = Certainty.UNSURE if place.gone else Certainty.SURE
    sheet.box(x, y, w, h, Style(Role.CARD, certainty=certainty), radius=radius, key=place.key, tip=place.tip)
    emphasis = Emphasis.QUIET if place.gone else Emphasis.NORMAL
    bar = Style(Role.BAR, place.organization, emphasis=emphasis)
    sheet.box(x + s, y + 8 * s, 3 * s, h - 16 * s, bar, radius=1.5 * s, key=place.key, tip=place.tip)


def _card(
    board: Board, sheet: Sheet, corner: Floats, size: tuple[float, float], place: Place, title: str, s: float
) -> None:
    (x, y), (w, _) = corner, size
    left = x + 52 * s
    if place.empty:
        paused, planned = place.stated == "on-hold", place.stated == "planned"
        empty_place(sheet, x + 28 * s, y + 26 * s, 15 * s, planned=planned, paused=paused, key=place.key, tip=place.tip)
        _two_lines(board, sheet, place, (left, y), x + w - 10 * s - left, title or "A seat", place.word, s)
        return
    gone = place.gone
    avatar(
        sheet, x + 28 * s, y + 26 * s, 15 * s, wording.initials(place.name), place.organization, Status.NONE,
        gone=gone, vague=place.state == POSSIBLE, key=place.key, tip=place.tip,
    )  # fmt: skip
    edge = x + w - 12 * s
    if place.lost:
        width = board.width(place.lost, (10.5 * s, 600))
        sheet.label(
            edge, y + 21 * s, place.lost, Style(Role.WARNING), 10.5 * s, anchor=Anchor.END, key=place.key, tip=place.tip
        )
        edge -= width + 6 * s
    elif place.status is not Status.NONE:
        sign(sheet, edge - 4 * s, y + 17 * s, 5.5 * s, place.status, key=place.key, tip=place.tip)
        edge -= 16 * s
    _two_lines(board, sheet, place, (left, y), edge - left, place.name, title, s, below=x + w - 10 * s - left)


def _two_lines(
    board: Board, sheet: Sheet, place: Place, at: tuple[float, float], room: float, name: str, role: str, s: float,
    *, below: float = 0.0,
) -> None:  # fmt: skip
    """A name, and what stands below it."""
    pale = Certainty.UNSURE if place.gone or place.empty else Certainty.SURE
    head, small = Style(Role.SEAT_NAME, certainty=pale), Style(Role.SEAT_NAME, emphasis=Emphasis.SMALL, certainty=pale)
    shown = board.elided(name, (12.5 * s, 620), room)
    sheet.label(at[0], at[1] + 22 * s, shown, head, 12.5 * s, key=place.key, tip=place.tip)
    shown = board.elided(role, (11 * s, 430), below or room)
    sheet.label(at[0], at[1] + 39 * s, shown, small, 11 * s, key=place.key, tip=place.tip)


def _small(
    board: Board, sheet: Sheet, corner: Floats, size: tuple[float, float], place: Place, title: str, s: float
) -> None:
    """A name alone, or the title of an empty seat."""
    (x, y), (w, h) = corner, size
    pale = Certainty.UNSURE if place.gone or place.empty else Certainty.SURE
    text = place.name if not place.empty else f"{title}, {place.word}" if title else place.word
    style = Style(Role.SEAT_NAME, emphasis=Emphasis.SMALL if place.empty else Emphasis.NORMAL, certainty=pale)
    left, right = x + 11 * s, x + w - 8 * s
    if place.status not in (Status.NONE, Status.REPORTED) and not place.gone and not place.empty:
        sign(sheet, right - 5 * s, y + h / 2, 5 * s, place.status, key=place.key, tip=place.tip)
        right -= 15 * s
    shown = board.elided(text, (11 * s, 620), right - left)
    sheet.label(left, y + h / 2 + 4 * s, shown, style, 11 * s, key=place.key, tip=place.tip)


def _bar(sheet: Sheet, corner: Floats, size: tuple[float, float], place: Place) -> None:
    """A box in the colour of the origin; the outline of a card where nobody is there."""
    (x, y), (w, h) = corner, size
    radius = min(2.0, h / 3)
    if place.empty or place.gone:
        emphasis = Emphasis.SMALL if place.stated == "planned" or place.gone else Emphasis.STRONG
        sheet.box(x, y, w, h, Style(Role.CARD, emphasis=emphasis), radius=radius, key=place.key, tip=place.tip)
    else:
        sheet.box(x, y, w, h, Style(Role.BAR, place.organization), radius=radius, key=place.key, tip=place.tip)
