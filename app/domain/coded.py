"""Columns in which many rows hold the same texts, as small numbers.

A million stints start in a few hundred months: what a text means is worked out once for each of them, and small numbers
are put in another order several times as fast as texts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from app.domain.parallel import BLOCK, MANY_ROWS

Codes = npt.NDArray[Any]
"""Integers of any width, none below 0."""

_LOOKED_AT = 10_000
"""So many rows tell whether the texts of a column are few."""
_SAMPLE = 100_000
"""So many rows hold nearly all texts of a column in which they are few."""
_HANDFUL = 64
"""Up to so many rows are coded one by one: an edit has few, and each pass over a column costs more than they do."""


@dataclass(frozen=True, eq=False)
class Coded:
    """A column of n texts. texts: (k,) with null as the last one if there are blank rows; codes: (n,) where the text of
    each row stands among them, read-only; are_rows: the texts are the ids of the table that the column refers to, row
    by row. Without rows both are empty."""

    texts: pl.Series
    codes: Codes
    are_rows: bool = False

    def __post_init__(self) -> None:
        self.codes.setflags(write=False)

    @classmethod
    def of(cls, column: pl.Series) -> Coded:
        """The same column as codes."""
        blanks = column.null_count()
        if blanks == len(column):
            return cls(column.head(1), np.zeros(len(column), dtype=np.uint8))
        if len(column) <= _HANDFUL:
            return cls._of_few(column.to_list(), column.name)
        texts = _some(column, _SAMPLE).drop_nulls().unique()
        if len(texts) == 1 and not blanks and (column == texts[0]).all():
            return cls(texts, np.zeros(len(column), dtype=np.uint8))
        found = column.cast(pl.Enum(texts), strict=False)
        n_missed = found.null_count() - blanks
        missed = (found.is_null() & column.is_not_null()) if n_missed else None
        rest = column.head(0) if missed is None else column.filter(missed)
        others = rest.unique()
        n_texts = len(texts) + len(others)
        codes = found.to_physical().cast(_width(n_texts)).fill_null(n_texts).to_numpy()
        if missed is not None:
            codes = codes.copy()
            codes[missed.to_numpy()] = rest.cast(pl.Enum(others)).to_physical().to_numpy() + np.uint32(len(texts))
        blank = pl.Series([None] if blanks else [], dtype=pl.String)
        return cls(pl.concat([texts, others, blank], rechunk=True), codes)

    @classmethod
    def _of_few(cls, rows: list[str | None], name: str) -> Coded:
        """The same, row by row."""
        texts: list[str | None] = [text for text in dict.fromkeys(rows) if text is not None]
        texts += [None] if None in rows else []
        place = {text: n for n, text in enumerate(texts)}
        codes = np.array([place[row] for row in rows], dtype=np.uint8)
        return cls(pl.Series(name, texts, dtype=pl.String), codes)

    def take(self, order: npt.NDArray[np.intp]) -> Coded:
        """The rows in another order."""
        return self if self.is_alike else Coded(self.texts, np.take(self.codes, order), self.are_rows)

    def column(self) -> pl.Series:
        """The texts of all rows."""
        return self.texts.gather(pl.Series(self.codes, dtype=pl.UInt32))

    @property
    def is_alike(self) -> bool:
        """Whether all rows hold the same text."""
        return len(self.texts) == 1


def few(column: pl.Series) -> bool:
    """Whether the texts of a column are few for its rows, by a look at some of them; False for a column of few rows."""
    return len(column) >= MANY_ROWS and 4 * _some(column, _LOOKED_AT).n_unique() <= _LOOKED_AT


def told(meanings: npt.NDArray[Any], codes: Codes) -> npt.NDArray[Any]:
    """What each code means: (k,) meanings and (n,) codes below k → (n,)."""
    if len(meanings) == 1:
        return np.full(len(codes), meanings[0])
    if len(codes) <= BLOCK:
        return meanings[codes]
    found = np.empty(len(codes), dtype=meanings.dtype)
    for begin in range(0, len(codes), BLOCK):
        block = slice(begin, begin + BLOCK)
        np.take(meanings, codes[block], out=found[block], mode="clip")
    return found


def _some(column: pl.Series, n: int) -> pl.Series:
    """About n rows, evenly from everywhere; all where they are no more."""
    return column.gather_every(max(len(column) // n, 1))


def _width(most: int) -> pl.DataType:
    """The narrowest unsigned integers that hold a number."""
    return pl.UInt8() if most < 1 << 8 else pl.UInt16() if most < 1 << 16 else pl.UInt32()
