"""Stories: steps in order, kept with the dataset."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import dates
from app.domain.checks import check, errors
from app.domain.dataset import Dataset
from app.domain.edit import apply, put
from app.domain.rewiring import rewire
from app.domain.stories import (
    LONGEST,
    MODES,
    SHORTEST,
    Step,
    Story,
    begin,
    change,
    delete,
    forget,
    free_name,
    insert,
    move,
    rename,
    reword,
    stories,
    story_of,
)
from tests.pictures.made import small

NUMBERS = st.floats(-100, 100)
STEPS = st.builds(
    Step,
    view=st.dictionaries(st.sampled_from(["picture", "lens", "organization"]), st.text(max_size=8), max_size=3),
    day=st.none() | st.integers(dates.day(1950), dates.day(2050)),
    mode=st.sampled_from(MODES),
    window=st.floats(1, 4000),
    focus=st.lists(st.text(max_size=6), max_size=3).map(tuple),
    camera=st.none() | st.tuples(st.floats(0.1, 50), NUMBERS, NUMBERS),
    head=st.text(max_size=20),
    text=st.text(max_size=60),
    seconds=st.floats(SHORTEST, LONGEST),
    more=st.dictionaries(st.sampled_from(["voice", "by"]), st.integers() | st.text(max_size=5), max_size=2),
)
STORIES = st.lists(STEPS, min_size=1, max_size=5)


def told(steps: list[Step], name: str = "Tale") -> tuple[Dataset, Story]:
    data = apply(small(), begin(small(), name, steps))
    return data, stories(data)[0]


@given(STORIES)
def test_what_is_kept_comes_back(steps: list[Step]) -> None:
    data, story = told(steps)
    assert story.steps == tuple(steps)
    assert story.name == "Tale"
    assert not errors(check(data))
    assert data.digest == small().digest


@given(STORIES, st.data())
def test_every_change_is_undone_by_its_inverse(steps: list[Step], draw: st.DataObject) -> None:
    data, story = told(steps)
    at = draw.draw(st.integers(0, len(steps) - 1))
    to = draw.draw(st.integers(0, len(steps) - 1))
    step = draw.draw(STEPS)
    for edit in (
        insert(data, story, to, step), change(data, story, at, step), reword(data, story, at, head="Said", text="x"),
        move(data, story, at, to), delete(data, story, at), rename(data, story, "Another"), forget(data, story),
    ):  # fmt: skip
        after = apply(data, edit)
        assert stories(apply(after, edit.inverse)) == (story,)


@given(STORIES, st.data())
def test_moves_are_permutations(steps: list[Step], draw: st.DataObject) -> None:
    data, story = told([Step(head=str(n), text=step.text) for n, step in enumerate(steps)])
    at, to = (draw.draw(st.integers(0, len(steps) - 1)) for _ in range(2))
    after = stories(apply(data, move(data, story, at, to)))[0].steps
    assert sorted(step.head for step in after) == sorted(step.head for step in story.steps)
    assert after[to] == story.steps[at]
    rest = [step.head for step in story.steps if step != story.steps[at]]
    assert [step.head for step in after if step != story.steps[at]] == rest


def test_steps_are_added_replaced_and_deleted_where_they_were_meant() -> None:
    data, story = told([Step(head="a"), Step(head="b")])
    data = apply(data, insert(data, story, 1, Step(head="between")))
    data = apply(data, change(data, stories(data)[0], 0, Step(head="first")))
    assert [step.head for step in stories(data)[0].steps] == ["first", "between", "b"]
    data = apply(data, delete(data, stories(data)[0], 1))
    assert [step.head for step in stories(data)[0].steps] == ["first", "b"]
    assert not change(data, stories(data)[0], 0, Step(head="first"))
    with pytest.raises(IndexError):
        delete(data, stories(data)[0], 2)


def test_stories_stand_in_order_of_their_names_and_no_two_share_one() -> None:
    data = small()
    for name in ("later", " Early  one ", "middle"):
        data = apply(data, begin(data, name))
    assert [story.name for story in stories(data)] == ["Early one", "later", "middle"]
    with pytest.raises(ValueError, match="already"):
        begin(data, "later")
    with pytest.raises(ValueError, match="name"):
        rename(data, stories(data)[0], "  ")
    assert free_name(data) == "Story"
    assert free_name(data, "later") == "later 2"
    assert not rename(data, stories(data)[1], "later")
    assert story_of(data, "north") is None


@pytest.mark.parametrize("options", ["", "[]", "no json", '{"steps":7}', '{"steps":{"a":1}}'])
def test_a_row_that_cannot_be_read_has_no_steps(options: str) -> None:
    row = {"id": "v", "view": "story", "name": "Tale", "options": options}
    data = apply(small(), put(small(), "Bad", {"views": [row]}))
    assert stories(data) == (Story("v", "Tale", ()),)


def test_a_step_is_read_as_near_as_possible_and_nothing_of_it_is_lost() -> None:
    held: list[Any] = [
        {"day": "some day", "seconds": -4, "head": "Said", "camera": [0, 1, 2], "voice": "soft", "focus": "x"},
        "not a step",
        {"day": "2025-06", "view": {"picture": "sankey", "unheard": 1}},
    ]
    row = {"id": "v", "view": "story", "name": "T", "options": json.dumps({"steps": held, "author": "x"})}
    data = apply(small(), put(small(), "Add", {"views": [row]}))
    one, other, third = stories(data)[0].steps
    assert (one.day, one.seconds, one.head, one.camera) == (None, 8.0, "Said", None)
    assert set(one.unread) == {"day", "seconds", "camera", "focus"}
    assert other.unread == ("step",)
    assert third.day == dates.day(2025, 6, 30)
    assert third.unread == ()
    data = apply(data, reword(data, stories(data)[0], 0, text="New"))
    row = data.row("views", "v") or {}
    kept = json.loads(row["options"])
    assert kept["author"] == "x"
    assert kept["steps"][0] == {**held[0], "text": "New"}
    assert kept["steps"][1] == "not a step"
    data = apply(data, reword(data, stories(data)[0], 0, seconds=5.0))
    assert "seconds" not in stories(data)[0].steps[0].unread


def test_steps_follow_records_that_become_one_and_words_stay() -> None:
    view = {"picture": "buildout", "organization": "south", "lens": "to:south from:Sth expertise:south",
            "beside": ["south", "north"]}  # fmt: skip
    focus = ("organizations:south", "flow:south>west", "organizations:north")
    data, _ = told([Step(view=view, focus=focus, head="south", text="south")])
    data = apply(data, rewire(data, "organizations", "north", ["south"]).edit)
    step = stories(data)[0].steps[0]
    assert step.view["organization"] == "north"
    assert step.view["lens"] == "to:north from:Sth expertise:south"
    assert step.view["beside"] == ["north"]
    assert step.focus == ("organizations:north", "flow:north>west")
    assert (step.head, step.text) == ("south", "south")
