"""How a cell is edited in its place: the editor of its field over it, what is wrong in words, and where to go next."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.analysis.adding import Cited, Party
from app.analysis.entering import wrong_with
from app.desktop.chrome import qcolor
from app.desktop.editors import FieldEditor, editor
from app.desktop.editors.chips import ChipsEditor
from app.desktop.models.records import RecordModel
from app.desktop.panels.rows import Cell
from app.desktop.pickers import Picker
from app.domain.errors import Fault
from app.domain.schema import Kind

NARROWEST = 240
"""Pixels that an editor of records or lists is wide at least."""
_Key = Qt.Key
Index = QModelIndex | QPersistentModelIndex


class Way(Enum):
    """Where the current cell goes when a cell has been edited: columns and rows."""

    STAY = (0, 0)
    DOWN = (0, 1)
    NEXT = (1, 0)
    BACK = (-1, 0)


class EditedCell(Cell):
    """Paints cells, the current one with a frame, and edits them."""

    entered = Signal(object, object, bool)
    """Index, value, and whether it is for all rows that are selected."""
    said = Signal(str, bool)
    """What is meant by what stands in the editor, or what is wrong with it (True); blank when it closes."""
    ended = Signal(object)
    """The Way to go, when an editor has closed."""

    def __init__(self, parent: QTableView) -> None:
        super().__init__(parent)
        self.for_all = False
        """Whether what is entered next is for all rows that are selected."""
        self.open: FieldEditor | None = None
        self._index = QPersistentModelIndex()
        self._way = Way.DOWN
        self._refused = False

    # painting

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One cell, the lines between cells, and the frame of the current one."""
        super().paint(painter, option, index)
        theme, rect, model = self.palette_.theme, option.rect, index.model()
        painter.fillRect(rect.right(), rect.top(), 1, rect.height(), qcolor(theme.line))
        is_current = index == self._view.currentIndex() and self._view.hasFocus()
        if not is_current and not (isinstance(model, RecordModel) and model.is_entry(index.row())):
            return
        painter.save()
        if isinstance(model, RecordModel) and model.is_entry(index.row()):
            painter.setPen(qcolor(theme.line))
            painter.drawLine(rect.topLeft(), rect.topRight())
            if model.field(index.column()).required and model.value(index.row(), index.column()) in (None, "", []):
                painter.setPen(QPen(qcolor(theme.bad), 1, Qt.PenStyle.DashLine))
                painter.drawRect(rect.adjusted(1, 2, -3, -3))
        if is_current:
            painter.setPen(QPen(qcolor(theme.accent), 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -1))
        painter.restore()

    def draw_current(self, painter: QPainter, rect: QRect) -> None:
        """No lines along the row: the cell has a frame of its own."""

    # editing

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """The editor of the field, over the cell."""
        model = index.model()
        assert isinstance(model, RecordModel)
        made = editor(model.records.declared, model.field(index.column()), parent, in_cell=True)
        made.setObjectName("cellEditor")
        made.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        made.work_on(model.records.dataset)
        self.open, self._index, self._way = made, QPersistentModelIndex(index), Way.DOWN
        made.changed.connect(self._look)
        for part in (made.inner, *made.findChildren(QWidget)):
            part.installEventFilter(self)
        if isinstance(made.inner, Picker):
            made.inner._list.installEventFilter(self)
            if model.field(index.column()).kind is not Kind.SET:
                made.inner.taken.connect(lambda _: QTimer.singleShot(0, self, self._taken))
        return made

    def setEditorData(self, widget: QWidget, index: Index) -> None:
        """The value of the cell."""
        model = index.model()
        if isinstance(widget, FieldEditor) and isinstance(model, RecordModel):
            widget.put(model.value(index.row(), index.column()))
            self._look()

    def type_over(self, text: str) -> None:
        """Begin with a letter in place of the value, typed as a user does, so that pickers offer what it begins."""
        if self.open is not None:
            inner = self.open.inner
            if isinstance(inner, QLineEdit):
                inner.clear()
            QApplication.sendEvent(inner, QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, text))

    def setModelData(self, widget: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """What was entered is told, unless it is what stands there or it is wrong."""
        if isinstance(widget, FieldEditor) and isinstance(model, RecordModel) and self.fault is None:
            value, for_all = widget.value(), self.for_all
            if for_all or value != model.value(index.row(), index.column()):
                self.entered.emit(model.index(index.row(), index.column()), value, for_all)

    def updateEditorGeometry(self, widget: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Over the cell, as wide and high as the editor needs, within what is in sight."""
        rect, area = QRect(option.rect), self._view.viewport().rect()
        wide = isinstance(widget, FieldEditor) and (
            bool(widget.field.reference) or widget.field.kind in (Kind.LIST, Kind.SET)
        )
        width = max(rect.width(), NARROWEST if wide else 96)
        height = max(rect.height() + 2, widget.sizeHint().height())
        rect = QRect(rect.left() - 1, rect.top() - 1, width, height)
        rect.moveRight(min(rect.right(), area.right()))
        rect.moveBottom(min(rect.bottom(), area.bottom()))
        rect.moveLeft(max(rect.left(), 0))
        rect.moveTop(max(rect.top(), 0))
        widget.setGeometry(rect)

    def destroyEditor(self, widget: QWidget, index: Index) -> None:
        """Nothing is being edited."""
        self.open = None
        self.for_all = False
        super().destroyEditor(widget, index)

    @property
    def fault(self) -> Fault | None:
        """What is wrong with what stands in the open editor."""
        model = self._index.model()
        if self.open is None or not isinstance(model, RecordModel):
            return None
        if (found := self.open.fault) is not None:
            return found
        value = self.open.value()
        if isinstance(value, Party | Cited):
            return None
        if isinstance(value, list):
            value = [one for one in value if isinstance(one, str)]
        in_entry = model.is_entry(self._index.row())
        found = wrong_with(model.records.dataset, model.records.declared, self.open.field, value)
        return None if found is not None and found.code == "missing" and in_entry else found

    def _look(self) -> None:
        """Say what is meant, or what is wrong."""
        if self.open is not None:
            fault = self.fault
            self.open.mark(fault)
            self.said.emit(
                f"{fault.message}. {fault.remedy}" if fault is not None else self.open.hint, fault is not None
            )
            if isinstance(self.open, ChipsEditor):  # it grows with what is chosen
                self._view.updateEditorGeometries()

    def _taken(self) -> None:
        if self.open is not None:
            self.finish(self._way)

    def finish(self, way: Way) -> None:
        """Enter what stands in the editor and close it; what is wrong stays, marked."""
        widget = self.open
        if widget is None:
            return
        if self.fault is not None:
            self._look()
            return
        self._refused = False
        self.commitData.emit(widget)
        if self._refused:
            return
        self.closeEditor.emit(widget, QStyledItemDelegate.EndEditHint.NoHint)
        self.ended.emit(way)

    def refuse(self, fault: Fault) -> None:
        """What was entered cannot stand in its row: the editor stays open, marked."""
        self._refused = True
        if self.open is not None:
            self.open.mark(fault)

    def give_up(self) -> None:
        """Close the editor; the cell stays as it is."""
        if self.open is not None:
            self.closeEditor.emit(self.open, QStyledItemDelegate.EndEditHint.RevertModelCache)
            self.said.emit("", False)
            self.ended.emit(Way.STAY)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter, Tab and Escape end the editing; so does a click elsewhere, unless what was entered is wrong."""
        widget = self.open
        if widget is None:
            return False
        popup = widget.inner._list if isinstance(widget.inner, Picker) else None
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._pressed(widget, popup, watched, event)
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if event.type() == QEvent.Type.FocusOut and watched is not popup:
            QTimer.singleShot(0, self, self._lost_focus)
        return False

    def _pressed(self, widget: FieldEditor, popup: QWidget | None, watched: QObject, event: QKeyEvent) -> bool:
        key, modifiers = Qt.Key(event.key()), event.modifiers()
        tabs = {_Key.Key_Tab: Way.NEXT, _Key.Key_Backtab: Way.BACK}
        enters = key in (_Key.Key_Return, _Key.Key_Enter)
        if watched is popup:
            if key in tabs:
                self._way = tabs[key]
                QApplication.sendEvent(
                    watched, QKeyEvent(QEvent.Type.KeyPress, _Key.Key_Return, Qt.KeyboardModifier.NoModifier)
                )
                return True
            return False
        if isinstance(widget.inner, QComboBox) and widget.inner.view().isVisible():
            return False
        if key in tabs:
            self.finish(tabs[key])
            return True
        if key == _Key.Key_Escape:
            self.give_up()
            return True
        if enters and modifiers & Qt.KeyboardModifier.ControlModifier:
            self.for_all = True
            self.finish(Way.STAY)
            return True
        if enters and not (isinstance(widget, ChipsEditor) and widget.line.text().strip()):  # it makes a chip of that
            self.finish(Way.DOWN)
            return True
        return False

    def _lost_focus(self) -> None:
        """The keyboard has gone elsewhere, and not to a list of the editor's own."""
        widget, focus = self.open, QApplication.focusWidget()
        if widget is None or focus is None or widget is focus or widget.isAncestorOf(focus):
            return
        if QApplication.activePopupWidget() is not None:
            return
        if self.fault is None:
            self.commitData.emit(widget)
        self.closeEditor.emit(widget, QStyledItemDelegate.EndEditHint.NoHint)
