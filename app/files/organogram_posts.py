"""The posts of one department over its snapshots: seats, and the lines between them.

A post is known by its reference, so that it is one seat in all snapshots. A row that gives a reference a second time is
the same post where it names the same person with the same title, unit and line, or is the same line of the source; else
it is a seat of its own. What cannot be so (a post above itself, a line to a post that is not there) gives no line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

from app.domain import dates
from app.domain.circles import circles
from app.domain.dataset import Row
from app.files.dialects import Entry
from app.files.idents import Ids, words
from app.files.manifest import written
from app.files.organogram_bodies import Bodies
from app.files.organogram_names import HELD, NAME, TITLE, Says, said, words_of
from app.files.organogram_sheets import (
    MANAGER,
    ORGANISATION,
    PARENT,
    REFERENCE,
    SOURCE_FILE,
    SOURCE_LINE,
    UNIT,
    Series,
    Snapshot,
    lost_characters,
)
from app.files.reading import Warnings, shown
from app.files.snapshots import by

Key = tuple[str, int]
"""A post: its reference, and 0 or how many rows of one snapshot gave that reference before."""

TOP = frozenset({"", "xx", "x", "n/a", "none", "-"})
"""What stands in the place of a manager where there is none, in small letters."""
_TOLD = frozenset({REFERENCE, NAME, TITLE, PARENT, ORGANISATION, UNIT, MANAGER, SOURCE_FILE, SOURCE_LINE})
_PRIVATE = ("contact phone", "contact e-mail", "salary cost", "actual pay")
"""Beginnings of columns that are left where they are: they are no matter of a chart."""


class Seen(NamedTuple):
    """A post in one snapshot. at: position of the snapshot; rank: of its row; body: id of its unit."""

    at: int
    rank: int
    entry: Entry
    body: str


class Posts:
    """history: of each post, where it was seen, the earlier first; ids: of each post, that of its seat."""

    def __init__(self, series: Series, bodies: Bodies, ids: Ids, warnings: Warnings) -> None:
        self.series, self._bodies, self._ids, self._warnings = series, bodies, ids, warnings
        self.history: dict[Key, list[Seen]] = {}
        self.ids: dict[Key, str] = {}
        self._managers: dict[Key, dict[int, Key | None]] = {}
        for at, snapshot in enumerate(series.snapshots):
            self._take(at, snapshot)
        for key, seen in self.history.items():
            self._compare(key, seen)

    def seats(self) -> list[Row]:
        """The rows of the table of seats, as the newest snapshot of each has it."""
        found = []
        for key, seen in self.history.items():
            newest = seen[-1]
            titles = {words(s.entry[TITLE]): s for s in seen}
            titles.pop(words(newest.entry[TITLE]), None)
            before = [f"{shown(s.entry[TITLE])} on {self.series.snapshots[s.at].said}" for s in titles.values()]
            found.append(
                {
                    "id": self.ids[key],
                    "organization_id": newest.body,
                    "title": newest.entry[TITLE] or None,
                    "rank": newest.rank,
                    "opened": self._opened(seen),
                    **self._end(seen),
                    "status": "confirmed",
                    "notes": f"Before: {'; '.join(before)}" if before else None,
                    "source_ids": self._sources(seen),
                    "extra": _more(newest.entry),
                }
            )
        return found

    def reports(self) -> list[Row]:
        """The rows of the table of reports: one for as long as a post answers to the same one."""
        found = []
        for key, seen in self.history.items():
            for n, run in enumerate(_runs(seen, self._managers[key]), 1):
                manager = self._managers[key][run[0].at]
                if manager is None:
                    continue
                last = run[-1].at
                found.append(
                    {
                        "id": self._ids.new("rp", self.series.department, *_named(key), str(n) if n > 1 else ""),
                        "seat_id": self.ids[key],
                        "to_seat_id": self.ids[manager],
                        "kind": "solid",
                        "start": self._since(seen, run),
                        "end": dates.OPEN if last == self.series.last else self._day(last + 1),
                        "status": "confirmed",
                        "source_ids": self._sources(run),
                    }
                )
        return found

    def _since(self, seen: list[Seen], run: list[Seen]) -> str | None:
        """When a line began: blank if it is of the first snapshot, with the post if it is the first line of that."""
        at = run[0].at
        if run[0] is seen[0]:
            return self.series.turned(at - 1, at) if at else None
        return self._day(at)

    def _day(self, at: int) -> str | None:
        """The day of a snapshot; lines that change do so on a day, so that no two of one post overlap."""
        day = self.series.snapshots[at].day
        return None if day is None else by(day)

    def _sources(self, seen: list[Seen]) -> list[str]:
        return list(dict.fromkeys(self.series.snapshots[s.at].sources[s.entry.name] for s in seen))

    def _opened(self, seen: list[Seen]) -> str | None:
        """When a post began that nobody ever held; of the others their first holder tells."""
        first = seen[0].at
        held = any(said(s.entry) in HELD for s in seen)
        return None if held or not first else self.series.turned(first - 1, first)

    def _end(self, seen: list[Seen]) -> Mapping[str, str | None]:
        """When a post ended: eliminated in the newest snapshot that has it, or not in the ones after that."""
        gone = next((n for n, s in enumerate(seen) if all(said(t.entry) is Says.GONE for t in seen[n:])), None)
        if gone is not None:
            at = seen[gone].at
            return {"closed": self.series.turned(at - 1 if at else None, at), "state": "closed"}
        at = seen[-1].at
        return {"closed": None if at == self.series.last else self.series.turned(at, at + 1), "state": None}

    def _take(self, at: int, snapshot: Snapshot) -> None:
        """The posts of one snapshot, and the lines between them."""
        here: dict[Key, Entry] = {}
        given: dict[str, list[Entry]] = {}
        for rank, entry in enumerate(snapshot.seniors, 1):
            same = given.setdefault(entry[REFERENCE], [])
            twin = next((other for other in same if _is_repeat(entry, other)), None)
            if twin is not None:
                self._repeated(entry, twin, (entry[REFERENCE], same.index(twin)))
                continue
            same.append(entry)
            n = len(same) - 1 if entry[REFERENCE] else len(self.history)  # without a reference: like no other one
            key = (entry[REFERENCE], n)
            here[key] = entry
            self.history.setdefault(key, []).append(Seen(at, rank, entry, self._bodies.of(entry, snapshot)))
            if key not in self.ids:
                self.ids[key] = self._ids.new("seat", self.series.department, *_named(key))
            self._look_at(key, entry, same[0])
        for key, manager in self._lines(here).items():
            self._managers.setdefault(key, {})[at] = manager

    def _lines(self, here: Mapping[Key, Entry]) -> dict[Key, Key | None]:
        """Post → the post it answers to, in one snapshot; None for a root."""
        found: dict[Key, Key | None] = {}
        tops: dict[str, Entry] = {}
        for key, entry in here.items():
            manager = entry[MANAGER]
            found[key] = (manager, 0) if (manager, 0) in here and manager not in ("", key[0]) else None
            if manager.lower() in TOP and (manager, 0) not in here:
                top = tops.setdefault(entry[ORGANISATION], entry)
                if top is not entry:
                    message = f"it answers to nobody, as post {top[REFERENCE]} does (row {top.row})"
                    self._warn("second-root", message, "Give the post that it answers to, if there is one.", key, entry)
            elif manager == key[0]:
                message = "it answers to itself, and is taken to answer to nobody"
                self._warn("self", message, "Give the post that it answers to; XX if there is none.", key, entry)
            elif found[key] is None:
                message = f"it answers to post {shown(manager)}, which is not there"
                self._warn("dangling", message, "Correct the reference, or add the post.", key, entry)
        above = {self.ids[key]: (self.ids[to],) for key, to in found.items() if to is not None}
        by_id = {self.ids[key]: key for key in here}
        for circle in circles(above):
            key = by_id[circle[0]]
            others = ", ".join(by_id[seat][0] for seat in circle[1:6])
            message = f"it answers to itself through {shown(others)}; its line is left out"
            self._warn("circle", message, "Correct one of the lines.", key, here[key])
            found[key] = None
        return found

    def _look_at(self, key: Key, entry: Entry, first: Entry) -> None:
        """What is wrong with a row by itself."""
        if not key[0]:
            message = "the post has no reference, and is taken to be like no other one"
            self._warn("no-reference", message, "Give it a reference of its own.", key, entry, REFERENCE)
        elif key[1]:
            message = f"post {shown(key[0])} stands in row {first.row} already, otherwise; it is a seat of its own"
            self._warn("duplicate-post", message, "Give one of them another reference.", key, entry, REFERENCE)
        for column in lost_characters(entry):
            message = f"a character was lost in {shown(entry[column])!r}"
            self._warn("lost-character", message, "Write it as it was meant.", key, entry, column)

    def _repeated(self, entry: Entry, twin: Entry, key: Key) -> None:
        other = [c for c in entry.cells if entry[c] != twin[c] and c not in (SOURCE_FILE, SOURCE_LINE)]
        differing = f", with another {', '.join(other)}" if other else ""
        message = f"it gives post {shown(key[0])} again, as row {twin.row} does{differing}; it was taken once"
        remedy = "Nothing to do if it is one post; else give it a reference of its own."
        self._warn("repeated-post", message, remedy, key, entry, REFERENCE)

    def _compare(self, key: Key, seen: list[Seen]) -> None:
        """Where snapshots disagree about a post so far that it may be another one, and where it was missing."""
        for before, now in pairwise(seen):
            if missing := [self.series.snapshots[at].said for at in range(before.at + 1, now.at)]:
                message = f"the post is not in the organogram of {', '.join(missing)}; it is taken to have gone on"
                self._warn("post-missing", message, "If it was another post since, give it another reference.",
                           key, now.entry, REFERENCE)  # fmt: skip
            old, new = before.entry, now.entry
            stays = said(new) is Says.NAMED and words_of(old[NAME]) == words_of(new[NAME])
            if not stays and before.body != now.body and words(old[TITLE]) != words(new[TITLE]):
                day = self.series.snapshots[before.at].said
                message = f"it was {shown(old[TITLE])} in {shown(old[UNIT])} on {day}; it is taken as the same post"
                self._warn("post-changed", message, "If it is another post, give it another reference.",
                           key, new, TITLE)  # fmt: skip

    def _warn(self, code: str, message: str, remedy: str, key: Key, entry: Entry, field: str = MANAGER) -> None:
        self._warnings.add(code, message, remedy, entry=entry, field=field, about=("seats", self.ids[key]))


def _runs(seen: list[Seen], managers: Mapping[int, Key | None]) -> Iterator[list[Seen]]:
    """Stretches in which a post answers to the same one."""
    run: list[Seen] = []
    for s in seen:
        if run and managers[run[-1].at] != managers[s.at]:
            yield run
            run = []
        run.append(s)
    yield run


def _named(key: Key) -> tuple[str, str]:
    """The parts of an id that stand for a post."""
    reference, n = key
    return (reference, str(n + 1) if n else "") if reference else ("no-reference", "")


def _is_repeat(entry: Entry, other: Entry) -> bool:
    """Whether two rows of one reference are one post, given twice."""
    if not entry[REFERENCE]:
        return False
    if said(entry) is Says.NAMED and all(entry[c] == other[c] for c in (NAME, TITLE, UNIT, MANAGER)):
        return True
    return bool(entry[SOURCE_LINE]) and all(entry[c] == other[c] for c in entry.cells if c != SOURCE_FILE)


def _more(entry: Entry) -> str | None:
    """The cells of a row that no field holds, as they stand."""
    held = {
        column: cell
        for column, cell in entry.cells.items()
        if cell and column not in _TOLD and not column.lower().startswith(_PRIVATE)
    }
    return written({"organogram": held}) if held else None
