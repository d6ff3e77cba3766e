"""What a style looks like in a theme: style → fill, stroke, dash, halo, text colour. The only place with colours.

Numbers are those of the visual language. Fading is mixing towards the ground, never an alpha gradient (PDF turns those
opaque), so that crossings stay clean; plain alpha is left to what must show what lies below: plates and tails.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import IntEnum

from app.render import stint_looks
from app.render.color import WHITE, Color, contrast
from app.render.look import DASH, Look
from app.render.theme import GREY, ROLES, Theme, role_color
from app.scene.style import Certainty, Emphasis, Role, Status, Style

_INK_ON_BAR = ("c3", "c6", "c8")

HOVER_WIDTH, RING_WIDTH = 1.25, 2.0
RING_OFF, FOCUS_OFF = 4.0, 3.0
"""Pixels from the rim of a mark to the middle of its selection ring, of its focus outline."""
MARKER_WIDTH = 13.0
"""Breadth of a marker pen, half of which lies within the mark."""

FLOW_FADE, NODE_FADE = 0.10, 0.28
"""What is left of a colour out of focus: flows and people; nodes, names, all other text."""


class Level(IntEnum):
    """What a device does to the marks of a key at paint time; not part of the Scene. The higher is painted later."""

    DIM = 1
    SELECTED = 2
    FOCUS = 3
    HOVER = 4


class Palette:
    """Looks of styles in one theme, for the colour roles of one picture.

    colors: organization id → `c1` … `c12` or `#rrggbb`; an organization that is not in it is grey. ValueError for any
    other word. Looks are made once a style.
    """

    def __init__(self, theme: Theme, colors: Mapping[str, str] | None = None) -> None:
        self.theme = theme
        self._colors = {id_: role_color(role, theme) for id_, role in (colors or {}).items()}
        self._roles = dict(colors or {})
        self._looks: dict[tuple[Style, Level | None], Look] = {}
        self._people: dict[str, Color] = {}
        self._tints: dict[tuple[Color, float], Color] = {}

    def organization(self, id_: str) -> Color:
        """The colour of an organization; grey where it has none."""
        return self._colors.get(id_, GREY[self.theme.name])

    def organization_text(self, id_: str) -> Color:
        """The same with 35 % ink, so that it can carry text (4.5 : 1)."""
        return self.organization(id_).mix(self.theme.ink, 0.35)

    def person(self, id_: str) -> Color:
        """The colour of people who come from an organization: darker on light, lighter on dark."""
        made = self._people.get(id_)
        if made is None:
            color = self.organization(id_)
            mixed = color.mix(WHITE, 0.35) if self.theme.dark else Color(*(round(0.78 * x) for x in color[:3]))
            made = self._people[id_] = mixed
        return made

    def on_bar(self, id_: str) -> Color:
        """The colour of text on a bar in an organization's colour."""
        if self.theme.dark:
            return self.theme.bg
        role = self._roles.get(id_, "")
        if role in ROLES:
            return self.theme.ink if role in _INK_ON_BAR else WHITE
        return WHITE if contrast(self.organization(id_), WHITE) >= 4.0 else self.theme.ink

    def look(self, style: Style, level: Level | None = None) -> Look:
        """The paint of a style, dimmed or at full strength where the level says so."""
        made = self._looks.get((style, level))
        if made is None:
            made = self._make(style, level)
            self._looks[style, level] = made
        return made

    def looks(self, styles: Sequence[Style], level: Level | None = None) -> list[Look]:
        """The paint of each style."""
        return [self.look(style, level) for style in styles]

    def _make(self, style: Style, level: Level | None) -> Look:
        look = _MAKERS[style.role](self, style)
        if level is Level.HOVER and style.role in _HOVERED and look.fill is not None:
            if style.status in (Status.CONFIRMED, Status.NONE, Status.DISPUTED):
                return Look(self.organization(style.organization), look.stroke, look.stroke_width, look.dash)
            return look
        if level is Level.DIM or (level is None and style.emphasis is Emphasis.QUIET):
            return self._faded(look, FLOW_FADE if style.role in _FLOW_ROLES else NODE_FADE)
        return look

    def _faded(self, look: Look, left: float) -> Look:
        def fade(color: Color | None) -> Color | None:
            if color is None or color == self.theme.bg:
                return color
            return self.tint(color, left) if color.a == 1.0 else color.alpha(left)

        return Look(
            fade(look.fill),
            fade(look.stroke),
            look.stroke_width,
            look.dash,
            fade(look.text),
            look.halo,
            look.halo_width,
            fade(look.ring),
        )

    def tint(self, color: Color, strength: float) -> Color:
        """That strength (0 to 1) of a colour on the ground, opaque."""
        made = self._tints.get((color, strength))
        if made is None:
            made = self._tints[color, strength] = self.theme.bg.mix(color, strength)
        return made


_FLOW_ROLES = frozenset(
    {
        *(Role.LANE, Role.LANE_PALE, Role.HEAD, Role.HEAD_PALE, Role.STUB_IN, Role.STUB_OUT, Role.RELATION),
        *(Role.RELATION_CORE, Role.PERSON, Role.TAIL, Role.BAND, Role.BAND_PALE),
    }
)
_HOVERED = (Role.LANE, Role.LANE_PALE, Role.BAND, Role.TALLY)
"""Roles that take the full colour under the pointer."""
_BAND_FILL = {
    Status.NONE: 0.50,
    Status.CONFIRMED: 0.50,
    Status.DISPUTED: 0.50,
    Status.REPORTED: 0.28,
    Status.RUMORED: 0.12,
}
_LANE_FILL = {
    Status.NONE: 0.78,
    Status.CONFIRMED: 0.78,
    Status.DISPUTED: 0.78,
    Status.REPORTED: 0.42,
    Status.RUMORED: 0.12,
}
_RING_WIDTH = {Emphasis.SMALL: 3.0, Emphasis.LARGE: 5.0}

_Maker = Callable[[Palette, Style], Look]


def _fill(token: str, strength: float = 1.0) -> _Maker:
    return lambda p, _: Look(fill=p.tint(getattr(p.theme, token), strength))


def _line(token: str, width: float) -> _Maker:
    return lambda p, _: Look(stroke=getattr(p.theme, token), stroke_width=width)


def _text(token: str, halo: float = 0.0) -> _Maker:
    def make(p: Palette, _: Style) -> Look:
        return Look(text=getattr(p.theme, token), halo=p.theme.bg if halo else None, halo_width=halo)

    return make


def _halo(p: Palette, _: Style) -> Look:
    return Look(fill=p.theme.bg, stroke=p.theme.bg, stroke_width=2.4)


def _lane(p: Palette, style: Style) -> Look:
    """Strength by status, or by status for flows of one; the weak statuses are outlines."""
    color = p.organization(style.organization)
    if style.status is Status.DENIED:
        return Look(stroke=p.theme.ink4, stroke_width=1.2, dash=DASH[Status.DENIED])
    strength = _LANE_FILL[style.status]
    if style.emphasis is Emphasis.SMALL and style.status is not Status.RUMORED:
        strength = 0.30 if style.status is Status.REPORTED else 0.36
    dash = DASH.get(style.status, ())
    fill = p.tint(color, strength)
    return Look(fill, color, 1.2, dash) if dash else Look(fill)


def _tally(p: Palette, style: Style) -> Look:
    """As a lane of a flow; lines round narrow bars stand close, so only what is rumored has one, a thin one."""
    look = _lane(p, style)
    if style.status is Status.DISPUTED:
        return Look(p.tint(p.organization(style.organization), 0.60))
    return Look(look.fill, look.stroke, 0.8 if look.stroke is not None else 0.0, look.dash)


def _lane_pale(p: Palette, style: Style) -> Look:
    return Look(p.tint(p.organization(style.organization), 0.24 if p.theme.dark else 0.18))


def _band(p: Palette, style: Style) -> Look:
    """Half the colour, for a band is large; less where people may be there only, an outline for the weak statuses."""
    color = p.organization(style.organization)
    strength = 0.20 if style.certainty is Certainty.UNSURE else _BAND_FILL.get(style.status, 0.50)
    dash = DASH.get(style.status, ())
    return Look(p.tint(color, strength), color if dash else None, 1.2 if dash else 0.0, dash)


def _band_pale(p: Palette, style: Style) -> Look:
    return Look(p.tint(p.organization(style.organization), 0.16 if p.theme.dark else 0.11))


def _band_count(p: Palette, style: Style) -> Look:
    """On half a colour: more ink than beside it."""
    return Look(text=p.organization(style.organization).mix(p.theme.ink, 0.62))


def _head(p: Palette, style: Style) -> Look:
    if style.status in (Status.RUMORED, Status.DENIED):
        return _lane(p, style)
    strength = 0.62 if style.emphasis is Emphasis.SMALL else 1.0
    return Look(p.tint(p.organization(style.organization), strength))


def _head_pale(p: Palette, style: Style) -> Look:
    return Look(p.tint(p.organization(style.organization), 0.38 if p.theme.dark else 0.30))


def _stub_in(p: Palette, _: Style) -> Look:
    return Look(p.tint(p.organization(""), 0.55))


def _stub_out(p: Palette, style: Style) -> Look:
    return Look(p.tint(p.organization(style.organization), 0.40))


def _node(p: Palette, style: Style) -> Look:
    return Look(p.tint(p.organization(style.organization), 0.20 if p.theme.dark else 0.14))


def _ring(strength: float) -> _Maker:
    def make(p: Palette, style: Style) -> Look:
        color = p.tint(p.organization(style.organization), strength)
        return Look(stroke=color, stroke_width=_RING_WIDTH.get(style.emphasis, 4.0))

    return make


def _person(p: Palette, style: Style) -> Look:
    """A disc with a rim of ground; a ring where the day or the fact is unsure; dashed and dotted by status."""
    color = p.person(style.organization)
    ring = color if style.certainty is Certainty.WAITING else None
    if style.status is Status.DENIED:
        return Look(p.theme.bg, p.theme.ink4, 1.4, (1.5, 2.0))
    if style.status is Status.RUMORED:
        return Look(p.theme.bg, color, 1.5, (3.0, 2.0), ring=ring)
    if style.certainty is Certainty.UNSURE or style.status is Status.DISPUTED:
        return Look(p.theme.bg, color, 1.5, ring=ring)
    fill = p.tint(color, 0.55) if style.status is Status.REPORTED else color
    return Look(fill, p.theme.bg, 1.1, ring=ring)


def _tail(p: Palette, style: Style) -> Look:
    far = style.emphasis is Emphasis.SMALL
    color = p.person(style.organization).alpha(0.25 if far else 0.5)
    return Look(stroke=color, stroke_width=2.2 if far else 2.6)


def _bar(p: Palette, style: Style) -> Look:
    return Look(p.organization(style.organization))


def _count(p: Palette, style: Style) -> Look:
    return Look(text=p.organization_text(style.organization), halo=p.theme.bg, halo_width=4.0)


def _number(p: Palette, style: Style) -> Look:
    """Inside a node bare; below a name (small) with a halo."""
    below = style.emphasis in (Emphasis.SMALL, Emphasis.QUIET)
    ink = p.theme.ink if style.emphasis is Emphasis.STRONG else p.theme.ink2
    return Look(text=ink, halo=p.theme.bg if below else None, halo_width=4.0 if below else 0.0)


def _word(p: Palette, style: Style) -> Look:
    return Look(text=p.theme.ink if style.emphasis is Emphasis.STRONG else p.theme.ink2)


def _plate(p: Palette, _: Style) -> Look:
    return Look(fill=p.theme.bg.alpha(0.93))


def _note(p: Palette, _: Style) -> Look:
    return Look(p.theme.surface, p.theme.line2, 1.0)


def _note_line(p: Palette, style: Style) -> Look:
    return Look(p.theme.ink2 if style.emphasis is Emphasis.SMALL else None, p.theme.ink2, 1.0)


def _marker(p: Palette, style: Style) -> Look:
    """A band round a mark: the tint for whoever sees colour, the ink at its rim for print."""
    color, width = (
        (p.theme.ink, MARKER_WIDTH + 2.4) if style.emphasis is Emphasis.STRONG else (p.theme.marker, MARKER_WIDTH)
    )
    return Look(color, color, width)


def _clock(p: Palette, _: Style) -> Look:
    return Look(fill=p.theme.accent, stroke=p.theme.accent, stroke_width=2.0)


def _avatar(p: Palette, style: Style) -> Look:
    """A tint with a ring; the ring alone of one who has left, dashed and dotted by status."""
    color = p.organization(style.organization)
    if style.status is Status.DENIED:
        return Look(p.theme.bg, p.theme.ink4, 1.5, DASH[Status.DENIED])
    hollow = style.certainty is Certainty.UNSURE
    fill = p.theme.bg if hollow else p.tint(color, 0.26 if p.theme.dark else 0.20)
    return Look(fill, color, 1.5, DASH.get(style.status, ()) if style.status is Status.RUMORED else ())


def _initials(p: Palette, style: Style) -> Look:
    if style.certainty is Certainty.UNSURE or style.status is Status.DENIED:
        return Look(text=p.theme.ink3)
    color = p.organization(style.organization)
    return Look(text=color.mix(WHITE, 0.35) if p.theme.dark else Color(*(round(0.75 * x) for x in color[:3])))


def _seat_name(p: Palette, style: Style) -> Look:
    if style.certainty is Certainty.UNSURE:
        return Look(text=p.theme.ink3)
    return Look(text=p.theme.ink2 if style.emphasis is Emphasis.SMALL else p.theme.ink)


def _seat_open(p: Palette, style: Style) -> Look:
    strength = 0.5 if style.emphasis is Emphasis.SMALL else 1.0
    return Look(stroke=p.tint(p.theme.line2, strength), stroke_width=1.5)


def _card(p: Palette, style: Style) -> Look:
    """A card on the ground; of a seat that nobody holds the outline alone, paler where it is planned."""
    if style.certainty is Certainty.UNSURE:
        return Look(p.theme.bg, p.theme.line2, 1.0)
    if style.emphasis is Emphasis.NORMAL:
        return Look(p.theme.surface, p.theme.line2, 1.0)
    planned = style.emphasis is Emphasis.SMALL
    return Look(p.theme.bg, p.tint(p.theme.ink3, 0.5) if planned else p.theme.ink3, 1.5)


def _report(p: Palette, style: Style) -> Look:
    if style.emphasis is Emphasis.SMALL:
        return Look(stroke=p.theme.ink4, stroke_width=1.0, dash=DASH.get(style.status, ()))
    return Look(stroke=p.theme.ink3, stroke_width=1.5, dash=DASH.get(style.status, ()))


def _group(p: Palette, style: Style) -> Look:
    """Sunken; within another group, ground again."""
    return Look(p.theme.bg if style.emphasis is Emphasis.SMALL else p.theme.sunken, p.theme.line2, 1.0)


def _sheet(p: Palette, style: Style) -> Look:
    """Thin where a sheet is cut; where sheets are shown over the picture in the accent, which never is data."""
    theme = p.theme
    return {
        Emphasis.MIDDLE: Look(stroke=theme.ink2, stroke_width=0.8),
        Emphasis.LARGE: Look(stroke=theme.accent, stroke_width=1.0),
        Emphasis.SMALL: Look(theme.line, theme.bg, 0.6),
        Emphasis.STRONG: Look(theme.accent, theme.bg, 0.6, text=theme.bg),
    }.get(style.emphasis, Look(stroke=theme.ink4, stroke_width=0.5))


def _fold(p: Palette, _: Style) -> Look:
    return Look(p.theme.raised, p.theme.ink3, 1.0, text=p.theme.ink2)


def _mark(p: Palette, style: Style) -> Look:
    """The sign of a status: a filled disc if confirmed, else a ring."""
    if style.status is Status.CONFIRMED:
        return Look(p.theme.ok, p.theme.bg, 1.2)
    ring = {Status.DENIED: p.theme.ink4, Status.DISPUTED: p.theme.warn}.get(style.status, p.theme.ink3)
    dash = {Status.RUMORED: (3.0, 2.0), Status.DENIED: (1.5, 2.0)}.get(style.status, ())
    return Look(p.theme.bg, ring, 1.2, dash)


def _mark_ink(p: Palette, style: Style) -> Look:
    inks = {Status.CONFIRMED: p.theme.bg, Status.DISPUTED: p.theme.warn}
    return Look(stroke=inks.get(style.status, p.theme.ink3), stroke_width=1.4)


def _area(p: Palette, style: Style) -> Look:
    return Look(p.tint(p.organization(style.organization), 0.88), p.theme.bg, 0.8)


def _veil(p: Palette, _: Style) -> Look:
    return Look(fill=p.theme.bg.alpha(0.66))


_MAKERS: dict[Role, _Maker] = {
    Role.GROUND: _fill("bg"),
    Role.PLATE: _plate,
    Role.HAIRLINE: _line("line", 1.0),
    Role.GRID: _line("line", 1.0),
    Role.SHEET: _sheet,
    Role.TITLE: _text("ink"),
    Role.SCOPE: _text("ink2"),
    Role.CONTEXT: _text("ink2"),
    Role.LEFT_OUT: _text("ink3"),
    Role.SECTION: _text("ink3"),
    Role.CAPTION: _text("ink3"),
    Role.LEGEND: _text("ink2"),
    Role.CALLOUT_HEAD: _text("ink"),
    Role.CALLOUT_TEXT: _text("ink2"),
    Role.NOTE: _note,
    Role.NOTE_LINE: _note_line,
    Role.MARKER: _marker,
    Role.NODE_NAME: _text("ink", halo=4.5),
    Role.NODE_NUMBER: _number,
    Role.NODE_WORD: _word,
    Role.FLOW_COUNT: _count,
    Role.STUB_COUNT: _text("ink3", halo=3.0),
    Role.RELATION_TEXT: _text("ink3", halo=4.0),
    Role.HALO: _halo,
    Role.LANE: _lane,
    Role.LANE_PALE: _lane_pale,
    Role.BAND: _band,
    Role.BAND_PALE: _band_pale,
    Role.BAND_COUNT: _band_count,
    Role.HEAD: _head,
    Role.HEAD_PALE: _head_pale,
    Role.STUB_IN: _stub_in,
    Role.STUB_OUT: _stub_out,
    Role.RELATION: _line("line2", 3.4),
    Role.RELATION_CORE: _line("bg", 1.6),
    Role.NODE: _node,
    Role.RING: _ring(0.26),
    Role.RING_IN: _ring(1.0),
    Role.PERSON: _person,
    Role.TAIL: _tail,
    Role.AVATAR: _avatar,
    Role.SEATED: _person,
    Role.INITIALS: _initials,
    Role.SEAT_NAME: _seat_name,
    Role.SEAT_OPEN: _seat_open,
    Role.CARD: _card,
    Role.REPORT: _report,
    Role.GROUP: _group,
    Role.FOLD: _fold,
    Role.WARNING: _text("warn"),
    Role.MARK: _mark,
    Role.MARK_INK: _mark_ink,
    Role.AREA: _area,
    Role.SURE: _line("ink", 1.6),
    Role.MAYBE: _line("ink3", 1.0),
    Role.HATCH: _line("ink4", 0.8),
    Role.TARGET: _line("accent", 1.5),
    Role.STINT: stint_looks.stint,
    Role.STINT_SOFT: stint_looks.stint_soft,
    Role.STINT_LATE: stint_looks.stint_late,
    Role.STINT_STUDY: stint_looks.stint_study,
    Role.STINT_NAME: stint_looks.stint_name,
    Role.OFFER: stint_looks.offer,
    Role.JOIN: stint_looks.join,
    Role.BRACKET: _line("ink3", 1.2),
    Role.EVENT: _person,
    Role.EVENT_SPAN: stint_looks.event_span,
    Role.TALLY: _tally,
    Role.LEADER: _line("line2", 1.0),
    Role.VEIL: _veil,
    Role.BAR: _bar,
    Role.BAR_OTHER: _fill("ink3", 0.62),
    Role.BAR_PALE: _fill("ink3", 0.24),
    Role.CLOCK: _clock,
    Role.CLOCK_TEXT: _text("accent", halo=3.0),
    Role.SPECIMEN: _fill("ink3", 0.8),
    Role.SPECIMEN_PALE: _fill("ink3", 0.42),
}
