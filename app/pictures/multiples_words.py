"""Words of small multiples: the header of all, the heads of tiles, the legend."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from app.layout.tiling import Room
from app.pictures import flowmap_words, legend, moves_words, wording
from app.pictures.board import Board, Sheet
from app.pictures.frame import Frame
from app.pictures.legend import Entry
from app.scene import lettering
from app.scene.marks import Anchor, floats
from app.scene.scene import Header, Tip
from app.scene.style import Role, Status, Style

if TYPE_CHECKING:
    from app.pictures.multiples import Multiples

MARKED = Style(Role.CLOCK)
"""How a tile is set off."""
LENGTHS = {3: "quarter", 6: "half-year", 12: "year"}
"""What a period is called by its length in months."""


def each(months: int) -> str:
    """`quarter`, `2 years`."""
    return LENGTHS.get(months) or wording.counted(months // 12, "year")


def header(picture: Multiples) -> Header:
    """Title, scope, days and filter, what is left out and why."""
    gathered, periods = picture.gathered, picture.periods
    told = f"{picture.name}, {periods[0].name} to {periods[-1].name}"
    moves = flowmap_words.scope(picture.shown, None, net=False)
    return flowmap_words.header_of(gathered, None, _title(picture), f"{told}: {moves}", " · ".join(_left_out(picture)))


def _title(picture: Multiples) -> str:
    """In which period most moved, or joined the organization in focus."""
    gathered, counts = picture.shown, picture.counts
    if not counts.sum():
        return moves_words.title(gathered, None)
    who, n = "moves", counts
    if gathered.focus:
        here = gathered.moves.destination == gathered.focus[0]
        joined = np.bincount(picture.tile_of[here], minlength=len(counts)).astype(np.int32)
        if joined.any():
            who, n = f"people joined {gathered.labels[gathered.focus[0]]}", joined
    most = int(n.argmax())
    word = f"Most {who} in {picture.periods[most].name}: {n[most]:,} of {int(n.sum()):,}"
    alike = int(np.count_nonzero(n == n[most]))
    return word if alike == 1 else f"{wording.counted(int(n.sum()), 'move')} over {len(n)} periods"


def _left_out(picture: Multiples) -> list[str]:
    """Moves outside of all tiles, undated ones, those of smaller organizations, and what no count holds."""
    gathered, moves, periods = picture.gathered, picture.gathered.moves, picture.periods
    dated = moves.joined[~moves.undated]
    parts = []
    if before := int(np.count_nonzero(dated <= periods[0].since)):
        parts.append(f"{wording.counted(before, 'move')} before {periods[0].name}")
    if after := int(np.count_nonzero(dated > periods[-1].last)):
        parts.append(f"{after:,} after {wording.iso(periods[-1].last)}")
    if undated := int(np.count_nonzero(moves.undated)):
        parts.append(f"{undated:,} without a date")
    if unsure := int(picture.unsure.sum()):
        parts.append(f"{unsure:,} perhaps in a later {each(periods[-1].months)}")
    traffic = picture.picture.traffic
    parts += moves_words.beyond(traffic, len(traffic.in_stub) + len(traffic.out_stub) + len(traffic.hidden))
    if reasons := [f"{n:,} {reason}" for reason, n in gathered.left_out]:
        parts.append(f"Left out: {', '.join(reasons)}")
    return parts


def heads(board: Board, picture: Multiples) -> None:
    """Above each tile a line, its period and how many moves lie in it; a tile without moves says so in its middle."""
    s = picture.frame.type_scale
    sheet, bold, plain = board.sheet("tiles", 66), Style(Role.CALLOUT_HEAD), Style(Role.CAPTION)
    large, small = ((size * s, weight) for size, weight in (lettering.font(bold), lettering.font(plain)))
    for n, ((x, y, w, h), period) in enumerate(zip(picture.places, picture.periods, strict=True)):
        if y > picture.frame.map[1]:  # above the first row is that of the header
            sheet.line(x, y, x + w, y, Style(Role.HAIRLINE))
        moved, unsure = int(picture.counts[n]), int(picture.unsure[n])
        told = wording.counted(moved, "move") if moved else "no moves"
        tip = Tip(period.name, (told, *([f"{unsure:,} of them may lie in another period"] if unsure else [])))
        name = period.name if period.whole else f"{period.name}, to {wording.iso(period.last)}"
        sheet.label(x, y + 16 * s, name, bold, large[0], tip=tip)
        if not moved:
            sheet.label(x + w / 2, y + h / 2 + 11 * s, told, plain, small[0], anchor=Anchor.MIDDLE, tip=tip)
            continue
        full = f"{told}, {unsure:,} perhaps" if unsure else told
        room = w - board.width(name, large) - 12 * s
        text = full if board.width(full, small) <= room else board.elided(told, small, room)
        sheet.label(x + w, y + 16 * s, text, plain, small[0], anchor=Anchor.END, tip=tip)


def mark(board: Board, frame: Frame, room: Room) -> None:
    """A frame round the room of one tile."""
    s = frame.type_scale
    x, y, w, h = room
    left, top, right, bottom = x - 8 * s, y, x + w + 8 * s, y + h + 8 * s
    corners = ((left, top), (right, top), (right, bottom), (left, bottom), (left, top))
    board.sheet("marked", 67).path(floats(np.array(corners)), MARKED)


def entries(picture: Multiples) -> tuple[list[Entry], list[Entry]]:
    """What the legend of the picture says of a tile, and what is pale."""
    if not picture.counts.any():
        return [], []
    head, told = picture.kind.entries(picture.picture)
    s = picture.frame.type_scale
    said = picture.kind.pale
    return head, [*told, *([Entry(26 * s, said, _pale_specimen(s))] if said else [])]


def _pale_specimen(s: float) -> legend.Specimen:
    """What of a band is of other periods."""

    def paint(sheet: Sheet, x: float, y: float) -> None:
        sheet.box(x, y - 4.5 * s, 26 * s, 9 * s, Style(Role.BAND_PALE, "", Status.NONE))

    return paint
