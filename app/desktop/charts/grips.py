"""What of the timeline the pointer is on, and what dragging it makes of a clock. Values in, values out, no Qt."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

import numpy as np

from app.desktop.charts.timescale import TimeScale
from app.scene.marks import Ints
from app.session.clock import Clock, Mode

HEAD, BASE, FOOT, HEIGHT = 19.0, 75.0, 91.0, 105.0
"""Pixels from the top: bars begin below HEAD and stand on BASE, the words of the axis end at FOOT, the handle of the
known-by day at HEIGHT."""
LATCH = 4.0
"""Pixels within which the clock is drawn to a day on which something happened."""
PARKED = 7.0
"""Pixels from the right end within which the known-by handle means now."""
_BRACKET = 9.0
_NEAR, _HANDLE, _EDGE = 6.0, 9.0, 5.0
_SHORTEST = 1.0


class Grip(StrEnum):
    """A part of the timeline that can be dragged; the ground takes the clock to the pointer."""

    GROUND = "ground"
    CLOCK = "clock"
    WINDOW = "window"
    WINDOW_START = "window start"
    WINDOW_END = "window end"
    LOOP_START = "loop start"
    LOOP_END = "loop end"
    KNOWN_BY = "known by"


def grip_at(x: float, y: float, scale: TimeScale, clock: Clock, known_by: tuple[float, float]) -> Grip:
    """What lies at a place. known_by: left and right end of its handle with its word.

    The nearer of two grips wins; a narrow window keeps a third of its width to be dragged by.
    """
    now = scale.x(clock.day)
    if y >= FOOT:
        return Grip.KNOWN_BY if known_by[0] <= x <= known_by[1] else Grip.GROUND
    if y < HEAD:
        if clock.repeats is not None and y < _BRACKET:
            start, end = (abs(x - scale.x(day)) for day in clock.repeats)
            if min(start, end) <= min(_NEAR, abs(x - now)):
                return Grip.LOOP_START if start < end else Grip.LOOP_END
        return Grip.CLOCK if abs(x - now) <= _HANDLE else Grip.GROUND
    if clock.mode is not Mode.WINDOW:
        return Grip.CLOCK if abs(x - now) <= _NEAR else Grip.GROUND
    start = scale.x(clock.day - clock.window)
    inside = min(_EDGE, (now - start) / 3)
    if start - _EDGE <= x <= start + inside:
        return Grip.WINDOW_START
    if now - inside <= x <= now + _EDGE:
        return Grip.WINDOW_END
    return Grip.WINDOW if start < x < now else Grip.GROUND


def dragged(grip: Grip, clock: Clock, start: float, now: float, scale: TimeScale, events: Ints) -> Clock:
    """The clock, as it was when its grip was taken on day `start`, dragged to day `now`.

    events (n,): days in order to which the clock and its window are drawn. The known-by day is no part of the clock: it
    stays as it is.
    """
    way = now - start
    if grip is Grip.GROUND:
        return clock.at(latched(now, scale, events))
    if grip in (Grip.CLOCK, Grip.WINDOW):
        return clock.at(latched(clock.day + way, scale, events))
    opening = clock.day - clock.window
    if grip is Grip.WINDOW_START:
        longest = max(clock.span[1] - clock.span[0], _SHORTEST)
        wide = clock.day - latched(opening + way, scale, events)
        return replace(clock, window=min(max(wide, _SHORTEST), longest))
    if grip is Grip.WINDOW_END:
        moved = clock.at(max(latched(clock.day + way, scale, events), opening + _SHORTEST))
        return replace(moved, window=max(moved.day - opening, _SHORTEST))
    if grip in (Grip.LOOP_START, Grip.LOOP_END) and clock.repeats is not None:
        first, last = clock.repeats
        if grip is Grip.LOOP_START:
            return clock.looped_between(min(first + way, last - _SHORTEST), last)
        return clock.looped_between(first, max(last + way, first + _SHORTEST))
    return clock


def latched(day: float, scale: TimeScale, events: Ints) -> float:
    """The nearest day of an event, if it stands within LATCH pixels; else the day itself."""
    at = int(np.searchsorted(events, day))
    near = [float(events[i]) for i in (at - 1, at) if 0 <= i < len(events)]
    if not near:
        return day
    nearest = min(near, key=lambda event: abs(event - day))
    return nearest if abs(nearest - day) * scale.unit <= LATCH else day


def known_by_at(x: float, scale: TimeScale, newest: int) -> int | None:
    """The known-by day of a handle dragged to a place; None, for now, at the right end or past the newest day."""
    day = int(scale.day(x))
    return None if x >= scale.right - PARKED or day >= newest else max(day, int(scale.first))
