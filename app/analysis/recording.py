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

from app.analysis.adding import NOBODY, STEP, UNCITED, Cited, Party
from app.analysis.consequences import new_faults
from app.analysis.hierarchy import Hierarchy
from app.analysis.making import Making, dates_wrong
from app.domain.dataset import Dataset, Row
from app.domain.dates import OPEN
from app.domain.edit import Edit, apply, put
from app.domain.errors import DataError, Fault


@dataclass(frozen=True, slots=True)
class NewMove:
    """What somebody says of a move. left: blank if nothing is said of where the person comes from; day: EDTF, of
    leaving and of joining; blank if unknown."""

    person: Party
    joined: Party
    left: Party = NOBODY
    role: str = ""
    day: str = ""
    status: str = "reported"
    kind: str = "employment"
    source: Cited = UNCITED


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
    return (*found, *dates_wrong("move", move.day, move.source.published))


def recorded(dataset: Dataset, move: NewMove) -> Recorded:
    """The edit that records a move. DataError for what `mistakes` finds."""
    if wrong := mistakes(dataset, move):
        raise DataError(*wrong)
    made = _Moving(dataset, move)
    edit = put(dataset, made.title, made.rows)
    after = apply(dataset, edit)
    doubts = (fault for fault in new_faults(dataset, after, edit) if fault.code != "unsourced")
    warnings = (*made.doubts, *doubts)
    return Recorded(edit, after, made.person, made.left, made.joined, tuple(made.effects), warnings)


class _Moving(Making):
    """Collects the rows of one move."""

    def __init__(self, dataset: Dataset, move: NewMove) -> None:
        super().__init__(dataset, move.source, "move")
        self._move = move
        other = {"kind": "other"}
        self.person, person_name = self.party("people", move.person, {}, self.sources)
        self.joined, joined_name = self.party("organizations", move.joined, other, self.sources)
        self.left, left_name = "", ""
        if move.left:
            self.left, left_name = self.party("organizations", move.left, other, self.sources)
        posts = held(dataset, self.person)
        if self.left:
            self._leave(posts, left_name)
        self._join(posts, joined_name)
        self.title = f"Record the move of {person_name} to {joined_name}"
        self.unsourced()

    def _leave(self, posts: list[Row], left_name: str) -> None:
        """End the post that is left; one that nobody has recorded is added."""
        move = self._move
        below = _below(self.dataset, self.left)
        there = [post for post in posts if post["organization_id"] in below]
        running = [post for post in there if post["end"] in (None, OPEN)]
        when = f" on {move.day}" if move.day else ", on a day not known"
        if running:
            post = running[-1]
            self.put("stints", {**post, "end": move.day or None, "source_ids": self.cited(post)})
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
            "id": self.free("stints", f"st-{self.person}-{rank}"),
            "person_id": self.person,
            "organization_id": organization,
            "kind": self._move.kind,
            "rank": rank,
            "status": self._move.status,
            "source_ids": self.sources,
            **fields,
        }
        self.put("stints", row)
        return row


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


def _wrong(field: str, message: str, remedy: str) -> Fault:
    return Fault("move", message, remedy, field=field)
