"""CSV files of other people's dialects, known by their columns: which files there are, and their rows as they stand."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from io import StringIO

from app.domain.errors import DataError, Fault
from app.files import csvs
from app.files.csvs import Tables

_START = 65_536
"""Bytes in which the first line of a file ends, where its columns are to be known."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a CSV file. place: the file, for messages; name: the file's own name; row: its line; cells: by column,
    without spaces around them."""

    place: str
    name: str
    row: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        """A cell, blank where the file has no such column."""
        return self.cells.get(column, "")


def csv_names(tables: Tables) -> list[str]:
    """The CSV files of a folder or zip; a file that is given alone may have any name."""
    return [name for name in tables.names if tables.alone or name.lower().endswith(csvs.SUFFIX)]


def columns(tables: Tables, name: str) -> tuple[str, ...]:
    """The names on the first line of a file, blank ones included, whatever follows; none where it is no CSV."""
    start = tables.beginning(name, _START).decode("utf-8-sig", "replace")
    with suppress(csv.Error):
        return tuple(cell.strip() for cell in next(csv.reader(StringIO(start, newline="")), ()))
    return ()


def recognised(tables: Tables, sign: Collection[str]) -> bool:
    """Whether some file has these columns."""
    return any(set(sign) <= set(columns(tables, name)) for name in csv_names(tables))


def entries(tables: Tables, name: str, needed: Sequence[str]) -> Iterator[Entry]:
    """The rows of a file but for blank ones. A column without a name is called `column 3`, after its place.

    FileError where it cannot be read, DataError where a needed column is missing, a name stands twice, or a row has too
    many cells or too few.
    """
    place, lines = tables.place(name), tables.lines(name)
    header = [cell.strip() or f"column {n}" for n, cell in enumerate(next(lines)[1], 1)]
    for column in needed:
        if column not in header:
            remedy = f"Its columns are {', '.join(needed)}."
            raise DataError(Fault("missing", f"it has no column {column}", remedy, file=place, row=1, field=column))
    if twice := next((column for column in header if header.count(column) > 1), None):
        message, remedy = f"two columns are named {twice!r}", "Give each column its own name."
        raise DataError(Fault("repeated-key", message, remedy, file=place, row=1, field=twice))
    for line, cells in lines:
        if any(cells):
            yield Entry(place, name, line, dict(zip(header, (cell.strip() for cell in cells), strict=True)))
