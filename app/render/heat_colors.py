"""The colours of a heat map: that of ink, from just visible on its ground to the strongest, in equal steps of lightness
as the eye sees them (OKLab). Other hues have a meaning: they belong to organizations, or to what is selected."""

from __future__ import annotations

import math
from functools import cache

import numpy as np
import numpy.typing as npt

from app.render.color import Color, contrast, from_oklab, oklab
from app.render.theme import Theme

NOBODY, WITHIN, WEAKEST, STRONGEST = 0, 1, 2, 255
"""Steps: the ground of an empty cell, the diagonal, where nobody can move, and the least and most people."""
SEEN = 1.4
"""Contrast of the weakest colour with the ground, at least."""
_ENDS = {"light": (0.90, 0.30), "dark": (0.30, 0.93)}
"""Lightness of the weakest and of the strongest, if the ground lets it."""
_CHROMA = 0.035
"""Chroma in the middle of the scale, a trace of it; it falls towards both ends, as what screens can show does."""

Steps = npt.NDArray[np.uint8]


def steps(largest: int) -> Steps:
    """The step of each number of people from 0 to the largest, (largest + 1,): logarithmic, one person the weakest. A
    scale of one number has but the strongest."""
    found = np.full(largest + 1, NOBODY, dtype=np.uint8)
    people = np.arange(1, largest + 1)
    share = np.log(people) / math.log(largest) if largest > 1 else np.ones(len(people))
    found[1:] = np.rint(WEAKEST + share * (STRONGEST - WEAKEST)).astype(np.uint8)
    found.flags.writeable = False
    return found


@cache
def colors(theme: Theme) -> tuple[Color, ...]:
    """The colour of each step, 256 of them."""
    first, last = _ENDS[theme.name]
    _, a, b = oklab(theme.ink2)
    length = math.hypot(a, b)
    a, b = a / length, b / length

    def at(share: float, first: float) -> Color:
        chroma = _CHROMA * (0.35 + 0.65 * math.sin(math.pi * (0.12 + 0.76 * share)))
        return from_oklab((first + (last - first) * share, a * chroma, b * chroma))

    while contrast(at(0.0, first), theme.bg) < SEEN:
        first += 0.005 if last > first else -0.005
    n = STRONGEST - WEAKEST
    scale = tuple(at(step / n, first) for step in range(n + 1))
    return (theme.bg, theme.bg.mix(theme.line, 0.55), *scale)


def table(theme: Theme) -> Steps:
    """The same as red, green and blue, (256, 3)."""
    return np.array([color[:3] for color in colors(theme)], dtype=np.uint8)
