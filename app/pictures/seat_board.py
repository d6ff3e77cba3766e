"""The seat board: every seat as a place in order of joining, rows by month; smaller tiles where there are more.

What disappears first as a board fills: the air between lines, first names, all names, initials. Never a seat.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from app.analysis.buildout import POSSIBLE
from app.pictures import wording
from app.pictures.avatar import LEAST_RING, avatar, empty_place, point
from app.pictures.board import Board, Sheet
from app.pictures.seat_places import Place
from app.pictures.seat_rows import Row, by_month, by_year, merged
from app.scene.marks import Anchor, Dot, Floats, ints
from app.scene.style import Certainty, Emphasis, Role, Style

LABEL = 100.0
"""Width of the months at the left."""
GAP = 10.0
"""Height between two rows of months, beside the hairline."""


@dataclass(frozen=True, slots=True)
class Tile:
    """Size of a place in design pixels: its cell, the avatar, how many lines of words stand beside it."""

    width: float
    height: float
    avatar: float
    lines: int


TILES = (
    *(Tile(111, height, 34, 3) for height in (62, 54, 48)),
    Tile(104, 37, 27, 2),
    Tile(98, 33, 26, 2),
    *(Tile(side, side, side - 6, 0) for side in (40.0, 30.0, 24.0)),
    *(Tile(side, side, side * 0.72, 0) for side in (16.0, 11.0, 8.0, 6.0, 4.5)),
)
"""From the largest to the smallest."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How a board is set: its tile, columns and rows; hidden: places that even the smallest tile has no room for."""

    tile: Tile
    columns: int
    rows: tuple[Row, ...]
    hidden: int


def fitted(places: Sequence[Place], width: float, height: float, s: float) -> Layout:
    """The largest tiles and finest rows with which all places fit; s: factor of type."""
    months = by_month(places)
    for tile in TILES:
        columns = max(1, int((width - LABEL * s) // (tile.width * s)))
        for rows in _groupings(months, tile, columns):
            if sum(_height(row, tile, columns, s) for row in rows) <= height:
                return Layout(tile, columns, tuple(rows), 0)
    room = max(1, int((height - GAP * s) / (tile.height * s))) * columns
    row = Row("All seats", wording.counted(len(places), "place"), tuple(places[:room]))
    return Layout(tile, columns, (row,), max(0, len(places) - room))


def _groupings(months: list[Row], tile: Tile, columns: int) -> Iterator[list[Row]]:
    """Rows from fine to coarse; rather than rows of years, tiles with words become smaller."""
    yield months
    yield from (merged(months, lines * columns) for lines in (1, 2, 3))
    if not tile.lines:
        yield by_year(months)


def _height(row: Row, tile: Tile, columns: int, s: float) -> float:
    """Height of a row of months with the gap below it."""
    lines = math.ceil(len(row.places) / columns) * tile.height
    words = 16 + 13 * len(row.note.split("\n"))
    return max(lines, words) * s + GAP * s


def draw(
    board: Board, sheet: Sheet, at: tuple[float, float, float, float], places: Sequence[Place], s: float
) -> Layout:
    """Set the board into `at` (x, y, w, h): a head, then the rows, a hairline above each."""
    x, y, w, h = at
    head = 26 * s
    layout = fitted(places, w, h - head, s)
    sheet.label(x, y + 11 * s, _title(layout), Style(Role.SECTION), 10.5 * s)
    top = y + head
    for row in layout.rows:
        sheet.line(x, top, x + w, top, Style(Role.HAIRLINE))
        top += _height(row, layout.tile, layout.columns, s)
    tile, top = layout.tile, y + head
    places, corners = [place for row in layout.rows for place in row.places], []
    for row in layout.rows:
        _words(board, sheet, row, x, top + GAP / 2 * s, s)
        line, column = np.divmod(np.arange(len(row.places)), layout.columns)
        across = x + (LABEL + column * tile.width) * s
        corners.append(np.stack([across, top + (GAP / 2 + line * tile.height) * s], axis=1))
        top += _height(row, tile, layout.columns, s)
    at_tiles = np.concatenate(corners) if corners else np.zeros((0, 2))
    if tile.avatar / 2 * s < LEAST_RING:
        r = tile.avatar / 2 * s
        points(board, sheet, places, np.add(at_tiles, (r + 1.5 * s, tile.height / 2 * s)), r)
        return layout
    if tile.lines:
        _know(board, places, s)
    with sheet.by_kind() as signs, sheet.by_kind() as under:  # the last to close lies on top
        for place, (left, upper) in zip(places, at_tiles.tolist(), strict=True):
            _tile(board, under, signs, place, tile, left, upper, s)
    return layout


def points(board: Board, sheet: Sheet, places: Sequence[Place], middles: Floats, r: float) -> None:
    """Places so small that people are plain dots: all as arrays, for they are many. middles: (n, 2)."""
    empty = np.array([place.empty for place in places], dtype=np.bool_)
    taken = [place for place in places if not place.empty]
    x, y = middles[~empty].T.copy()
    styles = [
        board.style(point(p.organization, gone=p.gone, vague=p.state == POSSIBLE, quiet=not p.lit)) for p in taken
    ]
    keys, tips = ints([board.key(p.key) for p in taken]), ints([board.tip(p.tip) for p in taken])
    sheet.marks(Dot(key=keys, style=ints(styles), tip=tips, x=x, y=y, r=np.full(len(taken), r)))
    with sheet.by_kind() as rings:
        for at in np.flatnonzero(empty).tolist():
            _empty(rings, places[at], float(middles[at, 0]), float(middles[at, 1]), r)


def _empty(sheet: Sheet, place: Place, x: float, y: float, r: float) -> None:
    planned, paused = place.stated == "planned", place.stated == "on-hold"
    empty_place(sheet, x, y, r, planned=planned, paused=paused, key=place.key, tip=place.tip)


def _know(board: Board, places: Sequence[Place], s: float) -> None:
    """Measure the words of all tiles at once."""
    parts = [place.name.rpartition(" ") for place in places]
    board.know([first for first, *_ in parts], (11 * s, 430))
    board.know([last for *_, last in parts], (11.5 * s, 620))
    board.know([place.word for place in places], (10.5 * s, 450))


def _title(layout: Layout) -> str:
    years = not any(row.head[:1].isalpha() and row.head[-4:].isdigit() for row in layout.rows)
    dated = any(row.head[-4:].isdigit() for row in layout.rows)
    if layout.hidden:
        return f"SEAT BOARD: {wording.counted(layout.hidden, 'place').upper()} MORE, FOR WHICH THERE IS NO ROOM"
    return "SEAT BOARD" if not dated else f"SEAT BOARD, BY {'YEAR' if years else 'MONTH'} OF JOINING"


def _words(board: Board, sheet: Sheet, row: Row, x: float, y: float, s: float) -> None:
    """The month and its counts."""
    room = (LABEL - 4) * s
    month, _, year = row.head.partition(" ")
    brief = f"{month[:3]} {year}" if year.isdigit() and "–" not in month else row.head
    head = row.head if board.width(row.head, (11.5 * s, 620)) <= room else board.elided(brief, (11.5 * s, 620), room)
    sheet.label(x, y + 13 * s, head, Style(Role.SEAT_NAME), 11.5 * s)
    for nth, note in enumerate(row.note.split("\n")):
        line = board.elided(note, (10.5 * s, 450), room)
        sheet.label(x, y + (27 + 13 * nth) * s, line, Style(Role.CAPTION, emphasis=Emphasis.SMALL), 10.5 * s)


def _tile(board: Board, sheet: Sheet, signs: Sheet, place: Place, tile: Tile, x: float, y: float, s: float) -> None:
    """One place with its top left corner at (x, y); signs of status on a sheet above."""
    r = tile.avatar / 2 * s
    across = x + r + 1.5 * s
    down = y + (min(tile.height, 48) / 2 if tile.lines == 3 else tile.height / 2) * s
    if place.empty:
        _empty(sheet, place, across, down, r)
    else:
        letters = wording.initials(place.name)
        vague = place.state == POSSIBLE
        avatar(sheet, across, down, r, letters, place.organization, place.status, gone=place.gone, vague=vague,
               quiet=not place.lit, key=place.key, tip=place.tip, signs=signs)  # fmt: skip
    if tile.lines:
        left = across + r + 6 * s
        _names(board, sheet, place, tile, left, down, x + tile.width * s - left - 4 * s, s)


def _names(
    board: Board, sheet: Sheet, place: Place, tile: Tile, x: float, middle: float, room: float, s: float
) -> None:
    """Names and day beside an avatar whose middle is at `middle`."""
    first, _, last = place.name.rpartition(" ")
    certainty = Certainty.UNSURE if place.gone or place.empty else Certainty.SURE
    full, less = (Emphasis.NORMAL, Emphasis.SMALL) if place.lit else (Emphasis.QUIET, Emphasis.QUIET)
    strong = Style(Role.SEAT_NAME, emphasis=full, certainty=certainty)
    small = Style(Role.SEAT_NAME if place.lit else Role.CAPTION, emphasis=less, certainty=certainty)
    lines: list[tuple[str, Style, float, int]] = []
    if place.empty:
        lines += [(line, small, 11.0, 430) for line in board.wrapped(place.name, (11 * s, 430), room)[: tile.lines - 1]]
    else:
        lines += [(first, small, 11.0, 430)] if tile.lines == 3 and first else []
        lines.append((last, strong, 11.5, 620))
    if place.lost:
        lines.append((place.lost, Style(Role.WARNING, emphasis=full), 10.5, 600))
    else:
        lines.append((place.word, Style(Role.CAPTION, emphasis=less), 10.5, 450))
    pitch = 12.5 * s
    base = middle + 4 * s - pitch * (len(lines) - 1) / 2
    for nth, (text, style, size, weight) in enumerate(lines):
        shown = board.elided(text, (size * s, weight), room)
        sheet.label(x, base + nth * pitch, shown, style, size * s, key=place.key, tip=place.tip)
    if place.over:
        taken = board.width(shown, (10.5 * s, 450)) + 4 * s
        if taken + board.width("over", (10.5 * s, 650)) <= room + 4 * s:
            style, y = Style(Role.CLOCK_TEXT, emphasis=full), base + (len(lines) - 1) * pitch
            sheet.label(x + taken, y, "over", style, 10.5 * s, anchor=Anchor.START, key=place.key, tip=place.tip)
