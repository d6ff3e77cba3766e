"""The journal: what was acknowledged comes back, wherever it is cut, and whoever is killed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.domain.dataset import Dataset
from app.domain.edit import put
from app.domain.errors import DataError, FileError
from app.session import journal as journals
from app.session.document import Document
from app.session.journal import FILE, Journal
from app.session.recovery import found, recovered
from tests.domain.worlds import labs
from tests.files.made import full, tidy
from tests.session.documents import assert_same, back, left_by_a_crash, opened, renamed, same_rows, saved

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the journals lie."""
    return tmp_path / "journals"


def test_a_document_comes_back_with_its_history(folder: Path, tmp_path: Path) -> None:
    document = opened(tmp_path / "a.json")
    journal = Journal.begin(folder, document)
    for step in (
        lambda d: renamed(d, "One"), lambda d: renamed(d, "Two"), lambda d: d.undone(), lambda d: renamed(d, "Three"),
        lambda d: renamed(d, "Zoë “the first” Çelik"), lambda d: d.undone(),
    ):  # fmt: skip
        document = step(document)
        journal.follow(document)
    left_by_a_crash(journal)
    (left,) = found(folder)
    assert (left.name, left.path, left.n_changes) == ("a.json", tmp_path / "a.json", 2)
    assert_same(back(folder), document)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    "document",
    [Document(Dataset.of()), Document(full()), Document(labs(), None, "ai-labs.json")],
    ids=["untitled", "imported", "sample"],
)
def test_what_is_on_no_disk_comes_back_too(folder: Path, document: Document) -> None:
    journal = Journal.begin(folder, document)
    document = renamed(document, "One", "cleo")
    journal.follow(document)
    left_by_a_crash(journal)
    assert_same(back(folder), replace(document, dataset=tidy(document.dataset)))


def test_rows_of_every_kind_come_back_as_a_file_would_have_them(folder: Path) -> None:
    document = Document(Dataset.of())
    journal = Journal.begin(folder, document)
    rows = {name: list(frame.iter_rows(named=True)) for name, frame in full().tables.items()}
    document = document.done(put(document.dataset, "Everything", rows))
    journal.follow(document)
    cleo = {"id": "cleo", "name": "Cle\u0301o", "extra": '{"b": 1, "a": {}}', "source_ids": ["post", "memo"]}
    document = document.done(put(document.dataset, "Composed", {"people": [cleo]}))
    journal.follow(document)
    left_by_a_crash(journal)
    made = back(folder)
    assert same_rows(made.dataset, tidy(document.dataset))
    assert made.dataset.row("people", "cleo")["name"] == "Cl\u00e9o"
    assert made.undone().dataset.row("people", "cleo") is None
    assert made.undone().undone().dataset.n_rows == 0


def test_nothing_is_left_of_a_document_without_changes(folder: Path, tmp_path: Path) -> None:
    document = opened(tmp_path / "a.json")
    for steps in ([], [lambda d: renamed(d, "One"), lambda d: d.undone()]):
        journal, now = Journal.begin(folder, document), document
        for step in steps:
            now = step(now)
            journal.follow(now)
        left_by_a_crash(journal)
        assert found(folder) == []
        assert list(folder.iterdir()) == []


def test_closing_removes_it_or_leaves_it(folder: Path, tmp_path: Path) -> None:
    document = opened(tmp_path / "a.json")
    journal = Journal.begin(folder, document)
    journal.follow(renamed(document, "One"))
    journal.close(discard=True)
    assert list(folder.iterdir()) == []
    journal = Journal.begin(folder, document)
    journal.follow(renamed(document, "One"))
    journal.close(discard=False)
    (left,) = found(folder)
    left.discard()
    assert list(folder.iterdir()) == []


def test_a_recovered_document_goes_on_in_its_journal(folder: Path, tmp_path: Path) -> None:
    document = renamed(opened(tmp_path / "a.json"), "One")
    journal = Journal.begin(folder, document.undone())
    journal.follow(document)
    left_by_a_crash(journal)
    for name in ("Two", "Three"):
        (left,) = found(folder)
        made = recovered(left)
        assert_same(made.document, document)
        assert found(folder) == []  # it is in use again
        document = renamed(made.document, name)
        made.journal.follow(document)
        left_by_a_crash(made.journal)
    assert_same(back(folder), document)


def test_a_save_is_where_the_next_recovery_begins(folder: Path, tmp_path: Path) -> None:
    one, other = tmp_path / "a.json", tmp_path / "b.talentflow"
    document = opened(one)
    journal = Journal.begin(folder, document)
    document = renamed(renamed(document, "One"), "Two")
    journal.follow(document)
    document = saved(document, one)
    journal.follow(document)
    document = saved(renamed(document, "Three").undone().undone(), other)
    journal.follow(document)
    one.unlink()
    document = renamed(document, "Four").undone()
    journal.follow(document)
    document = document.undone()
    journal.follow(document)
    left_by_a_crash(journal)
    made = back(folder)
    assert_same(made, document)
    assert made.n_unsaved == 1


def test_edits_made_while_it_was_written_come_back(folder: Path, tmp_path: Path) -> None:
    document = opened(tmp_path / "a.json")
    journal = Journal.begin(folder, document)
    written = renamed(document, "One")
    later = renamed(written, "Two")
    journal.follow(later)
    later = saved(later, tmp_path / "a.json", written)
    journal.follow(later)
    left_by_a_crash(journal)
    assert_same(back(folder), later)
    journal = Journal.begin(folder, written)  # one edit more than the file, and then another line of history
    elsewhere = renamed(written.undone(), "Else")
    journal.follow(elsewhere)
    elsewhere = saved(elsewhere, tmp_path / "a.json", written)
    assert elsewhere.saved is None
    journal.follow(elsewhere)
    elsewhere = renamed(elsewhere, "More")
    journal.follow(elsewhere)
    left_by_a_crash(journal)
    assert_same(back(folder), elsewhere)


def test_a_journal_can_begin_late(folder: Path, tmp_path: Path) -> None:
    document = opened(tmp_path / "a.json")
    for name in ("One", "Two", "Three", "Four"):
        document = renamed(document, name)
    document = saved(document.undone(), tmp_path / "a.json")
    for now in (document, document.redone(), document.undone(), document.undone().undone(), renamed(document, "Five")):
        left_by_a_crash(Journal.begin(folder, now))
        assert_same(back(folder), now) if now.changed else found(folder)
    left_by_a_crash(Journal.begin(folder, lost := renamed(document.undone(), "Six")))
    assert lost.saved is None
    assert_same(back(folder), lost)


def test_another_document_is_refused(folder: Path, tmp_path: Path) -> None:
    document = opened(tmp_path / "a.json")
    journal = Journal.begin(folder, renamed(document, "One").undone())
    with pytest.raises(ValueError, match="no steps lead"):
        journal.follow(document)
    journal.close(discard=True)


# --- what fails ---


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """Writes of so many bytes succeed, then the disk is full; None in the list: for ever."""
    room: list[int] = []
    real = os.write

    def written(file: int, content: Any) -> int:
        if not room:
            return real(file, content)
        if room[0] <= 0:
            raise OSError(28, os.strerror(28))
        n = real(file, bytes(content)[: room[0]])
        room[0] -= n
        return n

    monkeypatch.setattr(journals.os, "write", written)
    yield room
    room.clear()


def test_after_a_full_disk_nothing_is_missing(folder: Path, tmp_path: Path, failing: list[int]) -> None:
    document = opened(tmp_path / "a.json")
    journal = Journal.begin(folder, document)
    document = renamed(document, "One")
    journal.follow(document)
    first = document
    failing.append(70)
    document = renamed(document, "Two")
    with pytest.raises(FileError, match="the disk is full"):
        journal.follow(document)
    document = saved(document, tmp_path / "b.json")
    with pytest.raises(FileError):
        journal.follow(document)
    left_by_a_crash(journal)
    (left,) = found(folder)
    assert left.n_changes == 1
    made = recovered(left)
    assert_same(made.document, first)
    assert made.warnings == ()
    journal = made.journal
    document = renamed(made.document, "Two")
    failing[0] = 10
    with pytest.raises(FileError):
        journal.follow(document)
    failing.clear()
    document = renamed(saved(document, tmp_path / "b.json"), "Three")
    journal.follow(document)
    left_by_a_crash(journal)
    assert_same(back(folder), document)


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(FileError, match="could not be written"):
        Journal.begin(tmp_path / "file" / "journals", Document(labs()))


def test_a_journal_that_cannot_begin_leaves_nothing(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(journals, "write_atomically", full)
    with pytest.raises(FileError, match="the disk is full"):
        Journal.begin(folder, opened(tmp_path / "a.json"))
    assert list(folder.iterdir()) == []


def test_a_document_whose_file_is_gone_is_copied(folder: Path, tmp_path: Path) -> None:
    document = replace(opened(tmp_path / "a.json"), stamp=None)
    (tmp_path / "a.json").unlink()
    journal = Journal.begin(folder, document)
    document = renamed(document, "One")
    journal.follow(document)
    left_by_a_crash(journal)
    assert_same(back(folder), document)


def test_a_row_that_no_file_can_hold_is_told(folder: Path) -> None:
    document = Document(Dataset.of())
    journal = Journal.begin(folder, document)
    for row, message in (({"id": "r", "amount_usd": float("nan")}, "not a finite number"), ({"id": None}, "an id")):
        with pytest.raises(DataError, match=message):
            journal.follow(document.done(put(document.dataset, "Wrong", {"relations": [row]})))
        journal._unwritten.clear()
        journal._document = document
    journal.close(discard=True)


# --- large edits ---


def test_a_large_edit_lies_beside_the_journal(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.session.journal_edits.MOST_ROWS", 5)
    document = opened(tmp_path / "a.json")
    journal = Journal.begin(folder, document)
    rows = [{"id": f"person-{n}", "name": f"Person {n}"} for n in range(20)]
    document = document.done(put(document.dataset, "Import", {"people": rows, "sources": [{"id": "wire"}]}))
    journal.follow(document)
    document = renamed(document, "One", "person-3")
    journal.follow(document)
    left_by_a_crash(journal)
    line = (journal.place / FILE).read_bytes().splitlines()[2]
    assert b"person-3" not in line
    kept = [journal.place / part["file"] for part in json.loads(line)["do"]["files"].values()]
    whole = kept[1].read_bytes()
    (left,) = found(folder)
    assert left.n_changes == 2
    kept[1].write_bytes(whole[:-1] + b"?")
    assert found(folder) == []  # without it nothing that follows can be trusted


def test_many_edits_are_read_in_parts(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.session.journal_edits.BATCH", 5)
    document = opened(tmp_path / "a.json")
    journal = Journal.begin(folder, document)
    for n in range(9):
        document = renamed(renamed(document, f"Name {n}"), f"Name {n}", "bob")
        journal.follow(document)
    left_by_a_crash(journal)
    assert_same(back(folder), document)


def test_a_huge_edit_comes_back(folder: Path, tmp_path: Path) -> None:
    document = opened(tmp_path / "a.json")
    journal = Journal.begin(folder, document)
    rows = [{"id": f"person-{n:06}", "name": f"Person {n}"} for n in range(60_000)]
    document = document.done(put(document.dataset, "Import", {"people": rows}))
    journal.follow(document)
    document = renamed(document, "One", "person-000003")
    journal.follow(document)
    left_by_a_crash(journal)
    assert (journal.place / FILE).stat().st_size < 5_000
    assert_same(back(folder), document)


# --- processes ---


def test_two_windows_never_share_a_journal(folder: Path, tmp_path: Path) -> None:
    document = opened(tmp_path / "a.json")
    one, other = Journal.begin(folder, document), Journal.begin(folder, document)
    assert one.place != other.place
    one.follow(renamed(document, "One"))
    other.follow(renamed(document, "Other"))
    assert found(folder) == []
    left_by_a_crash(one)
    (left,) = found(folder)
    made = recovered(left)
    with pytest.raises(FileError, match="another window has taken it up"):
        recovered(left)
    with pytest.raises(FileError, match="another window has taken it up"):
        left.discard()
    made.journal.close(discard=True)
    other.close(discard=True)


def script(name: str, *args: object) -> subprocess.Popen[str]:
    """A part of `tests.session.writing` in a process of its own."""
    command = [sys.executable, "-m", "tests.session.writing", name, *map(str, args)]
    return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def test_the_journal_of_a_process_that_lives_is_not_offered(folder: Path) -> None:
    with script("hold", folder) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "holding\n"
        assert [place.suffix for place in folder.iterdir()].count(".lock") == 1
        assert found(folder) == []
        process.kill()
        process.wait()
    (left,) = found(folder)
    assert left.n_changes == 1
    assert back(folder).dataset.row("people", "ada")["name"] == "Held"


def test_what_was_acknowledged_outlives_fifty_kills(folder: Path) -> None:
    with script("kills", folder, 50) as process:
        out, _ = process.communicate(timeout=300)
    assert process.returncode == 0
    acknowledged = {name: int(n) for name, n in (line.split() for line in out.splitlines())}
    assert len(acknowledged) == 50
    assert sum(acknowledged.values()) > 500
    for name, n in acknowledged.items():
        lefts = found(folder / name)
        if not lefts:
            assert n == 0
            continue
        made = recovered(lefts[0])
        made.journal.close(discard=True)
        document = made.document
        assert made.warnings == ()
        assert len(document.past) in (n, n + 1)
        assert document.dataset.row("people", "ada")["name"] == f"Name {len(document.past) - 1}"
