"""What charts on widgets have in common: items of pyqtgraph without a cache, a theme, an outline for the keyboard."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFocusEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from app.desktop.chrome import qcolor
from app.render.theme import LIGHT, Theme


class Chart(pg.GraphicsView):  # type: ignore[misc]  # pyqtgraph ships no types
    """A widget on which items of pyqtgraph stand."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCacheMode(self.CacheModeFlag.CacheNone)
        self.setCentralItem(None)
        self.theme: Theme = LIGHT
        self._by_keys = False

    def focusInEvent(self, event: QFocusEvent) -> None:
        """An outline shows the focus to whoever came by the keyboard."""
        self._by_keys = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """No outline any more."""
        self._by_keys = False
        self.viewport().update()

    def drawForeground(self, painter: QPainter, rect: QRectF) -> None:
        """The outline of the focus."""
        if self._by_keys:
            painter.setPen(QPen(qcolor(self.theme.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self.viewport().rect()).adjusted(1, 1, -1, -1))
