"""Printing the picture: a preview, then the page. On paper the ground is white and the theme light."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QMarginsF, QRectF
from PySide6.QtGui import QPageLayout, QPaintEngine, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog
from PySide6.QtWidgets import QWidget

from app.render import image
from app.render.painter import ScenePainter
from app.render.theme import LIGHT
from app.scene.scene import Scene

PREVIEWED = (QPaintEngine.Type.Picture, QPaintEngine.Type.User)
MARGIN = 12.0
"""Millimetres."""


def preview(parent: QWidget, scene: Scene) -> None:
    """Show how a Scene will stand on the page, and print it from there."""
    printer = page(scene)
    dialog = QPrintPreviewDialog(printer, parent)
    dialog.setWindowTitle("Print the picture")
    dialog.resize(parent.width() * 4 // 5, parent.height() * 4 // 5)
    dialog.paintRequested.connect(painter_of(scene))
    dialog.exec()
    dialog.deleteLater()


def page(scene: Scene) -> QPrinter:
    """A printer set up for a Scene: the long side of the page along that of the picture."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    wide = scene.size[0] >= scene.size[1]
    printer.setPageOrientation(QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait)
    printer.setPageMargins(QMarginsF(MARGIN, MARGIN, MARGIN, MARGIN), QPageLayout.Unit.Millimeter)
    printer.setDocName(scene.header.title or "Talentflow")
    return printer


def painter_of(scene: Scene) -> Callable[[QPrinter], None]:
    """What paints a Scene on a printer's page: as large as fits, in the middle."""

    def paint(printer: QPrinter) -> None:
        area = printer.pageLayout().paintRectPixels(printer.resolution())
        share = min(area.width() / scene.size[0], area.height() / scene.size[1])
        painter = QPainter(printer)
        try:
            painter.translate((area.width() - scene.size[0] * share) / 2, (area.height() - scene.size[1] * share) / 2)
            painter.scale(share, share)
            if painter.paintEngine().type() in PREVIEWED:  # it replays letters narrower than they are printed
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
                shown = image.image(scene, LIGHT, transparent=True)
                painter.drawImage(QRectF(0, 0, *scene.size), shown)
            else:
                ScenePainter(scene, LIGHT, ground=False).paint(painter)
        finally:
            painter.end()

    return paint
