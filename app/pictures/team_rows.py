"""The rows of a comparison of teams: name and figures, the curve, and the people by origin."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from app.pictures import seat_target, team_origins, wording
from app.pictures import team_words as words
from app.pictures.board import Board, Sheet
from app.pictures.frame import Frame
from app.pictures.seat_axes import Axes, begin, draw_months, draw_seats
from app.pictures.seat_layers import MAY_BE, Group, draw_areas, draw_band, draw_sure, steps
from app.pictures.team_origins import COLUMN
from app.scene.marks import floats
from app.scene.scene import Tip
from app.scene.style import Emphasis, Role, Style

if TYPE_CHECKING:
    from app.pictures.team_compare import Compared, TeamCompare

LEAST_ROW, TALLEST_ROW = 80.0, 300.0
"""Height of a row, at least and at most."""
HEADS, LOW_HEADS, FOOT = 58.0, 28.0, 24.0
"""Height above the rows, for heads, with origins and without, and below them, for months."""
LABEL, FIGURES, NUMBER = 196.0, 36.0, 46.0
"""Width for names, for the figures of the axis, for the number at a curve's end."""
CURVE_SHARE = 0.36
"""Part of the width that curves take where people by origin stand beside them."""
NARROW = 1000.0
"""Narrower than this there are curves alone."""
ABOVE, BELOW = 20.0, 8.0
"""Height in a row above the most people, and below nobody."""
MONTH = 30.44
"""Days of a month on an axis that counts from the first filled seat."""


def room(frame: Frame) -> int:
    """How many rows a picture has room for; at least one."""
    s = frame.type_scale
    return max(1, int((frame.map[3] - (HEADS + FOOT) * s) // (LEAST_ROW * s)))


def n_columns(frame: Frame) -> int:
    """How many columns of people there is room for beside the curves; at least four."""
    return max(4, int(_beside(frame)[1] // (COLUMN * frame.type_scale)))


def _beside(frame: Frame) -> tuple[float, float]:
    """Left end and width of the people beside the curves."""
    x, _, w, _ = frame.map
    left = x + (LABEL + 20) * frame.type_scale + CURVE_SHARE * w
    return left, x + w - left


def draw(board: Board, picture: TeamCompare) -> None:
    """Set all rows that there is room for."""
    frame, teams = picture.frame, picture.shown
    s = frame.type_scale
    x, y, w, h = frame.map
    heads = (HEADS if picture.is_wide else LOW_HEADS) * s
    tall = min((h - heads - FOOT * s) / len(teams), TALLEST_ROW * s)
    tops = [y + heads + nth * tall for nth in range(len(teams))]
    left = x + LABEL * s
    wide = CURVE_SHARE * w if picture.is_wide else x + w - left - 12 * s
    lines = board.sheet("rows", 9)
    for top in (*tops, tops[-1] + tall):
        lines.line(x, top, x + w, top, Style(Role.HAIRLINE))
    curves, labels = board.sheet("curve", 20), board.sheet("teams", 10)
    head = "PEOPLE, FROM THE FIRST SEAT FILLED" if picture.options.aligned else "PEOPLE, ONE SCALE FOR ALL"
    curves.label(left + FIGURES * s, tops[0] - 9 * s, head, Style(Role.SECTION), 10.5 * s)
    place = _axes(picture, (left, tops[0], wide, tall), s)
    for team, top in zip(teams, tops, strict=True):
        _curve(board, curves, picture, team, _moved(picture, team, place, top - tops[0]), s)
        words.draw_label(board, labels, team, (x, top, (LABEL - 8) * s, tall), s)
    base = tops[-1] + tall
    if picture.options.aligned:
        _draw_elapsed(board, curves, place, base, s)
    else:
        draw_months(board, curves, place, base, base + 17 * s, s)
    if picture.is_wide:
        right, room_w = _beside(frame)
        sheet = board.sheet("counts", 30)
        sheet.label(right, y + 10 * s, "BY ORIGIN, ONE DOT A PERSON", Style(Role.SECTION), 10.5 * s)
        team_origins.draw(board, sheet, (right, y, room_w, heads), tops, tall, teams, picture.columns, s)


def _axes(picture: TeamCompare, at: tuple[float, float, float, float], s: float) -> Axes:
    """The axes of the first row: days from the first one that any seat board would show, or where there is none, any
    team; people up to the most of all teams. Of an axis that counts from the first seat the days are days since."""
    x, y, w, h = at
    day, teams = picture.gathered.as_of, picture.shown
    if picture.options.span is not None:
        first, last = picture.options.span
    else:
        seated = [team for team in teams if team.is_seated] or teams
        own = [begin(team.holding.roster.lo, team.holding.roster.hi, day) for team in seated]
        first = min(own) if picture.since is None else picture.since
        last = max(day, first + 61)
    most = 1
    for team in teams:
        inside = team.curve.possible[(team.curve.days >= first) & (team.curve.days <= last)]
        most = max(most, team.curve.at(first)[1], int(inside.max(initial=0)), team.holding.build_out.wanted)
    if picture.options.aligned:
        begun = [last - max(team.began, first) for team in teams if team.began is not None and team.began <= last]
        first, last = 0, max([*begun, 61])
    tall = h - (ABOVE + BELOW) * s
    place = (x + FIGURES * s, y + ABOVE * s, w - (FIGURES + NUMBER) * s, tall)
    return Axes(*place, first, max(last, first + 1), float(most), float(most))


def _moved(picture: TeamCompare, team: Compared, place: Axes, down: float) -> Axes:
    """The axes for the row of a team: so far down, and where they count from its first seat, beginning there."""
    first, last = place.first, place.last
    if picture.options.aligned:
        since = picture.since if picture.since is not None else team.began
        first = max(since or picture.gathered.as_of, team.began or picture.gathered.as_of) - 1
        last = first + place.last
    return Axes(place.x, place.y + down, place.w, place.h, first, last, place.most, place.top)


def _curve(board: Board, sheet: Sheet, picture: TeamCompare, team: Compared, place: Axes, s: float) -> None:
    """One team: grid, band, layers, line, target; the number at the end, if that is the day shown."""
    draw_seats(sheet, place, s, least=2.0)
    day = min(picture.gathered.as_of, place.last)
    cut = steps(team.curve, place, day)
    if not team.places:
        text = board.elided(words.nobody(team), (11 * s, 450), place.w)
        sheet.label(place.x, place.y + place.h / 2, text, Style(Role.CAPTION), 11 * s)
    if len(cut.edges):
        noun = "seat" if team.is_seated else "person"
        draw_band(sheet, place, cut, f"group:may-be:{team.id}", Tip(f"{team.name}: {MAY_BE.head}", MAY_BE.lines))
        draw_areas(sheet, place, cut, team_origins.layers(team, picture.columns), partial(_told, team))
        n, most = int(cut.sure[-1]), int(cut.possible[-1])
        key, tip = f"group:in-seat:{team.id}", words.level(team, n, most, noun)
        draw_sure(sheet, place, cut, s, key, tip)
        if day == picture.gathered.as_of:
            x, y = float(cut.edges[-1]) + 8 * s, float(place.up(n)) + 4.5 * s
            sheet.label(x, y, f"{n:,}", Style(Role.NODE_NAME), 13.5 * s, key=key, tip=tip)
    if team.holding.build_out.wanted:
        _target(sheet, place, team, s)
    if picture.options.span is not None and not picture.options.aligned and place.first <= day:
        at = float(place.across(day))
        line = floats([at, place.y - (ABOVE - 4) * s, at, place.y + place.h], (2, 2))
        sheet.path(line, Style(Role.CLOCK), key="group:clock", tip=Tip(f"The clock: {wording.written(day)}"))


def _told(team: Compared, layer: Group, n: int) -> Tip:
    noun = "seat held" if team.is_seated else "known person"
    plural = "seats held" if team.is_seated else "known people"
    return Tip(f"{team.name}, from {layer.label}", (f"{wording.counted(n, noun, plural)} for certain",))


def _target(sheet: Sheet, place: Axes, team: Compared, s: float) -> None:
    """The line of the target with its word."""
    holding = team.holding
    key, tip = f"targets:{holding.build_out.target}", seat_target.told(holding)
    y = float(place.up(holding.build_out.wanted))
    sheet.path(floats([place.x, y, place.x + place.w, y], (2, 2)), Style(Role.TARGET), key=key, tip=tip)
    text = f"target {seat_target.number(holding)}"
    sheet.label(place.x + 2 * s, y - 5 * s, text, Style(Role.CLOCK_TEXT), 11 * s, key=key, tip=tip)


def _draw_elapsed(board: Board, sheet: Sheet, place: Axes, top: float, s: float) -> None:
    """Months since the first seat was filled, as many as there is room for."""
    small = Style(Role.CAPTION, emphasis=Emphasis.SMALL)
    n_months = int((place.last - place.first) / MONTH)
    every = next((n for n in (1, 2, 3, 6, 12, 24, 60, 120) if n_months / n * 64 * s <= place.w), 240)
    free = -float("inf")
    for month in range(0, n_months + 1, every):
        left = float(place.across(place.first + month * MONTH))
        sheet.line(left, top, left, top + 4 * s, Style(Role.GRID))
        word = "first seat" if not month else wording.counted(month, "month")
        wide = board.width(word, (10.5 * s, 450))
        start = max(left - wide / 2, place.x - FIGURES * s)
        if start > free:
            sheet.label(start, top + 17 * s, word, small, 10.5 * s)
            free = start + wide + 6 * s
