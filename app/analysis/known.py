"""What was known by a day (data.md, section 3).

A source counts from the last day that its `published` may mean; an undated one counts always. A record is known from
its earliest source; one without a source is always shown. At known-by K a date that begins after K is hidden: an end
becomes `..`, an `announced` day is passed over, a start stays (and reads "announced").

A claim about a stint that names `start`, `end` or `announced` and gives the value that the row has dates that field
more exactly, and wins: from the day the claim is known the value is shown, however late it lies; before that day it is
not. While a value is not shown, the newest known claim on the field that gives another value stands in for it. Denied
and rejected claims date nothing.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np
import polars as pl

from app.domain import dates
from app.domain.dataset import Dataset
from app.domain.dates import FUTURE, PAST, Span
from app.domain.index import ABSENT, Bools, Ints, codes

DATED = ("start", "end", "announced")
"""Fields of a stint that a claim may date."""

_ABOUT = "stints:"
_Said = tuple[int, str]  # known from, value
_first_known: WeakKeyDictionary[Dataset, dict[str, Ints]] = WeakKeyDictionary()


@dataclass(frozen=True, eq=False)
class Known:
    """The stints as known by a day, in the order of the Index; all arrays (n,).

    shown: which are known; start_lo, start_hi, end_lo, end_hi, nominal: as in Index, with what is hidden taken out.
    starts_moved: whether a claim gives some stint another start than the Index has.
    With `day` None everything is shown and the arrays are the Index's own.
    """

    day: int | None
    shown: Bools
    start_lo: Ints
    start_hi: Ints
    end_lo: Ints
    end_hi: Ints
    nominal: Ints
    starts_moved: bool = False

    @property
    def announced(self) -> Bools:
        """Stints whose start lies after the known-by day: they were announced, not begun."""
        return np.zeros(len(self.shown), dtype=np.bool_) if self.day is None else self.start_lo > self.day


def known(dataset: Dataset, day: int | None = None) -> Known:
    """The stints of a Dataset as known by a day; None means now."""
    index = dataset.index
    if day is None:
        everything = np.ones(len(index), dtype=np.bool_)
        return Known(None, everything, index.start_lo, index.start_hi, index.end_lo, index.end_hi, index.nominal)
    shown = known_rows(dataset, "stints", day)[index.row]
    after = (index.end_lo > day) & (index.end_lo < FUTURE)
    end_lo = np.where(after, np.int32(FUTURE), index.end_lo)
    end_hi = np.where(after, np.int32(FUTURE), index.end_hi)
    nominal = np.where(index.nominal > day, index.start_lo, index.nominal)
    plain = Known(day, shown, index.start_lo, index.start_hi, end_lo, end_hi, nominal)
    return _dated_by_claims(dataset, plain, day)


def known_rows(dataset: Dataset, table: str, day: int | None) -> Bools:
    """Which rows of a table, in its order, are known by a day; all of them for None."""
    if day is None:
        return np.ones(dataset[table].height, dtype=np.bool_)
    return first_known(dataset, table) <= day


def first_known(dataset: Dataset, table: str) -> Ints:
    """The day from which each row of a table is known; PAST without a dated source. Kept while the Dataset is."""
    kept = _first_known.setdefault(dataset, {})
    if table not in kept:
        kept[table] = _earliest(dataset, dataset[table].get_column("source_ids"))
        kept[table].setflags(write=False)
    return kept[table]


def _earliest(dataset: Dataset, source_ids: pl.Series) -> Ints:
    result = np.full(len(source_ids), PAST, dtype=np.int32)
    counts = source_ids.list.len().fill_null(0).to_numpy()
    sourced = np.flatnonzero(counts)
    if not len(sourced):
        return result
    sources = dataset["sources"]
    lo, hi = dates.bounds(sources.get_column("published"))
    day = np.append(np.where((lo > PAST) & (lo < FUTURE), hi - 1, PAST), PAST).astype(np.int32)
    flat = day[codes(source_ids.filter(pl.Series(counts > 0)).explode(), sources.get_column("id"))]
    many = counts[sourced].astype(np.intp)
    begins = np.cumsum(many) - many
    result[sourced] = np.minimum.reduceat(flat, begins)
    return result


def _dated_by_claims(dataset: Dataset, plain: Known, day: int) -> Known:
    """The same with the fields that claims speak of set by them."""
    claims = _claims(dataset)
    if not claims:
        return plain
    index, stints = dataset.index, dataset["stints"]
    place = np.empty(len(index), dtype=np.int32)
    place[index.row] = np.arange(len(index), dtype=np.int32)
    start_lo, start_hi = plain.start_lo.copy(), plain.start_hi.copy()
    end_lo, end_hi, nominal = plain.end_lo.copy(), plain.end_hi.copy(), plain.nominal.copy()
    for row in sorted({row for row, _ in claims}):
        at = place[row]
        own = {name: stints.item(row, name) for name in DATED}
        said = {name: claims.get((row, name), []) for name in DATED}
        start = _seen(own["start"], said["start"], day, stays=True, hidden=None)
        end = _seen(own["end"], said["end"], day, stays=False, hidden=dates.OPEN)
        announced = _seen(own["announced"], said["announced"], day, stays=False, hidden=None)
        begun, left, told = (_span(text) for text in (start, end, announced))
        start_lo[at], start_hi[at] = begun[:2]
        end_lo[at], end_hi[at] = left[:2]
        inside = begun.earliest <= told.earliest < begun.latest and told.earliest > PAST
        nominal[at] = told.earliest if inside else begun.earliest
    moved = not np.array_equal(start_lo, plain.start_lo)
    return Known(day, plain.shown, start_lo, start_hi, end_lo, end_hi, nominal, moved)


def _seen(value: str | None, said: list[_Said], day: int, *, stays: bool, hidden: str | None) -> str | None:
    """A field's text at the known-by day. stays: shown even if it lies after that; hidden: what is shown instead."""
    mine = [since for since, text in said if text == value]
    late = day < _span(value).earliest < FUTURE
    if min(mine) <= day if mine else stays or not late:
        return value
    others = [(since, text) for since, text in said if text != value and since <= day]
    return max(others)[1] if others else hidden


def _claims(dataset: Dataset) -> dict[tuple[int, str], list[_Said]]:
    """(row in the stints table, field) → what claims say of it."""
    since = first_known(dataset, "claims")
    wanted = (
        pl.col("field").is_in(DATED)
        & pl.col("value").is_not_null()
        & pl.col("status").ne_missing("denied")
        & pl.col("ruling").ne_missing("rejected")
    )
    frame = dataset["claims"].with_columns(pl.Series("since", since)).filter(wanted).explode("about")
    frame = frame.filter(pl.col("about").str.starts_with(_ABOUT))
    rows = codes(frame.get_column("about").str.strip_prefix(_ABOUT), dataset["stints"].get_column("id")).tolist()
    found: dict[tuple[int, str], list[_Said]] = defaultdict(list)
    for row, name, value, said_on, day in zip(rows, *frame.select("field", "value", "date", "since"), strict=True):
        if row != ABSENT and dates.readable(value):
            told = _span(said_on)
            undated = day == PAST and PAST < told.earliest < FUTURE
            found[row, name].append((dates.last_day(told) if undated else day, value))
    return dict(found)


def _span(text: str | None) -> Span:
    return dates.parse(text) if dates.readable(text) else dates.UNKNOWN
