"""The legend strip: only what occurs in the picture, and always whom the counts are about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from app.pictures.board import Board, Sheet
from app.pictures.frame import Frame
from app.scene import crowd
from app.scene.marks import Floats, floats
from app.scene.scene import Layer
from app.scene.style import Certainty, Emphasis, Role, Status, Style
from app.scene.tips import Told

KNOWN_PEOPLE = "Counts are people known to this dataset, not staff numbers."
"""What every picture's legend says (data, section 10)."""

LOW = 80.0
"""Lower than this the words on whom the counts are about stand beside the head, and columns have two rows."""

Specimen = Callable[[Sheet, float, float], None]
"""Draws a sign with its left end at x and its middle at y."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One sign and its words: width and height of the sign, how to draw it, the text beside it."""

    width: float
    text: str
    draw: Specimen


def draw(
    board: Board,
    sheet: Sheet,
    frame: Frame,
    place: tuple[float, float, float, float],
    head: Sequence[Entry],
    entries: Sequence[Entry],
) -> tuple[str, ...]:
    """Set the legend into `place` (x, y, w, h): a head, the scale specimens (`head`, in a row, words below), then
    the entries in columns of three, or of two where it is low. What does not fit in the width is left away from the
    end. Returns what was said."""
    x, y, w, h = place
    s = frame.type_scale
    size = 11.5 * s
    low = h < LOW * s
    words: list[tuple[float, float, str]] = []  # set after all signs, so that marks of one kind stand together
    at = x
    for entry in head:
        wide = board.width(entry.text, (size, 430))
        entry.draw(sheet, at, y + (38 if low else 34) * s)
        if low:  # beside the sign, for the largest takes the height of both rows
            words.append((at + entry.width + 7 * s, y + 44 * s, entry.text))
            at += entry.width + wide + 21 * s
        else:
            words.append((at, y + 68 * s, entry.text))
            at += max(entry.width, wide) + 14 * s
    at += 10 * s if head else 0
    rows = (34 * s, 54 * s) if low else (30 * s, 49 * s, 68 * s)
    for first in range(0, len(entries), len(rows)):
        column = entries[first : first + len(rows)]
        sign = max(entry.width for entry in column)
        wide = max(board.width(entry.text, (size, 430)) for entry in column)
        if at + sign + 8 * s + wide > x + w:
            break
        for entry, dy in zip(column, rows, strict=False):
            entry.draw(sheet, at, y + dy - 4 * s)
            words.append((at + sign + 8 * s, y + dy, entry.text))
        at += sign + 8 * s + wide + 18 * s
    sheet.label(x, y + 9 * s, "HOW TO READ", Style(Role.SECTION), 10.5 * s)
    for left, baseline, text in words:
        sheet.label(left, baseline, text, Style(Role.LEGEND), size)
    if low:
        left = x + board.width("HOW TO READ", (10.5 * s, 600)) + 26 * s
        sheet.label(left, y + 9 * s, board.elided(KNOWN_PEOPLE, (size, 430), x + w - left), Style(Role.CAPTION), size)
    else:
        sheet.label(x, y + 92 * s, board.elided(KNOWN_PEOPLE, (size, 430), w), Style(Role.CAPTION), size)
    return (*(text for *_, text in words), KNOWN_PEOPLE)


def strip(board: Board, sheet: Sheet, frame: Frame, head: Sequence[Entry], entries: Sequence[Entry]) -> tuple[str, ...]:
    """The legend across the whole foot, below a line. Returns what was said: nothing where the picture is too small for
    a foot."""
    if frame.foot is None:
        return ()
    x, y, w, h = frame.foot
    s = frame.type_scale
    sheet.line(x, y, x + w, y, Style(Role.HAIRLINE))
    return draw(board, sheet, frame, (x, y + 12 * s, w, h - 16 * s), head, entries)


def foot(
    board: Board, frame: Frame, head: Sequence[Entry], entries: Sequence[Entry]
) -> tuple[Layer | None, tuple[str, ...]]:
    """The strip as a finished layer, and its words. None where the picture is too small for a foot."""
    sheet = Sheet(board, "foot", 82, "page", {})
    said = strip(board, sheet, frame, head, entries)
    return sheet.layer() if frame.foot is not None else None, said


def scale_specimen(width: float, length: float, head: float, barb: float) -> Specimen:
    """A grey half-arrow of a flow's breadth."""

    def paint(sheet: Sheet, x: float, y: float) -> None:
        _arrow(
            sheet,
            x,
            y - width / 2,
            length,
            [(0.0, width, Style(Role.SPECIMEN))],
            width,
            head,
            barb,
            Style(Role.SPECIMEN),
        )

    return paint


def swatch_specimen(organization: str, status: Status, scale: float) -> Specimen:
    """One lane of a flow in the organization's colour."""

    def paint(sheet: Sheet, x: float, y: float) -> None:
        _arrow(
            sheet,
            x,
            y - 3.5 * scale,
            26 * scale,
            [(0, 7 * scale, Style(Role.LANE, organization, status))],
            0,
            0,
            0,
            None,
        )

    return paint


def band_specimen(style: Style, scale: float) -> Specimen:
    """A piece of a band."""

    def paint(sheet: Sheet, x: float, y: float) -> None:
        sheet.box(x, y - 4.5 * scale, 26 * scale, 9 * scale, style)

    return paint


def height_specimen(height: float, width: float) -> Specimen:
    """A grey bar as high as some people."""

    def paint(sheet: Sheet, x: float, y: float) -> None:
        sheet.box(x, y - height / 2, width, height, Style(Role.SPECIMEN))

    return paint


def dot_specimen(organization: str, certainty: Certainty, scale: float) -> Specimen:
    """One person."""
    r = 3.3 if certainty is Certainty.SURE else 2.9

    def paint(sheet: Sheet, x: float, y: float) -> None:
        sheet.dot(x + 13 * scale, y, r * scale, Style(Role.PERSON, organization, certainty=certainty))

    return paint


def dot_entry(organization: str, n: int, scale: float) -> Entry:
    """What a dot is, where n people are in motion: very many at once are shaded dots."""
    text = "one dot is one person" + (", or many: the darker the more" if n > crowd.MOST else "")
    return Entry(26 * scale, text, dot_specimen(organization, Certainty.SURE, scale))


def ring_specimen(organization: str, scale: float) -> Specimen:
    """A node whose ring says which share came in."""

    def paint(sheet: Sheet, x: float, y: float) -> None:
        draw_nodes(sheet, [NodePart(x + 13 * scale, y, 8.5 * scale, 0.7, organization, 3 * scale)], [("", None)])

    return paint


def stub_specimen(scale: float) -> Specimen:
    """A short arrow to organizations that are not drawn."""

    def paint(sheet: Sheet, x: float, y: float) -> None:
        style = Style(Role.STUB_IN)
        _arrow(sheet, x, y - 2.5 * scale, 26 * scale, [(0, 5 * scale, style)], 5 * scale, 8 * scale, 3.2 * scale, style)

    return paint


def relation_specimen(scale: float) -> Specimen:
    """The double hairline of an investment."""

    def paint(sheet: Sheet, x: float, y: float) -> None:
        for role in (Role.RELATION, Role.RELATION_CORE):
            sheet.line(x, y, x + 26 * scale, y, Style(role))

    return paint


@dataclass(frozen=True, slots=True)
class NodePart:
    """One organization as a disc: centre, radius, share that came in, whose colour, breadth of the ring."""

    x: float
    y: float
    r: float
    share: float
    organization: str
    stroke: float
    emphasis: Emphasis = Emphasis.NORMAL


def draw_nodes(sheet: Sheet, parts: Sequence[NodePart], told: Sequence[tuple[str, Told | None]]) -> None:
    """Organizations: discs, pale rings, and the arcs from 12 o'clock clockwise that are the shares that came in.
    told: key and tip of each."""
    for part, (key, tip) in zip(parts, told, strict=True):
        sheet.dot(part.x, part.y, part.r, Style(Role.NODE, part.organization, emphasis=part.emphasis), key=key, tip=tip)
    for role, whole in ((Role.RING, True), (Role.RING_IN, False)):
        for part, (key, tip) in zip(parts, told, strict=True):
            share = 1.0 if whole else min(part.share, 1.0)
            if share > 0:
                style = Style(role, part.organization, emphasis=part.emphasis)
                sheet.path(
                    _arc(part.x, part.y, part.r - part.stroke / 2, 0.0, share),
                    style,
                    stroke=part.stroke,
                    key=key,
                    tip=tip,
                )


def _arc(x: float, y: float, r: float, start: float, end: float) -> Floats:
    """Points of an arc, start and end as shares of the circle from 12 o'clock, clockwise."""
    n = max(3, int(np.ceil((end - start) * max(24, min(96, r * 2.2)))) + 1)
    turn = (np.linspace(start, end, n) - 0.25) * 2 * np.pi
    return np.stack([x + r * np.cos(turn), y + r * np.sin(turn)], axis=1)


def _arrow(
    sheet: Sheet, x: float, y: float, length: float, bands: Sequence[tuple[float, float, Style]],
    width: float, head: float, barb: float, head_style: Style | None,
) -> None:  # fmt: skip
    """A straight half-arrow to the right, its inner edge at y: bands (offset, breadth, style) and a head."""
    line = floats([x, y, x + length / 3, y, x + length * 2 / 3, y, x + length, y], (4, 2))
    for offset, breadth, style in bands:
        sheet.ribbon(line, offset, breadth, (0.0, head), style)
    if head_style is not None and head > 0:
        sheet.ribbon(line, 0.0, width, (0.0, 0.0), head_style, head=head, barb=barb)
