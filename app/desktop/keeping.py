"""Keeps the journal of a window's document: from its first change on, every step is on disk before the next one."""

from __future__ import annotations

import logging
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.domain.errors import TalentflowError
from app.session.document import Document
from app.session.journal import Journal
from app.session.session import Session

log = logging.getLogger(__name__)


class Keeping(QObject):
    """Follows the document of a session. Who only looks writes nothing; what is closed has no journal any more."""

    failed = Signal(object)
    """Lines that say that steps could not be written down. Said once, until writing works again."""

    def __init__(self, session: Session, folder: Path) -> None:
        """folder: where journals lie."""
        super().__init__(session)
        self._session, self._folder = session, folder
        self._journal: Journal | None = None
        self._fails = False
        session.document_changed.connect(self._follow)

    def go_on(self, journal: Journal) -> None:
        """The next document comes from a journal that was left behind, which goes on with it."""
        self.end(discard=True)
        self._journal = journal

    def end(self, *, discard: bool) -> None:
        """Keep no longer. discard: nothing can be lost any more; else the next start offers what is in it."""
        if self._journal is not None:
            self._journal.close(discard=discard)
            self._journal = None

    def _follow(self, document: Document | None) -> None:
        if document is None:
            self.end(discard=True)
            return
        try:
            if self._journal is not None:
                try:
                    self._journal.follow(document)
                except ValueError:  # another document: of this one nothing more can be lost
                    self.end(discard=True)
            if self._journal is None and document.changed:
                self._journal = Journal.begin(self._folder, document)
            self._fails = False
        except TalentflowError as error:
            log.info("a step could not be written down: %s", error)
            if not self._fails:
                self._fails = True
                head = "Changes are not being kept for the case that the program ends by itself: save often."
                self.failed.emit([head, *error.text.splitlines()])
