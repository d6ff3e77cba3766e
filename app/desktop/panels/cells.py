"""A table of cells as in a spreadsheet: ranges of cells are selected, a cell is edited in its place."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPersistentModelIndex, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from app.desktop.chrome import qcolor, scaled
from app.desktop.models.records import RecordModel
from app.desktop.panels.cell_editing import EditedCell, Way
from app.desktop.panels.rows import ROW, RowsView, metrics_of, walks
from app.render.palette import Palette
from app.render.text import font
from app.render.theme import LIGHT

NUMBERS = 44
"""Width of the numbers beside the rows."""
_Key, _Mod = Qt.Key, Qt.KeyboardModifier
_FLAGS = QItemSelectionModel.SelectionFlag
Index = QModelIndex | QPersistentModelIndex
KEYS = (
    ("Ctrl+V", "paste"),
    ("Ctrl+Shift+V", "paste_new"),
    ("Ctrl+X", "cut"),
    ("Ctrl+Shift+D", "fill"),
    ("Alt+Down", "fill"),
    ("Ins", "add"),
    ("Alt+Ins", "duplicate"),
    ("Del", "delete"),
    ("Backspace", "delete"),
    ("Shift+Space", "select_row"),
)
"""Keys of the table, and what they ask for."""


class Numbers(QHeaderView):
    """The numbers of rows: a click selects a row, a drag several."""

    def __init__(self, parent: QTableView) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.palette_ = Palette(LIGHT)
        self.setSectionsClickable(True)
        self.setFixedWidth(scaled(NUMBERS))
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(scaled(ROW))
        self.setDefaultSectionSize(scaled(ROW))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setAccessibleName("Numbers of rows")
        self._view = parent

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground too, which no row covers."""
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), qcolor(self.palette_.theme.surface))
        painter.end()
        super().paintEvent(event)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """The number, darker where the row is selected, beside a line."""
        theme = self.palette_.theme
        chooser = self._view.selectionModel()
        here = self._view.currentIndex().row() == section
        chosen = chooser.isRowSelected(section, QModelIndex())
        painter.save()
        painter.fillRect(rect, qcolor(theme.accentbg if chosen else theme.surface))
        painter.setPen(qcolor(theme.line))
        painter.drawLine(rect.topRight(), rect.bottomRight())
        text = str(self.model().headerData(section, Qt.Orientation.Vertical) or "")
        size = 10 if len(text) < 7 else 8.5
        painter.setFont(font(size, 520 if here else 430))
        painter.setPen(qcolor(theme.accent if chosen or here else theme.ink4))
        width = metrics_of(size, 520 if here else 430).horizontalAdvance(text)
        painter.drawText(QPointF(rect.right() - 6 - width, rect.center().y() + 4), text)
        painter.restore()


class CellsView(RowsView):
    """Cells to be selected, typed into, copied and filled. Letters begin to edit; the commands of the window that are
    letters wait until the table loses the keyboard."""

    asked = Signal(str)
    """What a key asks for, by its name in KEYS."""
    cell: EditedCell

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.numbers = Numbers(self)
        self.setVerticalHeader(self.numbers)
        self.cell = EditedCell(self)
        self.setItemDelegate(self.cell)
        self.cell.ended.connect(self._move_on)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked)
        self._keys = [(QKeySequence(keys), name) for keys, name in KEYS]

    def show_palette(self, palette: Palette) -> None:
        """In the colours of a theme."""
        self.numbers.palette_ = palette
        self.numbers.viewport().update()
        super().show_palette(palette)

    def begin(self, typed: str | None = None, *, for_all: bool = False) -> bool:
        """Edit the current cell; typed: what stands in it at first in place of its value; for_all: what is entered is
        for all rows that are selected. Whether it can be edited."""
        index = self.currentIndex()
        model = self.model()
        if not index.isValid() or not isinstance(model, RecordModel):
            return False
        if not index.flags() & Qt.ItemFlag.ItemIsEditable:
            return False
        self.cell.for_all = for_all
        self.scrollTo(index)
        self.edit(index)
        if typed is not None:
            self.cell.type_over(typed)
        return True

    def select_row(self) -> None:
        """Select the whole of every row in which something is selected."""
        chooser = self.selectionModel()
        chooser.select(chooser.selection(), _FLAGS.Select | _FLAGS.Rows)

    def event(self, event: QEvent) -> bool:
        """Keys that the table knows are kept from the window's commands."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._own(event):
            event.accept()
            return True
        return super().event(event)

    def _own(self, event: QKeyEvent) -> bool:
        plain = not event.modifiers() & (_Mod.ControlModifier | _Mod.AltModifier | _Mod.MetaModifier)
        typed = plain and event.text().isprintable() and bool(event.text())
        inside = event.key() in (_Key.Key_Left, _Key.Key_Right, _Key.Key_F2, _Key.Key_Tab, _Key.Key_Backtab)
        return typed or walks(event) or (plain and inside) or self._asked(event) is not None

    def _asked(self, event: QKeyEvent) -> str | None:
        pressed = QKeySequence(event.keyCombination())
        return next((name for keys, name in self._keys if keys == pressed), None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters, F2 and Enter begin to edit; the keys of KEYS ask; the rest walks."""
        asked = self._asked(event)
        text = event.text()
        plain = not event.modifiers() & (_Mod.ControlModifier | _Mod.AltModifier | _Mod.MetaModifier)
        if asked == "select_row":
            self.select_row()
        elif asked is not None:
            self.asked.emit(asked)
        elif event.key() in (_Key.Key_F2, _Key.Key_Return, _Key.Key_Enter) and plain:
            self.begin()
        elif plain and text and text.isprintable() and text != " " and self.begin(text):
            pass
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_wanted.emit()
        elif event.key() in (_Key.Key_Tab, _Key.Key_Backtab):
            self._tab(back=event.key() == _Key.Key_Backtab, leaves=bool(event.modifiers() & _Mod.ControlModifier))
        elif event.key() == _Key.Key_Escape:
            event.ignore()
        else:
            QTableView.keyPressEvent(self, event)

    def _tab(self, *, back: bool, leaves: bool) -> None:
        """To the next cell; with Ctrl, and from the last one, out of the table."""
        if leaves or not self._step(-1 if back else 1, 0):
            self.focusPreviousChild() if back else self.focusNextChild()

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """As in any table of cells."""
        return QTableView.moveCursor(self, action, modifiers)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """The number of the row is darker."""
        super().currentChanged(current, previous)
        self.numbers.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The right button keeps the selection where it is within it."""
        chosen = self.selectionModel().isSelected(self.indexAt(event.position().toPoint()))
        if event.button() != Qt.MouseButton.RightButton or not chosen:
            super().mousePressEvent(event)

    def _move_on(self, way: Way) -> None:
        """After a cell was edited: down, to the right or left, or nowhere."""
        self.setFocus()
        across, down = way.value
        self._step(across, down)

    def _step(self, across: int, down: int) -> bool:
        """The next cell among the columns that are shown; at the end of a row the first of the next. Whether there is
        one."""
        index, head, model = self.currentIndex(), self.head, self.model()
        shown = [c for v in range(head.count()) if not head.isSectionHidden(c := head.logicalIndex(v))]
        if not index.isValid() or index.column() not in shown:
            return False
        place, row = shown.index(index.column()) + across, index.row() + down
        if place in (-1, len(shown)):
            place, row = place % len(shown), row + (1 if place > 0 else -1)
        if not 0 <= row < model.rowCount():
            return False
        self.go_to(model.index(row, shown[place]))
        return True

    def go_to(self, index: QModelIndex) -> None:
        """Select a cell alone, whatever keys are held."""
        self.selectionModel().setCurrentIndex(index, _FLAGS.ClearAndSelect)
