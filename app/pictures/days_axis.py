"""Days from left to right: where a day stands, and the lines of years or months that tell."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.domain import dates
from app.pictures import wording
from app.pictures.board import Board, Sheet
from app.scene.marks import Floats, Ints
from app.scene.style import Emphasis, Role, Style

STEPS = (1, 3, 6, 12, 24, 60, 120, 240)
"""Months from one line to the next."""
LEAST = {1: 34.0, 3: 44.0, 6: 64.0}
"""Design pixels that a step needs for its word; 46 for a year."""


@dataclass(frozen=True, slots=True)
class Days:
    """Days first to last over w pixels from x on."""

    x: float
    w: float
    first: int
    last: int

    @property
    def per_day(self) -> float:
        """Pixels of a day."""
        return self.w / max(self.last - self.first, 1)

    @property
    def end(self) -> float:
        """The right end."""
        return self.x + self.w

    def across(self, day: float | Ints | Floats) -> Floats:
        """Places of days, also of those beyond the ends."""
        return np.asarray(self.x + (np.asarray(day, dtype=np.float64) - self.first) * self.per_day)

    def ticks(self, s: float = 1.0) -> list[tuple[float, str]]:
        """Places and words of the lines, as many as there is room for: years, months between them where they fit. s:
        factor of type."""
        months = max((self.last - self.first) / 30.44, 0.1)
        room = self.w / months
        every = next((n for n in STEPS if n * room >= LEAST.get(n, 46.0) * s), STEPS[-1])
        year = int(dates.text(self.first)[:4])
        found = []
        for n in range(year * 12, int(dates.text(self.last)[:4]) * 12 + 12):
            if n % every:
                continue
            day = dates.day(n // 12, n % 12 + 1)
            if self.first <= day <= self.last:
                found.append((float(self.across(day)), f"{n // 12}" if n % 12 == 0 else wording.month(day)[:3]))
        return found


def draw_lines(sheet: Sheet, days: Days, top: float, bottom: float, s: float) -> None:
    """The lines from top to bottom."""
    for x, _ in days.ticks(s):
        sheet.line(x, top, x, bottom, Style(Role.GRID))


def draw_words(board: Board, sheet: Sheet, days: Days, base: float, s: float) -> None:
    """Their words, right of each line, at a baseline; one that would run beyond the axis is left away."""
    for x, word in days.ticks(s):
        style = Style(Role.CAPTION, emphasis=Emphasis.SMALL)
        if x + 4 * s + board.width(word, (10.5 * s, 450)) <= days.end + 8 * s:
            sheet.label(x + 4 * s, base, word, style, 10.5 * s)


def draw_veil(board: Board, days: Days, day: float | None, tall: tuple[float, float], s: float) -> None:
    """A veil over the days to come, and a line at a day; nothing for none, or one after the last. tall: top and
    bottom."""
    if day is None or day >= days.last:
        return
    at = max(float(days.across(day + 1)), days.x)
    top, bottom = tall
    board.sheet("veil", 60).box(at, top, days.end - at + 2 * s, bottom - top, Style(Role.VEIL))
    board.sheet("day", 61).line(at, top, at, bottom, Style(Role.CLOCK))
