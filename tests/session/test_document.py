"""Edits of a document, and whether something would be lost."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from app.domain.edit import apply, put
from app.session.document import Document
from tests.pictures.made import small

DATA = small()


def renamed(document: Document, name: str) -> Document:
    row = document.dataset.row("people", "ben")
    assert row is not None
    return document.done(put(document.dataset, f"Rename to {name}", {"people": [{**row, "name": name}]}))


def name(document: Document) -> str:
    row = document.dataset.row("people", "ben")
    assert row is not None
    return str(row["name"])


def test_an_edit_is_undone_and_done_again() -> None:
    document = renamed(renamed(Document(DATA), "One"), "Two")
    assert (name(document), document.n_unsaved, document.changed) == ("Two", 2, True)
    back = document.undone()
    assert (name(back), back.n_unsaved) == ("One", 1)
    assert name(back.redone()) == "Two"
    assert name(back.undone()) == "Ben Madeup"
    assert not back.undone().changed


def test_nothing_to_undo_or_redo_changes_nothing() -> None:
    document = Document(DATA)
    assert document.undone() is document
    assert document.redone() is document
    assert document.done(put(DATA, "Nothing", {})) is document


def test_a_new_edit_forgets_what_was_undone() -> None:
    document = renamed(renamed(Document(DATA), "One").undone(), "Two")
    assert document.redone() is document
    assert name(document) == "Two"


def test_saving_makes_it_unchanged_and_undoing_past_it_changed() -> None:
    document = renamed(Document(DATA), "One")
    saved = document.saved_as(Path("a.json"), document)
    assert (saved.changed, saved.name, saved.path) == (False, "a.json", Path("a.json"))
    back = saved.undone()
    assert (back.changed, back.n_unsaved) == (True, 1)
    assert not back.redone().changed
    other = renamed(back, "Else")
    assert other.changed
    assert other.undone().changed  # the state on disk can no longer be reached


def test_edits_made_while_it_was_written_are_not_saved() -> None:
    written = renamed(Document(DATA), "One")
    later = renamed(written, "Two")
    assert later.saved_as(Path("a.json"), written).n_unsaved == 1
    undone = written.undone().saved_as(Path("a.json"), written)
    assert undone.changed
    assert not undone.redone().changed


@given(st.lists(st.sampled_from(["edit", "undo", "redo", "save"]), max_size=12))
def test_unchanged_means_as_saved(steps: list[str]) -> None:
    document = Document(DATA)
    saved = name(document)
    for n, step in enumerate(steps):
        if step == "edit":
            document = renamed(document, f"Name {n}")
        elif step == "save":
            document, saved = document.saved_as(Path("a.json"), document), name(document)
        else:
            document = document.undone() if step == "undo" else document.redone()
        if not document.changed:
            assert name(document) == saved


def test_the_step_from_another_state_is_known():
    start = Document(small())
    one = start.done(put(start.dataset, "One", {"people": [{"id": "cyd", "name": "Cyd"}]}))
    two = one.done(put(one.dataset, "Two", {"people": [{"id": "dov", "name": "Dov"}]}))
    step = two.step_from(one)
    assert step is not None
    assert apply(one.dataset, step).digest == two.dataset.digest
    back = start.step_from(two)
    assert back is not None
    assert apply(two.dataset, back).digest == start.dataset.digest
    assert not one.step_from(one)  # an empty one
    other = Document(small())
    assert other.step_from(start) is None
    assert other.done(two.past[0]).step_from(start) is None
