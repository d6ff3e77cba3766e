"""Scene → PNG and PDF as bytes, by the one painter. Writing them to disk, atomically, is the caller's.

Rendering needs no screen: where no application runs, one is started on Qt's offscreen platform.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping

import numpy as np
from PySide6.QtCore import QBuffer, QByteArray, QHashSeed, QIODevice, QMarginsF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QImage,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextCharFormat,
    QTextLayout,
)

from app.domain.errors import Fault, UsageError
from app.render.painter import ScenePainter
from app.render.palette import Level
from app.render.png import Pixels, encode
from app.render.text import font, qcolor
from app.render.theme import Theme
from app.render.words import link_of, provenance
from app.render.xmp import xmp
from app.scene.marks import Box, Dot, Label
from app.scene.motion import Frame
from app.scene.outline import bounds
from app.scene.pick import painting_order, shown
from app.scene.scene import Scene

CSS_DPI = 96.0
"""Pixels an inch of a picture at scale 1."""

POINTS = 72.0
"""Points an inch."""

LARGEST_SIDE = 32_000
"""Pixels; what Qt can paint is just above."""

BAND = 1 << 26
"""A PNG of more pixels is painted in bands of about so many, each a quarter of a gigabyte: a wall of pixels needs
hardly more memory than a picture of 8k."""

_application: QGuiApplication | None = None


def application() -> QGuiApplication:
    """The running application, or one without a window, on the offscreen platform unless the environment names one."""
    global _application
    running = QGuiApplication.instance()
    if isinstance(running, QGuiApplication):
        return running
    has_screen = sys.platform in ("win32", "darwin") or "DISPLAY" in os.environ or "WAYLAND_DISPLAY" in os.environ
    if not has_screen:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    QHashSeed.setDeterministicGlobalSeed()  # the fonts of a PDF stand in the order of a hash
    _application = QGuiApplication(["talentflow"])
    return _application


def png(
    scene: Scene,
    theme: Theme,
    *,
    scale: float = 1.0,
    size: tuple[float, float] | None = None,
    dpi: float | None = None,
    transparent: bool = False,
    emphasis: Mapping[int, Level] | None = None,
    frame: Frame | None = None,
) -> bytes:
    """The picture as PNG, with the command that re-makes it and the dataset's hash as text chunks.

    size: width and height before scaling, the Scene's by default; another one holds the whole Scene, centred. scale:
    pixels of the file per pixel of the picture. dpi: 96 · scale by default. transparent: no ground. UsageError if a
    side is below 1 or above LARGEST_SIDE pixels.
    """
    application()
    width, height = _pixels(scene, scale, size)
    rows = max(BAND // width, 1)
    painter = ScenePainter(scene, theme, ground=not transparent)

    def band(top: int) -> Pixels:
        painted = _painted(painter, (width, height), range(top, min(top + rows, height)), emphasis, frame)
        layout, channels = (QImage.Format.Format_RGBA8888, 4) if transparent else (QImage.Format.Format_RGB888, 3)
        plain = painted.convertToFormat(layout)
        bits = np.frombuffer(plain.constBits(), dtype=np.uint8).reshape(plain.height(), plain.bytesPerLine())
        return bits[:, : width * channels].reshape(plain.height(), width, channels).copy()

    whole = height, width, 4 if transparent else 3
    dots = dpi if dpi is not None else CSS_DPI * scale
    return encode(map(band, range(0, height, rows)), whole, dpi=dots, texts=provenance(scene))


def image(
    scene: Scene,
    theme: Theme,
    *,
    scale: float = 1.0,
    size: tuple[float, float] | None = None,
    transparent: bool = False,
    emphasis: Mapping[int, Level] | None = None,
    frame: Frame | None = None,
) -> QImage:
    """The picture as a QImage; arguments as for `png`."""
    application()
    pixels = _pixels(scene, scale, size)
    painter = ScenePainter(scene, theme, ground=not transparent)
    return _painted(painter, pixels, range(pixels[1]), emphasis, frame)


def _pixels(scene: Scene, scale: float, size: tuple[float, float] | None) -> tuple[int, int]:
    """Width and height in pixels of the file. UsageError for a side that cannot be painted."""
    width, height = size or scene.size
    pixels = round(width * scale), round(height * scale)
    if not (min(pixels) >= 1 and max(pixels) <= LARGEST_SIDE):
        raise UsageError(
            Fault(
                "image-size",
                f"A picture of {pixels[0]} × {pixels[1]} pixels cannot be painted.",
                f"Choose a size and scale of 1 to {LARGEST_SIDE} pixels a side.",
            )
        )
    return pixels


def _painted(
    scene: ScenePainter,
    pixels: tuple[int, int],
    rows: range,
    emphasis: Mapping[int, Level] | None,
    frame: Frame | None,
) -> QImage:
    """Some rows of a picture of that size. UsageError where there is no memory for them."""
    formats = QImage.Format
    made = QImage(pixels[0], len(rows), formats.Format_RGB32 if scene.ground else formats.Format_ARGB32_Premultiplied)
    if made.isNull():
        raise UsageError(Fault("image-size", f"No memory for {pixels[0]} × {len(rows)} pixels.", "Lower the scale."))
    made.fill(qcolor(scene.theme.bg) if scene.ground else Qt.GlobalColor.transparent)
    painter = QPainter(made)
    try:
        painter.translate(0.0, -float(rows.start))
        _fit(painter, scene.scene.size, pixels)
        scene.paint(painter, emphasis=emphasis, frame=frame)
    finally:
        painter.end()
    return made


def pdf(
    scene: Scene,
    theme: Theme,
    *,
    more: Iterable[Scene] = (),
    transparent: bool = False,
    inch: float | None = None,
    emphasis: Mapping[int, Level] | None = None,
    frame: Frame | None = None,
    lit: Callable[[Scene], Mapping[int, Level]] | None = None,
    title: str = "",
) -> bytes:
    """The picture as a PDF of one page: a pixel is a point, shapes are vectors, text is text, the font is embedded.

    Words, boxes and dots whose tips name a source lead to it. more: pages that follow, each of its own size;
    transparent: no ground; inch: pixels of the picture an inch of the page, 72 by default; emphasis and frame: of the
    first; lit: what is emphasized on each page, asked before the next one is made; title: of the document, that of the
    first page by default.
    """
    application()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(72)
    unit = POINTS / inch if inch is not None else 1.0
    writer.setPageSize(_page(scene, unit))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    writer.setTitle(title or scene.header.title)
    writer.setCreator("Talentflow")
    writer.setDocumentXmpMetadata(QByteArray(xmp(scene).encode()))
    painter = QPainter(writer)
    try:
        painter.scale(unit, unit)
        _on_page(painter, scene, theme, transparent, emphasis=lit(scene) if lit else emphasis, frame=frame)
        for page in more:
            writer.setPageSize(_page(page, unit))
            writer.newPage()
            _on_page(painter, page, theme, transparent, emphasis=lit(page) if lit else None)
    finally:
        painter.end()
    buffer.close()
    return bytes(data.data())


def _on_page(
    painter: QPainter,
    scene: Scene,
    theme: Theme,
    transparent: bool,
    *,
    emphasis: Mapping[int, Level] | None = None,
    frame: Frame | None = None,
) -> None:
    """Ground, marks and links of one page."""
    if not transparent:
        painter.fillRect(QRectF(0, 0, *scene.size), qcolor(theme.bg))
    ScenePainter(scene, theme, ground=not transparent).paint(painter, emphasis=emphasis, frame=frame)
    _links(painter, scene)


def _page(scene: Scene, unit: float) -> QPageSize:
    """A page of the size of a Scene. unit: points a pixel."""
    width, height = scene.size
    return QPageSize(
        QSizeF(width * unit, height * unit), QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch
    )


def _fit(painter: QPainter, size: tuple[float, float], pixels: tuple[int, int]) -> None:
    """Scale and centre a picture of that size on so many pixels."""
    factor = min(pixels[0] / size[0], pixels[1] / size[1])
    painter.translate((pixels[0] - size[0] * factor) / 2, (pixels[1] - size[1] * factor) / 2)
    painter.scale(factor, factor)


def _links(painter: QPainter, scene: Scene) -> None:
    """Areas that lead to the first source of a mark's tip, over words, boxes and dots of the picture."""
    for layer in painting_order(scene.layers):
        if not shown(layer, 1.0):
            continue
        for mark in layer.marks:
            if isinstance(mark, (Label, Box, Dot)):
                boxes = bounds(mark)
                for row, tip in enumerate(mark.tip.tolist()):
                    url = link_of(scene, tip)
                    if url:
                        left, top, right, bottom = boxes[row].tolist()
                        _link(painter, QRectF(left, top, right - left, bottom - top), url)


def _link(painter: QPainter, area: QRectF, url: str) -> None:
    """One area with a link. Qt writes links for anchors in texts only: so a see-through blank is stretched over it.

    The area of an anchor reaches from the descent to the ascent of its line.
    """
    layout = QTextLayout("\u00a0", font(16.0, 430))
    look = QTextCharFormat()
    look.setAnchor(True)
    look.setAnchorHref(url)
    look.setForeground(QColor(0, 0, 0, 0))
    span = QTextLayout.FormatRange()
    span.start, span.length, span.format = 0, 1, look
    layout.setFormats([span])
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(1000.0)
    layout.endLayout()
    width, height = line.naturalTextWidth(), line.ascent() - line.descent()
    if width <= 0 or height <= 0 or area.isEmpty():
        return
    painter.save()
    painter.translate(area.left(), area.top())
    painter.scale(area.width() / width, area.height() / height)
    layout.draw(painter, QPointF(0.0, -line.descent()))
    painter.restore()
