"""A foreign file read for the window: its format, what is in it, and, of a table, what its columns are. Runs off the
main thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from app.analysis.alike import Step
from app.domain.checks import errors
from app.domain.errors import Fault, TalentflowError, UnsoundError
from app.files import table
from app.files.mapping import Mapping
from app.files.mapping_guess import Guess, guessed
from app.files.reading import Reading
from app.files.registry import FORMATS, reading, recognised, sound
from app.files.sheets import Sheet, sheet, sheet_names

TABLE = "table"
NATIVE = tuple(found.name for found in FORMATS.values() if found.write is not None)
"""Formats that are also written: a file of them is opened, not imported, where nobody says otherwise."""
Remembered = Callable[[tuple[str, ...]], Mapping | None]
"""What the columns of a table were the last time, by their names."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What shall be read, and how. format: blank where the content says it; sheet, mapping: of a table, blank and None
    where nobody has chosen; anew: whether what was remembered of the columns does not count."""

    path: Path
    format: str = ""
    sheet: str = ""
    mapping: Mapping | None = None
    anew: bool = False


@dataclass(frozen=True, eq=False)
class Brought:
    """What was read. reading: None where a table cannot be read by its mapping yet; faults: why. sheet, sheets, guess,
    mapping: of a table; sheets are the names of all sheets of a workbook."""

    wanted: Wanted
    format: str
    reading: Reading | None = None
    faults: tuple[Fault, ...] = ()
    sheet: Sheet | None = None
    sheets: tuple[str, ...] = ()
    guess: Guess | None = None
    mapping: Mapping | None = None

    @property
    def asks(self) -> bool:
        """Whether what the columns of a table are is only guessed, and nobody can be sure of it."""
        guess = self.guess
        return guess is not None and not guess.sure and self.mapping is guess.mapping

    @property
    def is_table(self) -> bool:
        """Whether somebody may say what its columns are."""
        return self.sheet is not None


def format_of(path: Path) -> str:
    """The format of a file by its content. A table whose columns nobody can tell is one too, for it is asked then."""
    try:
        return recognised(path)
    except TalentflowError as error:
        if error.fault.code == "columns":
            return TABLE
        raise


def bring(wanted: Wanted, remembered: Remembered, step: Step, before: Brought | None = None) -> Brought:
    """Read a file. Raises what reading raises, and UnsoundError where its records have errors. before: what was read of
    the same file, so that the cells of a table are not read again."""
    found = wanted.format or format_of(wanted.path)
    if found != TABLE:
        held = reading(wanted.path, found)
        step(0.7)
        sound(held, wanted.path)
        return Brought(wanted, found, held)
    same = before is not None and before.wanted.path == wanted.path and before.wanted.sheet == wanted.sheet
    if same and before is not None and before.sheet is not None:
        cells, names = before.sheet, before.sheets
    else:
        names = sheet_names(wanted.path)
        cells = sheet(wanted.path, wanted.sheet, step=lambda share: step(share / 2))
    shape = wanted.mapping.shape if wanted.mapping is not None else None
    guess = guessed(cells, shape)
    mapping = wanted.mapping
    if mapping is None and not wanted.anew:
        mapping = remembered(cells.header)
    mapping = mapping or guess.mapping
    made = Brought(wanted, TABLE, None, (), cells, names, guess, mapping)
    if faults := mapping.faults(cells.header):
        return replace(made, faults=tuple(faults))
    held = table.reading(cells, mapping, step=lambda share: step(0.5 + share / 2))
    if wrong := errors(held.checked):
        raise UnsoundError(*(fault.at(str(wanted.path)) for fault in wrong))
    return replace(made, reading=held)
