"""What to call the state of a seat on a day, the same in tables and evidence."""

from __future__ import annotations

import numpy as np
import polars as pl

from app.analysis import buildout
from app.analysis.buildout import BuildOut
from app.analysis.order import Positions
from app.analysis.seats import NOBODY
from app.domain import dates
from app.domain.dataset import Dataset
from app.domain.dates import PAST
from app.domain.index import Ints

STATES = ("held", "perhaps held", "left", "open", "offered", "on hold", "planned", "not yet there", "closed")
"""States in words: from held to gone, the order in which a table sorts them."""
HELD, PERHAPS, LEFT, OPEN, OFFERED, ON_HOLD, PLANNED, NOT_YET, CLOSED = range(len(STATES))
EMPTY = frozenset(STATES[OPEN:])
"""Words that stand in place of a holder."""
_STATED = {"planned": PLANNED, "open": OPEN, "offered": OFFERED, "on-hold": ON_HOLD, "closed": CLOSED}


def states(dataset: Dataset, build_out: BuildOut, last: Positions) -> Ints:
    """Code into STATES of each seat of a build-out on its day, (s,). last: who came last, as `analysis/seats` says.

    A seat that nobody has held is what it says of itself; one that says nothing is planned until it opens, and not yet
    there where it has no opening day and is first held afterwards.
    """
    some = dataset["seats"].select("opened", "state")[build_out.seats]
    said = some.get_column("state")
    if said.null_count() == len(said):
        silent, found = np.ones(len(said), dtype=np.bool_), np.full(len(said), OPEN, dtype=np.int32)
    else:
        stated = said.replace_strict(_STATED, default=None, return_dtype=pl.Int32)
        silent, found = stated.is_null().to_numpy(), stated.fill_null(OPEN).to_numpy().copy()
    opened, _ = dates.bounds(some.get_column("opened"))
    found[silent & (opened > build_out.day)] = PLANNED
    comes = np.zeros(len(found), dtype=np.bool_)
    comes[build_out.holders.seat] = True
    found[silent & (opened <= PAST) & comes & (last == NOBODY)] = NOT_YET
    state = build_out.states(build_out.day)
    for code, word in ((buildout.LEFT, LEFT), (buildout.CLOSED, CLOSED), (buildout.POSSIBLE, PERHAPS)):
        found[state == code] = word
    found[state == buildout.HELD] = HELD
    return found
