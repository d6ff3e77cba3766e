"""Rows of one table that two versions have both touched, made one field by field, in whole columns."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl

from app.domain.dataset import normal
from app.domain.edit import among
from app.domain.nested import ABSENT, Side, merged, text_of
from app.domain.schema import TABLES, Field, Kind


@dataclass(frozen=True, slots=True)
class Conflict:
    """What a merge cannot decide: table, id and field (blank: the whole record; `options.pins.meta`: within nested
    JSON), and the three values; None where there is none. For a record that one removed and the other changed the
    values are its fields that differ, by name, and None for the version that removed it."""

    table: str
    id: str
    field: str
    base: object
    a: object
    b: object
    code: str = "changed-twice"
    message: str = "both changed it"
    remedy: str = "Decide for one value."


def merged_rows(
    table: str, base: pl.DataFrame, a: pl.DataFrame, b: pl.DataFrame, standing: Side
) -> tuple[pl.DataFrame, list[Conflict]]:
    """Rows that A and B have both added, changed or removed: as both together want them, and where they conflict.

    Three normal frames; each id is in the base or in both others. What is in conflict is as in the base, or as in B.
    """
    a_ids, b_ids = a.get_column("id"), b.get_column("id")
    in_a, in_b = among(a_ids, b_ids), among(b_ids, a_ids)
    left = [a.filter(~in_a), b.filter(~in_b)]
    conflicts = [*_removed(table, base, left[0], by_a=False), *_removed(table, base, left[1], by_a=True)]
    torn = pl.concat([frame.get_column("id") for frame in left]).sort()
    stays = base if standing == "base" else b
    kept = stays.filter(among(stays.get_column("id"), torn))
    paired, found = _paired(table, base, a.filter(in_a), b.filter(in_b), standing)
    return normal(table, pl.concat([kept, paired])), [*conflicts, *found]


def _removed(table: str, base: pl.DataFrame, changed: pl.DataFrame, *, by_a: bool) -> Iterator[Conflict]:
    """A conflict for each record that one version changed and the other removed."""
    was = base.filter(among(base.get_column("id"), changed.get_column("id")))
    for old, new in zip(was.iter_rows(named=True), changed.iter_rows(named=True), strict=True):
        names = [name for name in new if new[name] != old[name]]
        before, after = ({name: row[name] for name in names} for row in (old, new))
        yield Conflict(
            table, new["id"], "", before, None if by_a else after, after if by_a else None,
            code="removed-and-changed", message="one removed it, the other changed it",
            remedy="Remove it in both, or keep it in both.",
        )  # fmt: skip


def _paired(
    table: str, base: pl.DataFrame, a: pl.DataFrame, b: pl.DataFrame, standing: Side
) -> tuple[pl.DataFrame, list[Conflict]]:
    """The same rows of A and B, field by field. A row that the base does not have was blank there."""
    ids = a.select("id")
    base = normal(table, ids.join(base, on="id", how="left", maintain_order="left"))
    columns, conflicts = [a.get_column("id")], []
    for field in TABLES[table].fields[1:]:
        was, one, other = (frame.get_column(field.name) for frame in (base, a, b))
        unchanged = one.eq_missing(was)
        value = one.zip_with(~unchanged, other)
        open_rows = ~(unchanged | other.eq_missing(was) | one.eq_missing(other))
        if open_rows.any():
            at = open_rows.arg_true()
            values = (was.gather(at), one.gather(at), other.gather(at))
            settled, found = _settled(field, table, ids.get_column("id").gather(at), *values, standing)
            place = np.arange(len(value))
            place[at.to_numpy()] = len(value) + np.arange(len(at))
            value = pl.concat([value, settled]).gather(place)
            conflicts += found
        columns.append(value)
    return pl.DataFrame(columns), conflicts


def _settled(
    field: Field, table: str, ids: pl.Series, base: pl.Series, a: pl.Series, b: pl.Series, standing: Side
) -> tuple[pl.Series, list[Conflict]]:
    """Values of a field that both versions changed, and differently."""
    if field.is_set:
        return _members(base, a, b, in_order=field.kind is Kind.SET), []
    if field.kind is Kind.JSON:
        return _nested(field, table, ids, base, a, b, standing)
    rows = zip(ids, base.to_list(), a.to_list(), b.to_list(), strict=True)
    conflicts = [Conflict(table, row_id, field.name, *values) for row_id, *values in rows]
    return base if standing == "base" else b, conflicts


def _members(base: pl.Series, a: pl.Series, b: pl.Series, *, in_order: bool) -> pl.Series:
    """Lists as sets: without what either dropped, with what either added.

    in_order: sorted; else what the base held comes first, as it stood there. Works on one long table of rows and texts:
    a million lists take four seconds.
    """
    held = [
        pl.DataFrame({"row": np.arange(len(column)), "text": column})
        .explode("text")
        .drop_nulls()
        .unique(["row", "text"], keep="first", maintain_order=True)
        .with_row_index(name)
        for name, column in (("base", base), ("a", a), ("b", b))
    ]
    long = held[0].join(held[1], on=["row", "text"], how="full", coalesce=True)
    long = long.join(held[2], on=["row", "text"], how="full", coalesce=True)
    was, in_a, in_b = (pl.col(name).is_not_null() for name in ("base", "a", "b"))
    long = long.filter((in_a & in_b) | (~was & (in_a | in_b)))
    long = long.sort("row", "text") if in_order else long.sort("row", "base", "text", nulls_last=True)
    lists = long.group_by("row", maintain_order=True).agg("text")
    whole = pl.DataFrame({"row": np.arange(len(base))}).join(lists, on="row", how="left", maintain_order="left")
    return whole.get_column("text").fill_null(pl.Series([[]], dtype=base.dtype)).alias(base.name)


def _nested(
    field: Field, table: str, ids: pl.Series, base: pl.Series, a: pl.Series, b: pl.Series, standing: Side
) -> tuple[pl.Series, list[Conflict]]:
    """JSON key by key. The keys of `extra` are fields of the record itself; text that is no JSON is one value."""
    whole = field.name == "extra"
    values: list[str | None] = []
    conflicts: list[Conflict] = []
    for row_id, *texts in zip(ids, base, a, b, strict=True):
        try:
            was, one, other = (({} if whole else ABSENT) if text is None else json.loads(text) for text in texts)
        except ValueError:
            values.append(texts[0] if standing == "base" else texts[2])
            conflicts.append(Conflict(table, row_id, field.name, *texts))
            continue
        value, clashes = merged(was, one, other, standing)
        values.append(None if value is ABSENT or (whole and value == {}) else text_of(value))
        for clash in clashes:
            path = clash.path if whole and clash.path else (field.name, *clash.path)
            conflicts.append(Conflict(table, row_id, ".".join(path), clash.base, clash.a, clash.b))
    return pl.Series(field.name, values, dtype=field.kind.dtype), conflicts
