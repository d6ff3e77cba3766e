"""Filters that have a name: applied from a menu in the lens bar, kept with the dataset."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QInputDialog, QLineEdit, QMenu, QToolButton

from app.desktop.lensbar import LensBar
from app.domain.errors import UsageError
from app.domain.lens import parse
from app.domain.views import forget_lens, save_lens, saved_lenses
from app.session.document import Document
from app.session.session import Session


class SavedLenses(QObject):
    """The menu of one window's named filters."""

    def __init__(self, session: Session, bar: LensBar) -> None:
        super().__init__(bar)
        self._session, self._bar = session, bar
        self.menu = QMenu(bar)
        self.menu.setToolTipsVisible(True)
        self.menu.aboutToShow.connect(self._fill)
        bar.saved.setMenu(self.menu)
        bar.saved.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        session.document_changed.connect(self._follow)

    def apply(self, name: str) -> None:
        """Look through a named filter. One of another version of the program is told and changes nothing."""
        document = self._session.document
        text = saved_lenses(document.dataset).get(name) if document is not None else None
        if text is None:
            return
        self._bar.text.setText(text)
        try:
            self._bar.wanted.emit(replace(self._bar.view, lens=parse(text)))
        except UsageError as error:
            self._bar.complain(error)

    def keep(self, name: str) -> None:
        """Keep the filter that is applied under a name."""
        document = self._session.document
        if document is not None and name.strip() and self._bar.view.lens:
            self._session.do(save_lens(document.dataset, name, str(self._bar.view.lens)))

    def forget(self, name: str) -> None:
        """Forget a named filter; what is shown stays."""
        document = self._session.document
        if document is not None:
            self._session.do(forget_lens(document.dataset, name))

    def ask(self) -> None:
        """Ask for the name under which the filter shall be kept."""
        dialog = QInputDialog(self._bar.window())
        dialog.setWindowTitle("Keep the filter")
        dialog.setLabelText(f"Name of the filter {self._bar.view.lens}")
        dialog.setOkButtonText("&Keep")
        dialog.textValueSelected.connect(self.keep)
        dialog.finished.connect(dialog.deleteLater)
        line = dialog.findChild(QLineEdit)
        if line is not None:
            line.setPlaceholderText("As it shall stand in the menu")
        dialog.open()

    def _follow(self, document: Document | None) -> None:
        n = len(saved_lenses(document.dataset)) if document is not None else 0
        self._bar.saved.setText(f"Saved · {n}" if n else "Saved")
        self._bar.text.work_on(document.dataset if document is not None else None)

    def _fill(self) -> None:
        self.menu.clear()
        document = self._session.document
        saved = saved_lenses(document.dataset) if document is not None else {}
        now = str(self._bar.view.lens)
        for name, text in saved.items():
            action = self.menu.addAction(name.replace("&", "&&"), partial(self.apply, name))
            action.setCheckable(True)
            action.setChecked(text == now)
            action.setToolTip(text)
        if saved:
            self.menu.addSeparator()
        keep = self.menu.addAction("&Keep this filter …", self.ask)
        keep.setEnabled(bool(self._bar.view.lens) and now not in saved.values())
        keep.setToolTip("Under a name, in the dataset" if now else "Type a filter first")
        if saved:
            forget = self.menu.addMenu("&Forget")
            for name in saved:
                forget.addAction(name.replace("&", "&&"), partial(self.forget, name))
