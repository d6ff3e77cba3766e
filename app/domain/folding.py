"""Many edits made one: where a long way through the history is gone in one step, and what differs at its two ends."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import polars as pl

from app.domain.dataset import normal
from app.domain.edit import Change, Edit


def folded(edits: Sequence[Edit], name: str) -> Edit:
    """One edit that does what many do in turn: of each record the first `before` and the last `after`.

    Each edit must fit what the one before it made; that is not looked at again. No edits give an empty one. A thousand
    edits cost one pass over their rows, whatever they were made on.
    """
    changes: defaultdict[str, list[Change]] = defaultdict(list)
    for edit in edits:
        for table, change in edit.tables.items():
            changes[table].append(change)
    return Edit(name, {table: _folded(table, some) for table, some in changes.items()})


def _folded(table: str, changes: list[Change]) -> Change:
    if len(changes) == 1:
        return changes[0]
    ids = [change.ids for change in changes]
    before = _first(table, [change.before for change in changes], ids)
    return Change(before, _first(table, [change.after for change in changes[::-1]], ids[::-1]))


def _first(table: str, sides: list[pl.DataFrame], ids: list[pl.Series]) -> pl.DataFrame:
    """Of each id the row that the first change to speak of it has on this side, if it has one there."""
    spoken = pl.DataFrame({"id": pl.concat(ids), "step": _numbered(ids)})
    rows = pl.concat(sides).with_columns(_numbered(sides))
    firsts = spoken.unique("id", keep="first", maintain_order=True)
    return normal(table, rows.join(firsts, on=["id", "step"], how="semi", maintain_order="left"))


def _numbered(parts: Sequence[pl.DataFrame | pl.Series]) -> pl.Series:
    """For each row of the parts put together, of which part it is."""
    return pl.Series("step", np.repeat(np.arange(len(parts)), [len(part) for part in parts]))
