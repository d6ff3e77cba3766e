"""Level heads above narrow columns: words in several rows, each joined to its column by an upright line.

No word is turned and none lies upon another, and no line runs through a word: a word stands between the lines of those
above it. Arrays in, arrays out; no columns give empty arrays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Positions = npt.NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Heads:
    """row (n,): from 0 at the bottom, -1 for a column without a word; left, width (n,): of the words, a width less than
    asked for is that of a shortened word; n_rows: how many rows there are."""

    row: Positions
    left: Floats
    width: Floats
    n_rows: int


def heads(
    x: Floats,
    width: Floats,
    heft: Floats,
    between: tuple[float, float],
    *,
    gap: float,
    least: float,
    most_rows: int = 4,
) -> Heads:
    """Words for columns with their middles at x (n,), ascending. width (n,): what each word takes; heft (n,): where
    there is no room for all the lightest have none; between: where words may stand; gap: between words and lines;
    least: no word is shortened below this; most_rows: above which words are shortened, and then left away."""
    n = len(x)
    kept = np.lexsort((np.arange(n), -heft))
    while True:
        columns = np.sort(kept)
        made = _in_rows(x[columns], width[columns], between, gap, least, most_rows)
        if made is not None or not len(columns):
            break
        kept = kept[: len(kept) - max(1, len(kept) // 12)]
    row, left, wide = np.full(n, -1, dtype=np.intp), np.zeros(n), np.zeros(n)
    if made is not None:
        row[columns], left[columns], wide[columns] = made
    return Heads(row, left, wide, int(row.max(initial=-1)) + 1)


def _in_rows(
    x: Floats, width: Floats, between: tuple[float, float], gap: float, least: float, most_rows: int
) -> tuple[Positions, Floats, Floats] | None:
    """Rows, left ends, widths; None if not all have a place. Each row from below takes every word that fits as it is;
    where none does, and in the last row, words are shortened."""
    n = len(x)
    row, left, wide = np.full(n, -1, dtype=np.intp), np.zeros(n), np.zeros(n)
    rest = list(range(n))
    for level in range(most_rows):
        placed = _row(x, width, rest, between, gap)
        if not placed or (level == most_rows - 1 and len(placed) < len(rest)):
            placed = _row(x, width, rest, between, gap, least, every=level == most_rows - 1)
        for one, (start, need) in placed.items():
            row[one], left[one], wide[one] = level, start, need
        rest = [one for one in rest if one not in placed]
        if not rest:
            return row, left, wide
    return None


def _row(
    x: Floats,
    width: Floats,
    rest: Sequence[int],
    between: tuple[float, float],
    gap: float,
    least: float = np.inf,
    *,
    every: bool = True,
) -> dict[int, tuple[float, float]]:
    """Left end and width of the words of one row, from the left: each over its own column, and short of the next
    column's line. least: shorter than this no word becomes; every: also the next one after a shortened word, which
    could otherwise stand in the row above."""
    found: dict[int, tuple[float, float]] = {}
    reached, shortened = between[0], False
    for n, one in enumerate(rest):
        at, full = float(x[one]), float(width[one])
        end = min(between[1], float(x[rest[n + 1]]) - gap if n + 1 < len(rest) else np.inf)
        need = full if full <= end - reached else min(full, max(end - reached, least))
        if need > end - reached or not reached <= at <= end or (shortened and not every):
            reached, shortened = max(reached, at + gap), False
            continue
        start = min(max(at - need / 2, reached), end - need)
        found[one] = (start, need)
        reached, shortened = start + need + gap, need < full
    return found
