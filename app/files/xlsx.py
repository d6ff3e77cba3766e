"""Dataset → XLSX: a sheet a table with typed cells, behind a sheet that says what the file is and how it was made.

Numbers are numbers and full days are dates; a date of which only the month or year is known, or that is flagged, is the
text that is on record. Lists are joined as in the CSV dialect. A text is never a formula, whatever it begins with.
"""

from __future__ import annotations

import datetime as dt
import re
import tempfile
from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from app.domain.dataset import Dataset
from app.domain.errors import Fault, FileError
from app.domain.schema import TABLES, Field, Kind
from app.files import atomic
from app.files.canonical import canonical, composed
from app.files.cells import written_cells
from app.files.outgoing import STEP, Outgoing

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

MOST_ROWS = 1_048_575
"""Records that a sheet holds below its header."""
LONGEST = 32_767
"""Characters that a cell holds."""
MOST_LINKS, LONGEST_LINK = 65_530, 2_079
"""Links of a sheet, and characters of one; further ones stand there as text."""
EXACT = 2**53
"""Up to here a number of a sheet holds every integer."""
_FIRST_DAY = "1900-03-01"
"""Before it the calendar of sheets has a day that never was."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_LINKS = ("url", "archive_url")
_NO_XML = re.compile("[\ufffe\uffff]")
_WIDEST, _MEASURED = 60, 1_000


class _Links(str):
    """A text that leads somewhere."""


def write(outgoing: Outgoing, path: Path) -> None:
    """Write the workbook, atomically. FileError where a table is longer than a sheet, or it cannot be written."""
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    dataset = outgoing.dataset
    _refuse_long(dataset, path)
    # sheets are kept on disk row by row: in memory a million stints are several gigabytes
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        atomic.replacing(path) as file,
    ):
        book = xlsxwriter.Workbook(file, {"constant_memory": True, "tmpdir": folder})
        try:
            about = book.add_worksheet("About")
            sheets = _Sheets(book, outgoing)
            for name in TABLES:
                sheets.put(name)
            _put_about(book, about, outgoing, sheets.n_cut)
            _set_properties(book, outgoing)
        finally:
            try:
                book.close()
            except FileCreateError as error:  # it wraps what the disk said
                raise next((one for one in error.args if isinstance(one, OSError)), error) from error


def _refuse_long(dataset: Dataset, path: Path) -> None:
    for name, frame in dataset.tables.items():
        if frame.height > MOST_ROWS:
            message = f"{name} has {frame.height:,} records, and a sheet of XLSX holds {MOST_ROWS:,} below its header"
            remedy = "Write .parquet or .csv.zip instead, which hold any number, or split the dataset."
            raise FileError(Fault("too-large", message, remedy, file=str(path), table=name))


class _Sheets:
    """The sheets of tables as they are written. n_cut: cells that were too long, by table."""

    def __init__(self, book: Workbook, outgoing: Outgoing) -> None:
        self.n_cut: dict[str, int] = {}
        self._book, self._outgoing = book, outgoing
        self._head = book.add_format({"bold": True, "bottom": 1})
        self._day = book.add_format({"num_format": "yyyy-mm-dd"})
        self._link = book.get_default_url_format()
        self._n_done, self._n_all = 0, max(outgoing.dataset.n_rows, 1)

    def put(self, table: str) -> None:
        """Write one table; `extra` only where something is in it."""
        frame = canonical(table, composed(self._outgoing.dataset[table]))
        fields = [f for f in TABLES[table].fields if f.name != "extra" or frame["extra"].null_count() < frame.height]
        sheet = self._book.add_worksheet(table)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, frame.height, len(fields) - 1)
        for at, field in enumerate(fields):
            sheet.set_column(at, at, _width(frame, field))
        for at, field in enumerate(fields):
            sheet.write_string(0, at, field.name, self._head)
        n_links = 0
        for start in range(0, frame.height, STEP):
            part = frame.slice(start, STEP)
            columns = [_cells(part.get_column(field.name), field) for field in fields]
            for row, cells in enumerate(zip(*columns, strict=True), start + 1):
                for at, value in enumerate(cells):
                    if value is None:
                        continue
                    if isinstance(value, _Links) and n_links < MOST_LINKS:
                        n_links += 1
                        sheet.write_url(row, at, value, self._link, str(value))
                    else:
                        self._put(sheet, table, row, at, value)
            self._n_done += part.height
            self._outgoing.progress(self._n_done / self._n_all)

    def _put(self, sheet: Worksheet, table: str, row: int, at: int, value: Any) -> None:
        if isinstance(value, str):
            if len(value) > LONGEST:
                self.n_cut[table] = self.n_cut.get(table, 0) + 1
                value = f"{value[: LONGEST - 1]}…"
            sheet.write_string(row, at, value)
        elif isinstance(value, bool):
            sheet.write_boolean(row, at, value)
        elif isinstance(value, dt.date):
            sheet.write_datetime(row, at, value, self._day)
        else:
            sheet.write_number(row, at, value)


def _cells(column: pl.Series, field: Field) -> Sequence[Any]:
    """The values of a column as a sheet has them, None where blank."""
    if field.kind is Kind.FLAG:
        return column.to_list()
    if field.kind is Kind.INT:
        return [value if value is None or abs(value) <= EXACT else str(value) for value in column]
    if field.kind is Kind.FLOAT:
        return [value if value is None or not value or 1e-300 < abs(value) < 1e300 else repr(value) for value in column]
    texts = [None if text is None else _NO_XML.sub("\ufffd", text) for text in written_cells(column, field.kind)]
    if field.kind is Kind.DATE:
        return [text if text is None else _day(text) for text in texts]
    if field.name in _LINKS:
        return [text if text is None else _link(text) for text in texts]
    return texts


def _day(text: str) -> dt.date | str:
    """A full day as a date, anything else as it is."""
    if _DAY.fullmatch(text) and text >= _FIRST_DAY:
        try:
            return dt.date.fromisoformat(text)
        except ValueError:
            return text
    return text


def _link(text: str) -> str:
    """A text that leads somewhere, where it is an address of the web that a sheet takes."""
    plain = text.isprintable() and " " not in text and len(text) <= LONGEST_LINK
    return _Links(text) if plain and text.lower().startswith(("https://", "http://")) else text


def _width(frame: pl.DataFrame, field: Field) -> int:
    """Room for a column: for most of its first texts, and for its name with the sign of the filter."""
    texts = written_cells(frame.get_column(field.name).head(_MEASURED), field.kind).drop_nulls()
    usual = texts.str.len_chars().quantile(0.9) if len(texts) else None
    return min(max(int(usual or 0) + 1, len(field.name) + 4), _WIDEST)


def _put_about(book: Workbook, sheet: Worksheet, outgoing: Outgoing, n_cut: dict[str, int]) -> None:
    """The first sheet: what made the file, what stands where, and how its cells are to be read."""
    bold, wrapped = book.add_format({"bold": True, "valign": "top"}), book.add_format({"text_wrap": True})
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 90)
    tables = outgoing.dataset.tables
    cut = [f"{n:,} of {name}" for name, n in n_cut.items()]
    notes = {
        "Dates": "A full day is a date. 2025-06 or 2025 is a month or a year, ~ means about, ? uncertain, .. still so, "
        "blank not known. An end is the first day no longer there.",
        "Lists": r"Joined by ; and a backslash makes the character after it stand for itself.",
        "Cut cells": f"{', '.join(cut)}: a cell holds {LONGEST:,} characters, what was longer ends in …" if cut else "",
    }
    words = chain(
        outgoing.of_tables.items(),
        ((f"Sheet {name}", f"{frame.height:,} records") for name, frame in tables.items()),
        ((word, text) for word, text in notes.items() if text),
    )
    for row, (word, text) in enumerate(words):
        sheet.write_string(row, 0, word, bold)
        sheet.write_string(row, 1, text, wrapped)


def _set_properties(book: Workbook, outgoing: Outgoing) -> None:
    """The properties of the document. Its date is the day of the data, so that the same command gives the same file."""
    words = outgoing.of_tables
    day = dt.datetime.fromisoformat(f"{outgoing.day or '1980-01-01'}T00:00:00")
    comments = "; ".join(f"{word}: {words[word]}" for word in ("Dataset", "Command", "As of") if word in words)
    book.set_properties({"title": "Talentflow dataset", "comments": comments, "created": day})
