"""Records on record that brought rows make fuller: what changes in them, and what of those rows does not stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from app.analysis.joining_filling import Kept, filled
from app.domain.dataset import Dataset, Row, frame_of
from app.domain.edit import rows_of
from app.domain.schema import TABLES, Kind


@dataclass(frozen=True, eq=False)
class Fuller:
    """changed: rows on record as they shall be; kept: what is not taken over; n_there: how many brought rows say
    nothing new."""

    changed: pl.DataFrame
    kept: tuple[Kept, ...]
    n_there: int


def fuller(dataset: Dataset, table: str, brought: pl.DataFrame, new: pl.DataFrame) -> Fuller:
    """What becomes of rows on record. brought: rows with the ids of those on record that they are, and that refer to
    records as these are called there; several may be one. new: the rows that are added beside them."""
    above = dict(new.select("id", "parent_id").iter_rows()) if table == "organizations" else {}
    ids = brought.get_column("id").unique().sort()
    mine = rows_of(dataset, table, ids)
    saying = _saying_more(table, mine, brought)
    rows: dict[str, Row] = {}
    kept: list[Kept] = []
    n_silent = brought.height - saying.height
    held = {row["id"]: row for row in mine.filter(
        pl.col("id").is_in(saying.get_column("id").implode())
    ).iter_rows(named=True)}  # fmt: skip
    for row in saying.iter_rows(named=True):
        before = rows.get(row["id"], held[row["id"]])
        made, differing = filled(table, before, row)
        if table == "organizations" and made["parent_id"] != before["parent_id"]:
            made, differing = _without_circle(dataset, above, before, made, differing)
        kept += differing
        if made != before:
            rows[row["id"]] = made
            if table == "organizations":
                above[row["id"]] = made["parent_id"]
        elif not differing:
            n_silent += 1
    return Fuller(frame_of(table, rows.values()), tuple(kept), n_silent)


def _saying_more(table: str, mine: pl.DataFrame, brought: pl.DataFrame) -> pl.DataFrame:
    """The brought rows in which a field has another value than on record."""
    both = brought.join(mine, on="id", how="left", suffix="_mine", maintain_order="left")
    unlike = []
    for field in TABLES[table].fields[1:]:
        one, other = pl.col(field.name), pl.col(f"{field.name}_mine")
        if field.kind in (Kind.LIST, Kind.SET):
            unlike.append((one.list.len() > 0) & one.ne_missing(other))
        else:
            unlike.append(one.is_not_null() & one.ne_missing(other))
    return brought.filter(both.select(pl.any_horizontal(unlike)).to_series())


def _without_circle(
    dataset: Dataset, above: Mapping[str, str | None], before: Row, made: Row, kept: list[Kept]
) -> tuple[Row, list[Kept]]:
    """An organization without a parent that stands below it. above: parents that differ from those on record."""
    seen: set[str] = set()
    at = made["parent_id"]
    while at is not None and at not in seen:
        if at == made["id"]:
            told = Kept("organizations", made["id"], "parent_id", before["parent_id"], made["parent_id"])
            return {**made, "parent_id": before["parent_id"]}, [*kept, told]
        seen.add(at)
        at = above[at] if at in above else (dataset.row("organizations", at) or {}).get("parent_id")
    return made, kept
