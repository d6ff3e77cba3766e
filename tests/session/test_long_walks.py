"""A thousand edits of every kind, undo, redo and jumps among them: all of it can be undone, redone and recovered."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from random import Random

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from PySide6.QtWidgets import QApplication

from app.domain.dataset import Dataset
from app.files.registry import read, write
from app.files.stamp import Stamp
from app.session.document import Document
from app.session.journal import FILE, Journal
from app.session.recovery import found
from app.session.session import Session
from tests.pictures.made import small
from tests.session.documents import assert_same, back, left_by_a_crash, same_rows
from tests.session.walking import Walker

N_EDITS = 1_000


def on_disk(path: Path) -> Document:
    """The small dataset in a file, as a window opens it."""
    write(small(), path)
    return Document(read(path), path, path.name, stamp=Stamp.of(path))


def content(dataset: Dataset, folder: Path) -> bytes:
    """The file that a save would write."""
    path = folder / "written.json"
    write(dataset, path)
    return path.read_bytes()


class Walk:
    """A session that is walked, followed by a journal as in a window; and what it was after each step."""

    def __init__(self, session: Session, folder: Path, seed: int) -> None:
        self.session, self.random, self.walker = session, Random(seed), Walker(seed)
        session.set_document(on_disk(folder / "a.json"))
        self.journal = Journal.begin(folder / "journals", self.document)
        self.states = [self.document]
        self.sizes = [self._size()]
        self.stands = [self.document.dataset]
        """The rows after each number of edits of the line: what undo and redo have to lead to."""
        session.document_changed.connect(self._follow)

    @property
    def document(self) -> Document:
        assert self.session.document is not None
        return self.session.document

    def edit(self) -> None:
        """One edit more; those that were undone can no longer be redone."""
        n = len(self.document.past)
        self.session.do(self.walker.edit(self.document))
        self.stands[n + 1 :] = [self.document.dataset]
        self._compare()

    def stray(self) -> None:
        """Back through the history by steps or by a jump, and mostly to its end again; else the last few edits are
        given up."""
        n_line = len(self.document.line)
        stays = self.random.random() < 0.1
        n = self.random.randint(max(n_line - 5, 0) if stays else 0, n_line)
        if n_line - n < 20:
            self._walk(n)
        else:
            self._jump(n)
        if not stays:
            self._jump(self.random.randint(n, n_line))
            self._walk(min(len(self.document.past) + 5, n_line))
            self._jump(n_line)

    def _walk(self, n: int) -> None:
        """By undo and redo, one by one."""
        while len(self.document.past) != n:
            (self.session.undo if len(self.document.past) > n else self.session.redo)()
            self._compare()

    def _jump(self, n: int) -> None:
        self.session.go_to(n)
        self._compare()

    def _compare(self) -> None:
        assert same_rows(self.document.dataset, self.stands[len(self.document.past)])

    def _follow(self, document: Document) -> None:
        self.journal.follow(document)
        self.states.append(document)
        self.sizes.append(self._size())

    def _size(self) -> int:
        return (self.journal.place / FILE).stat().st_size


def test_a_thousand_edits_can_be_undone_redone_and_recovered(qapp: QApplication, tmp_path: Path) -> None:
    session = Session(qapp)
    walk = Walk(session, tmp_path, seed=7)
    before = (tmp_path / "a.json").read_bytes()
    while len(walk.document.past) < N_EDITS:
        walk.edit()
        if walk.random.random() < 0.02:
            walk.stray()
    assert len(walk.walker.counts) == 9
    at, after = len(walk.document.past), content(walk.document.dataset, tmp_path)
    assert after != before
    while walk.document.past:
        session.undo()
        assert same_rows(walk.document.dataset, walk.stands[len(walk.document.past)])
    assert content(walk.document.dataset, tmp_path) == before
    session.go_to(at)
    assert content(walk.document.dataset, tmp_path) == after
    session.go_to(0)
    assert content(walk.document.dataset, tmp_path) == before
    while len(walk.document.past) < at:
        session.redo()
    assert content(walk.document.dataset, tmp_path) == after
    session.close()
    left_by_a_crash(walk.journal)
    _assert_cut(walk, tmp_path)
    assert_same(back(tmp_path / "journals"), walk.document)


def _assert_cut(walk: Walk, folder: Path) -> None:
    """Cut within any line, the journal gives the state after the last whole line."""
    place, raw = walk.journal.place, (walk.journal.place / FILE).read_bytes()
    kept = folder / "kept"
    shutil.copytree(folder / "journals", kept)
    for cut in sorted(walk.random.sample(range(walk.sizes[0], len(raw)), 3)):
        shutil.rmtree(folder / "journals")
        shutil.copytree(kept, folder / "journals")
        (place / FILE).write_bytes(raw[:cut])
        at = max(n for n, size in enumerate(walk.sizes) if size <= cut)
        whole = raw[:cut].rfind(b"\n") + 1
        n_more = raw[walk.sizes[at] : whole].count(b"\n")  # a jump is several lines: it was cut in the midst of it
        before, n = walk.states[at], len(walk.states[at].past)
        if n_more:
            ahead = len(walk.states[at + 1].past) > n
            before = before.at(n + n_more if ahead else n - n_more)
        if before.changed:
            assert_same(back(folder / "journals"), before)
        else:
            assert found(folder / "journals") == []
    shutil.rmtree(folder / "journals")
    shutil.copytree(kept, folder / "journals")


class Editing(RuleBasedStateMachine):
    """Edits, undos, redos, jumps and saves in any order, each written down; the process may end after any of them."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.document = on_disk(self.folder / "a.json")
        self.walker = Walker(0)
        self.stands = [self.document.dataset]
        self.journal = Journal.begin(self.folder / "journals", self.document)

    @rule(seed=st.integers(0, 2**16))
    def edit(self, seed: int) -> None:
        self.walker.random.seed(seed)
        n = len(self.document.past)
        self._become(self.document.done(self.walker.edit(self.document)))
        self.stands[n + 1 :] = [self.document.dataset]

    @precondition(lambda self: self.document.past)
    @rule()
    def undo(self) -> None:
        self._become(self.document.undone())

    @precondition(lambda self: self.document.future)
    @rule()
    def redo(self) -> None:
        self._become(self.document.redone())

    @rule(data=st.data())
    def jump(self, data: st.DataObject) -> None:
        self._become(self.document.at(data.draw(st.integers(0, len(self.document.line)))))

    @rule()
    def save(self) -> None:
        path = self.folder / "a.json"
        write(self.document.dataset, path)
        self._become(self.document.saved_as(path, self.document, Stamp.of(path)))

    @precondition(lambda self: self.document.changed)
    @rule()
    def crash(self) -> None:
        """The process ends, and the next one takes the document up."""
        left_by_a_crash(self.journal)
        expected = self.document
        self.document = back(self.folder / "journals")
        assert_same(self.document, expected)
        self.journal = Journal.begin(self.folder / "journals", self.document)

    @invariant()
    def stands_where_its_edits_lead_to(self) -> None:
        assert same_rows(self.document.dataset, self.stands[len(self.document.past)])
        assert len(self.stands) == len(self.document.line) + 1

    def teardown(self) -> None:
        self.journal.close(discard=True)
        shutil.rmtree(self.folder)

    def _become(self, document: Document) -> None:
        self.document = document
        self.journal.follow(document)


TestEditing = Editing.TestCase
TestEditing.settings = settings(max_examples=12, stateful_step_count=20)
