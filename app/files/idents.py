"""Ids for records that come without: made of what names them, none of them twice."""

from __future__ import annotations

from functools import lru_cache

import polars as pl

from app.analysis.names import as_id

LONGEST = 96
"""Characters of an id, before a number that tells it from another."""


class Ids:
    """The ids that are taken. Equal names in an equal order get equal ids."""

    def __init__(self) -> None:
        self._taken: dict[str, int] = {}

    def new(self, *parts: str) -> str:
        """An id made of these parts; if it is taken, with the next free number behind it."""
        stem = words(*parts)[:LONGEST].strip("-") or "x"
        wanted, n = stem, self._taken.get(stem, 1)
        while wanted in self._taken:
            n += 1
            wanted = f"{stem}-{n}"
        self._taken[stem] = n
        self._taken.setdefault(wanted, 1)
        return wanted


def words(*parts: str) -> str:
    """Parts of a name as they stand in an id: `Strategy & Quality` is strategy-and-quality. Blank if nothing can."""
    return "-".join(found for part in parts if (found := _word(part)))


@lru_cache(maxsize=65536)
def _word(part: str) -> str:
    return as_id(part.replace("&", " and "))


def stems(names: pl.Series) -> pl.Series:
    """Names as they stand in ids, as `Ids.new` makes them of one part: a million at once."""
    made = names.str.replace_all("&", " and ", literal=True).str.normalize("NFKD").str.replace_all(r"[^\x00-\x7f]", "")
    made = made.str.to_lowercase().str.replace_all(r"[^a-z0-9]+", "-").str.strip_chars("-")
    made = made.str.slice(0, LONGEST).str.strip_chars("-")
    return made.to_frame("id").select(pl.when(pl.col("id") != "").then("id").otherwise(pl.lit("x"))).to_series()


def distinct(wanted: pl.Series) -> pl.Series:
    """Ids like those that are wanted, none twice: of equal ones the later have a number behind them."""
    if wanted.n_unique() == len(wanted):
        return wanted
    n = pl.int_range(1, pl.len() + 1).over("id")
    made = wanted.to_frame("id").select(pl.when(n > 1).then(pl.format("{}-{}", "id", n)).otherwise("id")).to_series()
    if made.n_unique() == len(made):
        return made
    ids = Ids()
    return pl.Series("id", [ids.new(text) for text in wanted], dtype=pl.String)
