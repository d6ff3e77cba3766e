"""The columns of a table of records: what they are called, in which order they stand, how wide, which are hidden at
first."""

from __future__ import annotations

from app.domain.schema import Field, Kind, Table
from app.pictures.columns import Kind as Look
from app.pictures.records import field_word

_HEADINGS = {
    "hq_city": "HQ city",
    "hq_country": "HQ country",
    "orcid": "ORCID",
    "openalex": "OpenAlex",
    "wikidata": "Wikidata",
    "amount_usd": "Amount (US$)",
    "stake_pct": "Stake (%)",
    "url": "URL",
    "archive_url": "Archive URL",
}
_FIRST = {
    "organizations": ("name", "kind", "parent_id", "aliases", "founded", "dissolved", "color"),
    "people": ("name", "aliases", "expertise"),
    "stints": ("person_id", "organization_id", "role", "unit", "start", "end", "announced", "kind", "seat_id"),
    "seats": ("title", "organization_id", "state", "rank", "skills", "opened", "closed"),
    "claims": ("topic", "text", "said_by", "stance", "date", "about", "field", "value"),
    "sources": ("publisher", "title", "published", "kind", "url", "quote"),
}
"""Fields that stand first, where that is another order than the one in which they are declared."""
_HIDDEN = ("id", "extra", "openalex", "wikidata", "archive_url", "accessed", "rank", "order_stated")
_WIDTHS = {
    "name": 190, "aliases": 150, "role": 190, "title": 210, "text": 280, "quote": 240, "topic": 170, "notes": 260,
    "skills": 180, "expertise": 180, "publisher": 150, "url": 220, "about": 200, "kind": 104, "color": 84, "rank": 64,
    "amount_usd": 130, "stake_pct": 80, "seats": 64, "seat_id": 180, "to_seat_id": 180, "source_ids": 200, "unit": 130,
    "order_stated": 96, "hq_country": 90, "id": 170, "state": 84, "stance": 92, "ruling": 84,
}  # fmt: skip


def heading(field: Field) -> str:
    """What stands over the column of a field."""
    word = field_word(field.name)
    return _HEADINGS.get(field.name, word[:1].upper() + word[1:])


def in_order(table: Table) -> tuple[Field, ...]:
    """The fields of a table from left to right."""
    first = [table.field(name) for name in _FIRST.get(table.name, ())]
    rest = [field for field in table.fields[1:] if field not in first and field.name not in _HIDDEN]
    last = [field for field in table.fields if field not in first and field.name in _HIDDEN]
    return (*first, *rest, *last)


def width(field: Field) -> int:
    """Pixels of its column."""
    if field.name in _WIDTHS:
        return _WIDTHS[field.name]
    return 96 if field.kind is Kind.DATE else 168 if field.reference else 118


def hidden(table: Table, field: Field) -> bool:
    """Whether it is hidden until the user shows it."""
    return field.name in _HIDDEN and field.name not in _FIRST.get(table.name, ())


def look(table: Table, field: Field) -> Look:
    """How its cells are drawn."""
    if field.reference == "people" or (table.name == "people" and field.name == "name"):
        return "person"
    if field.reference == "organizations" or (table.name == "organizations" and field.name in ("name", "color")):
        return "organization"
    if field.name == "status":
        return "status"
    if field.kind in (Kind.INT, Kind.FLOAT):
        return "number"
    return "date" if field.kind is Kind.DATE else "text"
