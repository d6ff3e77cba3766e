"""Nested JSON values of three versions made one, key by key.

Objects merge key by key all the way down; so do lists of records that stand in order of their ids, as the tables of a
newer version do. Any other value is one thing: taken from whoever changed it, a clash if both did, and differently.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from itertools import pairwise
from typing import Final, Literal

Side = Literal["base", "b"]
"""Whose value stands where two clash: that of the version both come from, or that of the second."""


class Absent(Enum):
    """The value of a key that is not there: `null` is a value."""

    ABSENT = "absent"


ABSENT: Final = Absent.ABSENT


@dataclass(frozen=True, slots=True)
class Clash:
    """Two values for one place: the keys that lead there, and what the three versions hold (None for nothing)."""

    path: tuple[str, ...]
    base: object
    a: object
    b: object


def merged(base: object, a: object, b: object, standing: Side = "base") -> tuple[object, list[Clash]]:
    """The value that has the changes of both (ABSENT if nothing is left), and where they clash. Nothing given is
    changed."""
    merging = _Merging(standing)
    return merging.value((), base, a, b), merging.clashes


def text_of(value: object) -> str:
    """A value as JSON in its one form: keys sorted, no spaces."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@dataclass(slots=True)
class _Merging:
    standing: Side
    clashes: list[Clash] = field(default_factory=list)

    def value(self, path: tuple[str, ...], base: object, a: object, b: object) -> object:
        if _same(a, b) or _same(b, base):
            return a
        if _same(a, base):
            return b
        if isinstance(a, dict) and isinstance(b, dict):
            return self.object(path, base if isinstance(base, dict) else {}, a, b)
        was, one, other = _records([] if base is ABSENT else base), _records(a), _records(b)
        if was is not None and one is not None and other is not None:
            made = self.object(path, was, one, other)
            return [made[row_id] for row_id in sorted(made)]
        self.clashes.append(Clash(path, *(None if held is ABSENT else held for held in (base, a, b))))
        return base if self.standing == "base" else b

    def object(
        self, path: tuple[str, ...], base: Mapping[str, object], a: Mapping[str, object], b: Mapping[str, object]
    ) -> dict[str, object]:
        found: dict[str, object] = {}
        for key in sorted({*base, *a, *b}):
            value = self.value((*path, key), base.get(key, ABSENT), a.get(key, ABSENT), b.get(key, ABSENT))
            if value is not ABSENT:
                found[key] = value
        return found


def _same(one: object, other: object) -> bool:
    """Equal as JSON: 1, 1.0 and true are three values."""
    if one is ABSENT or other is ABSENT:
        return one is other
    return one is other or text_of(one) == text_of(other)


def _records(value: object) -> dict[str, object] | None:
    """A list of records in order of their ids, by id; None for anything else."""
    if not isinstance(value, list):
        return None
    found: dict[str, object] = {}
    for record in value:
        row_id = record.get("id") if isinstance(record, dict) else None
        if not isinstance(row_id, str):
            return None
        found[row_id] = record
    in_order = all(one < other for one, other in pairwise(found))
    return found if in_order and len(found) == len(value) else None
