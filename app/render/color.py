"""Colours as values: mixing, contrast, lightness. No Qt."""

from __future__ import annotations

import re
from typing import NamedTuple

_HEX = re.compile("#[0-9a-fA-F]{6}")


class Color(NamedTuple):
    """sRGB, 0 to 255 each, and an alpha of 0 to 1."""

    r: int
    g: int
    b: int
    a: float = 1.0

    @classmethod
    def of(cls, text: str) -> Color:
        """From `#rrggbb`; ValueError for anything else."""
        if not _HEX.fullmatch(text):
            raise ValueError(f"“{text}” is no colour: write #rrggbb")
        return cls(*(int(text[i : i + 2], 16) for i in (1, 3, 5)))

    @property
    def hex(self) -> str:
        """`#rrggbb`, without the alpha."""
        return f"#{self.r:02x}{self.g:02x}{self.b:02x}"

    def mix(self, other: Color, share: float) -> Color:
        """This colour with a share (0 to 1) of another, in sRGB; alphas mix too."""
        keep = 1.0 - share
        r, g, b = (round(keep * x + share * y) for x, y in zip(self[:3], other[:3], strict=True))
        return Color(r, g, b, keep * self.a + share * other.a)

    def alpha(self, a: float) -> Color:
        """The same colour, see-through: its alpha times a."""
        return self._replace(a=self.a * a)


BLACK, WHITE = Color(0, 0, 0), Color(255, 255, 255)
Lab = tuple[float, float, float]


def luminance(color: Color) -> float:
    """Relative luminance (WCAG 2.2, section 'relative luminance')."""
    r, g, b = (_linear(x) for x in color[:3])
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: Color, other: Color) -> float:
    """Contrast ratio of two opaque colours, 1 to 21 (WCAG 2.2)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def oklab(color: Color) -> Lab:
    """OKLab coordinates (Ottosson 2020)."""
    return oklab_of_linear(*(_linear(x) for x in color[:3]))


def oklab_of_linear(r: float, g: float, b: float) -> Lab:
    """OKLab coordinates of linear sRGB, 0 to 1 each."""
    long = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)
    middle = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    short = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def from_oklab(lab: Lab) -> Color:
    """The sRGB colour; what lies outside sRGB is brought in by lowering its chroma, lightness and hue kept."""
    low, high = 0.0, 1.0
    if _inside(_linear_of(lab, 1.0)):
        low = 1.0
    else:
        for _ in range(20):
            middle = (low + high) / 2
            low, high = (middle, high) if _inside(_linear_of(lab, middle)) else (low, middle)
    r, g, b = (round(255 * _encoded(min(max(x, 0.0), 1.0))) for x in _linear_of(lab, low))
    return Color(r, g, b)


def with_contrast(color: Color, ground: Color, ratio: float) -> Color:
    """The colour moved in OKLab lightness, away from the ground, until it has that contrast; unchanged if it has it.

    The smallest move that reaches the ratio; black or white where none does.
    """
    if contrast(color, ground) >= ratio:
        return color
    lightness, a, b = oklab(color)
    end = 1.0 if luminance(ground) < 0.18 else 0.0
    near, far = lightness, end
    for _ in range(24):
        middle = (near + far) / 2
        enough = contrast(from_oklab((middle, a, b)), ground) >= ratio
        near, far = (near, middle) if enough else (middle, far)
    return from_oklab((far, a, b))


def _linear(value: float) -> float:
    x = value / 255
    return x / 12.92 if x <= 0.04045 else float(((x + 0.055) / 1.055) ** 2.4)


def _encoded(x: float) -> float:
    return 12.92 * x if x <= 0.0031308 else float(1.055 * x ** (1 / 2.4) - 0.055)


def _linear_of(lab: Lab, chroma: float) -> tuple[float, float, float]:
    lightness, a, b = lab[0], lab[1] * chroma, lab[2] * chroma
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )


def _inside(linear: tuple[float, float, float]) -> bool:
    return all(-1e-4 <= x <= 1 + 1e-4 for x in linear)  # the published matrices are that exact
