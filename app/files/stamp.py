"""What a file on disk was when it was read or written, to tell later whether it is another now."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from app.domain.errors import FileError
from app.files.texts import read_error

_STEP = 2**22


@dataclass(frozen=True, slots=True)
class Stamp:
    """size: bytes; changed: nanoseconds since 1970 at which it was written last; content: SHA-256 of the bytes, in hex.
    Of a folder: of all files in it together, and of their names."""

    size: int
    changed: int
    content: str

    @classmethod
    def of(cls, path: Path) -> Self:
        """The stamp of a file or folder as it is now; a second takes 0.5 to 1 GB. FileError where it cannot be read.

        Taken before a file is read, it tells of a change meanwhile as well.
        """
        total = hashlib.sha256()
        try:
            for file in _files(path):
                if file != path:
                    total.update(f"{file.name}\n{file.stat().st_size}\n".encode())
                with file.open("rb") as content:
                    while step := content.read(_STEP):
                        total.update(step)
            size, changed = _look(path)
        except OSError as error:
            raise read_error(path, error) from error
        return cls(size, changed, total.hexdigest())

    def now(self, path: Path, *, closely: bool = False) -> Self:
        """The stamp of the file as it is now. FileError where it is gone or cannot be read.

        Where size and time are as they were, the content is looked at only if asked to look closely.
        """
        try:
            if not closely and _look(path) == (self.size, self.changed):
                return self
        except OSError as error:
            raise read_error(path, error) from error
        return self.of(path)

    def differs(self, path: Path, *, closely: bool = False) -> bool:
        """Whether a file is another `now`: gone, or of other content. One that was only touched is the same."""
        try:
            return self.now(path, closely=closely).content != self.content
        except FileError:
            return True


def _look(path: Path) -> tuple[int, int]:
    found = [file.stat() for file in _files(path)]
    return sum(status.st_size for status in found), max((status.st_mtime_ns for status in found), default=0)


def _files(path: Path) -> Iterator[Path]:
    """A file itself; of a folder the files in it, by name."""
    if path.is_dir():
        yield from sorted(entry for entry in path.iterdir() if entry.is_file())
    else:
        yield path
