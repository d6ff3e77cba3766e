"""OpenAlex authors and institutions → a Dataset: people with where their works name them, and organizations.

Read is JSON: single objects, lists, one object a line, pages of results, packed or not, or a folder, zip or tarball of
such files. OpenAlex infers an affiliation from what works print below their titles: what that makes of dates stands in
`openalex_years`, and of kinds in docs/decisions (registers of research).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.domain.dataset import Row
from app.domain.errors import Fault, FileError
from app.files import json_values
from app.files.dialects import Entry
from app.files.idents import Ids
from app.files.json_values import Value, items, record, text, texts
from app.files.openalex_institutions import Institutions, source
from app.files.openalex_years import dated, told, usable
from app.files.reading import Reading, Warnings, shown
from app.files.register_bodies import Bodies
from app.files.register_files import Document
from app.files.register_ids import standard
from app.files.register_posts import Post, stints
from app.files.register_records import records
from app.files.texts import refused

_KNOWN = frozenset(
    ("id", "orcid", "display_name", "display_name_alternatives", "ids", "affiliations", "topics", "updated_date")
)
_OF_ITSELF = frozenset(("works_api_url", "created_date", "relevance_score"))
"""What says nothing that the rest does not, and nothing about the person."""
_MOST_TOPICS = 5


@dataclass(frozen=True, slots=True)
class _Author:
    entry: Entry
    value: Value
    changed: str


def read(path: Path) -> Reading:
    """The Dataset of authors and institutions, what is doubtful in them, and what of them was not taken.

    FileError where a file cannot be read, is not harmless, or holds neither.
    """
    warnings, ids = Warnings(), Ids()
    bodies = Bodies(ids, warnings)
    institutions = Institutions(bodies, ids, warnings)
    authors: dict[str, _Author] = {}
    for entry, value in records(path, "openalex", _values, warnings):
        own = standard("openalex", text(value, "id"))
        if own.startswith("A"):
            _keep(authors, own, _Author(entry, _asked(value, warnings), text(value, "updated_date")), warnings)
        elif own.startswith("I"):
            institutions.add(own, value, entry)
        else:
            said = shown(text(value, "id")) or "nothing"
            message = f"object {entry.row} is neither an author nor an institution: its id is {said}"
            warnings.passed_over(entry.place, message, "Fetch authors or institutions.")
    if not authors and not institutions.n:
        raise refused(
            path, "no-records", "it holds no OpenAlex author or institution", "Fetch authors or institutions."
        )
    people = _People(institutions, ids, warnings)
    for own, author in authors.items():
        people.add(own, author)
    institutions.arrange()
    tables = {"organizations": bodies.rows(), "people": people.rows, "stints": people.stints}
    return warnings.reading({**tables, "sources": [*institutions.sources, *people.sources]})


def _values(document: Document) -> Iterator[Any]:
    """The objects of a document, those of pages one by one."""
    for value in json_values.values(document.content, document.place):
        if isinstance(value, dict) and isinstance(value.get("results"), list):
            yield from value["results"]
        elif isinstance(value, dict) and ("error" in value and "id" not in value):
            message = f"it is a message of an error, no record: {shown(text(value, 'message') or text(value, 'error'))}"
            raise FileError(Fault("wrong-format", message, "Fetch the record again.", file=document.place))
        else:
            yield value


def _asked(value: Value, warnings: Warnings) -> Value:
    """What of an author is taken; the rest is counted and let go, for there may be very many of them."""
    for key, held in value.items():
        if held not in (None, "", [], {}) and key not in _KNOWN | _OF_ITSELF:
            warnings.ignore(key)
    topics = items(value, "topics")
    if len(topics) > _MOST_TOPICS:
        warnings.ignore(f"topics beyond the first {_MOST_TOPICS}", len(topics) - _MOST_TOPICS)
    return {**{key: held for key, held in value.items() if key in _KNOWN}, "topics": topics[:_MOST_TOPICS]}


def _keep(authors: dict[str, _Author], own: str, found: _Author, warnings: Warnings) -> None:
    """Of two objects of one author the newer."""
    known = authors.get(own)
    older = found
    if known is None or found.changed > known.changed:
        older = known or found
        authors[own] = found
    if known is not None:
        message = f"{authors[own].entry.place} holds {own} as well, as new or newer, and that one was taken"
        warnings.passed_over(older.entry.place, message, "Remove one of the two.")


class _People:
    """The rows of people, their stints and sources."""

    def __init__(self, institutions: Institutions, ids: Ids, warnings: Warnings) -> None:
        self._institutions = institutions
        self._ids = ids
        self._warnings = warnings
        self.rows: list[Row] = []
        self.stints: list[Row] = []
        self.sources: list[Row] = []

    def add(self, own: str, author: _Author) -> None:
        """One author."""
        value, entry = author.value, author.entry
        name = text(value, "display_name") or own
        person_id, source_id = self._ids.new(name), self._ids.new("openalex", own)
        if name == own:
            about, message = ("people", person_id), "it has no name, and its id stands for one"
            remedy = "Give the person a name."
            self._warnings.add("no-name", message, remedy, entry=entry, field="display_name", about=about)
        orcid = text(value, "orcid") or text(record(value, "ids"), "orcid")
        if orcid and not standard("orcid", orcid):
            message, remedy = f"{shown(orcid)!r} is no ORCID iD", "Look the iD up again."
            about = ("people", person_id)
            self._warnings.add("bad-id", message, remedy, entry=entry, field="orcid", about=about)
        self.rows.append(
            {
                "id": person_id,
                "name": name,
                "aliases": [alias for alias in texts(value, "display_name_alternatives") if alias != name],
                "expertise": [found for topic in items(value, "topics") if (found := _name(topic))],
                "orcid": standard("orcid", orcid) or None,
                "openalex": own,
                "wikidata": standard("wikidata", text(record(value, "ids"), "wikidata")) or None,
                "source_ids": [source_id],
            }
        )
        self.sources.append(source(source_id, own, name, value))
        self.stints += stints(self._posts(value, entry, source_id), person_id, name, self._ids, self._warnings)

    def _posts(self, value: Value, entry: Entry, source_id: str) -> list[Post]:
        """The affiliations of an author, those of one institution drawn together."""
        years: dict[str, list[int]] = {}
        for n, affiliation in enumerate(items(value, "affiliations"), 1):
            label = f"affiliations {n}"
            institution = record(affiliation, "institution")
            body = self._institutions.named(institution, entry, source_id)
            if body is None:
                message, remedy = f"{label} names no institution, and was left out", "Fetch the author again."
                self._warnings.add("missing", message, remedy, entry=entry, field=label, about=("sources", source_id))
                continue
            given = [year for year in items(affiliation, "years") if type(year) is int]
            years.setdefault(body.id, []).extend(given)
            if len(usable(given)) < len(items(affiliation, "years")):
                message, remedy = f"{label} has years that are none or stand there twice", "Fetch the author again."
                self._warnings.add(
                    "unreadable-date", message, remedy, entry=entry, field=label, about=("sources", source_id)
                )
        spans = [usable(given) for given in years.values()]
        return [
            Post(
                body_id,
                "employment",
                when.start,
                when.end,
                body_id,
                entry,
                (source_id,),
                notes=f"Named there by works of {told(span)}" if span else "No year is given",
                in_order=when.in_order,
            )
            for body_id, span, when in zip(years, spans, dated(spans), strict=True)
        ]


def _name(topic: Any) -> str:
    return text(topic, "display_name")
