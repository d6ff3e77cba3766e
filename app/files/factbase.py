"""The fact base → a Dataset (`data.md` section 8): seven CSV files of its own dialect, known by their headers.

Every row becomes a row and every cell can be found again; what the dialect says by convention (row order, blank ends,
a status that is an outcome, seats that name no stint) is written out. What its prose says is in `factbase_notes`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from app.domain import dates
from app.domain.dataset import Dataset, frame_of
from app.domain.errors import DataError, Fault
from app.files import csvs
from app.files import factbase_notes as notes
from app.files.canonical import canonical, composed
from app.files.csvs import Tables
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
_STEP = 10
_FOUNDER = re.compile(r"founder|co-founder|founding", re.IGNORECASE)
_KINDS = (
    ("visiting", re.compile(r"visiting", re.IGNORECASE)),
    ("advisor", re.compile(r"advis[eo]r|advisory", re.IGNORECASE)),
    ("education", re.compile(r"student|phd|doctoral|master|bachelor|postdoc", re.IGNORECASE)),
)
_OUTCOMES = ("lapsed", "unwound")
_SECONDARY = re.compile(r"secondary report of ([^;,]+)", re.IGNORECASE)
_SPLIT = "One post in the fact base, divided where the seat begins"

Row = dict[str, Any]


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
    base = _FactBase(given, str(path))
    rows = {
        "organizations": base.organizations(),
        "people": base.people(),
        "seats": base.seats(),
        "reports": base.reports(),
        "stints": base.stints(),
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
    """The rows of the files, and what one file must know of another."""

    def __init__(self, given: dict[str, list[Row]], place: str) -> None:
        self._given = given
        self._place = place
        self._parents = {row["id"]: row["parent_id"] for row in given["organizations"]}
        self._by_person: dict[str, list[Row]] = defaultdict(list)
        self._make_stints()
        self._make_seats()

    def organizations(self) -> list[Row]:
        """The organizations, the best known with a colour of the palette."""
        colors = {organization: f"c{n}" for n, organization in enumerate(notes.COLORS, 1)}
        return [
            {**row, "color": colors.get(row["id"]), "source_ids": _list(row["source_ids"])}
            for row in self._given["organizations"]
        ]

    def people(self) -> list[Row]:
        """The people."""
        return [
            {**row, "expertise": _list(row["expertise"]), "source_ids": _list(row["source_ids"])}
            for row in self._given["people"]
        ]

    def stints(self) -> list[Row]:
        """The stints of every person in the order of the file."""
        return [stint for stints in self._by_person.values() for stint in stints]

    def seats(self) -> list[Row]:
        """The seats of the team, and one for each person to whom a seat reports and who has none there."""
        return self._seats

    def reports(self) -> list[Row]:
        """The solid lines from the team's seats."""
        of_person = {seat["person_id"]: seat["id"] for seat in self._seats}
        return [
            {
                "id": f"rp-{row['person_id']}",
                "seat_id": of_person[row["person_id"]],
                "to_seat_id": of_person[row["reports_to"]],
                "kind": "solid",
                "status": "reported",
                "source_ids": _list(row["source_ids"]),
            }
            for row in self._given["team_seats"]
            if row["reports_to"]
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
                    "source_ids": _list(row["source_ids"]),
                    "extra": row["extra"],
                }
            )
        return found

    def successions(self) -> list[Row]:
        """The successions among the organizations that the fact base has."""
        return [
            {**s._asdict(), "id": f"suc-{s.from_id}-{s.to_id}", "source_ids": list(s.source_ids)}
            for s in notes.SUCCESSIONS
            if s.from_id in self._parents and s.to_id in self._parents
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
                "source_ids": _list(claims[target.claim_id]["source_ids"]),
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
                    "about": [_about(item, row) for item in _list(row["about"])],
                    "text": row["claim"],
                    "status": row["status"],
                    "date": row["date"],
                    "source_ids": _list(row["source_ids"]),
                    "extra": row["extra"],
                }
            )
        return found

    def sources(self) -> list[Row]:
        """The sources; one that its note calls secondary is derived where the first one is listed."""
        listed = {row["publisher"]: row["id"] for row in self._given["sources"]}
        found = []
        for row in self._given["sources"]:
            named = _SECONDARY.search(row["note"] or "")
            first = listed.get(named[1].strip()) if named else None
            kind = "derived" if first else notes.SOURCE_KINDS.get(row["id"], "press")
            found.append({**row, "notes": row["note"], "kind": kind, "derived_from": first})
        return found

    def _make_stints(self) -> None:
        for row in self._given["stints"]:
            person = row["person_id"]
            stints = self._by_person[person]
            rank = _STEP * (len(stints) + 1)
            stints.append(
                {
                    "id": f"st-{person}-{rank}",
                    "person_id": person,
                    "organization_id": row["org_id"],
                    "unit": row["team"],
                    "role": row["role"],
                    "kind": _kind(row["role"] or ""),
                    "rank": rank,
                    "order_stated": False if (person, row["org_id"]) in notes.ORDER_NOT_STATED else None,
                    "start": row["start"],
                    "end": row["end"],
                    "status": row["status"],
                    "source_ids": _list(row["source_ids"]),
                    "extra": row["extra"],
                }
            )
        for person, stints in self._by_person.items():
            for stint in stints:
                runs_on = stint is stints[-1] or (person, stint["organization_id"]) in notes.HELD_AT_ONCE
                if stint["end"] is None and runs_on:
                    stint["end"] = dates.OPEN

    def _make_seats(self) -> None:
        self._seats: list[Row] = []
        for rank, row in enumerate(self._given["team_seats"], 1):
            person = row["person_id"]
            seat = {
                "id": f"seat-{rank:02d}-{person}",
                "person_id": person,
                "organization_id": notes.TEAM,
                "title": row["seat_role"],
                "rank": rank,
                "status": row["status"],
                "source_ids": _list(row["source_ids"]),
                "extra": row["extra"],
            }
            before = self._seated(row, seat)
            if row["origin_org_id"] and row["origin_org_id"] != before:
                seat["notes"] = f"Origin as recorded: {row['origin_org_id']}"
            self._seats.append(seat)
        seated = {seat["person_id"] for seat in self._seats}
        for row in self._given["team_seats"]:
            person = row["reports_to"]
            if person and person not in seated:
                seated.add(person)
                self._seats.append(self._leader(row))

    def _seated(self, row: Row, seat: Row) -> str | None:
        """Put the holder into a seat; the organization where the person was before.

        The holder is the person's last stint in the team's family that does not begin clearly after the seat's day.
        """
        stints = self._by_person[row["person_id"]]
        family = self._root(notes.TEAM)
        day = _span(row, "announced_or_joined")
        here = [n for n, stint in enumerate(stints) if self._root(stint["organization_id"]) == family]
        if not here:
            message, remedy = f"{row['person_id']} has no stint there", "Add the stint to stints.csv."
            raise DataError(
                Fault("dangling", message, remedy, file=row["place"], row=row["line"], field="person_id", table="seats")
            )
        in_time = [n for n in here if _span(stints[n], "start").earliest < day.latest]
        at = in_time[-1] if in_time else here[-1]
        if _span(stints[at], "start").latest <= day.earliest:
            stints[at : at + 1] = _divided(stints[at], row["announced_or_joined"], seat["source_ids"])
            at += 1
        holder = stints[at]
        holder["seat_id"] = seat["id"]
        holder["announced"] = row["announced_or_joined"]
        holder["end"] = row["left"] or holder["end"]
        if row["status"] == "denied":
            holder["status"] = "denied"
        return stints[at - 1]["organization_id"] if at else None

    def _leader(self, row: Row) -> Row:
        """A seat outside the team for somebody to whom one of its seats reports: that of the last stint."""
        person = row["reports_to"]
        if not self._by_person.get(person):
            message, remedy = f"{person} has no stint", "Add the stint to stints.csv."
            raise DataError(
                Fault(
                    "dangling", message, remedy, file=row["place"], row=row["line"], field="reports_to", table="reports"
                )
            )
        stint = self._by_person[person][-1]
        seat = {
            "id": f"seat-00-{person}",
            "person_id": person,
            "organization_id": stint["organization_id"],
            "title": stint["role"],
            "rank": 0,
            "status": stint["status"],
            "source_ids": stint["source_ids"],
        }
        stint["seat_id"] = seat["id"]
        return seat

    def _root(self, organization: str | None) -> str | None:
        seen: set[str] = set()
        while organization is not None and organization not in seen and self._parents.get(organization):
            seen.add(organization)
            organization = self._parents[organization]
        return organization


def _divided(stint: Row, day: str, source_ids: Iterable[str]) -> list[Row]:
    """A stint as two of one organization, the second from a day on."""
    rank = stint["rank"] + _STEP // 2
    second = {
        **stint,
        "id": f"st-{stint['person_id']}-{rank}",
        "rank": rank,
        "start": day,
        "source_ids": [*stint["source_ids"], *source_ids],
        "notes": _SPLIT,
        "extra": None,
    }
    return [{**stint, "end": day, "notes": _SPLIT}, second]


def _kind(role: str) -> str:
    if _FOUNDER.match(role):
        return "founder"
    return next((kind for kind, pattern in _KINDS if pattern.match(role)), "employment")


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


def _list(cell: str | None) -> list[str]:
    return csvs.elements(cell) if cell else []


def _number(row: Row, column: str) -> float | None:
    text = row[column]
    value = csvs.number(text) if text else None
    if text and value is None:
        message, remedy = f"{text!r} is not a number", "Write a number without units, or leave it blank."
        raise DataError(
            Fault("wrong-type", message, remedy, file=row["place"], table="relations", row=row["line"], field=column)
        )
    return value


def _span(row: Row, column: str) -> dates.Span:
    """Bounds of a date; one that cannot be read counts as unknown here, and `domain.checks` names it."""
    return dates.parse(row[column]) if dates.readable(row[column]) else dates.UNKNOWN
