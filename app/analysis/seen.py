"""Until when what is on record of a stint has been looked at: its last seen day (data.md, section 2)."""

from __future__ import annotations

import numpy as np
import polars as pl

from app.domain import dates
from app.domain.dataset import Dataset
from app.domain.dates import FUTURE, PAST
from app.domain.index import Ints


def last_seen(dataset: Dataset, known_by: int | None = None) -> Ints:
    """The first day of the newest `published` of each stint's sources, in the order of the Index; PAST for a stint
    without a dated source. known_by: sources published after it are passed over."""
    sources = dataset["sources"]
    lo, hi = dates.bounds(sources.get_column("published"))
    dated = (lo > PAST) & (lo < FUTURE)
    if known_by is not None:
        dated &= hi - 1 <= known_by
    days = sources.select("id").with_columns(day=pl.Series(lo, dtype=pl.Int32)).filter(pl.Series(dated))
    cited = dataset["stints"].select("source_ids").with_row_index("row").explode("source_ids").drop_nulls()
    newest = cited.join(days, left_on="source_ids", right_on="id").group_by("row").agg(pl.col("day").max())
    found = np.full(dataset["stints"].height, PAST, dtype=np.int32)
    found[newest.get_column("row").to_numpy()] = newest.get_column("day").to_numpy()
    seen: Ints = found[dataset.index.row]
    return seen
