"""Brought rows that say what is on record already: of the same records, of one kind, with days and words that may be
one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from app.analysis.joining_filling import filled
from app.analysis.joining_rewriting import same_signs, signs
from app.analysis.plain_names import plain
from app.domain import dates
from app.domain.dataset import Row
from app.domain.schema import TABLES

MOST_TOGETHER = 250_000
"""Pairs of rows of the same records that are compared; of a group that makes more only equal rows are found."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What two rows of a table must have in common to say the same.

    keys: equal, also where blank; alike: equal, or blank in one; worded: words of one are among those of the other, or
    blank in one; span: begin and end that must go together; days: dates that must meet where both are known.
    """

    keys: tuple[str, ...]
    alike: tuple[str, ...] = ()
    worded: tuple[str, ...] = ()
    span: tuple[str, str] | None = None
    days: tuple[str, ...] = ()


RULES = {
    "stints": Rule(
        ("person_id", "organization_id"), ("kind", "seat_id"), ("role", "unit"), ("start", "end"), ("announced",)
    ),
    "reports": Rule(("seat_id", "to_seat_id"), ("kind",), (), ("start", "end")),
    "relations": Rule(("from_id", "to_id", "kind"), ("amount_usd", "stake_pct"), (), None, ("announced",)),
    "successions": Rule(("from_id", "kind"), ("to_id", "previous_id"), (), None, ("date",)),
    "targets": Rule(("organization_id", "seats"), (), (), None, ("by",)),
    "claims": Rule(("about", "topic", "field", "value", "text"), ("said_by", "stance"), (), None, ("date",)),
}
"""For each table of facts."""


def on_record(table: str, mine: pl.DataFrame, theirs: pl.DataFrame) -> dict[str, str]:
    """Brought ids of rows and those on record that say the same: each row is one other at most.

    theirs: rows that refer to records as they are called on record. Equal rows are found first, then those that add
    nothing to what is on record, then those that differ least.
    """
    rule = RULES[table]
    if not mine.height or not theirs.height:
        return {}
    names = [name for name in TABLES[table].names if name not in ("id", "rank", "order_stated")]
    mine, theirs = (
        frame.with_columns(key=signs(frame, rule.keys), sign=signs(frame, names)) for frame in (mine, theirs)
    )
    theirs = theirs.join(mine.select("key").unique(), on="key", how="semi")
    mine = mine.join(theirs.select("key").unique(), on="key", how="semi")
    found = dict(same_signs(mine.select("id", "sign"), theirs.select("id", "sign")))
    theirs = theirs.filter(~pl.col("id").is_in(list(found)))
    mine = mine.filter(~pl.col("id").is_in(list(found.values())))
    pairs = sorted(_pairs(table, rule, mine, theirs), key=lambda pair: pair[0])
    held: set[str] = set()
    for _, row_id, kept in pairs:
        if row_id not in found and kept not in held:
            found[row_id] = kept
            held.add(kept)
    return found


def _pairs(
    table: str, rule: Rule, mine: pl.DataFrame, theirs: pl.DataFrame
) -> Iterator[tuple[tuple[bool, int, int, bool, str, str], str, str]]:
    """Rows that may say the same: how they are to be preferred, their id, and that on record."""
    sizes = theirs.group_by("key").len("n").join(mine.group_by("key").len("n_mine"), on="key")
    sizes = sizes.filter(pl.col("n").cast(pl.Int64) * pl.col("n_mine") <= MOST_TOGETHER)
    groups: dict[str, list[Row]] = {}
    words = [f"plain {name}" for name in rule.worded]
    mine, theirs = (
        frame.with_columns(plain(frame.get_column(name)).alias(f"plain {name}") for name in rule.worded)
        for frame in (mine, theirs)
    )
    for row in mine.join(sizes, on="key", how="semi").sort("id").iter_rows(named=True):
        groups.setdefault(row["key"], []).append(row)
    for row in theirs.sort("id").iter_rows(named=True):
        for one in groups.get(row["key"], ()):
            if _may_be_one(rule, one, row, words):
                made, kept = filled(table, one, row)
                n_new = sum(made[name] != one[name] for name in TABLES[table].names if name != "source_ids")
                strange = row["id"] != one["id"]
                n_equal = sum(row[name] is not None and row[name] == one[name] for name in TABLES[table].names)
                yield (bool(kept), len(kept) + n_new, -n_equal, strange, row["id"], one["id"]), row["id"], one["id"]


def _may_be_one(rule: Rule, one: Row, other: Row, words: Sequence[str]) -> bool:
    """Whether two rows of the same records may say the same."""
    for name in rule.alike:
        if one[name] is not None and other[name] is not None and one[name] != other[name]:
            return False
    for name in words:
        if one[name] is not None and other[name] is not None:
            first, second = set(one[name].split()), set(other[name].split())
            if not (first <= second or second <= first):
                return False
    if not all(_meet(one[name], other[name]) for name in rule.days if name != "announced" or rule.span is None):
        return False
    return rule.span is None or _one_span(one, other, *rule.span)


def _meet(one: str | None, other: str | None) -> bool:
    """Whether two dates may be one; a blank one may be any."""
    if not one or not other:
        return True
    if dates.OPEN in (one, other):
        return one == other
    first, second = dates.parse(one), dates.parse(other)
    return max(first.earliest, second.earliest) < min(first.latest, second.latest)


def _one_span(one: Row, other: Row, begin: str, end: str) -> bool:
    """Whether two intervals may be one: they begin at one time, and neither is over before the other begins; where a
    beginning is not known, they must end at one time."""
    if not _meet(one[begin], other[begin]):
        return False
    for first, second in ((one, other), (other, one)):
        over, begun = dates.parse(first[end]), dates.parse(second[begin])
        if first[end] and over.latest <= begun.earliest:
            return False
    return bool(one[begin] and other[begin]) or _meet(one[end], other[end])
