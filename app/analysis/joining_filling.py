"""A record on record made fuller by what a brought one says of the same: blanks are filled, names and sources united, a
more exact date taken. Where both say something else, what is on record stands, and that is told."""

from __future__ import annotations

import json
from dataclasses import dataclass

from app.domain import dates
from app.domain.dataset import Row
from app.domain.nested import merged, text_of
from app.domain.schema import STATUSES, TABLES, Field, Kind

_OF_THE_FILE = ("rank", "order_stated")
"""Fields that only say how the rows of one dataset stand to each other: what is on record stands, and it is no news."""
_SPANS = (("start", "end"), ("founded", "dissolved"), ("opened", "closed"))
_REPORTED = "reported"
"""What a blank status counts as."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A field in which the record on record says something else than the brought one, and stands."""

    table: str
    id: str
    field: str
    mine: object
    theirs: object


def filled(table: str, mine: Row, theirs: Row) -> tuple[Row, list[Kept]]:
    """The row on record with what the other adds to it, and what of the other does not stand. Both refer to records as
    they are called on record."""
    made, kept = dict(mine), []
    for field in TABLES[table].fields[1:]:
        name, one, other = field.name, mine[field.name], theirs[field.name]
        if name in _OF_THE_FILE or other is None or other == [] or one == other:
            continue
        if "aliases" in mine and name in ("name", "aliases"):
            continue  # another name becomes an alias
        if field.reference == table and other == mine["id"]:
            continue  # what would refer to itself is no value
        if field.kind in (Kind.LIST, Kind.SET):
            made[name] = _united(field, one or [], other)
        elif field.kind is Kind.JSON:
            made[name], clashes = _nested(one, other)
            kept += [Kept(table, mine["id"], f"{name}.{path}", a, b) for path, a, b in clashes]
        elif name == "notes":
            made[name] = _lines(one, other)
        elif _says_more(field, one, other):
            made[name] = other
        elif not _says_less(field, one, other):
            kept.append(Kept(table, mine["id"], name, one, other))
    if "aliases" in mine:
        made["aliases"] = _aliases(mine, theirs)
    for first, last in _SPANS:
        if first in mine and _contradict(made[first], made[last]) and not _contradict(mine[first], mine[last]):
            for name in (first, last):
                if made[name] != mine[name]:
                    kept.append(Kept(table, mine["id"], name, mine[name], theirs[name]))
                    made[name] = mine[name]
    return made, kept


def certain(text: str | None) -> bool:
    """Whether a date is written without a doubt."""
    span = dates.parse(text)
    return not (span.about or span.uncertain)


def within(one: str | None, other: str | None) -> bool:
    """Whether a date is more exact than another and lies within it."""
    inner, outer = dates.parse(one), dates.parse(other)
    inside = outer.earliest <= inner.earliest and inner.latest <= outer.latest
    return inside and inner[:2] != outer[:2]


def _says_more(field: Field, mine: object, theirs: object) -> bool:
    """Whether the brought value takes the place of what is there."""
    if field.name == "status":
        return mine is None and _sureness(theirs) > _sureness(None)
    if mine is None:
        return True
    if field.kind is Kind.DATE and dates.OPEN not in (mine, theirs):
        return within(str(theirs), str(mine)) and certain(str(theirs))
    return False


def _says_less(field: Field, mine: object, theirs: object) -> bool:
    """Whether the brought value says nothing that what is there does not say."""
    if field.name == "status":
        return mine is None and theirs == _REPORTED
    if field.kind is Kind.DATE and dates.OPEN not in (mine, theirs):
        return within(str(mine), str(theirs))
    return isinstance(mine, str) and isinstance(theirs, str) and mine.casefold() == theirs.casefold()


def _sureness(status: object) -> int:
    word = str(status or _REPORTED)
    return STATUSES.index(word) if word in STATUSES else -1


def _contradict(first: str | None, last: str | None) -> bool:
    """Whether an end certainly lies before its beginning."""
    begun, ended = dates.parse(first), dates.parse(last)
    return ended.latest <= begun.earliest and ended.earliest < dates.FUTURE


def _united(field: Field, mine: list[str], theirs: list[str]) -> list[str]:
    held = {text.casefold() for text in mine}
    both = [*mine, *(text for text in dict.fromkeys(theirs) if text.casefold() not in held)]
    return sorted(both) if field.kind is Kind.SET else both


def _aliases(mine: Row, theirs: Row) -> list[str]:
    """All other names, each once, in any case."""
    held = list(mine["aliases"] or [])
    known = {text.casefold() for text in (*held, mine["name"] or "")}
    for text in (theirs["name"], *(theirs["aliases"] or ())):
        if text and text.casefold() not in known:
            known.add(text.casefold())
            held.append(text)
    return held


def _lines(mine: str | None, theirs: str) -> str:
    """Notes of both, each line once."""
    if mine is None:
        return theirs
    held = set(mine.splitlines())
    return "\n".join([mine, *(line for line in dict.fromkeys(theirs.splitlines()) if line not in held)])


def _nested(mine: str | None, theirs: str) -> tuple[str | None, list[tuple[str, object, object]]]:
    """JSON key by key; what is on record has the last word. What cannot be read stays as it is."""
    if mine is None:
        return theirs, []
    try:
        one, other = json.loads(mine), json.loads(theirs)
    except ValueError:
        return mine, [("", mine, theirs)]
    made, clashes = merged({}, other, one, standing="b")
    return text_of(made), [(".".join(clash.path), clash.b, clash.a) for clash in clashes]
