"""The organization chart: seats and the lines between them on a day, and the people whose lines nobody knows.

`OrgChart.of` derives, `scene` sets the picture. It is a still: one day, the as-of day of the options. A chart that is
larger than the picture loses detail before it shrinks, and type never shrinks.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property, partial

import numpy as np

from app.analysis.options import Options
from app.analysis.order import Positions
from app.analysis.structure import Line, Structure
from app.domain.dataset import Dataset
from app.domain.errors import Fault, UsageError
from app.domain.index import ABSENT, Bools
from app.pictures import chart_flat, chart_marks, chart_trees, provenance, seated, wording
from app.pictures import frame as framing
from app.pictures import orgchart_words as words
from app.pictures.annotating import annotated, titled
from app.pictures.board import Board
from app.pictures.chart_boxes import Boxes
from app.pictures.chart_cards import Cast
from app.pictures.chart_flat import FlatDetail, FlatRow
from app.pictures.chart_trees import Answer, Arrangement, Detail, Placed, Trees
from app.pictures.gathered import Gathered
from app.pictures.seat_places import Holding
from app.pictures.seat_tips import SeatTips
from app.scene.scene import Measure, Meta, Scene, Tip
from app.scene.style import Status

VIEW = "orgchart"
"""Its name on the command line."""
TOP = 4.0
"""Pixels above the trees."""
MOST_AIR = 72.0
"""Pixels more above trees that leave room below them, and nothing stands there."""
BETWEEN = 22.0
"""Pixels between the trees and the flat group."""
FEW_UNITS = 4
"""On one page the people of so many units stand together, by origin."""
LEAST_TREES = 0.5
"""Part of the height that trees keep where neither they nor the group fit."""


@dataclass(frozen=True, slots=True)
class OrgChartOptions:
    """How a chart is drawn. filter: level of origins, as-of and known-by days; whom its lens and window leave out
    stays, but pale, for a chart has all of its seats; size: of the picture; focus: id of the organization,
    blank for that of the first target; arrangement: how trees grow, blank for what fits; command: the command line that
    re-makes the picture."""

    filter: Options
    size: tuple[float, float] = framing.REFERENCE
    focus: str = ""
    arrangement: Arrangement | None = None
    command: str = ""


@dataclass(frozen=True, eq=False)
class OrgChart:
    """The chart of one organization of a Dataset on one day. structure is None where there is no organization to show:
    no target, no seats, no focus."""

    options: OrgChartOptions
    gathered: Gathered
    structure: Structure | None
    measure: Measure

    @classmethod
    def of(
        cls, dataset: Dataset, options: OrgChartOptions, measure: Measure, gathered: Gathered | None = None
    ) -> OrgChart:
        """Derive the structure. UsageError for a focus that is no organization. gathered: what is known of the dataset
        under these options, where it is at hand."""
        gathered = gathered or Gathered.of(dataset, options.filter)
        organization = _chosen(gathered, options.focus)
        if organization == ABSENT:
            return cls(options, gathered, None, measure)
        structure = Structure.of(dataset, gathered.careers, organization, gathered.as_of)
        return cls(options, gathered, structure, measure)

    def scene(self) -> Scene:
        """The picture."""
        frame = framing.framed(self.options.size, foot_height=framing.LOW_FOOT)
        board = Board(self.options.size, self.measure)
        framing.ground(board.sheet("ground", 0, "page"), frame)
        header = titled(words.header(self), self.gathered, VIEW)
        framing.header(board, board.sheet("header", 80, "page"), frame, header)
        said: tuple[str, ...] = ()
        if not len(self.boxes):
            words.nothing(board, board.sheet("nothing", 10), frame)
        else:
            form = self._draw(board, frame)
            if frame.foot is not None:
                sheet = board.sheet("foot", 82, "page")
                said = words.foot(board, sheet, frame, self, form)
        return annotated(board.scene(header, said, None, self._meta()), self.gathered, frame, self.measure)

    @cached_property
    def boxes(self) -> Boxes:
        """Seats, and people without one; none where there is no structure."""
        return Boxes.of(self.structure, self.gathered, self.lit) if self.structure is not None else Boxes.nobody()

    @cached_property
    def lit(self) -> Bools | None:
        """Stints, in the order of the Index, that filter and window let through: by themselves, or as an end of a move;
        None where there is neither."""
        gathered, options = self.gathered, self.options.filter
        if not options.lens and options.window is None:
            return None
        found = gathered.selection.stints.copy() if options.window is None else np.zeros_like(gathered.selection.stints)
        for ends in (gathered.moves.joined_stint, gathered.moves.left_stint):
            found[ends] = True
        return found

    def cast(self, board: Board, at: Positions, *, silent: bool = False) -> Cast:
        """Boxes made ready to be drawn; silent: without what they say when asked, for who asks `tip`."""
        return Cast.of(board, self.gathered, self.boxes, at, None if silent else self.tip)

    def tip(self, at: int) -> Tip:
        """What a box says when asked."""
        structure = self.structure
        assert structure is not None
        if at >= self.boxes.n_seats:
            return words.member_tip(self, int(structure.unseated[at - self.boxes.n_seats]))
        holding, tips = self._holdings[int(structure.part[at])]
        told = tips.of(replace(holding.by_key[self.boxes.keys[at]], over=False, lit=bool(self.boxes.lit[at])))
        tenure = (f"Tenure: {self.boxes.tenures[at]}",) if self.boxes.tenures[at] else ()
        faults = (f"Not drawn: {message}" for message in self.faults.get(at, ()))
        return replace(told, lines=(*told.lines, *tenure, *faults))

    @cached_property
    def faults(self) -> dict[int, tuple[str, ...]]:
        """What is wrong with lines that are not drawn, by the seats that report."""
        structure = self.structure
        found: dict[int, tuple[str, ...]] = {}
        for fault in structure.faults if structure is not None else ():
            line = self.gathered.dataset.row("reports", fault.id)
            at = self.boxes.at_key.get(f"seats:{line['seat_id']}") if line is not None else None
            if at is not None:
                found[at] = (*found.get(at, ()), fault.message)
        return found

    @cached_property
    def _holdings(self) -> tuple[tuple[Holding, SeatTips], ...]:
        """What the seats of each organization say."""
        assert self.structure is not None
        pairs = zip(self.structure.build_outs, self.structure.rosters, strict=True)
        made = (Holding(self.gathered, build_out, roster) for build_out, roster in pairs)
        return tuple((holding, SeatTips(holding)) for holding in made)

    @cached_property
    def trees(self) -> Trees:
        """The seats with lines, as trees, with all that their lines say."""
        assert self.structure is not None
        return replace(self.bare_trees, solid=self._answers(self.structure.solid))

    @cached_property
    def bare_trees(self) -> Trees:
        """The same without solid lines: what one says is asked for line by line where there are many (`line_tip`)."""
        structure = self.structure
        assert structure is not None
        shown = np.flatnonzero(structure.linked)
        parent = tuple(self._among[structure.parent[shown]].tolist())
        disputed = {line.seat for line in structure.disputed}
        names, outside = words.units(self), structure.outside[shown].tolist()
        captions = [
            words.root_caption(self, seat, is_disputed=seat in disputed) if up == ABSENT else ""
            for seat, up in zip(shown.tolist(), parent, strict=True)
        ]
        return Trees(
            shown,
            parent,
            tuple(self.boxes.gone[shown].tolist()),
            (),
            self._answers(structure.dotted),
            self._answers(structure.disputed),
            tuple(captions),
            tuple("" if is_outside else names[seat] for seat, is_outside in zip(shown.tolist(), outside, strict=True)),
        )

    @cached_property
    def _among(self) -> Positions:
        """The place of each seat among those with lines; ABSENT for the others, and at the end."""
        assert self.structure is not None
        shown = np.flatnonzero(self.structure.linked)
        found = np.full(len(self.structure.seats) + 1, ABSENT, dtype=np.intp)
        found[shown] = np.arange(len(shown))
        return found

    def _answers(self, lines: tuple[Line, ...]) -> tuple[Answer, ...]:
        return tuple(self._answer(line, int(self._among[line.seat]), int(self._among[line.to])) for line in lines)

    @cached_property
    def line_keys(self) -> dict[int, str]:
        """The key of the solid line above each seat that has one."""
        structure = self.structure
        assert structure is not None
        rows = [line.row for line in structure.solid]
        ids = self.gathered.dataset["reports"].get_column("id").gather(rows).to_list()
        return {line.seat: f"reports:{i}" for line, i in zip(structure.solid, ids, strict=True)}

    @cached_property
    def weak_lines(self) -> dict[int, Status]:
        """Seats whose solid line is rumored or disputed, and which."""
        structure = self.structure
        assert structure is not None
        rows = [line.row for line in structure.solid]
        said = self.gathered.dataset["reports"].get_column("status").gather(rows).to_list()
        weak = (Status.RUMORED, Status.DISPUTED)
        return {line.seat: Status(s) for line, s in zip(structure.solid, said, strict=True) if s in weak}

    def line_tip(self, key: str) -> Tip | None:
        """What a line says when asked, by its key; None for one that is not in the chart."""
        structure = self.structure
        table, _, row_id = key.partition(":")
        row = self.gathered.dataset.position(table, row_id) if table in ("reports", "claims") else None
        lines = (*structure.solid, *structure.dotted, *structure.disputed) if structure is not None else ()
        found = next((line for line in lines if (line.table, line.row) == (table, row)), None)
        return self._answers((found,))[0].tip if found is not None else None

    def _answer(self, line: Line, seat: int, to: int) -> Answer:
        """A line with what it says when asked: who answers to whom, how sure, on whose word."""
        row = self.gathered.dataset[line.table].row(line.row, named=True)
        low, high = (self.boxes.names[end] or "A seat" for end in (line.seat, line.to))
        links = tuple(row["source_ids"] or ())
        status = Status(row["status"] or "reported")
        publishers = self.gathered.publishers(links)
        if line.table == "claims":
            when = f", {row['date']}" if row["date"] else ""
            lines = (f"{wording.counted(len(links), 'source')} disagree{when}", str(row["text"] or ""), publishers)
            tip = Tip(f"Whether {low} reports to {high} is disputed", tuple(part for part in lines if part), links)
        else:
            kind = "by a dotted line, " if row["kind"] == "dotted" else ""
            tip = Tip(f"{low} reports to {high}", (f"{kind}{status.value}, {publishers}",), links)
        return Answer(seat, to, f"{line.table}:{row['id']}", status, tip)

    @cached_property
    def loose(self) -> Positions:
        """Boxes that no line ties to another: seats, and people without one, each once."""
        if self.structure is None:
            return np.zeros(0, dtype=np.intp)
        return np.concatenate([np.flatnonzero(~self.structure.linked), self.boxes.unseated])

    @cached_property
    def flat(self) -> tuple[FlatRow, ...]:
        """Seats and people without a line, by origin, in order of joining."""
        return tuple(self.rows_of(self.loose)) if self.structure is not None else ()

    def rows_of(self, at: Positions) -> list[FlatRow]:
        """Some boxes by origin, in order of joining."""
        boxes = self.boxes
        taken = at[~boxes.empty[at]]
        origins, first = np.unique(boxes.origin[taken], return_index=True)
        labels = {origin: words.origin_label(self, origin) for origin in origins.tolist()}
        colors = dict(zip(origins.tolist(), boxes.wears[taken[first]].tolist(), strict=True))
        return chart_flat.rows(boxes, at, labels, colors, self._colored)

    @cached_property
    def _colored(self) -> frozenset[int]:
        """Codes of organizations with a colour of their own."""
        return frozenset(code for code, name in enumerate(self.gathered.ids) if name in self.gathered.colors)

    def _draw(self, board: Board, frame: framing.Frame) -> str:
        """Trees above, the flat group below, as rich in detail as fits; returns how trees are drawn."""
        x, y, w, h = frame.map
        s = frame.type_scale
        y, h = y + TOP * s, h - TOP * s
        trees, flat = self.trees, self.flat
        placed, detail, tall = self._fit
        if placed is not None:
            y += min(0.25 * (h - placed.height), MOST_AIR * s) if not flat else 0.0
            chart_marks.draw(
                board, 20, trees, placed, (x + max(0.0, (w - placed.width) / 2), y), self.cast(board, trees.at)
            )
            y += placed.height + BETWEEN * s
            h -= placed.height + BETWEEN * s
        if flat and detail is not None:
            chart_flat.draw(
                board,
                30,
                (x, y, w, min(h, tall + 12 * s * len(flat))),
                flat,
                detail,
                words.flat_about(self, self.loose),
                partial(self.cast, board),
                s,
            )
        return placed.detail.form if placed is not None else ""

    @cached_property
    def fits_page(self) -> bool:
        """Whether all names are legible on a page of its size, and no more than FEW_UNITS have people of their own."""
        placed, detail, _ = self._fit
        named = (placed is None or placed.detail.form != "bar") and (detail is None or detail.form == "named")
        return named and len(np.unique(self.boxes.unit[self.loose])) <= FEW_UNITS

    @property
    def reads(self) -> bool:
        """Whether a picture of its size has room for a card of each seat with lines, and for all other names."""
        if not len(self.boxes):
            return True
        placed, detail, _ = self._fit
        return (placed is None or placed.detail.form == "card") and (detail is None or detail.form == "named")

    @property
    def box_width(self) -> float:
        """How wide a box of the trees is in a picture of its size; without trees as wide as it is."""
        placed = self._fit[0]
        return placed.size[0] if placed is not None else self.options.size[0]

    @cached_property
    def _fit(self) -> tuple[Placed | None, FlatDetail | None, float]:
        """What is placed in a picture of its size."""
        frame = framing.framed(self.options.size, foot_height=framing.LOW_FOOT)
        s = frame.type_scale
        return self._fitted((frame.map[2], frame.map[3] - TOP * s), s)

    def _fitted(self, room: tuple[float, float], s: float) -> tuple[Placed | None, FlatDetail | None, float]:
        """The trees placed, the level of detail of the flat group, and its height."""
        w, h = room
        trees, flat = self.trees, self.flat
        heights = [(detail, chart_flat.height(flat, detail, w, s)) for detail in chart_flat.FLAT_DETAILS]
        if not len(trees.at):
            return None, *next((pair for pair in heights if pair[1] <= h), self._least(w, h, s))
        pairs = [
            (tree.cost + (detail.cost if flat else 0.0), n, tree, detail, tall)
            for tree in chart_trees.DETAILS
            for n, (detail, tall) in enumerate(heights if flat else heights[:1])
        ]
        for _, _, tree, detail, tall in sorted(pairs, key=lambda pair: pair[:2]):
            rest = h - (tall + BETWEEN * s if flat else 0.0)
            if rest < (LEAST_TREES * h if tree.form == "bar" else tree.height * s):
                continue
            found = self._arranged(tree, (w, rest), s)
            if found is not None:
                return found, detail if flat else None, tall
        detail, tall = self._least(w, h * (1 - LEAST_TREES), s)
        found = self._arranged(chart_trees.DETAILS[-1], (w, h - (tall + BETWEEN * s if flat else 0.0)), s)
        return found, detail if flat else None, tall

    def _least(self, width: float, tall: float, s: float) -> tuple[FlatDetail, float]:
        """The barest level of detail of the flat group, shrunk to a height, and the height that it takes."""
        detail = chart_flat.shrunk(self.flat, chart_flat.FLAT_DETAILS[-1], width, tall, s)
        return detail, chart_flat.height(self.flat, detail, width, s)

    def _arranged(self, detail: Detail, room: tuple[float, float], s: float) -> Placed | None:
        """The trees in the first arrangement that fits; bars, which always fit, in that which leaves them largest."""
        asked: tuple[Arrangement, ...] = ("down", "compact", "hanging")
        wanted = (self.options.arrangement,) if self.options.arrangement is not None else asked
        found = (chart_trees.placed(self.trees, detail, arrangement, room, s) for arrangement in wanted)
        fitting = (one for one in found if one is not None)
        if detail.form != "bar":
            return next(fitting, None)
        return max(fitting, key=lambda one: min(one.size[0], 4 * one.size[1]), default=None)

    def _meta(self) -> Meta:
        gathered, options = self.gathered, self.options
        left_out = tuple(self.structure.left_out.items()) if self.structure is not None else ()
        return provenance.meta(gathered, VIEW, options.command, wording.iso(gathered.as_of), left_out)


def _chosen(gathered: Gathered, focus: str) -> int:
    """The code of the organization to draw: the focus, else the first of those that are offered; ABSENT if there is
    none. UsageError for a focus that is no organization."""
    if not focus:
        choices = seated.offered(gathered)
        return gathered.ids.index(choices[0][0]) if choices else ABSENT
    table, _, name = focus.rpartition(":")
    at = gathered.dataset.position("organizations", name) if table in ("", "organizations") else None
    if at is None:
        raise UsageError(Fault("focus", f"--focus {focus!r} names no organization", "Give the id of one, as openai."))
    return at
