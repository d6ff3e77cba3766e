"""Rows of a large frame in order of their ids.

To sort a million texts takes a third of a second, to sort numbers a tenth of that.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np
import numpy.typing as npt
import polars as pl

from app.domain import numbered
from app.domain.numbered import WORD, Numbers
from app.domain.parallel import MANY_ROWS, at_once

Places = npt.NDArray[np.integer]


def order_of(ids: pl.Series) -> Places:
    """Where the rows stand in order of their ids, equal ones as they stood; as texts where they are few, or where they
    differ in more than eight letters."""
    if len(ids) >= MANY_ROWS:
        ends = numbered.ends(ids)
        if ends is not None and (order := numbered.order(ends[1])) is not None:
            return order
        numbers = ends[1] if ends is not None else _tails(ids)
        if numbers is not None:
            places = np.argsort(numbers)
            placed = numbers[places]
            if (placed[1:] != placed[:-1]).all():
                return places
    rows = ids.alias("id").to_frame().with_row_index("row")
    return rows.sort("id", maintain_order=True).get_column("row").to_numpy()


def in_order(frame: pl.DataFrame, order: Places, filled: Sequence[str]) -> pl.DataFrame:
    """The rows of a frame in the order of `order_of` its ids.

    filled: the columns that hold anything, `id` among them; all rows of the others are alike, and they stay.
    """
    at = pl.Series(order.astype(np.uint32))
    columns = sorted((frame.get_column(name) for name in filled), key=lambda column: not column.dtype.is_nested())
    return frame.with_columns(at_once([partial(_gathered, column, at) for column in columns], frame.height))


def _gathered(column: pl.Series, at: pl.Series) -> pl.Series:
    """Rows of a column. From several pieces they are gathered ten times as slowly, and lists half as fast as the one
    text that most of them hold; where all rows are alike, as the source of a file from one source, they stay."""
    whole = column.rechunk()
    if whole.null_count():
        return whole.gather(at)
    if whole.dtype.is_nested():
        if not (whole.list.len() == 1).all():
            return whole.gather(at)
        texts = whole.list.explode(empty_as_null=False)
        return whole if _alike(texts) else texts.gather(at).reshape((-1, 1)).arr.to_list()
    return whole if _alike(whole) else whole.gather(at)


def _alike(column: pl.Series) -> bool:
    """Whether all values are one; a look at three tells of most columns that they are not."""
    first = column[0]
    return bool(first == column[len(column) // 2] == column[-1] and (column == first).all())


def _tails(ids: pl.Series) -> Numbers | None:
    """What follows the common beginning of ids of several lengths, filled up with zero bytes; None where that is more
    than eight letters, or not ASCII. Ids that end in zero bytes may become equal."""
    least, most = ids.min(), ids.max()
    if ids.null_count() or not isinstance(least, str) or not isinstance(most, str):
        return None
    shared = next((n for n, (a, b) in enumerate(zip(least, most, strict=False)) if a != b), min(len(least), len(most)))
    tails = ids.str.slice(shared)
    sizes = tails.str.len_bytes()
    if sizes.max() not in range(WORD + 1) or not (sizes == tails.str.len_chars()).all():
        return None
    padded = tails.str.pad_end(WORD, "\0").cast(pl.Binary)
    return padded.bin.reinterpret(dtype=pl.UInt64, endianness="big").to_numpy()
