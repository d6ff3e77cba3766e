"""Words find free places, in the order of preference, and never lie on each other, on a node or outside the frame."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.layout import labels, quality
from app.layout.raster import Ground

FRAME = np.array([0.0, 0.0, 400.0, 300.0])
FIRST = np.array([0])


def names(xy: list[tuple[float, float]], size: tuple[float, float] = (60.0, 20.0)) -> np.ndarray:
    centres = np.array(xy)
    return labels.name_candidates(
        centres, np.full(len(xy), 10.0), np.tile(size, (len(xy), 1)), np.array([200.0, 150.0]), 5.0
    )[0]


def test_a_name_stands_right_of_its_node_and_left_of_one_in_the_left_half() -> None:
    boxes, stands = labels.name_candidates(
        np.array([[300.0, 150.0], [100.0, 150.0]]),
        np.array([10.0, 10.0]),
        np.tile((60.0, 20.0), (2, 1)),
        np.array([200.0, 150.0]),
        5.0,
    )
    assert boxes[0, 0].tolist() == [315.0, 140.0, 60.0, 20.0]
    assert boxes[1, 0].tolist() == [25.0, 140.0, 60.0, 20.0]
    assert stands[:, :3].tolist() == [
        [labels.START, labels.END, labels.MIDDLE],
        [labels.END, labels.START, labels.MIDDLE],
    ]


def test_the_first_free_candidate_is_taken() -> None:
    trial = names([(300, 150)])
    assert labels.choose(trial, FIRST, FRAME).tolist() == [0]
    disc_on_the_right = np.array([[345.0, 150.0, 10.0]])
    assert labels.choose(trial, FIRST, FRAME, discs=disc_on_the_right).tolist() == [1]
    box_on_the_left = np.array([[200.0, 145.0, 60.0, 10.0]])
    assert labels.choose(trial, FIRST, FRAME, discs=disc_on_the_right, boxes=box_on_the_left).tolist() == [2]


def test_of_free_candidates_the_one_on_least_ribbon_wins() -> None:
    ground = Ground(FRAME, 2.0)
    ground.add_boxes(np.array([[310.0, 130.0, 80.0, 40.0]]))
    assert labels.choose(names([(300, 150)]), FIRST, FRAME, ground=ground).tolist() == [1]


def test_a_name_at_the_edge_turns_inwards_and_one_without_room_is_dropped() -> None:
    trial = names([(370, 150)])
    assert labels.choose(trial, FIRST, FRAME).tolist() == [1]
    picks = labels.choose(trial, FIRST, FRAME, boxes=FRAME[None])
    assert picks.tolist() == [-1]
    assert np.isnan(labels.picked(trial, picks)).all()


def test_who_comes_first_chooses_first() -> None:
    trial = np.array([[[10.0, 10, 20, 20], [50.0, 10, 20, 20]], [[10.0, 10, 20, 20], [np.nan] * 4]])
    assert labels.choose(trial, np.array([1, 0]), FRAME).tolist() == [1, 0]
    assert labels.choose(trial, np.array([0, 1]), FRAME).tolist() == [0, -1]


def test_a_size_of_nothing_gets_no_place() -> None:
    assert labels.choose(names([(200, 150)], (0.0, 0.0)), FIRST, FRAME).tolist() == [-1]
    assert labels.choose(np.zeros((0, 3, 4)), np.zeros(0, dtype=np.intp), FRAME).shape == (0,)


def test_counts_stand_on_the_right_of_travel_beyond_the_outer_edge() -> None:
    line = np.array([[[0.0, 100.0], [100.0, 100.0], [200.0, 100.0], [300.0, 100.0]]])
    boxes = labels.count_candidates(line, np.array([[0.0, 1.0]]), np.array([20.0]), np.array([[14.0, 12.0]]), 1.0)
    assert (boxes[0, :, 1] > 100 + 0.9 + 20).all()
    first = boxes[0, 0, 0] + 7
    assert 0.42 * 300 <= first <= 0.55 * 300


def test_a_plate_lies_on_free_ground_near_its_place() -> None:
    ground, solid = Ground(FRAME, 5.0), Ground(FRAME, 5.0)
    solid.add_boxes(np.array([[100.0, 0.0, 300.0, 300.0]]))
    sizes, near = np.array([[80.0, 40.0], [80.0, 40.0], [300.0, 40.0]]), np.array([[300.0, 150.0]] * 3)
    boxes = labels.plates(sizes, near, FRAME, ground, solid)
    assert boxes[0, 0] + 80 <= 100, "the only free ground"
    assert abs(boxes[0, 1] + 20 - 150) <= 10
    assert not len(quality.overlapping_boxes(boxes))
    assert np.isnan(boxes[2]).all(), "wider than what is free"


def test_a_plate_spares_ribbons() -> None:
    ground, solid = Ground(FRAME, 5.0), Ground(FRAME, 5.0)
    ground.add_boxes(np.array([[0.0, 100.0, 400.0, 100.0]]))
    box = labels.plates(np.array([[80.0, 40.0]]), np.array([[200.0, 150.0]]), FRAME, ground, solid)
    assert ground.cover(box)[0] <= 0.04 * 3200


@given(st.lists(st.tuples(st.floats(0, 400), st.floats(0, 300)), min_size=1, max_size=25))
def test_chosen_names_never_touch_anything(xy: list[tuple[float, float]]) -> None:
    discs = np.column_stack((np.array(xy), np.full(len(xy), 8.0)))
    trial = names(xy)
    picks = labels.choose(trial, np.arange(len(xy)), FRAME, discs=discs)
    boxes = labels.picked(trial, picks)
    assert not len(quality.overlapping_boxes(boxes))
    assert not len(quality.boxes_on_discs(boxes, discs[:, :2], discs[:, 2]))
    shown = boxes[picks >= 0]
    assert (shown[:, :2] >= -1e-9).all()
    assert (shown[:, :2] + shown[:, 2:] <= FRAME[2:] + 1e-9).all()


def test_a_box_stays_where_it_was_unless_another_place_spares_much() -> None:
    trial = names([(300, 150)])
    left = trial[:, 1]
    assert labels.choose(trial, FIRST, FRAME, held=left + 0.5).tolist() == [1]
    assert labels.choose(trial, FIRST, FRAME, held=left + 40).tolist() == [0], "it never stood at any of these places"
    assert labels.choose(trial, FIRST, FRAME, held=np.full((1, 4), np.nan)).tolist() == [0]
    ground = Ground(FRAME, 2.0)
    ground.add_boxes(np.array([[200.0, 130.0, 95.0, 40.0]]))
    assert labels.choose(trial, FIRST, FRAME, ground=ground, held=left).tolist() == [0]
    assert labels.choose(trial, FIRST, FRAME, boxes=left, held=left).tolist() == [0]
