"""Careers: one line a person over the days, stints as bars in the colour of the organization, moves as joins.

`CareersPicture.of` chooses and lays out once; `scene` paints any day of it: what lies after the day stands under a
veil. On one page stand as many people as can be read; the others are counted, and shown as how many were where.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from app.analysis.options import Options
from app.domain.dataset import Dataset
from app.domain.index import Bools
from app.pictures import career_density as density
from app.pictures import career_words as words
from app.pictures import frame as framing
from app.pictures import provenance
from app.pictures.annotating import annotated, titled
from app.pictures.board import Board
from app.pictures.career_choice import Chosen
from app.pictures.career_marks import NAME, YEARS_AGAIN, Marks
from app.pictures.career_plan import ROW, Plan, Spans, first_day, planned
from app.pictures.career_rows import Order, telling
from app.pictures.days_axis import draw_lines, draw_veil, draw_words
from app.pictures.gathered import Gathered
from app.pictures.legend import Entry
from app.scene import lettering
from app.scene.scene import Measure, Meta, Scene
from app.scene.style import Role, Style

VIEW = "careers"
"""Its name on the command line."""
LOW, LOWEST = 22.0, 16.0
"""Rows become as low as this before people are left out; as the latter where the user says how many."""
ROOMY = 1.15
"""Where rows would leave half the page free they grow by this, and roles stand below the bars."""
YEARS = 22.0
"""Height of the words of the axis."""
WIDEST, LEAST_WIDE = 210.0, 60.0
"""Width of names, at most and at least."""
LONGEST = 300
"""Of more people only so many of the longest names are measured."""
ROOM_FOR_BANDS = 420.0
"""Where the rows have less room than this, those without a line are only counted."""


@dataclass(frozen=True, slots=True)
class CareersOptions:
    """How careers are drawn. filter: level, window (the days of the axis), as-of day (what comes after it is pale),
    known-by day, lens (only people that it lets through); size: of the picture; focus: organizations (only people who
    were ever there, or below; other bars are pale) and people (all other lines are pale); top: people that have a line
    (None: as many as there is room for); sort, group: words of `career_rows`, None for the usual order; until: the last
    day of the axis, where it shall stand still; command: the command line that re-makes the picture."""

    filter: Options
    size: tuple[float, float] = framing.REFERENCE
    focus: tuple[str, ...] = ()
    top: int | None = None
    sort: str | None = None
    group: str | None = None
    until: int | None = None
    command: str = ""


@dataclass(frozen=True, eq=False)
class CareersPicture:
    """Careers of one Dataset on one page. order: who has a line; plan: where everything stands, None without anyone;
    scale: of geometry, at most that of type."""

    options: CareersOptions
    gathered: Gathered
    chosen: Chosen
    order: Order
    plan: Plan | None
    frame: framing.Frame
    measure: Measure

    @classmethod
    def of(
        cls, dataset: Dataset, options: CareersOptions, measure: Measure, gathered: Gathered | None = None
    ) -> CareersPicture:
        """Derive, choose and lay out. UsageError for a focus, lens, order or group that does not exist. gathered: what
        is known of the dataset under these options, where it is at hand."""
        gathered = gathered or Gathered.of(dataset, options.filter)
        chosen = cls._chosen(gathered, options)
        frame = framing.framed(options.size, foot_height=framing.LOW_FOOT)
        return cls._laid_out(options, chosen, frame, measure)

    @staticmethod
    def _chosen(gathered: Gathered, options: CareersOptions) -> Chosen:
        sort, group = options.sort, options.group
        return Chosen.of(gathered, focus=options.focus, sort_word=sort, group_word=group, until=options.until)

    @classmethod
    def whole(
        cls, dataset: Dataset, options: CareersOptions, measure: Measure, gathered: Gathered | None = None
    ) -> CareersPicture:
        """Everyone at reading size, however far down that leads: for a window to scroll over, with the years again and
        again."""
        gathered = gathered or Gathered.of(dataset, options.filter)
        chosen = cls._chosen(gathered, options)
        frame = framing.framed(options.size, foot_height=framing.LOW_FOOT)
        order, s = chosen.everyone, frame.type_scale
        plan = plan_of(chosen, order, frame, measure, unit=s, every=YEARS_AGAIN) if len(order) else None
        return cls(options, gathered, chosen, order, plan, frame, measure)

    @classmethod
    def _laid_out(
        cls, options: CareersOptions, chosen: Chosen, frame: framing.Frame, measure: Measure
    ) -> CareersPicture:
        """As many people as can be read on the page, the most telling ones."""
        everyone, s = chosen.everyone, frame.type_scale
        room = frame.map[3] - YEARS * s
        total = len(everyone)
        wanted = min(options.top or total, total)
        least = (LOW if options.top is None else LOWEST) * s
        some = min(wanted, max(int(room / least), 1))
        told = density.can_be_told(chosen.gathered, chosen.until)
        while True:
            chosen_rows = np.ones(total, dtype=np.bool_)
            if some < total:
                lit = np.isin(everyone.people, list(chosen.strength.lit))
                rest = np.flatnonzero(~lit)
                most = max(some - int(lit.sum()), 0)
                chosen_rows = lit.copy()
                chosen_rows[rest[telling(chosen.people, everyone.people[rest], most)]] = True
            order = everyone.some(chosen_rows)
            if not len(order):
                return cls(options, chosen.gathered, chosen, order, None, frame, measure)
            free = room - (_bands_height(total - len(order), room, s) if told else 0.0)
            plan = plan_of(chosen, order, frame, measure, unit=s)
            if 2 * plan.rows.bottom < free:
                plan = plan_of(chosen, order, frame, measure, unit=s * ROOMY, roles=True)
            fit = free / max(plan.rows.bottom, 1.0)
            if fit >= 1.0:
                break
            lowest = least / (ROW * s)
            plan = plan_of(chosen, order, frame, measure, unit=s * max(fit, lowest))
            if plan.rows.bottom <= free + 0.5 or some <= 1:
                break
            some = min(some - 1, int(some * free / plan.rows.bottom))
            some = max(some, 1)
        return cls(options, chosen.gathered, chosen, order, plan, frame, measure)

    @property
    def n_without(self) -> int:
        """How many people have no line for want of room."""
        return len(self.chosen.everyone) - len(self.order)

    @cached_property
    def marks(self) -> Marks:
        """What draws the rows."""
        assert self.plan is not None
        return Marks(self.plan, self.chosen.strength, self.frame.type_scale)

    def scene(self, day: float | None = None, *, still: bool = True, page: tuple[int, int] | None = None) -> Scene:
        """The picture on a day; None: on the options' own. still: with the hash of the dataset, as for a file; page:
        the number of the page and how many there are."""
        gathered, frame = self.gathered, self.frame
        at = gathered.clock if day is None else day
        board = Board(self.options.size, self.measure)
        framing.ground(board.sheet("ground", 0, "page"), frame)
        header = titled(words.header(self, at, page), gathered, VIEW)
        framing.header(board, board.sheet("header", 80, "page"), frame, header)
        said: tuple[str, ...] = ()
        if self.plan is None:
            words.nothing(self, board.sheet("nothing", 10))
        else:
            self._draw(board, self.plan, at)
            said = words.foot(self, board, at)
        scene = board.scene(header, said, None, self.meta(at, dataset=still))
        return annotated(scene, gathered, frame, self.measure)

    def _draw(self, board: Board, plan: Plan, day: float | None) -> None:
        frame, s = self.frame, self.frame.type_scale
        left = frame.map[0]
        grid = board.sheet("grid", 5)
        draw_lines(grid, plan.days, frame.map[1] + 6 * s, plan.bottom, s)
        draw_words(board, board.sheet("years", 8), plan.days, frame.map[1] + 14 * s, s)
        n, bottom = len(plan.order), plan.bottom
        self.marks.bars(board, board.sheet("stints", 20), 0, n)
        self.marks.names(board, board.sheet("names", 40), 0, n, day)
        self.marks.heads(board, board.sheet("heads", 41), left, 0, n)
        if found := self._bands(plan):
            top, sheet = plan.bottom + 12 * s, board.sheet("bands", 22)
            density.draw(board, sheet, self.gathered, found, plan, (left, top), s, self.n_without)
            bottom = top + (density.HEAD + density.ROW * len(found)) * s
        draw_veil(board, plan.days, day, (frame.map[1], bottom), s)

    def _bands(self, plan: Plan) -> list[density.Band]:
        frame = self.frame
        if not _bands_height(self.n_without, frame.map[3] - YEARS * frame.type_scale, frame.type_scale):
            return []
        others = np.zeros(self.gathered.dataset["people"].height, dtype=np.bool_)
        others[self.chosen.everyone.people] = True
        others[self.order.people] = False
        return density.bands(self.gathered, others, self.chosen.until, plan.days)

    def pages(self) -> Iterator[Scene]:
        """The picture; where people are without a line, everyone in order after it, page by page."""
        yield self.scene()
        for n, part in enumerate(self._cuts, 1):
            yield self._part(part).scene(page=(n, self.n_more))

    @property
    def n_more(self) -> int:
        """How many pages follow the first."""
        return len(self._cuts)

    @cached_property
    def _cuts(self) -> list[slice]:
        """Everyone by page, as many on each as have room at reading size; none where nobody is without a line."""
        if not self.n_without or self.options.top is not None:
            return []
        everyone, s = self.chosen.everyone, self.frame.type_scale
        room = self.frame.map[3] - YEARS * s
        whole = plan_of(self.chosen, everyone, self.frame, self.measure, unit=s)
        tall = whole.rows.height + np.where(np.isnan(whole.rows.head), 0.0, whole.rows.top - whole.rows.head)
        cuts, begin = list[slice](), 0
        while begin < len(everyone):
            end = begin + max(int(np.searchsorted(np.cumsum(tall[begin:]), room - tall[0], side="right")), 1)
            cuts.append(slice(begin, end))
            begin = end
        return cuts

    def _part(self, part: slice) -> CareersPicture:
        """Those of one page alone."""
        rows = np.zeros(len(self.chosen.everyone), dtype=np.bool_)
        rows[part] = True
        order = self.chosen.everyone.some(rows)
        plan = plan_of(self.chosen, order, self.frame, self.measure, unit=self.frame.type_scale)
        return replace(self, chosen=replace(self.chosen, everyone=order), order=order, plan=plan)

    @cached_property
    def left_out(self) -> tuple[tuple[str, int], ...]:
        """Every stint that is not drawn, by reason."""
        return words.left_out(self)

    @cached_property
    def signs(self) -> tuple[list[Entry], list[Entry]]:
        """What the legend says on every day: signs, then colours."""
        return words.signs(self), words.colors(self)

    def meta(self, at: float | None, *, dataset: bool = True) -> Meta:
        """What made the picture."""
        digest = None if dataset else ""
        as_of = words.day_text(self, at)
        left = self.left_out
        return provenance.meta(self.gathered, VIEW, self.options.command, as_of, left, digest=digest)


def _bands_height(n_without: int, room: float, s: float) -> float:
    """What the bands of people without a line take."""
    if not n_without or room < ROOM_FOR_BANDS * s:
        return 0.0
    return (density.HEAD + density.ROW * (density.MOST + 1) + 16) * s


def plan_of(
    chosen: Chosen,
    order: Order,
    frame: framing.Frame,
    measure: Measure,
    *,
    unit: float,
    every: int = 0,
    roles: bool = False,
) -> Plan:
    """The plan of some people below the words of the axis. every: above each so many rows the years stand again; roles:
    below the bars."""
    gathered, s = chosen.gathered, frame.type_scale
    x, top, w, _ = frame.map
    spans = Spans.of(gathered, chosen.stints.at[_of(chosen, order)], chosen.until)
    first = first_day(gathered, spans, len(order), chosen.until)
    until = max(chosen.until, first + 30)
    heads = np.zeros(len(order), dtype=np.bool_)
    if order.heads:
        heads[0] = True
        heads[1:] = order.group[1:] != order.group[:-1]
    if every:
        heads[every::every] = True
    names = _name_width(gathered, order, measure, s)
    return planned(
        chosen.stints, order, (x, top + YEARS * s, w), names=names, unit=unit, until=until, first=first,
        heads=heads, roles=roles,
    )  # fmt: skip


def _of(chosen: Chosen, order: Order) -> Bools:
    """Which of the stints are of people in the order."""
    there = np.zeros(chosen.gathered.dataset["people"].height, dtype=np.bool_)
    there[order.people] = True
    found: Bools = there[chosen.gathered.careers.index.person[chosen.stints.at]]
    return found


def _name_width(gathered: Gathered, order: Order, measure: Measure, s: float) -> float:
    """Width of the column of names and heads."""
    names = gathered.dataset["people"].get_column("name").gather(order.people).fill_null("").to_list()
    longest = sorted(names, key=len)[-LONGEST:]
    widest = float(measure(longest, (NAME * s, lettering.font(Style(Role.SEAT_NAME))[1])).max()) if longest else 0.0
    heads = [f"{head.name} {head.n:,}" for head in order.heads]
    widest = max(widest, float(measure(heads, (11.5 * s, 600)).max()) + 12 * s if heads else 0.0)
    return min(max(widest + 2 * s, LEAST_WIDE * s), WIDEST * s)
