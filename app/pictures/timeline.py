"""The timeline: moves, deals, claims, successions, seats and targets as events over the days, in lanes.

`TimelinePicture.of` chooses and lays out once; `scene` paints any day of it: what lies after the day stands under a
veil. Marks stack where they coincide and are counted where they are many; an event whose day is not known within a
month is a pale span; names never overlap. Moves that are more than marks can show are counted by month, quarter or year
as bars, over all days.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from app.analysis.options import Options
from app.domain import dates
from app.domain.dataset import Dataset
from app.domain.dates import FUTURE, PAST
from app.domain.errors import Fault, UsageError
from app.domain.index import Ints
from app.pictures import frame as framing
from app.pictures import provenance
from app.pictures import timeline_marks as marks
from app.pictures import timeline_words as words
from app.pictures.annotating import annotated, titled
from app.pictures.board import Board
from app.pictures.career_plan import last_day
from app.pictures.days_axis import Days, draw_lines, draw_veil, draw_words
from app.pictures.gathered import Gathered, in_focus
from app.pictures.happenings import Happenings
from app.pictures.legend import Entry
from app.pictures.tallies import EXACT
from app.pictures.timeline_groups import lanes
from app.pictures.timeline_lanes import MARK, Placed, placed
from app.scene.scene import Measure, Meta, Scene

VIEW = "timeline"
"""Its name on the command line."""
GROUPS = ("kind", "organization")
HEADS, YEARS = 150.0, 22.0
"""Width of the heads of lanes, height of the words of the axis."""
EARLY, EARLY_COUNTED, FEW = 0.06, 0.001, 12
"""Share of events that may lie before the first day of the axis, the same where moves are only counted, and up to how
many events none does."""
LANE = 78.0
"""Height of a lane where there is one for each organization."""
BEFORE = "before the first day drawn"


@dataclass(frozen=True, slots=True)
class TimelineOptions:
    """How a timeline is drawn. filter: level, window (of events, by their nominal days), as-of day (what comes after it
    is pale), known-by day, lens; size: of the picture; focus: organizations and people that events must be about; top:
    lanes at most where there is one for each organization; group: `kind` or `organization`, None for kind; until: the
    last day of the axis, where it shall stand still; command: the command line that re-makes the picture."""

    filter: Options
    size: tuple[float, float] = framing.REFERENCE
    focus: tuple[str, ...] = ()
    top: int | None = None
    group: str | None = None
    until: int | None = None
    command: str = ""


@dataclass(frozen=True, eq=False)
class TimelinePicture:
    """A timeline of one Dataset. happenings: its events, and what is left out; lanes: none without an event; days: the
    axis."""

    options: TimelineOptions
    gathered: Gathered
    happenings: Happenings
    lanes: tuple[Placed, ...]
    days: Days
    frame: framing.Frame
    measure: Measure
    focus: tuple[tuple[int, ...], tuple[int, ...]]

    @classmethod
    def of(
        cls, dataset: Dataset, options: TimelineOptions, measure: Measure, gathered: Gathered | None = None
    ) -> TimelinePicture:
        """Derive, choose and lay out. UsageError for a focus, a lens or a group that does not exist. gathered: what is
        known of the dataset under these options, where it is at hand."""
        group = options.group or GROUPS[0]
        if group not in GROUPS:
            message = f"--group {group!r} is no way to group a timeline"
            raise UsageError(Fault("options", message, f"Write one of {', '.join(GROUPS)}."))
        gathered = gathered or Gathered.of(dataset, options.filter)
        focus = in_focus(dataset, options.focus)
        frame = framing.framed(options.size, foot_height=framing.LOW_FOOT)
        s = frame.type_scale
        x, top, w, h = frame.map
        found = Happenings.of(gathered, *focus, most_marks((w - HEADS * s, h - YEARS * s), s))
        first, last = _ends(gathered, found, options.until)
        days = Days(x + HEADS * s, w - HEADS * s, first, last)
        found = _drawn(found, first)
        board = Board(options.size, measure)
        most = options.top or max(int((h - YEARS * s) / (LANE * s)), 2)
        named = lanes(gathered, found, group, most)
        place = (top + YEARS * s, h - YEARS * s)
        made = placed(board, named, days, place, s, s) if named else []
        return cls(options, gathered, found, tuple(made), days, frame, measure, focus)

    @property
    def clock(self) -> float | None:
        """The day of the options; None where they name none."""
        return self.gathered.clock

    def scene(self, day: float | None = None, *, still: bool = True) -> Scene:
        """The picture on a day; None: on the options' own. still: with the hash of the dataset, as for a file."""
        frame, ground = self.frame, self.ground
        at = self.clock if day is None else day
        board = Board(self.options.size, self.measure, base=ground)
        for layer in ground.finished():
            board.layer(layer)
        framing.ground(board.sheet("ground", 0, "page"), frame)
        header = titled(words.header(self, at), self.gathered, VIEW)
        framing.header(board, board.sheet("header", 80, "page"), frame, header)
        said: tuple[str, ...] = ()
        if self.lanes:
            bottom = self.lanes[-1].top + self.lanes[-1].height
            draw_veil(board, self.days, at, (frame.map[1], bottom), frame.type_scale)
            said = words.foot(self, board, at)
        else:
            words.nothing(self, board.sheet("nothing", 10))
        scene = board.scene(header, said, None, self.meta(at, dataset=still))
        return annotated(scene, self.gathered, frame, self.measure)

    @cached_property
    def exact_moves(self) -> tuple[Ints, npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Of the moves that are known within a month the days (m,), ascending; the months since 1970 in which they lie
        (k,), and where the days of each begin, with the end (k + 1,)."""
        crowd = self.happenings.crowd
        moves = (e.day for e in self.happenings.events if e.kind == "moves" and e.hi - e.lo <= EXACT)
        counted = crowd.joined[crowd.joined_hi - crowd.joined_lo <= EXACT]
        days = np.sort(np.concatenate([np.fromiter(moves, dtype=np.int32), counted]))
        every = days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
        months, first = np.unique(every, return_index=True)
        return days, months, np.append(first, len(days))

    @cached_property
    def told(self) -> str:
        """How many events there are of each kind."""
        return words.counts(self.happenings.events, len(self.happenings.crowd), self.period)

    @property
    def period(self) -> str:
        """By what moves are counted that have no mark each; blank where all have."""
        return next((lane.tallies.word for lane in self.lanes if lane.tallies is not None), "")

    @cached_property
    def signs(self) -> tuple[Entry, ...]:
        """What the legend says on every day."""
        return tuple(words.entries(self))

    @cached_property
    def ground(self) -> Board:
        """A board with all that no day changes, in layers."""
        board = Board(self.options.size, self.measure)
        if not self.lanes:
            return board
        s, (x, top, _, _) = self.frame.type_scale, self.frame.map
        bottom = self.lanes[-1].top + self.lanes[-1].height
        draw_lines(board.sheet("grid", 5), self.days, top + 6 * s, bottom, s)
        draw_words(board, board.sheet("years", 8), self.days, top + 14 * s, s)
        for lane in self.lanes:
            marks.draw(board, lane, self.days, x, s)
        return board

    def meta(self, at: float | None, *, dataset: bool = True) -> Meta:
        """What made the picture."""
        as_of = words.day_text(self, at)
        left, digest = self.happenings.left_out, None if dataset else ""
        return provenance.meta(self.gathered, VIEW, self.options.command, as_of, left, digest=digest)


def _ends(gathered: Gathered, found: Happenings, until: int | None) -> tuple[int, int]:
    """First and last day of the axis: of the window where one is given, else of the events; few may lie before it."""
    window = gathered.options.window
    days = np.concatenate([np.array([event.day for event in found.events], dtype=np.int64), found.crowd.joined])
    last = max(last_day(gathered), until or 0, int(days.max()) + 1 if len(days) else 0)
    if window is not None and window[1] < FUTURE:
        last = window[1]
    if window is not None and window[0] > PAST:
        return window[0], max(last, window[0] + 1)
    if not len(days):
        return dates.months_on(last, -60), last
    share = EARLY_COUNTED if len(found.crowd) else EARLY
    early = int(days.min()) if len(days) <= FEW else int(np.quantile(days, share))
    first = dates.day(max(int(dates.text(early)[:4]), 1))
    return min(first, last - 30), last


def _drawn(found: Happenings, first: int) -> Happenings:
    """Without what lies wholly before the first day, which is counted."""
    kept = tuple(event for event in found.events if event.hi > first)
    crowd = found.crowd.take(found.crowd.joined_hi > first)
    n = len(found.events) - len(kept) + len(found.crowd) - len(crowd)
    if not n:
        return found
    return replace(found, events=kept, crowd=crowd, left_out=((BEFORE, n), *found.left_out))


def most_marks(room: tuple[float, float], s: float) -> int:
    """How many moves have a mark each in a room: of as many as half of it could hold some columns are full."""
    columns, levels = (int(side / (MARK * s)) for side in room)
    return columns * levels // 2
