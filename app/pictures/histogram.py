"""Moves over time as bars per quarter: to the organization in question, to others, and those known only to the year.

A move known within a quarter stands in the quarter of its nominal day; one known less exactly is spread, pale, over
the quarters that it may mean, and never put in the middle (looks, section 3).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.domain import dates
from app.pictures.board import Board, Sheet
from app.pictures.frame import Frame
from app.scene.marks import Anchor, Bools, Floats, Ints
from app.scene.style import Role, Style

LONGEST = 93
"""A joined interval of more days than this is spread over the quarters it covers."""
MOST_QUARTERS = 400
LEAST_SHARE = 0.005
"""Quarters at the early end that together hold less than this share of the moves are left away, and counted."""


@dataclass(frozen=True, slots=True)
class Histogram:
    """Counts per quarter. `quarter` (q,): first day of each; `focus`, `others`, `spread` (q,): moves; `before`: moves
    that lie before the first quarter shown; `n_undated`: moves without any date; `noun`: what is counted."""

    quarter: Ints
    focus: Floats
    others: Floats
    spread: Floats
    before: int
    n_undated: int
    noun: str = "move"

    @property
    def total(self) -> Floats:
        """All moves of each quarter."""
        total: Floats = self.focus + self.others + self.spread
        return total

    @property
    def end(self) -> int:
        """First day after the last quarter."""
        return quarter_start(quarter_number(int(self.quarter[-1])) + 1)


def quarter_numbers(days: Ints) -> npt.NDArray[np.int64]:
    """Quarters since the year 0 of days, (n,)."""
    months = days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    numbers: npt.NDArray[np.int64] = (months + 1970 * 12) // 3
    return numbers


def quarter_number(day: int) -> int:
    """Quarters since the year 0 of one day."""
    return int(quarter_numbers(np.array([day]))[0])


def quarter_start(number: int) -> int:
    """First day of a quarter."""
    return dates.day(number // 4, number % 4 * 3 + 1)


def histogram(
    nominal: Ints, joined_lo: Ints, joined_hi: Ints, in_focus: Bools, n_undated: int, noun: str = "move"
) -> Histogram | None:
    """Count dated moves, or what the noun says; None if there are none."""
    if not len(nominal):
        return None
    numbers = quarter_numbers(nominal)
    last_numbers = quarter_numbers(np.minimum(joined_hi - 1, int(nominal.max()) + 366))
    first = max(int(numbers.min()), int(numbers.max()) - MOST_QUARTERS)
    n = int(max(numbers.max(), last_numbers.max())) - first + 1
    focus, others, spread = np.zeros(n), np.zeros(n), np.zeros(n)
    vague = joined_hi - joined_lo > LONGEST
    exact = ~vague & (numbers >= first)
    np.add.at(focus, numbers[exact & in_focus] - first, 1)
    np.add.at(others, numbers[exact & ~in_focus] - first, 1)
    for lo, hi in zip(numbers[vague] - first, last_numbers[vague] - first, strict=True):
        spread[max(lo, 0) : max(hi, 0) + 1] += 1 / (hi - lo + 1)
    total = focus + others + spread
    running = np.cumsum(total)
    skip = int(np.searchsorted(running, LEAST_SHARE * running[-1] + 3, side="right"))
    skip = max(0, min(skip, n - 8)) // 4 * 4
    quarter = np.array([quarter_start(first + q) for q in range(skip, n)], dtype=np.int32)
    before = round(float(running[skip - 1])) if skip else 0
    return Histogram(quarter, focus[skip:], others[skip:], spread[skip:], before, n_undated, noun)


def draw(
    board: Board,
    sheet: Sheet,
    frame: Frame,
    place: tuple[float, float, float, float],
    data: Histogram,
    focus: tuple[str, str],
) -> None:
    """Bars within `place` (x, y, w, h) under a head with its own key. focus: id and name of the organization that the
    coloured bars go to."""
    x, y, w, h = place
    s = frame.type_scale
    _head(board, sheet, (x, y, w), data, focus, s)
    base, top = y + h - 16 * s, y + 32 * s
    n = len(data.quarter)
    step = w / n
    unit = (base - top) / max(float(data.total.max()), 1.0)
    for q in range(n):
        left, level = x + q * step + 0.5, base
        for values, style in (
            (data.focus, Style(Role.BAR, focus[0])),
            (data.others, Style(Role.BAR_OTHER)),
            (data.spread, Style(Role.BAR_PALE)),
        ):
            if values[q] > 0:
                sheet.box(left, level - values[q] * unit, max(step - 1, 0.6), values[q] * unit, style)
                level -= values[q] * unit
    sheet.line(x, base, x + w, base, Style(Role.GRID))
    _years(board, sheet, data, x, base, step, s)
    exact = data.focus + data.others
    peak = int(exact.argmax())
    if exact[peak] >= 5:
        above = base - data.total[peak] * unit - 4 * s
        style = Style(Role.LEGEND)
        sheet.label(x + (peak + 0.5) * step, above, f"{exact[peak]:.0f}", style, 11 * s, anchor=Anchor.MIDDLE)


def draw_clock(
    sheet: Sheet, frame: Frame, place: tuple[float, float, float, float], data: Histogram, clock: float
) -> None:
    """A line at a day, across the bars; nothing where the day lies outside them."""
    x, y, w, h = place
    s = frame.type_scale
    if data.quarter[0] <= clock < data.end:
        at = x + w * (clock - int(data.quarter[0])) / (data.end - int(data.quarter[0]))
        sheet.line(at, y + 22 * s, at, y + h - 16 * s, Style(Role.CLOCK))


def _head(
    board: Board, sheet: Sheet, place: tuple[float, float, float], data: Histogram, focus: tuple[str, str], s: float
) -> None:
    """Section name, the key of the three kinds of bar, and what the bars do not hold; shortened from the right."""
    x, y, w = place
    base = y + 9 * s
    title = "MOVES PER QUARTER"
    sheet.label(x, base, title, Style(Role.SECTION), 10.5 * s)
    at = x + board.width(title, (10.5 * s, 600)) * 1.08 + 20 * s
    for shown, style, text in (
        (data.focus.any(), Style(Role.BAR, focus[0]), f"to {focus[1]}"),
        (data.others.any(), Style(Role.BAR_OTHER), "to others" if data.focus.any() else "to any"),
        (data.spread.any(), Style(Role.BAR_PALE), "dated by the year only"),
    ):
        width = board.width(text, (11 * s, 430))
        if not shown or at + width + 12 * s > x + w:
            continue
        sheet.box(at, base - 8 * s, 8 * s, 8 * s, style, radius=1)
        sheet.label(at + 12 * s, base, text, Style(Role.LEGEND), 11 * s)
        at += width + 28 * s
    missing = [f"{data.n_undated:,} without any date"] if data.n_undated else []
    if data.before:
        missing.append(f"{data.before:,} before {dates.text(int(data.quarter[0]))[:4]}")
    for text in (f"Not here: {', '.join(missing[:n])}" for n in range(len(missing), 0, -1)):
        if board.width(text, (11 * s, 450)) <= x + w - at:
            sheet.label(x + w, base, text, Style(Role.CAPTION), 11 * s, anchor=Anchor.END)
            break


def _years(board: Board, sheet: Sheet, data: Histogram, x: float, base: float, step: float, s: float) -> None:
    """A tick at each new year and the year below the middle of its quarters, every nth where they would touch."""
    years: dict[str, list[int]] = {}
    for q, day in enumerate(data.quarter.tolist()):
        years.setdefault(dates.text(day)[:4], []).append(q)
    need = board.width("2025", (10.5 * s, 430)) + 8 * s
    every = max(1, int(np.ceil(need / (4 * step))))
    for year, quarters in years.items():
        sheet.line(x + quarters[0] * step, base, x + quarters[0] * step, base + 4 * s, Style(Role.GRID))
        if int(year) % every == 0 and len(quarters) * step * every >= need * 0.6:
            middle = x + (quarters[0] + quarters[-1] + 1) / 2 * step
            sheet.label(middle, base + 14 * s, year, Style(Role.CAPTION), 10.5 * s, anchor=Anchor.MIDDLE)
