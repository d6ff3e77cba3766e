"""People in motion on chords: one dot a dated move, on its own stripe of its chord, from the arc it leaves to where the
chord points. What has landed is part of the chord, which grows by a stripe."""

from __future__ import annotations

import numpy as np

from app.domain.schema import STATUSES
from app.layout.chord import ChordLayout
from app.layout.matrix import Positions
from app.pictures.board import NONE, Board
from app.pictures.exchange import Exchange
from app.pictures.flowmap_people import MOST_DOTS, UNSURE_DAYS
from app.pictures.flowmap_tips import move_tip
from app.scene import motion as moving
from app.scene.marks import ints
from app.scene.motion import Motion
from app.scene.style import Certainty, Emphasis, Role, Status, Style

LEAST_STRIPE = 1.5
"""Pixels: stripes that would be narrower are shared, so that a million people need no million curves."""
MOST_STRIPES = 1 << 20
"""More than any chord has."""


def motion_of(board: Board, exchange: Exchange, pair: Positions, placed: ChordLayout) -> Motion | None:
    """The dots of all dated moves that have a chord; None without any. pair (m,): the pair of each chord."""
    bands, gathered, moves = exchange.bands, exchange.gathered, exchange.gathered.moves
    number = np.full(exchange.n_pairs, NONE, dtype=np.int64)
    number[pair] = np.arange(len(pair))
    member = np.flatnonzero((number[bands.band] >= 0) & ~moves.undated[bands.members])
    if not len(member):
        return None
    band, row = bands.band[member], bands.members[member]
    chord = number[band]
    stripes = np.clip(np.minimum((placed.widths / LEAST_STRIPE).astype(np.int64), bands.people[pair]), 1, MOST_STRIPES)
    place = (member - bands.first[band] + 0.5) / bands.people[band]
    found, path = np.unique(chord * MOST_STRIPES + (place * stripes[chord]).astype(np.int64), return_inverse=True)
    on = found // MOST_STRIPES
    curves, lane = placed.ways(on, (found % MOST_STRIPES + 0.5) / stripes[on])
    many = len(member) > MOST_DOTS
    unsure = moves.joined_hi[row] - moves.joined_lo[row] > UNSURE_DAYS
    lit, _ = exchange.lit
    worn = (exchange.origin[band].astype(np.int64) * len(STATUSES) + moves.status[row]) * 4 + lit[band] * 2 + unsure
    kinds, kind = np.unique(worn, return_inverse=True)
    style = np.array([board.style(_style(exchange, some)) for some in kinds.tolist()], dtype=np.int32)
    left = np.where(moves.left_lo[row] > -(2**29), moves.left_lo[row], moves.joined[row])
    none = np.full(len(member), NONE)
    return moving.build(
        curve=curves,
        trim=np.zeros((len(curves), 2)),
        path=path.reshape(-1).astype(np.int32),
        lane=lane[path.reshape(-1)],
        rest=np.ones(len(member)),
        key=none if many else ints([board.key(gathered.move_key(moves, r)) for r in row.tolist()]),
        style=style[kind.reshape(-1)],
        tip=none if many else ints([board.tip(move_tip(gathered, moves, r)) for r in row.tolist()]),
        leave=left.astype(np.float64),
        land=moves.joined[row].astype(np.float64),
        unsure=unsure,
    )


def _style(exchange: Exchange, worn: int) -> Style:
    """The look of a dot by one number: the place that the person left, how sure the move is, whether it is in focus,
    whether its day is unsure."""
    place, status = divmod(worn // 4, len(STATUSES))
    return Style(
        Role.PERSON,
        exchange.organization(place),
        Status(STATUSES[status]),
        Emphasis.NORMAL if worn & 2 else Emphasis.QUIET,
        Certainty.UNSURE if worn & 1 else Certainty.SURE,
    )
