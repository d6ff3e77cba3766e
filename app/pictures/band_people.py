"""People in motion on bands: one dot a dated move, on its own stripe of its band, from the bar it leaves to the bar it
joins. What has landed is part of the band, which grows by a stripe."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from app.analysis.moves import Moves
from app.domain.index import ABSENT
from app.domain.schema import STATUSES
from app.layout.sankey import SankeyLayout
from app.pictures.bands import Bands
from app.pictures.board import NONE, Board
from app.pictures.flowmap_people import MOST_DOTS, UNSURE_DAYS
from app.pictures.flowmap_tips import move_tip
from app.pictures.gathered import Gathered
from app.scene import motion as moving
from app.scene.marks import Bools, Floats, ints
from app.scene.motion import Motion
from app.scene.style import Certainty, Emphasis, Role, Status, Style

LEAST_STRIPE = 1.5
"""Pixels: stripes that would be narrower are shared, so that a million people need no million curves."""
MOST_STRIPES = 1 << 20
"""More than any band has."""


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
    band, row = bands.band[member], move[member]
    found, path = np.unique(_stripes(bands, placed, member), return_inverse=True)
    on, across = found // MOST_STRIPES, (found % MOST_STRIPES + 0.5) / _n_stripes(bands, placed)[found // MOST_STRIPES]
    stripes = curves[on].copy()
    stripes[..., 1] += ((across - 0.5) * placed.breadth[on])[:, None]
    many = len(member) > MOST_DOTS
    unsure = moves.joined_hi[row] - moves.joined_lo[row] > UNSURE_DAYS
    worn = (bands.start[band].astype(np.int64) * len(STATUSES) + moves.status[row]) * 4 + lit[band] * 2 + unsure
    kinds, kind = np.unique(worn, return_inverse=True)
    style = np.array([board.style(_style(gathered, bands, some)) for some in kinds.tolist()], dtype=np.int32)
    left = np.where(moves.left_lo[row] > -(2**29), moves.left_lo[row], moves.joined[row])
    none = np.full(len(member), NONE)
    return moving.build(
        curve=stripes,
        trim=np.zeros((len(stripes), 2)),
        path=path.reshape(-1).astype(np.int32),
        lane=np.zeros(len(member)),
        rest=np.ones(len(member)),
        key=none if many else ints([board.key(gathered.move_key(moves, r)) for r in row.tolist()]),
        style=style[kind.reshape(-1)],
        tip=none if many else ints([board.tip(move_tip(gathered, moves, r)) for r in row.tolist()]),
        leave=left.astype(np.float64),
        land=moves.joined[row].astype(np.float64),
        unsure=unsure,
    )


def _style(gathered: Gathered, bands: Bands, worn: int) -> Style:
    """The look of a dot by one number: the block that the person left, how sure the move is, whether it is in focus,
    whether its day is unsure."""
    block, status = divmod(worn // 4, len(STATUSES))
    lit, unsure = worn & 2, worn & 1
    code = int(bands.code[block])
    return Style(
        Role.PERSON,
        gathered.ids[code] if code > ABSENT else "",
        Status(STATUSES[status]),
        Emphasis.NORMAL if lit else Emphasis.QUIET,
        Certainty.UNSURE if unsure else Certainty.SURE,
    )


def _stripes(bands: Bands, placed: SankeyLayout, member: npt.NDArray[np.intp]) -> npt.NDArray[np.int64]:
    """The stripe of each member, (d,): band · MOST_STRIPES + its place from the top."""
    band = bands.band[member].astype(np.int64)
    share = (member - bands.first[band] + 0.5) / bands.people[band]
    return band * MOST_STRIPES + (share * _n_stripes(bands, placed)[band]).astype(np.int64)


def _n_stripes(bands: Bands, placed: SankeyLayout) -> npt.NDArray[np.int64]:
    """Stripes of each band: one a person as long as they are broad enough."""
    room = np.floor(placed.breadth / LEAST_STRIPE).astype(np.int64)
    return np.clip(np.minimum(room, bands.people), 1, MOST_STRIPES)


def under_way(moment: moving.Frame) -> moving.Frame:
    """A moment without those who have landed: the bands stand for them."""
    keep = moment.state != moving.LANDED
    return moving.Frame(
        moment.row[keep],
        moment.xy[keep],
        moment.state[keep],
        moment.hollow[keep],
        moment.angle[keep],
        moment.opacity[keep],
    )
