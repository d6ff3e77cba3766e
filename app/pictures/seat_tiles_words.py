"""Words of small seat boards: the header, and the head of each board."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.pictures import buildout_words, multiples_words, seat_target, wording
from app.pictures.board import Board
from app.scene import lettering
from app.scene.marks import Anchor
from app.scene.scene import Header, Tip
from app.scene.style import Role, Style

if TYPE_CHECKING:
    from app.pictures.seat_tiles import SeatTiles


def header(picture: SeatTiles) -> Header:
    """Title, scope, days, what is left out and why: those of the last board, but for what the boards show together."""
    last = buildout_words.header(picture.stages[-1])
    length = multiples_words.each(picture.periods[-1].months)
    scope = (
        f"Seat board by {length}, as it was on the last day of each; every seat keeps its place, in order of joining. "
        "The organization and all below it, people with a seat only"
    )
    return Header(_title(picture, last.title), scope, last.context, last.left_out)


def _title(picture: SeatTiles, last: str) -> str:
    """That of the last board, and in which period most seats were filled."""
    filled = [stage.holding.build_out.filled for stage in picture.stages if stage.holding is not None]
    more = [b - a for a, b in zip([0, *filled], filled, strict=False)]
    most = max(more, default=0)
    if most < 1 or more.count(most) > 1 or len(more) < 2:
        return last
    return f"{last}; most came in {picture.periods[more.index(most)].name}"


def heads(board: Board, picture: SeatTiles) -> None:
    """Above each board a line, its period and how many seats were filled."""
    s = picture.frame.type_scale
    sheet, bold, plain = board.sheet("tiles", 66), Style(Role.CALLOUT_HEAD), Style(Role.CAPTION)
    large, small = ((size * s, weight) for size, weight in (lettering.font(bold), lettering.font(plain)))
    for (x, y, w, _), period, stage in zip(picture.places, picture.periods, picture.stages, strict=True):
        assert stage.holding is not None
        b = stage.holding.build_out
        if y > picture.frame.map[1]:  # above the first row is that of the header
            sheet.line(x, y, x + w, y, Style(Role.HAIRLINE))
        up_to = f", up to {b.possible:,}" if b.possible > b.filled else ""
        of = f" of {seat_target.number(stage.holding)}" if b.wanted else ""
        told = f"{b.filled:,}{of} filled{up_to}"
        left = (f"{wording.counted(b.left, 'seat')} left again",) if b.left else ()
        tip = Tip(f"On {wording.written(period.last)}", (told, *left))
        sheet.label(x, y + 16 * s, period.name, bold, large[0], tip=tip)
        room = w - board.width(period.name, large) - 12 * s
        brief = told if board.width(told, small) <= room else f"{b.filled:,}{of}"
        shown = board.elided(brief, small, room)
        sheet.label(x + w, y + 16 * s, shown, plain, small[0], anchor=Anchor.END, tip=tip)
