"""Records beside each other, field by field, and which value of each stands once they are one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from app.analysis.merging import Merging
from app.domain.blending import is_united, standing
from app.domain.dataset import Dataset, Row
from app.domain.schema import TABLES
from app.pictures import records, wording

STAYS = "id"
"""The line in which one chooses which record stays."""
KNOWN_BY = "on record"
"""The line that says what the dataset holds about each, to judge by."""
MOST_LINES = 7
"""Stints or names that are written one below the other; the others are counted."""
_WORDS = {
    STAYS: "stays as", "orcid": "ORCID", "openalex": "OpenAlex", "hq_city": "city", "hq_country": "country",
    "url": "address", "archive_url": "stored copy", "derived_from": "repeats",
}  # fmt: skip
_KNOWN_WORDS = {"people": "stints", "organizations": "people", "sources": "carries"}


@dataclass(frozen=True, slots=True)
class Line:
    """One field of all records. texts: their values; choosable: whether they differ and one of them stands; stands:
    which do; all of those that are united."""

    field: str
    word: str
    texts: tuple[str, ...]
    stands: tuple[bool, ...]
    choosable: bool
    united: bool


@dataclass(frozen=True, eq=False)
class Comparison:
    """table, ids: the records in the order in which they stand; kept: which stays; lines: their fields."""

    table: str
    ids: tuple[str, ...]
    kept: str
    chosen: Mapping[str, str]
    lines: tuple[Line, ...]

    @classmethod
    def of(cls, dataset: Dataset, table: str, ids: Sequence[str], kept: str, chosen: Mapping[str, str]) -> Comparison:
        """chosen: field → id of the record whose value was chosen; the others as they usually stand."""
        rows = {row_id: row for row_id in ids if (row := dataset.row(table, row_id)) is not None}
        first = [rows[kept], *(row for row_id, row in rows.items() if row_id != kept)]
        stands = {**standing(table, first), **chosen}
        lines = [Line(STAYS, _WORDS[STAYS], tuple(rows), tuple(i == kept for i in rows), True, False)]
        for field in TABLES[table].fields[1:]:
            values = [row[field.name] for row in rows.values()]
            if field.name == "extra" or all(value in (None, []) for value in values):
                continue
            texts = tuple(records.values(dataset.row, field, value, value)[0] for value in values)
            united = is_united(field)
            choosable = not united and len(set(texts)) > 1
            standing_here = tuple(united or not choosable or stands[field.name] == row_id for row_id in rows)
            word = _WORDS.get(field.name, records.field_word(field.name))
            lines.append(Line(field.name, word, texts, standing_here, choosable, united))
        told = tuple(_known(dataset, table, row) for row in rows.values())
        lines.append(Line(KNOWN_BY, _KNOWN_WORDS.get(table, KNOWN_BY), told, tuple(True for _ in rows), False, True))
        return cls(table, tuple(rows), kept, dict(chosen), tuple(lines))

    @property
    def merging(self) -> Merging:
        """What is wanted of them."""
        others = tuple(row_id for row_id in self.ids if row_id != self.kept)
        return Merging(self.table, self.kept, others, tuple(sorted(self.chosen.items())))


def _known(dataset: Dataset, table: str, row: Row) -> str:
    """What the dataset holds about a record: the stints of a person, the people of an organization, what a source
    carries."""
    stints = dataset["stints"]
    if table == "people":
        mine = stints.filter(pl.col("person_id") == row["id"]).sort("rank", "id", nulls_last=True)
        names = [_stint(dataset, stint) for stint in mine.head(MOST_LINES).iter_rows(named=True)]
        return _below(names, mine.height, "no stint")
    if table == "organizations":
        mine = stints.filter(pl.col("organization_id") == row["id"])
        ids = mine.get_column("person_id").drop_nulls().unique(maintain_order=True)
        names = [records.called(dataset.row, "people", person) for person in ids.head(MOST_LINES)]
        return _below(names, len(ids), "nobody")
    n = sum(int(frame.get_column("source_ids").list.contains(row["id"]).sum()) for frame in dataset.tables.values())
    return wording.counted(n, "record")


def _stint(dataset: Dataset, stint: Row) -> str:
    where = records.called(dataset.row, "organizations", str(stint["organization_id"]))
    role = f", {stint['role']}" if stint["role"] else ""
    when = "" if stint["start"] is None and stint["end"] in (None, "..") else (
        f", {stint['start'] or '?'} to {'now' if stint['end'] == '..' else stint['end'] or '?'}"
    )  # fmt: skip
    return f"{where}{role}{when}"


def _below(names: Sequence[str], n: int, none: str) -> str:
    rest = [f"and {n - len(names):,} more"] if n > len(names) else []
    return "\n".join([*names, *rest]) or none
