"""Careers in their places: the bars of all stints that have a line, the joins between them, the axis of days."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from app.analysis.order import NONE, Positions
from app.analysis.seen import last_seen
from app.domain import dates
from app.domain.dates import FUTURE, PAST
from app.domain.index import ABSENT, DENIED, STINT_KINDS, Bools, Ints
from app.layout import careers as layout
from app.pictures.career_rows import Order
from app.pictures.days_axis import Days
from app.pictures.gathered import Gathered
from app.scene.marks import Floats

ROW, LANE, BAR, HEAD, ROLE = 29.5, 20.0, 14.0, 30.0, 16.0
"""Heights of a row, of each further lane, of a bar, of the head of a group, of a role below a bar, in design pixels."""
BELOW = 1.5
"""How far a bar stands above the middle of its row: what is left below is for the bracket of its days."""
EXACT = 31
"""A day that is not known within so many has a bracket."""
EARLY, FEW = 0.04, 12
"""Share of stints that may begin before the first day of the axis, and up to how many people none does."""
OFFER = STINT_KINDS.index("offer")
OFFER_WIDE = 11.0
"""Room for the sign of an offer."""


@dataclass(frozen=True, eq=False)
class Stints:
    """The stints that may be drawn. at: positions in the Index, ascending, so that those of a person follow one
    another; n_dangling: stints without a person or an organization that exists; n_later: not known yet by the known-by
    day."""

    gathered: Gathered
    at: Positions
    n_dangling: int
    n_later: int

    @classmethod
    def of(cls, gathered: Gathered) -> Stints:
        """Of all people; denied ones and all kinds among them."""
        index, known = gathered.careers.index, gathered.careers.known
        whole = (index.person != ABSENT) & (index.organization != ABSENT)
        later = int(np.count_nonzero(whole & ~known.shown))
        return cls(gathered, np.flatnonzero(whole & known.shown), int(np.count_nonzero(~whole)), later)

    @cached_property
    def seen(self) -> Ints:
        """Until when each stint of the Index has been looked at, (n,); PAST where nothing tells."""
        return last_seen(self.gathered.dataset, self.gathered.options.known_by)


def at_focus(gathered: Gathered, organizations: tuple[int, ...]) -> Bools:
    """Which stints are at an organization in focus, or below it: a post, a visit, a study, but no mere offer and
    nothing denied; (n,) in the order of the Index."""
    careers = gathered.careers
    index, known = careers.index, careers.known
    found: Bools = np.zeros(len(index), dtype=np.bool_)
    at = np.flatnonzero((index.organization != ABSENT) & (index.status != DENIED) & (index.kind != OFFER) & known.shown)
    days = np.where(known.start_lo[at] > PAST, known.start_lo[at], np.minimum(known.end_lo[at], gathered.newest))
    found[at] = careers.levels.hierarchy.within(index.organization[at], days, list(organizations))
    return found


@dataclass(frozen=True, eq=False)
class Spans:
    """When stints begin and end as they are drawn, (b,) days, NaN where not known; open: still running."""

    begin: Floats
    end: Floats
    open: Bools

    @classmethod
    def of(cls, gathered: Gathered, at: Positions, until: int) -> Spans:
        """Of stints at some positions. A start stands at its nominal day, an end at its earliest; where the bounds of
        an end hold the day the next post began it stands at that day, and where those of a start hold the day the post
        before ended, at that one; a start of which nothing is known has no place. A running stint goes on to
        `until`."""
        careers = gathered.careers
        known, left, joined = careers.known, careers.left, careers.joined
        begin = np.where(known.start_lo > PAST, known.nominal, np.nan)
        running: Bools = known.end_lo >= FUTURE
        end = np.where((known.end_lo > PAST) & ~running, known.end_lo, np.nan)
        then = begin[joined]
        meets = (then >= known.end_lo[left]) & (then < known.end_hi[left])
        end[left[meets]] = then[meets]
        so_far = end[left]
        vague = (known.start_lo[joined] > PAST) & (known.nominal[joined] == known.start_lo[joined])
        meets = vague & (so_far > known.start_lo[joined]) & (so_far < known.start_hi[joined])
        begin[joined[meets]] = so_far[meets]
        begin, end, running = begin[at], end[at], running[at]
        return cls(begin, np.where(running, np.fmax(begin, until), end), running)


def last_day(gathered: Gathered) -> int:
    """The day up to which stints that still run are drawn: the newest that anything known was published on, or the
    as-of day that was asked for, if that is later."""
    options = gathered.options
    newest = gathered.newest if options.known_by is None else min(gathered.newest, options.known_by)
    return newest if options.as_of is None else max(newest, options.as_of)


def first_day(gathered: Gathered, spans: Spans, n_people: int, until: int) -> int:
    """The first day of the axis: that of the window; else a new year before which few of the stints begin, so that one
    long career does not push all the others aside."""
    window = gathered.options.window
    if window is not None and window[0] > PAST:
        return window[0]
    known = np.concatenate([spans.begin[~np.isnan(spans.begin)], spans.end[~np.isnan(spans.end) & ~spans.open]])
    known = known[known < until]
    if not len(known):
        return dates.months_on(until, -60)
    first = float(known.min() if n_people <= FEW else np.quantile(known, EARLY))
    return dates.day(max(int(dates.text(int(first))[:4]), 1))


@dataclass(frozen=True, eq=False)
class Plan:
    """Everything in its place, world units. at (b,): positions of the drawn stints in the Index, by row; row (b,);
    spans, bars (b,); rows: of the order; y (b,): upper edge of each bar, high: its height; unit: a design pixel; joins
    (j, 2): numbers of bars; roles: whether they stand below the bars; days: the axis; name_x, name_w: right end and
    width of the names; top: where the rows begin."""

    stints: Stints
    order: Order
    at: Positions
    row: Ints
    spans: Spans
    bars: layout.Bars
    rows: layout.Rows
    days: Days
    top: float
    unit: float
    name_x: float
    name_w: float
    joins: Ints
    roles: bool

    @property
    def gathered(self) -> Gathered:
        """What is known of the dataset."""
        return self.stints.gathered

    @property
    def bar(self) -> float:
        """Height of a bar."""
        return BAR * self.unit

    @property
    def lane(self) -> float:
        """Height of a lane."""
        return (LANE + (ROLE if self.roles else 0.0)) * self.unit

    @cached_property
    def y(self) -> Floats:
        """Upper edges of the bars, (b,)."""
        above = ((ROW - BAR) / 2 - BELOW) * self.unit
        found: Floats = self.top + self.rows.top[self.row] + above + self.bars.lane * self.lane
        return found

    @property
    def bottom(self) -> float:
        """Lower edge of the last row."""
        return self.top + self.rows.bottom

    @cached_property
    def first_bar(self) -> Positions:
        """The number of the first bar of each row, and how many bars there are, (rows + 1,)."""
        return np.searchsorted(self.row, np.arange(len(self.order) + 1))

    @cached_property
    def seen(self) -> Ints:
        """Until when each stint has been looked at, (b,); PAST where nothing tells."""
        return self.stints.seen[self.at]

    @cached_property
    def brackets(self) -> tuple[Ints, Floats]:
        """Numbers of bars, and from where to where a date of theirs may be: (k,), (k, 2). Starts, then ends."""
        known = self.gathered.careers.known
        found, spans = [], []
        for lo, hi in ((known.start_lo, known.start_hi), (known.end_lo, known.end_hi)):
            lo, hi = lo[self.at], hi[self.at]
            vague = (lo > PAST) & (hi < FUTURE) & (hi - lo > EXACT) & self.bars.inside
            n = np.flatnonzero(vague).astype(np.int32)
            ends = np.stack([self.days.across(lo[n]), self.days.across(hi[n])], axis=1)
            ends = np.clip(ends, self.days.x, self.days.end)
            wide = ends[:, 1] - ends[:, 0] > 3.0
            found.append(n[wide])
            spans.append(ends[wide])
        return np.concatenate(found), np.concatenate(spans)

    def curves(self, which: Positions) -> Floats:
        """The curves of some joins, (k, 4, 2)."""
        a, b = self.joins[which].T
        middle = self.bar / 2
        y0, y1 = self.y[a] + middle, self.y[b] + middle
        return layout.joins(self.bars.x1[a], y0, self.bars.x0[b], y1, 12.0 * self.unit)

    @cached_property
    def touching(self) -> Bools:
        """Which joins are of bars that stand side by side, (j,)."""
        a, b = self.joins.T
        near = np.abs(self.bars.x1[a] - self.bars.x0[b]) <= 2.5 * self.unit
        found: Bools = near & (self.bars.lane[a] == self.bars.lane[b])
        return found


def planned(
    stints: Stints,
    order: Order,
    place: tuple[float, float, float],
    *,
    names: float,
    unit: float,
    until: int,
    first: int,
    heads: Bools,
    roles: bool = False,
) -> Plan:
    """Lay out some people. stints: all that may be drawn; place: left, top, width; names: width of the
    names; first, until: days of the axis; heads (r,): above which rows a head stands; roles: whether there is room for
    them below the bars."""
    x, top, w = place
    gathered, careers = stints.gathered, stints.gathered.careers
    row_of = np.full(gathered.dataset["people"].height, NONE, dtype=np.int32)
    row_of[order.people] = np.arange(len(order))
    at = stints.at[row_of[careers.index.person[stints.at]] != NONE]
    row = row_of[careers.index.person[at]]
    by_row = np.argsort(row, kind="stable")
    at, row = at[by_row], row[by_row]
    spans = Spans.of(gathered, at, until)
    days = Days(x + names + 12 * unit, w - names - 12 * unit, first, until)
    begin, end = days.across(spans.begin), days.across(spans.end)
    offers = careers.index.kind[at] == OFFER
    end = np.where(offers & ~np.isnan(begin), begin + OFFER_WIDE * unit, end)
    number = np.full(len(careers.index), NONE, dtype=np.int32)
    number[at] = np.arange(len(at))
    follows = np.where(careers.before[at] != NONE, number[careers.before[at]], NONE).astype(np.int32)
    bars = layout.bars(row, begin, end, (days.x, days.end), unit=unit, follows=follows)
    below = ROLE if roles else 0.0
    rows = layout.rows(
        len(order), row[bars.inside], bars.lane[bars.inside], pitch=(ROW + below) * unit,
        lane_pitch=(LANE + below) * unit, heads=heads, head_height=HEAD * unit,
    )  # fmt: skip
    after = np.flatnonzero((follows != NONE) & bars.inside)
    after = after[bars.inside[follows[after]]]
    joins = np.stack([follows[after], after], axis=1).astype(np.int32)
    return Plan(stints, order, at, row, spans, bars, rows, days, top, unit, x + names, names, joins, roles)
