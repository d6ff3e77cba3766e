"""An organization chart to pan and zoom over: one Scene in which boxes say more the nearer one looks.

Four levels of detail with disjoint scales: cards, names, family names, bars in the colour of the origin. Type never
gets smaller than it can be read: a level whose words would is left for the next one (pictures, sections 1 and 4).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from app.domain.index import Bools, Ints
from app.layout.tree import NONE
from app.pictures import chart_cards, chart_flat, chart_marks, provenance, wording
from app.pictures import frame as framing
from app.pictures import orgchart_words as words
from app.pictures.board import Board, Sheet
from app.pictures.chart_cards import Cast
from app.pictures.chart_folds import Folds
from app.pictures.chart_panels import HEAD, LABEL, PADDING, TILE, TILE_R, Panel
from app.pictures.chart_plan import TILE_BOX, TILE_OFF, Plan, plan
from app.pictures.chart_trees import DETAILS, Answer, Arrangement, Trees
from app.pictures.orgchart import VIEW, OrgChart
from app.scene.camera import Camera
from app.scene.marks import Anchor, Floats, Path, floats, ints
from app.scene.scene import Scene
from app.scene.style import Emphasis, Role, Style

NEAR, MIDDLE, FAR = 0.85, 0.40, 0.22
"""Scales of the camera from which on boxes are cards, names, family names; below they are bars."""
_CARDS: Mapping[str, Any] = {"min_scale": NEAR}
_NAMES: Mapping[str, Any] = {"min_scale": MIDDLE, "max_scale": NEAR}
_AFAR: Mapping[str, Any] = {"min_scale": FAR, "max_scale": MIDDLE}
_BARS: Mapping[str, Any] = {"max_scale": FAR}
CLOSEST = 4.0
"""No camera looks nearer."""
FOLD = "group:fold:"
"""Beginning of the key of what folds and unfolds a box."""
_PANEL_NAMES = (
    (0.85, 1e9, 13.5),
    (0.4, 0.85, 24.0),
    (0.2, 0.4, 44.0),
    (0.1, 0.2, 90.0),
    (0.05, 0.1, 180.0),
    (0.02, 0.05, 420.0),
)
"""Scales between which the names of units have a size, so that they stay legible."""


_Handle = tuple[float, float, str, str, str, bool]
"""What folds a box: its place, what it says, the same in brief, its key, whether it stands at the right rim."""


@dataclass(frozen=True, eq=False)
class ChartWorld:
    """A chart with everything in its place, for a window of a size."""

    chart: OrgChart
    plan: Plan
    frame: framing.Frame

    @classmethod
    def of(
        cls, chart: OrgChart, size: tuple[float, float], folds: Folds, arrangement: Arrangement | None = None
    ) -> ChartWorld | None:
        """Lay out a chart; None where there is nothing to lay out."""
        if chart.structure is None or not len(chart.boxes):
            return None
        frame = framing.framed(size, foot_height=framing.LOW_FOOT)
        return cls(chart, plan(chart, folds, frame.map[2:], arrangement), frame)

    @cached_property
    def home(self) -> Camera:
        """The camera that shows the whole chart between header and foot, cards no larger than they are."""
        x, y, w, h = self.frame.map
        width, height = self.plan.size
        scale = min(w / max(width, 1.0), h / max(height, 1.0), 1.0)
        return Camera(scale, x + (w - width * scale) / 2, y + max(0.0, (h - height * scale) / 2) * 0.5)

    def scene(self) -> Scene:
        """The picture."""
        chart, frame = self.chart, self.frame
        board = Board((frame.width, frame.height), chart.measure)
        framing.ground(board.sheet("ground", 0, "page"), frame)
        framing.header(board, board.sheet("header", 80, "page"), frame, header := words.header(chart))
        self._units(board)
        self._trees(board)
        self._folds(board)
        said: tuple[str, ...] = ()
        if frame.foot is not None:
            form = "card" if len(self.plan.at) else ""
            said = words.foot(board, board.sheet("foot", 82, "page"), frame, chart, form)
        gathered = chart.gathered
        left_out = tuple(chart.structure.left_out.items()) if chart.structure is not None else ()
        meta = provenance.meta(gathered, VIEW, "", wording.iso(gathered.as_of), left_out, digest="")
        return board.scene(header, said, None, meta)

    # trees

    def _trees(self, board: Board) -> None:
        chart, p = self.chart, self.plan
        if not len(p.at):
            return
        cast, placed, xy = chart.cast(board, p.at, silent=True), p.placed, p.xy
        size = placed.size
        trees = self._seen
        if len(p.at) <= MANY:
            chart_marks.bands(board, board.sheet("bands", 19), trees, xy, placed)
        self._lines(
            board, xy, board.sheet("lines", 20, min_scale=MIDDLE), board.sheet("lines afar", 20, max_scale=MIDDLE)
        )
        chart_marks.dotted(board.sheet("dotted", 21), trees, xy, placed)
        ground, avatars, told = (
            board.sheet(name, z, **_CARDS) for name, z in (("cards", 22), ("avatars", 23), ("words", 24))
        )
        chart_cards.cards(cast, (ground, avatars), xy, size, 1.0)
        chart_marks.captions(board, told, trees, xy, placed)
        ground, names = (board.sheet(name, z, **_NAMES) for name, z in (("cards of names", 22), ("names", 24)))
        chart_cards.grounds(cast, ground, xy, size, 1.0, bar=8.0)
        chart_cards.two_lines(cast, names, chart_cards.shifted(xy, 20.0, 22.0), size[0] - 30.0, 19.0)
        ground, names = (board.sheet(name, z, **_AFAR) for name, z in (("cards afar", 22), ("names afar", 24)))
        chart_cards.grounds(cast, ground, xy, size, 1.0, bar=14.0)
        chart_cards.family_names(cast, names, chart_cards.shifted(xy, 24.0, 38.0), size[0] - 30.0, 34.0)
        chart_cards.bars(cast, board.sheet("bars", 22, **_BARS), xy, size, rounded=False)
        bar = replace(placed, detail=DETAILS[-1])  # without words
        larger = replace(placed, scale=1.6)
        far = {"max_scale": MIDDLE}
        for name, how, options in (("", placed, _CARDS), (" by name", larger, _NAMES), (" afar", bar, far)):
            chart_marks.disputes(board, board.sheet(f"disputed{name}", 25, **options), trees, xy, how)

    @cached_property
    def _seen(self) -> Trees:
        """What is seen of the trees, without their solid lines."""
        chart, p = self.chart, self.plan
        among = {int(box): n for n, box in enumerate(p.at.tolist())}
        whole = chart.bare_trees
        linked = p.linked

        def there(lines: tuple[Answer, ...]) -> tuple[Answer, ...]:
            return tuple(
                Answer(among[int(linked[line.seat])], among[int(linked[line.to])], line.key, line.status, line.tip)
                for line in lines
                if int(linked[line.seat]) in among and int(linked[line.to]) in among
            )

        captions, units = whole.captions, whole.units
        return Trees(
            p.at,
            tuple(p.parent.tolist()),
            tuple(chart.boxes.gone[p.at].tolist()),
            (),
            there(whole.dotted),
            there(whole.disputed),
            tuple(captions[n] for n in p.whole.tolist()),
            tuple(units[n] for n in p.whole.tolist()),
        )

    def _lines(self, board: Board, xy: Floats, near: Sheet, far: Sheet) -> None:
        """Who answers to whom: near by with keys, from afar as lines alone."""
        chart, p = self.chart, self.plan
        seat = np.flatnonzero(p.parent != NONE)
        gone = chart.boxes.gone[p.at[seat]]
        shape = np.where(p.hangs[seat], 2, (p.column[seat] != NONE) & (p.arrangement != "right"))
        for kind in range(3):
            which = shape == kind
            some = seat[which]
            if not len(some):
                continue
            ends = (some.tolist(), p.parent[some].tolist())
            if kind == 2:
                points = chart_marks.hooks(xy, *ends, p.placed.size)
            else:
                points = chart_marks.elbows(xy, *ends, p.placed, columned=kind == 1)
            n, steps = points.shape[:2]
            boxes = p.at[some].tolist()
            kinds = [board.style(Style(Role.REPORT, emphasis=e)) for e in (Emphasis.NORMAL, Emphasis.QUIET)]
            style = np.where(gone[which], kinds[1], kinds[0]).astype(np.int32)
            for at, box in enumerate(boxes if chart.weak_lines else ()):
                if (status := chart.weak_lines.get(box)) is not None:
                    style[at] = board.style(Style(Role.REPORT, status=status))
            key = ints([board.key(chart.line_keys[box]) for box in boxes])
            for sheet, own in ((near, key), (far, np.full(n, -1, dtype=np.int32))):
                sheet.marks(
                    Path(
                        key=own, style=style, tip=np.full(n, -1, dtype=np.int32),
                        points=floats(points.reshape(-1, 2)), offsets=np.arange(n + 1, dtype=np.int32) * steps,
                        closed=np.zeros(n, dtype=np.bool_), stroke=np.zeros(n),
                    )
                )  # fmt: skip

    def _folds(self, board: Board) -> None:
        """What folds and unfolds boxes and units: a minus where others stand below, whom they hide where they do. It
        hangs from the rim, so that it covers no word."""
        handles = [*self._tree_handles(), *self._unit_handles()]
        tiers = (("folds", 11.0, _CARDS), ("folds of names", 19.0, _NAMES), ("folds afar", 30.0, _AFAR))
        for name, size, options in tiers:
            sheet, letters = board.sheet(name, 26, **options), board.sheet(f"words of {name}", 27, **options)
            r = 0.72 * size
            for x, y, text, brief, key, beside in handles:
                text = brief if size > 20 else text
                if not text and size > 20:
                    continue
                wide = board.width(text, (size, 600)) + 1.6 * size if text else 2 * r
                left, top = (x - wide / 2, y - r) if beside else (x - wide / 2, y - 3.0)
                sheet.box(left, top, wide, 2 * r, Style(Role.FOLD), radius=r, key=key)
                middle, base = left + wide / 2, top + r + 0.36 * size
                letters.label(middle, base, text or "–", Style(Role.FOLD), size, anchor=Anchor.MIDDLE, key=key)

    def _tree_handles(self) -> Iterator[_Handle]:
        """What folds each seat with others below it."""
        p, (width, height) = self.plan, self.plan.placed.size
        for at in np.flatnonzero(p.tree.below[p.whole]).tolist():
            x, y = p.xy[at].tolist()
            beside = p.arrangement == "right" or bool(p.hangs[at]) or (not p.folded[at] and bool(self._hung_from[at]))
            x, y = (x + width, y + height / 2) if beside else (x + width / 2, y + height)
            key = f"{FOLD}{self.chart.boxes.keys[int(p.at[at])]}"
            brief = self.hides(at, brief=True) if p.folded[at] else ""
            yield x, y, brief if beside or not brief else self.hides(at), brief, key, beside

    @cached_property
    def _hung_from(self) -> Bools:
        """Boxes that an outline hangs from, (n,)."""
        p = self.plan
        found = np.zeros(len(p.at), dtype=np.bool_)
        found[p.parent[p.hangs]] = True
        return found

    def _unit_handles(self) -> Iterator[_Handle]:
        panels = self.plan.panels
        corners = (panels.xy + floats(self.plan.corner)).tolist()
        for at, (panel, (x, y)) in enumerate(zip(panels.panels, corners, strict=True)):
            if panels.tree.below[panels.shown[at]]:
                text = panel.about if panels.folded[at] else ""
                yield x + panel.size[0] / 2, y + panel.size[1], text, "+" if text else "", f"{FOLD}{panel.key}", False

    def hides(self, at: int, *, brief: bool = False) -> str:
        """Whom a folded box hides: `12 people · 3 open`, or in brief `+15`."""
        people, empty = (int(n[self.plan.whole[at]]) for n in self.below)
        return f"+{people + empty:,}" if brief else hidden_text(people, empty)

    @cached_property
    def below(self) -> tuple[Ints, Ints]:
        """People and empty seats below each box of the trees, all levels."""
        boxes, p = self.chart.boxes, self.plan
        taken = (~boxes.empty & ~boxes.gone)[p.linked].astype(np.int32)
        empty = boxes.empty[p.linked].astype(np.int32)
        return p.tree.sums(taken), p.tree.sums(empty)

    # units

    def _units(self, board: Board) -> None:
        p = self.plan
        units = p.panels
        corners = units.xy + floats(p.corner)
        ground, lines = board.sheet("units", 10), board.sheet("lines between units", 9)
        style = Style(Role.REPORT)
        for at, panel in enumerate(units.panels):
            x, y = corners[at].tolist()
            ground.box(x, y, *panel.size, Style(Role.GROUP), radius=10.0, key=panel.key)
            up = int(units.parent[at])
            if up != NONE:
                lines.path(_between(corners, units.panels, at, up, int(units.column[at])), style)
        self._people(board, corners)
        self._heads(board, corners)

    def _people(self, board: Board, corners: Floats) -> None:
        panels = self.plan.panels.panels
        if not panels:
            return
        found = [panel.tiles() for panel in panels]
        at = np.concatenate([inside for inside, _, _ in found])
        xy = np.concatenate([places + corner for (_, places, _), corner in zip(found, corners, strict=True)])
        said = [text for panel in panels for row in panel.rows for text in row.words or ("",) * len(row.at)]
        cast = self.chart.cast(board, at, silent=True)
        lines = [text or day for text, day in zip(said, cast.texts(self.chart.boxes.words), strict=True)]
        near = board.sheet("people", 12, **_CARDS)
        chart_cards.tiles(cast, near, xy, TILE_R, TILE[0], 1.0, lines)
        middle = board.sheet("people by name", 12, **_NAMES)
        chart_cards.avatars(cast, middle, xy, TILE_R)
        beside = chart_cards.shifted(xy, TILE_R + 6.0, 7.0)
        chart_cards.family_names(cast, middle, beside, TILE_BOX[0] - 34.0, 19.0)
        far = board.sheet("people afar", 12, max_scale=MIDDLE)
        corner = chart_cards.shifted(xy, -TILE_OFF[0], 2.0 - TILE_OFF[1])
        chart_cards.bars(cast, far, corner, (TILE_BOX[0], TILE_BOX[1] - 4.0), rounded=False)

    def _heads(self, board: Board, corners: Floats) -> None:
        """Names of units, at every distance as large as can be read, and of the origins within."""
        panels = self.plan.panels
        sheets = [
            board.sheet(f"names of units {n}", 13, min_scale=lo, max_scale=hi)
            for n, (lo, hi, _) in enumerate(_PANEL_NAMES)
        ]
        near, far = board.sheet("heads of units", 13, **_CARDS), board.sheet("origins", 13, **_NAMES)
        for at, panel in enumerate(panels.panels):
            x, y = corners[at].tolist()
            self._head(board, panel, sheets, (x, y))
            inside = board.width(panel.head, (13.5, 650))
            about = board.elided(panel.about, (11.5, 430), panel.size[0] - 2 * PADDING - inside - 14.0)
            near.label(x + PADDING + inside + 14.0, y + 29.0, about, Style(Role.LEGEND), 11.5, key=panel.key)
            if panel.labelled:
                _, _, tops = panel.tiles()
                for row, top in zip(panel.rows, tops, strict=True):
                    some = Cast(board, self.chart.gathered, self.chart.boxes, row.at, ints([]), ints([]))
                    tall = -(-len(row.at) // panel.n_columns) * TILE[1]
                    chart_flat.draw_origin(board, near, row, some, (x + PADDING, y + top), tall, 1.0)
                    name = board.elided(row.label, (19.0, 620), LABEL - 16.0)
                    far.label(x + PADDING, y + top + 23.0, name, Style(Role.SEAT_NAME), 19.0)

    def _head(self, board: Board, panel: Panel, sheets: Sequence[Sheet], at: tuple[float, float]) -> None:
        (x, y), (w, h) = at, panel.size
        for sheet, (_, _, size) in zip(sheets, _PANEL_NAMES, strict=True):
            if size <= HEAD - 4:
                style = Style(Role.SEAT_NAME, emphasis=Emphasis.LARGE)
                shown = board.elided(panel.head, (size, 650), w - 2 * PADDING)
                sheet.label(x + PADDING, y + (29.0 if size < 20 else 33.0), shown, style, size, key=panel.key)
            elif board.width(panel.head, (size, 650)) <= 1.15 * w:
                style = Style(Role.NODE_NAME, emphasis=Emphasis.LARGE)
                sheet.label(
                    x + w / 2, y + h / 2 + size / 3, panel.head, style, size, anchor=Anchor.MIDDLE, key=panel.key
                )


MANY = 4_000
"""From so many boxes on units have no bands behind their seats."""


def hidden_text(people: int, empty: int) -> str:
    """`12 people · 3 open`."""
    parts = [wording.people(people)] if people else []
    return " · ".join([*parts, *([f"{empty:,} open"] if empty else [])]) or "nobody now"


def _between(corners: Floats, panels: Sequence[Panel], at: int, up: int, column: int) -> Floats:
    """Right angles from a unit to the one it stands below."""
    (x0, y0), (w0, h0) = corners[up].tolist(), panels[up].size
    (x1, y1), (w1, _) = corners[at].tolist(), panels[at].size
    level = y0 + h0 + 28.0
    if column != NONE:
        side = x1 - 14.0
        return floats([x0 + w0 / 2, y0 + h0, x0 + w0 / 2, level, side, level, side, y1 + 23.0, x1, y1 + 23.0], (5, 2))
    middle = x1 + w1 / 2
    return floats([x0 + w0 / 2, y0 + h0, x0 + w0 / 2, level, middle, level, middle, y1], (4, 2))
