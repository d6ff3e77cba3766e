"""Scenes as tiles of one: what each mark is, says and stands for survives; it is only shifted and numbered anew."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.scene.marks import Box, Dot, Label, Path, Ribbon
from app.scene.scene import Header, Layer, Meta, Scene, Tip
from app.scene.style import Role, Style
from app.scene.tiled import Tile, tiled
from app.scene.tips import Later, Tips

META = Meta("made-up", "", "", "", ("", ""), "", "", "")
KEYS = ("flow:a>b", "organizations:a", "organizations:b", "group:in-a")
STYLES = (Style(Role.LANE, "a"), Style(Role.HEAD, "b"), Style(Role.NODE, "a"))
numbers = st.floats(-500, 500, allow_nan=False)


def scene(layers: tuple[Layer, ...], keys=KEYS, styles=STYLES, tips=()) -> Scene:
    return Scene((100.0, 80.0), layers, Header("", "", "", ""), (), None, keys, styles, tips, META)


@st.composite
def scenes(draw: st.DrawFn) -> Scene:
    """A Scene of every kind of mark, some without a key or a tip."""
    keys = tuple(draw(st.permutations(KEYS)))
    styles = tuple(draw(st.permutations(STYLES)))
    tips = tuple(Tip(f"tip {n}", links=("s",)) for n in range(draw(st.integers(1, 4))))
    n = draw(st.integers(1, 4))

    def column(low: int, high: int) -> np.ndarray:
        return np.array(draw(st.lists(st.integers(low, high), min_size=n, max_size=n)), dtype=np.int32)

    def common() -> dict[str, np.ndarray]:
        return {
            "key": column(-1, len(keys) - 1),
            "style": column(0, len(styles) - 1),
            "tip": column(-1, len(tips) - 1),
        }

    def values(*shape: int) -> np.ndarray:
        size = int(np.prod(shape))
        return np.array(draw(st.lists(numbers, min_size=size, max_size=size))).reshape(shape)

    offsets = (np.arange(n + 1) * 2).astype(np.int32)
    marks = (
        Box(**common(), x=values(n), y=values(n), w=values(n), h=values(n), radius=values(n)),
        Dot(**common(), x=values(n), y=values(n), r=values(n)),
        Path(**common(), points=values(2 * n, 2), offsets=offsets, closed=np.zeros(n, bool), stroke=values(n)),
        Ribbon(
            **common(), curve=values(n, 4, 2), inner=values(n), width=values(n), trim=values(n, 2), head=values(n),
            barb=values(n),
        ),
        Label(
            **common(), x=values(n), y=values(n), anchor=np.zeros(n, np.int8), angle=values(n),
            text=tuple(f"word {k}" for k in range(n)), max_width=np.full(n, np.inf), size=values(n),
        ),
    )  # fmt: skip
    return scene((Layer("marks", 30, marks[:3]), Layer("words", 60, marks[3:], space="page")), keys, styles, tips)


def told(whole: Scene, mark, row: int) -> tuple[object, ...]:
    """What a row of a mark stands for, means and says."""
    key, tip = int(mark.key[row]), int(mark.tip[row])
    return (
        whole.keys[key] if key >= 0 else "",
        whole.styles[int(mark.style[row])],
        whole.tips[tip] if tip >= 0 else None,
    )


@given(st.lists(st.tuples(scenes(), numbers, numbers), min_size=1, max_size=3))
def test_every_mark_of_every_tile_stands_shifted_in_the_whole_and_says_what_it_said(given_tiles) -> None:
    base = scene((Layer("ground", 0, (), space="page"),), (), (), ())
    whole = tiled(base, [Tile(tile, (dx, dy)) for tile, dx, dy in given_tiles])
    assert whole.size == base.size
    for name in ("marks", "words"):
        layer = whole.layer(name)
        assert layer.space == "world"
        of_tiles = [(mark, tile, dx, dy) for tile, dx, dy in given_tiles for mark in tile.layer(name).marks]
        assert len(layer.marks) == len(of_tiles)
        for new, (old, tile, dx, dy) in zip(layer.marks, of_tiles, strict=True):
            assert type(new) is type(old)
            for field in fields(old):
                was, now = getattr(old, field.name), getattr(new, field.name)
                if field.name in ("key", "style", "tip"):
                    continue
                if field.name in ("x", "y"):
                    was = was + (dx if field.name == "x" else dy)
                elif field.name in ("curve", "points"):
                    was = was + np.array([dx, dy])
                assert np.array_equal(was, now), field.name
            for row in range(len(old)):
                assert told(whole, new, row) == told(tile, old, row)


@given(scenes(), scenes())
def test_a_key_has_one_number_in_all_tiles_and_no_number_without_a_mark(one: Scene, other: Scene) -> None:
    whole = tiled(scene((), (), (), ()), [Tile(one, (0.0, 0.0)), Tile(other, (100.0, 0.0))])
    assert len(set(whole.keys)) == len(whole.keys)
    assert len(set(whole.styles)) == len(whole.styles)
    numbers = [mark.key for layer in whole.layers for mark in layer.marks]
    assert set(np.concatenate(numbers).tolist()) - {-1} == set(range(len(whole.keys)))


def test_marks_of_the_base_keep_their_numbers_and_nothing_moves() -> None:
    dot = {"x": np.zeros(1), "y": np.zeros(1), "r": np.ones(1)}
    first = np.zeros(1, dtype=np.int32)
    own = Dot(key=first, style=first, tip=first, **dot)
    base = scene((Layer("own", 5, (own,)),), ("people:x",), (STYLES[2],), (Tip("base"),))
    part = scene((Layer("marks", 1, (Dot(key=first, style=first, tip=first, **dot),), moving=True),), tips=(Tip("t"),))
    whole = tiled(base, [Tile(part, (3.0, 4.0))])
    assert whole.layer("own").marks[0] == own
    assert told(whole, whole.layer("own").marks[0], 0) == ("people:x", STYLES[2], Tip("base"))
    assert whole.motion is None
    assert not any(layer.moving for layer in whole.layers)
    assert [layer.name for layer in whole.layers] == ["marks", "own"]  # by z


def test_tips_that_wait_go_on_waiting() -> None:
    def made(_: object) -> Tip:
        pytest.fail("nobody has asked for this tip")

    first = np.zeros(1, dtype=np.int32)
    mark = Dot(key=first, style=first, tip=first, x=np.zeros(1), y=np.zeros(1), r=np.ones(1))
    part = replace(scene((Layer("marks", 1, (mark,)),)), tips=Tips([Later(made, None)]))
    assert len(tiled(scene((), (), (), ()), [Tile(part, (0.0, 0.0))]).tips) == 1


def test_no_tiles_leave_the_base_as_it_is() -> None:
    base = scene((Layer("ground", 0, (), space="page"),))
    assert tiled(base, []) == replace(base, tips=Tips())
