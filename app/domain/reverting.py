"""Taking back pieces of a difference: a field, a record, a table. What would then refer to nothing goes with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from app.domain.dataset import blank, frame_of
from app.domain.edit import Change, Edit, among
from app.domain.schema import TABLES, Kind


@dataclass(frozen=True, slots=True, order=True)
class Piece:
    """Of a difference: a table, a record of it, a field of that. A blank field: the whole record; a blank id: all."""

    table: str
    id: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class Ties:
    """Who refers to whom in a difference, as far as it matters when pieces of it are taken back.

    leaning: for a record that was added, the pieces that refer to it now. resting: for a record, the fields whose
    former value refers to a record that was removed, and that record.
    """

    leaning: Mapping[Piece, list[Piece]]
    resting: Mapping[Piece, list[tuple[str, Piece]]]

    @classmethod
    def of(cls, changes: Edit) -> Ties:
        """All ties of a difference; costs a pass over its rows."""
        leaning: defaultdict[Piece, list[Piece]] = defaultdict(list)
        resting: defaultdict[Piece, list[tuple[str, Piece]]] = defaultdict(list)
        for piece, other in _references(changes):
            leaning[other].append(piece)
        for piece, other in _references(changes.inverse):
            resting[Piece(piece.table, piece.id)].append((piece.field, other))
        return cls(dict(leaning), dict(resting))


UNTIED = Ties({}, {})
"""Nobody refers to anybody: `together` then gives what was wanted alone."""


def together(changes: Edit, ties: Ties, wanted: Iterable[Piece]) -> frozenset[Piece]:
    """Pieces to be taken back with those wanted, and these, so that nothing refers to what is not there.

    What is added goes with all that refers to it; what is changed or removed comes back with what it referred to. A
    field of a record that was added or removed stands for the record; a table for its records. KeyError for a piece
    that does not differ.
    """
    alone = {
        table: (set(_only(change)), set(_only(change.inverse)))  # removed, added
        for table, change in changes.tables.items()
    }
    ahead: list[Piece] = []
    for piece in wanted:
        whole = [piece] if piece.id else [Piece(piece.table, row_id) for row_id in changes.tables[piece.table].ids]
        ahead += whole
    found: set[Piece] = set()
    while ahead:
        piece = ahead.pop()
        removed, added = alone[piece.table]
        record = Piece(piece.table, piece.id)
        if piece.id in removed or piece.id in added:
            piece = record
        if piece in found or record in found:
            continue
        found.add(piece)
        if piece.id in added:
            ahead += ties.leaning.get(record, ())
        ahead += [other for field, other in ties.resting.get(record, ()) if piece.field in ("", field)]
    return frozenset(piece for piece in found if not piece.field or Piece(piece.table, piece.id) not in found)


def revert(changes: Edit, pieces: Iterable[Piece], name: str) -> Edit:
    """The edit that takes pieces of a difference back, made for where the difference leads to.

    Give it what `together` gives: it looks after nothing. Pieces that do not differ are passed over.
    """
    by_table: defaultdict[str, dict[str, set[str]]] = defaultdict(dict)
    for piece in pieces:
        by_table[piece.table].setdefault(piece.id, set()).add(piece.field)
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


def _references(changes: Edit) -> Iterator[tuple[Piece, Piece]]:
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
                yield Piece(table, row_id, field.name), Piece(field.reference, other)
    claims = changes.tables.get("claims")
    if claims is not None:
        known = {table: set(ids) for table, ids in added.items()}
        for row_id, name in claims.after.select("id", "about").explode("about").drop_nulls().iter_rows():
            for other in spoken_of(name):
                if other.id in known.get(other.table, ()):
                    yield Piece("claims", row_id, "about"), other


def spoken_of(name: str) -> list[Piece]:
    """The records that an entry of `about` names: `table:id`, or the two organizations of `flow:A>B`."""
    table, _, rest = name.partition(":")
    return [Piece("organizations", i) for i in rest.split(">")] if table == "flow" else [Piece(table, rest)]
