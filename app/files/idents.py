"""Ids for records that come without: made of what names them, none of them twice."""

from __future__ import annotations

from functools import lru_cache

from app.analysis.names import as_id

LONGEST = 96
"""Characters of an id, before a number that tells it from another."""


class Ids:
    """The ids that are taken. Equal names in an equal order get equal ids."""

    def __init__(self) -> None:
        self._taken: dict[str, int] = {}

    def new(self, *parts: str) -> str:
        """An id made of these parts; if it is taken, with the next free number behind it."""
        stem = words(*parts)[:LONGEST].strip("-") or "x"
        wanted, n = stem, self._taken.get(stem, 1)
        while wanted in self._taken:
            n += 1
            wanted = f"{stem}-{n}"
        self._taken[stem] = n
        self._taken.setdefault(wanted, 1)
        return wanted


def words(*parts: str) -> str:
    """Parts of a name as they stand in an id: `Strategy & Quality` is strategy-and-quality. Blank if nothing can."""
    return "-".join(found for part in parts if (found := _word(part)))


@lru_cache(maxsize=65536)
def _word(part: str) -> str:
    return as_id(part.replace("&", " and "))
