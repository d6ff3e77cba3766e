"""A wish and the command that says it: the same picture whichever way it was asked for."""

from __future__ import annotations

import shlex
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cli import commands
from app.domain.errors import UsageError
from app.wishes.makers import check
from app.wishes.options import NAMES, nothing_chosen
from app.wishes.sight import camera_of
from app.wishes.wish import Wish, command_of

OTHER = {"view", "file", "output", "remake", "size", "scale", "theme", "story"}
"""Options that have a field of their own, and that of stories, which are no wishes."""
DAYS = st.one_of(st.none(), st.dates().map(str))
NUMBERS = st.floats(0.1, 10.0)
WORDS = st.one_of(st.none(), st.text("abc \"'-=", min_size=1, max_size=8))
CHOSEN = st.fixed_dictionaries(
    {},
    optional={
        "as_of": DAYS, "since": DAYS, "known_by": DAYS, "lens": st.text("ab: \"'", max_size=9),
        "level": st.sampled_from(commands.LEVELS), "focus": st.lists(st.text("ab-:", min_size=1)).map(tuple),
        "net": st.booleans(), "top": st.one_of(st.none(), st.integers(1, 60)), "caption": st.booleans(),
        "dpi": st.one_of(st.none(), st.floats(10.0, 2400.0)), "period": st.sampled_from((None, "quarter", "year")),
        "no_relations": st.booleans(), "sort": WORDS, "group": WORDS, "first_page": st.booleans(),
        "arrangement": st.sampled_from((None, *commands.ARRANGEMENTS)),
        "open_levels": st.sampled_from((None, "fit", "3")), "turned": st.lists(st.text("st:-", min_size=1)).map(tuple),
        "zoom": st.one_of(st.none(), st.floats(1e-6, 1000.0)),
        "centre": st.sampled_from((None, "800,450", "-3.25,17.5")), "fps": st.one_of(st.none(), st.integers(1, 60)),
        "seconds": st.one_of(st.none(), st.floats(1.0, 600.0)), "places": st.sampled_from((None, "map.png")),
        "before": DAYS, "known_after": DAYS, "other": st.sampled_from((None, "later.json")),
    },
)  # fmt: skip


def wish(view: str = "flowmap", output: str = "a.svg", **chosen: Any) -> Wish:
    return Wish(view, Path(output), (1600, 1000), 1.0, "light", {**nothing_chosen(), **chosen}, None)


def test_every_option_of_the_command_line_has_a_place_in_a_wish() -> None:
    params = [param.name for param in commands.render.params if param.name not in OTHER]
    assert sorted(map(str, params)) == sorted(NAMES)


@given(CHOSEN, st.sampled_from(commands.VIEWS), st.sampled_from(commands.FORMATS), NUMBERS, st.booleans())
def test_a_command_says_all_that_is_wished_for(
    chosen: dict[str, Any], view: str, ending: str, scale: float, dark: bool
) -> None:
    asked = replace(
        wish(view, f"a{ending}", **chosen), scale=scale, theme="dark" if dark else "light", file="my file.json"
    )
    program, command, *words = shlex.split(command_of(asked))
    params = dict(commands.render.make_context(command, words).params)
    assert (program, params.pop("remake"), params.pop("output")) == ("main.py", None, f"a{ending}")
    size, found = commands.pixels(params.pop("size")), (params.pop("view"), params.pop("file"))
    assert (size, found) == (asked.size, (view, "my file.json"))
    assert (params.pop("scale"), params.pop("theme")) == (asked.scale, asked.theme)
    assert params.pop("story") is None
    assert params == asked.chosen


@pytest.mark.parametrize(
    ("asked", "flag"),
    [
        (wish("sankey", no_relations=True), "--no-relations"),
        (wish("careers", places="a.svg"), "--places"),
        (wish("flowmap", arrangement="down"), "--arrangement"),
        (wish("orgchart", open_levels="2"), "--open-levels"),
        (wish("orgchart", "a.png", turned=("people:a",)), "--turned"),
        (wish("orgchart", first_page=True), "--first-page"),
        (wish("matrix", "a.pdf", first_page=True), "--first-page"),
    ],
)
def test_what_says_nothing_of_a_picture_is_refused(asked: Wish, flag: str) -> None:
    with pytest.raises(UsageError, match=flag):
        check(asked)


def test_the_middle_of_the_picture_is_the_centre_if_nobody_says() -> None:
    camera = camera_of(wish(zoom=2.0))
    assert camera.to_view(800.0, 500.0) == (800.0, 500.0)
    assert camera_of(wish(centre="100,200")).to_view(100.0, 200.0) == (800.0, 500.0)


@pytest.mark.parametrize("text", ["", "1", "1,2,3", "a,b", "nan,1", "inf,2"])
def test_a_centre_that_is_no_place_is_told(text: str) -> None:
    with pytest.raises(UsageError, match="--centre"):
        camera_of(wish(centre=text))
