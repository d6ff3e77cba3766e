"""The flow map: organizations as nodes, flows as half-arrows, one dot a person.

`FlowMap.of` derives and lays out once for the whole span; `scene` paints any day of it: positions hold still while
ribbons fill and totals count. Geometry, lanes, sizes and order are those of the visual language, section 2.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from app.analysis.options import Options
from app.domain import dates
from app.domain.dataset import Dataset
from app.domain.views import pins
from app.layout import sizes
from app.layout.flowmap import Arrangement, FlowMapLayout, FlowMapProblem, layout
from app.pictures import flowmap_marks as marks
from app.pictures import flowmap_people as crowd
from app.pictures import flowmap_relations as relations
from app.pictures import flowmap_words as words
from app.pictures import frame as framing
from app.pictures import histogram, provenance
from app.pictures.annotating import annotated, hidden, titled
from app.pictures.board import Board
from app.pictures.findings import Finding, findings
from app.pictures.gathered import Gathered
from app.pictures.traffic import Traffic, happened
from app.scene import motion as moving
from app.scene.marks import Floats
from app.scene.scene import Header, Layer, Measure, Scene

Counts = npt.NDArray[np.int32]

VIEW = "flowmap"
"""Its name in the table `views` and on the command line."""
TOP = 18
"""Organizations drawn in a picture of the reference size, if the user does not say."""
LARGEST_NODE, SMALLEST_NODE = 46.0, 7.5
"""Radii of nodes in design pixels: beyond the largest all areas shrink by one factor, as flows do."""
MOST = 25
"""Organizations drawn at most, if the user does not say."""


@dataclass(frozen=True, slots=True)
class FlowMapOptions:
    """How a flow map is drawn. filter: what is counted; size: of the picture; top: organizations drawn (None: by
    size); focus: organization ids set off from the rest; net: one flow a pair; relations: the quiet layer of
    investments; alone: with callouts, and with moves per quarter in the foot, which is lower without them; command:
    the command line that re-makes the picture; frame: where its parts stand, if it is a tile; periods: last days of
    those that it is painted for, one at a time: it is laid out for the busiest of each flow. Places that are pinned
    come with the dataset."""

    filter: Options
    size: tuple[float, float] = framing.REFERENCE
    top: int | None = None
    focus: tuple[str, ...] = ()
    net: bool = False
    relations: bool = True
    alone: bool = True
    command: str = ""
    frame: framing.Frame | None = None
    periods: tuple[int, ...] = ()


@dataclass(frozen=True, eq=False)
class FlowMap:
    """A flow map of one Dataset under one set of options: everything but the day."""

    options: FlowMapOptions
    gathered: Gathered
    traffic: Traffic
    frame: framing.Frame
    layout: FlowMapLayout
    findings: tuple[Finding, ...]
    measure: Measure
    prepared: marks.Prepared
    posed: tuple[FlowMapProblem, Mapping[str, tuple[float, float]]]
    """What was laid out, and what was pinned in it."""

    @classmethod
    def of(
        cls,
        dataset: Dataset,
        options: FlowMapOptions,
        measure: Measure,
        previous: FlowMap | Arrangement | None = None,
        gathered: Gathered | None = None,
    ) -> FlowMap:
        """Derive, choose and lay out. With `previous`, organizations that stood there keep their places; where exactly
        the same is to be laid out, its layout is taken over; gathered: the moves, where they are at hand."""
        before = previous.gathered if isinstance(previous, FlowMap) else None
        gathered = gathered or Gathered.of(dataset, options.filter, options.focus, before)
        high = framing.FOOT if options.alone else framing.LOW_FOOT
        frame = options.frame or framing.framed(options.size, foot_height=high)
        top, never = options.top or default_top(options.size), hidden(gathered, VIEW)
        traffic = Traffic.of(dataset, gathered.moves, top, gathered.focus, never)
        told = _told(gathered, traffic) if options.alone and not options.net else ()
        unit = frame.scale
        board = Board(options.size, measure)
        n_in, n_out = busiest(traffic, options.periods)
        radii = node_radii(n_in, n_out, unit)
        people = marks.drawn_people(traffic, net=options.net, periods=options.periods)
        shown_flows = np.flatnonzero(people > 0)
        problem = FlowMapProblem(
            ids=tuple(gathered.ids[code] for code in traffic.nodes),
            radii=radii,
            flows=np.stack([traffic.flow_from, traffic.flow_to], axis=1)[shown_flows].astype(np.intp),
            people=people[shown_flows].astype(np.float64),
            frame=frame.map,
            k=sizes.flow_scale(float(people.max()) if len(people) else 1.0, unit),
            unit=unit,
            name_sizes=words.name_sizes(board, frame, gathered, traffic, radii),
            count_sizes=words.count_sizes(board, frame, people[shown_flows]),
            stub_people=np.stack(traffic.stubs(None), axis=1).astype(np.float64),
            stub_count_sizes=words.stub_count_sizes(board, frame, traffic),
            plate_sizes=words.plate_sizes(board, frame, told),
            plate_near=np.array([traffic.nodes.tolist().index(f.organization) for f in told], dtype=np.intp),
        )
        pinned = {
            i: (frame.map[0] + x * frame.map[2], frame.map[1] + y * frame.map[3])
            for i, (x, y) in pins(dataset, VIEW).items()
        }
        stood = previous.layout if isinstance(previous, FlowMap) else previous
        if isinstance(previous, FlowMap) and previous.posed[1] == pinned and previous.posed[0].same(problem):
            placed = previous.layout
        else:
            placed = layout(problem, previous=stood, pinned=pinned or None)
        prepared = marks.prepare(board, gathered, traffic, placed, shown_flows, people, frame, net=options.net)
        posed = problem, pinned
        return cls(options, gathered, traffic, frame, placed, told, measure, prepared, posed)

    @cached_property
    def relation_texts(self) -> tuple[relations.Text, ...]:
        """What is written on relations, in its place."""
        return relations.placed(self)

    @property
    def motion(self) -> moving.Motion | None:
        """The people in motion."""
        return self.prepared.motion

    @cached_property
    def span(self) -> tuple[float, float]:
        """First and last day that a clock can show: from the first moves that matter, of all and of those let through,
        to the newest day. A filter makes it no shorter, so that a day keeps its meaning."""
        as_of, kinds = self.gathered.as_of, (self.gathered.careers.moves, self.gathered.moves)
        days = [moves.joined[~moves.undated] for moves in kinds]
        days = days if any(len(dated) for dated in days) else [self._arrivals[0]]
        firsts = [float(np.quantile(dated, 0.02)) for dated in days if len(dated)]
        if not firsts:
            return (as_of - 365.0, float(as_of))
        return (min(*firsts, as_of - 30.0) - 30, float(max(as_of, *(int(dated.max()) for dated in days if len(dated)))))

    @cached_property
    def lively(self) -> float:
        """A day before which little happened: where play begins by itself."""
        dated = self.gathered.moves.joined[~self.gathered.moves.undated]
        return float(np.quantile(dated, 0.08)) - 30.0 if len(dated) else self.span[0]

    @cached_property
    def days(self) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
        """The days on which someone joined, ascending, each once; where nobody moved, of all arrivals."""
        moves = self.traffic.moves
        found = np.unique(moves.joined[~moves.undated])
        return found if len(found) else np.unique(self._arrivals[0])

    @cached_property
    def _arrivals(self) -> tuple[Counts, Counts, Counts]:
        """Nominal day, first and last bound of every dated arrival at an organization: what time is told by where
        nobody moved."""
        careers = self.gathered.careers
        known = careers.known
        at = np.flatnonzero(careers.counts & (known.start_lo > dates.PAST) & (known.start_hi < dates.FUTURE))
        return known.nominal[at], known.start_lo[at], known.start_hi[at]

    def scene(
        self,
        day: float | None = None,
        *,
        mode: moving.Mode = "cumulative",
        window: float = 183.0,
        still: bool = True,
        said: Header | None = None,
    ) -> Scene:
        """The picture on a day. None: on the options' own day, with all that has no date if they name none.

        mode: what of the past is filled in (all, the `window` days before, nothing); still: with callouts and with
        resting dots as marks and the hash of the dataset, as for a file; a window that moves the dots itself leaves
        them away; said: the words above, where they are not those of the day.
        """
        gathered, frame = self.gathered, self.frame
        at = gathered.clock if day is None else day
        since = moving.since(at, mode, window)
        foot, legend = self.foot
        board = Board(self.options.size, self.measure, base=self.prepared.board)
        if self.options.relations:
            marks.relations(board, self, at)
        marks.flows(board, self, at, since)
        if not frame.tile:
            marks.stubs(board, self, at, since)
        marks.nodes(board, self, at, since)
        if still:
            crowd.people(board, self, at)
        words.map_words(board, self, at, since)
        if still and at == gathered.clock:
            words.callouts(board, self)
        header = said or titled(words.header(self, at), self.gathered, VIEW)
        framing.around(board, frame, header)
        if foot is not None:
            board.layer(foot)
        place = words.bars_place(frame)
        if at is not None and place is not None and self.options.alone and self.bars is not None:
            histogram.draw_clock(board.sheet("clock", 83, "page"), frame, place, self.bars, at)
        meta = provenance.meta_on(self.gathered, VIEW, self.options.command, at, dataset=still)
        scene = board.scene(header, legend, self.prepared.motion, meta)
        return annotated(scene, self.gathered, frame, self.measure)

    @cached_property
    def foot(self) -> tuple[Layer | None, tuple[str, ...]]:
        """The foot's layer, made once on the board that every day begins with, and the words of the legend."""
        return words.foot(self.prepared.board, self)

    @property
    def rests(self) -> npt.NDArray[np.bool_]:
        """The flows that have room for those who have landed, by their paths."""
        return self.prepared.rests

    @cached_property
    def bars(self) -> histogram.Histogram | None:
        """Moves per quarter; the coloured part is what joined the organization in focus, or the one most joined. Where
        no move has a date, arrivals at organizations."""
        moves = self.gathered.moves
        dated = ~moves.undated
        if not dated.any():
            days, low, high = self._arrivals
            return histogram.histogram(days, low, high, np.zeros(len(days), dtype=np.bool_), 0, "arrival")
        to = (
            moves.destination[dated] == self.star
            if self.star is not None
            else np.zeros(int(dated.sum()), dtype=np.bool_)
        )
        return histogram.histogram(
            moves.joined[dated], moves.joined_lo[dated], moves.joined_hi[dated], to, int((~dated).sum())
        )

    @property
    def star(self) -> int | None:
        """The code of the organization that the picture is about: the first in focus, else the one most joined."""
        if self.gathered.focus:
            return self.gathered.focus[0]
        n_in, _ = self.traffic.totals(None)
        return int(self.traffic.nodes[int(n_in.argmax())]) if len(n_in) and n_in.max() > 0 else None


def _told(gathered: Gathered, traffic: Traffic) -> tuple[Finding, ...]:
    """What is worth a callout on the options' own day."""
    shown = gathered.moves.take(np.flatnonzero(happened(gathered.moves, gathered.clock)))
    return tuple(findings(shown, gathered.dataset.index, traffic.nodes.tolist(), gathered.labels))


def busiest(traffic: Traffic, periods: tuple[int, ...]) -> tuple[Counts, Counts]:
    """Moves in and out of each node over the whole span; with periods, in the one in which it had most."""
    if not periods:
        return traffic.totals(None)
    each = np.stack([np.stack(traffic.totals(day, since)) for since, day in marks.between(periods)])
    most = each.sum(axis=1).argmax(axis=0)
    n_in, n_out = each[most, :, np.arange(traffic.n_nodes)].T
    return n_in, n_out


def node_radii(n_in: Counts, n_out: Counts, unit: float) -> Floats:
    """Radii so that area means people moved; all shrink alike where the largest would pass LARGEST_NODE."""
    radii = sizes.node_radii(n_in, n_out, unit)
    largest = float(radii.max()) if len(radii) else 0.0
    if largest <= LARGEST_NODE * unit:
        return radii
    share = LARGEST_NODE * unit / largest
    return np.maximum(radii * share, SMALLEST_NODE * unit)


def default_top(size: tuple[float, float]) -> int:
    """How many organizations a picture of this size has room for: TOP at 1600 × 1000, MOST at most."""
    room = size[0] * size[1] / (framing.REFERENCE[0] * framing.REFERENCE[1])
    return int(np.clip(round(TOP * np.sqrt(room)), 8, MOST))
