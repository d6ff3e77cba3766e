"""Years in which works name somebody at an institution → the dates of a stint, no more certain than the years are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

UNSURE = "?"
_YEARS = range(1, 10_000)


@dataclass(frozen=True, slots=True)
class Dated:
    """start, end: EDTF, blank where the years say nothing; in_order: whether they say what came before it."""

    start: str
    end: str
    in_order: bool


def usable(years: Sequence[int]) -> tuple[int, ...]:
    """The years that can stand in a date, each once, in order."""
    return tuple(sorted({year for year in years if year in _YEARS}))


def dated(affiliations: Sequence[tuple[int, ...]]) -> list[Dated]:
    """The dates of one person's affiliations, each given by its years in order, in the order given.

    Somebody was there in a year, and may have been there before the first and after the last. So the first year is the
    start and the last year the end, both marked `?`: more is possible than they say. An end is given only where a later
    year names the person elsewhere; without one, nobody says that they left, and it stays blank. Who began elsewhere
    before the last year of such a one without end is there beside it, and nothing says that one came after the other:
    out of order. No years: both blank, out of order.
    """
    newest = max((years[-1] for years in affiliations if years), default=0)
    lasting = [years for years in affiliations if years and years[-1] == newest]
    found = []
    for years in affiliations:
        if not years:
            found.append(Dated("", "", False))
            continue
        end = f"{years[-1]:04d}{UNSURE}" if years[-1] < newest else ""
        beside = any(other is not years and other[0] <= years[0] < other[-1] for other in lasting)
        found.append(Dated(f"{years[0]:04d}{UNSURE}", end, not beside))
    return found


def told(years: Sequence[int]) -> str:
    """Years in words, runs drawn together: 2016–2017, 2019."""
    runs = []
    for _, members in groupby(enumerate(years), lambda pair: pair[1] - pair[0]):
        run = [year for _, year in members]
        runs.append(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}")
    return ", ".join(runs)
