"""The organizations of organograms: parent departments, organisations, units.

A department or organisation is one body however many files name it; a unit is known within its organisation. Names
that differ only in case, punctuation or "&" are one; the newest spelling is the name, the others are aliases. A unit
that has the name of its organisation is the organisation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.domain import dates
from app.domain.circles import circles
from app.domain.dataset import Row
from app.files.dialects import Entry
from app.files.idents import Ids, words
from app.files.organogram_sheets import ORGANISATION, PARENT, UNIT, Series, Snapshot
from app.files.reading import Warnings, shown

UNNAMED = "Organisation not named"


@dataclass
class _Body:
    """A body while files are read: its spellings and its parents (id, the row that says so), the newest last."""

    row_id: str
    names: dict[str, None] = field(default_factory=dict)
    parents: dict[str, Entry] = field(default_factory=dict)
    sources: set[str] = field(default_factory=set)

    @property
    def name(self) -> str:
        """The newest spelling."""
        return list(self.names)[-1]


class Bodies:
    """All bodies that senior rows name, and those that a junior row has to stand under."""

    def __init__(self, ids: Ids, warnings: Warnings, departments: Sequence[Series]) -> None:
        """Take in the senior rows of all departments, the earlier days first."""
        self._ids, self._warnings = ids, warnings
        self._bodies: dict[tuple[str, str], _Body] = {}
        self._by_id: dict[str, _Body] = {}
        self._of: dict[tuple[str, int], _Body] = {}
        snapshots = [snapshot for series in departments for snapshot in series.snapshots]
        for snapshot in sorted(snapshots, key=lambda s: dates.PAST if s.day is None else s.day):
            for entry in snapshot.seniors:
                self.of(entry, snapshot)

    def of(self, entry: Entry, snapshot: Snapshot) -> str:
        """The id of the body that a row belongs to: its unit, else its organisation, else its parent department."""
        at = (entry.place, entry.row)
        if at not in self._of:
            self._of[at] = self._found(entry, snapshot.sources[entry.name])
        return self._of[at].row_id

    def name(self, row_id: str) -> str:
        """The newest name of a body."""
        return self._by_id[row_id].name

    def rows(self) -> list[Row]:
        """The rows of the table of organizations."""
        parents = {body.row_id: self._parent(body) for body in self._bodies.values()}
        for circle in circles({low: (high,) for low, high in parents.items() if high is not None}):
            body = self._by_id[circle[0]]
            message = f"{shown(body.name)} stands below itself, by what other rows say"
            self._warn("circle", message, "Correct the parent department of one of them.", body)
            parents[body.row_id] = None
        return [
            {
                "id": body.row_id,
                "name": body.name,
                "aliases": list(body.names)[-2::-1],
                "kind": "government",
                "parent_id": parents[body.row_id],
                "status": "confirmed",
                "source_ids": list(body.sources),
            }
            for body in self._bodies.values()
        ]

    def _found(self, entry: Entry, source: str) -> _Body:
        department = self._body("", entry[PARENT], source) if entry[PARENT] else None
        if entry[ORGANISATION] or department is None:
            body = self._body("", entry[ORGANISATION] or UNNAMED, source)
            if department is not None and body is not department:
                _place(body, department, entry)
        else:
            body = department
        key = _key(entry[UNIT])
        if not key or key in map(_key, body.names):
            return body
        unit = self._body(body.row_id, entry[UNIT], source)
        _place(unit, body, entry)
        return unit

    def _body(self, above: str, name: str, source: str) -> _Body:
        """The body of a name, in the organisation `above` if it is a unit; made where it is new."""
        key = (above, _key(name))
        if key not in self._bodies:
            body = _Body(self._ids.new(above, name))
            self._bodies[key] = self._by_id[body.row_id] = body
        body = self._bodies[key]
        body.names.pop(name, None)
        body.names[name] = None
        body.sources.add(source)
        return body

    def _parent(self, body: _Body) -> str | None:
        """The newest parent; where rows disagree about it, that is told."""
        if len(body.parents) > 1:
            others = ", ".join(self._by_id[above].name for above in list(body.parents)[:-1])
            message = f"{shown(body.name)} stands under {shown(others)} in another row"
            self._warn("parent-changed", message, "Say which of them holds, and since when.", body)
        return next(reversed(body.parents), None)

    def _warn(self, code: str, message: str, remedy: str, body: _Body) -> None:
        """A warning at the row that says the newest parent."""
        entry = next(reversed(body.parents.values()))
        about = ("organizations", body.row_id)
        self._warnings.add(code, message, remedy, entry=entry, field=PARENT, about=about)


def _place(body: _Body, parent: _Body, entry: Entry) -> None:
    body.parents.pop(parent.row_id, None)
    body.parents[parent.row_id] = entry


def _key(name: str) -> str:
    """What two spellings of one name share."""
    return words(name) or name.casefold()
