"""Dataset → Markdown: what made it, then each table that has records, with the columns that say something."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polars as pl

from app.domain.schema import TABLES, Field, Kind
from app.files import atomic
from app.files.canonical import canonical, composed
from app.files.cells import written_cells
from app.files.outgoing import STEP, Outgoing
from app.pictures.markdown import cell, table


def write(outgoing: Outgoing, path: Path) -> None:
    """Write the text, atomically. FileError where it cannot be written."""
    with atomic.replacing(path) as file:
        for line in _lines(outgoing):
            file.write(f"{line}\n".encode())


def _lines(outgoing: Outgoing) -> Iterator[str]:
    yield "# Dataset"
    yield ""
    for word, text in outgoing.of_tables.items():
        yield f"- {word}: {cell(text)}"
    n_done = 0
    for name, rows in outgoing.dataset.tables.items():
        if not rows.height:
            continue
        frame = canonical(name, composed(rows))
        fields = [field for field in TABLES[name].fields if _is_filled(frame.get_column(field.name), field)]
        yield from ("", f"## {name} · {frame.height:,}", "")
        for at, line in enumerate(table([field.name for field in fields], _rows(frame, fields))):
            if not at % STEP:
                outgoing.progress((n_done + at) / outgoing.dataset.n_rows)
            yield line
        n_done += frame.height


def _is_filled(column: pl.Series, field: Field) -> bool:
    if field.kind in (Kind.LIST, Kind.SET):
        return bool((column.list.len() > 0).any())
    return column.null_count() < len(column)


def _rows(frame: pl.DataFrame, fields: list[Field]) -> Iterator[tuple[str, ...]]:
    """The cells of each row as text, blank where blank."""
    for part in frame.iter_slices(STEP):
        columns = [written_cells(part.get_column(field.name), field.kind).fill_null("") for field in fields]
        yield from zip(*columns, strict=True)
