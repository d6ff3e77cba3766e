"""Duplicates of a window: they are looked for, compared, made one, or judged not to be the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.analysis.duplicates import Alike, duplicates
from app.analysis.merging import Merged, Merging, fullest, merged
from app.desktop.dialogs.alike_list import BY_HAND
from app.desktop.dialogs.duplicates import DuplicatesDialog
from app.domain.apart import set_apart
from app.domain.dataset import Dataset
from app.domain.errors import Fault, TalentflowError
from app.pictures.records import called
from app.session.document import Document
from app.session.jobs import Ticket

if TYPE_CHECKING:
    from app.desktop.application import Application

LOOK, TRY = "duplicates", "merge"
SAID = 8_000
KINDS = ("people", "organizations")
"""Tables of which what is selected in a picture can be merged."""
MOST_DOUBTS = 4
"""Doubts that are told one by one; the others are counted."""


class Duplicates(QObject):
    """One window of duplicates for a window, made when it is first wanted."""

    looked = Signal(float)
    """How much has been looked through, 0 to 1: told by the job."""

    def __init__(self, application: Application) -> None:
        super().__init__(application)
        self._app = application
        self.dialog: DuplicatesDialog | None = None
        self._result: tuple[Merging, Dataset, Merged] | None = None
        self.commands: dict[str, Callable[[], None]] = {
            "edit.duplicates": self.open,
            "edit.merge-selected": self.merge_selected,
        }
        application.session.document_changed.connect(self._document_changed)
        application.session.focus_changed.connect(lambda _: self._enable())

    def open(self) -> None:
        """Show the window and look for duplicates."""
        if (dialog := self._shown()) is not None:
            self._look()
            dialog.list.setFocus()  # seen only now, where nothing was found before

    def merge_selected(self) -> None:
        """Compare the people or organizations that are selected."""
        group = self.selected
        if group is not None and (dialog := self._shown()) is not None:
            dialog.put_together(group)
            dialog.table.setFocus()
            self._look()

    @property
    def selected(self) -> Alike | None:
        """The selection as a group, where it is several people or several organizations and nothing else."""
        document, keys = self._app.session.document, self._app.session.focus
        parts = [key.partition(":") for key in keys]
        tables = {table for table, _, _ in parts}
        if document is None or len(keys) < 2 or len(tables) != 1 or not tables & set(KINDS):
            return None
        table = tables.pop()
        ids = tuple(sorted(row_id for _, _, row_id in parts))
        if any(document.dataset.position(table, row_id) is None for row_id in ids):
            return None
        return Alike(table, ids, BY_HAND, ("selected by hand",))

    def close(self) -> None:
        """The window goes."""
        if self.dialog is not None:
            self.dialog.hide()

    def _shown(self) -> DuplicatesDialog | None:
        document = self._app.session.document
        if document is None:
            return None
        self._app.timing.pause()
        dialog = self.dialog or self._made()
        dialog.show_theme(self._app.frame.theme)
        dialog.work_on(document.dataset)
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()
        return dialog

    def _made(self) -> DuplicatesDialog:
        dialog = self.dialog = DuplicatesDialog(self._app.frame)
        dialog.staying = self._staying
        dialog.changed.connect(self._try)
        dialog.merge_wanted.connect(self._merge)
        dialog.apart_wanted.connect(self._apart)
        dialog.stop_wanted.connect(self._stop)
        dialog.finished.connect(self._end)
        self.looked.connect(self._tell)
        self._app.frame.theme_changed.connect(dialog.show_theme)
        return dialog

    # looking

    def _look(self) -> None:
        """Look through the dataset beside the window."""
        document = self._app.session.document
        if document is None or self.dialog is None:
            return
        dataset = document.dataset

        def work(ticket: Ticket) -> list[Alike]:
            def step(share: float) -> None:
                ticket.check()
                self.looked.emit(share)

            return duplicates(dataset, step)

        self.dialog.show_looking(0.0)
        self._app.jobs.start(LOOK, work, partial(self._found, dataset), self._not_found)

    def _tell(self, share: float) -> None:
        if self.dialog is not None and self.dialog.looking:
            self.dialog.show_looking(share)

    def _found(self, dataset: Dataset, groups: Sequence[Alike]) -> None:
        document = self._app.session.document
        if self.dialog is not None and document is not None and document.dataset is dataset:
            self.dialog.show_found(groups)

    def _not_found(self, error: Exception) -> None:
        if self.dialog is not None:
            self.dialog.show_looking(None)
        self._app.banner.say(f"Duplicates could not be looked for.\n{error}")

    def _stop(self) -> None:
        self._app.jobs.cancel(LOOK)
        if self.dialog is not None:
            self.dialog.show_looking(None)

    # merging

    def _staying(self, group: Alike) -> str:
        document = self._app.session.document
        return fullest(document.dataset, group.table, group.ids) if document is not None else group.ids[0]

    def _try(self) -> None:
        """What would become of the records, worked out beside the window."""
        document, dialog = self._app.session.document, self.dialog
        if document is None or dialog is None or dialog.comparison is None:
            return
        wanted, dataset = dialog.comparison.merging, document.dataset
        done = partial(self._tried, wanted, dataset)
        failed = partial(self._not_merged, wanted)
        self._app.jobs.start(TRY, lambda _: merged(dataset, wanted), done, failed)

    def _tried(self, wanted: Merging, dataset: Dataset, result: Merged) -> None:
        dialog, document = self.dialog, self._app.session.document
        if dialog is None or dialog.comparison is None or document is None or document.dataset is not dataset:
            return
        if dialog.comparison.merging == wanted:
            self._result = (wanted, dataset, result)
            dialog.show_result(result.effects, _told(result), ())

    def _not_merged(self, wanted: Merging, error: Exception) -> None:
        dialog = self.dialog
        if dialog is not None and dialog.comparison is not None and dialog.comparison.merging == wanted:
            faults = error.faults if isinstance(error, TalentflowError) else (Fault("merge", str(error)),)
            dialog.show_result((), (), faults)

    def _merge(self) -> None:
        """Make one of the records that are compared: as it is chosen at this moment."""
        document, dialog = self._app.session.document, self.dialog
        if document is None or dialog is None or dialog.comparison is None:
            return
        group, wanted = dialog.list.group, dialog.comparison.merging
        try:
            if self._result is not None and self._result[0] == wanted and self._result[1] is document.dataset:
                result = self._result[2]
            else:
                result = merged(document.dataset, wanted)
            self._app.session.do(result.edit)
        except TalentflowError as error:
            dialog.show_result((), (), error.faults)
            return
        self._result = None
        self._go_along(wanted)
        if group is not None:
            dialog.drop(group)
        self._app.frame.statusBar().showMessage(f"{result.edit.name}: done. Ctrl+Z takes it back.", SAID)

    def _go_along(self, wanted: Merging) -> None:
        """Look at the record that stays wherever one looked at one that went."""
        session, others = self._app.session, wanted.others
        if wanted.table in KINDS:
            session.set_focus((f"{wanted.table}:{wanted.kept}",))
        view = session.view
        lens = view.lens.with_terms(lambda term: replace(term, value=wanted.kept) if term.value in others else term)
        organization, *beside = (wanted.kept if i in others else i for i in (view.organization, *view.beside))
        seen = replace(view, lens=lens, organization=organization, beside=tuple(dict.fromkeys(beside)))
        if seen != view:
            self._app.look(seen)

    def _apart(self) -> None:
        """Remember that the records compared are not one."""
        document, dialog = self._app.session.document, self.dialog
        if document is None or dialog is None or (group := dialog.list.group) is None:
            return
        dataset = document.dataset
        names = [called(dataset.row, group.table, row_id) for row_id in group.ids]
        name = f"Judge that {', '.join(names[:-1])} and {names[-1]} are not the same"
        self._app.session.do(set_apart(dataset, group.ids, name))
        dialog.drop(group)
        self._app.frame.statusBar().showMessage("They are not offered again. Ctrl+Z takes it back.", SAID)

    def _document_changed(self, document: Document | None) -> None:
        self._enable()
        if self.dialog is None or not self.dialog.isVisible():
            return
        if document is None:
            self.dialog.close()
            return
        self.dialog.work_on(document.dataset)
        self._look()

    def _enable(self) -> None:
        self._app.frame.actions_by_id["edit.merge-selected"].setEnabled(self.selected is not None)

    def _end(self) -> None:
        self._app.jobs.cancel(LOOK)
        self._app.jobs.cancel(TRY)
        self._result = None


def _told(result: Merged) -> list[Fault]:
    """Doubts as they are read: each says which record it speaks of."""
    row_of = result.dataset.row
    told = [
        replace(fault, message=f"{called(row_of, fault.table, fault.id)}: {fault.message}") if fault.id else fault
        for fault in result.warnings
    ]
    if (more := len(told) - MOST_DOUBTS) > 0:
        told = [*told[:MOST_DOUBTS], Fault("merge", f"{more:,} more doubts like these", "See the issues afterwards.")]
    return told
