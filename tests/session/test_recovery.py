"""Recovery where things are not as they were: another file, none, a damaged copy, a journal of another version."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.dataset import Dataset
from app.domain.edit import apply, drop, put
from app.domain.errors import FileError
from app.files.registry import read, write
from app.files.stamp import Stamp
from app.session.document import Document
from app.session.journal import FILE, Journal
from app.session.journal_lines import line
from app.session.recovery import found, recovered
from tests.domain.worlds import labs
from tests.session.documents import assert_same, back, left_by_a_crash, opened, renamed, same_rows


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the journals lie."""
    return tmp_path / "journals"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The file that the document was opened from."""
    return tmp_path / "a.json"


@pytest.fixture
def document(folder: Path, file: Path) -> Document:
    """A document with two changes, a third undone, whose process has died."""
    now = opened(file)
    journal = Journal.begin(folder, now)
    for step in (lambda d: renamed(d, "One"), lambda d: renamed(d, "Cleo", "cleo"), lambda d: renamed(d, "Not this")):
        now = step(now)
        journal.follow(now)
    now = now.undone()
    journal.follow(now)
    left_by_a_crash(journal)
    return now


def rewritten(file: Path, **rows: list[dict[str, object]]) -> Dataset:
    """The file after somebody else has changed or added records in it."""
    world = read(file)
    full = {name: [{**(world.row(name, str(row["id"])) or {}), **row} for row in given] for name, given in rows.items()}
    changed = apply(world, put(world, "elsewhere", full))
    write(changed, file)
    return changed


def test_a_file_that_was_only_touched_is_the_same(folder: Path, file: Path, document: Document) -> None:
    os.utime(file, (1_000_000_000, 1_000_000_000))
    assert_same(back(folder), document)


@pytest.mark.usefixtures("document")
def test_edits_that_fit_a_changed_file_are_done_to_it(folder: Path, file: Path) -> None:
    now = rewritten(file, people=[{"id": "ada", "orcid": "0000-0001"}, {"id": "bob", "name": "Rob"}])
    (left,) = found(folder)
    made = recovered(left)
    assert made.lost == ()
    assert made.warnings == ("a.json has been changed by somebody else since.",)
    ada, cleo = (made.document.dataset.row("people", person) for person in ("ada", "cleo"))
    assert (ada["name"], ada["orcid"], cleo["name"]) == ("One", "0000-0001", "Cleo")
    assert made.document.dataset.row("people", "bob")["name"] == "Rob"
    assert (made.document.path, made.document.n_unsaved) == (file, 2)
    assert same_rows(made.document.undone().undone().dataset, now)
    left_by_a_crash(made.journal)  # the journal that was left behind is gone, and a new one stands for it
    (again,) = found(folder)
    assert again.place != left.place
    assert_same(back(folder), made.document)


def test_what_does_not_fit_a_changed_file_is_named_and_the_rest_is_done(
    folder: Path, file: Path, document: Document
) -> None:
    rewritten(file, people=[{"id": "ada", "name": "Augusta"}])
    (left,) = found(folder)
    made = recovered(left)
    conflict = made.lost[0].conflict
    assert [lost.edit for lost in made.lost] == ["Rename to One"]
    assert (conflict.table, conflict.id, conflict.field) == ("people", "ada", "name")
    assert (conflict.base, conflict.a, conflict.b) == ("Ada", "One", "Augusta")
    assert made.document.dataset.row("people", "ada")["name"] == "Augusta"
    assert [edit.name for edit in made.document.past] == ["Rename to Cleo"]
    made.journal.close(discard=True)
    write(labs(), file)  # with the file as it was, the journal that was left behind gives all of it
    assert [one.place for one in found(folder)] == [left.place]
    assert_same(back(folder), document)


@pytest.mark.usefixtures("document")
def test_a_record_that_somebody_removed_stays_removed(folder: Path, file: Path) -> None:
    world = read(file)
    gone = {"people": ["ada"], "stints": ["st-ada-01", "st-ada-02"]}
    write(apply(world, drop(world, "elsewhere", gone)), file)
    made = recovered(found(folder)[0])
    assert [(lost.edit, lost.conflict.code) for lost in made.lost] == [("Rename to One", "removed-and-changed")]
    assert made.document.dataset["people"]["id"].to_list() == ["bob", "cleo"]
    made.journal.close(discard=True)


def test_changes_that_the_file_has_already_are_not_done_twice(folder: Path, file: Path, document: Document) -> None:
    write(document.dataset, file)  # the process died after the file was saved and before that was written down
    made = recovered(found(folder)[0])
    assert made.lost == ()
    assert not made.document.changed
    assert same_rows(made.document.dataset, document.dataset)
    made.journal.close(discard=True)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("damage", ["gone", "no dataset", "a folder"])
def test_without_the_file_the_changed_records_come_back_alone(
    folder: Path, file: Path, document: Document, damage: str
) -> None:
    file.unlink()
    if damage == "no dataset":
        file.write_bytes(b"{}")
    elif damage == "a folder":
        file.mkdir()
    (left,) = found(folder)
    made = recovered(left)
    assert made.lost == ()
    assert made.warnings[0].startswith("Only the records that were changed could be brought back. ")
    assert "a.json" in made.warnings[0]
    assert made.document.path is None  # else it could be saved over the whole
    assert (made.document.name, made.document.changed) == ("a.json", True)
    assert made.document.dataset["people"].select("id", "name").rows() == [("ada", "One"), ("cleo", "Cleo")]
    back_again = made.document.undone().undone().dataset["people"]
    assert back_again.select("id", "name").rows() == [("ada", "Ada")]
    left_by_a_crash(made.journal)
    assert {one.path for one in found(folder)} == {None, file}  # the first stays, for the file may come back
    if damage == "a folder":
        file.rmdir()
    write(labs(), file)
    (first,) = [one for one in found(folder) if one.path == file]
    again = recovered(first)
    assert again.warnings == ()
    assert_same(again.document, document)
    again.journal.close(discard=True)


def test_a_damaged_copy_is_told(folder: Path) -> None:
    document = Document(labs())
    journal = Journal.begin(folder, document)
    journal.follow(renamed(document, "One"))
    left_by_a_crash(journal)
    (copy,) = journal.place.glob("*.talentflow")
    copy.write_bytes(copy.read_bytes()[:-100])
    made = recovered(found(folder)[0])
    assert made.warnings == (
        "Only the records that were changed could be brought back: the copy of the others is damaged.",
    )
    assert made.document.dataset["people"].select("id", "name").rows() == [("ada", "One")]
    made.journal.close(discard=True)


def test_edits_that_were_made_for_other_rows_are_fitted(folder: Path, file: Path) -> None:
    document = replace(opened(file), dataset=renamed(opened(file), "Somebody").dataset)
    journal = Journal.begin(folder, document)
    journal.follow(renamed(document, "One"))
    left_by_a_crash(journal)
    made = recovered(found(folder)[0])
    assert made.warnings == ("Its edits do not fit the rows that they were made for.",)
    assert [lost.conflict.b for lost in made.lost] == ["Ada"]
    made.journal.close(discard=True)


def test_warnings_of_the_data_are_those_of_opening(folder: Path, file: Path) -> None:
    write(apply(labs(), put(labs(), "", {"people": [{"id": "cleo", "name": "Cleo"}]})), file)
    document = Document(read(file), file, file.name, stamp=Stamp.of(file))
    journal = Journal.begin(folder, document)
    journal.follow(renamed(document, "One"))
    left_by_a_crash(journal)
    made = recovered(found(folder)[0])
    assert [(fault.code, fault.id) for fault in made.document.warnings] == [("unsourced", "cleo")]
    made.journal.close(discard=True)


@pytest.mark.usefixtures("document")
def test_what_is_no_journal_is_passed_over_and_stays(folder: Path) -> None:
    shutil.copytree(found(folder)[0].place, folder / "newer")
    head, _ = line(0, "", "head", b'{"format":"talentflow-journal","version":2}')
    (folder / "newer" / FILE).write_bytes(head)
    (folder / "noise").mkdir()
    (folder / "noise" / FILE).write_bytes(b"\x00\xff\n" * 40)
    (folder / "remains").mkdir()
    (folder / "note.txt").write_bytes(b"")
    assert [left.name for left in found(folder)] == ["a.json"]
    assert {place.name for place in folder.iterdir()} >= {"newer", "noise", "note.txt"}
    assert not (folder / "remains").exists()  # of a journal that was being removed


def test_no_folder_no_journals(tmp_path: Path) -> None:
    assert found(tmp_path / "nowhere") == []


@pytest.mark.usefixtures("document")
def test_a_journal_that_somebody_discarded_cannot_be_recovered(folder: Path) -> None:
    (left,) = found(folder)
    left.discard()
    with pytest.raises(FileError, match="no such file"):
        recovered(left)
    assert list(folder.iterdir()) == []


def test_the_journal_used_last_comes_first(folder: Path, file: Path) -> None:
    places = []
    for n in range(3):
        journal = Journal.begin(folder, opened(file))
        journal.follow(renamed(journal._document, f"Name {n}"))
        left_by_a_crash(journal)
        os.utime(journal.place / FILE, (n, n))
        places.append(journal.place)
    assert [left.place for left in found(folder)] == places[::-1]
