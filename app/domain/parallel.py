"""Work on large columns in several threads: polars and numpy let other threads run while they compute."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

MANY_ROWS = 10_000
"""From so many rows on it pays to use more than one thread, and to look for faster ways."""

BLOCK = 1 << 16
"""Rows on which several steps are done before the next ones come: what is made on the way stays near in memory."""


def at_once(works: Sequence[Callable[[], Any]], n_rows: int) -> list[Any]:
    """What some calls give, in their order; made at the same time where there are many rows. The longest stands first.

    A call that fails raises its error here, when the others are done.
    """
    if n_rows < MANY_ROWS:
        return [work() for work in works]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(lambda work: work(), works))
