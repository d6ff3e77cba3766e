"""The interfaces that a painted widget gives to QAccessible: itself as a list, its marks as the items.

Who owns what: Qt's cache deletes the interfaces that it has given an id, and knows only those of a QObject to be gone
when the object goes. Python deletes what it has made too, when nothing refers to it any more, and the cache would be
left with an address of nothing. So each mark has one interface for as long as its widget lives, kept here even while
the picture lacks the mark (it is not valid then), and handed back to the cache when the widget is destroyed.
"""

from __future__ import annotations

import weakref
from functools import partial
from typing import Protocol, cast

import shiboken6
from PySide6.QtCore import QObject, QRect
from PySide6.QtGui import (
    QAccessible,
    QAccessibleActionInterface,
    QAccessibleInterface,
    QAccessibleSelectionInterface,
    QWindow,
)
from PySide6.QtWidgets import QAccessibleWidget, QWidget
from shiboken6 import Shiboken

from app.scene.twin import NOTHING, Rectangle, Twin, TwinMark


class Marked(Protocol):
    """What a widget with painted marks must tell. It may be asked as soon as it has a C++ side, so what it answers from
    must be there before any setter of QWidget is called."""

    @property
    def selection(self) -> tuple[str, ...]:
        """Keys of the selected marks."""

    @property
    def travelled(self) -> str:
        """The key of the mark that the keyboard is on, blank for none."""

    def marks(self) -> Twin:
        """The twin of what is shown. Asked often: keep it until the picture changes."""

    def place(self, box: Rectangle) -> QRect:
        """Where a rectangle of the picture lies, in pixels of the screen."""

    def select(self, key: str) -> None:
        """Select the mark of a key, blank for none."""

    def travel(self, key: str) -> None:
        """Put the keyboard on the mark of a key."""


_marks: dict[int, dict[str, MarkInterface]] = {}
"""By the address of a widget: its marks' interfaces by key."""
_widgets: list[WidgetInterface] = []


def as_marked(widget: QWidget) -> Marked:
    """The widget as what `install` asks it to be: isinstance would run its properties, and it may be half made."""
    return cast(Marked, widget)


def widget_interface(widget: QWidget) -> QAccessibleInterface:
    """An interface for the widget, a new one at every call, for Qt to own.

    Qt asks for more than one: it looks interfaces up by the meta-object of the widget too, which PySide replaces when a
    signal is connected to a method. An interface is kept here until Qt has deleted it.
    """
    _widgets[:] = [made for made in _widgets if shiboken6.isValid(made)]
    made = WidgetInterface(widget)
    _widgets.append(made)
    return made


def mark_interface(widget: QWidget, key: str) -> MarkInterface:
    """The one interface of a mark of a widget."""
    address = shiboken6.getCppPointer(widget)[0]
    if address not in _marks:
        _marks[address] = {}
        widget.destroyed.connect(partial(_forget, address))
    known = _marks[address]
    if key not in known:
        known[key] = MarkInterface(widget, key)
    return known[key]


def _forget(address: int, *_: object) -> None:
    """Hand the marks of a widget that is going back to the cache, which deletes them."""
    for made in _marks.pop(address, {}).values():
        if shiboken6.isValid(made):
            QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(made))


def _pointer(of: Shiboken.Object | None) -> int:
    """What `interface_cast` must return: the binding types it as a number, but of a number, and of None, it makes the
    address of the Python object, where Qt then crashes."""
    return cast(int, Shiboken.VoidPtr(shiboken6.getCppPointer(of)[0] if of is not None else 0))


class _Living:
    """A widget that may go at any time."""

    def __init__(self, widget: QWidget) -> None:
        self._widget = weakref.ref(widget)

    @property
    def widget(self) -> QWidget | None:
        """The widget while it lives."""
        widget = self._widget()
        return widget if widget is not None and shiboken6.isValid(widget) else None

    @property
    def twin(self) -> Twin:
        """What it shows; nothing once it is gone."""
        widget = self.widget
        return as_marked(widget).marks() if widget is not None else NOTHING


class MarkInterface(QAccessibleInterface):
    """One mark: an item of the list."""

    def __init__(self, widget: QWidget, key: str) -> None:
        super().__init__()
        self.key = key
        self._of = _Living(widget)
        self._press = _Press(widget, key)

    def _mark(self) -> TwinMark | None:
        return self._of.twin.mark(self.key)

    def belongs(self, widget: QWidget) -> bool:
        """Whether it is a mark of a widget."""
        return self._of.widget is widget

    def isValid(self) -> bool:
        """Whether the widget lives and shows the mark."""
        return self._mark() is not None

    def object(self) -> QObject:
        """No QObject stands behind a mark."""
        return cast(QObject, None)

    def window(self) -> QWindow:
        """The window it is in."""
        widget = self._of.widget
        return cast(QWindow, widget.window().windowHandle() if widget is not None else None)

    def parent(self) -> QAccessibleInterface:
        """The widget's interface."""
        widget = self._of.widget
        return cast(QAccessibleInterface, QAccessible.queryAccessibleInterface(widget) if widget is not None else None)

    def childCount(self) -> int:
        """A mark has no children."""
        return 0

    def child(self, index: int) -> QAccessibleInterface:
        """A mark has no children."""
        return cast(QAccessibleInterface, None)

    def childAt(self, x: int, y: int) -> QAccessibleInterface:
        """A mark has no children."""
        return cast(QAccessibleInterface, None)

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """A mark has no children."""
        return -1

    def role(self) -> QAccessible.Role:
        """An item of a list."""
        return QAccessible.Role.ListItem

    def text(self, kind: QAccessible.Text) -> str:
        """Its name and its description; blank for what is not asked of a mark."""
        mark = self._mark()
        if mark is None:
            return ""
        if kind is QAccessible.Text.Name:
            return mark.name
        return mark.description if kind is QAccessible.Text.Description else ""

    def setText(self, kind: QAccessible.Text, text: str) -> None:
        """Names of marks are data: a reader cannot change them."""

    def rect(self) -> QRect:
        """Its box on the screen; empty once it is gone."""
        widget, mark = self._of.widget, self._mark()
        return as_marked(widget).place(mark.box) if widget is not None and mark is not None else QRect()

    def state(self) -> QAccessible.State:
        """Focus and selection, and whether it is in sight."""
        state = QAccessible.State()
        widget = self._of.widget
        if widget is None or not self.isValid():
            state.invalid = True
            return state
        marked = as_marked(widget)
        state.focusable = state.selectable = True
        state.focused = widget.hasFocus() and marked.travelled == self.key
        state.selected = self.key in marked.selection
        state.invisible = not widget.isVisible()
        ground = QRect(widget.mapToGlobal(widget.rect().topLeft()), widget.size())
        state.offscreen = not ground.intersects(self.rect())
        return state

    def interface_cast(self, kind: QAccessible.InterfaceType) -> int:
        """The action, the one further interface of a mark."""
        return _pointer(self._press if kind is QAccessible.InterfaceType.ActionInterface else None)


class _Press(QAccessibleActionInterface):
    """What can be done to a mark: press it, which selects it, and put the keyboard on it."""

    def __init__(self, widget: QWidget, key: str) -> None:
        super().__init__()
        self._of = _Living(widget)
        self._key = key

    def actionNames(self) -> list[str]:
        """Press first: it is what a reader offers by itself."""
        return [QAccessibleActionInterface.pressAction(), QAccessibleActionInterface.setFocusAction()]

    def doAction(self, name: str) -> None:
        """Do one of them; another name does nothing, nor does any once the widget is gone."""
        widget = self._of.widget
        if widget is None:
            return
        if name == QAccessibleActionInterface.pressAction():
            as_marked(widget).select(self._key)
        elif name == QAccessibleActionInterface.setFocusAction():
            widget.setFocus()
            as_marked(widget).travel(self._key)

    def keyBindingsForAction(self, name: str) -> list[str]:
        """None of its own: the widget has the keys."""
        return []


class WidgetInterface(QAccessibleWidget):
    """The widget as a list of its marks. Child widgets are left out: a hover card says what descriptions say."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget, QAccessible.Role.List)
        self._of = _Living(widget)
        self._selection = _Selection(widget)

    def _mark_of(self, mark: TwinMark | None) -> QAccessibleInterface:
        """The interface of a mark; None for none."""
        widget = self._of.widget
        return cast(QAccessibleInterface, mark_interface(widget, mark.key) if widget is not None and mark else None)

    def childCount(self) -> int:
        """As many as there are marks."""
        return len(self._of.twin.marks)

    def child(self, index: int) -> QAccessibleInterface:
        """The mark at a place of the order, None beyond its ends."""
        marks = self._of.twin.marks
        return self._mark_of(marks[index] if 0 <= index < len(marks) else None)

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """The place of a mark in the order, -1 for what is none of them."""
        widget = self._of.widget
        if widget is None or not isinstance(child, MarkInterface) or not child.belongs(widget):
            return -1
        return self._of.twin.number(child.key)

    def childAt(self, x: int, y: int) -> QAccessibleInterface:
        """The mark at a point of the screen: an organization before a flow, the smaller box before the larger."""
        widget = self._of.widget
        if widget is None:
            return self._mark_of(None)
        found = (m for m in self._of.twin.marks if as_marked(widget).place(m.box).contains(x, y))
        return self._mark_of(min(found, key=_depth, default=None))

    def focusChild(self) -> QAccessibleInterface:
        """The mark that the keyboard is on."""
        widget = self._of.widget
        mark = self._of.twin.mark(as_marked(widget).travelled) if widget is not None and widget.hasFocus() else None
        return self._mark_of(mark) if mark is not None else super().focusChild()

    def text(self, kind: QAccessible.Text) -> str:
        """As any widget's; where it has no description of its own, the title of the picture."""
        said = super().text(kind)
        return self._of.twin.title if not said and kind is QAccessible.Text.Description else said

    def interface_cast(self, kind: QAccessible.InterfaceType) -> int:
        """The selection, and what any widget has."""
        if kind is QAccessible.InterfaceType.SelectionInterface:
            return _pointer(self._selection)
        inherited = super().interface_cast(kind)
        return inherited if inherited is not None else _pointer(None)  # type: ignore[redundant-expr]  # typed as a number


def _depth(mark: TwinMark) -> tuple[bool, float]:
    """How far behind others a mark counts where they overlap."""
    return mark.kind.is_line, mark.box[2] * mark.box[3]


class _Selection(QAccessibleSelectionInterface):
    """The selected marks of a widget. A reader selects one at a time."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__()
        self._of = _Living(widget)

    def selectedItems(self) -> list[QAccessibleInterface]:
        """Those that are shown, as the widget orders them."""
        widget = self._of.widget
        if widget is None:
            return []
        return [mark_interface(widget, key) for key in as_marked(widget).selection if self._of.twin.number(key) >= 0]

    def selectedItemCount(self) -> int:
        """How many are selected."""
        return len(self.selectedItems())

    def selectedItem(self, index: int) -> QAccessibleInterface:
        """One of them, None beyond their ends."""
        items = self.selectedItems()
        return items[index] if 0 <= index < len(items) else cast(QAccessibleInterface, None)

    def isSelected(self, child: QAccessibleInterface) -> bool:
        """Whether a mark is selected."""
        return isinstance(child, MarkInterface) and child in self.selectedItems()

    def select(self, child: QAccessibleInterface) -> bool:
        """Select a mark instead of what was selected."""
        widget = self._of.widget
        if widget is None or not isinstance(child, MarkInterface):
            return False
        as_marked(widget).select(child.key)
        return child.key in as_marked(widget).selection

    def unselect(self, child: QAccessibleInterface) -> bool:
        """Select nothing, if the mark was selected alone."""
        return self.isSelected(child) and self.selectedItemCount() == 1 and self.clear()

    def selectAll(self) -> bool:
        """Not offered: a selection of all marks says nothing."""
        return False

    def clear(self) -> bool:
        """Select nothing."""
        widget = self._of.widget
        if widget is None:
            return False
        as_marked(widget).select("")
        return not as_marked(widget).selection
