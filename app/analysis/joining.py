"""What a brought dataset becomes in the open one: one Edit, with all that it adds, makes fuller, finds on record and
leaves out.

Sources, organizations, people and seats are matched in this order, for each is told by those before it. Rows that say
what is on record already only add their sources; all others are added, with ids that are free.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import polars as pl

from app.analysis.consequences import new_faults
from app.analysis.joining_bodies import organizations
from app.analysis.joining_facts import RULES, on_record
from app.analysis.joining_filling import Kept
from app.analysis.joining_matches import Choices, Choosing, Heirs, Match
from app.analysis.joining_order import in_order
from app.analysis.joining_people import people
from app.analysis.joining_records import fuller
from app.analysis.joining_rewriting import FreeIds, led
from app.analysis.joining_seats import seats
from app.analysis.joining_sources import named, sources
from app.domain.dataset import Dataset, normal
from app.domain.edit import Change, Edit, apply, rows_of
from app.domain.errors import Fault

Step = Callable[[float], None]
RECORDS = ("sources", "organizations", "people", "seats")
"""Tables whose rows others refer to, in the order in which they are matched."""


@dataclass(frozen=True, slots=True)
class Count:
    """What becomes of the brought rows of a table: new ones that are added; rows on record that change; brought rows
    that are on record as they are, or but for what is kept."""

    added: int = 0
    fuller: int = 0
    there: int = 0


@dataclass(frozen=True, eq=False)
class Joined:
    """edit, dataset: the step and what it gives; matches: brought people, organizations and sources for which there are
    candidates; counts: by table; kept: values on record that stand though the brought ones differ; warnings: faults
    that were not there before; left_out: saved views of the brought dataset, which stay with it; ids: by table, brought
    ids that are called otherwise here."""

    edit: Edit
    dataset: Dataset
    matches: tuple[Match, ...]
    counts: Mapping[str, Count]
    kept: tuple[Kept, ...]
    warnings: tuple[Fault, ...]
    left_out: int = 0
    ids: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def unsure(self) -> tuple[Match, ...]:
        """Brought records that may be some on record, and are added as new ones unless somebody chooses otherwise."""
        return tuple(match for match in self.matches if not match.sure)

    @property
    def sure(self) -> tuple[Match, ...]:
        """Brought records that are some on record, and those of which somebody has chosen what they are."""
        return tuple(match for match in self.matches if match.sure)


def joined(
    dataset: Dataset,
    brought: Dataset,
    name: str,
    choices: Choices = MappingProxyType({}),
    step: Step = lambda _: None,
) -> Joined:
    """Join a sound dataset to an open one. choices: which record on record a brought one is, or NEW, where it is not
    what is found. step: told how much is done, 0 to 1; raises where nobody waits any more."""
    work = _Joining(dataset, brought, choices, step)
    work.do()
    step(0.8)
    edit = Edit(name, work.changes())
    after = apply(dataset, edit)
    step(0.9)
    warnings = new_faults(dataset, after, edit) if edit else ()
    step(1.0)
    ids = {table: MappingProxyType(led_to) for table, led_to in work.names.items() if led_to}
    return Joined(
        edit, after, tuple(work.matches), MappingProxyType(work.counts), tuple(work.kept), warnings,
        brought["views"].height, MappingProxyType(ids),
    )  # fmt: skip


class _Joining:
    """Goes from table to table and collects what changes."""

    def __init__(self, dataset: Dataset, brought: Dataset, choices: Choices, step: Step) -> None:
        self._dataset, self._brought, self._choices, self._step = dataset, brought, choices, step
        self._free = FreeIds(dataset, brought)
        self._heirs: Heirs = {}
        self._new: dict[str, pl.DataFrame] = {}
        self._changed: dict[str, pl.DataFrame] = {}
        self.names: Heirs = {}
        self.matches: list[Match] = []
        self.counts: dict[str, Count] = {}
        self.kept: list[Kept] = []

    def do(self) -> None:
        """All tables but views."""
        self._records()
        for n, table in enumerate(RULES):
            self._step(0.4 + 0.3 * n / len(RULES))
            self._facts(table)
        self._order()

    def changes(self) -> dict[str, Change]:
        """What was collected, by table."""
        made = {}
        for table in self.counts:
            changed, new = self._changed[table], self._new[table]
            before = rows_of(self._dataset, table, changed.get_column("id"))
            made[table] = Change(before, normal(table, pl.concat([changed, new])))
        return made

    def _records(self) -> None:
        dataset, brought, heirs = self._dataset, self._brought, self._heirs
        found = sources(dataset, brought, self._choices)
        self._matched(found, named(brought["sources"]))
        self._step(0.1)
        bodies = organizations(dataset, brought, self._choices, heirs["sources"])
        self._matched(bodies, dict(brought["organizations"].select("id", "name").iter_rows()))
        self._step(0.2)
        persons = people(dataset, brought, self._choices, heirs)
        self._matched(persons, dict(brought["people"].select("id", "name").iter_rows()))
        self._step(0.3)
        heirs["seats"] = seats(dataset, brought, heirs)
        for table in RECORDS:
            self._call(table, brought[table].get_column("id"))
        for table in RECORDS:
            self._take(table, led(table, brought[table], self.names))

    def _matched(self, choosing: Choosing, names: Mapping[str, str]) -> None:
        self._heirs[choosing.table] = dict(choosing.taken)
        self.matches += choosing.matches(names)

    def _call(self, table: str, ids: pl.Series) -> None:
        """Settle what the rows of a table are called here."""
        found = self._heirs[table]
        self.names[table] = {**found, **self._free.of(row_id for row_id in ids if row_id not in found)}

    def _facts(self, table: str) -> None:
        rows = led(table, self._brought[table], self.names)
        self._heirs[table] = on_record(table, self._dataset[table], rows)
        self._call(table, rows.get_column("id"))
        self._take(table, led(table, rows, {table: self.names[table]}))

    def _take(self, table: str, rows: pl.DataFrame) -> None:
        """Part the rows of a table, as they are called here, into those on record and the new ones."""
        there = pl.col("id").is_in(list(set(self._heirs[table].values())))
        known, new = rows.filter(there), rows.filter(~there)
        made = fuller(self._dataset, table, known, new)
        self._new[table], self._changed[table] = new, made.changed
        self.kept += made.kept
        self.counts[table] = Count(new.height, made.changed.height, known.height - made.changed.height)

    def _order(self) -> None:
        """Ranks of new stints of people who are on record."""
        known = pl.Series(list(set(self._heirs["people"].values())), dtype=pl.String)
        new, changed = self._new["stints"], self._changed["stints"]
        mine = pl.col("person_id").is_in(known.implode())
        added = new.filter(mine)
        if not added.height:
            return
        people_ids = added.get_column("person_id").unique()
        theirs = led("stints", self._brought["stints"], {**self.names, "stints": {}})
        theirs = theirs.with_columns(
            pl.col("id").replace(
                {old: now for old, now in self.names["stints"].items() if old not in self._heirs["stints"]}
            )
        ).filter(pl.col("person_id").is_in(people_ids.implode()))
        placed, changed = in_order(self._dataset, added, theirs, self._heirs["stints"], changed)
        self._new["stints"] = pl.concat([new.filter(~mine), placed]).sort("id")
        self._changed["stints"] = changed
