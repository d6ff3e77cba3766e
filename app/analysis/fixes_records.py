"""Fixes for what is wrong between records, or between two fields of one: overlaps, circles, lifetimes, sources."""

from __future__ import annotations

import calendar
import re
from collections import Counter, deque
from collections.abc import Iterator, Mapping
from itertools import pairwise

import numpy as np
import polars as pl

from app.analysis.fixing import Fix, changed, cleared, more_than_one, named, removed
from app.domain import dates
from app.domain.dataset import Dataset, Row
from app.domain.dates import FUTURE
from app.domain.edit import Change, Edit
from app.domain.errors import Fault
from app.domain.schema import TABLES

MOST_OFFERED = 5
"""Posts, lines, organizations or sources that are offered for one fault."""
LONGEST_TOLD = 60
"""Letters of a title that are shown."""
BEGINS = {"end": "start", "closed": "opened", "dissolved": "founded"}
"""For each field that ends something the one that begins it."""
_ARCHIVE = re.compile(r"^https?://web\.archive\.org/web/\d+[a-z_]*/")
_IN_ADDRESS = re.compile(r"(?<![\d-])((?:19|20)\d\d)[/-](\d{1,2}|[a-z]{3})(?:[/-](\d{1,2}))?(?=[/._-]|$)")
_MONTHS = {name.lower(): n for n, name in enumerate(calendar.month_abbr) if name}


def backward(dataset: Dataset, fault: Fault, row: Row) -> Iterator[Fix]:
    """An end before its start: the two exchanged, or one of them not known."""
    begin, end = BEGINS[fault.field], fault.field
    known = [field for field in (begin, end) if row[field] is not None]
    if len(known) == 2 and dates.OPEN not in (row[begin], row[end]):
        said = f"{begin} becomes {row[end]}, {end} becomes {row[begin]}"
        name = "Exchange the two dates"
        edit = changed(dataset, fault.table, fault.id, name, **{begin: row[end], end: row[begin]})
        yield Fix(name, said, edit)
    for field in known:
        yield cleared(dataset, fault.table, fault.id, field)


def overlap(dataset: Dataset, fault: Fault, row: Row) -> Iterator[Fix]:
    """Each earlier post that still runs: ended when this one begins."""
    index, at = dataset.index, dataset.position("stints", fault.id)
    places = np.flatnonzero(index.row == at)
    if not len(places):
        return
    here = int(places[0])
    surely = index.start_hi - 1
    there = (index.person == index.person[here]) & index.counted & (index.start_hi < FUTURE)
    runs = there & (surely <= surely[here]) & (index.end_lo > surely[here])
    others = np.flatnonzero(runs & (index.organization != index.organization[here]))
    stints = dataset["stints"]
    for place in others[np.argsort(-index.end_lo[others], kind="stable")][:MOST_OFFERED].tolist():
        other = stints.row(int(index.row[place]), named=True)
        post = named(dataset, "organizations", other["organization_id"])
        name = f"End {post} when this begins"
        said = f"the end of the stint {other['id']} becomes {row['start']}"
        yield Fix(name, said, changed(dataset, "stints", other["id"], name, end=row["start"]))


def lifetime(dataset: Dataset, fault: Fault, row: Row) -> Iterator[Fix]:
    """A stint outside the lifetime of its organization: one of the two days not known."""
    yield cleared(dataset, "stints", fault.id, "start")
    field = "founded" if fault.code == "before-founded" else "dissolved"
    organization = row["organization_id"]
    label = f"Clear the day {named(dataset, 'organizations', organization)} was {field}"
    yield cleared(dataset, "organizations", organization, field, label)


def circle(dataset: Dataset, fault: Fault, row: Row) -> Iterator[Fix]:
    """Each parent, or each line between two seats, that closes the circle: taken away."""
    if fault.table == "organizations":
        members, at = [fault.id], row["parent_id"]
        while at and at not in members:
            members.append(at)
            at = (dataset.row("organizations", at) or {}).get("parent_id")
        for member in members[:MOST_OFFERED]:
            parent = (dataset.row("organizations", member) or {}).get("parent_id")
            label = f"Clear the parent of {named(dataset, 'organizations', member)}"
            fix = cleared(dataset, "organizations", member, "parent_id", label)
            yield Fix(label, f"{member} is no longer below {parent}", fix.edit)
        return
    for seat, to, ids in _lines_around(dataset, row)[:MOST_OFFERED]:
        if (gone := removed(dataset, "reports", ids)) is not None:
            label = f"Remove the line from {named(dataset, 'seats', seat)} to {named(dataset, 'seats', to)}"
            yield Fix(label, gone.effect, gone.edit)


def unsourced(dataset: Dataset, fault: Fault, row: Row) -> Iterator[Fix]:
    """A source that carries what is next to the record: those of records that it names or that name it."""
    beside: Counter[str] = Counter()
    for field in TABLES[fault.table].fields:
        if field.reference and field.reference != "sources" and isinstance(row[field.name], str):
            beside.update((dataset.row(field.reference, row[field.name]) or {}).get("source_ids") or ())
            if field.reference == "people":
                _count(beside, dataset, fault.table, field.name, row[field.name])
    for table in TABLES.values():
        for field in table.fields:
            if field.reference == fault.table and table.name != "sources":
                _count(beside, dataset, table.name, field.name, fault.id)
    found = [
        source
        for source in sorted(beside, key=lambda s: (-beside[s], s))
        if dataset.position("sources", source) is not None
    ]
    for source in found[:MOST_OFFERED]:
        cited = dataset.row("sources", source) or {}
        told = cited.get("title") or cited.get("url") or source
        publisher = f" ({cited['publisher']})" if cited.get("publisher") else ""
        name = f"Cite {_short(str(told))}{publisher}"
        yield Fix(
            name, f"the source {source} is named", changed(dataset, fault.table, fault.id, name, source_ids=[source])
        )


def undated(dataset: Dataset, fault: Fault, row: Row) -> Iterator[Fix]:
    """The day that stands in the address of a source."""
    day = in_address(row.get("url"))
    if not day:
        return
    sources = dataset["sources"].filter(pl.col("published").is_null())
    label = f"Write {day}, as in its address"
    edit = changed(dataset, "sources", fault.id, f"Date {fault.id} by its address", published=day)
    yield Fix(label, f"published becomes {day}", edit, more_than_one(_by_address(sources)))


def in_address(url: str | None) -> str:
    """The day or month in the address of a page: `…/2025/06/26/…`; blank if there is none, or more than one."""
    plain = _ARCHIVE.sub("", (url or "").lower())  # an archive's own day says when it was stored
    found = set()
    for year, month, day in _IN_ADDRESS.findall(plain):
        number = _MONTHS.get(month, 0) if month.isalpha() else int(month)
        text = f"{year}-{number:02d}" + (f"-{int(day):02d}" if day else "")
        if dates.readable(text):
            found.add(text)
    return found.pop() if len(found) == 1 else ""


def _by_address(sources: pl.DataFrame) -> Edit:
    """All undated sources with a day in their address, dated by it."""
    days = {row_id: in_address(url) for row_id, url in sources.select("id", "url").iter_rows()}
    dated = {row_id: day for row_id, day in days.items() if day and row_id}
    ids, texts = pl.Series(list(dated), dtype=pl.String), pl.Series(list(dated.values()), dtype=pl.String)
    before = sources.filter(pl.col("id").is_in(ids.implode()) & ~pl.col("id").is_duplicated())
    after = before.with_columns(published=pl.col("id").replace(ids, texts))
    return Edit("Date sources by their addresses", {"sources": Change(before, after)})


def _lines_around(dataset: Dataset, row: Row) -> list[tuple[str, str, list[str]]]:
    """The steps of a circle that a line closes on a day on which it runs: seat, the seat above, ids of the lines.

    Empty if there is no such circle.
    """
    reports = dataset["reports"].filter(
        (pl.col("kind") != "dotted").fill_null(value=True), pl.col("status").ne_missing("denied")
    )
    start_lo, _ = dates.bounds(reports.get_column("start"))
    _, end_hi = dates.bounds(reports.get_column("end"))
    ids, seats, tos = (reports.get_column(name).to_list() for name in ("id", "seat_id", "to_seat_id"))
    own = ids.index(row["id"]) if row["id"] in ids else None
    for day in [] if own is None else sorted({int(day) for day in start_lo if start_lo[own] <= day < end_hi[own] - 1}):
        running = np.flatnonzero((start_lo <= day) & (day < end_hi - 1)).tolist()
        above: dict[str, dict[str, list[str]]] = {}
        for n in running:
            above.setdefault(seats[n], {}).setdefault(tos[n], []).append(ids[n])
        if (way := _way(above, row["to_seat_id"], row["seat_id"])) is not None:
            steps = pairwise([row["seat_id"], *way])
            return [(seat, to, above[seat][to]) for seat, to in steps]
    return []


def _way(above: Mapping[str, Mapping[str, object]], start: str, end: str) -> list[str] | None:
    """The shortest way up from one seat to another, both included; None if there is none."""
    came: dict[str, str] = {start: ""}
    ahead = deque([start])
    while ahead and end not in came:
        at = ahead.popleft()
        for to in above.get(at, ()):
            if to not in came:
                came[to] = at
                ahead.append(to)
    if end not in came:
        return None
    way = [end]
    while way[-1] != start:
        way.append(came[way[-1]])
    return way[::-1]


def _count(beside: Counter[str], dataset: Dataset, table: str, field: str, row_id: str) -> None:
    """Count the sources of the records that refer to one."""
    frame, column = dataset[table], pl.col(field)
    names_it = column.list.contains(row_id) if frame.schema[field] == pl.List(pl.String()) else column == row_id
    beside.update(frame.filter(names_it).get_column("source_ids").list.explode(empty_as_null=False).drop_nulls())


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_TOLD else f"{text[: LONGEST_TOLD - 1]}…"
