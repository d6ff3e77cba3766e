"""Type of each role: size, weight and tracking, so that pictures measure texts as devices will draw them.

Sizes are those of the visual language at 100 %. A label carries its own size; its weight and tracking come from here.
"""

from __future__ import annotations

from app.scene.scene import FontRole
from app.scene.style import Emphasis, Role, Style

_FONTS: dict[Role, FontRole] = {
    Role.TITLE: (24.0, 700),
    Role.SCOPE: (13.5, 430),
    Role.CONTEXT: (12.5, 520),
    Role.LEFT_OUT: (12.0, 430),
    Role.SECTION: (10.5, 600),
    Role.CAPTION: (11.0, 450),
    Role.LEGEND: (11.5, 430),
    Role.CALLOUT_HEAD: (13.0, 650),
    Role.CALLOUT_TEXT: (11.5, 430),
    Role.NODE_NAME: (13.5, 650),
    Role.NODE_NUMBER: (14.0, 560),
    Role.NODE_WORD: (11.0, 450),
    Role.FLOW_COUNT: (12.0, 650),
    Role.STUB_COUNT: (10.5, 500),
    Role.BAND_COUNT: (12.5, 650),
    Role.RELATION_TEXT: (10.5, 500),
    Role.CLOCK_TEXT: (11.0, 650),
    Role.INITIALS: (14.0, 650),
    Role.SEAT_NAME: (11.5, 620),
    Role.FOLD: (11.0, 600),
    Role.SHEET: (14.0, 650),
    Role.WARNING: (10.5, 600),
    Role.STINT_NAME: (10.5, 600),
}
_EMPHASIZED: dict[tuple[Role, Emphasis], FontRole] = {
    (Role.NODE_NAME, Emphasis.LARGE): (17.0, 650),
    (Role.NODE_NAME, Emphasis.SMALL): (12.5, 600),
    (Role.NODE_NUMBER, Emphasis.STRONG): (18.0, 680),
    (Role.NODE_NUMBER, Emphasis.SMALL): (11.0, 450),
    (Role.NODE_WORD, Emphasis.STRONG): (11.0, 500),
    (Role.FLOW_COUNT, Emphasis.LARGE): (14.0, 650),
    (Role.CAPTION, Emphasis.SMALL): (10.5, 450),
    (Role.CAPTION, Emphasis.STRONG): (11.0, 600),
    (Role.LEGEND, Emphasis.STRONG): (11.5, 600),
    (Role.SEAT_NAME, Emphasis.SMALL): (11.0, 430),
    (Role.SEAT_NAME, Emphasis.LARGE): (13.5, 650),
}
_TRACKING: dict[Role, float] = {Role.TITLE: -0.3 / 24.0, Role.SECTION: 0.6 / 10.5}
LARGEST_TYPE = 1.6
"""Words in the world grow with the camera up to this scale, not beyond."""
BODY: FontRole = (12.0, 430)
"""Type of a label whose role is no text role."""


def font(style: Style) -> FontRole:
    """Size and weight of a style's labels."""
    return _EMPHASIZED.get((style.role, style.emphasis)) or _FONTS.get(style.role, BODY)


def tracking(style: Style) -> float:
    """Space added after each letter, as a share of the size."""
    return _TRACKING.get(style.role, 0.0)
