"""Earlier versions of files: what a save replaces is put aside first, in the user's own place, not beside the file.

The last few versions of each file are kept, each under the time at which it had been written. Beside them are kept
documents of which something was lost when they were brought together with their file.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from app.domain.dataset import Dataset
from app.domain.errors import TalentflowError
from app.files.atomic import replacing, write_folder
from app.files.registry import format_like, write
from app.files.texts import read_error

KEPT = 5
"""Earlier versions of a file that are kept."""
LONGEST = 60
"""Letters of a name of which a file here keeps the end, so that its own is not too long."""
_TIME = "%Y-%m-%dT%H-%M-%S.%fZ"


@dataclass(frozen=True, slots=True)
class Version:
    """An earlier version of a file: where it lies now, and when it had been written, UTC."""

    path: Path
    time: datetime

    @property
    def size(self) -> int:
        """Bytes, of a folder those of all files in it. FileError where it has gone."""
        try:
            files = self.path.iterdir() if self.path.is_dir() else (self.path,)
            return sum(file.stat().st_size for file in files)
        except OSError as error:
            raise read_error(self.path, error) from error


def put_aside(folder: Path, path: Path) -> Path | None:
    """Copy the file or folder of tables that is about to be replaced; where to, None if there is none. The oldest of
    more than KEPT versions goes. FileError where it cannot be read or written.

    A version that is there already is not copied again.
    """
    if not path.exists():
        return None
    own = _own(folder, path)
    try:
        written = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        target = own / f"{written:{_TIME}} {path.name[-LONGEST:]}"
        if not target.exists():
            own.mkdir(parents=True, exist_ok=True, mode=0o700)
            _copy(path, target)
    except OSError as error:
        raise read_error(path, error) from error
    _thin_out(folder, path)
    return target


def keep(folder: Path, path: Path, dataset: Dataset) -> Path:
    """Put a dataset among the versions of a file, as of now: one that never was in it. FileError where it cannot be
    written."""
    own, name = _own(folder, path), path.name[-LONGEST:]
    try:
        own.mkdir(parents=True, exist_ok=True, mode=0o700)
        kind = format_like(name, path)
    except OSError as error:
        raise read_error(own, error) from error
    except TalentflowError:  # a format that is only read
        name, kind = f"{name}.json", "json"
    target = own / f"{datetime.now(UTC):{_TIME}} {name}"
    write(dataset, target, kind)
    _thin_out(folder, path)
    return target


def versions(folder: Path, path: Path) -> list[Version]:
    """The earlier versions of a file that are kept, the newest first."""
    found = []
    for entry in _own(folder, path).glob("*Z *"):
        try:
            time = datetime.strptime(entry.name.partition(" ")[0], _TIME).replace(tzinfo=UTC)
        except ValueError:
            continue
        found.append(Version(entry, time))
    return sorted(found, key=lambda version: version.time, reverse=True)


def _thin_out(folder: Path, path: Path) -> None:
    for old in versions(folder, path)[KEPT:]:
        if old.path.is_dir():
            shutil.rmtree(old.path, ignore_errors=True)
        else:
            old.path.unlink(missing_ok=True)


def _own(folder: Path, path: Path) -> Path:
    """The folder of the versions of one file, named after it."""
    whole = path.resolve()
    return folder / f"{whole.name[-LONGEST:]} {sha256(str(whole).encode()).hexdigest()[:12]}"


def _copy(path: Path, target: Path) -> None:
    if path.is_dir():
        files: dict[str, Callable[[BinaryIO], None]] = {}
        files |= {entry.name: partial(_copy_into, entry) for entry in path.iterdir() if entry.is_file()}
        write_folder(target, files)
        return
    with replacing(target) as file:
        _copy_into(path, file)


def _copy_into(path: Path, file: BinaryIO) -> None:
    with path.open("rb") as content:
        shutil.copyfileobj(content, file, 2**20)
