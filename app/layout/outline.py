"""A tree as a tidy tree above and as outlines below: a part that is not too high as an indented list hangs from its
head as one. So a chart of many levels gets the shape of the room that it is seen in, instead of a strip a hundred times
as wide as it is high.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.layout.tree import COMPACT, NONE, Floats, Positions, Siblings, columns, outline_order, packed, stacked, tidy

Bools = npt.NDArray[np.bool_]

BETTER = 1.06
"""By this factor larger everything must be seen for a less plain arrangement to be worth it."""
HEIGHTS = (2.2, 1.7, 1.3, 1.0, 0.75, 0.6, 0.45, 0.35)
"""Heights of outlines that are tried, in units of the height that all boxes as one block of the room's shape have."""
MANY, LARGE = 2_000, 20_000
"""From so many boxes on only those are tried of which one was the best wherever it was looked at; from yet more on
leaves above the outlines are not stacked."""


@dataclass(frozen=True, eq=False)
class Hung:
    """xy: (n, 2) left top corners, the smallest x and y being 0; column: (n,) the column that a box stands in where
    leaves are stacked, NONE elsewhere; hangs: (n,) boxes of an outline below its head; size: of everything."""

    xy: Floats
    column: Positions
    hangs: Bools
    size: tuple[float, float]


@dataclass(frozen=True, eq=False)
class _Outline:
    """The boxes as in an outline, all (n,) in its order but top: (n + 1,). order: positions; up: places of parents,
    n for a root; depth; top: heights added up; tall: height of each with all below it, as a list."""

    order: Positions
    up: Positions
    depth: Positions
    top: Floats
    tall: Floats


def hung(
    parent: Positions,
    sizes: Floats,
    gaps: tuple[float, float],
    tallest: float | None,
    *,
    indent: float,
    gap: float,
    compact: tuple[int, int] | None = None,
    pack: bool = False,
    rightward: bool = False,
) -> Hung:
    """Places of boxes.

    parent: (n,) positions, NONE for a root; sizes: (n, 2); gaps: as in `tidy`; tallest: parts no higher than this as an
    outline hang as one, None for a tidy tree throughout; indent: of each level of an outline; gap: between two of its
    rows; compact, rightward: as in `tidy`; pack: outlines beside each other stand in columns about as high as the
    tallest may be. No boxes give no places. ValueError for a circle.
    """
    outline = _outline(parent, sizes, gap) if tallest is not None else None
    return _hung(outline, parent, sizes, gaps, tallest or 0.0, indent, gap, compact, pack=pack, rightward=rightward)


def fitted(
    parent: Positions, sizes: Floats, gaps: tuple[float, float], room: tuple[float, float], *, indent: float, gap: float
) -> Hung:
    """The places that show all of a tree largest in a room (width, height) of this shape: a tidy tree, one with leaves
    stacked, or outlines of some height below the upper part, in columns of that height or not. Of two that are about as
    good the plainer one is taken."""
    n = len(sizes)
    if n < MANY:
        plain = hung(parent, sizes, gaps, None, indent=indent, gap=gap)
        if min(room[0] / max(plain.size[0], 1.0), room[1] / max(plain.size[1], 1.0)) * BETTER >= 1.0:
            return plain  # nothing shows it larger by enough
    outline = _outline(parent, sizes, gap)
    area = float(((sizes[:, 0] + gaps[0]) * (sizes[:, 1] + gap)).sum())
    block = (area * room[1] / room[0]) ** 0.5
    found: list[tuple[float, Hung]] = []  # the plainest at the end

    def tried(tallest: float, compact: tuple[int, int] | None, *, pack: bool = False) -> float:
        above = outline if tallest else None
        made = _hung(above, parent, sizes, gaps, tallest, indent, gap, compact, pack=pack, rightward=False)
        shown = min(room[0] / max(made.size[0], 1.0), room[1] / max(made.size[1], 1.0), 1.0)
        found.append((shown, made))
        return shown

    if n < MANY:
        most = max(tried(share * block, None, pack=True) for share in HEIGHTS)
        most = max(most, *(tried(share * block, compact) for share in HEIGHTS for compact in (COMPACT, None)))
    else:
        most = max(tried(share * block, None, pack=True) for share in (HEIGHTS[1:6] if n < LARGE else HEIGHTS[3:6:2]))
    for compact in (COMPACT, None):
        if min(room[0] / _least_width(outline, sizes, gaps, compact), 1.0) * BETTER >= most:
            most = max(most, tried(0.0, compact))
    return next(made for shown, made in reversed(found) if shown * BETTER >= most)


def _least_width(outline: _Outline, sizes: Floats, gaps: tuple[float, float], compact: tuple[int, int] | None) -> float:
    """A width that a tidy tree takes at least: that of its widest level, leaves stacked as high as may be."""
    by_level = np.bincount(outline.depth, weights=sizes[outline.order, 0] + gaps[0])
    return float(by_level.max(initial=1.0)) / (compact[1] if compact is not None else 1)


def _outline(parent: Positions, sizes: Floats, gap: float) -> _Outline:
    order = outline_order(Siblings.of(parent))
    n = len(order)
    place = np.append(np.empty(n, dtype=np.intp), n)
    place[order] = np.arange(n)
    up = place[np.where(parent[order] == NONE, n, parent[order])]
    depth, jump = np.append((up != n).astype(np.intp), 0), np.append(up, n)
    while n and (jump[:-1] != n).any():
        depth, jump = depth + depth[jump], jump[jump]
    rows = sizes[order, 1] + gap
    tall = np.append(rows, 0.0)
    by_depth = np.argsort(-depth[:-1], kind="stable")
    for at in np.split(by_depth, np.flatnonzero(np.diff(depth[by_depth])) + 1):  # the deepest first
        np.add.at(tall, up[at], tall[at])
    return _Outline(order, up, depth[:-1], np.r_[0.0, np.cumsum(rows)], tall[:-1])


def _hung(
    outline: _Outline | None, parent: Positions, sizes: Floats, gaps: tuple[float, float], tallest: float,
    indent: float, gap: float, compact: tuple[int, int] | None, *, pack: bool, rightward: bool,
) -> Hung:  # fmt: skip
    n = len(sizes)
    xy, column, hangs = np.zeros((n, 2)), np.full(n, NONE, dtype=np.intp), np.zeros(n, dtype=np.bool_)
    if not n:
        return Hung(xy, column, hangs, (0.0, 0.0))
    if outline is None:
        xy = tidy(parent, sizes, gaps, rightward=rightward, compact=compact)
        column = columns(Siblings.of(parent), compact) if compact else column
        return Hung(xy, column, hangs, _extent(xy, sizes))
    order, depth, top = outline.order, outline.depth, outline.top
    low = np.append(outline.tall - gap <= tallest, False)  # the last place is what stands above all roots
    inside = low[:-1] & low[outline.up]  # in an outline, below its head
    lists = np.flatnonzero(low[:-1])  # outlines one after the other, each from its head on
    heads = np.flatnonzero(~inside[lists])
    head = lists[heads][np.cumsum(~inside[lists]) - 1]
    steps = (depth[lists] - depth[head]) * indent
    block = sizes[order].copy()
    if len(lists):
        ends = np.r_[heads[1:], len(lists)] - 1
        block[lists[heads], 0] = np.maximum.reduceat(steps + sizes[order[lists], 0], heads)
        block[lists[heads], 1] = top[lists[ends] + 1] - top[lists[heads]] - gap
    upper = np.flatnonzero(~inside)
    among = np.full(n + 1, NONE, dtype=np.intp)
    among[upper] = np.arange(len(upper))
    above = among[outline.up[upper]]
    if compact or pack:
        apart, boxes = Siblings.of(above), block[upper]
        stand = columns(apart, compact) if compact else packed(apart, boxes[:, 1] + min(gaps), tallest)
        column[order[upper]] = stand
        xy[order[upper]] = stacked(above, boxes, gaps, stand, rightward=rightward)
    else:
        xy[order[upper]] = tidy(above, block[upper], gaps, rightward=rightward)
    rows = inside[lists]
    xy[order[lists[rows]], 0] = xy[order[head[rows]], 0] + steps[rows]
    xy[order[lists[rows]], 1] = xy[order[head[rows]], 1] + top[lists[rows]] - top[head[rows]]
    hangs[order[inside]] = True
    return Hung(xy, column, hangs, _extent(xy, sizes))


def _extent(xy: Floats, sizes: Floats) -> tuple[float, float]:
    width, height = (xy + sizes).max(axis=0).tolist()
    return width, height
