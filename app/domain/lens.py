"""A lens: a filter with a text form, `from:OpenAI (to:Meta or to:Anthropic) joined>=2025-05 not status:rumored`.

A lens is a tuple of conditions that must all hold; a condition is a term (field, how it is compared, value), any or all
of some conditions, or the opposite of one. The text is what the user types, sees beside every clicked filter, and gives
on the command line; `parse(str(lens)) == lens`. What a term selects is `analysis/conditions`' business.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from app.domain.errors import Fault, UsageError
from app.domain.schema import STATUSES, TABLES

Kind = Literal["organization", "person", "text", "word", "date", "number"]
Scope = Literal["people", "stints", "moves"]
RANGE = ".."
"""Between the two ends of a range."""
COMPARISONS = (":", "<", "<=", ">", ">=")
"""How a value is compared. `:` is equal, or for a range `a..b` within; dates and numbers know the others too."""


@dataclass(frozen=True, slots=True)
class Field:
    """What a term may ask of: of what kind its values are, what has it (people, stints, or moves alone), what it means.
    words: the only ones it may have; comparable: whether more can be asked than equality."""

    kind: Kind
    scope: Scope
    meaning: str
    words: tuple[str, ...] = ()

    @property
    def comparable(self) -> bool:
        """Whether it knows less and more, and ranges."""
        return self.kind in ("date", "number")


def _words(table: str, name: str) -> tuple[str, ...]:
    return TABLES[table].field(name).vocabulary


FIELDS = {
    "from": Field("organization", "moves", "the organization a move leaves, by name or id"),
    "to": Field("organization", "moves", "the organization a move joins, by name or id"),
    "organization": Field("organization", "stints", "an organization at either end of a move, or where a stint is"),
    "person": Field("person", "people", "a person, by name or id"),
    "expertise": Field("text", "people", "people with this expertise, in whole or in part"),
    "moves": Field("number", "people", "how many moves of the person are on record"),
    "after": Field("date", "moves", "moves that joined on or after the first day of a date"),
    "before": Field("date", "moves", "moves that joined before the first day of a date"),
    "joined": Field("date", "moves", "the day a move joined"),
    "left": Field("date", "moves", "the day a move left"),
    "flow": Field("number", "moves", "how many moves go the same way, between the same two organizations"),
    "status": Field("word", "stints", "how sure the evidence is: " + ", ".join(STATUSES), STATUSES),
    "kind": Field(
        "word", "stints", "the kind of stint joined: " + ", ".join(_words("stints", "kind")), _words("stints", "kind")
    ),
    "role": Field("text", "stints", "the role of the stint joined, in whole or in part"),
    "unit": Field("text", "stints", "the team of the stint joined as its source names it, in whole or in part"),
    "start": Field("date", "stints", "the day the stint joined begins"),
    "end": Field("date", "stints", "the day the stint joined ends"),
    "at": Field("date", "stints", "stints that may run on a day; of moves the stint joined"),
    "seat": Field("text", "stints", "the title of the seat that the stint joined names, in whole or in part"),
    "state": Field(
        "word", "stints", "what its record says of that seat: " + ", ".join(_words("seats", "state")),
        _words("seats", "state"),
    ),
    "claim": Field("text", "stints", "people, stints, seats and flows that a claim speaks of, by its topic or text"),
    "ruling": Field(
        "word", "stints", "the same by the ruling on the claim: " + ", ".join(_words("claims", "ruling")),
        _words("claims", "ruling"),
    ),
    "source": Field("text", "stints", "publisher, title or address of a source that says so, in whole or in part"),
    "sources": Field("number", "stints", "how many sources say so"),
    "published": Field("date", "stints", "the day from which it is known: that of the earliest source"),
}  # fmt: skip
"""Every field of a term."""


@dataclass(frozen=True, slots=True)
class Term:
    """One condition: a field, the value it must have, and how it is compared with it."""

    field: str
    value: str
    comparison: str = ":"

    def __str__(self) -> str:
        plain = self.value and not any(c.isspace() or c in '"\\()' for c in self.value)
        quoted = self.value.replace("\\", "\\\\").replace('"', '\\"')
        value = self.value if plain else f'"{quoted}"'
        return f"{self.field}{self.comparison}{value}"


@dataclass(frozen=True, slots=True)
class AllOf:
    """Conditions, two or more, that must all hold."""

    parts: tuple[Condition, ...]

    def __str__(self) -> str:
        return " ".join(f"({part})" if isinstance(part, AnyOf) else str(part) for part in self.parts)


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Conditions, two or more, of which one must hold."""

    parts: tuple[Condition, ...]

    def __str__(self) -> str:
        return " or ".join(str(part) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Not:
    """A condition that must not hold."""

    part: Condition

    def __str__(self) -> str:
        return f"not ({self.part})" if isinstance(self.part, AllOf | AnyOf) else f"not {self.part}"


Condition = Term | AllOf | AnyOf | Not


@dataclass(frozen=True, slots=True)
class Lens:
    """Conditions that must all hold; an empty lens lets everything through."""

    terms: tuple[Condition, ...] = ()

    def __str__(self) -> str:
        return str(self.terms[0]) if len(self.terms) == 1 else str(AllOf(self.terms))

    def __bool__(self) -> bool:
        return bool(self.terms)

    def with_terms(self, change: Callable[[Term], Term]) -> Lens:
        """The same with every term changed."""
        return Lens(tuple(_changed(part, change) for part in self.terms))

    @property
    def scopes(self) -> frozenset[Scope]:
        """What its terms ask of."""
        return frozenset(FIELDS[term.field].scope for part in self.terms for term in terms_of(part))


EVERYTHING = Lens()
"""The lens that lets everything through."""


def _changed(condition: Condition, change: Callable[[Term], Term]) -> Condition:
    match condition:
        case Term():
            return change(condition)
        case Not(part):
            return Not(_changed(part, change))
    return type(condition)(tuple(_changed(part, change) for part in condition.parts))


def terms_of(condition: Condition) -> Iterator[Term]:
    """All terms of a condition, from left to right."""
    match condition:
        case Term():
            yield condition
        case Not(part):
            yield from terms_of(part)
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from terms_of(part)


class LensError(UsageError):
    """A text that is no lens. start, end: the letters of the word that cannot be read."""

    def __init__(self, word: str, message: str, remedy: str, start: int) -> None:
        stop = "" if remedy.endswith("?") else "."
        super().__init__(Fault("lens", f"filter {word!r}: {message}", f"{remedy[0].upper()}{remedy[1:]}{stop}"))
        self.start, self.end = start, start + len(word)


def parse(text: str) -> Lens:
    """Text → Lens. Blank is EVERYTHING; LensError names the word that cannot be read and what to write instead."""
    if not text.strip():
        return EVERYTHING
    from app.domain.lens_text import read  # with its parser library, which a window without a filter does not need

    return read(text)
