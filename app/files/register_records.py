"""The records of all members of one register, each with its place; members that hold none are passed over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from app.domain.errors import FileError
from app.files import register_files
from app.files.dialects import Entry
from app.files.reading import Warnings
from app.files.register_files import Member
from app.files.registers import kind_of
from app.files.texts import refused

MOST_RECORDS = 250_000
"""Records of one dataset: twice the organizations of ROR."""
_OF_ONE = ("syntax", "encoding", "unsafe-xml", "wrong-format", "too-large", "empty")
"""Faults of one member that do not touch the others beside it."""


def records(
    path: Path, kind: str, read: Callable[[Member], Iterator[Any]], warnings: Warnings
) -> Iterator[tuple[Entry, Any]]:
    """What `read` makes of each member, with file and number (from 1 in each member).

    A member among others that cannot be read, or is of another kind, is told and passed over; one that is given alone
    raises its FileError, and so does the first of several if none can be read, and an archive that is damaged or not
    harmless.
    """
    n, first = 0, None
    with register_files.opened(path) as members:
        for member in members:
            alone = member.place == str(path)
            if not alone and kind_of(member) != kind:
                message = "it holds no such records, and nothing of it was read"
                warnings.passed_over(member.place, message, "Open it by itself if it holds others.")
                continue
            try:
                for row, found in enumerate(read(member), 1):
                    n += 1
                    if n > MOST_RECORDS:
                        message = f"it holds more than {MOST_RECORDS:,} records"
                        raise refused(path, "too-many", message, "Take those that are needed into a file of their own.")
                    yield Entry(member.place, member.name, row, {}), found
            except FileError as error:
                if alone or error.fault.code not in _OF_ONE:
                    raise
                first = first or error
                message = f"{error.fault.message}; it was not read further"
                warnings.passed_over(member.place, message, error.fault.remedy)
    if first is not None and not n:
        raise first
