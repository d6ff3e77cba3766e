"""How many of the people who have no line of their own were where, as one row an organization: its breadth is
people."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.domain.index import Bools, Ints
from app.pictures import wording
from app.pictures.board import Board, Sheet
from app.pictures.career_plan import Plan, Spans
from app.pictures.days_axis import Days
from app.pictures.gathered import Gathered
from app.scene import lettering
from app.scene.marks import Anchor, Floats, floats
from app.scene.style import Emphasis, Role, Style

MOST, HEAD, ROW = 5, 26.0, 17.0
"""Organizations that have a row; heights of the head and of a row."""
STEP = 2.0
"""Pixels from one count to the next."""


@dataclass(frozen=True, slots=True)
class Band:
    """People of one organization over time: its code (None for all others), how many others, counts (k,) at the steps
    of the axis."""

    organization: int | None
    n_others: int
    counts: Floats


def can_be_told(gathered: Gathered, until: int) -> bool:
    """Whether there is any stint of which it is known from when to when it was."""
    spans = Spans.of(gathered, np.flatnonzero(gathered.careers.counts), until)
    return bool((~np.isnan(spans.begin) & ~np.isnan(spans.end)).any())


def bands(gathered: Gathered, who: Bools, until: int, days: Days) -> list[Band]:
    """Of some people, (n_people,): the organizations with most of them at one time, all others in one band. Only stints
    that count and whose begin is known; one without an end that is known counts until the next one began, or not at
    all."""
    careers = gathered.careers
    at = np.flatnonzero(careers.counts & who[careers.index.person])
    spans = Spans.of(gathered, at, until)
    end = spans.end.copy()
    begun = np.full(len(careers.index), np.nan)
    begun[at] = spans.begin
    following = np.full(len(careers.index), np.nan)
    following[careers.left] = begun[careers.joined]
    blank = np.isnan(end)
    end[blank] = following[at][blank]
    dated = ~np.isnan(spans.begin) & ~np.isnan(end)
    at, begin, end = at[dated], spans.begin[dated], end[dated]
    n_steps = max(int(days.w / STEP), 1)
    lo, hi = (np.clip((days.across(d) - days.x) / STEP, 0, n_steps).astype(np.int64) for d in (begin, end))
    where: Ints = careers.levels.at(careers.index.organization[at], until)
    codes, number = np.unique(where, return_inverse=True)
    change = np.zeros((len(codes), n_steps + 1))
    np.add.at(change, (number, lo), 1)
    np.add.at(change, (number, hi), -1)
    counts = change.cumsum(axis=1)[:, :n_steps]
    if not len(codes):
        return []
    most = counts.max(axis=1)
    order = np.lexsort((codes, -most))
    named = [Band(int(codes[n]), 0, counts[n]) for n in order[:MOST].tolist() if most[n] > 0]
    others = order[MOST:]
    if len(others) and counts[others].any():
        named.append(Band(None, len(others), counts[others].sum(axis=0)))
    return named


def draw(
    board: Board,
    sheet: Sheet,
    gathered: Gathered,
    found: list[Band],
    plan: Plan,
    place: tuple[float, float],
    s: float,
    n: int,
) -> None:
    """One row a band from a place (left end, top) on, under a head, on the days of a plan; the named ones on one scale,
    that of all others their own where they are more. n: people in all."""
    (left, top), days = place, plan.days
    sheet.line(left, top, days.end, top, Style(Role.HAIRLINE))
    head = f"{wording.people(n)} without a line of their own: how many were where".upper()
    sheet.label(left, top + 17 * s, board.elided(head, (10.5 * s, 600), days.end - left), Style(Role.SECTION), 10.5 * s)
    named = [float(band.counts.max()) for band in found if band.organization is not None]
    largest = max(named, default=1.0)
    style = Style(Role.SEAT_NAME, emphasis=Emphasis.SMALL)
    font = (11 * s, lettering.font(style)[1])
    for row, band in enumerate(found):
        middle = top + (HEAD + ROW * (row + 0.5)) * s
        most = int(band.counts.max())
        name = gathered.labels[band.organization] if band.organization is not None else f"{band.n_others:,} others"
        key = f"organizations:{gathered.ids[band.organization]}" if band.organization is not None else ""
        scale = largest if band.organization is not None else max(largest, float(most))
        own = band.organization is None and most > largest
        said = f"up to {most:,}{', own scale' if own else ''}"
        room = days.x - 12 * plan.unit - left - board.width(said, (10.5 * s, 450)) - 8 * s
        if room < board.width(name, font):
            said = f"{most:,}"
            room = days.x - 12 * plan.unit - left - board.width(said, (10.5 * s, 450)) - 8 * s
        at = days.x - 12 * plan.unit
        sheet.label(at, middle + 4 * s, said, Style(Role.CAPTION, emphasis=Emphasis.SMALL), 10.5 * s, anchor=Anchor.END)
        at -= board.width(said, (10.5 * s, 450)) + 8 * s
        sheet.label(at, middle + 4 * s, board.elided(name, font, room), style, 11 * s, anchor=Anchor.END, key=key)
        color = gathered.ids[band.organization] if band.organization is not None else ""
        for run in _runs(band.counts):
            x = days.x + np.repeat(np.arange(run.start, run.stop + 1), 2)[1:-1] * STEP
            half = np.repeat(band.counts[run], 2) / scale * (ROW - 3) / 2 * s
            points = np.concatenate([np.stack([x, middle - half], 1), np.stack([x, middle + half], 1)[::-1]])
            sheet.path(floats(points), Style(Role.AREA, color), closed=True, key=key)


def _runs(counts: Floats) -> list[slice]:
    """Stretches without a zero."""
    there = np.concatenate([[False], counts > 0, [False]])
    edges = np.flatnonzero(there[1:] != there[:-1])
    return [slice(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]
