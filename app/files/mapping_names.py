"""The people or organizations that the cells of a table name: which spellings are one and the same, and what is said of
each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import polars as pl

from app.files.mapping_faults import RowFaults, quoted

Key = Callable[[pl.Series], pl.Series]


@dataclass(frozen=True, eq=False)
class Bodies:
    """records: code (their row), name, aliases, row (in which they are named first), in the order of the file. codes:
    of each column that names them, by row of the table; null where it names nobody."""

    records: pl.DataFrame
    codes: dict[str, pl.Series]


def bodies(frame: pl.DataFrame, names: Sequence[str], key: Key, *, by_id: str = "", aliases: str = "") -> Bodies:
    """The records that some columns of a table name. names: these columns, the one first that ids and aliases go with;
    by_id: the column of their ids; aliases: of lists of other names.

    Spellings of one plain form are one record, and so are those of one id; equal names with different ids are several.
    A name that is the alias of just one other is that one. The name is what is written most often, others are aliases.
    """
    parts = []
    for n, name in enumerate(names):
        held = pl.col(by_id) if by_id and not n else pl.lit(None, dtype=pl.String)
        parts.append(frame.select("row", name=name, id=held))
    named = pl.concat(parts).drop_nulls("name")
    counts = {"n": pl.len(), "row": pl.col("row").min()}
    if by_id:
        pairs = named.group_by("name", "id", maintain_order=True).agg(**counts)
    else:
        pairs = named.group_by("name", maintain_order=True).agg(**counts, id=pl.col("id").first())
    tidy = pairs.get_column("name").str.replace_all(r"\s+", " ")
    pairs = pairs.with_columns(tidy=tidy, key=key(tidy))
    pairs = _identified(pairs) if by_id else pairs.with_columns(record="n:" + pl.col("key"))
    given = _given(frame, names[0], aliases, pairs, key) if aliases else None
    if given is not None:
        pairs = _united(pairs, given)
    records = _records(pairs, given)
    coded = pairs.join(records.select("record", "code"), on="record", how="left")
    return Bodies(
        records.drop("record"), {name: _codes(frame, name, by_id if name == names[0] else "", coded) for name in names}
    )


def _codes(frame: pl.DataFrame, name: str, by_id: str, coded: pl.DataFrame) -> pl.Series:
    if by_id:
        found = frame.select(name=name, id=by_id).join(
            coded.select("name", "id", "code"), on=["name", "id"], how="left", nulls_equal=True, maintain_order="left"
        )
        return found.get_column("code")
    plain = coded.filter(pl.col("id").is_null()).select("name", "code")
    return frame.select(name=name).join(plain, on="name", how="left", maintain_order="left").get_column("code")


def _identified(pairs: pl.DataFrame) -> pl.DataFrame:
    """Pairs with the record that they belong to: that of their id, or of the only id that their name has."""
    of_key = pairs.drop_nulls("id").group_by("key").agg(sole=pl.col("id").first(), n_ids=pl.col("id").n_unique())
    found = pairs.join(of_key, on="key", how="left", maintain_order="left")
    record = pl.coalesce("id", pl.when(pl.col("n_ids") == 1).then("sole"))
    return found.with_columns(record=pl.coalesce("i:" + record, "n:" + pl.col("key")))


def _given(frame: pl.DataFrame, name: str, aliases: str, pairs: pl.DataFrame, key: Key) -> pl.DataFrame:
    """record, alias, key of the alias: the other names that the table gives."""
    told = frame.select(name=name, alias=aliases).drop_nulls().explode("alias").unique(maintain_order=True)
    owners = pairs.unique("name", keep="first", maintain_order=True).select("name", "record")
    found = told.join(owners, on="name", how="inner", maintain_order="left")
    return found.with_columns(key=key(found.get_column("alias")))


def _united(pairs: pl.DataFrame, given: pl.DataFrame) -> pl.DataFrame:
    """Pairs whose name is the alias of one other record, and who have no id of their own, are of that record."""
    sole = given.group_by("key").agg(pl.col("record").unique()).filter(pl.col("record").list.len() == 1)
    leads = {f"n:{key}": record for key, (record,) in sole.select("key", "record").iter_rows() if f"n:{key}" != record}

    def root(record: str) -> str:
        seen = {record}
        while (above := leads.get(record)) is not None and above not in seen:
            seen.add(above)
            record = above
        return record

    old = list(leads)
    return pairs.with_columns(pl.col("record").replace(old, [root(record) for record in old]))


def _records(pairs: pl.DataFrame, given: pl.DataFrame | None) -> pl.DataFrame:
    """The records, each called what it is called most often."""
    if given is None and pairs.get_column("record").n_unique() == pairs.height:  # nothing is spelled in two ways
        none = pl.lit([], dtype=pl.List(pl.String))
        made = pairs.select("record", name="tidy", aliases=none, row="row").sort("row", maintain_order=True)
        return made.with_columns(code=pl.int_range(pl.len(), dtype=pl.Int64))
    spelled = pairs.group_by("record", "tidy", maintain_order=True).agg(pl.col("n").sum(), pl.col("row").min())
    spelled = spelled.sort("n", "row", descending=[True, False], maintain_order=True)
    made = spelled.group_by("record", maintain_order=True).agg(
        name=pl.col("tidy").first(), aliases=pl.col("tidy").slice(1), row=pl.col("row").min()
    )
    if given is not None:
        of_record = given.group_by("record", maintain_order=True).agg(told=pl.col("alias"))
        made = made.join(of_record, on="record", how="left", maintain_order="left")
        both = pl.concat_list("aliases", pl.col("told").fill_null([]))
        made = made.with_columns(aliases=both.list.unique(maintain_order=True)).drop("told")
        made = made.with_columns(aliases=pl.col("aliases").list.set_difference(pl.concat_list("name")))
    made = made.sort("row", maintain_order=True)
    return made.with_columns(code=pl.int_range(pl.len(), dtype=pl.Int64))


def attribute(frame: pl.DataFrame, codes: pl.Series, field: str, column: str, n: int, faults: RowFaults) -> pl.Series:
    """A value for each of n records: the first that a row gives that names it; rows that give another one are told.

    codes: by row of the table; column: what the file calls the field.
    """
    given = frame.select("row", code=codes, value=field).drop_nulls(["code", "value"])
    first = given.unique("code", keep="first", maintain_order=True)
    other = given.join(first.select("code", taken="value", first="row"), on="code", how="left", maintain_order="left")
    other = other.filter(pl.col("value") != pl.col("taken"))
    if other.height:
        said = quoted(other.get_column("value")) + " was left out: row " + other.get_column("first").cast(pl.String)
        messages = said + " says " + quoted(other.get_column("taken"))
        faults.add("differs", other.get_column("row"), messages, "Correct one of the two.", column=column)
    held = pl.DataFrame({"code": pl.Series(range(n), dtype=pl.Int64)}).join(
        first.select("code", "value"), on="code", how="left", maintain_order="left"
    )
    return held.get_column("value")


def listed(frame: pl.DataFrame, codes: pl.Series, field: str, n: int) -> pl.Series:
    """All texts that rows give of each of n records in a column of lists, in their order."""
    given = frame.select(code=codes, value=field).drop_nulls().explode("value")
    together = given.group_by("code").agg(pl.col("value").unique(maintain_order=True))
    held = pl.DataFrame({"code": pl.Series(range(n), dtype=pl.Int64)}).join(
        together, on="code", how="left", maintain_order="left"
    )
    return held.get_column("value")
