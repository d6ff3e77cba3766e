"""Tabs that say how much each holds."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QTabBar, QWidget

from app.desktop.chrome import qcolor
from app.desktop.panels.rows import metrics_of
from app.render.text import font
from app.render.theme import LIGHT, Theme

HEIGHT = 30
PAD = 8
HEAVY, BODY = 620, 430


class CountTabs(QTabBar):
    """Tabs whose text ends in a count, as `Moves 168`: the count is paler, the current one has an accent below it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme: Theme = LIGHT
        self.pad = PAD
        """Pixels on either side of a tab's words."""
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def tabSizeHint(self, index: int) -> QSize:
        """Room for word and count, the word at its widest."""
        word, _, count = self.tabText(index).partition(" ")
        width = metrics_of(12, HEAVY).horizontalAdvance(word) + metrics_of(11, BODY).horizontalAdvance(count)
        return QSize(round(width) + 7 + 2 * self.pad + 6, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Words, counts, the accent below the current one, an outline where the keyboard is."""
        theme = self.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for index in (n for n in range(self.count()) if self.isTabVisible(n)):
            rect, current = self.tabRect(index), index == self.currentIndex()
            word, _, count = self.tabText(index).partition(" ")
            x, y = rect.left() + self.pad + 3, rect.center().y() + 4.5
            weight = HEAVY if current else BODY
            painter.setFont(font(12, weight))
            painter.setPen(qcolor(theme.ink if current else theme.ink2))
            painter.drawText(QPointF(x, y), word)
            painter.setFont(font(11, BODY))
            painter.setPen(qcolor(theme.ink3))
            at = x + metrics_of(12, weight).horizontalAdvance(word) + 7
            painter.drawText(QPointF(at, y), count)
            if current:
                end = at + metrics_of(11, BODY).horizontalAdvance(count)
                painter.fillRect(QRectF(x, rect.bottom() - 1, end - x, 2), qcolor(theme.accent))
            if current and self.hasFocus():
                painter.setPen(QPen(qcolor(theme.accent), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(QRectF(rect).adjusted(2, 3, -2, -4), 5, 5)
        painter.end()
