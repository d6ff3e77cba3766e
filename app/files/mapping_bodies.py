"""The rows of people and organizations that a table names, with what it says of each."""

from __future__ import annotations

import polars as pl

from app.domain import dates
from app.domain.circles import circles
from app.files.manifest import written
from app.files.mapping_faults import quoted
from app.files.mapping_names import Bodies, attribute, listed
from app.files.mapping_sources import cited, cited_alone
from app.files.mapping_taking import Table

PERSON_IDS = ("orcid", "openalex", "wikidata")
"""Fields of ids of people, by the first of which a table has they are told apart."""
BODY_IDS = {"ror": "ror", "organization-openalex": "openalex", "organization-wikidata": "wikidata"}
"""Those of organizations, and how they are kept."""
_BODY_FIELDS = {"founded": "founded", "dissolved": "dissolved", "city": "hq_city", "country": "hq_country"}


def person_rows(table: Table, found: Bodies, ids: pl.Series, sources: pl.DataFrame) -> pl.DataFrame:
    """The rows of people. ids: by code; sources: of `mapping_sources`, with ids."""
    made = _Rows(table, found, ids)
    for field in PERSON_IDS:
        made.take(field, field)
    if table.has("expertise"):
        made.columns["expertise"] = listed(table.frame, made.codes, "expertise", made.n)
    return made.finished("people", sources)


def organization_rows(table: Table, found: Bodies, ids: pl.Series, sources: pl.DataFrame) -> pl.DataFrame:
    """The rows of organizations. Parents that lead in a circle, and an end before the beginning, are told and left
    out."""
    made = _Rows(table, found, ids)
    for field, name in _BODY_FIELDS.items():
        made.take(field, name)
    if {"founded", "dissolved"} <= made.columns.keys():
        made.refuse_early_end()
    if table.mapping.shape == "organizations":
        made.take("kind", "kind")
    if table.has("parent"):
        made.take_parents(found.codes["parent"])
    known = {name: made.value(field) for field, name in BODY_IDS.items() if table.has(field)}
    if known:
        rows = pl.DataFrame(known).rows(named=True)
        texts = [written({"ids": held}) if (held := {k: v for k, v in row.items() if v}) else None for row in rows]
        made.columns["extra"] = pl.Series(texts, dtype=pl.String)
    return made.finished("organizations", sources)


class _Rows:
    """The rows of one table of records, column by column."""

    def __init__(self, table: Table, found: Bodies, ids: pl.Series) -> None:
        self._table = table
        self._records = found.records
        self._ids = ids
        self.n = ids.len()
        self.codes = next(iter(found.codes.values()))
        """Of whom each row of the file speaks."""
        speaking = pl.DataFrame({"row": table.frame["row"], "code": self.codes}).drop_nulls()
        own = speaking.unique("code", keep="first", maintain_order=True).rename({"row": "own"})
        rows = self._records.join(own, on="code", how="left", maintain_order="left")
        self._rows = rows.select(pl.coalesce("own", "row").alias("row")).to_series()
        """The row of the file that speaks of each record first, else the one that names it first."""
        self.columns = {"id": ids, "name": self._records["name"], "aliases": self._records["aliases"]}

    def value(self, field: str) -> pl.Series:
        """What the table says of each record in one field."""
        return attribute(self._table.frame, self.codes, field, self._table.column(field), self.n, self._table.faults)

    def take(self, field: str, name: str) -> None:
        """Such a value as a column, if the table has the field."""
        if self._table.has(field):
            self.columns[name] = self.value(field)

    def refuse_early_end(self) -> None:
        """No day of dissolution that is certainly not after that of the foundation."""
        founded, dissolved = self.columns["founded"], self.columns["dissolved"]
        wrong = pl.Series(dates.bounds(founded)[0] >= dates.bounds(dissolved)[1])
        if wrong.any():
            messages = quoted(dissolved.filter(wrong)) + " was left out: it is not after " + founded.filter(wrong)
            self._tell("end-before-start", wrong, messages, "Correct one of the two.", "dissolved")
            self.columns["dissolved"] = _unless(wrong, dissolved)

    def take_parents(self, parents: pl.Series) -> None:
        """The parents, but for those by which a record would belong to itself. parents: codes, by row of the file."""
        named = self._table.frame.select("row", parent=parents.cast(pl.String))
        column = self._table.column("parent")
        found = attribute(named, self.codes, "parent", column, self.n, self._table.faults)
        above = {str(code): [parent] for code, parent in enumerate(found) if parent is not None}
        wrong: set[int] = set()
        while lying := circles(above):
            for circle in lying:
                wrong.add(int(circle[0]))
                above.pop(circle[0], None)
        refused = pl.Series([code in wrong for code in range(self.n)], dtype=pl.Boolean)
        if wrong:
            messages = pl.Series(["its parent was left out: it would belong to itself"]).new_from_index(0, len(wrong))
            self._tell("cycle", refused, messages, "Correct the parents.", "parent")
        at = _unless(refused, found).cast(pl.Int64)
        ids = self._ids.gather(at.fill_null(0))
        self.columns["parent_id"] = _unless(at.is_null(), ids)

    def finished(self, shape: str, sources: pl.DataFrame) -> pl.DataFrame:
        """The rows with where they come from; in a table that is of them, also with what its rows say besides."""
        table, frame = self._table, self._table.frame
        notes = [table.place + ", row " + self._rows.cast(pl.String)]
        self.columns["source_ids"] = cited_alone(self.n, sources)
        if table.mapping.shape == shape:
            self.take("status", "status")
            if table.has("notes"):
                notes.insert(0, self._joined(frame.select("row", note="notes").drop_nulls()))
            if table.has("source"):
                self.columns["source_ids"] = cited(listed(frame, self.codes, "source", self.n), sources)
            if (doubts := table.faults.notes).height:
                notes.append(self._joined(doubts))
        text = pl.DataFrame([note.alias(str(at)) for at, note in enumerate(notes)])
        made = pl.DataFrame([column.alias(name) for name, column in self.columns.items()])
        return made.with_columns(text.select(notes=pl.concat_str(pl.all(), separator="\n", ignore_nulls=True)))

    def _joined(self, notes: pl.DataFrame) -> pl.Series:
        """Notes about rows (row, note) as those of the records that these rows speak of."""
        speaking = pl.DataFrame({"row": self._table.frame["row"], "code": self.codes}).drop_nulls()
        together = speaking.join(notes, on="row", maintain_order="left").group_by("code")
        joined = together.agg(pl.col("note").unique(maintain_order=True).str.join("\n"))
        whole = pl.DataFrame({"code": pl.int_range(self.n, eager=True)})
        return whole.join(joined, on="code", how="left", maintain_order="left").get_column("note")

    def _tell(self, code: str, wrong: pl.Series, messages: pl.Series, remedy: str, field: str) -> None:
        rows = self._rows.filter(wrong)
        self._table.faults.add(code, rows, messages, remedy, column=self._table.column(field))


def _unless(wrong: pl.Series, column: pl.Series) -> pl.Series:
    """A column without what stands in some of its rows."""
    return pl.DataFrame({"wrong": wrong, "held": column}).select(pl.when(~pl.col("wrong")).then("held")).to_series()
