import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.scene.marks import Anchor, Box, Dot, Label, Path, Ribbon, floats, ints
from app.scene.outline import MOST_PIECES, bounds, label_corners, ribbon_edges, ribbon_outline

EAST = [[0, 0], [100 / 3, 0], [200 / 3, 0], [100, 0]]
BOW = [[0, 0], [60, -80], [140, -80], [200, 0]]


def common(n):
    return {"key": ints(range(n)), "style": ints([0] * n), "tip": ints([-1] * n)}


def ribbon(*rows):
    """Rows of curve, inner, width, trim, head, barb."""
    curve, inner, width, trim, head, barb = zip(*rows, strict=True) if rows else ([],) * 6
    n = len(rows)
    return Ribbon(
        **common(n),
        curve=floats(curve, (n, 4, 2)),
        inner=floats(inner, (n, 2)),
        width=floats(width, (n, 2)),
        trim=floats(trim, (n, 2)),
        head=floats(head),
        barb=floats(barb),
    )


def rows_of(outline):
    return [outline.points[a:b].tolist() for a, b in zip(outline.offsets[:-1], outline.offsets[1:], strict=True)]


def area(points):
    x, y = np.asarray(points).T
    return abs((x * np.roll(y, -1) - np.roll(x, -1) * y).sum()) / 2


def test_a_straight_band_keeps_to_the_right_of_its_centre_line():
    outline = ribbon_outline(ribbon((EAST, (1, 1), (4, 4), (10, 20), 0, 0)))
    np.testing.assert_allclose(rows_of(outline)[0], [[10, 1], [80, 1], [80, 5], [10, 5]], atol=1e-9)
    np.testing.assert_allclose(outline.bounds, [[10, 1, 80, 5]], atol=1e-9)


def test_a_head_has_its_tip_on_the_inner_edge_and_overhangs_outside():
    outline = ribbon_outline(ribbon((EAST, (1, 1), (4, 4), (10, 20), 15, 3)))
    np.testing.assert_allclose(rows_of(outline)[0], [[65, 1], [80, 1], [65, 8]], atol=1e-9)


def test_widths_may_differ_at_both_ends():
    outline = ribbon_outline(ribbon((EAST, (0, 2), (4, 8), (0, 0), 0, 0)))
    np.testing.assert_allclose(rows_of(outline)[0], [[0, 0], [100, 2], [100, 10], [0, 4]], atol=1e-9)


def test_growth_widens_every_side():
    band, head = (EAST, (1, 1), (4, 4), (10, 20), 0, 0), (EAST, (1, 1), (4, 4), (10, 20), 15, 3)
    outline = ribbon_outline(ribbon(band, head), grow=1.0)
    np.testing.assert_allclose(rows_of(outline)[0], [[9, 0], [81, 0], [81, 6], [9, 6]], atol=1e-6)
    left, top, _, bottom = outline.bounds[1]
    assert (left, top) == pytest.approx((64, 0))
    assert bottom > 8
    alone = ribbon_outline(ribbon(band, head), grow=np.array([1.0, 0.0]))
    np.testing.assert_allclose(rows_of(alone)[1], [[65, 1], [80, 1], [65, 8]], atol=1e-9)


def test_trims_that_leave_nothing_give_no_points():
    outline = ribbon_outline(
        ribbon((EAST, (1, 1), (4, 4), (60, 60), 0, 0), (EAST, (1, 1), (4, 4), (0, 0), 0, 0)), grow=0.5
    )
    assert outline.offsets.tolist() == [0, 0, 4]
    assert np.isnan(outline.bounds[0]).all()


def test_no_rows_give_empty_arrays():
    outline = ribbon_outline(ribbon())
    assert (len(outline.points), outline.offsets.tolist(), outline.bounds.shape) == (0, [0], (0, 4))
    groups, rows, triangles = ribbon_edges(ribbon())
    assert (groups, len(rows), triangles.shape) == ([], 0, (0, 3, 2))


def test_a_curve_shrunk_to_a_point_gives_no_points():
    outline = ribbon_outline(ribbon(([[5, 5]] * 4, (1, 1), (4, 4), (0, 0), 0, 0)))
    assert outline.offsets.tolist() == [0, 0]


def test_a_finer_tolerance_takes_more_points_up_to_a_bound():
    coarse, fine, finest = (
        ribbon_outline(ribbon((BOW, (1, 1), (6, 6), (0, 0), 0, 0)), tolerance=t) for t in (1.0, 0.05, 1e-9)
    )
    assert len(coarse.points) < len(fine.points) < len(finest.points) == 2 * (MOST_PIECES + 1)


def test_polygons_keep_their_tolerance():
    rough = ribbon_outline(ribbon((BOW, (1, 1), (20, 20), (5, 9), 0, 0)), tolerance=0.1)
    exact = ribbon_outline(ribbon((BOW, (1, 1), (20, 20), (5, 9), 0, 0)), tolerance=1e-9)
    assert area(rows_of(rough)[0]) == pytest.approx(area(rows_of(exact)[0]), rel=0.002)


coordinate = st.floats(-500, 500, width=32)
curves = st.lists(st.tuples(coordinate, coordinate), min_size=4, max_size=4)


@given(curves, st.floats(0, 30), st.floats(0.5, 40), st.floats(0, 50), st.floats(0, 50))
def test_edges_start_and_end_where_the_outline_does(curve, inner, width, trim0, trim1):
    mark = ribbon((curve, (inner, inner), (width, width), (trim0, trim1), 0, 0))
    outline = ribbon_outline(mark)
    groups, _, _ = ribbon_edges(mark)
    if not len(outline.points):
        assert groups == []
        return
    ring = outline.points
    half = len(ring) // 2
    edges = groups[0]
    np.testing.assert_allclose(edges.inner[0, [0, -1]], ring[[0, half - 1]], atol=1e-6)
    np.testing.assert_allclose(edges.outer[0, [0, -1]], ring[[-1, half]], atol=1e-6)
    assert np.isfinite(edges.inner).all()
    assert np.isfinite(edges.outer).all()


def bezier(points, n=40):
    t = np.linspace(0, 1, n)[:, None]
    u = 1 - t
    pieces = [points[i : i + 4] for i in range(0, len(points) - 1, 3)]
    return np.concatenate([u**3 * a + 3 * u * u * t * b + 3 * u * t * t * c + t**3 * d for a, b, c, d in pieces])


@pytest.mark.parametrize(
    "curve", [BOW, EAST, [[0, 0], [200, 0], [200, 0], [200, 200]], [[0, 0], [30, 90], [60, -90], [99, 0]]]
)
def test_smooth_edges_follow_the_polygon(curve):
    mark = ribbon((curve, (2, 2), (9, 9), (4, 4), 0, 0))
    ring = ribbon_outline(mark, tolerance=1e-9).points
    half = len(ring) // 2
    groups, _, _ = ribbon_edges(mark)
    for edge, side in ((groups[0].inner[0], ring[:half]), (groups[0].outer[0], ring[half:])):
        for x, y in bezier(edge):
            assert distance_to_line(x, y, side) < 0.25


def distance_to_line(x, y, line):
    begin, step = line[:-1], np.diff(line, axis=0)
    along = np.clip(((np.array([x, y]) - begin) * step).sum(1) / np.maximum((step**2).sum(1), 1e-12), 0, 1)
    return np.hypot(*(begin + along[:, None] * step - (x, y)).T).min()


@given(st.permutations(range(4)))
def test_the_order_of_rows_changes_no_shape(order):
    rows = [(BOW, (i, i), (3, 3), (i, i), 9 * (i % 2), 3) for i in range(4)]
    plain, mixed = rows_of(ribbon_outline(ribbon(*rows))), rows_of(ribbon_outline(ribbon(*(rows[i] for i in order))))
    assert mixed == [plain[i] for i in order]


def test_boxes_of_other_marks():
    box = Box(**common(1), x=floats([1]), y=floats([2]), w=floats([3]), h=floats([4]), radius=floats([0]))
    dot = Dot(**common(1), x=floats([10]), y=floats([20]), r=floats([5]))
    path = Path(
        **common(2),
        points=floats([[0, 0], [10, 5]]),
        offsets=ints([0, 2, 2]),
        closed=np.array([False, True]),
        stroke=floats([2, 0]),
    )
    assert bounds(box).tolist() == [[1, 2, 4, 6]]
    assert bounds(dot).tolist() == [[5, 15, 15, 25]]
    assert bounds(path)[0].tolist() == [-1, -1, 11, 6]
    assert np.isnan(bounds(path)[1]).all()


def test_words_lie_beside_their_anchor_and_turn_with_their_angle():
    label = Label(
        **common(3),
        x=floats([0, 0, 0]),
        y=floats([0, 0, 0]),
        anchor=np.array([Anchor.START, Anchor.MIDDLE, Anchor.END], dtype=np.int8),
        angle=floats([0, 0, 90]),
        text=("abc", "abc", "abc"),
        max_width=floats([20, np.inf, np.inf]),
        size=floats([10, 10, 10]),
    )
    box = bounds(label, text_widths=floats([30, 30, 30]))
    np.testing.assert_allclose(box[0], [0, -7.6, 20, 2.4])  # elided to 20
    np.testing.assert_allclose(box[1], [-15, -7.6, 15, 2.4])
    np.testing.assert_allclose(box[2], [-2.4, -30, 7.6, 0], atol=1e-9)
    assert label_corners(label).shape == (3, 4, 2)
