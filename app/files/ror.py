"""The Research Organization Registry → a Dataset of organizations, with their parents and what became of them.

Read are dumps and single records of schema 1 and 2, as JSON, packed or in the zip that ROR publishes. A dump holds each
record twice where both schemas are in one zip: the same id is one organization.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from app.domain import dates
from app.domain.dataset import Row
from app.files import json_values
from app.files.dialects import Entry
from app.files.idents import Ids
from app.files.openalex_institutions import KINDS
from app.files.reading import Reading, Warnings
from app.files.register_bodies import Bodies, Body
from app.files.register_files import Member
from app.files.register_records import records
from app.files.ror_records import Organization, organization
from app.files.ror_successions import Successions
from app.files.texts import refused

_DAY = re.compile(r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)", re.ASCII)


def read(path: Path) -> Reading:
    """The Dataset of organizations, what is doubtful in them, and what of them was not taken.

    FileError where a file cannot be read, is not harmless, or holds none.
    """
    warnings, ids = Warnings(), Ids()
    dump = _Dump(ids, warnings)
    for entry, value in records(path, "ror", _values, warnings):
        dump.add(value, entry)
    if not dump.found:
        raise refused(path, "no-records", "it holds no ROR record", "Give a dump or a record of ROR as JSON.")
    successions = dump.arrange()
    dump.found.clear()  # a dump of all organizations takes as much memory again below
    rows = {"organizations": dump.bodies.rows(), "successions": successions, "sources": dump.sources()}
    return warnings.reading(rows)


def _values(member: Member) -> Iterator[Any]:
    """The records of a member, those of pages one by one."""
    for value in json_values.values(member.content, member.place):
        if isinstance(value, dict) and isinstance(value.get("items"), list):
            yield from value["items"]
        else:
            yield value


class _Dump:
    """The organizations as they come along."""

    def __init__(self, ids: Ids, warnings: Warnings) -> None:
        self.found: dict[str, tuple[Organization, Entry, Body]] = {}
        self.bodies = Bodies(ids, warnings)
        self._ids = ids
        self._warnings = warnings
        self._sources: dict[str, Row] = {}

    def add(self, value: Any, entry: Entry) -> None:
        """One record."""
        found = organization(value)
        if found is None:
            message, remedy = f"record {entry.row} has no ROR id or no name, and was left out", "Fetch it again."
            self._warnings.passed_over(entry.place, message, remedy)
            return
        source_id = self._source(found, entry)
        if found.ror in self.found:
            held, before, body = self.found[found.ror]
            body.sources.add(source_id)
            if found.changed <= held.changed:
                return
            message = f"{found.ror} is newer there than in {before.place}, where it was read"
            self._warnings.passed_over(entry.place, message, "Read the newer file by itself.")
            return
        body = self.bodies.found(found.name, found.country, found.ids, entry=entry, source=source_id)
        self.found[found.ror] = found, entry, body
        body.called(*found.aliases)
        body.city, body.founded = found.city, found.founded
        body.kind = next((KINDS[kind] for kind in KINDS if kind in found.types), "other")
        if found.more:
            body.more["other_ids"] = found.more
        if found.status == "withdrawn":
            body.status = "denied"
            body.notes.append("Withdrawn from ROR: a record made in error or a second time")
        elif found.status == "inactive":
            body.notes.append("Inactive in ROR: it no longer exists, or not as it was")
        for key in found.ignored:
            self._warnings.ignore(key)

    def arrange(self) -> list[Row]:
        """Put each below its parent; the rows of successions."""
        successions = Successions(self._ids, self._warnings)
        absent = 0
        for found, entry, body in self.found.values():
            for relation, ror in found.relations:
                other = self.found.get(ror)
                if other is None:
                    absent += 1
                elif relation == "parent":
                    self.bodies.place(body, other[2], entry)
                elif relation == "child":
                    self.bodies.place(other[2], body, other[1])
                elif relation in ("successor", "predecessor"):
                    before, after = (found, other[0]) if relation == "successor" else (other[0], found)
                    successions.add(self.found[before.ror], self.found[after.ror], entry)
                else:
                    self._warnings.ignore(f"relationships {relation}".strip())
        if absent:
            self._warnings.ignore("relationships to organizations that are not in the file", absent)
        return successions.rows()

    def sources(self) -> list[Row]:
        """One row for each file, as new as the newest of its records."""
        return list(self._sources.values())

    def _source(self, found: Organization, entry: Entry) -> str:
        row = self._sources.get(entry.place)
        if row is None:
            row = self._sources[entry.place] = {
                "id": self._ids.new("ror", entry.name.rpartition("/")[2].split(".json")[0]),
                "publisher": "Research Organization Registry",
                "title": f"ROR: {entry.name}",
                "url": found.ror,
                "published": _day_of(entry.name),
                "kind": "other",
            }
        elif row["url"] != found.ror:
            row["url"] = "https://ror.org"
        if found.changed > (row["published"] or "") and dates.readable(found.changed):
            row["published"] = found.changed
        return str(row["id"])


def _day_of(name: str) -> str | None:
    """The day in the name of a dump, as ROR gives it: v1.59-2025-01-23-ror-data.json."""
    found = _DAY.search(name)
    return found[0] if found and dates.readable(found[0]) else None
