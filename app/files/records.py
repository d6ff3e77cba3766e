"""Records as text ↔ rows of a table: the fast way for whole pieces, the exact way for a piece that needs words.

The fast way hands a piece to Polars, which would pass over unknown fields and repeated keys and would turn a number
into text. It is trusted only where the counts of keys, of text values and of quotes in the piece are those of the frame
that came out of it; any other piece, and any that Polars refuses, is read record by record.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import polars as pl

from app.domain.errors import DataError, Fault, FileError
from app.domain.rows import faults
from app.domain.schema import TABLES, Field, Kind, Table
from app.files.canonical import composed, list_column
from app.files.manifest import RepeatedKeyError, parsed, reason, repeated, written
from app.files.outline import NotLinesError, Piece, not_utf8

MOST_FAULTS = 100
"""Faults that are collected before reading stops."""

_SAMPLE = 50_000
_TEXTS = (Kind.TEXT, Kind.DATE)
_LISTS = (Kind.LIST, Kind.SET)
_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")
_INTS = range(-(2**63), 2**63)


def rows_of(table: str, piece: Piece, path: Path) -> pl.DataFrame:
    """The rows of a piece, with the columns that occur in it. An empty piece gives no rows.

    DataError naming row and field where a value has the wrong type, a key stands twice or an id is missing; FileError
    where the text is not JSON (NotLinesError if it was taken for our own layout).
    """
    declared = TABLES[table]
    frame = _fast(declared, piece)
    return _exact(declared, piece, path) if frame is None else frame


def _fast(table: Table, piece: Piece) -> pl.DataFrame | None:
    """The rows by Polars, None where its reading cannot be trusted.

    Which columns occur is guessed from both ends of the piece: a column too few is found out by the counts.
    """
    raw = piece.text
    guess = _columns(table, raw[:_SAMPLE] + raw[-_SAMPLE:])
    frame = _counted(piece, guess)
    if frame is None and len(raw) > 2 * _SAMPLE and (all_columns := _columns(table, raw)) != guess:
        frame = _counted(piece, all_columns)
    return frame


def _columns(table: Table, raw: bytes) -> list[Field]:
    """The fields of a table whose keys occur in a text."""
    return [f for f in table.fields if f.name != "extra" and f'"{f.name}":'.encode() in raw]


def _counted(piece: Piece, columns: list[Field]) -> pl.DataFrame | None:
    """The rows by Polars, with these columns, if they account for the whole text."""
    if any(f.kind is Kind.JSON for f in columns):
        return None
    schema = {f.name: pl.String() if f.kind in _LISTS else f.kind.dtype for f in columns}
    try:
        frame = pl.read_ndjson(piece.text, schema=schema)
    except pl.exceptions.PolarsError:
        return None
    if frame.height != piece.n or "id" not in schema or frame["id"].null_count() or (frame["id"] == "").any():
        return None
    filled = {name: frame.height - frame.get_column(name).null_count() for name in frame.columns}
    n_texts = sum(filled[f.name] for f in columns if f.kind in _TEXTS)
    n_elements = 0
    for name in (f.name for f in columns if f.kind in _LISTS):
        lists = _split(frame.get_column(name))
        if lists is None:
            return None
        frame = frame.with_columns(lists)
        n_elements += int(lists.list.len().sum())
    n_keys = sum(filled.values())
    found = _counts(piece)
    if found is None or found.keys != n_keys or found.texts != n_texts:
        return None
    if found.quotes != 2 * (n_keys + n_texts + n_elements):
        return None
    return frame if piece.text.isascii() and not found.coded else composed(frame)


class _Counts(NamedTuple):
    """What a piece of text holds: keys, keys with a text as value, quotes, and whether characters are given by code."""

    keys: int
    texts: int
    quotes: int
    coded: bool


def _counts(piece: Piece) -> _Counts | None:
    """The counts of a piece, None where half a surrogate pair may be in it, which Polars turns into NUL.

    A quote is one that no backslash precedes, once doubled backslashes are gone; a key ends with a quote and a colon,
    which no text holds but one that begins with a colon: then there are too many, and the piece is read the exact way.
    """
    raw = piece.text if piece.ours else piece.text.replace(b'": ', b'":')
    text = np.frombuffer(raw, dtype=np.uint8)
    slashes, coded = text == ord("\\"), False
    if escapes := bool(slashes.any()):
        if (slashes[1:] & slashes[:-1]).any():
            text = np.frombuffer(raw.replace(b"\\\\", b""), dtype=np.uint8)
            slashes = text == ord("\\")
        coded = bool((slashes[:-1] & (text[1:] == ord("u"))).any())
        if coded and _SURROGATE.search(raw) is not None:
            return None
    quotes = text == ord('"')
    if escapes:
        quotes[1:] &= ~slashes[:-1]
    ends = quotes[:-1] & (text[1:] == ord(":"))
    n_texts = np.count_nonzero(ends[:-1] & quotes[2:])
    return _Counts(int(np.count_nonzero(ends)), int(n_texts), int(np.count_nonzero(quotes)), coded)


def _split(column: pl.Series) -> pl.Series | None:
    """Lists out of the JSON text that Polars makes of them (its own lists take twice as long), None if not plain."""
    given = column.drop_nulls()
    if given.str.contains("\\", literal=True).any():
        return None
    empty = given == "[]"
    if not ((given.str.starts_with('["') & given.str.ends_with('"]')) | empty).all():
        return None
    text = pl.when(pl.col(column.name) != "[]").then(pl.col(column.name)) if empty.any() else pl.col(column.name)
    lists = text.str.strip_prefix('["').str.strip_suffix('"]').str.split('", "')
    return column.to_frame().select(lists.alias(column.name)).to_series()


def _exact(table: Table, piece: Piece, path: Path) -> pl.DataFrame:
    """The rows by Python, with words for what is wrong."""
    records = _records(table, piece, path)
    own = [f for f in table.fields if f.name != "extra"]
    columns: dict[str, list[Any]] = {f.name: [record.pop(f.name, None) for record in records] for f in own}
    misfits = {at for at, row_id in enumerate(columns["id"]) if not row_id}
    for f in own:
        if f.kind is not Kind.JSON and not _plain(f.kind, columns[f.name]):
            misfits.update(at for at, value in enumerate(columns[f.name]) if not _fits(f.kind, value))
    if misfits:
        faults: list[Fault] = []
        for at in sorted(misfits)[:MOST_FAULTS]:
            given = {f.name: columns[f.name][at] for f in own if f.kind is not Kind.JSON}
            faults += _faults(table, given, piece.first + at, path)
        raise DataError(*faults[:MOST_FAULTS])
    for f in own:
        if f.kind is Kind.JSON:
            columns[f.name] = [None if value is None else written(value) for value in columns[f.name]]
    columns["extra"] = [written(record) if record else None for record in records]  # what is left is unknown
    lists = {f.name: list_column(f.name, columns[f.name]) for f in own if f.kind in _LISTS}
    return composed(pl.DataFrame({**columns, **lists}, schema=table.schema))


def _records(table: Table, piece: Piece, path: Path) -> list[dict[str, Any]]:
    """The records of a piece as values; one by one where they are not all in order, to name the one that is not."""
    with suppress(ValueError, RecursionError):
        found = parsed(f"[{piece.text.decode().replace(chr(10), ',')}]")
        if len(found) == piece.n and all(type(record) is dict for record in found):
            return list(found)
    lines = piece.text.split(b"\n")
    return [_record(table, line, row, piece, path) for row, line in enumerate(lines, piece.first)]


def _record(table: Table, line: bytes, row: int, piece: Piece, path: Path) -> dict[str, Any]:
    try:
        found = parsed(line.decode())
    except RepeatedKeyError as error:
        named = re.search(rb'"id"\s*:\s*"([a-z0-9-]+)"', line)
        row_id = named[1].decode() if named else ""
        raise repeated(error.key, path, table=table.name, row=row, row_id=row_id) from error
    except UnicodeDecodeError as error:
        raise not_utf8(path) from error
    except (ValueError, RecursionError) as error:
        if piece.ours:
            raise NotLinesError from error
        raise _broken(table, row, path, reason(error)) from error
    if not isinstance(found, dict):
        what = "a list" if isinstance(found, list) else repr(found)
        remedy = "Write {…} with the fields of the record."
        message = f"a {table.noun} is {what}, not a record"
        raise DataError(Fault("wrong-type", message, remedy, file=str(path), table=table.name, row=row))
    return found


def _broken(table: Table, row: int, path: Path, message: str) -> FileError:
    return FileError(
        Fault(
            "syntax",
            f"it is not valid JSON: {message}",
            "Correct it in a text editor.",
            file=str(path),
            table=table.name,
            row=row,
        )
    )


def _faults(table: Table, given: dict[str, Any], row: int, path: Path) -> list[Fault]:
    """Wrong types and a missing id in the words of the row models; other rules are for `checks`."""
    kept = [f for f in faults(table.name, given) if f.code == "wrong-type" or (f.code == "missing" and f.field == "id")]
    return [replace(f, row=row, file=str(path)) for f in kept]


_TYPES: dict[Kind, frozenset[type]] = {
    Kind.TEXT: frozenset({str, type(None)}),
    Kind.DATE: frozenset({str, type(None)}),
    Kind.INT: frozenset({int, type(None)}),
    Kind.FLOAT: frozenset({int, float, type(None)}),
    Kind.FLAG: frozenset({bool, type(None)}),
    Kind.LIST: frozenset({list, type(None)}),
    Kind.SET: frozenset({list, type(None)}),
}
"""Types of the JSON values that may stand in a column of a kind."""


def _plain(kind: Kind, column: list[Any]) -> bool:
    """Whether every value of a column fits, by a look at the column as a whole."""
    if not _TYPES[kind].issuperset(map(type, column)):
        return False
    if kind in _LISTS:
        return {str}.issuperset(map(type, chain.from_iterable(v for v in column if v)))
    return kind not in (Kind.INT, Kind.FLOAT) or all(_fits(kind, v) for v in column)


def _fits(kind: Kind, value: Any) -> bool:
    """Whether one value may stand in a column of a kind."""
    if value is None:
        return True
    if type(value) not in _TYPES[kind]:
        return False
    if kind in _LISTS:
        return all(isinstance(item, str) for item in value)
    if kind is Kind.FLOAT:
        return type(value) is float or abs(value) < 2**1023
    return kind is not Kind.INT or value in _INTS
