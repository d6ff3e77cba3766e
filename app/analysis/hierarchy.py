"""Who stands below whom, day by day.

`parent_id` is the newest parent. A `reparented` succession (from_id the unit, to_id its new parent, previous_id the old
one or blank) changes the parent on the earliest day of its date; before an organization's first change it stood under
that change's previous_id, after its last under parent_id. A denied change does not count; one that is not known by the
known-by day has not happened, so that its previous_id holds. A parent chain that runs in a circle is cut above the
smallest id of the circle, so that all its members have one root.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import polars as pl

from app.analysis.known import known_rows
from app.domain import dates
from app.domain.dataset import Dataset
from app.domain.index import ABSENT, Bools, Ints, codes


@dataclass(frozen=True, eq=False)
class Hierarchy:
    """Parents of all organizations in every period between two changes of parent.

    days: (m,) days on which a parent changes, ascending; period k runs from days[k - 1] to days[k], so there are m + 1.
    first: (n,) parent codes in period 0, ABSENT for a root. when, unit, parent: (c,) the changes in order: from period
    `when` on `unit` stands below `parent`. Without organizations all arrays are empty.
    """

    days: Ints
    first: Ints
    when: Ints
    unit: Ints
    parent: Ints
    _tables: dict[int, Ints] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, dataset: Dataset, known_by: int | None = None) -> Hierarchy:
        """The parents that a Dataset holds, as known by a day."""
        frame = dataset["organizations"]
        first = codes(frame.get_column("parent_id"), frame.get_column("id")).copy()
        of_unit: dict[int, list[_Change]] = defaultdict(list)
        for change in _changes(dataset, known_by):
            of_unit[change.unit].append(change)
        made: list[tuple[int, int, int]] = []
        for unit, own in of_unit.items():
            known = [change for change in own if change.known]
            newest = int(first[unit]) if len(known) == len(own) else next(c.old for c in own if not c.known)
            first[unit] = known[0].old if known else newest
            made += [(c.day, unit, c.new) for c in known[:-1]]
            made += [(c.day, unit, newest) for c in known[-1:]]
        made.sort(key=lambda change: change[0])  # stable: two changes of a unit on one day stay in order
        days = np.unique(np.array([day for day, _, _ in made], dtype=np.int32))
        when = np.searchsorted(days, np.array([day for day, _, _ in made], dtype=np.int32)).astype(np.int32) + 1
        units = np.array([unit for _, unit, _ in made], dtype=np.int32)
        return cls(days, first, when, units, np.array([parent for _, _, parent in made], dtype=np.int32))

    @property
    def n_periods(self) -> int:
        """One more than the days on which something changes."""
        return len(self.days) + 1

    def period(self, days: Ints | int) -> Ints:
        """The period in which each day lies; FUTURE asks for the newest."""
        return np.searchsorted(self.days, days, side="right").astype(np.int32)

    def parents(self, period: int) -> Ints:
        """Parent codes (n,) in a period, ABSENT for a root, circles cut."""
        table = self._tables.get(period)
        if table is None:
            table = self.first.copy()
            upto = int(np.searchsorted(self.when, period, side="right"))
            table[self.unit[:upto]] = self.parent[:upto]
            table = uncircled(table)
            table.setflags(write=False)
            self._tables[period] = table
        return table

    def above(self, organization: int, period: int) -> tuple[int, ...]:
        """The organization, its parent, and so on up to its root. Empty for ABSENT."""
        table = self.parents(period)
        chain: list[int] = []
        while organization != ABSENT:
            chain.append(organization)
            organization = int(table[organization])
        return tuple(chain)

    def below(self, wanted: Sequence[int], period: int) -> Bools:
        """Which organizations are one of the wanted ones, or stand below one, in a period.

        (n + 1,): the last place answers for ABSENT and is False.
        """
        table = self.parents(period)
        inside = np.zeros(len(table) + 1, dtype=np.bool_)
        inside[[code for code in wanted if code != ABSENT]] = True
        while True:
            wider = inside.copy()
            wider[:-1] |= inside[table]
            if np.array_equal(wider, inside):
                return inside
            inside = wider

    def within(self, organizations: Ints, days: Ints, wanted: Sequence[int]) -> Bools:
        """For pairs of organization and day, both (k,): does it stand at or below one of the wanted ones that day?"""
        if self.n_periods == 1:
            return self.below(wanted, 0)[organizations]
        found = np.zeros(len(organizations), dtype=np.bool_)
        periods = self.period(days)
        for period in np.unique(periods):
            at = np.flatnonzero(periods == period)
            found[at] = self.below(wanted, int(period))[organizations[at]]
        return found


@dataclass(frozen=True, slots=True)
class _Change:
    day: int
    unit: int
    new: int
    old: int
    known: bool


def _changes(dataset: Dataset, known_by: int | None) -> list[_Change]:
    """Changes of parent by day, then id. Those of an organization that nobody has are left out."""
    if not dataset["successions"].height:
        return []
    known = known_rows(dataset, "successions", known_by)
    frame = dataset["successions"].with_columns(pl.Series("known", known))
    frame = frame.filter((pl.col("kind") == "reparented") & pl.col("status").ne_missing("denied"))
    ids = dataset["organizations"].get_column("id")
    unit, new, old = (codes(frame.get_column(name), ids).tolist() for name in ("from_id", "to_id", "previous_id"))
    day = dates.bounds(frame.get_column("date"))[0].tolist()
    rows = zip(day, unit, new, old, frame.get_column("known"), strict=True)
    return sorted((c for row in rows if (c := _Change(*row)).unit != ABSENT), key=lambda change: change.day)


def uncircled(parents: Ints) -> Ints:
    """Parent codes without circles: each circle is cut above its smallest code. The same array if there is none."""
    itself = parents == np.arange(len(parents), dtype=np.int32)
    if itself.any():
        parents = np.where(itself, np.int32(ABSENT), parents)
    tops = climbed(parents)
    circling = np.flatnonzero(raised(parents)[tops] != tops)
    if not len(circling):
        return parents
    cut, seen = parents.copy(), set[int]()
    for start in np.unique(tops[circling]).tolist():
        circle = [start]
        while (following := int(parents[circle[-1]])) != start:
            circle.append(following)
        if start not in seen:
            cut[min(circle)] = ABSENT
            seen.update(circle)
    return cut


def climbed(parents: Ints) -> Ints:
    """The root of every organization, by pointer jumping; for one that leads into a circle, some member of that."""
    top = raised(parents)
    for _ in range(len(parents).bit_length() + 1):
        higher = top[top]
        if np.array_equal(higher, top):
            break
        top = higher
    return top


def raised(parents: Ints) -> Ints:
    """Parent codes in which a root is its own parent."""
    return np.where(parents == ABSENT, np.arange(len(parents), dtype=np.int32), parents)
