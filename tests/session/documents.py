"""Documents on disk and their journals, for the tests of recovery."""

from __future__ import annotations

import os
from pathlib import Path

from app.domain.dataset import Dataset
from app.domain.edit import put
from app.domain.schema import TABLES
from app.files.registry import write
from app.files.stamp import Stamp
from app.session.document import Document
from app.session.journal import Journal
from app.session.recovery import found, recovered
from tests.domain.worlds import labs


def same_rows(one: Dataset, other: Dataset) -> bool:
    """Whether two datasets hold the same rows."""
    return all(one[name].equals(other[name]) for name in TABLES)


def assert_same(found: Document, expected: Document) -> None:
    """Equal in all but what is only remembered of the file."""
    assert same_rows(found.dataset, expected.dataset)
    assert (found.dataset.version, dict(found.dataset.unknown)) == (
        expected.dataset.version, dict(expected.dataset.unknown),
    )  # fmt: skip
    for name in ("past", "future"):
        one, other = getattr(found, name), getattr(expected, name)
        assert [edit.name for edit in one] == [edit.name for edit in other]
        assert list(one) == list(other)
    assert (found.saved, found.name, found.path) == (expected.saved, expected.name, expected.path)


def opened(path: Path) -> Document:
    """A dataset on disk, as a window opens it."""
    write(labs(), path)
    return Document(labs(), path, path.name, stamp=Stamp.of(path))


def renamed(document: Document, name: str, person: str = "ada") -> Document:
    """After an edit that gives a person a name, and adds them if they are not there."""
    row = document.dataset.row("people", person) or {"id": person}
    return document.done(put(document.dataset, f"Rename to {name}", {"people": [{**row, "name": name}]}))


def saved(document: Document, path: Path, at: Document | None = None) -> Document:
    """After a save of the document, or of a state of it."""
    write((at or document).dataset, path)
    return document.saved_as(path, at or document, Stamp.of(path))


def left_by_a_crash(journal: Journal) -> None:
    """What the end of its process does to a journal."""
    os.close(journal._file)
    journal._lock.unlock()


def back(folder: Path) -> Document:
    """The one document that comes back from a folder, without a word of warning."""
    (left,) = found(folder)
    made = recovered(left)
    assert (made.lost, made.warnings) == ((), ())
    made.journal.close(discard=True)
    return made.document
