"""Zip files that are looked at before they are believed.

Refused, each by name: paths that lead out of the archive, links, encrypted or overlapping members, two members of one
name, too many members, and members that unpack to more than they may. What a member holds is read up to the size that
it declares, no further.
"""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from app.domain.errors import Fault, FileError
from app.files.texts import read_error

MAGIC = b"PK"
MOST_MEMBERS = 1_000
MOST_BYTES = 2**32
"""Bytes of all members together, unpacked: 4 GiB."""
MOST_RATIO = 250
"""How much a member may grow, if it grows past SMALL."""
SMALL = 16_000_000

_LOCAL_HEADER = 30
_DATE = (1980, 1, 1, 0, 0, 0)
_PLAIN_FILE = (stat.S_IFREG | 0o644) << 16
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class Archive:
    """An open zip file whose members have been found harmless. Names are without folders, if not asked for."""

    def __init__(self, path: Path, file: zipfile.ZipFile, members: Mapping[str, zipfile.ZipInfo]) -> None:
        self._path = path
        self._file = file
        self._members = members

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the members, sorted."""
        return tuple(sorted(self._members))

    def open(self, name: str) -> BinaryIO:
        """A member to read from; FileError where it is damaged. KeyError if there is none."""
        try:
            return self._file.open(self._members[name])  # type: ignore[return-value]  # an IO[bytes] that only reads
        except _BROKEN as error:
            raise _damaged(self._path, str(error), name) from error

    def read(self, name: str) -> bytes:
        """A member as a whole."""
        try:
            return self._file.read(self._members[name])
        except _BROKEN as error:
            raise _damaged(self._path, str(error), name) from error


_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError)
_BROKEN = (*_DAMAGED, RuntimeError)
"""What the library raises on opening: a RuntimeError for what it does not know."""


@contextmanager
def opened(path: Path, *, most: int = MOST_MEMBERS, folders: bool = False) -> Iterator[Archive]:
    """An archive, for as long as the block runs. FileError where it cannot be read or is not harmless.

    most: members that it may have; folders: whether names are with the folders that members lie in.
    """
    try:
        file = zipfile.ZipFile(path)
    except _BROKEN as error:
        raise _damaged(path, str(error)) from error
    except OSError as error:
        raise read_error(path, error) from error
    with file:
        try:
            yield Archive(path, file, _harmless(path, file.infolist(), most, folders=folders))
        except _DAMAGED as error:
            raise _damaged(path, str(error)) from error
        except OSError as error:
            raise read_error(path, error) from error


def write(file: BinaryIO, members: Mapping[str, Callable[[BinaryIO], None]], *, packed: bool) -> None:
    """A zip file with these members in this order, all of one date, so that equal content is equal bytes."""
    with zipfile.ZipFile(file, "w") as archive:
        for name, writes in members.items():
            info = zipfile.ZipInfo(name, _DATE)
            info.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
            info.create_system = 3  # Unix, on every system
            info.external_attr = _PLAIN_FILE
            with archive.open(info, "w", force_zip64=True) as member:
                writes(member)  # type: ignore[arg-type]  # an IO[bytes] that only writes


def _harmless(path: Path, members: list[zipfile.ZipInfo], most: int, *, folders: bool) -> dict[str, zipfile.ZipInfo]:
    """The files of an archive by name; those of the system (`.DS_Store`, `__MACOSX`) are passed over."""
    if len(members) > most:
        raise _unsafe(path, "", f"it has more than {most:,} members")
    if sum(member.file_size for member in members) > MOST_BYTES:
        raise _unsafe(path, "", f"it unpacks to more than {MOST_BYTES / 2**30:.0f} GB")
    _refuse_overlaps(path, members)
    found: dict[str, zipfile.ZipInfo] = {}
    for member in members:
        name = member.orig_filename
        pure = PurePosixPath(name)
        if pure.is_absolute() or ".." in pure.parts or "\\" in name or ":" in name or "\0" in name or not name:
            raise _unsafe(path, name, "its path leads out of the archive")
        if stat.S_ISLNK(member.external_attr >> 16):
            raise _unsafe(path, name, "it is a link")
        if member.flag_bits & 0x1:
            raise _unsafe(path, name, "it is encrypted", "Unpack it with its password and open the folder.")
        if member.file_size > SMALL and member.file_size > MOST_RATIO * max(member.compress_size, 1):
            raise _unsafe(path, name, f"it unpacks to {member.file_size:,} bytes out of {member.compress_size:,}")
        if member.is_dir() or pure.name.startswith(".") or "__MACOSX" in pure.parts:
            continue
        if member.compress_type not in _METHODS:
            raise _unsafe(path, name, "it is packed by a method that is not known", "Pack it again as an ordinary zip.")
        key = name if folders else pure.name
        if key in found:
            raise _unsafe(path, name, "two members have this name", "Remove one of the two.")
        found[key] = member
    return found


def _refuse_overlaps(path: Path, members: list[zipfile.ZipInfo]) -> None:
    """Members that share bytes can unpack to far more than the file holds (Fifield, "A better zip bomb", 2019)."""
    end = 0
    for member in sorted(members, key=lambda m: m.header_offset):
        if member.header_offset < end:
            raise _unsafe(path, member.orig_filename, "it overlaps another member")
        end = member.header_offset + _LOCAL_HEADER + len(member.orig_filename) + member.compress_size


def _unsafe(path: Path, member: str, message: str, remedy: str = "") -> FileError:
    place = f"{path}: {member}" if member else str(path)
    return FileError(
        Fault("unsafe-archive", message, remedy or "It was not opened: fetch it from where you trust it.", file=place)
    )


def _damaged(path: Path, message: str, member: str = "") -> FileError:
    place = f"{path}: {member}" if member else str(path)
    return FileError(
        Fault(
            "damaged",
            f"the zip file is damaged: {message}",
            "Take it from a backup or fetch it again.",
            file=place,
        )
    )
