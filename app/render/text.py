"""The bundled font in Qt: fonts of any weight, widths, and text with halos. Needs a QGuiApplication."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QFontMetricsF,
    QPaintEngine,
    QPainter,
    QPainterPath,
    QPainterPathStroker,
)

from app.places import resources
from app.render.color import Color
from app.scene.marks import Anchor
from app.scene.scene import FontRole

_BASE = 100
"""Pixel size at which texts are measured and drawn, then scaled: so 12.5 px is 12.5 px, and a PDF holds one font a
weight. Without hinting every size is this one scaled."""

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
        painter.translate(start)
        painter.fillPath(_halo_path(text, weight, tracking, round(halo_width * _BASE / size, 1)), qcolor(halo))
        painter.translate(-start)
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
