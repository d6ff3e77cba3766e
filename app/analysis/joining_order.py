"""Where brought stints stand among those that a person has on record: their ranks, and whether that is known."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from app.domain.dataset import Dataset
from app.domain.ranking import STEP, in_one_order

_BROUGHT = "+"
"""Before the id of a brought person or stint, while both careers are put into one: no id of a record begins so."""


def in_order(
    dataset: Dataset, added: pl.DataFrame, theirs: pl.DataFrame, found: Mapping[str, str], changed: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The stints that are added, and those on record that change, with ranks that put all of a person in one order.

    added: those of people who are on record; theirs: all brought stints of these, the added ones by the same ids;
    found: of the others, which one on record each is; changed: stints on record that the edit changes otherwise. Of a
    stint without a start nobody knows the place, unless the brought career has all stints that are on record.
    """
    if not added.height:
        return added, changed
    people = added.get_column("person_id").unique().sort()
    mine = dataset["stints"].filter(pl.col("person_id").is_in(people.implode()))
    mine = pl.concat([mine.join(changed.select("id"), on="id", how="anti"), changed.filter(
        pl.col("person_id").is_in(people.implode())
    )]).sort("id")  # fmt: skip
    added = _stated(added, mine, theirs, found)
    order = _order(people.to_list(), mine, theirs, found)
    if not order.height:
        return added, changed
    own = pl.concat([mine, added])
    placed = order.join(own, on="id", how="inner", maintain_order="left")
    rising = (pl.col("rank") > pl.col("rank").shift(1)).fill_null(value=True).all() & pl.col("rank").is_not_null().all()
    step = pl.int_range(1, pl.len() + 1).cast(pl.Int64) * STEP
    placed = placed.with_columns(
        rank=pl.when(rising.over("person_id")).then("rank").otherwise(step.over("person_id"))
    ).select(own.columns)
    ranked = pl.concat([placed, own.join(placed.select("id"), on="id", how="anti")]).sort("id")
    is_new = pl.col("id").is_in(added.get_column("id").implode())
    others = changed.join(ranked.select("id"), on="id", how="anti")
    return ranked.filter(is_new), pl.concat([others, ranked.filter(~is_new)]).sort("id")


def _stated(added: pl.DataFrame, mine: pl.DataFrame, theirs: pl.DataFrame, found: Mapping[str, str]) -> pl.DataFrame:
    """Stints of which nobody knows where they belong, marked so."""
    seen = theirs.filter(pl.col("id").is_in(list(found))).select(id=pl.col("id").replace(found)).unique()
    unseen = mine.join(seen, on="id", how="anti").get_column("person_id").unique()
    loose = pl.col("start").is_null() & pl.col("person_id").is_in(unseen.implode())
    return added.with_columns(order_stated=pl.when(loose).then(pl.lit(value=False)).otherwise("order_stated"))


def _order(people: list[str], mine: pl.DataFrame, theirs: pl.DataFrame, found: Mapping[str, str]) -> pl.DataFrame:
    """id: of all stints of some people in one order, those on record and the added ones."""
    dated = mine.select("id", start_mine="start")
    own = theirs.with_columns(kept=pl.col("id").replace_strict(found, default=None, return_dtype=pl.String))
    own = own.join(dated, left_on="kept", right_on="id", how="left", maintain_order="left")
    own = own.with_columns(
        pl.coalesce("start_mine", "start").alias("start"),
        (pl.lit(_BROUGHT) + pl.col("person_id")).alias("person_id"),
        (pl.lit(_BROUGHT) + pl.col("id")).alias("id"),
    ).select(mine.columns)
    named = [{"id": person} for person in (*people, *(f"{_BROUGHT}{person}" for person in people))]
    both = Dataset.of({"people": pl.DataFrame(named), "stints": pl.concat([mine, own])})
    known = set(found)
    ids = []
    for person in people:
        for row_id in in_one_order(both, (person, f"{_BROUGHT}{person}")):
            if not row_id.startswith(_BROUGHT):
                ids.append(row_id)
            elif row_id[1:] not in known:
                ids.append(row_id[1:])
    return pl.DataFrame({"id": ids}, schema={"id": pl.String})
