"""Looks of careers and events over time: bars by status, their ends, their words, joins, offers, spans of days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.render.color import contrast
from app.render.look import DASH, Look
from app.scene.style import Certainty, Emphasis, Status, Style

if TYPE_CHECKING:
    from app.render.palette import Palette

_STINT_FILL = {Status.REPORTED: 0.5, Status.RUMORED: 0.12, Status.DISPUTED: 0.5}
"""Strength of a bar by status; all others are full."""
_ASIDE = 0.55
"""What is left of the strength of a bar of another organization than the one in focus."""


_LATE = 0.30
"""The same of what lies after the day it was last seen."""


def stint(palette: Palette, style: Style) -> Look:
    """Full where confirmed, half with a line round it where reported, else an outline with the dash of its status;
    without a line beside an end that fades."""
    if style.status is Status.DENIED:
        return Look(stroke=palette.theme.ink4, stroke_width=1.2, dash=DASH[Status.DENIED])
    aside = _ASIDE if style.emphasis is Emphasis.SMALL else 1.0
    color = palette.organization(style.organization)
    fill = palette.tint(color, _STINT_FILL.get(style.status, 1.0) * aside)
    if style.status not in _STINT_FILL or style.certainty is Certainty.UNSURE:
        return Look(fill)
    return Look(fill, palette.tint(color, aside), 1.2, DASH.get(style.status, ()))


def stint_soft(palette: Palette, style: Style) -> Look:
    """One of some steps that lie upon one another."""
    fill = stint(palette, style).fill
    return Look((fill if fill is not None else palette.theme.ink4).alpha(0.18))


def stint_late(palette: Palette, style: Style) -> Look:
    """Pale, without a line."""
    aside = _ASIDE if style.emphasis is Emphasis.SMALL else 1.0
    return Look(palette.tint(palette.organization(style.organization), _LATE * aside))


def stint_study(palette: Palette, style: Style) -> Look:
    """A thin line, with the dash of its status, round next to nothing."""
    color = palette.organization(style.organization)
    return Look(palette.tint(color, 0.14), palette.tint(color, 0.7), 1.0, DASH.get(style.status, ()))


def stint_name(palette: Palette, style: Style) -> Look:
    """Whatever is read best on the bar, or on what of it is pale."""
    fill = (stint_late if style.certainty is Certainty.UNSURE else stint)(palette, style).fill
    if fill is None:
        return Look(text=palette.theme.ink3)
    full = style.emphasis is not Emphasis.SMALL and style.certainty is not Certainty.UNSURE
    if full and style.status not in _STINT_FILL:
        return Look(text=palette.on_bar(style.organization))
    return Look(text=max(palette.theme.ink, palette.theme.bg, key=lambda ink: contrast(ink, fill)))


def offer(palette: Palette, style: Style) -> Look:
    """A ring in the colour of the organization, with the dash of its status."""
    if style.status is Status.DENIED:
        return Look(palette.theme.bg, palette.theme.ink4, 1.4, (1.5, 2.0))
    return Look(palette.theme.bg, palette.organization(style.organization), 2.0, DASH.get(style.status, ()))


def join(palette: Palette, style: Style) -> Look:
    """A thin line with the dash of its status; small: a gap of ground."""
    if style.emphasis is Emphasis.SMALL:
        return Look(stroke=palette.theme.bg, stroke_width=1.4)
    return Look(stroke=palette.theme.ink3, stroke_width=1.2, dash=DASH.get(style.status, ()))


def event_span(palette: Palette, style: Style) -> Look:
    """Pale, dashed and dotted by status."""
    color = palette.organization(style.organization)
    if style.status is Status.DENIED:
        return Look(stroke=palette.theme.ink4, stroke_width=1.0, dash=DASH[Status.DENIED])
    dash = DASH[Status.RUMORED] if style.status is Status.RUMORED else ()
    return Look(palette.tint(color, 0.30), color if dash else None, 1.0 if dash else 0.0, dash)
