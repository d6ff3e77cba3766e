"""A write that fails leaves the old content as it was and nothing beside it."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from app.domain.errors import FileError
from app.files import atomic, registry
from tests.files.made import full, put

TARGETS = ("d.json", "d.json.gz", "d.talentflow", "d.csv.zip", "d/")


def state(folder: Path) -> dict[str, bytes]:
    """Everything below a folder."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def failing(number: int) -> Callable[..., None]:
    """A call to the system that fails."""

    def fail(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return fail


def test_a_new_file_and_a_replaced_one(tmp_path: Path):
    atomic.write_atomically(tmp_path / "a", b"one")
    atomic.write_atomically(tmp_path / "a", b"two")
    assert state(tmp_path) == {"a": b"two"}


def test_permission_bits_are_kept(tmp_path: Path):
    path = put(tmp_path / "a", b"one")
    path.chmod(0o640)
    atomic.write_atomically(path, b"two")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_new_file_has_the_permissions_that_the_user_wants(tmp_path: Path):
    plain = put(tmp_path / "plain", b"")
    atomic.write_atomically(tmp_path / "a", b"one")
    assert (tmp_path / "a").stat().st_mode == plain.stat().st_mode


def test_a_link_stays_and_its_target_is_replaced(tmp_path: Path):
    (tmp_path / "there").mkdir()
    target = put(tmp_path / "there" / "a", b"one")
    link = tmp_path / "link"
    link.symlink_to(target)
    atomic.write_atomically(link, b"two")
    assert link.is_symlink()
    assert target.read_bytes() == b"two"


@pytest.mark.parametrize("name", TARGETS)
@pytest.mark.parametrize("old", [True, False])
@pytest.mark.parametrize(
    ("call", "number", "code"),
    [("fsync", errno.ENOSPC, "disk-full"), ("open", errno.EACCES, "read-only"), ("open", errno.EROFS, "read-only")],
)
def test_a_full_disk_and_a_read_only_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, old: bool, call: str, number: int, code: str
):
    if old:
        registry.write(full(), f"{tmp_path}/{name}")
    before = state(tmp_path)
    if call == "open" and name.endswith("/"):
        monkeypatch.setattr(Path, "mkdir", failing(number))
    else:
        monkeypatch.setattr(os, call, failing(number))
    with pytest.raises(FileError) as caught:
        registry.write(full(), f"{tmp_path}/{name}")
    monkeypatch.undo()
    assert caught.value.fault.code == code
    assert caught.value.fault.file == str(tmp_path / name.rstrip("/"))
    assert caught.value.fault.remedy
    assert caught.value.exit_code == 3
    assert state(tmp_path) == before


def test_a_failure_of_the_writer_itself(tmp_path: Path):
    put(tmp_path / "a", b"one")

    def write_half() -> None:
        with atomic.replacing(tmp_path / "a") as file:
            file.write(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_half()
    assert state(tmp_path) == {"a": b"one"}


def test_a_folder_comes_back_if_it_cannot_be_exchanged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    registry.write(full(), f"{tmp_path}/d/")
    before = state(tmp_path)
    rename = Path.rename

    def only_away(self: Path, target: Path) -> Path:
        if self.suffix == ".part":
            raise OSError(errno.EIO, "Input/output error")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", only_away)
    with pytest.raises(FileError):
        registry.write(full(), f"{tmp_path}/d/")
    assert state(tmp_path) == before


@pytest.mark.parametrize(
    ("name", "code"), [("none/d.json", "no-folder"), ("file/d.json", "no-folder"), ("folder", "is-folder")]
)
def test_places_that_are_none(tmp_path: Path, name: str, code: str):
    put(tmp_path / "file", b"")
    (tmp_path / "folder").mkdir()
    with pytest.raises(FileError) as caught:
        atomic.write_atomically(tmp_path / name, b"x")
    assert caught.value.fault.code == code


def test_a_write_protected_file_is_not_replaced(tmp_path: Path):
    path = put(tmp_path / "a", b"one")
    path.chmod(0o444)
    with pytest.raises(FileError, match="write-protected"):
        atomic.write_atomically(path, b"two")
    assert path.read_bytes() == b"one"


def test_what_is_no_file_is_not_replaced(tmp_path: Path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(FileError, match="not an ordinary file"):
        atomic.write_atomically(tmp_path / "pipe", b"x")


def test_a_folder_with_other_files_is_not_replaced(tmp_path: Path):
    registry.write(full(), f"{tmp_path}/d/")
    put(tmp_path / "d" / "thesis.txt", b"years of work")
    with pytest.raises(FileError, match=r"thesis\.txt"):
        registry.write(full(), f"{tmp_path}/d/")
    assert (tmp_path / "d" / "thesis.txt").read_bytes() == b"years of work"


def test_a_file_is_no_folder(tmp_path: Path):
    put(tmp_path / "d", b"x")
    with pytest.raises(FileError, match="there is a file of this name"):
        registry.write(full(), f"{tmp_path}/d/")
