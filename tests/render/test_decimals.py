"""Numbers as text: two decimals at most, however many there are and however large."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from app.render.decimals import path_texts, row_texts, written


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (-0.001, "0"),
        (7.0, "7"),
        (0.5, "0.50"),
        (-0.05, "-0.05"),
        (1234.567, "1234.57"),
        (9999.994, "9999.99"),
        (9999.996, "10000"),
        (-123456.7, "-123456.70"),
    ],
)
def test_a_number_has_two_decimals_or_none(value, text):
    assert written(np.array([value]), "M") == f"M{text}"
    assert written(np.array([value, 1e6]), "M,") == f"M{text},1000000"  # beyond what is put together from pieces


@given(arrays(np.float64, st.tuples(st.integers(0, 6), st.just(4)), elements=st.floats(-12_000, 12_000)))
def test_many_numbers_are_written_as_each_of_them_would_be(values):
    expected = [f"{x:.2f}".removesuffix(".00") for x in (np.round(values, 2) + 0.0).ravel().tolist()]
    assert written(values, "M, ,") == "".join(
        letter + text for letter, text in zip("M, ," * len(values), expected, strict=True)
    )


def test_paths_and_rows_are_taken_apart_again():
    points = np.array([[[0, 1], [2, 3.5]], [[4, 5], [6, 7]]])
    assert path_texts(points, "M,L,") == ["0,1L2,3.50", "4,5L6,7"]
    assert row_texts((np.array([1.0, 2.0]), np.array([0.25, -1.0]))) == [("1", "0.25"), ("2", "-1")]
    assert path_texts(points[:0], "M,L,") == []
    assert row_texts((np.zeros(0), np.zeros(0))) == []
