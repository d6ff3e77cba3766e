"""The commands of a window as QActions, in its menus."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from app.desktop.chrome import qcolor
from app.desktop.commands import COMMANDS, Command
from app.desktop.icons import icon
from app.render.theme import Theme


class Actions:
    """The QActions of a window by command id, and its menus."""

    def __init__(self, window: QMainWindow) -> None:
        self._actions: dict[str, QAction] = {}
        groups: dict[str, QActionGroup] = {}
        self.menus: dict[str, QMenu] = {}
        """Menus by their path, as `File` or `View/&Theme`."""
        menus = self.menus
        for command in COMMANDS:
            action = QAction(command.text, window)
            action.setObjectName(command.id)
            action.setShortcuts([QKeySequence(keys) for keys in command.keys])
            action.setToolTip(f"{command.tip} ({keys})" if (keys := self.keys_of(action)) else command.tip)
            action.setStatusTip(command.tip)
            action.setEnabled(command.always)
            action.setIconVisibleInMenu(False)
            action.setCheckable(command.checkable or bool(command.group))
            if command.group:
                if command.group not in groups:
                    groups[command.group] = QActionGroup(window)
                groups[command.group].addAction(action)
            menu = self._menu(window, menus, command.menu, separated=command.break_before)
            if command.break_before and "/" not in command.menu:
                menu.addSeparator()
            menu.addAction(action)
            self._actions[command.id] = action

    def __getitem__(self, command_id: str) -> QAction:
        return self._actions[command_id]

    @staticmethod
    def keys_of(action: QAction) -> str:
        """Its first keys as this system writes them; blank for none."""
        return action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)

    def show_theme(self, theme: Theme) -> None:
        """Icons in the theme's colours."""
        for command in COMMANDS:
            if command.icon:
                self._actions[command.id].setIcon(icon(command.icon, qcolor(theme.ink2).name()))

    def enable(self, *, enabled: bool) -> None:
        """Enable or disable all that need a dataset."""
        for command in COMMANDS:
            self._actions[command.id].setEnabled(enabled or command.always)

    def offered(self) -> Iterable[tuple[Command, QAction]]:
        """The commands that can be used now."""
        return ((c, self._actions[c.id]) for c in COMMANDS if self._actions[c.id].isEnabled())

    def submenu(self, path: str, text: str, after: str) -> QMenu:
        """A new menu within the menu of that path, below the action `after`."""
        menu, made = self.menus[path], QMenu(text, self.menus[path])
        below = menu.actions()[menu.actions().index(self._actions[after]) + 1]
        menu.insertMenu(below, made)
        return made

    def _menu(self, window: QMainWindow, menus: dict[str, QMenu], path: str, *, separated: bool) -> QMenu:
        if path in menus:
            return menus[path]
        parent, _, name = path.rpartition("/")
        if parent:
            above = self._menu(window, menus, parent, separated=False)
            if separated:
                above.addSeparator()
            made = above.addMenu(name)
        else:
            made = window.menuBar().addMenu(f"&{name}")
        menus[path] = made
        return made
