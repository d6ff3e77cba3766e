"""What the columns of a table are, as a value: which of them holds a person, an organization, a day, and what each row
says. It is guessed (`mapping_guess`), changed by whoever knows better, kept as JSON, and read by (`table`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, Literal

from app.domain.errors import DataError, Fault, UsageError
from app.files.manifest import parsed, reason, written

Shape = Literal["stints", "moves", "people", "organizations"]
SHAPES: tuple[Shape, ...] = ("stints", "moves", "people", "organizations")
"""What a row says: who was where from when to when; who went from where to where on a day; who there is; which
organizations there are."""
IGNORED = "ignored"
ORDERS = ("day-first", "month-first", "serial", "serial-1904")
"""How a column writes days: 31/12/2019, 12/31/2019, as numbers of days since 1900, or since 1904."""
SPLIT = ";"
_VERSION = 1

Kind = Literal["name", "date", "id", "word", "text", "list", "link"]


@dataclass(frozen=True, slots=True)
class Meaning:
    """A field that a column may hold. shapes: in which tables; about: what it is, in words."""

    name: str
    kind: Kind
    about: str
    shapes: tuple[Shape, ...] = SHAPES


_STAYS: tuple[Shape, ...] = ("stints", "moves")
_WHO: tuple[Shape, ...] = ("stints", "moves", "people")
_WHERE: tuple[Shape, ...] = ("stints", "organizations")

MEANINGS = MappingProxyType(
    {
        meaning.name: meaning
        for meaning in (
            Meaning("person", "name", "Who: a name", _WHO),
            Meaning("organization", "name", "Where: a name", _WHERE),
            Meaning("from", "name", "The organization that is left", ("moves",)),
            Meaning("to", "name", "The organization that is joined", ("moves",)),
            Meaning("start", "date", "First day there", ("stints",)),
            Meaning("end", "date", "First day no longer there; `present` while it runs", ("stints",)),
            Meaning("date", "date", "The day of joining", ("moves",)),
            Meaning("announced", "date", "When it was made public", _STAYS),
            Meaning("role", "text", "Title or work", _STAYS),
            Meaning("unit", "text", "Team or office", _STAYS),
            Meaning("kind", "word", "What sort of post, or of organization", ("stints", "organizations")),
            Meaning("status", "word", "How sure it is: denied, rumored, disputed, reported, confirmed"),
            Meaning("source", "link", "Who says so: an address or a title"),
            Meaning("source-title", "text", "The title of the source whose address stands in another column"),
            Meaning("orcid", "id", "ORCID id of the person", _WHO),
            Meaning("openalex", "id", "OpenAlex id of the person", _WHO),
            Meaning("wikidata", "id", "Wikidata id of the person", _WHO),
            Meaning("ror", "id", "ROR id of the organization", _WHERE),
            Meaning("organization-openalex", "id", "OpenAlex id of the organization", _WHERE),
            Meaning("organization-wikidata", "id", "Wikidata id of the organization", _WHERE),
            Meaning("aliases", "list", "Other names: of the person, or in a table of organizations of these"),
            Meaning("organization-aliases", "list", "Other names of the organization", ("stints",)),
            Meaning("expertise", "list", "Fields of work", ("people", "stints")),
            Meaning("parent", "name", "The organization that it belongs to", _WHERE),
            Meaning("founded", "date", "When the organization began", _WHERE),
            Meaning("dissolved", "date", "When the organization ended", _WHERE),
            Meaning("city", "text", "City of its head office", _WHERE),
            Meaning("country", "text", "Country of its head office", _WHERE),
            Meaning("notes", "text", "Free text"),
        )
    }
)
"""All fields by name, in the order in which they are offered."""

NEEDED: MappingProxyType[Shape, tuple[str, ...]] = MappingProxyType(
    {
        "stints": ("person", "organization"),
        "moves": ("person", "from", "to"),
        "people": ("person",),
        "organizations": ("organization",),
    }
)
"""What a table of each shape must have."""
_MANY = ("notes",)
"""Fields that several columns may hold."""


@dataclass(frozen=True, slots=True)
class Use:
    """What one column holds. field: of MEANINGS, or IGNORED; order: of ORDERS, blank where the column itself shows it;
    split: what stands between several values of one cell, blank where a cell is one value."""

    field: str = IGNORED
    order: str = ""
    split: str = ""


@dataclass(frozen=True, slots=True)
class Mapping:
    """What the rows and columns of a table say.

    columns: for each column by its name what it holds; one that is not named is ignored. runs_on: whether a blank end
    on somebody's last row means that they are still there (else it means that nobody knows). newest_first: whether
    the rows of a person go back in time; None where their days shall show it.
    """

    shape: Shape = "stints"
    columns: MappingProxyType[str, Use] = field(default_factory=lambda: MappingProxyType({}))
    runs_on: bool = False
    newest_first: bool | None = None

    @classmethod
    def of(cls, shape: Shape, columns: dict[str, Use] | dict[str, str], **more: Any) -> Mapping:
        """A mapping of columns to uses, or to the names of fields."""
        uses = {name: Use(use) if isinstance(use, str) else use for name, use in columns.items()}
        return cls(shape, MappingProxyType(uses), **more)

    def use(self, column: str) -> Use:
        """What a column holds."""
        return self.columns.get(column, Use())

    def column(self, meaning: str) -> str | None:
        """The first column that holds a field, None if none does."""
        return next(iter(self.columns_of(meaning)), None)

    def columns_of(self, meaning: str) -> tuple[str, ...]:
        """All columns that hold a field."""
        return tuple(name for name, use in self.columns.items() if use.field == meaning)

    def with_use(self, column: str, use: Use) -> Mapping:
        """The same with another use of one column."""
        return replace(self, columns=MappingProxyType({**self.columns, column: use}))

    def faults(self, header: Iterable[str]) -> list[Fault]:
        """What makes it impossible to read a table of these columns by it; empty if nothing does."""
        names = tuple(header)
        found = [
            _fault("missing", f"there is no column {name!r}", f"Its columns are {', '.join(names)}.", name)
            for name, use in self.columns.items()
            if name not in names and use.field != IGNORED
        ]
        for name, use in self.columns.items():
            meaning = MEANINGS.get(use.field)
            if use.field != IGNORED and (meaning is None or self.shape not in meaning.shapes):
                remedy = f"Fields of {self.shape} are {', '.join(fields_of(self.shape))}; or {IGNORED}."
                found.append(_fault("unknown-word", f"no row of {self.shape} has a field {use.field!r}", remedy, name))
            elif (twice := self.columns_of(use.field)) and twice[0] != name and use.field not in (*_MANY, IGNORED):
                remedy = f"Choose one of them, and let the other one be {IGNORED}."
                found.append(_fault("repeated-key", f"{twice[0]!r} holds the {use.field} already", remedy, name))
        lacking = [needed for needed in NEEDED[self.shape] if self.column(needed) is None]
        if lacking:
            message = f"no column holds the {' or the '.join(lacking)} of {self.shape}"
            found.append(_fault("missing", message, f"Say which one does: --map COLUMN={lacking[0]}.", lacking[0]))
        return found

    @property
    def text(self) -> str:
        """The mapping as JSON, the same text for the same mapping."""
        columns = {
            name: {
                key: value for key, value in (("field", use.field), ("order", use.order), ("split", use.split)) if value
            }
            for name, use in self.columns.items()
        }
        value = {"version": _VERSION, "shape": self.shape, "columns": columns, "runs_on": self.runs_on}
        return written(value | ({} if self.newest_first is None else {"newest_first": self.newest_first}))


def of_text(text: str) -> Mapping:
    """A mapping from its JSON. DataError where it is none."""
    try:
        given = parsed(text)
        uses = {name: Use(**use) for name, use in given["columns"].items()}
        made = Mapping.of(given["shape"], uses, runs_on=given["runs_on"], newest_first=given.get("newest_first"))
    except (ValueError, RecursionError) as error:
        why = reason(error)
    except (KeyError, TypeError, AttributeError):
        why = "it is not what a mapping looks like"
    else:
        words = [made.shape in SHAPES, type(made.runs_on) is bool, made.newest_first in (None, True, False)]
        for use in uses.values():
            words += [use.field in (*MEANINGS, IGNORED), use.order in ("", *ORDERS), isinstance(use.split, str)]
        if all(words):
            return made
        why = "it has a word that no mapping has"
    raise DataError(Fault("syntax", f"the mapping cannot be read: {why}", "Choose the columns anew."))


def key_of(header: Iterable[str]) -> str:
    """What a mapping is remembered by: the set of the columns of a table, in any order and case."""
    return json.dumps(sorted({" ".join(name.casefold().split()) for name in header}), ensure_ascii=False)


def fields_of(shape: Shape) -> tuple[str, ...]:
    """The names of the fields of a shape."""
    return tuple(meaning.name for meaning in MEANINGS.values() if shape in meaning.shapes)


def said(text: str, header: Iterable[str]) -> tuple[str, Use]:
    """A column and its use as `COLUMN=FIELD`, with words after colons: `Start=start:day-first`, `Firm=organization:;`.

    A word that is no order is what stands between several values. UsageError where the text says nothing of a column.
    """
    names = sorted(header, key=len, reverse=True)
    for fold in (str, str.casefold):
        for name in names:
            if fold(text).startswith(f"{fold(name)}="):
                meaning, *words = text[len(name) + 1 :].split(":")
                orders = [word for word in words if word in ORDERS]
                marks = [word for word in words if word not in ORDERS]
                if meaning.strip() in (*MEANINGS, IGNORED):
                    return name, Use(meaning.strip(), orders[0] if orders else "", marks[0] if marks else "")
                remedy = f"Fields are {', '.join(MEANINGS)}; or {IGNORED}."
                raise UsageError(_fault("unknown-word", f"--map {text}: there is no field {meaning!r}", remedy, name))
    remedy = f"Write COLUMN=FIELD; its columns are {', '.join(names[::-1])}."
    raise UsageError(Fault("missing", f"--map {text}: it names no column of the table", remedy))


def _fault(code: str, message: str, remedy: str, column: str) -> Fault:
    return Fault(code, message, remedy, field=column)
