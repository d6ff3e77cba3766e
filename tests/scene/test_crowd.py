"""Very many people on the way: shaded dots stand for them, and nobody is lost."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.scene.crowd import CELL, MOST, PALEST, shaded
from app.scene.motion import LANDED, TRAVELLING, Frame, Mode, build, frame


def moment(n: int, spread: float, seed: int = 7) -> Frame:
    """Some people on the way at random places."""
    rng = np.random.default_rng(seed)
    return Frame(
        np.arange(n),
        rng.normal(0.0, spread, (n, 2)),
        np.full(n, TRAVELLING, dtype=np.int8),
        np.zeros(n, dtype=np.bool_),
        np.zeros(n),
        np.ones(n),
    )


def test_up_to_a_number_each_dot_is_one_person() -> None:
    few = moment(MOST, 100.0)
    assert shaded(few) is few


@given(n=st.integers(MOST + 1, MOST + 5_000), spread=st.floats(0.0, 800.0), seed=st.integers(0, 9))
def test_beyond_it_everybody_has_a_dot_near_by_and_there_are_far_fewer(n: int, spread: float, seed: int) -> None:
    many = moment(n, spread, seed)
    fewer = shaded(many)
    cells = {tuple(cell) for cell in np.floor(many.xy / CELL).astype(int).tolist()}

    assert len(fewer) == len(cells) <= n
    assert {tuple(cell) for cell in np.floor((fewer.xy + 0.0) / CELL).astype(int).tolist()} <= {
        (x + dx, y + dy) for x, y in cells for dx in (-1, 0) for dy in (-1, 0)
    }  # a mean at the edge of its cell may round to the next one
    assert ((fewer.opacity >= PALEST) & (fewer.opacity <= 1.0)).all()
    assert (fewer.state == LANDED).all()


def test_a_cell_is_the_darker_the_more_are_in_it() -> None:
    places = np.array([[0.5, 0.5]] * (MOST + 1) + [[100.5, 0.5]] * 4_000 + [[200.5, 0.5]])
    rows = len(places)
    many = moment(rows, 1.0)
    fewer = shaded(Frame(many.row, places, many.state, many.hollow, many.angle, many.opacity))
    strength = dict(zip(np.round(fewer.xy[:, 0]).astype(int).tolist(), fewer.opacity.tolist(), strict=True))

    assert strength[0] > strength[100] > strength[200] >= PALEST


@given(
    day=st.floats(-50.0, 400.0),
    speed=st.sampled_from([0.0, 5.0, 90.0]),
    mode=st.sampled_from(["instant", "window", "cumulative"]),
    open_paths=st.lists(st.booleans(), min_size=4, max_size=4),
)
def test_those_who_landed_stay_in_sight_on_some_paths_only(
    day: float, speed: float, mode: Mode, open_paths: list[bool]
) -> None:
    rng = np.random.default_rng(11)
    n, paths = 200, 4
    land = rng.integers(0, 300, n).astype(float)
    curve = np.stack([np.array([[0, y], [50, y], [100, y], [150, y]], dtype=float) for y in range(paths)])
    path = rng.integers(0, paths, n)
    motion = build(
        curve=curve, trim=np.zeros((paths, 2)), path=path, lane=np.zeros(n), rest=np.ones(n), key=np.arange(n),
        style=np.zeros(n, dtype=int), tip=np.zeros(n, dtype=int), leave=land - rng.integers(0, 90, n), land=land,
        unsure=np.zeros(n, dtype=bool),
    )  # fmt: skip
    rests = np.array(open_paths)
    everybody = frame(motion, day, days_per_second=speed, mode=mode, window_start=day - 60)
    some = frame(motion, day, days_per_second=speed, mode=mode, window_start=day - 60, rests=rests)
    kept = everybody.of((everybody.state != LANDED) | rests[motion.path[everybody.row]])

    assert some.row.tolist() == kept.row.tolist()
    assert np.array_equal(some.xy, kept.xy)
    assert some.state.tolist() == kept.state.tolist()
    assert np.array_equal(some.opacity, kept.opacity)
    assert (some.hollow == kept.hollow).all()
