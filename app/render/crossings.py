"""Where each person is while a picture plays, for files that move by themselves: one row a dot, in seconds. No Qt."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.pictures.playing import Play
from app.render.look import Look
from app.render.palette import Palette
from app.scene.marks import Bools, Floats, Ints
from app.scene.motion import PATH_STEPS, Motion
from app.scene.style import Certainty, Style

POINTS = 6
"""Places of a crossing that a file holds; between them a dot goes straight on, always at one speed."""
RADIUS, HOLLOW_RADIUS = 3.3, 2.9
"""Pixels of a dot on the way, as on the screen."""


@dataclass(frozen=True, eq=False)
class Crossings:
    """row (n,): of the motion; rests (n,): whether the dot stays in the picture; early (n,): whether it rests from the
    beginning and never moves. Times in seconds of the play: appears (n,), where it waits or sets out; out, left, land
    (n,): when it sets out, when its person has left, when it lands. way (n, POINTS, 2): places from `out` to `land` at
    equal times; unsure (n,): hollow all the time. A dot is hollow from `appears` to `left` as long as it crosses
    before it has left."""

    row: Ints
    rests: Bools
    early: Bools
    appears: Floats
    out: Floats
    left: Floats
    land: Floats
    way: Floats
    unsure: Bools

    @classmethod
    def of(cls, play: Play) -> Crossings:
        """Everyone who lands while it plays, and those who rest in the picture from its beginning; in the order of the
        motion. Nobody where there is no motion."""
        motion = play.motion
        rows = np.union1d(play.at_rest, play.on_the_way)
        if motion is None or not len(rows):
            none = np.empty(0)
            no = np.empty(0, dtype=np.bool_)
            return cls(none.astype(np.int32), no, no, none, none, none, none, np.empty((0, POINTS, 2)), no)
        land, left = play.second_of(motion.land[rows]), play.second_of(motion.leave[rows])
        out = land - motion.seconds[rows]
        return cls(
            row=rows.astype(np.int32),
            rests=np.isin(rows, play.at_rest),
            early=motion.land[rows] <= play.first,
            appears=np.minimum(left, out),
            out=out,
            left=left,
            land=land,
            way=_way(motion, rows),
            unsure=motion.unsure[rows],
        )

    def __len__(self) -> int:
        return len(self.row)


def _way(motion: Motion, rows: np.ndarray[tuple[int, ...], np.dtype[np.intp]]) -> Floats:
    course = motion.course
    at = np.round(np.linspace(0, PATH_STEPS, POINTS)).astype(np.intp)
    index = motion.path[rows][:, None] * (PATH_STEPS + 1) + at
    way: Floats = course.xy[index] + motion.lane[rows][:, None, None] * course.right[index]
    return way


def stands_from(play: Play, land: float) -> int:
    """The step from which someone who lands at a second stands in the picture."""
    return min(play.step_at(land) + 1, play.n_steps)


def looks(palette: Palette, style: Style) -> tuple[Look, Look]:
    """A dot while it is sure, and while it is hollow."""
    sure, hollow = (
        palette.look(Style(style.role, style.organization, style.status, style.emphasis, certainty))
        for certainty in (Certainty.SURE, Certainty.UNSURE)
    )
    return sure, hollow
