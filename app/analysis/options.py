"""What is asked of a Dataset: level, window, days, lens. One value that every figure and picture is made from."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from app.analysis.levels import Level
from app.analysis.moves import Window
from app.domain import dates
from app.domain.dataset import Dataset
from app.domain.dates import FUTURE, PAST
from app.domain.lens import EVERYTHING, Lens


@dataclass(frozen=True, slots=True)
class Options:
    """level; window: days [from, to) of the moves, a side may be PAST or FUTURE, None for all moves, the undated too;
    as_of: the day of people and seats, None for the default; known_by: None for now; lens."""

    level: Level = "organization"
    window: Window | None = None
    as_of: int | None = None
    known_by: int | None = None
    lens: Lens = EVERYTHING

    def as_of_day(self, dataset: Dataset) -> int | None:
        """The as-of day: as given, else the last day of the window, else the newest `published` in the file.

        None if there is no such day: no window with an end, and no dated source.
        """
        if self.as_of is not None:
            return self.as_of
        if self.window is not None and self.window[1] < FUTURE:
            return self.window[1] - 1
        return newest_published(dataset)


DEFAULTS = Options()
"""Everything, at the level of organizations, as known now."""


def newest_published(dataset: Dataset) -> int | None:
    """The last day of the `published` that begins last; None without a dated source. (2026-06 is newer than 2026.)"""
    global _newest  # of the last sources that were asked about: most edits leave them as they are
    sources = dataset["sources"]
    held, day = _newest
    if held is not sources:
        lo, hi = dates.bounds(sources.get_column("published").drop_nulls())
        dated = (lo > PAST) & (lo < FUTURE)
        day = max(zip(lo[dated].tolist(), hi[dated].tolist(), strict=True))[1] - 1 if dated.any() else None
        _newest = (sources, day)
    return day


_newest: tuple[pl.DataFrame | None, int | None] = (None, None)
