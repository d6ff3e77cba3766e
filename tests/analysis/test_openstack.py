"""A real sample: the employers of OpenStack's developers, of which only ends are known."""

from __future__ import annotations

import csv
import re
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from app.analysis.careers import Careers
from app.analysis.flows import Flows
from app.domain import dates
from app.domain.dataset import Dataset, frame_of
from tests.analysis import reference
from tests.analysis.cases import Tables, full, tables_of

SAMPLE = Path(__file__).parent.parent / "data" / "openstack" / "stints.csv"


@pytest.fixture(scope="module")
def tables() -> Tables:
    tables = tables_of("")
    tables["people"].clear()
    with SAMPLE.open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    companies = {name: f"o{nth:03}" for nth, name in enumerate(sorted({line["company"] for line in lines}))}
    for name, code in companies.items():
        tables["organizations"].append(full("organizations", id=code, name=name))
    for person in sorted({line["person"] for line in lines}):
        tables["people"].append(full("people", id=person, name=person))
    last = {line["person"]: line["seq"] for line in lines}
    for line in lines:
        raw = line["end_date_raw"]
        row = full("stints", id=f"{line['person']}-{line['seq']}", person_id=line["person"], rank=int(line["seq"]))
        row["organization_id"] = companies[line["company"]]
        row["end"] = datetime.strptime(raw, "%Y-%b-%d").date().isoformat() if raw else None
        if not raw and line["seq"] == last[line["person"]]:
            row["end"] = ".."
        tables["stints"].append(row)
    return tables


@pytest.fixture(scope="module")
def dataset(tables: Tables) -> Dataset:
    return Dataset.of({name: frame_of(name, rows) for name, rows in tables.items() if rows})


def test_it_has_623_moves_over_276_pairs(dataset: Dataset) -> None:
    moves = Careers.of(dataset).moves
    flows = Flows.of(moves, dataset["organizations"].height)

    assert len(moves) == 623
    assert (flows.n_moves.sum(), len(flows)) == (623, 276)


def test_a_move_is_undated_where_the_end_left_or_the_end_of_the_next_stint_is_not_known(dataset: Dataset) -> None:
    moves, index = Careers.of(dataset).moves, dataset.index
    unknown = (index.end_lo[moves.left_stint] == dates.PAST) | (index.end_hi[moves.joined_stint] == dates.FUTURE)

    np.testing.assert_array_equal(moves.undated, unknown)


def test_the_slow_path_finds_the_same(tables: Tables, dataset: Dataset) -> None:
    moves = Careers.of(dataset).moves
    people = sorted({dataset["people"].item(int(person), "id") for person in moves.person})[:60]
    some = {**tables, "people": [full("people", id=person, name=person) for person in people]}
    found = reference.derive(some)

    assert len(found.moves) == int(np.isin(dataset["people"].get_column("id").to_numpy()[moves.person], people).sum())
    assert all(re.fullmatch(r"move:[a-z0-9-]+>[a-z0-9-]+", key) for key in found.moves)
