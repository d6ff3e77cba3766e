"""Pydantic models of single rows, made from the declaration of the tables. `rows` puts their errors into our words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, create_model
from pydantic_core import ErrorDetails

from app.domain import dates
from app.domain.schema import TABLES, Kind
from app.domain.schema import Field as Column

LEAST_INT, MOST_INT = -(2**63), 2**63 - 1
"""What an integer column holds."""


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


def refused(table: str, given: Mapping[str, Any]) -> list[ErrorDetails]:
    """What the model of a table says against a row without blank fields; empty if nothing."""
    try:
        model(table).model_validate(given)
    except ValidationError as error:
        return error.errors(include_url=False)
    return []


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
