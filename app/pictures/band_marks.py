"""Marks of bands and blocks: bodies with lanes, bars, counts on bands, names beside bars.

A band is as high as its people wherever it is cut upright: its two edges are one curve, moved down. So it never folds
over itself, however steep it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.layout.settling import settled
from app.pictures.board import NONE, Board, Sheet
from app.scene import lettering
from app.scene.curves import places
from app.scene.marks import Anchor, Floats, Ints, Path, ints
from app.scene.style import Emphasis, Role, Style
from app.scene.tips import Told

STEPS = 28
"""Pieces of a band's edge."""
HALO_FROM = 4.0
"""Bands at least so broad keep clear of those below them; the halo of a narrow one would eat its neighbours."""
PIECE = 400
"""Rows of one mark: a device that paints in slices makes the shapes of one piece at a time."""
LEAST_COUNT = 6
"""A band's count is written from so many people."""
BETWEEN = 5.0
"""Design pixels between a name and its figure."""
NAME_LINE = 1.3
"""Height of a name beside a bar, in its own size."""


@dataclass(frozen=True, eq=False)
class Body:
    """Parts of bands of one kind: bands (r,), how far below the band's upper edge each begins and how high it is (r,),
    style, key and tip numbers (r,)."""

    band: Ints
    above: Floats
    height: Floats
    style: Ints
    key: Ints
    tip: Ints


def bodies(sheet: Sheet, curves: Floats, breadth: Floats, parts: Sequence[Body], order: Ints) -> None:
    """Parts of bands as shapes: band by band in an order, the parts of one band as given."""
    rank = np.zeros(len(breadth), dtype=np.int64)
    rank[order] = np.arange(len(order))
    band = np.concatenate([part.band for part in parts])
    row = np.lexsort((np.arange(len(band)), rank[band]))
    band = band[row]
    above, height = (np.concatenate([getattr(part, name) for part in parts])[row] for name in ("above", "height"))
    style, key, tip = (np.concatenate([getattr(part, name) for part in parts])[row] for name in ("style", "key", "tip"))
    t = np.broadcast_to(np.linspace(0.0, 1.0, STEPS + 1), (len(curves), STEPS + 1))
    line = places(curves, t)
    for first in range(0, len(band), PIECE):
        some = slice(first, first + PIECE)
        upper = line[band[some]].copy()
        upper[..., 1] += (above[some] - breadth[band[some]] / 2)[:, None]
        lower = upper[:, ::-1].copy()
        lower[..., 1] += height[some][:, None]
        n = len(upper)
        sheet.marks(
            Path(
                key=ints(key[some]),
                style=ints(style[some]),
                tip=ints(tip[some]),
                points=np.concatenate([upper, lower], axis=1).reshape(-1, 2),
                offsets=np.arange(n + 1, dtype=np.int32) * (2 * (STEPS + 1)),
                closed=np.ones(n, dtype=np.bool_),
                stroke=np.zeros(n),
            )
        )


def halos(board: Board, bands: Ints, breadth: Floats, curves: Floats) -> Body:
    """Ground below the bands that are broad enough for it where they are steepest."""
    run = curves[:, 3] - curves[:, 0]
    broad = breadth / np.hypot(1.0, 2 * run[:, 1] / np.maximum(run[:, 0], 1.0))
    high = bands[broad[bands] >= HALO_FROM]
    none = np.full(len(high), NONE, dtype=np.int32)
    style = np.full(len(high), board.style(Style(Role.HALO)), dtype=np.int32)
    return Body(high, np.zeros(len(high)), breadth[high], style, none, none)


def counts(sheet: Sheet, curves: Floats, breadth: Floats, people: Ints, styles: Sequence[Style], scale: float) -> None:
    """How many people are on each band, near where it begins, if there are several and the band is high enough."""
    size = lettering.font(Style(Role.BAND_COUNT))[0] * scale
    for band in np.flatnonzero((people >= LEAST_COUNT) & (breadth >= size * 1.25)).tolist():
        (x, y), along = curves[band, 0], curves[band, 1, 0] - curves[band, 0, 0]
        left = min(14 * scale, along / 3)
        sheet.label(x + left, y + size * 0.36, f"{people[band]:,}", styles[band], size)


@dataclass(frozen=True, slots=True)
class Block:
    """One bar with its name: place, colour, role, whether it is out of focus, key, tip, name, people, and how they are
    written."""

    x: float
    top: float
    width: float
    height: float
    organization: str
    role: Role
    emphasis: Emphasis
    key: str
    tip: Told
    name: str
    people: int
    figure: str


def bars(sheet: Sheet, blocks: Sequence[Block], scale: float) -> None:
    """Bars; one too low to be seen is still half a pixel high."""
    for block in blocks:
        height = max(block.height, 0.5)
        radius = min(2 * scale, height / 2)
        style = Style(block.role, block.organization, emphasis=block.emphasis)
        sheet.box(block.x, block.top, block.width, height, style, radius=radius, key=block.key, tip=block.tip)


def names(
    board: Board,
    sheet: Sheet,
    blocks: Sequence[Block],
    anchor: Anchor,
    room: float,
    between: tuple[float, float],
    scale: float,
) -> None:
    """Names beside the bars of one column, with how many people they hold: right of them, or left of them. Where bars
    are lower than a line of type, names move apart, and those of the smallest bars go where all have no room."""
    told = [block for block in blocks if block.name]
    heights = np.array([_size(block, scale) * NAME_LINE for block in told])
    by_people = sorted(range(len(told)), key=lambda n: (-told[n].people, n))
    kept: list[int] = []
    used = 0.0
    for n in by_people:
        if used + heights[n] > between[1] - between[0]:
            break
        used += float(heights[n])
        kept.append(n)
    kept.sort()
    shown, high = [told[n] for n in kept], heights[kept]
    wanted = np.array([block.top + block.height / 2 for block in shown]) - high / 2
    heft = np.array([1.0 + block.people for block in shown])
    tops = settled(wanted, high, heft, 0.0, between)
    for block, top, height in zip(shown, tops.tolist(), high.tolist(), strict=True):
        size = height / NAME_LINE
        style = Style(Role.NODE_NAME, emphasis=block.emphasis or _weight(block, scale))
        quiet = block.emphasis is Emphasis.QUIET
        number = Style(Role.NODE_NUMBER, emphasis=Emphasis.QUIET if quiet else Emphasis.NORMAL)
        fonts = [(size, lettering.font(worn)[1]) for worn in (style, number)]
        wide = board.width(block.figure, fonts[1]) + BETWEEN * scale
        name = board.elided(block.name, fonts[0], room - wide)
        if anchor is Anchor.END:  # the figure stands next to the bar, and the name before it
            at = block.x - 8 * scale
            ends = at - wide, at
        else:
            at = block.x + block.width + 8 * scale
            ends = at, at + board.width(name, fonts[0]) + BETWEEN * scale
        for x, text, worn in zip(ends, (name, block.figure), (style, number), strict=True):
            sheet.label(x, top + size * 0.98, text, worn, size, anchor=anchor, key=block.key, tip=block.tip)


def _weight(block: Block, scale: float) -> Emphasis:
    return Emphasis.NORMAL if block.height >= 26 * scale else Emphasis.SMALL


def _size(block: Block, scale: float) -> float:
    """Height of type of a name."""
    style = Style(Role.NODE_NAME, emphasis=_weight(block, scale))
    return lettering.font(style)[0] * scale


def slot(scale: float, gap: float) -> float:
    """The height that a block needs beside the gap for a small name."""
    size = lettering.font(Style(Role.NODE_NAME, emphasis=Emphasis.SMALL))[0] * scale
    return max(size * NAME_LINE - gap, 0.0)


def names_room(board: Board, texts: Sequence[str], scale: float, most: float) -> float:
    """The width that names beside a column take, at most so much."""
    size, weight = lettering.font(Style(Role.NODE_NAME))
    font = (size * scale, weight)
    board.know(texts, font)
    return min(max((board.width(text, font) for text in texts), default=0.0), most)
