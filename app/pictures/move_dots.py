"""People in motion on bands and chords: one dot a dated move, on its own stripe of what it moves on. What has landed is
part of that, which grows by a stripe."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from app.analysis.moves import Moves
from app.domain.schema import STATUSES
from app.pictures.bands import Bands
from app.pictures.board import NONE, Board
from app.pictures.flowmap_people import MOST_DOTS, UNSURE_DAYS
from app.pictures.flowmap_tips import move_tip
from app.pictures.gathered import Gathered
from app.scene import motion as moving
from app.scene.marks import Bools, Floats, Ints, ints
from app.scene.motion import Motion
from app.scene.style import Certainty, Emphasis, Role, Status, Style

Positions = npt.NDArray[np.intp]

LEAST_STRIPE = 1.5
"""Pixels: stripes that would be narrower are shared, so that a million people need no million curves."""
MOST_STRIPES = 1 << 20
"""More than any band has."""


def stripes(
    bands: Bands, member: Positions, line: npt.NDArray[np.int64], breadth: Floats, people: Ints
) -> tuple[npt.NDArray[np.int64], Floats, Ints]:
    """The stripes of some members (d,) of bands: of each stripe the line it is on (p,) and how far across it (p,), 0 to
    1; of each member its stripe (d,). line (d,): what each member moves on; breadth, people (n,): of each line."""
    n = np.clip(np.minimum((breadth / LEAST_STRIPE).astype(np.int64), people), 1, MOST_STRIPES)
    band = bands.band[member]
    place = (member - bands.first[band] + 0.5) / bands.people[band]
    found, path = np.unique(line * MOST_STRIPES + (place * n[line]).astype(np.int64), return_inverse=True)
    on = found // MOST_STRIPES
    return on, (found % MOST_STRIPES + 0.5) / n[on], path.reshape(-1).astype(np.int32)


def dots(
    board: Board,
    gathered: Gathered,
    moves: Moves,
    row: Positions,
    *,
    curve: Floats,
    path: Ints,
    lane: Floats,
    left: Ints,
    lit: Bools,
    organization: Callable[[int], str],
) -> Motion:
    """The dots of some rows (d,) of `moves`. curve (p, 4, 2), path, lane (d,): as of a Motion; left (d,): the number of
    the place that each person left; lit (d,): whether it is in focus; organization: the id of whose colour a place
    wears."""

    def style(worn: int) -> Style:
        place, status = divmod(worn // 4, len(STATUSES))
        return Style(
            Role.PERSON,
            organization(place),
            Status(STATUSES[status]),
            Emphasis.NORMAL if worn & 2 else Emphasis.QUIET,
            Certainty.UNSURE if worn & 1 else Certainty.SURE,
        )

    many = len(row) > MOST_DOTS
    unsure = moves.joined_hi[row] - moves.joined_lo[row] > UNSURE_DAYS
    kinds, kind = np.unique(
        (left.astype(np.int64) * len(STATUSES) + moves.status[row]) * 4 + lit * 2 + unsure, return_inverse=True
    )
    styles = np.array([board.style(style(worn)) for worn in kinds.tolist()], dtype=np.int32)
    leave = np.where(moves.left_lo[row] > -(2**29), moves.left_lo[row], moves.joined[row])
    none = np.full(len(row), NONE)
    return moving.build(
        curve=curve,
        trim=np.zeros((len(curve), 2)),
        path=path,
        lane=lane,
        rest=np.ones(len(row)),
        key=none if many else ints([board.key(gathered.move_key(moves, r)) for r in row.tolist()]),
        style=styles[kind.reshape(-1)],
        tip=none if many else ints([board.tip(move_tip(gathered, moves, r)) for r in row.tolist()]),
        leave=leave.astype(np.float64),
        land=moves.joined[row].astype(np.float64),
        unsure=unsure,
    )


def nowhere(motion: Motion | None) -> Bools:
    """No path: bands and chords stand for those who have landed."""
    return np.zeros(0 if motion is None else len(motion.curve), dtype=np.bool_)
