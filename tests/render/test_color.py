import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.render.color import BLACK, WHITE, Color, contrast, from_oklab, luminance, oklab, with_contrast

channel = st.integers(0, 255)
colors = st.tuples(channel, channel, channel).map(lambda rgb: Color(*rgb))


def test_a_colour_is_read_and_written():
    assert Color.of("#0A47A3") == (10, 71, 163, 1.0)
    assert Color(10, 71, 163).hex == "#0a47a3"


@pytest.mark.parametrize("text", ["", "red", "#12345", "#1234567", "#12345g", "123456#", "# 12345"[:7]])
def test_other_words_are_refused(text):
    with pytest.raises(ValueError, match="write #rrggbb"):
        Color.of(text)


def test_known_contrasts_and_coordinates():
    assert contrast(BLACK, WHITE) == pytest.approx(21.0)
    assert luminance(Color(128, 128, 128)) == pytest.approx(0.2159, abs=1e-4)
    assert oklab(WHITE) == pytest.approx((1, 0, 0), abs=1e-3)
    assert oklab(Color(255, 0, 0)) == pytest.approx((0.628, 0.2249, 0.1258), abs=1e-3)  # Ottosson's example


def test_mixing_and_alpha():
    assert BLACK.mix(WHITE, 0.5) == (128, 128, 128, 1.0)
    assert BLACK.mix(WHITE, 0.0) == BLACK
    assert BLACK.alpha(0.5).alpha(0.5).a == 0.25


@given(colors)
def test_there_and_back(color):
    assert max(abs(a - b) for a, b in zip(from_oklab(oklab(color)), color, strict=True)) <= 1


@given(colors, st.sampled_from([(Color.of("#FBFBFA"), 3.0), (Color.of("#0E1116"), 4.5)]))
def test_a_colour_moves_only_as_far_as_its_contrast_needs(color, need):
    ground, ratio = need
    moved = with_contrast(color, ground, ratio)
    assert contrast(moved, ground) >= ratio
    if contrast(color, ground) >= ratio:
        assert moved == color
    else:
        assert contrast(moved, ground) < ratio * 1.06
