"""Cells of a table as text and back: what is copied to a spreadsheet, and what is pasted or typed.

People and organizations stand by name where only one is called so, other records by id. Reading is kinder than writing:
names and other names in any case, words in any case, figures with separators, yes and no.
"""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from app.analysis.names import callings, close
from app.domain.dataset import Dataset
from app.domain.errors import Fault
from app.domain.index import codes
from app.domain.schema import TABLES, Field, Kind, Table
from app.files.cells import VALUES, Unreadable, elements, written_cells

NAMED = ("people", "organizations")
"""Tables whose records stand by name."""
_FLAGS = {"yes": "true", "no": "false", "1": "true", "0": "false", "y": "true", "n": "false"}
_EXPECTED = {Kind.INT: "a whole number", Kind.FLOAT: "a number", Kind.FLAG: "yes or no"}


class CellTexts:
    """Reads and writes the cells of one dataset. What it looks names up in is made once, when it is first needed."""

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset
        self._by_name: dict[str, dict[str, list[str]]] = {}

    def written(self, field: Field, column: pl.Series) -> list[str]:
        """Values of a field as text, blank for none."""
        if field.reference in NAMED:
            frame = self._dataset[field.reference]
            ids = column.drop_nulls().unique()
            at = codes(ids, frame.get_column("id"))
            names = dict(zip(ids.filter(pl.Series(at >= 0)), frame.get_column("name").gather(at[at >= 0]), strict=True))
            self.look_up(field, [name for name in names.values() if name])
            return [self._called(field.reference, row_id, names.get(row_id)) for row_id in column]
        if field.kind is Kind.FLAG:
            return ["" if value is None else "yes" if value else "no" for value in column]
        return written_cells(column, field.kind).fill_null("").to_list()

    def value(self, table: Table, field: Field, text: str) -> object | Fault:
        """The value that a text stands for: None or no elements for a blank one. A Fault where it stands for none."""
        bare = text.strip()
        if not bare:
            return [] if field.kind in (Kind.LIST, Kind.SET) else None
        if field.reference:
            return self._referred(table, field, bare)
        if field.vocabulary:
            word = "-".join(bare.lower().split())
            return word if word in field.vocabulary else bare
        if field.kind in (Kind.INT, Kind.FLOAT):
            bare = (
                bare.removeprefix("$").removesuffix("%").strip().replace(",", "").replace("\u00a0", "").replace(" ", "")
            )
        if field.kind is Kind.FLAG:
            bare = _FLAGS.get(bare.lower(), bare)
        if field.kind in VALUES:
            found = VALUES[field.kind](bare)
            if isinstance(found, Unreadable):
                remedy = f"Write {_EXPECTED[field.kind]}, or leave it blank."
                return Fault(
                    "wrong-type", f"{text!r} is not {_EXPECTED[field.kind]}", remedy, table=table.name, field=field.name
                )
            made: object = found
            return made
        return bare if field.kind is Kind.DATE else text

    def _referred(self, table: Table, field: Field, text: str) -> object | Fault:
        if field.kind is not Kind.SET:
            return self._record(table, field, text)
        found = [self._record(table, field, part) for part in elements(text)]
        wrong = next((one for one in found if isinstance(one, Fault)), None)
        return wrong if wrong is not None else sorted({str(one) for one in found})

    def _record(self, table: Table, field: Field, text: str) -> str | Fault:
        """The id of the record that a text names."""
        target, noun = field.reference, TABLES[field.reference].noun
        if self._dataset.position(target, text) is not None:
            return text
        self.look_up(field, [text])
        found = self._by_name[target][_plain(text)]
        if len(found) == 1:
            return found[0]
        if found:
            remedy = f"Write the id: {', '.join(found[:4])}{' …' if len(found) > 4 else ''}."
            return Fault(
                "ambiguous", f"{len(found)} {target} are called {text!r}", remedy, table=table.name, field=field.name
            )
        near = close(self._dataset, target, text) if target in NAMED else []
        remedy = (
            f"Did you mean {', '.join(near)}?" if near else f"Write the name or the id of a {noun} that is on record."
        )
        return Fault("dangling", f"there is no {noun} {text!r}", remedy, table=table.name, field=field.name)

    def look_up(self, field: Field, names: Iterable[str]) -> None:
        """Find whom names mean in the table that a field refers to, many of them in one pass: those who are called so,
        else those who have it as another name."""
        known = self._by_name.setdefault(field.reference, {})
        wanted = sorted({_plain(name) for name in names} - set(known))
        if not wanted:
            return
        frame = callings(self._dataset, field.reference)
        sought = pl.Series("name", wanted)
        for name in wanted:
            known[name] = []
        lower = pl.col("name").str.to_lowercase().str.strip_chars()
        second = frame.select("id", name="aliases").explode("name").select("id", lower)
        for among in (second, frame.select("id", lower)):  # who is called so takes the place of others
            hits = (
                among.join(sought.to_frame(), on="name", how="semi").unique().group_by("name").agg(pl.col("id").sort())
            )
            known.update((name, list(ids)) for name, ids in hits.iter_rows())

    def _called(self, table: str, row_id: str | None, name: str | None) -> str:
        """The name of a record where it is its alone; else its id."""
        if not row_id or not name:
            return row_id or ""
        alone = self._by_name[table][_plain(name)] == [row_id] and self._dataset.position(table, name) is None
        return name if alone and name == " ".join(name.split()) else row_id


def _plain(name: str) -> str:
    return " ".join(name.lower().split())
