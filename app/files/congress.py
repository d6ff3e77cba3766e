"""Members of the US Congress and presidents as `congress-legislators` publishes them (YAML) → a Dataset.

A person is a member with an official name; a term is a stint at the Senate, the House of Representatives or the
presidency, from its first day to the day on which it ends or is to end. State, district and class stand in unit and
role; party, and how somebody came in, in `extra`; roles of leadership in the notes of the person, for they run beside
the terms. Nothing private is taken over (docs/decisions, on graphs and careers of other programs).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import takewhile
from pathlib import Path
from typing import Any

from app.domain import dates
from app.domain.dataset import Row
from app.domain.meant import meant
from app.files import yamls
from app.files.dialects import Entry
from app.files.idents import Ids
from app.files.manifest import written
from app.files.objects import listed, text_of
from app.files.posts import backward, ranked, seen
from app.files.reading import Reading, Warnings, shown
from app.files.texts import refused

_SIGNS = ("bioguide:", "govtrack:")
"""Ids that only legislators have."""
_BODIES = {
    "sen": "United States Senate",
    "rep": "United States House of Representatives",
    "prez": "Presidency of the United States",
    "viceprez": "Presidency of the United States",
}
_ROLES = {"sen": "Senator", "rep": "Representative", "prez": "President", "viceprez": "Vice President"}
_KEPT = ("party", "caucus", "how", "end-type", "state_rank", "party_affiliations")
_TAKEN = {"type", "start", "end", "state", "district", "class", *_KEPT}
_NAMES = ("first", "middle", "last", "suffix", "nickname", "official_full")


def recognises(start: bytes) -> bool:
    """Whether a file that begins so is one of legislators: a list whose first member has such ids."""
    lines = start.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace").splitlines()
    told = [line for line in lines if line.strip() and not line.startswith(("#", "---"))]
    if not told or told[0].split() != ["-", "id:"]:
        return False
    first = takewhile(lambda line: line.startswith(" "), told[1:])
    return any(line.strip().startswith(_SIGNS) for line in first)


def read(path: Path) -> Reading:
    """The Dataset of terms, and what is doubtful in the file.

    FileError where it cannot be read, is no YAML, or lists nobody with a term.
    """
    found, warnings, ids = yamls.read(path), Warnings(), Ids()
    source = ids.new("src", path.stem)
    bodies = _Bodies(source, ids)
    people: list[Row] = []
    stints: list[Row] = []
    for row, member in listed({"legislators": found}, "legislators", warnings):
        name = _name(member)
        entry = Entry(str(path), path.name, row, {})
        _ignore(member, warnings)
        if not name:
            message, remedy = "a member has no name", "Give official_full, or first and last."
            warnings.add("missing", message, remedy, entry=entry, field="name", about=("sources", source))
            continue
        person = ids.new("person", name)
        people.append(_person(person, name, member, source))
        stints += _terms(person, name, member, entry, bodies, ids, warnings)
    if not stints:
        raise refused(path, "no-tables", "it lists nobody with a term", "Give legislators-current.yaml as it is.")
    ranked(stints)
    title = f"{path.name}: members of the United States Congress and presidents, with their terms"
    publisher, published = "unitedstates/congress-legislators", seen(stints)
    sources = [{"id": source, "publisher": publisher, "title": title, "published": published, "kind": "other"}]
    return warnings.reading({"organizations": bodies.rows(), "people": people, "stints": stints, "sources": sources})


def _name(member: Mapping[str, Any]) -> str:
    """The official name, else first name, middle name, last name and suffix."""
    parts = member.get("name")
    if not isinstance(parts, dict):
        return ""
    whole = [text_of(parts, key) for key in ("first", "middle", "last", "suffix")]
    return text_of(parts, "official_full") or " ".join(part for part in whole if part)


def _person(person: str, name: str, member: Mapping[str, Any], source: str) -> Row:
    parts = member["name"]
    first, last = text_of(parts, "first"), text_of(parts, "last")
    calls = [f"{call} {last}" for call in (first, text_of(parts, "nickname")) if call and last]
    ids = member.get("id")
    roles = [told for _, role in listed(member, "leadership_roles", Warnings()) if (told := _leadership(role))]
    return {
        "id": person,
        "name": name,
        "aliases": [call for call in dict.fromkeys(calls) if call != name],
        "wikidata": (text_of(ids, "wikidata") if isinstance(ids, dict) else "") or None,
        "notes": "\n".join(roles) or None,
        "source_ids": [source],
    }


def _leadership(role: Mapping[str, Any]) -> str:
    """A role of leadership in words: `Senate Majority Leader, 2021-01-20 to 2025-01-03`."""
    title, start, end = (text_of(role, key) for key in ("title", "start", "end"))
    days = f"{start} to {end}" if start and end else f"since {start}" if start else ""
    return ", ".join(part for part in (title, days) if part)


def _terms(
    person: str, name: str, member: Mapping[str, Any], entry: Entry, bodies: _Bodies, ids: Ids, warnings: Warnings
) -> Iterator[Row]:
    for n, term in listed(member, "terms", warnings):
        sort = text_of(term, "type")
        if sort not in _BODIES:
            message = f"term {n} of {shown(name)} is of type {shown(sort) or 'blank'}, and was not taken over"
            remedy = f"Types are {', '.join(_BODIES)}."
            warnings.add("unknown-word", message, remedy, entry=entry, field="type", about=("people", person))
            continue
        row_id = ids.new("st", name, str(n))
        start, end = (_day(term, key, n, row_id, entry, warnings) for key in ("start", "end"))
        if backward(start, end):
            message, remedy = f"term {n} ends {end}, before it begins {start}; neither day was taken", "Correct one."
            warnings.add("end-before-start", message, remedy, entry=entry, field="end", about=("stints", row_id))
            start = end = None
        kept = {key: term[key] for key in _KEPT if term.get(key)}
        yield {
            "id": row_id,
            "person_id": person,
            "organization_id": bodies.of(sort),
            "unit": text_of(term, "state") or None,
            "role": _role(sort, term),
            "start": start,
            "end": end,
            "source_ids": [bodies.source],
            "extra": written({"congress": kept}) if kept else None,
        }


def _role(sort: str, term: Mapping[str, Any]) -> str:
    """`Senator for WA, class 1`, `Representative for CA, district 12`; district 0 is a whole state."""
    role, state, district = _ROLES[sort], text_of(term, "state"), text_of(term, "district")
    if state:
        role += f" for {state}"
    if sort == "rep" and district:
        role += ", at large" if district == "0" else f", district {district}"
    number = text_of(term, "class")
    return f"{role}, class {number}" if sort == "sen" and number else role


def _day(term: Mapping[str, Any], key: str, n: int, row_id: str, entry: Entry, warnings: Warnings) -> str | None:
    """A day of a term; None where it is missing, or no date, which is told."""
    text = text_of(term, key)
    found = text if text != dates.OPEN and dates.readable(text) else getattr(meant(text[:60]), "text", None)
    if text and found is None:
        message, remedy = f"term {n}: {shown(text)!r} is not a date", "Write a day as 2025-01-03."
        warnings.add("unreadable-date", message, remedy, entry=entry, field=key, about=("stints", row_id))
    return found or None


def _ignore(member: Mapping[str, Any], warnings: Warnings) -> None:
    """Count what of a member no field holds."""
    for key, held in member.items():
        if key in ("id", "name"):
            parts = held if isinstance(held, dict) else {}
            for part in parts:
                if part not in (*_NAMES, "wikidata"):
                    warnings.ignore(f"{key}.{part}")
        elif key == "bio" and isinstance(held, dict):
            for part in held:
                warnings.ignore(f"bio.{part}, not taken over")
        elif key not in ("terms", "leadership_roles"):
            warnings.ignore(str(key))
    for _, term in listed(member, "terms", Warnings()):
        for key in term:
            if key not in _TAKEN:
                warnings.ignore(f"terms.{key}")


class _Bodies:
    """The chambers and the presidency: those that a term names. None stands under another, so that going from the House
    to the Senate is a move."""

    def __init__(self, source: str, ids: Ids) -> None:
        self.source = source
        self._ids = ids
        self._made: dict[str, str] = {}

    def of(self, sort: str) -> str:
        """The id of the body in which a term of this type is served."""
        name = _BODIES[sort]
        if name not in self._made:
            self._made[name] = self._ids.new(name)
        return self._made[name]

    def rows(self) -> list[Row]:
        """The rows of the table of organizations."""
        return [
            {"id": row_id, "name": name, "kind": "government", "source_ids": [self.source]}
            for name, row_id in self._made.items()
        ]
