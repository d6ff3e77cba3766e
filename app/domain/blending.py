"""One row made of those of several records that are the same: which value stands in each field, and why."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from functools import partial

from app.domain.dataset import Dataset, Row
from app.domain.nested import merged, text_of
from app.domain.schema import STATUSES, TABLES, Field, Kind

_INITIAL = re.compile(r"^\w\b|\b\w\.?$")
"""A name that begins or ends with a single letter."""
JOINED = ("notes",)
"""Texts of which all are kept, one below the other."""


def is_united(field: Field) -> bool:
    """Whether a field holds what all records hold: sets, lists and notes. Of any other field one value stands."""
    return field.kind in (Kind.LIST, Kind.SET, Kind.JSON) or field.name in JOINED


def standing(table: str, rows: Sequence[Row]) -> dict[str, str]:
    """For each field of which one value stands: the id of the record that has it, unless somebody says otherwise.

    The value of the record that stays (the first) where it has one, else that of the best sourced that has one. Of
    names of people one that is written out goes before one with an initial; of status the strongest stands, for what
    several records say is at least as sure as the surest of them.
    """
    others = sorted(rows[1:], key=lambda row: -len(row["source_ids"] or ()))
    ids = {row["id"] for row in rows}
    chosen = {}
    for field in TABLES[table].fields[1:]:
        if is_united(field):
            continue
        own = ids if field.reference == table else set()  # what would refer to itself is no value
        filled = [row for row in (rows[0], *others) if row[field.name] is not None and row[field.name] not in own]
        if field.name == "status":
            filled.sort(key=lambda row: -_sureness(row["status"]))
        if field.name == "name" and table == "people":
            filled.sort(key=lambda row: _INITIAL.search(row["name"]) is not None)
        chosen[field.name] = str((filled or rows)[0]["id"])
    return chosen


def blended(dataset: Dataset, table: str, rows: Sequence[Row], chosen: Mapping[str, str]) -> tuple[Row, list[str]]:
    """The row of the record that stays, and the fields that had to be cleared because they would have led back to it.

    rows: all that become one, the record that stays first. chosen: field → id of the record whose value stands, beside
    what `standing` says. Names that do not stand become aliases.
    """
    by_id = {str(row["id"]): row for row in rows}
    kept, ids = rows[0], set(by_id)
    made, cleared = dict(kept), []
    for name, row_id in {**standing(table, rows), **chosen}.items():
        made[name] = by_id[row_id][name]
    for field in TABLES[table].fields[1:]:
        values = [row[field.name] for row in rows]
        if field.kind in (Kind.LIST, Kind.SET):
            made[field.name] = list(dict.fromkeys(part for value in values for part in value or ()))
        elif field.kind is Kind.JSON:
            made[field.name] = _nested(values)
        elif field.name in JOINED:
            made[field.name] = "\n".join(dict.fromkeys(value for value in values if value)) or None
        if field.reference != table:
            continue
        if field.kind is Kind.SET:
            made[field.name] = [i for i in made[field.name] if i not in ids]
        elif made[field.name] is not None:
            above = partial(_leads_back, dataset, table, field.name, ids)
            others = [value for value in values if value is not None and not above(value)]
            if above(made[field.name]):
                made[field.name] = others[0] if others else None
                if not others:
                    cleared.append(field.name)
    if "aliases" in made:
        made["aliases"] = _aliases(str(made["name"] or ""), rows, made["aliases"])
    return made, cleared


def _aliases(name: str, rows: Sequence[Row], aliases: Sequence[str]) -> list[str]:
    """All other names, each once, in any case."""
    names = [*(str(row["name"]) for row in rows if row["name"]), *aliases]
    distinct = {text.casefold(): text for text in reversed(names)}
    return [text for text in reversed(distinct.values()) if text.casefold() != name.casefold()]


def _leads_back(dataset: Dataset, table: str, field: str, ids: set[str], value: str) -> bool:
    """Whether who follows a field upward from a record comes to one of those that become one."""
    seen: set[str] = set()
    at: str | None = value
    while at is not None and at not in seen:
        if at in ids:
            return True
        seen.add(at)
        at = (dataset.row(table, at) or {}).get(field)
    return False


def _nested(texts: Sequence[str | None]) -> str | None:
    """JSON key by key; the record that stays has the last word."""
    try:
        values = [json.loads(text) for text in texts if text]
    except ValueError:
        return texts[0]
    if not values:
        return None
    made = values[-1]
    for value in reversed(values[:-1]):
        made, _ = merged({}, made, value, standing="b")
    return text_of(made)


def _sureness(status: str | None) -> int:
    """How strong a status is; a blank one counts as reported."""
    word = status or "reported"
    return STATUSES.index(word) if word in STATUSES else -1
