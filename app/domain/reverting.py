"""Taking back parts of a difference: a field, a record, a table. What would then refer to nothing goes with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from app.domain.dataset import blank, frame_of
from app.domain.edit import Change, Edit, among
from app.domain.schema import TABLES, Kind


@dataclass(frozen=True, slots=True, order=True)
class Part:
    """Of a difference: a table, a record of it, a field of that. A blank field: the whole record; a blank id: all."""

    table: str
    id: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class Ties:
    """Who refers to whom in a difference, as far as it matters when parts of it are taken back.

    leaning: for a record that was added, the parts that refer to it now. resting: for a record, the fields whose former
    value refers to a record that was removed, and that record.
    """

    leaning: Mapping[Part, list[Part]]
    resting: Mapping[Part, list[tuple[str, Part]]]

    @classmethod
    def of(cls, changes: Edit) -> Ties:
        """All ties of a difference; costs a pass over its rows."""
        leaning: defaultdict[Part, list[Part]] = defaultdict(list)
        resting: defaultdict[Part, list[tuple[str, Part]]] = defaultdict(list)
        for part, other in _references(changes):
            leaning[other].append(part)
        for part, other in _references(changes.inverse):
            resting[Part(part.table, part.id)].append((part.field, other))
        return cls(dict(leaning), dict(resting))


UNTIED = Ties({}, {})
"""Nobody refers to anybody: `together` then gives what was wanted alone."""


def together(changes: Edit, ties: Ties, wanted: Iterable[Part]) -> frozenset[Part]:
    """Parts to be taken back with those wanted, and these, so that nothing refers to what is not there.

    What is added goes with all that refers to it; what is changed or removed comes back with what it referred to. A
    field of a record that was added or removed stands for the record; a table for its records. KeyError for a part
    that does not differ.
    """
    alone = {
        table: (set(_only(change)), set(_only(change.inverse)))  # removed, added
        for table, change in changes.tables.items()
    }
    ahead: list[Part] = []
    for part in wanted:
        whole = [part] if part.id else [Part(part.table, row_id) for row_id in changes.tables[part.table].ids]
        ahead += whole
    found: set[Part] = set()
    while ahead:
        part = ahead.pop()
        removed, added = alone[part.table]
        record = Part(part.table, part.id)
        if part.id in removed or part.id in added:
            part = record
        if part in found or record in found:
            continue
        found.add(part)
        if part.id in added:
            ahead += ties.leaning.get(record, ())
        ahead += [other for field, other in ties.resting.get(record, ()) if part.field in ("", field)]
    return frozenset(part for part in found if not part.field or Part(part.table, part.id) not in found)


def revert(changes: Edit, parts: Iterable[Part], name: str) -> Edit:
    """The edit that takes parts of a difference back, made for where the difference leads to.

    Give it what `together` gives: it looks after nothing. Parts that do not differ are passed over.
    """
    by_table: defaultdict[str, dict[str, set[str]]] = defaultdict(dict)
    for part in parts:
        by_table[part.table].setdefault(part.id, set()).add(part.field)
    tables = {}
    for table, fields in by_table.items():
        if (change := changes.tables.get(table)) is None:
            continue
        whole = pl.Series("id", sorted(i for i, names in fields.items() if "" in names), dtype=pl.String)
        single = {i: names for i, names in fields.items() if "" not in names}
        back = change.before.filter(among(change.before.get_column("id"), whole))
        gone = change.after.filter(among(change.after.get_column("id"), whole))
        mixed, stood = _fields_back(table, change, single)
        tables[table] = Change(pl.concat([gone, stood]).sort("id"), pl.concat([back, mixed]).sort("id"))
    return Edit(name, tables)


def _fields_back(table: str, change: Change, fields: Mapping[str, set[str]]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Changed rows with some fields as they were, and the same rows as they are."""
    ids = pl.Series("id", sorted(fields), dtype=pl.String)
    if not len(ids):
        return blank(table), blank(table)
    was, now = (side.filter(among(side.get_column("id"), ids)) for side in (change.before, change.after))
    pairs = zip(was.iter_rows(named=True), now.iter_rows(named=True), strict=True)
    return frame_of(table, [{**new, **{name: old[name] for name in fields[new["id"]]}} for old, new in pairs]), now


def _only(change: Change) -> pl.Series:
    """Ids that only the side before has."""
    ids = change.before.get_column("id")
    return ids.filter(~among(ids, change.after.get_column("id")))


def _references(changes: Edit) -> Iterator[tuple[Part, Part]]:
    """Each field of the rows after that refers to a record that only the side after has, and that record."""
    added = {table: _only(change.inverse) for table, change in changes.tables.items()}
    for table, change in changes.tables.items():
        for field in TABLES[table].fields:
            ids = added.get(field.reference)
            if ids is None or not len(ids):
                continue
            pairs = change.after.select("id", to=field.name)
            pairs = pairs.explode("to") if field.kind in (Kind.LIST, Kind.SET) else pairs
            for row_id, other in pairs.join(ids.to_frame("to"), on="to", how="semi").iter_rows():
                yield Part(table, row_id, field.name), Part(field.reference, other)
    claims = changes.tables.get("claims")
    if claims is not None:
        known = {table: set(ids) for table, ids in added.items()}
        for row_id, name in claims.after.select("id", "about").explode("about").drop_nulls().iter_rows():
            for other in _spoken_of(name):
                if other.id in known.get(other.table, ()):
                    yield Part("claims", row_id, "about"), other


def _spoken_of(name: str) -> list[Part]:
    """The records that an entry of `about` names: `table:id`, or the two organizations of `flow:A>B`."""
    table, _, rest = name.partition(":")
    return [Part("organizations", i) for i in rest.split(">")] if table == "flow" else [Part(table, rest)]
