"""The units of an organization chart: a panel each, with the people and seats in it that no line ties to another, and
the panels of the units below it. Which unit is part of which is on record; who answers to whom among their people is
not, and no line says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from app.analysis.order import Positions
from app.domain.index import ABSENT, Bools, Ints
from app.layout.tree import NONE
from app.pictures import chart_flat
from app.pictures import orgchart_words as words
from app.pictures.chart_boxes import sorted_by_joining
from app.pictures.chart_flat import FlatRow
from app.pictures.chart_folds import Folds, Tree
from app.pictures.chart_trees import shelves
from app.scene.marks import Floats

if TYPE_CHECKING:
    from app.pictures.orgchart import OrgChart

TILE = (164.0, 38.0)
"""Width and height that one person takes."""
TILE_R = 12.0
"""Radius of a person's disc."""
HEAD, FOOT, PADDING, LABEL = 46.0, 10.0, 18.0, 148.0
LEAST_WIDTH = 240.0
LEAST_HEIGHT, STEP = 60.0, 1.3
"""Heights in which rows of units are told apart: the least, and from one to the next."""
INSET = 16.0
"""Around the units within a unit, and between them."""
ASPECT = 2.0
"""How much wider than high a panel is, about."""
LABELLED = 8
"""From so many people on those of each origin have a row of their own, with its name."""


@dataclass(frozen=True, eq=False)
class Panel:
    """One unit. code: of the organization; head, about: its words; rows: its boxes by origin; n_columns: tiles beside
    each other; labelled: whether origins are named; own: width and height of head and tiles; size: with all that is
    within; depth: how many units it is within."""

    code: int
    key: str
    head: str
    about: str
    rows: tuple[FlatRow, ...]
    n_columns: int
    labelled: bool
    own: tuple[float, float]
    size: tuple[float, float]
    depth: int = 0

    def tiles(self) -> tuple[Positions, Floats, list[float]]:
        """Boxes (k,) with the middles of their discs (k, 2) from the left top corner of the panel, and the top of each
        row of an origin."""
        at, places, tops = [], [], []
        left, top = PADDING + (LABEL if self.labelled else 0.0), HEAD
        for row in self.rows:
            line, column = np.divmod(np.arange(len(row.at)), self.n_columns)
            first = np.array([left + TILE_R + 1, top + TILE_R + 4])
            places.append(first + np.stack([column * TILE[0], line * TILE[1]], axis=1))
            at.append(row.at)
            tops.append(top)
            top += _tall(len(row.at), self.n_columns)
        if not at:
            return np.zeros(0, dtype=np.intp), np.zeros((0, 2)), []
        return np.concatenate(at), np.concatenate(places), tops


@dataclass(frozen=True, eq=False)
class Panels:
    """All panels that are seen, each before those within it. codes, tree: of all units with someone in or below them;
    shut: (u,) which of them are folded, seen or not; shown: (k,) which are seen; panels, xy (k, 2): of those; parent:
    (k,) positions among them; size: of it all."""

    codes: Ints
    tree: Tree
    shut: Bools
    shown: Positions
    panels: tuple[Panel, ...]
    xy: Floats
    parent: Positions
    size: tuple[float, float]

    @property
    def folded(self) -> tuple[bool, ...]:
        """Which units that are seen hide what is in them, (k,)."""
        return tuple(self.shut[self.shown].tolist())

    def keys(self, ids: Sequence[str]) -> list[str]:
        """The keys of all units; ids: of organizations, by code."""
        return [f"organizations:{ids[code]}" for code in self.codes.tolist()]

    def keys_above(self, code: int, ids: Sequence[str]) -> list[str]:
        """The keys of a unit, by its code, and of those that it stands below, the nearest first."""
        found, keys = np.flatnonzero(self.codes == code), self.keys(ids)
        return [keys[n] for at in found.tolist() for n in (at, *self.tree.above(at))]


def no_panels() -> Panels:
    """Of a chart without anyone."""
    none, flags = np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.bool_)
    return Panels(none.astype(np.int32), Tree.of(none), flags, none, (), np.zeros((0, 2)), none, (0.0, 0.0))


def panels(chart: OrgChart, folds: Folds, width: float, *, ratio: float, most: int) -> Panels:
    """The panels of a chart: of the organization itself, and of every unit below it with someone in or below it.

    width: about as wide as the panel of the organization may be; ratio: how much wider than high all of it shall be;
    most: how many people are seen at a glance, where the folds leave it to the chart.
    """
    structure, boxes, gathered = chart.structure, chart.boxes, chart.gathered
    assert structure is not None
    loose = np.concatenate([np.flatnonzero(~structure.linked), np.arange(boxes.n_seats, len(boxes))])
    hierarchy = gathered.careers.levels.hierarchy
    parents = hierarchy.parents(int(hierarchy.period(structure.day)))
    root = structure.organization
    units: dict[int, int] = {root: 0} if len(loose) else {}
    parent_of: list[int] = [NONE] if len(loose) else []

    def placed(code: int) -> int:
        at = units.get(code)
        if at is None:
            above = int(parents[code])
            up = placed(above) if above != ABSENT else 0
            at = units[code] = len(units)
            parent_of.append(up)
        return at

    found: dict[int, list[int]] = {}
    for box, code in zip(loose.tolist(), boxes.unit[loose].tolist(), strict=True):
        found.setdefault(placed(code if code != ABSENT else root), []).append(box)
    codes = np.fromiter(units, dtype=np.int32, count=len(units))
    tree = Tree.of(np.array(parent_of, dtype=np.intp))
    own = {unit: np.array(at, dtype=np.intp) for unit, at in found.items()}
    sizes = np.array([len(own.get(unit, ())) for unit in range(len(codes))], dtype=np.int32)
    seats = np.array([int((own[unit] < boxes.n_seats).sum()) if unit in own else 0 for unit in range(len(codes))])
    inside = np.stack([part + tree.sums(part) for part in (seats.astype(np.int32), sizes - seats.astype(np.int32))])
    keys = [f"organizations:{gathered.ids[code]}" for code in codes.tolist()]
    folded = tree.folded(folds, keys, _open(tree, sizes, most))
    shown = np.flatnonzero(~tree.hidden(folded))
    nothing = np.zeros(0, dtype=np.intp)
    made = []
    for unit in shown.tolist():
        at = nothing if folded[unit] else own.get(unit, nothing)
        wide = width if unit == 0 else 0.0
        told = chart_flat.told(*inside[:, unit].tolist()) if folded[unit] else ""
        made.append(_panel(chart, int(codes[unit]), at, told, is_root=unit == 0, wide=wide, alone=len(codes) == 1))
    among = np.full(len(codes) + 1, NONE, dtype=np.intp)
    among[shown] = np.arange(len(shown))
    parent = among[tree.parent[shown]]
    nested, xy = _nested(made, parent, tree.depth[shown], ratio)
    size = nested[0].size if nested else (0.0, 0.0)
    return Panels(codes, tree, folded, shown, tuple(nested), xy, parent, size)


def _nested(made: list[Panel], parent: Positions, depth: Ints, ratio: float) -> tuple[list[Panel], Floats]:
    """Panels within panels: their whole sizes, and left top corners (k, 2) with that of the first at (0, 0). Those in
    one panel stand in rows below its own people, the highest first, so that it is about ASPECT times as wide as high,
    the outermost `ratio` times."""
    sizes = [panel.own for panel in made]
    offsets = np.zeros((len(made), 2))
    within: dict[int, list[int]] = {}
    for at, up in enumerate(parent.tolist()):
        within.setdefault(up, []).append(at)
    for at in sorted(range(len(made)), key=lambda n: -int(depth[n])):  # the innermost first
        tall = {n: _stepped(sizes[n][1]) for n in within.get(at, ())}
        inner = sorted(tall, key=lambda n: (-tall[n], made[n].code))
        if not inner:
            continue
        (own_w, own_h), shape = made[at].own, ratio if parent[at] == NONE else ASPECT
        area = sum((sizes[n][0] + INSET) * (sizes[n][1] + INSET) for n in inner) + own_w * own_h
        width = max(own_w - 2 * INSET, *(sizes[n][0] for n in inner), (1.1 * area * shape) ** 0.5)
        corners, (w, h) = shelves([(sizes[n][0], tall[n]) for n in inner], width, INSET)
        offsets[inner] = np.array(corners) + np.array([INSET, own_h])
        sizes[at] = (max(own_w, w + 2 * INSET), own_h + h + INSET)
    xy = offsets.copy()
    for at in range(len(made)):  # each after what it is within
        if parent[at] != NONE:
            xy[at] += xy[parent[at]]
    found = [replace(panel, size=sizes[n], depth=int(depth[n])) for n, panel in enumerate(made)]
    return found, xy


def _stepped(height: float) -> float:
    """The next of a few heights: so one person more does not put a unit into another row."""
    return float(LEAST_HEIGHT * STEP ** np.ceil(np.log(max(height, LEAST_HEIGHT) / LEAST_HEIGHT) / np.log(STEP) - 1e-9))


def _open(tree: Tree, sizes: Ints, most: int) -> int:
    """How many levels of units can be open so that no more people than `most` are seen; at least two."""
    if not len(sizes):
        return 2
    seen = np.cumsum(np.bincount(tree.depth, weights=sizes + 2.0))
    return max(2, int(np.searchsorted(seen, most, side="right")))


def _panel(chart: OrgChart, code: int, at: Positions, hides: str, *, is_root: bool, wide: float, alone: bool) -> Panel:
    """One panel. at: its boxes; hides: whom it hides if it is folded, blank if it is open; alone: whether it is the
    only one."""
    gathered, boxes = chart.gathered, chart.boxes
    name = gathered.labels[code]
    rows = chart.rows_of(at)
    labelled = len(at) >= LABELLED and len(rows) > 1
    if not labelled and rows:
        ordered = np.concatenate([row.at for row in rows])
        rows = [FlatRow("", ABSENT, sorted_by_joining(boxes, ordered))]
    head = "Reporting lines not known" if is_root and not hides and len(at) else name
    counted = chart_flat.counted(boxes, at)
    if hides:
        about = f"{hides} inside"
    elif is_root:
        about = words.flat_about(chart, at) if alone else counted or "units below"
    else:
        about = counted or "nobody in the unit itself"
    label = LABEL if labelled else 0.0
    said = 2 * PADDING + float(chart.measure([head], (13.5, 650))[0] + chart.measure([about], (11.5, 430))[0]) + 14.0
    n_columns = max(1, round((len(at) * ASPECT * TILE[1] / TILE[0]) ** 0.5))
    n_columns = max(n_columns, int((max(wide, said) - 2 * PADDING - label) / TILE[0]))
    n_columns = min(n_columns, max((len(row.at) for row in rows), default=1))
    body = sum(_tall(len(row.at), n_columns) for row in rows)
    needed = max(said, 2 * PADDING + label + n_columns * TILE[0] * bool(rows))
    size = (max(LEAST_WIDTH, needed), HEAD + body + (FOOT if rows else 0.0))
    return Panel(code, f"organizations:{gathered.ids[code]}", head, about, tuple(rows), n_columns, labelled, size, size)


def _tall(n: int, n_columns: int) -> float:
    return -(-n // n_columns) * TILE[1] + 4.0
