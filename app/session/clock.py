"""The clock: which day it is, how time plays, and what of the past stays in sight.

Modes: `instant` shows what happens on the day, `window` also what happened in the days before it, `cumulative` all
since the beginning. Speed is days a second of screen time. Time plays evenly, or paced by events: busy weeks are
stretched and quiet years shortened, in the same time altogether.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
import numpy.typing as npt

SLOWEST, FASTEST = 0.1, 3652.5
"""Days a second that a speed may be."""
CALENDAR_SHARE = 0.25
"""Share of the screen time that event-paced time deals out evenly over the days: so no quiet year plays more than four
times as fast as it would by the calendar, and time never stands still nor jumps."""

_WEEK, _MONTH, _YEAR = 7.0, 30.4375, 365.25
_UNITS = {"": 1.0, "d": 1.0, "day": 1.0, "w": _WEEK, "week": _WEEK, "month": _MONTH, "quarter": 3 * _MONTH}
_UNITS |= {"y": _YEAR, "year": _YEAR}
_SPEED = re.compile(
    r"(?:1?\s*s(?:ec|econd)?\s*[=≈]\s*)?"  # 1 s =
    r"(?P<number>\d+(?:\.\d+|,\d{1,2})?|\.\d+)?\s*"  # a comma before three figures could mean thousands
    r"(?:(?P<unit>d|day|w|week|month|quarter|y|year)s?)?"
    r"(?:\s*(?:/|a|per)\s*s(?:ec|econd)?)?",
    re.IGNORECASE,
)


class Mode(StrEnum):
    """What of the past a moving picture keeps."""

    INSTANT = "instant"
    WINDOW = "window"
    CUMULATIVE = "cumulative"


@dataclass(frozen=True, eq=False)
class Pacing:
    """Event-paced time: how far play has come on which day, rising all the way, both ways without loss.

    days, shares: (k,) knots of a piecewise linear function from 0 on the first day of the span to 1 on its last; beyond
    them it goes on by the calendar. After "equal visual complexity a slice" (https://ar5iv.org/abs/1907.12015), blended
    with CALENDAR_SHARE of calendar time.
    """

    days: npt.NDArray[np.float64]
    shares: npt.NDArray[np.float64]

    @classmethod
    def of(cls, days: Iterable[float] | npt.NDArray[np.int32], span: tuple[float, float]) -> Pacing:
        """From the days of events, (n,) in any order, one for each event; those outside the span do not count.

        Events are counted in weeks (finer where the span is short) and smoothed over five, so that the pace changes
        gently. Without events it is the calendar.
        """
        first, last = span[0], max(span[1], span[0] + 1.0)
        n = int(np.clip(np.ceil((last - first) / _WEEK), 60, 4000))
        knots = np.linspace(first, last, n + 1)
        given = np.asarray(days if isinstance(days, np.ndarray) else list(days), dtype=np.float64)
        counts = np.histogram(given, knots)[0].astype(np.float64)
        smooth = np.convolve(np.pad(counts, 2, mode="edge"), (1 / 9, 2 / 9, 3 / 9, 2 / 9, 1 / 9), mode="valid")
        even = np.full(n, 1.0 / n)
        part = smooth / smooth.sum() * (1 - CALENDAR_SHARE) + even * CALENDAR_SHARE if smooth.any() else even
        shares = np.concatenate(([0.0], np.cumsum(part)))
        shares /= shares[-1]
        knots.flags.writeable = shares.flags.writeable = False
        return cls(knots, shares)

    @property
    def length(self) -> float:
        """Days of its span, at least one."""
        return float(self.days[-1] - self.days[0])

    def share(self, day: float) -> float:
        """How far play has come on a day: 0 at the beginning of the span, 1 at its end."""
        beyond = min(day - self.days[0], 0.0) + max(day - self.days[-1], 0.0)
        return float(np.interp(day, self.days, self.shares) + beyond / self.length)

    def day(self, share: float) -> float:
        """The day on which play has come so far."""
        beyond = min(share, 0.0) + max(share - 1.0, 0.0)
        return float(np.interp(share, self.shares, self.days) + beyond * self.length)

    def slope(self, day: float) -> float:
        """How many times as fast as by the calendar days pass just after a day: below 1 where much happens."""
        if not self.days[0] <= day < self.days[-1]:
            return 1.0
        at = int(np.searchsorted(self.days, day, side="right"))
        days, shares = self.days[at] - self.days[at - 1], self.shares[at] - self.shares[at - 1]
        return float(days / (shares * self.length))


@dataclass(frozen=True, slots=True)
class Clock:
    """A moment on the span of a dataset.

    day: now, in days since 1970 with a fraction; span: [first, last] day that it can show; speed: days a second, by the
    calendar; window: how many days back `window` mode looks; playing: whether time runs; looping: whether play begins
    anew where it ends; loop: the range that is played again and again, None for the whole span; pacing: event-paced
    time, None for the calendar's. Over the whole span both take the same time.
    """

    day: float
    span: tuple[float, float]
    mode: Mode = Mode.CUMULATIVE
    speed: float = 30.0
    window: float = 183.0
    playing: bool = False
    looping: bool = False
    loop: tuple[float, float] | None = None
    pacing: Pacing | None = None

    def at(self, day: float) -> Clock:
        """The same clock on another day, kept within its span."""
        first, last = self.span
        return replace(self, day=min(max(day, first), last))

    def over(self, span: tuple[float, float]) -> Clock:
        """The same clock over another span: on its day as far as it lies within, at the end if it stood there."""
        if span == self.span:
            return self
        loop = (max(self.loop[0], span[0]), min(self.loop[1], span[1])) if self.loop is not None else None
        kept = loop if loop is not None and loop[1] - loop[0] >= 1 else None
        moved = replace(self, span=span, loop=kept, looping=self.looping and (kept is not None or self.loop is None))
        return moved.at(span[1] if self.at_end else self.day)

    def after(self, seconds: float) -> Clock:
        """The clock after some seconds of screen time: unchanged while it stands, stopped once the span is over; a
        clock that goes round begins its range anew instead, and begins there at once if it is outside."""
        if not self.playing:
            return self
        passed, now = seconds * self.speed, self._played(self.day)
        if self.repeats is None:
            later = self.at(self._day(now + passed))
            return replace(later, playing=later.day < self.span[1])
        start, end = (self._played(day) for day in self.repeats)
        if end <= start:
            return self.at(self.repeats[0])
        within = now - start if start <= now < end else 0.0
        return self.at(self._day(start + (within + passed) % (end - start)))

    def played(self) -> Clock:
        """Set going; from the beginning if it stood at the end, or outside the range that it plays."""
        first, last = self.repeats or self.span
        inside = first <= self.day < last if self.repeats is not None else not self.at_end
        return replace(self, day=self.day if inside else first, playing=True)

    def paused(self) -> Clock:
        """Stopped where it is."""
        return replace(self, playing=False)

    def looped(self, on: bool) -> Clock:
        """Going round over the whole span, or no longer going round."""
        return replace(self, looping=on, loop=None)

    def looped_between(self, one: float, other: float) -> Clock:
        """Going round between two days in either order, at least a day apart and within the span."""
        first, last = self.span
        start = min(max(min(one, other), first), max(last - 1.0, first))
        end = min(max(one, other, start + 1.0), last)
        return replace(self, looping=True, loop=None if (start, end) == self.span else (start, end))

    @property
    def repeats(self) -> tuple[float, float] | None:
        """The range that play goes round in; None if it ends at the end."""
        return self.loop if self.loop is not None else self.span if self.looping else None

    @property
    def at_end(self) -> bool:
        """Whether there is nothing left to play."""
        return self.day >= self.span[1]

    @property
    def rate(self) -> float:
        """Days a second as they pass on this day, if time plays."""
        return self.speed * self.pacing.slope(self.day) if self.pacing is not None else self.speed

    def _played(self, day: float) -> float:
        """How many days' worth of screen time lie before a day."""
        return day if self.pacing is None else self.pacing.share(day) * self.pacing.length

    def _day(self, played: float) -> float:
        return played if self.pacing is None else self.pacing.day(played / self.pacing.length)


def pace(span: tuple[float, float], seconds: float = 30.0) -> float:
    """A speed at which the whole span plays in about so many seconds: a round number of days, weeks or months."""
    wanted = max((span[1] - span[0]) / seconds, 0.1)
    steps = (1.0, 2.0, 3.0, 5.0, 7.0, 10.0, 14.0, 30.0, 61.0, 91.0, 183.0, 365.0)
    return min(steps, key=lambda step: abs(step - wanted)) if wanted < 500 else wanted


def read_speed(text: str) -> float | None:
    """Days a second from what someone typed: `30`, `30 d`, `2 weeks`, `month`, `0.5 year`, `1 s = 3 days`.

    None if it is nothing of that kind, or not between SLOWEST and FASTEST.
    """
    match = _SPEED.fullmatch(text.strip())
    if match is None or not (match["number"] or match["unit"]):
        return None
    number = float((match["number"] or "1").replace(",", "."))
    days = number * _UNITS[(match["unit"] or "").lower()]
    return days if SLOWEST <= days <= FASTEST else None


def length_text(days: float) -> str:
    """A length of time in the largest unit that fits: `1 month`, `2.5 weeks`, `0.5 days`."""
    for length, word in ((_YEAR, "year"), (_MONTH, "month"), (_WEEK, "week")):
        n = days / length
        if n >= 0.95:
            shown = f"{n:.0f}" if abs(n - round(n)) < 0.06 else f"{n:.1f}"
            return f"{shown} {word}{'' if shown == '1' else 's'}"
    return f"{days:.3g} day{'' if days == 1 else 's'}"


def speed_text(days: float, *, about: bool = False) -> str:
    """A speed as it is shown and can be typed: `1 s = 1 month`; `1 s ≈ 1 month` where it is so only on average."""
    return f"1 s {'≈' if about else '='} {length_text(days)}"
