"""Widths of texts in the bundled font without Qt: every picture is measured alike on every machine.

The table (made from the font by `resources/fonts/make_fonts.py`) holds advances and kerning at the points between which
the weight axis is linear. Against Qt with the same font the widths differ by less than 1 %.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from app.places import resources
from app.scene.scene import FontRole, Measure

Floats = npt.NDArray[np.float64]

_KEPT = 200_000


@dataclass(frozen=True)
class _Table:
    """codes (m,) sorted; advances (w, m); left, right (m,): kerning classes; kerning (w, L, R); all in em."""

    weights: Floats
    codes: npt.NDArray[np.uint32]
    advances: Floats
    left: npt.NDArray[Any]
    right: npt.NDArray[Any]
    kerning: Floats


@cache
def _table() -> _Table:
    with np.load(resources() / "fonts" / "inter-widths.npz") as held:
        units = float(held["units"])
        return _Table(
            held["weights"],
            held["codes"],
            held["advances"] / units,
            held["left"],
            held["right"],
            held["kerning"] / units,
        )


@cache
def letters(subset: str) -> frozenset[str]:
    """The characters of a subset that pictures carry along: `basic` or `western`."""
    with np.load(resources() / "fonts" / "inter-widths.npz") as held:
        return frozenset(map(chr, held[subset].tolist()))


@cache
def _at_weight(weight: int) -> tuple[Floats, Floats]:
    """Advances (m,) and kerning (L, R) of one weight, in em: linear between the nodes of the axis."""
    table = _table()
    last = len(table.weights) - 2
    low = int(np.clip(np.searchsorted(table.weights, weight, side="right") - 1, 0, last))
    below, above = table.weights[low], table.weights[low + 1]
    part = float(np.clip((weight - below) / (above - below), 0.0, 1.0))
    advances, kerning = (array[low] + part * (array[low + 1] - array[low]) for array in (table.advances, table.kerning))
    return advances, kerning


def _em_widths(texts: Sequence[str], weight: int) -> Floats:
    """Widths (n,) in em of texts, none of them blank."""
    table = _table()
    advances, kerning = _at_weight(weight)
    codes = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    starts = np.concatenate(([0], np.cumsum([len(text) for text in texts])[:-1])).astype(np.intp)
    place = np.minimum(np.searchsorted(table.codes, codes), len(table.codes) - 1)
    known = table.codes[place] == codes
    em = advances[place]
    for i in np.flatnonzero(~known):
        em[i] = _foreign(chr(codes[i]))
    pairs = kerning[table.left[place[:-1]], table.right[place[1:]]]
    pairs[~(known[:-1] & known[1:])] = 0.0
    pairs[starts[1:] - 1] = 0.0  # from one text to the next nothing is kerned
    em[1:] += pairs
    return np.add.reduceat(em, starts)


def _foreign(letter: str) -> float:
    """Width in em of a letter that the font lacks and some other font will draw: wide ones a full em."""
    if unicodedata.combining(letter) or unicodedata.category(letter) in ("Cc", "Cf", "Mn", "Me"):
        return 0.0
    return 1.0 if unicodedata.east_asian_width(letter) in ("W", "F") else 0.6


_cache: dict[int, dict[str, float]] = {}


def measure(texts: Sequence[str], font: FontRole) -> Floats:
    """Widths (n,) of texts at (size, weight), in the unit of the size. Kept by weight; no texts give an empty array.

    The type of `app.scene.scene.Measure`. Weights beyond 100 to 900 count as those.
    """
    size, weight = font
    kept = _cache.setdefault(weight, {"": 0.0})
    if len(kept) > _KEPT:
        kept = _cache[weight] = {"": 0.0}
    new = list(dict.fromkeys(text for text in texts if text not in kept))
    if new:
        kept.update(zip(new, _em_widths(new, weight).tolist(), strict=True))
    return np.array([kept[text] for text in texts], dtype=np.float64) * size


_check: Measure = measure


def spaced(text: str, font: FontRole, tracking: float) -> float:
    """Width of one text with tracking (a share of the size after every letter)."""
    return float(measure([text], font)[0]) + tracking * font[0] * len(text)


def elided(text: str, font: FontRole, room: float, tracking: float = 0.0) -> str:
    """The text, shortened with … until it fits the room; blank if not even one letter fits."""
    if not room < float("inf") or spaced(text, font, tracking) <= room:
        return text
    low, high = 0, len(text)
    while low < high:  # the longest beginning that fits, by bisection
        middle = (low + high + 1) // 2
        fits = spaced(text[:middle].rstrip() + "…", font, tracking) <= room
        low, high = (middle, high) if fits else (low, middle - 1)
    return text[:low].rstrip(" ,;:") + "…" if low else ""
