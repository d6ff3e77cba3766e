"""Marks of a matrix: ruling, and cells with their lanes and figures.

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
from app.pictures.board import Board
from app.pictures.exchange import Exchange
from app.pictures.frame import Frame
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
"""Height of the type of names and figures; where rows and columns are narrower, it is less, as far as this:"""
LEAST_TYPE = 10.5
STRIP = (0.6, 3.0)
"""Share of a cell's width, and height in design pixels, of the strip that stands for people to and from others: these
are many organizations, and an area for them would make all other areas small."""
HEAD_ROW = 17.0
"""Height of a row of heads above columns, in units of type."""
SWATCH = 9.0
"""Side of the square in the colour of an organization, in units of type."""
APART = 8.0
"""Between the organizations and the others."""
NAMES, NAMES_IN_TILE = 0.16, 0.26
"""The share of the width that the names of rows may take."""


@dataclass(frozen=True, eq=False)
class Prepared:
    """What every day shares: the board with all keys and tips; where cells and heads stand; drawn pairs (k,), their key
    and tip numbers (k,), upper left corners of their cells and sizes of what fills these when full (k, 2); place_tips:
    the tip of each place."""

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
    font = (NAME * s, lettering.font(name_style())[1])
    texts = [exchange.name(place) for place in order.tolist()]
    board.know(texts, font)
    widths = np.array([board.width(text, font) for text in texts])
    left = x + min(float(widths.max(initial=0.0)), (NAMES_IN_TILE if frame.tile else NAMES) * w) + (SWATCH + 16) * s
    right = x + w - (0.0 if frame.tile else 64 * s)
    joined, gone = exchange.totals(exchange.people)
    apart, below = int(exchange.others >= 0), 0.0 if frame.tile else 26 * s

    def cells(top: float) -> Grid:
        room = (left, top, right - left, y + h - below - top)
        largest = (LARGEST[0] * frame.scale, LARGEST[1] * frame.scale)
        return grid(order, room, largest, apart=apart, gap=APART * frame.scale)

    first = cells(y)
    above = heads(
        first.x + first.width / 2,
        widths,
        (joined + gone)[order].astype(np.float64),
        (left - 6 * s, right + 6 * s),
        gap=9 * s,
        least=44 * s,
    )
    return cells(y + (0 if frame.tile else above.n_rows * HEAD_ROW) * s + 14 * s), above


def name_style(*, quiet: bool = False) -> Style:
    """How names of rows and columns are written."""
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
        if need + 2 * s > cells_.width or size > cells_.height:
            continue
        if not picture.exchange.named[p.pair[k]]:
            away = min(size / 2, (cells_.height - high) / 2 - 1)
            at[k, 1] += away
            y -= min(high / 2 + 1.5 * s, (cells_.height - size) / 2)
        elif (need + 6 * s > wide or size > high) and wide + need + 7 * s <= cells_.width:
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
