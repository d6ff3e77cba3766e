"""Records that somebody has judged not to be the same: a row of `views` for each judgement, so that it is saved with
the dataset, can be undone, and two colleagues can each judge without a conflict."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import combinations

import polars as pl

from app.domain.dataset import Dataset
from app.domain.edit import Edit, put
from app.domain.nested import text_of
from app.domain.schema import TABLES

VIEW = "duplicates"
LONGEST_ID = 80
"""Letters of the id of a judgement, without the number that tells it from another."""


def apart(dataset: Dataset) -> frozenset[tuple[str, str]]:
    """Pairs of ids, the lower first, of records that are not the same. What cannot be read is none."""
    rows = dataset["views"].filter(pl.col("view") == VIEW).get_column("options").drop_nulls()
    return frozenset(pair for text in rows for pair in combinations(members(text), 2))


def members(options: str | None) -> list[str]:
    """The ids that the options of a judgement name, each once, in order."""
    try:
        held = json.loads(options or "{}")
    except ValueError:
        return []
    ids = held.get("apart") if isinstance(held, dict) else None
    return sorted({i for i in ids if isinstance(i, str)}) if isinstance(ids, list) else []


def set_apart(dataset: Dataset, ids: Sequence[str], name: str) -> Edit:
    """The edit that remembers that no two of these are the same."""
    row: dict[str, object] = {
        "id": _free_id(dataset, sorted(ids)),
        "view": VIEW,
        "options": text_of({"apart": sorted(ids)}),
    }
    return put(dataset, name, {"views": [row]})


def _free_id(dataset: Dataset, ids: Sequence[str]) -> str:
    stem = "-".join(("apart", *ids))[:LONGEST_ID].strip("-")
    n, made = 1, stem
    while any(dataset.position(table, made) is not None for table in TABLES):
        n += 1
        made = f"{stem}-{n}"
    return made
