"""A lens: a filter with a text form, `from:OpenAI to:Meta after:2025-05 status:confirmed`.

A lens is a tuple of terms; all must hold. The text is what the user types, sees beside every clicked filter, and gives
on the command line; `parse(str(lens)) == lens`. What a term selects is `analysis/select`'s business.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass

from app.domain import dates
from app.domain.errors import Fault, UsageError
from app.domain.schema import STATUSES, TABLES

FIELDS = {
    "from": "the organization a move leaves, by name or id",
    "to": "the organization a move joins, by name or id",
    "organization": "an organization at either end of a move, or where a stint is",
    "person": "a person, by name or id",
    "expertise": "people with this expertise, in whole or in part",
    "after": "moves that joined on or after the first day of a date",
    "before": "moves that joined before the first day of a date",
    "status": "how sure the evidence is: " + ", ".join(STATUSES),
    "kind": "the kind of stint joined: " + ", ".join(TABLES["stints"].field("kind").vocabulary),
}
"""Every field of a term, with its meaning."""

_WORDS = {"status": STATUSES, "kind": TABLES["stints"].field("kind").vocabulary}


@dataclass(frozen=True, slots=True)
class Term:
    """One condition: a field and the value it must have."""

    field: str
    value: str

    def __str__(self) -> str:
        plain = self.value and not any(c.isspace() or c in '"\\' for c in self.value)
        quoted = self.value.replace("\\", "\\\\").replace('"', '\\"')
        return f"{self.field}:{self.value}" if plain else f'{self.field}:"{quoted}"'


@dataclass(frozen=True, slots=True)
class Lens:
    """Terms that must all hold; an empty lens lets everything through."""

    terms: tuple[Term, ...] = ()

    def __str__(self) -> str:
        return " ".join(str(term) for term in self.terms)

    def __bool__(self) -> bool:
        return bool(self.terms)

    def values(self, field: str) -> tuple[str, ...]:
        """The values asked of one field."""
        return tuple(term.value for term in self.terms if term.field == field)


EVERYTHING = Lens()
"""The lens that lets everything through."""


def parse(text: str) -> Lens:
    """Text → Lens. Blank is EVERYTHING; UsageError names the word that cannot be read and what to write instead."""
    terms = []
    for word, field, value in _words(text):
        if not field:
            raise _wrong(
                word, "it has no field", f"write field:value, for example from:OpenAI; fields are {', '.join(FIELDS)}"
            )
        if field not in FIELDS:
            near = difflib.get_close_matches(field, FIELDS, n=1)
            hint = f"did you mean {near[0]}:?" if near else f"fields are {', '.join(FIELDS)}"
            raise _wrong(word, f"there is no field {field!r}", hint)
        if not value:
            raise _wrong(word, "it has no value", f"write {field}: and {FIELDS[field]}")
        if field in _WORDS and value not in _WORDS[field]:
            raise _wrong(word, f"{value!r} is no {field}", f"write one of {', '.join(_WORDS[field])}")
        if field in ("after", "before") and (value == dates.OPEN or not dates.readable(value)):
            raise _wrong(word, f"{value!r} is not a date", "write a date as 2025-06-26, 2025-06 or 2025")
        terms.append(Term(field, value))
    return Lens(tuple(terms))


def _words(text: str) -> list[tuple[str, str, str]]:
    """Split at blanks outside quotes: (the word as written, field, value without quotes)."""
    found: list[tuple[str, str, str]] = []
    at, n = 0, len(text)
    while at < n:
        if text[at].isspace():
            at += 1
            continue
        start, value, field, in_quotes = at, [], "", False
        while at < n and (in_quotes or not text[at].isspace()):
            c = text[at]
            if c == '"':
                in_quotes = not in_quotes
            elif c == "\\" and in_quotes and at + 1 < n:
                at += 1
                value.append(text[at])
            elif c == ":" and not field and not in_quotes:
                field, value = "".join(value), []
            else:
                value.append(c)
            at += 1
        if in_quotes:
            raise _wrong(text[start:], "the quote is not closed", 'write the value between two " signs')
        found.append((text[start:at], field.lower(), "".join(value)))
    return found


def _wrong(word: str, message: str, remedy: str) -> UsageError:
    return UsageError(Fault("lens", f"filter {word!r}: {message}", remedy[0].upper() + remedy[1:] + "."))
