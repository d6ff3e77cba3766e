"""One ORCID record (3.0, 2.1 or 2.0, XML or JSON) → what of it is public and about posts.

XML is first brought into the form of the JSON that ORCID gives for the same record, so that both mean the same.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.domain.errors import Fault, FileError
from app.files import json_values
from app.files.json_values import Value, items, record
from app.files.register_files import Member
from app.files.register_ids import standard
from app.files.xml_trees import local, tree

if TYPE_CHECKING:
    from lxml import etree

_COUNTED = {
    "works": "work-summary",
    "fundings": "funding-summary",
    "peer-reviews": "peer-review-summary",
    "research-resources": "research-resource-summary",
}
_UNASKED = frozenset(("source", "created-date", "preferences"))
_LISTED = {
    "emails": "email",
    "addresses": "address",
    "researcher-urls": "researcher-url",
    "external-identifiers": "external-identifier",
}
_AFFILIATIONS = (
    "employments",
    "educations",
    "qualifications",
    "invited-positions",
    "services",
    "distinctions",
    "memberships",
)
_SUMMARY = "-summary"
_WHOLE = "Fetch the whole record: its address ends in /record."
_THOUSAND = 1000


@dataclass(frozen=True, slots=True)
class Affiliation:
    """One entry of a list of affiliations. section: as in the file, in the singular; start, end: year, month, day, each
    blank where it is not given; register, its_id: of its organization, blank where it has none."""

    section: str
    put_code: str
    role: str
    unit: str
    name: str
    city: str
    country: str
    register: str
    its_id: str
    start: tuple[str, str, str]
    end: tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Record:
    """One person. modified: the day on which the record was last changed, blank if it does not say; ignored: what is in
    the record but not in here, by its name in the file."""

    orcid: str
    name: str
    aliases: tuple[str, ...]
    keywords: tuple[str, ...]
    modified: str
    affiliations: tuple[Affiliation, ...]
    ignored: Mapping[str, int]


def read(member: Member) -> Iterator[Record]:
    """The records of a member: one in XML, one or more in JSON.

    FileError where it cannot be read, or is a part of a record, or a message of an error.
    """
    if member.content.peek(_THOUSAND).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        root = tree(member.content.whole(), member.place)
        yield _record(local(root), _plain(root), member.place)
        return
    for value in json_values.values(member.content, member.place):
        yield _record("", value, member.place)


def _record(name: str, value: Any, place: str) -> Record:
    said = _text(value, "developer-message") or _text(value, "user-message")
    if name == "error" or (said and isinstance(value, dict) and "orcid-identifier" not in value):
        raise _refused(place, f"it is a message of an error, no record: {said}", "Fetch the record again.")
    if name not in ("", "record"):
        raise _refused(place, f"it is a part of a record ({name}), which does not say whose it is", _WHOLE)
    if not record(value, "orcid-identifier"):
        raise _refused(place, "it is no ORCID record: it has no orcid-identifier", _WHOLE)
    ignored: Counter[str] = Counter()
    person, activities = record(value, "person"), record(value, "activities-summary")
    names = [found for found in _names(person, ignored) if found]
    affiliations = tuple(_affiliations(activities, ignored))
    for section in _COUNTED:
        ignored[section] += _n_summaries(activities.get(section))
    for section, key in _LISTED.items():
        ignored[section] += len(items(record(person, section), key))
    ignored["biography"] += bool(_text(person.get("biography"), "content"))
    return Record(
        standard("orcid", _text(value["orcid-identifier"], "path")),
        names[0] if names else "",
        tuple(dict.fromkeys([*names[1:], *_contents(person, "other-names", "other-name", ignored)])),
        tuple(dict.fromkeys(_contents(person, "keywords", "keyword", ignored))),
        _day(_text(record(value, "history"), "last-modified-date")),
        affiliations,
        {key: n for key, n in ignored.items() if n},
    )


def _names(person: Value, ignored: Counter[str]) -> list[str]:
    """The name that a person publishes under, and the one made of its parts."""
    name = record(person, "name")
    if name and not _is_public(name):
        ignored["name that is not public"] += 1
        return []
    parts = " ".join(part for key in ("given-names", "family-name") if (part := _text(name, key)))
    return list(dict.fromkeys((_text(name, "credit-name"), parts)))


def _contents(person: Value, section: str, key: str, ignored: Counter[str]) -> list[str]:
    """The texts of a list of a person."""
    found = [item for item in items(record(person, section), key) if isinstance(item, dict)]
    public = [item for item in found if _is_public(item)]
    ignored[f"{key} that is not public"] += len(found) - len(public)
    return [content for item in public if (content := _text(item, "content"))]


def _affiliations(activities: Value, ignored: Counter[str]) -> Iterator[Affiliation]:
    for section in _AFFILIATIONS:
        for key, found in _summaries(activities.get(section)):
            if not _is_public(found):
                ignored[f"{key} that is not public"] += 1
                continue
            organization = record(found, "organization")
            address = record(organization, "address")
            known = record(organization, "disambiguated-organization")
            for name, held in (
                ("region", _text(address, "region")),
                ("url", _text(found, "url")),
                ("external-ids", items(record(found, "external-ids"), "external-id")),
            ):
                ignored[name] += bool(held)
            yield Affiliation(
                key,
                _text(found, "put-code"),
                _text(found, "role-title"),
                _text(found, "department-name"),
                _text(organization, "name"),
                _text(address, "city"),
                _text(address, "country"),
                _text(known, "disambiguation-source").lower(),
                _text(known, "disambiguated-organization-identifier"),
                _date(found, "start-date"),
                _date(found, "end-date"),
            )


def _summaries(section: Any) -> Iterator[tuple[str, Value]]:
    """The summaries of a list of affiliations: within groups in 3.0, at once below it in 2.x."""
    for group in (section, *items(section, "affiliation-group")):
        for holder in (group, *items(group, "summaries")):
            for key in holder if isinstance(holder, dict) else ():
                if key.endswith(_SUMMARY):
                    for found in items(holder, key):
                        if isinstance(found, dict):
                            yield key.removesuffix(_SUMMARY), found


def _n_summaries(section: Any) -> int:
    """How many summaries there are, however deep in groups."""
    if isinstance(section, list):
        return sum(_n_summaries(item) for item in section)
    if not isinstance(section, dict):
        return 0
    return sum(len(items(section, key)) if key.endswith(_SUMMARY) else _n_summaries(section[key]) for key in section)


def _date(found: Value, key: str) -> tuple[str, str, str]:
    date = record(found, key)
    return _text(date, "year"), _text(date, "month"), _text(date, "day")


def _day(text: str) -> str:
    """The day of a time: as in XML, or in milliseconds as in JSON; blank if it is none."""
    try:
        if text.isdecimal():
            moment = dt.datetime.fromtimestamp(int(text) / _THOUSAND, dt.UTC)
        else:
            moment = dt.datetime.fromisoformat(text)
            moment = moment.astimezone(dt.UTC) if moment.tzinfo else moment
    except (ValueError, OverflowError, OSError):
        return ""
    return moment.date().isoformat()


def _is_public(found: Value) -> bool:
    return _text(found, "visibility").lower() == "public"


def _text(value: Any, key: str) -> str:
    """The text of a key, which may stand in a `value` of its own."""
    found = value.get(key) if isinstance(value, dict) else None
    return json_values.text(found.get("value") if isinstance(found, dict) else found)


def _plain(element: etree._Element) -> Any:
    """An element as it stands in JSON: what is within it by name, several of one name as a list, and attributes that
    mean something. What nothing asks for is left out; of what is only counted, the summaries are empty."""
    if not len(element):
        return element.text or ""
    found: Value = {key: value for key in ("visibility", "put-code") if (value := element.get(key)) is not None}
    for inner in element:
        key = local(inner)
        if key in _UNASKED:
            continue
        if key in _COUNTED:
            n = sum(1 for _ in inner.iter(f"{{*}}{_COUNTED[key]}"))
            found[key] = {_COUNTED[key]: [{}] * n}
        elif key not in found:
            found[key] = _plain(inner)
        elif isinstance(found[key], list):
            found[key].append(_plain(inner))
        else:
            found[key] = [found[key], _plain(inner)]
    return found


def _refused(place: str, message: str, remedy: str) -> FileError:
    return FileError(Fault("wrong-format", message, remedy, file=place))
