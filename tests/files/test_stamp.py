"""Whether a file on disk is another than it was."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from app.domain.errors import FileError
from app.files.registry import write
from app.files.stamp import Stamp
from tests.files.made import full, put


def test_a_file_is_the_same_until_its_content_changes(tmp_path: Path):
    path = put(tmp_path / "a.json", b"one")
    stamp = Stamp.of(path)
    assert not stamp.differs(path)
    os.utime(path, (1, 1))
    assert not stamp.differs(path)  # only touched
    path.write_bytes(b"two")
    assert stamp.differs(path)
    path.write_bytes(b"one")
    assert not stamp.differs(path)
    path.unlink()
    assert stamp.differs(path)


def test_looking_closely_trusts_no_clock(tmp_path: Path):
    path = put(tmp_path / "a.json", b"one")
    stamp = Stamp.of(path)
    path.write_bytes(b"two")
    os.utime(path, ns=(stamp.changed, stamp.changed))
    assert stamp.differs(path, closely=True)


def test_a_folder_is_all_of_its_files(tmp_path: Path):
    write(full(), f"{tmp_path}/d/")
    stamp = Stamp.of(tmp_path / "d")
    assert not stamp.differs(tmp_path / "d", closely=True)
    write(full(), f"{tmp_path}/d/")
    assert not stamp.differs(tmp_path / "d")  # saved anew, with the same content
    people = tmp_path / "d" / "people.csv"
    whole = people.read_bytes()
    people.write_bytes(whole + b"x")
    assert stamp.differs(tmp_path / "d")
    people.write_bytes(whole)
    people.rename(tmp_path / "d" / "persons.csv")
    assert stamp.differs(tmp_path / "d", closely=True)


def test_what_is_not_there_has_no_stamp(tmp_path: Path):
    with pytest.raises(FileError, match="no such file"):
        Stamp.of(tmp_path / "a.json")
