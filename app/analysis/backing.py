"""What careers say of two people who may be one: where both have been, and where both surely were at the same time."""

from __future__ import annotations

import numpy as np
import polars as pl

from app.analysis.levels import Levels
from app.domain.dataset import Dataset
from app.domain.dates import FUTURE, PAST
from app.domain.index import ABSENT

LONGER = 31
"""Days that two posts run at the same time, from which on one person hardly holds both."""


def careers(dataset: Dataset) -> pl.DataFrame:
    """Every stint of a known person at a known organization: person, root (codes), begun, sure, ended (days: the first
    that it may have begun on, the first that it surely runs on, the first that it may have ended on), post."""
    index = dataset.index
    at = np.flatnonzero((index.person != ABSENT) & (index.organization != ABSENT))
    return pl.DataFrame(
        {
            "person": index.person[at],
            "root": Levels.of(dataset).newest[index.organization[at]],
            "begun": index.start_lo[at],
            "sure": index.start_hi[at] - 1,
            "ended": index.end_lo[at],
            "post": index.counted[at],
        }
    )


def backed(pairs: pl.DataFrame, posts: pl.DataFrame) -> pl.DataFrame:
    """The pairs, with what their careers say: shared (code of a root that both were at, null for none), since (the day
    by which both have begun there, null where the starts differ or are not known), torn, torn_b (codes of two roots
    at which they surely were at one time, null for none), gap (days between their careers, null where they meet or
    nothing is known). pairs: a, b and more; posts: as `careers` gives them."""
    keys = pairs.select("a", "b")
    people = pl.concat([keys.get_column("a"), keys.get_column("b")]).unique()
    near = posts.filter(pl.col("person").is_in(people.implode()))
    both = keys.join(near, left_on="a", right_on="person").join(near, left_on="b", right_on="person", suffix="_b")
    same = both.filter(pl.col("root") == pl.col("root_b"))
    meet = (pl.col("begun") <= pl.col("sure_b")) & (pl.col("begun_b") <= pl.col("sure")) & (pl.col("begun") > PAST)
    start = pl.when(meet & (pl.col("begun_b") > PAST)).then(pl.max_horizontal("begun", "begun_b"))
    shared = same.select("a", "b", shared="root", since=start)
    shared = shared.sort("a", "b", "since", "shared", nulls_last=True).unique(["a", "b"], keep="first")
    first, last = pl.max_horizontal("sure", "sure_b"), pl.min_horizontal("ended", "ended_b")
    known = (pl.col("sure") < FUTURE - 1) & (pl.col("sure_b") < FUTURE - 1)
    torn = both.filter(
        pl.col("root") != pl.col("root_b"), pl.col("post"), pl.col("post_b"), known, last - first > LONGER
    )
    torn = torn.select("a", "b", torn="root", torn_b="root_b").sort("a", "b", "torn", "torn_b")
    torn = torn.unique(["a", "b"], keep="first")
    lives = near.group_by("person").agg(
        begun=pl.col("begun").filter(pl.col("begun") > PAST).min(),
        ended=pl.max_horizontal(
            pl.col("sure").filter(pl.col("sure") < FUTURE - 1).max(),
            pl.col("ended").filter(pl.col("ended") > PAST).max(),
        ),
    )
    both = keys.join(lives, left_on="a", right_on="person").join(lives, left_on="b", right_on="person", suffix="_b")
    between = pl.max_horizontal("begun", "begun_b") - pl.min_horizontal("ended", "ended_b")
    gaps = both.select("a", "b", gap=between).filter(pl.col("gap") > 0)
    pairs = pairs.join(gaps, on=["a", "b"], how="left")
    return pairs.join(shared, on=["a", "b"], how="left").join(torn, on=["a", "b"], how="left")
