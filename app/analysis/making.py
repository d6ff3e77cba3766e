"""An edit while somebody says what happened: its rows, what it does in words, what is doubtful and what is wrong."""

from __future__ import annotations

from app.analysis.adding import Additions, Cited
from app.domain.dataset import Dataset, Row
from app.domain.dates import OPEN, readable
from app.domain.errors import Fault


class Making(Additions):
    """Collects one edit. code: that of the faults; sources: ids of who says so, none where nobody is named."""

    def __init__(self, dataset: Dataset, cited: Cited, code: str) -> None:
        super().__init__(dataset)
        self.dataset, self._code = dataset, code
        self.doubts: list[Fault] = []
        self.mistakes: list[Fault] = []
        self.sources = [source] if (source := self.source(cited)) else []

    def row(self, table: str, row_id: str) -> Row | None:
        """A record as the edit leaves it; None if there is none of that id."""
        made = next((row for row in self.rows.get(table, ()) if row["id"] == row_id), None)
        return made if made is not None else self.dataset.row(table, row_id)

    def put(self, table: str, row: dict[str, object]) -> None:
        """A row that is added or takes the place of the one of its id, on record or put before."""
        self.rows[table] = [other for other in self.rows.get(table, ()) if other["id"] != row["id"]]
        super().put(table, row)

    def cited(self, row: Row) -> list[str]:
        """The sources of a record, and those that are named now."""
        return sorted({*(row["source_ids"] or ()), *self.sources})

    def name(self, table: str, row_id: str) -> str:
        """What a person or an organization is called; the id without a name."""
        return str((self.row(table, row_id) or {}).get("name") or row_id)

    def wrong(self, field: str, message: str, remedy: str) -> None:
        """Something must be put right first."""
        self.mistakes.append(Fault(self._code, message, remedy, field=field))

    def doubt(self, field: str, message: str, remedy: str) -> None:
        """Something is doubtful, and does not hinder."""
        self.doubts.append(Fault(self._code, message, remedy, "warning", field=field))

    def unsourced(self) -> None:
        """Doubt what nobody is named for."""
        if not self.sources:
            self.doubt("source", "nobody is named who says so", "Paste the link or the text of the report.")


def dates_wrong(code: str, day: str, published: str) -> list[Fault]:
    """What is no date: of the day that something happened, and of its source."""
    found = []
    if not readable(day) or day == OPEN:
        remedy = "Write a day, month or year: 2025-06-26, 2025-06, 2025; with ~ for about or ? for uncertain."
        found.append(Fault(code, f"{day!r} is not a date", remedy, field="day"))
    if not readable(published):
        remedy = "Write a day, month or year: 2025-06-26, 2025-06, 2025; or leave it blank."
        found.append(Fault(code, f"{published!r} is not a date", remedy, field="published"))
    return found
