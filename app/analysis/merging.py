"""What becomes of records that are made one: the edit, what it does line by line, and what is doubtful about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from app.analysis.consequences import new_faults
from app.analysis.same_people import SCHEMES
from app.domain.apart import apart
from app.domain.blending import standing
from app.domain.dataset import Dataset, Row
from app.domain.edit import Edit, apply
from app.domain.errors import Fault
from app.domain.rewiring import Rewired, rewire
from app.domain.schema import TABLES

MOST_NAMED = 3
"""Names that are written one by one; more are counted."""


@dataclass(frozen=True, slots=True)
class Merging:
    """Records of a table that shall be one: the one that stays, the others, and field → id of the record whose value
    stands, where it is not the usual one."""

    table: str
    kept: str
    others: tuple[str, ...]
    chosen: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, eq=False)
class Merged:
    """edit, dataset: the step and what it gives; effects: what it does, line by line; warnings: what is doubtful."""

    edit: Edit
    dataset: Dataset
    effects: tuple[str, ...]
    warnings: tuple[Fault, ...]


def merged(dataset: Dataset, wanted: Merging) -> Merged:
    """Work out what becomes of records that shall be one. DataError where one of them is not there."""
    rows = [dataset.row(wanted.table, row_id) or {} for row_id in (wanted.kept, *wanted.others)]
    result = rewire(dataset, wanted.table, wanted.kept, wanted.others, dict(wanted.chosen), _title(wanted, rows))
    after = apply(dataset, result.edit)
    doubts = (*_doubts(dataset, after, wanted, rows, result), *new_faults(dataset, after, result.edit))
    return Merged(result.edit, after, tuple(_effects(wanted.table, rows, result)), doubts)


def fullest(dataset: Dataset, table: str, ids: Sequence[str]) -> str:
    """The record that has most to stay for: stints, then filled fields, then sources; the first of equal ones."""
    posts = dict.fromkeys(ids, 0)
    if table in ("people", "organizations"):
        index = dataset.index
        held = index.person if table == "people" else index.organization
        for row_id in ids:
            code = dataset.position(table, row_id)
            posts[row_id] = int(np.count_nonzero(held == code)) if code is not None else -1

    def worth(row_id: str) -> tuple[int, int, int]:
        row = dataset.row(table, row_id) or {}
        filled = sum(1 for value in row.values() if value not in (None, []))
        return posts[row_id], filled, len(row.get("source_ids") or ())

    return max(ids, key=worth)


def name_of(table: str, row: Row) -> str:
    """What a record is called in a sentence."""
    if table == "sources":
        return f"“{row.get('title') or row.get('url') or row.get('publisher') or row.get('id')}”"
    return str(row.get("name") or row.get("id"))


def _title(wanted: Merging, rows: Sequence[Row]) -> str:
    """What the step is called: other names, and the one that stands."""
    table, field = wanted.table, "title" if wanted.table == "sources" else "name"
    standing_row = {**standing(table, rows), **dict(wanted.chosen)}[field]
    names = {row["id"]: name_of(table, row) for row in rows}
    stands = names[standing_row]
    others = [name for name in dict.fromkeys(names.values()) if name != stands]
    if not others:
        return f"Merge {len(rows)} {table} called {stands}"
    what = ", ".join(others) if len(others) <= MOST_NAMED else f"{len(others)} {table}"
    return f"Merge {what} into {stands}"


def _effects(table: str, rows: Sequence[Row], result: Rewired) -> list[str]:
    name = name_of(table, result.row)
    lines = []
    if result.moved:
        lines.append(f"Moves {_listed(result.moved)} to {name}")
    if result.united:
        lines.append(f"Makes one of what is on record twice: {_listed(result.united)}, with the sources of both")
    if result.dropped:
        lines.append(f"Drops {_listed(result.dropped)} that would lead from {name} to itself")
    if result.cleared:
        fields = " and ".join(field.removesuffix("_id").replace("_", " ") for field in result.cleared)
        lines.append(f"Clears {fields}: it would be {name} itself")
    if result.reordered:
        lines.append(f"Puts all stints in one order: {_counted(result.reordered, 'stints')} get another rank")
    known = {str(alias).casefold() for alias in rows[0].get("aliases") or ()}
    new = [alias for alias in result.row.get("aliases") or () if str(alias).casefold() not in known]
    if new:
        named = ", ".join(f"“{alias}”" for alias in new[:MOST_NAMED])
        rest = f" and {len(new) - MOST_NAMED} more" if len(new) > MOST_NAMED else ""
        lines.append(f"Keeps {named}{rest} as {'another name' if len(new) == 1 else 'other names'}")
    if result.judged:
        lines.append("Forgets the judgement that they are not the same")
    return lines or [f"Nothing refers to what goes: only {name} changes"]


def _doubts(before: Dataset, after: Dataset, wanted: Merging, rows: Sequence[Row], result: Rewired) -> list[Fault]:
    """What speaks against it, or is left to be looked at."""
    found = []
    ids = sorted((wanted.kept, *wanted.others))
    if any(a in ids and b in ids for a, b in apart(before)):
        found.append(_doubt("somebody has judged that they are not the same", "Look again before you merge them."))
    if wanted.table == "people":
        for field, word in SCHEMES.items():
            if len({row[field] for row in rows if row.get(field)}) > 1:
                found.append(_doubt(f"they have different {word}s", "One person has one: look whether they are two."))
        found += _twice_at(before, after, wanted, result)
    if (
        wanted.table == "organizations"
        and after["targets"].filter(after["targets"].get_column("organization_id") == wanted.kept).height > 1
        and result.moved.get("targets")
    ):
        found.append(_doubt("it has several targets then", "Delete those that no longer hold."))
    return found


def _twice_at(before: Dataset, after: Dataset, wanted: Merging, result: Rewired) -> list[Fault]:
    """Organizations at which several of the people have stints that are not the same in all they say."""
    stints = before["stints"]
    gone = set(result.edit.tables["stints"].before.get_column("id")) if "stints" in result.edit.tables else set()
    gone -= set(after["stints"].get_column("id")) if gone else set()
    ids = [wanted.kept, *wanted.others]
    mine = stints.filter(stints.get_column("person_id").is_in(ids))
    mine = mine.filter(~mine.get_column("id").is_in(list(gone)))
    at: dict[str, set[str]] = {}
    for person, organization in mine.select("person_id", "organization_id").drop_nulls().iter_rows():
        at.setdefault(organization, set()).add(person)
    names = before.names("organizations")
    both = [names.get(organization) or organization for organization, people in sorted(at.items()) if len(people) > 1]
    if not both:
        return []
    named = ", ".join(both[:MOST_NAMED]) + (" and others" if len(both) > MOST_NAMED else "")
    return [_doubt(f"stints at {named} come from several records and differ", "Look whether they are one.")]


def _listed(counts: Mapping[str, int]) -> str:
    """`3 stints, 2 claims and 1 seat`, in the order of the tables."""
    parts = [_counted(counts[table], table) for table in TABLES if table in counts]
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def _counted(n: int, table: str) -> str:
    return f"{n:,} {TABLES[table].noun if n == 1 else table}"


def _doubt(message: str, remedy: str) -> Fault:
    return Fault("merge", message, remedy, "warning")
