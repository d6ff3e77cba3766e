"""The files of a window: open, new, save, reload, close; recent ones; and the question before unsaved changes are lost.

Reading and writing are jobs. The present document stays until another one is there; a file on disk stays as it was
until the new one is whole.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox, QPushButton

from app.desktop.formats import READ, WRITTEN, with_ending, writable
from app.desktop.frame import Frame, told
from app.desktop.opening import Opened, empty, prepare, shown
from app.domain.errors import TalentflowError, UnsoundError
from app.files.stamp import Stamp
from app.pictures import wording
from app.session.document import SAMPLE, Document
from app.session.jobs import Jobs, Ticket
from app.session.journal import Journal
from app.session.saving import saved
from app.session.session import Session

CANCEL = "&Cancel"


class Documents(QObject):
    """Brings documents into a session and out of it."""

    opened = Signal(object)
    """An Opened: the document that the session holds from now on, with its first picture."""
    closed = Signal()
    """There is no document any more."""
    failed = Signal(object, object)
    """Lines that say what could not be opened or saved and what to do; and all Faults of a file that has errors."""
    unsound = Signal(object, object)
    """The path of a file that was not opened for the errors in its records, and these Faults: it can be mended."""
    busy = Signal(str)
    """What is being read or written; blank when it has ended."""
    written = Signal(object)
    """The path of a file that was saved."""
    recent_changed = Signal()
    differing = Signal(object, object)
    """A path that was not saved to, for somebody has changed the file there since it was read; what to do (or None)
    once it is saved."""
    taking_up = Signal(object)
    """A Journal that was left behind, and goes on with the document that is opened next."""

    def __init__(
        self,
        frame: Frame,
        session: Session,
        jobs: Jobs,
        size: Callable[[], tuple[int, int]],
        place: Callable[[], dict[str, Any]],
    ) -> None:
        """size: of the canvas, now; place: where one looks, to be remembered with the file."""
        super().__init__(session)
        self._frame, self._session, self._jobs = frame, session, jobs
        self._size, self._place = size, place
        self._n_taken = 0  # documents so far: what a job has done for an earlier one is none of the present one's

    # opening

    def take(self, opened: Opened, journal: Journal | None = None) -> None:
        """The session works on this document from now on. journal: of one that was left behind."""
        self.leave()
        self._n_taken += 1
        if journal is not None:
            self.taking_up.emit(journal)
        path = opened.document.path
        if path is not None:
            self._frame.settings.remember(path)
            self.recent_changed.emit()
        self.opened.emit(opened)

    def leave(self) -> None:
        """Remember where one looks in the present document."""
        document = self._session.document
        if document is not None and (document.path is not None or document.name == SAMPLE):
            self._frame.settings.keep_place(document.path, self._place())
            self._frame.settings.last = document.path

    def open(self, path: Path | None, *, place: dict[str, Any] | None = None) -> None:
        """Open a file (None: the bundled dataset), after the question about unsaved changes.

        place: where to look; by default where one looked last in that file.
        """
        self.settle(partial(self._open, path, place))

    def open_version(self, path: Path, name: str) -> None:
        """Open an earlier version of the present file, to be looked at from where one looks now.

        It is on no disk under its name, so saving asks where; closing it asks nothing, for the version stays kept.
        """
        self.settle(lambda: self._open(path, self._place(), name))

    def open_faulty(self, path: Path) -> None:
        """Open a file in spite of the errors in its records, so that they can be mended."""
        self.settle(partial(self._open, path, None, faulty=True))

    def open_read(self, document: Document) -> None:
        """Open what was read of a foreign file: it is on no disk yet, so saving asks where."""
        self.settle(partial(self._open_read, document))

    def _open_read(self, document: Document) -> None:
        size = self._size()

        def done(opened: Opened) -> None:
            self.busy.emit("")
            self.settle(lambda: self.take(opened))

        self.busy.emit(f"Opening {document.name} …")
        failed = partial(self.not_done, path=document.path, what="opened")
        self._jobs.start("open", lambda _: shown(document, size, {}), done, failed)

    def choose_file(self) -> None:
        """Ask which file to open."""
        name, _ = QFileDialog.getOpenFileName(self._frame, "Open a dataset", self._folder(), READ)
        if name:
            self.open(Path(name))

    def choose_folder(self) -> None:
        """Ask which folder of CSV tables to open."""
        name = QFileDialog.getExistingDirectory(self._frame, "Open a folder of CSV tables", self._folder())
        if name:
            self.open(Path(name))

    def reload(self) -> None:
        """Read the file again; one looks where one looked."""
        document = self._session.document
        if document is None or document.path is None:
            return
        question = f"Read {document.name} again and lose {unsaved(document)}?"
        if document.changed and self.asked(question, "&Read again") == CANCEL:
            return
        self._open(document.path, self._place())

    def stop(self) -> None:
        """Give up opening; the present document stays."""
        self._jobs.cancel("open")
        self.busy.emit("")

    def new(self) -> None:
        """Begin an empty dataset, after the question about unsaved changes."""
        self.settle(lambda: self.take(shown(empty(), self._size(), {})))

    def close(self) -> None:
        """Close the document and keep the window, after the question about unsaved changes."""
        self.settle(self._close)

    def _open(self, path: Path | None, place: dict[str, Any] | None, name: str = "", *, faulty: bool = False) -> None:
        """name: what a file is called that is not to be saved to its path; faulty: whatever is wrong in its records."""
        size, before = self._size(), self._session.document
        where = place if place is not None else self._frame.settings.place(path)

        def work(ticket: Ticket) -> Opened:
            opened = prepare(path, size, where, name, faulty=faulty)
            ticket.check()
            return opened

        def done(opened: Opened) -> None:
            self.busy.emit("")
            if self._session.document is before:
                self.take(opened)
            else:  # edited meanwhile
                self.settle(lambda: self.take(opened))

        self.busy.emit(f"Opening {name or (path.name if path is not None else 'the sample')} …")
        self._jobs.start("open", work, done, lambda error: self.not_done(error, path, "opened"))

    def _close(self) -> None:
        self.leave()
        self._n_taken += 1
        self._jobs.cancel("open")
        self.closed.emit()

    def not_done(self, error: Exception, path: Path | None, what: str) -> None:
        """Say why a file could not be opened or saved."""
        self.busy.emit("")
        faults = error.faults if isinstance(error, TalentflowError) else ()
        lines = told(error, path, what)
        if len(faults) > 1:
            lines.append(f"{len(faults) - 1:,} more of its rows are wrong: see the issues.")
        self.failed.emit(lines, faults)
        if isinstance(error, UnsoundError) and path is not None:
            self.unsound.emit(path, faults)

    # saving

    def save(self, then: Callable[[], None] | None = None) -> None:
        """Write the document to its file; ask for one where it has none that can be written."""
        document = self._session.document
        if document is None:
            return
        if document.path is None or not writable(document.path):
            self.save_as(then)
        else:
            self._write(document.path, then)

    def save_as(self, then: Callable[[], None] | None = None) -> None:
        """Ask for a file, and write the document to it."""
        document = self._session.document
        if document is None:
            return
        beside = document.path if document.path is not None and writable(document.path) else None
        start = str(beside) if beside else str(Path(self._folder()) / f"{document.name.split('.')[0].lower()}.json")
        filters = ";;".join(text for text, _ in WRITTEN)
        name, kind = QFileDialog.getSaveFileName(self._frame, "Save the dataset", start, filters)
        if name:
            self._write(with_ending(name, dict(WRITTEN).get(kind, ".json")), then)

    def save_over(self, path: Path, then: Callable[[], None] | None = None) -> None:
        """Write the document to a file, whatever somebody else may have written there."""
        self._write(path, then, over=True)

    def _write(self, path: Path, then: Callable[[], None] | None, *, over: bool = False) -> None:
        document, n_taken = self._session.document, self._n_taken
        assert document is not None  # asked by whoever calls
        known = document.stamp if not over and _is_of(document, path) else None

        def done(stamp: Stamp | None) -> None:
            self.busy.emit("")
            now = self._session.document if self._n_taken == n_taken else None
            if stamp is None:
                if now is not None:
                    self.differing.emit(path, then)
                return
            if now is not None:
                self._session.set_document(now.saved_as(path, document, stamp))
            self._frame.settings.remember(path)
            self.recent_changed.emit()
            self.written.emit(path)
            if then is not None and now is not None:
                self.settle(then)  # asks again if it was edited meanwhile

        def work(_: Ticket) -> Stamp | None:
            return saved(document.dataset, path, known)

        self.busy.emit(f"Saving {path.name} …")
        self._jobs.start("save", work, done, lambda error: self.not_done(error, path, "saved"))

    # unsaved changes

    def settle(self, then: Callable[[], None]) -> None:
        """Go on with `then`, once unsaved changes are saved or given up. Cancel goes nowhere."""
        document = self._session.document
        if document is None or not document.changed:
            then()
            return
        question = f"{document.name} has {unsaved(document)}. Save before going on?"
        answer = self.asked(question, "&Save", "&Do not save")
        if answer == "&Save":
            self.save(then)
        elif answer == "&Do not save":
            then()

    def asked(self, question: str, *answers: str) -> str:
        """Ask with these answers and Cancel, which Escape gives too. The first answer is Enter's."""
        box = QMessageBox(self._frame)
        box.setIcon(QMessageBox.Icon.NoIcon)
        box.setWindowTitle("Unsaved changes")
        box.setText(question)
        roles = [QMessageBox.ButtonRole.AcceptRole, *[QMessageBox.ButtonRole.DestructiveRole] * (len(answers) - 1)]
        buttons = {box.addButton(answer, role): answer for answer, role in zip(answers, roles, strict=True)}
        cancel = box.addButton(CANCEL, QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(next(iter(buttons)))
        box.setEscapeButton(cancel)
        pressed = chosen(box)
        box.deleteLater()
        return buttons.get(pressed, CANCEL) if pressed is not None else CANCEL

    def _folder(self) -> str:
        document = self._session.document
        recent = self._frame.settings.recent
        path = document.path if document is not None and document.path else recent[0] if recent else None
        return str(path.parent) if path is not None else str(Path.home())


def unsaved(document: Document) -> str:
    """`2 unsaved changes`; without a number where the file is gone and all of the document with it."""
    n = document.n_unsaved
    return wording.counted(n, "unsaved change") if n else "unsaved changes"


def chosen(box: QMessageBox) -> QPushButton | None:
    """Ask, and give the button that was pressed."""
    box.exec()
    button = box.clickedButton()
    return button if isinstance(button, QPushButton) else None


def _is_of(document: Document, path: Path) -> bool:
    """Whether a path is that of the document, however it is written."""
    return document.path is not None and path.resolve() == document.path.resolve()
