"""Notices that somebody else has changed the file of a window, and offers what can be done: nothing is taken over
without the user, and nothing written over unasked."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt

from app.desktop.banner import Action
from app.desktop.documents import unsaved
from app.desktop.lost import told, with_lost
from app.desktop.opening import Opened, shown
from app.files.stamp import Stamp
from app.session.both import Both, both
from app.session.document import Document
from app.session.jobs import Ticket

if TYPE_CHECKING:
    from app.desktop.application import Application

GONE = Stamp(0, 0, "")
"""Stands for a file that is not there any more."""
SAVE_OVER, TAKE_BOTH = "&Save over it", "&Take both"


class Watching(QObject):
    """Looks at the file whenever the window becomes active, once no job runs."""

    def __init__(self, part: Application, place: Callable[[], dict[str, Any]]) -> None:
        """place: where one looks, now."""
        super().__init__(part)
        self._part, self._place = part, place
        self._closed = False
        self._wanted = False  # a look, as soon as no job runs
        self._known: Stamp | None = None  # of the document; the next three are about this one
        self._seen: Stamp | None = None  # what the last look has found
        self._kept: Stamp | None = None  # what the user wants to hear no more of
        self._offer = ""
        part.frame.installEventFilter(self)
        part.jobs.busy_changed.connect(self._begin, Qt.ConnectionType.QueuedConnection)
        part.session.document_changed.connect(self._follow)
        part.documents.differing.connect(self._ask)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The window has become active: somebody may have been elsewhere."""
        if event.type() == QEvent.Type.WindowActivate:
            self.look()
        return False

    def close(self) -> None:
        """Look no more."""
        self._closed = True

    def look(self) -> None:
        """Look at the file, as soon as no job runs."""
        self._wanted = True
        self._begin()

    def take_both(self) -> None:
        """Do the unsaved changes again to the file as it is now; one looks where one looked."""
        part, document = self._part, self._part.session.document
        if document is None or document.path is None:
            return
        path, size, place = document.path, part.canvas_size(), self._place()

        def work(ticket: Ticket) -> tuple[Both, Opened]:
            made = both(document)
            ticket.check()
            return made, shown(with_lost(made.document, made.lost), size, place)

        def done(result: tuple[Both, Opened]) -> None:
            part.documents.busy.emit("")
            present = part.session.document
            if present is document:
                self._take(document, *result)
            elif present is not None and present.path == path:  # edited meanwhile
                self.take_both()

        part.documents.busy.emit(f"Opening {document.name} again …")
        part.jobs.start("open", work, done, lambda error: part.documents.not_done(error, path, "opened"))

    def _take(self, before: Document, made: Both, opened: Opened) -> None:
        part = self._part
        part.documents.take(opened)
        if made.lost:
            kept = ["Your version as it was is kept: File, Open an earlier version."] if made.kept else []
            part.banner.say("\n".join([*told(made.lost), *kept]))
            part.docks.show(part.docks.issues)
        else:
            mine = f", with your {unsaved(before)}" if before.changed else ""
            part.frame.statusBar().showMessage(f"{before.name} as it is now{mine}", 8_000)

    def _begin(self) -> None:
        document = self._part.session.document
        if not self._wanted or self._closed or self._part.jobs.busy:
            return
        self._wanted = False
        if document is None or document.path is None or document.stamp is None:
            return
        if document.stamp is not self._known:
            self._known = self._seen = document.stamp
            self._kept = None
        path, known, seen = document.path, document.stamp, self._seen or document.stamp

        def work(_: Ticket) -> Stamp:
            return seen.now(path) if path.exists() else GONE

        # a file that cannot be looked at is no news; the next look may tell
        self._part.jobs.start("look", work, lambda found: self._found(known, found), lambda _: None)

    def _found(self, known: Stamp, found: Stamp) -> None:
        session, document = self._part.session, self._part.session.document
        if document is None or document.stamp is not known:
            return  # saved or left meanwhile
        was_gone, self._seen = self._seen is GONE, found
        if found is GONE and document.saved is not None:
            session.set_document(document.bereft())
        elif was_gone and found.content == known.content:
            session.set_document(document.found_again())
        self._tell()

    def _tell(self) -> None:
        """Say what has become of the file, if that is news."""
        banner, document, seen = self._part.banner, self._part.session.document, self._seen
        if document is None or self._known is None or seen is None or seen.content == self._known.content:
            self._withdraw()
            return
        if self._kept is not None and self._kept.content == seen.content:
            return
        text, actions = self._words(document, gone=seen is GONE)
        if banner.text != text:
            self._offer = text
            banner.say(text, actions, partial(self._keep, seen))

    def _words(self, document: Document, *, gone: bool) -> tuple[str, list[Action]]:
        documents, name = self._part.documents, document.name
        if gone:
            return f"{name} is not on disk any more: save it to keep it.", [("Save it", documents.save)]
        again = ("Read it again", documents.reload)
        if not document.changed:
            return f"{name} was changed on disk since it was read.", [again]
        lines = (
            f"{name} was changed on disk since it was read, and you have {unsaved(document)}.",
            "Take both: yours are made again to the file as it is now. Close this message to go on with yours alone.",
        )
        return "\n".join(lines), [("Take both", self.take_both), again]

    def _keep(self, seen: Stamp) -> None:
        self._kept, self._offer = seen, ""

    def _withdraw(self) -> None:
        if self._offer and self._part.banner.text == self._offer:
            self._part.banner.hide()
        self._offer = ""

    def _follow(self, document: Document | None) -> None:
        """An offer keeps in line with the document: after an edit there is something to lose."""
        if not self._offer or self._part.banner.text != self._offer:
            return
        if document is None or document.stamp is not self._known:
            self._withdraw()
        else:
            self._tell()

    def _ask(self, path: Path, then: Callable[[], None] | None) -> None:
        """A save has noticed that the file is another."""
        question = f"{path.name} was changed on disk since it was read. Save over it?"
        answer = self._part.documents.asked(question, TAKE_BOTH, SAVE_OVER)
        if answer == TAKE_BOTH:
            self.take_both()
        elif answer == SAVE_OVER:
            self._part.documents.save_over(path, then)
