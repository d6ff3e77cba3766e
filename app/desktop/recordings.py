"""Moves that are recorded in a window: the form, the picture of what it would change, and the step that does it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import polars as pl
from PySide6.QtCore import QObject

from app.analysis.adding import Party
from app.analysis.levels import Levels
from app.analysis.recording import NewMove, Recorded, mistakes, recorded
from app.desktop.dialogs.record import WIDTH, RecordDialog
from app.domain.dataset import Dataset
from app.domain.errors import DataError, Fault, TalentflowError
from app.domain.index import codes
from app.session.document import Document

if TYPE_CHECKING:
    from app.desktop.application import Application

GAP = 16
"""Pixels between the form and the rim of the window."""
SHUT_OFF = ("file.export", "file.print", "edit.copy")
"""Commands that wait until the picture shows the dataset again: nothing that is not recorded leaves the window."""

Result = Recorded | tuple[Fault, ...]


class Recordings(QObject):
    """One form a window, made when it is first wanted."""

    def __init__(self, application: Application) -> None:
        super().__init__(application)
        self._app = application
        self.form: RecordDialog | None = None
        self._result: tuple[NewMove, Dataset, Recorded] | None = None
        application.session.document_changed.connect(self._document_changed)

    def open(self, *keys: str) -> None:
        """Show the form, beginning with the person and the organizations of some keys, or of what is selected."""
        document = self._app.session.document
        if document is None:
            return
        self._app.timing.pause()
        self._app.offered = True  # the form has the place where evidence would open
        form = self.form or self._made()
        if not form.isVisible():
            frame = self._app.frame
            corner = frame.mapToGlobal(frame.rect().topRight())
            form.work_on(document.dataset)
            form.move(
                corner.x() - WIDTH - GAP, self._app.canvas.mapToGlobal(self._app.canvas.rect().topRight()).y() + GAP
            )
            form.begin(*_parties(keys or self._app.session.focus))
            form.show()
        elif keys:
            form.begin(*_parties(keys))
        form.raise_()
        form.activateWindow()

    def close(self) -> None:
        """The window goes."""
        if self.form is not None:
            self.form.hide()

    def _made(self) -> RecordDialog:
        form = self.form = RecordDialog(self._app.frame)
        form.changed.connect(self._try)
        form.recorded.connect(self._record)
        form.finished.connect(self._end)
        return form

    def _try(self) -> None:
        """What would become of the form, worked out beside the window."""
        document, form = self._app.session.document, self.form
        if document is None or form is None or not form.isVisible():
            return
        told, dataset = form.move_told, document.dataset

        def work(_: object) -> Result:
            try:
                return mistakes(dataset, told) or recorded(dataset, told)
            except DataError as error:
                return error.faults

        self._app.jobs.start("record", work, lambda result: self._show(told, dataset, result), self._failed)

    def _show(self, told: NewMove, dataset: Dataset, result: Result) -> None:
        form, document = self.form, self._app.session.document
        if form is None or not form.isVisible() or document is None or document.dataset is not dataset:
            return
        if isinstance(result, Recorded):
            self._result = (told, dataset, result)
            form.show_result(result.effects, result.warnings, ())
            self._preview(result.dataset)
            self._point_at(result)
        else:
            self._result = None
            form.show_result((), (), result)
            self._preview(None)

    def _record(self) -> None:
        """Do what the form says: with what it says at this moment, not what it said when it was last looked at."""
        document, form = self._app.session.document, self.form
        if document is None or form is None:
            return
        told = form.move_told
        try:
            if self._result is not None and self._result[:2] == (told, document.dataset):
                result = self._result[2]
            else:
                result = recorded(document.dataset, told)
            self._app.session.do(result.edit)
        except TalentflowError as error:
            form.show_result((), (), error.faults)
            return
        self._result = None
        self._app.frame.statusBar().showMessage(f"{result.edit.name}: done. Ctrl+Z takes it back.", 8_000)
        self._point_at(result)
        form.next()

    def _point_at(self, result: Recorded) -> None:
        """Select the flow that the move belongs to, where the picture has one."""
        if not result.left:
            return
        ids = result.dataset["organizations"].get_column("id")
        ends = codes(pl.Series([result.left, result.joined]), ids)
        left, joined = Levels.of(result.dataset, self._app.session.view.level).newest[ends].tolist()
        if left != joined:
            self._app.session.set_focus((f"flow:{ids[left]}>{ids[joined]}",))

    def _preview(self, dataset: Dataset | None) -> None:
        self._app.drawing.preview(dataset)
        for name in SHUT_OFF:
            self._app.frame.actions_by_id[name].setEnabled(dataset is None)

    def _document_changed(self, document: Document | None) -> None:
        if self.form is None or not self.form.isVisible():
            return
        if document is None:
            self.form.close()
            return
        self._preview(None)
        self.form.work_on(document.dataset)

    def _end(self) -> None:
        self._app.jobs.cancel("record")
        self._result = None
        if self._app.session.document is not None:
            self._preview(None)

    def _failed(self, error: Exception) -> None:
        if self.form is not None:
            self.form.show_result((), (), (Fault("move", str(error), "Change what stands in the form."),))


def _parties(keys: Sequence[str]) -> tuple[Party, Party, Party]:
    """Person, origin and destination that keys stand for: a person, an organization to go to, a flow."""
    person = left = joined = Party()
    for key in keys:
        table, _, row_id = key.partition(":")
        if table == "people":
            person = Party(row_id)
        elif table == "organizations":
            joined = Party(row_id)
        elif table == "flow" and ">" in row_id:
            a, b = row_id.split(">", 1)
            left, joined = Party(a), Party(b)
    return person, left, joined
