"""The icons of the window: one monochrome set, tinted in the theme's colours."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap

from app.places import resources


@lru_cache(maxsize=16)
def tinted(name: str, color: str) -> Path:
    """A file with an icon of the set in one colour, for style sheets, which take files only; gone when the program
    ends."""
    path = Path(_folder().name) / f"{name}-{color.removeprefix('#')}.svg"
    path.write_text(_text(name, color).replace('stroke-width="1.75"', 'stroke-width="3"'), encoding="utf-8")
    return path


@cache
def _folder() -> TemporaryDirectory[str]:
    return TemporaryDirectory(prefix="talentflow-")


def _text(name: str, color: str) -> str:
    text = (resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", color)
    return text.replace('stroke-width="2"', 'stroke-width="1.75"')


@lru_cache(maxsize=256)
def icon(name: str, color: str, size: int = 16, *, filled: bool = False) -> QIcon:
    """An icon of the set in one colour (`#rrggbb`), crisp up to three times its size. FileNotFoundError if unknown."""
    text = _text(name, color)
    if filled:
        text = text.replace('fill="none"', f'fill="{color}"')
    from PySide6.QtSvg import QSvgRenderer  # not needed before the first paint

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
