"""Edits as JSON on a line of a journal, and back; very large ones as packed files beside it.

Rows are in the canonical form of files: an edit that comes back fits a dataset that was saved and opened.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from app.domain.dataset import Dataset, blank
from app.domain.edit import Change, Edit
from app.domain.errors import DataError, Fault
from app.domain.schema import TABLES, VERSION
from app.files import packed
from app.files.canonical import dataset_of
from app.files.lines import json_list
from app.files.outline import Piece
from app.files.records import rows_of
from app.files.stamp import Stamp

MOST_ROWS = 50_000
"""Rows of an edit that are written on a line."""
BATCH = 100_000
"""Rows that are read at once: to read them edit by edit takes ten times as long."""
PACKED = ".talentflow"
"""Ending of files beside a journal."""
_SIDES = ("before", "after")


def text_of(edit: Edit, folder: Path, number: int) -> bytes:
    """The edit on line `number` as JSON; one of more than MOST_ROWS rows is written into files of that number.

    DataError where a file could not hold a row. FileError where the large files cannot be written.
    """
    for table, change in edit.tables.items():
        if (change.ids.is_null() | (change.ids == "")).any():
            raise DataError(Fault("missing", "it is missing", "Give the record an id.", table=table, field="id"))
    name = json.dumps(edit.name).encode()
    if edit.n_rows > MOST_ROWS:
        files = {}
        for side in _SIDES:
            rows = {table: getattr(change, side) for table, change in edit.tables.items()}
            path = folder / f"{number}-{side}{PACKED}"
            files[side] = {"file": path.name, "content": keep(dataset_of(rows, VERSION, {}), path)}
        return b'{"name":%s,"files":%s}' % (name, json.dumps(files).encode())
    tables = [
        b'"%s":{"before":%s,"after":%s}' % (table.encode(), *(json_list(table, getattr(change, s)) for s in _SIDES))
        for table, change in edit.tables.items()
    ]
    return b'{"name":%s,"tables":{%s}}' % (name, b",".join(tables))


def is_whole(content: Any, folder: Path) -> bool:
    """Whether something is the content of an edit, and the files that it names, if it names any, are there as they were
    written."""
    if not isinstance(content, dict) or not isinstance(content.get("name"), str):
        return False
    files, tables = content.get("files"), content.get("tables")
    if files is not None:
        named = isinstance(files, dict) and list(files) == list(_SIDES) and all(map(_is_file, files.values()))
        return named and all(is_kept(folder / part["file"], part["content"]) for part in files.values())
    return isinstance(tables, dict) and all(table in TABLES and _has_rows(sides) for table, sides in tables.items())


def _is_file(part: Any) -> bool:
    """Whether something names a file beside the journal, and its checksum."""
    known = isinstance(part, dict) and isinstance(part.get("file"), str) and isinstance(part.get("content"), str)
    return known and Path(part["file"]).name == part["file"]


def _has_rows(sides: Any) -> bool:
    """Whether something has records on both sides, as far as can be told without reading them."""
    found = [sides.get(side) for side in _SIDES] if isinstance(sides, dict) else []
    return len(found) == 2 and all(isinstance(rows, list) and all(isinstance(r, dict) for r in rows) for rows in found)


def edits_of(contents: Sequence[Mapping[str, Any]], folder: Path) -> list[Edit]:
    """The edits of lines, in their order. FileError or DataError where a file of one cannot be read."""
    edits: list[Edit] = []
    batch: list[Mapping[str, Any]] = []
    n_rows = 0
    for content in contents:
        n_rows += sum(len(rows) for sides in content.get("tables", {}).values() for rows in sides.values())
        batch.append(content)
        if n_rows > BATCH:
            edits += _edits(batch, folder)
            batch, n_rows = [], 0
    return edits + _edits(batch, folder)


def keep(dataset: Dataset, path: Path) -> str:
    """Write a dataset as a packed file; the checksum of that file."""
    packed.write(dataset, path)
    return Stamp.of(path).content


def is_kept(path: Path, content: str) -> bool:
    """Whether a file is there with that checksum."""
    return path.is_file() and Stamp.of(path).content == content


def _edits(contents: Sequence[Mapping[str, Any]], folder: Path) -> list[Edit]:
    records: defaultdict[str, list[str]] = defaultdict(list)
    for content in contents:
        for table, sides in content.get("tables", {}).items():
            for side in _SIDES:
                records[table] += [json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in sides[side]]
    frames = {table: _frame(table, lines, folder) for table, lines in records.items()}
    at = dict.fromkeys(frames, 0)
    edits = []
    for content in contents:
        if "files" in content:
            before, after = (packed.read(folder / content["files"][side]["file"]) for side in _SIDES)
            changes = {table: Change(before[table], after[table]) for table in TABLES}
        else:
            changes = {}
            for table, sides in content["tables"].items():
                parts = []
                for side in _SIDES:
                    parts.append(frames[table].slice(at[table], len(sides[side])))
                    at[table] += len(sides[side])
                changes[table] = Change(*parts)
        edits.append(Edit(content["name"], changes))
    return edits


def _frame(table: str, lines: Sequence[str], folder: Path) -> pl.DataFrame:
    """Records as rows with the full schema, in their order."""
    if not lines:
        return blank(table)
    rows = rows_of(table, Piece("\n".join(lines).encode(), len(lines), 1, ours=True), folder)
    whole = pl.concat([blank(table), rows], how="diagonal")
    lists = [name for name, dtype in whole.schema.items() if dtype == pl.List(pl.String())]
    return whole.with_columns(pl.col(lists).fill_null(pl.lit([], dtype=pl.List(pl.String()))))
