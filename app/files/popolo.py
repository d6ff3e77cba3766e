"""Popolo JSON → a Dataset: people, organizations, posts and memberships (https://www.popoloproject.com/specs).

Also as EveryPolitician wrote it, with a legislative period for each membership. A membership is a stint, a post a seat;
members, posts and memberships may also stand within people and organizations, and do not count twice then. What is
private stays in the file (docs/decisions, on graphs and careers of other programs).
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from pathlib import Path
from typing import Any

from app.domain.dataset import Row
from app.files import objects
from app.files.idents import Ids
from app.files.popolo_bodies import Organizations, People, Posts
from app.files.popolo_memberships import Memberships, Periods
from app.files.popolo_parts import File
from app.files.posts import seen
from app.files.reading import Reading, Warnings
from app.files.texts import refused

_LISTS = ("persons", "organizations", "posts", "memberships", "events", "areas")


def recognises(keys: Set[str]) -> bool:
    """Whether a JSON object has keys that only a Popolo document has."""
    return bool({"persons", "memberships"} & keys)


def read(path: Path) -> Reading:
    """The Dataset of a Popolo document, and what is doubtful in it. FileError and DataError as for any JSON object, and
    FileError where it holds nobody and nothing."""
    whole, warnings, ids = objects.read(path), Warnings(), Ids()
    file = File(path, ids, warnings)
    organizations = Organizations(file, whole)
    people = People(file, whole)
    posts = Posts(file, whole, organizations)
    memberships = Memberships(file, whole, people, organizations, posts, Periods(file, whole))
    for key in sorted(set(whole) - set(_LISTS)):
        warnings.ignore(key)
    rows: Mapping[str, list[Row]] = {
        "organizations": organizations.rows(),
        "people": people.rows(),
        "seats": posts.rows(),
        "stints": memberships.rows(),
        "sources": file.sources(seen(memberships.rows())),
    }
    if not any(rows[name] for name in ("organizations", "people", "seats")):
        remedy = "Give a document with persons, organizations and memberships."
        raise refused(path, "no-tables", "it holds no people and no organizations", remedy)
    _ignore_areas(whole, warnings)
    return warnings.reading(rows)


def _ignore_areas(whole: Mapping[str, Any], warnings: Warnings) -> None:
    if n := len(objects.listed(whole, "areas", warnings)):
        warnings.ignore("areas", n)
