"""What is written on the quiet lines between organizations: amount and stake, where there is room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from app.pictures.board import Board
from app.pictures.gathered import Bond
from app.scene import lettering
from app.scene.marks import Anchor, Bools, Floats
from app.scene.style import Emphasis, Role, Style

if TYPE_CHECKING:
    from app.pictures.flowmap import FlowMap

NEAR_MIDDLE = (12, 11, 13, 10, 14, 9, 15, 8, 16, 7, 17, 6, 18)
"""Points of a relation's line at which its text may stand, the middle first."""


@dataclass(frozen=True, slots=True)
class Text:
    """The text of a relation where it stands, in the middle of its baseline."""

    bond: Bond
    x: float
    y: float
    style: Style
    size: float


def placed(picture: FlowMap) -> tuple[Text, ...]:
    """Texts of the relations of all days, so that they hold still while time passes: near the middle of the line, where
    that covers no node, name, count or flow; what has no room there only its tip says."""
    if not picture.options.relations:
        return ()
    board, laid, s = picture.prepared.board, picture.layout, picture.frame.type_scale
    number = {int(code): n for n, code in enumerate(picture.traffic.nodes)}
    size, weight = lettering.font(Style(Role.RELATION_TEXT))
    words = (laid.name_boxes[laid.names], laid.count_boxes[laid.counts], laid.stub_count_boxes.reshape(-1, 4))
    taken = np.concatenate([*words, laid.plate_boxes])
    discs = np.concatenate([np.column_stack([laid.xy, laid.radii]), picture.prepared.flow_discs])
    found = []
    for bond in picture.gathered.bonds(None):
        a, b = number.get(bond.a), number.get(bond.b)
        if a is None or b is None or not bond.text:
            continue
        points = picture.prepared.bond_lines[bond.a, bond.b][list(NEAR_MIDDLE)]
        room = np.array([board.width(bond.text, (size * s, weight)) + 6, size * s * 1.2])
        boxes = np.column_stack([points - room / 2, np.tile(room, (len(points), 1))])
        free = np.flatnonzero(_free(boxes, taken, discs))
        if len(free):
            x, y = points[free[0]].tolist()
            quiet = picture.prepared.node_quiet[a] or picture.prepared.node_quiet[b]
            style = Style(Role.RELATION_TEXT, emphasis=Emphasis.QUIET if quiet else Emphasis.NORMAL)
            found.append(Text(bond, x, y + size * s * 0.36, style, size * s))
            taken = np.concatenate([taken, boxes[free[:1]]])
    return tuple(found)


def texts(board: Board, picture: FlowMap, day: float | None) -> None:
    """Those of the relations that a day knows."""
    known = {bond.key for bond in picture.gathered.bonds(day)}
    sheet = board.sheet("relation-texts", 58)
    for text in picture.relation_texts:
        if text.bond.key in known:
            key, tip = text.bond.key, text.bond.tip
            sheet.label(text.x, text.y, text.bond.text, text.style, text.size, anchor=Anchor.MIDDLE, key=key, tip=tip)


def _free(boxes: Floats, taken: Floats, discs: Floats) -> Bools:
    """Which boxes (b, 4) touch no other box (t, 4; NaN touches nothing) and no disc (k, 3) of x, y, radius: (b,)."""
    low, high = boxes[:, None, :2], boxes[:, None, :2] + boxes[:, None, 2:]
    meet = np.all((low < taken[:, :2] + taken[:, 2:]) & (taken[:, :2] < high), axis=2)
    near = np.clip(discs[:, :2], low, high) - discs[:, :2]
    apart: Bools = np.hypot(near[..., 0], near[..., 1]) > discs[:, 2] + 2
    return np.asarray(~np.any(meet, axis=1) & apart.all(axis=1))
