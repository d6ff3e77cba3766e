"""Edits about seats in a window, from a mark that was dropped or from the menu of a mark: the small form that asks for
the day, what it would do, and the step that does it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QMenu

from app.analysis.coloring import colored, wearers
from app.analysis.seat_making import Said
from app.analysis.seating import Seated, Wish, seated
from app.desktop.dialogs.color import ColorDialog
from app.desktop.dialogs.seat import Asked, SeatDialog
from app.desktop.seat_forms import SeatForms
from app.domain import dates
from app.domain.dataset import Dataset
from app.domain.edit import Edit
from app.domain.errors import DataError, Fault, TalentflowError
from app.pictures.drop_board import team_of
from app.pictures.drop_targets import Drop, Targets
from app.session.document import Document

if TYPE_CHECKING:
    from app.desktop.application import Application

SAID = 8_000
CHANNEL = "seating"
Told = tuple[Wish, Said, Dataset]
"""What a form says, and of which dataset."""


class Seatings(QObject):
    """At most one form a window."""

    def __init__(self, application: Application) -> None:
        super().__init__(application)
        self._app = application
        self.form: SeatDialog | ColorDialog | None = None
        self._result: tuple[Told, Seated] | None = None
        canvas = application.canvas
        canvas.dropped.connect(self.dropped)
        canvas.told.connect(lambda text: application.frame.statusBar().showMessage(text, SAID))
        application.session.document_changed.connect(self._document_changed)

    @property
    def forms(self) -> SeatForms | None:
        """What can be asked about the records of the picture; None without one."""
        shown = self._app.canvas.shown
        return SeatForms(shown.gathered) if shown is not None else None

    def offer(self, menu: QMenu, key: str) -> None:
        """Put what can be done with a seat, a person or an organization into the menu of its mark."""
        forms, shown = self.forms, self._app.canvas.shown
        if forms is None or shown is None:
            return
        team = team_of(shown, key)
        entries = forms.of_open(team) if team else forms.entries(key)
        table, _, row_id = key.partition(":")
        if entries or table == "organizations":
            menu.addSeparator()
        for text, asked in entries:
            menu.addAction(text, partial(self._ask_later, asked))
        if table == "organizations":
            menu.addAction("Choose a co&lour …", partial(self.choose_color, row_id))

    def dropped(self, targets: Targets, drop: Drop, at: QPoint) -> None:
        """Ask for the day of what was dropped; on a flow map for all that a move needs."""
        forms = self.forms
        if forms is None:
            return
        if drop.deed == "order":
            return  # is done elsewhere, and nothing is asked
        if drop.deed == "move":
            self._app.recordings.open(targets.key, drop.key)
        else:
            self.ask(forms.dropped(targets, drop), at)

    def ask(self, asked: Asked, at: QPoint) -> None:
        """Show a form at a place of the screen."""
        self._app.timing.pause()
        self.close()
        day = dates.text(int(self._app.session.clock.day))
        form = self.form = SeatDialog(asked, day, self._app.frame)
        form.changed.connect(self._try)
        form.wanted.connect(self._do)
        form.finished.connect(partial(self._gone, form))
        form.show_at(at)

    def choose_color(self, organization: str) -> None:
        """Ask for the colour of an organization."""
        document = self._app.session.document
        row = document.dataset.row("organizations", organization) if document is not None else None
        if document is None or row is None:
            return
        self.close()
        dataset = document.dataset
        others = partial(_others, dataset, organization)
        name, color = str(row["name"] or organization), str(row["color"] or "")
        form = self.form = ColorDialog(name, color, self._app.frame.theme, others, self._app.frame)
        form.wanted.connect(lambda chosen: self._commit(colored(dataset, organization, chosen)))
        form.finished.connect(partial(self._gone, form))
        form.show()

    def close(self) -> None:
        """No form any more."""
        self._app.jobs.cancel(CHANNEL)
        self._result = None
        form, self.form = self.form, None
        if form is not None:
            form.close()

    def _ask_later(self, asked: Asked) -> None:
        self.ask(asked, QCursor.pos())

    def _try(self) -> None:
        """What would become of the answers, worked out beside the window."""
        document, form = self._app.session.document, self.form
        if document is None or not isinstance(form, SeatDialog):
            return
        told: Told = (form.wish, form.said, document.dataset)
        work = partial(_tried, *told, self._as_of)
        self._app.jobs.start(CHANNEL, lambda _: work(), lambda result: self._show(told, result), self._failed)

    def _show(self, told: Told, result: Seated | Sequence[Fault]) -> None:
        form, document = self.form, self._app.session.document
        if not isinstance(form, SeatDialog) or document is None or document.dataset is not told[2]:
            return
        if isinstance(result, Seated):
            self._result = (told, result)
            form.show_result(result.effects, result.warnings, ())
        else:
            self._result = None
            form.show_result((), (), result)

    def _do(self) -> None:
        """Do what the form says at this moment, not what it said when it was last looked at."""
        document, form = self._app.session.document, self.form
        if document is None or not isinstance(form, SeatDialog):
            return
        told: Told = (form.wish, form.said, document.dataset)
        known = self._result is not None and self._result[0] == told
        result = self._result[1] if known and self._result is not None else _tried(*told, self._as_of)
        if isinstance(result, Seated):
            self._commit(result.edit)
        else:
            form.show_result((), (), result)

    def _commit(self, edit: Edit) -> None:
        try:
            self._app.session.do(edit)  # the form closes with the document that it was about
        except TalentflowError as error:
            self._failed(error)
            return
        self._app.frame.statusBar().showMessage(f"{edit.name}: done. Ctrl+Z takes it back.", SAID)

    @property
    def _as_of(self) -> int:
        return int(self._app.session.clock.day)

    def _document_changed(self, document: Document | None) -> None:
        self.close()

    def _gone(self, form: QObject, _result: int) -> None:
        if self.form is form:
            self.form = None
            self._app.jobs.cancel(CHANNEL)

    def _failed(self, error: Exception) -> None:
        if isinstance(self.form, SeatDialog):
            self.form.show_result((), (), (Fault("seat", str(error), "Change what stands in the form."),))


def _tried(wish: Wish, said: Said, dataset: Dataset, as_of: int) -> Seated | Sequence[Fault]:
    try:
        return seated(dataset, wish, said, as_of)
    except DataError as error:
        return error.faults


def _others(dataset: Dataset, organization: str, color: str) -> list[str]:
    return wearers(dataset, color, but=organization)
