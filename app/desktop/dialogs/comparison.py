"""The table in which one compares records and chooses field by field which value stands: by a click, or with Space."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.desktop.chrome import qcolor, scaled
from app.desktop.models.comparison import ComparisonModel
from app.desktop.panels.rows import BODY, NAMES, metrics_of, walks
from app.pictures.comparing import KNOWN_BY
from app.render.text import font
from app.render.theme import LIGHT, Theme

LINE, AIR = 16, 7
"""Pixels of a line of text, and above and below the text of a cell."""
WORDS, SIGN, PAD = 92, 24, 10
"""Pixels of the column of words, of the sign before what can be chosen, and left and right of a text."""
NARROWEST = 190
MOST_LINES = 9
_RING, _POINT = 5.5, 2.75
UNITED = "all kept"


class ComparisonTable(QTableView):
    """Shows a `Comparison` and says what was chosen."""

    wanted = Signal(str, str)
    """A field, and the id of the record whose value shall stand."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model_ = ComparisonModel(self)
        self.cell = ComparisonCell(self)
        self.setModel(self.model_)
        self.setItemDelegate(self.cell)
        self.setAccessibleName("Fields of the records")
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.horizontalHeader().hide()
        self.verticalHeader().hide()
        self.horizontalHeader().setMinimumSectionSize(scaled(WORDS))
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.clicked.connect(self._choose)
        self.model_.modelReset.connect(self._fit)

    def show_theme(self, theme: Theme) -> None:
        """In the colours of a theme."""
        self.cell.theme = theme
        self.setStyleSheet(f"QTableView {{ background: {theme.surface.hex}; }}")
        self.viewport().update()

    def event(self, event: QEvent) -> bool:
        """Keys that walk through the cells, and Space, are kept from the window's commands."""
        override = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and (walks(event) or event.key() == Qt.Key.Key_Space):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space and Enter choose."""
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if plain and event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Nothing: letters choose no cell."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns share what room there is."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        n = self.model_.columnCount() - 1
        if n < 1:
            return
        self.setColumnWidth(0, scaled(WORDS))
        room = self.viewport().width() - scaled(WORDS)
        for column in range(1, n + 1):
            self.setColumnWidth(column, max(room // n, scaled(NARROWEST)))
        for row in range(self.model_.rowCount()):
            self.setRowHeight(
                row, max(self.cell.height(self.model_, row, c, self.columnWidth(c)) for c in range(n + 1))
            )

    def _choose(self, index: QModelIndex) -> None:
        comparison = self.model_.comparison
        if comparison is None or not index.isValid() or index.column() == 0:
            return
        line = comparison.lines[index.row()]
        if line.choosable and not line.stands[index.column() - 1]:
            self.wanted.emit(line.field, comparison.ids[index.column() - 1])


class ComparisonCell(QStyledItemDelegate):
    """Paints a cell: a ring with a point before what stands, pale what goes."""

    def __init__(self, parent: QTableView) -> None:
        super().__init__(parent)
        self.theme: Theme = LIGHT
        self._view = parent

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """As high as its text."""
        model = index.model()
        assert isinstance(model, ComparisonModel)
        width = self._view.columnWidth(index.column())
        return QSize(width, self.height(model, index.row(), index.column(), width))

    def height(self, model: ComparisonModel, row: int, column: int, width: int) -> int:
        """Pixels that a cell of a width needs."""
        line = model.line(row)
        if column == 0:
            n = 2 if line.united and line.field != KNOWN_BY and len(set(line.texts)) > 1 else 1
            return scaled(n * LINE + 2 * AIR)
        room = width - scaled(SIGN + PAD)
        bounds = metrics_of(12, NAMES).boundingRect(
            QRectF(0, 0, room, 10_000), int(Qt.TextFlag.TextWordWrap), line.texts[column - 1]
        )
        return min(round(bounds.height()), scaled(MOST_LINES * LINE)) + scaled(2 * AIR)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """One cell."""
        model = index.model()
        assert isinstance(model, ComparisonModel)
        rect, theme, line = option.rect, self.theme, model.line(index.row())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(rect, qcolor(theme.surface))
        if index.column() == 0:
            self._word(painter, rect, model, index.row())
        else:
            at = index.column() - 1
            stands = line.stands[at]
            if line.choosable:
                box = QRectF(rect).adjusted(2, 2, -4, -2)
                if stands:
                    painter.setPen(Qt.PenStyle.NoPen)
                    painter.setBrush(qcolor(theme.accentbg))
                    painter.drawRoundedRect(box, 6, 6)
                self._ring(
                    painter, QPointF(rect.left() + scaled(SIGN) / 2 + 2, rect.top() + scaled(AIR + LINE / 2)), stands
                )
            blank = line.texts[at] == "(blank)"
            ink = theme.ink if stands and not blank else theme.ink3
            painter.setFont(font(12, NAMES if stands and line.choosable else BODY))
            painter.setPen(qcolor(ink))
            room = rect.adjusted(scaled(SIGN) + 2, scaled(AIR), -scaled(PAD), -scaled(AIR) // 2)
            painter.drawText(room, int(Qt.TextFlag.TextWordWrap), line.texts[at])
        painter.setPen(QPen(qcolor(theme.line), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if self._view.hasFocus() and index == self._view.currentIndex():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(qcolor(theme.accent), 2))
            painter.drawRoundedRect(QRectF(rect).adjusted(2, 2, -4, -2), 6, 6)
        painter.restore()

    def _word(self, painter: QPainter, rect: QRect, model: ComparisonModel, row: int) -> None:
        line, theme = model.line(row), self.theme
        painter.setFont(font(12, BODY))
        painter.setPen(qcolor(theme.ink2))
        box = rect.adjusted(0, scaled(AIR), -scaled(8), 0)
        right = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        painter.drawText(box, right, str(model.index(row, 0).data()))
        if line.united and line.field != KNOWN_BY and len(set(line.texts)) > 1:
            painter.setFont(font(10.5, BODY))
            painter.setPen(qcolor(theme.ink3))
            painter.drawText(box.adjusted(0, scaled(LINE), 0, 0), right, UNITED)

    def _ring(self, painter: QPainter, at: QPointF, stands: bool) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(qcolor(self.theme.accent if stands else self.theme.ink3), 1.5))
        painter.drawEllipse(at, _RING, _RING)
        if stands:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(qcolor(self.theme.accent))
            painter.drawEllipse(at, _POINT, _POINT)
