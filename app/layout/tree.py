"""A tidy tree for boxes of different sizes, in time linear in their number.

Method: A. van der Ploeg, Drawing non-layered tidy trees in linear time (Software: Practice and Experience 44, 2014),
which extends Reingold and Tilford (1981) and Buchheim, Jünger and Leipert (2002): contours by threads, and a list of
the siblings that are still visible at each depth, so that room which one subtree takes is shared by those between. Here
it runs without recursion, and siblings that are all leaves of one height, which most boxes are, are placed by arrays.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Positions = npt.NDArray[np.intp]

NONE = -1
"""No parent, no column, no thread."""
COMPACT = (6, 6)
"""Leaves in a row at most where a chart is compact, and in a column at most where there are more."""


@dataclass(frozen=True, eq=False)
class Siblings:
    """Who stands below whom: children of box p are `children[first[p]:first[p + 1]]`, in the order of their positions.

    The roots are the children of box n. parent: (n,) with n for a root; children: (n,); first: (n + 2,).
    """

    parent: Positions
    children: Positions
    first: Positions

    @classmethod
    def of(cls, parent: npt.ArrayLike) -> Siblings:
        """From parent positions (n,), NONE for a root. ValueError for a parent that is not there."""
        given = np.asarray(parent, dtype=np.intp).reshape(-1)
        n = len(given)
        if n and (given.min() < NONE or given.max() >= n):
            raise ValueError(f"a parent lies outside the {n} boxes")
        above = np.where(given == NONE, n, given)
        first = np.zeros(n + 2, dtype=np.intp)
        np.cumsum(np.bincount(above, minlength=n + 1), out=first[1:])
        return cls(above, np.argsort(above, kind="stable"), first)


def tidy(
    parent: npt.ArrayLike,
    sizes: Floats,
    gaps: tuple[float, float],
    *,
    rightward: bool = False,
    compact: tuple[int, int] | None = None,
) -> Floats:
    """Places of boxes: the left top corners (n, 2), the smallest x and the smallest y being 0.

    parent: (n,) positions, NONE for a root; sizes: (n, 2) width and height; gaps: between siblings, and between a box
    and those below it. A box stands over the middle of all its children; siblings keep their order; no two boxes come
    nearer than the gap between siblings, or lie above each other nearer than the gap between levels; roots stand side
    by side. rightward: the tree grows to the right and siblings stand one below the other. compact: leaves in a
    row and in a column at most (see `columns`). No boxes give no places. ValueError for a circle and for a parent
    that is not there.
    """
    boxes = np.array(sizes, dtype=np.float64).reshape(-1, 2)
    siblings = Siblings.of(parent)
    if len(siblings.parent) != len(boxes):
        raise ValueError(f"{len(siblings.parent)} parents for {len(boxes)} boxes")
    if not len(boxes):
        return np.zeros((0, 2))
    if compact:
        return stacked(parent, boxes, gaps, columns(siblings, compact), rightward=rightward)
    if rightward:
        boxes = boxes[:, ::-1]
    order = outline_order(siblings)
    rank = np.append(np.empty(len(order), dtype=np.intp), NONE)
    rank[order] = np.arange(len(order))
    # what stands together in the tree then stands together in memory: twice as fast
    outline = Siblings.of(rank[siblings.parent[order]])
    x, y = np.empty(len(boxes)), np.empty(len(boxes))
    x[order], y[order] = _placed(outline, *(boxes[order] + gaps).T)
    x -= x.min()
    return np.stack([y, x] if rightward else [x, y], axis=1)


def columns(siblings: Siblings, compact: tuple[int, int] = COMPACT) -> Positions:
    """The column that each box stands in where a chart is compact, (n,): numbered through the chart, NONE where it
    stands in none. Only leaves stand in columns: of one parent, next to each other, and more of them than the first of
    `compact`; a column holds as many as the second at most, and the columns of a run are as even as can be."""
    n = len(siblings.parent)
    column = np.full(n, NONE, dtype=np.intp)
    order, above = siblings.children, siblings.parent[siblings.children]
    leaf = np.diff(siblings.first)[order] == 0 if n else np.zeros(0, dtype=np.bool_)
    if not leaf.any():
        return column
    starts = np.flatnonzero(np.r_[True, (above[1:] != above[:-1]) | (leaf[1:] != leaf[:-1])])
    lengths = np.diff(np.r_[starts, n])
    long = np.flatnonzero(leaf[starts] & (lengths > compact[0]) & (above[starts] < n))
    made = 0
    for start, length in zip(starts[long].tolist(), lengths[long].tolist(), strict=True):
        many = -(-length // compact[1])
        column[order[start : start + length]] = made + np.arange(length) * many // length
        made += many
    return column


def packed(siblings: Siblings, heights: Floats, tallest: float) -> Positions:
    """The column that each box stands in where leaves fill columns of about one height, (n,): numbered with gaps, NONE
    where it stands in none. heights: (n,) with the room below each; tallest: of a column, about. Leaves of one parent
    that are next to each other share as few columns as that height allows, each about as full as the others."""
    n = len(siblings.parent)
    column = np.full(n, NONE, dtype=np.intp)
    order, above = siblings.children, siblings.parent[siblings.children]
    if not n:
        return column
    leaf = np.diff(siblings.first)[order] == 0
    starts = np.flatnonzero(np.r_[True, (above[1:] != above[:-1]) | (leaf[1:] != leaf[:-1])])
    lengths = np.diff(np.r_[starts, n])
    high = heights[order]
    begins = np.r_[0.0, np.cumsum(high)]
    totals = begins[starts + lengths] - begins[starts]
    many = np.maximum(np.ceil(totals / max(tallest, 1e-9)), 1.0)
    stands = leaf[starts] & (above[starts] < n) & (many < lengths)
    run = np.repeat(np.arange(len(starts)), lengths)
    middle = (begins[:-1] - begins[starts][run] + high / 2) / np.maximum(totals, 1e-9)[run]
    first = np.cumsum(many) - many
    at = np.flatnonzero(stands[run])
    column[order[at]] = (first[run] + np.ceil(middle * many[run]) - 1.0)[at].astype(np.intp)
    return column


def stacked(
    parent: npt.ArrayLike, sizes: Floats, gaps: tuple[float, float], column: Positions, *, rightward: bool = False
) -> Floats:
    """The places of `tidy` where each column, (n,) as of `columns` or `packed`, is one box: as wide as its widest, as
    high as all together."""
    siblings = Siblings.of(parent)
    n = len(sizes)
    _, heads, member = np.unique(
        np.where(column == NONE, np.arange(n) + column.max() + 1, column), return_index=True, return_inverse=True
    )
    order = np.argsort(heads, kind="stable")  # boxes of the shorter tree in the order of those they begin with
    rank = np.empty(len(order), dtype=np.intp)
    rank[order] = np.arange(len(order))
    heads, member = heads[order], rank[member.reshape(-1)]
    gap = min(gaps)
    step = sizes[:, 1] + gap
    by_member = np.argsort(member, kind="stable")
    ends = np.cumsum(step[by_member])
    counts = np.bincount(member)
    begins = np.r_[0.0, ends[np.cumsum(counts)[:-1] - 1]]
    inside = np.empty(n)
    inside[by_member] = ends - step[by_member] - np.repeat(begins, counts)
    outer = np.zeros((len(heads), 2))
    np.maximum.at(outer[:, 0], member, sizes[:, 0])
    outer[:, 1] = np.bincount(member, weights=step) - gap
    above = siblings.parent[heads]
    shorter = np.where(above == n, NONE, member[np.minimum(above, n - 1)])
    placed = tidy(shorter, outer, gaps, rightward=rightward)[member]
    placed[:, 1] += inside
    return placed


def _placed(siblings: Siblings, w: Floats, h: Floats) -> tuple[Floats, Floats]:
    """x and y of boxes, numbered as in an outline, whose sizes hold their gaps; the tree grows downward."""
    n = len(w)
    w, h = np.append(w, 0.0), np.append(h, 0.0)  # with the box above all roots
    inner = np.flatnonzero(np.diff(siblings.first)[:-1])  # each before those below it
    order = inner.tolist()
    ends = np.flatnonzero(np.diff(siblings.first)[:-1] == 0)
    parent = siblings.parent.tolist()
    high, bottom = h.tolist(), [0.0] * (n + 1)
    for p in order:
        bottom[p] = bottom[parent[p]] + high[p]
    low = np.array(bottom)
    low[ends] = low[siblings.parent[ends]] + h[ends]
    prelim, mod = _walked(siblings, order, w, h, low)
    totals = mod.tolist()
    for p in order:  # each before what stands below it
        totals[p] += totals[parent[p]]
    total = np.array(totals)
    total[ends] += total[siblings.parent[ends]]
    return (prelim + total)[:-1], (low - h)[:-1]


def outline_order(siblings: Siblings) -> Positions:
    """All boxes as in an outline, each before what stands below it, (n,). ValueError for a circle."""
    children, first = siblings.children.tolist()[::-1], siblings.first
    n = len(children)
    begins, ends = (n - first[1:]).tolist(), (n - first[:-1]).tolist()
    order, waiting = [], [n]
    while waiting:
        p = waiting.pop()
        order.append(p)
        waiting += children[begins[p] : ends[p]]
    if len(order) != n + 1:
        raise ValueError("the boxes stand below each other in a circle")
    return np.array(order[1:], dtype=np.intp)


def _even(siblings: Siblings, w: Floats, h: Floats) -> tuple[npt.NDArray[np.bool_], Floats]:
    """Which boxes have only leaves of one height below them, (n + 1,), and for those leaves how far each stands right
    of its first sibling, which is their place."""
    first, children = siblings.first, siblings.children
    n_children = np.diff(first)
    even, mod = np.zeros(len(w), dtype=np.bool_), np.zeros(len(w))
    inner = np.flatnonzero(n_children)
    at, high = first[inner], h[children]
    same = np.maximum.reduceat(high, at) == np.minimum.reduceat(high, at)
    even[inner] = same & (np.maximum.reduceat(n_children[children], at) == 0)
    before = np.cumsum(w[children]) - w[children]
    mod[children] = before - np.repeat(before[at], n_children[inner])
    mod[children[~even[siblings.parent[children]]]] = 0.0
    return even, mod


def _walked(siblings: Siblings, inner: list[int], w: Floats, h: Floats, low: Floats) -> tuple[Floats, Floats]:
    """The walk upward: place of each box within its subtree (prelim), and how far the subtree is moved (mod).

    A contour goes from a box to its first or last child; from one without children to where a thread leads. The deepest
    box at either side of a subtree, and the moves above it, are kept to hang threads on. Lists, for reading one number
    of an array costs ten times as much.
    """
    n = len(w)
    even, moves = _even(siblings, w, h)
    starts, stops = siblings.first[:-1], siblings.first[1:]
    has = starts < stops
    begin, end = np.full(n, NONE), np.full(n, NONE)
    begin[has], end[has] = siblings.children[starts[has]], siblings.children[stops[has] - 1]
    lows, highs, sums, flat = np.arange(n), np.arange(n), np.zeros(n), np.flatnonzero(even)
    lows[flat], highs[flat], sums[flat] = begin[flat], end[flat], moves[end[flat]]
    places = np.zeros(n)
    places[flat] = (moves[end[flat]] + w[end[flat]] - w[flat]) / 2
    left, right = begin.tolist(), end.tolist()  # next on the contour: a child, or a thread
    low_left, low_right, sum_left, sum_right = lows.tolist(), highs.tolist(), [0.0] * n, sums.tolist()
    prelim, mod, wide, bottom = places.tolist(), moves.tolist(), w.tolist(), low.tolist()
    children, firsts, is_even = siblings.children.tolist(), siblings.first.tolist(), even.tolist()
    for p in (*reversed(inner), n - 1):
        if is_even[p]:
            continue
        kids = children[firsts[p] : firsts[p + 1]]
        c0 = before = kids[0]
        if len(kids) > 1:
            shared: list[tuple[int, int, float]] = []
            depths, whose = [bottom[low_left[c0]]], [0]  # siblings still visible from the right, the lowest first
            for i in range(1, len(kids)):
                c = kids[i]
                reach = bottom[low_right[c]]
                a, b, k = before, c, len(depths) - 1
                at_a, at_b = mod[a], mod[b]
                while True:
                    bottom_a, bottom_b = bottom[a], bottom[b]
                    if bottom_a > depths[k]:
                        k -= 1
                    over = at_a + prelim[a] + wide[a] - at_b - prelim[b]
                    if over > 0.0:
                        at_b += over
                        mod[c] += over
                        sum_left[c] += over
                        sum_right[c] += over
                        if whose[k] != i - 1:
                            shared.append((whose[k], i, over))
                    if bottom_a <= bottom_b:
                        a = right[a]
                        if a >= 0:
                            at_a += mod[a]
                    if bottom_b <= bottom_a:
                        b = left[b]
                        if b >= 0:
                            at_b += mod[b]
                    if a < 0 or b < 0:
                        break
                if b >= 0:  # the new subtree is deeper: the left contour goes on in it
                    e = low_left[c0]
                    left[e] = b
                    move = at_b - mod[b] - sum_left[c0]
                    mod[e] += move
                    prelim[e] -= move
                    low_left[c0], sum_left[c0] = low_left[c], sum_left[c]
                elif a >= 0:  # the ones before are deeper: the right contour goes on in them
                    e = low_right[c]
                    right[e] = a
                    move = at_a - mod[a] - sum_right[c]
                    mod[e] += move
                    prelim[e] -= move
                    low_right[c], sum_right[c] = low_right[before], sum_right[before]
                while depths and reach >= depths[-1]:
                    depths.pop()
                    whose.pop()
                depths.append(reach)
                whose.append(i)
                before = c
            if shared:
                _share(kids, shared, mod)
        prelim[p] = (prelim[c0] + mod[c0] + prelim[before] + mod[before] + wide[before] - wide[p]) / 2
        low_left[p], sum_left[p] = low_left[c0], sum_left[c0]
        low_right[p], sum_right[p] = low_right[before], sum_right[before]
    return np.array(prelim), np.array(mod)


def _share(kids: list[int], shared: list[tuple[int, int, float]], mod: list[float]) -> None:
    """Give the siblings between two that pushed each other apart their part of the room: the second of `shared`'s
    (first, second, room) has moved already. Linear in siblings and pushes."""
    ramp, step = [0.0] * (len(kids) + 1), [0.0] * (len(kids) + 1)
    for first, second, room in shared:
        part = room / (second - first)
        step[first + 1] += part
        step[second] -= part
        ramp[second] -= room - part
    slope = moved = 0.0
    for i, c in enumerate(kids):
        slope += step[i]
        moved += slope + ramp[i]
        mod[c] += moved
