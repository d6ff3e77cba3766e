"""Columns as codes hold what the texts hold, in whatever order."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.coded import Coded, few, told


@given(st.lists(st.sampled_from([None, "", "..", "2020", "2020-03", "é"])), st.sampled_from([1, 100]))
def test_a_column_is_the_same_again(texts, times):
    texts = texts * times  # few rows are coded in another way than many
    coded = Coded.of(pl.Series(texts, dtype=pl.String))
    assert coded.column().to_list() == texts
    backwards = np.arange(len(texts))[::-1]
    assert coded.take(backwards).column().to_list() == texts[::-1]


def test_the_codes_are_places_among_the_texts():
    coded = Coded.of(pl.Series(["b", None, "a", "b"]))
    assert [coded.texts[code] for code in coded.codes.tolist()] == ["b", None, "a", "b"]
    assert sorted(coded.texts.drop_nulls()) == ["a", "b"]
    assert coded.texts[-1] is None
    assert not coded.codes.flags.writeable


@pytest.mark.parametrize("n", [1, 255, 256, 300, 65_536])
def test_texts_may_be_as_many_as_they_are(n):
    texts = [f"t-{i}" for i in range(n)] + [None]
    coded = Coded.of(pl.Series(texts, dtype=pl.String))
    assert coded.column().to_list() == texts


def test_texts_that_stand_in_few_rows_are_found_too():
    texts = ["often", None] * 150_000
    texts[3], texts[200_001] = "once", "twice"
    texts[7] = "twice"
    coded = Coded.of(pl.concat([pl.Series(texts[:1_000]), pl.Series(texts[1_000:])], rechunk=False))
    assert coded.column().to_list() == texts
    assert len(coded.texts) == 4


def test_all_rows_alike_or_blank():
    assert Coded.of(pl.Series(["x"] * 5)).is_alike
    assert Coded.of(pl.Series([None] * 5, dtype=pl.String)).column().to_list() == [None] * 5
    assert not Coded.of(pl.Series(["x", None])).is_alike
    assert Coded.of(pl.Series([], dtype=pl.String)).column().to_list() == []


def test_few_texts_are_told_by_a_look():
    assert few(pl.Series(["a", "b", None] * 4_000))
    assert not few(pl.Series([f"p-{i}" for i in range(12_000)]))
    assert not few(pl.Series(["a", "b"]))


@pytest.mark.parametrize("n", [0, 5, 200_000])
def test_what_codes_mean(n):
    codes = (np.arange(n) % 3).astype(np.uint8)
    assert told(np.array([10, 20, 30], dtype=np.int32), codes).tolist() == [10 * (i % 3 + 1) for i in range(n)]
    assert told(np.array([7]), np.zeros(n, dtype=np.uint8)).tolist() == [7] * n
