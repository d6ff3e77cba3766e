"""Brought sources that are on record already: the same address, or the same publisher, title and day."""

from __future__ import annotations

import polars as pl

from app.analysis.joining_matches import Choices, Choosing, Likeness
from app.analysis.joining_rewriting import same_signs, signs
from app.analysis.plain_names import plain
from app.analysis.same_sources import address
from app.domain import dates
from app.domain.dataset import Dataset
from app.domain.schema import TABLES

SAME = "the same record"
MOST_TOGETHER = 50
"""Of an address or a title that more sources have, on one side, none is looked at: it says nothing."""
_HEADING = 10
"""Added to the tier of what only has publisher, title and day in common."""
_FIELDS = [name for name in TABLES["sources"].names if name not in ("id", "derived_from", "source_ids")]


def sources(dataset: Dataset, brought: Dataset, choices: Choices) -> Choosing:
    """Which sources on record the brought ones are.

    Two of one address are two where their days of publication differ. Of several that it may be, the one that says the
    same of most else is taken: nothing is lost by it, for sources are never asked about.
    """
    mine, theirs = dataset["sources"], brought["sources"]
    names = dict(_named(mine).iter_rows())
    made = Choosing("sources", choices, lambda row_id: names.get(row_id, row_id))
    made.obey(lambda row_id: row_id in names, theirs.get_column("id"))
    if not mine.height or not theirs.height:
        return made
    signed = [frame.select("id", sign=signs(frame, _FIELDS)) for frame in (mine, theirs)]
    for row_id, kept in same_signs(*signed):
        if not made.decided(row_id):
            made.take(row_id, kept, SAME)
    one, other = _keyed(mine), _keyed(theirs)
    left = other.filter(~pl.col("id").is_in(list(made.taken)))
    for tier, key, reason in ((0, "address", "same address"), (_HEADING, "heading", "same publisher, title and day")):
        both = left.join(one.filter(pl.len().over(key) <= MOST_TOGETHER), on=key, how="inner", suffix="_mine")
        for row in both.iter_rows(named=True):
            if _same_day(row["published"], row["published_mine"]):
                sides = [(row[name], row[f"{name}_mine"]) for name in ("quote", "written", "published")]
                unlike = sum(None not in side and side[0] != side[1] for side in sides)
                made.alike(row["id"], row["id_mine"], Likeness(tier + unlike, reason, alone=False))
    for row_id, held in made.pairs.items():
        if not made.decided(row_id):
            _, _, kept = min((likeness.tier, kept != row_id, kept) for kept, likeness in held.items())
            made.take(row_id, kept, held[kept].reason)
    return made


def named(frame: pl.DataFrame) -> dict[str, str]:
    """What sources are called, by their ids."""
    return dict(_named(frame).iter_rows())


def _named(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.select("id", pl.coalesce("title", "url", "publisher", "id").alias("name"))


def _keyed(frame: pl.DataFrame) -> pl.DataFrame:
    publisher, title = (plain(frame.get_column(name)) for name in ("publisher", "title"))
    key = pl.concat_str(pl.lit(publisher).fill_null(""), pl.lit(title), "published", separator=" · ")
    return frame.select("id", "quote", "published", written="title", address=address(), heading=key)


def _same_day(one: str | None, other: str | None) -> bool:
    """Whether two days of publication may be one."""
    first, second = dates.parse(one), dates.parse(other)
    return max(first.earliest, second.earliest) < min(first.latest, second.latest)
