"""The chord picture: organizations as arcs round a circle, as long as the people who left or joined them, and between
them chords in the colour of where people came from, pointed where they went.

`Chord.of` derives, orders and lays out once for the whole span; `scene` paints any day of it: arcs hold still while
chords fill. See the visual language, sections 2 and 3.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from app.domain.dataset import Dataset
from app.layout import chord as placing
from app.layout.chord_order import order
from app.layout.matrix import Positions
from app.pictures import chord_marks as marks
from app.pictures import chord_words as naming
from app.pictures import exchange_words as words
from app.pictures import frame as framing
from app.pictures import legend, move_dots, moves_words, provenance, wording
from app.pictures.annotating import annotated, hidden, titled
from app.pictures.board import Board
from app.pictures.exchange import Exchange, ExchangeOptions, gathered_for
from app.pictures.flowmap import default_top
from app.pictures.gathered import Gathered
from app.pictures.stood import Stood
from app.pictures.traffic import Traffic
from app.scene import motion as moving
from app.scene.marks import Bools
from app.scene.motion import Motion
from app.scene.scene import Header, Layer, Measure, Scene

VIEW = "chord"
"""Its name in the table `views` and on the command line."""
GAP = 14.0
"""Between two arcs, in design pixels."""
TURNS = 72
"""Turns of the circle that are tried, so that names stand near their arcs."""
BROADEST = 16.0
"""Pixels a person at most: few people are no wall."""


@dataclass(frozen=True, eq=False)
class Chord:
    """A chord picture of one Dataset under one set of options: everything but the day. order (n,): places of the
    exchange, clockwise; pair (m,): the pairs that have chords, in the order of the layout; turn: the
    angle at which the first arc begins."""

    options: ExchangeOptions
    exchange: Exchange
    order: Positions
    pair: Positions
    turn: float
    frame: framing.Frame
    layout: placing.ChordLayout
    measure: Measure
    prepared: marks.Prepared

    @classmethod
    def of(
        cls,
        dataset: Dataset,
        options: ExchangeOptions,
        measure: Measure,
        previous: Chord | Stood | None = None,
        gathered: Gathered | None = None,
    ) -> Chord:
        """Derive, order and lay out. With `previous`, organizations that stood there keep their order; gathered: the
        moves, where they are at hand."""
        gathered = gathered_for(dataset, options, gathered)
        frame = options.frame or framing.framed(options.size, foot_height=framing.LOW_FOOT)
        top, never = options.top or default_top(options.size), hidden(gathered, VIEW)
        exchange = Exchange.of(gathered, top, net=options.net, never=never)
        kept = previous.stood if isinstance(previous, Chord) else previous
        links = np.stack([exchange.origin, exchange.destination], axis=1).astype(np.intp)
        held = exchange.held(VIEW, kept)
        around = order(exchange.n_places, links, exchange.bands.people.astype(np.float64), held)
        pair = np.flatnonzero((exchange.people > 0) & (exchange.origin != exchange.destination))
        circle = marks.circle(frame)
        problem = placing.ChordProblem(
            order=around,
            flows=links[pair],
            people=exchange.people[pair].astype(np.float64),
            centre=circle.centre,
            radius=circle.radius,
            gap=GAP * frame.scale,
            most=BROADEST * frame.scale,
            unit=frame.scale,
        )
        turn = kept.turn if kept is not None else None
        if turn is None:
            turn = _turned(frame, circle, exchange, placing.layout(problem))
        placed = placing.layout(replace(problem, turn=turn))
        where = marks.placed_names(frame, circle, exchange, placed.begin, placed.end)
        prepared = marks.prepare(Board(options.size, measure), circle, exchange, pair, placed, where)
        return cls(options, exchange, around, pair, turn, frame, placed, measure, prepared)

    @property
    def stood(self) -> Stood:
        """Who stands in which order round the circle, and how it is turned."""
        return self.exchange.stood(self.order, self.turn)

    @property
    def gathered(self) -> Gathered:
        """What it knows of the dataset."""
        return self.exchange.gathered

    @property
    def traffic(self) -> Traffic:
        """Which organizations have arcs of their own, and what moves between them."""
        return self.exchange.traffic

    @property
    def motion(self) -> Motion | None:
        """The people in motion."""
        return self.prepared.motion

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

        mode: what of the past is filled in (all, the `window` days before, nothing); still: with the hash of the
        dataset and without a word of dots, as for a file; said: the words above, where they are not those of the day.
        """
        at = self.gathered.clock if day is None else day
        since = moving.since(at, mode, window)
        foot, words_of_foot = self.still_foot if still else self.foot
        board = Board(self.options.size, self.measure, base=self.prepared.board)
        marks.chords(board, self, at, since)
        marks.arcs(board, self)
        naming.names(board, self, at, since)
        if not self.exchange.n_pairs:
            moves_words.empty(board, self.frame, self.gathered)
        header = words.header(self.exchange, at, self.finding(at), self._among())
        header = said or titled(header, self.gathered, VIEW)
        framing.around(board, self.frame, header)
        if foot is not None:
            board.layer(foot)
        meta = provenance.meta_on(self.gathered, VIEW, self.options.command, at, dataset=still)
        scene = board.scene(header, words_of_foot, self.prepared.motion, meta)
        return annotated(scene, self.gathered, self.frame, self.measure)

    def _among(self) -> list[str]:
        """What has no chord: moves among others."""
        among = self.exchange.origin == self.exchange.destination
        n = int(self.exchange.bands.people[among].sum())
        return [f"{n:,} among these are not drawn"] if n else []

    def finding(self, at: float | None) -> str:
        """Which two exchanged most, and how many went either way; blank if no two went the same way."""
        exchange = self.exchange
        people = exchange.shown(at)
        table = np.zeros((exchange.n_places, exchange.n_places), dtype=np.int64)
        table[exchange.origin[exchange.named], exchange.destination[exchange.named]] = people[exchange.named]
        both = np.triu(table + table.T, 1)
        if not both.size or both.max() < 2:
            return ""
        a, b = (int(place) for place in np.unravel_index(int(both.argmax()), both.shape))
        if table[b, a] > table[a, b]:
            a, b = b, a
        ends = f"{wording.people(int(table[a, b]))} from {exchange.name(a)} to {exchange.name(b)}"
        if self.options.net:
            return f"The largest surplus{moves_words.by(at)}: {ends}"
        back = f"{table[b, a]:,} back" if table[b, a] else "none back"
        return f"The largest exchange{moves_words.by(at)}: {ends}, {back}"

    @cached_property
    def foot(self) -> tuple[Layer | None, tuple[str, ...]]:
        """The foot's layer, made once, and the words of the legend."""
        return legend.foot(self.prepared.board, self.frame, *naming.entries(self, dots=True))

    @cached_property
    def still_foot(self) -> tuple[Layer | None, tuple[str, ...]]:
        """The same where nobody is on the way."""
        return legend.foot(self.prepared.board, self.frame, *naming.entries(self, dots=False))

    @property
    def rests(self) -> Bools:
        """Nowhere: who has landed is part of what they landed on."""
        return move_dots.nowhere(self.motion)


def _turned(frame: framing.Frame, circle: marks.Circle, exchange: Exchange, placed: placing.ChordLayout) -> float:
    """The turn of the circle at which names stand nearest to their arcs, the first of equal ones."""
    turns = np.arange(TURNS) * 2 * np.pi / TURNS
    moved = [
        marks.placed_names(frame, circle, exchange, placed.begin + turn, placed.end + turn).moved for turn in turns
    ]
    return float(turns[int(np.argmin(np.round(moved, 3)))]) if exchange.n_places else 0.0
