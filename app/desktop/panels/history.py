"""The history panel: every step of the document, from how it was opened to what was undone; a click leads to any."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.desktop.chrome import qcolor, scaled
from app.desktop.models.history import ON_DISK, HistoryModel
from app.desktop.panels.rows import BODY, NAMES, metrics_of, walks
from app.render.text import font
from app.render.theme import LIGHT, Theme
from app.session.document import Document

ROW = 24
LINE, TEXT = 19, 34
"""Pixels from the left to the line of time, and to the names."""
DOT = 3.5
CHIP_PAD = 6


class HistoryPanel(QWidget):
    """Lists the steps of a document and asks to be led to one."""

    wanted = Signal(int)
    """How many edits shall be done."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("history")
        self.setMinimumWidth(scaled(180))
        self.view = HistoryView(self)
        self.model = HistoryModel(self.view)
        self.view.setModel(self.model)
        self.view.clicked.connect(lambda index: self.wanted.emit(index.row()))
        self.view.entered_row.connect(self.wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)

    def show_document(self, document: Document | None) -> None:
        """Show the steps of a document, the present state in sight."""
        self.model.show(document)
        here = self.model.index(self.model.here, 0)
        self.view.setCurrentIndex(here)
        if here.isValid():
            self.view.scrollTo(here)

    def show_theme(self, theme: Theme) -> None:
        """Type and colours of a theme."""
        self.view.step.theme = theme
        ground = theme.surface.hex
        self.setStyleSheet(f"#history, #history QListView {{ background: {ground}; border: 0; }}")
        self.view.viewport().update()


class HistoryView(QListView):
    """Steps to walk through: up and down only look, Enter goes there."""

    entered_row = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.step = Step(self)
        self.setItemDelegate(self.step)
        self.setAccessibleName("History")
        self.setUniformItemSizes(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)

    def event(self, event: QEvent) -> bool:
        """Keys that walk through the steps are kept from the window's commands."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and walks(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the step that the keyboard is at."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.entered_row.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Nothing: letters are keys of the window's commands."""


class Step(QStyledItemDelegate):
    """Paints a step: a dot on the line of time, its name; a ring and weight for the present, pale what is undone."""

    def __init__(self, parent: QListView) -> None:
        super().__init__(parent)
        self.theme: Theme = LIGHT
        self._view = parent

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """All rows are as high."""
        return QSize(scaled(120), scaled(ROW))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """One step."""
        model = index.model()
        assert isinstance(model, HistoryModel)
        row, rect, theme = index.row(), option.rect, self.theme
        is_here, undone = row == model.here, row > model.here
        at_keyboard = self._view.hasFocus() and index == self._view.currentIndex()
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        ground = theme.accentbg if is_here else theme.sunken if hovered else theme.surface
        painter.fillRect(rect, qcolor(ground))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._line_of_time(painter, rect, row, model)
        right = rect.right() - 10
        if row == model.saved:
            right = self._chip(painter, rect, right) - 8
        weight = NAMES if is_here else BODY
        left = rect.left() + scaled(TEXT)
        text = metrics_of(12, weight).elidedText(model.name(row), Qt.TextElideMode.ElideRight, right - left)
        painter.setFont(font(12, weight))
        painter.setPen(qcolor(theme.ink3 if undone else theme.ink))
        painter.drawText(QPointF(left, rect.center().y() + 4.7), text)
        if at_keyboard:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(qcolor(theme.accent), 1.5))
            painter.drawRoundedRect(QRectF(rect).adjusted(2, 1.5, -2, -1.5), 4, 4)
        painter.restore()

    def _line_of_time(self, painter: QPainter, rect: QRect, row: int, model: HistoryModel) -> None:
        """What leads to this state and away from it: whole where it is done, dotted where it is undone."""
        theme, undone, is_here = self.theme, row > model.here, row == model.here
        x, middle = rect.left() + scaled(LINE), rect.center().y() + 0.5
        for y, other, there, done in (
            (float(rect.top()), middle, row > 0, not undone),
            (middle, rect.bottom() + 1.0, row < model.rowCount() - 1, row < model.here),
        ):
            if there:
                pen = QPen(qcolor(theme.ink4 if done else theme.line2), 1.5)
                if not done:
                    pen.setDashPattern([1.5, 1.8])
                painter.setPen(pen)
                painter.drawLine(QPointF(x, y), QPointF(x, other))
        ground = theme.accentbg if is_here else theme.surface
        color = theme.accent if is_here else theme.ink4 if undone else theme.ink3
        painter.setPen(QPen(qcolor(color), 1.5))
        painter.setBrush(qcolor(ground if undone else color))
        painter.drawEllipse(QPointF(x, middle), DOT, DOT)
        if is_here:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QPointF(x, middle), DOT + 3, DOT + 3)

    def _chip(self, painter: QPainter, rect: QRect, right: int) -> int:
        """The words `on disk` in a frame at the right; where it begins."""
        metrics = metrics_of(10.5, BODY)
        width = round(metrics.horizontalAdvance(ON_DISK)) + 2 * CHIP_PAD
        box = QRectF(right - width, rect.center().y() - 7.5, width, 16)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(qcolor(self.theme.ok), 1))
        painter.drawRoundedRect(box, 8, 8)
        painter.setFont(font(10.5, BODY))
        painter.drawText(QPointF(box.left() + CHIP_PAD, rect.center().y() + 4.3), ON_DISK)
        return right - width
