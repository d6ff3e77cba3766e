"""OpenAlex authors and institutions → a Dataset: people with where their works name them, and organizations.

Read is JSON: single objects, lists, one object a line, pages of results, packed or not, or a folder, zip or tarball of
such files. OpenAlex infers an affiliation from what works print below their titles: what that makes of dates stands in
`openalex_years`, and of kinds in docs/decisions (registers of research).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from app.domain.errors import Fault, FileError
from app.files import json_values
from app.files.idents import Ids
from app.files.json_values import text
from app.files.openalex_authors import Authors
from app.files.openalex_institutions import Institutions
from app.files.reading import Reading, Warnings, shown
from app.files.register_bodies import Bodies
from app.files.register_files import Member
from app.files.register_ids import standard
from app.files.register_records import records
from app.files.texts import refused


def read(path: Path) -> Reading:
    """The Dataset of authors and institutions, what is doubtful in them, and what of them was not taken.

    FileError where a file cannot be read, is not harmless, or holds neither.
    """
    warnings, ids = Warnings(), Ids()
    bodies = Bodies(ids, warnings)
    institutions = Institutions(bodies, ids, warnings)
    authors = Authors(institutions, ids, warnings)
    for entry, value in records(path, "openalex", _values, warnings):
        own = standard("openalex", text(value, "id"))
        if own.startswith("A"):
            authors.add(own, value, entry)
        elif own.startswith("I"):
            institutions.add(own, value, entry)
        else:
            said = shown(text(value, "id")) or "nothing"
            message = f"object {entry.row} is neither an author nor an institution: its id is {said}"
            warnings.passed_over(entry.place, message, "Fetch authors or institutions.")
    if not len(authors) and not institutions.n:
        message, remedy = "it holds no OpenAlex author or institution", "Fetch authors or institutions."
        raise refused(path, "no-records", message, remedy)
    people, stints = authors.rows()
    institutions.arrange()
    tables = {"organizations": bodies.rows(), "people": people, "stints": stints}
    return warnings.reading({**tables, "sources": [*institutions.sources, *authors.sources]})


def _values(member: Member) -> Iterator[Any]:
    """The objects of a member, those of pages one by one."""
    for value in json_values.values(member.content, member.place):
        if isinstance(value, dict) and isinstance(value.get("results"), list):
            yield from value["results"]
        elif isinstance(value, dict) and ("error" in value and "id" not in value):
            message = f"it is a message of an error, no record: {shown(text(value, 'message') or text(value, 'error'))}"
            raise FileError(Fault("wrong-format", message, "Fetch the record again.", file=member.place))
        else:
            yield value
