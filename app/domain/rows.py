"""One row at a time: what is wrong with it, in our words.

Whole tables are checked by expressions (`checks`); a form, a record of a foreign file and a row that failed to load
are checked here, so that the user reads which field is wrong, why, and what to write instead. The models behind it are
loaded with the first row: pydantic takes time that a window which opens, or a healthy file, need not wait for.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import ModuleType
from typing import TYPE_CHECKING, Any

from app.domain import dates
from app.domain.dataset import Row
from app.domain.errors import DataError, Fault
from app.domain.schema import TABLES, Kind

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

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


def faults(table: str, given: Mapping[str, Any]) -> list[Fault]:
    """What is wrong with one row: a Fault for each field, with message and remedy; empty if nothing is.

    References are not looked up: one row knows no other. Blank text counts as not given.
    """
    row_id = given.get("id")
    known = row_id if isinstance(row_id, str) else ""
    named: dict[tuple[str, str], Fault] = {}
    for detail in _models().refused(table, _plain(given)):
        fault = _fault(table, detail, given, known)
        named.setdefault((fault.code, fault.field), fault)
    return list(named.values())


def row(table: str, given: Mapping[str, Any]) -> Row:
    """The full row in field order: blank fields as None, blank lists as empty, sets sorted. DataError with all faults.

    References are not looked up.
    """
    if found := faults(table, given):
        raise DataError(*found)
    made = _models().model(table).model_validate(_plain(given)).model_dump()
    lists = {column.name for column in TABLES[table].fields if column.kind in (Kind.LIST, Kind.SET)}
    return {name: made[name] if made[name] is not None or name not in lists else [] for name in TABLES[table].names}


def _models() -> ModuleType:
    from app.domain import row_models

    return row_models


def _plain(given: Mapping[str, Any]) -> dict[str, Any]:
    """The row without blank fields, so that pydantic calls a required one missing."""
    return {name: value for name, value in given.items() if value is not None and value != ""}


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
