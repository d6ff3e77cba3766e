"""Records that may stand for one and the same person, organization or source: found by their ids and names, weighed by
what else is known of them, with the reasons in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

import polars as pl

from app.analysis import same_bodies, same_people, same_sources
from app.analysis.alike import Step
from app.domain.apart import apart
from app.domain.dataset import Dataset

OFFERED = 80
"""Of 100: pairs that score less are not offered."""
MOST = 10_000
"""Pairs of one table that are offered, the likeliest first."""

Finder = Callable[[Dataset, Step], Iterable[tuple[int, int, int, tuple[str, ...]]]]
_FINDERS: dict[str, Finder] = {
    "people": same_people.pairs,
    "organizations": same_bodies.pairs,
    "sources": same_sources.pairs,
}
TABLES = tuple(_FINDERS)
"""Tables whose duplicates are found."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records by their codes, how likely they are one (0 to 100), and why."""

    a: int
    b: int
    score: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Alike:
    """Records of a table that may be one: their ids, the lower first; score: of the least likely two of them; reasons:
    why the likeliest two are."""

    table: str
    ids: tuple[str, ...]
    score: int
    reasons: tuple[str, ...]


def duplicates(dataset: Dataset, step: Step, tables: Sequence[str] = TABLES) -> list[Alike]:
    """Groups of records that may be one, by table, the likeliest first; empty if there are none.

    Every two of a group are alike. Pairs that somebody has judged not to be the same (`domain.apart`) are left out.
    step: told how much is done, 0 to 1; raises where nobody waits any more.
    """
    judged = apart(dataset)
    found: list[Alike] = []
    for n, table in enumerate(tables):
        done = partial(_part, step, n, len(tables))
        ids = dataset[table].get_column("id")
        pairs = [Pair(*told) for told in _FINDERS[table](dataset, done) if told[2] >= OFFERED]
        pairs = [pair for pair in pairs if _ordered(ids[pair.a], ids[pair.b]) not in judged]
        pairs.sort(key=lambda pair: (-pair.score, pair.a, pair.b))
        found += _grouped(table, ids, pairs[:MOST])
    step(1.0)
    return found


def _part(step: Step, n: int, of: int, share: float) -> None:
    """Tell how much of all is done when a share of the nth part is."""
    step((n + share) / of)


def _ordered(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


def _grouped(table: str, ids: pl.Series, pairs: Sequence[Pair]) -> list[Alike]:
    """Pairs joined to groups in which every two are a pair, the likeliest pairs first; no record is in two groups."""
    alike = {(pair.a, pair.b): pair for pair in pairs}
    home: dict[int, list[int]] = {}
    for a, b in alike:
        one, other = home.setdefault(a, [a]), home.setdefault(b, [b])
        if one is other or any((min(x, y), max(x, y)) not in alike for x in one for y in other):
            continue
        one += other
        for member in other:
            home[member] = one
    groups = {id(group): group for group in home.values() if len(group) > 1}
    found = []
    for group in groups.values():
        members = sorted(group)
        inner = [alike[x, y] for n, x in enumerate(members) for y in members[n + 1 :]]
        best = max(inner, key=lambda pair: pair.score)
        score = min(pair.score for pair in inner)
        found.append(Alike(table, tuple(ids[member] for member in members), score, best.reasons))
    return sorted(found, key=lambda group: (-group.score, group.ids))
