"""A table that somebody has made in whatever program: its cells as text, exactly as they stand there.

`sheet` reads a text table of any encoding and dialect, or one sheet of a workbook. What the columns mean is not asked
here; `mapping` says it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from app.analysis.alike import Step
from app.domain.errors import Fault
from app.files.texts import read_error

FIRST = 2_000
"""Records by which a dialect, a header and the meaning of columns are told."""
MOST_COLUMNS = 2_000
_MAGIC = 8
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK"


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a text table is written. escape: what makes the next character stand for itself, blank where quotes are
    doubled instead; spaced: whether blanks before a quotation mark do not count; quote: blank where there is none."""

    delimiter: str = ","
    quote: str = '"'
    escape: str = ""
    spaced: bool = False


@dataclass(frozen=True, eq=False)
class Sheet:
    """The cells of a table below its header, and where they stood.

    place: the file, for messages; name: the file's own name; sheet: the sheet of a workbook, blank for a text.
    header: names of the columns, none twice, `column 3` where it has none; header_row: its row in the file, None if
    there is none. cells: a column of text for each name, "" where blank; rows: the row of the file in which each record
    begins, counted from 1. faults: warnings about rows, and about the file. said: how it was read, in words.
    """

    place: str
    name: str
    sheet: str
    header: tuple[str, ...]
    header_row: int | None
    cells: pl.DataFrame
    rows: pl.Series
    faults: tuple[Fault, ...] = ()
    said: str = ""

    @property
    def first(self) -> pl.DataFrame:
        """The first records, by which columns are told."""
        return self.cells.head(FIRST)


def unhurried(_: float) -> None:
    """A Step that nobody follows."""


def is_workbook(path: Path) -> bool:
    """Whether a file is a workbook: of the old kind, or a zip that holds one. FileError where it cannot be read."""
    try:
        with path.open("rb") as file:
            magic = file.read(_MAGIC)
    except OSError as error:
        raise read_error(path, error) from error
    if not magic.startswith(_ZIP):
        return magic == _OLE
    from app.files.sheets_package import holds_workbook

    return holds_workbook(path)


def sheet_names(path: Path) -> tuple[str, ...]:
    """The sheets of a workbook with cells that can be seen, then those that are hidden; none for a text.

    FileError where it cannot be read.
    """
    if not is_workbook(path):
        return ()
    from app.files.sheets_workbook import names

    return names(path)


def sheet(
    path: Path, name: str = "", *, dialect: Dialect | None = None, encoding: str = "", step: Step = unhurried
) -> Sheet:
    """The table in a file. name: of the sheet of a workbook, the first one with cells if blank; dialect, encoding: of a
    text, found out if not given; step: told how much is done, 0 to 1; raises where nobody waits any more.

    FileError where it cannot be read or is no table; UsageError for a sheet that is not there.
    """
    if is_workbook(path):
        from app.files.sheets_workbook import read as read_workbook

        return read_workbook(path, name, step)
    from app.files.sheets_text import read as read_text

    return read_text(path, dialect=dialect, encoding=encoding, step=step)


def beginning(path: Path, name: str = "") -> Sheet:
    """The first records of a table, enough to tell its columns; of a workbook all. Raises what `sheet` does."""
    if is_workbook(path):
        return sheet(path, name)
    from app.files.sheets_text import read_beginning

    return read_beginning(path)
