"""People in motion on chords: one dot a dated move, on its own stripe of its chord, from the arc it leaves to where the
chord points. What has landed is part of the chord, which grows by a stripe."""

from __future__ import annotations

import numpy as np

from app.layout.chord import ChordLayout
from app.layout.matrix import Positions
from app.pictures.board import NONE, Board
from app.pictures.exchange import Exchange
from app.pictures.move_dots import dots, stripes
from app.scene.motion import Motion


def motion_of(board: Board, exchange: Exchange, pair: Positions, placed: ChordLayout) -> Motion | None:
    """The dots of all dated moves that have a chord; None without any. pair (m,): the pair of each chord."""
    bands, gathered, moves = exchange.bands, exchange.gathered, exchange.gathered.moves
    number = np.full(exchange.n_pairs, NONE, dtype=np.int64)
    number[pair] = np.arange(len(pair))
    member = np.flatnonzero((number[bands.band] >= 0) & ~moves.undated[bands.members])
    if not len(member):
        return None
    band = bands.band[member]
    on, across, path = stripes(bands, member, number[band], placed.widths, bands.people[pair])
    curve, lane = placed.ways(on, across)
    return dots(
        board, gathered, moves, bands.members[member], curve=curve, path=path, lane=lane[path],
        left=exchange.origin[band], lit=exchange.lit[0][band], organization=exchange.organization,
    )  # fmt: skip
