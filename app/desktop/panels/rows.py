"""How a table of records looks and is walked through: rows of 21 px, quiet heads, signs before the words."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetricsF, QHelpEvent, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from app.desktop.chrome import qcolor, scaled
from app.desktop.icons import icon
from app.desktop.models.listing import ListingModel
from app.desktop.signs import AVATAR, draw_avatar, draw_empty_seat, draw_status
from app.pictures import wording
from app.pictures.columns import NOT_KNOWN, PERHAPS, UNSOURCED
from app.pictures.listing_seat_rows import LEFT_WORD
from app.pictures.seat_states import EMPTY
from app.render.palette import Palette
from app.render.text import font
from app.render.theme import LIGHT
from app.scene.style import Status

ROW, HEAD = 21, 22
"""Heights of a row and of the head."""
PAD, EDGE = 8, 15
"""Pixels left of a cell's text, and of the first cell's."""
BAR, SWATCH, AVATAR_ROOM = 3, 9, 24
"""The accent bar's width, the side of a swatch, what an avatar pushes a name to the right."""
NAMES, BODY = 540, 430
"""Weights of the names of people, and of the rest."""
WIDEST_LETTER = 13
"""No letter of 12 px is wider: a text that fits even so is not measured."""
_QUIET = (NOT_KNOWN, UNSOURCED)
_STATUSES = {status.value: status for status in Status}
_MOVING = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_End}
_PLAIN = {Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Return, Qt.Key.Key_Enter}


@lru_cache(maxsize=16)
def metrics_of(size: float, weight: int) -> QFontMetricsF:
    """Widths of texts in the bundled font, as Qt draws them."""
    return QFontMetricsF(font(size, weight))


def walks(event: QKeyEvent) -> bool:
    """Whether a key moves through rows, which have it before the window's commands."""
    plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
    return event.key() in _MOVING or (plain and event.key() in _PLAIN)


class Head(QHeaderView):
    """Names of columns, the sorted one with an arrow; click to sort, drag to move, right click for which are shown."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.palette_ = Palette(LIGHT)
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setSortIndicatorShown(True)
        self.setHighlightSections(False)
        self.setStretchLastSection(True)
        self.setMinimumSectionSize(44)
        self.setFixedHeight(scaled(HEAD))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground too, which no section covers."""
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), qcolor(self.palette_.theme.surface))
        painter.end()
        super().paintEvent(event)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """The name, with an arrow where the column is the sorted one."""
        theme, model = self.palette_.theme, self.model()
        painter.save()
        painter.fillRect(rect, qcolor(theme.surface))
        is_sorted = self.sortIndicatorSection() == section
        text = str(model.headerData(section, Qt.Orientation.Horizontal) or "")
        left = EDGE if self.visualIndex(section) == first_shown(self) else PAD
        if isinstance(model, ListingModel) and model.columns[section].kind == "person":
            left += AVATAR_ROOM
        arrow = 16 if is_sorted else 0
        metrics = metrics_of(11, 520)
        text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width() - left - 6 - arrow)
        width = metrics.horizontalAdvance(text)
        align = model.headerData(section, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole)
        x = rect.left() + left
        if align is not None and int(align) & int(Qt.AlignmentFlag.AlignRight):
            x = rect.right() - PAD - round(width) - arrow
        painter.setFont(font(11, 520))
        painter.setPen(qcolor(theme.ink if is_sorted else theme.ink3))
        painter.drawText(QPointF(x, rect.center().y() + 4.5), text)
        if is_sorted:
            down = self.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
            sign = icon("arrow-down" if down else "arrow-up", theme.ink2.hex, 12)
            sign.paint(painter, QRect(round(x + width) + 3, rect.center().y() - 5, 12, 12))
        painter.restore()


def first_shown(head: QHeaderView) -> int:
    """The place of the leftmost column that is not hidden."""
    return next((v for v in range(head.count()) if not head.isSectionHidden(head.logicalIndex(v))), 0)


class Cell(QStyledItemDelegate):
    """Paints a cell: avatar, swatch or status mark, then the text; accent where the row is selected."""

    def __init__(self, parent: QTableView) -> None:
        super().__init__(parent)
        self.palette_ = Palette(LIGHT)
        self._view = parent

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """One cell."""
        model = index.model()
        assert isinstance(model, ListingModel)
        column, head = model.columns[index.column()], self._view.horizontalHeader()
        rect: QRect = option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        theme = self.palette_.theme
        ground = theme.accentbg if selected else theme.surface
        is_first = head.visualIndex(index.column()) == first_shown(head)
        if selected:  # else the ground of the view is there already
            painter.fillRect(rect, qcolor(ground))
        if selected and is_first:
            painter.fillRect(QRect(rect.left(), rect.top(), BAR, rect.height()), qcolor(theme.accent))
        if self._view.hasFocus() and index.row() == self._view.currentIndex().row():
            self.draw_current(painter, rect)
        text = model.shown(index.row(), index.column())
        if not text and column.kind != "person":
            return
        x, middle = rect.left() + (EDGE if is_first else PAD), rect.top() + rect.height() / 2
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        weight, ink = BODY, theme.ink2
        if column.kind == "person":
            at = QPointF(x + AVATAR, middle)
            if text in EMPTY:
                draw_empty_seat(painter, at, theme)
                ink = theme.ink3
            else:
                mark = model.mark(index.row(), index.column())
                draw_avatar(painter, at, wording.initials(text.removeprefix(PERHAPS)), mark, self.palette_)
                weight, ink = NAMES, theme.ink
            x += AVATAR_ROOM
        elif column.kind == "organization" and (mark := model.mark(index.row(), index.column())):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(qcolor(self.palette_.organization(mark)))
            painter.drawRoundedRect(QRectF(x, middle - SWATCH / 2, SWATCH, SWATCH), 2.5, 2.5)
            x += SWATCH + 7
            if is_first:
                weight, ink = NAMES, theme.ink
        elif column.kind == "status" and text and text in _STATUSES:
            draw_status(painter, QPointF(x + 5.5, middle), _STATUSES[text], theme, ground)
            x += 17
        elif column.name == "Sources":
            ink = theme.ink3
        if text in _QUIET or text.startswith(PERHAPS) or text.endswith(LEFT_WORD):
            ink = theme.ink3
        metrics = metrics_of(12, weight)
        room = rect.right() - x - 4
        if len(text) * WIDEST_LETTER > room:
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        if column.kind == "number":
            x = rect.right() - PAD - round(metrics.horizontalAdvance(text))
        painter.setFont(font(12, weight))
        painter.setPen(qcolor(ink))
        painter.drawText(QPointF(x, middle + 4.2), text)
        painter.restore()

    def draw_current(self, painter: QPainter, rect: QRect) -> None:
        """Lines along the row that the keyboard is in."""
        painter.setPen(QPen(qcolor(self.palette_.theme.accent), 1))
        painter.drawLine(rect.topLeft(), rect.topRight())
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """What more there is to tell, or the text where it is cut."""
        model = index.model()
        if not isinstance(model, ListingModel):
            return False
        text = model.shown(index.row(), index.column())
        cut = metrics_of(12, NAMES).horizontalAdvance(text) > option.rect.width() - 32
        parts = [text if cut else "", str(model.data(index, Qt.ItemDataRole.ToolTipRole) or "")]
        QToolTip.showText(event.globalPos(), "\n".join(part for part in parts if part), view)
        return True


class RowsView(QTableView):
    """Rows to be selected one or many at a time. Letters do not search: the keys belong to the window's commands."""

    entered_row = Signal()
    """Enter was pressed on a row."""
    copy_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.head = Head(self)
        self.cell = Cell(self)
        self.setHorizontalHeader(self.head)
        self.setItemDelegate(self.cell)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # rows in sight are moved, not painted
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(scaled(ROW))
        rows.setDefaultSectionSize(scaled(ROW))

    def show_palette(self, palette: Palette) -> None:
        """In the colours of a theme."""
        self.head.palette_ = self.cell.palette_ = palette
        self.head.viewport().update()
        self.viewport().update()

    def event(self, event: QEvent) -> bool:
        """Keys that walk through the rows are kept from the window's commands."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            standard = (QKeySequence.StandardKey.Copy, QKeySequence.StandardKey.SelectAll)
            if walks(event) or any(event.matches(keys) for keys in standard):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter selects the row that has the focus; Copy takes whole rows."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            flags = QItemSelectionModel.SelectionFlag
            self.selectionModel().select(self.currentIndex(), flags.ClearAndSelect | flags.Rows)
            self.entered_row.emit()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_wanted.emit()
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()  # the panel clears its filter
        else:
            super().keyPressEvent(event)

    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        """The outline goes with the row, and Qt would paint one cell anew."""
        super().currentChanged(current, previous)
        self.viewport().update()

    def keyboardSearch(self, search: str) -> None:
        """Nothing: Qt would make the texts of every row."""

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Home and End go to the first and last row; left and right scroll."""
        moves, model = QAbstractItemView.CursorAction, self.model()
        at, bar = self.currentIndex(), self.horizontalScrollBar()
        column = self.head.logicalIndex(first_shown(self.head))
        if action in (moves.MoveHome, moves.MoveEnd):
            return model.index(0 if action == moves.MoveHome else model.rowCount() - 1, column)
        if action in (moves.MoveLeft, moves.MoveRight):
            bar.setValue(bar.value() + (-40 if action == moves.MoveLeft else 40))
            return at
        return super().moveCursor(action, modifiers)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground too, which no cell covers below the last row."""
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), qcolor(self.cell.palette_.theme.surface))
        painter.end()
        super().paintEvent(event)
