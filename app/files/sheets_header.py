"""Which row of a table names its columns, what stands above it, and the rows below it as a Sheet."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import polars as pl

from app.domain.checks import MOST_NAMED
from app.domain.errors import Fault
from app.files.mapping_words import is_known
from app.files.reading import shown
from app.files.sheets import Sheet
from app.files.texts import refused

_LOOKED_AT = 50
"""Records among which the header is sought."""
_FULL = 0.6
"""Share of the columns that a header names at least."""
_DISTINCT = 0.8
"""Share of the names that are not another's too."""
_LONGEST_NAME = 120
_VALUE = re.compile(
    r"[+-]?[\d\s.,:/$€£%~?()-]*\d[\d\s.,:/$€£%~?()-]*|\.\.|https?://\S*|\S+@\S+\.\w+|(?:\d{4}-){3}\d{3}[\dXx]|#[A-Z/0!?]+|true|false",
    re.IGNORECASE,
)
"""What a cell holds that is no name of a column: a number, a date, an address, an id."""


def finished(path: Path, cells: pl.DataFrame, rows: pl.Series, *, sheet: str = "", said: str = "") -> Sheet:
    """The Sheet of some records, of which blank ones are left out. cells: columns c0, c1, …, null where a record has
    fewer cells than others; rows: where each begins.

    FileError where nothing stands in them.
    """
    kept = _not_blank(cells)
    if kept is not None:
        cells, rows = cells.filter(kept), rows.filter(kept)
    if not cells.height:
        raise refused(path, "empty", "it is empty", "Write the names of the columns on its first line.")
    head = [[cell or "" for cell in record] for record in cells.head(_LOOKED_AT).iter_rows()]
    at = header_at(head)
    names = [" ".join(cell.split()) for cell in head[at]] if at is not None else []
    below = cells if at is None else cells.slice(at + 1)
    numbers = rows if at is None else rows.slice(at + 1)
    while names and not names[-1]:
        names.pop()
    width = len(names) or _usual(below)
    filled = [
        n for n, name in enumerate(below.columns) if (n < len(names) and names[n]) or _any(below.get_column(name))
    ]
    header = _named([names[n] if n < len(names) else "" for n in filled], filled)
    faults = [] if at is None else _above(rows.head(at))
    faults += _twice(names, header, filled, None if at is None else int(rows[at]))
    faults += _ragged(below, numbers, width)
    found = below.select(
        pl.col(below.columns[n]).fill_null("").alias(name) for n, name in zip(filled, header, strict=True)
    )
    return Sheet(
        str(path), path.name, sheet, header, None if at is None else int(rows[at]), found,
        numbers.cast(pl.Int64).alias("row"), tuple(replace(fault, file=str(path)) for fault in faults), said,
    )  # fmt: skip


def header_at(head: Sequence[Sequence[str]]) -> int | None:
    """Which of the first records names the columns, None if they begin at once. Records are not blank.

    It is the first that fills most of the columns, if what stands in it are names: no numbers, dates or addresses, few
    twice, none that stands in its own column again.
    """
    most = max((sum(map(bool, record)) for record in head), default=0)
    for at, record in enumerate(head):
        cells = [cell.strip() for cell in record if cell.strip()]
        if len(cells) < max(min(2, most), most * _FULL):
            continue
        if sum(map(is_known, cells)) * 2 >= len(cells):
            return at
        if any(_VALUE.fullmatch(cell) or len(cell) > _LONGEST_NAME for cell in cells):
            return None
        if len({cell.casefold() for cell in cells}) < len(cells) * _DISTINCT:
            return None
        below = head[at + 1 :]
        again = any(cell and n < len(other) and other[n] == cell for n, cell in enumerate(record) for other in below)
        return None if again or (not below and len(head) > 1) else at
    return None


def _not_blank(cells: pl.DataFrame) -> pl.Series | None:
    """Which records hold something; None where all do."""
    first = cells.get_column(cells.columns[0])
    if first.null_count() == 0 and not (first.str.strip_chars() == "").any():
        return None
    filled = cells.select(pl.any_horizontal(pl.all().fill_null("").str.strip_chars() != "")).to_series()
    return None if filled.all() else filled


def _any(column: pl.Series) -> bool:
    return bool((column.fill_null("").str.strip_chars() != "").any())


def _usual(cells: pl.DataFrame) -> int:
    """How many cells most records have."""
    counts = cells.select(pl.sum_horizontal(pl.all().is_not_null())).to_series()
    return int(counts.mode().max() or cells.width)  # type: ignore[arg-type]  # a count


def _named(names: Sequence[str], at: Sequence[int]) -> tuple[str, ...]:
    """Names for all columns, none twice."""
    taken: Counter[str] = Counter()
    found: list[str] = []
    for n, name in zip(at, names, strict=True):
        wanted = name or f"column {n + 1}"
        while wanted in found:
            taken[name] += 1
            wanted = f"{name or f'column {n + 1}'} ({taken[name] + 1})"
        found.append(wanted)
    return tuple(found)


def _above(rows: pl.Series) -> list[Fault]:
    if not len(rows):
        return []
    message = (
        f"{len(rows)} {'row stands' if len(rows) == 1 else 'rows stand'} above the header, and nothing of it was read"
    )
    return [Fault("passed-over", message, "Say it in the notes where it matters.", "warning", row=int(rows[0]), n=1)]


def _twice(names: Sequence[str], header: Sequence[str], at: Sequence[int], row: int | None) -> list[Fault]:
    return [
        Fault("repeated-key", f"two columns are named {shown(names[n])!r}", f"This one is called {shown(name)!r} here.",
              "warning", row=row, field=name)
        for n, name in zip(at, header, strict=True)
        if n < len(names) and names[n] and name != names[n]
    ]  # fmt: skip


def _ragged(cells: pl.DataFrame, rows: pl.Series, width: int) -> list[Fault]:
    """Warnings about records that have too few cells, or something beyond the last column that has a name."""
    if width > cells.width or not cells.height:
        return []
    short = cells.get_column(cells.columns[width - 1]).is_null()
    beyond = cells.columns[width:]
    if beyond:
        long = cells.select(pl.any_horizontal(pl.col(beyond).fill_null("").str.strip_chars() != "")).to_series()
    else:
        long = pl.Series([False]).new_from_index(0, cells.height)
    at = (short | long).arg_true()
    faults = []
    for n in at.head(MOST_NAMED).to_list():
        n_cells = sum(cell is not None for cell in cells.row(n))
        more = "the missing ones are taken as blank" if short[n] else "the rest stands in columns without a name"
        faults.append(
            Fault("ragged", f"it has {n_cells} cells, the table has {width} columns; {more}",
                  "Add or remove cells; put quotes around a cell that holds what stands between cells.",
                  "warning", row=int(rows[n]))
        )  # fmt: skip
    if (n_more := len(at) - MOST_NAMED) > 0:
        faults.append(replace(faults[0], message=f"{n_more:,} more like these", row=None, n=n_more))
    return faults
