"""A text file, plain or gzip, as bytes that can be looked into anywhere without being held in memory.

Not a memory map: a file that another program cuts short while it is mapped would end this process.
"""

from __future__ import annotations

import errno
import gzip
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from app.domain.errors import Fault, FileError

MOST_TEXT = 2**30
"""Bytes of JSON text that are read: 1 GiB, some five million stints."""
GZIP = b"\x1f\x8b"
_BOM = b"\xef\xbb\xbf"
_STEP = 2**22
_SMALLER = "Split it, or have the program that wrote it write Parquet tables (.talentflow) instead."

_REASONS = {
    errno.ENOENT: ("no-file", "there is no such file", "Correct the path."),
    errno.ENOTDIR: ("no-file", "there is no such file", "Correct the path."),
    errno.EISDIR: ("is-folder", "it is a folder, not a file", "Give the name of a file."),
    errno.EACCES: ("no-permission", "you may not read it", "Change its permissions, or make a copy that you may read."),
    errno.EPERM: ("no-permission", "you may not read it", "Change its permissions, or make a copy that you may read."),
    errno.ENAMETOOLONG: ("no-file", "the name is too long", "Correct the path."),
}


class Text:
    """Bytes of an open file: slices and `find`, nothing kept. Slices past the end are short, as with bytes."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        self._file = file
        self._size = size
        self.begin = len(_BOM) if self[0:3] == _BOM else 0
        """Where the text begins, past a byte-order mark."""

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, at: slice) -> bytes:
        start, stop, _ = at.indices(self._size)
        self._file.seek(start)
        return self._file.read(max(0, stop - start))

    def find(self, sought: bytes, start: int) -> int:
        """Position of the first `sought` from `start` on, −1 if there is none."""
        while start < self._size:
            window = self[start : start + _STEP]
            if window.rfind(sought) >= 0:  # twice as fast to say no as `find`, and mostly it says no
                return start + window.find(sought)
            if len(window) < _STEP:
                break
            start += _STEP - len(sought) + 1
        return -1


@contextmanager
def opened(path: Path) -> Iterator[Text]:
    """The text of a file, for as long as the block runs; gzip is unpacked into a temporary file.

    FileError where it cannot be read, is damaged, or holds more than MOST_TEXT bytes of text.
    """
    try:
        with path.open("rb") as file:
            if file.read(2) != GZIP:
                size = path.stat().st_size
                if size > MOST_TEXT:
                    raise too_large(path, MOST_TEXT, _SMALLER)
                yield Text(file, size)
                return
            file.seek(0)
            with tempfile.TemporaryFile() as plain, gzip.GzipFile(fileobj=file) as packed:
                size = 0
                while step := packed.read(_STEP):
                    size += len(step)
                    if size > MOST_TEXT:
                        raise too_large(path, MOST_TEXT, _SMALLER)
                    plain.write(step)
                yield Text(plain, size)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise refused(
            path, "damaged", f"the gzip file is damaged: {error}", "Take it from a backup or fetch it again."
        ) from error
    except OSError as error:
        raise read_error(path, error) from error


def read_error(path: Path, error: OSError) -> FileError:
    """The FileError for a path that could not be read."""
    code, message, remedy = _REASONS.get(
        error.errno or 0, ("unreadable", error.strerror or str(error), "Try again, or open a copy of the file.")
    )
    return refused(path, code, f"it could not be read: {message}", remedy)


def refused(path: Path, code: str, message: str, remedy: str) -> FileError:
    """A FileError about a whole file."""
    return FileError(Fault(code, message, remedy, file=str(path)))


def too_large(path: Path, most: int, remedy: str) -> FileError:
    """The FileError for a file with more bytes of text than are read of its format."""
    return refused(path, "too-large", f"it holds more than {most / 2**20:,.0f} MB of text", remedy)
