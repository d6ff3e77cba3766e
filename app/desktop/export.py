"""Writing what the window shows, from the same Scenes as everywhere: asked for in a dialog, written in a job."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication, QImage

from app.desktop.banner import Banner
from app.desktop.camera import is_home
from app.desktop.dialogs.export import Choice, ExportDialog
from app.desktop.films import Films
from app.desktop.frame import Frame, told
from app.desktop.wishing import Current, wished
from app.files.atomic import write_atomically
from app.pictures.careers import CareersPicture
from app.pictures.chart_pages import sheets
from app.pictures.chart_still import still
from app.pictures.chart_world import ChartWorld
from app.pictures.orgchart import OrgChart
from app.pictures.shown_seats import ChartShown
from app.render import image
from app.scene.scene import Scene
from app.session.jobs import Jobs, Ticket
from app.session.pictured import can_play
from app.wishes.drawing import drawn, pages, settled
from app.wishes.makers import careers, org_chart
from app.wishes.sight import on_canvas, seen

ON_PAPER = " · as a matrix of areas: the heat map is for the window"
"""What is said where a heat map was to be exported."""


def _note(current: Current) -> str:
    """What to add where something else was written than is on the screen."""
    return ON_PAPER if current.view.heat and current.view.picture == "matrix" else ""


def whole(current: Current, size: tuple[int, int]) -> Scene:
    """The picture to stand alone: with its histogram, which the window has in its timeline; organizations stand where
    they stand in the window."""
    return next(pages(current.dataset, wished(current, Choice(".png", size, 1.0, "light")), current.other))


def world_of(current: Current) -> ChartWorld | None:
    """The organization chart on the canvas, folded and arranged as there; None for another picture."""
    return current.shown.world_of if isinstance(current.shown, ChartShown) else None


def chart_of(current: Current, size: tuple[int, int]) -> OrgChart:
    """The organization chart on one page."""
    gathered = current.flows.gathered.on(int(current.day) if current.day is not None else None)
    return org_chart(current.dataset, wished(current, Choice(".png", size, 1.0, "light")), gathered)


def exported(current: Current, choice: Choice, path: Path | None = None) -> bytes:
    """The bytes of the file. path: where it will be, by default it has the name of the picture."""
    wish = settled(current.dataset, wished(current, choice, path), current.other)
    return drawn(current.dataset, wish, current.other)


def offered(current: Current) -> tuple[Scene, Callable[[tuple[int, int]], int] | None]:
    """The whole picture as the window has it; and where not all has room on one page at reading size, how many pages
    follow it, by the size of a page."""

    def lives(size: tuple[int, int]) -> CareersPicture:
        return careers(current.dataset, wished(current, Choice(".png", size, 1.0, "light")))

    if current.view.picture == "careers":
        made = lives(current.size)
        return made.scene(), (lambda size: lives(size).n_more) if made.n_more else None
    if current.view.picture == "orgchart":
        chart = chart_of(current, current.size)
        return still(chart), None if chart.reads else partial(_n_sheets, current)
    if _note(current):
        return whole(current, current.size), None
    return on_canvas(current.shown, current.day), None


def part(current: Current) -> Scene | None:
    """What the window has in sight, where that is not the whole."""
    if is_home(current.camera, current.shown.home):
        return None
    return seen(current.shown, current.day, current.camera)


def _n_sheets(current: Current, size: tuple[int, int]) -> int:
    chart = chart_of(current, size)
    return 0 if chart.reads else sheets(chart, current.view.folds).n_pages


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
        self.films = Films(frame, jobs, self._written, self._not_written)

    def ask(self) -> None:
        """Ask how, then write the picture."""
        self._pause()
        current = self._current()
        if current is None:
            return
        scene, n_paged = offered(current)
        dialog = ExportDialog(
            scene,
            current.size,
            self._frame.theme.name,
            self._frame,
            seen=part(current),
            name=current.shown.view,
            paged=n_paged,
            moves=can_play(current.view),
        )
        accepted, choice, path = dialog.exec(), dialog.choice, dialog.path
        dialog.deleteLater()
        if accepted and path is not None:
            self.write(path, choice)

    def write(self, path: Path, choice: Choice) -> None:
        """Write the picture of the day shown; the status line says when it is there, the banner if it could not be."""
        current = self._current()
        if current is None:
            return

        if choice.seconds is not None:
            self.films.write(current.dataset, wished(current, choice, path))
            return

        def work(ticket: Ticket) -> None:
            content = exported(current, choice, path)
            ticket.check()
            write_atomically(path, content)

        self._frame.statusBar().showMessage(f"Writing {path.name} …")
        note = _note(current)
        self._jobs.start(
            "export", work, lambda _: self._written(path, note), lambda error: self._not_written(path, error)
        )

    def copy(self) -> None:
        """The picture of the day shown on the clipboard, at twice the size of the canvas."""
        current, theme = self._current(), self._frame.theme
        if current is None:
            return

        def done(made: QImage) -> None:
            QGuiApplication.clipboard().setImage(made)
            note = _note(current)
            self._frame.statusBar().showMessage(f"The picture is on the clipboard{note}", 5_000)

        self._jobs.start(
            "copy",
            lambda _: image.image(whole(current, current.size), theme, scale=2.0),
            done,
            lambda error: self._banner.say("\n".join(told(error, None, "copied"))),
        )

    def _written(self, path: Path, note: str = "") -> None:
        self._frame.statusBar().showMessage(f"Written: {path}{note}", 8_000)

    def _not_written(self, path: Path, error: Exception) -> None:
        self._frame.statusBar().clearMessage()
        self._banner.say("\n".join(told(error, path, "written")))
