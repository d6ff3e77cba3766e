"""What records, fields and values are called where one reads of them: names in place of ids, words in place of JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from app.domain.dataset import Row
from app.domain.removing import Removal
from app.domain.schema import TABLES, Field, Kind
from app.pictures import wording

RowOf = Callable[[str, str], Row | None]
"""Table and id → the row, wherever it is to be had from; None if there is none."""
LONGEST = 60
"""Letters of a text that stands for a record."""


def called(row_of: RowOf, table: str, row_id: str) -> str:
    """What a record is called: its name, or what it says; its id where that says nothing."""
    row = row_of(table, row_id)
    if row is None:
        return row_id

    def named(field: str, of: str) -> str:
        other = row[field]
        return called(row_of, of, other) if other else "?"

    match table:
        case "stints":
            text = f"{named('person_id', 'people')} at {named('organization_id', 'organizations')}"
        case "seats":
            text = f"{row['title'] or 'seat'} at {named('organization_id', 'organizations')}"
        case "reports":
            text = f"{named('seat_id', 'seats')} to {named('to_seat_id', 'seats')}"
        case "relations" | "successions":
            ends = f"{named('from_id', 'organizations')} → {named('to_id', 'organizations')}"
            text = f"{row['kind'] or table}: {ends}"
        case "targets":
            text = f"{wording.counted(row['seats'] or 0, 'seat')} at {named('organization_id', 'organizations')}"
        case "sources":
            text = ": ".join(part for part in (row["publisher"], row["title"]) if part)
        case "claims":
            text = row["text"] or row["topic"] or ""
        case "views":
            text = row["name"] or f"what is fixed in the {row['view']}"
        case _:
            text = row["name"] or ""
    text = text or row_id
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"


def spoken(row_of: RowOf, entry: str) -> str:
    """What an entry of `about` is called: its record, both ends of a flow; itself where it names no table."""
    table, _, rest = entry.partition(":")
    if table == "flow":
        return " → ".join(called(row_of, "organizations", end) for end in rest.split(">"))
    return called(row_of, table, rest) if table in TABLES else entry


def field_word(field: str) -> str:
    """`person` for `person_id`, `sources` for `source_ids`, `hq city` for `hq_city`."""
    return field.replace("_ids", "s").removesuffix("_id").replace("_", " ")


def values(row_of: RowOf, field: Field, old: object, new: object) -> tuple[str, str]:
    """Two values of a field as text. Of nested JSON only what differs is told."""
    if field.kind is Kind.JSON:
        return _nested(old, new)
    return _value(row_of, field, old), _value(row_of, field, new)


def _value(row_of: RowOf, field: Field, value: object) -> str:
    if field.reference and isinstance(value, list):
        return wording.shown([called(row_of, field.reference, str(i)) for i in value])
    if field.reference and value:
        return called(row_of, field.reference, str(value))
    return wording.shown(value)


def _nested(old: object, new: object) -> tuple[str, str]:
    """`pins.meta 0.2, 0.7` on both sides, for what differs; the texts where one is no JSON."""
    try:
        was, now = (dict(_leaves(json.loads(str(text)))) if text else {} for text in (old, new))
    except ValueError:
        return wording.shown(old), wording.shown(new)
    differing = [path for path in {**was, **now} if was.get(path) != now.get(path)]

    def told(held: Mapping[str, str]) -> str:
        return wording.shown([f"{path} {held[path]}".strip() for path in differing if path in held])

    return told(was), told(now)


def _leaves(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, dict) and value:
        for key, inner in value.items():
            yield from _leaves(inner, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        yield path, ", ".join(part if isinstance(part, str) else json.dumps(part) for part in value)
    else:
        yield path, value if isinstance(value, str) else json.dumps(value)


def table_word(table: str) -> str:
    """`People`: a table at the head of its records."""
    return table.capitalize()


def records(n: int, table: str) -> str:
    """`1 person`, `3 people` of a table."""
    return wording.counted(n, TABLES[table].noun, table)


def tally(counts: Mapping[str, int]) -> str:
    """`3 stints and 1 seat` of several tables; blank for none."""
    words = [records(n, table) for table, n in counts.items() if n]
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def fallout(removal: Removal) -> str:
    """What goes with records that are removed, and what lets go of them: `3 stints and 1 seat go with it; 2 claims no
    longer name it.` Blank if nothing does."""
    it = "it" if sum(removal.asked.values()) == 1 else "them"
    parts = []
    if removal.following:
        goes = "goes" if sum(removal.following.values()) == 1 else "go"
        parts.append(f"{tally(removal.following)} {goes} with {it}")
    if removal.loosened:
        names = "names" if sum(removal.loosened.values()) == 1 else "name"
        parts.append(f"{tally(removal.loosened)} no longer {names} {it}")
    return f"{'; '.join(parts)}." if parts else ""
