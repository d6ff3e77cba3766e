"""What can go wrong, in words a user can act on.

A `Fault` names file, table, row, field, what is wrong and the remedy; an exception carries one or more of them. The
exit code of a command follows from the class.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: where (as far as known), what, and what to do about it."""

    code: str
    message: str
    remedy: str = ""
    severity: Severity = "error"
    file: str = ""
    table: str = ""
    id: str = ""
    row: int | None = None
    field: str = ""
    n: int = 1
    """How many like it this one stands for (1, but for the last of a very long list)."""

    def at(self, file: str) -> Fault:
        """The same fault, placed in a file."""
        return replace(self, file=file)

    @property
    def text(self) -> str:
        """One to three lines: place, message, remedy."""
        place = [self.file] if self.file else []
        if self.table:
            place.append(self.table)
        if self.row is not None:
            place.append(f"row {self.row}")
        if self.id:
            place.append(self.id)
        if self.field:
            place.append(f"field {self.field}")
        head = f"{', '.join(place)}: {self.message}" if place else self.message
        return f"{head}\n{self.remedy}" if self.remedy else head


def tally(faults: Iterable[Fault]) -> tuple[int, int]:
    """How many errors and how many warnings, those included that one Fault stands for."""
    n_errors = n_warnings = 0
    for fault in faults:
        if fault.severity == "error":
            n_errors += fault.n
        else:
            n_warnings += fault.n
    return n_errors, n_warnings


class TalentflowError(Exception):
    """Base of all errors that are told to the user. `exit_code` is that of the command line."""

    exit_code = 2

    def __init__(self, fault: Fault, *more: Fault) -> None:
        super().__init__(fault.text)
        self.fault = fault
        self.faults = (fault, *more)

    @property
    def text(self) -> str:
        """The first fault, and how many more there are."""
        more = len(self.faults) - 1
        return self.fault.text + (f"\n… and {more} more" if more else "")


class UsageError(TalentflowError):
    """The request makes no sense: an unknown option, an unreadable date, a name that fits nothing."""


class DataError(TalentflowError):
    """The file can be read but its data contradict the rules."""

    exit_code = 1


class UnsoundError(DataError):
    """The file can be read, but its records have errors: it can be opened to mend them."""


class FileError(TalentflowError):
    """A file could not be read or written."""

    exit_code = 3


class EditConflict(TalentflowError):
    """An edit does not fit the dataset: a row is not as the edit says it was."""

    exit_code = 1
