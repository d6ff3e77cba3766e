"""The one form in which a dataset is written, whatever the format, so that two saves are the same bytes.

Rows sorted and lists tidy (`domain.dataset.normal`), text in Unicode's composed form (NFC), nested JSON with sorted
keys, numbers finite. Readers bring what they find into this form too: what is opened is what would be saved.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from itertools import chain

import numpy as np
import polars as pl

from app.domain.dataset import Dataset, normal
from app.domain.errors import DataError, Fault
from app.domain.schema import TABLES, Kind
from app.files.manifest import RepeatedKeyError, parsed, reason, written


def dataset_of(tables: Mapping[str, pl.DataFrame], version: str, unknown: Mapping[str, str]) -> Dataset:
    """A Dataset of tables that are canonical already; those that are not there are empty."""
    return Dataset.of({}, version, unknown).replaced(tables)


def canonical(table: str, frame: pl.DataFrame) -> pl.DataFrame:
    """A frame in canonical form with the full schema; it may lack columns and order. Text must be composed already.

    DataError where a number is not finite, or where `extra` or another nested field is no JSON. Costs a look at each
    column where all is well.
    """
    frame = normal(table, frame)
    for field in TABLES[table].fields:
        column = frame.get_column(field.name)
        if field.kind is Kind.FLOAT and (unbounded := ~column.is_finite()).any():
            raise _fault(table, frame, unbounded, field.name, "it is not a finite number", "Write a number.")
        if field.kind is Kind.JSON and column.null_count() < len(column):
            changed = _rewritten(table, frame, field.name)
            frame = frame if changed is column else frame.with_columns(changed)
    return frame


def composed(frame: pl.DataFrame) -> pl.DataFrame:
    """A frame with all text in Unicode's composed form; itself where all text is ASCII."""
    filled = [name for name in frame.columns if frame.get_column(name).null_count() < frame.height]
    texts = [name for name in filled if frame.schema[name] == pl.String]
    lists = [name for name in filled if frame.schema[name] == pl.List(pl.String)]
    if not texts and not lists:
        return frame
    wide = frame.select(
        *(_wide(pl.col(name)) for name in texts),
        *(_wide(pl.col(name).list.explode(empty_as_null=False)) for name in lists),
    )
    form = [pl.col(name).str.normalize("NFC") for name in texts if wide.item(0, name)]
    form += [pl.col(name).list.eval(pl.element().str.normalize("NFC")) for name in lists if wide.item(0, name)]
    return frame.with_columns(form) if form else frame


def list_column(name: str, rows: Sequence[Sequence[str] | None]) -> pl.Series:
    """A column of lists of texts. Polars makes one from Python lists ten times as slowly as by grouping."""
    lengths = [len(row) if row else 0 for row in rows]
    flat = pl.Series("text", list(chain.from_iterable(row for row in rows if row)), dtype=pl.String())
    at = np.repeat(np.arange(len(rows)), lengths)
    grouped = pl.DataFrame({"at": at, "text": flat}).group_by("at", maintain_order=True).agg("text")
    whole = pl.DataFrame({"at": np.arange(len(rows))}).join(grouped, on="at", how="left", maintain_order="left")
    return whole.get_column("text").alias(name)


def with_unknown(table: str, frame: pl.DataFrame) -> pl.DataFrame:
    """A frame whose columns that no field declares have moved into `extra`, blank cells left out.

    A value that JSON does not know (a date, bytes) becomes text. DataError where `extra` is no JSON object already.
    """
    strange = [name for name in frame.columns if name not in TABLES[table].names]
    if not strange:
        return frame
    held = frame.get_column("extra") if "extra" in frame.columns else pl.Series([None] * frame.height, dtype=pl.String)
    extra = []
    for row, (text, cells) in enumerate(zip(held, frame.select(strange).iter_rows(named=True), strict=True), 1):
        try:
            value = json.loads(json.dumps({n: v for n, v in cells.items() if v is not None and v != ""}, default=str))
            extra.append(written({**parsed(text or "{}"), **value}) if value else text)
        except (ValueError, TypeError, RecursionError) as error:
            fault = Fault("wrong-type", "it is no JSON object", "Write {…}.", table=table, row=row, field="extra")
            raise DataError(fault) from error
    return frame.drop(strange).with_columns(pl.Series("extra", extra, dtype=pl.String()))


def _wide(text: pl.Expr) -> pl.Expr:
    """Whether any text is longer in bytes than in characters."""
    return text.str.len_bytes().sum() != text.str.len_chars().sum()


def _rewritten(table: str, frame: pl.DataFrame, name: str) -> pl.Series:
    """Nested JSON in its canonical text; `extra` without what it does not hold."""
    column = frame.get_column(name)
    forms: dict[str, str | None] = {}
    for text in column.drop_nulls().unique():

        def fault(message: str, remedy: str, text: str = text) -> DataError:
            return _fault(table, frame, column == text, name, message, remedy)

        try:
            value = parsed(text)
            forms[text] = None if value is None or (name == "extra" and value == {}) else written(value)
        except RepeatedKeyError as error:
            raise fault(str(error), "Keep one of the two.") from error
        except (ValueError, RecursionError) as error:
            raise fault(f"it is not JSON: {reason(error)}", "Write JSON.") from error
        if name == "extra":
            if not isinstance(value, dict):
                raise fault("it is not a JSON object", "Write {…}.")
            if known := [key for key in value if key != "extra" and key in TABLES[table].names]:
                raise fault(f"{known[0]!r} is a field of its own", f"Move it to {known[0]}.")
    if all(text == form for text, form in forms.items()):
        return column
    return column.replace_strict(list(forms), list(forms.values()), default=None, return_dtype=pl.String())


def _fault(table: str, frame: pl.DataFrame, wrong: pl.Series, field: str, message: str, remedy: str) -> DataError:
    at = int(wrong.fill_null(value=False).arg_max() or 0)
    return DataError(
        Fault(
            "wrong-type",
            message,
            remedy,
            table=table,
            id=frame.item(at, "id") or "",
            row=at + 1,
            field=field,
        )
    )
