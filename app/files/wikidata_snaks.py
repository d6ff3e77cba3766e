"""What a statement of Wikidata says: items, texts and times, with what is known not to be known.

The form is that of the Wikibase data model in JSON. A snak is one property with a value, or with `somevalue` (there is
one, nobody knows which) or `novalue` (there is none).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from app.domain import dates
from app.files.json_values import Value, items, record, text

GREGORIAN = "Q1985727"
JULIAN = "Q1985786"
UNSURE = "?"
_REFORM = 1582
_TIME = re.compile(r"([+-])0*(\d{1,16})-(\d\d)-(\d\d)T.*")
_LENGTHS = {9: len("2025"), 10: len("2025-06"), 11: len("2025-06-26")}
_FINEST = 11
_COARSE = {8: "the decade", 7: "the century", 6: "the millennium"}


@dataclass(frozen=True, slots=True)
class Time:
    """A time: its EDTF text, blank if none can be written, and what is to be told of it, blank if nothing."""

    text: str
    told: str = ""


def statements(claims: Value, property_id: str) -> Iterator[Value]:
    """The statements of a property that are worth something: all that are objects."""
    return (found for found in items(claims, property_id) if isinstance(found, dict))


def best(claims: Value, property_id: str) -> list[Value]:
    """The preferred statements of a property; where there are none the normal ones; never deprecated ones."""
    found = list(statements(claims, property_id))
    preferred = [statement for statement in found if rank(statement) == "preferred"]
    return preferred or [statement for statement in found if rank(statement) != "deprecated"]


def rank(statement: Value) -> str:
    """preferred, normal or deprecated."""
    return text(statement, "rank") or "normal"


def qualifiers(statement: Value, property_id: str) -> list[Value]:
    """The snaks that qualify a statement by a property."""
    return [snak for snak in items(record(statement, "qualifiers"), property_id) if isinstance(snak, dict)]


def kind(snak: Value) -> str:
    """value, somevalue or novalue."""
    return text(snak, "snaktype") or "value"


def item(snak: Value) -> str:
    """The Q id of an item; blank for anything else."""
    value = _value(snak)
    own, number = text(value, "id"), text(value, "numeric-id")
    if not own and number and text(value, "entity-type") == "item":
        own = f"Q{number}"
    return own if re.fullmatch(r"Q[1-9]\d*", own) else ""


def words(snak: Value) -> str:
    """A text, an address or an id of another register; blank for anything else."""
    value = _value(snak)
    return text(value, "text") or text(value)


def time_of(snak: Value) -> Time:
    """A time as a date. Told is what no date can say: less than a year, years before the year 1 or after 9999; a day of
    another calendar is cut to its year, marked `?`."""
    if kind(snak) != "value":
        return Time("")
    value = _value(snak)
    given, precision = text(value, "time"), text(value, "precision")
    found = _TIME.fullmatch(given)
    if found is None or not precision.isdecimal():
        return Time("", f"{given[:40]!r} is no time")
    sign, year, month, day = found.groups()
    exact = min(int(precision), _FINEST)
    if exact not in _LENGTHS:
        return Time("", f"{given[:40]} is known only to {_COARSE.get(exact, 'some thousands of years')}")
    if sign == "-" or not 0 < int(year) < 10_000:
        return Time("", f"{given[:40]} lies outside the years 1 to 9999")
    year = year.zfill(4)
    calendar = text(value, "calendarmodel").rpartition("/")[2] or GREGORIAN
    if calendar != GREGORIAN:
        name = "the Julian calendar" if calendar == JULIAN else f"another calendar ({calendar})"
        return Time(f"{year}{UNSURE}", f"{given[:40]} is of {name}, and only its year is kept")
    date = "-".join((year, month, day))[: _LENGTHS[exact]]
    while date and not dates.readable(date):
        date = date.rpartition("-")[0]
    told = "" if len(date) == _LENGTHS[exact] else f"{given[:40]} is no day, and only {date} of it is kept"
    if int(year) <= _REFORM and not told:
        told = f"{given[:40]} lies before the Gregorian calendar, in which it is given"
    return Time(date, told)


def _value(snak: Any) -> Any:
    """The value of a snak, None where it has none."""
    return record(snak, "datavalue").get("value") if kind(snak) == "value" else None
