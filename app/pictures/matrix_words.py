"""Words of a matrix: names of rows and columns, totals, what its legend says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from app.pictures import exchange_words as words
from app.pictures import legend, moves_words, wording
from app.pictures.board import Board, Sheet
from app.pictures.legend import Entry
from app.pictures.matrix_marks import HEAD_ROW, LEAST_TYPE, NAME, SWATCH, name_style
from app.scene import lettering
from app.scene.marks import Anchor, Floats
from app.scene.style import Emphasis, Role, Status, Style

if TYPE_CHECKING:
    from app.pictures.matrix import Matrix

LINE = 1.05
"""Height of a row that a name needs, in its own size."""


def names(board: Board, picture: Matrix) -> None:
    """Names left of rows and above columns, each with the colour of its organization."""
    exchange, cells_, p, s = picture.exchange, picture.grid, picture.prepared, picture.frame.type_scale
    _, near = exchange.lit
    size = NAME * s
    font = (size, lettering.font(name_style())[1])
    low = min(size, max(cells_.height / LINE, LEAST_TYPE * s))
    row_font = (low, font[1])
    swatch = SWATCH * s
    sheet, lines = board.sheet("names", 62), board.sheet("heads", 12)
    shown = _rows_with_names(picture, low * LINE, picture.frame.n_named(cells_.n))
    room = float(cells_.x[0]) - picture.frame.map[0] - swatch - 16 * s
    base = float(cells_.y[0]) - 10 * s
    for n, place in enumerate(picture.order.tolist()):
        style, key, tip = name_style(quiet=not near[place]), exchange.key(place), p.place_tips[place]
        bar = Style(Role.BAR if place != exchange.others else Role.BAR_OTHER, exchange.organization(place))
        if not near[place]:
            bar = Style(bar.role, bar.organization, emphasis=Emphasis.QUIET)
        middle, name = float(cells_.y[n]) + cells_.height / 2, exchange.name(place)
        high = min(swatch, cells_.height - 1)
        x = float(cells_.x[0]) - 8 * s
        sheet.box(x - swatch, middle - high / 2, swatch, high, bar, radius=min(2 * s, high / 2), key=key, tip=tip)
        if n in shown:
            text = board.elided(name, row_font, room)
            at = x - swatch - 7 * s
            sheet.label(at, middle + low * 0.36, text, style, low, anchor=Anchor.END, key=key, tip=tip)
        column = float(cells_.x[n]) + cells_.width / 2
        wide = min(swatch, cells_.width - 1)
        sheet.box(column - wide / 2, base, wide, 4 * s, bar, radius=min(2 * s, wide / 2), key=key, tip=tip)
        row = int(p.heads.row[n])
        if row >= 0 and not picture.frame.tile:
            baseline = base - (row * HEAD_ROW + 6) * s
            if row:
                lines.line(column, base - 3 * s, column, baseline + 4 * s, Style(Role.HAIRLINE))
            text = board.elided(name, font, float(p.heads.width[n]) + 0.5)
            sheet.label(float(p.heads.left[n]), baseline, text, style, size, key=key, tip=tip)


def _rows_with_names(picture: Matrix, line: float, most: int) -> frozenset[int]:
    """Rows whose names are written: the largest organizations first, as far as no name covers another, at most so
    many."""
    cells_ = picture.grid
    joined, gone = picture.exchange.totals(picture.exchange.people)
    heft = (joined + gone)[picture.order]
    apart = int(np.ceil(line / max(cells_.height, 1e-9)))
    taken = np.zeros(cells_.n, dtype=np.bool_)
    kept: list[int] = []
    for n in np.lexsort((np.arange(cells_.n), -heft)).tolist():
        if len(kept) < most and not taken[max(n - apart + 1, 0) : n + apart].any():
            taken[n] = True
            kept.append(n)
    return frozenset(kept)


def totals(board: Board, picture: Matrix, day: float | None, since: float | None) -> None:
    """How many left, right of the rows; how many joined, below the columns; and what the edges mean."""
    exchange, cells_, s = picture.exchange, picture.grid, picture.frame.type_scale
    joined, gone = exchange.totals(exchange.shown(day, since))
    _, near = exchange.lit
    sheet = board.sheet("totals", 61)
    number = lettering.font(Style(Role.NODE_NUMBER, emphasis=Emphasis.SMALL))
    size, below = number[0] * s, cells_.bottom + 16 * s
    size = min(size, max(cells_.height / LINE, LEAST_TYPE * s))
    shown = _rows_with_names(picture, size * LINE, cells_.n)
    right = cells_.right + 8 * s
    reached = -np.inf
    for n, place in enumerate(picture.order.tolist()):
        style = Style(Role.NODE_NUMBER, emphasis=Emphasis.SMALL if near[place] else Emphasis.QUIET)
        if n in shown and gone[place]:
            y = float(cells_.y[n]) + cells_.height / 2 + size * 0.36
            sheet.label(right, y, f"{gone[place]:,}", style, size)
        x, text = float(cells_.x[n]) + cells_.width / 2, f"{joined[place]:,}"
        half = board.width(text, (size, number[1])) / 2
        if joined[place] and x - half > reached:
            sheet.label(x, below, text, style, size, anchor=Anchor.MIDDLE)
            reached = x + half + 4 * s
    edge = board.sheet("edges", 63)
    section = Style(Role.SECTION)
    small = lettering.font(section)[0] * s
    left, top = float(cells_.x[0]), float(cells_.y[0])
    edge.label(left - 8 * s, top - 7 * s, "FROM ↓   TO →", section, small, anchor=Anchor.END)
    edge.label(right, top - 7 * s, "LEFT", section, small)
    edge.label(left - 8 * s, below, "JOINED", section, small, anchor=Anchor.END)


def entries(picture: Matrix) -> tuple[list[Entry], list[Entry]]:
    """What occurs in the picture: areas of a few people, statuses, colours."""
    exchange, s = picture.exchange, picture.frame.type_scale
    p, largest = picture.prepared, int(exchange.people[exchange.named].max(initial=0))
    if not len(p.pair):
        return [], []
    full = p.size[exchange.named[p.pair]].max(axis=0, initial=1.0)
    high = min(1.0, 26 * s / float(full[1]))
    head = [
        Entry(
            max(float(full[0]) * high * np.sqrt(n / largest), 2.0),
            wording.people(n) if n in (1, largest) else f"{n:,}",
            _area_specimen(full * high * np.sqrt(n / largest)),
        )
        for n in words.steps(largest)
    ]
    own = words.specimen(exchange)
    told = moves_words.status_entries(exchange.bands, own, s)
    told.append(Entry(26 * s, "colour: where they left", legend.band_specimen(Style(Role.BAR, own), s)))
    if picture.frame.tile:
        told.append(Entry(26 * s, "row: from, column in the same order: to", _corner_specimen(s)))
    if exchange.others >= 0:
        told.append(Entry(26 * s, "smaller organizations, no area", _strip_specimen(own, s)))
    told.append(Entry(26 * s, "nobody moves within one", legend.band_specimen(Style(Role.GROUP), s)))
    return head, told


def _corner_specimen(s: float) -> legend.Specimen:
    """A row and a column."""

    def paint(sheet: Sheet, x: float, y: float) -> None:
        sheet.box(x + 6 * s, y - 1.5 * s, 20 * s, 3 * s, Style(Role.SPECIMEN_PALE))
        sheet.box(x + 14 * s, y - 7 * s, 3 * s, 14 * s, Style(Role.SPECIMEN))

    return paint


def _strip_specimen(organization: str, s: float) -> legend.Specimen:
    """The strip of people to or from others."""

    def paint(sheet: Sheet, x: float, y: float) -> None:
        sheet.box(x, y - 1.5 * s, 26 * s, 3 * s, Style(Role.BAND, organization, Status.CONFIRMED))

    return paint


def _area_specimen(size: Floats) -> legend.Specimen:
    """A grey fill of some people."""

    def paint(sheet: Sheet, x: float, y: float) -> None:
        wide, high = (max(float(v), 2.0) for v in size)
        sheet.box(x, y - high / 2, wide, high, Style(Role.SPECIMEN))

    return paint
