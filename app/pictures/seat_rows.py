"""Rows of a seat board: places by month of joining, or by several months, or by year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.domain import dates
from app.domain.dates import FUTURE, PAST
from app.pictures import wording
from app.pictures.seat_places import MONTH, YEAR, Place

_EMPTY = ("Still empty", "")


@dataclass(frozen=True, slots=True)
class Row:
    """Places that stand together: a head, a second line below it, and the places."""

    head: str
    note: str
    places: tuple[Place, ...]


def by_month(places: Sequence[Place]) -> list[Row]:
    """Rows by month of joining; those known to the year only after its months, those known less well at the end, the
    empty ones last."""
    rows: dict[tuple[str, str], list[Place]] = {}
    for place in places:
        head = _EMPTY if place.empty else _month(place.lo, place.hi)
        rows.setdefault(head, []).append(place)

    def order(head: tuple[str, str]) -> tuple[int, str, int, int]:
        first = rows[head][0]
        if first.empty:
            return (2, "", 0, 0)
        known = first.lo > PAST and first.hi < FUTURE and first.hi - first.lo <= YEAR
        return (0 if known else 1, dates.text(first.lo)[:4] if known else "", first.hi - first.lo > MONTH, first.lo)

    return [_row(head, note, rows[head, note]) for head, note in sorted(rows, key=order)]


def merged(rows: Sequence[Row], most: int) -> list[Row]:
    """The same with neighbouring months of one year in one row where together they are no more than `most`."""
    found: list[Row] = []
    for row in rows:
        last = found[-1] if found else None
        months = row.head[:1].isalpha() and row.head[-4:].isdigit()
        if (
            last is not None
            and months
            and last.head[:1].isalpha()
            and last.head[-4:] == row.head[-4:]
            and len(last.places) + len(row.places) <= most
        ):
            year = row.head[-4:]
            first = last.head[:-5].split("–")[0][:3]
            found[-1] = _row(f"{first}–{row.head[:3]} {year}", "", [*last.places, *row.places])
        else:
            found.append(row)
    return found


def by_year(rows: Sequence[Row]) -> list[Row]:
    """The same by year of joining."""
    found: dict[tuple[str, str], list[Place]] = {}
    for row in rows:
        year = row.head[-4:] if row.head[-4:].isdigit() else row.head
        found.setdefault((year, ""), []).extend(row.places)
    return [_row(head, note, places) for (head, note), places in found.items()]


@lru_cache(maxsize=16384)
def _month(lo: int, hi: int) -> tuple[str, str]:
    """Head and note of the row that a day of joining belongs to."""
    if lo <= PAST or hi >= FUTURE:
        return ("Not dated", "")
    if hi - lo <= MONTH:
        return (wording.month(lo), "")
    if hi - lo <= YEAR and dates.text(lo)[:4] == dates.text(hi - 1)[:4]:
        return (dates.text(lo)[:4], "month not known")
    return ("Year not known", "")


def _row(head: str, note: str, places: Sequence[Place]) -> Row:
    kind = "place" if places[0].empty else "seat"
    count = wording.counted(len(places), kind)
    return Row(head, f"{note}\n{count}" if note else count, tuple(places))
