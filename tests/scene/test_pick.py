from types import MappingProxyType

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.scene.camera import Camera
from app.scene.marks import Box, Dot, Label, Path, Ribbon, floats, ints
from app.scene.pick import Picker, nearest, painting_order, shown, visible
from app.scene.scene import Header, Layer, Meta, Scene, Tip
from app.scene.style import Role, Style


def common(n, first=0):
    return {"key": ints(range(first, first + n)), "style": ints([0] * n), "tip": ints([-1] * n)}


def boxes(*rows, first=0):
    x, y, w, h = (floats(c) for c in zip(*rows, strict=True))
    return Box(**common(len(rows), first), x=x, y=y, w=w, h=h, radius=np.zeros(len(rows)))


def scene(*layers, keys=20):
    meta = Meta("v", "", "", "", ("", ""), "", "", "", MappingProxyType({}))
    names = tuple(f"k{i}" for i in range(keys))
    return Scene(
        (100, 100), layers, Header("", "", "", ""), (), None, names, (Style(Role.NODE_NAME),), (Tip("t"),), meta
    )


def keys(hits):
    return [hit.key for hit in hits]


def test_a_point_hits_what_covers_it_topmost_first():
    under = Layer("under", 0, (boxes((0, 0, 50, 50)),))
    over = Layer("over", 1, (boxes((10, 10, 20, 20), (15, 15, 20, 20), first=1),))
    pick = Picker(scene(over, under))
    assert keys(pick.at(20, 20, tolerance=0)) == [2, 1, 0]
    assert keys(pick.at(5, 5, tolerance=0)) == [0]
    assert keys(pick.at(90, 90)) == []
    assert pick.at(5, 5)[0].layer == "under"


def test_tolerance_counts_in_pixels_of_the_view():
    pick = Picker(scene(Layer("a", 0, (boxes((10, 10, 5, 5)),))))
    assert keys(pick.at(17, 12, tolerance=3)) == [0]
    assert keys(pick.at(17, 12, tolerance=3, scale=2.0)) == []


def test_lines_are_hit_along_their_stroke_and_areas_inside():
    path = Path(
        **common(2),
        points=floats([[0, 0], [100, 0], [20, 20], [60, 20], [60, 60], [20, 60]]),
        offsets=ints([0, 2, 6]),
        closed=np.array([False, True]),
        stroke=floats([6, 0]),
    )
    pick = Picker(scene(Layer("a", 0, (path,))))
    assert keys(pick.at(50, 2.9, tolerance=0)) == [0]
    assert keys(pick.at(50, 3.1, tolerance=0)) == []
    assert keys(pick.at(40, 40, tolerance=0)) == [1]
    assert keys(pick.at(18, 40, tolerance=3)) == [1]


def test_a_bow_is_hit_on_the_band_and_not_in_its_box():
    bow = Ribbon(
        **common(1),
        curve=floats([[0, 0], [60, -80], [140, -80], [200, 0]], (1, 4, 2)),
        inner=floats([[1, 1]]),
        width=floats([[8, 8]]),
        trim=np.zeros((1, 2)),
        head=np.zeros(1),
        barb=np.zeros(1),
    )
    pick = Picker(scene(Layer("a", 0, (bow,))))
    assert keys(pick.at(100, -55, tolerance=0)) == [0]
    assert keys(pick.at(100, -20, tolerance=0)) == []
    assert keys(pick.within((90, -70, 110, -40))) == [0]
    assert keys(pick.within((90, -30, 110, -10))) == []


def test_dots_are_round():
    dot = Dot(**common(1), x=floats([0]), y=floats([0]), r=floats([10]))
    pick = Picker(scene(Layer("a", 0, (dot,))))
    assert keys(pick.at(7, 7, tolerance=0)) == [0]
    assert keys(pick.at(7.2, 7.2, tolerance=0)) == []
    assert keys(pick.within((8, 8, 20, 20))) == []
    assert keys(pick.within((6, 6, 20, 20))) == [0]


def test_words_are_hit_over_their_measured_width():
    label = Label(
        **common(1),
        x=floats([0]),
        y=floats([10]),
        anchor=np.zeros(1, dtype=np.int8),
        angle=np.zeros(1),
        text=("abcd",),
        max_width=floats([np.inf]),
        size=floats([10]),
    )
    pick = Picker(
        scene(Layer("a", 0, (label,))), measure=lambda texts, font: np.array([font[0] * len(t) for t in texts])
    )
    assert keys(pick.at(39, 6, tolerance=0)) == [0]
    assert keys(pick.at(41, 6, tolerance=0)) == []


def test_page_and_world_are_asked_apart():
    page = Layer("page", 0, (boxes((0, 0, 10, 10)),), "page", min_scale=0.5)
    world = Layer("world", 0, (boxes((0, 0, 10, 10), first=1),), max_scale=2.0)
    pick = Picker(scene(page, world))
    assert keys(pick.at(5, 5)) == [1]
    assert keys(pick.at(5, 5, scale=2.0)) == []
    assert keys(pick.at(5, 5, scale=0.1, space="page")) == [0]
    assert [layer.name for layer in painting_order((page, world))] == ["world", "page"]
    assert not shown(world, 2.0)
    assert shown(page, 0.1)


def test_marks_without_a_key_are_passed_over_and_each_key_comes_once():
    plain = Box(
        **{**common(2), "key": ints([-1, 3])},
        x=floats([0, 0]),
        y=floats([0, 0]),
        w=floats([9, 9]),
        h=floats([9, 9]),
        radius=np.zeros(2),
    )
    again = boxes((0, 0, 9, 9), first=3)
    pick = Picker(scene(Layer("a", 0, (plain, again))))
    assert keys(pick.at(4, 4)) == [3]


def test_a_rectangle_takes_what_it_touches_crosses_or_lies_in():
    pick = Picker(
        scene(Layer("a", 0, (boxes((0, 0, 10, 10), (20, 0, 10, 10), (0, 40, 100, 10), (-50, -50, 300, 300)),)))
    )
    assert keys(pick.within((9, 9, 5, 5))) == [3, 0]
    assert keys(pick.within((30, 30, 40, 60))) == [3, 2]
    assert keys(pick.within((-200, -200, 400, 400))) == [3, 2, 1, 0]


def test_an_empty_scene_holds_nothing():
    pick = Picker(scene())
    assert pick.at(0, 0) == []
    assert pick.within((0, 0, 9, 9)) == []


def test_the_nearest_moving_dot_within_reach():
    xy = floats([[0, 0], [10, 0], [10, 0]])
    assert nearest(xy, 9, 0, 5) == 2  # the later of equals lies above
    assert nearest(xy, 5, 20, 5) == -1
    assert nearest(np.zeros((0, 2)), 0, 0, 5) == -1


def test_the_camera_goes_both_ways():
    camera = Camera(2.0, 10.0, -5.0)
    assert camera.to_view(3, 4) == (16, 3)
    assert camera.to_world(*camera.to_view(3, 4)) == (3, 4)


numbers = st.integers(-50, 50)
cases = st.lists(st.tuples(numbers, numbers, st.integers(0, 60), st.integers(0, 60)), min_size=1, max_size=8)


@given(cases, numbers, numbers)
def test_boxes_agree_with_plain_arithmetic(rows, x, y):
    pick = Picker(scene(Layer("a", 0, (boxes(*rows),))))
    expected = [i for i, (x0, y0, w, h) in enumerate(rows) if x0 <= x <= x0 + w and y0 <= y <= y0 + h]
    assert keys(pick.at(x, y, tolerance=0)) == expected[::-1]


@given(cases, numbers, numbers, st.integers(0, 50), st.integers(0, 50))
def test_rectangles_agree_with_plain_arithmetic(rows, x, y, w, h):
    pick = Picker(scene(Layer("a", 0, (boxes(*rows),))))
    expected = [
        i for i, (x0, y0, bw, bh) in enumerate(rows) if x0 <= x + w and x0 + bw >= x and y0 <= y + h and y0 + bh >= y
    ]
    assert keys(pick.within((x, y, x + w, y + h))) == expected[::-1]


@pytest.mark.parametrize("margin", [0.0, 5.0])
def test_culling_keeps_order_and_margin(margin):
    box = floats([[0, 0, 10, 10], [12, 0, 20, 10], [np.nan] * 4, [0, 0, 1, 1]])
    assert visible(box, (0, 0, 10, 10), margin).tolist() == ([0, 3] if margin == 0 else [0, 1, 3])
