"""What all classes of a Popolo document share: dates, identifiers, other names, sources, and how faults are told."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.domain import dates
from app.domain.dataset import Row
from app.domain.meant import meant
from app.files.dialects import Entry
from app.files.idents import Ids
from app.files.objects import listed, text_of
from app.files.posts import backward
from app.files.reading import Warnings, shown

PRIVATE = {
    *("email", "gender", "birth_date", "death_date", "image", "images", "contact_details", "national_identity"),
    *("phone", "fax", "cell", "address", "links"),
}
"""Properties that are not taken over: contacts, what is personal, and pages of people."""
_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]\d{2}:.*", re.ASCII)
_NOTHING: tuple[object, ...] = (None, "", [], {})

LONGEST = 60
"""Characters of a text that may be a date."""

About = tuple[str, str]
"""Table and id of a record."""


class File:
    """The document that is read: its source, those that it names, the ids that are taken, the warnings."""

    def __init__(self, path: Path, ids: Ids, warnings: Warnings) -> None:
        self.ids, self.warnings = ids, warnings
        self._path = path
        self._own = ids.new("src", path.stem)
        self._cited: dict[str, Row] = {}

    def sources(self, published: str | None) -> list[Row]:
        """The rows of the table of sources: the file, published about then, and the addresses that it names."""
        title = f"{self._path.name}: people and organizations in Popolo JSON"
        own = {"id": self._own, "title": title, "published": published, "kind": "other"}
        return [own, *self._cited.values()]

    def cited(self, record: Mapping[str, Any]) -> list[str]:
        """The ids of the sources of a record: the file, and the addresses that the record names."""
        found = [self._own]
        for _, link in listed(record, "sources", self.warnings):
            url, note = text_of(link, "url"), text_of(link, "note")
            if url:
                if url not in self._cited:
                    row_id = self.ids.new("src", re.sub(r"^\w+://(?:www\.)?", "", url))
                    self._cited[url] = {"id": row_id, "url": url, "title": note or None, "kind": "other"}
                found.append(str(self._cited[url]["id"]))
        return list(dict.fromkeys(found))

    def warn(self, code: str, message: str, remedy: str, *, at: tuple[str, int], field: str, about: About) -> None:
        """A warning about a record. at: the list that it stands in, and its number there."""
        entry = Entry(str(self._path), self._path.name, at[1], {})
        self.warnings.add(code, message, remedy, entry=entry, field=f"{at[0]}.{field}", about=about)

    def about_file(self) -> About:
        """What a warning is about where there is no record."""
        return "sources", self._own

    def ignore(self, kind: str, record: Mapping[str, Any], taken: set[str]) -> None:
        """Count the properties of a record that no field holds."""
        for key, held in record.items():
            if key not in taken and held not in _NOTHING:
                self.warnings.ignore(f"{kind}.{key}" + (", not taken over" if key in PRIVATE else ""))

    def date(self, record: Mapping[str, Any], key: str, *, at: tuple[str, int], about: About) -> str | None:
        """A date of a record; None where it is missing, or no date, which is told."""
        text = text_of(record, key)
        if match := _TIME.fullmatch(text):
            text = match[1]
        text = text.removesuffix("-00").removesuffix("-00")  # a month or a day that is not known, as some write it
        if text and text != dates.OPEN and dates.readable(text):
            return text
        found = meant(text) if 0 < len(text) <= LONGEST else None
        if text and found is None:
            message, remedy = f"{shown(text)!r} is not a date", "Write 2025-06-26, 2025-06 or 2025."
            self.warn("unreadable-date", message, remedy, at=at, field=key, about=about)
        return (found.text or None) if found is not None else None

    def interval(
        self, record: Mapping[str, Any], start: str, end: str, *, at: tuple[str, int], about: About
    ) -> tuple[str | None, str | None]:
        """Two dates of a record; neither where the second lies before the first, which is told."""
        first, last = (self.date(record, key, at=at, about=about) for key in (start, end))
        if not backward(first, last):
            return first, last
        message = f"it ends {last}, before it begins {first}; neither day was taken"
        self.warn("end-before-start", message, "Correct one of the two.", at=at, field=end, about=about)
        return None, None


def names_of(record: Mapping[str, Any], name: str, warnings: Warnings) -> list[str]:
    """The other names of a record, in the order of the file, each once."""
    found = [text_of(other, "name") for _, other in listed(record, "other_names", warnings)]
    return [other for other in dict.fromkeys(found) if other and other != name]


def identifiers(record: Mapping[str, Any], warnings: Warnings) -> dict[str, str]:
    """The identifiers of a record by their scheme in small letters, the first of each."""
    found: dict[str, str] = {}
    for _, given in listed(record, "identifiers", warnings):
        scheme, text = text_of(given, "scheme").lower(), text_of(given, "identifier")
        if scheme and text:
            found.setdefault(scheme, text.rstrip("/").rpartition("/")[2] if scheme in _BARE else text)
    return found


_BARE = ("wikidata", "orcid", "openalex")
"""Schemes whose identifiers are written without the address before them."""
