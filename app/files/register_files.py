"""The members that hold records of a register: a file, a folder of them with all folders below, a zip or a tarball.

Each may be packed by gzip. Members of a tarball come one after the other as it is unpacked; nothing is written to disk
and no more than one member is held. Refused, each by name: members that lead out of the archive, links and devices, too
many members, and what unpacks to more than it may.
"""

from __future__ import annotations

import gzip
import os
import tarfile
import zipfile
import zlib
from collections.abc import Generator, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, Protocol, cast

from app.domain.errors import Fault, FileError
from app.files import archive
from app.files.texts import GZIP, read_error, refused

MOST_FILES = 300_000
"""Members of one folder, zip or tarball."""
MOST_BYTES = 2**35
"""Bytes of a file, or of all members of a tarball, unpacked: 32 GiB. Of these only what is taken is held."""
LARGEST = 2**26
"""Bytes of a member that is held as a whole: 64 MiB."""

_ENDINGS = (".json", ".jsonl", ".ndjson", ".xml", ".gz")
_TAR = (257, b"ustar")
_BROKEN = (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile, tarfile.TarError, RuntimeError)


class _Reads(Protocol):
    def read(self, size: int, /) -> bytes: ...


class Content:
    """Bytes to read once, as far as a limit; what is damaged or too large becomes a FileError that names it."""

    def __init__(self, file: _Reads, place: str, most: int = MOST_BYTES) -> None:
        self._file = file
        self._place = place
        self._most = most
        self._ahead = b""
        self._n = 0

    def peek(self, size: int) -> bytes:
        """The next bytes, which stay to be read; fewer at the end."""
        while len(self._ahead) < size and (more := self._next(size - len(self._ahead))):
            self._ahead += more
        return self._ahead[:size]

    def read(self, size: int) -> bytes:
        """At most so many bytes, none at the end."""
        if self._ahead:
            found, self._ahead = self._ahead[:size], self._ahead[size:]
            return found
        return self._next(size)

    def whole(self) -> bytes:
        """All that is left. FileError where that is more than LARGEST."""
        parts: list[bytes] = []
        n = 0
        while part := self.read(2**20):
            parts.append(part)
            n += len(part)
            if n > LARGEST:
                raise _too_large(self._place, LARGEST)
        return b"".join(parts)

    def _next(self, size: int) -> bytes:
        try:
            found = self._file.read(size)
        except _BROKEN as error:
            raise _damaged(self._place, error) from error
        except OSError as error:
            raise read_error(Path(self._place), error) from error
        self._n += len(found)
        if self._n > self._most:
            raise _too_large(self._place, self._most)
        return found


@dataclass(frozen=True, slots=True)
class Member:
    """One file, or one member of an archive. place: for messages; name: its own name, with the folders that it lies in;
    content: to be read before the next member is asked for."""

    place: str
    name: str
    content: Content


@contextmanager
def opened(path: Path) -> Iterator[Iterator[Member]]:
    """The members of a path in the order of their names, of a tarball in its own, for as long as the block runs.

    A file that is given alone may have any name; of others those count that end in .json, .jsonl, .ndjson, .xml or .gz.
    FileError, then or while they are read, where something cannot be read or is not harmless.
    """
    with ExitStack() as stack:
        if path.is_dir():
            yield stack.enter_context(closing(_folder(path)))
            return
        file = stack.enter_context(_open(path))
        if file.read(len(archive.MAGIC)) == archive.MAGIC:
            box = stack.enter_context(archive.opened(path, most=MOST_FILES, folders=True))
            yield stack.enter_context(closing(_zip(path, box)))
            return
        file.seek(0)
        content = _unpacked(file, str(path))
        start = content.peek(_TAR[0] + len(_TAR[1]))
        if start[_TAR[0] :] == _TAR[1]:
            yield stack.enter_context(closing(_tarball(content, path)))
        else:
            yield iter((Member(str(path), path.name, content),))


def _folder(path: Path) -> Generator[Member, None, None]:
    n = 0
    for at, folders, names in os.walk(path, onerror=_unreadable):
        folders.sort()
        for name in sorted(names):
            if name.startswith(".") or not name.lower().endswith(_ENDINGS):
                continue
            n += 1
            _count(n, str(path))
            found = Path(at, name)
            with _open(found) as file:
                yield Member(str(found), found.relative_to(path).as_posix(), _unpacked(file, str(found)))


def _zip(path: Path, box: archive.Archive) -> Generator[Member, None, None]:
    for name in box.names:
        if name.lower().endswith(_ENDINGS):
            place = f"{path}: {name}"
            with closing(box.open(name)) as file:
                yield Member(place, name, _unpacked(file, place))


def _tarball(content: Content, path: Path) -> Generator[Member, None, None]:
    stream = _Forward(content, path)
    try:
        with tarfile.open(fileobj=cast(BinaryIO, stream), mode="r:", encoding="utf-8") as box:
            for n, info in enumerate(box, 1):
                _count(n, str(path))
                _harmless(path, info)
                name = PurePosixPath(info.name)
                if info.isreg() and not name.name.startswith(".") and name.name.lower().endswith(_ENDINGS):
                    place = f"{path}: {info.name}"
                    if info.size > LARGEST:
                        raise _too_large(place, LARGEST)
                    file = box.extractfile(info)
                    if file is not None:
                        yield Member(place, info.name, _unpacked(cast(BinaryIO, file), place, LARGEST))
                cast(Any, box).members.clear()  # it would keep what it has passed
    except (tarfile.TarError, ValueError, OverflowError) as error:
        raise _damaged(str(path), error) from error


class _Forward:
    """A stream as a tarball is read from: positions are counted, and nothing is read twice."""

    def __init__(self, content: Content, path: Path) -> None:
        self._content = content
        self._path = path
        self._at = 0

    def tell(self) -> int:
        return self._at

    def seek(self, to: int) -> int:
        if to < self._at:
            raise tarfile.ReadError("its members do not follow each other")
        while self._at < to and self.read(min(to - self._at, 2**20)):
            pass
        return self._at

    def read(self, size: int) -> bytes:
        if size > LARGEST + tarfile.BLOCKSIZE:
            raise _too_large(str(self._path), LARGEST)
        parts = []
        while size and (part := self._content.read(size)):
            parts.append(part)
            size -= len(part)
            self._at += len(part)
        return b"".join(parts)


def _harmless(path: Path, info: tarfile.TarInfo) -> None:
    pure = PurePosixPath(info.name)
    if pure.is_absolute() or ".." in pure.parts or "\\" in info.name or ":" in info.name or "\0" in info.name:
        raise _unsafe(path, info.name, "its path leads out of the archive")
    if not info.isreg() and not info.isdir():
        raise _unsafe(path, info.name, "it is a link, a device or another thing that is no file")


def _unpacked(file: _Reads, place: str, most: int = MOST_BYTES) -> Content:
    """The content of a file, unpacked if it is gzip."""
    content = Content(file, place, most)
    if content.peek(len(GZIP)) != GZIP:
        return content
    return Content(gzip.GzipFile(fileobj=cast(BinaryIO, content), mode="rb"), place, most)


def _open(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        raise read_error(path, error) from error


def _unreadable(error: OSError) -> None:
    raise read_error(Path(error.filename or "."), error) from error


def _count(n: int, place: str) -> None:
    if n > MOST_FILES:
        message = f"it holds more than {MOST_FILES:,} files"
        raise FileError(Fault("too-large", message, "Take the ones that are needed into one of its own.", file=place))


def _unsafe(path: Path, member: str, message: str) -> FileError:
    remedy = "It was not opened: fetch it from where you trust it."
    return FileError(Fault("unsafe-archive", message, remedy, file=f"{path}: {member}"))


def _too_large(place: str, most: int) -> FileError:
    message = f"it holds more than {most / 2**20:,.0f} MB"
    return FileError(
        Fault("too-large", message, "Take the records that are needed into a file of their own.", file=place)
    )


def _damaged(place: str, error: Exception) -> FileError:
    return refused(Path(place), "damaged", f"the file is damaged: {error}", "Take it from a backup or fetch it again.")
