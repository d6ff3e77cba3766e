"""The frame of a picture: where header, map and foot stand, and the header itself.

Type grows with the picture but never shrinks below its size at 1600 × 1000; geometry shrinks and grows with it
(looks, sections 1 and 6).
"""

from __future__ import annotations

from dataclasses import dataclass

from app.pictures.board import Board, Sheet
from app.scene.marks import Anchor
from app.scene.scene import FontRole, Header
from app.scene.style import Role, Style

REFERENCE = (1600.0, 1000.0)
"""The size at which the numbers of the visual language hold."""
TITLE_SIZES = (24, 22, 20, 18, 17)
"""The title is as large as fits beside days and filter."""
LEGEND_WIDTH = 640.0
"""Narrower than this a picture has no legend strip."""
FOOT, LOW_FOOT = 118.0, 84.0
"""Height of the foot with the histogram, and with the legend alone."""
FOOT_HEIGHT = 420.0
"""Lower than this a picture has no foot at all."""
TILE_SCALE = 1.7
"""Geometry of a tile, as a factor of what a picture of its size would have: a tile shows less, and all of it larger."""
NAMED_IN_TILE = 8
"""Organizations whose names stand in a tile: those with most moves."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Places in a picture of `width` × `height`: margins, the map's rectangle (x, y, w, h), the foot's (or None).

    type_scale: factor of all type, at least 1; scale: factor of geometry; tile: whether it is one of small multiples,
    which have neither header nor foot of their own, and names of the largest only.
    """

    width: float
    height: float
    type_scale: float
    scale: float
    margin: float
    header_height: float
    map: tuple[float, float, float, float]
    foot: tuple[float, float, float, float] | None
    tile: bool = False

    def n_named(self, n: int) -> int:
        """How many of n organizations have their names written, where they fit: in a tile the first few."""
        return min(n, NAMED_IN_TILE) if self.tile else n


def framed(size: tuple[float, float], *, foot_height: float = FOOT) -> Frame:
    """The frame of a picture of this size."""
    width, height = size
    scale = min(width / REFERENCE[0], height / REFERENCE[1])
    type_scale = max(1.0, scale)
    margin = 40.0 * max(0.4, min(scale, 1.0)) if scale < 1 else 40.0 * scale
    header = 88.0 * type_scale
    has_foot = width >= LEGEND_WIDTH and height >= FOOT_HEIGHT
    foot = foot_height * type_scale if has_foot else 0.0
    top, bottom = header + 8 * type_scale, height - foot - (8 * type_scale if has_foot else margin / 2)
    return Frame(
        width,
        height,
        type_scale,
        scale,
        margin,
        header,
        (margin, top, width - 2 * margin, bottom - top),
        (margin, height - foot, width - 2 * margin, foot) if has_foot else None,
    )


def tile_of(whole: Frame, size: tuple[float, float]) -> Frame:
    """The frame of a tile of this size in a picture: type as large as there, and room up to the edges."""
    width, height = size
    scale = min(width / REFERENCE[0], height / REFERENCE[1]) * TILE_SCALE
    return Frame(width, height, whole.type_scale, scale, 0.0, 0.0, (0.0, 0.0, width, height), None, tile=True)


_Line = tuple[str, str, Role, Role, float, int, float, int, float]
"""Words at the left and at the right, their roles, size and weight of each, baseline."""


def ground(sheet: Sheet, frame: Frame) -> None:
    """The canvas, edge to edge."""
    sheet.box(0, 0, frame.width, frame.height, Style(Role.GROUND))


def around(board: Board, frame: Frame, words: Header) -> None:
    """Ground and header of a picture; a tile has neither, but lies on the ground of the whole."""
    if not frame.tile:
        ground(board.sheet("ground", 0, "page"), frame)
        header(board, board.sheet("header", 80, "page"), frame, words)


def header(board: Board, sheet: Sheet, frame: Frame, words: Header) -> None:
    """Title and scope at the left, days and filter and what is left out at the right, a hairline below.

    Where both do not fit beside each other the right side takes its own two lines' room first, for it says what the
    numbers hold for. Where the title or what is left out would be cut, the title has a line of its own, and so has what
    is left out; what does not fit of the scope then goes on beside that, and is shortened with an ellipsis at last.
    """
    s = frame.type_scale
    right = frame.width - frame.margin
    room = frame.width - 2 * frame.margin - 24 * s
    beside = room - board.width(words.context, (12.5 * s, 520))
    title = next((size * s for size in TITLE_SIZES if board.width(words.title, (size * s, 700)) <= beside), 17 * s)
    second = board.width(words.scope, (13.5 * s, 430)) + board.width(words.left_out, (12 * s, 430))
    if board.width(words.title, (title, 700)) <= beside and second <= room:
        lines: tuple[_Line, ...] = (
            (words.title, words.context, Role.TITLE, Role.CONTEXT, title, 700, 12.5 * s, 520, 46 * s),
            (words.scope, words.left_out, Role.SCOPE, Role.LEFT_OUT, 13.5 * s, 430, 12 * s, 430, 70 * s),
        )
    else:  # a narrow picture, or much left out: the title has a line of its own
        title = next((size * s for size in TITLE_SIZES[2:] if board.width(words.title, (size * s, 700)) <= room), title)
        beside = room - board.width(words.context, (12 * s, 520))
        scope, rest = _parted(board, words.scope, (12 * s, 430), beside)
        lines = (
            (words.title, "", Role.TITLE, Role.CONTEXT, title, 700, 12.5 * s, 520, 34 * s),
            (scope, words.context, Role.SCOPE, Role.CONTEXT, 12 * s, 430, 12 * s, 520, 56 * s),
            (rest, words.left_out, Role.SCOPE, Role.LEFT_OUT, 12 * s, 430, 12 * s, 430, 75 * s),
        )
    for left_text, right_text, left_role, right_role, size, weight, right_size, right_weight, y in lines:
        need = board.width(left_text, (size, weight))
        free = max(room - need, 0.42 * room) if left_text and right_role is not Role.LEFT_OUT else room
        shown = board.elided(right_text, (right_size, right_weight), free)
        taken = board.width(shown, (right_size, right_weight))
        if said := board.elided(left_text, (size, weight), room - taken):
            sheet.label(frame.margin, y, said, Style(left_role), size)
        if shown:
            sheet.label(right, y, shown, Style(right_role), right_size, anchor=Anchor.END)
    sheet.line(frame.margin, frame.header_height, right, frame.header_height, Style(Role.HAIRLINE))


def _parted(board: Board, text: str, font: FontRole, room: float) -> tuple[str, str]:
    """What fits a room of a text, up to the end of a sentence if one fits, and the rest."""
    if not text or board.width(text, font) <= room:
        return text, ""
    sentences = text.split(". ")
    for n in range(len(sentences) - 1, 0, -1):
        if board.width(first := ". ".join(sentences[:n]) + ".", font) <= room:
            return first, ". ".join(sentences[n:])
    first = board.wrapped(text, font, room)[0]
    return (first, text[len(first) :].lstrip()) if text.startswith(first) else (text, "")
