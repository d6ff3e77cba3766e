"""Saving over a file that somebody else has changed: noticed before anything is written."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from app.domain.errors import FileError
from app.files.registry import read, write
from app.files.stamp import Stamp
from app.session import logs
from app.session.backup import versions
from app.session.saving import saved
from tests.domain.worlds import labs
from tests.session.documents import opened, renamed, same_rows


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The file of a document."""
    return tmp_path / "a.json"


def test_the_file_is_written_and_what_it_was_is_kept(file: Path) -> None:
    document = opened(file)
    before = file.read_bytes()
    made = renamed(document, "One").dataset
    stamp = saved(made, file, document.stamp)
    assert stamp is not None
    assert not stamp.differs(file, closely=True)
    assert same_rows(read(file), made)
    assert [version.path.read_bytes() for version in versions(logs.versions(), file)] == [before]


def test_over_the_work_of_somebody_else_nothing_is_written(file: Path) -> None:
    document = opened(file)
    file.write_bytes(file.read_bytes().replace(b"Ada", b"Eda"))  # of the same size, at the same time
    assert document.stamp is not None
    os.utime(file, ns=(document.stamp.changed, document.stamp.changed))
    before = file.read_bytes()
    assert saved(renamed(document, "One").dataset, file, document.stamp) is None
    assert file.read_bytes() == before
    assert versions(logs.versions(), file) == []
    assert saved(renamed(document, "One").dataset, file) is not None  # who wants to


def test_a_file_that_was_only_touched_or_is_gone_is_written(file: Path) -> None:
    document = opened(file)
    os.utime(file, (1_000_000_000, 1_000_000_000))
    assert saved(document.dataset, file, document.stamp) is not None
    file.unlink()
    assert saved(document.dataset, file, document.stamp) is not None
    assert same_rows(read(file), labs())


def test_a_folder_of_tables_is_written_as_one(tmp_path: Path) -> None:
    folder = tmp_path / "tables"
    write(labs(), f"{folder}/")
    known = Stamp.of(folder)
    (folder / "people.csv").write_text((folder / "people.csv").read_text("utf-8") + "\n", "utf-8")
    assert saved(labs(), folder, known) is None
    assert saved(labs(), folder, Stamp.of(folder)) is not None


def test_where_it_cannot_be_written_that_is_told(file: Path, tmp_path: Path) -> None:
    document = opened(file)
    with pytest.raises(FileError):
        saved(document.dataset, tmp_path / "nowhere" / "a.json", document.stamp)
