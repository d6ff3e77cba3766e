"""What a joined dataset does, in words: its name as a step, what it adds and leaves, and each match, new record, kept
value and warning as a row of text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from app.analysis.joining import Joined
from app.analysis.joining_filling import Kept
from app.analysis.joining_matches import NEW, Match
from app.domain.dataset import Dataset
from app.domain.errors import Fault
from app.domain.schema import TABLES
from app.pictures import wording
from app.pictures.records import called, field_word, records, table_word, tally

MOST = 2_000
"""Rows of text of one kind; more are counted."""
_NAMED = ("people", "organizations", "sources", "seats")
_TITLED = ("people", "stints", "organizations", "relations", "seats", "reports", "sources")
_PLACES = 3
"""Organizations that are named where somebody has been."""
_IN_TITLE = 2
"""Tables that the name of the step counts."""


@dataclass(frozen=True, slots=True)
class Account:
    """One table: its word, and how many rows are added, made fuller, and on record already."""

    word: str
    added: int
    fuller: int
    there: int


@dataclass(frozen=True, eq=False)
class Preview:
    """All that one reads of a joined dataset before it is taken. unsure, sure: the matches of the rows of text beside
    them; n_added: how many records are added, of which the first MOST are listed; details: of people on record who may
    be meant, by their ids, where they have been."""

    accounts: Sequence[Account]
    effects: Sequence[str]
    unsure: Sequence[Match]
    unsure_rows: Sequence[tuple[str, ...]]
    sure: Sequence[Match]
    sure_rows: Sequence[tuple[str, ...]]
    added: Sequence[tuple[str, ...]]
    n_added: int
    kept: Sequence[tuple[str, ...]]
    warnings: Sequence[Fault]
    details: Mapping[str, str]

    @classmethod
    def of(cls, joined: Joined, before: Dataset) -> Preview:
        """Takes a while where much is added: for a job. before: the dataset that it is joined to."""
        wanted = [c.id for match in joined.matches if match.table == "people" for c in match.candidates]
        return cls(
            accounts(joined), effects(joined), joined.unsure, matched(joined.unsure), joined.sure,
            matched(joined.sure), added(joined),
            sum(count.added for count in joined.counts.values()), kept(joined), warnings(joined),
            _places(before, wanted),
        )  # fmt: skip


def title(file: str, counts: Mapping[str, int]) -> str:
    """`Import orcid.xml: 12 people, 40 stints`: the step by the file and what is added, the most telling tables."""
    named = [records(counts[table], table) for table in _TITLED if counts.get(table)][:_IN_TITLE]
    return f"Import {file}: {', '.join(named)}" if named else f"Import {file}"


def rows_of(brought: Dataset) -> dict[str, int]:
    """How many rows of each table a file has."""
    return {table: frame.height for table, frame in brought.tables.items() if frame.height}


def contents(counts: str, n_faults: int) -> str:
    """What is in a file, in words."""
    warned = f", {wording.counted(n_faults, 'warning')}" if n_faults else ""
    return f"{counts or 'No records'}{warned}"


def accounts(joined: Joined) -> list[Account]:
    """The tables of which the file has rows, in their order."""
    made = []
    for table in TABLES:
        count = joined.counts.get(table)
        if count is not None and count.added + count.fuller + count.there:
            made.append(Account(table_word(table), count.added, count.fuller, count.there))
    return made


def effects(joined: Joined) -> list[str]:
    """What importing does, line by line."""
    lines = []
    for verb, number in (("Adds", "added"), ("Makes fuller", "fuller")):
        counts = {
            table: n for table in TABLES if table in joined.counts and (n := getattr(joined.counts[table], number))
        }
        if counts:
            lines.append(f"{verb} {tally(counts)}")
    there = {table: count.there for table in TABLES if (count := joined.counts.get(table)) is not None and count.there}
    if there:
        lines.append(f"Finds on record already, and leaves as they are: {tally(there)}")
    if joined.unsure:
        n = len(joined.unsure)
        lines.append(f"Adds {wording.counted(n, 'record')} as new that may be on record: choose under Unsure")
    if joined.kept:
        lines.append(f"Keeps {wording.counted(len(joined.kept), 'value')} of yours where the file has another")
    if joined.left_out:
        lines.append(f"Leaves out {wording.counted(joined.left_out, 'view')} of the file")
    return lines or ["Changes nothing: all of it is on record already"]


def matched(matches: Sequence[Match]) -> list[tuple[str, ...]]:
    """Kind, name in the file, what it is here, why."""
    return [
        (
            TABLES[match.table].noun.capitalize(),
            match.name,
            next((c.name for c in match.candidates if c.id == match.kept), match.kept) if match.kept != NEW else "new",
            match.reason,
        )
        for match in matches
    ]


def added(joined: Joined, tables: Sequence[str] = tuple(TABLES)) -> list[tuple[str, ...]]:
    """Kind and words of each record that is added, those with names first."""
    order = [*(t for t in _NAMED if t in tables), *(t for t in tables if t not in _NAMED)]
    made: list[tuple[str, ...]] = []
    for table in order:
        change = joined.edit.tables.get(table)
        if change is None:
            continue
        old = change.before.get_column("id")
        new = change.after.filter(~pl.col("id").is_in(old.implode())).get_column("id")
        noun = TABLES[table].noun.capitalize()
        made += [(noun, called(joined.dataset.row, table, row_id)) for row_id in new.head(max(0, MOST - len(made)))]
    return made


def kept(joined: Joined) -> list[tuple[str, ...]]:
    """Record, field, the value here, the value of the file."""
    row_of = joined.dataset.row

    def told(value: Kept, what: object) -> str:
        declared = next((f for f in TABLES[value.table].fields if f.name == value.field), None)
        if declared is not None and declared.reference and isinstance(what, str):
            return called(row_of, declared.reference, what)
        return wording.shown(what)

    return [
        (called(row_of, one.table, one.id), field_word(one.field), told(one, one.mine), told(one, one.theirs))
        for one in joined.kept[:MOST]
    ]


def warnings(joined: Joined) -> list[Fault]:
    """What is doubtful afterwards, each naming its record: ids and rows of what is not there yet say nothing."""
    row_of = joined.dataset.row
    return [
        replace(fault, message=f"{called(row_of, fault.table, fault.id)}: {fault.message}", id="", row=None)
        if fault.id
        else fault
        for fault in joined.warnings
    ]


def choices(match: Match, preview: Preview | None = None) -> list[tuple[str, str]]:
    """What a match may be: the id of a record on record, or NEW, and the words for it."""
    noun, details = TABLES[match.table].noun, preview.details if preview is not None else {}
    offered = []
    for c in match.candidates:
        place = f"; {details[c.id]}" if match.table == "people" and details.get(c.id) else ""
        offered.append((c.id, f"{c.name} — {c.reason}{place}"))
    return [*offered, (NEW, f"A new {noun}")]


def _places(dataset: Dataset, people: Sequence[str]) -> dict[str, str]:
    """Where people have been, by their ids: `at OpenAI, Meta and 2 more`."""
    stints = dataset["stints"].filter(pl.col("person_id").is_in(list(set(people))))
    names = dataset.names("organizations")
    held: dict[str, list[str]] = {}
    for person, body in stints.sort("person_id", "rank", "id").select("person_id", "organization_id").iter_rows():
        named = names.get(body) or body
        if named not in (own := held.setdefault(person, [])):
            own.append(named)
    return {
        person: f"at {', '.join(own[:_PLACES])}{f' and {len(own) - _PLACES} more' if len(own) > _PLACES else ''}"
        for person, own in held.items()
    }
