"""How well organizations are covered."""

from __future__ import annotations

import numpy as np

from app.analysis.careers import Careers
from app.analysis.coverage import coverage
from app.domain import dates
from app.domain.dataset import Dataset
from app.domain.dates import PAST
from app.files.registry import read
from app.places import bundled_dataset
from tests.domain.worlds import dataset


def test_people_posts_days_and_sources_are_counted_by_organization() -> None:
    stints = [
        {"id": "s1", "person_id": "ada", "organization_id": "lab", "start": "2020", "status": "confirmed",
         "source_ids": ["memo", "old"]},
        {"id": "s2", "person_id": "ada", "organization_id": "lab", "start": None, "source_ids": []},
        {"id": "s3", "person_id": "bob", "organization_id": "lab", "start": "2021-05", "source_ids": ["old"]},
    ]  # fmt: skip
    data = dataset(
        organizations=[{"id": "lab", "name": "Lab"}, {"id": "none", "name": "None"}],
        people=[{"id": "ada", "name": "Ada"}, {"id": "bob", "name": "Bob"}],
        stints=stints,
        sources=[{"id": "memo", "published": "2025-07-01"}, {"id": "old", "published": "2019"}],
    )
    made = coverage(data, Careers.of(data), np.ones(3, dtype=np.bool_))
    assert [a.tolist() for a in (made.people, made.stints, made.dated, made.confirmed, made.sourced)] == [
        [2, 0], [3, 0], [2, 0], [1, 0], [2, 0],
    ]  # fmt: skip
    assert made.newest.tolist() == [dates.day(2025, 7), PAST]


def test_every_stint_of_the_bundled_dataset_is_counted_once() -> None:
    data = read(bundled_dataset())
    every = np.ones(len(data.index), dtype=np.bool_)
    made = coverage(data, Careers.of(data), every)
    assert int(made.stints.sum()) == data["stints"].height
    assert (made.people <= made.stints).all()
    assert (np.maximum.reduce([made.dated, made.confirmed, made.sourced]) <= made.stints).all()
    empty = coverage(Dataset.of(), Careers.of(Dataset.of()), np.zeros(0, dtype=np.bool_))
    assert len(empty.people) == 0
