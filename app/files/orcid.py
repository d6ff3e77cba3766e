"""ORCID records → a Dataset: people with their posts and studies, as they state them themselves.

Read are records in XML or JSON: one, a folder or zip of them, and the tarball of summaries that ORCID publishes each
year. Of each record what is public, and nothing but names, keywords, iD, posts and studies: no address of any kind.
What is done with the lists of affiliations, and with their dates, says docs/decisions (registers of research).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from app.domain import dates
from app.domain.dataset import Row
from app.files.dialects import Entry
from app.files.idents import Ids
from app.files.manifest import written
from app.files.orcid_records import Affiliation, Record
from app.files.orcid_records import read as read_records
from app.files.reading import Reading, Warnings, shown
from app.files.register_bodies import Bodies
from app.files.register_ids import is_orcid, standard
from app.files.register_posts import Post, edtf, stints
from app.files.register_records import records
from app.files.texts import refused

_KINDS = {
    "employment": "employment",
    "education": "education",
    "qualification": "education",
    "invited-position": "visiting",
}
_ADVICE = re.compile(r"\b(?:advis[eo]r|advisory|scientific board)\b", re.IGNORECASE)


def read(path: Path) -> Reading:
    """The Dataset of ORCID records, what is doubtful in them, and what of them was not taken.

    FileError where a file cannot be read, is not harmless, or holds no record.
    """
    warnings = Warnings()
    found: dict[str, tuple[Entry, Record]] = {}
    for entry, record in records(path, "orcid", read_records, warnings):
        key = record.orcid or f"{entry.place} {entry.row}"
        if key not in found or record.modified > found[key][1].modified:
            older = found.get(key)
            found[key] = entry, record
        else:
            older = entry, record
        if older is not None:
            _passed_over(older[0], record.orcid, found[key][0], warnings)
    if not found:
        raise refused(path, "no-records", "it holds no ORCID record", "Give records in XML or JSON.")
    return _Made(warnings).reading(found.values())


class _Made:
    """The tables as they grow, record by record."""

    def __init__(self, warnings: Warnings) -> None:
        self._ids = Ids()
        self._warnings = warnings
        self._bodies = Bodies(self._ids, warnings)
        self._rows: dict[str, list[Row]] = {name: [] for name in ("people", "stints", "sources")}

    def reading(self, found: Iterable[tuple[Entry, Record]]) -> Reading:
        """All of it."""
        for entry, record in found:
            self._add(entry, record)
        return self._warnings.reading({"organizations": self._bodies.rows(), **self._rows})

    def _add(self, entry: Entry, record: Record) -> None:
        name = record.name or record.orcid or f"{entry.name} {entry.row}"
        person_id = self._ids.new(name)
        source_id = self._ids.new("orcid", record.orcid or name)
        about = ("people", person_id)
        if not record.name:
            message, remedy = "no name in it is public, and its iD stands for one", "Give the person a name."
            self._warnings.add("no-name", message, remedy, entry=entry, field="name", about=about)
        if not is_orcid(record.orcid):
            message = (
                f"{shown(record.orcid)!r} is no ORCID iD: its last sign does not fit"
                if record.orcid
                else "it has no iD"
            )
            self._warnings.add("bad-id", message, "Look the iD up again.", entry=entry, field="orcid", about=about)
        for key, n in record.ignored.items():
            self._warnings.ignore(key, n)
        posts: dict[tuple[str, ...], Post] = {}
        for found in record.affiliations:
            if post := self._post(found, entry, about, source_id):
                says = (post.organization_id, post.kind, post.unit, post.role, post.start, post.end)
                first = posts.setdefault(says, post)
                if first is not post:
                    message, remedy = f"it says the same as {first.key}, and was taken once", "Nothing has to be done."
                    self._warnings.add("repeated", message, remedy, entry=entry, field=post.key, about=about)
        self._rows["people"].append(
            {
                "id": person_id,
                "name": name,
                "aliases": [alias for alias in record.aliases if alias != name],
                "expertise": list(record.keywords),
                "orcid": record.orcid or None,
                "source_ids": [source_id],
            }
        )
        self._rows["stints"] += stints(posts.values(), person_id, name, self._ids, self._warnings)
        self._rows["sources"].append(
            {
                "id": source_id,
                "publisher": "ORCID",
                "title": f"ORCID record of {name}",
                "url": f"https://orcid.org/{record.orcid}" if record.orcid else None,
                "published": record.modified or None,
                "kind": "profile",
            }
        )

    def _post(self, found: Affiliation, entry: Entry, about: tuple[str, str], source_id: str) -> Post | None:
        """The stint of an affiliation; None where it is no post, or nobody says where."""
        kind = _KINDS.get(found.section) or (
            "advisor" if found.section == "service" and _ADVICE.search(found.role) else ""
        )
        if not kind:
            self._warnings.ignore(found.section)
            return None
        label = f"{found.section} {found.put_code}".strip()
        if not found.name:
            message, remedy = "it names no organization, and was left out", "Give the organization its name."
            self._warnings.add("missing", message, remedy, entry=entry, field=label, about=about)
            return None
        start, end = (self._date(given, entry, f"{label} {name}", about) for name, given in _dates(found))
        if start and found.end == ("", "", ""):
            end = dates.OPEN
        return Post(
            self._organization(found, entry, source_id),
            kind,
            start,
            end,
            label,
            entry,
            (source_id,),
            unit=found.unit,
            role=found.role,
            extra=written({"orcid": {"put_code": found.put_code}}) if found.put_code else None,
        )

    def _date(self, given: tuple[str, str, str], entry: Entry, label: str, about: tuple[str, str]) -> str:
        text, whole = edtf(*given)
        if not whole:
            said = shown("-".join(part for part in given if part))
            message = f"{said!r} is no date; {f'{text} of it is kept' if text else 'it is left blank'}"
            self._warnings.add("unreadable-date", message, "Correct the date.", entry=entry, field=label, about=about)
        return text

    def _organization(self, found: Affiliation, entry: Entry, source_id: str) -> str:
        """The id of the organization of an affiliation."""
        own = standard(found.register, found.its_id)
        if found.its_id and not own:
            self._warnings.ignore(f"disambiguated-organization of {found.register or 'no register'}")
        ids = {found.register: own} if own else {}
        body = self._bodies.found(found.name, found.country, ids, entry=entry, source=source_id)
        body.city = body.city or found.city
        return body.id


def _dates(found: Affiliation) -> tuple[tuple[str, tuple[str, str, str]], ...]:
    return ("start-date", found.start), ("end-date", found.end)


def _passed_over(older: Entry, orcid: str, newer: Entry, warnings: Warnings) -> None:
    message = f"{newer.place} holds a record of {orcid} that is as new or newer, and that one was taken"
    warnings.passed_over(older.place, message, "Remove one of the two.")
