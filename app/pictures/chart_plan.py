"""Where everything of an organization chart stands when there is as much room as it needs: the world that a window pans
and zooms over. One unit is one pixel of a card at its full size."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from app.analysis.order import Positions
from app.domain.index import ABSENT, Bools
from app.layout.outline import MANY, Hung, fitted, hung
from app.layout.tree import COMPACT, NONE
from app.pictures import chart_trees
from app.pictures.chart_folds import Folds, Tree
from app.pictures.chart_panels import TILE, Panels, no_panels, panels
from app.pictures.chart_trees import CAPTION, DETAILS, Arrangement, Placed
from app.scene.marks import Floats, floats

if TYPE_CHECKING:
    from app.pictures.orgchart import OrgChart

READABLE = 160
"""So many boxes are seen at a glance; where there are more, levels below are folded until they are asked for."""
SHELF = 36.0
"""Between two trees."""
INDENT, ROWS = 26.0, 12.0
"""Of outlines: how far each level is set in, and the gap between two rows."""
BETWEEN = 60.0
"""Between the trees and the panels."""
WIDTHS = (1.0, 1.3, 1.7, 2.2, 2.8, 3.6)
"""Trees are set into rows of one of these widths, in units of the side of a square that holds them: the one that leaves
the whole largest."""
TRIED = 300
"""For so many people without a line all widths of their panel are tried."""
LEGIBLE = 0.6
"""Seen so large or larger, all names are read anyway."""
PARTED = 1.1
"""By this factor larger all trees must be seen for each to be fitted into its part of the room."""
LEAST_PANEL = 900.0
"""The panel beside trees may be at least so wide."""


@dataclass(frozen=True, eq=False)
class Plan:
    """at: (n,) boxes of the trees that are seen; parent: (n,) positions among these; xy: (n, 2) left top corners;
    column, hangs: (n,) as in `layout/outline`; tree: of all seats with lines, `linked`; shut: (m,) which of these are
    folded, seen or not; whole: (n,) the position of each box in that tree; panels, corner: the units and where they
    begin; size: of the world."""

    arrangement: Arrangement
    at: Positions
    parent: Positions
    xy: Floats
    column: Positions
    hangs: Bools
    tree: Tree
    linked: Positions
    shut: Bools
    whole: Positions
    panels: Panels
    corner: tuple[float, float]
    size: tuple[float, float]

    @property
    def empty(self) -> bool:
        """Whether there is nobody; a unit that hides everyone is still there."""
        return not len(self.at) and not len(self.panels.panels)

    @cached_property
    def folded(self) -> Bools:
        """Which boxes that are seen hide something, (n,)."""
        found: Bools = self.shut[self.whole]
        return found

    @property
    def placed(self) -> Placed:
        """The trees as the marks of trees want them."""
        detail = DETAILS[0]
        box = (detail.width, detail.height)
        return Placed(detail, self.arrangement, self.xy, tuple(self.column.tolist()), box, detail.gaps, 1.0, *self.size)

    @cached_property
    def spots(self) -> tuple[Positions, Floats]:
        """Every box that is seen, in trees and panels, (m,), and left, top, width, height of what it covers, (m, 4)."""
        width, height = DETAILS[0].width, DETAILS[0].height
        trees = np.concatenate([self.xy, np.full((len(self.at), 2), (width, height))], axis=1)
        at, places = [self.at], [trees]
        for panel, corner in zip(self.panels.panels, self.panels.xy + self.corner, strict=True):
            inside, middles, _ = panel.tiles()
            spots = np.full((len(inside), 4), (0.0, 0.0, TILE_BOX[0], TILE_BOX[1]))
            spots[:, :2] = middles + corner - TILE_OFF
            at.append(inside)
            places.append(spots)
        return np.concatenate(at), np.concatenate(places)


TILE_BOX = (156.0, 32.0)
"""Width and height of what a person in a panel covers."""
TILE_OFF = (14.0, 16.0)
"""From its left top corner to the middle of the disc."""


def plan(chart: OrgChart, folds: Folds, room: tuple[float, float], arrangement: Arrangement | None = None) -> Plan:
    """Where everything stands. room: width and height whose shape it shall have, about; arrangement: how trees grow,
    None for whatever shows them largest."""
    structure, boxes = chart.structure, chart.boxes
    if structure is None or not len(boxes):
        return nothing()
    linked = np.flatnonzero(structure.linked)
    among = np.full(len(structure.seats) + 1, NONE, dtype=np.intp)
    among[linked] = np.arange(len(linked))
    tree = Tree.of(among[np.where(structure.parent[linked] == ABSENT, len(structure.seats), structure.parent[linked])])
    folded = tree.folded(folds, [boxes.keys[n] for n in linked.tolist()], tree.readable(READABLE))
    seen = np.flatnonzero(~tree.hidden(folded))
    back = np.full(len(linked) + 1, NONE, dtype=np.intp)
    back[seen] = np.arange(len(seen))
    parent = back[tree.parent[seen]]
    disputes = [(line.seat, line.to) for line in structure.disputed]
    pairs = [(int(back[among[a]]), int(back[among[b]])) for a, b in disputes if among[a] != NONE and among[b] != NONE]
    loose = len(boxes) - len(linked)
    below = 1.4 * TILE[0] * TILE[1] * loose
    trees = _trees(parent, [pair for pair in pairs if NONE not in pair], arrangement, room, below)
    width, height = trees.size
    units = _units(chart, folds, (width, height), loose, room)
    there = len(units.panels) > 0
    top = height + (BETWEEN if len(seen) and there else 0.0)
    whole = (max(width, units.size[0]), top + units.size[1])
    xy = trees.xy + floats([(whole[0] - width) / 2, 0.0])
    corner = ((whole[0] - units.size[0]) / 2, top)
    grows: Arrangement = arrangement if arrangement is not None else "down"
    return Plan(
        grows, linked[seen], parent, xy, trees.column, trees.hangs,
        tree, linked, folded, seen, units, corner, whole,
    )  # fmt: skip


def _units(chart: OrgChart, folds: Folds, trees: tuple[float, float], loose: int, room: tuple[float, float]) -> Panels:
    """The units, as wide as shows all of them and the trees largest; of many the width is reckoned, not tried."""
    ratio = room[0] / room[1]
    area = 1.4 * TILE[0] * TILE[1] * loose
    if not trees[0]:
        return panels(chart, folds, (area * ratio) ** 0.5, ratio=ratio, most=4 * READABLE)
    widths = [max(trees[0], LEAST_PANEL) * share for share in WIDTHS]

    def shown(wide: float, tall: float) -> float:
        return min(room[0] / max(wide, trees[0]), room[1] / (trees[1] + BETWEEN + tall))

    if loose > TRIED:
        wide = max(widths, key=lambda w: shown(w, area / w))
        return panels(chart, folds, wide, ratio=ratio, most=4 * READABLE)
    tried = [panels(chart, folds, wide, ratio=ratio, most=4 * READABLE) for wide in widths]
    return max(tried, key=lambda made: shown(*made.size))


def nothing() -> Plan:
    """Of a chart without anyone."""
    none, flags = np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.bool_)
    return Plan(
        "down", none, none, np.zeros((0, 2)), none, flags, Tree.of(none), none, flags, none, no_panels(), (0.0, 0.0),
        (0.0, 0.0),
    )  # fmt: skip


def _trees(
    parent: Positions,
    disputes: list[tuple[int, int]],
    arrangement: Arrangement | None,
    room: tuple[float, float],
    below: float,
) -> Hung:
    """The boxes of all trees: trees beside each other in rows, the largest first. below: the area of what stands below
    them. Where it shows all of it larger by enough, each tree has the shape of its part of the room, not of all."""
    groups = chart_trees.grouped(parent, disputes) if len(parent) else []
    made, shown = _set(parent, disputes, groups, arrangement, room, below, parted=False)
    if arrangement is None and len(groups) > 1 and len(parent) < MANY and shown < LEGIBLE:
        beside, larger = _set(parent, disputes, groups, arrangement, room, below, parted=True)
        return beside if larger > PARTED * shown else made
    return made


def _set(
    parent: Positions, disputes: list[tuple[int, int]], groups: list[Positions], arrangement: Arrangement | None,
    room: tuple[float, float], below: float, *, parted: bool,
) -> tuple[Hung, float]:  # fmt: skip
    """The boxes, and the scale at which they are seen; parted: each tree is fitted into its part of the room."""
    detail, n = DETAILS[0], len(parent)
    box = (detail.width, detail.height)
    xy, column, hangs = np.zeros((n, 2)), np.full(n, NONE, dtype=np.intp), np.zeros(n, dtype=np.bool_)
    if not n:
        return Hung(xy, column, hangs, (0.0, 0.0)), 1.0
    compact = COMPACT if arrangement in ("compact", "hanging") else None
    extents, made = [], 0
    place = np.empty(n, dtype=np.intp)
    for group in groups:
        place[group] = np.arange(len(group))
        up = np.where(parent[group] == NONE, NONE, place[parent[group]])
        sizes = np.full((len(group), 2), box)
        if arrangement is None:
            part = (room[0] * len(group) / n, room[1]) if parted else room
            own = fitted(up, sizes, detail.gaps, part, indent=INDENT, gap=ROWS)
        else:
            own = hung(up, sizes, detail.gaps, None, indent=INDENT, gap=ROWS, compact=compact,
                       rightward=arrangement == "right")  # fmt: skip
        column[group] = np.where(own.column == NONE, NONE, own.column + made)
        made += int(own.column.max(initial=NONE)) + 1
        xy[group], hangs[group] = own.xy, own.hangs
        extents.append((own.size[0], own.size[1] + CAPTION))
    corners, total, shown = _shelved(extents, room, below)
    for group, (x, y) in zip(groups, corners, strict=True):
        xy[group] += (x, y + CAPTION)
    chart_trees.level_disputed(parent, disputes, groups, extents, corners, xy)
    return Hung(xy, column, hangs, total), min(shown, 1.0)


def _shelved(
    extents: list[tuple[float, float]], room: tuple[float, float], below: float
) -> tuple[list[tuple[float, float]], tuple[float, float], float]:
    """Trees in rows of the width that shows all of them, and what is below, largest in the room, and how large."""
    widest = max(w for w, _ in extents)
    side = sum((w + SHELF) * (h + SHELF) for w, h in extents) ** 0.5
    best: tuple[list[tuple[float, float]], tuple[float, float]] = ([], (0.0, 0.0))
    most = 0.0
    widths = dict.fromkeys(max(widest, side * share) for share in WIDTHS)
    for width, grow in ((width, grow) for width in widths for grow in (False, True)):
        corners, (w, h) = chart_trees.shelves(extents, width, SHELF, grow=grow)
        shown = min(room[0] / w, room[1] / (h + below / max(w, LEAST_PANEL) + BETWEEN * (below > 0)))
        if shown > most + 1e-9:
            best, most = (corners, (w, h)), shown
    return *best, most
