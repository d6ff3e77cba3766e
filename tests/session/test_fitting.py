"""Edits done again to rows that somebody else has changed: what fits is done, what does not is named."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.dataset import Dataset
from app.domain.edit import Edit, apply, drop, put
from app.domain.errors import DataError, FileError
from app.files.registry import read, write
from app.session import logs
from app.session.backup import versions
from app.session.both import both
from app.session.document import Document
from app.session.fitting import done_again
from tests.domain.worlds import datasets, edits, labs
from tests.session.documents import opened, renamed, same_rows, saved


def elsewhere(file: Path, **fields: object) -> Dataset:
    """The file after somebody else has changed Ada in it."""
    world = read(file)
    changed = apply(world, put(world, "elsewhere", {"people": [{**(world.row("people", "ada") or {}), **fields}]}))
    write(changed, file)
    return changed


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The file of a document."""
    return tmp_path / "a.json"


@given(st.data())
def test_to_the_same_rows_everything_is_done_as_it_was(data: st.DataObject) -> None:
    first = data.draw(datasets())
    way: list[Edit] = []
    now = first
    for _ in range(data.draw(st.integers(0, 3))):
        way.append(data.draw(edits(now)))
        now = apply(now, way[-1])
    fit = done_again(way, first)
    assert same_rows(fit.dataset, now)
    assert all(a is b for a, b in zip(fit.edits, [edit for edit in way if edit], strict=True))
    assert fit.lost == ()


@given(st.data())
def test_to_any_rows_the_steps_lead_there_and_back(data: st.DataObject) -> None:
    first = data.draw(datasets())
    way = [data.draw(edits(first))]
    way.append(data.draw(edits(apply(first, way[0]))))
    theirs = apply(first, data.draw(edits(first)))
    fit = done_again(way, theirs)
    back = fit.dataset
    for edit in reversed(fit.edits):
        back = apply(back, edit.inverse)
    assert same_rows(back, theirs)


def test_what_they_have_already_is_no_step() -> None:
    document = renamed(Document(labs()), "One")
    fit = done_again(document.past, document.dataset)
    assert (fit.edits, fit.lost) == ((), ())
    assert fit.dataset is document.dataset


def test_where_the_rows_say_something_else_they_stay_and_the_edit_is_named(file: Path) -> None:
    document = renamed(renamed(opened(file), "One"), "Cleo", "cleo")
    fit = done_again(document.past, elsewhere(file, name="Augusta"))
    assert [edit.name for edit in fit.edits] == ["Rename to Cleo"]
    assert [(lost.edit, lost.conflict.a, lost.conflict.b) for lost in fit.lost] == [("Rename to One", "One", "Augusta")]
    assert fit.dataset.row("people", "ada")["name"] == "Augusta"


# --- what leads from the file to the document ---


STEPS = st.lists(st.sampled_from(["edit", "edit", "undo", "undo", "redo", "save", "gone", "back"]), max_size=12)


@given(STEPS)
def test_the_unsaved_steps_lead_from_the_file_to_the_document(steps: list[str]) -> None:
    document, held = Document(labs()), labs()
    for n, step in enumerate(steps):
        match step:
            case "edit":
                document = renamed(document, f"Name {n}", f"person-{n % 3}")
            case "undo":
                document = document.undone()
            case "redo":
                document = document.redone()
            case "save":
                document, held = document.saved_as(Path("a.json"), document), document.dataset
            case "gone":
                document = document.bereft()
            case "back":
                document = document.found_again()
        rows = held
        for edit in document.unsaved:
            rows = apply(rows, edit)
        assert same_rows(rows, document.dataset)
        if not document.changed:
            assert document.unsaved == ()


def test_what_was_edited_while_it_was_saved_leads_from_what_was_saved() -> None:
    document = renamed(renamed(Document(labs()), "One"), "Two")
    later = renamed(document.undone(), "Three").saved_as(Path("a.json"), document)
    assert [edit.name for edit in later.unsaved] == ["Take back “Rename to Two”", "Rename to Three"]
    assert later.changed


def test_a_document_whose_file_has_gone_counts_as_changed_until_it_is_back() -> None:
    document = renamed(Document(labs()), "One")
    document = document.saved_as(Path("a.json"), document)
    assert document.bereft().changed
    assert not document.bereft().found_again().changed
    edited = renamed(document, "Two").bereft()
    assert (edited.found_again().changed, edited.found_again().n_unsaved) == (True, 1)
    assert not edited.undone().found_again().changed
    forked = renamed(document.undone(), "Three").bereft().found_again()
    assert forked.changed
    assert [edit.name for edit in forked.unsaved] == ["Take back “Rename to One”", "Rename to Three"]


# --- both taken ---


def test_both_are_taken_with_a_step_for_each_change(file: Path) -> None:
    document = renamed(opened(file), "One")
    document = renamed(saved(document, file), "Cleo", "cleo")
    theirs = elsewhere(file, orcid="0000-0001")
    made = both(document)
    assert (made.lost, made.kept) == ((), False)
    ada, cleo = (made.document.dataset.row("people", person) for person in ("ada", "cleo"))
    assert (ada["name"], ada["orcid"], cleo["name"]) == ("One", "0000-0001", "Cleo")
    assert (made.document.n_unsaved, made.document.path, made.document.name) == (1, file, "a.json")
    assert same_rows(made.document.undone().dataset, theirs)
    assert not made.document.undone().changed
    assert made.document.stamp is not None
    assert not made.document.stamp.differs(file)


def test_an_edit_of_the_file_that_was_undone_is_taken_back_there_too(file: Path) -> None:
    document = renamed(opened(file), "One")
    document = saved(document, file).undone()
    elsewhere(file, orcid="0000-0001")
    made = both(document)
    assert (made.document.dataset.row("people", "ada")["name"], made.lost) == ("Ada", ())
    assert made.document.dataset.row("people", "ada")["orcid"] == "0000-0001"
    assert [edit.name for edit in made.document.past] == ["Take back “Rename to One”"]


def test_where_something_is_lost_the_document_is_kept_whole_among_the_earlier_versions(file: Path) -> None:
    document = renamed(renamed(opened(file), "One"), "Cleo", "cleo")
    elsewhere(file, name="Augusta")
    made = both(document)
    assert [lost.conflict.a for lost in made.lost] == ["One"]
    assert made.kept
    (version,) = versions(logs.versions(), file)
    assert same_rows(read(version.path), document.dataset)
    assert version.size == version.path.stat().st_size


def test_a_format_that_is_only_read_is_kept_in_one_that_is_written(tmp_path: Path) -> None:
    file = tmp_path / "people.txt"
    document = renamed(opened(tmp_path / "a.json"), "One")
    (tmp_path / "a.json").rename(file)
    elsewhere_file = read(file)
    changed = put(elsewhere_file, "elsewhere", {"people": [{"id": "ada", "name": "Augusta"}]})
    write(apply(elsewhere_file, changed), file, "json")
    made = both(Document(document.dataset, file, file.name, past=document.past))
    assert made.kept
    assert same_rows(read(versions(logs.versions(), file)[0].path), document.dataset)


def test_where_it_cannot_be_kept_both_are_taken_all_the_same(file: Path) -> None:
    document = renamed(opened(file), "One")
    elsewhere(file, name="Augusta")
    logs.folder().mkdir(parents=True, exist_ok=True)
    logs.versions().write_text("in the way")
    made = both(document)
    assert (len(made.lost), made.kept) == (1, False)


def test_a_file_that_cannot_be_read_or_has_errors_is_told(file: Path) -> None:
    document = renamed(opened(file), "One")
    broken = put(labs(), "break", {"stints": [{**labs().row("stints", "st-bob-01"), "person_id": "nobody"}]})
    write(apply(labs(), broken), file)
    with pytest.raises(DataError):
        both(document)
    file.unlink()
    with pytest.raises(FileError):
        both(document)


def test_a_record_that_they_removed_stays_removed(file: Path) -> None:
    document = renamed(opened(file), "One")
    gone = {"people": ["ada"], "stints": ["st-ada-01", "st-ada-02"]}
    write(apply(labs(), drop(labs(), "elsewhere", gone)), file)
    made = both(document)
    assert made.document.dataset.row("people", "ada") is None
    assert [lost.conflict.code for lost in made.lost] == ["removed-and-changed"]
