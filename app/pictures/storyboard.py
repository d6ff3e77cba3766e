"""The words of a step of a story below its picture: a band with head and caption that covers nothing, and a page of
both with numbered sources.

Type and margins are those of a picture of DESIGN; who needs a picture of another size scales it, so that words can be
read wherever it is shown.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from app.pictures.board import Board, Sheet
from app.pictures.caption import laid_over, listed
from app.pictures.frame import framed
from app.scene.cited import CAPTION, cited, only
from app.scene.marks import Anchor
from app.scene.scene import Header, Measure, Meta, Scene
from app.scene.style import Role, Style

DESIGN = (1200.0, 675.0)
"""Width and height that a page of a story is laid out for."""
HEAD, TEXT, SMALL = (22.0, 700), (16.0, 430), (12.0, 520)
"""Size and weight of a head, of its text, and of the number of a step."""
LEADING, ABOVE, GAP, BELOW = 1.38, 16.0, 4.0, 14.0
"""Lines of text, as factor of their size; pixels above the words, between head and text, below the words."""
NUMBER = 76.0
"""Pixels at the right that are the number's."""
WIDEST = 940.0
"""No line of text is longer: longer ones are hard to follow."""
MOST_SHARE = 0.42
"""Of the height, a band takes no more: what does not fit is cut with an ellipsis."""
LAYER = "story"
PROVENANCE, FOOT = 0.62, 6.0
"""Share of a page's width for what made it, at its foot; pixels below that."""
SOURCE, SOURCE_LINE = (10.5, 450), 14.5
"""Size and weight of a source, and from line to line."""


@dataclass(frozen=True, slots=True)
class Words:
    """What is said of a step. number: counted from 1; of: how many there are; story: its name."""

    head: str
    text: str
    number: int
    of: int
    story: str


def design(size: tuple[float, float]) -> tuple[tuple[int, int], float]:
    """For a page of a size: the size that it is laid out for, and by what factor that is scaled."""
    factor = min(size[0] / DESIGN[0], size[1] / DESIGN[1])
    return (round(size[0] / factor), round(size[1] / factor)), factor


def band_height(all_words: Sequence[Words], size: tuple[float, float], measure: Measure) -> float:
    """How high the band of a story is on a page of a size: as high as the longest of its captions, so that pictures are
    of one size; 0 where no step says anything."""
    board = Board(size, measure)
    lines = [_lines(board, words, size[0]) for words in all_words]
    if not any(words.head or words.text for words in all_words):
        return 0.0
    return float(math.ceil(min(max(_height(head, text) for head, text in lines), MOST_SHARE * size[1])))


def band(words: Words, size: tuple[float, float], margin: float, meta: Meta, measure: Measure) -> Scene:
    """The band of a step as a Scene of its own. margin, meta: of the picture above it."""
    board = Board(size, measure)
    board.sheet("ground", 0, "page").box(0, 0, *size, Style(Role.GROUND))
    _write(board, board.sheet(LAYER, 85, "page"), words, (margin, 0.0), size[1])
    return board.scene(Header(words.head or words.story, "", "", ""), (), None, meta)


def page(
    scene: Scene,
    words: Words,
    height: float,
    measure: Measure,
    *,
    sources: float = 0.0,
    lit: Collection[int] = (),
) -> Scene:
    """The picture with its words below. height: of the band; sources: height of the list of numbered sources below
    that, 0 for none; lit: rows of keys whose sources come first. The head is the title of the page, and stands first in
    it for those who read its outline."""
    width, top = scene.size
    board = Board((width, top), measure, styles=scene.styles)
    ground = board.sheet(f"{LAYER} ground", 84, "page")
    ground.box(0, top, width, height + sources, Style(Role.GROUND))  # whatever reaches out of the picture ends here
    sheet = board.sheet(LAYER, 85, "page")
    margin = framed(scene.size).margin
    _write(board, sheet, words, (margin, top), height)
    if sources:
        strip = board.sheet(CAPTION, 85, "page")
        _cite(board, strip, scene, lit, (margin, top + height), sources)
        origin = " · ".join(text for text in (words.story, scene.meta.dataset, scene.meta.command) if text)
        shown = board.elided(origin, SOURCE, (width - 2 * margin) * PROVENANCE)
        strip.label(width - margin, top + height + sources - FOOT, shown, Style(Role.CAPTION), SOURCE[0],
                    anchor=Anchor.END)  # fmt: skip
    made = laid_over(scene, board, (width, top + height + sources))
    own = [layer for layer in made.layers if layer.name == LAYER]
    layers = (*own, *(layer for layer in made.layers if layer.name != LAYER))
    header = replace(scene.header, title=words.head) if words.head else scene.header
    return replace(made, layers=layers, header=header)


def _write(board: Board, sheet: Sheet, words: Words, at: tuple[float, float], height: float) -> None:
    """Head, text and number below a hairline, in a band that begins at a margin and a height."""
    width, (margin, top) = board.size[0], at
    sheet.line(margin, top + 0.5, width - margin, top + 0.5, Style(Role.HAIRLINE))
    if not height:
        return
    head, text = _lines(board, words, width)
    room = int((height - ABOVE - BELOW - (len(head) * HEAD[0] * LEADING + GAP if head else 0)) / (TEXT[0] * LEADING))
    if len(text) > max(room, 0):
        text = text[: max(room, 0)]
        if text:
            text[-1] = board.elided(f"{text[-1]} …", TEXT, _room(width))
    y = top + ABOVE
    for line in head:
        y += HEAD[0] * LEADING
        sheet.label(margin, y - 0.3 * HEAD[0], line, Style(Role.TITLE), HEAD[0])
    y += GAP if head else 0.0
    for line in text:
        y += TEXT[0] * LEADING
        sheet.label(margin, y - 0.3 * TEXT[0], line, Style(Role.NODE_WORD), TEXT[0])
    baseline = top + ABOVE + HEAD[0] * LEADING - 0.3 * HEAD[0]
    number = f"{words.number} of {words.of}"
    sheet.label(width - margin, baseline, number, Style(Role.CONTEXT), SMALL[0], anchor=Anchor.END)


def _cite(
    board: Board, sheet: Sheet, scene: Scene, lit: Collection[int], at: tuple[float, float], height: float
) -> None:
    """As many numbered sources of a picture as a strip below its words has room for, those of what is lit first; the
    rest is counted."""
    width, (margin, top) = board.size[0], at
    sources = cited(scene)
    if lit:
        own = cited(only(scene, lit))
        sources = {**own, **{id_: source for id_, source in sources.items() if id_ not in own}}
    n_lines = int((height - ABOVE) / SOURCE_LINE)
    if not sources or n_lines < 1:
        return
    sheet.line(margin, top + 0.5, width - margin, top + 0.5, Style(Role.HAIRLINE))
    found, more = listed(board, sources, SOURCE, width - 2 * margin, n_lines)
    y = top + GAP
    for tip, lines in found:
        for nth, line in enumerate(lines):
            y += SOURCE_LINE
            x = margin + (board.width("[1] ", SOURCE) if nth else 0.0)
            sheet.label(x, y, line, Style(Role.CAPTION), SOURCE[0], tip=tip)
    if more:
        words = f"and {more:,} more {'source' if more == 1 else 'sources'}, which the dataset names"
        sheet.label(margin, y + SOURCE_LINE, words, Style(Role.CAPTION), SOURCE[0])


def _lines(board: Board, words: Words, width: float) -> tuple[list[str], list[str]]:
    """Head and text broken into lines; the paragraphs of a text begin a line each."""
    room = _room(width)
    text = [line for part in words.text.splitlines() for line in board.wrapped(part, TEXT, room)]
    return board.wrapped(words.head, HEAD, room), text


def _room(width: float) -> float:
    return min(width - 2 * framed(DESIGN).margin - NUMBER, WIDEST)


def _height(head: list[str], text: list[str]) -> float:
    between = GAP if head and text else 0.0
    return ABOVE + len(head) * HEAD[0] * LEADING + between + len(text) * TEXT[0] * LEADING + BELOW
