"""A world that is cut into sheets: nothing is lost, nothing is whole on none, and little is cut through."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.scene.cuts import MOST_OVERLAP, MOST_WHOLE, Axis, axis, grid
from app.scene.extents import inked, things
from app.scene.marks import Floats
from app.scene.style import Role, Style
from tests.render.scenes import Sketch, layer

LENGTH = 100.0
CARD = Style(Role.CARD)


def spans(draw: st.DrawFn) -> Floats:
    """Begins and ends of things, many of them nearly as long as is kept whole."""
    seed, n = draw(st.integers(0, 2**32 - 1)), draw(st.integers(1, 60))
    random = np.random.default_rng(seed)
    begins, lengths = random.uniform(0.0, 450.0, n), random.uniform(0.0, 70.0, n)
    lengths[random.random(n) < 0.5] = MOST_WHOLE * LENGTH
    lengths[random.random(n) < 0.1] = 130.0
    return np.stack([begins, begins + lengths], axis=1)


@st.composite
def worlds(draw: st.DrawFn) -> tuple[Floats, float]:
    """Things on an axis, and by how much sheets overlap."""
    return spans(draw), draw(st.floats(0.0, MOST_OVERLAP * LENGTH))


def made(some: Floats, overlap: float) -> Axis:
    return axis((float(some[:, 0].min()), float(some[:, 1].max())), some, LENGTH, overlap)


@given(worlds())
def test_what_is_not_too_long_is_whole_on_a_sheet_within_the_strips(world: tuple[Floats, float]) -> None:
    some, overlap = world
    got = made(some, overlap)
    strip = overlap / 2 - 1e-6
    left, right = got.begin + strip, got.end - strip
    left[0], right[-1] = got.begin[0] - 1e-6, got.end[-1] + 1e-6
    for begin, end in some[some[:, 1] - some[:, 0] <= MOST_WHOLE * LENGTH].tolist():
        assert ((left <= begin) & (end <= right)).any()


@given(worlds())
def test_neighbours_overlap_and_are_cut_within_what_they_share(world: tuple[Floats, float]) -> None:
    some, overlap = world
    got = made(some, overlap)
    assert (got.begin[1:] <= got.end[:-1] - overlap + 1e-6).all()
    assert (np.diff(got.begin) > 0).all()
    assert (np.diff(got.cut) > 0).all() or len(got) == 1
    assert (got.cut[1:-1] >= got.begin[1:] + overlap / 2 - 1e-6).all()
    assert (got.cut[1:-1] <= got.end[:-1] - overlap / 2 + 1e-6).all()


@given(worlds())
def test_sheets_reach_from_one_end_of_the_world_to_the_other_and_none_is_needless(world: tuple[Floats, float]) -> None:
    some, overlap = world
    got = made(some, overlap)
    low, high = some[:, 0].min(), some[:, 1].max()
    assert (got.begin[0], got.cut[0], got.cut[-1]) == (low, low, high)
    assert got.end[-1] >= high - 1e-5
    assert len(got) == 1 or got.end[-2] < high


def test_a_cut_is_moved_to_a_gap_where_no_more_sheets_are_needed() -> None:
    columns = np.array([(x, x + 40.0) for x in (0.0, 52.0, 104.0, 156.0)])
    got = made(columns, 10.0)
    assert len(got) == 3
    for cut in got.cut[1:-1].tolist():
        assert not ((columns[:, 0] < cut) & (cut < columns[:, 1])).any()


def test_a_cut_goes_through_few_things_where_there_is_no_gap() -> None:
    rows = np.array([(0.0, 60.0), (40.0, 100.0), (70.0, 129.0), *[(96.0, 150.0)] * 9])
    got = made(rows, 10.0)
    cut = got.cut[1]
    assert int(((rows[:, 0] < cut) & (cut < rows[:, 1])).sum()) <= 2


@pytest.mark.parametrize(("length", "overlap"), [(0.0, 0.0), (100.0, 50.0), (100.0, -1.0)])
def test_sheets_that_cannot_be_are_refused(length: float, overlap: float) -> None:
    with pytest.raises(ValueError, match="cannot overlap"):
        axis((0.0, 500.0), np.zeros((0, 2)), length, overlap)


@st.composite
def boxes(draw: st.DrawFn) -> Floats:
    """Boxes of a world, left, top, right, bottom."""
    x, y = spans(draw), draw(st.integers(0, 3))
    tops = np.array([(n * 37 * (y + 1)) % 700 for n in range(len(x))], dtype=np.float64)
    return np.stack([x[:, 0], tops, x[:, 1], tops + 30.0], axis=1)


@given(boxes(), st.floats(0.0, MOST_OVERLAP * 80.0))
def test_no_sheet_is_empty_and_every_box_is_on_the_sheets_it_reaches_into(some: Floats, overlap: float) -> None:
    got = grid(some, some, (LENGTH, 80.0), overlap, 5.0)
    met = np.zeros(got.number.shape, dtype=np.bool_)
    for row in range(len(got.y)):
        for column in range(len(got.x)):
            left, top, right, bottom = got.cell(row, column)
            inside = (some[:, 0] < right) & (some[:, 2] > left) & (some[:, 1] < bottom) & (some[:, 3] > top)
            met[row, column] = inside.any()
    wide = some[:, 2] > some[:, 0]  # one without breadth, on a cut, is on either side
    assert (got.number[met] > 0).all()
    if wide.all():
        assert (got.number > 0).tolist() == met.tolist()
    assert sorted(got.number[got.number > 0].tolist()) == list(range(1, got.n_sheets + 1))
    assert got.n_empty == int((got.number == 0).sum())


@given(boxes(), st.floats(0.0, MOST_OVERLAP * 80.0))
def test_every_box_is_whole_on_a_sheet_that_there_is(some: Floats, overlap: float) -> None:
    got = grid(some, some, (LENGTH, 80.0), overlap, 5.0)
    for left, top, right, bottom in some[some[:, 2] - some[:, 0] <= MOST_WHOLE * LENGTH].tolist():
        columns = (got.x.begin <= left + 1e-6) & (right <= got.x.end + 1e-6)
        rows = (got.y.begin <= top + 1e-6) & (bottom <= got.y.end + 1e-6)
        assert (got.number[np.ix_(rows, columns)] > 0).any()


@pytest.mark.parametrize(
    ("left", "right", "taken"), [(-9, 0, [True, False]), (0, 9, [False, True]), (0, 0, [False, True])]
)
def test_what_touches_a_cut_is_not_beyond_it_and_what_lies_on_it_is_not_lost(
    left: float, right: float, taken: list[bool]
) -> None:
    columns = np.array([(0.0, 0.0, 40.0, 10.0), (60.0, 0.0, 100.0, 10.0)])
    cut = float(grid(columns, columns, (70.0, 40.0), 4.0, 0.0).x.cut[1])
    low = (cut + left, 60.0, cut + right, 70.0)
    got = grid(columns, np.concatenate([columns, [low]]), (70.0, 40.0), 4.0, 0.0)
    assert float(got.x.cut[1]) == cut
    assert (got.number[-1] > 0).tolist() == taken


def test_a_world_without_marks_has_no_sheet() -> None:
    got = grid(np.zeros((0, 4)), np.zeros((0, 4)), (LENGTH, 80.0), 5.0, 5.0)
    assert (got.n_sheets, got.n_empty) == (0, 0)


def test_a_world_of_one_column_stands_in_its_middle() -> None:
    some = np.array([(0.0, 0.0, 40.0, 30.0), (0.0, 200.0, 40.0, 230.0)])
    got = grid(some, some, (LENGTH, 80.0), 5.0, 5.0)
    assert (len(got.x), float(got.x.begin[0])) == (1, -30.0)
    assert got.number[:, 0].tolist()[:1] == [1]
    assert got.n_empty >= 1  # nothing between the two


# what stands in the world


def test_marks_of_one_key_are_one_thing_unless_they_are_far_apart() -> None:
    s = Sketch()
    near = s.boxes((CARD, "near", 0, 0, 20, 10, 0))
    words = s.labels((Style(Role.SEAT_NAME), "near", 30, 8, 0, 10, "Ada"))
    far = s.boxes((CARD, "far", 0, 50, 20, 10, 0), (CARD, "far", 900, 50, 20, 10, 0))
    scene = s.scene(layer("world", 1, near, far), layer("words", 2, words))
    got = {tuple(box) for box in np.round(things(scene, 1.0, (200.0, 200.0)), 2).tolist()}
    assert {(0.0, 50.0, 20.0, 60.0), (900.0, 50.0, 920.0, 60.0)} < got
    (together,) = got - {(0.0, 50.0, 20.0, 60.0), (900.0, 50.0, 920.0, 60.0)}
    assert together[0] == 0.0
    assert together[2] > 30.0


def test_only_the_world_counts_and_only_what_is_seen_at_a_scale() -> None:
    s = Sketch()
    far = layer("far", 1, s.boxes((CARD, "a", 0, 0, 20, 10, 0)))
    page = layer("page", 2, s.boxes((CARD, "b", 0, 0, 20, 10, 0)), space="page")
    scene = s.scene(far, page)
    assert len(inked(scene, 1.0)) == 1
    assert len(inked(s.scene(page), 1.0)) == 0
    assert len(things(s.scene(page), 1.0, (9.0, 9.0))) == 0


def test_a_line_with_right_angles_does_not_fill_what_it_goes_around() -> None:
    s = Sketch()
    line = s.paths((Style(Role.REPORT), "", [(0, 0), (100, 0), (100, 80)], False, 0), (CARD, "", [(5, 5)], False, 0))
    area = s.paths((Style(Role.HATCH), "", [(0, 200), (50, 200), (50, 260)], True, 0))
    got = inked(s.scene(layer("lines", 1, line, area)), 1.0)
    assert [tuple(box) for box in got.tolist()] == [(0, 0, 100, 0), (100, 0, 100, 80), (5, 5, 5, 5), (0, 200, 50, 260)]
