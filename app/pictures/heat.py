"""The matrix as a heat map: every organization that anybody left or joined as a row and a column, a cell as strong as
many people went so. For a window, which paints the cells; its Scene holds the header and the legend.

`Heat.of` derives and orders once for the whole span; `people` counts any day of it. Rows and columns hold still.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from app.domain.dataset import Dataset
from app.domain.index import Ints
from app.layout import matrix as ordering
from app.pictures import exchange_words as words
from app.pictures import frame as framing
from app.pictures import legend, moves_words, provenance, wording
from app.pictures.annotating import hidden, titled
from app.pictures.board import Board, Sheet
from app.pictures.exchange import Exchange, ExchangeOptions, gathered_for
from app.pictures.gathered import Gathered
from app.pictures.legend import Entry
from app.pictures.matrix import VIEW, ordered
from app.pictures.stood import Stood
from app.pictures.traffic import Traffic
from app.scene import motion as moving
from app.scene.scene import Layer, Measure, Scene
from app.scene.style import Role, Style

IN_BLOCKS = 300
"""Organizations with most moves that are ordered so that blocks show; the others follow by their number of moves, for
the order costs the square of their number."""


@dataclass(frozen=True, eq=False)
class Heat:
    """A heat map of one Dataset under one set of options: everything but the day. order (n,): places of the exchange
    from the first row down, which is also that of columns; rank (n,): the row of each place."""

    options: ExchangeOptions
    exchange: Exchange
    order: ordering.Positions
    rank: Ints
    frame: framing.Frame
    measure: Measure

    @classmethod
    def of(
        cls,
        dataset: Dataset,
        options: ExchangeOptions,
        measure: Measure,
        previous: Heat | Stood | None = None,
        gathered: Gathered | None = None,
    ) -> Heat:
        """Derive and order. No `top` means all organizations. With `previous`, those in blocks keep their order;
        gathered: the moves, where they are at hand."""
        gathered = gathered_for(dataset, options, gathered)
        top, never = options.top or max(len(gathered.ids), 1), hidden(gathered, VIEW)
        exchange = Exchange.of(gathered, top, net=options.net, never=never)
        order = _in_blocks(exchange, previous.stood if isinstance(previous, Heat) else previous)
        rank = np.empty(len(order), dtype=np.int32)
        rank[order] = np.arange(len(order))
        frame = framing.framed(options.size, foot_height=framing.LOW_FOOT)
        return cls(options, exchange, order, rank, frame, measure)

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
        """Nobody moves: cells grow stronger."""
        return None

    @property
    def rests(self) -> None:
        """Nobody moves."""
        return None

    @property
    def largest(self) -> int:
        """Most people of a cell over the whole span; 0 without any."""
        return int(self.exchange.people.max(initial=0))

    @cached_property
    def row(self) -> Ints:
        """The row of each pair, (k,)."""
        return self.rank[self.exchange.origin]

    @cached_property
    def column(self) -> Ints:
        """The column of each pair, (k,)."""
        return self.rank[self.exchange.destination]

    @cached_property
    def cell(self) -> ordering.Positions:
        """The cell of each pair, (k,), counted row by row."""
        return self.row.astype(np.intp) * len(self.order) + self.column

    @cached_property
    def _by_day(self) -> tuple[Ints, Ints]:
        """The days on which dated moves were joined, ascending, and the pair of each."""
        moves, bands = self.gathered.moves, self.exchange.bands
        dated = np.flatnonzero(~moves.undated[bands.members])
        day = moves.joined[bands.members[dated]]
        first = np.argsort(day, kind="stable")
        return day[first], bands.band[dated[first]]

    def people(self, day: float | None, since: float | None = None) -> Ints:
        """People of each pair, (k,), who have moved by a day, and after `since` if given; None: all, the undated too.
        In net those of the whole span."""
        if day is None or self.options.net:
            return self.exchange.people
        days, pair = self._by_day
        first = 0 if since is None else int(np.searchsorted(days, since, side="right"))
        last = int(np.searchsorted(days, day, side="right"))
        return np.bincount(pair[first:last], minlength=self.exchange.n_pairs).astype(np.int32)

    def pair_at(self, row: int, column: int) -> int:
        """The pair of a cell; -1 if nobody ever went so."""
        pair = self.exchange.pair(int(self.order[row]), int(self.order[column]))
        return pair if pair >= 0 and self.exchange.people[pair] else -1

    def name(self, row: int) -> str:
        """Whose row, and column, it is."""
        return self.exchange.name(int(self.order[row]))

    def scene(
        self, day: float | None = None, *, mode: moving.Mode = "cumulative", window: float = 183.0, still: bool = True
    ) -> Scene:
        """Header and legend of a day. None: on the options' own day. still: with the hash of the dataset, as for a
        file."""
        at = self.gathered.clock if day is None else day
        foot, words_of_foot = self.foot  # before the board, which begins with its numbers
        board = Board(self.options.size, self.measure, base=self._board)
        framing.ground(board.sheet("ground", 0, "page"), self.frame)
        if not self.exchange.n_pairs:
            moves_words.empty(board, self.frame, self.gathered)
        finding = words.finding(self.exchange, self.people(at), at)
        header = titled(words.header(self.exchange, at, finding, self.order_words), self.gathered, VIEW)
        framing.header(board, board.sheet("header", 80, "page"), self.frame, header)
        if foot is not None:
            board.layer(foot)
        meta = provenance.meta_on(self.gathered, VIEW, self.options.command, at, dataset=still)
        return board.scene(header, words_of_foot, None, meta)

    @property
    def order_words(self) -> list[str]:
        """How rows are ordered, where not all of them are so that blocks show."""
        others = self.exchange.n_places - IN_BLOCKS
        if others <= 0:
            return []
        told = wording.counted(others, "smaller one follows", "smaller ones follow")
        return [f"The {IN_BLOCKS} largest in blocks, {told} by size"]

    @cached_property
    def _board(self) -> Board:
        """A board on which the foot has been made, so that its numbers hold on those of all days."""
        return Board(self.options.size, self.measure)

    @cached_property
    def foot(self) -> tuple[Layer | None, tuple[str, ...]]:
        """The foot's layer, made once, and the words of the legend."""
        return legend.foot(self._board, self.frame, [], self._entries() if self.exchange.n_pairs else [])

    def _entries(self) -> list[Entry]:
        """What a cell means, and what an empty one."""
        s = self.frame.type_scale
        told = [
            Entry(12 * s, "a cell: from its row to its column", _cell(Role.SPECIMEN, s)),
            Entry(12 * s, "stronger: more people, by the scale at the upper left", _cell(Role.SPECIMEN, s)),
        ]
        if self.exchange.others >= 0:
            told.append(Entry(12 * s, "last row and column: all other organizations", _cell(Role.SPECIMEN_PALE, s)))
        else:
            told.append(Entry(12 * s, "diagonal: nobody moves within one", _cell(Role.GROUP, s)))
        return told


def _cell(role: Role, s: float) -> legend.Specimen:
    """A cell in the manner of a role."""

    def paint(sheet: Sheet, x: float, y: float) -> None:
        sheet.box(x, y - 5 * s, 10 * s, 10 * s, Style(role))

    return paint


def _in_blocks(exchange: Exchange, stood: Stood | None) -> ordering.Positions:
    """Places so that blocks show, the others last; of many only the largest, the rest by size, as places are."""
    n = exchange.n_places
    held = [place for place in exchange.held(VIEW, stood) if place < IN_BLOCKS]
    if n <= IN_BLOCKS:
        return ordered(exchange, held)
    inner = (exchange.origin < IN_BLOCKS) & (exchange.destination < IN_BLOCKS)
    links = np.stack([exchange.origin, exchange.destination], axis=1)[inner].astype(np.intp)
    weights = ordering.together(IN_BLOCKS, links, exchange.bands.people[inner].astype(np.float64))
    return np.concatenate([ordering.order(weights, held), np.arange(IN_BLOCKS, n)])
