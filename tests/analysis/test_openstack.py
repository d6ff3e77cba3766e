"""A real sample: the employers of OpenStack's developers, of which only ends are known."""

from __future__ import annotations

import re

import numpy as np
import pytest

from app.analysis.careers import Careers
from app.analysis.flows import Flows
from app.domain import dates
from app.domain.dataset import Dataset, frame_of
from tests.analysis import reference
from tests.analysis.cases import Tables, full
from tests.analysis.openstack import openstack_tables


@pytest.fixture(scope="module")
def tables() -> Tables:
    return openstack_tables()


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
