"""Organizations, people and posts of a Popolo document, by the ids that they have there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from app.domain.circles import circles
from app.domain.dataset import Row
from app.files.manifest import written
from app.files.objects import listed, text_of
from app.files.popolo_parts import File, identifiers, names_of
from app.files.reading import shown

At = tuple[str, int]
"""The list that a record stands in, and its number there."""

_KINDS = {
    **dict.fromkeys(("company", "corporation", "business", "firm", "commercial"), "company"),
    **dict.fromkeys(("university", "college", "school", "academic"), "university"),
    **dict.fromkeys(("lab", "laboratory", "research institute", "institute"), "lab"),
    **dict.fromkeys(("startup", "start-up"), "startup"),
    **dict.fromkeys(("legislature", "chamber", "upper", "lower", "committee", "commission", "ministry"), "government"),
    **dict.fromkeys(("department", "executive", "government", "judiciary", "court", "council"), "government"),
    **dict.fromkeys(("party", "faction", "coalition", "alliance", "parliamentary group"), "other"),
    **dict.fromkeys(("ngo", "foundation", "association", "union", "charity"), "other"),
}
"""Kinds by what a classification says; there is no vocabulary for it."""


class Organizations:
    """Organizations, also those that stand within others or within memberships and posts."""

    def __init__(self, file: File, whole: Mapping[str, Any]) -> None:
        self._file = file
        self._rows: dict[str, Row] = {}
        self._names: dict[str, str] = {}
        self._above: dict[str, tuple[str, At]] = {}
        for row, given in listed(whole, "organizations", file.warnings):
            self._take(given, ("organizations", row))

    def find(self, given: Mapping[str, Any], key: str, at: At) -> str | None:
        """The record that `<key>_id` names or that stands under `<key>`; None where there is none."""
        inner = given.get(key)
        if isinstance(inner, dict):
            self._take(inner, at)
        own = text_of(given, f"{key}_id") or (text_of(inner, "id") if isinstance(inner, dict) else "")
        return str(self._rows[own]["id"]) if own in self._rows else None

    def name(self, row_id: str) -> str:
        """The name of an organization by its id here."""
        return self._names[row_id]

    def holds(self, own: str) -> bool:
        """Whether an id of the document is that of an organization."""
        return own in self._rows

    def rows(self) -> list[Row]:
        """The rows of the table of organizations, each below its parent."""
        for own, (above, at) in self._above.items():
            row = self._rows[own]
            if above in self._rows:
                row["parent_id"] = self._rows[above]["id"]
            else:
                message = f"{shown(row['name'])} stands below {shown(above)!r}, and there is no such organization"
                self._warn("dangling", message, "Add it, or correct parent_id.", at, row)
        by_id = {row["id"]: (row, own) for own, row in self._rows.items()}
        for circle in circles({row_id: (row["parent_id"],) for row_id, (row, _) in by_id.items() if row["parent_id"]}):
            row, own = by_id[circle[0]]
            message = f"{shown(row['name'])} stands below itself, by what others say"
            self._warn("circle", message, "Correct the parent_id of one of them.", self._above[own][1], row)
            row["parent_id"] = None
        return list(self._rows.values())

    def _warn(self, code: str, message: str, remedy: str, at: At, row: Row) -> None:
        about = ("organizations", row["id"])
        self._file.warn(code, message, remedy, at=at, field="parent_id", about=about)

    def _take(self, given: Mapping[str, Any], at: At) -> None:
        file, own, name = self._file, text_of(given, "id"), text_of(given, "name")
        if not own or own in self._rows:
            if own and at[0] == "organizations":
                _twice(file, "organization", own, at)
            elif not own and at[0] == "organizations":
                _without_id(file, "organization", name, at)
            return
        row_id = file.ids.new(name or own)
        self._names[row_id] = name or own
        about = ("organizations", row_id)
        if not name:
            _unnamed(file, "organization", own, at, about)
        founded, dissolved = file.interval(given, "founding_date", "dissolution_date", at=at, about=about)
        classification = text_of(given, "classification")
        registered = identifiers(given, file.warnings)
        extra: dict[str, Any] = {"ids": registered} if registered else {}
        if classification:
            extra["popolo"] = {"classification": classification}
        self._rows[own] = {
            "id": row_id,
            "name": name or own,
            "aliases": names_of(given, name, file.warnings),
            "kind": _KINDS.get(classification.lower().replace("_", " ")),
            "parent_id": None,
            "founded": founded,
            "dissolved": dissolved,
            "source_ids": file.cited(given),
            "extra": written(extra) if extra else None,
        }
        file.ignore("organizations", given, _TAKEN_OF_BODIES)
        parent = given.get("parent")
        above = text_of(given, "parent_id") or (text_of(parent, "id") if isinstance(parent, dict) else "")
        if above:
            self._above[own] = (above, at)
        if isinstance(parent, dict):
            self._take(parent, at)
        for _, child in listed(given, "children", file.warnings):
            self._take(child, at)


_TAKEN_OF_BODIES = {
    *("id", "name", "other_names", "identifiers", "classification", "parent_id", "parent", "children", "sources"),
    *("founding_date", "dissolution_date", "posts", "memberships"),
}
_TAKEN_OF_PEOPLE = {"id", "name", "other_names", "identifiers", "sources", "memberships"}
_TAKEN_OF_POSTS = {
    *("id", "label", "role", "organization_id", "organization", "start_date", "end_date", "sources", "memberships"),
}


class People:
    """People, also those that stand within memberships."""

    def __init__(self, file: File, whole: Mapping[str, Any]) -> None:
        self._file = file
        self._rows: dict[str, Row] = {}
        for row, given in listed(whole, "persons", file.warnings):
            self._take(given, ("persons", row))

    def find(self, given: Mapping[str, Any], at: At) -> str | None:
        """The person that `person_id` names or that stands under `person`; None where there is none."""
        inner = given.get("person")
        if isinstance(inner, dict):
            self._take(inner, at)
        own = text_of(given, "person_id") or (text_of(inner, "id") if isinstance(inner, dict) else "")
        return str(self._rows[own]["id"]) if own in self._rows else None

    def rows(self) -> list[Row]:
        """The rows of the table of people."""
        return list(self._rows.values())

    def _take(self, given: Mapping[str, Any], at: At) -> None:
        file, own = self._file, text_of(given, "id")
        parts = [text_of(given, key) for key in ("given_name", "additional_name", "family_name")]
        name = text_of(given, "name") or " ".join(part for part in parts if part)
        if not own or own in self._rows:
            if own and at[0] == "persons":
                _twice(file, "person", own, at)
            elif not own and at[0] == "persons":
                _without_id(file, "person", name, at)
            return
        row_id = file.ids.new("person", name or own)
        if not name:
            _unnamed(file, "person", own, at, ("people", row_id))
        registered = identifiers(given, file.warnings)
        for scheme in registered:
            if scheme not in ("wikidata", "orcid", "openalex"):
                file.warnings.ignore(f"persons.identifiers of {scheme}")
        self._rows[own] = {
            "id": row_id,
            "name": name or own,
            "aliases": names_of(given, name, file.warnings),
            **{scheme: registered.get(scheme) for scheme in ("wikidata", "orcid", "openalex")},
            "source_ids": file.cited(given),
        }
        file.ignore("persons", given, _TAKEN_OF_PEOPLE)


class Posts:
    """Posts as seats, also those that stand within organizations or memberships."""

    def __init__(self, file: File, whole: Mapping[str, Any], organizations: Organizations) -> None:
        self._file, self._organizations = file, organizations
        self._rows: dict[str, Row] = {}
        for given, at in within(file, whole, "posts", ("organizations",)):
            self._take(given, at)

    def find(self, given: Mapping[str, Any], at: At) -> Row | None:
        """The seat that `post_id` names or that stands under `post`; None where there is none."""
        inner = given.get("post")
        if isinstance(inner, dict):
            self._take(inner, at)
        own = text_of(given, "post_id") or (text_of(inner, "id") if isinstance(inner, dict) else "")
        return self._rows.get(own)

    def rows(self) -> list[Row]:
        """The rows of the table of seats."""
        return list(self._rows.values())

    def _take(self, given: Mapping[str, Any], at: At) -> None:
        file, own = self._file, text_of(given, "id")
        title = text_of(given, "label") or text_of(given, "role")
        if not own or own in self._rows:
            if not own:
                _without_id(file, "post", title, at)
            return
        organization = self._organizations.find(given, "organization", at)
        if organization is None:
            message = f"the post {shown(title or own)} is at no organization of the document, and was left out"
            remedy = "Add the organization, or correct organization_id."
            file.warn("dangling", message, remedy, at=at, field="organization_id", about=file.about_file())
            return
        row_id = file.ids.new("seat", self._organizations.name(organization), title or own)
        opened, closed = file.interval(given, "start_date", "end_date", at=at, about=("seats", row_id))
        self._rows[own] = {
            "id": row_id,
            "organization_id": organization,
            "title": title or None,
            "opened": opened,
            "closed": closed,
            "source_ids": file.cited(given),
        }
        file.ignore("posts", given, _TAKEN_OF_POSTS)


def within(
    file: File, whole: Mapping[str, Any], key: str, holders: tuple[str, ...]
) -> Iterator[tuple[Mapping[str, Any], At]]:
    """The records of a list of the document, then those in lists of the same name within other records, which name
    their holder by the id that the list leaves out."""
    for row, given in listed(whole, key, file.warnings):
        yield given, (key, row)
    for plural in holders:
        for row, holder in listed(whole, plural, file.warnings):
            for _, given in listed(holder, key, file.warnings):
                name = _HOLDERS[plural]
                held = {} if name in given else {f"{name}_id": text_of(holder, "id")}
                yield {**held, **given}, (plural, row)


_HOLDERS = {"persons": "person", "organizations": "organization", "posts": "post"}


def _twice(file: File, noun: str, own: str, at: At) -> None:
    message, remedy = f"another {noun} has the id {shown(own)!r}; this one was left out", "Give each an id of its own."
    file.warn("duplicate-id", message, remedy, at=at, field="id", about=file.about_file())


def _without_id(file: File, noun: str, name: str, at: At) -> None:
    message = f"the {noun} {shown(name) or 'without a name'} has no id, and was left out"
    file.warn("missing", message, "Give it an id.", at=at, field="id", about=file.about_file())


def _unnamed(file: File, noun: str, own: str, at: At, about: tuple[str, str]) -> None:
    message, remedy = f"the {noun} {shown(own)!r} has no name, and is called by its id", "Give it a name."
    file.warn("missing", message, remedy, at=at, field="name", about=about)
