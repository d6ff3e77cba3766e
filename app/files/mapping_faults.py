"""Warnings about rows of a table, collected for many rows at a time: named up to a number, and noted with every record
that is made of such a row."""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl

from app.domain.checks import MOST_NAMED
from app.domain.errors import Fault
from app.files.sheets import Sheet

_SHOWN = 60


@dataclass(eq=False)
class RowFaults:
    """The warnings of one sheet."""

    sheet: Sheet
    _faults: list[Fault] = field(default_factory=list)
    _more: list[Fault] = field(default_factory=list)
    _notes: list[pl.DataFrame] = field(default_factory=list)

    def add(self, code: str, rows: pl.Series, messages: pl.Series, remedy: str, *, column: str = "") -> None:
        """A warning for each of some rows. column: of the table, that it is about."""
        if not len(rows):
            return
        for row, message in zip(rows.head(MOST_NAMED), messages.head(MOST_NAMED), strict=True):
            self._faults.append(Fault(code, message, remedy, "warning", self.sheet.place, row=row, field=column))
        if (n := len(rows) - MOST_NAMED) > 0:
            message = f"{n:,} more like these"
            self._more.append(Fault(code, message, remedy, "warning", self.sheet.place, field=column, n=n))
        said = f"{column}: " + messages if column else messages
        self._notes.append(pl.DataFrame({"row": rows.cast(pl.Int64), "note": said}))

    def add_file(self, code: str, message: str, remedy: str, *, column: str = "") -> None:
        """A warning about the table as a whole, or about one of its columns."""
        self._faults.append(Fault(code, message, remedy, "warning", self.sheet.place, field=column))

    @property
    def faults(self) -> tuple[Fault, ...]:
        """All of them: those of the sheet first, then by row, then what counts the rest."""
        return (*self.sheet.faults, *sorted(self._faults, key=lambda fault: fault.row or 0), *self._more)

    @property
    def notes(self) -> pl.DataFrame:
        """row, note: all that was said of a row, a line each."""
        if not self._notes:
            return pl.DataFrame(schema={"row": pl.Int64, "note": pl.String})
        together = pl.concat(self._notes).group_by("row", maintain_order=True)
        return together.agg(pl.col("note").str.join("\n"))


def quoted(texts: pl.Series) -> pl.Series:
    """Texts as they are quoted in messages, cut where they are long."""
    cut = pl.when(pl.col("text").str.len_chars() > _SHOWN).then(pl.col("text").str.head(_SHOWN - 1) + "…")
    return texts.to_frame("text").select("'" + cut.otherwise("text") + "'").to_series()
