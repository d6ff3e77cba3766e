"""A difference to be read: by table, record and field, with words made only for what is in sight."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import polars as pl

from app.domain.dataset import Dataset, Row
from app.domain.edit import Change, Edit
from app.domain.reverting import Piece, Ties
from app.domain.schema import TABLES
from app.pictures import records, wording

How = Literal["added", "removed", "changed"]
HOWS: tuple[How, ...] = ("added", "changed", "removed")


@dataclass(frozen=True, slots=True)
class FieldLine:
    """One field of a record: its value on the one side and on the other, as text; blank where there is no record."""

    field: str
    word: str
    old: str
    new: str


@dataclass(frozen=True, eq=False)
class Section:
    """The records of one table that differ, in order of their ids.

    before, after: the row on that side, -1 where there is none.
    """

    table: str
    change: Change
    ids: pl.Series
    before: np.ndarray[tuple[int], np.dtype[np.intp]]
    after: np.ndarray[tuple[int], np.dtype[np.intp]]

    @classmethod
    def of(cls, table: str, change: Change) -> Section:
        """From the change of a table."""
        ids = change.ids.rechunk()
        sides = [_rows(ids, side.get_column("id")) for side in (change.before, change.after)]
        return cls(table, change, ids, *sides)

    def __len__(self) -> int:
        return len(self.ids)

    def how(self, row: int) -> How:
        """What became of a record."""
        return "added" if self.before[row] < 0 else "removed" if self.after[row] < 0 else "changed"

    @property
    def counts(self) -> dict[How, int]:
        """How many records were added, changed and removed."""
        n_added, n_removed = int((self.before < 0).sum()), int((self.after < 0).sum())
        return {"added": n_added, "changed": len(self) - n_added - n_removed, "removed": n_removed}

    def rows(self, row: int) -> tuple[Row | None, Row | None]:
        """A record as it was and as it is."""
        was, now = int(self.before[row]), int(self.after[row])
        change = self.change
        return (
            change.before.row(was, named=True) if was >= 0 else None,
            change.after.row(now, named=True) if now >= 0 else None,
        )

    def place(self, row_id: str) -> int | None:
        """Where a record stands; None if it does not differ."""
        at = int(self.ids.search_sorted(row_id))
        return at if at < len(self.ids) and self.ids[at] == row_id else None


def _rows(ids: pl.Series, side: pl.Series) -> np.ndarray[tuple[int], np.dtype[np.intp]]:
    """Where each id stands on a side, -1 where it does not; both in order."""
    if not len(side):
        return np.full(len(ids), -1, dtype=np.intp)
    side = side.rechunk()
    at = side.search_sorted(ids).clip(upper_bound=len(side) - 1)
    rows = np.where((side.gather(at) == ids).to_numpy(), at.to_numpy().astype(np.intp), -1)
    rows.flags.writeable = False
    return rows


@dataclass(frozen=True, eq=False)
class Differences:
    """What an edit changes, table by table, and what leans on what in it. now: the Dataset after it."""

    edit: Edit
    now: Dataset
    sections: tuple[Section, ...]
    ties: Ties
    _lines: dict[tuple[str, str], list[FieldLine]] = field(default_factory=dict)

    @classmethod
    def of(cls, edit: Edit, now: Dataset) -> Differences:
        """Costs a pass over the rows of the edit: work for a job where they are many."""
        sections = tuple(Section.of(table, change) for table, change in edit.tables.items())
        return cls(edit, now, sections, Ties.of(edit))

    @property
    def n(self) -> int:
        """Records that differ."""
        return sum(len(section) for section in self.sections)

    @property
    def counts(self) -> dict[How, int]:
        """Of all tables."""
        each = [section.counts for section in self.sections]
        return {how: sum(counts[how] for counts in each) for how in HOWS}

    def row_of(self, table: str, row_id: str) -> Row | None:
        """A row as it is; of a record that was removed, as it was."""
        row = self.now.row(table, row_id)
        if row is None and (change := self.edit.tables.get(table)) is not None:
            at = int(_rows(pl.Series([row_id]), change.before.get_column("id"))[0])
            row = change.before.row(at, named=True) if at >= 0 else None
        return row

    def called(self, table: str, row_id: str) -> str:
        """What a record is called."""
        return records.called(self.row_of, table, row_id)

    def lines(self, section: Section, row: int) -> list[FieldLine]:
        """The fields of a record that differ, in the order of its table; of one that was added or removed those that
        are not blank. Never none."""
        key = (section.table, section.ids[row])
        if key not in self._lines:
            self._lines[key] = self._made(section, row)
        return self._lines[key]

    def _made(self, section: Section, row: int) -> list[FieldLine]:
        was, now = section.rows(row)
        lines = []
        for declared in TABLES[section.table].fields:
            old, new = (side[declared.name] if side is not None else None for side in (was, now))
            if old == new or (was is None and new == []) or (now is None and old == []):
                continue
            texts = records.values(self.row_of, declared, old, new)
            lines.append(
                FieldLine(
                    declared.name,
                    records.field_word(declared.name),
                    texts[0] if was is not None else "",
                    texts[1] if now is not None else "",
                )
            )
        return lines

    def said(self, piece: Piece) -> str:
        """A piece in words: `name of Ada Lovelace`, `Ada Lovelace`, `3 people`."""
        if not piece.id:
            section = next(section for section in self.sections if section.table == piece.table)
            return records.records(len(section), piece.table)
        name = self.called(piece.table, piece.id)
        return f"{records.field_word(piece.field)} of {name}" if piece.field else name


def tallied(counts: Mapping[How, int]) -> str:
    """`3 added, 1 changed`; how many there are of none is not said."""
    return ", ".join(f"{counts[how]:,} {how}" for how in HOWS if counts[how])


def step_words(edit: Edit) -> str:
    """What a step changes, a line a table: `2 people: 1 added, 1 changed`."""
    sections = [Section.of(table, change) for table, change in edit.tables.items()]
    return "\n".join(f"{records.records(len(s), s.table)}: {tallied(s.counts)}" for s in sections)


def heading(differences: Differences, against: str, name: str) -> str:
    """How much differs from what. against: `file`, `nothing` or `opened`, as `session.unsaved` has it; name: of the
    file."""
    counts, n = tallied(differences.counts), differences.n
    if not n:
        return {
            "file": "Nothing differs from the file on disk",
            "nothing": "Not saved yet: everything is new",
            "opened": "Nothing differs from what was opened",
        }[against]
    if against == "nothing":
        return f"Not saved yet: {counts}"
    differ = f"{wording.counted(n, 'record')} {'differs' if n == 1 else 'differ'}"
    return f"{differ} from {name if against == 'file' else 'what was opened'}: {counts}"
