"""People who may be one: by their ids, their names, and where they have been."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from app.analysis.alike import INITIAL, SCORES, Step, people_alike, said
from app.analysis.backing import backed, careers
from app.analysis.names import short
from app.analysis.plain_names import of_people
from app.domain import dates
from app.domain.dataset import Dataset

SCHEMES = {"orcid": "ORCID", "openalex": "OpenAlex id", "wikidata": "Wikidata id"}
"""Fields that tell a person from all others, and their names."""
MOST_OF_ONE_ID = 5
"""An id that more people have is a placeholder."""
SURE = 100
_BOTH_SINCE, _BOTH_AT, _TORN, _APART, _ALONE, _NAMESAKE = 12, 8, -14, -30, 8, -6
"""What careers and names of others add: both began at one place by one day, both were at one place, both surely were at
different ones at the same time; their careers lie far apart; an initial fits nobody else, each one beyond two that a
name fits."""
FAR = 25 * 365
"""Days between two careers that are not one."""
_LEAST_NAMESAKES = -18
_CODES = {"a": pl.Int32, "b": pl.Int32}


def pairs(dataset: Dataset, step: Step) -> Iterator[tuple[int, int, int, tuple[str, ...]]]:
    """Pairs of people, a < b (codes), with a score of 100 and reasons. People who have the same id of one scheme are
    one, people with different ids of one scheme are not, whatever they are called."""
    people = dataset["people"].with_row_index("code").with_columns(pl.col("code").cast(pl.Int32))
    if people.height < 2:
        return
    same = _same_id(people)
    named = people_alike(of_people(people), lambda share: step(0.8 * share))
    named = named.join(same, on=["a", "b"], how="anti")
    named = _not_told_apart(named, people)
    found = backed(_namesakes(named), careers(dataset)) if named.height else named
    step(0.9)
    for a, b, scheme in same.iter_rows():
        yield a, b, SURE, (f"same {SCHEMES[scheme]}",)
    names = dataset["organizations"].get_column("name").fill_null(dataset["organizations"].get_column("id"))
    ids = dataset["organizations"].get_column("id")

    def root(code: int) -> str:
        return short(names[code], ids[code])

    for row in found.iter_rows(named=True):
        score, reasons = SCORES[row["kind"]], [said(row["kind"], row["name"], row["name_b"], row["alike"])]
        if row["others"] > 2:
            score += max(_NAMESAKE * (row["others"] - 2), _LEAST_NAMESAKES)
            reasons.append(f"a name that fits {row['others'] + 1} people")
        elif row["kind"] == INITIAL and row["others"] == 1 and row["torn"] is None:
            score += _ALONE
            reasons.append("nobody else it may stand for")
        if row["shared"] is not None:
            score += _BOTH_AT if row["since"] is None else _BOTH_SINCE
            since = f" since {dates.text(row['since'])[:7]}" if row["since"] is not None else ""
            reasons.append(f"both at {root(row['shared'])}{since}")
        if row["torn"] is not None:
            score += _TORN
            reasons.append(f"but at {root(row['torn'])} and {root(row['torn_b'])} at the same time")
        if (row["gap"] or 0) > FAR:
            score += _APART
            reasons.append(f"but {row['gap'] // 365} years between their careers")
        yield row["a"], row["b"], max(0, min(score, SURE - 1)), tuple(reasons)


def bare(scheme: str) -> pl.Expr:
    """An id without the address before it, in capital letters."""
    return pl.col(scheme).str.extract(r"([^/\s]+)/?\s*$").str.to_uppercase()


def _same_id(people: pl.DataFrame) -> pl.DataFrame:
    """a, b, scheme: who has the same id."""
    found = []
    for scheme in SCHEMES:
        held = people.select("code", key=bare(scheme)).drop_nulls()
        held = held.filter(pl.len().over("key") <= MOST_OF_ONE_ID)
        both = held.join(held, on="key", suffix="_b").filter(pl.col("code") < pl.col("code_b"))
        found.append(both.select(a="code", b="code_b", scheme=pl.lit(scheme)))
    return pl.concat(found).unique(["a", "b"], keep="first", maintain_order=True)


def _not_told_apart(pairs: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
    """Pairs without those who have different ids of one scheme."""
    filled = [scheme for scheme in SCHEMES if people.get_column(scheme).null_count() < people.height]
    if not filled:
        return pairs
    held = people.select("code", *(bare(scheme).alias(scheme) for scheme in filled))
    both = pairs.join(held, left_on="a", right_on="code").join(held, left_on="b", right_on="code", suffix="_other")
    differ = pl.any_horizontal((pl.col(s) != pl.col(f"{s}_other")).fill_null(value=False) for s in filled)
    return both.filter(~differ).select(pairs.columns)


def _namesakes(pairs: pl.DataFrame) -> pl.DataFrame:
    """others: how many people the name of a pair may stand for, beside the one who has it: of both the more."""
    ends = pl.concat([pairs.select(code="a"), pairs.select(code="b")])
    counts = ends.group_by("code").len("others")
    both = pairs.join(counts, left_on="a", right_on="code").join(counts, left_on="b", right_on="code", suffix="_b")
    return both.with_columns(others=pl.max_horizontal("others", "others_b").cast(pl.Int64)).drop("others_b")
