"""What an edit is made of while somebody says what happened: its rows, what it does in words, what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import polars as pl

from app.analysis.names import as_id
from app.domain.checks import check
from app.domain.dataset import Dataset, Row
from app.domain.dates import OPEN, readable
from app.domain.edit import Edit
from app.domain.errors import Fault
from app.domain.schema import TABLES

if TYPE_CHECKING:
    from app.analysis.recording import Cited, Party

LONGEST_ID = 48
"""Letters of an id that is made from a name."""
STEP = 10
"""From the rank of one stint of a person to that of the next."""


class Making:
    """Collects one edit. code: that of the faults; sources: ids of who says so, none where nobody is named."""

    def __init__(self, dataset: Dataset, cited: Cited, code: str) -> None:
        self.dataset, self._code = dataset, code
        self.effects: list[str] = []
        self.doubts: list[Fault] = []
        self.mistakes: list[Fault] = []
        self._rows: dict[str, dict[str, Row]] = {}
        self._taken: set[str] = set()
        self.sources = [source] if (source := self._source(cited)) else []

    @property
    def rows(self) -> Mapping[str, list[Row]]:
        """The rows that are added or replaced, by table."""
        return {table: list(of_table.values()) for table, of_table in self._rows.items()}

    def row(self, table: str, row_id: str) -> Row | None:
        """A record as the edit leaves it; None if there is none of that id."""
        made = self._rows.get(table, {}).get(row_id)
        return made if made is not None else self.dataset.row(table, row_id)

    def put(self, table: str, row: Row) -> None:
        """Add a record, or replace that of the same id."""
        self._rows.setdefault(table, {})[str(row["id"])] = row

    def cited(self, row: Row) -> list[str]:
        """The sources of a record, and those that are named now."""
        return sorted({*(row["source_ids"] or ()), *self.sources})

    def party(self, table: str, party: Party, fields: Mapping[str, object]) -> tuple[str, str]:
        """Id and name of a record; a new one is added, with some fields."""
        if party.id:
            return party.id, self.name(table, party.id)
        name = " ".join(party.name.split())
        row_id = self.free(table, as_id(name))
        self.put(table, {"id": row_id, "name": name, "source_ids": self.sources, **fields})
        self.effects.append(f"Adds {name} to the {table}")
        return row_id, name

    def name(self, table: str, row_id: str) -> str:
        """What a person or an organization is called; the id without a name."""
        return str((self.row(table, row_id) or {}).get("name") or row_id)

    def free(self, table: str, wanted: str) -> str:
        """An id that no record has: the wanted one, or with a number behind it."""
        stem = wanted[:LONGEST_ID].strip("-") or TABLES[table].noun.replace(" ", "-")
        n, made = 1, stem
        while made in self._taken or any(self.dataset.position(name, made) is not None for name in TABLES):
            n += 1
            made = f"{stem}-{n}"
        self._taken.add(made)
        return made

    def wrong(self, field: str, message: str, remedy: str) -> None:
        """Something must be put right first."""
        self.mistakes.append(Fault(self._code, message, remedy, field=field))

    def doubt(self, field: str, message: str, remedy: str) -> None:
        """Something is doubtful, and does not hinder."""
        self.doubts.append(Fault(self._code, message, remedy, "warning", field=field))

    def unsourced(self) -> None:
        """Doubt what nobody is named for."""
        if not self.sources:
            self.doubt("source", "nobody is named who says so", "Paste the link or the text of the report.")

    def _source(self, cited: Cited) -> str:
        if cited.id or not cited:
            return cited.id
        same = self._same_url(cited.url)
        if same:
            return same
        row_id = self.free("sources", as_id(f"{cited.publisher} {cited.title or cited.url}"))
        fields = ("title", "publisher", "url", "published", "kind", "quote", "accessed")
        self.put("sources", {"id": row_id, **{name: getattr(cited, name) or None for name in fields}})
        self.effects.append(f"Adds the source “{cited.title or cited.url or cited.publisher}”")
        return row_id

    def _same_url(self, url: str) -> str:
        """The source that has this address already."""
        if not url:
            return ""
        found = self.dataset["sources"].filter(pl.col("url").str.strip_suffix("/") == url.removesuffix("/"))
        return str(found.get_column("id")[0]) if found.height else ""


def dates_wrong(code: str, day: str, published: str) -> list[Fault]:
    """What is no date: of the day that something happened, and of its source."""
    found = []
    if not readable(day) or day == OPEN:
        remedy = "Write a day, month or year: 2025-06-26, 2025-06, 2025; with ~ for about or ? for uncertain."
        found.append(Fault(code, f"{day!r} is not a date", remedy, field="day"))
    if not readable(published):
        remedy = "Write a day, month or year: 2025-06-26, 2025-06, 2025; or leave it blank."
        found.append(Fault(code, f"{published!r} is not a date", remedy, field="published"))
    return found


def new_faults(before: Dataset, after: Dataset, people: Sequence[str], edit: Edit) -> tuple[Fault, ...]:
    """What the rules say of the stints of some people after an edit, and did not say before it."""
    was = {(fault.code, fault.id, fault.field) for fault in check(_about(before, people))}
    touched = {row_id for change in edit.tables.values() for row_id in change.ids}
    found = (fault for fault in check(_about(after, people)) if fault.id in touched)
    return tuple(
        fault for fault in found if (fault.code, fault.id, fault.field) not in was and fault.code != "unsourced"
    )


def _about(dataset: Dataset, people: Iterable[str]) -> Dataset:
    """The part of a dataset that the stints of some people name: a check of the whole takes long where it is large."""
    wanted = list(people)
    stints = dataset["stints"].filter(pl.col("person_id").is_in(wanted))
    seats = dataset["seats"].filter(pl.col("id").is_in(stints.get_column("seat_id").implode()))
    tables = {
        "people": dataset["people"].filter(pl.col("id").is_in(wanted)),
        "stints": stints,
        "seats": seats,
        "organizations": dataset["organizations"],
        "sources": dataset["sources"],
    }
    return Dataset.of(tables)
