"""Reading `tests/data/moves.csv`, and building Datasets for the tests of this room.

A stint is written `id organization start to end flags`, with `?` for a blank date; flags are a kind, a status,
`unordered`, `rank N`, `announced DATE`, `known DATE` (`published` of its only source), `claim FIELD VALUE in DATE`.
An organization is `id:kind<parent`, a succession `from>to kind previous date status`.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.domain import dates
from app.domain.dataset import Dataset, frame_of
from app.domain.dates import FUTURE, PAST
from app.domain.schema import STATUSES, TABLES

TABLE = Path(__file__).parent.parent / "data" / "moves.csv"
Row = dict[str, Any]
Tables = dict[str, list[Row]]


@dataclass(frozen=True)
class Case:
    """One line of the table: the tables it describes, options, and what is expected, as sets of texts."""

    name: str
    tables: Tables
    level: Any
    known_by: int | None
    moves: set[str]
    hires: set[str]
    exits: set[str]
    second_posts: set[str]
    left_out: set[str]


def cases() -> list[Case]:
    """All lines of the table."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return [_case(row) for row in csv.DictReader(file)]


def _case(row: dict[str, str]) -> Case:
    return Case(
        row["case"],
        tables_of(row["stints"], row["organizations"], row["successions"]),
        row["level"],
        dates.parse(row["known_by"]).latest - 1 if row["known_by"] else None,
        _parts(row["moves"], " | "),
        _parts(row["hires"], " "),
        _parts(row["exits"], " "),
        _parts(row["second_posts"], " "),
        _parts(row["left_out"], " | "),
    )


def _parts(text: str, between: str) -> set[str]:
    return {part.strip() for part in text.split(between) if part.strip()}


def tables_of(stints: str, organizations: str = "", successions: str = "", person: str = "p") -> Tables:
    """The short notation → rows of all tables, with one person. Stint ids get no prefix."""
    tables: Tables = {table: [] for table in TABLES}
    tables["people"].append(full("people", id=person, name=person))
    for text in organizations.split():
        name, kind, parent = re.fullmatch(r"([a-z0-9-]+)(?::([a-z-]+))?(?:<([a-z0-9-]+))?", text).groups()  # type: ignore[union-attr]  # every cell of the table has this form
        tables["organizations"].append(full("organizations", id=name, name=name, kind=kind, parent_id=parent))
    for nth, text in enumerate(part for part in successions.split("|") if part.strip()):
        tables["successions"].append(_succession(f"suc-{nth}", text.split()))
    for nth, text in enumerate(part for part in stints.split(";") if part.strip()):
        _stint(tables, person, nth, text.split())
    known = {row["id"] for row in tables["organizations"]}
    named = [row["organization_id"] for row in tables["stints"]]
    named += [row[end] for row in tables["successions"] for end in ("from_id", "to_id", "previous_id")]
    named += [row["parent_id"] for row in tables["organizations"]]
    for name in sorted({name for name in named if name} - known):
        tables["organizations"].append(full("organizations", id=name, name=name))
    return tables


def _succession(name: str, words: list[str]) -> Row:
    left, joined = words[0].split(">")
    kind, date = words[1], next(word for word in words if re.fullmatch(r"\d{4}.*", word))
    status = next((word for word in words if word in STATUSES), "confirmed")
    previous = words[2] if kind == "reparented" and words[2] != date else None
    return full(
        "successions", id=name, from_id=left, to_id=joined, kind=kind, previous_id=previous, date=date, status=status
    )


def _stint(tables: Tables, person: str, nth: int, words: list[str]) -> None:
    name, organization, start, _, end, *flags = words
    row = full("stints", id=name, person_id=person, organization_id=organization, rank=nth, status="confirmed")
    row |= {"start": None if start == "?" else start, "end": None if end == "?" else end}
    while flags:
        flag = flags.pop(0)
        if flag in TABLES["stints"].field("kind").vocabulary:
            row["kind"] = flag
        elif flag in STATUSES:
            row["status"] = flag
        elif flag == "unordered":
            row["order_stated"] = False
        elif flag == "rank":
            row["rank"] = int(flags.pop(0))
        elif flag == "announced":
            row["announced"] = flags.pop(0)
        elif flag == "known":
            row["source_ids"] = [_source(tables, flags.pop(0))]
        elif flag == "claim":
            field, value, _, published = (flags.pop(0) for _ in range(4))
            tables["claims"].append(
                full(
                    "claims",
                    id=f"claim-{len(tables['claims'])}",
                    about=[f"stints:{name}"],
                    field=field,
                    value=value,
                    source_ids=[_source(tables, published)],
                )
            )
        else:
            raise ValueError(f"stint {name}: what is {flag!r}?")
    tables["stints"].append(row)


def _source(tables: Tables, published: str) -> str:
    name = f"source-{len(tables['sources'])}"
    tables["sources"].append(full("sources", id=name, published=published))
    return name


def full(table: str, **values: Any) -> Row:
    """A row with all fields of its table; those not given are blank."""
    blank = {name: [] if name in ("source_ids", "aliases", "expertise") else None for name in TABLES[table].names}
    return blank | values


def dataset_of(tables: Tables) -> Dataset:
    """Rows → Dataset."""
    return Dataset.of({name: frame_of(name, rows) for name, rows in tables.items() if rows})


def written(lo: int, hi: int) -> str:
    """Bounds as the table writes them: an EDTF date where one has just these bounds, else `from/to`."""
    if lo > PAST and hi < FUTURE:
        text = dates.text(lo)
        for part in (text[:4], text[:7], text):
            if dates.parse(part)[:2] == (lo, hi):
                return part
    return f"{dates.text(lo) or '-'}/{dates.text(hi)}"


def move_text(stints: str, between: str, left: tuple[int, int], joined: tuple[int, int], more: Row) -> str:
    """A move as the table writes it. more: nominal, undated, status."""
    text = f"{stints} {between} left {written(*left)} joined {written(*joined)}"
    if more["undated"]:
        return f"{text} undated"
    if more["nominal"] != joined[0]:
        text += f" on {dates.text(more['nominal'])}"
    return text if more["status"] == "confirmed" else f"{text} {more['status']}"
