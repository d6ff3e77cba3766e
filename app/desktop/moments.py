"""Moments that are compared in a window: asked for in a panel, worked out in a job, taken away as Markdown or CSV."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from app.analysis.comparing import Comparison, Moment
from app.desktop.frame import told
from app.desktop.panels.compare import SIDES, START, ComparePanel
from app.domain import dates
from app.domain.dataset import Dataset
from app.domain.errors import TalentflowError
from app.files.atomic import write_atomically
from app.files.registry import read
from app.pictures.listing_moments import differences
from app.pictures.moments import as_csv, as_markdown, heading
from app.session.document import Document
from app.session.view import View

if TYPE_CHECKING:
    from app.desktop.application import Application

CHANNEL, FILE = "compare", "compare file"
KINDS = "Markdown (*.md);;CSV (*.csv)"


class Moments(QObject):
    """One panel a window; worked out only while it is in sight."""

    def __init__(self, application: Application, panel: ComparePanel) -> None:
        super().__init__(application)
        self._app, self._panel = application, panel
        self._other: tuple[str, Dataset] | None = None
        self._shown: Comparison | None = None
        self._asked: tuple[object, ...] = ()
        session = application.session
        session.document_changed.connect(self._document_changed)
        session.view_changed.connect(lambda _: self.refresh())
        session.focus_changed.connect(lambda keys: panel.table.choose(keys))
        panel.came.connect(self.refresh)
        panel.asked.connect(self.refresh)
        panel.file_wanted.connect(self.choose)
        panel.markdown_wanted.connect(self.copy)
        panel.save_wanted.connect(self.save)
        panel.selected.connect(session.set_focus)

    def refresh(self) -> None:
        """Work out what differs, if it is in sight and old."""
        document, panel = self._app.session.document, self._panel
        if document is None or not panel.isVisible() or not panel.mark():
            return
        view, wish = self._app.session.view, panel.wish
        asked = (document.dataset, self._other, view.level, view.lens, tuple(wish.items()))
        if asked == self._asked:
            return
        self._asked = asked
        if self._other is None and wish["before"] == wish["after"] and wish["known_before"] == wish["known_after"]:
            self._show(None, START)
            return
        datasets = (document.dataset, self._other[1] if self._other is not None else document.dataset)
        work = partial(_compared, datasets, wish, view)
        self._app.jobs.start(CHANNEL, lambda _: work(), self._done, self._failed)

    def choose(self) -> None:
        """Ask for another file; a second time, go back to the dataset alone."""
        if self._other is not None:
            self._other = None
            self._panel.file.setText("Another &file …")
            self.refresh()
            return
        name, _ = QFileDialog.getOpenFileName(self._panel.window(), "Compare with a dataset")
        if name:
            self.read(Path(name))

    def read(self, path: Path) -> None:
        """Compare with the dataset of a file."""

        def done(dataset: Dataset) -> None:
            self._other = (path.name, dataset)
            self._panel.file.setText(f"After: {path.name}  ×")
            self.refresh()

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

    def _document_changed(self, document: Document | None) -> None:
        if document is None:
            self._other, self._asked = None, ()
            self._panel.file.setText("Another &file …")
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


def _compared(datasets: tuple[Dataset, Dataset], wish: dict[str, str], view: View) -> Comparison:
    moments = [
        Moment.of(dataset, _day(wish[side]), _day(wish[f"known_{side}"]), view.level, view.lens)
        for side, dataset in zip(SIDES, datasets, strict=True)
    ]
    return Comparison.of(*moments)


def _day(text: str) -> int | None:
    return dates.last_day(dates.parse(text)) if text else None


def _words(error: Exception, path: Path | None) -> str:
    return " ".join(told(error, path, "read"))
