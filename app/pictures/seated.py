"""Organizations whose chart or build-out there is to see."""

from __future__ import annotations

import numpy as np

from app.analysis.order import Positions
from app.analysis.presence import present
from app.domain.index import ABSENT, Ints, codes
from app.pictures.chart_folds import Tree
from app.pictures.gathered import Gathered

MOST = 400
"""Organizations that are offered at most."""


def offered(gathered: Gathered) -> list[tuple[str, str]]:
    """Ids and names: those with a target first, then those with most seats, then those with most people on the as-of
    day, each counted with all below it. Empty without seats and people."""
    data = gathered.dataset
    ids = data["organizations"].get_column("id")
    hierarchy = gathered.careers.levels.hierarchy
    tree = Tree.of(hierarchy.parents(int(hierarchy.period(gathered.as_of))).astype(np.intp))
    of_tables = (codes(data[table].get_column("organization_id"), ids) for table in ("targets", "seats"))
    targets, seats = (_counted(of, len(ids)) for of in of_tables)
    _, possible = present(gathered.careers, gathered.as_of)
    people = _counted(gathered.careers.index.organization[possible], len(ids))
    seats, people = seats + tree.sums(seats), people + tree.sums(people)
    order: Positions = np.lexsort((np.arange(len(ids)), -people, -seats, -np.minimum(targets, 1)))
    found = order[(targets + seats + people > 0)[order]][:MOST]
    return [(gathered.ids[code], gathered.names[code]) for code in found.tolist()]


def _counted(organizations: Ints, n: int) -> Ints:
    """How often each of n organizations occurs."""
    return np.bincount(organizations[organizations != ABSENT], minlength=n).astype(np.int32)
