"""What speaks of records by name outside the fields that refer: claims (`table:id`, `flow:A>B`) and options of views.

A record that is no more is spoken of as the one that has taken its place.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import NamedTuple

import polars as pl

from app.domain.dataset import Dataset, frame_of
from app.domain.nested import text_of


class Named(NamedTuple):
    """A record by its table and id."""

    table: str
    id: str


Heirs = Mapping[Named, Named]
"""Records that are no more, and what has taken the place of each."""


def entry(name: str, heirs: Heirs) -> str:
    """`table:id` or `flow:A>B` as it reads now. A flow from an organization to itself is none: what spoke of it speaks
    of that organization."""
    table, _, rest = name.partition(":")
    if table not in ("flow", "move"):
        heir = heirs.get(Named(table, rest))
        return f"{heir.table}:{heir.id}" if heir is not None else name
    of = "organizations" if table == "flow" else "stints"
    ends = [heirs.get(Named(of, part), Named(of, part)) for part in rest.split(">")]
    if len(ends) == 2 and ends != [Named(of, part) for part in rest.split(">")]:
        one, other = ends
        return f"{one.table}:{one.id}" if one == other else f"{table}:{one.id}>{other.id}"
    return name


def claims_of(claims: pl.DataFrame, heirs: Heirs) -> pl.DataFrame:
    """The claims that speak of records that are no more, as they read now; each entry once, in the order they stood."""
    if not claims.height or not heirs:
        return claims.clear()
    spoken = claims.get_column("about").list.explode(empty_as_null=False).drop_nulls().unique()
    plain = pl.Series([f"{table}:{row_id}" for table, row_id in heirs])
    suspects = spoken.filter(spoken.is_in(plain.implode()) | spoken.str.contains(r"^(flow|move):"))
    now = {name: told for name in suspects.to_list() if (told := entry(name, heirs)) != name}
    if not now:
        return claims.clear()
    wanted = pl.Series(list(now))
    touched = claims.filter(pl.col("about").list.set_intersection(wanted.implode()).list.len() > 0)
    about = [list(dict.fromkeys(now.get(name, name) for name in names)) for names in touched.get_column("about")]
    return touched.with_columns(pl.Series("about", about, dtype=pl.List(pl.String())))


def views_of(dataset: Dataset, heirs: Heirs) -> pl.DataFrame:
    """The views whose options name records that are no more, as they read now: keys, members of lists and values that
    are an id, or `table:id`, `flow:A>B`, `move:A>B`. A key that is there already keeps what it holds."""
    by_id = {named.id: heir.id for named, heir in heirs.items()}

    def renamed(text: str) -> str:
        return by_id.get(text) or (entry(text, heirs) if ":" in text else text)

    rows = []
    for row in dataset["views"].drop_nulls("options").iter_rows(named=True):
        if not any(row_id in row["options"] for row_id in by_id):
            continue
        try:
            held = json.loads(row["options"])
        except ValueError:
            continue
        now = _renamed(held, renamed)
        if now != held:
            rows.append({**row, "options": text_of(now)})
    return frame_of("views", rows)


def _renamed(value: object, renamed: Callable[[str], str]) -> object:
    """Nested JSON with every text that names a record as `renamed` has it."""
    if isinstance(value, str):
        return renamed(value)
    if isinstance(value, list):
        made = [_renamed(part, renamed) for part in value]
        if made == value:
            return value
        once: list[object] = []
        for part in made:  # an order holds each record once
            if not isinstance(part, str) or part not in once:
                once.append(part)
        return once
    if isinstance(value, dict):
        stands = {key: _renamed(part, renamed) for key, part in value.items() if renamed(key) == key}
        moved = {renamed(key): _renamed(part, renamed) for key, part in value.items() if renamed(key) != key}
        return {**moved, **stands}
    return value
