"""People in motion on chords: one dot a dated move, on its own stripe of its chord, from the arc it leaves to where the
chord points. What has landed is part of the chord, which grows by a stripe."""

from __future__ import annotations

import numpy as np

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


def motion_of(board: Board, exchange: Exchange, pair: Positions, placed: ChordLayout) -> Motion | None:
    """The dots of all dated moves that have a chord; None without any. pair (m,): the pair of each chord."""
    bands, gathered, moves = exchange.bands, exchange.gathered, exchange.gathered.moves
    chord = np.full(exchange.n_pairs, NONE, dtype=np.int32)
    chord[pair] = np.arange(len(pair))
    member = np.flatnonzero((chord[bands.band] >= 0) & ~moves.undated[bands.members])
    if not len(member):
        return None
    band, row = bands.band[member], bands.members[member]
    path = chord[band]
    stripe = (member - bands.first[band] + 0.5) / bands.people[band]
    many = len(member) > MOST_DOTS
    unsure = moves.joined_hi[row] - moves.joined_lo[row] > UNSURE_DAYS
    status = [Status(word) for word in gathered.statuses(moves.status[row])]
    lit, _ = exchange.lit
    style = [
        board.style(
            Style(
                Role.PERSON,
                exchange.organization(place),
                word,
                Emphasis.NORMAL if bright else Emphasis.QUIET,
                Certainty.UNSURE if vague else Certainty.SURE,
            )
        )
        for place, word, bright, vague in zip(
            exchange.origin[band].tolist(), status, lit[band].tolist(), unsure.tolist(), strict=True
        )
    ]
    left = np.where(moves.left_lo[row] > -(2**29), moves.left_lo[row], moves.joined[row])
    none = np.full(len(member), NONE)
    return moving.build(
        curve=placed.curves,
        trim=np.zeros((len(placed.curves), 2)),
        path=path,
        lane=(stripe - 0.5) * placed.widths[path],
        rest=np.ones(len(member)),
        key=none if many else ints([board.key(gathered.move_key(moves, r)) for r in row.tolist()]),
        style=ints(style),
        tip=none if many else ints([board.tip(move_tip(gathered, moves, r)) for r in row.tolist()]),
        leave=left.astype(np.float64),
        land=moves.joined[row].astype(np.float64),
        unsure=unsure,
    )
