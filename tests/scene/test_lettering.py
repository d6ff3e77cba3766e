import pytest

from app.scene.lettering import BODY, font, tracking
from app.scene.style import Emphasis, Role, Style


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("emphasis", Emphasis)
def test_nothing_in_a_picture_is_smaller_than_ten_and_a_half(role, emphasis):
    size, weight = font(Style(role, emphasis=emphasis))
    assert size >= 10.5
    assert 400 <= weight <= 700


def test_emphasis_changes_the_type_and_a_shape_has_body_type():
    assert font(Style(Role.NODE_NAME, emphasis=Emphasis.LARGE)) == (17.0, 650)
    assert font(Style(Role.NODE_NAME)) == (13.5, 650)
    assert font(Style(Role.HALO)) == BODY


def test_only_section_heads_are_spaced_and_titles_tightened():
    spaced = {role for role in Role if tracking(Style(role)) > 0}
    tightened = {role for role in Role if tracking(Style(role)) < 0}
    assert (spaced, tightened) == ({Role.SECTION}, {Role.TITLE})
