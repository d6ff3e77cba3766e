"""The bundled font in Qt: fonts of any weight, widths, and text with halos. Needs a QGuiApplication."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QFontMetricsF,
    QImage,
    QPaintEngine,
    QPainter,
    QPainterPath,
    QPainterPathStroker,
    QTransform,
)

from app.places import resources
from app.render.color import Color
from app.scene.marks import Anchor
from app.scene.scene import FontRole

_BASE = 100
"""Pixel size at which texts are measured and drawn, then scaled: so 12.5 px is 12.5 px, and a PDF holds one font a
weight. Without hinting every size is this one scaled."""

_STEPS = 4
"""Places within a pixel at which halos are kept: the letters stand where they shall, their halo at most an eighth of a
pixel beside it."""
_LARGEST_KEPT = 40_000
"""Pixels of the largest halo that is kept as an image."""

_WEIGHT_AXIS = QFont.Tag("wght")


@cache
def family() -> str:
    """The family name of the bundled font, which is loaded at the first call. FileNotFoundError if it is missing."""
    path = resources() / "fonts" / "inter.ttf"
    number = QFontDatabase.addApplicationFont(str(path))
    if number < 0:
        raise FileNotFoundError(f"The bundled font {path} cannot be loaded. Install Talentflow again.")
    return QFontDatabase.applicationFontFamilies(number)[0]


@lru_cache(maxsize=512)
def font(size: float, weight: int, tracking: float = 0.0) -> QFont:
    """The bundled font at a size in whole pixels (Qt's FreeType platforms round anyway); treat it as read-only.

    weight: 100 to 900, through the weight axis; QFont.setWeight would add a synthetic bold on top. tracking: share of
    the size added after every letter. Figures are tabular by themselves.
    """
    made = QFont(family())
    made.setPixelSize(max(round(size), 1))
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)  # widths grow evenly with the size
    made.setVariableAxis(_WEIGHT_AXIS, float(weight))
    if tracking:
        made.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, tracking * made.pixelSize())
    return made


@lru_cache(maxsize=64)
def _metrics(weight: int, tracking: float) -> QFontMetricsF:
    return QFontMetricsF(font(_BASE, weight, tracking))


@lru_cache(maxsize=100_000)
def em_width(text: str, weight: int, tracking: float = 0.0) -> float:
    """Width of a text as Qt draws it, letters of other fonts included, at size 1."""
    return _metrics(weight, tracking).horizontalAdvance(text) / _BASE


def measure(texts: Sequence[str], role: FontRole) -> npt.NDArray[np.float64]:
    """Widths (n,) of texts as Qt draws them. Pictures are measured by `app.render.widths`, this is for widgets."""
    size, weight = role
    return np.array([em_width(text, weight) for text in texts], dtype=np.float64) * size


@lru_cache(maxsize=4096)
def _halo_path(text: str, weight: int, tracking: float, breadth: float) -> QPainterPath:
    """The outline of a text stroked with that breadth, at size _BASE; kept, for stroking is what costs."""
    letters = QPainterPath()
    letters.addText(QPointF(0, 0), font(_BASE, weight, tracking), text)
    stroker = QPainterPathStroker()
    stroker.setWidth(breadth)
    stroker.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    stroker.setCapStyle(Qt.PenCapStyle.RoundCap)
    halo = stroker.createStroke(letters)
    halo.setFillRule(Qt.FillRule.WindingFill)
    return halo


@lru_cache(maxsize=1024)
def _halo_image(
    text: str, weight: int, tracking: float, breadth: float, scale: float, part: tuple[int, int], color: Color
) -> tuple[QImage, int, int]:
    """A halo as an image, and where its corner lies from the pixel that holds the beginning of the baseline: to fill
    the same path again and again is most of what a text costs. scale: pixels per unit of _BASE; part: where in that
    pixel the baseline begins, in steps."""
    path = _halo_path(text, weight, tracking, breadth)
    place = QTransform.fromTranslate(part[0] / _STEPS, part[1] / _STEPS).scale(scale, scale)
    box = place.mapRect(path.boundingRect()).toAlignedRect().adjusted(-1, -1, 1, 1)
    image = QImage(box.size(), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setTransform(place * QTransform.fromTranslate(-box.x(), -box.y()))
    painter.fillPath(path, qcolor(color))
    painter.end()
    return image, box.x(), box.y()


def _draw_halo(
    painter: QPainter, text: str, start: QPointF, font_of: tuple[int, float], breadth: float, color: Color
) -> None:
    """A halo whose text begins at a place, in units of _BASE: from an image where the device has upright pixels."""
    weight, tracking = font_of
    seen = painter.deviceTransform()
    at, scale = seen.map(start), seen.m11()
    upright = seen.m12() == seen.m21() == 0.0 and scale == seen.m22() > 0.0
    if painter.paintEngine().type() == QPaintEngine.Type.Raster and upright:
        size = em_width(text, weight, tracking) * (_BASE * scale) * (2 * _BASE * scale)
        if size <= _LARGEST_KEPT:
            x, y = round(at.x() * _STEPS), round(at.y() * _STEPS)
            image, left, top = _halo_image(
                text, weight, tracking, breadth, round(scale, 9), (x % _STEPS, y % _STEPS), color
            )
            painter.save()
            painter.resetTransform()
            pixel = 1.0 / painter.deviceTransform().m11()
            painter.scale(pixel, pixel)
            painter.drawImage(QPoint(x // _STEPS + left, y // _STEPS + top), image)
            painter.restore()
            return
    painter.translate(start)
    painter.fillPath(_halo_path(text, weight, tracking, breadth), qcolor(color))
    painter.translate(-start)


def draw_text(
    painter: QPainter,
    text: str,
    x: float,
    y: float,
    role: FontRole,
    color: Color,
    *,
    tracking: float = 0.0,
    anchor: int = Anchor.START,
    angle: float = 0.0,
    halo: Color | None = None,
    halo_width: float = 0.0,
) -> None:
    """One line of text with its anchor at (x, y) on the baseline, in the painter's units.

    halo_width: breadth of the stroke behind the letters, half of which shows round them. angle: degrees clockwise.
    """
    size, weight = role
    painter.save()
    painter.translate(x, y)
    if angle:
        painter.rotate(angle)
    painter.scale(size / _BASE, size / _BASE)
    start = QPointF(-em_width(text, weight, tracking) * _BASE * anchor / 2.0, 0.0)
    if halo is not None and halo_width > 0:
        _draw_halo(painter, text, start, (weight, tracking), round(halo_width * _BASE / size, 1), halo)
    painter.setPen(qcolor(color))
    painter.setFont(font(_BASE, weight, tracking))
    if tracking and painter.paintEngine().type() == QPaintEngine.Type.Pdf:  # which forgets the spacing of letters
        for i, letter in enumerate(text):
            painter.drawText(QPointF(start.x() + em_width(text[:i], weight, tracking) * _BASE, 0.0), letter)
    else:
        painter.drawText(start, text)
    painter.restore()


@lru_cache(maxsize=1024)
def qcolor(color: Color) -> QColor:
    """A Color for Qt."""
    return QColor(color.r, color.g, color.b, round(255 * color.a))
