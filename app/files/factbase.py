"""The fact base → a Dataset (`data.md` section 8): seven CSV files of its own dialect, known by their headers.

Every row becomes a row and every cell can be found again; what the dialect says by convention (a status that is an
outcome, the words of what a claim is about) is written out. Stints, seats and reports are made by `factbase_posts`;
what the prose of the fact base says is in `factbase_notes`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from app.domain.dataset import Dataset, frame_of
from app.domain.errors import DataError, Fault
from app.files import csvs
from app.files import factbase_notes as notes
from app.files.canonical import canonical, composed
from app.files.cells import number
from app.files.csvs import Tables
from app.files.factbase_posts import Posts, Row, listed
from app.files.manifest import written

HEADERS = {
    "organizations": ("id", "name", "kind", "parent_id", "founded", "hq_city", "hq_country", "notes", "source_ids"),
    "people": ("id", "name", "expertise", "orcid", "openalex", "notes", "source_ids"),
    "stints": ("person_id", "org_id", "team", "role", "start", "end", "status", "source_ids"),
    "team_seats": (
        "person_id",
        "announced_or_joined",
        "seat_role",
        "origin_org_id",
        "reports_to",
        "left",
        "status",
        "source_ids",
    ),
    "relations": ("from_org", "to_org", "type", "amount_usd", "stake_pct", "announced", "status", "source_ids"),
    "claims": ("id", "about", "claim", "status", "date", "source_ids"),
    "sources": ("id", "publisher", "title", "url", "published", "note"),
}
"""The columns of each file."""

_SIGN = ("stints", ("person_id", "org_id"))
_OUTCOMES = ("lapsed", "unwound")
_SECONDARY = re.compile(r"secondary report of ([^;,]+)", re.IGNORECASE)


def recognises(tables: Tables) -> bool:
    """Whether a folder or zip of CSV files is a fact base."""
    name, columns = _SIGN
    file = f"{name}{csvs.SUFFIX}"
    return file in tables.names and set(columns) <= set(tables.header(file))


def read(path: Path) -> Dataset:
    """The Dataset of a fact base in a folder or zip. Files that are missing are empty tables.

    FileError where it cannot be read, DataError where a column, a person or a number is not what it must be.
    """
    with csvs.opened(path) as tables:
        given = {name: list(_rows(tables, name)) for name in HEADERS}
    base, posts = _FactBase(given), Posts(given)
    rows = {
        "organizations": base.organizations(),
        "people": base.people(),
        "seats": posts.seats,
        "reports": posts.reports(),
        "stints": posts.stints(),
        "relations": base.relations(),
        "successions": base.successions(),
        "targets": base.targets(),
        "claims": base.claims(),
        "sources": base.sources(),
    }
    return Dataset.of({name: canonical(name, composed(frame_of(name, found))) for name, found in rows.items()})


def _rows(tables: Tables, name: str) -> Iterator[Row]:
    """The rows of a file as dicts, blank cells as None, with the line and what no column declares."""
    file = f"{name}{csvs.SUFFIX}"
    if file not in tables.names:
        return
    lines = tables.lines(file)
    header = next(lines)[1]
    if missing := [column for column in HEADERS[name] if column not in header]:
        remedy = f"The columns of {file} are {', '.join(HEADERS[name])}."
        raise DataError(
            Fault("missing", f"it has no column {missing[0]}", remedy, file=tables.place(file), row=1, field=missing[0])
        )
    for line, cells in lines:
        row: Row = {column: cell or None for column, cell in zip(header, cells, strict=True)}
        strange = {column: row.pop(column) for column in header if column not in HEADERS[name]}
        held = {column: value for column, value in strange.items() if value is not None}
        yield {**row, "extra": written(held) if held else None, "line": line, "place": tables.place(file)}


class _FactBase:
    """The tables that follow from the files row by row."""

    def __init__(self, given: dict[str, list[Row]]) -> None:
        self._given = given
        self._organizations = {row["id"] for row in given["organizations"]}

    def organizations(self) -> list[Row]:
        """The organizations, the best known with a colour of the palette."""
        colors = {organization: f"c{n}" for n, organization in enumerate(notes.COLORS, 1)}
        return [
            {**row, "color": colors.get(row["id"]), "source_ids": listed(row["source_ids"])}
            for row in self._given["organizations"]
        ]

    def people(self) -> list[Row]:
        """The people."""
        return [
            {**row, "expertise": listed(row["expertise"]), "source_ids": listed(row["source_ids"])}
            for row in self._given["people"]
        ]

    def relations(self) -> list[Row]:
        """The relations; what an offer became is its outcome, not its evidence."""
        count: dict[str, int] = defaultdict(int)
        found = []
        for row in self._given["relations"]:
            stem = f"rel-{row['from_org']}-{row['to_org']}-{row['type']}"
            count[stem] += 1
            outcome = row["status"] if row["status"] in _OUTCOMES else None
            found.append(
                {
                    "id": f"{stem}-{count[stem]}",
                    "from_id": row["from_org"],
                    "to_id": row["to_org"],
                    "kind": row["type"],
                    "amount_usd": _number(row, "amount_usd"),
                    "stake_pct": _number(row, "stake_pct"),
                    "announced": row["announced"],
                    "outcome": outcome,
                    "status": "reported" if outcome else row["status"],
                    "source_ids": listed(row["source_ids"]),
                    "extra": row["extra"],
                }
            )
        return found

    def successions(self) -> list[Row]:
        """The successions among the organizations that the fact base has."""
        return [
            {**s._asdict(), "id": f"suc-{s.from_id}-{s.to_id}", "source_ids": list(s.source_ids)}
            for s in notes.SUCCESSIONS
            if s.from_id in self._organizations and s.to_id in self._organizations
        ]

    def targets(self) -> list[Row]:
        """The wanted sizes that a claim of the fact base carries."""
        claims = {row["id"]: row for row in self._given["claims"]}
        return [
            {
                "id": f"target-{target.organization_id}",
                "organization_id": target.organization_id,
                "seats": target.seats,
                "status": claims[target.claim_id]["status"],
                "notes": target.notes,
                "source_ids": listed(claims[target.claim_id]["source_ids"]),
            }
            for target in notes.TARGETS
            if target.claim_id in claims
        ]

    def claims(self) -> list[Row]:
        """The claims, each with its matter."""
        found = []
        for row in self._given["claims"]:
            matter = notes.MATTERS.get(row["id"], notes.Matter(""))
            found.append(
                {
                    **matter._asdict(),
                    "id": row["id"],
                    "about": [_about(item, row) for item in listed(row["about"])],
                    "text": row["claim"],
                    "status": row["status"],
                    "date": row["date"],
                    "source_ids": listed(row["source_ids"]),
                    "extra": row["extra"],
                }
            )
        return found

    def sources(self) -> list[Row]:
        """The sources; one that its note calls secondary is derived where the first one is listed."""
        by_publisher = {row["publisher"]: row["id"] for row in self._given["sources"]}
        found = []
        for row in self._given["sources"]:
            named = _SECONDARY.search(row["note"] or "")
            first = by_publisher.get(named[1].strip()) if named else None
            kind = "derived" if first else notes.SOURCE_KINDS.get(row["id"], "press")
            found.append({**row, "notes": row["note"], "kind": kind, "derived_from": first})
        return found


def _about(item: str, row: Row) -> str:
    """`org:a`, `person:a`, `move:a:b` in the words of a claim."""
    kind, _, rest = item.partition(":")
    match kind, rest.split(":"):
        case "org", [organization] if organization:
            return f"organizations:{organization}"
        case "person", [person] if person:
            return f"people:{person}"
        case "move", [origin, destination] if origin and destination:
            return f"flow:{origin}>{destination}"
    remedy = "Write org:ID, person:ID or move:ID:ID."
    raise DataError(
        Fault(
            "bad-form",
            f"{item!r} names nothing",
            remedy,
            file=row["place"],
            table="claims",
            row=row["line"],
            id=row["id"] or "",
            field="about",
        )
    )


def _number(row: Row, column: str) -> float | None:
    text = row[column]
    value = number(text) if text else None
    if text and value is None:
        message, remedy = f"{text!r} is not a number", "Write a number without units, or leave it blank."
        raise DataError(
            Fault("wrong-type", message, remedy, file=row["place"], table="relations", row=row["line"], field=column)
        )
    return value
