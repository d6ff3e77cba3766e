"""What the rules say of a dataset after an edit that they did not say before it."""

from __future__ import annotations

import polars as pl

from app.domain.checks import check
from app.domain.dataset import Dataset
from app.domain.edit import Edit
from app.domain.errors import Fault


def new_faults(before: Dataset, after: Dataset, edit: Edit) -> tuple[Fault, ...]:
    """Faults that an edit makes, in records that it touches or in stints of people and organizations that it touches;
    none that were there before. Costs a check of all tables but the stints, of which only those concerned are looked
    at."""
    people, organizations, named = _concerned(edit)
    was = {
        (fault.code, fault.table, fault.id, fault.field, fault.message)
        for fault in check(_part(before, people, organizations, named))
    }
    return tuple(
        fault
        for fault in check(_part(after, people, organizations, named))
        if (fault.code, fault.table, fault.id, fault.field, fault.message) not in was
    )


def _concerned(edit: Edit) -> tuple[set[str], set[str], set[str]]:
    """People and organizations whose stints an edit may make wrong, and stints that it names itself."""
    people, organizations, named = set[str](), set[str](), set[str]()
    for table, change in edit.tables.items():
        for side in (change.before, change.after):
            if table == "people":
                people |= set(side.get_column("id"))
            elif table == "stints":
                people |= set(side.get_column("person_id").drop_nulls())
            elif table == "organizations":
                organizations |= set(side.get_column("id"))
            elif table == "claims":
                about = side.get_column("about").explode().drop_nulls()
                named |= {name.removeprefix("stints:") for name in about if name.startswith("stints:")}
    return people, organizations, named


def _part(dataset: Dataset, people: set[str], organizations: set[str], named: set[str]) -> Dataset:
    """A dataset with only the stints concerned: a check of all of them takes long where they are many."""
    stints = dataset["stints"]
    concerned = stints.filter(
        pl.col("person_id").is_in(list(people)) | pl.col("organization_id").is_in(list(organizations))
        | pl.col("id").is_in(list(named))
    )  # fmt: skip
    return Dataset.of({**dataset.tables, "stints": concerned})
