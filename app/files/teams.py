"""Team memberships by snapshot → a Dataset: who was in which team of which organization, from when to when.

One CSV file with the columns `org,team_path,role,person,start,end`, or a folder or zip of such files. A team path names
a team within teams (`sig-docs/sig-docs-leads`); a blank one means the organization itself. Days are those of snapshots:
a start lies after the snapshot before and not later than its day, and so does an end, on whose day one is no longer
there; a blank end runs on. Who is in the first snapshot of an organization may have been there before. No seats and no
lines are made, for the file says nothing of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from app.domain import dates
from app.domain.dataset import Row
from app.domain.errors import DataError, Fault
from app.files import csvs
from app.files.csvs import MOST_FAULTS, Tables
from app.files.dialects import Entry, columns, csv_names, entries, recognised
from app.files.idents import Ids
from app.files.manifest import written
from app.files.reading import Reading, Warnings, shown
from app.files.snapshots import between, day_of
from app.files.texts import refused

COLUMNS = ("org", "team_path", "role", "person", "start", "end")
_STEP = 10


@dataclass(frozen=True, slots=True)
class Membership:
    """One row: one person in one team. end: None while it runs; source_id: of its file."""

    entry: Entry
    org: str
    path: tuple[str, ...]
    start: int | None
    end: int | None
    source_id: str


def recognises(tables: Tables) -> bool:
    """Whether a file is one of memberships, or some file of a folder or zip."""
    return recognised(tables, COLUMNS)


def read(path: Path) -> Reading:
    """The Dataset of memberships, and what is doubtful in the files.

    FileError where a file cannot be read or none has these columns, DataError naming rows of which a day cannot be read
    or a name is missing.
    """
    ids, warnings = Ids(), Warnings()
    found: list[Membership] = []
    sources = []
    with csvs.opened(path) as tables:
        for name in csv_names(tables):
            if not tables.alone and not set(COLUMNS) <= set(columns(tables, name)):
                remedy = f"A file of memberships has the columns {', '.join(COLUMNS)}."
                warnings.passed_over(tables.place(name), "it holds no memberships, and nothing of it was read", remedy)
                continue
            source_id = ids.new("src", name.removesuffix(csvs.SUFFIX))
            rows = list(_memberships(tables, name, source_id, warnings))
            sources.append(_source(name, source_id, rows))
            found += rows
    if not sources:
        raise refused(path, "no-tables", "it holds no memberships", f"Its columns are {', '.join(COLUMNS)}.")
    units = _Units(ids, found)
    people, stints = _people(found, units, ids)
    rows_of = {"organizations": units.rows(), "people": people, "stints": stints, "sources": sources}
    return warnings.reading(rows_of)


def _memberships(tables: Tables, name: str, source_id: str, warnings: Warnings) -> Iterator[Membership]:
    """The rows of a file; one that stands there twice is taken once."""
    faults: list[Fault] = []
    given: dict[tuple[str, ...], int] = {}
    for entry in entries(tables, name, COLUMNS):
        if wrong := _wrong(entry):
            faults.append(wrong)
            if len(faults) == MOST_FAULTS:
                break
            continue
        if (first := given.setdefault(tuple(entry.cells.values()), entry.row)) != entry.row:
            message = f"it stands in row {first} already, and was taken once"
            warnings.add("repeated-row", message, "Remove one of the two.", entry=entry, about=("sources", source_id))
            continue
        path = tuple(part for part in entry["team_path"].split("/") if part)
        yield Membership(entry, entry["org"], path, day_of(entry["start"]), day_of(entry["end"]), source_id)
    if faults:
        raise DataError(*faults)


def _wrong(entry: Entry) -> Fault | None:
    """The first thing that makes a row mean nothing."""

    def fault(field: str, message: str, remedy: str) -> Fault:
        return Fault("wrong-type", message, remedy, file=entry.place, row=entry.row, field=field)

    for column in ("org", "person"):
        if not entry[column]:
            return fault(column, "it is missing", f"Give every row its {column}.")
    for column in ("start", "end"):
        if entry[column] and day_of(entry[column]) is None:
            return fault(column, f"{shown(entry[column])!r} is not a day", "Write a day as 2025-06-26.")
    start, end = day_of(entry["start"]), day_of(entry["end"])
    if start is not None and end is not None and end <= start:
        return fault("end", f"{entry['end']} is not after the start {entry['start']}", "Correct one of the two.")
    return None


def _source(name: str, source_id: str, rows: list[Membership]) -> Row:
    """The row of a file: of the newest day that it names."""
    days = [day for row in rows for day in (row.start, row.end) if day is not None]
    return {
        "id": source_id,
        "title": f"{name}: members of teams, snapshot by snapshot",
        "published": dates.text(max(days)) if days else None,
        "kind": "other",
        "notes": "A day in it is that of a snapshot: what it dates happened after the snapshot before it",
    }


class _Units:
    """Organizations, and a unit for every team and every team around one."""

    def __init__(self, ids: Ids, found: list[Membership]) -> None:
        self._ids: dict[tuple[str, ...], str] = {}
        self._sources: dict[tuple[str, ...], set[str]] = defaultdict(set)
        names = {(m.org, *m.path[:n]) for m in found for n in range(len(m.path) + 1)}
        for name in sorted(names, key=lambda name: (len(name), name)):
            self._ids[name] = ids.new(*name)
        for m in found:
            for n in range(len(m.path) + 1):
                self._sources[m.org, *m.path[:n]].add(m.source_id)

    def of(self, m: Membership) -> str:
        """The id of the team of a row."""
        return self._ids[m.org, *m.path]

    def rows(self) -> list[Row]:
        """The rows of the table of organizations."""
        return [
            {
                "id": row_id,
                "name": name[-1],
                "kind": "product-team" if len(name) > 1 else "other",
                "parent_id": self._ids.get(name[:-1]),
                "source_ids": list(self._sources[name]),
            }
            for name, row_id in self._ids.items()
        ]


def _people(found: list[Membership], units: _Units, ids: Ids) -> tuple[list[Row], list[Row]]:
    """The rows of people and of their stints, each person's by start."""
    days = sorted({day for m in found for day in (m.start, m.end) if day is not None})
    before = {day: earlier for earlier, day in pairwise(days)}
    first: dict[str, int] = {}
    for m in found:
        if m.start is not None:
            first[m.org] = min(first.get(m.org, m.start), m.start)
    by_person: dict[str, list[Membership]] = defaultdict(list)
    for m in found:
        by_person[m.entry["person"]].append(m)
    people, stints = [], []
    for name, theirs in sorted(by_person.items()):
        person_id = ids.new("person", name)
        sources = list(dict.fromkeys(m.source_id for m in theirs))
        people.append({"id": person_id, "name": name, "source_ids": sources})
        for n, m in enumerate(sorted(theirs, key=_by_start), 1):
            start, end = m.start, m.end
            from_before = start is not None and start == first[m.org]
            earlier = None if from_before or start is None else before.get(start)
            stints.append(
                {
                    "id": ids.new("st", name, str(n * _STEP)),
                    "person_id": person_id,
                    "organization_id": units.of(m),
                    "role": m.entry["role"] or None,
                    "rank": n * _STEP,
                    "start": None if start is None else between(earlier, start),
                    "end": dates.OPEN if end is None else between(before.get(end), end),
                    "notes": f"In the first snapshot of {m.org}: may have been there before" if from_before else None,
                    "source_ids": [m.source_id],
                    "extra": _more(m.entry),
                }
            )
    return people, stints


def _by_start(m: Membership) -> tuple[int, int, int]:
    start = dates.PAST if m.start is None else m.start
    return start, dates.FUTURE if m.end is None else m.end, m.entry.row


def _more(entry: Entry) -> str | None:
    """The cells that no field holds."""
    held = {column: cell for column, cell in entry.cells.items() if cell and column not in COLUMNS}
    return written({"teams": held}) if held else None
