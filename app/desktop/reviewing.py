"""What was done to the document, shown and taken back: keeps history and changes of one window in line with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject

from app.desktop.panels.changes import ChangesPanel
from app.desktop.panels.history import HistoryPanel
from app.domain.reverting import UNTIED, Part, revert, together
from app.pictures import wording
from app.pictures.differences import Differences, heading
from app.session.document import Document
from app.session.jobs import Jobs
from app.session.session import Session
from app.session.unsaved import Unsaved, unsaved

CHANNEL = "changes"
NAMED = 4
"""Parts that go with what is taken back and are named one by one; the others are counted."""


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

    def revert(self, parts: Sequence[Part]) -> None:
        """Take parts of the differences back, as one step of the history. If others have to go with them, only after
        that was agreed to."""
        shown = self._shown
        if shown is None or shown.document is not self._session.document:
            return  # what is on screen is about to change
        differences = shown.differences
        every = together(differences.edit, differences.ties, parts)
        others = sorted(every - together(differences.edit, UNTIED, parts))
        if others:
            answer = f"&Revert all {len(every):,}"
            if self._asked(self._question(differences, parts, others), answer) != answer:
                return
        whole = {part.table for part in parts if not part.id} == set(differences.edit.tables)
        said = "all changes" if whole else _said(differences, parts)
        self._session.do(revert(differences.edit, every, f"Revert {said}"))

    def _question(self, differences: Differences, parts: Sequence[Part], others: Sequence[Part]) -> str:
        named = ", ".join(f"{part.table}: {differences.said(part)}" for part in others[:NAMED])
        rest = f" and {len(others) - NAMED:,} more" if len(others) > NAMED else ""
        n = wording.counted(len(others), "other change")
        hangs = "hangs" if len(others) == 1 else "hang"
        return f"{n} {hangs} together with {_said(differences, parts)}: {named}{rest}. Revert them too?"

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


def _said(differences: Differences, parts: Sequence[Part]) -> str:
    return differences.said(parts[0]) if len(parts) == 1 else wording.counted(len(parts), "change")
