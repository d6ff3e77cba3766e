"""People in motion: arrays over moves, and where each dot is at a moment.

Times are days (float64) on the dataset's calendar; `seconds` are seconds of screen time. A dot lands on its joined
day. It sets out as late as its crossing allows, not before the left day, and waits at the rim until then; where the
gap between the posts is shorter than the crossing it sets out early and is hollow until the left day.

So a dot always sets out at `land - travel`, where `travel = seconds · days_per_second` days: if that lies after the
left day it waits in between; if it lies before, it crosses hollow until the left day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Literal

import numpy as np
import numpy.typing as npt

from app.scene.curves import headings, length_table, parameters, places, rightward
from app.scene.marks import Bools, Dot, Floats, Ints, floats, ints

WAITING, TRAVELLING, LANDED = 0, 1, 2

Mode = Literal["instant", "window", "cumulative"]
"""Which landed dots a moment shows: none, those landed since the window's start, or all."""

PATH_STEPS = 64
SHORTEST, LONGEST = 0.6, 1.6
PACE = 450.0
"""World units a second of screen time, as far as the bounds of a crossing allow."""
FADE_SECONDS = 0.35
"""Screen time in which a dot at rest appears after it landed."""


@dataclass(frozen=True, eq=False)
class Motion:
    """One row a dated move, sorted by `leave`.

    curve (p, 4, 2): centre lines of flows; trim (p, 2): length cut at both ends;
    path (n,): row → curve; lane (n,): distance right of the centre line; rest (n,): resting place, 0 to 1 along it;
    key, style, tip (n,): as in marks; leave, land (n,): the left and joined days; seconds (n,): screen time of the
    crossing (0.6 to 1.6 by length); unsure (n,): the joined day is not known within a month.
    """

    curve: Floats
    trim: Floats
    path: Ints
    lane: Floats
    rest: Floats
    key: Ints
    style: Ints
    tip: Ints
    leave: Floats
    land: Floats
    seconds: Floats
    unsure: Bools
    span: tuple[float, float] = field(default=(0.0, 0.0))

    def __post_init__(self) -> None:
        for f in fields(self):
            value = getattr(self, f.name)
            if isinstance(value, np.ndarray):
                value.setflags(write=False)

    def __len__(self) -> int:
        return len(self.path)

    @cached_property
    def course(self) -> Course:
        """The trimmed paths at equal steps of length; made once."""
        return _course(self.curve, self.trim)


@dataclass(frozen=True, eq=False)
class Course:
    """Paths cut to their trims, at PATH_STEPS + 1 equal steps of length: every dot finds its place by one look-up.

    xy, right (p · (PATH_STEPS + 1), 2): places, and unit vectors to the right of travel; turn: the heading in degrees
    clockwise from the x axis, continuous along a path; length (p,): trimmed lengths.
    """

    xy: Floats
    right: Floats
    turn: Floats
    length: Floats


@dataclass(frozen=True, eq=False)
class Frame:
    """The dots of one moment, waiting ones first, then travelling, then landed.

    row (k,): row of the motion; xy (k, 2) in world units; state (k,): WAITING, TRAVELLING or LANDED; hollow (k,):
    drawn as a ring; angle (k,): heading in degrees clockwise (a tail points the other way); opacity (k,): 0 to 1.
    """

    row: npt.NDArray[np.intp]
    xy: Floats
    state: npt.NDArray[np.int8]
    hollow: Bools
    angle: Floats
    opacity: Floats

    def __len__(self) -> int:
        return len(self.row)

    def of(self, keep: Bools | npt.NDArray[np.intp]) -> Frame:
        """Some of the dots, by a mask or by number."""
        return Frame(*(getattr(self, f.name)[keep] for f in fields(self)))


def build(
    *,
    curve: Floats,
    trim: Floats,
    path: Sequence[int] | Ints,
    lane: Sequence[float] | Floats,
    rest: Sequence[float] | Floats,
    key: Sequence[int] | Ints,
    style: Sequence[int] | Ints,
    tip: Sequence[int] | Ints,
    leave: Sequence[float] | Floats,
    land: Sequence[float] | Floats,
    unsure: Sequence[bool] | Bools,
    seconds: Floats | None = None,
    span: tuple[float, float] | None = None,
) -> Motion:
    """A Motion from rows in any order: sorted by left day, joined day, given order.

    seconds: trimmed length / PACE within SHORTEST and LONGEST where not given. span: from the first left day to the
    last joined day where not given, (0, 0) without rows. A joined day before its left day pulls the left day to it.
    ValueError where a day is not a number or a row points at no path.
    """
    starts, ends = floats(leave), floats(land)
    paths = ints(path)
    if not (np.isfinite(starts).all() and np.isfinite(ends).all()):
        raise ValueError("every dot needs a left and a joined day")
    if len(paths) and not (paths.min() >= 0 and paths.max() < len(curve)):
        raise ValueError(f"a dot points at path {int(paths.max())} of {len(curve)}")
    starts = np.minimum(starts, ends)
    order = np.lexsort((ends, starts))
    course = _course(curve, trim)
    if seconds is None:
        seconds = np.clip(course.length / PACE, SHORTEST, LONGEST)[paths]
    if span is None:
        span = (float(starts.min()), float(ends.max())) if len(paths) else (0.0, 0.0)
    made = Motion(
        curve=floats(curve),
        trim=floats(trim),
        path=paths[order],
        lane=floats(lane)[order],
        rest=floats(rest)[order],
        key=ints(key)[order],
        style=ints(style)[order],
        tip=ints(tip)[order],
        leave=starts[order],
        land=ends[order],
        seconds=floats(seconds)[order],
        unsure=np.array(unsure, dtype=np.bool_)[order],
        span=span,
    )
    made.__dict__["course"] = course  # already made for the lengths; what cached_property would store
    return made


def frame(
    motion: Motion,
    day: float,
    *,
    days_per_second: float = 0.0,
    mode: Mode = "cumulative",
    window_start: float = -np.inf,
    rests: Bools | None = None,
) -> Frame:
    """The dots of a moment.

    mode `instant`: those waiting or travelling now; `window`: also those that landed in [window_start, day], at rest;
    `cumulative`: also all that landed before. rests: (p,) the paths on which those who have landed stay in sight, None
    for all. days_per_second: speed of the clock; at 0 (a still) nothing travels and nothing fades in. ValueError if the
    speed is negative or no number. No rows give an empty frame.
    """
    if not days_per_second >= 0:
        raise ValueError(f"the clock cannot run at {days_per_second} days a second")
    latest = day + (LONGEST if not len(motion) else float(motion.seconds.max())) * days_per_second
    first = np.searchsorted(motion.leave, latest, side="right")  # later rows have neither left nor set out
    land = motion.land[:first]
    landed = land <= day
    active = np.flatnonzero(~landed)
    travel = motion.seconds[active] * days_per_second
    out = land[active] - travel
    moving = out <= day
    groups = [active[(motion.leave[active] <= day) & ~moving], active[moving]]
    if mode != "instant":
        at_rest = landed if mode == "cumulative" else landed & (land >= window_start)
        if rests is not None and not rests.all():
            at_rest = at_rest & rests[motion.path[:first]] if rests.any() else np.zeros(0, dtype=np.bool_)
        groups.append(np.flatnonzero(at_rest))
    row = np.concatenate(groups)
    counts = [len(group) for group in groups]
    state = np.repeat(np.arange(len(groups), dtype=np.int8), counts)
    along = np.zeros(len(row))
    opacity = np.ones(len(row))
    hollow = motion.unsure[row]
    middle = slice(counts[0], counts[0] + counts[1])
    rows = row[middle]
    along[middle] = (day - out[moving]) / travel[moving]
    hollow[middle] |= day < motion.leave[rows]
    if mode != "instant":
        rest = slice(counts[0] + counts[1], None)
        rows = row[rest]
        along[rest] = motion.rest[rows]
        fade = FADE_SECONDS * days_per_second
        if fade > 0:
            opacity[rest] = np.minimum((day - land[rows]) / fade, 1.0)
    xy, angle = _at(motion, row, along)
    return Frame(row, xy, state, hollow, angle, opacity)


def since(day: float | None, mode: Mode, window: float) -> float | None:
    """The day after which a picture of a day counts, `window` days before or the day itself; None: it counts from the
    beginning."""
    return None if day is None or mode == "cumulative" else day - (window if mode == "window" else 0.0)


def still(
    motion: Motion, day: float, *, radius: float, mode: Mode = "cumulative", window_start: float = -np.inf
) -> Dot:
    """The moment as marks, for the still twin of a moving layer: dots that wait or rest, with their keys and tips."""
    moment = frame(motion, day, mode=mode, window_start=window_start)
    row = moment.row
    return Dot(
        key=motion.key[row],
        style=motion.style[row],
        tip=motion.tip[row],
        x=moment.xy[:, 0].copy(),
        y=moment.xy[:, 1].copy(),
        r=np.full(len(row), radius),
    )


def _at(motion: Motion, row: npt.NDArray[np.intp], along: Floats) -> tuple[Floats, Floats]:
    """Places (k, 2) and headings (k,) at shares (k,) of the trimmed paths."""
    course = motion.course
    at = np.clip(along, 0.0, 1.0) * PATH_STEPS
    low = np.minimum(at.astype(np.intp), PATH_STEPS - 1)
    part = at - low
    index = motion.path[row] * (PATH_STEPS + 1) + low
    lane = motion.lane[row]
    xy = np.empty((len(row), 2))
    for axis in (0, 1):
        centre, right = course.xy[:, axis], course.right[:, axis]
        near = centre[index] + lane * right[index]
        far = centre[index + 1] + lane * right[index + 1]
        xy[:, axis] = near + part * (far - near)
    turn = course.turn[index]
    return xy, turn + part * (course.turn[index + 1] - turn)


def _course(curve: Floats, trim: Floats) -> Course:
    table = length_table(curve)
    total = table[:, -1:]
    start = np.clip(trim[:, :1], 0.0, total)
    stop = np.clip(total - trim[:, 1:], start, total)
    t = parameters(curve, table, start + (stop - start) * np.linspace(0.0, 1.0, PATH_STEPS + 1))
    heading = headings(curve, t)
    turn = np.degrees(np.unwrap(np.arctan2(heading[..., 1], heading[..., 0]), axis=1))
    flat = (-1, 2)
    return Course(
        places(curve, t).reshape(flat), rightward(heading).reshape(flat), turn.ravel(), (stop - start).ravel()
    )
