"""Writing that either succeeds as a whole or leaves everything as it was.

A file is written under another name in its own folder, made durable, and then takes the place of the old one in one
step; a folder likewise. Whatever fails on the way, the old content stays and nothing is left lying about.
"""

from __future__ import annotations

import errno
import os
import secrets
import shutil
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from app.domain.errors import Fault, FileError

_REASONS = {
    errno.ENOSPC: ("disk-full", "the disk is full", "Free some space, or save to another disk."),
    errno.EDQUOT: ("disk-full", "your share of the disk is used up", "Free some space, or save to another disk."),
    errno.EFBIG: ("too-large", "the disk takes no file of this size", "Save to another disk."),
    errno.EROFS: ("read-only", "the disk is read-only", "Save to another folder."),
    errno.EACCES: ("read-only", "you may not write here", "Save to another folder, or change the permissions."),
    errno.EPERM: ("read-only", "you may not write here", "Save to another folder, or change the permissions."),
    errno.ENOENT: ("no-folder", "there is no such folder", "Make the folder first, or correct the path."),
    errno.ENOTDIR: ("no-folder", "a part of the path is not a folder", "Correct the path."),
    errno.EISDIR: ("is-folder", "it is a folder", "Give the name of a file."),
    errno.ENAMETOOLONG: ("name", "the name is too long", "Choose a shorter name."),
    errno.ELOOP: ("name", "the links of the path go round in a circle", "Correct the path."),
}


def write_atomically(path: Path, content: bytes) -> None:
    """Write a whole file at once. FileError if it cannot be written; the old file is as it was then."""
    with replacing(path) as file:
        file.write(content)


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A file to write into that takes the place of `path` when the block ends well.

    Permission bits of an existing file are kept; a symbolic link stays and its target is replaced. FileError for a full
    disk, a folder that is missing or read-only, a path that is a folder, a file that is write-protected.
    """
    with told(path):
        target = Path(os.path.realpath(path))
        mode = _mode_of(target, path)
        part = target.with_name(f".{secrets.token_hex(6)}.part")
        try:
            descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
            with os.fdopen(descriptor, "wb") as file:
                if mode is not None:
                    part.chmod(mode)
                yield file
                file.flush()
                os.fsync(file.fileno())
            part.replace(target)
        except BaseException:
            with suppress(OSError):
                part.unlink()
            raise
        settle(target.parent)


def write_folder(path: Path, files: dict[str, Callable[[BinaryIO], None]]) -> None:
    """Write a folder that holds exactly these files (name → what writes it); it takes the place of an old one.

    FileError as for a file; also where the old folder holds anything else, for that would be lost.
    """
    with told(path):
        target = Path(os.path.realpath(path))
        _refuse_foreign(target, set(files), path)
        part = target.with_name(f".{secrets.token_hex(6)}.part")
        try:
            part.mkdir()
            if target.exists():
                part.chmod(stat.S_IMODE(target.stat().st_mode))
            for name, writes in files.items():
                with (part / name).open("wb") as file:
                    writes(file)
                    file.flush()
                    os.fsync(file.fileno())
            settle(part)
            _exchange(part, target)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
        settle(target.parent)


def write_error(path: Path, error: OSError) -> FileError:
    """The FileError for a path that could not be written."""
    code, message, remedy = _REASONS.get(
        error.errno or 0, ("unwritable", error.strerror or str(error), "Try again, or save to another place.")
    )
    return FileError(Fault(code, f"it could not be written: {message}", remedy, file=str(path)))


@contextmanager
def told(path: Path) -> Iterator[None]:
    """What the operating system refuses, as a FileError of this path."""
    try:
        yield
    except OSError as error:
        raise write_error(path, error) from error


def _mode_of(target: Path, path: Path) -> int | None:
    """Permission bits of the file to be replaced, None if there is none."""
    try:
        status = target.stat()
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not stat.S_ISREG(status.st_mode):
        raise FileError(Fault("not-a-file", "it is not an ordinary file", "Give the name of a file.", file=str(path)))
    if not status.st_mode & stat.S_IWUSR or not os.access(target, os.W_OK):
        raise FileError(Fault("read-only", "the file is write-protected", "Save under another name.", file=str(path)))
    return stat.S_IMODE(status.st_mode)


def _refuse_foreign(target: Path, ours: set[str], path: Path) -> None:
    if not target.exists():
        return
    if not target.is_dir():
        raise FileError(
            Fault("not-a-folder", "there is a file of this name", "Choose another name for the folder.", file=str(path))
        )
    foreign = sorted(entry.name for entry in target.iterdir() if entry.name not in ours)
    if foreign:
        raise FileError(
            Fault(
                "foreign-files",
                f"the folder holds other files ({', '.join(foreign[:3])}{', …' if len(foreign) > 3 else ''})",
                "Choose a new or empty folder: what is in the old one would be lost.",
                file=str(path),
            )
        )


def _exchange(part: Path, target: Path) -> None:
    """Put a new folder in the place of an old one; the old one comes back if that fails."""
    if not target.exists():
        part.rename(target)
        return
    old = target.with_name(f"{part.name}.old")
    target.rename(old)
    try:
        part.rename(target)
    except BaseException:
        old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)


def settle(folder: Path) -> None:
    """Make the entries of a folder durable where the system can: not on Windows, nor on some network disks.

    A refusal is passed over, for by now the new content stands in its place and is whole.
    """
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
