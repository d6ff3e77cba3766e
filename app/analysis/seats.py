"""The seats of a build-out one by one: who holds each, since when, from where, what that left open, what nobody knows.

Everything is as of the build-out's day: holders who come later are not there yet, and ends that come later have not
happened.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from app.analysis.buildout import INTERNAL, UNKNOWN, BuildOut, Holders
from app.analysis.careers import Careers
from app.analysis.known import known_rows
from app.analysis.naming import naming
from app.analysis.order import NONE, Positions
from app.analysis.presence import held
from app.analysis.select import Selection
from app.domain import dates
from app.domain.dataset import Dataset
from app.domain.dates import FUTURE, PAST
from app.domain.index import ABSENT, DENIED, Bools, Ints, codes

NOBODY = -1
"""No holder, no seat."""


@dataclass(frozen=True, eq=False)
class Roster:
    """The seats of a build-out on its day.

    state: (s,) as BuildOut.states; holder: (s,) position among the holders of the one who holds the seat, else may hold
    it, else held it last; of several the one who came last; NOBODY where none has come. past: per seat the holders
    before that one, the earlier first. later: (s,) whether somebody holds it only after the day. lo, hi: (h,) when each
    holder joined, as exactly as an announcement up to the day says it; stated: (s,) the state that the seat itself
    names, blank if none; a vacant seat that opens later is planned. Without seats all arrays are empty.
    """

    state: Ints
    holder: Positions
    past: tuple[tuple[int, ...], ...]
    later: Bools
    lo: Ints
    hi: Ints
    stated: tuple[str, ...]

    @classmethod
    def of(cls, dataset: Dataset, careers: Careers, build_out: BuildOut) -> Roster:
        """Who holds the seats of a build-out."""
        rows = dataset["seats"][build_out.seats.tolist()]
        stated = rows.get_column("state").fill_null("").to_list()
        opened, _ = dates.bounds(rows.get_column("opened"))
        for at in np.flatnonzero(opened > build_out.day).tolist():
            stated[at] = stated[at] or "planned"
        return cls.stating(dataset, careers, build_out, stated)

    @classmethod
    def stating(cls, dataset: Dataset, careers: Careers, build_out: BuildOut, stated: Sequence[str]) -> Roster:
        """Who holds the places of a build-out; stated: the state that each names, blank if none."""
        day, h, n = build_out.day, build_out.holders, len(build_out.seats)
        come, holder = np.flatnonzero(h.start_lo <= day), last_come(build_out)
        past: list[tuple[int, ...]] = [()] * n
        for at in come[holder[h.seat[come]] != come].tolist():
            past[h.seat[at]] += (at,)
        later = np.zeros(n, dtype=np.bool_)
        later[h.seat[h.start_lo > day]] = True
        later &= holder == NOBODY
        lo, hi = _joined(dataset, careers, h, day)
        return cls(build_out.states(day), holder, tuple(past), later, lo, hi, tuple(stated))


def last_come(build_out: BuildOut) -> Positions:
    """Of each seat, (s,), the position among the holders of the one who holds it on the day, else may hold it, else
    held it last; of several the one who came last; NOBODY where none has come."""
    h = build_out.holders
    certain, possible = held(h, build_out.day)
    come = np.flatnonzero(h.start_lo <= build_out.day)
    strength = certain[come].astype(np.int8) + possible[come]
    order = come[np.lexsort((come, strength, h.seat[come]))]
    holder = np.full(len(build_out.seats), NOBODY, dtype=np.intp)
    holder[h.seat[order]] = order  # of one seat the last of the order stays
    return holder


def _joined(dataset: Dataset, careers: Careers, h: Holders, day: int) -> tuple[Ints, Ints]:
    """Bounds of the day on which each holder joined: those of `announced` where it dates the start more exactly, and
    was made by the day."""
    lo, hi = h.start_lo.copy(), h.start_hi.copy()
    rows = careers.index.row[h.stint]
    told_lo, told_hi = dates.bounds(dataset["stints"].get_column("announced").gather(rows))
    wide = hi.astype(np.int64) - lo  # of a start that nobody knows no int32 holds it
    nearer = (told_lo > PAST) & (told_lo == careers.known.nominal[h.stint]) & (told_hi - told_lo < wide)
    nearer &= (lo <= told_lo) & (told_lo < hi) & (told_lo <= day)
    return np.where(nearer, told_lo, lo), np.where(nearer, told_hi, hi)


def origin_of(build_out: BuildOut, holder: int) -> str:
    """Id of the organization that a holder came from; INTERNAL if it is the same, UNKNOWN if nobody says."""
    h = build_out.holders
    if h.internal[holder]:
        return INTERNAL
    return UNKNOWN if h.origin[holder] == ABSENT else build_out.names[h.origin[holder]]


@dataclass(frozen=True, slots=True)
class Hole:
    """What a holder left behind. stint: the one before (position in the Index); seat: row of the seat it held, NOBODY
    if none is named; filled_by: stints of others that began in that seat afterwards, the earlier first."""

    stint: int
    seat: int
    filled_by: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Genealogy:
    """Which seat each holder left, and who came into it. Only stints that are known and not denied."""

    dataset: Dataset
    careers: Careers

    @cached_property
    def _by_seat(self) -> Mapping[int, list[int]]:
        """Row of a seat → stints that name it, in the order of the Index."""
        seat = naming(self.dataset).seat
        found: dict[int, list[int]] = {}
        counted = (self.careers.index.status != DENIED) & self.careers.known.shown
        for at in np.flatnonzero((seat != ABSENT) & counted).tolist():
            found.setdefault(int(seat[at]), []).append(at)
        return found

    @cached_property
    def _seats(self) -> Mapping[int, int]:
        return {stint: seat for seat, stints in self._by_seat.items() for stint in stints}

    def hole(self, stint: int) -> Hole | None:
        """What a stint left open when it began; None if it follows no other one."""
        before = int(self.careers.before[stint])
        if before == NONE:
            return None
        seat = self._seats.get(before, NOBODY)
        bounds, person = self.careers.proven, self.careers.index.person
        freed = bounds.end_lo[before]
        after = [
            other
            for other in self._by_seat.get(seat, [])
            if person[other] != person[before] and bounds.start_hi[other] > freed
        ]
        return Hole(before, seat, tuple(sorted(after, key=lambda other: int(bounds.start_lo[other]))))


def lit(careers: Careers, build_out: BuildOut, selection: Selection) -> Bools:
    """Which holders a lens lets through, (h,): by the stint in the seat itself, or by the move into or out of it."""
    stints = selection.stints.copy()
    for ends in (careers.moves.joined_stint, careers.moves.left_stint):
        stints[ends[selection.moves]] = True
    found: Bools = stints[build_out.holders.stint]
    return found


def left_out(dataset: Dataset, careers: Careers, build_out: BuildOut) -> Mapping[str, int]:
    """Seats at and below the organization that the build-out leaves out, by reason; only what there is."""
    frame, hierarchy = dataset["seats"], careers.levels.hierarchy
    covered = hierarchy.below([build_out.organization], int(hierarchy.period(build_out.day)))
    here: Bools = covered[codes(frame.get_column("organization_id"), dataset["organizations"].get_column("id"))]
    denied = frame.select((pl.col("status") == "denied").fill_null(value=False)).to_series().to_numpy()
    shown = known_rows(dataset, "seats", careers.known.day)
    reasons = {
        "denied": int(np.count_nonzero(here & denied & shown)),
        "not yet known": int(np.count_nonzero(here & ~shown)),
    }
    return {reason: n for reason, n in reasons.items() if n}


def ended(build_out: BuildOut, holder: int) -> tuple[int, int] | None:
    """Bounds of the day on which a holder left, by the build-out's day; None while they may still be there."""
    lo, hi = int(build_out.holders.end_lo[holder]), int(build_out.holders.end_hi[holder])
    return (lo, hi) if hi - 1 <= build_out.day and hi < FUTURE else None
