"""Journals that a process left behind, and the documents that come back from them.

The rows come from where the last mark says; then the edits that lead from there to the document are done. If the file
is another by now, of each edit is done what fits it, field by field. If it is gone, the records that were changed come
back alone.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import reduce
from pathlib import Path

import polars as pl
from PySide6.QtCore import QLockFile

from app.domain.checks import check
from app.domain.dataset import Dataset
from app.domain.edit import Edit, apply
from app.domain.errors import EditConflict, Fault, TalentflowError
from app.files import packed
from app.files.atomic import told
from app.files.registry import read
from app.files.stamp import Stamp
from app.files.texts import refused
from app.session.document import Document
from app.session.fitting import Lost, done_again
from app.session.journal import FILE, Journal, lock_of, remove
from app.session.journal_edits import is_kept
from app.session.journal_reading import Reading

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Left:
    """A journal of a process that is gone, with changes that are in no file.

    name, path: of the document; n_changes: edits between the file and the document as it stood; time: of the last step,
    UTC.
    """

    place: Path
    name: str
    path: Path | None
    n_changes: int
    time: datetime

    def discard(self) -> None:
        """Give up what is in it. FileError if it belongs to another window by now."""
        lock = _taken(self.place)
        remove(self.place)
        lock.unlock()


@dataclass(frozen=True, eq=False)
class Recovery:
    """document: as it stood, or as near to that as can be; journal: goes on with it; lost: what of its edits does not
    fit the file as it is now; warnings: sentences for the user, none if the document is exactly as it stood.

    Where rows are missing or edits lost, the journal left behind stays: it can be tried again, or discarded.
    """

    document: Document
    journal: Journal
    lost: tuple[Lost, ...] = ()
    warnings: tuple[str, ...] = ()


def found(folder: Path) -> list[Left]:
    """The journals left behind in a folder, the last used first. Those in which nothing can be lost are removed.

    A journal whose process lives is passed over; so is one that cannot be read, which stays.
    """
    lefts = []
    for place in folder.glob("*"):
        if not place.is_dir() or (lock := lock_of(place)) is None:
            continue
        try:
            lefts += _left(place)
        except TalentflowError as error:
            log.info("a journal cannot be read: %s", error)
        finally:
            lock.unlock()
    return sorted(lefts, key=lambda left: left.time, reverse=True)


def recovered(left: Left) -> Recovery:
    """The document of a journal that was left behind, and a journal that goes on with it.

    FileError where the journal cannot be read or written, or belongs to another window by now.
    """
    lock = _taken(left.place)
    try:
        reading = Reading.of(left.place)
        damage = f"The journal is damaged: its last {reading.n_unread:,} lines could not be read."
        warnings = (damage,) if reading.n_unread else ()
        edits = reading.edits()
        dataset, why = _source(reading)
        if dataset is not None and not why:
            try:
                document = _exactly(reading, edits, dataset)
            except EditConflict:
                why = "Its edits do not fit the rows that they were made for."
            else:
                last = reading.lines[-1]
                journal = Journal.resume(left.place, lock, document, last.number + 1, last.checksum, last.end)
                return Recovery(document, journal, warnings=warnings)
        way = reading.way(edits)
        document, lost = _rows_alone(reading, way) if dataset is None else _as_it_fits(reading, way, dataset)
        journal = Journal.begin(left.place.parent, document)
    except BaseException:
        lock.unlock()
        raise
    if dataset is not None and not lost:
        remove(left.place)
    lock.unlock()
    return Recovery(document, journal, lost, (*warnings, why))


def _left(place: Path) -> list[Left]:
    if not (place / FILE).exists():  # what is left of one that was being removed
        remove(place)
        return []
    reading = Reading.of(place)
    if not reading.changed:
        remove(place)
        return []
    with told(place):
        time = datetime.fromtimestamp((place / FILE).stat().st_mtime, UTC)
    return [Left(place, reading.mark.name, reading.mark.path, reading.n_changes, time)]


def _taken(place: Path) -> QLockFile:
    lock = lock_of(place)
    if lock is None:
        raise refused(place, "in-use", "another window has taken it up", "Look for the changes there.")
    return lock


def _source(reading: Reading) -> tuple[Dataset | None, str]:
    """The rows that the mark leads to (None if they are gone), and why they are not those (blank if they are)."""
    mark = reading.mark
    if mark.stamp is not None and mark.path is not None:
        try:
            differs = mark.stamp.differs(mark.path, closely=True)
            dataset = read(mark.path)
        except TalentflowError as error:
            return None, f"Only the records that were changed could be brought back. {error.fault.text}"
        return dataset, f"{mark.name} has been changed by somebody else since." if differs else ""
    if not mark.copy:
        return Dataset.of(), ""
    path = reading.place / mark.copy
    if not is_kept(path, mark.copied):
        return None, "Only the records that were changed could be brought back: the copy of the others is damaged."
    return packed.read(path), ""


def _exactly(reading: Reading, edits: dict[int, Edit], dataset: Dataset) -> Document:
    """The document as it stood. EditConflict where the edits do not fit."""
    mark = reading.mark
    return Document(
        reduce(apply, reading.way(edits), dataset),
        mark.path,
        mark.name,
        _warnings(dataset),
        tuple(edits[n] for n in reading.past),
        tuple(edits[n] for n in reading.future),
        reading.saved,
        mark.stamp,
        () if reading.saved is not None or mark.stamp is None else tuple(edits[n] for n in reading.held),
    )


def _as_it_fits(reading: Reading, way: Sequence[Edit], dataset: Dataset) -> tuple[Document, tuple[Lost, ...]]:
    """The rows as they are now, with of each edit what fits them; its history begins with these rows."""
    mark, fit = reading.mark, done_again(way, dataset)
    stamp = Stamp.of(mark.path) if mark.path is not None else None
    return Document(fit.dataset, mark.path, mark.name, _warnings(dataset), fit.edits, stamp=stamp), fit.lost


def _rows_alone(reading: Reading, way: Sequence[Edit]) -> tuple[Document, tuple[Lost, ...]]:
    """The records that were changed, without all others; on no disk, so that it is not saved over the whole."""
    seen: defaultdict[str, set[str]] = defaultdict(set)
    first: defaultdict[str, list[pl.DataFrame]] = defaultdict(list)
    for edit in way:
        for table, change in edit.tables.items():
            first[table].append(change.before.filter(~change.before.get_column("id").is_in(seen[table])))
            seen[table].update(change.ids)
    dataset = Dataset.of({table: pl.concat(rows) for table, rows in first.items()})
    return Document(reduce(apply, way, dataset), None, reading.mark.name, past=tuple(way), saved=None), ()


def _warnings(dataset: Dataset) -> tuple[Fault, ...]:
    return tuple(fault for fault in check(dataset) if fault.severity == "warning")
