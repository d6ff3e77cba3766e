"""Journals of random walks: cut, flipped, with lines taken out. What stands before the damage comes back."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.dataset import Dataset
from app.domain.edit import drop
from app.domain.errors import FileError
from app.session.document import Document
from app.session.journal import FILE, Journal
from app.session.journal_reading import Reading
from app.session.recovery import found, recovered
from tests.session.documents import assert_same, back, left_by_a_crash, opened, renamed, saved


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the journals lie."""
    return tmp_path / "journals"


def walked(document: Document, steps: list[str], path: Path, follow: Callable[[Document], None]) -> list[Document]:
    """The states of a walk, each followed as a window would."""
    states = [document]
    for n, step in enumerate(steps):
        now = states[-1]
        match step:
            case "edit":
                now = renamed(now, f"Name {n}")
            case "add":
                now = renamed(now, f"Name {n}", f"person-{n}")
            case "drop":
                now = now.done(drop(now.dataset, "Remove", {"people": list(now.dataset["people"]["id"][:1])}))
            case "undo":
                now = now.undone()
            case "redo":
                now = now.redone()
            case "save":
                now = saved(now, path)
        follow(now)
        states.append(now)
    return states


STEPS = st.lists(st.sampled_from(["edit", "edit", "add", "drop", "undo", "undo", "redo"]), min_size=1, max_size=8)


@given(STEPS, STEPS, st.booleans())
@settings(max_examples=30)
def test_any_walk_comes_back(before: list[str], after: list[str], on_disk: bool) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder, path = Path(name, "journals"), Path(name, "a.json")
        document = opened(path) if on_disk else Document(Dataset.of())
        journal = Journal.begin(folder, document)
        steps = [*before, "save", *after]
        states = walked(document, steps, path, journal.follow)
        left_by_a_crash(journal)
        if states[-1].changed:
            assert_same(back(folder), states[-1])
        else:
            assert found(folder) == []


@given(STEPS, st.data())
@settings(max_examples=12)
def test_cut_at_any_byte_it_gives_the_state_after_the_last_whole_line(steps: list[str], data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder, path = Path(name, "journals"), Path(name, "a.json")
        document = opened(path)
        journal = Journal.begin(folder, document)
        sizes = [(journal.place / FILE).stat().st_size]

        def follow(now: Document) -> None:
            journal.follow(now)
            sizes.append((journal.place / FILE).stat().st_size)

        states = walked(document, steps, path, follow)
        left_by_a_crash(journal)
        raw = (journal.place / FILE).read_bytes()
        for cut in data.draw(st.lists(st.integers(0, len(raw)), min_size=6, max_size=6)):
            shutil.rmtree(folder, ignore_errors=True)
            journal.place.mkdir(parents=True)
            (journal.place / FILE).write_bytes(raw[:cut])
            whole = max((n for n, size in enumerate(sizes) if size <= cut), default=None)
            if whole is None or not states[whole].changed:
                assert found(folder) == []
            else:
                assert_same(back(folder), states[whole])


def test_cut_at_every_byte_the_whole_lines_are_read(folder: Path, tmp_path: Path) -> None:
    journal = Journal.begin(folder, opened(tmp_path / "a.json"))
    walked(journal._document, ["edit", "undo", "add", "save", "drop"], tmp_path / "a.json", journal.follow)
    left_by_a_crash(journal)
    raw = (journal.place / FILE).read_bytes()
    for cut in range(len(raw)):
        (journal.place / FILE).write_bytes(raw[:cut])
        n_whole = raw[:cut].count(b"\n")
        if n_whole < 2:
            with pytest.raises(FileError, match="its beginning is damaged"):
                Reading.of(journal.place)
        else:
            reading = Reading.of(journal.place)
            assert (len(reading.lines), reading.n_unread) == (n_whole, 0)


@given(STEPS, st.data())
@settings(max_examples=12)
def test_a_flipped_byte_is_found_out(steps: list[str], data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder, path = Path(name, "journals"), Path(name, "a.json")
        document = opened(path)
        journal = Journal.begin(folder, document)
        sizes = [(journal.place / FILE).stat().st_size]

        def follow(now: Document) -> None:
            journal.follow(now)
            sizes.append((journal.place / FILE).stat().st_size)

        states = walked(document, steps, path, follow)
        left_by_a_crash(journal)
        raw = bytearray((journal.place / FILE).read_bytes())
        at = data.draw(st.integers(0, len(raw) - 1))
        raw[at] ^= 1 << data.draw(st.integers(0, 7))
        (journal.place / FILE).write_bytes(raw)
        whole = max((n for n, size in enumerate(sizes) if size <= at), default=None)
        lefts = found(folder)
        if whole is None or not states[whole].changed:
            assert lefts == []
        else:
            made = recovered(lefts[0])
            made.journal.close(discard=True)
            assert_same(made.document, states[whole])
            assert bool(made.warnings) == (at < len(raw) - 1 or raw.endswith(b"\n"))


def test_lines_that_were_taken_out_or_put_in_are_found_out(folder: Path, tmp_path: Path) -> None:
    document = opened(tmp_path / "a.json")
    journal = Journal.begin(folder, document)
    states = walked(document, ["edit"] * 4, tmp_path / "a.json", journal.follow)
    left_by_a_crash(journal)
    lines = (journal.place / FILE).read_bytes().splitlines(keepends=True)
    for damaged in ([*lines[:3], *lines[4:]], [*lines[:3], lines[4], lines[3]], [*lines[:3], lines[2], *lines[3:]]):
        (journal.place / FILE).write_bytes(b"".join(damaged))
        (left,) = found(folder)
        assert left.n_changes == 1
    made = recovered(left)
    assert_same(made.document, states[1])
    assert made.warnings == ("The journal is damaged: its last 4 lines could not be read.",)
    made.journal.close(discard=True)
