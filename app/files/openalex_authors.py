"""Authors of OpenAlex → people, with a stint for each institution at which their works name them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from app.domain.dataset import Row
from app.files.dialects import Entry
from app.files.idents import Ids
from app.files.json_values import Value, items, record, text, texts
from app.files.openalex_institutions import Institutions, source
from app.files.openalex_years import dated, told, usable
from app.files.reading import Warnings, shown
from app.files.register_ids import standard
from app.files.register_posts import Post, stints

_KNOWN = frozenset(
    ("id", "orcid", "display_name", "display_name_alternatives", "ids", "affiliations", "topics", "updated_date")
)
_OF_ITSELF = frozenset(("works_api_url", "created_date", "relevance_score"))
"""What says nothing that the rest does not, and nothing about the person."""
_MOST_TOPICS = 5


@dataclass(frozen=True, slots=True)
class _Author:
    """What of an author is taken, for there may be very many of them. years: of each organization, by its id."""

    entry: Entry
    changed: str
    source: Row
    name: str
    aliases: tuple[str, ...]
    expertise: tuple[str, ...]
    orcid: str
    wikidata: str
    years: dict[str, tuple[int, ...]]


class Authors:
    """The authors of one dataset, each once."""

    def __init__(self, institutions: Institutions, ids: Ids, warnings: Warnings) -> None:
        self._institutions = institutions
        self._ids = ids
        self._warnings = warnings
        self._authors: dict[str, _Author] = {}

    def __len__(self) -> int:
        return len(self._authors)

    @property
    def sources(self) -> list[Row]:
        """The rows of their sources, one for each."""
        return [author.source for author in self._authors.values()]

    def add(self, own: str, value: Value, entry: Entry) -> None:
        """One author; of two objects of one author the newer counts, and the other is told."""
        known = self._authors.get(own)
        changed = text(value, "updated_date")
        newer = known is None or changed > known.changed
        if known is not None:
            place, other = (known.entry.place, entry.place) if newer else (entry.place, known.entry.place)
            message = f"{other} holds {own} as well, as new or newer, and that one was taken"
            self._warnings.passed_over(place, message, "Remove one of the two.")
        if newer:
            source_id = known.source["id"] if known else self._ids.new("openalex", own)
            self._authors[own] = self._author(own, value, entry, source_id)

    def rows(self) -> tuple[list[Row], list[Row]]:
        """The rows of people and of their stints."""
        people: list[Row] = []
        posts: list[Row] = []
        for own, author in self._authors.items():
            person_id = self._ids.new(author.name)
            if author.name == own:
                message, remedy = "it has no name, and its id stands for one", "Give the person a name."
                self._tell("no-name", message, remedy, author.entry, "display_name", ("people", person_id))
            people.append(
                {
                    "id": person_id,
                    "name": author.name,
                    "aliases": list(author.aliases),
                    "expertise": list(author.expertise),
                    "orcid": author.orcid or None,
                    "openalex": own,
                    "wikidata": author.wikidata or None,
                    "source_ids": [author.source["id"]],
                }
            )
            posts += stints(_posts(author), person_id, author.name, self._ids, self._warnings)
        return people, posts

    def _author(self, own: str, value: Value, entry: Entry, source_id: str) -> _Author:
        self._count(value)
        name = text(value, "display_name") or own
        orcid = text(value, "orcid") or text(record(value, "ids"), "orcid")
        if orcid and not standard("orcid", orcid):
            message = f"{shown(orcid)!r} is no ORCID iD"
            self._tell("bad-id", message, "Look the iD up again.", entry, "orcid", ("sources", source_id))
        topics = (text(topic, "display_name") for topic in items(value, "topics")[:_MOST_TOPICS])
        return _Author(
            entry,
            text(value, "updated_date"),
            source(source_id, own, name, value),
            name,
            tuple(alias for alias in texts(value, "display_name_alternatives") if alias != name),
            tuple(topic for topic in topics if topic),
            standard("orcid", orcid),
            standard("wikidata", text(record(value, "ids"), "wikidata")),
            self._years(value, entry, source_id),
        )

    def _years(self, value: Value, entry: Entry, source_id: str) -> dict[str, tuple[int, ...]]:
        """The years at each organization, those of affiliations to the same one drawn together."""
        years: dict[str, tuple[int, ...]] = {}
        about = ("sources", source_id)
        for n, affiliation in enumerate(items(value, "affiliations"), 1):
            label = f"affiliations {n}"
            body = self._institutions.named(record(affiliation, "institution"), entry, source_id)
            if body is None:
                message = f"{label} names no institution, and was left out"
                self._tell("missing", message, "Fetch the author again.", entry, label, about)
                continue
            given = [year for year in items(affiliation, "years") if type(year) is int]
            found = usable(given)
            if len(found) < len(items(affiliation, "years")):
                message = f"{label} has years that are none or stand there twice"
                self._tell("unreadable-date", message, "Fetch the author again.", entry, label, about)
            years[body.id] = usable((*years.get(body.id, ()), *found))
        return years

    def _count(self, value: Value) -> None:
        """Count what is not taken."""
        for key, held in value.items():
            if _says_something(held) and key not in _KNOWN | _OF_ITSELF:
                self._warnings.ignore(key)
        beyond = len(items(value, "topics")) - _MOST_TOPICS
        if beyond > 0:
            self._warnings.ignore(f"topics beyond the first {_MOST_TOPICS}", beyond)

    def _tell(self, code: str, message: str, remedy: str, entry: Entry, field: str, about: tuple[str, str]) -> None:
        self._warnings.add(code, message, remedy, entry=entry, field=field, about=about)


def _posts(author: _Author) -> Iterator[Post]:
    """The affiliations of an author with dates that are as sure as the years."""
    spans = list(author.years.values())
    for (body_id, span), when in zip(author.years.items(), dated(spans), strict=True):
        notes = f"Named there by works of {told(span)}" if span else "No year is given"
        yield Post(
            body_id,
            "employment",
            when.start,
            when.end,
            body_id,
            author.entry,
            (author.source["id"],),
            notes=notes,
            in_order=when.in_order,
        )


def _says_something(held: Any) -> bool:
    return held not in (None, "", [], {})
