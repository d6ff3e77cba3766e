"""Cells of CSV: values as text and back. The dialect is that of `csvs`."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Any

import polars as pl

from app.domain.schema import Kind
from app.files.lines import number_texts

_MARKED = r"[;\\]|^[\s\x1c-\x1f]|[\s\x1c-\x1f]$"
_EDGES = re.compile(r"[;\\]|^\s+|\s+\Z")
_ELEMENT = re.compile(r"((?:\\.|[^;\\]|\\\Z)*)(?:;|\Z)", re.DOTALL)
_INTEGER = re.compile(r"[+-]?[0-9]{1,19}")
_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,4})?")


def written_cells(column: pl.Series, kind: Kind) -> pl.Series:
    """A column as text, blank where blank."""
    if kind in (Kind.LIST, Kind.SET):
        if column.list.explode(empty_as_null=False).str.contains(_MARKED).any():
            joined = [";".join(_marked(text) for text in texts) or None for texts in column]
            return pl.Series(column.name, joined, dtype=pl.String())
        frame = column.to_frame()
        return frame.select(
            pl.when(pl.col(column.name).list.len() > 0).then(pl.col(column.name).list.join(";"))
        ).to_series()
    if kind is Kind.FLOAT:
        return number_texts(column)
    return column.cast(pl.String())


def _marked(text: str) -> str:
    return _EDGES.sub(lambda match: "".join(f"\\{c}" for c in match[0]), text)


def elements(cell: str) -> list[str]:
    """The elements of a list in a cell; blank ones are passed over."""
    if "\\" not in cell:
        return [part for piece in cell.split(";") if (part := piece.strip())]
    found = []
    for match in _ELEMENT.finditer(cell):
        bare = match[1].lstrip()
        while bare and bare[-1].isspace() and not _escaped_at(bare, len(bare) - 1):
            bare = bare[:-1]
        if text := re.sub(r"\\(.)", r"\1", bare, flags=re.DOTALL):
            found.append(text)
    return found


def _escaped_at(text: str, at: int) -> bool:
    """Whether an odd run of backslashes stands before a character."""
    run = at - len(text[:at].rstrip("\\"))
    return run % 2 == 1


class Unreadable(str):
    """A cell that does not hold what its column asks for."""


def _int(text: str) -> int | Unreadable:
    value = int(text) if _INTEGER.fullmatch(text.strip()) else 2**63
    return value if -(2**63) <= value < 2**63 else Unreadable(text)


def number(text: str) -> float | None:
    """A finite number, None if the text is none."""
    value = float(text) if _NUMBER.fullmatch(text.strip()) else math.inf
    return value if math.isfinite(value) else None


def _float(text: str) -> float | Unreadable:
    value = number(text)
    return Unreadable(text) if value is None else value


def _flag(text: str) -> bool | Unreadable:
    return {"true": True, "false": False}.get(text.strip().lower(), Unreadable(text))


VALUES: dict[Kind, Callable[[str], Any]] = {
    Kind.INT: _int,
    Kind.FLOAT: _float,
    Kind.FLAG: _flag,
    Kind.LIST: elements,
    Kind.SET: elements,
}
"""What makes a value of a cell that is not blank; kinds that are not here are text."""
