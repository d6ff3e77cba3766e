"""Rows that one edit adds or changes, collected: new people, organizations and sources get ids that nobody has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from app.analysis.names import as_id
from app.domain.dataset import Dataset
from app.domain.ranking import STEP as STEP  # those who add stints have it from here
from app.domain.schema import TABLES

LONGEST_ID = 48
"""Letters of an id that is made from a name."""


@dataclass(frozen=True, slots=True)
class Party:
    """A person, an organization or another record: by its id, or a new one by its name alone. False for neither."""

    id: str = ""
    name: str = ""

    def __bool__(self) -> bool:
        return bool(self.id or self.name.strip())


NOBODY = Party()


@dataclass(frozen=True, slots=True)
class Cited:
    """A source: a record by its id, or a new one by what is known of it. False for none."""

    id: str = ""
    title: str = ""
    publisher: str = ""
    url: str = ""
    published: str = ""
    kind: str = "press"
    quote: str = ""
    accessed: str = ""

    def __bool__(self) -> bool:
        return bool(self.id or self.title or self.url or self.publisher)


UNCITED = Cited()


class Additions:
    """Collects the rows of one edit; effects: what is added, line by line."""

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset
        self.rows: dict[str, list[dict[str, object]]] = {}
        self.effects: list[str] = []
        self._taken: set[str] = set()

    def put(self, table: str, row: dict[str, object]) -> None:
        """A row that is added or takes the place of the one of its id."""
        self.rows.setdefault(table, []).append(row)

    def free(self, table: str, wanted: str) -> str:
        """An id that no record has, and that is taken by this: the wanted one, or with a number behind it."""
        stem = wanted[:LONGEST_ID].strip("-") or TABLES[table].noun.replace(" ", "-")
        n, made = 1, stem
        while made in self._taken or any(self._dataset.position(name, made) is not None for name in TABLES):
            n += 1
            made = f"{stem}-{n}"
        self._taken.add(made)
        return made

    def source(self, cited: Cited) -> str:
        """The id of a source; one that nobody has recorded is added, unless one has its address. Blank for none."""
        if cited.id or not cited:
            return cited.id
        if same := self._same_url(cited.url):
            return same
        row_id = self.free("sources", as_id(f"{cited.publisher} {cited.title or cited.url}"))
        fields = ("title", "publisher", "url", "published", "kind", "quote", "accessed")
        self.put("sources", {"id": row_id, **{name: getattr(cited, name) or None for name in fields}})
        self.effects.append(f"Adds the source “{cited.title or cited.url or cited.publisher}”")
        return row_id

    def party(
        self, table: str, party: Party, fields: Mapping[str, object], sources: Sequence[str] = ()
    ) -> tuple[str, str]:
        """Id and name of a person or an organization; a new one is added, with these fields and sources. One that is
        named twice is added once."""
        if party.id:
            row = self._dataset.row(table, party.id)
            return party.id, str((row or {}).get("name") or party.id)
        name = " ".join(party.name.split())
        for row in self.rows.get(table, ()):
            if row.get("name") == name:
                return str(row["id"]), name
        row_id = self.free(table, as_id(name))
        self.put(table, {"id": row_id, "name": name, "source_ids": list(sources), **fields})
        self.effects.append(f"Adds {name} to the {table}")
        return row_id, name

    def _same_url(self, url: str) -> str:
        """The source that has this address already, on record or added by this."""
        if not url:
            return ""
        plain = url.removesuffix("/")
        for row in self.rows.get("sources", ()):
            if str(row.get("url") or "").removesuffix("/") == plain:
                return str(row["id"])
        found = self._dataset["sources"].filter(pl.col("url").str.strip_suffix("/") == plain)
        return str(found.get_column("id")[0]) if found.height else ""
