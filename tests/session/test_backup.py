"""Earlier versions of a file: put aside before a save, the last few kept, elsewhere than the file."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.domain.errors import FileError
from app.files.registry import read, write
from app.session.backup import KEPT, put_aside, versions
from tests.domain.worlds import labs
from tests.session.documents import opened, renamed


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where earlier versions lie."""
    return tmp_path / "versions"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file in a folder that others share."""
    (tmp_path / "shared").mkdir()
    return tmp_path / "shared" / "market.json"


def at(path: Path, second: int) -> None:
    """Let a file have been written at some second."""
    os.utime(path, (1_700_000_000 + second, 1_700_000_000 + second))


def test_what_a_save_replaces_can_be_opened_again(folder: Path, file: Path) -> None:
    assert put_aside(folder, file) is None  # there is nothing yet
    document = opened(file)
    at(file, 0)
    put_aside(folder, file)
    write(renamed(document, "One").dataset, file)
    (version,) = versions(folder, file)
    assert version.time == datetime.fromtimestamp(1_700_000_000, UTC)
    assert read(version.path).row("people", "ada")["name"] == "Ada"
    assert version.path.name == "2023-11-14T22-13-20.000000Z market.json"
    assert [path.name for path in file.parent.iterdir()] == ["market.json"]  # nothing lies beside a shared file


def test_the_last_few_are_kept_the_newest_first(folder: Path, file: Path) -> None:
    for n in range(KEPT + 3):
        file.write_bytes(b"%d" % n)
        at(file, n)
        assert put_aside(folder, file) == put_aside(folder, file)  # the same version is there once
    assert [version.path.read_bytes() for version in versions(folder, file)] == [
        b"%d" % n for n in range(KEPT + 2, 2, -1)
    ]
    file.unlink()
    assert len(versions(folder, file)) == KEPT


def test_files_of_one_name_are_told_apart(folder: Path, file: Path, tmp_path: Path) -> None:
    other = tmp_path / "market.json"
    for path in (file, other):
        path.write_bytes(str(path).encode())
        put_aside(folder, path)
    assert [version.path.read_bytes() for version in versions(folder, other)] == [str(other).encode()]
    assert versions(folder, tmp_path / "nothing.json") == []


def test_a_folder_of_tables_is_put_aside_as_one(folder: Path, tmp_path: Path) -> None:
    tables = tmp_path / "tables"
    for n in range(KEPT + 1):
        write(labs(), f"{tables}/")
        at(tables, n)
        put_aside(folder, tables)
    assert len(versions(folder, tables)) == KEPT
    assert read(versions(folder, tables)[0].path).digest == labs().digest


def test_a_name_as_long_as_names_may_be(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / ("n" * 240 + ".json")
    path.write_bytes(b"x")
    assert put_aside(folder, path) == versions(folder, path)[0].path
    assert versions(folder, path)[0].path.suffix == ".json"


def test_what_cannot_be_put_aside_is_told_and_leaves_nothing(folder: Path, file: Path) -> None:
    folder.write_bytes(b"")
    file.write_bytes(b"x")
    with pytest.raises(FileError):
        put_aside(folder, file)
    assert folder.read_bytes() == b""


def test_strange_files_among_the_versions_are_passed_over(folder: Path, file: Path) -> None:
    file.write_bytes(b"x")
    aside = put_aside(folder, file)
    assert aside is not None
    (aside.parent / "notes.Z txt").write_bytes(b"")
    assert [version.path for version in versions(folder, file)] == [aside]
