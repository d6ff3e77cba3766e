"""The matrix: a row for each organization that people left, a column for each that they joined, and in each cell an
area that means how many did so.

`Matrix.of` derives and orders once for the whole span; `scene` paints any day of it: rows and columns hold still while
cells fill. See the visual language, sections 3 and 5.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from app.domain.dataset import Dataset
from app.layout import matrix as ordering
from app.layout.grid import Grid
from app.pictures import exchange_words as words
from app.pictures import frame as framing
from app.pictures import legend, moves_words, provenance
from app.pictures import matrix_marks as marks
from app.pictures import matrix_words as said
from app.pictures.annotating import annotated, hidden, titled
from app.pictures.board import Board
from app.pictures.exchange import Exchange, ExchangeOptions, gathered_for
from app.pictures.flowmap import default_top
from app.pictures.gathered import Gathered
from app.pictures.stood import Stood
from app.pictures.traffic import Traffic
from app.scene import motion as moving
from app.scene.scene import Layer, Measure, Scene

VIEW = "matrix"
"""Its name in the table `views` and on the command line."""


@dataclass(frozen=True, eq=False)
class Matrix:
    """A matrix of one Dataset under one set of options: everything but the day. order (n,): places of the exchange from
    the first row down, which is also that of columns."""

    options: ExchangeOptions
    exchange: Exchange
    order: ordering.Positions
    frame: framing.Frame
    measure: Measure
    prepared: marks.Prepared

    @classmethod
    def of(
        cls,
        dataset: Dataset,
        options: ExchangeOptions,
        measure: Measure,
        previous: Matrix | Stood | None = None,
        gathered: Gathered | None = None,
    ) -> Matrix:
        """Derive and order. With `previous`, organizations that stood there keep their order; gathered: the moves,
        where they are at hand."""
        gathered = gathered_for(dataset, options, gathered)
        frame = options.frame or framing.framed(options.size, foot_height=framing.LOW_FOOT)
        top, never = options.top or default_top(options.size), hidden(gathered, VIEW)
        exchange = Exchange.of(gathered, top, net=options.net, never=never)
        kept = previous.stood if isinstance(previous, Matrix) else previous
        order = ordered(exchange, exchange.held(VIEW, kept))
        prepared = marks.prepare(Board(options.size, measure), frame, exchange, order)
        return cls(options, exchange, order, frame, measure, prepared)

    @property
    def stood(self) -> Stood:
        """Who stands in which order."""
        return self.exchange.stood(self.order)

    @property
    def gathered(self) -> Gathered:
        """What it knows of the dataset."""
        return self.exchange.gathered

    @property
    def traffic(self) -> Traffic:
        """Which organizations have rows of their own, and what moves between them."""
        return self.exchange.traffic

    @property
    def motion(self) -> None:
        """Nobody moves: cells fill."""
        return None

    @property
    def rests(self) -> None:
        """Nobody moves."""
        return None

    @property
    def grid(self) -> Grid:
        """Where rows and columns stand."""
        return self.prepared.grid

    def scene(
        self, day: float | None = None, *, mode: moving.Mode = "cumulative", window: float = 183.0, still: bool = True
    ) -> Scene:
        """The picture on a day. None: on the options' own day, with all that has no date if they name none.

        mode: what of the past is filled in (all, the `window` days before, nothing); still: with the hash of the
        dataset, as for a file.
        """
        at = self.gathered.clock if day is None else day
        since = moving.since(at, mode, window)
        foot, words_of_foot = self.foot
        board = Board(self.options.size, self.measure, base=self.prepared.board)
        if self.exchange.n_pairs:
            marks.ruling(board, self)
            marks.cells(board, self, at, since)
            said.names(board, self)
            if not self.frame.tile:
                said.totals(board, self, at, since)
        else:
            moves_words.empty(board, self.frame, self.gathered)
        header = titled(words.header(self.exchange, at, self.finding(at)), self.gathered, VIEW)
        framing.around(board, self.frame, header)
        if foot is not None:
            board.layer(foot)
        meta = provenance.meta_on(self.gathered, VIEW, self.options.command, at, dataset=still)
        scene = board.scene(header, words_of_foot, None, meta)
        return annotated(scene, self.gathered, self.frame, self.measure)

    def finding(self, at: float | None) -> str:
        """From where to where most went; blank if no two went the same way."""
        return words.finding(self.exchange, self.exchange.shown(at), at)

    @cached_property
    def foot(self) -> tuple[Layer | None, tuple[str, ...]]:
        """The foot's layer, made once, and the words of the legend."""
        return legend.foot(self.prepared.board, self.frame, *said.entries(self))


def ordered(exchange: Exchange, held: list[int]) -> ordering.Positions:
    """Places so that blocks show, others last."""
    n = exchange.n_places - (exchange.others >= 0)
    inner = (exchange.origin < n) & (exchange.destination < n)
    links = np.stack([exchange.origin, exchange.destination], axis=1)[inner].astype(np.intp)
    weights = ordering.together(n, links, exchange.bands.people[inner].astype(np.float64))
    found = ordering.order(weights, held)
    return np.concatenate([found, np.arange(n, exchange.n_places)])
