"""Walking to any step of the history, and what of a document is not in its file."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.dataset import Dataset
from app.domain.edit import apply, drop
from app.files.registry import read
from app.session.document import Document
from app.session.journal import FILE, Journal
from app.session.session import Session
from app.session.unsaved import began_empty, unsaved
from tests.domain.worlds import labs
from tests.session.documents import assert_same, back, left_by_a_crash, opened, renamed, same_rows, saved

PATH = Path("a.json")
STEPS = st.lists(st.sampled_from(["edit", "edit", "add", "drop", "undo", "undo", "redo", "save"]), max_size=10)


def walked(document: Document, steps: list[str]) -> tuple[Document, Dataset]:
    """After a walk, and what was written last."""
    written = document.dataset
    for n, step in enumerate(steps):
        match step:
            case "edit":
                document = renamed(document, f"Name {n}", "bob")
            case "add":
                document = renamed(document, f"Name {n}", f"person-{n}")
            case "drop":
                ids = list(document.dataset["people"]["id"][:1])
                document = document.done(drop(document.dataset, "Remove", {"people": ids}))
            case "undo":
                document = document.undone()
            case "redo":
                document = document.redone()
            case "save":
                document, written = document.saved_as(PATH, document), document.dataset
    return document, written


@given(STEPS, st.data())
def test_jumping_anywhere_and_back_gives_the_same_document(steps: list[str], data: st.DataObject) -> None:
    document, _ = walked(Document(labs(), PATH), steps)
    n = data.draw(st.integers(0, len(document.line)))
    there = document.at(n)
    one_by_one = document
    while len(one_by_one.past) > n:
        one_by_one = one_by_one.undone()
    while len(one_by_one.past) < n:
        one_by_one = one_by_one.redone()
    assert_same(there, one_by_one)
    assert all(a is b for a, b in zip(there.line, document.line, strict=True))
    assert_same(there.at(len(document.past)), document)


def test_there_is_no_way_to_a_step_that_is_not_there() -> None:
    document = renamed(Document(labs()), "One")
    assert document.at(1) is document
    for n in (-1, 2):
        with pytest.raises(ValueError, match="no step"):
            document.at(n)


@given(STEPS)
def test_what_is_unsaved_leads_from_what_was_written_to_the_document(steps: list[str]) -> None:
    document, written = walked(Document(labs(), PATH), steps)
    found = unsaved(document)
    assert found.against == "file"
    assert same_rows(apply(written, found.edit), document.dataset)
    assert same_rows(apply(document.dataset, found.edit.inverse), written)


def test_what_is_on_disk_is_known_where_no_step_leads_back_to_it() -> None:
    document = renamed(Document(labs(), PATH), "One")
    document = document.saved_as(PATH, document).undone()
    assert document.held == ()
    document = renamed(document, "Two")
    assert document.saved is None
    (change,) = unsaved(document).edit.tables.values()
    assert (change.before["name"].to_list(), change.after["name"].to_list()) == (["One"], ["Two"])
    for later in (document.undone(), renamed(document, "One")):
        assert unsaved(later).against == "file"
    assert not unsaved(renamed(document, "One")).edit
    assert document.saved_as(PATH, document).held == ()


def test_what_was_written_meanwhile_is_on_disk_also_where_it_was_given_up_since() -> None:
    written = renamed(Document(labs(), PATH), "One")
    now = renamed(written.undone(), "Two").saved_as(PATH, written)
    (change,) = unsaved(now).edit.tables.values()
    assert (change.before["name"].to_list(), change.after["name"].to_list()) == (["One"], ["Two"])


def test_of_what_is_in_no_file_all_is_new_or_compared_with_what_was_opened() -> None:
    new, sample = Document(Dataset.of()), Document(labs(), None, "ai-labs.json")
    assert (unsaved(new).against, unsaved(sample).against) == ("nothing", "opened")
    assert unsaved(renamed(new, "One")).edit.n_rows == 1
    assert unsaved(renamed(sample, "One")).edit.n_rows == 1
    gone = renamed(new, "One").at(0)
    assert began_empty(gone)
    assert not unsaved(gone).edit
    assert not began_empty(
        sample.done(drop(sample.dataset, "All", {t: list(f["id"]) for t, f in labs().tables.items()}))
    )


def test_a_session_tells_of_a_jump_once() -> None:
    session = Session()
    document = Document(labs())
    for n in range(5):
        document = renamed(document, f"Name {n}")
    session.set_document(document)
    told: list[Document | None] = []
    session.document_changed.connect(told.append)
    session.go_to(1)
    assert len(told) == 1
    assert session.document is not None
    assert (len(session.document.past), len(session.document.future)) == (1, 4)
    session.go_to(1)
    assert len(told) == 1
    session.close()


@given(st.lists(st.integers(0, 4), min_size=1, max_size=4))
@settings(max_examples=15)
def test_a_journal_writes_of_a_jump_only_undos_and_redos(jumps: list[int]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder, path = Path(name, "journals"), Path(name, "a.json")
        document = opened(path)
        journal = Journal.begin(folder, document)
        for n in range(4):
            document = renamed(document, f"Name {n}")
            journal.follow(document)
        n_lines = len((journal.place / FILE).read_bytes().splitlines())
        for n in jumps:
            document = document.at(n)
            journal.follow(document)
        lines = (journal.place / FILE).read_bytes().splitlines()[n_lines:]
        kinds = [kind for line in lines for kind in ("undo", "redo", "do", "mark") if kind in json.loads(line)]
        ways = [b - a for a, b in zip([4, *jumps], jumps, strict=False)]
        assert kinds == [kind for way in ways for kind in ["redo" if way > 0 else "undo"] * abs(way)]
        left_by_a_crash(journal)
        if document.changed:
            assert_same(back(folder), document)


def test_a_jump_past_a_save_and_an_edit_there_leave_what_is_on_disk_known(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    document = saved(renamed(renamed(opened(path), "One"), "Two"), path)
    document = renamed(document.at(0), "Else")
    assert document.saved is None
    assert same_rows(apply(document.dataset, unsaved(document).edit.inverse), read(path))
