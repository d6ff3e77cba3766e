"""Cubic curves in bulk: the bow, its parts, its length, its sides."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.layout import curves as cv

FLAT = np.array([[[0.0, 0.0], [1.0, 0.0], [2.0, 0.0], [3.0, 0.0]]])
places = st.floats(-500, 500)


def test_a_bow_passes_half_way_to_its_control_point_on_the_right() -> None:
    # travelling to the right with y down, the right hand points down
    bow = cv.bowed(np.array([[0.0, 0.0]]), np.array([[100.0, 0.0]]), np.array([0.2]), np.zeros(1))
    assert cv.points(bow, np.array([[0.0, 0.5, 1.0]]))[0].tolist() == [[0.0, 0.0], [50.0, 10.0], [100.0, 0.0]]


def test_right_of_travel() -> None:
    assert cv.beside(FLAT, np.array([[0.5]]), np.array(2.0))[0, 0].tolist() == [1.5, 2.0]


def test_a_point_for_a_curve_stands_still_without_an_error() -> None:
    dot = np.zeros((1, 4, 2))
    assert cv.normals(dot, np.array([[0.5]])).tolist() == [[[0.0, 0.0]]]
    assert cv.lengths(dot, np.zeros(1), np.ones(1)).tolist() == [0.0]


def test_length_of_a_straight_line_and_of_a_parabola() -> None:
    assert np.isclose(cv.lengths(FLAT, np.array([0.0]), np.array([0.5]))[0], 1.5)
    bow = cv.bowed(np.array([[0.0, 0.0]]), np.array([[1.0, 0.0]]), np.array([1.0]), np.zeros(1))
    # y = 2 x (1 - x): the arc is (√5 + asinh(2) / 2) / 2
    assert np.isclose(cv.lengths(bow, np.zeros(1), np.ones(1))[0], (np.sqrt(5) + np.arcsinh(2) / 2) / 2, atol=1e-6)


@given(st.lists(places, min_size=8, max_size=8), st.floats(0, 0.5), st.floats(0.5, 1), st.floats(0, 1))
def test_a_part_lies_on_the_whole(numbers: list[float], t0: float, t1: float, s: float) -> None:
    whole = np.array(numbers).reshape(1, 4, 2)
    part = cv.part(whole, np.array([t0]), np.array([t1]))
    assert np.allclose(cv.points(part, np.array([[s]])), cv.points(whole, np.array([[t0 + s * (t1 - t0)]])), atol=1e-6)


@given(st.lists(places, min_size=8, max_size=8), st.floats(0, 1))
def test_polynomial_form_and_reversal_agree(numbers: list[float], t: float) -> None:
    curve = np.array(numbers).reshape(1, 4, 2)
    a, b, c, d = cv.powers(curve)[0]
    assert np.allclose(((a * t + b) * t + c) * t + d, cv.points(curve, np.array([[t]]))[0, 0], atol=1e-6)
    back = cv.reversed_curves(curve)
    assert np.allclose(cv.points(back, np.array([[1 - t]])), cv.points(curve, np.array([[t]])), atol=1e-6)
    assert (cv.reversed_curves(back) == curve).all()


def test_nothing_in_nothing_out() -> None:
    none = np.zeros((0, 4, 2))
    assert cv.points(none, np.zeros((0, 3))).shape == (0, 3, 2)
    assert cv.lengths(none, np.zeros(0), np.zeros(0)).shape == (0,)
