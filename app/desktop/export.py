"""Writing what the window shows, from the same Scenes as everywhere: asked for in a dialog, written in a job."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication, QImage

from app.desktop.banner import Banner
from app.desktop.camera import is_home
from app.desktop.dialogs.export import Choice, ExportDialog
from app.desktop.films import Films, moving
from app.desktop.frame import Frame, told
from app.domain.dataset import Dataset
from app.files.atomic import write_atomically
from app.pictures.caption import captioned
from app.pictures.career_rows import GROUPS, SORTS
from app.pictures.careers import CareersOptions, CareersPicture
from app.pictures.chart_pages import paged
from app.pictures.chart_still import still
from app.pictures.chart_world import ChartWorld
from app.pictures.flowmap import FlowMap
from app.pictures.orgchart import OrgChart, OrgChartOptions
from app.pictures.shown import MapShown, Shown
from app.pictures.shown_compare import CompareShown
from app.pictures.shown_seats import ChartShown
from app.render import image
from app.render.look import LARGEST_TYPE
from app.render.svg import svg
from app.render.theme import THEMES
from app.render.widths import measure
from app.scene.camera import HOME, Camera
from app.scene.scene import Scene
from app.scene.viewed import through
from app.session.jobs import Jobs, Ticket
from app.session.pictured import Wanted, bands_of, board_of, can_play, of_moves, picture_of, tiles_of
from app.session.view import View

ON_PAPER = " · as a matrix of areas: the heat map is for the window"
"""What is said where a heat map was to be exported."""


@dataclass(frozen=True, eq=False)
class Current:
    """What the window shows at the moment: dataset, flow map of the view, what is on the canvas, day (None: all), view,
    size of the canvas, camera."""

    dataset: Dataset
    flows: FlowMap
    shown: Shown
    day: float | None
    view: View
    size: tuple[int, int]
    camera: Camera = HOME


def _note(current: Current) -> str:
    """What to add where something else was written than is on the screen."""
    return ON_PAPER if current.view.heat and current.view.picture == "matrix" else ""


def whole(current: Current, size: tuple[int, int]) -> Scene:
    """The picture to stand alone: with its histogram, which the window has in its timeline; organizations stand where
    they stand in the window."""
    view, room = current.view, (float(size[0]), float(size[1]))
    if view.picture == "careers":
        return next(iter(lives(current, size).pages()))
    if view.tiled:
        return tiles_of(current.flows, view, room, current.shown).picture.scene()
    if not view.seated and view.picture != "flowmap":
        span = current.flows.span
        on_paper = replace(view, heat=False)  # a heat map is of the window: on paper it is the matrix
        wanted = Wanted(current.flows, on_paper, None, size, None, (int(span[0]), int(span[1])))
        if isinstance(current.shown, CompareShown):
            wanted = replace(wanted, files=current.shown.files, other=current.shown.other)
        return of_moves(wanted, room, current.shown).scene(current.day, "cumulative", 0.0)
    gathered = current.flows.gathered.on(int(current.day) if current.day is not None else None)
    if view.picture == "orgchart":
        return still(chart_of(current, size))
    if view.picture == "buildout":
        return board_of(gathered, view, room, None).made
    picture = picture_of(current.dataset, size, current.flows, view.flows, alone=True)
    return picture.scene(current.day)


def lives(current: Current, size: tuple[int, int]) -> CareersPicture:
    """Careers on pages, as sorted and grouped in the window."""
    view, gathered = current.view, current.flows.gathered
    filtered = gathered.on(int(current.day) if current.day is not None else None).options
    sort, group = (word if word in words else None for word, words in ((view.sort, SORTS), (view.group, GROUPS)))
    options = CareersOptions(filtered, size=(float(size[0]), float(size[1])), sort=sort, group=group)
    return CareersPicture.of(current.dataset, options, measure)


def chart_of(current: Current, size: tuple[int, int]) -> OrgChart:
    """The organization chart on one page."""
    view, room = current.view, (float(size[0]), float(size[1]))
    gathered = current.flows.gathered.on(int(current.day) if current.day is not None else None)
    options = OrgChartOptions(gathered.options, size=room, focus=view.organization, arrangement=view.arrangement)
    return OrgChart.of(current.dataset, options, measure, gathered)


def world_of(current: Current) -> ChartWorld | None:
    """The organization chart on the canvas, folded and arranged as there; None for another picture."""
    return current.shown.world_of if isinstance(current.shown, ChartShown) else None


def seen(current: Current) -> Scene:
    """What the window has in sight, header and foot included."""
    return through(on_canvas(current), current.camera, bands_of(current.shown), LARGEST_TYPE)


def on_canvas(current: Current) -> Scene:
    """The Scene on the canvas, with resting people as marks where it has people in motion."""
    if isinstance(current.shown, MapShown):
        return current.shown.picture.scene(current.day)
    return current.shown.scene(current.day, "cumulative", 0.0)


def pages_of(current: Current, choice: Choice) -> Iterator[Scene]:
    """The picture as chosen; where more than one page is wanted, those that follow it."""
    if choice.seen:
        yield seen(current)
    elif current.view.picture == "careers":
        yield from islice(lives(current, choice.size).pages(), None if choice.sheets else 1)
    else:
        yield whole(current, choice.size)
        world = world_of(current) if choice.sheets else None
        yield from paged(world, choice.size).pages() if world is not None else ()


def exported(current: Current, choice: Choice) -> bytes:
    """The bytes of the file."""
    pages, theme = pages_of(current, choice), THEMES[choice.theme]
    if choice.caption:
        pages = (captioned(page, measure) for page in pages)
    if choice.ending == ".pptx":
        from app.render.slides import pptx  # python-pptx is needed for nothing else

        return pptx(pages, theme, transparent=choice.transparent)
    scene = next(pages)
    if choice.ending == ".svg":
        return svg(scene, theme, transparent=choice.transparent).encode()
    if choice.ending == ".pdf":
        return image.pdf(scene, theme, more=pages)
    return image.png(scene, theme, scale=choice.scale, dpi=choice.dpi, transparent=choice.transparent)


def offered(current: Current) -> tuple[Scene, Callable[[tuple[int, int]], int] | None]:
    """The whole picture as the window has it; and where not all has room on one page at reading size, how many pages
    follow it, by the size of a page."""
    world = world_of(current)
    if current.view.picture == "careers":
        made = lives(current, current.size)
        return made.scene(), (lambda size: lives(current, size).n_more) if made.n_more else None
    if world is None:
        return (on_canvas(current) if isinstance(current.shown, MapShown) else whole(current, current.size)), None
    chart = chart_of(current, current.size)
    return still(chart), None if chart.reads else lambda size: paged(world, size).n_pages


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
            seen=None if is_home(current.camera, current.shown.home) else seen(current),
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
            playing = moving(current.flows, current.view, current.shown, choice.size)
            self.films.write(path, playing, choice)
            return

        def work(ticket: Ticket) -> None:
            content = exported(current, choice)
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
