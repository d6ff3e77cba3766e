"""The alluvial picture: where the people of a cohort were at the end of each period.

Columns are periods, blocks the organizations where people were, bands the people who stayed or moved from one period
to the next. `Alluvial.of` derives and lays out once for the whole span; `scene` paints any day of it: what lies after
the day stands pale.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from app.analysis.options import Options
from app.domain.dataset import Dataset
from app.domain.index import Ints
from app.domain.views import orders
from app.layout.layering import Layering
from app.layout.sankey import SankeyLayout, layout
from app.pictures import alluvial_marks as marks
from app.pictures import alluvial_words as words
from app.pictures import frame as framing
from app.pictures import move_dots, provenance
from app.pictures.alluvial_cohort import Cohort, span_of
from app.pictures.annotating import annotated, hidden, titled
from app.pictures.band_marks import names_room, slot
from app.pictures.bands import Bands
from app.pictures.board import Board
from app.pictures.flowmap import default_top
from app.pictures.gathered import Gathered
from app.pictures.sankey_flows import codes_of, links_of, wishes_of
from app.pictures.stood import Stood
from app.scene import motion as moving
from app.scene.marks import Bools, Floats
from app.scene.motion import Motion
from app.scene.scene import Header, Layer, Measure, Scene

VIEW = "alluvial"
"""Its name in the table `views` and on the command line."""
EVERY = "every"
"""The name of the chosen order, which holds in every column."""
BAR, GAP, TALLEST, NAMES = 8.0, 9.0, 26.0, 0.15
"""Width of a bar, gap between two, height of a person at most, all in design pixels; the share of the width that names
at one side may take."""
COLUMN = 96.0
"""Pixels that a column needs for its head and its bands."""
PERIODS = {"quarter": 3, "half-year": 6, "year": 12}
"""Lengths that may be chosen, in months."""


@dataclass(frozen=True, slots=True)
class AlluvialOptions:
    """How an alluvial picture is drawn. filter: whom it is about, and the days (the as-of day is the last column);
    size: of the picture; top: organizations with blocks of their own (None: by size); focus: people, or organizations
    at which somebody was ever, to be the cohort; months: length of a period (None: as fits); span: first and last day
    (None: by the moves); command: the command line that re-makes the picture."""

    filter: Options
    size: tuple[float, float] = framing.REFERENCE
    top: int | None = None
    focus: tuple[str, ...] = ()
    months: int | None = None
    span: tuple[int, int] | None = None
    command: str = ""


@dataclass(frozen=True, eq=False)
class Alluvial:
    """An alluvial picture of one Dataset under one set of options: everything but the day."""

    options: AlluvialOptions
    gathered: Gathered
    cohort: Cohort
    frame: framing.Frame
    layering: Layering
    layout: SankeyLayout
    measure: Measure
    prepared: marks.Prepared

    @classmethod
    def of(
        cls,
        dataset: Dataset,
        options: AlluvialOptions,
        measure: Measure,
        previous: Alluvial | Stood | None = None,
        gathered: Gathered | None = None,
    ) -> Alluvial:
        """Derive and lay out. With `previous`, organizations keep their order in the columns of the same day; gathered:
        the moves and the days, where they are at hand."""
        gathered = gathered or Gathered.of(dataset, options.filter, options.focus)
        frame = framing.framed(options.size, foot_height=framing.LOW_FOOT)
        unit, s = frame.scale, frame.type_scale
        most = max(int(frame.map[2] * (1 - 2 * NAMES) / (COLUMN * s)) + 1, 2)
        top = options.top or default_top(options.size)
        cohort = Cohort.of(
            gathered, options.span or span_of(gathered), most, options.months, top, hidden(gathered, VIEW)
        )
        bands = cohort.bands
        layering = links_of(bands, bands.people)
        kept = previous.stood if isinstance(previous, Alluvial) else previous
        asked = {} if kept is None else _kept(kept, gathered, cohort)
        chosen = codes_of(gathered, orders(dataset, VIEW).get(EVERY, ()))
        if chosen:
            asked = dict.fromkeys(range(len(cohort.periods)), chosen)
        board = Board(options.size, measure)
        texts = marks.texts(gathered, cohort)
        room = names_room(board, texts, s, NAMES * frame.width) + 12 * s
        x, y, w, h = frame.map
        top_y = y + marks.HEAD * s
        placed = layout(
            layering,
            (x + room, top_y, w - 2 * room, y + h - top_y),
            bar=BAR * unit,
            gap=GAP * unit,
            most=TALLEST * unit,
            slot=slot(s, GAP * unit),
            wishes=wishes_of(bands, bands.people, asked),
        )
        prepared = marks.prepare(board, gathered, cohort, placed, layering, room)
        return cls(options, gathered, cohort, frame, layering, placed, measure, prepared)

    @property
    def bands(self) -> Bands:
        """Blocks and the people between them."""
        return self.cohort.bands

    @property
    def stood(self) -> Stood:
        """Who stands in each column from the top down, by the last day of its period."""
        position, rows = self.layout.order.position, {}
        for column, period in enumerate(self.cohort.periods):
            blocks = np.flatnonzero(self.bands.column == column)
            rows[str(period.day)] = self.bands.code[blocks[np.argsort(position[blocks])]].tolist()
        return Stood.of(self.gathered, rows)

    @property
    def motion(self) -> Motion | None:
        """The people in motion: those whose move is dated."""
        return self.prepared.motion

    def columns(self, day: float | None) -> Ints:
        """The columns that a day has reached."""
        days = np.array([period.day for period in self.cohort.periods])
        return np.flatnonzero(days <= (np.inf if day is None else day)).astype(np.int32)

    def scene(
        self,
        day: float | None = None,
        *,
        mode: moving.Mode = "cumulative",
        window: float = 183.0,
        still: bool = True,
        said: Header | None = None,
    ) -> Scene:
        """The picture on a day. None: all of it.

        mode: what of the past stands in full (all, the columns of the `window` days before, none); still: with the hash
        of the dataset and without a word of dots, as for a file; said: the words above, where they are not those of the
        day.
        """
        since = moving.since(day, mode, window)
        foot, legend = self.still_foot if still else self.foot
        board = Board(self.options.size, self.measure, base=self.prepared.board)
        framing.ground(board.sheet("ground", 0, "page"), self.frame)
        marks.bands(board, self, day, since)
        marks.blocks(board, self, day)
        header = said or titled(words.header(self, day), self.gathered, VIEW)
        framing.header(board, board.sheet("header", 80, "page"), self.frame, header)
        if foot is not None:
            board.layer(foot)
        if not self.cohort.n_people:
            words.empty(board, self.frame, self.gathered)
        meta = provenance.meta_on(self.gathered, VIEW, self.options.command, day, dataset=still)
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


def _kept(stood: Stood, gathered: Gathered, cohort: Cohort) -> dict[int, list[int]]:
    """The order of the columns of the same days: codes from the top down."""
    days = {n: str(period.day) for n, period in enumerate(cohort.periods)}
    return {n: stood.codes(gathered, day) for n, day in days.items() if day in stood.columns}
