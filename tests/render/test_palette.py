"""The palette keeps what the visual language promises: contrast, distance for the colour-blind, every role."""

from itertools import combinations, product

import numpy as np
import pytest

from app.render.color import Color, contrast, oklab_of_linear
from app.render.palette import Level, Palette
from app.render.theme import DARK, LIGHT, ROLES, THEMES, role_color
from app.scene.style import Certainty, Emphasis, Role, Status, Style

themes = pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
NEEDED = {"light": 3.0, "dark": 4.5}

# Machado, Oliveira and Fernandes 2009, severity 1, on linear sRGB
SIMULATIONS = {
    "normal": np.eye(3),
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}


def seen(color: Color, form: str) -> np.ndarray:
    """OKLab coordinates of a colour as somebody with that form of sight sees it."""
    srgb = np.array(color[:3]) / 255
    linear = np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)
    return np.array(oklab_of_linear(*np.clip(np.array(SIMULATIONS[form]) @ linear, 0, 1)))


@themes
@pytest.mark.parametrize("role", [*ROLES, "grey"])
def test_organization_colours_stand_out_from_the_ground(theme, role):
    color = Palette(theme).organization("") if role == "grey" else role_color(role, theme)
    assert contrast(color, theme.bg) >= 3.0
    assert contrast(Palette(theme, {"o": role} if role != "grey" else {}).organization_text("o"), theme.bg) >= 4.5


@themes
@pytest.mark.parametrize(
    ("form", "least"), [("normal", 9.0), ("deuteranopia", 9.0), ("protanopia", 9.0), ("tritanopia", 6.0)]
)
def test_the_first_eight_are_told_apart_by_everybody(theme, form, least):
    points = [seen(role_color(role, theme), form) for role in ROLES[:8]]
    assert min(100 * np.linalg.norm(a - b) for a, b in combinations(points, 2)) >= least


@themes
def test_the_inks_carry_text(theme):
    for ink in (theme.ink, theme.ink2, theme.ink3, theme.accent, theme.ok, theme.warn, theme.bad):
        assert contrast(ink, theme.bg) >= 4.5
    assert contrast(theme.accent, theme.accentbg) >= 4.5


@themes
@pytest.mark.parametrize("color", ["#ffffff", "#000000", "#ffff00", "#123456", "#ff0000"])
def test_a_colour_of_the_user_is_moved_until_it_can_be_seen(theme, color):
    assert contrast(Palette(theme, {"o": color}).organization("o"), theme.bg) >= NEEDED[theme.name]


def test_a_colour_of_the_user_that_can_be_seen_is_kept():
    assert Palette(LIGHT, {"o": "#0a47a3"}).organization("o").hex == "#0a47a3"


def test_the_roles_are_those_of_the_table():
    palette = Palette(LIGHT, {"meta": "c1", "ssi": "c12"})
    assert (palette.organization("meta").hex, palette.organization("ssi").hex) == ("#0a47a3", "#7b8471")
    assert Palette(DARK, {"meta": "c1"}).organization("meta").hex == "#6c9dff"
    assert palette.organization("nobody") == palette.organization("") == Color.of("#878C93")


@pytest.mark.parametrize("role", ["c0", "c13", "red", "", "#12"])
def test_other_roles_are_refused(role):
    with pytest.raises(ValueError, match="c1 to c12"):
        Palette(LIGHT, {"o": role})


@themes
@pytest.mark.parametrize("role", Role)
def test_every_style_has_paint(theme, role):
    palette = Palette(theme, {"meta": "c1"})
    for status, emphasis, certainty in product(Status, Emphasis, Certainty):
        for organization in ("meta", "nobody", ""):
            style = Style(role, organization, status, emphasis, certainty)
            for level in (None, *Level):
                look = palette.look(style, level)
                assert look.fill or look.text or (look.stroke and look.stroke_width > 0)
                assert all(0 <= c.a <= 1 for c in (look.fill, look.stroke, look.text, look.halo, look.ring) if c)


@themes
def test_text_can_be_read(theme):
    palette = Palette(theme, {id_: id_ for id_ in ROLES})
    for role, id_ in product(set(Role) - {Role.STINT_NAME}, (*ROLES, "")):
        look = palette.look(Style(role, id_))
        if look.text:
            assert contrast(look.text, theme.bg) >= 4.5, role


@themes
def test_names_on_bars_can_be_read_on_them(theme):
    palette = Palette(theme, {id_: id_ for id_ in ROLES})
    for id_, status, emphasis in product((*ROLES, ""), Status, (Emphasis.NORMAL, Emphasis.SMALL)):
        bar, name = (palette.look(Style(role, id_, status, emphasis)) for role in (Role.STINT, Role.STINT_NAME))
        assert contrast(name.text, bar.fill or theme.bg) >= 3.0, (id_, status, emphasis)


@themes
def test_bars_tell_their_status_apart(theme):
    palette = Palette(theme, {"o": "c2"})
    bars = {status: palette.look(Style(Role.STINT, "o", status)) for status in Status}
    strength = {status: contrast(look.fill, theme.bg) for status, look in bars.items() if look.fill}
    assert strength[Status.CONFIRMED] > strength[Status.REPORTED] > strength[Status.RUMORED]
    assert bars[Status.DENIED].fill is None
    assert {s for s, look in bars.items() if look.dash} == {Status.RUMORED, Status.DISPUTED, Status.DENIED}


@themes
def test_people_stand_out_from_their_own_flow(theme):
    palette = Palette(theme, {id_: id_ for id_ in ROLES})
    for id_ in ROLES:
        person = palette.look(Style(Role.PERSON, id_))
        assert person.fill == palette.person(id_)
        assert person.stroke == theme.bg
        hollow = palette.look(Style(Role.PERSON, id_, certainty=Certainty.UNSURE))
        assert (hollow.fill, hollow.stroke) == (theme.bg, palette.person(id_))
        assert palette.look(Style(Role.PERSON, id_, certainty=Certainty.WAITING)).ring


def test_status_shows_in_strength_and_dash():
    palette = Palette(LIGHT, {"o": "c2"})
    lanes = {status: palette.look(Style(Role.LANE, "o", status)) for status in Status}
    distance = {s: contrast(look.fill, LIGHT.bg) for s, look in lanes.items() if look.fill}
    assert distance[Status.CONFIRMED] > distance[Status.REPORTED] > distance[Status.RUMORED]
    assert {s: look.dash for s, look in lanes.items() if look.dash} == {
        Status.RUMORED: (5.0, 4.0),
        Status.DISPUTED: (9.0, 4.0),
        Status.DENIED: (1.5, 4.0),
    }
    assert lanes[Status.DENIED].fill is None


def test_dash_means_status_and_nothing_else():
    palette = Palette(LIGHT)
    for role, emphasis, certainty in product(Role, Emphasis, Certainty):
        assert not palette.look(Style(role, emphasis=emphasis, certainty=certainty)).dash


@themes
def test_what_is_out_of_focus_is_pale_and_opaque(theme):
    palette = Palette(theme, {"o": "c2"})
    for role, strength in ((Role.LANE, 0.2), (Role.NODE_NAME, 0.4), (Role.RING_IN, 0.4)):
        full, quiet = (palette.look(Style(role, "o", emphasis=e)) for e in (Emphasis.NORMAL, Emphasis.QUIET))
        dim = palette.look(Style(role, "o"), Level.DIM)
        one, other = (look.fill or look.stroke or look.text for look in (full, quiet))
        assert contrast(other, theme.bg) - 1 < strength * (contrast(one, theme.bg) - 1)
        assert other.a == 1.0
        assert (dim.fill or dim.stroke or dim.text) == other


def test_text_on_bars():
    light = Palette(LIGHT, {"google": "c3", "meta": "c1", "mine": "#0a47a3"})
    assert (light.on_bar("google"), light.on_bar("meta").hex, light.on_bar("mine").hex) == (
        LIGHT.ink,
        "#ffffff",
        "#ffffff",
    )
    assert Palette(DARK, {"meta": "c1"}).on_bar("meta") == DARK.bg
