"""A person as a disc with initials, and the signs of status: no photographs, ever (looks, sections 3 and 5)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from types import MappingProxyType

import numpy as np

from app.pictures.board import Sheet
from app.scene.marks import Anchor, Floats, floats
from app.scene.style import Certainty, Emphasis, Role, Status, Style
from app.scene.tips import Told

LEAST_INITIALS = 8.0
"""Smaller discs than this radius carry no initials."""
LEAST_RING = 5.0
"""Smaller discs than this radius are plain dots."""
LEAST_SIGN = 11.0
"""Smaller discs than this radius carry no sign of status."""
SIGN = 5.5
"""Radius of a sign of status at a disc of 17."""
HATCH = 5.0
"""Pixels between two lines of a hatch."""


def avatar(
    sheet: Sheet,
    x: float,
    y: float,
    r: float,
    letters: str,
    organization: str,
    status: Status = Status.NONE,
    *,
    gone: bool = False,
    vague: bool = False,
    quiet: bool = False,
    key: str = "",
    tip: Told | None = None,
    signs: Sheet | None = None,
) -> None:
    """A disc about (x, y) in the colour of an organization. gone: the ring alone; vague: hatched, for it is not certain
    that the person is there on the day; quiet: pale, for the lens does not let the person through. The sign of status
    stands at four o'clock, on `signs` if given; reported is the rule and has none.
    """
    emphasis = Emphasis.QUIET if quiet else Emphasis.NORMAL
    if r < LEAST_RING:  # too small for a tint in a ring
        sheet.dot(x, y, r, point(organization, gone=gone, vague=vague, quiet=quiet), key=key, tip=tip)
        return
    certainty = Certainty.UNSURE if gone or vague else Certainty.SURE
    sheet.dot(x, y, r, Style(Role.AVATAR, organization, status, emphasis, certainty), key=key, tip=tip)
    if vague:
        for line in hatch_of_disc(x, y, r - 0.75, min(HATCH, r / 2.5)):
            sheet.path(line, Style(Role.HATCH, emphasis=emphasis), key=key, tip=tip)
    if r >= LEAST_INITIALS:
        size = 0.82 * r
        unsure = Certainty.UNSURE if gone else Certainty.SURE
        style = Style(Role.INITIALS, organization, emphasis=emphasis, certainty=unsure)
        sheet.label(x, y + 0.36 * size, letters, style, size, anchor=Anchor.MIDDLE, key=key, tip=tip)
    if r >= LEAST_SIGN and status not in (Status.NONE, Status.REPORTED):
        place = (x + 0.74 * r, y + 0.74 * r, SIGN * r / 17)
        sign(signs if signs is not None else sheet, *place, status, emphasis=emphasis, key=key, tip=tip)


Strokes = tuple[tuple[tuple[float, float], ...], ...]
"""Lines in units of a radius, about the middle."""

SIGNS: Mapping[Status, Strokes] = MappingProxyType(
    {
        Status.CONFIRMED: (((-0.45, 0.02), (-0.12, 0.36), (0.48, -0.34)),),
        Status.DISPUTED: (
            ((0.0, -0.55), (0.0, 0.5)),
            ((-0.5, -0.35), (0.5, -0.35)),
            ((-0.7, 0.15), (-0.5, -0.35), (-0.3, 0.15), (-0.7, 0.15)),
            ((0.3, 0.15), (0.5, -0.35), (0.7, 0.15), (0.3, 0.15)),
        ),
        Status.DENIED: (((-0.7, 0.7), (0.7, -0.7)),),
        Status.REPORTED: (((-0.12, 0.0), (0.12, 0.0)),),
    }
)
"""What is drawn within the disc or ring of a status."""
PAUSE: Strokes = tuple(((side * 0.18, -0.34), (side * 0.18, 0.34)) for side in (-1, 1))
"""What is drawn within the ring of a seat that is on hold."""


@cache
def point(organization: str, *, gone: bool = False, vague: bool = False, quiet: bool = False) -> Style:
    """How a person looks as a plain dot: full, a tint in a ring if perhaps there, the ring alone if gone."""
    certainty = Certainty.UNSURE if gone else Certainty.SURE
    emphasis = Emphasis.QUIET if quiet else Emphasis.NORMAL
    return Style(Role.AVATAR if vague else Role.SEATED, organization, emphasis=emphasis, certainty=certainty)


def sign(
    sheet: Sheet,
    x: float,
    y: float,
    r: float,
    status: Status,
    *,
    emphasis: Emphasis = Emphasis.NORMAL,
    key: str = "",
    tip: Told | None = None,
) -> None:
    """The sign of a status: a disc with a tick, a ring with a point, a dashed ring, scales, a dotted ring struck."""
    sheet.dot(x, y, r, Style(Role.MARK, status=status, emphasis=emphasis), key=key, tip=tip)
    ink = Style(Role.MARK_INK, status=status, emphasis=emphasis)
    for line in SIGNS.get(status, ()):
        sheet.path(_at(x, y, r, *line), ink, key=key, tip=tip)


def empty_place(
    sheet: Sheet,
    x: float,
    y: float,
    r: float,
    *,
    planned: bool = False,
    paused: bool = False,
    key: str = "",
    tip: Told | None = None,
) -> None:
    """The ring of a place that nobody holds: paler if planned, with a pause sign if on hold."""
    style = Style(Role.SEAT_OPEN, emphasis=Emphasis.SMALL if planned else Emphasis.NORMAL)
    sheet.path(circle(x, y, r), style, key=key, tip=tip)
    if paused:
        for line in PAUSE:
            sheet.path(_at(x, y, r, *line), Style(Role.MARK_INK), key=key, tip=tip)


def circle(x: float, y: float, r: float) -> Floats:
    """A closed line about (x, y), (n, 2), fine enough for its radius."""
    points: Floats = _turn(max(16, int(r * 2.4))) * r
    points += (x, y)
    return points


@lru_cache(maxsize=64)
def _turn(n: int) -> Floats:
    """The closed line of a circle of radius 1 in n steps."""
    turn = np.linspace(0.0, 2 * np.pi, n + 1)
    return np.stack([np.cos(turn), np.sin(turn)], axis=1)


def hatch_of_disc(x: float, y: float, r: float, gap: float) -> list[Floats]:
    """Lines at 45° across a disc, `gap` apart."""
    found = []
    for offset in np.arange(-np.floor(r / gap) * gap, r, gap).tolist():
        half = np.sqrt(max(r * r - offset * offset, 0.0))
        if half > 0.5:
            a, b = np.sqrt(0.5) * (offset - half), np.sqrt(0.5) * (offset + half)
            found.append(floats([x + a, y + b, x + b, y + a], (2, 2)))
    return found


def hatch_of_box(x0: float, y0: float, x1: float, y1: float, gap: float) -> list[Floats]:
    """Lines at 45° across a rectangle, in step with those of every other one: `gap` apart along the x axis."""
    sums = np.arange(np.ceil((x0 + y0) / gap) * gap, x1 + y1, gap)
    left, right = np.maximum(x0, sums - y1), np.minimum(x1, sums - y0)
    return [
        floats([a, c - a, b, c - b], (2, 2))
        for a, b, c in zip(left.tolist(), right.tolist(), sums.tolist(), strict=True)
        if b > a
    ]


def _at(x: float, y: float, r: float, *points: tuple[float, float]) -> Floats:
    return floats([value for px, py in points for value in (x + px * r, y + py * r)], (len(points), 2))
