"""Words that pictures of moves other than the flow map share: titles where there is no finding, what stands under
others, the statuses of the legend, and what an empty one says."""

from __future__ import annotations

import numpy as np

from app.pictures import flowmap_words, legend, wording
from app.pictures.bands import Bands
from app.pictures.board import Board
from app.pictures.frame import Frame
from app.pictures.gathered import Gathered
from app.pictures.legend import Entry
from app.pictures.traffic import STRONG_FIRST, Traffic, happened
from app.scene import lettering
from app.scene.marks import Anchor
from app.scene.style import Role, Status, Style


def title(gathered: Gathered, day: float | None) -> str:
    """The title of a picture of nobody, of one organization or of one move; blank for any other, which says what it has
    found."""
    if not len(gathered.moves):
        return "No move matches" if gathered.options.lens or gathered.options.window else "No moves on record"
    n = gathered.progress.moves(day)
    if not n:
        return f"Nobody had moved{by(day)}"
    if gathered.focus:
        code = gathered.focus[0]
        left = (gathered.moves.origin == code) & happened(gathered.moves, day)
        return flowmap_words.about(gathered, code, int(np.count_nonzero(left)), day)
    return flowmap_words.moved(gathered, int(gathered.moves.by_day[0])) if n == 1 else ""


def by(day: float | None) -> str:
    """` by 31 July 2025`; blank without a day."""
    return f" by {wording.written(int(day))}" if day is not None else ""


def beyond(traffic: Traffic, n: int) -> list[str]:
    """How many moves and organizations stand under others, if any do. n: those moves."""
    if not n:
        return []
    touch = "touches" if n == 1 else "touch"
    return [f"{wording.counted(n, 'move')} {touch} {wording.counted(traffic.n_beyond, 'smaller organization')}"]


def status_entries(bands: Bands, organization: str, s: float) -> list[Entry]:
    """A piece in the manner of each status that occurs."""
    return [
        Entry(26 * s, word, legend.band_specimen(Style(Role.BAND, organization, Status(word)), s))
        for lane, word in enumerate(STRONG_FIRST)
        if (bands.lane == lane).any()
    ]


def empty(board: Board, frame: Frame, gathered: Gathered) -> None:
    """One line in the middle of what is missing and what to do."""
    if gathered.options.lens or gathered.options.window:
        text = "No move matches this filter and these days. Clear the filter, or choose more days."
    else:
        text = "No moves yet. Record one: a person, the organization they left, the one they joined."
    say(board, frame, text)


def say(board: Board, frame: Frame, text: str) -> None:
    """A line in the middle of a picture."""
    x, y, w, h = frame.map
    style = Style(Role.CONTEXT)
    size, weight = lettering.font(style)
    size *= frame.type_scale
    shown = board.elided(text, (size, weight), w)
    board.sheet("empty", 64, "page").label(x + w / 2, y + h / 2, shown, style, size, anchor=Anchor.MIDDLE)
