"""The steps of a story in a list: small picture, number, head, what is shown; walked by keyboard, moved by dragging."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.desktop.chrome import qcolor, scaled
from app.desktop.models.story import StoryModel, about
from app.desktop.panels.rows import BODY, NAMES, metrics_of, walks
from app.render.text import font
from app.render.theme import LIGHT, Theme
from app.session.telling import faults

THUMB = QSize(104, 58)
"""The size of a small picture, of a wide screen's shape."""
ROW, PAD = 74, 10


class StoryList(QListView):
    """Steps to walk through: up and down only look, Enter or a click goes there."""

    entered_row = Signal(int)
    delete_wanted = Signal()
    edit_wanted = Signal()
    move_wanted = Signal(int)
    """The step shall go so many places down, or up."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.story_model = StoryModel(self)
        self.setModel(self.story_model)
        self.row = _Row(self)
        self.setItemDelegate(self.row)
        self.setAccessibleName("Steps of the story")
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.clicked.connect(lambda index: self.entered_row.emit(index.row()))

    def event(self, event: QEvent) -> bool:
        """Keys that walk through the steps, and those that change them, are kept from the window's commands."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            own = event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_F2, Qt.Key.Key_E) and not event.modifiers()
            if walks(event) or own or _way(event):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the step, Delete deletes it, F2 or E leads to its words, Alt and arrows move it."""
        key = event.key()
        if way := _way(event):
            self.move_wanted.emit(way)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.entered_row.emit(self.currentIndex().row())
        elif key == Qt.Key.Key_Delete:
            self.delete_wanted.emit()
        elif key in (Qt.Key.Key_F2, Qt.Key.Key_E):
            self.edit_wanted.emit()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Nothing: letters are keys of the window's commands."""


def _way(event: QKeyEvent) -> int:
    """How far Alt and an arrow move a step: −1, 1, or 0 for another key."""
    if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier != Qt.KeyboardModifier.AltModifier:
        return 0
    return {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)


class _Row(QStyledItemDelegate):
    """Paints a step."""

    def __init__(self, parent: StoryList) -> None:
        super().__init__(parent)
        self.theme: Theme = LIGHT
        self._view = parent

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """All rows are as high."""
        return QSize(scaled(160), max(scaled(ROW), THUMB.height() + 16))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Small picture, number and head, what is shown, the first words."""
        model, rect, theme = self._view.story_model, option.rect, self.theme
        step, row = model.steps[index.row()], index.row()
        here = index == self._view.currentIndex()
        painter.save()
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.fillRect(rect, qcolor(theme.accentbg if here else theme.sunken if hovered else theme.surface))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        box = QRectF(rect.left() + PAD, rect.top() + (rect.height() - THUMB.height()) / 2, *THUMB.toTuple())
        image = model.image(row)
        painter.fillRect(box, qcolor(theme.sunken))
        if image is not None:
            painter.drawImage(box, image)
        painter.setPen(QPen(qcolor(theme.accent if here else theme.line2), 1.0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
        left, wide = box.right() + PAD, rect.right() - box.right() - 2 * PAD
        wrong = faults(step)
        lines = (
            (f"{row + 1}  {step.head}" if step.head else f"{row + 1}", 12.0, NAMES, theme.ink),
            (about(step), 11.0, BODY, theme.ink2),
            (wrong[0] if wrong else " ".join(step.text.split()), 11.0, BODY, theme.bad if wrong else theme.ink3),
        )
        y = rect.top() + rect.height() / 2 - scaled(13)
        for text, size, weight, color in lines:
            painter.setFont(font(size, weight))
            painter.setPen(qcolor(color))
            shown = metrics_of(size, weight).elidedText(text, Qt.TextElideMode.ElideRight, wide)
            painter.drawText(QPointF(left, y), shown)
            y += scaled(17)
        if here and self._view.hasFocus():
            painter.setPen(QPen(qcolor(theme.accent), 1.5))
            painter.drawRoundedRect(QRectF(rect).adjusted(2, 1.5, -2, -1.5), 4, 4)
        painter.restore()
