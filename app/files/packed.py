"""`.talentflow`: a zip of Parquet tables, for datasets of any size. Opens a million stints in a quarter of a second.

Members in table order, stored (Parquet is packed by itself) and of one date: equal datasets are equal bytes.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO

import polars as pl

from app.domain.dataset import Dataset
from app.domain.errors import DataError, Fault, FileError
from app.domain.schema import TABLES, Kind
from app.files import archive, atomic
from app.files.archive import Archive
from app.files.canonical import canonical, composed, dataset_of, with_unknown
from app.files.manifest import NAME, manifest, read_manifest

SUFFIX = ".parquet"
MOST_ROWS = 50_000_000
"""Rows of one table."""
_GROUP = 120_000
_MARK = {"text": "NFC"}
"""Written into each table by us: its text is composed, which takes a quarter of the time of opening to find out."""

_NOTHING: Mapping[str, str] = MappingProxyType({})

_INTS = (pl.Int8, pl.Int16, pl.Int32, pl.Int64, pl.UInt8, pl.UInt16, pl.UInt32, pl.Null)
_TAKEN: dict[Kind, tuple[type[pl.DataType], ...]] = {
    Kind.TEXT: (pl.String, pl.Categorical, pl.Enum, pl.Null),
    Kind.DATE: (pl.String, pl.Categorical, pl.Enum, pl.Date, pl.Null),
    Kind.JSON: (pl.String, pl.Null),
    Kind.INT: (pl.Int8, pl.Int16, pl.Int32, pl.Int64, pl.UInt8, pl.UInt16, pl.UInt32, pl.Null),
    Kind.FLOAT: (
        pl.Float32,
        pl.Float64,
        pl.Int8,
        pl.Int16,
        pl.Int32,
        pl.Int64,
        pl.UInt8,
        pl.UInt16,
        pl.UInt32,
        pl.Null,
    ),
    Kind.FLAG: (pl.Boolean, pl.Null),
}
"""Column types that are read as a kind of field; lists are of texts."""


def read(path: Path) -> Dataset:
    """A dataset from a zip of Parquet tables; tables that are not there are empty, unknown columns go into `extra`.

    FileError where the archive or a table is damaged or not harmless, DataError where a column has the wrong type.
    """
    with archive.opened(path) as box:
        version, unknown = read_manifest(box.read(NAME) if NAME in box.names else None, path)
        tables = {name: _read(box, name, path) for name in TABLES if f"{name}{SUFFIX}" in box.names}
    return dataset_of(tables, version, unknown)


def write(dataset: Dataset, path: Path) -> None:
    """Save as a zip of Parquet tables, atomically. FileError where it cannot be written."""
    with atomic.replacing(path) as file:
        archive.write(file, members(dataset), packed=False)


def members(dataset: Dataset, words: Mapping[str, str] = _NOTHING) -> dict[str, Callable[[BinaryIO], None]]:
    """The files of a dataset by name, each as what writes it. words: metadata that every table carries."""
    found: dict[str, Callable[[BinaryIO], None]] = {NAME: partial(_put, manifest(dataset.version, dataset.unknown))}
    for name, frame in dataset.tables.items():
        found[f"{name}{SUFFIX}"] = partial(_put_table, name, frame, words)
    return found


def _put(content: bytes, file: BinaryIO) -> None:
    file.write(content)


def _put_table(table: str, frame: pl.DataFrame, words: Mapping[str, str], file: BinaryIO) -> None:
    content, plain = io.BytesIO(), canonical(table, composed(frame)).rechunk()
    held = {**_MARK, **words}
    plain.write_parquet(content, compression="zstd", statistics=False, row_group_size=_GROUP, metadata=held)
    file.write(content.getbuffer())


def _read(box: Archive, table: str, path: Path) -> pl.DataFrame:
    place = f"{path}: {table}{SUFFIX}"
    content = io.BytesIO(box.read(f"{table}{SUFFIX}"))
    try:
        if pl.scan_parquet(content).select(pl.len()).collect().item() > MOST_ROWS:
            fault = Fault("too-large", f"it holds more than {MOST_ROWS:,} rows", "Split the dataset.", file=place)
            raise FileError(fault)
        content.seek(0)
        marked = _MARK.items() <= pl.read_parquet_metadata(content).items()
        content.seek(0)
        frame = with_unknown(table, _typed(table, pl.read_parquet(content)))
        return canonical(table, frame if marked else composed(frame))
    except DataError as error:
        raise DataError(*(fault.at(str(path)) for fault in error.faults)) from error
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError) as error:
        fault = Fault(
            "damaged",
            f"it is not a readable Parquet table: {str(error).splitlines()[0]}",
            "Take it from a backup or fetch it again.",
            file=place,
        )
        raise FileError(fault) from error


def _typed(table: str, frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with declared columns in their types. DataError naming a column that cannot be read as its kind."""
    casts = []
    for field in TABLES[table].fields:
        if field.name not in frame.columns or frame.schema[field.name] == field.kind.dtype:
            continue
        dtype = frame.schema[field.name]
        if field.kind in (Kind.LIST, Kind.SET):
            fits = isinstance(dtype, pl.Null) or (
                isinstance(dtype, pl.List) and isinstance(dtype.inner, (pl.String, pl.Categorical, pl.Null))
            )
        else:
            fits = isinstance(dtype, _TAKEN[field.kind])
        if not fits:
            raise DataError(
                Fault(
                    "wrong-type",
                    f"the column holds {dtype}",
                    f"Write it as {field.kind.dtype}.",
                    table=table,
                    field=field.name,
                )
            )
        casts.append(pl.col(field.name).cast(field.kind.dtype))
    frame = frame.with_columns(casts)
    nameless = (frame.get_column("id").fill_null("") == "") if "id" in frame.columns else pl.Series([True])
    if nameless.any():
        row = int(nameless.arg_max() or 0) + 1
        raise DataError(Fault("missing", "it is missing", "Write its id.", table=table, row=row, field="id"))
    return frame
