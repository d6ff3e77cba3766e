"""Where the records and cells of a text table begin and end, found in a few passes over its bytes.

Only for text whose quotation marks stand as RFC 4180 has them (Shafranovich 2005, section 2): around whole cells, in
pairs, doubled within. Of such text every line break and delimiter outside quotes ends something. For other text there
is no layout, and it must be read character by character.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.files.sheets import Dialect

Positions = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]

_LF, _CR = 10, 13


@dataclass(frozen=True, eq=False)
class Layout:
    """The records of a text, in order. starts, stops: the bytes [start, stop) of each, its line break not included;
    ends: where its line break ends; n_cells: how many cells it has; lines: in which line of the text it begins, counted
    from 0; n_lines: line breaks of the text."""

    starts: Positions
    stops: Positions
    ends: Positions
    n_cells: Positions
    lines: Positions
    n_lines: int

    @property
    def blank(self) -> npt.NDArray[np.bool_]:
        """Which records are empty lines."""
        return np.equal(self.stops, self.starts)


def layout(text: bytes, dialect: Dialect) -> Layout | None:
    """The layout of a text that begins with a record; None where quotation marks or line breaks are not as they must
    be. No text has no records."""
    block = np.frombuffer(text, dtype=np.uint8)
    breaks = np.flatnonzero(block == _LF)
    marks = np.flatnonzero(block == ord(dialect.delimiter))
    quotes = np.flatnonzero(block == ord(dialect.quote)) if dialect.quote else marks[:0]
    returns = np.flatnonzero(block == _CR)
    if len(quotes):
        if not _proper(block, quotes, ord(dialect.delimiter)):
            return None
        outer = breaks[_outside(breaks, quotes)]
        marks = marks[_outside(marks, quotes)]
        returns = returns[_outside(returns, quotes)]
    else:
        outer = breaks
    if len(returns) and not (_at(block, returns + 1) == _LF).all():
        return None
    ends = outer + 1
    if not len(ends) or ends[-1] < len(block):
        ends = np.append(ends, len(block)) if len(block) else ends
    starts = np.concatenate([np.zeros(min(len(ends), 1), dtype=np.int64), ends[:-1]])
    broken = _at(block, ends - 1) == _LF
    stops = ends - broken
    stops = stops - (broken & (stops > starts) & (_at(block, stops - 1) == _CR))
    held = np.searchsorted(marks, ends)
    n_cells = 1 + np.diff(held, prepend=0)
    return Layout(starts, stops, ends, n_cells, np.searchsorted(breaks, starts), len(breaks))


def last_end(text: bytes, dialect: Dialect) -> int:
    """Where the last whole record of a text ends, its line break included; 0 if none does."""
    if not dialect.quote or dialect.quote.encode() not in text:
        return text.rfind(b"\n") + 1
    block = np.frombuffer(text, dtype=np.uint8)
    quotes = np.flatnonzero(block == ord(dialect.quote))
    breaks = np.flatnonzero(block == _LF)
    outer = breaks[_outside(breaks, quotes)]
    return int(outer[-1]) + 1 if len(outer) else 0


def _outside(at: Positions, quotes: Positions) -> npt.NDArray[np.bool_]:
    """Which positions have an even number of quotation marks before them."""
    return np.equal(np.searchsorted(quotes, at) % 2, 0)


def _proper(block: Bytes, quotes: Positions, delimiter: int) -> bool:
    """Whether every cell that has quotation marks begins and ends with one, and those within are doubled."""
    if len(quotes) % 2:
        return False
    opening, closing = quotes[0::2], quotes[1::2]
    doubled = opening[1:] == closing[:-1] + 1
    before, after = _at(block, opening - 1), _at(block, closing + 1)
    begins = (before == delimiter) | (before == _LF) | (opening == 0)
    ends = (after == delimiter) | (after == _LF) | (after == _CR) | (closing == len(block) - 1)
    begins[1:] |= doubled
    ends[:-1] |= doubled
    return bool(begins.all() and ends.all())


def _at(block: Bytes, at: Positions) -> Bytes:
    """Bytes at positions; 0 beyond the edges."""
    inside = (at >= 0) & (at < len(block))
    return np.where(inside, block[np.where(inside, at, 0)], 0) if len(block) else np.zeros(len(at), dtype=np.uint8)
