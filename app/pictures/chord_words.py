"""Words of a chord picture: names with totals, what its legend says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from app.pictures import exchange_words as words
from app.pictures import legend, moves_words, wording
from app.pictures.board import Board, Sheet
from app.pictures.chord_marks import Circle, sector, two_lines
from app.pictures.legend import Entry
from app.scene import lettering
from app.scene.marks import Anchor
from app.scene.style import Emphasis, Role, Status, Style

if TYPE_CHECKING:
    from app.pictures.chord import Chord

LARGEST_SPECIMEN = 26.0
"""Breadth of a specimen of the scale at most, in units of type."""
NAME = {Emphasis.NORMAL: 13.5, Emphasis.SMALL: 12.5}
LARGE_FROM = 30.0
"""An arc of so many pixels has a name in larger type."""


def names(board: Board, picture: Chord, day: float | None, since: float | None) -> None:
    """Names beside the circle with who joined and who left, and lines that lead to them from their arcs."""
    exchange, p, placed, s = picture.exchange, picture.prepared, picture.layout, picture.frame.type_scale
    joined, left = exchange.totals(exchange.shown(day, since))
    _, near = exchange.lit
    where, both = p.names, two_lines(picture.frame, exchange)
    sheet, lines = board.sheet("names", 62), board.sheet("leaders", 38)
    small = lettering.font(Style(Role.NODE_NUMBER, emphasis=Emphasis.SMALL))[0] * s
    edges = picture.frame.map[0], picture.frame.map[0] + picture.frame.map[2]
    for n, place in enumerate(where.arc.tolist()):
        long = float(placed.end[place] - placed.begin[place]) * p.circle.rim >= LARGE_FROM
        weight = Emphasis.NORMAL if long and both else Emphasis.SMALL
        quiet = not near[place]
        style = Style(Role.NODE_NAME, emphasis=Emphasis.QUIET if quiet else weight)
        size = NAME[weight] * s
        font = (size, lettering.font(style)[1])
        x, top, right = float(where.at[n]), float(where.top[n]), int(where.side[n]) > 0
        anchor = Anchor.START if right else Anchor.END
        room = edges[1] - x if right else x - edges[0]
        key, tip = exchange.key(place), p.place_tips[place]
        figures = f"{joined[place]:,} in · {left[place]:,} out"
        number = Style(Role.NODE_NUMBER, emphasis=Emphasis.QUIET if quiet else Emphasis.SMALL)
        lines.path(where.leaders[n], Style(Role.HAIRLINE))
        text = board.elided(exchange.name(place), font, room)
        sheet.label(x, top + size * 0.98, text, style, size, anchor=anchor, key=key, tip=tip)
        if picture.frame.tile:
            continue
        if both:
            sheet.label(x, top + size * 1.1 + 12 * s, figures, number, small, anchor=anchor)
        else:
            wide = board.width(text, font) + 7 * s
            if wide + board.width(figures, (small, 450)) <= room:
                sheet.label(x + (wide if right else -wide), top + size * 0.98, figures, number, small, anchor=anchor)


def entries(picture: Chord, *, dots: bool) -> tuple[list[Entry], list[Entry]]:
    """What occurs in the picture: breadths of a few people, statuses, colours, direction."""
    exchange, s, placed = picture.exchange, picture.frame.type_scale, picture.layout
    largest = int(exchange.people[picture.pair].max(initial=0))
    if not largest:
        return [], []
    told = [n for n in words.round_numbers(largest) if 2.0 <= placed.k * n <= LARGEST_SPECIMEN * s]
    head = [
        Entry(18 * s, wording.people(n), legend.height_specimen(placed.k * n, 18 * s))
        for n in told[:: max(1, (len(told) + 1) // 2)][:2]
    ]
    own = words.specimen(exchange)
    found = moves_words.status_entries(exchange.bands, own, s)
    found.append(Entry(26 * s, "colour: where they left", legend.band_specimen(Style(Role.BAR, own), s)))
    found.append(Entry(26 * s, "pointed where they went", _chord_specimen(own, s)))
    if dots and picture.motion is not None:
        found.append(legend.dot_entry(own, len(picture.motion), s))
    found.append(Entry(26 * s, "arc: all who joined or left", _arc_specimen(own, s)))
    if exchange.others >= 0:
        found.append(Entry(26 * s, "smaller organizations", legend.band_specimen(Style(Role.BAR_OTHER), s)))
    return head, found


def _chord_specimen(organization: str, s: float) -> legend.Specimen:
    """A piece of a chord with its point."""

    def paint(sheet: Sheet, x: float, y: float) -> None:
        sheet.box(x, y - 3.5 * s, 17 * s, 7 * s, Style(Role.BAND, organization, Status.CONFIRMED))
        points = np.array([[x + 17 * s, y - 3.5 * s], [x + 25 * s, y], [x + 17 * s, y + 3.5 * s]])
        sheet.path(points, Style(Role.HEAD, organization), closed=True)

    return paint


def _arc_specimen(organization: str, s: float) -> legend.Specimen:
    """A piece of the rim."""

    def paint(sheet: Sheet, x: float, y: float) -> None:
        piece = sector(Circle((x + 13 * s, y + 26 * s), 24 * s, 5 * s), -0.5, 0.5)
        sheet.path(piece, Style(Role.BAR, organization), closed=True)

    return paint
