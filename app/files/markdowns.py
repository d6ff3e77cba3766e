"""Dataset → Markdown: what made it, then a table for each table that has records."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from app.domain.schema import TABLES
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
        fields = [f for f in TABLES[name].fields if frame.get_column(f.name).null_count() < frame.height]
        texts = [written_cells(frame.get_column(field.name), field.kind) for field in fields]
        fields = [field for field, column in zip(fields, texts, strict=True) if column.null_count() < len(column)]
        texts = [column.fill_null("") for column in texts if column.null_count() < len(column)]
        yield from ("", f"## {name} · {frame.height:,}", "")
        for at, line in enumerate(table([field.name for field in fields], zip(*texts, strict=True))):
            if not at % STEP:
                outgoing.progress((n_done + at) / outgoing.dataset.n_rows)
            yield line
        n_done += frame.height
