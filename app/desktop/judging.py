"""Rulings on claims: the evidence desk of one window kept in line with its dataset, and the step that rules."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QInputDialog, QLineEdit

from app.analysis.drafting import Draft, drafted
from app.desktop.panels.claims import RULINGS, ClaimsPanel
from app.domain import dates
from app.pictures.matters import Matter, matters
from app.session.document import Document
from app.session.jobs import Jobs
from app.session.session import Session
from app.session.view import View

CHANNEL = "claims"
_OPEN = "open"


class Judging(QObject):
    """Works the matters out only while the panel is in sight."""

    def __init__(self, session: Session, jobs: Jobs, panel: ClaimsPanel) -> None:
        super().__init__(session)
        self._session, self._jobs, self._panel = session, jobs, panel
        self._shown: tuple[Document, int | None] | None = None
        session.document_changed.connect(lambda _: self._refresh())
        session.view_changed.connect(self._view_changed)
        panel.came.connect(self._refresh)
        panel.ruling_wanted.connect(self.ask)

    def ask(self, claim: str, ruling: str) -> None:
        """Ask for the reason of a ruling; to leave a claim open needs none."""
        document = self._session.document
        row = document.dataset.row("claims", claim) if document is not None else None
        if row is None:
            return
        if ruling == _OPEN:
            self.rule(claim, ruling, "")
            return
        dialog = QInputDialog(self._panel.window())
        dialog.setWindowTitle(f"{dict(RULINGS)[ruling]} the claim")
        dialog.setLabelText(f"{row['text'] or row['topic'] or claim}\n\nWhy?")
        dialog.setTextValue(row["ruling_reason"] or "")
        dialog.setOkButtonText(f"&{dict(RULINGS)[ruling]}")
        line = dialog.findChild(QLineEdit)
        if line is not None:
            line.setPlaceholderText("What the ruling rests on")
        dialog.textValueSelected.connect(lambda reason: self.rule(claim, ruling, reason))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def rule(self, claim: str, ruling: str, reason: str) -> None:
        """Rule on a claim, as one step of the history."""
        document = self._session.document
        if document is None or document.dataset.position("claims", claim) is None:
            return
        is_open = ruling == _OPEN
        values = {
            "ruling": ruling, "ruling_reason": reason.strip() or None,
            "ruled_on": None if is_open else dates.text(dates.today()),
        }  # fmt: skip
        text = str((document.dataset.row("claims", claim) or {}).get("text") or claim)[:50]
        name = f"{'Reopen' if is_open else dict(RULINGS)[ruling]} the claim “{text}”"
        made = drafted(document.dataset, Draft("claims", claim, values, name))
        if made.edit:
            self._session.do(made.edit)

    def _view_changed(self, _: View) -> None:
        self._refresh()

    def _refresh(self) -> None:
        document, known_by = self._session.document, self._session.view.known_by
        if document is None:
            self._jobs.cancel(CHANNEL)
            self._shown = None
            self._panel.show_matters(())
        elif self._panel.isVisible() and self._shown != (document, known_by):
            wanted = (document, known_by)

            def done(found: list[Matter]) -> None:
                self._shown = wanted
                self._panel.show_matters(found)

            self._jobs.start(CHANNEL, lambda _: matters(document.dataset, known_by), done, lambda _: None)
