"""Moments that are compared in a window: asked for in a panel, worked out in a job, taken away as Markdown or CSV."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from app.analysis.comparing import Comparison, Side, known_sides, usual
from app.analysis.options import newest_published
from app.desktop.frame import told
from app.desktop.panels.compare import START, ComparePanel
from app.domain.dataset import Dataset
from app.domain.errors import TalentflowError
from app.files.atomic import write_atomically
from app.files.registry import read
from app.pictures.listing_moments import differences
from app.pictures.moments import as_csv, as_markdown, heading
from app.session.document import Document
from app.session.session import Other

if TYPE_CHECKING:
    from app.desktop.application import Application

CHANNEL, FILE = "compare", "compare file"
KINDS = "Markdown (*.md);;CSV (*.csv)"


class Moments(QObject):
    """One panel a window, worked out only while it is in sight. Which moments are compared is part of the view, which
    other file of the session: so the list and the picture always show the same."""

    def __init__(self, application: Application, panel: ComparePanel) -> None:
        super().__init__(application)
        self._app, self._panel = application, panel
        self._shown: Comparison | None = None
        self._asked: tuple[object, ...] = ()
        session = application.session
        session.document_changed.connect(self._document_changed)
        session.view_changed.connect(lambda _: self.refresh())
        session.other_changed.connect(self._other_changed)
        session.focus_changed.connect(lambda keys: panel.table.choose(keys))
        panel.came.connect(self.refresh)
        panel.wanted.connect(self._want)
        panel.file_wanted.connect(self.choose)
        panel.markdown_wanted.connect(self.copy)
        panel.save_wanted.connect(self.save)
        panel.selected.connect(session.set_focus)

    def refresh(self) -> None:
        """Show which moments are compared, and work out what differs, if it is in sight and old."""
        session, panel = self._app.session, self._panel
        document, view = session.document, session.view
        panel.show_sides(view.before, view.after)
        if document is None:
            return
        other = session.other.dataset if session.other is not None else None
        newest = newest_published(document.dataset), newest_published(other if other is not None else document.dataset)
        sides = known_sides(view.before, view.after, view.known_by)
        before, after = usual(*sides, newest, files=other is not None)
        panel.show_usual(before.day, after.day)
        self._app.lensbar.days.show_usual(before.day, after.day)
        asked = (document.dataset, other, view.level, view.lens, sides)
        if not panel.isVisible() or asked == self._asked:
            return
        self._asked = asked
        work = partial(Comparison.between, document.dataset, other, sides, view.level, view.lens)
        self._app.jobs.start(CHANNEL, lambda _: work(), self._done, self._failed)

    def _want(self, before: Side, after: Side) -> None:
        self._app.look(replace(self._app.session.view, before=before, after=after))

    def choose(self) -> None:
        """Ask for another file; a second time, go back to the dataset alone."""
        if self._app.session.other is not None:
            self._app.session.set_other(None)
            return
        name, _ = QFileDialog.getOpenFileName(self._panel.window(), "Compare with a dataset")
        if name:
            self.read(Path(name))

    def read(self, path: Path) -> None:
        """Compare with the dataset of a file."""

        def done(dataset: Dataset) -> None:
            self._app.session.set_other(Other(path.name, dataset))

        self._app.jobs.start(FILE, lambda _: read(path), done, lambda error: self._show(None, _words(error, path)))

    def copy(self) -> None:
        """Put the differences on the clipboard as Markdown."""
        if self._shown is not None:
            self._app.offers.copy(as_markdown(self._shown))

    def save(self) -> None:
        """Ask for a file and write the differences into it."""
        name, kind = QFileDialog.getSaveFileName(self._panel.window(), "Save the differences", "differences.md", KINDS)
        if name:
            ending = ".csv" if "csv" in kind else ".md"
            self.write(Path(name) if Path(name).suffix else Path(name + ending))

    def write(self, path: Path) -> None:
        """Write the differences; as CSV where the name ends so, else as Markdown."""
        if self._shown is None:
            return
        text = as_csv(self._shown) if path.suffix.lower() == ".csv" else as_markdown(self._shown)
        try:
            write_atomically(path, text.encode("utf-8"))
        except TalentflowError as error:
            self._app.banner.say(error.text)
        else:
            self._app.frame.statusBar().showMessage(f"Saved: {path}", 8_000)

    def _other_changed(self) -> None:
        other = self._app.session.other
        self._panel.file.setText(f"After: {other.name}  ×" if other is not None else "Another &file …")
        self.refresh()

    def _document_changed(self, document: Document | None) -> None:
        if document is None:
            self._asked = ()
            self._app.session.set_other(None)
            self._show(None, START)
        else:
            self.refresh()

    def _done(self, made: Comparison) -> None:
        self._show(made, heading(made))

    def _failed(self, error: Exception) -> None:
        self._show(None, _words(error, None))

    def _show(self, made: Comparison | None, words: str) -> None:
        self._shown = made
        self._panel.show_listing(differences(made) if made is not None else None, words)


def _words(error: Exception, path: Path | None) -> str:
    return " ".join(told(error, path, "read"))
