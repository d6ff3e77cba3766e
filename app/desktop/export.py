"""Writing what the window shows, from the same Scenes as everywhere: asked for in a dialog, written in a job."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from app.desktop.banner import Banner
from app.desktop.dialogs.export import Choice, ExportDialog
from app.desktop.frame import Frame, told
from app.desktop.opening import View, picture_of
from app.domain.dataset import Dataset
from app.files.atomic import write_atomically
from app.pictures.flowmap import FlowMap
from app.render import image
from app.render.svg import svg
from app.render.theme import THEMES
from app.session.jobs import Jobs, Ticket


@dataclass(frozen=True, eq=False)
class Current:
    """What the window shows at the moment: dataset, picture, day (None: all), view, size of the canvas."""

    dataset: Dataset
    picture: FlowMap
    day: float | None
    view: View
    size: tuple[int, int]


def exported(current: Current, choice: Choice) -> bytes:
    """The bytes of the file. Another size than the window's is laid out anew, from the places that the window has."""
    picture = current.picture
    if tuple(float(x) for x in choice.size) != picture.options.size:
        picture = picture_of(current.dataset, choice.size, picture, current.view)
    scene, theme = picture.scene(current.day), THEMES[choice.theme]
    if choice.ending == ".svg":
        return svg(scene, theme, transparent=choice.transparent).encode()
    if choice.ending == ".pdf":
        return image.pdf(scene, theme)
    return image.png(scene, theme, scale=choice.scale, transparent=choice.transparent)


class Exporter(QObject):
    """Exports and copies what `current` gives at the time; `pause` stops time while the dialog asks."""

    def __init__(
        self,
        frame: Frame,
        jobs: Jobs,
        banner: Banner,
        current: Callable[[], Current | None],
        pause: Callable[[], None],
    ) -> None:
        super().__init__(frame)
        self._frame, self._jobs, self._banner = frame, jobs, banner
        self._current, self._pause = current, pause

    def ask(self) -> None:
        """Ask how, then write the picture."""
        self._pause()
        current = self._current()
        if current is None:
            return
        dialog = ExportDialog(current.picture, current.day, current.size, self._frame.theme.name, self._frame)
        accepted, choice, path = dialog.exec(), dialog.choice, dialog.path
        dialog.deleteLater()
        if accepted and path is not None:
            self.write(path, choice)

    def write(self, path: Path, choice: Choice) -> None:
        """Write the picture of the day shown; the status line says when it is there, the banner if it could not be."""
        current = self._current()
        if current is None:
            return

        def work(ticket: Ticket) -> None:
            content = exported(current, choice)
            ticket.check()
            write_atomically(path, content)

        self._frame.statusBar().showMessage(f"Writing {path.name} …")
        self._jobs.start("export", work, lambda _: self._written(path), lambda error: self._not_written(path, error))

    def copy(self) -> None:
        """The picture of the day shown on the clipboard, at twice the size of the canvas."""
        current = self._current()
        if current is not None:
            scene = current.picture.scene(current.day)
            QGuiApplication.clipboard().setImage(image.image(scene, self._frame.theme, scale=2.0))
            self._frame.statusBar().showMessage("The picture is on the clipboard", 5_000)

    def _written(self, path: Path) -> None:
        self._frame.statusBar().showMessage(f"Written: {path}", 8_000)

    def _not_written(self, path: Path, error: Exception) -> None:
        self._frame.statusBar().clearMessage()
        self._banner.say("\n".join(told(error, path, "written")))
