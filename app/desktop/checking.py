"""Looks for faults in the document of a window after every edit, shows them with their fixes, and mends them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.analysis.fixes import fixes
from app.analysis.fixing import Fix
from app.domain.checks import check
from app.domain.dataset import Dataset
from app.domain.edit import Edit
from app.domain.errors import Fault, TalentflowError, tally
from app.domain.schema import TABLES
from app.session.document import Document

if TYPE_CHECKING:
    from app.desktop.application import Application

SAID = 8_000
"""Milliseconds that the status line says what was mended."""


class Checking(QObject):
    """Keeps the issues of one window in line with its document."""

    def __init__(self, application: Application) -> None:
        super().__init__(application)
        self._app = application
        self._checked: Dataset | None = None  # as it was told last
        self._of: Dataset | None = None  # what the faults shown are those of; None while they are those of a file
        self._refused: Path | None = None  # the file that was not opened and whose faults are shown
        issues = application.issues
        issues.selected.connect(self._selected)
        issues.fix_wanted.connect(self.mend)
        issues.open_wanted.connect(self._open)
        application.documents.unsound.connect(self._not_opened)
        application.session.document_changed.connect(self.follow)

    def follow(self, document: Document | None) -> None:
        """Look for faults again where an edit may have made or mended some; what is fixed in a picture is no fault."""
        if document is None:
            return
        before, dataset = self._checked, document.dataset
        self._checked = dataset
        if before is None or not (document.past or document.future):
            return
        if all(before[table] is dataset[table] for table in TABLES if table != "views"):
            self._of = dataset if self._of is before else self._of
            return
        of_file = [fault for fault in document.warnings if fault.file]  # no edit mends what the file says

        def done(faults: Sequence[Fault]) -> None:
            now = self._app.session.document
            if now is not None and now.dataset is dataset:
                self.show_faults(faults)

        self._app.jobs.start("check", lambda _: [*of_file, *check(dataset)], done, self._failed)

    def show_faults(self, faults: Sequence[Fault]) -> None:
        """Show the faults of the present document."""
        document = self._app.session.document
        self._of, self._refused = (document.dataset if document is not None else None), None
        self._app.issues.show_faults(faults, "")
        self._app.status.show_faults(*tally(faults))

    def show_faults_of(self, faults: Sequence[Fault]) -> None:
        """Show what is wrong in a file that could not be opened; nothing where one fault is all, for that is told."""
        if len(faults) > 1:
            self._of = self._refused = None
            self._app.issues.show_faults(faults, faults[0].file or "The file")
            self._app.docks.show(self._app.docks.issues)

    def offer(self) -> None:
        """Open the menu of fixes of the selected issue, or of the first."""
        self._app.docks.show(self._app.docks.issues)
        self._app.issues.offer()

    def mend(self, edit: Edit) -> None:
        """Do what mends a fault, as a step that can be taken back."""
        try:
            self._app.session.do(edit)
        except TalentflowError as error:
            self._app.banner.say(error.text)
            return
        self._app.frame.statusBar().showMessage(f"{edit.name}: done. Ctrl+Z takes it back.", SAID)

    def _selected(self, fault: Fault | None) -> None:
        """Work out the fixes of a fault beside the window."""
        dataset, issues = self._of, self._app.issues
        self._app.jobs.cancel("fixes")
        if fault is None or dataset is None:
            return

        def done(found: Sequence[Fix]) -> None:
            if self._of is dataset and issues.current is fault:
                issues.show_fixes(found)

        self._app.jobs.start("fixes", lambda _: fixes(dataset, fault), done, self._failed)

    def _not_opened(self, path: Path, faults: Sequence[Fault]) -> None:
        """Offer to open a file in spite of the errors in its records; not where some have no id, for no picture of them
        can be drawn and no edit speaks of them."""
        self._of, self._refused = None, path
        nameless = any((fault.code, fault.field) == ("missing", "id") for fault in faults)
        self._app.issues.show_faults(faults, faults[0].file, can_open=not nameless)
        self._app.docks.show(self._app.docks.issues)

    def _open(self) -> None:
        if self._refused is not None:
            self._app.documents.open_faulty(self._refused)

    def _failed(self, error: Exception) -> None:
        text = error.text if isinstance(error, TalentflowError) else f"{type(error).__name__}: {error}"
        self._app.banner.say(f"The dataset could not be checked.\n{text}")
