"""People in motion on bands: one dot a dated move, on its own stripe of its band, from the bar it leaves to the bar it
joins. What has landed is part of the band, which grows by a stripe."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from app.analysis.moves import Moves
from app.domain.index import ABSENT
from app.layout.sankey import SankeyLayout
from app.pictures.bands import Bands
from app.pictures.board import Board
from app.pictures.gathered import Gathered
from app.pictures.move_dots import dots, stripes
from app.scene.marks import Bools, Floats
from app.scene.motion import Motion


def motion_of(
    board: Board,
    gathered: Gathered,
    bands: Bands,
    placed: SankeyLayout,
    curves: Floats,
    moves: Moves,
    move: npt.NDArray[np.intp],
    lit: Bools,
) -> Motion | None:
    """The dots of all members with a dated move; None without any. move (m,): the row of `moves` of each member,
    negative for none; curves (k, 4, 2): centre lines of the bands; lit (k,): bands in focus."""
    dated = (move >= 0) & ~moves.undated[np.maximum(move, 0)] if len(moves) else np.zeros(len(move), dtype=np.bool_)
    member = np.flatnonzero(dated)
    if not len(member):
        return None
    band = bands.band[member]
    on, across, path = stripes(bands, member, band.astype(np.int64), placed.breadth, bands.people)
    curve = curves[on].copy()
    curve[..., 1] += ((across - 0.5) * placed.breadth[on])[:, None]

    def organization(block: int) -> str:
        code = int(bands.code[block])
        return gathered.ids[code] if code > ABSENT else ""

    return dots(
        board, gathered, moves, move[member], curve=curve, path=path, lane=np.zeros(len(member)),
        left=bands.start[band], lit=lit[band], organization=organization,
    )  # fmt: skip
