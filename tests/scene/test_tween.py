"""From one Scene to the next: who stays moves from the old place to the new one, the others leave before and join
after."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.scene.marks import AnyMarks, Box, Dot, Label, Path, floats, ints
from app.scene.scene import Header, Layer, Meta, Scene
from app.scene.style import Role, Style
from app.scene.tween import LEAVE, MOVE, Tween, stage

Place = tuple[float, float, float, float]
Line = tuple[tuple[float, float], ...]
SHARES = st.floats(0, 1)


def boxes(places: dict[str, Place], keys: list[str]) -> Box:
    x, y, w, h = (floats(c) for c in zip(*places.values(), strict=True)) if places else [np.zeros(0)] * 4
    return Box(**_common(places, keys), x=x, y=y, w=w, h=h, radius=np.zeros(len(places)))


def labels(places: dict[str, Place], keys: list[str]) -> Label:
    """The name of each, a little into its box."""
    n = len(places)
    x, y = (floats([at[axis] + 3.0 for at in places.values()]) for axis in (0, 1))
    return Label(**_common(places, keys), x=x, y=y, anchor=np.zeros(n, dtype=np.int8), angle=np.zeros(n),
                 text=tuple(places), max_width=np.full(n, np.inf), size=np.full(n, 11.0))  # fmt: skip


def lines(drawn: dict[str, Line], keys: list[str]) -> Path:
    n = len(drawn)
    points = [point for line in drawn.values() for point in line]
    offsets = ints(np.cumsum([0, *(len(line) for line in drawn.values())]))
    return Path(**_common(drawn, keys), points=floats(points, (len(points), 2)), offsets=offsets,
                closed=np.zeros(n, dtype=np.bool_), stroke=np.zeros(n))  # fmt: skip


def _common(rows: Any, keys: list[str]) -> dict[str, Any]:
    return {
        "key": ints([keys.index(key) if key in keys else -1 for key in rows]),
        "style": ints([0] * len(rows)), "tip": ints([-1] * len(rows)),
    }  # fmt: skip


def scene(*layers: Layer, keys: list[str]) -> Scene:
    meta = Meta("v", "", "", "", ("", ""), "", "", "")
    return Scene((100, 100), layers, Header("", "", "", ""), (), None, tuple(keys), (Style(Role.CARD),), (), meta)


def chart(places: dict[str, Place], drawn: dict[str, Line], order: list[str]) -> Scene:
    """Boxes with their names, and lines; a box whose key begins with a blank has none. order: of the keys."""
    marks: tuple[AnyMarks, ...] = (lines(drawn, order), boxes(places, order), labels(places, order))
    return scene(Layer("chart", 1, tuple(mark for mark in marks if len(mark))), keys=order)


def stands(made: Scene) -> dict[str, Place]:
    """Where the boxes are."""
    return {
        made.keys[key] if key >= 0 else " ": place
        for layer in made.layers for mark in layer.marks if isinstance(mark, Box)
        for key, *place in zip(*(c.tolist() for c in (mark.key, mark.x, mark.y, mark.w, mark.h)), strict=True)
    }  # fmt: skip


def named(made: Scene) -> dict[str, tuple[float, float]]:
    return {
        text: (x, y)
        for layer in made.layers for mark in layer.marks if isinstance(mark, Label)
        for text, x, y in zip(mark.text, mark.x.tolist(), mark.y.tolist(), strict=True)
    }  # fmt: skip


def run(made: Scene) -> dict[str, list[list[float]]]:
    return {
        made.keys[mark.key[row]]: mark.points[mark.offsets[row] : mark.offsets[row + 1]].tolist()
        for layer in made.layers for mark in layer.marks if isinstance(mark, Path) for row in range(len(mark))
    }  # fmt: skip


@st.composite
def charts(draw: st.DrawFn) -> Scene:
    """A few boxes, and lines between them, whose numbers of points may differ from chart to chart."""
    number = st.integers(0, 90).map(float)
    place = st.tuples(number, number, st.just(20.0) | number, number)
    keys = draw(st.lists(st.sampled_from("abcdef"), unique=True))
    places = {key: draw(place) for key in keys}
    there = draw(st.lists(st.sampled_from(["ab", "bc", "cd"]), unique=True))
    drawn = {key: tuple(draw(st.lists(st.tuples(number, number), min_size=2, max_size=3))) for key in there}
    return chart(places, drawn, draw(st.permutations([*keys, *there])))


def test_it_goes_in_stages_leave_move_join() -> None:
    assert stage(0.0) == (1.0, 0.0, 0.0)
    assert stage(LEAVE) == pytest.approx((0.0, 0.0, 0.0))
    assert stage(MOVE) == pytest.approx((0.0, 1.0, 0.0))
    assert stage(1.0) == (0.0, 1.0, 1.0)
    assert stage(1.7) == stage(1.0)


@given(SHARES, SHARES)
def test_a_stage_never_goes_back_and_no_two_overlap(one: float, other: float) -> None:
    before, after = (stage(share) for share in sorted((one, other)))
    assert 1.0 >= before.leaving >= after.leaving >= 0.0
    assert 0.0 <= before.moved <= after.moved <= 1.0
    assert 0.0 <= before.joining <= after.joining <= 1.0
    assert before.leaving == 0.0 or before.moved == 0.0
    assert before.moved == 1.0 or before.joining == 0.0


@given(charts(), charts())
def test_what_stays_begins_where_it_stood_and_ends_where_it_shall(old: Scene, new: Scene) -> None:
    tween = Tween.of(old, new, 1.0)
    begin, end = tween.staying(0.0), tween.staying(1.0)
    both = stands(old).keys() & stands(new).keys()
    for kind in (stands, named):  # words go with their box
        assert kind(begin).keys() == kind(end).keys() == both
        assert all(kind(begin)[key] == pytest.approx(kind(old)[key]) for key in both)
        assert all(kind(end)[key] == pytest.approx(kind(new)[key]) for key in both)
    drawn = run(old).keys() & run(new).keys()
    assert run(end) == {key: run(new)[key] for key in drawn}
    for key in drawn:
        bends = len(run(old)[key]) == len(run(new)[key])
        assert run(begin)[key] == pytest.approx(np.array(run(old if bends else new)[key]))


@given(charts(), charts(), SHARES)
def test_on_the_way_it_is_between_and_nothing_is_lost(old: Scene, new: Scene, moved: float) -> None:
    tween = Tween.of(old, new, 1.0)
    now = tween.staying(moved)
    for key, place in stands(now).items():
        for a, b, at in zip(stands(old)[key], stands(new)[key], place, strict=True):
            assert min(a, b) - 1e-9 <= at <= max(a, b) + 1e-9
    for kind in (stands, named, run):
        assert kind(tween.leaving).keys() == kind(old).keys() - kind(new).keys()
        assert kind(tween.joining).keys() == kind(new).keys() - kind(old).keys()
        assert kind(now).keys() == kind(new).keys() & kind(old).keys()
    assert tween.n_rows == sum(len(mark) for layer in now.layers for mark in layer.marks)


def test_what_has_no_key_leaves_and_joins() -> None:
    one = chart({" ": (0, 0, 9, 9), "a": (0, 0, 9, 9)}, {}, ["a"])
    tween = Tween.of(one, one, 1.0)
    assert set(stands(tween.leaving)) == set(stands(tween.joining)) == {" "}
    assert set(stands(tween.staying(0.5))) == {"a"}


def test_empty_scenes_have_nothing_that_moves() -> None:
    empty, full = scene(keys=[]), chart({"a": (0, 0, 9, 9)}, {}, ["a"])
    for old, new in ((empty, empty), (empty, full), (full, empty)):
        tween = Tween.of(old, new, 1.0)
        assert tween.n_rows == 0
        assert stands(tween.staying(0.5)) == {}
        assert stands(tween.leaving) == stands(old)
        assert stands(tween.joining) == stands(new)


def test_words_of_a_line_stay_with_it() -> None:
    words = Layer("words", 2, (labels({"line": (40.0, 40.0, 0.0, 0.0)}, ["line"]),))
    drawn = chart({}, {"line": ((0, 0), (9, 9))}, ["line"])
    made = replace(drawn, layers=(*drawn.layers, words))
    assert named(Tween.of(made, made, 1.0).staying(0.3)) == {"line": (43.0, 43.0)}


def test_only_what_the_scale_shows_takes_part_and_header_and_foot_do_not() -> None:
    near = Layer("near", 1, (boxes({"a": (0, 0, 9, 9)}, ["a", "b", "c"]),), min_scale=1.0)
    afar = Layer("afar", 1, (boxes({"b": (0, 0, 9, 9)}, ["a", "b", "c"]),), max_scale=1.0)
    page = Layer("page", 2, (boxes({"c": (0, 0, 9, 9)}, ["a", "b", "c"]),), space="page")
    made = scene(near, afar, page, keys=["a", "b", "c"])
    assert set(stands(Tween.of(made, made, 1.0).staying(0.5))) == {"a"}
    assert set(stands(Tween.of(made, made, 0.9).staying(0.5))) == {"b"}
    tween = Tween.of(made, scene(keys=[]), 1.0)
    assert set(stands(tween.leaving)) == {"a"}


def test_discs_move_and_lines_that_bend_otherwise_stand_at_their_new_points() -> None:
    def dots(x: float) -> Scene:
        dot = Dot(**_common(["a"], ["a", "l"]), x=floats([x]), y=floats([5.0]), r=floats([3.0]))
        bends: Line = ((x, 0), (x, 9)) if x < 5 else ((x, 0), (x, 5), (x, 9))
        return scene(Layer("dots", 1, (lines({"l": bends}, ["a", "l"]), dot)), keys=["a", "l"])

    half = Tween.of(dots(0.0), dots(10.0), 1.0).staying(0.5)
    (mark,) = [mark for layer in half.layers for mark in layer.marks if isinstance(mark, Dot)]
    assert mark.x.tolist() == [5.0]
    assert run(half) == {"l": [[10.0, 0.0], [10.0, 5.0], [10.0, 9.0]]}
