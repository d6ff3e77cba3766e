"""Words of a Sankey: its header and its legend."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from app.domain.index import Bools
from app.pictures import flowmap_words, legend, moves_words, wording
from app.pictures.bands import OTHERS
from app.pictures.board import Board, Sheet
from app.pictures.legend import Entry
from app.scene.scene import Header, Layer
from app.scene.style import Role, Status, Style

if TYPE_CHECKING:
    from app.pictures.sankey import Sankey

LEAST_SHARE = 0.01
"""A flow of a smaller share of all moves is no finding."""
LARGEST_SPECIMEN = 24.0
"""Height of a specimen of the scale at most, in design pixels."""


def header(picture: Sankey, day: float | None) -> Header:
    """Title, scope, days and filter, what is left out and why."""
    gathered = picture.gathered
    parts = moves_words.beyond(picture.traffic, int(picture.bands.people[~_named(picture)].sum()))
    if gone := int(picture.bands.people.sum() - picture.people.sum()):
        reason = "cancelled out" if picture.options.net else "among them not drawn"
        parts.append(f"{wording.counted(gone, 'move')} {reason}")
    return flowmap_words.header_of(
        gathered,
        day,
        _title(picture, day),
        flowmap_words.scope(gathered, day, net=picture.options.net),
        " · ".join([*parts, *flowmap_words.missing(gathered, day)]),
    )


def _title(picture: Sankey, day: float | None) -> str:
    """The finding of the picture in one line."""
    gathered, bands = picture.gathered, picture.bands
    if found := moves_words.title(gathered, day):
        return found
    when, n = moves_words.by(day), gathered.progress.moves(day)
    people = np.where(_named(picture), picture.shown(day), 0)
    band = int(people.argmax())
    if people[band] < max(2, LEAST_SHARE * n):
        return f"Before and after: {wording.counted(n, 'move')}{when}"
    a, b = (gathered.labels[bands.code[block[band]]] for block in (bands.start, bands.end))
    more = " more than back" if picture.options.net else ""
    return f"Most went from {a} to {b}{when}: {wording.people(int(people[band]))}{more}"


def _named(picture: Sankey) -> Bools:
    """Bands between two organizations that have blocks of their own, (k,)."""
    bands = picture.bands
    named: Bools = (bands.code[bands.start] != OTHERS) & (bands.code[bands.end] != OTHERS)
    return named


def foot(board: Board, picture: Sankey, *, dots: bool) -> tuple[Layer | None, tuple[str, ...]]:
    """The legend, the same on every day. None where the picture is too small for a foot. dots: people are on the way
    in it."""
    return legend.foot(board, picture.frame, *entries(picture, picture.frame.type_scale, dots=dots))


def entries(picture: Sankey, s: float, *, dots: bool) -> tuple[list[Entry], list[Entry]]:
    """What occurs in the picture."""
    bands, gathered = picture.bands, picture.gathered
    head = scale_entries(picture.layout.k, int(picture.people.max(initial=0)), s)
    drawn = picture.people > 0
    if not drawn.any():
        return [], []
    band = int(np.where(drawn & (bands.code[bands.start] != OTHERS), picture.people, 0).argmax())
    code = int(bands.code[bands.start[band]])
    own = gathered.ids[code] if code != OTHERS else ""
    told = moves_words.status_entries(bands, own, s)
    told.append(Entry(26 * s, "colour: where they left", legend.band_specimen(Style(Role.BAR, own), s)))
    sides = "left: before, right: after" if picture.frame.tile else "one organization on both sides"
    told.append(Entry(26 * s, sides, _pair_specimen(own, s)))
    if dots and picture.motion is not None:
        told.append(legend.dot_entry(own, len(picture.motion), s))
    if (bands.code == OTHERS).any():
        told.append(Entry(26 * s, "smaller organizations", legend.band_specimen(Style(Role.BAR_OTHER), s)))
    return head, told


def scale_entries(k: float, largest: int, s: float) -> list[Entry]:
    """Heights of a few people: round numbers that can be told apart and do not fill the foot."""
    if largest < 1 or k <= 0:
        return []
    steps = [n * 10**e for e in range(7) for n in (1, 2, 5)]
    told = [n for n in steps if n <= largest and 2.0 <= n * k <= LARGEST_SPECIMEN * s]
    told = told[:: max(1, (len(told) + 1) // 2)][:2] or [n for n in steps if n * k >= 1.0][:1]
    return [
        Entry(18 * s, wording.people(n), legend.height_specimen(min(n * k, LARGEST_SPECIMEN * s), 18 * s)) for n in told
    ]


def _pair_specimen(organization: str, s: float) -> legend.Specimen:
    """Two bars with a band between them."""

    def paint(sheet: Sheet, x: float, y: float) -> None:
        sheet.box(x + 4 * s, y - 3 * s, 18 * s, 6 * s, Style(Role.BAND, organization, Status.CONFIRMED))
        for left in (x, x + 22 * s):
            sheet.box(left, y - 5 * s, 4 * s, 10 * s, Style(Role.BAR, organization))

    return paint
