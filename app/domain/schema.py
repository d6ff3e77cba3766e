"""The declaration of every table and field: name, type, vocabulary, pattern, reference, required.

Everything else is made from it: Polars schemas, the pydantic row models (`rows`), the whole-table checks (`checks`),
the order of columns in files, the published JSON schema. Tables and fields are in the order in which they are written.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType

import polars as pl

FORMAT = "talentflow"
VERSION = "1.0"
ID_PATTERN = r"^[a-z0-9][a-z0-9-]*$"
COLOR_PATTERN = r"^(c([1-9]|1[0-2])|#[0-9a-fA-F]{6})$"


class Kind(Enum):
    """Type of a field: its Polars type, and how it looks in JSON."""

    TEXT = pl.String()
    DATE = pl.String()  # EDTF text, see `dates`
    INT = pl.Int64()
    FLOAT = pl.Float64()
    FLAG = pl.Boolean()  # blank means the field's default
    LIST = pl.List(pl.String())  # order means something
    SET = pl.List(pl.String())  # sorted, without repeats
    JSON = pl.String()  # JSON text of a nested value

    def __new__(cls, value: pl.DataType) -> Kind:
        """A member of its own also where another kind has the same Polars type."""
        member = object.__new__(cls)
        member._value_ = (len(cls.__members__), value)
        return member

    @property
    def dtype(self) -> pl.DataType:
        """The Polars type of a column of this kind."""
        dtype: pl.DataType = self.value[1]
        return dtype


@dataclass(frozen=True, slots=True)
class Field:
    """One column. `reference` names the table whose ids it holds; `unordered` is a LIST that keeps its order though the
    order says nothing; `about` is its tooltip."""

    name: str
    kind: Kind = Kind.TEXT
    vocabulary: tuple[str, ...] = ()
    pattern: str = ""
    reference: str = ""
    required: bool = False
    unordered: bool = False
    about: str = ""

    @property
    def is_set(self) -> bool:
        """Whether only what it holds counts, and not in which order."""
        return self.kind is Kind.SET or self.unordered


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its name, the word for one row, its fields (id first, then its own, then the common ones)."""

    name: str
    noun: str
    fields: tuple[Field, ...]

    def field(self, name: str) -> Field:
        """The field of that name; KeyError if there is none."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(f"{self.name}.{name}")

    @property
    def names(self) -> tuple[str, ...]:
        """Field names in order, `extra` included."""
        return tuple(f.name for f in self.fields)

    @property
    def schema(self) -> dict[str, pl.DataType]:
        """Polars schema in field order."""
        return {f.name: f.kind.dtype for f in self.fields}


STATUSES = ("denied", "rumored", "disputed", "reported", "confirmed")
"""Evidence, weak to strong."""

_STATUS = Field("status", vocabulary=STATUSES, about="How sure the evidence is, weak to strong")
_NOTES = Field("notes", about="Free text")
_SOURCES = Field("source_ids", Kind.SET, reference="sources", about="Who says so")
_EXTRA = Field("extra", Kind.JSON, about="Fields that this version does not know, kept as they came")


def _table(name: str, noun: str, *fields: Field) -> Table:
    own = Field("id", pattern=ID_PATTERN, required=True, about="Unique over all tables")
    return Table(name, noun, (own, *fields, _STATUS, _NOTES, _SOURCES, _EXTRA))


def _ref(name: str, table: str, *, required: bool = False, about: str = "") -> Field:
    return Field(name, reference=table, required=required, about=about)


def _date(name: str, about: str) -> Field:
    return Field(name, Kind.DATE, about=about)


def _words(name: str, vocabulary: tuple[str, ...], *, required: bool = False, about: str = "") -> Field:
    return Field(name, vocabulary=vocabulary, required=required, about=about)


_ORG_KINDS = ("company", "lab", "university", "startup", "product-team", "government", "other")
_STINT_KINDS = ("employment", "founder", "advisor", "visiting", "education", "offer")
_SOURCE_KINDS = ("primary", "press", "profile", "internal-memo", "derived", "other")

_ALL = (
    _table(
        "organizations",
        "organization",
        Field("name", required=True, about="The name it is known by"),
        Field("aliases", Kind.LIST, unordered=True, about="Other names"),
        _words("kind", _ORG_KINDS, about="What kind of body it is"),
        _ref("parent_id", "organizations", about="The newest parent"),
        _date("founded", "When it began"),
        _date("dissolved", "When it ended"),
        Field("hq_city", about="City of its head office"),
        Field("hq_country", about="Country of its head office, two letters"),
        Field("color", pattern=COLOR_PATTERN, about="A palette role c1 to c12, or #rrggbb"),
    ),
    _table(
        "people",
        "person",
        Field("name", required=True, about="The name they are known by"),
        Field("aliases", Kind.LIST, unordered=True, about="Other names"),
        Field("expertise", Kind.LIST, about="Fields of work"),
        Field("orcid", about="ORCID id"),
        Field("openalex", about="OpenAlex id"),
        Field("wikidata", about="Wikidata id"),
    ),
    _table(
        "stints",
        "stint",
        _ref("person_id", "people", required=True, about="Who"),
        _ref("organization_id", "organizations", required=True, about="Where"),
        Field("unit", about="Team or office as the source names it"),
        Field("role", about="Title or work"),
        _ref("seat_id", "seats", about="The seat it fills"),
        _words("kind", _STINT_KINDS, about="What sort of post"),
        Field("rank", Kind.INT, about="Order within the person"),
        Field("order_stated", Kind.FLAG, about="False where no source gives the order"),
        _date("announced", "When it was made public"),
        _date("start", "First day"),
        _date("end", "First day no longer there; .. while it runs, blank if not known"),
    ),
    _table(
        "seats",
        "seat",
        _ref("organization_id", "organizations", required=True, about="Where it stands"),
        Field("title", about="Name of the place"),
        Field("skills", Kind.LIST, about="What it asks for"),
        Field("rank", Kind.INT, about="Order within the organization"),
        _date("opened", "From when it may be filled"),
        _date("closed", "From when it no longer exists"),
        _words("state", ("planned", "open", "offered", "on-hold", "closed"), about="Blank: derived from its holders"),
    ),
    _table(
        "reports",
        "report",
        _ref("seat_id", "seats", required=True, about="Who reports"),
        _ref("to_seat_id", "seats", required=True, about="To whom"),
        _words("kind", ("solid", "dotted"), about="Line or second line"),
        _date("start", "From when"),
        _date("end", "Until when"),
    ),
    _table(
        "relations",
        "relation",
        _ref("from_id", "organizations", required=True, about="Who acts"),
        _ref("to_id", "organizations", required=True, about="Upon whom"),
        _words(
            "kind",
            ("investment", "acquisition", "partnership", "compute", "product-of"),
            required=True,
            about="What binds them",
        ),
        Field("amount_usd", Kind.FLOAT, about="US dollars"),
        Field("stake_pct", Kind.FLOAT, about="Share held, percent"),
        _date("announced", "When it was made public"),
        _words("outcome", ("closed", "pending", "lapsed", "unwound"), about="What became of it"),
    ),
    _table(
        "successions",
        "succession",
        _ref("from_id", "organizations", required=True, about="What was"),
        _ref("to_id", "organizations", about="What became of it, or the new parent"),
        _words("kind", ("merger", "rename", "spin-off", "reparented"), required=True, about="How it changed"),
        _ref("previous_id", "organizations", about="The parent before, if it was reparented"),
        _date("date", "When"),
    ),
    _table(
        "targets",
        "target",
        _ref("organization_id", "organizations", required=True, about="Which team"),
        Field("seats", Kind.INT, required=True, about="How many seats are wanted"),
        _date("by", "Until when"),
    ),
    _table(
        "claims",
        "claim",
        Field("about", Kind.LIST, unordered=True, about="What it speaks of: table:id or flow:A>B"),
        Field("topic", about="The matter; claims of one topic stand together"),
        Field("field", about="The field it gives a value for"),
        Field("value", about="That value"),
        Field("text", about="What is claimed"),
        Field("said_by", about="Who says it"),
        _words("stance", ("supports", "contradicts", "neutral"), about="Toward the topic"),
        _date("date", "When it was said"),
        _words("ruling", ("open", "upheld", "rejected"), about="What the analyst makes of it"),
        Field("ruling_reason", about="Why"),
        _date("ruled_on", "When"),
    ),
    _table(
        "sources",
        "source",
        Field("publisher", about="Who published it"),
        Field("title", about="Its title"),
        Field("url", about="Where it can be read"),
        _date("published", "When it appeared"),
        _words("kind", _SOURCE_KINDS, about="What sort of source"),
        _ref("derived_from", "sources", about="The source that it repeats"),
        Field("quote", about="The words that carry the fact"),
        _date("accessed", "When it was read"),
        Field("archive_url", about="A stored copy"),
    ),
    _table(
        "views",
        "view",
        Field("view", required=True, about="The picture it belongs to"),
        Field("name", about="Its name"),
        Field("options", Kind.JSON, about="Pins, order, saved lens, annotations"),
    ),
)

TABLES = MappingProxyType({table.name: table for table in _ALL})
"""All eleven tables by name, in the order in which they are written."""
