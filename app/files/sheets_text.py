"""A text table of any encoding and dialect → a Sheet.

The text is cut into blocks of whole records. Where quotation marks stand as they should, polars reads the records that
have as many cells as most; only those that have not, and text of another make, are read by Python's `csv`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from app.analysis.alike import Step
from app.domain.errors import Fault, FileError
from app.files import sheets_dialect
from app.files.csvs import LONGEST_CELL
from app.files.sheets import MOST_COLUMNS, Dialect, Sheet, unhurried
from app.files.sheets_encoding import decoded
from app.files.sheets_header import finished
from app.files.sheets_layout import Layout, last_end, layout
from app.files.texts import read_error, refused

if TYPE_CHECKING:
    from _csv import Reader

MOST_BYTES = 2**29
"""Bytes of a text table: 512 MiB, some eight million rows of five columns."""
BLOCK = 16_000_000
"""Bytes that are read at once."""
_BEGINNING = 1_000_000
_BATCH = 50_000


@dataclass(frozen=True, eq=False)
class Records:
    """Records as a frame of the columns c0, c1, …, null where a record has fewer cells; and the rows in which they
    begin."""

    cells: pl.DataFrame
    rows: pl.Series


def read(path: Path, *, dialect: Dialect | None = None, encoding: str = "", step: Step = unhurried) -> Sheet:
    """The table in a file. FileError where it cannot be read, is empty, too large or no text, or where a quotation mark
    is never closed."""
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            message = f"it holds more than {MOST_BYTES / 2**20:,.0f} MB of text"
            raise refused(path, "too-large", message, "Split it into several files.")
        content = path.read_bytes()
    except OSError as error:
        raise read_error(path, error) from error
    return _sheet(path, content, dialect, encoding, step)


def read_beginning(path: Path) -> Sheet:
    """The table that the first records of a file are. Raises what `read` does."""
    try:
        with path.open("rb") as file:
            content = file.read(_BEGINNING)
            cut = bool(file.read(1))
    except OSError as error:
        raise read_error(path, error) from error
    return _sheet(path, content, None, "", unhurried, cut=cut)


def _sheet(
    path: Path, content: bytes, dialect: Dialect | None, encoding: str, step: Step, *, cut: bool = False
) -> Sheet:
    text = decoded(content, path, encoding, cut=cut)
    del content
    sample = text.content[: sheets_dialect.SAMPLE].decode("utf-8", "ignore")
    if not sample.strip("\ufeff \t\r\n"):
        raise refused(path, "empty", "it is empty", "Write the names of the columns on its first line.")
    found = dialect or sheets_dialect.dialect(sample)
    whole = text.content
    if cut:
        whole = whole[: last_end(whole, found) or len(whole)]
    records = _joined(_records(whole, found, path, step, cut=cut), path)
    said = f"{text.name}, {sheets_dialect.in_words(found)}"
    made = finished(path, records.cells, records.rows, said=said)
    return made if not text.faults else _with(made, text.faults)


def _with(made: Sheet, faults: tuple[Fault, ...]) -> Sheet:
    return replace(made, faults=(*faults, *made.faults))


def _records(text: bytes, dialect: Dialect, path: Path, step: Step, *, cut: bool) -> Iterator[Records]:
    """The records of a text, block by block."""
    at, row, width = 0, 1, 0
    while at < len(text):
        step(at / len(text))
        size = BLOCK
        while (block := text[at : at + size]) and at + size < len(text):
            if end := last_end(block, dialect):
                block = block[:end]
                break
            size *= 2
        plain = not dialect.escape and not dialect.spaced and len(dialect.delimiter) == len(dialect.quote or "x") == 1
        found = layout(block, dialect) if plain else None
        if found is None:
            yield from _slowly(text[at:], dialect, path, row, cut=cut)
            break
        width = width or int(np.bincount(found.n_cells[~found.blank]).argmax()) if (~found.blank).any() else width
        yield from _quickly(block, found, dialect, path, row, width)
        at, row = at + len(block), row + found.n_lines
    step(1.0)


def _quickly(block: bytes, found: Layout, dialect: Dialect, path: Path, row: int, width: int) -> Iterator[Records]:
    """The records of a block with a layout, those of the usual width by polars."""
    rows = found.lines + row
    usual = (found.n_cells == width) & ~found.blank if width > 1 else np.zeros(len(rows), dtype=np.bool_)
    odd = np.flatnonzero(~usual & ~found.blank)
    if usual.all():
        chosen = block
    else:
        kept = np.repeat(usual, found.ends - found.starts)
        chosen = np.frombuffer(block, dtype=np.uint8)[kept].tobytes()
    parts = []
    if usual.any():
        cells = _by_polars(chosen, dialect, width)
        if cells is None or cells.height != usual.sum():  # it saw other records than there are: look at each
            yield from _slowly(block, dialect, path, row, cut=False)
            return
        parts.append(cells.with_columns(pl.Series("row", rows[usual])))
    if len(odd):
        lists = []
        for n in odd:
            try:
                lists.append(next(_reader(block[found.starts[n] : found.stops[n]].decode(), dialect)))
            except csv.Error as error:
                raise _no_table(error, path, int(rows[n])) from error
        parts.append(_frame(lists).with_columns(pl.Series("row", rows[odd])))
    if parts:
        whole = pl.concat(parts, how="diagonal").sort("row") if len(parts) > 1 else parts[0]
        yield Records(whole.drop("row"), whole.get_column("row"))


def _by_polars(text: bytes, dialect: Dialect, width: int) -> pl.DataFrame | None:
    """Records of equally many cells, all of them with text."""
    try:
        frame = pl.read_csv(
            text,
            has_header=False,
            separator=dialect.delimiter,
            quote_char=dialect.quote or None,
            new_columns=[f"c{n}" for n in range(width)],
            infer_schema=False,
            empty_string_is_null=False,
        )
    except pl.exceptions.PolarsError:
        return None
    return frame.fill_null("") if frame.width == width else None


def _slowly(text: bytes, dialect: Dialect, path: Path, row: int, *, cut: bool) -> Iterator[Records]:
    """Records of any make, character by character."""
    reader = _reader(text.decode(), dialect)
    lists: list[list[str]] = []
    numbers: list[int] = []
    line = 0
    try:
        for cells in reader:
            if cells:
                lists.append(cells)
                numbers.append(row + line)
            begun, line = line, reader.line_num
            if len(lists) == _BATCH:
                yield Records(_frame(lists), pl.Series("row", numbers))
                lists, numbers = [], []
    except csv.Error as error:
        raise _no_table(error, path, row + line) from error
    if lists and not cut and dialect.quote and _swallowed(lists[-1], text, dialect, line - begun):
        message, remedy = "a quotation mark that begins here is never closed", "Close it, or fetch the file again."
        raise FileError(Fault("cut-short", message, remedy, file=str(path), row=numbers[-1]))
    if lists:
        yield Records(_frame(lists), pl.Series("row", numbers))


def _swallowed(cells: list[str], text: bytes, dialect: Dialect, n_lines: int) -> bool:
    """Whether the last cell goes over several lines up to the end of the text, and no quotation mark ends it."""
    return n_lines > 1 and "\n" in cells[-1] and not text.rstrip(b"\r\n").endswith(dialect.quote.encode())


def _no_table(error: csv.Error, path: Path, row: int) -> FileError:
    remedy = "Put quotes in pairs; double one inside a cell."
    return FileError(Fault("syntax", f"it is no text table: {error}", remedy, file=str(path), row=row))


def _reader(text: str, dialect: Dialect) -> Reader:
    csv.field_size_limit(LONGEST_CELL)
    return csv.reader(
        io.StringIO(text, newline=""),
        delimiter=dialect.delimiter,
        quotechar=dialect.quote or None,
        quoting=csv.QUOTE_MINIMAL if dialect.quote else csv.QUOTE_NONE,
        escapechar=dialect.escape or None,
        doublequote=not dialect.escape,
        skipinitialspace=dialect.spaced,
    )


def _frame(lists: Iterable[list[str]]) -> pl.DataFrame:
    """Records as columns, null where one has fewer cells."""
    held = list(lists)
    width = min(max(map(len, held)), MOST_COLUMNS + 1)
    padded = [cells[:width] if len(cells) >= width else cells + [None] * (width - len(cells)) for cells in held]
    columns = zip(*padded, strict=True)
    return pl.DataFrame([pl.Series(f"c{n}", column, dtype=pl.String) for n, column in enumerate(columns)])


def _joined(parts: Iterable[Records], path: Path) -> Records:
    """All records together. FileError where there are none, or too many columns."""
    held = list(parts)
    if not held:
        raise refused(path, "empty", "it is empty", "Write the names of the columns on its first line.")
    cells = pl.concat([part.cells for part in held], how="diagonal")
    if cells.width > MOST_COLUMNS:
        remedy = "Keep the columns that are needed; it may also be of another make than it seems."
        raise refused(path, "too-large", f"it has more than {MOST_COLUMNS:,} columns", remedy)
    return Records(cells, pl.concat([part.rows.cast(pl.Int64) for part in held]))
