"""Trees of an organization chart: where their boxes stand at a level of detail.

A chart that is larger than its room loses detail, never legibility: cards become small boxes with a name, then bars in
the colour of the origin (looks, section 5; pictures, section 4).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from app.analysis.order import Positions
from app.layout.tree import COMPACT, NONE, Siblings, columns, tidy
from app.scene.marks import Floats
from app.scene.scene import Tip
from app.scene.style import Status

Arrangement = Literal["down", "right", "compact", "hanging"]
Form = Literal["card", "small", "bar"]

CAPTION = 18.0
"""Room above a root for the words that name it one."""
SHELF = 26.0
"""Between two rows of trees, and between two trees."""
COLUMNS: dict[Arrangement, tuple[int, int]] = {"compact": COMPACT, "hanging": (1, 24)}
"""How many leaves stand beside each other, and how many in a column where there are more."""
MOST_STRETCH = 3.0
"""Bars grow higher by this factor at most, where a chart is wide and low."""


@dataclass(frozen=True, slots=True)
class Detail:
    """A level of detail: how a box looks, its width and height, the gaps between siblings and between levels; cost:
    what it takes from the reader, to weigh one level against another."""

    form: Form
    width: float
    height: float
    gaps: tuple[float, float]
    cost: float


DETAILS = (
    Detail("card", 222.0, 52.0, (12.0, 40.0), 0.0),
    Detail("card", 222.0, 52.0, (12.0, 32.0), 0.1),
    Detail("card", 222.0, 52.0, (12.0, 24.0), 0.2),
    Detail("card", 222.0, 52.0, (12.0, 20.0), 0.3),
    Detail("small", 150.0, 34.0, (8.0, 22.0), 1.0),
    Detail("small", 128.0, 28.0, (8.0, 16.0), 1.2),
    Detail("small", 104.0, 26.0, (8.0, 14.0), 1.5),
    Detail("bar", 30.0, 9.0, (4.0, 12.0), 3.0),
)
"""From the richest to the barest."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A line from a seat to the one it answers to: positions among the seats, key, status, tip."""

    seat: int
    to: int
    key: str
    status: Status
    tip: Tip | None


@dataclass(frozen=True, eq=False)
class Trees:
    """What is drawn: positions (n,) among the Boxes of all seats that a line ties to another, those of their parents
    among these (NONE for a root), which of their holders have left, the lines, what is said above each root (blank for
    none), and the name of the unit that each seat is in (blank for the organization itself)."""

    at: Positions
    parent: tuple[int, ...]
    gone: tuple[bool, ...]
    solid: tuple[Answer, ...]
    dotted: tuple[Answer, ...]
    disputed: tuple[Answer, ...]
    captions: tuple[str, ...]
    units: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Placed:
    """Trees at a level of detail. xy: (n, 2) left top corners; column: (n,) of boxes that stand in columns, else NONE;
    size: of a box; gaps: between siblings, between levels; scale: of type; width, height: of everything."""

    detail: Detail
    arrangement: Arrangement
    xy: Floats
    column: tuple[int, ...]
    size: tuple[float, float]
    gaps: tuple[float, float]
    scale: float
    width: float
    height: float


def placed(
    trees: Trees, detail: Detail, arrangement: Arrangement, room: tuple[float, float], s: float
) -> Placed | None:
    """The trees in rows that fit the room, the largest first; None where they do not fit. Bars always do, for they
    shrink. s: factor of all lengths."""
    n = len(trees.at)
    size = (detail.width * s, detail.height * s)
    if detail.form != "bar" and n * size[0] * size[1] > room[0] * room[1]:
        return None
    disputes = [(line.seat, line.to) for line in trees.disputed]
    groups = grouped(np.array(trees.parent, dtype=np.intp), disputes)
    gaps = (detail.gaps[0] * s, detail.gaps[1] * s)
    caption = CAPTION * s if detail.form != "bar" else 0.0
    column = np.full(n, NONE, dtype=np.intp)
    xy = np.zeros((n, 2))
    extents = []
    made = 0
    for group in groups:
        at = {seat: n for n, seat in enumerate(group.tolist())}
        parent = [at[p] if (p := trees.parent[seat]) != NONE else NONE for seat in group.tolist()]
        compact = COLUMNS.get(arrangement)
        own = tidy(parent, np.full((len(group), 2), size), gaps, rightward=arrangement == "right", compact=compact)
        if compact:
            own_columns = columns(Siblings.of(parent), compact)
            column[group] = np.where(own_columns == NONE, NONE, own_columns + made)
            made += int(own_columns.max()) + 1
        xy[group] = own
        extents.append((float(own[:, 0].max()) + size[0], float(own[:, 1].max()) + size[1] + caption))
    width = max(room[0], max((w for w, _ in extents), default=0.0))
    if detail.form == "bar":  # about the shape of the room, so that it shrinks least
        area = sum((w + SHELF * s) * (h + SHELF * s) for w, h in extents)
        width = max(*(w for w, _ in extents), (area * room[0] / room[1]) ** 0.5, room[0])
    elif width > room[0] + 1e-6:
        return None
    corners, total = shelves(extents, width, SHELF * s)
    if detail.form != "bar" and total[1] > room[1] + 1e-6:
        return None
    for group, (x, y) in zip(groups, corners, strict=True):
        xy[group] += (x, y + caption)
    level_disputed(trees.parent, disputes, groups, extents, corners, xy)
    wide = high = 1.0
    if detail.form == "bar" and n:
        wide, high = min(1.0, room[0] / total[0]), min(MOST_STRETCH, room[1] / total[1])
    return Placed(
        detail, arrangement, xy * (wide, high), tuple(column.tolist()), (size[0] * wide, size[1] * high),
        (gaps[0] * wide, gaps[1] * high), s, total[0] * wide, total[1] * high,
    )  # fmt: skip


def grouped(parent: Positions, disputes: Sequence[tuple[int, int]]) -> list[Positions]:
    """The seats of each tree in their order, the tree with most seats first, then that of the earlier root; one whose
    root has a disputed line (seat, to) to another tree stands beside that one."""
    up = np.where(parent == NONE, np.arange(len(parent)), parent)
    while not np.array_equal(up, up[up]):
        up = up[up]
    order = np.argsort(up, kind="stable")
    roots, first = np.unique(up[order], return_index=True)
    found = dict(zip(roots.tolist(), np.split(order, first[1:]), strict=True))
    ranked = sorted(found, key=lambda root: (-len(found[root]), root))
    for own, to in disputes:
        other = int(up[to])
        if own in found and own != other:
            ranked.remove(own)
            ranked.insert(ranked.index(other) + 1, own)
    return [found[root] for root in ranked]


def shelves(
    extents: Sequence[tuple[float, float]], width: float, gap: float, *, grow: bool = False
) -> tuple[list[tuple[float, float]], tuple[float, float]]:
    """Left top corners of boxes set into rows of a width, each into the first row with room; the size of all. grow: a
    row gets higher for one that is higher than those before it."""
    rows: list[list[float]] = []  # of each row: the width that is taken, the height
    where = []
    for w, h in extents:
        row = next(
            (n for n, (taken, high) in enumerate(rows) if taken + gap + w <= width + 1e-6 and (grow or h <= high)), None
        )
        if row is None:
            row = len(rows)
            rows.append([-gap, h])
        where.append((row, rows[row][0] + gap))
        rows[row] = [rows[row][0] + gap + w, max(rows[row][1], h)]
    tops = np.cumsum([0.0, *(high + gap for _, high in rows)]).tolist()
    corners = [(x, tops[row]) for row, x in where]
    return corners, (max((taken for taken, _ in rows), default=0.0), tops[-1] - gap if rows else 0.0)


def level_disputed(
    parent: Sequence[int] | Positions,
    disputes: Sequence[tuple[int, int]],
    groups: Sequence[Positions],
    extents: Sequence[tuple[float, float]],
    corners: Sequence[tuple[float, float]],
    xy: Floats,
) -> None:
    """Lower a tree whose root has a disputed line to a seat of its row to the level of that seat, where it fits."""
    if not disputes:
        return
    of = {seat: n for n, group in enumerate(groups) for seat in group.tolist()}
    for seat, to in disputes:
        own, other = of[seat], of[to]
        if own == other or corners[own][1] != corners[other][1] or parent[seat] != NONE:
            continue
        down = xy[to, 1] - xy[seat, 1]
        rest = max(h for (_, h), (_, y) in zip(extents, corners, strict=True) if y == corners[own][1]) - extents[own][1]
        if 0 < down <= rest + 1e-6:
            xy[groups[own]] += (0.0, down)
