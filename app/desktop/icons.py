"""The icons of the window: one monochrome set, tinted in the theme's colours."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app.places import resources


@lru_cache(maxsize=256)
def icon(name: str, color: str, size: int = 16, *, filled: bool = False) -> QIcon:
    """An icon of the set in one colour (`#rrggbb`), crisp up to three times its size. FileNotFoundError if unknown."""
    text = (resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", color)
    text = text.replace('stroke-width="2"', 'stroke-width="1.75"')
    if filled:
        text = text.replace('fill="none"', f'fill="{color}"')
    renderer = QSvgRenderer(QByteArray(text.encode()))
    made = QIcon()
    for ratio in (1, 2, 3):
        pixmap = QPixmap(size * ratio, size * ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        renderer.render(painter, QRectF(0, 0, size * ratio, size * ratio))
        painter.end()
        made.addPixmap(pixmap)
    return made
