"""Rows of a brought dataset that refer to records as they are called in the open one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import polars as pl

from app.domain.dataset import Dataset, normal
from app.domain.renaming import Named, claims_of
from app.domain.schema import TABLES, Kind


def led(table: str, frame: pl.DataFrame, heirs: Mapping[str, Mapping[str, str]]) -> pl.DataFrame:
    """Rows of a table with their own ids and all that they refer to exchanged: what `heirs` does not name stays."""
    fills = []
    for field in TABLES[table].fields:
        of = table if field.name == "id" else field.reference
        ids = heirs.get(of) if of else None
        if not ids:
            continue
        olds, news = list(ids), pl.Series(list(ids.values()), dtype=pl.String)
        column = pl.col(field.name)
        is_list = field.kind in (Kind.LIST, Kind.SET)
        fills.append(column.list.eval(pl.element().replace(olds, news)) if is_list else column.replace(olds, news))
    frame = frame.with_columns(fills) if fills else frame
    if table == "claims":
        frame = _speaking(frame, heirs)
    return normal(table, frame)


def marked(
    brought: Dataset, heirs: Mapping[str, Mapping[str, str]], tables: Sequence[str]
) -> dict[str, dict[str, str]]:
    """What `led` takes to compare rows: ids of brought records and those on record; for new ones what no record has,
    for a record on record may have the same id and be another one."""
    return {
        table: {row_id: heirs.get(table, {}).get(row_id, f"+{row_id}") for row_id in brought[table].get_column("id")}
        for table in tables
    }


def _speaking(claims: pl.DataFrame, heirs: Mapping[str, Mapping[str, str]]) -> pl.DataFrame:
    """Claims that speak of records as they are called now."""
    named = {
        Named(table, old): Named(table, new) for table, ids in heirs.items() for old, new in ids.items() if old != new
    }
    told = claims_of(claims, named)
    if not told.height:
        return claims
    rest = claims.join(told.select("id"), on="id", how="anti", maintain_order="left")
    return pl.concat([rest, told])


class FreeIds:
    """Ids for records that are added: their own, unless one on record has it or another that is added."""

    def __init__(self, dataset: Dataset, brought: Dataset) -> None:
        self._held = {row_id for frame in dataset.tables.values() for row_id in frame.get_column("id").to_list()}
        self._others = {row_id for frame in brought.tables.values() for row_id in frame.get_column("id").to_list()}
        self._last: dict[str, int] = {}

    def of(self, ids: Iterable[str]) -> dict[str, str]:
        """For each of some ids that is taken, the one that is used instead: with the next free number behind it."""
        return {row_id: self._next(row_id) for row_id in ids if row_id in self._held}

    def _next(self, stem: str) -> str:
        n = self._last.get(stem, 1) + 1
        while (made := f"{stem}-{n}") in self._held or made in self._others:
            n += 1
        self._last[stem] = n
        self._held.add(made)
        return made


def signs(frame: pl.DataFrame, names: Sequence[str]) -> pl.Series:
    """One text a row of what some columns of it say: rows are equal where these are."""
    parts = [
        (pl.col(name).list.join("\x1f") if frame.schema[name] == pl.List(pl.String()) else pl.col(name).cast(pl.String))
        .fill_null("\x00")
        for name in names
    ]  # fmt: skip
    return frame.select(pl.concat_str(parts, separator="\x1e").alias("sign")).to_series()


def same_signs(mine: pl.DataFrame, theirs: pl.DataFrame) -> list[tuple[str, str]]:
    """Pairs of ids, theirs and mine, of rows with equal signs, each row once: first those of one id, then the first
    with the first. Both frames: id, sign."""
    same = theirs.join(mine, on=["id", "sign"], how="semi").get_column("id")
    pairs = [(row_id, row_id) for row_id in same]
    left, other = (
        frame.filter(~pl.col("id").is_in(same.implode()))
        .sort("id")
        .with_columns(nth=pl.int_range(pl.len()).over("sign"))
        for frame in (theirs, mine)
    )
    rest = left.join(other, on=["sign", "nth"], how="inner", suffix="_mine").select("id", "id_mine")
    return [*pairs, *rest.sort("id").rows()]
