"""One sheet of a workbook (XLSX, XLSM, XLSB, XLS, ODS) → a Sheet, by `calamine`, which runs no macro.

Cells become text as it would be typed: days as 2019-05-31 whatever they look like in the program, by the system of days
that the workbook has; whole numbers without a point; true and false. A day that the workbook holds as a mere number
stays that number: only who knows the column can tell. An error stays what it is called: #N/A.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from app.analysis.alike import Step
from app.domain.errors import Fault, TalentflowError, UsageError
from app.files.csvs import LONGEST_CELL
from app.files.sheets import MOST_COLUMNS, Sheet
from app.files.sheets_header import finished
from app.files.sheets_package import MOST_CELLS, Errors, Package, damaged, protected
from app.files.texts import read_error, refused

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

MOST_BYTES = 2**28
"""Bytes of a workbook as it lies on disk: 256 MiB."""
_ZIP = b"PK"
_BATCH = 20_000
_WHOLE = 2.0**53
_MIDNIGHT = dt.time()


def names(path: Path) -> tuple[str, ...]:
    """The sheets of a workbook that hold cells, those in sight first. FileError where it cannot be read."""
    with _opened(path) as (book, _):
        return tuple(_tables(book))


def read(path: Path, name: str, step: Step) -> Sheet:
    """A sheet by its name, in any case; the first one with cells if blank.

    FileError where the workbook is damaged, protected or too large, or the sheet is empty; UsageError for a sheet that
    is not there.
    """
    with _opened(path) as (book, package):
        known = _tables(book)
        if not known:
            raise refused(path, "empty", "no sheet of the workbook holds anything", "Open another one.")
        chosen = _chosen(known, name, path) if name else known[0]
        errors = package.errors(chosen) if package else {}
        sheet = book.get_sheet_by_name(chosen)
        if (sheet.height or 0) == 0:
            raise refused(path, "empty", f"its sheet {chosen} is empty", _others(known))
        records = list(_records(sheet, errors, path, step))
    cells = pl.concat(records)
    rows = pl.Series("row", range(1, cells.height + 1))
    made = finished(path, cells, rows, sheet=chosen, said=f"sheet {chosen}")
    if name or len(known) == 1:
        return made
    message = f"it has {len(known)} sheets, of which {chosen} was read"
    fault = Fault("passed-over", message, _others(known), "warning", str(path))
    return replace(made, faults=(fault, *made.faults))


@contextmanager
def _opened(path: Path) -> Iterator[tuple[CalamineWorkbook, Package | None]]:
    """A workbook, and its package if it is a zip; what the library cannot read becomes a FileError."""
    import python_calamine as calamine

    try:
        if path.stat().st_size > MOST_BYTES:
            message = f"the workbook is larger than {MOST_BYTES / 2**20:.0f} MB"
            raise refused(path, "too-large", message, "Save the sheet that is needed as CSV.")
        with path.open("rb") as file:
            package = Package(path) if file.read(2) == _ZIP else None
        if package:
            package.refuse_reach()
        with calamine.CalamineWorkbook.from_path(path) as book:
            yield book, package
    except calamine.PasswordError as error:
        raise protected(path) from error
    except calamine.CalamineError as error:
        raise damaged(path, str(error)) from error
    except OSError as error:
        raise read_error(path, error) from error
    except (TalentflowError, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # how the library says that it did not expect what it found
            raise
        raise damaged(path, "it is not as a workbook must be") from error


def _tables(book: CalamineWorkbook) -> list[str]:
    """The worksheets that hold cells, those in sight first; all of them where none does."""
    import python_calamine as calamine

    sheets = [m for m in book.sheets_metadata if m.typ == calamine.SheetTypeEnum.WorkSheet]
    sheets.sort(key=lambda m: m.visible != calamine.SheetVisibleEnum.Visible)
    return [m.name for m in sheets if book.get_sheet_by_name(m.name).height]


def _chosen(known: list[str], name: str, path: Path) -> str:
    for fold in (str, str.casefold):
        for sheet in known:
            if fold(sheet) == fold(name):
                return sheet
    remedy = f"Its sheets that hold something are {', '.join(known)}."
    raise UsageError(Fault("sheet", f"it has no sheet {name!r} that holds something", remedy, file=str(path)))


def _others(known: list[str]) -> str:
    return f"Choose one by its name: {', '.join(known)}." if len(known) > 1 else "Open another file."


def _records(sheet: CalamineSheet, errors: Errors, path: Path, step: Step) -> Iterator[pl.DataFrame]:
    """The cells from the first row and column on, in batches."""
    first_row, first_column = sheet.start or (0, 0)
    width = first_column + sheet.width
    n_rows = first_row + sheet.height
    if width > MOST_COLUMNS or width * n_rows > MOST_CELLS:
        message = f"its sheet {sheet.name} reaches over {n_rows:,} rows and {width:,} columns"
        raise refused(path, "too-large", message, "Delete what stands far from the table, or save it as CSV.")
    left = [""] * first_column
    batch: list[list[str]] = [[""] * width for _ in range(first_row)]
    for at, cells in enumerate(sheet.iter_rows(), first_row):
        texts = [cell if type(cell) is str else _text(cell) for cell in cells]
        batch.append(left + texts if left else texts)
        if len(batch) >= _BATCH:
            step(at / n_rows)
            yield _frame(batch, errors, at + 1 - len(batch), width, path)
            batch = []
    if batch:
        yield _frame(batch, errors, n_rows - len(batch), width, path)


def _frame(batch: list[list[str]], errors: Errors, first: int, width: int, path: Path) -> pl.DataFrame:
    for (row, column), said in errors.items():
        if 0 <= row - first < len(batch) and column < width and not batch[row - first][column]:
            batch[row - first][column] = said
    if any(len(cell) > LONGEST_CELL for cells in batch for cell in cells):
        raise refused(path, "too-large", f"a cell holds more than {LONGEST_CELL:,} characters", "Cut it.")
    columns = zip(*batch, strict=True)
    return pl.DataFrame([pl.Series(f"c{n}", column, dtype=pl.String) for n, column in enumerate(columns)])


def _text(value: Any) -> str:
    """A cell as it would be typed."""
    match value:
        case bool():
            return "true" if value else "false"
        case float():
            return str(int(value)) if value.is_integer() and abs(value) < _WHOLE else repr(value)
        case dt.datetime():
            whole = value.time() == _MIDNIGHT
            return value.date().isoformat() if whole else value.isoformat(" ")
        case dt.date() | dt.time():
            return value.isoformat()
    return str(value)
