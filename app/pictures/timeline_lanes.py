"""The lanes of a timeline in their places: where the marks, spans and names of their events are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.analysis.order import Positions
from app.layout import timeline as layout
from app.pictures import wording
from app.pictures.board import Board
from app.pictures.days_axis import Days
from app.pictures.tallies import EXACT, Tallies
from app.pictures.timeline_groups import Lane
from app.scene import lettering
from app.scene.marks import Bools, Floats, Ints, floats
from app.scene.style import Role, Style

BARS, HIGH_BARS, HIGHEST_BARS = 40.0, 150.0, 1200.0
"""Heights of bars of moves that are counted, in design pixels: what a lane asks for first, then, and where there is
room left."""
MARK, SPAN, NAME, COUNT, PAD, HEAD = 8.4, 15.0, 14.0, 12.0, 7.0, 34.0
"""Heights of a mark, a span, a name, a count above marks, the room at both edges of a lane, and what its head takes at
least, in design pixels."""
LONGEST = 250.0
"""A name is shortened to this."""
LOOSE, MOST_ROWS, MOST_FLAGS = 1.6, 14, 30
"""Rows of names that a lane asks for, against those that they would fill side by side, and at most; and at most where
there is room left."""
MOST_NAMED = 500
"""Of more events only those that matter most are considered for a name."""


@dataclass(frozen=True, eq=False)
class Span:
    """Events whose days are not known better than from lo to hi, alike: their numbers in the lane; row: from below."""

    events: tuple[int, ...]
    x0: float
    x1: float
    row: int


@dataclass(frozen=True, eq=False)
class Placed:
    """A lane with everything in its place. marks: numbers of its events with a mark; x, level (m,): of the marks that
    stand; shown (m,): whether a mark stands, or is counted above its column; counts: places and sums of those; spans:
    those that stand; n_spans_over: events in spans that find no room; named: numbers of marks with a name; name_x,
    name_row; tall: marks one above the other; n_rows: of names; n_spans: rows of spans; tallies: of the moves that are
    only counted; bars: what they take of the height with the number above them, in design pixels."""

    lane: Lane
    marks: Positions
    x: Floats
    level: Ints
    shown: Bools
    counts: tuple[Floats, Ints]
    spans: tuple[Span, ...]
    n_spans_over: int
    named: Positions
    name_x: Floats
    name_row: Ints
    names: tuple[str, ...]
    tall: int
    n_rows: int
    n_spans: int
    top: float
    height: float
    unit: float
    tallies: Tallies | None
    bars: float

    @property
    def floor(self) -> float:
        """Where bars stand."""
        return self.top + self.height - (PAD + SPAN * self.n_spans) * self.unit

    @property
    def base(self) -> float:
        """Where the lowest marks stand: above the bars."""
        return self.floor - self.bars * self.unit

    def mark_y(self, level: int) -> float:
        """The middle of a mark."""
        return self.base - (level + 0.5) * MARK * self.unit

    @property
    def count_y(self) -> float:
        """The baseline of counts above marks."""
        return self.base - self.tall * MARK * self.unit - 2.5 * self.unit

    def name_y(self, row: int) -> float:
        """The baseline of a name."""
        above = COUNT if len(self.counts[0]) else 0.0
        return self.base - (self.tall * MARK + above + row * NAME + 5.0) * self.unit

    def span_y(self, row: int) -> float:
        """The upper edge of a span."""
        return self.floor + (row * SPAN + 2.0) * self.unit

    @property
    def n_unnamed(self) -> int:
        """Events that stand without a name."""
        return int(self.shown.sum()) - len(self.named)


@dataclass(frozen=True, eq=False)
class _Needs:
    """What a lane would take: marks one above the other, rows of spans, rows of names."""

    lane: Lane
    exact: Positions
    stacks: layout.Stacks
    spans: tuple[Span, ...]
    texts: tuple[str, ...]
    widths: Floats
    tallies: Tallies | None

    @property
    def tall(self) -> int:
        return int(self.stacks.heights.max(initial=0))

    @property
    def n_spans(self) -> int:
        return max((span.row for span in self.spans), default=-1) + 1

    def least(self) -> float:
        """The least height, in design pixels."""
        room = MARK * min(self.tall, 3) + SPAN * min(self.n_spans, 2) + (NAME if self.tall else 0.0) + 2 * PAD
        return max(room + (BARS if self.tallies is not None else 0.0), HEAD)

    def rows(self, days: Days) -> int:
        """Rows that its names would take."""
        if not self.tall:
            return 0
        return int(min(np.ceil(float(self.widths.sum()) / max(days.w, 1.0) * LOOSE) + 1, MOST_ROWS))

    def most(self, rows: int, bars: float = HIGH_BARS) -> float:
        """The height that would give room to everything, with so many rows of names and so high bars."""
        room = MARK * self.tall + SPAN * self.n_spans + NAME * rows + 2 * PAD
        return max(room + (bars if self.tallies is not None else 0.0), self.least())

    @property
    def flags(self) -> int:
        """Rows that its names would take if each had one to itself, as far as that helps."""
        return min(int((self.widths > 0).sum()), MOST_FLAGS)


def placed(
    board: Board, found: Sequence[Lane], days: Days, place: tuple[float, float], unit: float, s: float
) -> list[Placed]:
    """Lanes one below the other in `place` (top, height), each as high as what stands in it asks for. s: of type."""
    needs = [_needs(board, lane, days, unit, s) for lane in found]
    top, height = place
    wishes = (
        [need.least() for need in needs],
        [need.most(need.rows(days)) for need in needs],
        [need.most(max(need.rows(days), need.flags), HIGHEST_BARS) for need in needs],
    )
    heights = np.zeros(len(needs))
    for wish in wishes:  # each as far as there is room
        more = np.maximum(np.array(wish) * unit - heights, 0.0)
        heights = heights + more * min(max(height - heights.sum(), 0.0) / max(more.sum(), 1e-9), 1.0)
    made = []
    for need, tall in zip(needs, heights.tolist(), strict=True):
        made.append(_placed(board, need, days, top, tall, unit, s))
        top += tall
    return made


def _needs(board: Board, lane: Lane, days: Days, unit: float, s: float) -> _Needs:
    vague = np.array([event.hi - event.lo > EXACT for event in lane.events], dtype=np.bool_)
    exact = np.flatnonzero(~vague)
    x = days.across(np.array([lane.events[n].day for n in exact.tolist()], dtype=np.float64))
    stacks = layout.stacked(np.clip(x, days.x, days.end), MARK * unit)
    font = (11 * s, lettering.font(Style(Role.LEGEND))[1])
    chosen = np.sort(_weightiest(lane, exact))
    names = [lane.events[n].name for n in chosen.tolist()]
    board.know(names, font)
    texts = tuple(board.elided(name, font, LONGEST * s) for name in names)
    board.know(texts, font)
    widths = floats([board.width(text, font) for text in texts])
    at = np.searchsorted(exact, chosen)
    every = np.zeros(len(exact))
    every[at] = widths
    all_texts = np.full(len(exact), "", dtype=object)
    all_texts[at] = texts
    tallies = Tallies.of(lane.crowd, days, s) if len(lane.crowd) else None
    spans = _spans(lane, np.flatnonzero(vague), days, unit)
    return _Needs(lane, exact, stacks, spans, tuple(all_texts), every, tallies)


def _weightiest(lane: Lane, exact: Positions) -> Positions:
    """Those of the events that are considered for a name."""
    weight = np.array([lane.events[n].weight for n in exact.tolist()])
    day = np.array([lane.events[n].day for n in exact.tolist()])
    return exact[np.lexsort((np.arange(len(exact)), -day, -weight))[:MOST_NAMED]] if len(exact) else exact


def _spans(lane: Lane, vague: Positions, days: Days, unit: float) -> tuple[Span, ...]:
    """Spans, of those with the same bounds one."""
    groups: dict[tuple[int, int], list[int]] = {}
    for n in vague.tolist():
        groups.setdefault((lane.events[n].lo, lane.events[n].hi), []).append(n)
    bounds = np.array(list(groups), dtype=np.float64).reshape(-1, 2)
    ends = np.clip(days.across(bounds), days.x, days.end)
    ends[:, 1] = np.maximum(ends[:, 1], ends[:, 0] + 3.0 * unit)
    rows = layout.packed(ends[:, 0], ends[:, 1], 2.0 * unit)
    return tuple(
        Span(tuple(numbers), float(x0), float(x1), int(row))
        for numbers, (x0, x1), row in zip(groups.values(), ends.tolist(), rows.tolist(), strict=True)
    )


def _counts(board: Board, x: Floats, counts: Ints, s: float) -> tuple[Floats, Ints]:
    """Counts above columns, put together until none touches the next one."""
    font = (10.5 * s, lettering.font(Style(Role.STUB_COUNT))[1])
    breadth = 0.0
    while True:
        found = layout.clustered(x, counts, breadth)
        needed = max((board.width(f"+{n:,}", font) + 6 * s for n in found[1].tolist()), default=0.0)
        if needed <= breadth:
            return found
        breadth = needed


def _placed(board: Board, need: _Needs, days: Days, top: float, height: float, unit: float, s: float) -> Placed:
    """One lane: what is left after the marks and the spans is for names."""
    whole = height / unit - 2 * PAD + 0.01
    room = min(need.most(need.rows(days), 0.0) - 2 * PAD, whole - BARS) if need.tallies is not None else whole
    free = room - need.tall * MARK - need.rows(days) * NAME
    n_spans = min(need.n_spans, max(int(max(0.4 * room, free) / SPAN), 1 if need.n_spans else 0))
    left = room - n_spans * SPAN
    tall = min(need.tall, max(int(max(0.6 * left, left - need.rows(days) * NAME) / MARK), 2))
    over = np.maximum(need.stacks.heights - tall, 0)
    if over.any():
        tall = max(tall - 1, 1)
        over = np.maximum(need.stacks.heights - tall, 0)
    left = room - n_spans * SPAN - tall * MARK - (COUNT if over.any() else 0.0)
    n_rows = max(int(left / NAME), 0) if need.tall else 0
    bars = whole - n_spans * SPAN - tall * MARK - (COUNT if over.any() else 0.0) - n_rows * NAME
    shown = need.stacks.level < tall
    columns = np.flatnonzero(over)
    middle = np.zeros(len(need.stacks.heights))
    middle[need.stacks.column] = need.stacks.x
    counts = _counts(board, middle[columns] - MARK / 2 * unit, over[columns].astype(np.int32), s)
    wanted = np.flatnonzero(shown & (need.widths > 0))
    weight = floats([need.lane.events[n].weight for n in need.exact[wanted].tolist()])
    labels = layout.labelled(
        need.stacks.x[wanted], need.widths[wanted], weight, n_rows=n_rows, extent=(days.x, days.end + 4 * s), gap=10 * s
    )  # fmt: skip
    named = labels.row != layout.DROPPED
    spans = tuple(span for span in need.spans if span.row < n_spans)
    return Placed(
        need.lane,
        need.exact,
        need.stacks.x,
        need.stacks.level,
        shown,
        counts,
        spans,
        sum(len(span.events) for span in need.spans if span.row >= n_spans),
        wanted[named],
        labels.x[named],
        labels.row[named],
        tuple(need.texts[n] for n in wanted[named].tolist()),
        tall,
        n_rows,
        n_spans,
        top,
        height,
        unit,
        need.tallies,
        bars if need.tallies is not None else 0.0,
    )


def said(lane: Placed) -> str:
    """`214 moves`, what stands in a lane."""
    return wording.counted(lane.lane.n, *lane.lane.noun)
