"""A folder, or a zip, of CSV tables: one file a table, the same columns as the native file.

The dialect: UTF-8 (a byte-order mark is accepted), comma, LF or CRLF, RFC 4180 quoting (Shafranovich 2005, section 2),
first line the column names in any order. A blank cell is a blank field. true and false in any case. The elements of a
list are joined with `;`; a backslash makes the character after it stand for itself, so that `\\;` is a semicolon inside
an element, `\\\\` a backslash, and `\\ ` a space at its edge; other spaces at the edges of an element do not count.
Columns that no field declares go into `extra`, whose own column holds a JSON object. `talentflow.json` beside the
tables keeps version and unknown keys.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

import polars as pl

from app.domain.dataset import Dataset
from app.domain.errors import DataError, Fault, FileError
from app.domain.rows import faults
from app.domain.schema import TABLES, Kind, Table
from app.files import archive, atomic
from app.files.canonical import canonical, composed, dataset_of, list_column, with_unknown
from app.files.cells import VALUES, Unreadable, written_cells
from app.files.manifest import NAME, manifest, read_manifest
from app.files.texts import read_error, refused

SUFFIX = ".csv"
MOST_FAULTS = 100
"""Faults that are collected before reading stops."""
LONGEST_CELL = 16_000_000
"""Characters of one cell."""
_STEP = 50_000

Row = dict[str, Any]


class Tables:
    """Files of a folder or zip by name, each opened when it is read; or one file alone."""

    def __init__(self, path: Path, files: Mapping[str, Callable[[], BinaryIO]], *, alone: bool = False) -> None:
        self.path = path
        self.alone = alone
        """Whether the path is the file itself."""
        self._files = files

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the files, sorted."""
        return tuple(sorted(self._files))

    def place(self, name: str) -> str:
        """Where a file is, for messages."""
        if self.alone:
            return str(self.path)
        return str(self.path / name) if self.path.is_dir() else f"{self.path}: {name}"

    def content(self, name: str) -> bytes | None:
        """A small file as a whole, None if it is not there."""
        if name not in self._files:
            return None
        with self._files[name]() as file:
            return file.read()

    def beginning(self, name: str, length: int) -> bytes:
        """The first bytes of a file."""
        with self._files[name]() as file:
            return file.read(length)

    def header(self, name: str) -> tuple[str, ...]:
        """The column names of a CSV file. FileError if it is no CSV."""
        return next(iter(self.lines(name)))[1]

    def lines(self, name: str) -> Iterator[tuple[int, tuple[str, ...]]]:
        """The records of a CSV file, the first with the column names, each with the number of its last line.

        FileError where it is not UTF-8 or quoted wrongly, DataError where a record has too few or too many cells.
        """
        place = self.place(name)
        csv.field_size_limit(LONGEST_CELL)
        with self._files[name]() as file, io.TextIOWrapper(file, encoding="utf-8-sig", newline="") as text:
            reader = csv.reader(text, strict=True)
            width = 0
            try:
                for cells in reader:
                    if not cells:
                        continue
                    if not width:
                        width = len(cells)
                    if len(cells) != width:
                        raise DataError(
                            Fault(
                                "ragged",
                                f"it has {len(cells)} cells, the first line has {width}",
                                "Add or remove cells; put quotes around a cell that holds a comma.",
                                file=place,
                                row=reader.line_num,
                            )
                        )
                    yield reader.line_num, tuple(cells)
            except (csv.Error, UnicodeDecodeError) as error:
                code, message, remedy = (
                    ("encoding", "it is not UTF-8 text", "Save it as UTF-8.")
                    if isinstance(error, UnicodeDecodeError)
                    else ("syntax", f"it is not valid CSV: {error}", "Put quotes in pairs; double one inside a cell.")
                )
                raise FileError(Fault(code, message, remedy, file=place, row=reader.line_num or 1)) from error
            if not width:
                raise FileError(Fault("empty", "it is empty", "Write the column names on its first line.", file=place))


@contextmanager
def opened(path: Path) -> Iterator[Tables]:
    """The files of a folder or zip, or a file that is no zip alone, for as long as the block runs.

    FileError where it cannot be read.
    """
    if path.is_dir():
        try:
            files = {entry.name: partial(_open, entry) for entry in path.iterdir() if entry.is_file()}
        except OSError as error:
            raise read_error(path, error) from error
        yield Tables(path, files)
        return
    with closing(_open(path)) as file:
        alone = file.read(len(archive.MAGIC)) != archive.MAGIC
    if alone:
        yield Tables(path, {path.name: partial(_open, path)}, alone=True)
        return
    with archive.opened(path) as box:
        yield Tables(path, {name: partial(box.open, name) for name in box.names})


def read(path: Path) -> Dataset:
    """A dataset from a folder or zip of CSV tables; tables that are not there are empty.

    FileError where it cannot be read or holds no table, DataError naming file, line, field and remedy.
    """
    with opened(path) as tables:
        held = [name for name in TABLES if f"{name}{SUFFIX}" in tables.names]
        if not held:
            raise no_tables(path)
        version, unknown = read_manifest(tables.content(NAME), path)
        return dataset_of({name: _read(tables, name) for name in held}, version, unknown)


def no_tables(path: Path) -> FileError:
    """The FileError for a folder or zip in which nothing is known."""
    return refused(
        path,
        "no-tables",
        "it holds no table",
        f"Name its files {', '.join(f'{n}{SUFFIX}' for n in list(TABLES)[:3])}, …",
    )


def write_folder(dataset: Dataset, path: Path) -> None:
    """Save as a folder of CSV tables that takes the place of an old one. FileError where it cannot be written."""
    atomic.write_folder(path, _members(dataset))


def write_zip(dataset: Dataset, path: Path) -> None:
    """Save as a zip of CSV tables, atomically. FileError where it cannot be written."""
    with atomic.replacing(path) as file:
        archive.write(file, _members(dataset), packed=True)


def _members(dataset: Dataset) -> dict[str, Callable[[BinaryIO], None]]:
    members: dict[str, Callable[[BinaryIO], None]] = {
        NAME: partial(_put, manifest(dataset.version, dataset.unknown)),
    }
    for name, frame in dataset.tables.items():
        members[f"{name}{SUFFIX}"] = partial(_put_table, name, canonical(name, composed(frame)))
    return members


def _open(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        raise read_error(path, error) from error


def _put(content: bytes, file: BinaryIO) -> None:
    file.write(content)


def _put_table(table: str, frame: pl.DataFrame, file: BinaryIO) -> None:
    """All columns of the schema; `extra` only where something is in it."""
    kept = [
        f for f in TABLES[table].fields if f.name != "extra" or frame.get_column("extra").null_count() < frame.height
    ]
    for start in range(0, max(frame.height, 1), _STEP):
        rows = frame.slice(start, _STEP)
        cells = [written_cells(rows.get_column(field.name), field.kind) for field in kept]
        file.write(pl.DataFrame(cells).write_csv(include_header=not start).encode())


def _read(tables: Tables, table: str) -> pl.DataFrame:
    place = tables.place(f"{table}{SUFFIX}")
    declared = TABLES[table]
    lines = tables.lines(f"{table}{SUFFIX}")
    try:
        header = _header(declared, next(lines)[1], place)
        frames = [pl.DataFrame(schema=declared.schema)]
        frames += [_frame(declared, header, batch, place) for batch in _batches(lines)]
        frame = pl.concat(frames, how="diagonal", rechunk=True)
        return canonical(table, composed(with_unknown(table, frame)))
    except DataError as error:
        raise DataError(*(fault if fault.file else fault.at(place) for fault in error.faults)) from error


def _header(table: Table, cells: tuple[str, ...], place: str) -> tuple[str, ...]:
    header = tuple(cell.strip() for cell in cells)
    if "id" not in header:
        message = f"no column is named id (there are: {', '.join(header)[:80]})"
        remedy = "Separate the columns by commas." if len(header) == 1 else "Name the columns on the first line."
        raise DataError(Fault("missing", message, remedy, file=place, table=table.name, row=1, field="id"))
    for name in header:
        if not name or header.count(name) > 1:
            message = f"two columns are named {name!r}" if name else "a column has no name"
            raise DataError(
                Fault("repeated-key", message, "Give each column its own name.", file=place, table=table.name, row=1)
            )
    return header


def _batches(lines: Iterable[tuple[int, tuple[str, ...]]]) -> Iterator[list[tuple[int, tuple[str, ...]]]]:
    batch: list[tuple[int, tuple[str, ...]]] = []
    for line in lines:
        batch.append(line)
        if len(batch) == _STEP:
            yield batch
            batch = []
    if batch:
        yield batch


def _frame(table: Table, header: tuple[str, ...], batch: list[tuple[int, tuple[str, ...]]], place: str) -> pl.DataFrame:
    """Some records as a frame of the columns that they have."""
    faults: list[Fault] = []
    names = set(table.names)
    columns: dict[str, Any] = {}
    for name, texts in zip(header, zip(*(cells for _, cells in batch), strict=True), strict=True):
        if name not in names:
            columns[name] = texts
            continue
        kind = table.field(name).kind
        value_of = VALUES.get(kind, str)
        values = [value_of(text) if text else None for text in texts]
        columns[name] = list_column(name, values) if kind in (Kind.LIST, Kind.SET) else values
        if name == "id" or kind in (Kind.INT, Kind.FLOAT, Kind.FLAG):
            bad = [n for n, v in enumerate(values) if isinstance(v, Unreadable) or (name == "id" and v is None)]
            for line, cells in (batch[n] for n in bad[:MOST_FAULTS]):
                faults += _faults(table, header, cells, line, name, place)
    if faults:
        raise DataError(*sorted(faults[:MOST_FAULTS], key=lambda fault: fault.row or 0))
    schema = {name: table.field(name).kind.dtype if name in names else pl.String() for name in header}
    return pl.DataFrame(columns, schema=schema)


def _faults(
    table: Table, header: tuple[str, ...], cells: tuple[str, ...], line: int, name: str, place: str
) -> list[Fault]:
    """One bad cell in the words of the row models."""
    row_id = cells[header.index("id")]
    given = {"id": row_id, name: cells[header.index(name)]}
    return [replace(fault, file=place, row=line) for fault in faults(table.name, given) if fault.field == name]
