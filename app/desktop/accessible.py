"""Marks of a painted widget as screen readers, and whatever else speaks to QAccessible, see them.

A painted widget is one blank rectangle to them. Here it becomes a list whose items are the marks of its text twin, with
names, figures, places on screen, focus and selection; pressing an item selects the mark. List and ListItem, not Canvas
and Graphic, for these two are read as a list with places in it (`3 of 18`) and offer selection on every platform.

All that tells is silent while nobody listens.
"""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent, QAccessibleInterface
from PySide6.QtWidgets import QWidget

from app.desktop.accessible_marks import Marked, as_marked, mark_interface, widget_interface

__all__ = ["Marked", "announce", "install", "told_changed", "told_focus", "told_selection"]

_kinds: list[type[QWidget]] = []


def install(kind: type[QWidget]) -> None:
    """Show the marks of all widgets of a class, which must satisfy `Marked`. Call it before the first one is made; a
    second time does nothing."""
    if not _kinds:
        QAccessible.installFactory(_interface)
    if kind not in _kinds:
        _kinds.append(kind)


def told_focus(widget: QWidget, key: str) -> None:
    """Tell that the keyboard has come to a mark, or with a blank key from the marks back to the widget. A key that is
    not shown tells nothing."""
    if not QAccessible.isActive():
        return
    if not key:
        _send(QAccessible.queryAccessibleInterface(widget), QAccessible.Event.Focus)
    elif as_marked(widget).marks().number(key) >= 0:
        _send(mark_interface(widget, key), QAccessible.Event.Focus)


def told_selection(widget: QWidget) -> None:
    """Tell that other marks are selected now, or none."""
    if not QAccessible.isActive():
        return
    marked = as_marked(widget)
    chosen = [key for key in marked.selection if marked.marks().number(key) >= 0]
    if len(chosen) == 1:
        _send(mark_interface(widget, chosen[0]), QAccessible.Event.Selection)
    else:
        _send(QAccessible.queryAccessibleInterface(widget), QAccessible.Event.SelectionWithin)


def told_changed(widget: QWidget) -> None:
    """Tell that the marks are others or say something else: after another picture or day. While time plays, tell it
    when it stops: a reader cannot keep up with frames."""
    if not QAccessible.isActive():
        return
    _send(QAccessible.queryAccessibleInterface(widget), QAccessible.Event.DescriptionChanged)
    marked = as_marked(widget)
    if marked.marks().number(marked.travelled) >= 0:
        at = mark_interface(widget, marked.travelled)
        _send(at, QAccessible.Event.NameChanged)
        _send(at, QAccessible.Event.DescriptionChanged)


def announce(widget: QWidget, text: str) -> None:
    """Have a screen reader say a sentence when it has finished what it is saying."""
    if QAccessible.isActive() and text:
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))


def _send(interface: QAccessibleInterface | None, event: QAccessible.Event) -> None:
    if interface is not None:
        QAccessible.updateAccessibility(QAccessibleEvent(interface, event))


def _interface(_name: str, of: QObject) -> QAccessibleInterface | None:
    """The factory: asked for an object by each name of its classes, the most special first."""
    return widget_interface(cast(QWidget, of)) if isinstance(of, tuple(_kinds)) else None
