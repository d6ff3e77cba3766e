"""The sources of what a table says: the sheet itself, and those that its rows name."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from app.files.idents import stems
from app.files.mapping_taking import Table

_SCHEMA = dict.fromkeys(("key", "stem", "title", "url", "kind", "notes"), pl.String)
_ADDRESS = r"^https?://(www\.)?"
_LONGEST = 60
"""Characters of an address or title that stand in an id."""


def sources(table: Table) -> pl.DataFrame:
    """Rows of the sources without their ids: the sheet, then each one that is named, in the order of the file. key: how
    the file names it, blank for the sheet; stem: what its id is made of."""
    sheet = table.sheet
    own = stems(pl.Series([f"{Path(sheet.name).stem} {sheet.sheet}"]))[0]
    said = f"A table, read as {table.mapping.shape}: {sheet.said}"
    first = pl.DataFrame([("", f"src-{own}", table.place, None, "other", said)], schema=_SCHEMA, orient="row")
    if not table.has("source"):
        return first
    named = table.frame.get_column("source").drop_nulls().explode().unique(maintain_order=True).alias("key")
    short = stems(named.str.replace(_ADDRESS, "")).str.slice(0, _LONGEST).str.strip_chars("-")
    address = pl.when(pl.col("key").str.contains(_ADDRESS)).then("key")
    found = pl.DataFrame({"key": named, "stem": "src-" + short}).with_columns(url=address, kind=pl.lit("other"))
    title: pl.Expr = pl.when(pl.col("url").is_null()).then("key")
    if table.has("source-title"):
        given = table.frame.select(key=pl.col("source").list.first(), given="source-title").drop_nulls()
        given = given.unique("key", keep="first", maintain_order=True)
        found = found.join(given, on="key", how="left", maintain_order="left")
        title = pl.coalesce("given", title)
    return pl.concat(
        [first, found.with_columns(title=title, notes=pl.lit(None, dtype=pl.String)).select(list(_SCHEMA))]
    )


def cited(lists: pl.Series, known: pl.DataFrame) -> pl.Series:
    """Lists of sources as the file names them → their ids and that of the sheet. known: of `sources`, with ids."""
    own = known.item(0, "id")
    ids = lists.list.eval(pl.element().replace_strict(known.get_column("key"), known.get_column("id")))
    both = pl.concat_list(pl.lit(own), pl.col("ids").fill_null([]))
    return ids.alias("ids").to_frame().select(both.list.unique().list.sort()).to_series().alias("source_ids")


def cited_alone(n: int, known: pl.DataFrame) -> pl.Series:
    """For n records the sheet as their only source."""
    return pl.Series("source_ids", [[known.item(0, "id")]], dtype=pl.List(pl.String)).new_from_index(0, n)
