"""Marks of careers: bars with their soft ends and brackets, joins, names; some rows of a plan at a time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property, partial

import numpy as np

from app.analysis.order import Positions
from app.domain.dates import PAST
from app.domain.index import STINT_KINDS, Ints
from app.domain.schema import STATUSES
from app.layout import curves as cv
from app.pictures import career_tips as tips
from app.pictures.board import Board, Sheet
from app.pictures.career_plan import OFFER, ROW, Plan
from app.pictures.career_strength import Strength
from app.pictures.days_axis import draw_words
from app.scene import lettering
from app.scene.marks import Anchor, Box, Floats, floats, ints
from app.scene.style import Certainty, Emphasis, Role, Status, Style
from app.scene.tips import Later

STEPS = 16
"""Steps over which a bar fades: each lies upon the ones before it."""
RADIUS, ARROW, THIN = 2.0, 6.0, 6.0
"""Of the corners of a bar; length of the arrow of one that still runs; height of the bar of an advisor or a visit."""
LATE = 12.0
"""What lies after the last seen day is drawn apart where it is longer than this."""
STUDY = STINT_KINDS.index("education")
BESIDE = tuple(STINT_KINDS.index(kind) for kind in ("advisor", "visiting"))
YEARS_AGAIN = 16
"""After so many rows the words of the axis stand again, where a head makes room for them."""
NAME, MORE = 12.0, 10.5
"""Type of a person's name, of what a head adds."""


@dataclass(frozen=True, eq=False)
class Marks:
    """Draws rows of one plan. s: factor of type."""

    plan: Plan
    strength: Strength
    s: float

    @cached_property
    def _organization(self) -> tuple[Ints, tuple[str, ...], tuple[str, ...]]:
        gathered = self.plan.gathered
        return gathered.careers.index.organization[self.plan.at], gathered.ids, gathered.labels

    def id_of(self, bar: int) -> str:
        """The id of the stint of a bar: of a million few are drawn at a time."""
        data = self.plan.gathered.dataset
        return str(data["stints"].get_column("id")[int(data.index.row[self.plan.at[bar]])])

    def style(self, bar: int, role: Role = Role.STINT) -> Style:
        """What a bar looks like."""
        plan = self.plan
        codes, ids, _ = self._organization
        stint, person = int(plan.at[bar]), int(plan.order.people[plan.row[bar]])
        status = Status(STATUSES[int(plan.gathered.careers.index.status[stint])])
        return Style(role, ids[int(codes[bar])], status, self.strength.of(person, stint))

    def bars_of(self, first: int, end: int) -> Positions:
        """The bars of some rows that are to be seen."""
        a, b = self.plan.first_bar[[first, end]].tolist()
        found: Positions = np.flatnonzero(self.plan.bars.inside[a:b]) + a
        return found

    def bars(self, board: Board, sheet: Sheet, first: int, end: int) -> None:
        """Joins, then bars with their words, then brackets, of rows first to end."""
        which = self.bars_of(first, end)
        self._lines(sheet, first, end)
        names = []
        for n in which.tolist():
            self._bar(sheet, n)
            names += self._name(board, n)
        self._gaps(sheet, first, end)
        for x, y, text, style in names:
            sheet.label(x, y, text, style, MORE * self.s)
        self._brackets(sheet, which)
        if self.plan.roles:
            self._roles(board, sheet, which)

    def _bar(self, sheet: Sheet, n: int) -> None:
        plan, bars = self.plan, self.plan.bars
        index = plan.gathered.careers.index
        kind, unit = int(index.kind[plan.at[n]]), plan.unit
        key, tip = f"stints:{self.id_of(n)}", Later(partial(tips.stint_tip, plan.gathered), int(plan.at[n]))
        x0, x1, y, high = float(bars.x0[n]), float(bars.x1[n]), float(plan.y[n]), plan.bar
        if kind == OFFER:
            sheet.dot(x1 - 5.5 * unit, y + high / 2, 4.5 * unit, self.style(n, Role.OFFER), key=key, tip=tip)
            return
        if kind in BESIDE:
            y, high = y + (high - THIN * unit) / 2, THIN * unit
        style = self.style(n, Role.STINT_STUDY if kind == STUDY else Role.STINT)
        fade_in, fade_out = float(bars.soft_in[n]), float(bars.soft_out[n])
        for away, fade, left in ((x0, fade_in, True), (x1, fade_out, False)):
            if fade > 0:
                self._fade(sheet, away, fade, (y, high), style, left=left, key=key, tip=tip)
        x0, x1 = x0 + fade_in, x1 - fade_out
        if fade_in or fade_out:
            style = replace(style, certainty=Certainty.UNSURE)
        if x1 - x0 < 0.5:
            return
        if plan.spans.open[n]:
            x1 = self._running(sheet, n, (x0, x1), (y, high), style, key, tip)
        if x1 - x0 >= 0.5:
            radius = RADIUS * unit if x1 - x0 > 3 * RADIUS * unit else 0.0
            sheet.box(x0, y, x1 - x0, high, style, radius=radius, key=key, tip=tip)
        if style.status is Status.DENIED:
            middle = y + high / 2
            sheet.path(floats([x0, middle, x1, middle], (2, 2)), style, key=key, tip=tip)

    def _running(
        self, sheet: Sheet, n: int, x: tuple[float, float], y: tuple[float, float], style: Style, key: str, tip: Later
    ) -> float:
        """The end of a bar that still runs: an arrow, pale after the day it was last seen. Returns where the rest of
        the bar ends."""
        plan = self.plan
        (x0, x1), (top, high) = x, y
        tall, arrow = top + high, min(ARROW * plan.unit, x1 - x0)
        seen = float(plan.days.across(plan.seen[n])) if plan.seen[n] > PAST else x1
        if style.status is Status.DENIED or x1 - seen < LATE * plan.unit:
            seen, tail = x1 - arrow, style
        else:
            seen, tail = max(seen, x0), Style(Role.STINT_LATE, style.organization, emphasis=style.emphasis)
        points = [seen, top, x1 - arrow, top, x1, top + high / 2, x1 - arrow, tall, seen, tall]
        sheet.path(floats(points, (5, 2)), tail, closed=True, key=key, tip=tip)
        return seen

    def _fade(
        self, sheet: Sheet, away: float, length: float, y: tuple[float, float], style: Style, *, left: bool, key: str,
        tip: Later,
    ) -> None:  # fmt: skip
        """Steps of one strength, each from farther in to the solid part, so that the sum fades out."""
        soft = Style(Role.STINT_SOFT, style.organization, style.status, style.emphasis)
        for step in range(STEPS):
            wide = length * (STEPS - step) / STEPS
            sheet.box(away + length - wide if left else away - length, y[0], wide, y[1], soft, key=key, tip=tip)

    def _name(self, board: Board, n: int) -> list[tuple[float, float, str, Style]]:
        """The organization's name where it fits on the bar: place, text, style."""
        plan, bars = self.plan, self.plan.bars
        codes, _, labels = self._organization
        kind = int(plan.gathered.careers.index.kind[plan.at[n]])
        if kind in BESIDE or kind == OFFER:
            return []
        text, pad = labels[int(codes[n])], 6 * plan.unit
        x0 = float(bars.x0[n] + (bars.soft_in[n] * 0.55))
        x1 = float(bars.x1[n] - bars.soft_out[n] * 0.55)
        seen = x1
        if plan.spans.open[n] and plan.seen[n] > PAST:
            seen = min(max(float(plan.days.across(plan.seen[n])), x0), x1)
        style = self.style(n, Role.STINT_NAME)
        need = board.width(text, (MORE * self.s, lettering.font(style)[1])) + 2 * pad
        if seen - x0 < need:  # on what is pale, if there
            x0, style = max(seen - pad / 2, x0), replace(style, certainty=Certainty.UNSURE)
            if x1 - x0 < need:
                return []
        return [(x0 + pad, float(plan.y[n]) + plan.bar / 2 + 3.7 * self.s, text, style)]

    def _lines(self, sheet: Sheet, first: int, end: int) -> None:
        """Joins of bars that do not touch."""
        which = self._joins(first, end)
        which = which[~self.plan.touching[which]]
        if not len(which):
            return
        lines = cv.points(self.plan.curves(which), np.broadcast_to(np.linspace(0, 1, 13), (len(which), 13)))
        for n, line in zip(which.tolist(), lines, strict=True):
            self._join(sheet, n, line, Emphasis.NORMAL)

    def _gaps(self, sheet: Sheet, first: int, end: int) -> None:
        """The gaps between bars that touch."""
        which = self._joins(first, end)
        for n in which[self.plan.touching[which]].tolist():
            b = int(self.plan.joins[n, 1])
            x, y = float(self.plan.bars.x0[b]), float(self.plan.y[b])
            self._join(sheet, n, floats([x, y, x, y + self.plan.bar], (2, 2)), Emphasis.SMALL)

    def _join(self, sheet: Sheet, n: int, line: Floats, emphasis: Emphasis) -> None:
        move = int(self.moves[n])
        moves = self.plan.gathered.careers.moves
        key = tip = None
        status = Status.NONE
        if move >= 0:
            key = self.plan.gathered.move_key(moves, move)
            tip = Later(partial(tips.move_tip, self.plan.gathered), move)
            weak = Status(STATUSES[int(moves.status[move])])
            status = weak if weak in (Status.RUMORED, Status.DISPUTED) and emphasis is Emphasis.NORMAL else status
        b = int(self.plan.joins[n, 1])
        if emphasis is Emphasis.NORMAL and self.style(b).emphasis is Emphasis.QUIET:
            emphasis = Emphasis.QUIET
        sheet.path(line, Style(Role.JOIN, status=status, emphasis=emphasis), key=key or "", tip=tip)

    @cached_property
    def moves(self) -> Ints:
        """The move of each join, by its row among all moves; -1 where a join is none."""
        moves = self.plan.gathered.careers.moves
        row = np.full(len(self.plan.gathered.careers.index), -1, dtype=np.int32)
        row[moves.joined_stint] = np.arange(len(moves))
        found: Ints = row[self.plan.at[self.plan.joins[:, 1]]]
        return found

    def _joins(self, first: int, end: int) -> Positions:
        """The joins within some rows."""
        a, b = self.plan.first_bar[[first, end]]
        return np.arange(*np.searchsorted(self.plan.joins[:, 1], [a, b]))

    def _brackets(self, sheet: Sheet, which: Positions) -> None:
        """From the earliest to the latest day that a date may be, below the bar."""
        plan = self.plan
        numbers, spans = plan.brackets
        low, tick = plan.bar + 3.4 * plan.unit, 2.6 * plan.unit
        for n, (x0, x1) in zip(numbers.tolist(), spans.tolist(), strict=True):
            if not len(which) or not which[0] <= n <= which[-1]:
                continue
            y = float(plan.y[n]) + low
            quiet = self.style(n).emphasis is Emphasis.QUIET
            style = Style(Role.BRACKET, emphasis=Emphasis.QUIET if quiet else Emphasis.NORMAL)
            sheet.path(
                floats([x0, y - tick, x0, y + tick / 2, x0, y, x1, y, x1, y - tick, x1, y + tick / 2], (6, 2)), style
            )

    def _roles(self, board: Board, sheet: Sheet, which: Positions) -> None:
        """What people were, below their bars, as far as there is room."""
        plan, data = self.plan, self.plan.gathered.dataset
        rows = data.index.row[plan.at[which]]
        roles = data["stints"].get_column("role").gather(rows).to_list()
        style = Style(Role.CAPTION, emphasis=Emphasis.SMALL)
        for n, role in zip(which.tolist(), roles, strict=True):
            room = float(plan.bars.x1[n] - plan.bars.x0[n]) - 8 * self.s
            text = board.elided(role or "", (MORE * self.s, lettering.font(style)[1]), room)
            if len(text) > 3:
                y = float(plan.y[n]) + plan.bar + 17 * self.s
                sheet.label(float(plan.bars.x0[n]) + 1.5 * self.s, y, text, style, MORE * self.s)

    def names(self, board: Board, sheet: Sheet, first: int, end: int, day: float | None) -> None:
        """Names left of the axis. day: who has no day on record before it is pale."""
        plan, data = self.plan, self.plan.gathered.dataset
        people = data["people"]
        who = plan.order.people[first:end]
        names, ids = (people.get_column(c).gather(who).to_list() for c in ("name", "id"))
        room = plan.name_w
        for n, (code, name, person) in enumerate(zip(who.tolist(), names, ids, strict=True)):
            row = first + n
            pale = bool(self.strength.lit) and code not in self.strength.lit
            pale = pale or (day is not None and self.begins[row] > day)
            style = Style(Role.SEAT_NAME, emphasis=Emphasis.QUIET if pale else Emphasis.NORMAL)
            font = (NAME * self.s, lettering.font(style)[1])
            y = plan.top + float(plan.rows.top[row]) + ROW * plan.unit / 2 - 1.5 * plan.unit + 4.2 * self.s
            text = board.elided(name or person, font, room)
            tip = Later(partial(tips.person_tip, plan.gathered), code)
            sheet.label(plan.name_x, y, text, style, NAME * self.s, anchor=Anchor.END, key=f"people:{person}", tip=tip)

    @cached_property
    def begins(self) -> Floats:
        """The first day on record of each row that is drawn, −∞ for one without a day."""
        spans = self.plan.spans
        found = np.full(len(self.plan.order), np.inf)
        days = np.fmin(spans.begin, np.where(spans.open, np.nan, spans.end))
        dated = ~np.isnan(days)
        np.minimum.at(found, self.plan.row[dated], days[dated])
        found[~np.isfinite(found)] = -np.inf
        return found

    def heads(self, board: Board, sheet: Sheet, left: float, first: int, end: int) -> None:
        """Names of groups, and beside one of them after every YEARS_AGAIN rows the years again."""
        plan, s, told = self.plan, self.s, first - (first % YEARS_AGAIN)
        for row in range(first, end):
            top = plan.rows.head[row]
            if np.isnan(top):
                continue
            base = plan.top + float(top) + 19 * plan.unit
            if row - told >= YEARS_AGAIN:
                draw_words(board, sheet, plan.days, base, s)
                told = row
            if not plan.order.heads:
                continue
            head = plan.order.heads[int(plan.order.group[row])]
            fresh = row == 0 or plan.order.group[row - 1] != plan.order.group[row]
            style = Style(Role.LEGEND, emphasis=Emphasis.STRONG)
            font = (11.5 * s, lettering.font(style)[1])
            more = f"{head.n:,}" if fresh else "continued"
            wide = board.width(more, (MORE * s, 450)) + 6 * s
            text = board.elided(head.name, font, plan.name_x - left - wide)
            sheet.label(left, base, text, style, 11.5 * s, key=head.key)
            at = left + board.width(text, font) + 6 * s
            sheet.label(at, base, more, Style(Role.CAPTION, emphasis=Emphasis.SMALL), MORE * s)
            line = plan.top + float(top) + 25 * plan.unit
            sheet.line(left, line, plan.days.end, line, Style(Role.HAIRLINE))

    def far(self, board: Board, sheet: Sheet, first: int, end: int) -> None:
        """Bars alone, without what of them fades, as from afar: one mark for all of them."""
        plan, which = self.plan, self.bars_of(first, end)
        if not len(which):
            return
        styles = ints([board.style(self.style(n)) for n in which.tolist()])
        none = np.full(len(which), -1, dtype=np.int32)
        keys = ints([board.key(f"stints:{self.id_of(n)}") for n in which.tolist()])
        x0 = plan.bars.x0[which] + plan.bars.soft_in[which]
        x1 = np.maximum(plan.bars.x1[which] - plan.bars.soft_out[which], x0 + 1.0)
        sheet.marks(
            Box(
                key=keys, style=styles, tip=none, x=x0, y=plan.y[which].copy(), w=x1 - x0,
                h=np.full(len(which), plan.bar), radius=np.zeros(len(which)),
            )
        )  # fmt: skip
