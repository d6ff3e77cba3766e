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

MOST_TRIED = 150
"""Of many columns only so many of the heaviest may have words."""


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
    there is no room for all, each word that finds room beside those of heavier columns; between: where words may stand;
    gap: between words and lines; least: no word is shortened below this; most_rows: before words are shortened."""
    n = len(x)
    row, left, wide = np.full(n, -1, dtype=np.intp), np.zeros(n), np.zeros(n)
    placed, rest = _in_rows(x, width, range(n), between, gap, least, most_rows)
    if rest:
        kept: list[int] = []
        for one in np.lexsort((np.arange(n), -heft))[:MOST_TRIED].tolist():
            more = sorted([*kept, one])
            tried, rest = _in_rows(x, width, more, between, gap, least, most_rows)
            if not rest:
                kept, placed = more, tried
        placed = placed if kept else {}
    for one, (level, start, need) in placed.items():
        row[one], left[one], wide[one] = level, start, need
    return Heads(row, left, wide, int(row.max(initial=-1)) + 1)


def _in_rows(
    x: Floats,
    width: Floats,
    columns: Sequence[int],
    between: tuple[float, float],
    gap: float,
    least: float,
    most_rows: int,
) -> tuple[dict[int, tuple[int, float, float]], list[int]]:
    """Row, left end and width of the words of some columns, and the columns for whose words there is no place. Each row
    from below takes every word that fits as it is; where none does, and in the last row, words are shortened."""
    found: dict[int, tuple[int, float, float]] = {}
    rest = list(columns)
    for level in range(most_rows):
        placed = _row(x, width, rest, between, gap)
        if not placed or (level == most_rows - 1 and len(placed) < len(rest)):
            placed = _row(x, width, rest, between, gap, least, every=level == most_rows - 1)
        found |= {one: (level, *place) for one, place in placed.items()}
        rest = [one for one in rest if one not in placed]
        if not rest:
            break
    return found, rest


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
