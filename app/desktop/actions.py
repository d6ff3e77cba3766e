"""What the window can do, as data: id, words, keys, place in the menus. One list feeds every menu and button.

What an action does is connected once, in `application`; a test walks the list for doubled keys and missing tips.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu


@dataclass(frozen=True, slots=True)
class Command:
    """One thing to do. menu: where it stands, `View/Theme` for a submenu; group: commands of which one is chosen;
    always: works before a dataset is there."""

    id: str
    text: str
    tip: str
    menu: str
    keys: tuple[str, ...] = ()
    group: str = ""
    always: bool = False
    break_before: bool = False


COMMANDS = (
    Command(
        "file.open", "&Open …", "Open a dataset from a file or a folder of tables", "File", ("Ctrl+O",), always=True
    ),
    Command("file.open-sample", "Open the &sample", "Open the bundled dataset of AI labs", "File", always=True),
    Command("file.reload", "&Reload", "Read the file again as it is on disk now", "File", ("Ctrl+R", "F5")),
    Command(
        "file.export",
        "&Export the picture …",
        "Write the picture as PNG, SVG or PDF",
        "File",
        ("Ctrl+E",),
        break_before=True,
    ),
    Command("file.copy", "&Copy the picture", "Put the picture on the clipboard", "File", ("Ctrl+Shift+C",)),
    Command("file.stop", "S&top opening", "Give up opening the file and keep what is shown", "File", ("Esc",)),
    Command("file.quit", "&Quit", "Close the window", "File", ("Ctrl+Q",), always=True, break_before=True),
    Command("view.zoom-in", "Zoom &in", "Show the picture larger", "View", ("Ctrl++", "Ctrl+=", "+")),
    Command("view.zoom-out", "Zoom &out", "Show the picture smaller", "View", ("Ctrl+-", "-")),
    Command("view.fit", "&Fit", "Show the whole picture", "View", ("Ctrl+0", "F")),
    Command(
        "view.filter",
        "Fi&lter …",
        "Type a filter, for example from:OpenAI to:Meta",
        "View",
        ("Ctrl+L", "/"),
        break_before=True,
    ),
    Command("view.evidence", "&Evidence", "Show or hide who says so", "View", ("Ctrl+I",)),
    Command("view.clear-filter", "&Clear the filter", "Show all moves again", "View", ("Ctrl+Shift+L",)),
    Command(
        "view.theme.system",
        "&System",
        "Light or dark as the system has it",
        "View/&Theme",
        group="theme",
        always=True,
        break_before=True,
    ),
    Command("view.theme.light", "&Light", "Dark on light", "View/&Theme", group="theme", always=True),
    Command("view.theme.dark", "&Dark", "Light on dark", "View/&Theme", group="theme", always=True),
    Command("time.play", "&Play", "Let time run, or stop it", "Time", ("Space",)),
    Command("time.first", "To the &beginning", "Go to the first day", "Time", ("Home",)),
    Command("time.last", "To the &end", "Go to the last day", "Time", ("End",)),
    Command("time.forward", "&Next move", "Go to the next day on which someone joined", "Time", ("Right",)),
    Command("time.back", "Pre&vious move", "Go to the last day before on which someone joined", "Time", ("Left",)),
    Command("time.faster", "&Faster", "Let time run twice as fast", "Time", ("Shift+Right",), break_before=True),
    Command("time.slower", "&Slower", "Let time run half as fast", "Time", ("Shift+Left",)),
    Command(
        "time.mode.cumulative",
        "&All up to the day",
        "Everyone who has moved stays in sight",
        "Time/&Keep",
        group="mode",
        break_before=True,
    ),
    Command(
        "time.mode.window",
        "Half a &year",
        "Those who moved in the half year before the day stay in sight",
        "Time/&Keep",
        group="mode",
    ),
    Command("time.mode.instant", "&Only the day", "Only who is on the way", "Time/&Keep", group="mode"),
)


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
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            action.setToolTip(f"{command.tip} ({keys})" if keys else command.tip)
            action.setStatusTip(command.tip)
            action.setEnabled(command.always)
            action.setIconVisibleInMenu(False)
            if command.group:
                action.setCheckable(True)
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

    def enable(self, enabled: Mapping[str, bool] | bool) -> None:
        """Enable by id, or all that need a dataset."""
        for command in COMMANDS:
            if isinstance(enabled, bool):
                self._actions[command.id].setEnabled(enabled or command.always)
            elif command.id in enabled:
                self._actions[command.id].setEnabled(enabled[command.id])

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
