"""People on a flow map: one dot a dated move, on its own stripe of its flow, in motion and at rest."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from app.analysis.moves import Moves
from app.layout.flowmap import FlowMapLayout
from app.pictures.board import NONE, Board
from app.pictures.flowmap_tips import move_tip
from app.pictures.gathered import Gathered, outside_focus
from app.pictures.traffic import Traffic
from app.scene import motion as moving
from app.scene.marks import Dot, Floats, Ints, Path, floats, ints
from app.scene.motion import Motion
from app.scene.style import Certainty, Emphasis, Role, Status, Style
from app.scene.tips import Later

if TYPE_CHECKING:
    from app.pictures.flowmap import FlowMap

Positions = npt.NDArray[np.intp]
Bools = npt.NDArray[np.bool_]

UNSURE_DAYS = 31
"""A day that is not known within so many is uncertain: its dot is hollow."""
DOT_RADIUS = 3.3
LEAST_SPACE = 7.0
"""Pixels of path a resting dot needs; where there is less the flow's breadth and count stand for its people."""
MOST_TAILS = 400
"""With more people than this at rest no dot has a tail: it is the first thing that crowds."""
MOST_DOTS = 20_000
"""With more people than this no dot has a tip or a key of its own."""


def motion_of(
    board: Board, gathered: Gathered, traffic: Traffic, placed: FlowMapLayout, shown: Positions
) -> Motion | None:
    """One dot a dated move: its stripe across the flow, its place to rest, its days, its words."""
    moves = traffic.moves
    place = np.full(traffic.n_flows, -1, dtype=np.intp)
    place[shown] = np.arange(len(shown))
    rows = np.flatnonzero(~moves.undated)
    if not len(rows):
        return None
    flow = traffic.flow[rows]
    path = place[flow]
    people = traffic.people[flow]
    stripe = rows - traffic.first[flow]
    lane = placed.inner[path] + placed.widths[path] * (stripe + 0.5) / people
    many = len(rows) > MOST_DOTS
    unsure = moves.joined_hi[rows] - moves.joined_lo[rows] > UNSURE_DAYS
    origins = [gathered.ids[c] for c in traffic.nodes]
    status = [Status(word) for word in gathered.statuses(moves.status[rows])]
    quiet, _ = outside_focus(gathered, traffic, np.arange(traffic.n_flows))
    style = ints(
        [
            board.style(
                Style(
                    Role.PERSON,
                    origins[a],
                    s,
                    Emphasis.QUIET if q else Emphasis.NORMAL,
                    Certainty.UNSURE if u else Certainty.SURE,
                )
            )
            for a, s, u, q in zip(traffic.flow_from[flow], status, unsure, quiet[flow], strict=True)
        ]
    )
    left = np.where(moves.left_lo[rows] > -(2**29), moves.left_lo[rows], moves.joined[rows])
    return moving.build(
        curve=placed.curves,
        trim=np.stack([placed.trims[:, 0], placed.trims[:, 1]], axis=1),
        path=ints(path.tolist()),
        lane=lane,
        rest=_rests(traffic, rows, flow),
        key=np.full(len(rows), NONE) if many else ints([board.key(gathered.move_key(moves, int(r))) for r in rows]),
        style=style,
        tip=np.full(len(rows), NONE) if many else ints(_tips(board, gathered, moves, rows)),
        leave=left.astype(np.float64),
        land=moves.joined[rows].astype(np.float64),
        unsure=unsure,
    )


def _tips(board: Board, gathered: Gathered, moves: Moves, rows: Positions) -> list[int]:
    told = partial(move_tip, gathered, moves)
    return [board.tip(Later(told, row)) for row in rows.tolist()]


def _rests(traffic: Traffic, rows: Positions, flow: Ints) -> Floats:
    """Resting places along a flow: by day, the earliest nearest the head, evenly between tail and head."""
    by_day = np.lexsort((rows, traffic.moves.joined[rows], flow))
    first = np.searchsorted(flow[by_day], np.arange(traffic.n_flows + 1))
    n = np.diff(first)
    place = np.arange(len(rows)) - first[flow[by_day]]
    rest = np.empty(len(rows))
    rest[by_day] = 0.86 - 0.78 * (place + 0.5) / n[flow[by_day]]
    return rest


def people(board: Board, picture: FlowMap, day: float | None) -> None:
    """Everyone who has moved by the day, at rest on their flow, and a short tail that says which way they went."""
    motion = picture.prepared.motion
    if motion is None:
        return
    unit = picture.frame.scale
    at = float(np.inf) if day is None else day
    moment = moving.frame(motion, min(at, 1e9), mode="cumulative", rests=picture.rests)
    landed = moment.state == moving.LANDED
    row, xy, angle = moment.row[landed], moment.xy[landed], np.radians(moment.angle[landed])
    if not len(row):
        return
    sheet = board.sheet("people", 50, moving=True)
    scale = max(min(unit, 1.6), 0.72)
    back = -np.stack([np.cos(angle), np.sin(angle)], axis=1) * scale
    styles = picture.prepared.board.styles
    worn = [styles[n] for n in motion.style[row].tolist()]
    none = np.full(len(row), NONE, dtype=np.int32)
    tailed = ((15.0, 9.0, Emphasis.SMALL), (9.0, 3.0, Emphasis.NORMAL)) if len(row) <= MOST_TAILS else ()
    for far, near, strength in tailed:
        tails = (Style(Role.TAIL, w.organization, emphasis=w.emphasis or strength) for w in worn)
        sheet.marks(
            Path(
                key=none.copy(),
                style=ints([board.style(tail) for tail in tails]),
                tip=none.copy(),
                points=np.stack([xy + far * back, xy + near * back], axis=1).reshape(-1, 2),
                offsets=np.arange(0, 2 * len(row) + 1, 2, dtype=np.int32),
                closed=np.zeros(len(row), dtype=np.bool_),
                stroke=np.zeros(len(row)),
            )
        )
    radius = np.where(motion.unsure[row], 2.9, DOT_RADIUS) * scale
    sheet.marks(
        Dot(
            key=motion.key[row],
            style=motion.style[row],
            tip=motion.tip[row],
            x=floats(xy[:, 0]),
            y=floats(xy[:, 1]),
            r=radius,
        )
    )


def room(motion: Motion | None, widths: Floats, unit: float) -> Bools:
    """Which paths have room for resting dots: enough length for each, and enough breadth to carry one."""
    if motion is None:
        return np.zeros(len(widths), dtype=np.bool_)
    each = motion.course.length * 0.78 / np.maximum(np.bincount(motion.path, minlength=len(widths)), 1)
    return (each >= LEAST_SPACE * unit) & (widths >= 1.2 * min(unit, 1.0))
