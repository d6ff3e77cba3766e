"""A picture of moves as it plays once: how long, from which day to which, what is painted when.

Positions hold still. The picture fills in steps, at most four a second, and between them only people move. After the
last day it stands as the still picture does, with what has no date, until the pause is over. What stands above it is
said of the last day all the time, and does not flicker; beside or below it stands the running day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType
from typing import Protocol

import numpy as np
import numpy.typing as npt

from app.domain import dates
from app.domain.dates import FUTURE, PAST
from app.pictures.frame import Frame
from app.pictures.gathered import Gathered
from app.scene import motion as moving
from app.scene.marks import Anchor, Bools, Floats, Label
from app.scene.motion import Motion
from app.scene.scene import Header, Layer, Measure, Scene
from app.scene.style import Role, Style

STEPS_A_SECOND = 4
"""How often a picture fills while it plays, at most."""
PAUSE = 2.0
"""Seconds that the last day stands, or a fifth of all if that is less."""
SHORTEST, LONGEST = 1.0, 600.0
"""Seconds that a picture may play."""
EARLY, LEAD = 0.08, 30.0
"""Play begins so many days before this share of the people have landed: before that little happens."""
DAY_SIZE, DAY_GAP, DAY_DROP = 17.0, 24.0, 26.0
"""Height of the running day, how far behind the title or below the header it stands, in design pixels."""


class Moving(Protocol):
    """A picture of moves that can be played."""

    @property
    def gathered(self) -> Gathered:
        """What it knows of the dataset."""

    @property
    def frame(self) -> Frame:
        """Where its parts stand."""

    @property
    def measure(self) -> Measure:
        """The widths of texts."""

    @property
    def motion(self) -> Motion | None:
        """The people in motion."""

    def scene(
        self, day: float | None = None, *, mode: moving.Mode, window: float, still: bool, said: Header | None
    ) -> Scene:
        """The picture on a day."""

    @property
    def rests(self) -> Bools:
        """The paths of its motion on which those who have landed stay in sight."""


@dataclass(frozen=True, eq=False)
class Play:
    """One run of a picture. first, last: days; seconds: from one to the other; pause: seconds that the last day stands
    then; day: of the picture that stands then, None: with all that has no date; mode, window: what of the past is in
    sight; dated: whether the running day stands beside the title; remarks: what else a file of it shall say, as word →
    text."""

    picture: Moving
    first: float
    last: float
    seconds: float
    pause: float
    day: float | None = None
    mode: moving.Mode = "cumulative"
    window: float = 0.0
    dated: bool = True
    remarks: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, picture: Moving, whole: float, remarks: Mapping[str, str] = MappingProxyType({})) -> Play:
        """So many seconds altogether, over the window that is counted; where it is open, from a little before much
        happens to the last day. ValueError if that is less than SHORTEST or more than LONGEST."""
        if not SHORTEST <= whole <= LONGEST:
            raise ValueError(f"a picture plays {SHORTEST:g} to {LONGEST:g} seconds, not {whole:g}")
        pause = min(PAUSE, whole / 5)
        gathered, motion = picture.gathered, picture.motion
        land = motion.land if motion is not None else np.empty(0)
        last = last_day(picture)
        window = gathered.options.window or (PAST, FUTURE)
        known = land[land <= last]
        first = (
            float(window[0]) if window[0] > PAST else float(np.quantile(known, EARLY)) - LEAD if len(known) else last
        )
        return cls(picture, min(first, last - 1.0), last, whole - pause, pause, remarks=remarks)

    @classmethod
    def between(
        cls, picture: Moving, first: float, day: float | None, whole: float, mode: moving.Mode, window: float
    ) -> Play:
        """From one day to another in so many seconds altogether; None: to the last one. ValueError as for `of`, and
        where time would not go on."""
        last = day if day is not None else last_day(picture)
        if not SHORTEST <= whole <= LONGEST or last <= first:
            raise ValueError(f"a picture plays from {first:g} to {last:g} in {whole:g} seconds")
        pause = min(PAUSE, whole / 5)
        return cls(picture, first, last, whole - pause, pause, day, mode, window)

    @property
    def days_per_second(self) -> float:
        """How fast time passes."""
        return (self.last - self.first) / self.seconds

    @property
    def whole(self) -> float:
        """Seconds with the pause."""
        return self.seconds + self.pause

    @cached_property
    def n_steps(self) -> int:
        """How often the picture is filled before the last day."""
        return max(int(np.ceil(self.seconds * STEPS_A_SECOND)), 1)

    def step_at(self, second: float) -> int:
        """Which step stands at a time; `n_steps` is the last day."""
        return min(int(second / self.seconds * self.n_steps + 1e-9), self.n_steps)

    def begin_of(self, step: int) -> float:
        """The second at which a step begins."""
        return self.seconds * step / self.n_steps

    def day_at(self, second: float) -> float:
        """The day at a time."""
        return min(self.first + second * self.days_per_second, self.last)

    def second_of(self, day: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """The times of some days."""
        return (day - self.first) / self.days_per_second

    @cached_property
    def closing(self) -> Scene:
        """The last day, as the still picture has it; where nobody rests on it, with the words of those who move."""
        still = self._of(self.day, still=True)
        still = replace(still, meta=replace(still.meta, remarks={**still.meta.remarks, **self.remarks}))
        if any(layer.moving for layer in still.layers):
            return self._dated(still, self.last)
        return self._dated(replace(self._of(self.day), meta=still.meta), self.last)

    def scene(self, step: int) -> Scene:
        """The picture as it stands from the beginning of a step to the next, without people on the way."""
        if step >= self.n_steps:
            return self.closing
        day = self.day_at(self.begin_of(step))
        return self._dated(self._of(day, said=self.closing.header), day)

    def _of(self, day: float | None, *, still: bool = False, said: Header | None = None) -> Scene:
        return self.picture.scene(day, mode=self.mode, window=self.window, still=still, said=said)

    def moment(self, second: float) -> moving.Frame | None:
        """The people at a time, those at rest too; None without any, and on the last day, which has its own."""
        motion = self.motion
        if motion is None or second >= self.seconds:
            return None
        return self.of_play(
            moving.frame(
                motion,
                self.day_at(second),
                days_per_second=self.days_per_second,
                mode=self.mode,
                window_start=self.day_at(second) - self.window,
            )
        )

    def of_play(self, moment: moving.Frame) -> moving.Frame:
        """A moment without the dots that there is no room for, and without those who land after the last day."""
        motion = self.motion
        if motion is None:
            return moment
        seen = (moment.state != moving.LANDED) | self.picture.rests[motion.path[moment.row]]
        return moment.of(seen & (motion.land[moment.row] <= self.last))

    @property
    def motion(self) -> Motion | None:
        """The people in motion."""
        return self.picture.motion

    @cached_property
    def at_rest(self) -> npt.NDArray[np.intp]:
        """The rows of the motion that rest in the picture on the last day."""
        if self.motion is None:
            return np.empty(0, dtype=np.intp)
        return self.of_play(moving.frame(self.motion, self.last, mode="cumulative")).row

    @cached_property
    def rest_places(self) -> Floats:
        """Where they rest, (n, 2)."""
        if self.motion is None:
            return np.empty((0, 2))
        return self.of_play(moving.frame(self.motion, self.last, mode="cumulative")).xy

    @cached_property
    def on_the_way(self) -> npt.NDArray[np.intp]:
        """The rows of the motion of those who land while it plays."""
        if self.motion is None:
            return np.empty(0, dtype=np.intp)
        return np.flatnonzero((self.motion.land > self.first) & (self.motion.land <= self.last))

    def _dated(self, scene: Scene, day: float) -> Scene:
        """A Scene with the running day."""
        if not self.dated:
            return scene
        x, y = self._day_place(scene)
        none = np.full(1, -1, dtype=np.int32)
        label = Label(
            key=none,
            style=np.full(1, len(scene.styles), dtype=np.int32),
            tip=none,
            x=np.array([x]),
            y=np.array([y]),
            anchor=np.array([Anchor.START], dtype=np.int8),
            angle=np.zeros(1),
            text=(dates.text(int(day)),),
            max_width=np.array([np.inf]),
            size=np.array([DAY_SIZE * self.picture.frame.type_scale]),
        )
        layers = (*scene.layers, Layer("day", 84, (label,), "page"))
        return replace(scene, layers=layers, styles=(*scene.styles, Style(Role.CONTEXT)))

    def _day_place(self, scene: Scene) -> tuple[float, float]:
        """Behind the title where there is room, else below the header."""
        frame, s = self.picture.frame, self.picture.frame.type_scale
        said = {
            scene.styles[style].role: (text, float(x), float(y), float(size))
            for mark in scene.layer("header").marks
            if isinstance(mark, Label)
            for style, text, x, y, size in zip(mark.style, mark.text, mark.x, mark.y, mark.size, strict=True)
        }
        title, x, y, size = said[Role.TITLE]
        begin = x + self._width(title, size, 700) + DAY_GAP * s
        words, right, line, letters = said.get(Role.CONTEXT, ("", frame.width - frame.margin, 0.0, 1.0))
        end = right - self._width(words, letters, 520) if line == y else frame.width - frame.margin
        room = self._width("2000-00-00", DAY_SIZE * s, 520) + DAY_GAP * s
        return (begin, y) if begin + room <= end else (frame.margin, frame.header_height + DAY_DROP * s)

    def _width(self, text: str, size: float, weight: int) -> float:
        return float(self.picture.measure([text], (size, weight))[0])


def last_day(picture: Moving) -> float:
    """The day on which a picture ends: its own, or that on which everyone has landed."""
    gathered, motion = picture.gathered, picture.motion
    land = motion.land.tolist() if motion is not None else []
    return float(gathered.clock) if gathered.clock is not None else float(max([gathered.as_of, *land]))
