"""Files in which time plays, written from the window: off the main thread, with how far it is, and a way to give up."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QProgressDialog

from app.desktop.frame import Frame
from app.domain.dataset import Dataset
from app.files.atomic import replacing
from app.session.jobs import Jobs, Ticket
from app.wishes.drawing import settled
from app.wishes.playing import played, write_play
from app.wishes.wish import Wish

CHANNEL = "export"
PATIENCE = 400
"""Milliseconds after which it is shown how far a film is."""


class Films(QObject):
    """Writes one film after the other."""

    progressed = Signal(int, int)  # pictures done, of how many

    def __init__(
        self,
        frame: Frame,
        jobs: Jobs,
        written: Callable[[Path], None],
        not_written: Callable[[Path, Exception], None],
    ) -> None:
        super().__init__(frame)
        self._frame, self._jobs = frame, jobs
        self._written, self._not_written = written, not_written
        self.dialog: QProgressDialog | None = None
        self.progressed.connect(self._show)

    def write(self, dataset: Dataset, wish: Wish) -> None:
        """Lay out and write; what cannot be is told, and what is given up leaves no file."""
        self.run(wish.output, lambda ticket, told: _work(dataset, wish, ticket, told), "Export the picture")

    def run(self, path: Path, work: Callable[[Ticket, Callable[[int, int], None]], None], title: str) -> None:
        """Do work that writes a file and tells how far it is; title: of the dialog that shows it."""
        self._close()
        dialog = self.dialog = QProgressDialog(f"Writing {path.name}", "Cancel", 0, 0, self._frame)
        dialog.setWindowTitle(title)
        dialog.setWindowModality(Qt.WindowModality.NonModal)
        dialog.setMinimumDuration(PATIENCE)
        dialog.setAutoClose(False)
        dialog.setAutoReset(False)
        dialog.canceled.connect(self._given_up)
        self._frame.statusBar().showMessage(f"Writing {path.name} …")
        self._jobs.start(
            CHANNEL,
            lambda ticket: work(ticket, self.progressed.emit),
            lambda _: self._done(path),
            lambda error: self._failed(path, error),
        )

    def _show(self, done: int, of: int) -> None:
        if self.dialog is not None:
            self.dialog.setMaximum(of)
            self.dialog.setValue(done)

    def _given_up(self) -> None:
        self._jobs.cancel(CHANNEL)
        self._close()
        self._frame.statusBar().showMessage("Given up: nothing was written", 5_000)

    def _done(self, path: Path) -> None:
        self._close()
        self._written(path)

    def _failed(self, path: Path, error: Exception) -> None:
        self._close()
        self._not_written(path, error)

    def _close(self) -> None:
        if self.dialog is not None:
            self.dialog.canceled.disconnect(self._given_up)
            self.dialog.close()
            self.dialog.deleteLater()
            self.dialog = None


def _work(dataset: Dataset, wish: Wish, ticket: Ticket, told: Callable[[int, int], None]) -> None:
    wish = settled(dataset, wish)
    play = played(dataset, wish)
    ticket.check()

    def progress(done: int, of: int) -> None:
        ticket.check()
        told(done, of)

    with replacing(wish.output) as file:
        write_play(play, wish, file, progress)
        ticket.check()
