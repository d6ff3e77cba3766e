"""Tables of any make become datasets: nothing lost, nothing invented, and the same for the same file."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.analysis.moves import moves
from app.analysis.options import Options
from app.domain.checks import check, errors
from app.domain.dataset import Dataset
from app.domain.errors import DataError, FileError, TalentflowError
from app.files import factbase_notes, registry, sheets, table
from app.files.mapping import Mapping, Use
from app.files.mapping_guess import guessed
from app.files.reading import Reading
from tests.files.made import mutated, put, same
from tests.files.workbooks import workbook

FACTS = Path(__file__).parents[2] / "data" / "facts"


def read(folder: Path, text: str, *columns: str, **more: Any) -> Reading:
    found = table.read(put(folder / "t.csv", text), columns=columns, **more)
    assert not errors(check(found.dataset))
    return found


def rows(dataset: Dataset, name: str) -> list[dict[str, Any]]:
    return [{key: value for key, value in row.items() if value} for row in dataset[name].iter_rows(named=True)]


def posts(dataset: Dataset) -> dict[str, list[tuple[Any, ...]]]:
    """Of each person by name: where, from when, to when, in order."""
    people, organizations = dataset.names("people"), dataset.names("organizations")
    found = defaultdict(list)
    for row in sorted(dataset["stints"].iter_rows(named=True), key=lambda row: row["rank"]):
        found[people[row["person_id"]]].append((organizations[row["organization_id"]], row["start"], row["end"]))
    return dict(found)


def test_the_fact_base_as_a_table_is_the_fact_base(tmp_path: Path):
    for name in ("people", "organizations", "stints", "sources"):
        put(tmp_path / f"{name}.csv", (FACTS / f"{name}.csv").read_bytes())
    native = registry.read(tmp_path, "factbase")
    held = sheets.sheet(tmp_path / "stints.csv")
    guess = guessed(held)
    assert guess.sure
    mapping = Mapping.of("stints", dict(guess.mapping.columns), runs_on=True)
    found = table.reading(held, mapping)
    assert found.faults == found.ignored == ()
    assert not errors(check(found.dataset))
    said = found.dataset

    def stints(dataset: Dataset, *, named: bool) -> dict[str, list[tuple[Any, ...]]]:
        people, bodies = dataset.names("people"), dataset.names("organizations")
        sources = {row["id"]: row["title"] for row in dataset["sources"].iter_rows(named=True)}
        made = defaultdict(list)
        for row in sorted(dataset["stints"].iter_rows(named=True), key=lambda row: row["rank"]):
            person = people[row["person_id"]] if named else row["person_id"]
            body = bodies[row["organization_id"]] if named else row["organization_id"]
            cites = {sources[i] for i in row["source_ids"]} - {"stints.csv"} if named else {*row["source_ids"]}
            end = None if (person, body) in factbase_notes.HELD_AT_ONCE and row["end"] == ".." else row["end"]
            kind = row["kind"] or "employment"
            fields = (row["unit"], row["role"], row["start"], row["status"], row["rank"])
            made[person].append((body, *fields, end, kind, frozenset(cites)))
        return dict(made)

    def without_held(stints_of: dict[str, list[tuple[Any, ...]]]) -> dict[str, list[tuple[Any, ...]]]:
        return {
            person: [
                (*p[:6], None if (person, p[0]) in factbase_notes.HELD_AT_ONCE and p[6] == ".." else p[6], *p[7:])
                for p in some
            ]
            for person, some in stints_of.items()
        }

    expected, got = without_held(stints(native, named=False)), without_held(stints(said, named=True))
    assert got == expected
    with (FACTS / "stints.csv").open(encoding="utf-8", newline="") as file:
        given_rows = list(csv.DictReader(file))
    assert said["stints"].height == len(given_rows) == 479
    assert {*said.names("people").values()} == {row["person_id"] for row in given_rows}
    assert {*said.names("organizations").values()} == {row["org_id"] for row in given_rows}

    def moved(dataset: Dataset, *, named: bool) -> list[tuple[Any, ...]]:
        plain = {
            "stints": dataset["stints"].with_columns(order_stated=pl.lit(None, dtype=pl.Boolean)),
            "people": dataset["people"],
            "organizations": dataset["organizations"].with_columns(parent_id=pl.lit(None, dtype=pl.String)),
            "sources": dataset["sources"],
        }
        if not named:  # what the fact base's README says of posts held at once, a table does not say
            held_so = pl.concat_str("person_id", pl.lit(" "), "organization_id").is_in(
                [f"{person} {body}" for person, body in factbase_notes.HELD_AT_ONCE]
            )
            last = pl.col("rank") == pl.col("rank").max().over("person_id")
            blank = pl.when(held_so & ~last & (pl.col("end") == "..")).then(None).otherwise("end")
            plain["stints"] = plain["stints"].with_columns(end=blank)
        bare = Dataset.of(plain)
        made = moves(bare, Options())
        people, bodies = bare.names("people"), bare.names("organizations")
        ids = bare["people"]["id"], bare["organizations"]["id"]
        names = (lambda n: people[ids[0][int(n)]], lambda n: bodies[ids[1][int(n)]]) if named else (
            lambda n: ids[0][int(n)], lambda n: ids[1][int(n)]
        )  # fmt: skip
        return sorted(
            (names[0](p), names[1](a), names[1](b), int(lo), int(hi))
            for p, a, b, lo, hi in zip(
                made.person, made.from_org, made.to_org, made.joined_lo, made.joined_hi, strict=True
            )
        )

    assert moved(said, named=True) == moved(native, named=False)
