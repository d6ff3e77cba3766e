"""File > Export data: the dataset for other programs, asked for in a dialog, written in a job that tells how far it is.

The writers are those of `convert`. Flows are those of the view: its filter, its level, the day whose knowledge counts.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from app.analysis.coloring import colors
from app.analysis.hierarchy import Hierarchy
from app.analysis.options import Options
from app.desktop.frame import told
from app.domain.checks import check, errors
from app.domain.errors import UnsoundError, UsageError
from app.files.exports import EXPORTS, Export, export_of
from app.files.outgoing import Outgoing, command_of
from app.places import bundled_dataset
from app.render.theme import LIGHT, hex_colors
from app.session.document import SAMPLE, Document
from app.session.jobs import Ticket

if TYPE_CHECKING:
    from app.desktop.application import Application

CHANNEL = "export-data"
SAID = 8_000
"""Milliseconds that the status line says what was written."""


FILTERS = {f"{e.about[0].upper()}{e.about[1:]} (*{e.ending})": e for e in EXPORTS.values()}
"""Formats as the file dialog offers them."""


class Taking(QObject):
    """Exports the document of one window."""

    far = Signal(str)
    """How far the work is, in words; from the thread that does it."""

    def __init__(self, application: Application) -> None:
        super().__init__(application)
        self._app = application
        act, tables = application.frame.actions_by_id, application.tables
        act["file.export-data"].triggered.connect(lambda _=False: self.ask())
        act["edit.copy-table-markdown"].triggered.connect(lambda _=False: tables.copy_as("markdown"))
        act["edit.copy-table-csv"].triggered.connect(lambda _=False: tables.copy_as("csv"))
        act["file.stop"].triggered.connect(lambda _=False: self.stop())
        self.far.connect(application.status.tell)
        application.status.stop_wanted.connect(self.stop)

    def ask(self) -> None:
        """Ask for a file and a format, then write it."""
        document = self._app.session.document
        if document is None:
            return
        folder = document.path.parent if document.path is not None else Path.home()
        start = str(folder / f"{document.name.split('.')[0].lower()}.xlsx")
        name, kind = QFileDialog.getSaveFileName(self._app.frame, "Export data", start, ";;".join(FILTERS))
        if name:
            self.write(*chosen(name, FILTERS.get(kind, EXPORTS["xlsx"])))

    def write(self, path: Path, export: Export) -> None:
        """Write the document of now; the status line says how far it is and when it is there, the banner why not."""
        app, document = self._app, self._app.session.document
        if document is None:
            return
        options = app.session.view.options

        def work(ticket: Ticket) -> None:
            def progress(share: float) -> None:
                ticket.check()
                self.far.emit(f"Writing {path.name} … {share:.0%}")

            dataset = document.dataset
            if wrong := errors(check(dataset)):
                raise UnsoundError(*wrong)
            ticket.check()
            paint = hex_colors(colors(dataset, Hierarchy.of(dataset)), LIGHT)
            export.write(Outgoing(dataset, options, _command(document, path, export, options), paint, progress), path)

        app.status.show_busy(f"Writing {path.name} …", can_stop=True)
        app.frame.actions_by_id["file.stop"].setEnabled(True)
        app.jobs.start(CHANNEL, work, lambda _: self._written(path), lambda error: self._not_written(path, error))

    def stop(self) -> None:
        """Give up writing; what was in the place of the file stays."""
        self._app.jobs.cancel(CHANNEL)
        self._done()

    def _written(self, path: Path) -> None:
        self._done()
        self._app.frame.statusBar().showMessage(f"Written: {path}", SAID)

    def _not_written(self, path: Path, error: Exception) -> None:
        self._done()
        self._app.banner.say("\n".join(told(error, path, "written")))

    def _done(self) -> None:
        self._app.status.show_busy("")
        self._app.frame.actions_by_id["file.stop"].setEnabled(False)


def chosen(name: str, offered: Export) -> tuple[Path, Export]:
    """The file and the format of a name: that of its ending; the one chosen in the dialog where two share the ending,
    or where the name has none of a format, which it gets then."""
    suffix = Path(name).suffix.lower()
    if suffix and offered.ending.endswith(suffix):
        return Path(name), offered
    try:
        found = export_of(name)
    except UsageError:
        found = None
    return (Path(name), found) if found is not None else (Path(name + offered.ending), offered)


def _command(document: Document, path: Path, export: Export, options: Options) -> str:
    """The command line that makes the file again; blank while what is on disk is not what is written."""
    if document.changed or (document.path is None and document.name != SAMPLE):
        return ""
    source = document.path.name if document.path is not None else bundled_dataset().name
    return command_of(source, path.name, options if export.of_flows else Options(), as_format=_named(path, export))


def _named(path: Path, export: Export) -> str | None:
    """The name of the format, where that of the file does not say it."""
    try:
        return None if export_of(path) is export else export.name
    except UsageError:
        return export.name
