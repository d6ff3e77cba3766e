"""Memberships of a Popolo document as stints, and the legislative periods that bound them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.domain.dataset import Row
from app.files.manifest import written
from app.files.objects import listed, text_of
from app.files.popolo_bodies import At, Organizations, People, Posts, within
from app.files.popolo_parts import File
from app.files.posts import backward, ranked
from app.files.reading import shown

_TAKEN = {
    *("id", "label", "role", "person_id", "person", "organization_id", "organization", "post_id", "post"),
    *("on_behalf_of_id", "on_behalf_of", "start_date", "end_date", "legislative_period_id", "sources"),
}


class Periods:
    """Events of a document by id, with their days: the periods for which somebody is elected."""

    def __init__(self, file: File, whole: Mapping[str, Any]) -> None:
        self._periods: dict[str, tuple[str, str | None, str | None]] = {}
        for row, given in listed(whole, "events", file.warnings):
            own = text_of(given, "id")
            at, about = ("events", row), file.about_file()
            start, end = file.interval(given, "start_date", "end_date", at=at, about=about)
            if own:
                self._periods.setdefault(own, (text_of(given, "name") or own, start, end))
            if text_of(given, "classification") != "legislative period":
                file.warnings.ignore("events")

    def find(self, own: str) -> tuple[str, str | None, str | None]:
        """Name, start and end of a period; blanks where there is none."""
        return self._periods.get(own, ("", None, None))


class Memberships:
    """Memberships wherever they stand: on their own, or within people, organizations and posts."""

    def __init__(
        self,
        file: File,
        whole: Mapping[str, Any],
        people: People,
        organizations: Organizations,
        posts: Posts,
        periods: Periods,
    ) -> None:
        self._file, self._people, self._organizations = file, people, organizations
        self._posts, self._periods = posts, periods
        self._rows: list[Row] = []
        seen: set[str] = set()
        for given, at in within(file, whole, "memberships", ("persons", "organizations", "posts")):
            own = text_of(given, "id") or written(
                {key: given[key] for key in given if not isinstance(given[key], dict)}
            )
            if own not in seen:
                self._take(given, at)
            elif at[0] == "memberships":
                message, remedy = "it stands there twice, and was taken once", "Remove one of the two."
                file.warn("repeated-row", message, remedy, at=at, field="id", about=file.about_file())
            seen.add(own)
        ranked(self._rows)

    def rows(self) -> list[Row]:
        """The rows of the table of stints."""
        return self._rows

    def _take(self, given: Mapping[str, Any], at: At) -> None:
        file = self._file
        person, seat = self._people.find(given, at), self._posts.find(given, at)
        organization = self._organizations.find(given, "organization", at)
        stated = bool(text_of(given, "organization_id")) or isinstance(given.get("organization"), dict)
        if organization is None and seat is not None and not stated:
            organization = seat["organization_id"]
        if person is None or organization is None:
            self._lost(given, at, person)
            return
        row_id = file.ids.new("st", person.removeprefix("person-"), self._organizations.name(organization))
        about = ("stints", row_id)
        if seat is None and (wanted := text_of(given, "post_id")):
            message, remedy = f"there is no post {shown(wanted)!r}", "Add it to posts, or correct post_id."
            file.warn("dangling", message, remedy, at=at, field="post_id", about=about)
        if seat is not None and seat["organization_id"] != organization:
            message, remedy = "its post is at another organization, and was not taken", "Correct one of the two."
            file.warn("other-organization", message, remedy, at=at, field="post_id", about=about)
            seat = None
        start, end, told = self._dates(given, at, about)
        behalf = self._organizations.find(given, "on_behalf_of", at)
        if behalf is not None:
            told = [*told, f"On behalf of {self._organizations.name(behalf)}"]
        self._rows.append(
            {
                "id": row_id,
                "person_id": person,
                "organization_id": organization,
                "role": text_of(given, "role") or text_of(given, "label") or None,
                "seat_id": seat["id"] if seat is not None else None,
                "start": start,
                "end": end,
                "notes": "\n".join(told) or None,
                "source_ids": file.cited(given),
                "extra": written({"popolo": {"on_behalf_of_id": behalf}}) if behalf else None,
            }
        )
        file.ignore("memberships", given, _TAKEN)

    def _dates(
        self, given: Mapping[str, Any], at: At, about: tuple[str, str]
    ) -> tuple[str | None, str | None, list[str]]:
        """Start and end, and what to say of them. A day that is not given is that of the legislative period, marked as
        uncertain: who is a member for all of a period has no days of their own there."""
        start, end = self._file.interval(given, "start_date", "end_date", at=at, about=about)
        period, opens, closes = self._periods.find(text_of(given, "legislative_period_id"))
        told = [f"Member in {period}"] if period else []
        if opens and not text_of(given, "start_date") and not backward(opens, end):
            start = _unsure(opens)
            told.append("Start: that of the period")
        if closes and not text_of(given, "end_date") and not backward(start, closes):
            end = _unsure(closes)
            told.append("End: that of the period")
        return start, end, told

    def _lost(self, given: Mapping[str, Any], at: At, person: str | None) -> None:
        """Say why a membership is no stint."""
        key = "person_id" if person is None else "organization_id"
        own = text_of(given, key) or text_of(given, "member_id")
        if person is None and not text_of(given, "person_id") and self._organizations.holds(own):
            message = f"its member {shown(own)!r} is an organization: no person is there, and it was left out"
            remedy = "Say by parent_id what stands below what."
        else:
            noun = "person" if person is None else "organization"
            message = f"there is no {noun} {shown(own)!r}, and it was left out" if own else f"it has no {key}"
            remedy = f"Add the {noun}, or correct {key}."
        self._file.warn("dangling", message, remedy, at=at, field=key, about=self._file.about_file())


def _unsure(text: str) -> str:
    return text if text[-1] in "~?%" else f"{text}?"
