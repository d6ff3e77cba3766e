"""Rows of a list that show two texts: what a thing is called, and what it is."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.desktop.chrome import lettered, qcolor, scaled
from app.render.theme import Theme

Index = QModelIndex | QPersistentModelIndex
ROW = 28
"""Pixels that a row is high."""


class PairDelegate(QStyledItemDelegate):
    """Name at the left, what it is (the tooltip) at the right."""

    def __init__(self, parent: QObject, theme: Theme) -> None:
        super().__init__(parent)
        self._theme = theme

    def show_theme(self, theme: Theme) -> None:
        """In the colours of a theme."""
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One line."""
        return QSize(0, scaled(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Both texts, elided where there is no room."""
        t, on = self._theme, bool(option.state & QStyle.StateFlag.State_Selected)
        area: QRect = option.rect
        painter.fillRect(area, qcolor(t.accentbg if on else t.raised))
        inner = area.adjusted(14, 0, -14, 0)
        detail = str(index.data(Qt.ItemDataRole.ToolTipRole))
        painter.setFont(lettered(option.font, 11, 430))
        painter.setPen(qcolor(t.accent if on else t.ink3))
        room = min(painter.fontMetrics().horizontalAdvance(detail) + 12, inner.width() // 2)
        shown = painter.fontMetrics().elidedText(detail, Qt.TextElideMode.ElideRight, room)
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, shown)
        painter.setFont(lettered(option.font, 12, 520))
        painter.setPen(qcolor(t.accent if on else t.ink))
        name = str(index.data())
        shown = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, inner.width() - room - 8)
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
