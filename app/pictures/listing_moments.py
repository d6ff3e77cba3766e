"""What two moments differ in, as a table."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import polars as pl

from app.analysis.comparing import HOWS, SAID, Comparison
from app.pictures.columns import Column, Pool, Rows, Words
from app.pictures.listing import NO_ROWS, Listing
from app.pictures.moments import Line, lines


def differences(comparison: Comparison) -> Listing:
    """One row a difference, in the order in which they are told."""
    made = lines(comparison)
    at = np.arange(len(made), dtype=np.intp)

    def column(name: str, width: int, said: Callable[[Line], str]) -> Column:
        return Column(
            name, "text", width, Words(Pool(pl.Series([said(line) for line in made], dtype=pl.String)), lambda: at)
        )

    hows = Pool(pl.Series([SAID[how] for how in HOWS]), ranks=np.arange(len(HOWS), dtype=np.int32))
    which = np.array([HOWS.index(line.how) for line in made], dtype=np.intp)
    columns = (
        Column("What", "text", 112, Words(hows, lambda: which)),
        column("Person", 170, lambda line: line.person),
        column("Before", 210, lambda line: line.before),
        column("After", 210, lambda line: line.after),
        column("Seat", 190, lambda line: line.seat),
        column("Status", 190, lambda line: line.status),
        column("Who says so", 220, lambda line: "; ".join(line.sources)),
    )

    def places(key: str) -> Rows:
        found = [row for row, line in enumerate(made) if line.key == key]
        return np.array(found, dtype=np.intp) if found else NO_ROWS

    return Listing(
        "differences", "difference", len(made), columns, lambda rows: [made[row].key for row in rows.tolist()], places,
        (0, False),
    )  # fmt: skip
