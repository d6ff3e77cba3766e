import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.scene.curves import STEPS, headings, length_table, parameters, places, rightward

LINE = np.array([[[0.0, 0.0], [10.0, 0.0], [20.0, 0.0], [30.0, 0.0]]])
point = st.tuples(*[st.floats(-1000, 1000)] * 2)


def test_a_straight_line_has_its_length_and_heading():
    assert length_table(LINE)[0, -1] == 30.0
    assert parameters(LINE, length_table(LINE), np.array([[0.0, 15.0, 30.0]])).tolist() == [[0.0, 0.5, 1.0]]
    assert headings(LINE, np.array([[0.5]])).tolist() == [[[1.0, 0.0]]]
    assert rightward(np.array([1.0, 0.0])).tolist() == [0.0, 1.0]  # y points down: south is right of east


def test_a_quarter_circle_has_its_length():
    k = 4 / 3 * (np.sqrt(2) - 1)
    arc = np.array([[[1.0, 0.0], [1.0, k], [k, 1.0], [0.0, 1.0]]]) * 300
    assert abs(length_table(arc)[0, -1] - 300 * np.pi / 2) < 0.1  # the cubic itself is 0.03 % off the circle


def test_a_curve_shrunk_to_a_point_has_no_length_and_some_heading():
    dot = np.full((1, 4, 2), 7.0)
    assert length_table(dot)[0, -1] == 0.0
    t = parameters(dot, length_table(dot), np.array([[0.0, 5.0]]))
    assert places(dot, t).tolist() == [[[7.0, 7.0], [7.0, 7.0]]]
    assert headings(dot, t).tolist() == [[[1.0, 0.0], [1.0, 0.0]]]


def test_coinciding_control_points_still_have_a_heading():
    curve = np.array([[[0.0, 0.0], [0.0, 0.0], [50.0, 50.0], [100.0, 50.0]]])
    start = headings(curve, np.array([[0.0]]))[0, 0]
    np.testing.assert_allclose(start, [np.sqrt(0.5)] * 2, atol=1e-3)


def test_no_curves_give_empty_arrays():
    none = np.zeros((0, 4, 2))
    assert length_table(none).shape == (0, STEPS + 1)
    assert parameters(none, length_table(none), np.zeros((0, 2))).shape == (0, 2)


@given(st.lists(point, min_size=4, max_size=4), st.floats(0, 1))
def test_the_place_at_a_length_is_that_far_from_the_start(controls, share):
    curve = np.array([controls])
    table = length_table(curve)
    wanted = share * table[:, -1:]
    t = parameters(curve, table, wanted)
    fine = places(curve, np.linspace(0, t[0, 0], 2000)[None])[0]
    reached = np.hypot(*np.diff(fine, axis=0).T).sum()
    assert abs(reached - wanted[0, 0]) <= 0.02 * max(1.0, table[0, -1] / 100)
