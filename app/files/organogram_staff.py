"""Staff under senior posts: numbers of people whom nobody names, as claims about the post.

One claim a post and snapshot: its value is the sum in full-time equivalents, its text says every row. A row of the same
line of the source, published in two files, is counted once. Rows under a post that is not there stand under their unit.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from app.domain import dates
from app.domain.dataset import Row
from app.files.cells import number
from app.files.dialects import Entry
from app.files.idents import Ids
from app.files.organogram_bodies import Bodies
from app.files.organogram_posts import Posts
from app.files.organogram_sheets import SOURCE_FILE, SOURCE_LINE, UNIT, Snapshot, lost_characters
from app.files.reading import Warnings, shown

POST, WORK, TIME = "Reporting Senior Post", "Generic Job Title", "Number of Posts in FTE"
GRADE, LEAST, MOST = "Grade", "Payscale Minimum (£)", "Payscale Maximum (£)"
PROFESSION = "Professional/Occupational Group"


class Staff:
    """The claims about the numbers of staff in one department."""

    def __init__(self, posts: Posts, bodies: Bodies, ids: Ids, warnings: Warnings) -> None:
        self._posts, self._bodies, self._ids, self._warnings = posts, bodies, ids, warnings

    def claims(self) -> list[Row]:
        """The rows of the table of claims, snapshot by snapshot."""
        return [row for snapshot in self._posts.series.snapshots for row in self._of(snapshot)]

    def _of(self, snapshot: Snapshot) -> list[Row]:
        groups: dict[tuple[str, str], list[Entry]] = {}
        alone = not snapshot.seniors
        if alone and snapshot.juniors:
            first = snapshot.juniors[0]
            message = "there is no senior file of its day beside it"
            self._warnings.add_file("no-senior", message, "Put the senior file of the same day beside it.",
                                    entry=first, about=("sources", snapshot.sources[first.name]))  # fmt: skip
        for entry in snapshot.juniors:
            seat = self._posts.ids.get((entry[POST], 0)) if entry[POST] else None
            table, row_id = ("seats", seat) if seat else ("organizations", self._bodies.of(entry, snapshot))
            groups.setdefault((f"{table}:{row_id}", entry[POST]), []).append(entry)
        return [self._claim(about, post, group, snapshot, alone=alone) for (about, post), group in groups.items()]

    def _claim(self, about: str, post: str, group: list[Entry], snapshot: Snapshot, *, alone: bool) -> Row:
        series, first = self._posts.series, group[0]
        day = None if snapshot.day is None else dates.text(snapshot.day)
        claim = self._ids.new("staff", series.department, post or "no-post", day or "")
        table, _, row_id = about.partition(":")
        seen = self._posts.history.get((post, 0)) if table == "seats" else None
        body = seen[-1].body if seen else row_id
        unit = next((s.entry[UNIT] for s in seen or () if series.snapshots[s.at] is snapshot), "")
        if table != "seats" and not alone:
            self._lost(claim, group)
        total, parts, repeated = Decimal(0), [], 0
        given: dict[tuple[str, ...], Entry] = {}
        for entry in group:
            line = tuple(cell for column, cell in entry.cells.items() if column != SOURCE_FILE)
            if entry[SOURCE_LINE] and (other := given.setdefault(line, entry)) is not entry:
                message = f"it is the same line of the source as row {other.row}; it was counted once"
                self._warn("repeated-line", message, "Remove one of the two.", claim, entry, "")
                repeated += 1
                continue
            total += self._time(claim, entry)
            parts.append(_told(entry, unit))
            for column in lost_characters(entry):
                message = f"a character was lost in {shown(entry[column])!r}"
                self._warn("lost-character", message, "Write it as it was meant.", claim, entry, column)
        rows = f"{len(parts)} row{'s' if len(parts) > 1 else ''}" + (f", {repeated} more repeated" if repeated else "")
        return {
            "id": claim,
            "about": [about],
            "topic": f"Staff under post {shown(post) or 'not named'}, {self._bodies.name(body)}",
            "field": "headcount",
            "value": _plain(total),
            "text": f"{_plain(total)} full-time equivalents in {rows}: {'; '.join(parts)}",
            "said_by": self._bodies.name(self._bodies.of(first, snapshot)) if table != "seats" else None,
            "stance": "neutral",
            "date": day,
            "status": "confirmed",
            "source_ids": list(dict.fromkeys(snapshot.sources[entry.name] for entry in group)),
        }

    def _lost(self, claim: str, group: list[Entry]) -> None:
        first = group[0]
        message = f"there is no senior post {shown(first[POST])}; its {len(group)} rows stand under the unit"
        self._warnings.add("dangling", message, "Correct the reference, or add the post to the senior file.",
                           entry=first, field=POST, about=("claims", claim), n=len(group))  # fmt: skip

    def _time(self, claim: str, entry: Entry) -> Decimal:
        """The full-time equivalents of a row; nothing where they are no number, and that is told."""
        text = entry[TIME]
        value = number(text)
        if value is not None and 0 <= value < 1e9:
            try:
                return Decimal(text)
            except InvalidOperation:  # what `number` takes and a Decimal does not
                pass
        message = f"{shown(text)!r} is no number of posts, and counts for nothing in the sum"
        self._warn("no-number", message, "Write a number of full-time equivalents.", claim, entry, TIME)
        return Decimal(0)

    def _warn(self, code: str, message: str, remedy: str, claim: str, entry: Entry, field: str) -> None:
        self._warnings.add(code, message, remedy, entry=entry, field=field, about=("claims", claim))


def _told(entry: Entry, unit: str) -> str:
    """A row in words: `3 Head of Team (Band 5, £53000 to £56399, Operational Delivery)`."""
    pay = f"£{entry[LEAST]} to £{entry[MOST]}" if entry[LEAST] and entry[MOST] else ""
    elsewhere = entry[UNIT] if entry[UNIT] != unit else ""
    more = ", ".join(part for part in (entry[GRADE], pay, entry[PROFESSION], elsewhere) if part)
    return f"{entry[TIME] or '?'} {entry[WORK] or 'not named'}{f' ({more})' if more else ''}"


def _plain(total: Decimal) -> str:
    return f"{total.normalize():f}"
