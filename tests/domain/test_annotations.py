"""What is written into pictures: it comes back as it was, undo takes it away, and what cannot be read is nothing."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.annotations import NONE, UP_RIGHT, Annotations, Note, annotate, annotations_of
from app.domain.checks import check, errors
from app.domain.dataset import Dataset
from app.domain.edit import apply, put
from app.domain.views import pin, pins
from tests.pictures.made import small

KEYS = st.sampled_from(["organizations:north", "flow:north>south", "people:ada", "move:st-ada-0>st-ada-1"])
WORDS = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1, max_size=30).filter(str.strip)
TENTHS = st.integers(-30_000, 30_000).map(lambda n: n / 10)
NOTES = st.builds(Note, KEYS, WORDS, st.tuples(TENTHS, TENTHS))
WRITTEN = st.builds(
    Annotations,
    st.one_of(st.just(""), WORDS.map(lambda text: " ".join(text.split()))),
    st.lists(NOTES, max_size=3).map(tuple),
    st.lists(KEYS, unique=True, max_size=3).map(tuple),
    st.lists(st.sampled_from(["north", "east", "gone"]), unique=True, max_size=3).map(tuple),
)


@given(WRITTEN, WRITTEN)
def test_what_is_written_comes_back_and_undo_takes_it_away(first: Annotations, second: Annotations) -> None:
    data = small()
    edit = annotate(data, "flowmap", first, "Write")
    once = apply(data, edit)
    assert annotations_of(once, "flowmap") == first
    assert annotations_of(once, "sankey") == NONE
    again = annotate(once, "flowmap", second, "Write")
    twice = apply(once, again)
    assert annotations_of(twice, "flowmap") == second
    assert apply(twice, again.inverse).digest == once.digest
    assert apply(once, edit.inverse).digest == data.digest
    assert not errors(check(twice))


def test_nothing_written_leaves_no_row_behind() -> None:
    data = apply(small(), annotate(small(), "flowmap", Annotations(title="Mine"), "Write"))
    assert data["views"].height == 1
    assert apply(data, annotate(data, "flowmap", NONE, "Clear"))["views"].height == 0
    assert not annotate(small(), "flowmap", NONE, "Clear")


def test_pins_and_what_another_version_wrote_stay() -> None:
    data = apply(small(), pin(small(), "flowmap", {"north": (0.5, 0.5)}, "Pin"))
    row = data["views"].row(0, named=True)
    options = {**json.loads(row["options"]), "annotations": {"title": "Old", "arrows": [1]}}
    data = apply(data, put(data, "Change", {"views": [{**row, "options": json.dumps(options)}]}))
    data = apply(data, annotate(data, "flowmap", Annotations(title="New"), "Write"))
    assert json.loads(data["views"].item(0, "options"))["annotations"] == {"title": "New", "arrows": [1]}
    assert pins(data, "flowmap") == {"north": (0.5, 0.5)}


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("[]", NONE),
        ('{"annotations":[]}', NONE),
        ('{"annotations":{"title":3,"notes":{},"highlights":"x","hidden":[1,""]}}', NONE),
        ('{"annotations":{"notes":[1,{"about":"","text":"a"},{"about":"organizations:a","text":" "}]}}', NONE),
        (
            '{"annotations":{"notes":[{"about":"organizations:a","text":"a","place":[1e999,0]}]}}',
            Annotations(notes=(Note("organizations:a", "a", (4000.0, 0.0)),)),
        ),
        (
            '{"annotations":{"notes":[{"about":"organizations:a","text":"a","place":["1",0]}]}}',
            Annotations(notes=(Note("organizations:a", "a", UP_RIGHT),)),
        ),
    ],
)
def test_what_cannot_be_read_is_nothing(written: str, read: Annotations) -> None:
    rows = [{"id": "v", "view": "flowmap", "options": written}]
    assert annotations_of(apply(Dataset.of(), put(Dataset.of(), "Add", {"views": rows})), "flowmap") == read


@given(st.lists(KEYS, unique=True, min_size=1, max_size=4), st.lists(KEYS, unique=True, max_size=4))
def test_highlights_are_turned_on_together_and_off_together(keys: list[str], before: list[str]) -> None:
    held = Annotations(highlights=tuple(before))
    turned = held.turned(*keys)
    if set(keys) <= set(before):
        assert set(turned.highlights) == set(before) - set(keys)
    else:
        assert set(turned.highlights) == set(before) | set(keys)


def test_a_note_without_words_goes() -> None:
    held = NONE.noted(Note("people:ada", "One")).noted(Note("people:ben", "Two"))
    assert [note.text for note in held.noted(Note("people:ada", "Three"), 0).notes] == ["Three", "Two"]
    assert [note.text for note in held.noted(Note("people:ada", "  "), 0).notes] == ["Two"]
    assert held.noted(Note("people:ada", "Nowhere"), 7) == held
