"""Words of an alluvial picture: its header, its legend, and what an empty one says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from app.pictures import flowmap_words, legend, moves_words, wording
from app.pictures.alluvial_cohort import MAYBE
from app.pictures.bands import NOWHERE, OTHERS
from app.pictures.board import Board
from app.pictures.frame import Frame
from app.pictures.gathered import Gathered
from app.pictures.legend import Entry
from app.pictures.sankey_words import scale_entries
from app.scene.scene import Header, Layer
from app.scene.style import Certainty, Role, Style

if TYPE_CHECKING:
    from app.pictures.alluvial import Alluvial

LENGTHS = {3: "quarter", 6: "half-year", 12: "year"}


def header(picture: Alluvial, day: float | None) -> Header:
    """Title, scope, days and filter, what is left out and why."""
    gathered, cohort = picture.gathered, picture.cohort
    parts = []
    if cohort.n_beyond:
        parts.append(f"{wording.counted(cohort.n_beyond, 'smaller organization')} under others")
    if cohort.found.several:
        parts.append(f"{wording.people(cohort.found.several)} at several places at once, shown where they began last")
    if cohort.unseen:
        parts.append(f"Left out: {wording.people(cohort.unseen)} on record on none of these days")
    return flowmap_words.header_of(
        gathered,
        float(cohort.periods[-1].day) if day is None else day,
        _title(picture, day),
        _scope(picture),
        " · ".join(parts),
    )


def _title(picture: Alluvial, day: float | None) -> str:
    """The finding: where most people are in the newest column that the day has reached."""
    gathered, cohort = picture.gathered, picture.cohort
    if not cohort.n_people:
        return "Nobody matches" if gathered.options.lens or gathered.focus else "Nobody on record"
    reached = picture.columns(day)
    column = int(reached[-1]) if len(reached) else 0
    on = f"on {wording.written(cohort.periods[column].day)}"
    people = wording.people(cohort.n_people)
    bands = picture.bands
    if len(gathered.focus) == 1:
        code = gathered.focus[0]
        sure, most = _at(picture, column, code)
        up = f", up to {most:,}" if most > sure else ""
        return f"Of {people} ever at {gathered.labels[code]} {sure:,} were there {on}{up}"
    if gathered.focus_people and not gathered.focus and cohort.n_people == 1:
        name = gathered.dataset["people"].item(gathered.focus_people[0], "name")
        return f"Where {name} was, {wording.iso(cohort.periods[0].day)} to {wording.iso(cohort.periods[column].day)}"
    here = np.flatnonzero((bands.column == column) & (bands.code >= 0))
    if not len(here):
        return f"Where {people} were"
    block = max(here.tolist(), key=lambda n: (*picture.prepared.counts[n][::-1], -n))
    sure, most = picture.prepared.counts[block]
    there = gathered.labels[bands.code[block]]
    if not sure:
        return f"Of {people} most may have been at {there} {on}: up to {most:,}"
    up = f" for certain, up to {most:,}" if most > sure else ""
    return f"Of {people} most were at {there} {on}: {sure:,}{up}"


def _at(picture: Alluvial, column: int, code: int) -> tuple[int, int]:
    """People of an organization in a column; none where it has no block."""
    here = np.flatnonzero((picture.bands.column == column) & (picture.bands.code == code))
    return picture.prepared.counts[int(here[0])] if len(here) else (0, 0)


def _scope(picture: Alluvial) -> str:
    """Whom, on which days, at which level."""
    gathered, cohort = picture.gathered, picture.cohort
    first, last = cohort.periods[0].day, cohort.periods[-1].day
    parts = [
        f"{wording.people(cohort.n_people)} at the end of each period",
        f"{wording.written(first)} to {wording.written(last)}",
        flowmap_words.ROLLED[gathered.options.level],
    ]
    return ", ".join(parts)


def empty(board: Board, frame: Frame, gathered: Gathered) -> None:
    """One line in the middle of what is missing and what to do."""
    if gathered.options.lens or gathered.focus or gathered.focus_people:
        text = "Nobody in this filter and focus was anywhere on these days. Clear them, or choose more days."
    else:
        text = "Nobody is on record. Add a stint: a person, an organization, and since when."
    moves_words.say(board, frame, text)


def foot(board: Board, picture: Alluvial, *, dots: bool) -> tuple[Layer | None, tuple[str, ...]]:
    """The legend, the same on every day. None where the picture is too small for a foot. dots: people are on the way
    in it."""
    return legend.foot(board, picture.frame, *_entries(picture, picture.frame.type_scale, dots=dots))


def _entries(picture: Alluvial, s: float, *, dots: bool) -> tuple[list[Entry], list[Entry]]:
    """What occurs in the picture."""
    bands = picture.bands
    head = scale_entries(picture.layout.k, int(bands.people.max(initial=0)), s)
    code = (
        int(bands.code[bands.start[int(np.where(bands.code[bands.start] >= 0, bands.people, 0).argmax())]])
        if len(bands.start)
        else NOWHERE
    )
    own = picture.gathered.ids[code] if code >= 0 else ""
    entries = []
    if code >= 0:
        entries.append(Entry(26 * s, "colour: where they were before", legend.band_specimen(Style(Role.BAND, own), s)))
    if (bands.lane == MAYBE).any():
        style = Style(Role.BAND, own, certainty=Certainty.UNSURE)
        entries.append(Entry(26 * s, "may have been there", legend.band_specimen(style, s)))
    if (bands.code == NOWHERE).any():
        entries.append(Entry(26 * s, "not on record", legend.band_specimen(Style(Role.BAND_PALE), s)))
    if (bands.code == OTHERS).any():
        entries.append(Entry(26 * s, "smaller organizations", legend.band_specimen(Style(Role.BAR_OTHER), s)))
    if dots and picture.motion is not None:
        entries.append(legend.dot_entry(own, len(picture.motion), s))
    return head, entries
