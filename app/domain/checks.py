"""Whole-table checks: what contradicts the rules of the data, as Faults with table, row, field and remedy.

Errors: unreadable date, bad or duplicate id, missing field, dangling reference, cycle, certain end before start,
unknown vocabulary. Warnings: overlap, after dissolved, before founded, unsourced, undated source, disputed.
All are expressions over columns; a Fault is made only for a row that is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, combinations, pairwise

import numpy as np
import polars as pl

from app.domain import dates
from app.domain.circles import circles, knotted
from app.domain.dataset import Dataset
from app.domain.dates import FUTURE, PAST
from app.domain.errors import Fault, Severity
from app.domain.index import ABSENT, Ints
from app.domain.schema import TABLES, Field, Kind, Table

MOST_NAMED = 1_000
"""Faults of one kind in one field that are named one by one; the rest is one Fault that counts them."""

FEW_ROWS = 20_000
"""Up to so many rows are looked at one by one where that is quicker: a call of polars costs as much as hundreds."""
MAY_BE_OPEN = ("end", "closed", "dissolved")
"""Fields whose date may be `..`."""

_LISTS = (Kind.LIST, Kind.SET)

Positions = np.ndarray[tuple[int], np.dtype[np.intp]]
Make = Callable[[int, str, int], Fault]
"""Makes the Fault of one row from its position, its id and its number."""


class Checker:
    """Checks one Dataset after another: what the declaration of a field forbids, and what a rule does, is looked for
    again only where a table that it looks at has changed."""

    def __init__(self) -> None:
        self._kept: Mapping[tuple[str, str], _Checked] = {}

    def check(self, dataset: Dataset) -> list[Fault]:
        """As `check`."""
        kept, before = dict[tuple[str, str], _Checked](), self._kept

        def found(name: tuple[str, str], tables: Iterable[str], look: Callable[[], Iterable[Fault]]) -> list[Fault]:
            frames = tuple(dataset[table] for table in tables)
            held = before.get(name)
            if held is None or any(was is not now for was, now in zip(held.frames, frames, strict=True)):
                held = _Checked(frames, list(look()))
            kept[name] = held
            return held.faults

        faults: list[Fault] = list(_duplicates(dataset))  # first, for other faults may follow from them
        for table in TABLES.values():
            frame = dataset[table.name]
            for field in table.fields:
                tables = (table.name, field.reference) if field.reference in TABLES else (table.name,)
                look = partial(_field_faults, dataset, table, frame, field) if frame.height else tuple
                faults += found((table.name, field.name), tables, look)
        for name, (rule, looked_at) in _RULES.items():
            faults += found(("", name), looked_at, partial(rule, dataset))
        for name in TABLES:
            faults += found((name, ""), (name,), partial(_evidence, name, dataset[name]))
        self._kept = kept
        return [f for f in faults if f.severity == "error"] + [f for f in faults if f.severity == "warning"]


@dataclass(frozen=True, eq=False)
class _Checked:
    """What was found in some tables."""

    frames: tuple[pl.DataFrame, ...]
    faults: list[Fault]


def check(dataset: Dataset) -> list[Fault]:
    """Every fault of a Dataset, errors first, each kind in table and row order. A clean Dataset gives none."""
    return Checker().check(dataset)


def errors(faults: Iterable[Fault]) -> list[Fault]:
    """Only the errors."""
    return [fault for fault in faults if fault.severity == "error"]


def _each(frame: pl.DataFrame, at: Positions, make: Make) -> Iterator[Fault]:
    """A fault for each position; beyond MOST_NAMED one that counts the rest."""
    if not len(at):
        return
    for position in at[:MOST_NAMED].tolist():
        yield make(position, frame.item(position, "id") or "", position + 1)
    if (rest := len(at) - MOST_NAMED) > 0:
        like = make(int(at[MOST_NAMED]), "", 0)
        yield Fault(
            like.code, f"{rest} more like these", like.remedy, like.severity, table=like.table, field=like.field, n=rest
        )


def _where(mask: pl.Series) -> Positions:
    whole = mask.fill_null(value=False) if mask.null_count() else mask
    return np.flatnonzero(whole.to_numpy())


def _field_faults(dataset: Dataset, table: Table, frame: pl.DataFrame, field: Field) -> Iterator[Fault]:
    """What the declaration of one field forbids."""
    column = frame.get_column(field.name)

    def faults(mask: pl.Series, code: str, say: Callable[[object], str], remedy: str) -> Iterator[Fault]:
        def make(at: int, row_id: str, row: int) -> Fault:
            return Fault(code, say(column[at]), remedy, table=table.name, id=row_id, row=row, field=field.name)

        return _each(frame, _where(mask), make)

    if column.null_count() == len(column) and not field.required:
        return
    if field.required and column.null_count():
        yield from faults(
            column.is_null(), "missing", lambda _: "it is missing", f"Give every {table.noun} its {field.name}."
        )
    if field.kind is Kind.DATE:
        bad = dates.unreadable(column)
        if len(bad):
            yield from faults(
                column.is_in(bad.implode()),
                "unreadable-date",
                lambda v: f"{v!r} is not a date",
                _sentence(dates.REMEDY),
            )
        opened = column == dates.OPEN
        if field.name not in MAY_BE_OPEN and opened.any():
            yield from faults(
                opened,
                "open-date",
                lambda _: "'..' says that something has not ended",
                "Leave the date blank if it is not known.",
            )
    known = column.cast(pl.Enum(field.vocabulary), strict=False) if field.vocabulary else column
    if known.null_count() > column.null_count():
        yield from faults(
            known.is_null() & column.is_not_null(),
            "unknown-word",
            lambda v: f"{v!r} is not a known {field.name}",
            f"Write one of {', '.join(field.vocabulary)}, or leave it blank.",
        )
    if field.pattern:
        code = "bad-id" if field.name == "id" else "bad-form"
        remedy = (
            "Use small letters, digits and hyphens, beginning with a letter or digit."
            if field.name == "id"
            else "Write c1 to c12, or a colour as #1c8459."
        )
        yield from faults(
            ~column.str.contains(field.pattern) & column.is_not_null(),
            code,
            lambda v: f"{v!r} has a form that is not allowed",
            remedy,
        )
    if field.reference:
        yield from _dangling(dataset, table, frame, field)


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:] + "."


def _dangling(dataset: Dataset, table: Table, frame: pl.DataFrame, field: Field) -> Iterator[Fault]:
    column = frame.get_column(field.name)
    if table.name == "stints" and field.name in (
        "person_id",
        "organization_id",
    ):  # the index has looked them up already
        index = dataset.index
        lost_rows = index.row[(index.person if field.name == "person_id" else index.organization) == ABSENT]
        if not len(lost_rows):
            return
    in_list = field.kind in _LISTS
    lost = _lost(column, dataset[field.reference].get_column("id"), in_list=in_list)
    if not len(lost):
        return
    mask = column.list.eval(pl.element().is_in(lost.implode())).list.any() if in_list else column.is_in(lost.implode())
    gone = set(lost)

    def make(at: int, row_id: str, row: int) -> Fault:
        value = column[at]
        name = next(v for v in value if v in gone) if in_list else value
        return Fault(
            "dangling",
            f"there is no {TABLES[field.reference].noun} {name!r}",
            f"Add it to {field.reference}, or correct the id.",
            table=table.name,
            id=row_id,
            row=row,
            field=field.name,
        )

    yield from _each(frame, _where(mask), make)


def _lost(column: pl.Series, ids: pl.Series, *, in_list: bool) -> pl.Series:
    """The distinct texts of a column that are none of some ids."""
    if len(column) + len(ids) <= FEW_ROWS:
        texts = chain.from_iterable(texts or () for texts in column.to_list()) if in_list else column.to_list()
        return pl.Series(sorted(set(texts).difference(ids.to_list(), (None,))), dtype=pl.String)
    named = (column.list.explode(empty_as_null=False) if in_list else column).drop_nulls().unique()
    return named.filter(~named.is_in(ids.implode()))


def _duplicates(dataset: Dataset) -> Iterator[Fault]:
    """One id twice in a table (neighbours, for tables are sorted by id), or in two tables."""
    for table in TABLES.values():
        frame = dataset[table.name]
        yield from _each(frame, _same_as_before(frame.get_column("id")), _twice(table, f"another {table.noun}"))
    repeated = _shared(dataset) if dataset.n_rows > FEW_ROWS else _shared_by_few(dataset)
    for row_id, tables in sorted(repeated.items()):
        for first, later in pairwise(dict.fromkeys(tables)):
            at = dataset.position(later, row_id) or 0
            yield _twice(TABLES[later], f"the {TABLES[first].noun} of that id")(at, row_id, at + 1)


def _same_as_before(ids: pl.Series) -> Positions:
    """Where an id is that of the row before."""
    if len(ids) > FEW_ROWS:
        return _where(ids == ids.shift(1))
    pairs = enumerate(pairwise(ids.to_list()), 1)
    return np.array([at for at, (one, other) in pairs if one == other is not None], dtype=np.intp)


def _shared_by_few(dataset: Dataset) -> dict[str, list[str]]:
    """Ids that stand in several tables, and in which; row by row: a call of polars for each pair of tables takes longer
    where they are small."""
    held: dict[str, list[str]] = {}
    for name, frame in dataset.tables.items():
        for row_id in set(frame.get_column("id")):
            if row_id is not None:
                held.setdefault(row_id, []).append(name)
    return {row_id: tables for row_id, tables in held.items() if len(tables) > 1}


def _shared(dataset: Dataset) -> dict[str, list[str]]:
    """The same for many rows."""
    held = [(name, ids) for name in TABLES if len(ids := dataset[name].get_column("id").drop_nulls())]
    repeated: dict[str, list[str]] = {}
    for (name, ids), (other, others) in combinations(held, 2):
        low, high = max(ids[0], others[0]), min(ids[-1], others[-1])
        if low > high:  # tables are sorted: most pairs of tables need no look at their rows
            continue
        few, many = (ids, others) if len(ids) <= len(others) else (others, ids)
        for row_id in few.filter(few.is_in(many.implode())):
            repeated.setdefault(row_id, [name]).append(other)
    return repeated


def _twice(table: Table, other: str) -> Make:
    message = f"the id belongs to {other} already"
    return _maker("duplicate-id", message, "Give one of them another id.", table.name, "id", "error")


def _ends_before_start(dataset: Dataset) -> Iterator[Fault]:
    """Intervals that certainly end before they begin."""
    index = dataset.index
    backward = (index.end_hi <= index.start_lo) & (index.end_lo < FUTURE)
    for name, begin, end in (
        ("stints", "start", "end"),
        ("reports", "start", "end"),
        ("seats", "opened", "closed"),
        ("organizations", "founded", "dissolved"),
    ):
        frame = dataset[name]
        if name == "stints":
            at = np.sort(index.row[backward]).astype(np.intp)
        else:
            start_lo, _ = dates.bounds(frame.get_column(begin))
            end_lo, end_hi = dates.bounds(frame.get_column(end))
            at = np.flatnonzero((end_hi <= start_lo) & (end_lo < FUTURE))

        def make(position: int, row_id: str, row: int, name: str = name, begin: str = begin, end: str = end) -> Fault:
            frame = dataset[name]
            return Fault(
                "end-before-start",
                f"{end} {frame.item(position, end)} lies before {begin} {frame.item(position, begin)}",
                "Correct one of the two dates.",
                table=name,
                id=row_id,
                row=row,
                field=end,
            )

        yield from _each(frame, at, make)


def _cycles(dataset: Dataset) -> Iterator[Fault]:
    """Organizations that are their own ancestor; seats that report to themselves by solid lines of one day."""
    organizations = dataset["organizations"]
    parents = organizations.select("id", "parent_id").drop_nulls().iter_rows()
    for circle in circles({row_id: (parent,) for row_id, parent in parents}):
        yield _cycle("organizations", circle[0], "parent_id", circle, dataset)
    reports = dataset["reports"].filter(
        (pl.col("kind") != "dotted").fill_null(value=True), pl.col("status").ne_missing("denied")
    )
    start_lo, _ = dates.bounds(reports.get_column("start"))
    _, end_hi = dates.bounds(reports.get_column("end"))
    rows = reports.select("id", "seat_id", "to_seat_id").rows()
    lines = [
        (*row, *span) for row, *span in zip(rows, start_lo.tolist(), end_hi.tolist(), strict=True) if None not in row
    ]
    suspects = knotted((seat, to) for _, seat, to, _, _ in lines)
    lines = [line for line in lines if line[1] in suspects and line[2] in suspects]
    seen: set[frozenset[str]] = set()
    for moment in sorted({lo for *_, lo, _ in lines}):
        then: dict[str, tuple[str, ...]] = {}
        by_seat: dict[str, str] = {}
        for row_id, seat, to, lo, hi in lines:
            if lo <= moment < hi - 1:  # an end is the first day no longer there
                then[seat] = (*then.get(seat, ()), to)
                by_seat[seat] = row_id
        for circle in circles(then):
            if frozenset(circle) not in seen:
                seen.add(frozenset(circle))
                yield _cycle("reports", by_seat[circle[0]], "to_seat_id", circle, dataset)


def _cycle(table: str, row_id: str, field: str, circle: list[str], dataset: Dataset) -> Fault:
    shown = " → ".join([*circle[:5], "…"] if len(circle) > 5 else [*circle, circle[0]])
    at = dataset.position(table, row_id)
    return Fault(
        "cycle", f"it goes round in a circle: {shown}", "Break the circle at one of them.",
        table=table, id=row_id, row=None if at is None else at + 1, field=field,
    )  # fmt: skip


def _claims_about(dataset: Dataset) -> Iterator[Fault]:
    """Claims that speak of a record that does not exist. `flow:A>B` speaks of two organizations."""
    claims = dataset["claims"]
    for at, (row_id, about) in enumerate(claims.select("id", "about").iter_rows()):
        for name in about:
            table, _, rest = name.partition(":")
            wanted = [("organizations", part) for part in rest.split(">")] if table == "flow" else [(table, rest)]
            if len(wanted) != 2 if table == "flow" else table not in TABLES:
                message = f"{name!r} names no record"
            elif all(dataset.position(t, i) is not None for t, i in wanted):
                continue
            else:
                message = f"there is no record {name!r}"
            yield Fault(
                "dangling", message, "Write table:id or flow:A>B with ids that exist.",
                table="claims", id=row_id, row=at + 1, field="about",
            )  # fmt: skip


def _maker(code: str, message: str, remedy: str, table: str, field: str, severity: Severity = "warning") -> Make:
    """Makes the same Fault for every row."""
    return lambda _, row_id, row: Fault(code, message, remedy, severity, table=table, id=row_id, row=row, field=field)


def _overlaps(dataset: Dataset) -> Iterator[Fault]:
    """Two posts of a person at different organizations that certainly run on one day."""
    index = dataset.index
    at = np.flatnonzero(index.counted & (index.start_hi < FUTURE) & (index.person != ABSENT))
    if len(at) < 2:
        return
    surely = index.start_hi[at] - 1  # on this day the post runs, if it has not ended
    person = index.person[at]
    if (same := person[1:] == person[:-1]).any() and (surely[1:] < surely[:-1])[same].any():
        order = np.lexsort((at, surely, person))
        at, surely, person = at[order], surely[order], person[order]
    ends = np.where(index.end_lo[at] > surely, index.end_lo[at], PAST)
    reach, who = _reach_before(person, ends)
    clash = np.flatnonzero((ends > PAST) & (reach > surely))
    organization = index.organization[at]
    for later in clash[organization[clash] == organization[who[clash]]].tolist():
        who[later] = _elsewhere(later, person, surely, ends, organization)
    clash = clash[who[clash] >= 0]
    stints = dataset["stints"]
    others = dict(zip(index.row[at[clash]].tolist(), index.row[at[who[clash]]].tolist(), strict=True))

    def make(position: int, row_id: str, row: int) -> Fault:
        other = stints.row(others[position], named=True)
        message = f"it runs while {other['id']} at {other['organization_id']} still runs"
        remedy = "If both posts are real, leave it; else correct a date."
        return _maker("overlap", message, remedy, "stints", "start")(position, row_id, row)

    yield from _each(stints, np.array(sorted(others), dtype=np.intp), make)


def _elsewhere(later: int, person: Ints, surely: Ints, ends: Ints, organization: Ints) -> int:
    """The nearest earlier post of the same person that still runs at another organization; ABSENT if there is none."""
    at = later - 1
    while at >= 0 and person[at] == person[later]:
        if ends[at] > surely[later] and organization[at] != organization[later]:
            return at
        at -= 1
    return ABSENT


def _reach_before(person: Ints, ends: Ints) -> tuple[Ints, Positions]:
    """For each post, in the order of a person's posts: the furthest end of those before it (PAST for none), and whose
    it is."""
    at = np.arange(len(ends))
    width = np.int64(FUTURE) - PAST + 1
    lifted = person.astype(np.int64) * width + (ends.astype(np.int64) - PAST)  # a maximum that starts anew per person
    best = np.maximum.accumulate(lifted)
    who = np.maximum.accumulate(np.where(lifted == best, at, 0))
    before = np.where(np.r_[False, person[1:] == person[:-1]], np.r_[0, who[:-1]], -1)
    return np.where(before >= 0, ends[before], PAST).astype(np.int32), before


def _lifetimes(dataset: Dataset) -> Iterator[Fault]:
    """Stints that certainly begin before their organization was founded, or after it was dissolved."""
    organizations = dataset["organizations"]
    founded_lo, _ = dates.bounds(organizations.get_column("founded"))
    _, dissolved_hi = dates.bounds(organizations.get_column("dissolved"))
    if not ((founded_lo > PAST).any() or (dissolved_hi < FUTURE).any()):
        return
    index = dataset.index
    there = (index.organization != ABSENT) & (index.start_hi < FUTURE)
    at = np.maximum(index.organization, 0)
    early = index.row[there & (index.start_hi <= founded_lo[at])]
    late = index.row[there & (index.start_lo >= dissolved_hi[at])]
    yield from _each(dataset["stints"], np.sort(early).astype(np.intp), _outside(dataset, "before", "founded"))
    yield from _each(dataset["stints"], np.sort(late).astype(np.intp), _outside(dataset, "after", "dissolved"))


def _outside(dataset: Dataset, word: str, column: str) -> Make:
    def make(position: int, row_id: str, row: int) -> Fault:
        stint = dataset["stints"].row(position, named=True)
        organization = dataset.row("organizations", stint["organization_id"]) or {}
        message = f"it begins {stint['start']}, {word} {organization['id']} was {column} ({organization[column]})"
        remedy = f"Correct the start, or the day it was {column}."
        return _maker(f"{word}-{column}", message, remedy, "stints", "start")(position, row_id, row)

    return make


def _evidence(table: str, frame: pl.DataFrame) -> Iterator[Fault]:
    """Rows of a table without a source, sources without a date, rows that are disputed."""
    if table == "sources":
        dated = _maker(
            "undated-source",
            "it has no day of publication",
            "Give the day it appeared, as far as known.",
            table,
            "published",
        )
        yield from _each(frame, _where(frame.get_column("published").is_null()), dated)
    elif table != "views":
        named = _maker("unsourced", "no source is given", "Name who says so.", table, "source_ids")
        yield from _each(frame, _where(frame.get_column("source_ids").list.len() == 0), named)
    weighed = _maker("disputed", "sources disagree on it", "Weigh the claims and rule on them.", table, "status")
    yield from _each(frame, _where(frame.get_column("status") == "disputed"), weighed)


_RULES: Mapping[str, tuple[Callable[[Dataset], Iterable[Fault]], Sequence[str]]] = {
    "ends before start": (_ends_before_start, ("stints", "reports", "seats", "organizations")),
    "cycles": (_cycles, ("organizations", "reports")),
    "claims about": (_claims_about, tuple(TABLES)),
    "overlaps": (_overlaps, ("stints", "people", "organizations")),
    "lifetimes": (_lifetimes, ("stints", "organizations")),
}
"""Rules that look at more than one field, in the order of their faults, and the tables that they look at."""
