"""Marks of a matrix: ruling, cells with their lanes, names of rows and columns, totals, specimens of the legend.

All that does not depend on the day is prepared once; a day only says how much of each cell is filled.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from app.domain.index import Ints
from app.layout.grid import Grid, fills, grid
from app.layout.heads import Heads, heads
from app.layout.matrix import Positions
from app.pictures import exchange_words as words
from app.pictures import legend, wording
from app.pictures.board import Board, Sheet
from app.pictures.exchange import Exchange
from app.pictures.frame import Frame
from app.pictures.legend import Entry
from app.pictures.traffic import STRONG_FIRST
from app.scene import lettering
from app.scene.marks import Anchor, Box, Floats, floats, ints
from app.scene.scene import Tip
from app.scene.style import Emphasis, Role, Status, Style

if TYPE_CHECKING:
    from app.pictures.matrix import Matrix

LARGEST = (150.0, 88.0)
"""A cell at most, in design pixels: few organizations are no wall."""
PADDING = 3.0
"""Between a full cell and its ruling, at least in each direction, in design pixels."""
LEAST_FILL = 2.5
"""Pixels that one person is wide and high at least."""
NAME = 12.5
"""Height of the type of names; rows and columns that are narrower show those of the largest organizations."""
LEAST_TYPE = 10.5
STRIP = (0.6, 3.0)
"""Share of a cell's width, and height in design pixels, of the strip that stands for people to and from others: these
are many organizations, and an area for them would make all other areas small."""
HEAD_ROW = 17.0
"""Height of a row of heads above columns, in units of type."""
SWATCH = 9.0
APART = 8.0
"""Between the organizations and the others."""
NAMES = 0.16
"""The share of the width that the names of rows may take."""


@dataclass(frozen=True, eq=False)
class Prepared:
    """What every day shares: the board with all keys and tips; where cells and heads stand; drawn pairs (k,), their key
    and tip numbers (k,), upper left corners and sizes of what fills their cells when full (k, 2), people (k,)."""

    board: Board
    grid: Grid
    heads: Heads
    pair: Positions
    key: Ints
    tip: Ints
    corner: Floats
    size: Floats
    place_tips: tuple[Tip, ...]


def prepare(board: Board, frame: Frame, exchange: Exchange, order: Positions) -> Prepared:
    """Everything that does not depend on the day."""
    for place in range(exchange.n_places):
        board.key(exchange.key(place))
    cells, above = _places(board, frame, exchange, order)
    pair = np.flatnonzero(exchange.people > 0)
    pad = PADDING * min(frame.scale, 1.0) if cells.width > 16 else 1.0
    inside = (max(cells.width - 2 * pad, 1.0), max(cells.height - 2 * pad, 1.0))
    named = exchange.named[pair]
    most = float(exchange.people[exchange.named].max(initial=1))
    size = fills(np.where(named, exchange.people[pair], 1), most, inside, min(LEAST_FILL, *inside))
    size[~named] = STRIP[0] * inside[0], min(STRIP[1] * max(frame.scale, 0.7), inside[1])
    corner = cells.corner(exchange.origin[pair], exchange.destination[pair])
    return Prepared(
        board=board,
        grid=cells,
        heads=above,
        pair=pair,
        key=ints([board.key(exchange.pair_key(n)) for n in pair.tolist()]),
        tip=ints([board.tip(exchange.pair_tip(n)) for n in pair.tolist()]),
        corner=corner,
        size=size,
        place_tips=tuple(exchange.tip(place) for place in range(exchange.n_places)),
    )


def _places(board: Board, frame: Frame, exchange: Exchange, order: Positions) -> tuple[Grid, Heads]:
    """Cells below their heads: heads need the width of cells, cells the height that heads leave."""
    s, (x, y, w, h) = frame.type_scale, frame.map
    font = (NAME * s, lettering.font(_name_style())[1])
    texts = [exchange.name(place) for place in order.tolist()]
    board.know(texts, font)
    widths = np.array([board.width(text, font) for text in texts])
    left = x + min(float(widths.max(initial=0.0)), NAMES * w) + (SWATCH + 16) * s
    right = x + w - 64 * s
    joined, gone = exchange.totals(exchange.people)
    apart, below = int(exchange.others >= 0), 26 * s

    def cells(top: float) -> Grid:
        room = (left, top, right - left, y + h - below - top)
        largest = (LARGEST[0] * frame.scale, LARGEST[1] * frame.scale)
        return grid(order, room, largest, apart=apart, gap=APART * frame.scale)

    first = cells(y)
    above = heads(
        first.x + first.width / 2,
        widths,
        (joined + gone)[order].astype(np.float64),
        (x, x + w),
        gap=9 * s,
        least=44 * s,
    )
    return cells(y + (above.n_rows * HEAD_ROW + 14) * s), above


def _name_style(*, quiet: bool = False) -> Style:
    return Style(Role.NODE_NAME, emphasis=Emphasis.QUIET if quiet else Emphasis.SMALL)


def ruling(board: Board, picture: Matrix) -> None:
    """Lines between cells, and the diagonal, where nobody can stand."""
    cells, exchange = picture.grid, picture.exchange
    sheet = board.sheet("diagonal", 8)
    for n in range(cells.n - (exchange.others >= 0)):
        sheet.box(float(cells.x[n]), float(cells.y[n]), cells.width, cells.height, Style(Role.GROUP))
    sheet, style = board.sheet("ruling", 10), Style(Role.GRID)
    blocks = [(0, cells.n)] if exchange.others < 0 or cells.n < 2 else [(0, cells.n - 1), (cells.n - 1, cells.n)]
    xs = [edge for a, b in blocks for edge in (*cells.x[a:b].tolist(), float(cells.x[b - 1] + cells.width))]
    ys = [edge for a, b in blocks for edge in (*cells.y[a:b].tolist(), float(cells.y[b - 1] + cells.height))]
    for a, b in blocks:
        for at in xs:
            sheet.line(at, float(cells.y[a]), at, float(cells.y[b - 1] + cells.height), style)
        for at in ys:
            sheet.line(float(cells.x[a]), at, float(cells.x[b - 1] + cells.width), at, style)


def cells(board: Board, picture: Matrix, day: float | None, since: float | None) -> None:
    """A pale tile for each cell with anyone, which is what is pointed at, and what fills it: less pale over the whole
    span before the last day, and as far as people have moved its lanes side by side, surest first. Figures within, or
    beside where that is too small; above the strips of others."""
    p, exchange, cells_ = picture.prepared, picture.exchange, picture.grid
    share = exchange.share(day, since)
    people = exchange.shown(day, since)
    lit, _ = exchange.lit
    n = len(p.pair)
    emphasis = [Emphasis.NORMAL if bright else Emphasis.QUIET for bright in lit[p.pair].tolist()]
    origin = [exchange.organization(place) for place in exchange.origin[p.pair].tolist()]
    texts, at = _figures(board, picture, people)
    tile, pale = (
        ints([board.style(Style(role, o, emphasis=e)) for o, e in zip(origin, emphasis, strict=True)])
        for role in (Role.BAND_PALE, Role.LANE_PALE)
    )
    inner = np.array([cells_.width - 1, cells_.height - 1])
    board.sheet("cells", 20).marks(_boxes(p.corner + 0.5, np.broadcast_to(inner, (n, 2)), tile, p.key, p.tip))
    sheet = board.sheet("fills", 30)
    if (share < 1).any():
        sheet.marks(_boxes(at, p.size, pale, p.key, p.tip))
    begun = np.zeros(n)
    for lane, word in enumerate(STRONG_FIRST):
        wide = p.size[:, 0] * exchange.parts[p.pair, lane] * share[p.pair, lane]
        some = np.flatnonzero(wide > 0)
        style = [board.style(Style(Role.BAND, origin[k], Status(word), emphasis[k])) for k in some.tolist()]
        left = np.stack([at[some, 0] + begun[some], at[some, 1]], axis=1)
        size = np.stack([wide[some], p.size[some, 1]], axis=1)
        sheet.marks(_boxes(left, size, ints(style), p.key[some], p.tip[some]))
        begun += wide
    sheet = board.sheet("counts", 60)
    for k, (text, x, y, type_size) in texts.items():
        worn = Style(Role.BAND_COUNT, origin[k], emphasis=emphasis[k])
        sheet.label(x, y, text, worn, type_size, anchor=Anchor.MIDDLE)


def _figures(board: Board, picture: Matrix, people: Ints) -> tuple[dict[int, tuple[str, float, float, float]], Floats]:
    """Figures of the cells that have room for one, with middle, baseline and size; and the corners (k, 2) of all fills:
    in the middle, or moved so that fill and figure stand there together."""
    p, cells_, s = picture.prepared, picture.grid, picture.frame.type_scale
    size = min(NAME * s, 0.8 * cells_.height)
    middle = p.corner + np.array([cells_.width, cells_.height]) / 2
    at = middle - p.size / 2
    found: dict[int, tuple[str, float, float, float]] = {}
    if size < LEAST_TYPE:
        return found, at
    font = (size, lettering.font(Style(Role.BAND_COUNT))[1])
    whole = [f"{n:,}" for n in picture.exchange.people[p.pair].tolist()]
    board.know(whole, font)
    for k, (text, full) in enumerate(zip((f"{n:,}" for n in people[p.pair].tolist()), whole, strict=True)):
        need = board.width(full, font)  # over the whole span, so that nothing moves while time plays
        wide, high = p.size[k].tolist()
        x, y = middle[k].tolist()
        if not picture.exchange.named[p.pair[k]]:
            at[k, 1] += size / 2
            y -= high / 2 + 1.5 * s
            if need > cells_.width or size + high + 3 * s > cells_.height:
                continue
        elif need + 6 * s > wide or size > high:
            if wide + need + 7 * s > cells_.width:
                continue
            at[k, 0] -= (need + 3 * s) / 2
            x = float(at[k, 0]) + wide + 3 * s + need / 2
        if text != "0":
            found[k] = (text, x, y + size * 0.36, size)
    return found, at


def _boxes(corner: Floats, size: Floats, style: Ints, key: Ints, tip: Ints) -> Box:
    return Box(
        key=ints(key),
        style=style,
        tip=ints(tip),
        x=floats(corner[:, 0]),
        y=floats(corner[:, 1]),
        w=floats(size[:, 0]),
        h=floats(size[:, 1]),
        radius=np.zeros(len(style)),
    )


def names(board: Board, picture: Matrix) -> None:
    """Names left of rows and above columns, each with the colour of its organization."""
    exchange, cells_, p, s = picture.exchange, picture.grid, picture.prepared, picture.frame.type_scale
    _, near = exchange.lit
    size = NAME * s
    font = (size, lettering.font(_name_style())[1])
    swatch = SWATCH * s
    sheet, lines = board.sheet("names", 62), board.sheet("heads", 12)
    shown = _rows_with_names(picture, size * 1.1)
    room = float(cells_.x[0]) - picture.frame.map[0] - swatch - 16 * s
    base = float(cells_.y[0]) - 10 * s
    for n, place in enumerate(picture.order.tolist()):
        style, key, tip = _name_style(quiet=not near[place]), exchange.key(place), p.place_tips[place]
        bar = Style(Role.BAR if place != exchange.others else Role.BAR_OTHER, exchange.organization(place))
        if not near[place]:
            bar = Style(bar.role, bar.organization, emphasis=Emphasis.QUIET)
        middle, name = float(cells_.y[n]) + cells_.height / 2, exchange.name(place)
        high = min(swatch, cells_.height - 1)
        x = float(cells_.x[0]) - 8 * s
        sheet.box(x - swatch, middle - high / 2, swatch, high, bar, radius=min(2 * s, high / 2), key=key, tip=tip)
        if n in shown:
            text = board.elided(name, font, room)
            at = x - swatch - 7 * s
            sheet.label(at, middle + size * 0.36, text, style, size, anchor=Anchor.END, key=key, tip=tip)
        column = float(cells_.x[n]) + cells_.width / 2
        wide = min(swatch, cells_.width - 1)
        sheet.box(column - wide / 2, base, wide, 4 * s, bar, radius=min(2 * s, wide / 2), key=key, tip=tip)
        row = int(p.heads.row[n])
        if row >= 0:
            baseline = base - (row * HEAD_ROW + 6) * s
            if row:
                lines.line(column, base - 3 * s, column, baseline + 4 * s, Style(Role.HAIRLINE))
            text = board.elided(name, font, float(p.heads.width[n]) + 0.5)
            sheet.label(float(p.heads.left[n]), baseline, text, style, size, key=key, tip=tip)


def _rows_with_names(picture: Matrix, line: float) -> frozenset[int]:
    """Rows whose names are written: the largest organizations first, as far as no name covers another."""
    cells_ = picture.grid
    joined, gone = picture.exchange.totals(picture.exchange.people)
    heft = (joined + gone)[picture.order]
    apart = int(np.ceil(line / max(cells_.height, 1e-9)))
    taken = np.zeros(cells_.n, dtype=np.bool_)
    kept = []
    for n in np.lexsort((np.arange(cells_.n), -heft)).tolist():
        if not taken[max(n - apart + 1, 0) : n + apart].any():
            taken[n] = True
            kept.append(n)
    return frozenset(kept)


def totals(board: Board, picture: Matrix, day: float | None, since: float | None) -> None:
    """How many left, right of the rows; how many joined, below the columns; and what the edges mean."""
    exchange, cells_, s = picture.exchange, picture.grid, picture.frame.type_scale
    joined, gone = exchange.totals(exchange.shown(day, since))
    _, near = exchange.lit
    sheet = board.sheet("totals", 61)
    number = lettering.font(Style(Role.NODE_NUMBER, emphasis=Emphasis.SMALL))
    size, below = number[0] * s, cells_.bottom + 16 * s
    shown = _rows_with_names(picture, size * 1.1)
    right = cells_.right + 8 * s
    reached = -np.inf
    for n, place in enumerate(picture.order.tolist()):
        style = Style(Role.NODE_NUMBER, emphasis=Emphasis.SMALL if near[place] else Emphasis.QUIET)
        if n in shown and gone[place]:
            y = float(cells_.y[n]) + cells_.height / 2 + size * 0.36
            sheet.label(right, y, f"{gone[place]:,}", style, size)
        x, text = float(cells_.x[n]) + cells_.width / 2, f"{joined[place]:,}"
        half = board.width(text, (size, number[1])) / 2
        if joined[place] and x - half > reached:
            sheet.label(x, below, text, style, size, anchor=Anchor.MIDDLE)
            reached = x + half + 4 * s
    edge = board.sheet("edges", 63)
    section = Style(Role.SECTION)
    small = lettering.font(section)[0] * s
    left, top = float(cells_.x[0]), float(cells_.y[0])
    edge.label(left - 8 * s, top - 7 * s, "FROM ↓   TO →", section, small, anchor=Anchor.END)
    edge.label(right, top - 7 * s, "LEFT", section, small)
    edge.label(left - 8 * s, below, "JOINED", section, small, anchor=Anchor.END)


def entries(picture: Matrix) -> tuple[list[Entry], list[Entry]]:
    """What occurs in the picture: areas of a few people, statuses, colours."""
    exchange, s = picture.exchange, picture.frame.type_scale
    p, largest = picture.prepared, int(exchange.people[exchange.named].max(initial=0))
    if not len(p.pair):
        return [], []
    full = p.size[exchange.named[p.pair]].max(axis=0, initial=1.0)
    high = min(1.0, 26 * s / float(full[1]))
    head = [
        Entry(
            max(float(full[0]) * high * np.sqrt(n / largest), 2.0),
            wording.people(n) if n in (1, largest) else f"{n:,}",
            _area_specimen(full * high * np.sqrt(n / largest)),
        )
        for n in words.steps(largest)
    ]
    own = words.specimen(exchange)
    told = words.status_entries(exchange, own, s)
    told.append(Entry(26 * s, "colour: where they left", legend.band_specimen(Style(Role.BAR, own), s)))
    if exchange.others >= 0:
        told.append(Entry(26 * s, "smaller organizations, no area", _strip_specimen(own, s)))
    told.append(Entry(26 * s, "nobody moves within one", legend.band_specimen(Style(Role.GROUP), s)))
    return head, told


def _strip_specimen(organization: str, s: float) -> legend.Specimen:
    """The strip of people to or from others."""

    def paint(sheet: Sheet, x: float, y: float) -> None:
        sheet.box(x, y - 1.5 * s, 26 * s, 3 * s, Style(Role.BAND, organization, Status.CONFIRMED))

    return paint


def _area_specimen(size: Floats) -> legend.Specimen:
    """A grey fill of some people."""

    def paint(sheet: Sheet, x: float, y: float) -> None:
        wide, high = (max(float(v), 2.0) for v in size)
        sheet.box(x, y - high / 2, wide, high, Style(Role.SPECIMEN))

    return paint
