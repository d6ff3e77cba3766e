"""How well organizations are covered by a dataset: how many people and posts are on record, how many of these have a
day, are confirmed, have a source, and until when somebody has looked."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.analysis.careers import Careers
from app.analysis.seen import last_seen
from app.analysis.steps import first_day
from app.domain.dataset import Dataset
from app.domain.dates import FUTURE, PAST
from app.domain.index import ABSENT, Bools, Ints
from app.domain.schema import STATUSES


@dataclass(frozen=True, eq=False)
class Coverage:
    """By organization, at the level on the day each stint begins; all (n_organizations,).

    people: distinct; stints; dated: stints whose start has two bounds; confirmed; sourced: with a source at all;
    newest: the first day of the newest dated source of a stint, PAST without one.
    """

    people: Ints
    stints: Ints
    dated: Ints
    confirmed: Ints
    sourced: Ints
    newest: Ints


def coverage(dataset: Dataset, careers: Careers, which: Bools) -> Coverage:
    """Of some stints, (n,) in the order of the Index. Zeros, and PAST, where there is none."""
    index, known, n = careers.index, careers.known, dataset["organizations"].height
    at = np.flatnonzero(which & (index.organization != ABSENT))
    where = careers.levels.at(index.organization[at], first_day(known.start_lo[at], known.start_hi[at]))

    def counted(passed: Bools) -> Ints:
        return np.bincount(where[passed], minlength=n).astype(np.int32)

    everyone = np.ones(len(at), dtype=np.bool_)
    pairs = np.unique(np.stack([where, index.person[at]]), axis=1)
    cited = dataset["stints"].get_column("source_ids").list.len().to_numpy()[index.row[at]]
    newest = np.full(n, PAST, dtype=np.int32)
    np.maximum.at(newest, where, last_seen(dataset, known.day)[at])
    return Coverage(
        people=np.bincount(pairs[0], minlength=n).astype(np.int32),
        stints=counted(everyone),
        dated=counted((known.start_lo[at] > PAST) & (known.start_hi[at] < FUTURE)),
        confirmed=counted(index.status[at] == STATUSES.index("confirmed")),
        sourced=counted(cited > 0),
        newest=newest,
    )
