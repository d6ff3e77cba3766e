"""What speaks of records by name outside the fields that refer: claims (`table:id`, `flow:A>B`) and options of views.

A record that is no more is spoken of as the one that has taken its place.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import NamedTuple

import polars as pl

from app.domain.dataset import Dataset, frame_of
from app.domain.errors import UsageError
from app.domain.lens import FIELDS, Term, parse
from app.domain.nested import text_of

WORDS = ("head", "text")
"""Options that are words for people: they name no record, whatever they are like."""
_NAMED = {"organization": "organizations", "person": "people"}


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
    are an id, or `table:id`, `flow:A>B`, `move:A>B`, and filters. A key that is there already keeps what it holds."""
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
        now = _renamed(held, renamed, heirs)
        if now != held:
            rows.append({**row, "options": text_of(now)})
    return frame_of("views", rows)


def _renamed(value: object, renamed: Callable[[str], str], heirs: Heirs) -> object:
    """Nested JSON with every text that names a record as `renamed` has it."""
    if isinstance(value, str):
        return renamed(value)
    if isinstance(value, list):
        made = [_renamed(part, renamed, heirs) for part in value]
        if made == value:
            return value
        once: list[object] = []
        for part in made:  # an order holds each record once
            if not isinstance(part, str) or part not in once:
                once.append(part)
        return once
    if isinstance(value, dict):
        parts = {key: _part(key, part, renamed, heirs) for key, part in value.items()}
        stands = {key: part for key, part in parts.items() if renamed(key) == key}
        moved = {renamed(key): part for key, part in parts.items() if renamed(key) != key}
        return {**moved, **stands}
    return value


def _part(key: str, part: object, renamed: Callable[[str], str], heirs: Heirs) -> object:
    """What a key of an object holds: words stay, the terms of a filter are renamed one by one."""
    if isinstance(part, str) and key in WORDS:
        return part
    return lens_of(part, heirs) if isinstance(part, str) and key == "lens" else _renamed(part, renamed, heirs)


def lens_of(text: str, heirs: Heirs) -> str:
    """A filter as it reads now; one that cannot be read stays as it is."""

    def renamed(term: Term) -> Term:
        table = _NAMED.get(FIELDS[term.field].kind, "")
        heir = heirs.get(Named(table, term.value))
        return replace(term, value=heir.id) if heir is not None and heir.table == table else term

    try:
        lens = parse(text)
    except UsageError:
        return text
    now = lens.with_terms(renamed)
    return str(now) if now != lens else text
