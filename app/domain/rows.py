"""One row at a time: pydantic models made from the declaration of the tables, and their faults in our words.

Whole tables are checked by expressions (`checks`); a form, a record of a foreign file and a row that failed to load
are checked here, so that the user reads which field is wrong, why, and what to write instead. Nothing on the way of a
healthy large file imports this module: pydantic costs 0.3 s at start-up.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, create_model
from pydantic_core import ErrorDetails

from app.domain import dates
from app.domain.dataset import Row
from app.domain.errors import DataError, Fault
from app.domain.schema import TABLES, Kind
from app.domain.schema import Field as Column

LEAST_INT, MOST_INT = -(2**63), 2**63 - 1
"""What an integer column holds."""

_EXPECTED = {
    Kind.TEXT: "text in quotes",
    Kind.DATE: "a date as text in quotes",
    Kind.INT: "a whole number",
    Kind.FLOAT: "a number",
    Kind.FLAG: "true or false",
    Kind.LIST: "a list of texts",
    Kind.SET: "a list of texts",
    Kind.JSON: "JSON text",
}
_LONGEST_SHOWN = 60


@lru_cache(maxsize=len(TABLES))
def model(table: str) -> type[BaseModel]:
    """The pydantic model of one row: every field of the declaration, with strict types.

    KeyError if there is no such table. Fields that are not declared are refused (a file puts them into `extra`).
    """
    fields: dict[str, Any] = {}
    for column in TABLES[table].fields:
        kind: Any = _type(column)
        fields[column.name] = (kind, ...) if column.required else (kind | None, None)
    made: type[BaseModel] = create_model(
        TABLES[table].noun.title(), __config__=ConfigDict(strict=True, extra="forbid"), **fields
    )
    return made


def faults(table: str, given: Mapping[str, Any]) -> list[Fault]:
    """What is wrong with one row: a Fault for each field, with message and remedy; empty if nothing is.

    References are not looked up: one row knows no other. Blank text counts as not given.
    """
    try:
        model(table).model_validate(_plain(given))
    except ValidationError as error:
        row_id = given.get("id")
        known = row_id if isinstance(row_id, str) else ""
        named: dict[tuple[str, str], Fault] = {}
        for detail in error.errors(include_url=False):
            fault = _fault(table, detail, given, known)
            named.setdefault((fault.code, fault.field), fault)
        return list(named.values())
    return []


def row(table: str, given: Mapping[str, Any]) -> Row:
    """The full row in field order: blank fields as None, blank lists as empty, sets sorted. DataError with all faults.

    References are not looked up.
    """
    if found := faults(table, given):
        raise DataError(*found)
    made = model(table).model_validate(_plain(given)).model_dump()
    lists = {column.name for column in TABLES[table].fields if column.kind in (Kind.LIST, Kind.SET)}
    return {name: made[name] if made[name] is not None or name not in lists else [] for name in TABLES[table].names}


def _plain(given: Mapping[str, Any]) -> dict[str, Any]:
    """The row without blank fields, so that pydantic calls a required one missing."""
    return {name: value for name, value in given.items() if value is not None and value != ""}


def _type(column: Column) -> Any:
    if column.vocabulary:
        return Literal[column.vocabulary]
    match column.kind:
        case Kind.TEXT:
            return Annotated[str, Field(pattern=column.pattern)] if column.pattern else str
        case Kind.DATE:
            return Annotated[str, AfterValidator(_date)]
        case Kind.INT:
            return Annotated[int, Field(ge=LEAST_INT, le=MOST_INT)]
        case Kind.FLOAT:
            return Annotated[float, Field(allow_inf_nan=False)]
        case Kind.FLAG:
            return bool
        case Kind.LIST:
            return list[str]
        case Kind.SET:
            return Annotated[list[str], AfterValidator(lambda texts: sorted(set(texts)))]
        case Kind.JSON:
            return Annotated[str, AfterValidator(_json)]


def _date(text: str) -> str:
    dates.parse(text)
    return text


def _json(text: str) -> str:
    json.loads(text)
    return text


def _fault(table: str, detail: ErrorDetails, given: Mapping[str, Any], row_id: str) -> Fault:
    """One pydantic error in our words; the codes are those of `checks`."""
    name = str(detail["loc"][0])
    value = given.get(name)
    noun = TABLES[table].noun
    if detail["type"] == "extra_forbidden":
        remedy = f"Its fields are {', '.join(n for n in TABLES[table].names if n != 'extra')}."
        return Fault("unknown-field", f"a {noun} has no field {name!r}", remedy, table=table, id=row_id, field=name)
    column = TABLES[table].field(name)
    match detail["type"]:
        case "missing":
            code, message, remedy = "missing", "it is missing", f"Write its {name}."
        case "literal_error" if isinstance(value, str):
            code = "unknown-word"
            message = f"{_shown(value)} is not a {name} of a {noun}"
            remedy = f"Write one of {', '.join(column.vocabulary)}, or leave it blank."
        case "string_pattern_mismatch":
            code = "bad-id" if name == "id" else "bad-form"
            message = f"{_shown(value)} has a form that is not allowed"
            remedy = (
                "Use small letters, digits and hyphens, beginning with a letter or digit."
                if name == "id"
                else "Write c1 to c12, or a colour as #1c8459."
            )
        case "value_error" if column.kind is Kind.DATE:
            code, message = "unreadable-date", f"{_shown(value)} is not a date"
            remedy = f"{dates.REMEDY[0].upper()}{dates.REMEDY[1:]}."
        case _:
            code = "wrong-type"
            message = f"{_shown(value)} stands where {_EXPECTED[column.kind]} belongs"
            remedy = f"Write {_EXPECTED[column.kind]}, or leave the field out."
    return Fault(code, message, remedy, table=table, id=row_id, field=name)


def _shown(value: Any) -> str:
    """A value as it stands in a file, cut where it is long."""
    try:
        text = json.dumps(value, ensure_ascii=False)
    except (TypeError, ValueError, RecursionError):
        text = repr(value)
    text = text.encode("utf-8", "backslashreplace").decode()
    text = f"'{text[1:-1]}'" if isinstance(value, str) else text
    return text if len(text) <= _LONGEST_SHOWN else f"{text[: _LONGEST_SHOWN - 1]}…"
