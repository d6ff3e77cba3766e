"""Which seat each stint names, whether it holds it or not, and which stints name a seat."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from weakref import WeakKeyDictionary

import numpy as np

from app.analysis.order import Positions
from app.domain.dataset import Dataset
from app.domain.index import ABSENT, SEARCHED, Ints, codes


@dataclass(frozen=True, eq=False)
class Naming:
    """seat: (n,) in the order of the Index, the row of the seat that each stint names; ABSENT for none."""

    seat: Ints

    @cached_property
    def _sorted(self) -> tuple[Positions, Ints]:
        """Positions of the stints that name a seat, by seat, then position; and those seats."""
        at = np.flatnonzero(self.seat != ABSENT)
        at = at[np.argsort(self.seat[at], kind="stable")]
        return at, self.seat[at]

    def of(self, seat: int) -> Positions:
        """Positions in the Index of the stints that name a seat (row of its table), ascending."""
        at, seats = self._sorted
        first, end = np.searchsorted(seats, np.array([seat, seat + 1], dtype=np.int32)).tolist()
        return at[first:end]


_kept: WeakKeyDictionary[Dataset, Naming] = WeakKeyDictionary()


def naming(dataset: Dataset) -> Naming:
    """What the stints of a Dataset name. Kept while the Dataset is."""
    found = _kept.get(dataset)
    if found is None:
        named, ids = dataset["stints"].get_column("seat_id"), dataset["seats"].get_column("id")
        seat = codes(named, ids)[dataset.index.row]
        seat.setflags(write=False)
        found = _kept[dataset] = Naming(seat)
    return found


def stints_naming(dataset: Dataset, seats: Positions) -> tuple[Positions, Ints]:
    """Positions in the Index, ascending, of the stints that name one of some seats (rows of their table), and the seat
    that each of them names. For a few seats, one look through the ids where nothing is kept yet."""
    if len(seats) > SEARCHED:
        wanted = np.zeros(dataset["seats"].height + 1, dtype=np.bool_)
        wanted[seats] = True
        seat = naming(dataset).seat
        at = np.flatnonzero(wanted[seat])
        return at, seat[at]
    if dataset in _kept:
        none = np.zeros(0, dtype=np.intp)
        at = np.sort(np.concatenate([none, *map(naming(dataset).of, seats.tolist())]))
        return at, naming(dataset).seat[at]
    named, ids = dataset["stints"].get_column("seat_id"), dataset["seats"].get_column("id")
    rows = np.flatnonzero(named.is_in(ids.gather(seats).to_list()).fill_null(value=False).to_numpy())
    at = np.flatnonzero(np.isin(dataset.index.row, rows))
    return at, codes(named.gather(dataset.index.row[at]), ids)
