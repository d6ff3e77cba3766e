"""What was done to the document, shown and taken back: keeps history and changes of one window in line with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject

from app.desktop.panels.changes import ChangesPanel
from app.desktop.panels.history import HistoryPanel
from app.domain.edit import Edit
from app.domain.reverting import UNTIED, Piece, revert, together
from app.domain.schema import TABLES
from app.pictures import wording
from app.pictures.differences import Differences, heading
from app.session.document import Document
from app.session.jobs import Jobs
from app.session.session import Session
from app.session.unsaved import Unsaved, unsaved

CHANNEL, REVERT = "changes", "revert"
NAMED = 4
"""Pieces that go with what is taken back and are named one by one; the others are counted."""


@dataclass(frozen=True, eq=False)
class Reviewed:
    """The differences of a document from its file."""

    document: Document
    unsaved: Unsaved
    differences: Differences

    @classmethod
    def of(cls, document: Document) -> Reviewed:
        """Work for a job."""
        found = unsaved(document)
        return cls(document, found, Differences.of(found.edit, document.dataset))


@dataclass(frozen=True, eq=False)
class Taken:
    """The edit that takes pieces of differences back; others: pieces that go with those wanted; n: of both together."""

    edit: Edit
    others: Sequence[Piece]
    n: int

    @classmethod
    def of(cls, differences: Differences, pieces: Sequence[Piece]) -> Taken:
        """Work for a job."""
        changes = differences.edit
        if {piece.table for piece in pieces if not piece.id} == set(changes.tables):
            return cls(Edit("Revert all changes", changes.inverse.tables), (), differences.n)
        every = together(changes, differences.ties, pieces)
        others = every - together(changes, UNTIED, pieces)
        return cls(revert(changes, every, f"Revert {_said(differences, pieces)}"), sorted(others), len(every))


class Reviewing(QObject):
    """Keeps both panels in line with the session's document; differences are worked out only for a panel in sight."""

    def __init__(
        self,
        session: Session,
        jobs: Jobs,
        history: HistoryPanel,
        changes: ChangesPanel,
        asked: Callable[[str, str], str],
    ) -> None:
        """asked: puts a question with one answer beside Cancel, and gives the answer that was chosen."""
        super().__init__(session)
        self._session, self._jobs, self._asked = session, jobs, asked
        self._history, self._changes = history, changes
        self._shown: Reviewed | None = None
        session.document_changed.connect(self._follow)
        history.wanted.connect(session.go_to)
        changes.came.connect(self._refresh)
        changes.revert_wanted.connect(self.revert)

    def revert(self, pieces: Sequence[Piece]) -> None:
        """Take pieces of the differences back, as one step of the history. If others have to go with them, only after
        that was agreed to. What is no longer so when it has been worked out is not taken back."""
        shown = self._shown
        if shown is not None and shown.document is self._session.document:
            done = partial(self._offer, shown, pieces)
            self._jobs.start(REVERT, lambda _: Taken.of(shown.differences, pieces), done, self._failed)

    def _offer(self, shown: Reviewed, pieces: Sequence[Piece], taken: Taken) -> None:
        if shown.document is not self._session.document:
            return
        if taken.others:
            answer = f"&Revert all {taken.n:,}"
            if self._asked(self._question(shown.differences, pieces, taken.others), answer) != answer:
                return
        self._session.do(taken.edit)

    def _question(self, differences: Differences, pieces: Sequence[Piece], others: Sequence[Piece]) -> str:
        named = ", ".join(f"{differences.said(piece)} ({TABLES[piece.table].noun})" for piece in others[:NAMED])
        rest = f" and {len(others) - NAMED:,} more" if len(others) > NAMED else ""
        n, one = wording.counted(len(others), "other change"), len(others) == 1
        hang, them = ("hangs", "it") if one else ("hang", "them")
        return f"{n} {hang} together with {_said(differences, pieces)}: {named}{rest}. Revert {them} too?"

    def _follow(self, document: Document | None) -> None:
        self._history.show_document(document)
        self._refresh()

    def _refresh(self) -> None:
        """Work the differences out anew, if they are in sight and old."""
        document = self._session.document
        self._jobs.cancel(CHANNEL)
        if document is None:
            self._shown = None
            self._changes.show_differences(None, "")
        elif self._changes.isVisible() and (self._shown is None or self._shown.document is not document):
            self._jobs.start(CHANNEL, lambda _: Reviewed.of(document), self._show, self._failed)

    def _show(self, reviewed: Reviewed) -> None:
        self._shown = reviewed
        words = heading(reviewed.differences, reviewed.unsaved.against, reviewed.document.name)
        self._changes.show_differences(reviewed.differences, words)

    def _failed(self, error: Exception) -> None:
        self._shown = None
        self._changes.show_differences(None, f"What differs could not be worked out: {error}")


def _said(differences: Differences, pieces: Sequence[Piece]) -> str:
    return differences.said(pieces[0]) if len(pieces) == 1 else wording.counted(len(pieces), "change")
