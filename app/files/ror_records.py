"""One record of ROR (schema 1 or 2) → what of it a dataset holds, the same of both schemas."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from app.files.json_values import Value, items, record, text, texts
from app.files.register_ids import standard

_REGISTERS = ("grid", "isni", "wikidata", "fundref")
_TAKEN = frozenset(
    (
        "id",
        "name",
        "names",
        "aliases",
        "acronyms",
        "labels",
        "types",
        "status",
        "established",
        "country",
        "addresses",
        "locations",
        "relationships",
        "external_ids",
        "admin",
    )
)


@dataclass(frozen=True, slots=True)
class Organization:
    """One organization. types, status: in small letters; founded: a year, blank if not known; changed: the day of its
    last change, blank if it does not say; relations: kind in small letters and ROR id; ids: by register; more: ids
    beside these; ignored: what else has a value, by its name in the file."""

    ror: str
    name: str
    aliases: tuple[str, ...]
    types: tuple[str, ...]
    status: str
    founded: str
    city: str
    country: str
    changed: str
    relations: tuple[tuple[str, str], ...]
    ids: dict[str, str]
    more: dict[str, list[str]]
    ignored: tuple[str, ...]


def organization(value: Any) -> Organization | None:
    """The organization of a record; None where it has no ROR id or no name."""
    ror = standard("ror", text(value, "id"))
    names = list(_names(value))
    if not ror or not names:
        return None
    ids, more = _ids(record(value, "external_ids"), items(value, "external_ids"))
    city, country = _place(value)
    established = text(value, "established")
    return Organization(
        ror,
        names[0],
        tuple(dict.fromkeys(name for name in names[1:] if name != names[0])),
        tuple(found.lower() for found in texts(value, "types")),
        text(value, "status").lower() or "active",
        established.zfill(4) if established.isdecimal() and 0 < int(established) < 10_000 else "",
        city,
        country,
        text(record(record(value, "admin"), "last_modified"), "date"),
        tuple(
            (text(found, "type").lower(), standard("ror", text(found, "id"))) for found in items(value, "relationships")
        ),
        {"ror": ror, **ids},
        more,
        tuple(key for key, held in value.items() if held not in (None, "", [], {}) and key not in _TAKEN),
    )


def _names(value: Value) -> Iterator[str]:
    """The name that ROR shows, then all others."""
    given = [(text(name, "value"), texts(name, "types")) for name in items(value, "names")]
    yield from (name for name, types in given if name and "ror_display" in types)
    if own := text(value, "name"):
        yield own
    yield from (name for name, _ in given if name)
    for key in ("aliases", "acronyms"):
        yield from texts(value, key)
    yield from (label for found in items(value, "labels") if (label := text(found, "label")))


def _ids(by_register: Value, listed: list[Any]) -> tuple[dict[str, str], dict[str, list[str]]]:
    """One id of each other register, the preferred one, and the ids beside it."""
    given = [(str(key).lower(), found) for key, found in by_register.items()]
    if not given:
        given = [(text(found, "type").lower(), found) for found in listed]
    ids: dict[str, str] = {}
    more: dict[str, list[str]] = {}
    for register, found in given:
        if register not in _REGISTERS:
            continue
        said = [text(found, "preferred"), *texts(found, "all")]
        known = list(dict.fromkeys(own for one in said if (own := standard(register, one))))
        if known:
            ids.setdefault(register, known[0])
        if len(known) > 1:
            more.setdefault(register, []).extend(known[1:])
    return ids, more


def _place(value: Value) -> tuple[str, str]:
    """City and country of its first place."""
    details = record(next(iter(items(value, "locations")), None), "geonames_details")
    address = next(iter(items(value, "addresses")), None)
    city = text(details, "name") or text(address, "city") or text(record(address, "geonames_city"), "city")
    country = text(details, "country_code") or text(record(value, "country"), "country_code")
    return city, country.upper()
