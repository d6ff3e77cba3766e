"""What a reader hands over: the dataset, and what is doubtful in the file that it came from.

A format whose files have faults of their own (a post that reports to itself, a reference given twice) reads them into a
dataset without errors, and says in a Reading what it found where. Each of these warnings is also written into the notes
of the record concerned, so that it outlives the file.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from app.domain.checks import MOST_NAMED, check
from app.domain.dataset import Dataset, Row, frame_of
from app.domain.errors import Fault
from app.files.canonical import canonical, composed
from app.files.dialects import Entry

MOST_NOTED = 20
"""Warnings that are written into the notes of one record; the rest is counted."""
_SHOWN = 60


@dataclass(frozen=True, eq=False)
class Reading:
    """A dataset and the warnings of its file, in the order of files and rows; most formats have none.

    ignored: what of a foreign file no field of a dataset holds: what it is called there, and how often it has a value;
    the most first. detailed: whether its warnings are to be said one by one wherever it is read, for they depend on
    what was said of the file.
    """

    dataset: Dataset
    faults: tuple[Fault, ...] = ()
    ignored: tuple[tuple[str, int], ...] = ()
    detailed: bool = False

    @property
    def checked(self) -> list[Fault]:
        """All that is wrong: errors of the dataset, then warnings of the file, then warnings of the dataset."""
        found = check(self.dataset)
        wrong = [fault for fault in found if fault.severity == "error"]
        return [*wrong, *self.faults, *found[len(wrong) :]]


class Warnings:
    """The warnings of one file or folder as its reader goes along."""

    def __init__(self) -> None:
        self._named: list[Fault] = []
        self._count: dict[tuple[str, str], int] = defaultdict(int)
        self._more: dict[tuple[str, str], Fault] = {}
        self._notes: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._ignored: Counter[str] = Counter()

    def ignore(self, name: str, n: int = 1) -> None:
        """Count what of a file is not understood, by what it is called there."""
        self._ignored[name] += n

    def add(
        self, code: str, message: str, remedy: str, *, entry: Entry, field: str = "", about: tuple[str, str], n: int = 1
    ) -> None:
        """A warning about a row of a file. about: table and id of the record in whose notes it is kept; n: how many
        rows of the file it stands for, of which this is the first."""
        table, row_id = about
        self._notes[about].append(f"{entry.name}, row {entry.row}: {message}")
        fault = Fault(code, message, remedy, "warning", entry.place, table, row_id, entry.row, field, n)
        self._take(fault)

    def add_file(self, code: str, message: str, remedy: str, *, entry: Entry, about: tuple[str, str]) -> None:
        """A warning about a file as a whole."""
        self._notes[about].append(f"{entry.name}: {message}")
        self._take(Fault(code, message, remedy, "warning", entry.place, *about))

    def passed_over(self, place: str, message: str, remedy: str) -> None:
        """A warning about a file that no record comes from."""
        self._take(Fault("passed-over", message, remedy, "warning", place))

    def reading(self, rows: Mapping[str, Iterable[Row]]) -> Reading:
        """The dataset of the rows of its tables, each with what was doubtful about it at the end of its notes."""
        tables = {
            table: canonical(table, composed(frame_of(table, (self._noted(table, row) for row in made))))
            for table, made in rows.items()
        }
        ignored = sorted(self._ignored.items(), key=lambda item: (-item[1], item[0]))
        return Reading(Dataset.of(tables), self._faults(), tuple(ignored))

    def _noted(self, table: str, row: Row) -> Row:
        found = self._notes.get((table, row["id"]))
        if not found:
            return row
        own = [row["notes"]] if row.get("notes") else []
        more = [f"… and {len(found) - MOST_NOTED:,} more"] if len(found) > MOST_NOTED else []
        return {**row, "notes": "\n".join([*own, *found[:MOST_NOTED], *more])}

    def _faults(self) -> tuple[Fault, ...]:
        """All of them by file and row; of one kind in one field at most MOST_NAMED by name, then one that counts."""
        return (*sorted(self._named, key=lambda fault: (fault.file, fault.row or 0)), *self._more.values())

    def _take(self, fault: Fault) -> None:
        kind = (fault.code, fault.field)
        self._count[kind] += 1
        if self._count[kind] <= MOST_NAMED:
            self._named.append(fault)
            return
        n = self._count[kind] - MOST_NAMED
        self._more[kind] = replace(fault, message=f"{n:,} more like these", table="", id="", row=None, n=n)


def shown(text: str) -> str:
    """A text in a message, cut where it is long."""
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
