"""Numbered ids are put in order and looked up as texts would be."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import numbered

ABSENT = -1


def order_of(ids: list[str]) -> list[int] | None:
    ends = numbered.ends(pl.Series(ids))
    found = None if ends is None else numbered.order(ends[1])
    return None if found is None else found.tolist()


def test_the_order_is_that_of_the_texts_and_equal_ones_stay_as_they_stood():
    assert order_of(["st-00000012", "st-00000003", "st-00000012", "st-00000000"]) == [3, 1, 0, 2]
    assert order_of(["10-a-9999", "10-a-0001"]) == [1, 0]
    assert order_of(["12345678"] * 2) == [0, 1]


@pytest.mark.parametrize(
    "ids",
    [
        ["st-0000012", "st-00000012"],
        ["a-00000001", "b-00000001"],
        ["0000001", "0000002"],
        ["st-0000000a", "st-00000001"],
        ["st-0000000:", "st-00000001"],
        ["st-000000é", "st-0000001"],
    ],
    ids=["lengths", "beginnings", "short", "letters", "next to digits", "not ASCII"],
)
def test_other_ids_are_not_taken_for_numbers(ids):
    assert order_of(ids) is None


def test_blank_ids_and_none_are_not_taken_for_numbers():
    assert numbered.ends(pl.Series(["st-00000001", None])) is None
    assert numbered.ends(pl.Series([None, "st-00000001"])) is None
    assert numbered.ends(pl.Series([], dtype=pl.String)) is None


def test_values_are_found_and_what_is_not_there_is_absent():
    ids = pl.Series([f"p-{n:07d}" for n in (5, 7, 7, 9)])
    values = pl.Series([f"p-{n:07d}" for n in (9, 7, 4, 6, 5, 9999999, 0)])
    assert numbered.positions(values, ids, ABSENT).tolist() == [3, 1, -1, -1, 0, -1, -1]
    strange = pl.Series([*values, "p-000000x"])
    assert numbered.positions(strange, ids, ABSENT) is None
    assert numbered.positions(pl.Series(["q-0000005"]), ids, ABSENT) is None
    assert numbered.positions(values, pl.Series(["p-0000000", "p-9999999"]), ABSENT) is None  # a table too long


@given(st.lists(st.integers(0, 300), min_size=60, max_size=80), st.lists(st.integers(0, 999), min_size=1, max_size=40))
def test_order_and_positions_are_those_of_the_texts(own, wanted):
    texts = [f"made-up-{n:04d}" for n in own]
    assert order_of(texts) == np.argsort(np.array(texts), kind="stable").tolist()
    ids = sorted(texts)
    values = [f"made-up-{n:04d}" for n in wanted]
    found = numbered.positions(pl.Series(values), pl.Series(ids), ABSENT)
    assert found.tolist() == [ids.index(value) if value in ids else ABSENT for value in values]
