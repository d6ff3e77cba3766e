"""How well organizations are covered by a dataset: how many people and posts are on record, how many of these have a
day, are confirmed, have a source, and until when somebody has looked."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from app.analysis.careers import Careers
from app.analysis.seen import last_seen
from app.analysis.steps import first_day
from app.domain.dataset import Dataset
from app.domain.dates import FUTURE, PAST
from app.domain.index import ABSENT, Bools, Ints
from app.domain.schema import STATUSES

Positions = npt.NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Coverage:
    """By organization, at the level on the day each stint begins; all (n_organizations,), each counted when it is first
    asked for. at: stints that count, in the order of the Index; where: their organizations."""

    dataset: Dataset
    careers: Careers
    at: Positions
    where: Ints

    @property
    def n(self) -> int:
        """Organizations on record."""
        return self.dataset["organizations"].height

    @cached_property
    def stints(self) -> Ints:
        """All of them."""
        return self._counted(np.ones(len(self.at), dtype=np.bool_))

    @cached_property
    def people(self) -> Ints:
        """Distinct people."""
        n_people = self.dataset["people"].height + 1
        pairs = np.unique(self.where.astype(np.int64) * n_people + self.careers.index.person[self.at] + 1)
        return np.bincount(pairs // n_people, minlength=self.n).astype(np.int32)

    @cached_property
    def dated(self) -> Ints:
        """Stints whose start has two bounds."""
        known, at = self.careers.known, self.at
        return self._counted((known.start_lo[at] > PAST) & (known.start_hi[at] < FUTURE))

    @cached_property
    def confirmed(self) -> Ints:
        """Stints that are confirmed."""
        return self._counted(self.careers.index.status[self.at] == STATUSES.index("confirmed"))

    @cached_property
    def sourced(self) -> Ints:
        """Stints with a source at all."""
        cited = self.dataset["stints"].get_column("source_ids").list.len().to_numpy()
        return self._counted(cited[self.careers.index.row[self.at]] > 0)

    @cached_property
    def newest(self) -> Ints:
        """The first day of the newest dated source of a stint, PAST without one."""
        newest = np.full(self.n, PAST, dtype=np.int32)
        np.maximum.at(newest, self.where, last_seen(self.dataset, self.careers.known.day)[self.at])
        return newest

    def _counted(self, passed: Bools) -> Ints:
        return np.bincount(self.where[passed], minlength=self.n).astype(np.int32)


def coverage(dataset: Dataset, careers: Careers, which: Bools) -> Coverage:
    """Of some stints, (n,) in the order of the Index. Zeros, and PAST, where there is none."""
    index, known = careers.index, careers.known
    at = np.flatnonzero(which & (index.organization != ABSENT))
    where = careers.levels.at(index.organization[at], first_day(known.start_lo[at], known.start_hi[at]))
    return Coverage(dataset, careers, at, where)
