"""Rolling organizations up: to themselves, to their lab, to their root, by the parents of the day in question.

Level `unit` is the organization as recorded; `lab` the nearest one at or above it of kind lab, else the root;
`organization` the root. See `hierarchy` for who is whose parent on which day.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal, get_args

import numpy as np

from app.analysis.hierarchy import Hierarchy, climbed
from app.domain.dataset import Dataset
from app.domain.errors import Fault, UsageError
from app.domain.index import ABSENT, Bools, Ints

Level = Literal["unit", "lab", "organization"]
LEVELS: tuple[Level, ...] = get_args(Level)


@dataclass(frozen=True, eq=False)
class Levels:
    """What each organization counts as at one level.

    newest: (n + 1,) the answer with the newest parents, by code; the last place answers for ABSENT. changing: (n + 1,)
    true where the answer depends on the day. spots, values: the answers of those, sorted by spot = code · periods +
    period; each holds until the next spot of the same organization.
    """

    level: Level
    hierarchy: Hierarchy
    newest: Ints
    changing: Bools
    spots: Ints
    values: Ints

    @cached_property
    def is_flat(self) -> bool:
        """Whether each organization counts as itself, on every day."""
        return not len(self.spots) and np.array_equal(self.newest[:-1], np.arange(len(self.newest) - 1))

    @classmethod
    def of(cls, dataset: Dataset, level: Level = "organization", hierarchy: Hierarchy | None = None) -> Levels:
        """The roll-up of a Dataset's organizations. UsageError for a level that does not exist."""
        if level not in LEVELS:
            raise UsageError(Fault("level", f"there is no level {level!r}", f"Write one of {', '.join(LEVELS)}."))
        above = hierarchy or Hierarchy.of(dataset)
        labs = (dataset["organizations"].get_column("kind") == "lab").fill_null(value=False).to_numpy()
        n, periods = len(above.first), 1 if level == "unit" else above.n_periods
        table = _rolled(above, 0, level, labs)
        begun, changing = table, np.zeros(n + 1, dtype=np.bool_)
        spots: list[Ints] = []
        values: list[Ints] = []
        for period in range(1, periods):
            after = _rolled(above, period, level, labs)
            differ = np.flatnonzero(after != table).astype(np.int32)
            spots.append(differ * np.int32(periods) + np.int32(period))
            values.append(after[differ])
            changing[differ] = True
            table = after
        start = np.flatnonzero(changing).astype(np.int32)
        spot = np.concatenate([start * np.int32(periods), *spots])
        value = np.concatenate([begun[start], *values])
        order = np.argsort(spot)
        return cls(level, above, np.append(table, np.int32(ABSENT)), changing, spot[order], value[order])

    def at(self, organizations: Ints, days: Ints | int) -> Ints:
        """Codes (k,) and days (k,) or one day → codes at the level on those days. ABSENT stays ABSENT."""
        found: Ints = self.newest[organizations]
        if not len(self.spots):
            return found
        at = np.flatnonzero(self.changing[organizations])
        day = days[at] if isinstance(days, np.ndarray) else days
        wanted = organizations[at] * np.int32(self.hierarchy.n_periods) + self.hierarchy.period(day)
        found[at] = self.values[np.searchsorted(self.spots, wanted, side="right") - 1]
        return found


def _rolled(hierarchy: Hierarchy, period: int, level: Level, labs: Bools) -> Ints:
    """Code → code at the level, (n,), in one period."""
    parents = hierarchy.parents(period)
    if level == "unit":
        return np.arange(len(parents), dtype=np.int32)
    return climbed(np.where(labs, np.int32(ABSENT), parents) if level == "lab" else parents)
