"""Rows of a table → JSON records, one a line, built by expressions over whole columns; a few rows one by one."""

from __future__ import annotations

import json
import math
import unicodedata
from collections.abc import Iterator
from typing import Any

import polars as pl

from app.domain.dataset import Row
from app.domain.schema import TABLES, Field, Kind
from app.files.canonical import canonical, composed
from app.files.manifest import parsed, written

STEP = 100_000
"""Rows that are written at once."""

_ESCAPES = {chr(code): json.dumps(chr(code))[1:-1] for code in (*range(0x20), ord('"'), ord("\\"))}
FEW = 64
"""Up to so many rows it is quicker to write them one by one."""
_NEEDY = r'[\x00-\x1f"\\]'


def record_lines(table: str, frame: pl.DataFrame) -> Iterator[bytes]:
    """The records of a canonical frame: keys in schema order, then those of `extra`; blank fields left out.

    The first begins without a comma and every other with one; each line ends with LF. No rows: nothing.
    """
    for start in range(0, frame.height, STEP):
        rows = frame.slice(start, STEP)
        lines = rows.select(_record(table, rows)).to_series()
        text = "\n,".join(lines.to_list())
        yield f"{',' if start else ''}{text}\n".encode()


def json_list(table: str, frame: pl.DataFrame) -> bytes:
    """The records of a normal frame as a JSON list on one line, each as `record_lines` writes it.

    DataError where a file could not hold a row (`canonical`).
    """
    records = [_alone(table, row) for row in frame.iter_rows(named=True)] if frame.height <= FEW else [None]
    if any(record is None for record in records):
        lines = b"".join(record_lines(table, canonical(table, composed(frame))))
        return b"[" + lines.replace(b"\n", b"") + b"]"
    return f"[{','.join(map(str, records))}]".encode()


def _alone(table: str, row: Row) -> str | None:
    """One record as text; None where a value is not in canonical form yet."""
    parts = []
    for field in TABLES[table].fields:
        value = row[field.name]
        if value is None or value == []:
            continue
        text = _cell(field, value)
        if text is None:
            return None
        parts.append(f'"{field.name}":{text}')
    return f"{{{','.join(parts)}}}"


def _cell(field: Field, value: Any) -> str | None:
    if field.kind is Kind.JSON:
        return value if field.name != "extra" and _is_canonical(value) else None
    if isinstance(value, float):
        return repr(value) if math.isfinite(value) else None
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text if unicodedata.is_normalized("NFC", text) else None


def _is_canonical(text: str) -> bool:
    try:
        value = parsed(text)
        return value is not None and written(value) == text
    except (ValueError, RecursionError):
        return False


def _record(table: str, rows: pl.DataFrame) -> pl.Expr:
    """One record as text. Columns without any value cost nothing."""
    parts = [pl.lit('{"id":"') + _escaped(rows, "id") + pl.lit('"')]
    for field in TABLES[table].fields[1:]:
        column = rows.get_column(field.name)
        if column.null_count() == len(column):
            continue
        key, value = f',"{field.name}":', pl.col(field.name)
        match field.kind:
            case Kind.TEXT | Kind.DATE:
                parts.append(pl.lit(f'{key}"') + _escaped(rows, field.name) + pl.lit('"'))
            case Kind.INT:
                parts.append(pl.lit(key) + value.cast(pl.String))
            case Kind.FLOAT:
                parts.append(pl.lit(key) + pl.lit(number_texts(column)))
            case Kind.FLAG:
                parts.append(pl.lit(key) + pl.when(value).then(pl.lit("true")).otherwise(pl.lit("false")))
                parts[-1] = pl.when(value.is_not_null()).then(parts[-1])
            case Kind.LIST | Kind.SET:
                whole = pl.lit(f'{key}["') + _escaped_lists(column).list.join('","') + pl.lit('"]')
                parts.append(pl.when(value.list.len() > 0).then(whole))
            case Kind.JSON if field.name == "extra":  # an object: its members without its braces
                parts.append(pl.lit(",") + value.str.head(-1).str.slice(1))
            case Kind.JSON:
                parts.append(pl.lit(key) + value)
    return pl.concat_str([*parts, pl.lit("}")], ignore_nulls=True)


def number_texts(column: pl.Series) -> pl.Series:
    """Numbers as their shortest text that reads back the same, blank where blank."""
    distinct = column.drop_nulls().unique()
    return column.replace_strict(
        distinct, pl.Series([repr(value) for value in distinct], dtype=pl.String), default=None, return_dtype=pl.String
    )


def _escaped(rows: pl.DataFrame, name: str) -> pl.Expr:
    """The text of a column as it stands between JSON quotes."""
    if rows.get_column(name).str.contains(_NEEDY).any():
        return pl.col(name).str.replace_many(_ESCAPES)
    return pl.col(name)


def _escaped_lists(column: pl.Series) -> pl.Expr:
    if column.list.explode(empty_as_null=False).str.contains(_NEEDY).any():
        return pl.col(column.name).list.eval(pl.element().str.replace_many(_ESCAPES))
    return pl.col(column.name)
