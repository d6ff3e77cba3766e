"""A caption below a picture: its scope, days and filter, and the numbered sources of what it shows.

A picture on paper has no tips to ask. It grows by the caption, and nothing in it moves; numbers are those of a slide's
notes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from app.pictures.board import Board
from app.pictures.frame import framed
from app.scene.cited import CAPTION, citation, cited
from app.scene.marks import AnyMarks
from app.scene.scene import FontRole, Layer, Measure, Scene, Source, Tip
from app.scene.style import Role, Style
from app.scene.tips import Tips

SHARE = 0.25
"""Sources take up to this share of the picture's height, and three lines where that is less."""
LEADING, ABOVE, GAP, BELOW = 17.0, 10.0, 6.0, 20.0
"""From line to line; more above the first line, above the sources, below the last, at a scale of type of 1."""


def captioned(scene: Scene, measure: Measure) -> Scene:
    """The picture with its caption. As many sources as have room, the rest is counted. Each leads to its address where
    the device has links."""
    width, height = scene.size
    frame = framed(scene.size)
    s, room = frame.type_scale, width - 2 * frame.margin
    said, named = (11.5 * s, 430), (11.0 * s, 450)
    board = Board(scene.size, measure, styles=scene.styles)
    sheet = board.sheet(CAPTION, 85, "page")
    sheet.line(frame.margin, height, frame.margin + room, height, Style(Role.HAIRLINE))
    y = height + ABOVE * s
    for line in board.wrapped(". ".join(line for line in scene.header.lines[:2] if line), said, room):
        y += LEADING * s
        sheet.label(frame.margin, y, line, Style(Role.LEGEND), said[0])
    y += GAP * s
    found, more = listed(board, cited(scene), named, room, max(int(SHARE * height / (LEADING * s)), 3))
    for tip, lines in found:
        for nth, line in enumerate(lines):
            y += LEADING * s
            x = frame.margin + (board.width("[1] ", named) if nth else 0.0)
            sheet.label(x, y, line, Style(Role.CAPTION), named[0], tip=tip)
    if more:
        y += LEADING * s
        told = f"and {more:,} more {'source' if more == 1 else 'sources'}, which the dataset names"
        sheet.label(frame.margin, y, board.elided(told, named, room), Style(Role.CAPTION), named[0])
    return laid_over(scene, board, (width, y + BELOW * s))


def listed(
    board: Board, sources: Mapping[str, Source], font: FontRole, room: float, n_lines: int
) -> tuple[list[tuple[Tip, list[str]]], int]:
    """Sources with the lines that name them, as many as so many lines hold, and how many are left. The count of those
    takes a line too."""
    found: list[tuple[Tip, list[str]]] = []
    for n, (id_, source) in enumerate(sources.items(), 1):
        lines = _lines(board, n, source, font, room)
        n_lines -= len(lines)
        if n_lines < (n < len(sources)):
            break
        found.append((Tip(citation(n, source), links=(id_,)), lines))
    return found, len(sources) - len(found)


def _lines(board: Board, n: int, source: Source, font: FontRole, room: float) -> list[str]:
    """A source on one line, or its address on a second one, so that it is not cut where it can stand."""
    whole = citation(n, source)
    if board.width(whole, font) <= room or not source.url:
        return [board.elided(whole, font, room)]
    first = citation(n, replace(source, url=""))
    return [board.elided(first, font, room), board.elided(source.url, font, room - board.width("[1] ", font))]


def laid_over(scene: Scene, board: Board, size: tuple[float, float]) -> Scene:
    """A Scene of another size with what is on a board that began with its styles."""
    own = board.scene(scene.header, scene.legend, scene.motion, scene.meta)
    told = scene.tips.told if isinstance(scene.tips, Tips) else tuple(scene.tips)
    layers = tuple(_shifted(layer, len(told)) for layer in own.layers)
    tips = Tips((*told, *own.tips))
    return replace(scene, size=size, layers=(*scene.layers, *layers), styles=own.styles, tips=tips)


def _shifted(layer: Layer, by: int) -> Layer:
    """A layer whose tips stand further on in another table."""

    def shift(mark: AnyMarks) -> AnyMarks:
        return replace(mark, tip=np.where(mark.tip >= 0, mark.tip + by, mark.tip).astype(np.int32))

    return replace(layer, marks=tuple(shift(mark) for mark in layer.marks))
