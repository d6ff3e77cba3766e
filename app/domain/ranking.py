"""Ranks of the stints of one person, where these come from several records of that person."""

from __future__ import annotations

from collections.abc import Sequence
from heapq import merge

import numpy as np
import polars as pl

from app.domain.dataset import Dataset

STEP = 10
"""From the rank of one stint of a person to that of the next."""


def in_one_order(dataset: Dataset, people: Sequence[str]) -> pl.Series:
    """Ids of all stints of some people, as if they were one person's; empty where no two of them have any.

    The order of each stays as it is; stints of different ones go by the day at which each is put (`Index.key`: its
    start, or that of the one before it where it is not known), at one day those first whose start says so, then as the
    people are given. Walked by rank, the dates of this order never contradict it.
    """
    index, careers = dataset.index, []
    for number, person in enumerate(people):
        code = dataset.position("people", person)
        if code is None:
            continue
        first, last = np.searchsorted(index.person, [code, code + 1])
        at = np.arange(first, last)
        known = index.start_lo[at] == index.key[at]
        keys = zip(index.key[at].tolist(), (~known).tolist(), [number] * len(at), index.row[at].tolist(), strict=True)
        careers.append(list(keys))
    if sum(map(bool, careers)) < 2:
        return dataset["stints"].get_column("id").clear()
    rows = [row for *_, row in merge(*careers, key=lambda stint: stint[:3])]
    return dataset["stints"].get_column("id").gather(rows)


def ranked(stints: pl.DataFrame, order: pl.Series) -> pl.DataFrame:
    """Stints of one person with ranks that rise in an order of their ids: as they are where they do already, else ten
    by ten. Rows come back in the order of their ids."""
    placed = order.to_frame("id").join(stints, on="id", how="inner", maintain_order="left")
    ranks = placed.get_column("rank")
    rising = not ranks.null_count() and bool((ranks.diff().drop_nulls() > 0).all())
    if rising:
        return stints
    steps = pl.int_range(1, placed.height + 1, eager=True) * STEP
    return placed.with_columns(steps.cast(pl.Int64).alias("rank")).select(stints.columns).sort("id")
