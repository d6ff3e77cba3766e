"""Files in which time plays, written from the window: off the main thread, with how far it is, and a way to give up."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QProgressDialog

from app.desktop.dialogs.export import Choice
from app.desktop.frame import Frame
from app.files.atomic import replacing
from app.pictures.flowmap import FlowMap
from app.pictures.playing import Moving, Play
from app.pictures.shown import MovesShown, Shown
from app.render import film_files
from app.render.film import Film
from app.render.html import page
from app.render.svg_moving import moving_svg
from app.render.theme import THEMES
from app.session.jobs import Jobs, Ticket
from app.session.pictured import Wanted, of_moves, picture_of
from app.session.view import View

CHANNEL = "export"
PATIENCE = 400
"""Milliseconds after which it is shown how far a film is."""


def moving(flows: FlowMap, view: View, shown: Shown, size: tuple[int, int]) -> Callable[[], Moving]:
    """What lays out the picture of a view anew for a size, to be called off the main thread."""

    def made() -> Moving:
        if view.picture == "flowmap":
            return picture_of(flows.gathered.dataset, size, flows, view.flows, alone=True)
        span = (int(flows.span[0]), int(flows.span[1]))
        wanted = Wanted(flows, view, None, size, None, span)
        found = of_moves(wanted, (float(size[0]), float(size[1])), shown)
        if not isinstance(found, MovesShown):
            raise TypeError(f"time does not play in {view.picture}")
        return found.picture  # type: ignore[return-value]  # the pictures of PLAYED all know their frame and measure

    return made


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

    def write(self, path: Path, picture: Callable[[], Moving], choice: Choice) -> None:
        """Lay out and write; what cannot be is told, and what is given up leaves no file."""
        self.run(path, lambda ticket, told: _work(path, picture, choice, ticket, told), "Export the picture")

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


def _work(
    path: Path, picture: Callable[[], Moving], choice: Choice, ticket: Ticket, told: Callable[[int, int], None]
) -> None:
    film_files.refuse(choice.ending)
    play, theme = Play.of(picture(), choice.seconds or 1.0), THEMES[choice.theme]
    ticket.check()

    def progress(done: int, of: int) -> None:
        ticket.check()
        told(done, of)

    with replacing(path) as file:
        if choice.ending == ".svg":
            file.write(moving_svg(play, theme).encode())
        elif choice.ending == ".html":
            file.write(page(play, theme="dark" if theme.dark else None).encode())
        else:
            fps = choice.fps or film_files.usual_fps(choice.ending)
            film_files.write_film(Film(play, theme, fps, choice.scale), file, choice.ending, progress)
        ticket.check()
