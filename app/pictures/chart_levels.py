"""The levels of detail of an organization chart that one pans and zooms over, as layers with disjoint scales."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from app.analysis.order import Positions
from app.domain.index import Bools
from app.layout.tree import NONE
from app.pictures import chart_cards, chart_flat, chart_marks
from app.pictures.board import Board, Sheet
from app.pictures.chart_cards import Cast
from app.pictures.chart_panels import HEAD, LABEL, PADDING, TILE, TILE_R, Panel
from app.pictures.chart_plan import TILE_BOX, TILE_OFF
from app.pictures.chart_trees import DETAILS, Answer, Trees
from app.scene.marks import Anchor, Floats, Path, floats, ints
from app.scene.scene import Measure
from app.scene.style import Emphasis, Role, Style

if TYPE_CHECKING:
    from app.pictures.chart_world import ChartWorld, Part

NEAR, MIDDLE, FAR = 1.0, 0.5, 0.31
"""Scales of the camera from which on boxes are cards, names, family names; below they are bars. No word of a level is
smaller than 10.5 pixels at its least scale."""
FAR_TILES = 0.375
"""The same for family names of people in units."""


def _scales(low: float, high: float) -> Mapping[str, Any]:
    """Options of a layer that is seen between two scales."""
    return MappingProxyType({"min_scale": low, "max_scale": high})


BANDS = ((NEAR, float("inf")), (MIDDLE, NEAR), (FAR, MIDDLE), (0.0, FAR))
_CARDS, _NAMES, _AFAR, _BARS = (_scales(low, high) for low, high in BANDS)
_FROM_AFAR = _scales(0.0, MIDDLE)
FOLD_SIZES = ((*BANDS[0], 11.0), (*BANDS[1], 21.0), (*BANDS[2], 34.0))
"""Scales between which what folds a box has type of a size."""
_NAMES_OF_UNITS = (
    *((NEAR, float("inf"), 13.5), (MIDDLE, NEAR, 24.0), (FAR, MIDDLE, 42.0)),
    *((0.1, FAR, 105.0), (0.05, 0.1, 210.0), (0.02, 0.05, 525.0)),
)
"""Scales between which the names of units have a size, so that they stay legible."""
MANY_LINES = 20_000
"""Of more boxes no lines are drawn from afar: boxes lie below each other there, and lines would bury them."""
LEAST_LISTS = 0.06
"""From here on lines along boxes that stand below each other are seen: closer ones have no pixel between them."""


@dataclass(frozen=True, slots=True)
class Fold:
    """What folds a box: a place on its rim, what it says, whether it hides someone, its key, and where it stands: below
    the lower rim, inside the right one where others stand below that box, or about a place by itself."""

    x: float
    y: float
    text: str
    hides: bool
    key: str
    stands: Literal["below", "inside", "about"]

    def said(self, size: float) -> str:
        """What it says in type of a size; blank is a minus. From afar the name needs the room: a plus has to do."""
        if size <= FOLD_SIZES[1][2]:
            return self.text
        return "+" if self.hides else ""

    def shown(self, size: float) -> bool:
        """Whether it is there in type of a size: from afar only where something is hidden."""
        return self.hides or size <= FOLD_SIZES[1][2]

    def box(self, measure: Measure, size: float) -> tuple[float, float, float, float]:
        """Left, top, width, height. It covers no word: at the lower rim it hangs, and inside words make room for it."""
        text, padding = self.said(size), {FOLD_SIZES[0][2]: 1.6, FOLD_SIZES[1][2]: 0.8}.get(size, 0.3)
        r = (0.5 if size > FOLD_SIZES[1][2] else 0.72) * size
        wide = max(float(measure([text], (size, 600))[0]) + padding * size, 2 * r) if text else 2 * r
        if self.stands == "inside":  # near by on the lower line of words, for above is the sign of the status
            return self.x - wide - 5.0, self.y + (11.0 if size == FOLD_SIZES[0][2] else 0.0) - r, wide, 2 * r
        return self.x - wide / 2, self.y - (r if self.stands == "about" else 3.0), wide, 2 * r


def draw(board: Board, world: ChartWorld, part: Part, *, told: bool = False) -> None:
    """Set all layers that a part of a chart needs; told: with what boxes say when asked, and without what would fold
    what is open, as for a file or paper."""
    made = _Levels(board, world, part, told)
    made.units()
    made.trees()
    made.folds([fold for fold in world.folds if fold.hides or not told])


class _Levels:
    """Sets the layers of one Scene."""

    def __init__(self, board: Board, world: ChartWorld, part: Part, told: bool) -> None:
        self._board, self._world, self._part, self._told = board, world, part, told

    def _in(self, xy: Floats, size: tuple[float, float]) -> Positions:
        """Boxes with their left top corners at xy (n, 2) that the region meets."""
        region = self._part.region
        if region is None:
            return np.arange(len(xy))
        inside = (xy[:, 0] <= region[2]) & (xy[:, 0] + size[0] >= region[0])
        inside &= (xy[:, 1] <= region[3]) & (xy[:, 1] + size[1] >= region[1])
        return np.flatnonzero(inside)

    def _wanted(self, options: Mapping[str, Any]) -> bool:
        """Whether layers of these scales are part of it."""
        low, high = options.get("min_scale", 0.0), options.get("max_scale", float("inf"))
        return bool(low < self._part.high and self._part.low < high)

    # trees

    def trees(self) -> None:
        """Boxes, lines, bands behind units, captions."""
        board, world = self._board, self._world
        chart, p = world.chart, world.plan
        placed, size = p.placed, p.placed.size
        shown = self._in(p.xy, size)
        if not len(shown):
            return
        cast, xy = chart.cast(board, p.at[shown], silent=not self._told), p.xy[shown]
        if self._part.whole:
            trees = self._seen()
            bands = board.sheet("bands", 19), board.sheet("names of bands", 19, **_CARDS)
            chart_marks.bands(board, bands, trees, p.xy, placed)
            chart_marks.dotted(board.sheet("dotted", 21), trees, p.xy, placed)
            chart_marks.captions(board, board.sheet("captions", 24, **_CARDS), trees, p.xy, placed)
            bar = replace(placed, detail=DETAILS[-1])  # without words
            larger = replace(placed, scale=2.0)
            for name, how, options in (("", placed, _CARDS), (" by name", larger, _NAMES), (" afar", bar, _FROM_AFAR)):
                chart_marks.disputes(board, board.sheet(f"disputed{name}", 25, **options), trees, p.xy, how)
        self._lines()
        if self._wanted(_CARDS):
            sheets = board.sheet("cards", 22, **_CARDS), board.sheet("words", 23, **_CARDS)
            chart_cards.cards(cast, sheets, xy, size, 1.0, taken=self._taken(FOLD_SIZES[0])[shown])
        if self._wanted(_NAMES):
            chart_cards.grounds(cast, board.sheet("cards of names", 22, **_NAMES), xy, size, 1.0, bar=8.0)
            names = board.sheet("names", 24, **_NAMES)
            room = size[0] - 26.0 - self._taken(FOLD_SIZES[1])[shown]
            chart_cards.two_lines(cast, names, chart_cards.shifted(xy, 18.0, 22.0), room, 21.0)
        if self._wanted(_AFAR):
            chart_cards.grounds(cast, board.sheet("cards afar", 22, **_AFAR), xy, size, 1.0, bar=14.0)
            names = board.sheet("names afar", 24, **_AFAR)
            room = size[0] - 30.0 - self._taken(FOLD_SIZES[2])[shown]
            chart_cards.family_names(cast, names, chart_cards.shifted(xy, 24.0, 38.0), room, 34.0)
        if self._wanted(_BARS):
            chart_cards.bars(cast, board.sheet("bars", 22, **_BARS), xy, size, rounded=False)

    def _taken(self, level: tuple[float, float, float]) -> Floats:
        """The width that what folds a box takes from its words on a level, (m,)."""
        taken, size = np.zeros(len(self._world.plan.at)), level[2]
        for at, fold in self._world.tree_folds.items():
            if fold.stands == "inside" and fold.shown(size) and (fold.hides or not self._told):
                taken[at] = fold.box(self._board.measure, size)[2] + 3.0
        return taken

    def _seen(self) -> Trees:
        """What is seen of the trees, without their solid lines."""
        chart, p = self._world.chart, self._world.plan
        among = {box: n for n, box in enumerate(p.at.tolist())}
        whole, linked = chart.bare_trees, p.linked.tolist()

        def there(lines: tuple[Answer, ...]) -> tuple[Answer, ...]:
            ends = ((line, among.get(linked[line.seat]), among.get(linked[line.to])) for line in lines)
            return tuple(replace(line, seat=a, to=b) for line, a, b in ends if a is not None and b is not None)

        captions, units = whole.captions, whole.units
        return Trees(
            p.at, tuple(p.parent.tolist()), tuple(chart.boxes.gone[p.at].tolist()), (), there(whole.dotted),
            there(whole.disputed),
            tuple(captions[n] for n in p.whole.tolist()), tuple(units[n] for n in p.whole.tolist()),
        )  # fmt: skip

    def _lines(self) -> None:
        """Who answers to whom: near by with keys, from afar as lines alone."""
        board, p = self._board, self._world.plan
        seat = np.flatnonzero(p.parent != NONE)
        if self._part.region is not None:
            seat = seat[self._near(seat)]
        near = _scales(MIDDLE, float("inf"))
        shape = np.where(p.hangs[seat], 2, (p.column[seat] != NONE) & (p.arrangement != "right"))
        for kind in range(3):
            some = seat[shape == kind]
            if len(some) and self._wanted(near):
                self._line(board.sheet(f"lines {kind}", 20, **near), some, kind, keyed=True)
            afar = _scales(LEAST_LISTS if kind else 0.0, MIDDLE)
            if len(some) and self._wanted(afar) and len(p.at) < MANY_LINES:
                self._line(board.sheet(f"lines afar {kind}", 20, **afar), some, kind, keyed=False)

    def _near(self, seat: Positions) -> Bools:
        """Lines that the region meets, by the box around both ends, (k,)."""
        p, region = self._world.plan, self._part.region
        assert region is not None
        low = np.minimum(p.xy[seat], p.xy[p.parent[seat]])
        high = np.maximum(p.xy[seat], p.xy[p.parent[seat]]) + floats(p.placed.size)
        found: Bools = np.all((low <= floats(region[2:])) & (high >= floats(region[:2])), axis=1)
        return found

    def _line(self, sheet: Sheet, some: Positions, kind: int, *, keyed: bool) -> None:
        board, chart, p = self._board, self._world.chart, self._world.plan
        ends = (some.tolist(), p.parent[some].tolist())
        if kind == 2:
            points = chart_marks.hooks(p.xy, *ends, p.placed.size)
        else:
            points = chart_marks.elbows(p.xy, *ends, p.placed, columned=kind == 1)
        n, steps = points.shape[:2]
        boxes = p.at[some].tolist()
        kinds = [board.style(Style(Role.REPORT, emphasis=e)) for e in (Emphasis.NORMAL, Emphasis.QUIET)]
        style = np.where(chart.boxes.gone[p.at[some]], kinds[1], kinds[0]).astype(np.int32)
        for at, box in enumerate(boxes if chart.weak_lines else ()):
            if (status := chart.weak_lines.get(box)) is not None:
                style[at] = board.style(Style(Role.REPORT, status=status))
        if keyed:
            key, along = ints([board.key(chart.line_keys[box]) for box in boxes]), floats(points.reshape(-1, 2))
            offsets = np.arange(n + 1, dtype=np.int32) * steps
        else:
            along, offsets, style = chart_marks.combs(points, p.parent[some], style)
            n = len(style)
            key = np.full(n, -1, dtype=np.int32)
        sheet.marks(
            Path(
                key=key, style=style, tip=np.full(n, -1, dtype=np.int32), points=along, offsets=offsets,
                closed=np.zeros(n, dtype=np.bool_), stroke=np.zeros(n),
            )
        )  # fmt: skip

    def folds(self, wanted: Sequence[Fold]) -> None:
        """What folds and unfolds boxes and units."""
        board, style = self._board, Style(Role.FOLD)
        region = self._part.region
        folds = [
            fold for fold in wanted
            if region is None or (region[0] <= fold.x <= region[2] and region[1] <= fold.y <= region[3])
        ]  # fmt: skip
        for low, high, size in FOLD_SIZES:
            options = _scales(low, high)
            if not self._wanted(options):
                continue
            sheet, letters = (
                board.sheet(f"folds {name}{size}", z, **options) for name, z in (("", 26), ("words ", 27))
            )
            for fold in folds:
                if fold.shown(size):
                    left, top, wide, tall = fold.box(board.measure, size)
                    sheet.box(left, top, wide, tall, style, radius=tall / 2, key=fold.key)
                    base = top + tall / 2 + 0.36 * size
                    text = fold.said(size) or "–"
                    letters.label(left + wide / 2, base, text, style, size, anchor=Anchor.MIDDLE, key=fold.key)

    # units

    def units(self) -> None:
        """Panels with the people in them."""
        board, units, corners = self._board, self._world.plan.panels, self._world.corners
        ground = board.sheet("units", 10)
        for panel, (x, y) in zip(units.panels, corners.tolist(), strict=True):
            style = Style(Role.GROUP, emphasis=Emphasis.SMALL if panel.depth % 2 else Emphasis.NORMAL)
            ground.box(x, y, *panel.size, style, radius=10.0, key=panel.key)
        self._people(corners)
        self._heads(corners)

    def _people(self, corners: Floats) -> None:
        board, world = self._board, self._world
        panels = world.plan.panels.panels
        if not panels:
            return
        found = [panel.tiles() for panel in panels]
        at = np.concatenate([inside for inside, _, _ in found])
        xy = np.concatenate([places + corner for (_, places, _), corner in zip(found, corners, strict=True)])
        said = [text for panel in panels for row in panel.rows for text in row.words or ("",) * len(row.at)]
        corner = chart_cards.shifted(xy, -TILE_OFF[0], -TILE_OFF[1])
        shown = self._in(corner, TILE_BOX)
        at, xy, corner, said = at[shown], xy[shown], corner[shown], [said[n] for n in shown.tolist()]
        cast = world.chart.cast(board, at, silent=not self._told)
        if self._wanted(_CARDS):
            lines = [text or day for text, day in zip(said, cast.texts(world.chart.boxes.words), strict=True)]
            chart_cards.tiles(cast, board.sheet("people", 12, **_CARDS), xy, TILE_R, TILE[0], 1.0, lines)
        if self._wanted(_NAMES):
            middle = board.sheet("people by name", 12, **_NAMES)
            chart_cards.avatars(cast, middle, xy, TILE_R, letters=False)
            beside = chart_cards.shifted(xy, TILE_R + 6.0, 7.0)
            chart_cards.family_names(cast, middle, beside, TILE_BOX[0] - 30.0, 21.0)
        low = chart_cards.shifted(corner, 0.0, 2.0)
        afar, bars = _scales(FAR_TILES, MIDDLE), _scales(0.0, FAR_TILES)
        if self._wanted(afar):
            sheet = board.sheet("people by family name", 12, **afar)
            chart_cards.bars(cast, sheet, chart_cards.shifted(low, 0.0, 4.0), (9.0, 20.0), rounded=False)
            chart_cards.family_names(cast, sheet, chart_cards.shifted(low, 17.0, 24.0), TILE_BOX[0] - 18.0, 28.0)
        if self._wanted(bars):
            size = (TILE_BOX[0], TILE_BOX[1] - 4.0)
            chart_cards.bars(cast, board.sheet("people as bars", 12, **bars), low, size, rounded=False)

    def _heads(self, corners: Floats) -> None:
        """Names of units, at every distance as large as can be read, and of the origins within."""
        board, chart, panels = self._board, self._world.chart, self._world.plan.panels
        sheets = [
            (board.sheet(f"names of units {size:g}", 13, **_scales(low, high)), size)
            for low, high, size in _NAMES_OF_UNITS
            if self._wanted(_scales(low, high))
        ]
        near, far = board.sheet("heads of units", 13, **_CARDS), board.sheet("origins", 13, **_NAMES)
        shown = [len(self._in(corner[None], panel.size)) for corner, panel in zip(corners, panels.panels, strict=True)]
        for at, panel in enumerate(panels.panels):
            if not shown[at]:
                continue
            x, y = corners[at].tolist()
            self._head(panel, sheets, (x, y))
            inside = board.width(panel.head, (13.5, 650))
            room = panel.size[0] - 2 * PADDING - inside - 50.0
            fits = board.width(panel.about, (11.5, 430)) <= room
            about = board.elided(panel.about if fits else panel.about.partition(";")[0], (11.5, 430), room)
            near.label(x + PADDING + inside + 14.0, y + 29.0, about, Style(Role.LEGEND), 11.5, key=panel.key)
            if not panel.labelled:
                continue
            for row, top in zip(panel.rows, panel.tiles()[2], strict=True):
                some = Cast(board, chart.gathered, chart.boxes, row.at, ints([]), ints([]))
                tall = -(-len(row.at) // panel.n_columns) * TILE[1]
                chart_flat.draw_origin(board, near, row, some, (x + PADDING, y + top), tall, 1.0)
                name = board.elided(row.label, (21.0, 620), LABEL - 8.0)
                far.label(x + PADDING, y + top + 23.0, name, Style(Role.SEAT_NAME), 21.0)

    def _head(self, panel: Panel, sheets: Sequence[tuple[Sheet, float]], at: tuple[float, float]) -> None:
        (x, y), (w, h), board = at, panel.own, self._board
        for sheet, size in sheets:
            put = partial(sheet.label, size=size, key=panel.key)
            if size <= HEAD - 4:
                style = Style(Role.SEAT_NAME, emphasis=Emphasis.LARGE)
                shown = board.elided(panel.head, (size, 650), w - 2 * PADDING)
                put(x + PADDING, y + {13.5: 29.0, 24.0: 33.0}.get(size, HEAD - 7.0), shown, style)
            elif board.width(panel.head, (size, 650)) <= 0.96 * w:
                style = Style(Role.NODE_NAME, emphasis=Emphasis.LARGE)
                put(x + w / 2, y + h / 2 + size / 3, panel.head, style, anchor=Anchor.MIDDLE)
