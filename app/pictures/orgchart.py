"""The organization chart: seats and the lines between them on a day, and the people whose lines nobody knows.

`OrgChart.of` derives, `scene` sets the picture. It is a still: one day, the as-of day of the options. A chart that is
larger than the picture loses detail before it shrinks, and type never shrinks.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from app.analysis.buildout import HELD, INTERNAL, POSSIBLE, UNKNOWN
from app.analysis.options import Options
from app.analysis.presence import held
from app.analysis.structure import Line, Structure
from app.domain.dataset import Dataset
from app.domain.errors import Fault, UsageError
from app.domain.index import ABSENT, codes
from app.domain.schema import STATUSES
from app.pictures import chart_flat, chart_marks, chart_trees, provenance, wording
from app.pictures import frame as framing
from app.pictures import orgchart_words as words
from app.pictures.board import Board
from app.pictures.chart_flat import FlatDetail, FlatRow
from app.pictures.chart_trees import Answer, Arrangement, Detail, Placed, Trees
from app.pictures.gathered import Gathered
from app.pictures.seat_places import Holding, Place, brief
from app.pictures.seat_tips import SeatTips
from app.scene.scene import Measure, Meta, Scene, Tip
from app.scene.style import Status

VIEW = "orgchart"
"""Its name on the command line."""
BETWEEN = 22.0
"""Pixels between the trees and the flat group."""
LEAST_TREES = 0.5
"""Part of the height that trees keep where neither they nor the group fit."""


@dataclass(frozen=True, slots=True)
class OrgChartOptions:
    """How a chart is drawn. filter: level of origins, as-of and known-by days (a lens and a window do not apply: a
    chart has all of its seats); size: of the picture; focus: id of the organization, blank for that of the first
    target; arrangement: how trees grow, blank for what fits; command: the command line that re-makes the picture."""

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
    def of(cls, dataset: Dataset, options: OrgChartOptions, measure: Measure) -> OrgChart:
        """Derive the structure. UsageError for a focus that is no organization."""
        gathered = Gathered.of(dataset, options.filter)
        organization = _chosen(dataset, options.focus)
        if organization == ABSENT:
            return cls(options, gathered, None, measure)
        structure = Structure.of(dataset, gathered.careers, organization, gathered.as_of)
        return cls(options, gathered, structure, measure)

    def scene(self) -> Scene:
        """The picture."""
        frame = framing.framed(self.options.size, foot_height=framing.LOW_FOOT)
        board = Board(self.options.size, self.measure)
        framing.ground(board.sheet("ground", 0, "page"), frame)
        framing.header(board, board.sheet("header", 80, "page"), frame, header := words.header(self))
        said: tuple[str, ...] = ()
        if self.structure is None or not (len(self.structure.seats) or self.unseated):
            words.nothing(board, board.sheet("nothing", 10), frame)
        else:
            form = self._draw(board, frame)
            if frame.foot is not None:
                sheet = board.sheet("foot", 82, "page")
                said = words.foot(board, sheet, frame, self, form)
        return board.scene(header, said, None, self._meta())

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """The place of every seat of the structure, with its tip."""
        structure = self.structure
        if structure is None:
            return ()
        tables = []
        for b, roster in zip(structure.build_outs, structure.rosters, strict=True):
            holding = Holding(self.gathered, b, roster)
            tips = SeatTips(holding)
            tables.append((holding, tips, {place.key: place for place in holding.places}))
        found = []
        for part, at in zip(structure.part.tolist(), structure.place.tolist(), strict=True):
            holding, tips, by_key = tables[part]
            place = tips.told(by_key[holding.seat_key(at)])
            found.append(replace(place, over=False))
        return tuple(found)

    @cached_property
    def unseated(self) -> tuple[Place, ...]:
        """The places of people who are there without a seat on record."""
        structure, gathered = self.structure, self.gathered
        if structure is None:
            return ()
        careers, stints = gathered.careers, gathered.dataset["stints"]
        at = structure.unseated
        previous, own = careers.origins(at)
        certain, _ = held(careers.proven, structure.day)
        people = gathered.dataset["people"]
        found = []
        for n, stint in enumerate(at.tolist()):
            row = stints.row(int(careers.index.row[stint]), named=True)
            person = int(careers.index.person[stint])
            name, key = str(people.item(person, "name") or row["person_id"]), f"people:{row['person_id']}"
            code = int(previous[n])
            origin = UNKNOWN if code == ABSENT else INTERNAL if code == own[n] else gathered.ids[code]
            lo, hi = int(careers.proven.start_lo[stint]), int(careers.proven.start_hi[stint])
            status = Status(STATUSES[int(careers.index.status[stint])])
            links = tuple(row["source_ids"] or ())
            unit = gathered.labels[int(careers.index.organization[stint])]
            lines = (
                ", ".join(part for part in (row["role"], unit) if part),
                f"Since {row['start'] or 'a day not known'}, {status.value}, {gathered.publishers(links)}",
                "No seat on record",
            )
            home = gathered.ids[code] if code != ABSENT else ""
            state = HELD if certain[stint] else POSSIBLE
            word = brief(lo, hi, year=True)
            tip = Tip(name, lines, links)
            found.append(Place(key, state, name, word, "", origin, home, status, 0, lo, hi, tip=tip))
        return tuple(found)

    @cached_property
    def trees(self) -> Trees:
        """The seats with lines, as trees."""
        assert self.structure is not None
        structure = self.structure
        shown = np.flatnonzero(structure.linked)
        at = np.full(len(structure.seats) + 1, ABSENT, dtype=np.intp)
        at[shown] = np.arange(len(shown))
        parent = tuple(at[structure.parent[shown]].tolist())
        disputed = {line.seat for line in structure.disputed}

        def answers(lines: tuple[Line, ...]) -> tuple[Answer, ...]:
            return tuple(self._answer(line, int(at[line.seat]), int(at[line.to])) for line in lines)

        units, outside = words.units(self), structure.outside[shown].tolist()
        titles = words.titles(self, units)
        captions = [
            words.root_caption(self, seat, is_disputed=seat in disputed) if up == ABSENT else ""
            for seat, up in zip(shown.tolist(), parent, strict=True)
        ]
        return Trees(
            tuple(self.places[seat] for seat in shown.tolist()),
            tuple(titles[seat] for seat in shown.tolist()),
            parent,
            answers(structure.solid),
            answers(structure.dotted),
            answers(structure.disputed),
            tuple(captions),
            tuple("" if is_outside else units[seat] for seat, is_outside in zip(shown.tolist(), outside, strict=True)),
        )

    def _answer(self, line: Line, seat: int, to: int) -> Answer:
        """A line with what it says when asked: who answers to whom, how sure, on whose word."""
        row = self.gathered.dataset[line.table].row(line.row, named=True)
        low, high = (words.who(self.places[end]) for end in (line.seat, line.to))
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
    def flat(self) -> tuple[FlatRow, ...]:
        """Seats and people without a line, by origin, in order of joining."""
        if self.structure is None:
            return ()
        loose = [self.places[seat] for seat in np.flatnonzero(~self.structure.linked).tolist()]
        everyone = sorted((*loose, *self.unseated), key=lambda place: (place.lo, place.hi, place.name))
        everyone = [replace(place, word=_dated(place)) for place in everyone]
        holding = Holding(self.gathered, self.structure.build_outs[0], self.structure.rosters[0])
        origins = {place.origin for place in everyone if not place.empty}
        labels = {origin: words.origin_label(self, origin) for origin in origins}
        colors = {origin: holding.color_of(origin) or _home(everyone, origin) for origin in origins}
        return tuple(chart_flat.rows(everyone, labels, colors, self.gathered.colors))

    def _draw(self, board: Board, frame: framing.Frame) -> str:
        """Trees above, the flat group below, as rich in detail as fits; returns how trees are drawn."""
        x, y, w, h = frame.map
        s = frame.type_scale
        y, h = y + 4 * s, h - 4 * s
        trees, flat = self.trees, self.flat
        placed, detail, tall = self._fitted((w, h), s)
        if placed is not None:
            chart_marks.draw(board, 20, trees, placed, (x + max(0.0, (w - placed.width) / 2), y))
            y += placed.height + BETWEEN * s
            h -= placed.height + BETWEEN * s
        if flat and detail is not None:
            chart_flat.draw(
                board, 30, (x, y, w, min(h, tall + 12 * s * len(flat))), flat, detail, words.flat_about(self), s
            )
        return placed.detail.form if placed is not None else ""

    def _fitted(self, room: tuple[float, float], s: float) -> tuple[Placed | None, FlatDetail | None, float]:
        """The trees placed, the level of detail of the flat group, and its height."""
        w, h = room
        trees, flat = self.trees, self.flat
        heights = [(detail, chart_flat.height(flat, detail, w, s)) for detail in chart_flat.FLAT_DETAILS]
        if not trees.places:
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


def _dated(place: Place) -> str:
    """The day of joining with its year; what an empty seat is."""
    return place.word if place.empty or place.key.startswith("people:") else brief(place.lo, place.hi, year=True)


def _home(places: list[Place], origin: str) -> str:
    return next((place.organization for place in places if place.origin == origin), "")


def _chosen(dataset: Dataset, focus: str) -> int:
    """The code of the organization to draw: the focus, else that of the first target, else of the first seat; ABSENT
    if there is none. UsageError for a focus that is no organization."""
    if focus:
        table, _, name = focus.rpartition(":")
        at = dataset.position("organizations", name) if table in ("", "organizations") else None
        if at is None:
            raise UsageError(
                Fault("focus", f"--focus {focus!r} names no organization", "Give the id of one, as openai.")
            )
        return at
    ids = dataset["organizations"].get_column("id")
    for table in ("targets", "seats"):
        frame = dataset[table]
        use = frame["status"].ne_missing("denied").to_numpy()
        found = codes(frame.get_column("organization_id"), ids)
        found = found[use & (found != ABSENT)]
        if len(found):
            return int(found[0])
    return ABSENT
