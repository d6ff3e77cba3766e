"""The Sankey: before and after. Whom organizations lost stands at the left, whom they won at the right, and between
them bands as high as the people on them, in the colour of where they came from.

`Sankey.of` derives and lays out once for the whole span; `scene` paints any day of it: blocks hold still while bands
fill. See the visual language, section 5.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from app.analysis.options import Options
from app.domain.dataset import Dataset
from app.domain.index import Ints
from app.domain.views import orders
from app.layout.layering import Layering
from app.layout.sankey import SankeyLayout, layout
from app.pictures import frame as framing
from app.pictures import move_dots, moves_words, provenance
from app.pictures import sankey_marks as marks
from app.pictures import sankey_words as words
from app.pictures.annotating import annotated, hidden, titled
from app.pictures.band_marks import names_room, slot
from app.pictures.bands import Bands
from app.pictures.board import Board
from app.pictures.flowmap import default_top
from app.pictures.gathered import Gathered
from app.pictures.landings import Landings
from app.pictures.sankey_flows import (
    SIDES,
    bands_of,
    codes_of,
    drawn_people,
    links_of,
    wishes_of,
)
from app.pictures.stood import Stood
from app.pictures.traffic import Traffic
from app.scene import motion as moving
from app.scene.marks import Bools, Floats
from app.scene.motion import Motion
from app.scene.scene import Header, Layer, Measure, Scene

VIEW = "sankey"
"""Its name in the table `views` and on the command line."""
BAR, GAP = 8.0, 12.0
"""Width of a bar and the gap between two of a column, in design pixels."""
TALLEST = 26.0
"""Height of one person at most, in design pixels: few people are no wall."""
NAMES, NAMES_IN_TILE = 0.2, 0.28
"""The share of the width that the names at one side may take."""


@dataclass(frozen=True, slots=True)
class SankeyOptions:
    """How a Sankey is drawn. filter: what is counted; size: of the picture; top: organizations with a block of their
    own (None: by size); focus: ids set off from the rest; net: of each pair what one direction has more than the other;
    command: the command line that re-makes the picture; frame: where its parts stand, if it is a tile. Chosen orders
    come with the dataset."""

    filter: Options
    size: tuple[float, float] = framing.REFERENCE
    top: int | None = None
    focus: tuple[str, ...] = ()
    net: bool = False
    command: str = ""
    frame: framing.Frame | None = None


@dataclass(frozen=True, eq=False)
class Sankey:
    """A Sankey of one Dataset under one set of options: everything but the day. bands: with the rows of the gathered
    moves as members; people (k,): of each band over the whole span, in net the surplus, 0 for one that is not drawn."""

    options: SankeyOptions
    gathered: Gathered
    traffic: Traffic
    frame: framing.Frame
    bands: Bands
    people: Ints
    layering: Layering
    layout: SankeyLayout
    measure: Measure
    prepared: marks.Prepared

    @classmethod
    def of(
        cls,
        dataset: Dataset,
        options: SankeyOptions,
        measure: Measure,
        previous: Sankey | Stood | None = None,
        gathered: Gathered | None = None,
    ) -> Sankey:
        """Derive and lay out. With `previous`, organizations that stood in a column keep their order there; gathered:
        the moves, where they are at hand."""
        gathered = gathered or Gathered.of(dataset, options.filter, options.focus)
        frame = options.frame or framing.framed(options.size, foot_height=framing.LOW_FOOT)
        moves = gathered.moves
        top, never = options.top or default_top(options.size), hidden(gathered, VIEW)
        traffic = Traffic.of(dataset, moves, top, gathered.focus, never)
        bands = bands_of(moves, traffic.nodes, len(gathered.ids))
        people = drawn_people(bands, net=options.net)
        layering = links_of(bands, people)
        kept = previous.stood if isinstance(previous, Sankey) else previous
        asked = {n: kept.codes(gathered, side) for n, side in enumerate(SIDES)} if kept is not None else {}
        chosen = orders(dataset, VIEW)
        asked |= {n: codes_of(gathered, chosen[side]) for n, side in enumerate(SIDES) if side in chosen}
        board = Board(options.size, measure)
        unit, s = frame.scale, frame.type_scale
        texts = marks.texts(gathered, bands, bands.held(people))
        room = names_room(board, texts, s, (NAMES_IN_TILE if frame.tile else NAMES) * frame.width) + 12 * s
        x, y, w, h = frame.map
        upper = y + (0.0 if frame.tile else marks.HEAD * s)
        placed = layout(
            layering,
            (x + room, upper, w - 2 * room, y + h - upper),
            bar=BAR * unit,
            gap=GAP * unit,
            most=TALLEST * unit,
            slot=slot(s, GAP * unit),
            wishes=wishes_of(bands, people, asked),
        )
        prepared = marks.prepare(board, gathered, traffic, bands, people, placed, layering, room, net=options.net)
        return cls(options, gathered, traffic, frame, bands, people, layering, placed, measure, prepared)

    @property
    def rows(self) -> list[Sequence[int]]:
        """The codes of each column from the top down."""
        position = self.layout.order.position
        rows = []
        for column in range(len(SIDES)):
            blocks = np.flatnonzero(self.bands.column == column)
            rows.append(self.bands.code[blocks[np.argsort(position[blocks])]].tolist())
        return rows

    @property
    def stood(self) -> Stood:
        """Who stands in each column from the top down."""
        return Stood.of(self.gathered, dict(zip(SIDES, self.rows, strict=True)))

    @property
    def motion(self) -> Motion | None:
        """The people in motion."""
        return self.prepared.motion

    def lanes(self, day: float | None, since: float | None = None) -> Ints:
        """People of each band and lane, (k, lanes), who have moved by a day, and after `since` if given; None: all."""
        return self._landings.lanes(day, since)

    @cached_property
    def _landings(self) -> Landings:
        return Landings.of(self.bands, self.gathered.moves)

    def shown(self, day: float | None, since: float | None = None) -> Ints:
        """People of each band on a day; in net those of the whole span."""
        if self.options.net:
            return self.people
        return np.where(self.people > 0, self.lanes(day, since).sum(axis=1), 0).astype(np.int32)

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
        foot, legend = self.still_foot if still else self.foot
        board = Board(self.options.size, self.measure, base=self.prepared.board)
        marks.bands(board, self, at, since)
        marks.blocks(board, self, at, since)
        if not self.bands.n_bands:
            moves_words.empty(board, self.frame, self.gathered)
        header = said or titled(words.header(self, at), self.gathered, VIEW)
        framing.around(board, self.frame, header)
        if foot is not None:
            board.layer(foot)
        meta = provenance.meta_on(self.gathered, VIEW, self.options.command, at, dataset=still)
        scene = board.scene(header, legend, self.prepared.motion, meta)
        return annotated(scene, self.gathered, self.frame, self.measure)

    @cached_property
    def curves(self) -> Floats:
        """Centre lines of the bands, (k, 4, 2)."""
        return self.layout.curves(self.layering)

    @cached_property
    def foot(self) -> tuple[Layer | None, tuple[str, ...]]:
        """The foot's layer, made once, and the words of the legend."""
        return words.foot(self.prepared.board, self, dots=True)

    @cached_property
    def still_foot(self) -> tuple[Layer | None, tuple[str, ...]]:
        """The same where nobody is on the way."""
        return words.foot(self.prepared.board, self, dots=False)

    @property
    def rests(self) -> Bools:
        """Nowhere: who has landed is part of what they landed on."""
        return move_dots.nowhere(self.motion)
