"""Organizations that may be one: by their names, unless the dataset says how they are bound to each other."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import polars as pl

from app.analysis.alike import SCORES, Step, organizations_alike, said
from app.analysis.plain_names import of_organizations
from app.domain import dates
from app.domain.dataset import Dataset, Row

MOST_SURE = 99
_KIND, _SCHOOL, _COUNTRY, _CITY, _FOUNDED, _PARENTS = -6, -15, -15, -5, -12, -20
"""What speaks against it: other kinds, one of them a university, other countries, cities, years; other parents."""
_PLACE = 3
"""What a city in common adds."""


def pairs(dataset: Dataset, step: Step) -> Iterator[tuple[int, int, int, tuple[str, ...]]]:
    """Pairs of organizations, a < b (codes), with a score of 100 and reasons.

    Those that stand one above the other, and those between which there is a relation or a succession, are two.
    """
    frame = dataset["organizations"]
    if frame.height < 2:
        return
    records = frame.with_row_index("code").with_columns(pl.col("code").cast(pl.Int32))
    named = organizations_alike(of_organizations(records), step)
    bound = _bound(dataset)
    for a, b, kind, name, other, alike in named.iter_rows():
        one, two = frame.row(a, named=True), frame.row(b, named=True)
        if frozenset((one["id"], two["id"])) in bound or _below(dataset, one, two) or _below(dataset, two, one):
            continue
        score, reasons = _weighed(one, two)
        told = (said(kind, name, other, alike), *reasons)
        yield a, b, max(0, min(SCORES[kind] + score, MOST_SURE)), told


def _weighed(one: Row, two: Row) -> tuple[int, list[str]]:
    """What the fields of both add to the score, and what is to be said of it."""
    score, reasons = 0, []

    def differ(field: str) -> bool:
        return one[field] is not None and two[field] is not None and one[field] != two[field]

    if differ("kind"):
        score += _SCHOOL if "university" in (one["kind"], two["kind"]) else _KIND
        reasons.append(f"but {one['kind']} and {two['kind']}")
    if differ("parent_id"):
        score += _PARENTS
        reasons.append("but under different parents")
    if differ("hq_country"):
        score += _COUNTRY
        reasons.append(f"but in {one['hq_country']} and {two['hq_country']}")
    elif differ("hq_city"):
        score += _CITY
        reasons.append(f"but in {one['hq_city']} and {two['hq_city']}")
    elif one["hq_city"] is not None and one["hq_city"] == two["hq_city"]:
        score += _PLACE
        reasons.append(f"both in {one['hq_city']}")
    (first, other), (first_hi, other_hi) = dates.bounds(pl.Series([one["founded"], two["founded"]], dtype=pl.String))
    if np.maximum(first, other) >= np.minimum(first_hi, other_hi):
        score += _FOUNDED
        reasons.append(f"but founded {one['founded']} and {two['founded']}")
    return score, reasons


def _bound(dataset: Dataset) -> set[frozenset[str]]:
    """Pairs of organizations that the dataset holds apart by saying what one is to the other."""
    lines = [dataset[table].select("from_id", "to_id").drop_nulls() for table in ("relations", "successions")]
    return {frozenset(ends) for frame in lines for ends in frame.iter_rows()}


def _below(dataset: Dataset, one: Row, two: Row) -> bool:
    """Whether an organization stands below another."""
    seen: set[str] = set()
    at = one["parent_id"]
    while at is not None and at not in seen:
        if at == two["id"]:
            return True
        seen.add(at)
        at = (dataset.row("organizations", at) or {}).get("parent_id")
    return False
