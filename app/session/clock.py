"""The clock: which day it is, how time plays, and what of the past stays in sight.

Modes: `instant` shows what happens on the day, `window` also what happened in the days before it, `cumulative` all
since the beginning. Speed is days a second of screen time.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum


class Mode(StrEnum):
    """What of the past a moving picture keeps."""

    INSTANT = "instant"
    WINDOW = "window"
    CUMULATIVE = "cumulative"


@dataclass(frozen=True, slots=True)
class Clock:
    """A moment on the span of a dataset.

    day: now, in days since 1970 with a fraction; span: [first, last] day that it can show; speed: days a second;
    window: how many days back `window` mode looks; playing: whether time runs.
    """

    day: float
    span: tuple[float, float]
    mode: Mode = Mode.CUMULATIVE
    speed: float = 30.0
    window: float = 183.0
    playing: bool = False

    def at(self, day: float) -> Clock:
        """The same clock on another day, kept within its span."""
        first, last = self.span
        return replace(self, day=min(max(day, first), last))

    def after(self, seconds: float) -> Clock:
        """The clock after some seconds of screen time: unchanged while it stands, stopped once the span is over."""
        if not self.playing:
            return self
        later = self.at(self.day + seconds * self.speed)
        return replace(later, playing=later.day < self.span[1])

    def played(self) -> Clock:
        """Set going; from the beginning if it stood at the end."""
        start = self.span[0] if self.at_end else self.day
        return replace(self, day=start, playing=True)

    def paused(self) -> Clock:
        """Stopped where it is."""
        return replace(self, playing=False)

    @property
    def at_end(self) -> bool:
        """Whether there is nothing left to play."""
        return self.day >= self.span[1]


def pace(span: tuple[float, float], seconds: float = 30.0) -> float:
    """A speed at which the whole span plays in about so many seconds: a round number of days, weeks or months."""
    wanted = max((span[1] - span[0]) / seconds, 0.1)
    steps = (1.0, 2.0, 3.0, 5.0, 7.0, 10.0, 14.0, 30.0, 61.0, 91.0, 183.0, 365.0)
    return min(steps, key=lambda step: abs(step - wanted)) if wanted < 500 else wanted
