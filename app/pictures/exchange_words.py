"""Words that a matrix and a chord picture share: header, foot, what an empty one says."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from app.pictures import flowmap_words, legend, wording
from app.pictures.board import Board, Sheet
from app.pictures.exchange import Exchange
from app.pictures.frame import Frame
from app.pictures.gathered import Gathered
from app.pictures.legend import Entry
from app.pictures.traffic import STRONG_FIRST, happened
from app.scene import lettering
from app.scene.marks import Anchor, Ints
from app.scene.scene import Header, Layer
from app.scene.style import Role, Status, Style


def header(exchange: Exchange, day: float | None, finding: str, left_out: Sequence[str] = ()) -> Header:
    """Title, scope, days and filter, what is left out and why. finding: the title where enough has happened for one;
    left_out: what this kind of picture does not draw."""
    gathered = exchange.gathered
    shown = happened(gathered.moves, day)
    parts = [*_beyond(exchange), *left_out]
    if exchange.net and (even := int(exchange.bands.people.sum() - exchange.people.sum())):
        parts.append(f"{wording.counted(even, 'move')} cancelled out")
    return flowmap_words.header_of(
        gathered,
        day,
        _title(exchange, day, finding),
        flowmap_words.scope(gathered, gathered.moves.take(np.flatnonzero(shown)), net=exchange.net),
        " · ".join([*parts, *flowmap_words.missing(gathered, shown, day)]),
    )


def _title(exchange: Exchange, day: float | None, finding: str) -> str:
    """The finding, but for pictures of nobody, of one organization or of one move."""
    gathered = exchange.gathered
    if not exchange.n_pairs:
        return "No move matches" if gathered.options.lens or gathered.options.window else "No moves on record"
    rows = np.flatnonzero(happened(gathered.moves, day))
    when = by(day)
    if not len(rows):
        return f"Nobody had moved{when}"
    if gathered.focus:
        code = gathered.focus[0]
        return flowmap_words.about(gathered, code, int((gathered.moves.origin[rows] == code).sum()), day)
    if len(rows) == 1:
        return flowmap_words.moved(gathered, int(rows[0]))
    n = int(np.count_nonzero(exchange.codes >= 0))
    return finding or f"{wording.counted(len(rows), 'move')} between {wording.counted(n, 'organization')}{when}"


def by(day: float | None) -> str:
    """` by 31 July 2025`; blank without a day."""
    return f" by {wording.written(int(day))}" if day is not None else ""


def largest_pair(exchange: Exchange, people: Ints) -> int:
    """The pair of two organizations with most people, the first of several; -1 if none has two."""
    named = np.where(exchange.named, people, 0)
    pair = int(named.argmax()) if len(named) else -1
    return pair if pair >= 0 and named[pair] > 1 else -1


def _beyond(exchange: Exchange) -> list[str]:
    """How many moves and organizations stand under others."""
    n = int(exchange.bands.people[~exchange.named].sum()) if exchange.others >= 0 else 0
    if not n:
        return []
    touch = "touches" if n == 1 else "touch"
    smaller = wording.counted(exchange.traffic.n_beyond, "smaller organization")
    return [f"{wording.counted(n, 'move')} {touch} {smaller}"]


def empty(board: Board, frame: Frame, gathered: Gathered) -> None:
    """One line in the middle of what is missing and what to do."""
    if gathered.options.lens or gathered.options.window:
        text = "No move matches this filter and these days. Clear the filter, or choose more days."
    else:
        text = "No moves yet. Record one: a person, the organization they left, the one they joined."
    x, y, w, h = frame.map
    style = Style(Role.CONTEXT)
    size, weight = lettering.font(style)
    size *= frame.type_scale
    shown = board.elided(text, (size, weight), w)
    board.sheet("empty", 64, "page").label(x + w / 2, y + h / 2, shown, style, size, anchor=Anchor.MIDDLE)


def foot(
    board: Board, frame: Frame, head: Sequence[Entry], entries: Sequence[Entry]
) -> tuple[Layer | None, tuple[str, ...]]:
    """The legend's layer and its words. None where the picture is too small for a foot."""
    if frame.foot is None:
        return None, ()
    sheet = Sheet(board, "foot", 82, "page", {})
    x, y, w, h = frame.foot
    s = frame.type_scale
    sheet.line(x, y, x + w, y, Style(Role.HAIRLINE))
    said = legend.draw(board, sheet, frame, (x, y + 12 * s, w, h - 16 * s), head, entries)
    return sheet.layer(), said


def status_entries(exchange: Exchange, organization: str, s: float) -> list[Entry]:
    """A piece in the manner of each status that occurs."""
    return [
        Entry(26 * s, word, legend.band_specimen(Style(Role.BAND, organization, Status(word)), s))
        for lane, word in enumerate(STRONG_FIRST)
        if (exchange.bands.lane == lane).any()
    ]


def specimen(exchange: Exchange) -> str:
    """The organization whose colour the legend wears: the origin of the largest pair that has one."""
    wearing = np.where(exchange.origin != exchange.others, exchange.people, 0)
    return exchange.organization(int(exchange.origin[int(wearing.argmax())])) if len(wearing) else ""


def round_numbers(largest: int) -> list[int]:
    """1, 2, 5, 10 … up to the largest."""
    return [n * 10**e for e in range(7) for n in (1, 2, 5) if n * 10**e <= largest]


def steps(largest: int) -> list[int]:
    """Numbers of people for specimens of a scale: one, a round number between, the largest."""
    told = round_numbers(largest)
    return sorted({*told[:1], *told[len(told) // 2 : len(told) // 2 + 1], largest}) if told else []
