"""The commands of time: play, step, modes, pace, loop. They set the session's clock and know no widget."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np

from app.domain import dates
from app.pictures.flowmap import FlowMap
from app.session.clock import FASTEST, SLOWEST, Clock, Mode, Pacing
from app.session.session import Session

SHORTEST_WINDOW = 7.0
"""Days."""


class Timing:
    """What keys, menus and the time bar do to the clock."""

    def __init__(self, session: Session, picture: Callable[[], FlowMap | None]) -> None:
        """picture: the one that is shown, whose days are stepped through."""
        self._session, self._picture = session, picture

    @property
    def commands(self) -> dict[str, Callable[[], None]]:
        """What each command of the menu Time does."""
        return {
            "time.play": self.toggle,
            "time.first": lambda: self._stand(self._clock.span[0]),
            "time.last": lambda: self._stand(self._clock.span[1]),
            "time.forward": partial(self.step, 1),
            "time.back": partial(self.step, -1),
            "time.month-forward": partial(self.months, 1),
            "time.month-back": partial(self.months, -1),
            "time.year-forward": partial(self.months, 12),
            "time.year-back": partial(self.months, -12),
            "time.faster": partial(self.pace, 2.0),
            "time.slower": partial(self.pace, 0.5),
            "time.loop-from": self.loop_from,
            "time.loop-to": self.loop_to,
            "time.window-longer": partial(self.lengthen, 2.0),
            "time.window-shorter": partial(self.lengthen, 0.5),
            "time.mode.cumulative": partial(self.keep, Mode.CUMULATIVE),
            "time.mode.window": partial(self.keep, Mode.WINDOW),
            "time.mode.instant": partial(self.keep, Mode.INSTANT),
        }

    @property
    def switches(self) -> dict[str, Callable[[bool], None]]:
        """What each command of the menu Time that is on or off does."""
        return {
            "time.loop": lambda on: self._session.set_clock(self._clock.looped(on)),
            "time.by-events": self.pace_by_events,
        }

    def pace_by_events(self, on: bool) -> None:
        """Stretch busy weeks and shorten quiet years, or go evenly."""
        self._session.set_clock(replace(self._clock, pacing=self.pacing() if on else None))

    def pacing(self) -> Pacing | None:
        """The pace of the moves that are shown; None where there are none."""
        picture = self._picture()
        if picture is None:
            return None
        moves = picture.gathered.moves
        return Pacing.of(moves.joined[~moves.undated], self._clock.span)

    def loop_from(self) -> None:
        """Begin the loop at this day."""
        clock = self._clock
        self._session.set_clock(clock.looped_between(clock.day, (clock.repeats or clock.span)[1]))

    def loop_to(self) -> None:
        """End the loop at this day."""
        clock = self._clock
        self._session.set_clock(clock.looped_between((clock.repeats or clock.span)[0], clock.day))

    def toggle(self) -> None:
        """Play or pause."""
        clock = self._clock
        self._session.set_clock(clock.paused() if clock.playing else clock.played())

    def pause(self) -> None:
        """Stop where it is."""
        self._session.set_clock(self._clock.paused())

    def step(self, way: int) -> None:
        """To the next (1) or last (-1) day on which someone joined."""
        picture = self._picture()
        if picture is None:
            return
        days, now = picture.days, int(self._clock.day)
        at = int(np.searchsorted(days, now, "right")) if way > 0 else int(np.searchsorted(days, now, "left")) - 1
        if 0 <= at < len(days):
            self._stand(float(days[at]))

    def months(self, n: int) -> None:
        """So many months on, or back if negative."""
        self._stand(float(dates.months_on(int(self._clock.day), n)))

    def pace(self, factor: float) -> None:
        """Let time run faster or slower."""
        speed = min(max(self._clock.speed * factor, SLOWEST), FASTEST)
        self._session.set_clock(replace(self._clock, speed=speed))

    def lengthen(self, factor: float) -> None:
        """Let the window look back further, or less far; it is chosen by that."""
        longest = max(self._clock.span[1] - self._clock.span[0], SHORTEST_WINDOW)
        window = min(max(self._clock.window * factor, SHORTEST_WINDOW), longest)
        self._session.set_clock(replace(self._clock, window=window, mode=Mode.WINDOW))

    def keep(self, mode: Mode) -> None:
        """Choose what of the past stays in sight."""
        self._session.set_clock(replace(self._clock, mode=mode))

    def passed(self, seconds: float) -> None:
        """Seconds of screen time have gone by."""
        self._session.set_clock(self._clock.after(seconds))

    @property
    def _clock(self) -> Clock:
        return self._session.clock

    def _stand(self, day: float) -> None:
        self._session.set_clock(self._clock.paused().at(day))
