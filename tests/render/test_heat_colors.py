"""The scale of a heat map: nobody is ground, one person is seen, more is stronger, in both themes."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.render.color import contrast, luminance, oklab
from app.render.heat_colors import NOBODY, STRONGEST, WEAKEST, colors, steps, table
from app.render.theme import DARK, LIGHT, PAPER, Theme


@pytest.mark.parametrize("theme", [LIGHT, DARK, PAPER])
def test_the_ground_is_nobody_and_the_weakest_is_seen_on_it(theme: Theme) -> None:
    scale = colors(theme)
    assert scale[NOBODY] == theme.bg
    assert contrast(scale[WEAKEST], theme.bg) >= 1.3
    assert contrast(scale[STRONGEST], theme.bg) >= 7.0
    assert table(theme).shape == (256, 3)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_lightness_goes_one_way_in_even_steps(theme: Theme) -> None:
    lightness = [oklab(color)[0] for color in colors(theme)[WEAKEST:]]
    steps_taken = [b - a for a, b in pairwise(lightness)]
    way = -1 if luminance(theme.bg) > 0.5 else 1
    assert all(way * step > -0.004 for step in steps_taken)  # as even as 8 bits a colour let it be
    assert max(map(abs, steps_taken)) < 0.012


@given(st.integers(0, 5_000))
def test_more_people_are_never_weaker(largest: int) -> None:
    found = steps(largest)
    assert len(found) == largest + 1
    assert found[0] == NOBODY
    assert all(found[1:] >= WEAKEST)
    assert all(a <= b for a, b in pairwise(found.tolist()))
    assert largest == 0 or found[-1] == STRONGEST
