"""The tokens of the two themes, and the colours of organizations in each.

Contrast is against `bg`; chrome is neutral so that data owns the colour.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType

from app.render.color import WHITE, Color, with_contrast


@dataclass(frozen=True, slots=True)
class Theme:
    """The tokens of a theme: grounds, lines, inks (ink4 never carries text alone), accent, states, the tint of a marker
    pen, shadow."""

    name: str
    bg: Color
    surface: Color
    raised: Color
    sunken: Color
    line: Color
    line2: Color
    ink: Color
    ink2: Color
    ink3: Color
    ink4: Color
    accent: Color
    accentbg: Color
    ok: Color
    warn: Color
    bad: Color
    marker: Color
    shadow: Color

    @property
    def dark(self) -> bool:
        """Whether the ground is dark."""
        return self.name == "dark"


LIGHT = Theme(
    name="light",
    bg=Color.of("#FBFBFA"),
    surface=Color.of("#FFFFFF"),
    raised=Color.of("#FFFFFF"),
    sunken=Color.of("#F3F3F1"),
    line=Color.of("#E3E3DF"),
    line2=Color.of("#CFCFCA"),
    ink=Color.of("#16181C"),
    ink2=Color.of("#484D55"),
    ink3=Color.of("#676C75"),
    ink4=Color.of("#9A9EA5"),
    accent=Color.of("#3538CD"),
    accentbg=Color.of("#ECECFB"),
    ok=Color.of("#1A7F4B"),
    warn=Color.of("#9A5B00"),
    bad=Color.of("#B42318"),
    marker=Color.of("#FFE27A"),
    shadow=Color(22, 24, 28, 0.14),
)
DARK = Theme(
    name="dark",
    bg=Color.of("#0E1116"),
    surface=Color.of("#151921"),
    raised=Color.of("#1C212B"),
    sunken=Color.of("#0A0C10"),
    line=Color.of("#262C37"),
    line2=Color.of("#394150"),
    ink=Color.of("#F1F3F6"),
    ink2=Color.of("#C0C6D0"),
    ink3=Color.of("#939BA8"),
    ink4=Color.of("#5F6774"),
    accent=Color.of("#9AA0FF"),
    accentbg=Color.of("#23264A"),
    ok=Color.of("#6FD79E"),
    warn=Color.of("#F2B64C"),
    bad=Color.of("#FF8A7A"),
    marker=Color.of("#8A8526"),
    shadow=Color(0, 0, 0, 0.55),
)
PAPER = replace(LIGHT, bg=WHITE)
"""The light one on white paper."""
THEMES: Mapping[str, Theme] = MappingProxyType({"light": LIGHT, "dark": DARK})

ROLES = tuple(f"c{i}" for i in range(1, 13))
"""Colour roles of organizations. The first eight are told apart by colour, also by the colour-blind."""

_ROLE_COLORS = {
    "light": "#0A47A3 #1C8459 #C58500 #96300A #7E4FDD #089CCB #4D535C #E0559A #6B7B8C #8A7A63 #8B7588 #7B8471",
    "dark": "#6C9DFF #7BE8B9 #FFC02E #DE5B1C #9560F2 #4CC3F0 #A6A9AF #C262A6 #8698AB #A99A80 #AB93A8 #99A38D",
}
GREY: Mapping[str, Color] = {"light": Color.of("#878C93"), "dark": Color.of("#7F858E")}
NEEDED_CONTRAST: Mapping[str, float] = MappingProxyType({"light": 3.0, "dark": 4.5})
"""Contrast that a colour must have on the ground of a theme."""


@cache
def role_color(role: str, theme: Theme) -> Color:
    """The colour of a role (`c1` … `c12`) or of a user's `#rrggbb`.

    The user's is moved in lightness (OKLab) until it has 3 : 1 on light, 4.5 : 1 on dark. ValueError for another word.
    """
    if role in ROLES:
        return Color.of(_ROLE_COLORS[theme.name].split()[ROLES.index(role)])
    try:
        color = Color.of(role)
    except ValueError:
        raise ValueError(f"“{role}” is no colour role: write c1 to c12, or #rrggbb") from None
    return with_contrast(color, theme.bg, NEEDED_CONTRAST[theme.name])


def hex_colors(roles: Mapping[str, str], theme: Theme) -> dict[str, str]:
    """Id → `#rrggbb` of ids with colour roles, for what is written without a Scene."""
    return {row_id: role_color(role, theme).hex for row_id, role in roles.items()}
