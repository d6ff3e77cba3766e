"""Foreign files of a window: read and joined beside it, looked at in a preview, and taken as one step or as a document
of their own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from app.analysis.joining import Joined, joined
from app.desktop.bringing import NATIVE, TABLE, Brought, Wanted, bring, format_of
from app.desktop.dialogs.importing import ImportDialog
from app.desktop.formats import IMPORTED
from app.desktop.frame import told as complained
from app.domain.dataset import Dataset
from app.domain.errors import TalentflowError
from app.files.mapping import Mapping, key_of, of_text
from app.pictures.joinings import Preview, contents, rows_of, title
from app.pictures.records import tally
from app.session.document import Document
from app.session.jobs import Ticket

if TYPE_CHECKING:
    from app.desktop.application import Application

LOOK, READ = "import-look", "import"
SAID = 8_000
PASTED = "pasted.txt"
"""What a text from the clipboard is called where it is named as a source."""
_OF_READING = 0.5
"""Share of the work that reading is; the rest is comparing."""


@dataclass(frozen=True, eq=False)
class _Made:
    """What a job has made: what was read, what it becomes in a dataset, and all that is said of that. joined: None
    where there is no dataset to join it to, or it cannot be read yet."""

    brought: Brought
    dataset: Dataset | None
    joined: Joined | None
    preview: Preview | None


class Importing(QObject):
    """One preview for a window, made when it is first wanted."""

    worked = Signal(float)
    """How much has been read and compared, 0 to 1: told by the job."""

    def __init__(self, application: Application) -> None:
        super().__init__(application)
        self._app = application
        self.dialog: ImportDialog | None = None
        self._wanted: Wanted | None = None
        self._choices: dict[tuple[str, str], str] = {}
        self._made: _Made | None = None
        self._folder: TemporaryDirectory[str] | None = None
        self.commands: dict[str, Callable[[], None]] = {
            "file.import": self.choose,
            "edit.paste-import": self.paste,
        }
        application.session.document_changed.connect(self._document_changed)

    def choose(self) -> None:
        """Ask which file to import."""
        document = self._app.session.document
        folder = document.path.parent if document is not None and document.path is not None else Path.home()
        name, _ = QFileDialog.getOpenFileName(self._app.frame, "Import a file", str(folder), IMPORTED)
        if name:
            self.begin(Path(name))

    def take(self, path: Path) -> None:
        """A file was dropped on the window: one of the program's own is opened, a foreign one is looked at."""

        def done(found: str) -> None:
            if found in NATIVE:
                self._app.documents.open(path)
            else:
                self.begin(path)

        failed = partial(self._app.documents.not_done, path=path, what="opened")
        self._app.jobs.start(LOOK, lambda _: format_of(path), done, failed)

    def paste(self) -> None:
        """Import the file or the text on the clipboard."""
        data = cast("QMimeData | None", QGuiApplication.clipboard().mimeData()) or QMimeData()
        urls = data.urls()
        if len(urls) == 1 and urls[0].isLocalFile():
            self.begin(Path(urls[0].toLocalFile()))
        elif text := data.text().strip():
            self._forget_pasted()
            self._folder = TemporaryDirectory(prefix="talentflow-")
            path = Path(self._folder.name) / PASTED
            path.write_text(text + "\n", encoding="utf-8")
            self.begin(path)
        else:
            self._app.frame.statusBar().showMessage("There is no table and no file on the clipboard", SAID)

    def begin(self, path: Path) -> None:
        """Read a file, and show what it would become."""
        self._app.timing.pause()
        dialog = self.dialog or self._new_dialog()
        self._choices, self._made = {}, None
        dialog.show_theme(self._app.frame.theme)
        dialog.begin(path, self._into)
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()
        self._read(Wanted(path))

    def close(self) -> None:
        """The preview goes, and what was pasted for it."""
        if self.dialog is not None:
            self.dialog.hide()
        self._forget_pasted()

    @property
    def _into(self) -> str:
        """The name of the document that can take something in: one with records. An empty one is opened anew."""
        document = self._app.session.document
        return document.name if document is not None and document.dataset.n_rows else ""

    def _new_dialog(self) -> ImportDialog:
        dialog = self.dialog = ImportDialog(self._app.frame)
        dialog.format_wanted.connect(lambda name: self._again(format=name, mapping=None, sheet=""))
        dialog.mapping_wanted.connect(lambda mapping, sheet: self._again(mapping=mapping, sheet=sheet))
        dialog.choice_wanted.connect(self._choose_match)
        dialog.import_wanted.connect(self._import)
        dialog.open_wanted.connect(self._open)
        dialog.finished.connect(self._end)
        self.worked.connect(self._tell)
        self._app.frame.theme_changed.connect(dialog.show_theme)
        return dialog

    # reading and joining

    def _again(self, **changes: object) -> None:
        """Read the file in another way; what was chosen for its records holds no more where these are others."""
        if self._wanted is not None:
            self._choices = {}
            self._read(replace(self._wanted, **changes))  # type: ignore[arg-type]  # its own fields

    def _read(self, wanted: Wanted) -> None:
        self._wanted = wanted
        before = self._made.brought if self._made is not None else None
        dataset, choices = self._dataset, dict(self._choices)

        def work(ticket: Ticket) -> _Made:
            def step(share: float) -> None:
                ticket.check()
                self.worked.emit(share)

            brought = bring(wanted, self._remembered, lambda share: step(_OF_READING * share), before)
            return _made(brought, dataset, choices, lambda share: step(_OF_READING + (1 - _OF_READING) * share))

        self._start(work)

    def _join(self) -> None:
        """Compare what was read with the dataset anew: a choice is another one, or the dataset is."""
        made, dataset, choices = self._made, self._dataset, dict(self._choices)
        if made is None:
            return

        def work(ticket: Ticket) -> _Made:
            def step(share: float) -> None:
                ticket.check()
                self.worked.emit(share)

            return _made(made.brought, dataset, choices, step)

        self._start(work)

    def _start(self, work: Callable[[Ticket], _Made]) -> None:
        if self.dialog is not None:
            self.dialog.show_progress(0.0)
        self._app.jobs.start(READ, work, self._show, self._complain)

    @property
    def _dataset(self) -> Dataset | None:
        document = self._app.session.document
        return document.dataset if document is not None and self._into else None

    def _remembered(self, header: tuple[str, ...]) -> Mapping | None:
        """What the columns of a table were the last time."""
        text = self._app.frame.settings.mapping(key_of(header))
        try:
            found = of_text(text) if text else None
        except TalentflowError:
            return None
        return found if found is not None and not found.faults(header) else None

    def _tell(self, share: float) -> None:
        if self.dialog is not None and self.dialog.bar.isVisible():
            self.dialog.show_progress(share)

    def _show(self, made: _Made) -> None:
        dialog = self.dialog
        if dialog is None or not dialog.isVisible():
            return
        again = self._made is not None and self._made.brought is made.brought
        self._made = made
        reading = made.brought.reading
        counts = tally(rows_of(reading.dataset)) if reading is not None else ""
        n_faults = sum(fault.n for fault in reading.faults) if reading is not None else 0
        if not again:
            said = "Say what the columns hold" if reading is None else contents(counts, n_faults)
            dialog.show_brought(made.brought, said)
        if reading is not None:
            dialog.show_preview(made.preview, [f"Opens {counts}"] if counts else ["There is nothing in it"])
        dialog.show_progress(None)

    def _complain(self, error: Exception) -> None:
        dialog, wanted = self.dialog, self._wanted
        if dialog is not None and wanted is not None and dialog.isVisible():
            self._made = None
            dialog.show_mistake(complained(error, wanted.path, "read"))

    def _choose_match(self, key: tuple[str, str], kept: str) -> None:
        self._choices[key] = kept
        self._join()

    def _document_changed(self, _: Document | None) -> None:
        dialog = self.dialog
        if dialog is not None and dialog.isVisible() and self._made is not None:
            self._join()

    # what becomes of it

    def _import(self) -> None:
        """Take it into the dataset, as one step."""
        made, document = self._made, self._app.session.document
        if made is None or made.joined is None or document is None or document.dataset is not made.dataset:
            return
        self._remember(made.brought)
        edit, dialog = made.joined.edit, self.dialog
        if dialog is not None:
            dialog.accept()
        if edit:
            self._app.session.do(edit, made.joined.dataset)
        done = f"{edit.name}: done. Ctrl+Z takes it back." if edit else "Nothing is changed: all of it is on record."
        self._app.frame.statusBar().showMessage(done, SAID)

    def _open(self) -> None:
        """Open it as a document of its own."""
        made = self._made
        if made is None or made.brought.reading is None:
            return
        self._remember(made.brought)
        if self.dialog is not None:
            self.dialog.accept()
        reading = made.brought.reading
        name = made.brought.wanted.path.name
        self._app.documents.open_read(Document(reading.dataset, None, name, tuple(reading.checked)))

    def _remember(self, brought: Brought) -> None:
        """Remember what the columns of a table are, for other tables with the same."""
        if brought.format == TABLE and brought.mapping is not None and brought.sheet is not None:
            self._app.frame.settings.keep_mapping(key_of(brought.sheet.header), brought.mapping.text)

    def _end(self) -> None:
        self._app.jobs.cancel(READ)
        self._made = None
        self._forget_pasted()

    def _forget_pasted(self) -> None:
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None


def _made(
    brought: Brought, dataset: Dataset | None, choices: dict[tuple[str, str], str], step: Callable[[float], None]
) -> _Made:
    """Join what was read to a dataset, if there is one."""
    if brought.reading is None or dataset is None:
        return _Made(brought, dataset, None, None)
    file = brought.wanted.path.name
    result = joined(dataset, brought.reading.dataset, f"Import {file}", choices, step)
    counts = {table: count.added for table, count in result.counts.items()}
    result = replace(result, edit=replace(result.edit, name=title(file, counts)))
    return _Made(brought, dataset, result, Preview.of(result, dataset))
