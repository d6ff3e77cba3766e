"""The edit that records a move: who went where, when, and who says so, as one step that can be undone.

The stint that is left ends, a new one begins, and whatever was not there yet is added: person, organization, source.
Nothing is guessed: without a day no day is written, and a stint that the move needs but nobody has recorded has unknown
bounds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from app.analysis.hierarchy import Hierarchy
from app.analysis.names import as_id
from app.domain.checks import check, errors
from app.domain.dataset import Dataset, Row
from app.domain.dates import OPEN, readable
from app.domain.edit import Edit, apply, put
from app.domain.errors import DataError, Fault
from app.domain.schema import TABLES

LONGEST_ID = 48
"""Letters of an id that is made from a name."""
STEP = 10
"""From the rank of one stint of a person to that of the next."""


@dataclass(frozen=True, slots=True)
class Party:
    """A person or an organization: a record by its id, or a new one by its name alone. False for neither."""

    id: str = ""
    name: str = ""

    def __bool__(self) -> bool:
        return bool(self.id or self.name.strip())


@dataclass(frozen=True, slots=True)
class Cited:
    """A source: a record by its id, or a new one by what is known of it. False for none."""

    id: str = ""
    title: str = ""
    publisher: str = ""
    url: str = ""
    published: str = ""
    kind: str = "press"
    quote: str = ""
    accessed: str = ""

    def __bool__(self) -> bool:
        return bool(self.id or self.title or self.url or self.publisher)


@dataclass(frozen=True, slots=True)
class NewMove:
    """What somebody says of a move. left: blank if nothing is said of where the person comes from; day: EDTF, of
    leaving and of joining; blank if unknown."""

    person: Party
    joined: Party
    left: Party = Party()
    role: str = ""
    day: str = ""
    status: str = "reported"
    kind: str = "employment"
    source: Cited = Cited()


@dataclass(frozen=True, eq=False)
class Recorded:
    """edit, dataset: the step and what it gives; person, left, joined: ids; effects: what it does, line by line;
    warnings: what is doubtful about it."""

    edit: Edit
    dataset: Dataset
    person: str
    left: str
    joined: str
    effects: tuple[str, ...]
    warnings: tuple[Fault, ...]


def held(dataset: Dataset, person: str) -> list[Row]:
    """The stints of a person that count as posts (employment, founder; not denied), the latest last."""
    code = dataset.position("people", person)
    if code is None:
        return []
    index = dataset.index
    at = np.flatnonzero((index.person == code) & index.counted)
    return [dataset["stints"].row(row, named=True) for row in index.row[at].tolist()]


def present(dataset: Dataset, person: str) -> Row | None:
    """The post that somebody is known to hold: the latest that has not ended; else the latest; None without any."""
    posts = held(dataset, person)
    running = [post for post in posts if post["end"] in (None, OPEN)]
    found = running or posts
    return found[-1] if found else None


def mistakes(dataset: Dataset, move: NewMove) -> tuple[Fault, ...]:
    """What must be put right before a move can be recorded, each with the field of the move; empty if nothing."""
    found = []
    if not move.person:
        found.append(_wrong("person", "nobody is named", "Choose a person, or write the name of a new one."))
    if not move.joined:
        found.append(_wrong("joined", "no organization is named", "Say where the person went."))
    elif move.joined == move.left or (move.joined.id and move.joined.id == move.left.id):
        found.append(_wrong("joined", "both organizations are the same", "A move goes from one to another."))
    elif (post := _running(dataset, move)) is not None:
        since = f" since {post['start']}" if post["start"] else ""
        remedy = "There is nothing to record; edit that stint if something in it is wrong."
        found.append(_wrong("joined", f"the person is on record there{since} already", remedy))
    if not readable(move.day) or move.day == OPEN:
        remedy = "Write a day, month or year: 2025-06-26, 2025-06, 2025; with ~ for about or ? for uncertain."
        found.append(_wrong("day", f"{move.day!r} is not a date", remedy))
    if not readable(move.source.published):
        remedy = "Write a day, month or year: 2025-06-26, 2025-06, 2025; or leave it blank."
        found.append(_wrong("published", f"{move.source.published!r} is not a date", remedy))
    return tuple(found)


def recorded(dataset: Dataset, move: NewMove) -> Recorded:
    """The edit that records a move. DataError for what `mistakes` finds, and where the dataset would have an error."""
    if wrong := mistakes(dataset, move):
        raise DataError(*wrong)
    made = _Making(dataset, move)
    edit = put(dataset, made.name, made.rows)
    after = apply(dataset, edit)
    found = _new_faults(dataset, after, made.person, edit)
    if impossible := errors(found):
        remedy = "Correct the day, or what is on record first."
        raise DataError(*(_wrong("day", f"then of {fault.id} the {fault.message}", remedy) for fault in impossible))
    warnings = (*made.warnings, *found)
    return Recorded(edit, after, made.person, made.left, made.joined, tuple(made.effects), warnings)


class _Making:
    """Collects the rows of one edit, what they do, and what is doubtful."""

    def __init__(self, dataset: Dataset, move: NewMove) -> None:
        self._dataset, self._move = dataset, move
        self.rows: dict[str, list[dict[str, object]]] = {}
        self.effects: list[str] = []
        self.warnings: list[Fault] = []
        self._taken: set[str] = set()
        sources = [source] if (source := self._source()) else []
        self._sources = sources
        self.person, person_name = self._party("people", move.person, {})
        self.joined, joined_name = self._party("organizations", move.joined, {"kind": "other"})
        self.left, left_name = self._party("organizations", move.left, {"kind": "other"}) if move.left else ("", "")
        posts = held(dataset, self.person)
        if self.left:
            self._leave(posts, left_name)
        self._join(posts, joined_name)
        self.name = f"Record the move of {person_name} to {joined_name}"
        if not sources:
            self.warnings.append(
                _doubt("source", "nobody is named who says so", "Paste the link or the text of the report.")
            )

    def _source(self) -> str:
        cited = self._move.source
        if cited.id or not cited:
            return cited.id
        same = self._same_url(cited.url)
        if same:
            return same
        row_id = self._free("sources", as_id(f"{cited.publisher} {cited.title or cited.url}"))
        fields = ("title", "publisher", "url", "published", "kind", "quote", "accessed")
        self._put("sources", {"id": row_id, **{name: getattr(cited, name) or None for name in fields}})
        self.effects.append(f"Adds the source “{cited.title or cited.url or cited.publisher}”")
        return row_id

    def _same_url(self, url: str) -> str:
        """The source that has this address already."""
        if not url:
            return ""
        found = self._dataset["sources"].filter(pl.col("url").str.strip_suffix("/") == url.removesuffix("/"))
        return str(found.get_column("id")[0]) if found.height else ""

    def _party(self, table: str, party: Party, fields: Mapping[str, object]) -> tuple[str, str]:
        """Id and name of a record; a new one is added."""
        if party.id:
            row = self._dataset.row(table, party.id)
            return party.id, str((row or {}).get("name") or party.id)
        name = " ".join(party.name.split())
        row_id = self._free(table, as_id(name))
        self._put(table, {"id": row_id, "name": name, "source_ids": self._sources, **fields})
        self.effects.append(f"Adds {name} to the {table}")
        return row_id, name

    def _leave(self, posts: list[Row], left_name: str) -> None:
        """End the post that is left; one that nobody has recorded is added."""
        move = self._move
        below = _below(self._dataset, self.left)
        there = [post for post in posts if post["organization_id"] in below]
        running = [post for post in there if post["end"] in (None, OPEN)]
        when = f" on {move.day}" if move.day else ", on a day not known"
        if running:
            post = running[-1]
            sources = sorted({*(post["source_ids"] or ()), *self._sources})
            self._put("stints", {**post, "end": move.day or None, "source_ids": sources})
            role = f" ({post['role']})" if post["role"] else ""
            self.effects.append(f"Ends the stint at {left_name}{role}{when}")
        elif not there:
            stint = self._stint(posts, self.left, {"end": move.day or None})
            self.effects.append(f"Adds a stint at {left_name}, its start not known, that ends{when}")
            posts.append(stint)

    def _join(self, posts: list[Row], joined_name: str) -> None:
        move = self._move
        self._stint(posts, self.joined, {"role": move.role or None, "start": move.day or None, "end": OPEN})
        role = f" as {move.role}" if move.role else ""
        self.effects.append(f"Adds a stint at {joined_name}{role}{f' from {move.day}' if move.day else ''}")

    def _stint(self, posts: list[Row], organization: str, fields: Mapping[str, object]) -> Row:
        rank = max((int(post["rank"] or 0) for post in posts), default=0) + STEP
        row = {
            "id": self._free("stints", f"st-{self.person}-{rank}"),
            "person_id": self.person,
            "organization_id": organization,
            "kind": self._move.kind,
            "rank": rank,
            "status": self._move.status,
            "source_ids": self._sources,
            **fields,
        }
        self._put("stints", row)
        return row

    def _put(self, table: str, row: dict[str, object]) -> None:
        self.rows.setdefault(table, []).append(row)

    def _free(self, table: str, wanted: str) -> str:
        """An id that no record has: the wanted one, or with a number behind it."""
        stem = wanted[:LONGEST_ID].strip("-") or TABLES[table].noun.replace(" ", "-")
        n, made = 1, stem
        while made in self._taken or any(self._dataset.position(name, made) is not None for name in TABLES):
            n += 1
            made = f"{stem}-{n}"
        self._taken.add(made)
        return made


def _running(dataset: Dataset, move: NewMove) -> Row | None:
    """The post at the organization joined that has not ended, if there is one."""
    if not move.person.id or not move.joined.id:
        return None
    there = (post for post in held(dataset, move.person.id) if post["organization_id"] == move.joined.id)
    return next((post for post in there if post["end"] in (None, OPEN)), None)


def _below(dataset: Dataset, organization: str) -> set[str]:
    """An organization and all below it, by their newest parents."""
    code = dataset.position("organizations", organization)
    if code is None:  # one that is only being added
        return {organization}
    hierarchy = Hierarchy.of(dataset)
    inside = hierarchy.below([code], hierarchy.n_periods - 1)  # the last place answers for no organization
    return set(dataset["organizations"].get_column("id").filter(pl.Series(inside[:-1])))


def _new_faults(before: Dataset, after: Dataset, person: str, edit: Edit) -> tuple[Fault, ...]:
    """What the rules say of the stints of one person after an edit, and did not say before it."""
    was = {(fault.code, fault.id, fault.field) for fault in check(_about(before, person))}
    touched = {row_id for change in edit.tables.values() for row_id in change.ids}
    found = (fault for fault in check(_about(after, person)) if fault.id in touched)
    return tuple(
        fault for fault in found if (fault.code, fault.id, fault.field) not in was and fault.code != "unsourced"
    )


def _about(dataset: Dataset, person: str) -> Dataset:
    """The part of a dataset that the stints of one person name: a check of the whole takes long where it is large."""
    stints = dataset["stints"].filter(pl.col("person_id") == person)
    seats = dataset["seats"].filter(pl.col("id").is_in(stints.get_column("seat_id").implode()))
    tables = {
        "people": dataset["people"].filter(pl.col("id") == person),
        "stints": stints,
        "seats": seats,
        "organizations": dataset["organizations"],
        "sources": dataset["sources"],
    }
    return Dataset.of(tables)


def _wrong(field: str, message: str, remedy: str) -> Fault:
    return Fault("move", message, remedy, field=field)


def _doubt(field: str, message: str, remedy: str) -> Fault:
    return Fault("move", message, remedy, "warning", field=field)
