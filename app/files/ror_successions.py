"""Which organization of ROR became which: successions, where the records tell what kind of one it was.

ROR names predecessors and successors without saying what happened, or when. Known is a merger where several became one,
or where the successor is the older of the two; a renaming where the one that is left goes by the name of the other as
an alias. Anything else is told, and stays in the notes of the predecessor; so does what was withdrawn in favour of
another record, which is no succession.
"""

from __future__ import annotations

from collections import defaultdict

from app.domain.dataset import Row
from app.files.dialects import Entry
from app.files.idents import Ids
from app.files.reading import Warnings, shown
from app.files.register_bodies import Body
from app.files.ror_records import Organization

_Record = tuple[Organization, Entry, Body]


class Successions:
    """Pairs of predecessor and successor, each once, whichever of the two records says it."""

    def __init__(self, ids: Ids, warnings: Warnings) -> None:
        self._ids = ids
        self._warnings = warnings
        self._pairs: dict[tuple[str, str], tuple[_Record, _Record, Entry]] = {}

    def add(self, before: _Record, after: _Record, entry: Entry) -> None:
        """One pair, said by the record at `entry`."""
        if before[2] is not after[2]:
            self._pairs.setdefault((before[2].id, after[2].id), (before, after, entry))

    def rows(self) -> list[Row]:
        """The rows of the table of successions, without dates, for ROR has none."""
        befores: dict[str, set[str]] = defaultdict(set)
        afters: dict[str, set[str]] = defaultdict(set)
        for (one, other), (before, _, _) in self._pairs.items():
            if before[0].status != "withdrawn":
                befores[other].add(one)
                afters[one].add(other)
        rows = []
        for (one, other), (before, after, entry) in self._pairs.items():
            kind = _kind(before[0], after[0], len(befores[other])) if len(afters[one]) == 1 else ""
            if not kind:
                self._tell(before, after, entry)
                continue
            rows.append(
                {
                    "id": self._ids.new("suc", one, other),
                    "from_id": one,
                    "to_id": other,
                    "kind": kind,
                    "source_ids": sorted(before[2].sources | after[2].sources),
                }
            )
        return rows

    def _tell(self, before: _Record, after: _Record, entry: Entry) -> None:
        """What became of what is known, how is not."""
        message = f"its successor is {shown(after[0].name)}; ROR does not say whether by merger, renaming or division"
        remedy = "Add a succession if you know what happened."
        about = ("organizations", before[2].id)
        self._warnings.add("succession", message, remedy, entry=entry, field="relationships", about=about)


def _kind(before: Organization, after: Organization, n_before: int) -> str:
    """What happened to one of the predecessors of an organization, blank if the records do not tell."""
    if n_before > 1:
        return "merger"
    if before.founded and after.founded and after.founded < before.founded:
        return "merger"
    own = {name.casefold() for name in (before.name, *before.aliases)}
    return (
        "rename"
        if before.name.casefold() in {a.casefold() for a in after.aliases} or after.name.casefold() in own
        else ""
    )
