"""The native file: JSON with one record a line (`data.md` section 7), plain or as `.json.gz`.

Written so that two saves of one dataset are the same bytes and that version control merges line by line. Read in
pieces of some four megabytes, in any layout; see `outline` for where the records lie and `records` for what they hold.
"""

from __future__ import annotations

import gzip
from collections import deque
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import chain
from pathlib import Path
from typing import BinaryIO, cast

import polars as pl

from app.domain.dataset import Dataset, blank
from app.domain.errors import DataError, Fault
from app.domain.schema import FORMAT, TABLES
from app.files import atomic, texts
from app.files.brackets import by_brackets
from app.files.canonical import canonical, composed, dataset_of
from app.files.lines import record_lines
from app.files.manifest import TooDeepError, head, parsed, repeated, too_deep, written
from app.files.outline import NotLinesError, Piece, Section, by_lines, pieces, value_of
from app.files.records import rows_of
from app.files.texts import Text, refused

_START = 65_536
_SMALL = 50_000_000
"""A file up to this size is searched as a whole for its format; a larger one must name it at its beginning."""
_PACKING = 6
_READERS = 2


def read(path: Path) -> Dataset:
    """A dataset from a JSON file of any layout, plain or gzip. Unknown fields, tables and keys are kept.

    FileError where the file cannot be read, is no JSON, is cut off, nested beyond reason, of another format or of a
    newer major version, or holds more than 1 GiB of text. DataError where a value has the wrong type, a key stands
    twice or an id is missing. Other rules (`domain.checks`) are not looked at.
    """
    with texts.opened(path) as text:
        _look(text, path)
        try:
            try:
                return _read(text, by_lines(text), path)
            except NotLinesError:
                return _read(text, by_brackets(text, path), path)
        except TooDeepError as error:
            raise too_deep(path) from error


def write(dataset: Dataset, path: Path) -> None:
    """Save as JSON, atomically. FileError where it cannot be written."""
    with atomic.replacing(path) as file:
        _write(dataset, file)


def write_packed(dataset: Dataset, path: Path) -> None:
    """Save as JSON packed by gzip, atomically. FileError where it cannot be written."""
    with (
        atomic.replacing(path) as file,
        gzip.GzipFile(filename="", mode="wb", compresslevel=_PACKING, fileobj=file, mtime=0) as packed,
    ):
        _write(dataset, cast(BinaryIO, packed))


def _write(dataset: Dataset, file: BinaryIO) -> None:
    file.write(f'{{"format":"{FORMAT}","version":"{dataset.version}"\n'.encode())
    for table, frame in dataset.tables.items():
        file.write(f',"{table}":[\n'.encode())
        file.writelines(record_lines(table, canonical(table, composed(frame))))
        file.write(b"]\n")
    for key in sorted(dataset.unknown):
        file.writelines(f"{line}\n".encode() for line in _unknown_lines(key, dataset.unknown[key]))
    file.write(b"}\n")


def _unknown_lines(key: str, text: str) -> Iterator[str]:
    """A key that this version does not know: a list of records one a line, like a table; anything else on one line."""
    value = parsed(text)
    if isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
        yield f",{written(key)}:["
        for n, item in enumerate(value):
            yield f"{',' if n else ''}{written(item)}"
        yield "]"
    else:
        yield f",{written(key)}:{written(value)}"


def _look(text: Text, path: Path) -> None:
    """Refuse at once what cannot be a dataset, however large it is."""
    start = text[text.begin : text.begin + _START]
    if not start.strip():
        if len(text) <= _START:
            raise refused(path, "empty", "it is empty", "Open another file, or take this one from a backup.")
        raise refused(path, "wrong-format", "it begins with nothing but blanks", "Open another file.")
    if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise refused(path, "encoding", "it is UTF-16 text", "Save it as UTF-8.")
    if b"\0" in start:
        raise refused(path, "binary", "it is binary, not JSON text", "Open a dataset, or convert this file first.")
    named = f'"{FORMAT}"'.encode() in start
    if not start.lstrip().startswith(b"{") or (len(text) > _SMALL and not named):
        raise refused(
            path,
            "wrong-format",
            "it does not begin as a dataset",
            f'A dataset begins with {{"format":"{FORMAT}"; open another file, or convert this one first.',
        )


def _read(text: Text, sections: list[Section], path: Path) -> Dataset:
    seen: set[str] = set()
    for section in sections:
        if section.key in seen:
            raise repeated(section.key, path)
        seen.add(section.key)
    heads = {s.key: value_of(text, s.start, s.stop, path) for s in sections if s.key in ("format", "version")}
    version = head(heads, path)
    tables: dict[str, pl.DataFrame] = {}
    unknown: dict[str, str] = {}
    for section in sections:
        if section.key in TABLES:
            tables[section.key] = _table(text, section, path)
        elif section.key not in heads:
            unknown[section.key] = written(value_of(text, section.start, section.stop, path))
    return dataset_of(_canonical(tables, path), version, unknown)


def _table(text: Text, section: Section, path: Path) -> pl.DataFrame:
    if section.inner is None:
        raise DataError(
            Fault("wrong-type", "it is not a list of records", "Write [ … ].", file=str(path), table=section.key)
        )
    frames = list(_frames(section.key, pieces(text, section, path), path))
    return pl.concat(frames, how="diagonal", rechunk=True) if frames else blank(section.key)


def _frames(table: str, given: Iterator[Piece], path: Path) -> Iterator[pl.DataFrame]:
    """The rows of each piece in order; while Polars reads one, the next is counted. Few are in memory at a time."""
    first, second = next(given, None), next(given, None)
    if first is not None and second is None:
        yield rows_of(table, first, path)
    if first is None or second is None:
        return
    with ThreadPoolExecutor(_READERS) as pool:
        ahead: deque[Future[pl.DataFrame]] = deque()
        for piece in chain((first, second), given):
            ahead.append(pool.submit(rows_of, table, piece, path))
            if len(ahead) > _READERS:
                yield ahead.popleft().result()
        for frame in ahead:
            yield frame.result()


def _canonical(tables: Mapping[str, pl.DataFrame], path: Path) -> dict[str, pl.DataFrame]:
    try:
        return {name: canonical(name, frame) for name, frame in tables.items()}
    except DataError as error:
        raise DataError(*(fault.at(str(path)) for fault in error.faults)) from error
