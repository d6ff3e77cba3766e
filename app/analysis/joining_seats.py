"""Brought seats that are on record already. Two equal seats are two places: each brought one is at most one on record,
and no two are the same one."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from app.analysis.joining_rewriting import led, marked, signs
from app.analysis.plain_names import plain
from app.domain.dataset import Dataset
from app.domain.schema import TABLES

_FIELDS = [name for name in TABLES["seats"].names if name not in ("id", "rank")]
_PAIR = ("id", "kept")


def seats(dataset: Dataset, brought: Dataset, heirs: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Brought ids of seats and those on record that they are: of one organization and title, first those of one id,
    then those that one person has held, then vacant ones that say the same, one after the other.

    heirs: brought ids of sources, organizations and people, and those on record. A seat whose holder is not on record
    there is another seat of that title.
    """
    mine = _told(dataset["seats"], dataset["stints"])
    known = marked(brought, heirs, ("sources", "organizations", "people"))
    theirs = _told(led("seats", brought["seats"], known), led("stints", brought["stints"], known))
    found: dict[str, str] = {}
    if not mine.height or not theirs.height:
        return found
    titled = theirs.join(mine, on=["id", "place"], how="inner").select("id", kept="id")
    _take(found, titled)
    held = [frame.explode("holders").drop_nulls("holders") for frame in (theirs, mine)]
    both = held[0].join(held[1], on=["place", "holders"], suffix="_mine").select("id", kept="id_mine")
    _take(found, both.unique().sort(_PAIR))
    vacant = [
        frame.filter(pl.col("holders").list.len() == 0, ~pl.col("id").is_in(list(taken)))
        .sort("id")
        .with_columns(nth=pl.int_range(pl.len()).over("sign"))
        for frame, taken in ((theirs, found.keys()), (mine, found.values()))
    ]
    _take(found, vacant[0].join(vacant[1], on=["sign", "nth"], suffix="_mine").select("id", kept="id_mine").sort(_PAIR))
    return found


def _take(found: dict[str, str], pairs: pl.DataFrame) -> None:
    """Take the pairs of which neither is taken yet, in their order."""
    held = set(found.values())
    for row_id, kept in pairs.iter_rows():
        if row_id not in found and kept not in held:
            found[row_id] = kept
            held.add(kept)


def _told(frame: pl.DataFrame, stints: pl.DataFrame) -> pl.DataFrame:
    """id, place (organization and title), sign (all that it says), holders (ids of people whom a stint puts there)."""
    holders = stints.select("seat_id", "person_id").drop_nulls().unique().group_by("seat_id").agg("person_id")
    title = plain(frame.get_column("title"))
    rows = frame.select(
        "id",
        place=pl.concat_str("organization_id", pl.lit(title).fill_null(""), separator="\x1f"),
        sign=signs(frame, _FIELDS),
    )
    rows = rows.join(holders, left_on="id", right_on="seat_id", how="left")
    return rows.select("id", "place", "sign", holders=pl.col("person_id").fill_null([]))
