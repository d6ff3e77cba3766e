"""Specimens of the legend of pictures of seats: people, places, lines."""

from __future__ import annotations

from app.pictures.avatar import HATCH, avatar, empty_place, hatch_of_box, point, sign
from app.pictures.board import Sheet
from app.pictures.legend import Specimen
from app.scene.marks import floats
from app.scene.style import Role, Status, Style


def disc(organization: str, s: float, *, gone: bool = False, quiet: bool = False) -> Specimen:
    """A person as a tint in a ring."""
    return lambda sheet, x, y: avatar(sheet, x + 9 * s, y, 7.5 * s, "", organization, gone=gone, quiet=quiet)


def dot(organization: str, s: float, *, gone: bool = False, vague: bool = False, quiet: bool = False) -> Specimen:
    """A person as a dot."""
    style = point(organization, gone=gone, vague=vague, quiet=quiet)
    radius = (4.45 if gone or vague else 5.2) * s
    return lambda sheet, x, y: sheet.dot(x + 9 * s, y, radius, style)


def status(word: Status, s: float) -> Specimen:
    """The sign of a status."""
    return lambda sheet, x, y: sign(sheet, x + 9 * s, y, 6 * s, word)


def empty(s: float, *, planned: bool = False, paused: bool = False) -> Specimen:
    """A place that nobody holds."""
    return lambda sheet, x, y: empty_place(sheet, x + 9 * s, y, 7.5 * s, planned=planned, paused=paused)


def rule(role: Role, s: float) -> Specimen:
    """A line."""
    return lambda sheet, x, y: sheet.path(floats([x, y, x + 26 * s, y], (2, 2)), Style(role))


def area(organization: str, s: float) -> Specimen:
    """People from one organization, as a layer of a curve."""
    return lambda sheet, x, y: sheet.box(x + 2 * s, y - 5 * s, 14 * s, 10 * s, Style(Role.AREA, organization))


def hatch(s: float) -> Specimen:
    """What may be."""

    def paint(sheet: Sheet, x: float, y: float) -> None:
        for line in hatch_of_box(x, y - 5 * s, x + 26 * s, y + 5 * s, HATCH):
            sheet.path(line, Style(Role.HATCH))

    return paint
