"""The tree of the changes panel: how a difference looks, and the keys in it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPalette, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from app.desktop.chrome import qcolor, scaled
from app.desktop.models.changes import ChangesModel
from app.desktop.panels.rows import BODY, HEAD, NAMES, metrics_of, walks
from app.pictures.differences import How
from app.render.color import Color
from app.render.text import font
from app.render.theme import LIGHT, Theme

ROW = 22
PAD, SIGN_ROOM = 6, 16
ARROW = " → "
SIGNS: dict[How, str] = {"added": "+", "removed": "−", "changed": "~"}


class ChangesTree(QTreeView):
    """Rows to be folded, selected and taken back. Letters do not search: the keys belong to the window's commands."""

    delete_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.cell = ChangeCell(self)
        self.setItemDelegate(self.cell)
        self.setAccessibleName("Changes")
        self.setFrameShape(QTreeView.Shape.NoFrame)
        self.setUniformRowHeights(True)
        self.setIndentation(scaled(16))
        self.setExpandsOnDoubleClick(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setTabKeyNavigation(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        head = self.header()
        head.setFixedHeight(scaled(HEAD))
        head.setHighlightSections(False)
        head.setStretchLastSection(True)
        head.setSectionsMovable(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)

    def show_theme(self, theme: Theme) -> None:
        """In the colours of a theme; what the style paints before a row too."""
        self.cell.theme = theme
        palette = self.palette()
        for role, color in (
            (QPalette.ColorRole.Base, theme.surface),
            (QPalette.ColorRole.Highlight, theme.accentbg),
            (QPalette.ColorRole.HighlightedText, theme.ink),
        ):
            palette.setColor(role, qcolor(color))
        self.setPalette(palette)
        self.viewport().update()

    def event(self, event: QEvent) -> bool:
        """Keys that walk through the rows, and Delete, are kept from the window's commands."""
        override = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and (walks(event) or event.key() == Qt.Key.Key_Delete):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete takes back; Enter leads to the record."""
        if event.key() == Qt.Key.Key_Delete:
            self.delete_wanted.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.activated.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Nothing: letters are keys of the window's commands."""


class ChangeCell(QStyledItemDelegate):
    """Paints a cell: a sign before a record, pale what was, then an arrow and what is."""

    def __init__(self, parent: QTreeView) -> None:
        super().__init__(parent)
        self.theme: Theme = LIGHT
        self._view = parent

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """All rows are as high."""
        return QSize(scaled(80), scaled(ROW))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """One cell."""
        model = index.model()
        assert isinstance(model, ChangesModel)
        rect, theme = option.rect, self.theme
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(rect, qcolor(theme.accentbg if selected else theme.surface))
        current = self._view.currentIndex()
        if self._view.hasFocus() and index.row() == current.row() and index.parent() == current.parent():
            painter.setPen(QPen(qcolor(theme.accent), 1))
            painter.drawLine(rect.topLeft(), rect.topRight())
            painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if index.column():
            self._values(painter, rect, model, index)
        else:
            self._what(painter, rect, model, index)
        painter.restore()

    def _what(
        self, painter: QPainter, rect: QRect, model: ChangesModel, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme, x = self.theme, float(rect.left() + PAD)
        piece = model.piece(index)
        is_record = piece is not None and bool(piece.id) and not piece.field
        if is_record and (how := model.how(index)) is not None:
            color = {"added": theme.ok, "removed": theme.bad, "changed": theme.accent}[how]
            self._text(painter, x, rect, SIGNS[how], color, NAMES)
            x += SIGN_ROOM - 2
        weight = NAMES if piece is not None and not piece.field else BODY
        ink = theme.ink if weight == NAMES else theme.ink2
        self._text(painter, x, rect, model.words(index)[0], ink, weight)

    def _values(
        self, painter: QPainter, rect: QRect, model: ChangesModel, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme, x, line = self.theme, float(rect.left() + PAD), model.line(index)
        if line is None:
            self._text(painter, x, rect, model.words(index)[1], theme.ink3, BODY)
            return
        metrics = metrics_of(12, BODY)
        if line.old and line.new:
            arrow = metrics.horizontalAdvance(ARROW)
            room = rect.right() - x - arrow
            wanted = metrics.horizontalAdvance(line.new)
            x += self._text(painter, x, rect, line.old, theme.ink3, BODY, max(room / 2, room - wanted))
            x += self._text(painter, x, rect, ARROW, theme.ink3, BODY)
            self._text(painter, x, rect, line.new, theme.ink, BODY)
        else:
            self._text(painter, x, rect, line.old or line.new, theme.ink3 if line.old else theme.ink, BODY)

    def _text(
        self, painter: QPainter, x: float, rect: QRect, text: str, ink: Color, weight: int, room: float | None = None
    ) -> float:
        """A text, cut where there is no room; its width."""
        metrics = metrics_of(12, weight)
        most = rect.right() - 4 - x if room is None else room
        text = metrics.elidedText(text.replace("\n", " "), Qt.TextElideMode.ElideRight, most)
        painter.setFont(font(12, weight))
        painter.setPen(qcolor(ink))
        painter.drawText(QPointF(x, rect.center().y() + 4.7), text)
        return metrics.horizontalAdvance(text)
