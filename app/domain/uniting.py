"""Rows that say the same once a record has taken the place of others: one stays, with the sources of all."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

FACTS = ("stints", "reports", "relations", "successions", "targets", "claims")
"""Tables whose rows say something of other records and are referred to by no field: two that are equal say it twice.
Seats are not among them: two equal ones are two places."""
_ASIDE = ("id", "rank", "source_ids")
"""What may differ between rows that say the same."""
ORIGIN, TOUCHED = "origin of the row", "touched"


def united(rows: pl.DataFrame) -> tuple[pl.DataFrame, Mapping[str, str]]:
    """The rows that stay where some say the same, with the sources of all; and for each that goes, the one that stays.

    rows: those of a table that speak of the record, with two more columns: TOUCHED, whether the record has just taken
    its place in them; ORIGIN, whom they spoke of. Rows that were equal before stay apart (somebody may have come
    back): the first of one origin is united with the first of another, the second with the second. Rows that nothing
    is to be united with are left out.
    """
    names = [name for name in rows.columns if name not in (*_ASIDE, ORIGIN, TOUCHED)]
    lists = [name for name in names if rows.schema[name] == pl.List(pl.String())]
    by = [pl.col(TOUCHED), *([pl.col("rank")] if "rank" in rows.columns else []), pl.col("id")]
    texts = [pl.col(name).list.join("\x1f") for name in lists]
    said = rows.sort(by, nulls_last=True).select(
        "id", "source_ids", TOUCHED, ORIGIN, pl.struct(*(n for n in names if n not in lists), *texts).alias("said")
    )
    said = said.with_columns(nth=pl.int_range(pl.len()).over("said", ORIGIN))
    groups = (
        said.group_by("said", "nth", maintain_order=True)
        .agg("id", pl.col(TOUCHED).any(), pl.col("source_ids").list.explode(keep_nulls=False, empty_as_null=False))
        .filter(pl.col(TOUCHED), pl.col("id").list.len() > 1)
    )
    sources: dict[str, list[str]] = {}
    gone: dict[str, str] = {}
    for ids, cited in groups.select("id", "source_ids").iter_rows():
        stays, *others = ids
        sources[stays] = sorted(set(cited))
        gone.update(dict.fromkeys(others, stays))
    staying = rows.filter(pl.col("id").is_in(list(sources))).drop(ORIGIN, TOUCHED)
    cited_by = [sources[row_id] for row_id in staying.get_column("id")]
    return staying.with_columns(pl.Series("source_ids", cited_by, dtype=pl.List(pl.String()))), gone
