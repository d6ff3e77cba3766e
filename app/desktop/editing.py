"""Records that are edited in a window: forms of those on record and of new ones, and those that are deleted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.analysis.drafting import Draft, Drafted, begun, drafted
from app.desktop.dialogs.form import FormDialog
from app.domain.dataset import Dataset
from app.domain.errors import Fault, TalentflowError
from app.domain.schema import TABLES
from app.session.document import Document

if TYPE_CHECKING:
    from app.desktop.application import Application

GAP, STEP, STEPS = 16, 24, 6
"""Pixels between a form and the rim of the window; how far the next form stands from it; after so many it begins
again."""
SAID = 8_000
KINDS = tuple(name for name in TABLES if name != "views")
"""Tables of which records are edited in forms."""
SAVE, DISCARD = "&Save", "&Discard"


class Editing(QObject):
    """The open forms of one window; each record has at most one."""

    def __init__(self, application: Application) -> None:
        super().__init__(application)
        self._app = application
        self.forms: list[FormDialog] = []
        self._results: dict[FormDialog, tuple[Draft, Dataset, Drafted]] = {}
        self._n_opened = 0
        self.commands: dict[str, Callable[[], None]] = {
            "edit.record": self.edit_selection,
            "edit.delete": self.delete_selection,
            **{f"edit.add.{name}": partial(self.add, name) for name in KINDS},
        }
        application.session.document_changed.connect(self._document_changed)

    def edit_selection(self) -> None:
        """The form of what was selected last."""
        for key in reversed(self._app.session.focus):
            if self._app.annotating.edit(key):
                return
            if record := self.record_of(key):
                self.edit(*record)
                return
        self._say("Select a person, an organization, a seat or a line: then its form opens here")

    def delete_selection(self) -> None:
        """Delete the selected records that are of one table with the one selected last, after naming what goes too."""
        if self._app.annotating.delete(self._app.session.focus):
            return
        records = [record for key in self._app.session.focus if (record := self.record_of(key)) is not None]
        if not records:
            self._say("Select a person, an organization, a seat or a line first")
            return
        table = records[-1][0]
        self._app.entries.remove(table, [row_id for name, row_id in records if name == table])

    def delete_key(self, key: str) -> None:
        """Delete the record that a key stands for."""
        if record := self.record_of(key):
            self._app.entries.remove(record[0], [record[1]])

    def edit_key(self, key: str) -> None:
        """The form of the record that a key stands for."""
        if record := self.record_of(key):
            self.edit(*record)

    def record_of(self, key: str) -> tuple[str, str] | None:
        """Table and id of the record that a key stands for: itself, of a move the stint that was joined; None if none
        is on record."""
        document = self._app.session.document
        table, _, rest = key.partition(":")
        if table == "move":
            table, rest = "stints", rest.rpartition(">")[2]
        found = document is not None and table in KINDS and document.dataset.position(table, rest) is not None
        return (table, rest) if found else None

    def edit(self, table: str, row_id: str, field: str = "") -> None:
        """Show the form of a record, the cursor in a field."""
        document = self._app.session.document
        if document is None or document.dataset.position(table, row_id) is None:
            return
        form = next((f for f in self.forms if f.row_id == row_id), None) or self._made(table, row_id, {})
        self._show(form, field)

    def add(self, table: str, given: Mapping[str, object] | None = None) -> None:
        """Show the form of a new record, with what is given or follows from what is selected."""
        if self._app.session.document is not None:
            values = {**self._selected(table), **(given or {})}
            self._show(self._made(table, "", begun(table, values)), "")

    def close(self) -> None:
        """The window goes: what was typed and not saved goes with it."""
        for form in list(self.forms):
            form.may_discard = lambda: True
            form.reject()

    def _selected(self, table: str) -> dict[str, object]:
        """What the selection says of a new record of a table."""
        given: dict[str, object] = {}
        for key in self._app.session.focus:
            kind, _, rest = key.partition(":")
            own = {"people": "person_id", "organizations": "organization_id", "seats": "seat_id"}.get(kind, "")
            if own and own in TABLES[table].names:
                given[own] = rest
            if kind == "flow" and {"from_id", "to_id"} <= set(TABLES[table].names):
                given["from_id"], _, given["to_id"] = rest.partition(">")
            if table == "claims" and (kind in KINDS or kind == "flow"):
                held = given.get("about")
                given["about"] = [*(held if isinstance(held, list) else []), key]
        return given

    def _made(self, table: str, row_id: str, given: Mapping[str, object]) -> FormDialog:
        form = FormDialog(table, row_id, given, self._app.frame)
        self.forms.append(form)
        form.may_discard = partial(self._may_discard, form)
        form.changed.connect(partial(self._try, form))
        form.save_wanted.connect(partial(self._save, form))
        form.delete_wanted.connect(lambda: self._app.entries.remove(form.table.name, [form.row_id]))
        form.finished.connect(lambda _: self._ended(form))
        document = self._app.session.document
        assert document is not None
        form.work_on(document.dataset)
        frame = self._app.frame
        corner = self._app.canvas.mapToGlobal(self._app.canvas.rect().topRight())
        away = GAP + STEP * (self._n_opened % STEPS)
        self._n_opened += 1
        screen = frame.screen().availableGeometry()
        form.fit(screen.height() - 4 * GAP)
        top = min(corner.y() + away, screen.bottom() - form.height() - 2 * GAP)
        form.move(corner.x() - form.width() - away, max(top, screen.top()))
        return form

    def _show(self, form: FormDialog, field: str) -> None:
        self._app.timing.pause()
        form.show()
        form.raise_()
        form.activateWindow()
        form.begin_at(field)

    def _try(self, form: FormDialog) -> None:
        """What would become of the form, worked out beside the window."""
        document = self._app.session.document
        if document is None or not form.isVisible():
            return
        draft, dataset = form.draft, document.dataset
        done = partial(self._tried, form, draft, dataset)
        self._app.jobs.start(
            f"form {id(form)}", lambda _: drafted(dataset, draft), done, partial(self._failed, form, draft, dataset)
        )

    def _tried(self, form: FormDialog, draft: Draft, dataset: Dataset, result: Drafted) -> None:
        document = self._app.session.document
        if form in self.forms and document is not None and document.dataset is dataset and form.draft == draft:
            self._results[form] = (draft, dataset, result)
            form.show_result(result)

    def _failed(self, form: FormDialog, draft: Draft, dataset: Dataset, error: Exception) -> None:
        faults = error.faults if isinstance(error, TalentflowError) else (_unknown(error),)
        result = Drafted.refused(dataset, draft.id, faults)
        self._tried(form, draft, dataset, result)

    def _save(self, form: FormDialog, again: bool) -> None:
        """Do what a form says at this moment, not what it said when it was last looked at."""
        document = self._app.session.document
        if document is None:
            return
        draft, held = form.draft, self._results.get(form)
        try:
            fresh = held is not None and held[0] == draft and held[1] is document.dataset
            result = held[2] if fresh and held is not None else drafted(document.dataset, draft)
            if result.mistakes or not result.edit:
                form.show_result(result)
                return
            form.saved()
            self._app.session.do(result.edit)
        except TalentflowError as error:
            form.show_result(Drafted.refused(document.dataset, draft.id, error.faults))
            return
        self._say(f"{result.edit.name}: done. Ctrl+Z takes it back.")
        self._app.session.set_focus((f"{draft.table}:{result.id}",))
        if again:
            form.begin_again()
        else:
            form.accept()

    def _may_discard(self, form: FormDialog) -> bool:
        """Whether what was typed may go; a form that is saved instead closes by itself."""
        answers = (SAVE, DISCARD) if form.save_button.isEnabled() else (DISCARD,)
        answer = self._app.documents.asked(f"What was typed into “{form.windowTitle()}” is not saved.", *answers)
        if answer == SAVE:
            self._save(form, again=False)
        return answer == DISCARD

    def _document_changed(self, document: Document | None) -> None:
        """Forms follow their records; those of another document close."""
        if document is None:
            self.close()
            return
        for form in list(self.forms):
            gone = form.row_id and document.dataset.position(form.table.name, form.row_id) is None
            if gone and not form.touched:
                form.accept()
            else:
                form.work_on(document.dataset)

    def _ended(self, form: FormDialog) -> None:
        self._app.jobs.cancel(f"form {id(form)}")
        self._results.pop(form, None)
        if form in self.forms:
            self.forms.remove(form)

    def _say(self, text: str) -> None:
        self._app.frame.statusBar().showMessage(text, SAID)


def _unknown(error: Exception) -> Fault:
    return Fault("form", f"{type(error).__name__}: {error}", "Change what stands in the form.")
