"""Pictures on paper: how a page is set up, what is painted on it. On paper the ground is white and the theme light."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QMarginsF, QRectF
from PySide6.QtGui import QPageLayout, QPaintEngine, QPainter
from PySide6.QtPrintSupport import QPrinter

from app.desktop.export import chart_of, whole, world_of
from app.desktop.wishing import Current
from app.pictures.chart_pages import paged
from app.pictures.chart_world import ChartWorld
from app.pictures.pages import Paged
from app.render import image
from app.render.painter import ScenePainter
from app.render.theme import PAPER
from app.scene.scene import Scene

PREVIEWED = (QPaintEngine.Type.Picture, QPaintEngine.Type.User)
MARGIN, SHEET_MARGIN = 12.0, 6.0
"""Millimetres; sheets have a rim of their own."""
PIXELS = 1.5
"""Of a picture a point of paper, for sheets: their smallest type is 7 points high."""
MOST_PREVIEWED = 40
"""Sheets that a preview shows."""
SHARPEST = 2.0
"""Pixels of a preview a pixel of a sheet, at most; less for many sheets."""
PREVIEW_PIXELS = 40e6
"""Pixels of all sheets of a preview together."""


@dataclass(frozen=True, eq=False)
class Printable:
    """What can be printed: a picture on one page; world: of a chart for whose names that has no room, else None."""

    scene: Scene
    world: ChartWorld | None = None

    @classmethod
    def of(cls, current: Current, size: tuple[int, int]) -> Printable:
        """What the window shows. size: that the picture on one page is laid out for."""
        world = world_of(current)
        if world is None:
            return cls(whole(current, size))
        chart = chart_of(current, size)
        return cls(chart.scene(), None if chart.reads else world)


class Sheets:
    """A chart over sheets of the paper that a printer has; kept for every paper it was asked for."""

    def __init__(self, world: ChartWorld) -> None:
        self._world = world
        self._cut: dict[tuple[float, float], Paged] = {}

    def on(self, layout: QPageLayout) -> Paged:
        """The chart over pages of this layout."""
        area = layout.paintRect(QPageLayout.Unit.Point)
        size = (round(area.width() * PIXELS), round(area.height() * PIXELS))
        if size not in self._cut:
            self._cut[size] = paged(self._world, size, 1.0)
        return self._cut[size]

    def layout(self, now: QPageLayout) -> QPageLayout:
        """The same paper with margins for sheets, turned so that fewer of them are needed."""
        found = []
        for orientation in (QPageLayout.Orientation.Landscape, QPageLayout.Orientation.Portrait):
            turned = QPageLayout(now)
            turned.setUnits(QPageLayout.Unit.Millimeter)
            turned.setOrientation(orientation)
            turned.setMargins(_margins(SHEET_MARGIN))
            found.append(turned)
        return min(found, key=lambda layout: self.on(layout).n_pages)

    def paint(self, printer: QPrinter) -> None:
        """The overview and the sheets on the pages of a printer: those that were asked for; in a preview the first."""
        cut = self.on(printer.pageLayout())
        painter = QPainter(printer)
        try:
            is_preview = painter.paintEngine().type() in PREVIEWED
            ranged = printer.printRange() == QPrinter.PrintRange.PageRange and not is_preview
            first, last = (printer.fromPage(), printer.toPage()) if ranged else (1, cut.n_pages)
            if is_preview:
                last = min(last, MOST_PREVIEWED)
            sharp = (PREVIEW_PIXELS / (last * cut.scene.size[0] * cut.scene.size[1])) ** 0.5
            for page, scene in enumerate(cut.pages(), 1):
                if page > last:
                    break
                if page > first:
                    printer.newPage()
                if page >= first:
                    _put(painter, printer, scene, min(sharp, SHARPEST), ground=True)
        finally:
            painter.end()


def page(scene: Scene) -> QPrinter:
    """A printer set up for a Scene on one page."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    set_up(printer, scene)
    printer.setDocName(scene.header.title or "Talentflow")
    return printer


def set_up(printer: QPrinter, scene: Scene) -> None:
    """The long side of the page along that of a picture."""
    wide = scene.size[0] >= scene.size[1]
    printer.setPageOrientation(QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait)
    printer.setPageMargins(_margins(MARGIN), QPageLayout.Unit.Millimeter)


def painter_of(scene: Scene) -> Callable[[QPrinter], None]:
    """What paints a Scene on a printer's page: as large as fits, in the middle."""

    def paint(printer: QPrinter) -> None:
        painter = QPainter(printer)
        try:
            _put(painter, printer, scene, 1.0, ground=False)
        finally:
            painter.end()

    return paint


def _put(painter: QPainter, printer: QPrinter, scene: Scene, sharp: float, *, ground: bool) -> None:
    """Paint a Scene on the present page. sharp: pixels of a preview a pixel of the Scene; ground: marks of it too."""
    area = printer.pageLayout().paintRectPixels(printer.resolution())
    share = min(area.width() / scene.size[0], area.height() / scene.size[1])
    painter.save()
    painter.translate((area.width() - scene.size[0] * share) / 2, (area.height() - scene.size[1] * share) / 2)
    painter.scale(share, share)
    if painter.paintEngine().type() in PREVIEWED:  # it replays letters narrower than they are printed
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        shown = image.image(scene, PAPER, scale=sharp, transparent=not ground)
        painter.drawImage(QRectF(0, 0, *scene.size), shown)
    else:
        ScenePainter(scene, PAPER, ground=ground).paint(painter)
    painter.restore()


def _margins(width: float) -> QMarginsF:
    return QMarginsF(width, width, width, width)
