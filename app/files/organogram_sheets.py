"""The files of UK government organograms, paired and put in order of their days.

A department publishes two CSV files a day, `<department>-<YYYY-MM-DD>-senior.csv` with a row for each senior post and
`…-junior.csv` with numbers of staff under these posts. Which is which is known by the columns, department and day by
the name. A file whose name gives no day has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.domain import dates
from app.domain.dataset import Row
from app.files import csvs
from app.files.csvs import Tables
from app.files.dialects import Entry, columns, csv_names, entries, recognised
from app.files.idents import Ids, words
from app.files.reading import Warnings
from app.files.snapshots import between, day_of

REFERENCE, MANAGER = "Post Unique Reference", "Reports to Senior Post"
PARENT, ORGANISATION, UNIT = "Parent Department", "Organisation", "Unit"
SENIOR = (REFERENCE, "Name", "Job Title", PARENT, ORGANISATION, UNIT, MANAGER)
JUNIOR = ("Reporting Senior Post", "Generic Job Title", "Number of Posts in FTE")
"""The columns without which a file is neither; others may be missing."""
SOURCE_FILE, SOURCE_LINE = "source_file", "source_line"
"""Columns that say where a row was published first."""

_SIGN = {"senior": (REFERENCE, MANAGER), "junior": JUNIOR[:1] + JUNIOR[2:]}
_NEEDED = {"senior": SENIOR, "junior": JUNIOR}
_DAY = re.compile(r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)")
_KIND = re.compile(r"(?<![a-z])(senior|junior)(?![a-z])", re.IGNORECASE)
_FILLERS = re.compile(r"(?<![a-z])(senior|junior|posts?|organograms?)(?![a-z])", re.IGNORECASE)
_LOST = re.compile("\ufffd|[ÂÃ][\u0080-\u00bf]|â€")


@dataclass(frozen=True, eq=False)
class Sheet:
    """One file. kind: senior or junior; day: None if its name gives none; source_id: its row of the sources."""

    name: str
    kind: str
    department: str
    day: int | None
    source_id: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, eq=False)
class Snapshot:
    """What a department published of one day. sources: name of a file → id of its source."""

    day: int | None
    seniors: tuple[Entry, ...]
    juniors: tuple[Entry, ...]
    sources: Mapping[str, str]

    @property
    def said(self) -> str:
        """The day in words of the notes."""
        return dates.text(self.day) if self.day is not None else "a day not given"


@dataclass(frozen=True, eq=False)
class Series:
    """The snapshots of one department, the earlier first. Either all have a day, or there is one that has none."""

    department: str
    snapshots: tuple[Snapshot, ...]

    @property
    def last(self) -> int:
        """The position of the newest snapshot."""
        return len(self.snapshots) - 1

    def turned(self, before: int | None, at: int) -> str | None:
        """The date of what was not so in the snapshot at `before` (None: in none) and was so in that at `at`; None
        where no day is known."""
        day = self.snapshots[at].day
        return None if day is None else between(None if before is None else self.snapshots[before].day, day)


def recognises(tables: Tables) -> bool:
    """Whether a file is an organogram, or some file of a folder or zip."""
    return any(recognised(tables, sign) for sign in _SIGN.values())


def sheets(tables: Tables, ids: Ids, warnings: Warnings) -> tuple[list[Sheet], list[Row]]:
    """All files that are organograms, and their rows of the table of sources. Other CSV files are passed over.

    FileError where one cannot be read, DataError where one lacks a column or its rows do not fit.
    """
    found, sources = [], []
    for name in csv_names(tables):
        kind = next((kind for kind, sign in _SIGN.items() if set(sign) <= set(columns(tables, name))), None)
        named = _KIND.search(name)
        if kind is None and named is None and not tables.alone:
            remedy = f"A senior file has the columns {', '.join(_SIGN['senior'])}; a junior one {', '.join(JUNIOR)}."
            warnings.passed_over(tables.place(name), "it is no organogram, and nothing of it was read", remedy)
            continue
        sheet, source = _sheet(tables, name, kind or (named[1].lower() if named else "senior"), ids, warnings)
        found.append(sheet)
        sources.append(source)
    return found, sources


def series(sheets: Iterable[Sheet]) -> list[Series]:
    """Sheets by department and day. Those without a day stand apart from those of the same department that have one."""
    by_department: dict[tuple[str, bool], dict[int | None, list[Sheet]]] = {}
    for sheet in sheets:
        days = by_department.setdefault((sheet.department, sheet.day is None), {})
        days.setdefault(sheet.day, []).append(sheet)
    found = []
    for (department, _), days in sorted(by_department.items()):
        ordered = [_snapshot(day, days[day]) for day in sorted(days, key=lambda day: day or 0)]
        found.append(Series(department, tuple(ordered)))
    return found


def lost_characters(entry: Entry) -> list[str]:
    """The columns of a row in which a character was lost, or read in the wrong encoding."""
    if not _LOST.search("\n".join(entry.cells.values())):
        return []
    return [column for column, cell in entry.cells.items() if _LOST.search(cell)]


def _snapshot(day: int | None, sheets: list[Sheet]) -> Snapshot:
    seniors = tuple(entry for sheet in sheets if sheet.kind == "senior" for entry in sheet.entries)
    juniors = tuple(entry for sheet in sheets if sheet.kind == "junior" for entry in sheet.entries)
    return Snapshot(day, seniors, juniors, {sheet.name: sheet.source_id for sheet in sheets})


def _sheet(tables: Tables, name: str, kind: str, ids: Ids, warnings: Warnings) -> tuple[Sheet, Row]:
    place = tables.place(name)
    rows = tuple(entries(tables, name, _NEEDED[kind]))
    day, department = _day_and_department(name)
    top = Entry(place, name, 1, {})
    first = rows[0] if rows else top
    organisation = first[ORGANISATION] or first[PARENT] or department
    source_id = ids.new("src", name.removesuffix(csvs.SUFFIX))
    about = ("sources", source_id)
    if day is None:
        remedy = "Name it <department>-<YYYY-MM-DD>-senior.csv or -junior.csv, after the day that it describes."
        warnings.add_file("no-day", "its name gives no day, so that no date in it is known", remedy,
                          entry=first, about=about)  # fmt: skip
    for n, column in enumerate(columns(tables, name), 1):
        if not column:
            held = sum(1 for entry in rows if entry[f"column {n}"])
            message = f"column {n} has no name and " + (f"holds {held} values" if held else "is blank in every row")
            warnings.add("no-column-name", message, "Name it, or remove it.", entry=top, about=about)
    source = _source(source_id, rows, kind, organisation, day)
    return Sheet(name, kind, department or words(organisation) or "organogram", day, source_id, rows), source


def _day_and_department(name: str) -> tuple[int | None, str]:
    """What the name of a file says; blank for a department that it does not name, or names without a day."""
    stem = name[: -len(csvs.SUFFIX)] if name.lower().endswith(csvs.SUFFIX) else name
    found = _DAY.search(stem)
    day = day_of(found[0]) if found else None
    if found is None or day is None:
        return None, ""
    return day, words(_FILLERS.sub(" ", stem.replace(found[0], " ")))


def _source(source_id: str, entries: tuple[Entry, ...], kind: str, organisation: str, day: int | None) -> Row:
    """The row of a file: its address only where its rows name one, and the same one."""
    places = list(dict.fromkeys(entry[SOURCE_FILE] for entry in entries if entry[SOURCE_FILE]))
    addresses = [place for place in places if place.startswith(("http://", "https://"))]
    of_day = f", {dates.written(day)}" if day is not None else ""
    return {
        "id": source_id,
        "publisher": organisation,
        "title": f"Organogram of {organisation}{of_day}: {kind} posts",
        "url": addresses[0] if len(addresses) == len(places) == 1 else None,
        "published": dates.text(day) if day is not None else None,
        "kind": "primary",
        "notes": f"Published in {', '.join(places)}" if places else None,
    }
