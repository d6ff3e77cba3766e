"""An organization chart to pan and zoom over: where everything stands, what of it a camera sees, what lies at a place.

Four levels of detail with disjoint scales: cards, names, family names, bars in the colour of the origin. Type never
gets smaller than it can be read: a level whose words would is left for the next one (pictures, sections 1 and 4). Of a
large chart only the level and the part that are looked at are made.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from app.analysis.order import Positions
from app.domain.index import Bools, Ints
from app.layout.tree import NONE
from app.pictures import chart_levels, provenance, wording
from app.pictures import frame as framing
from app.pictures import orgchart_words as words
from app.pictures.annotating import annotated, titled
from app.pictures.board import Board
from app.pictures.chart_folds import Folds
from app.pictures.chart_levels import BANDS, FOLD_SIZES, Fold
from app.pictures.chart_plan import Plan, plan
from app.pictures.chart_trees import Arrangement
from app.pictures.orgchart import VIEW, OrgChart
from app.scene.camera import HOME, Camera
from app.scene.marks import Floats, floats
from app.scene.pick import Rectangle
from app.scene.scene import Scene
from app.scene.twin import Kind, TwinMark

CLOSEST = 4.0
"""No camera looks nearer."""
FOLD = "group:fold:"
"""Beginning of the key of what folds and unfolds a box."""
MANY = 4_000
"""Of more boxes only the part that is looked at is made into a Scene."""
AROUND = 0.5
"""How far beyond the view a part reaches, in views."""


@dataclass(frozen=True, slots=True)
class Part:
    """What of a chart a Scene holds: the scales [low, high) of a camera, and a region of the world (None: all)."""

    low: float = 0.0
    high: float = float("inf")
    region: Rectangle | None = None

    @property
    def whole(self) -> bool:
        """Whether it holds everything."""
        return self.region is None and self.low == 0.0 and self.high == float("inf")


@dataclass(frozen=True, eq=False)
class ChartWorld:
    """A chart with everything in its place, for a window of a size."""

    chart: OrgChart
    plan: Plan
    frame: framing.Frame

    @classmethod
    def of(
        cls, chart: OrgChart, size: tuple[float, float], folds: Folds, arrangement: Arrangement | None = None
    ) -> ChartWorld:
        """Lay out a chart. Without anyone it has no boxes, and its Scene says what to do."""
        frame = framing.framed(size, foot_height=framing.LOW_FOOT)
        return cls(chart, plan(chart, folds, frame.map[2:], arrangement), frame)

    @cached_property
    def home(self) -> Camera:
        """The camera that shows the whole chart between header and foot, cards no larger than they are."""
        if self.plan.empty:
            return HOME  # what there is to say stands in the middle of the page
        x, y, w, h = self.frame.map
        width, height = self.plan.size
        scale = min(w / max(width, 1.0), h / max(height, 1.0), 1.0)
        return Camera(scale, x + (w - width * scale) / 2, y + max(0.0, (h - height * scale) / 2) * 0.5)

    # what of it is made

    def part(self, camera: Camera) -> Part:
        """What a camera needs, with some room around."""
        if len(self.plan.spots[0]) <= MANY:
            return Part()
        low, high = next(band for band in BANDS if band[0] <= camera.scale < band[1])
        if low == 0.0:
            return Part(low, high)
        left, top, right, bottom = self._view(camera)
        wide, tall = (right - left) * AROUND, (bottom - top) * AROUND
        return Part(low, high, (left - wide, top - tall, right + wide, bottom + tall))

    def covers(self, part: Part, camera: Camera) -> bool:
        """Whether a part has all that a camera shows."""
        if not part.low <= camera.scale < part.high:
            return False
        if part.region is None:
            return True
        (left, top, right, bottom), r = self._view(camera), part.region
        return r[0] <= left and r[1] <= top and right <= r[2] and bottom <= r[3]

    def _view(self, camera: Camera) -> Rectangle:
        return (*camera.to_world(0.0, 0.0), *camera.to_world(self.frame.width, self.frame.height))

    def scene(self, part: Part | None = None, *, still: bool = False) -> Scene:
        """The picture, or a part of it; still: with what boxes say when asked and the hash of the dataset, as for a
        file or paper, and without what would fold what is open."""
        chart, frame = self.chart, self.frame
        board = Board((frame.width, frame.height), chart.measure)
        framing.ground(board.sheet("ground", 0, "page"), frame)
        header = titled(words.header(chart), chart.gathered, VIEW)
        framing.header(board, board.sheet("header", 80, "page"), frame, header)
        said: tuple[str, ...] = ()
        if self.plan.empty:
            words.nothing(board, board.sheet("nothing", 10), frame)
        else:
            chart_levels.draw(board, self, part or Part(), told=still)
            if frame.foot is not None:
                form = "card" if not still or self.home.scale >= chart_levels.NEAR else ""
                said = words.foot(board, board.sheet("foot", 82, "page"), frame, chart, form)
        gathered = chart.gathered
        left_out = tuple(chart.structure.left_out.items()) if chart.structure is not None else ()
        digest = None if still else ""
        command = chart.options.command
        meta = provenance.meta(gathered, VIEW, command, wording.iso(gathered.as_of), left_out, digest=digest)
        scene = board.scene(header, said, None, meta)
        return annotated(scene, gathered, frame, chart.measure, home=self.home, nearest=CLOSEST)

    # what folds

    @cached_property
    def below(self) -> tuple[Ints, Ints]:
        """People and empty seats below each seat with lines, on all levels."""
        boxes, p = self.chart.boxes, self.plan
        taken = (~boxes.empty & ~boxes.gone)[p.linked].astype(np.int32)
        return p.tree.sums(taken), p.tree.sums(boxes.empty[p.linked].astype(np.int32))

    @cached_property
    def folds(self) -> tuple[Fold, ...]:
        """What folds and unfolds boxes and units: a minus where others stand below, whom they hide where they do."""
        return (*self.tree_folds.values(), *self._unit_folds()) if not self.plan.empty else ()

    @cached_property
    def tree_folds(self) -> Mapping[int, Fold]:
        """Those of boxes in trees, by their places among those that are seen."""
        return dict(self._tree_folds())

    def _tree_folds(self) -> Iterator[tuple[int, Fold]]:
        p, (width, height), keys = self.plan, self.plan.placed.size, self.chart.boxes.keys
        hung_from: Bools = np.zeros(len(p.at), dtype=np.bool_)
        hung_from[p.parent[p.hangs]] = True
        people, empty = self.below
        hidden = p.tree.sums(np.ones(len(p.linked), dtype=np.int32))
        for at in np.flatnonzero(p.tree.below[p.whole]).tolist():
            x, y = p.xy[at].tolist()
            stacked = bool(p.hangs[at]) or p.column[at] != NONE
            beside = p.arrangement == "right" or stacked or (not p.folded[at] and bool(hung_from[at]))
            x, y = (x + width, y + height / 2) if beside else (x + width / 2, y + height)
            n = int(people[p.whole[at]]), int(empty[p.whole[at]])
            said = hidden_text(*n) if not beside else f"+{int(hidden[p.whole[at]]):,}"
            folded = bool(p.folded[at])
            key = FOLD + keys[int(p.at[at])]
            yield at, Fold(x, y, said if folded else "", folded, key, "inside" if beside else "below")

    def _unit_folds(self) -> Iterator[Fold]:
        panels = self.plan.panels
        for at, (panel, (x, y)) in enumerate(zip(panels.panels, self.corners.tolist(), strict=True)):
            if panels.tree.below[panels.shown[at]]:
                folded = panels.folded[at]
                yield Fold(x + panel.size[0] - 26.0, y + 23.0, "+" if folded else "", folded, FOLD + panel.key, "about")

    def fold_at(self, x: float, y: float, scale: float) -> str:
        """The key of what folds at a place of the world; blank for nothing."""
        size = next((s for low, high, s in FOLD_SIZES if low <= scale < high), None)
        if size is None:
            return ""
        near = np.abs(self._fold_places - floats([x, y])).max(axis=1) < 400.0
        for at in np.flatnonzero(near).tolist():
            left, top, wide, tall = self.folds[at].box(self.chart.measure, size)
            if left <= x <= left + wide and top <= y <= top + tall and self.folds[at].shown(size):
                return self.folds[at].key
        return ""

    @cached_property
    def _fold_places(self) -> Floats:
        return floats([v for fold in self.folds for v in (fold.x, fold.y)], (len(self.folds), 2))

    def fold_words(self, key: str) -> tuple[str, str]:
        """What is said of a box that folds: whom it hides or shows, and what a click does."""
        boxes, p = self.chart.boxes, self.plan
        name = words.unit_name(self.chart, key)
        if key in boxes.at_key:
            box = boxes.at_key[key]
            at = int(np.searchsorted(p.linked, box))
            name = boxes.names[box] or boxes.titles[box] or "A seat"
            name = f"Below {name}: {hidden_text(*(int(n[at]) for n in self.below))}"
        is_folded = key in self._folded_keys
        return name, "Click to unfold" if is_folded else "Click to fold; with Alt, everything on its level"

    @cached_property
    def foldable(self) -> frozenset[str]:
        """The keys of all boxes and units that others stand below, whether they are seen or folded away."""
        return self._keys(self.plan.tree.below, self.plan.panels.tree.below)

    def level_of(self, key: str) -> tuple[str, ...]:
        """The keys of all boxes, or units, on the level of one that are folded, or not, as that one is."""
        p, boxes = self.plan, self.chart.boxes
        same = key in self._folded_keys
        if key in boxes.at_key:
            at = int(np.searchsorted(p.linked, boxes.at_key[key]))
            level = np.flatnonzero((p.tree.depth == p.tree.depth[at]) & p.tree.below)
            keys = [boxes.keys[n] for n in p.linked[level].tolist()]
        else:
            units, all_units = p.panels.tree, p.panels.keys(self.chart.gathered.ids)
            level = np.flatnonzero((units.depth == units.depth[all_units.index(key)]) & units.below)
            keys = [all_units[n] for n in level.tolist()]
        return tuple(other for other in keys if (other in self._folded_keys) == same)

    @cached_property
    def _folded_keys(self) -> frozenset[str]:
        return self._keys(self.plan.shut, self.plan.panels.shut)

    def _keys(self, boxes: Bools, units: Bools) -> frozenset[str]:
        """The keys of some of all boxes with lines and of some of all units."""
        keys, of_units = self.chart.boxes.keys, self.plan.panels.keys(self.chart.gathered.ids)
        some = (of_units[n] for n in np.flatnonzero(units).tolist())
        return frozenset((*(keys[box] for box in self.plan.linked[boxes].tolist()), *some))

    def folds_above(self, boxes: Iterable[int]) -> tuple[str, ...]:
        """Keys of the folded boxes and units that hide some boxes."""
        p, keys = self.plan, self.chart.boxes.keys
        found: dict[str, None] = {}
        for box in boxes:
            at = int(np.searchsorted(p.linked, box))
            if at < len(p.linked) and p.linked[at] == box:
                above = [keys[int(p.linked[n])] for n in p.tree.above(at)]
            else:
                above = p.panels.keys_above(int(self.chart.boxes.unit[box]), self.chart.gathered.ids)
            found |= dict.fromkeys(key for key in above if key in self._folded_keys)
        return tuple(found)

    # units

    @cached_property
    def corners(self) -> Floats:
        """Left top corners of the units that are seen, (k, 2)."""
        return self.plan.panels.xy + floats(self.plan.corner)

    def unit_at(self, x: float, y: float) -> str:
        """The key of the innermost unit at a place of the world; blank for none."""
        found = ""
        for panel, (left, top) in zip(self.plan.panels.panels, self.corners.tolist(), strict=True):
            if left <= x <= left + panel.size[0] and top <= y <= top + panel.size[1]:
                found = panel.key
        return found

    def unit_box(self, key: str) -> tuple[float, float, float, float] | None:
        """Left, top, width, height of a unit that is seen."""
        for panel, (left, top) in zip(self.plan.panels.panels, self.corners.tolist(), strict=True):
            if panel.key == key:
                return left, top, *panel.size
        return None

    def unit_words(self, key: str) -> tuple[str, str] | None:
        """Name of a unit that is seen and who is in it."""
        found = next((panel for panel in self.plan.panels.panels if panel.key == key), None)
        return (words.unit_name(self.chart, key), found.about) if found is not None else None

    def unit_marks(self) -> Iterator[TwinMark]:
        """The units that are seen, in words."""
        panels = self.plan.panels
        for at, (panel, (x, y)) in enumerate(zip(panels.panels, self.corners.tolist(), strict=True)):
            up = int(panels.parent[at])
            middle = (x + panel.size[0] / 2, y + panel.size[1] / 2)
            above = panels.panels[up].key if up != NONE else ""
            name = words.unit_name(self.chart, panel.key)
            yield TwinMark(panel.key, Kind.UNIT, name, panel.about, (x, y, *panel.size), *(middle,) * 3, above=above)

    def unit_key_of(self, n: int) -> str:
        """The key of the unit that holds the n-th box of the panels."""
        return self.plan.panels.panels[int(np.searchsorted(self._panel_ends, n, side="right"))].key

    @cached_property
    def _panel_ends(self) -> Positions:
        sizes = [sum(len(row.at) for row in panel.rows) for panel in self.plan.panels.panels]
        return np.cumsum(np.array(sizes, dtype=np.intp))


def hidden_text(people: int, empty: int) -> str:
    """`12 people · 3 open`."""
    parts = [wording.people(people)] if people else []
    return " · ".join([*parts, *([f"{empty:,} open"] if empty else [])]) or "nobody now"
