"""The curve of a team: seats held for certain as steps, stacked by origin, against the target.

Above the black line lies, hatched, what may be: days known only to the month or year. Below the axis who joined and who
left, a tick where the day is known, else a pale bar over the days that it may be. Where the axis covers a span of days
of its own, a line stands at the day that is shown, and what comes after it is empty.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from app.analysis.seat_curve import Curve
from app.domain import dates
from app.pictures import seat_target, wording
from app.pictures.avatar import circle
from app.pictures.board import Board, Sheet
from app.pictures.seat_axes import NAMES, Axes, axes, draw_grid
from app.pictures.seat_layers import End, Group, Steps, draw_areas, draw_band, draw_sure, groups, steps
from app.pictures.seat_places import Holding
from app.pictures.seat_ticks import draw_ticks
from app.scene.marks import Anchor, floats
from app.scene.scene import Tip
from app.scene.style import Emphasis, Role, Style

if TYPE_CHECKING:
    from app.pictures.buildout import BuildOutPicture


def draw(
    board: Board, sheet: Sheet, at: tuple[float, float, float, float], picture: BuildOutPicture, holding: Holding,
    curve: Curve, s: float,
) -> None:  # fmt: skip
    """Set the curve into `at` (x, y, w, h), under a head; a thin line at the known-by day, if it lies on the axis."""
    x, y, w, h = at
    options, day = picture.options, holding.build_out.day
    sheet.label(x, y + 11 * s, "PEOPLE IN SEAT, BY ORIGIN", Style(Role.SECTION), 10.5 * s)
    place = axes(holding, curve, (x, y + 26 * s, w, h - 26 * s), s, since=picture.since, span=options.span)
    draw_grid(board, sheet, place, s)
    cut = steps(curve, place, min(day, place.last))
    ends: list[End] = []
    if len(cut.edges):
        draw_band(sheet, place, cut)
        ends = draw_areas(sheet, place, cut, groups(holding, curve, options.top), _told)
        _end(sheet, place, cut, holding.build_out.wanted, s)
    draw_ticks(sheet, place, holding, s)
    runs = options.span is not None and place.first <= day <= place.last
    known_by = options.filter.known_by
    told = known_by is not None and place.first < known_by < day
    if holding.build_out.wanted:
        upright = [day] if runs else []
        upright += [known_by] if told and known_by is not None else []
        _target(board, sheet, place, holding, curve, s, [float(place.across(at)) for at in upright])
    _names(board, sheet, place, cut, ends, s, plates=day < place.last)
    if told and known_by is not None:
        left = float(place.across(known_by))
        sheet.line(left, place.y, left, place.y + place.h, Style(Role.MAYBE))
        style = Style(Role.CAPTION, emphasis=Emphasis.SMALL)
        sheet.label(left + 4 * s, place.y + 9 * s, f"known by {wording.iso(known_by)}", style, 10.5 * s)
    if runs:
        _clock(sheet, place, day, s)


def _told(layer: Group, n: int) -> Tip:
    return Tip(layer.label, (f"{wording.counted(n, 'seat')} held for certain",))


def _clock(sheet: Sheet, place: Axes, day: int, s: float) -> None:
    """The line of the day that is shown."""
    x, tip = float(place.across(day)), Tip(f"The clock: {wording.written(day)}")
    base = place.y + place.h
    line = floats([x, place.y, x, base + 3 * s], (2, 2))
    sheet.path(line, Style(Role.CLOCK), key="group:clock", tip=tip)
    sheet.dot(x, place.y, 3 * s, Style(Role.CLOCK), key="group:clock", tip=tip)


def _names(board: Board, sheet: Sheet, place: Axes, cut: Steps, ends: Sequence[End], s: float, *, plates: bool) -> None:
    """The names of the layers at the right, where they end; the largest, if there is no room for all. plates: they
    stand upon lines and need ground of their own."""
    largest = sorted(ends, key=lambda end: -end[2])[: max(int(place.h // (13 * s)), 1)]
    ends = [end for end in ends if end in largest]
    right = float(cut.edges[-1]) if ends else place.x
    for (at, layer, n, n_origins), y in zip(ends, _spread([end[0] for end in ends], place, s), strict=True):
        sheet.path(floats([right + 2 * s, at, right + 10 * s, y], (2, 2)), Style(Role.GRID))
        room = (NAMES - 12) * s - board.width(f" {n:,}", (11 * s, 500))
        label = board.elided(layer.label, (11 * s, 500), room)
        others = wording.counted(n_origins, "other")
        text = f"{n:,} from {others}" if len(layer.columns) > 1 else f"{label} {n:,}"
        if plates:
            wide = board.width(text, (11 * s, 500)) + 4 * s
            sheet.box(right + 10 * s, y - 6 * s, wide, 13 * s, Style(Role.PLATE))
        sheet.label(right + 12 * s, y + 4 * s, text, Style(Role.NODE_WORD, emphasis=Emphasis.STRONG), 11 * s)


def _spread(wanted: Sequence[float], place: Axes, s: float) -> list[float]:
    """Baselines at least a line apart, from the bottom up, as near as may be to where they are wanted."""
    found: list[float] = []
    for y in wanted:
        found.append(min(y, found[-1] - 13 * s) if found else min(y, place.y + place.h - 2 * s))
    return found


def _end(sheet: Sheet, place: Axes, cut: Steps, wanted: int, s: float) -> None:
    """The line of what is certain, and how many there are at its end, clear of the line of the target."""
    n = int(cut.sure[-1])
    tip = Tip(f"{wording.counted(n, 'seat')} held for certain, up to {int(cut.possible[-1]):,}")
    draw_sure(sheet, place, cut, s, "group:in-seat", tip)
    x, base, target = float(cut.edges[-1]), float(place.up(n)) - 8 * s, float(place.up(wanted))
    if wanted and base - 13 * s < target < base + 4 * s:
        base = target - 5 * s
    sheet.label(x - 6 * s, base, f"{n:,}", Style(Role.NODE_NAME), 13.5 * s, anchor=Anchor.END,
                key="group:in-seat", tip=tip)  # fmt: skip


def _target(
    board: Board, sheet: Sheet, place: Axes, holding: Holding, curve: Curve, s: float, upright: Sequence[float]
) -> None:
    """The target with its word, and the days on which it was reached, at the earliest and for certain; upright: where
    the lines of the clock and of the known-by day stand."""
    wanted = holding.build_out.wanted
    y, key, tip = float(place.up(wanted)), f"targets:{holding.build_out.target}", seat_target.told(holding)
    style = Style(Role.TARGET)
    sheet.path(floats([place.x, y, place.x + place.w, y], (2, 2)), style, key=key, tip=tip)
    word = Style(Role.CLOCK_TEXT)
    text = f"target {seat_target.number(holding)}"
    small = Style(Role.NODE_WORD, emphasis=Emphasis.STRONG)
    long = board.width(text, (11 * s, 650))
    lines = list(upright)
    both = ((curve.possible, "at the earliest"), (curve.sure, "surely"))
    if np.array_equal(curve.possible, curve.sure):
        both = ((curve.sure, "reached"), (curve.sure, ""))
    for nth, (levels, said) in enumerate(both):
        reached = curve.days[levels >= wanted]
        if not len(reached) or not place.first < reached[0] <= min(holding.build_out.day, place.last):
            continue
        left = float(place.across(int(reached[0])))
        words = f"{said} {_short(int(reached[0]))}" if said else ""
        wide = board.width(words, (11 * s, 500))
        above = float(place.up(place.most)) - (26 + 15 * (1 - nth)) * s
        ends = min((place.x + place.w + 6 * s, *(line - 4 * s for line in lines if line > left)))
        start = min(_clear(left - 3 * s, wide, lines, s), ends - wide)
        sheet.path(floats([left, above + 4 * s, left, y], (2, 2)), style, key=key, tip=tip)
        sheet.label(start, above, words, small, 11 * s, key=key, tip=tip)
        lines.append(left)
        sheet.path(circle(left, y, 3.2 * s), style, key=key, tip=tip)
        if nth:
            sheet.path(circle(left, y, 1.3 * s), style, stroke=3.2 * s, key=key, tip=tip)
    begins = _stands(place, curve, wanted, long, lines, s)
    if begins is None:  # the number stands at the axis and in the title
        text = "target"
        long = board.width(text, (11 * s, 650))
        begins = _stands(place, curve, wanted, long, lines, s)
    if begins is None:
        begins = min(_clear(place.x + 2 * s, long, lines, s), place.x + place.w - long)
        sheet.box(begins - 2 * s, y - 15 * s, long + 4 * s, 13 * s, Style(Role.PLATE))
    sheet.label(begins, y - 5 * s, text, word, 11 * s, key=key, tip=tip)


def _stands(place: Axes, curve: Curve, wanted: int, wide: float, lines: Sequence[float], s: float) -> float | None:
    """Where words so wide begin just above the line of the target, clear of upright lines and of the curve; None where
    they do so nowhere."""
    over = np.flatnonzero(curve.possible > wanted)
    ends = np.append(curve.days[1:], place.last)
    taken = [(float(place.across(int(curve.days[at]))), float(place.across(int(ends[at])))) for at in over.tolist()]
    start = place.x + 2 * s
    for left, right in sorted((*taken, *((line, line) for line in lines))):
        if right > start - 4 * s and left < start + wide + 4 * s:
            start = right + 6 * s
    return start if start + wide <= place.x + place.w else None


def _clear(start: float, wide: float, lines: Sequence[float], s: float) -> float:
    """The next place from `start` on where words so wide stand clear of upright lines."""
    for line in sorted(lines):
        if start - 4 * s < line < start + wide + 4 * s:
            start = line + 6 * s
    return start


def _short(day: int) -> str:
    """8 Aug 2025."""
    number, month, year = dates.written(day).split()
    return f"{number} {month[:3]} {year}"
