"""Many numbers as text with at most two decimals: arrays in, strings out. No Qt."""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

from app.scene.marks import Floats

_PLACES = 10_000
"""Numbers below this, in either direction, are put together from ready pieces: more than any side of a picture."""


def written(values: Floats, before: str) -> str:
    """Numbers (n, k) one after the other, each with the letter of `before` in front of it.

    before: letters (ASCII), repeated as often as it takes. Two decimals, none where both are 0; -0 is 0. No numbers
    give a blank text.
    """
    flat = np.ravel(values)
    hundredths = np.rint(flat * 100.0)
    letters = (before * (flat.size // len(before) + 1))[: flat.size]
    if not (np.abs(hundredths) < 100 * _PLACES).all():
        rounded = (np.round(flat, 2) + 0.0).tolist()
        texts = [letter + f"{value:.2f}".removesuffix(".00") for letter, value in zip(letters, rounded, strict=True)]
        return "".join(texts)
    units = hundredths.astype(np.int32)
    whole, cents = np.divmod(np.abs(units), 100)
    pieces = np.empty((flat.size, 3), dtype="<u4")  # four letters each; a letter that is not needed is a null byte
    pieces[:, 0] = np.frombuffer(letters.encode("ascii"), dtype=np.uint8)
    pieces[:, 0] |= (units < 0).astype(np.uint32) * (ord("-") << 8)
    wholes, fractions = _pieces()
    pieces[:, 1], pieces[:, 2] = wholes[whole], fractions[cents]
    return pieces.tobytes().translate(None, b"\0").decode("ascii")


def path_texts(points: Floats, letters: str) -> list[str]:
    """The points of paths (all of them, in order) as texts without the M that each begins with in `letters`."""
    return written(points, letters).split("M")[1:]


def row_texts(columns: tuple[Floats, ...]) -> list[tuple[str, ...]]:
    """Columns of numbers, (n,) each, as n rows of texts with at most two decimals."""
    texts = iter(written(np.stack(columns, axis=-1), " ").split())
    return list(zip(*[texts] * len(columns), strict=True))


@cache
def _pieces() -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint32]]:
    """The texts of 0 to 9999, and of .00 (blank) to .99, as four bytes each."""
    wholes = np.array([str(i) for i in range(_PLACES)], dtype="S4")
    fractions = np.array(["", *(f".{i:02d}" for i in range(1, 100))], dtype="S4")
    return wholes.view("<u4"), fractions.view("<u4")
