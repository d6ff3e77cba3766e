"""The journal of an open document: every step is on disk before the next one, so that none is lost with the process.

A journal is a folder of its own: `journal.jsonl` (a head, then a line a step), and beside it what is too large for a
line. A lock beside the folder says which process it belongs to; it goes with that process, however it ends.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from PySide6.QtCore import QLockFile

from app import __version__
from app.domain.edit import Edit
from app.domain.errors import FileError
from app.domain.schema import VERSION
from app.files.atomic import settle, told, write_atomically
from app.files.stamp import Stamp
from app.session.document import Document, still_reached
from app.session.journal_edits import PACKED, keep, text_of
from app.session.journal_lines import Mark, line

FORMAT, FORMAT_VERSION = "talentflow-journal", 1
FILE = "journal.jsonl"
UNDO, REDO = "undo", "redo"

Step = Edit | Document | str
"""An edit that was done; a document, of which to write where it stands; UNDO or REDO."""


class Journal:
    """Writes down what becomes of one document, as long as it is open.

    Not for several threads at once. After a failure nothing is missing: what could not be written is written, in
    order, with the next step.
    """

    def __init__(self, place: Path, lock: QLockFile, document: Document, number: int, before: str, end: int) -> None:
        """For `begin` and `resume`. number, before: of the next line; end: bytes up to it."""
        self.place = place
        self._lock, self._document = lock, document
        self._number, self._before, self._end = number, before, end
        self._unwritten: list[Step] = []
        self._file = os.open(place / FILE, os.O_RDWR | getattr(os, "O_BINARY", 0))

    @classmethod
    def begin(cls, folder: Path, document: Document) -> Self:
        """A new journal, in a new folder below `folder`, of a document with its whole history.

        What lies on disk will be had again from its file; of anything else, if there is a record in it, a copy is made.
        Costs a look at the whole file unless the document has a stamp. FileError where nothing can be written.
        """
        with told(folder):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            place, lock = _new_place(folder)
            try:
                place.mkdir(mode=0o700)
                head = json.dumps(_head(document), ensure_ascii=False).encode()
                first, before = line(0, "", "head", head)
                rest, number, before = _lines(_history(_stamped(document)), place, 1, before)
                write_atomically(place / FILE, first + rest)
                settle(folder)
                return cls(place, lock, document, number, before, len(first) + len(rest))
            except BaseException:
                remove(place)
                lock.unlock()
                raise

    @classmethod
    def resume(cls, place: Path, lock: QLockFile, document: Document, number: int, before: str, end: int) -> Self:
        """Go on with a journal that was left behind, after its last whole line. FileError if it cannot be written."""
        with told(place):
            journal = cls(place, lock, document, number, before, end)
            os.ftruncate(journal._file, end)
        return journal

    def follow(self, document: Document) -> None:
        """Write down what led from the document as it was seen last to what it is now; nothing if it is the same.

        It is safe on disk when this returns. FileError or DataError where it could not be written. ValueError if no
        steps lead from the one to the other: another document has a journal of its own.
        """
        steps = list(_steps(self._document, document))
        self._unwritten += steps
        self._document = document
        if self._unwritten:
            with told(self.place):
                self._write()

    def close(self, *, discard: bool) -> None:
        """The document is closed. discard: nothing can be lost any more, so that the journal goes too."""
        with suppress(OSError):
            os.close(self._file)
        if discard:
            remove(self.place)
        self._lock.unlock()

    def _write(self) -> None:
        content, number, before = _lines(self._unwritten, self.place, self._number, self._before)
        if os.fstat(self._file).st_size != self._end:
            os.ftruncate(self._file, self._end)  # what is left of an attempt that failed
        os.lseek(self._file, self._end, os.SEEK_SET)
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(self._file, rest) :]
        os.fsync(self._file)
        self._number, self._before, self._end = number, before, self._end + len(content)
        self._unwritten.clear()


def lock_of(place: Path) -> QLockFile | None:
    """The lock of a journal, taken; None if it belongs to somebody: another process that lives, or this one."""
    lock = QLockFile(str(place.with_name(f"{place.name}.lock")))
    lock.setStaleLockTime(0)  # however old: only the end of its process frees it
    return lock if lock.tryLock(0) else None


def remove(place: Path) -> None:
    """Remove a journal whose lock is held; its lines first, so that half of it is never taken for a journal."""
    with suppress(OSError):
        (place / FILE).unlink()
    shutil.rmtree(place, ignore_errors=True)


def _new_place(folder: Path) -> tuple[Path, QLockFile]:
    """A name that is free, by time, and its lock, which is there before the folder is."""
    for _ in range(100):
        place = folder / f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(4)}"
        if not place.exists() and (lock := lock_of(place)) is not None:
            return place, lock
    raise PermissionError(f"no file can be locked in {folder}")


def _head(document: Document) -> dict[str, object]:
    path = document.path
    return {
        "format": FORMAT,
        "version": FORMAT_VERSION,
        "program": __version__,
        "name": document.name,
        "path": None if path is None else str(path.absolute()),
        "process": os.getpid(),
        "time": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def _stamped(document: Document) -> Document:
    """The document with the stamp of its file, if its rows can be had from there: if steps lead to it from what the
    file holds."""
    if document.path is None or document.saved is None:
        return replace(document, stamp=None)
    try:
        return document if document.stamp is not None else replace(document, stamp=Stamp.of(document.path))
    except FileError:  # it is gone
        return document


def _history(document: Document) -> Iterator[Step]:
    """The steps of a document that nothing has been written of yet. Its rows are marked where the file has them."""
    line = (*document.past, *reversed(document.future))
    marked = document.saved if document.stamp is not None else None
    yield from line[:marked]
    if marked is not None:
        yield document
        yield from line[marked:]
    yield from [UNDO] * len(document.future)
    if marked is None:
        yield document


def _steps(old: Document, new: Document) -> Iterator[Step]:
    """What leads from one state of a document to a later one: undone as far as they differ, then done or redone."""
    shared = 0
    while shared < min(len(old.past), len(new.past)) and old.past[shared] is new.past[shared]:
        shared += 1
    yield from [UNDO] * (len(old.past) - shared)
    ahead, n_past, saved = [*old.future, *reversed(old.past[shared:])], shared, old.saved

    def forward(edits: Iterable[Edit]) -> Iterator[Step]:
        nonlocal ahead, n_past, saved
        for edit in edits:
            if ahead and ahead[-1] is edit:
                ahead.pop()
                yield REDO
            else:
                ahead, saved = [], still_reached(saved, n_past)
                yield edit
            n_past += 1

    yield from forward(new.past[shared:])
    if not _alike(ahead, new.future):  # something was done and undone again since
        yield from forward(reversed(new.future))
        if ahead:
            raise ValueError("no steps lead from the one document to the other")
        yield from [UNDO] * len(new.future)
    if (new.path, new.name, new.saved) != (old.path, old.name, saved) or new.stamp is not old.stamp:
        yield _stamped(new)


def _alike(some: Sequence[Edit], others: Sequence[Edit]) -> bool:
    return len(some) == len(others) and all(a is b for a, b in zip(some, others, strict=True))


def _lines(steps: Iterable[Step], place: Path, number: int, before: str) -> tuple[bytes, int, str]:
    """Steps as lines, and number and checksum for the line after them. Writes what is too large for a line."""
    parts = []
    for step in steps:
        match step:
            case Edit():
                kind, content = "do", text_of(step, place, number)
            case Document():
                kind, content = "mark", json.dumps(_mark(step, place, number).value, ensure_ascii=False).encode()
            case _:
                kind, content = step, b"true"
        text, before = line(number, before, kind, content)
        parts.append(text)
        number += 1
    return b"".join(parts), number, before


def _mark(document: Document, place: Path, number: int) -> Mark:
    """Where a document stands; with a copy of it, if there is no other way to have its rows again."""
    path = None if document.path is None else document.path.absolute()
    mark = Mark(document.name, path, document.saved, document.stamp)
    dataset = document.dataset
    if mark.stamp is not None or not (dataset.n_rows or dataset.unknown or dataset.version != VERSION):
        return mark
    copy = f"{number}-copy{PACKED}"
    return replace(mark, copy=copy, copied=keep(dataset, place / copy))
