"""The frame: an empty main window that paints at once.

Imports PySide6 and the standard library only, for importing the data libraries takes longer than a user waits for a
window. `windows` opens frames and loads the rest; what fills a frame stands in `application`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QRectF, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QGuiApplication, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QApplication,
    QComboBox,
    QMainWindow,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from app.desktop import chrome
from app.desktop.actions import Actions
from app.render.theme import THEMES, Theme
from app.session.settings import Settings

SIZE = (1440, 900)
SMALLEST = (640, 420)
TITLE_BAR = 36
"""Pixels of the screen's height that are left to the title bar, whose height is not known before it is there."""


OWN_KEYS = frozenset(
    {
        Qt.Key.Key_Space,
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
    }
)
"""Keys that a focused button, list or slider needs for itself, before they are commands of the window."""
NEEDY = (QAbstractButton, QAbstractItemView, QAbstractSlider, QComboBox, QTabBar)


class Notice(QWidget):
    """A page with one sentence and, below it, what to do: while a file is opened, or when it could not be."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._head, self._lines = "", [""]
        self.theme: Theme = THEMES["light"]

    def say(self, head: str, *lines: str) -> None:
        """Show a sentence and lines below it."""
        self._head, self._lines = head, list(lines)
        self.setAccessibleName(" ".join((head, *lines)))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground and words, centred."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), chrome.qcolor(self.theme.bg))
        painter.setFont(chrome.lettered(self.font(), 15, 650))
        painter.setPen(chrome.qcolor(self.theme.ink))
        area = QRectF(self.rect()).adjusted(60, 0, -60, 0)
        middle = area.center().y()
        painter.drawText(QRectF(area.left(), middle - 34, area.width(), 26), Qt.AlignmentFlag.AlignCenter, self._head)
        painter.setFont(chrome.lettered(self.font(), 12, 430))
        painter.setPen(chrome.qcolor(self.theme.ink2))
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        painter.drawText(QRectF(area.left(), middle, area.width(), 200), flags, "\n".join(self._lines))
        painter.end()


class Frame(QMainWindow):
    """The main window without contents: menus, a notice in the middle, a status bar."""

    closing = Signal()
    """The window goes."""
    quit_wanted = Signal()
    """All windows shall close."""
    window_wanted = Signal()
    """Another window shall open."""
    theme_changed = Signal(object)
    dropped = Signal(object)
    """A file was dropped on the window: its Path."""

    def __init__(self, settings: Settings | None = None) -> None:
        super().__init__()
        self.settings = settings or Settings()
        self.setAcceptDrops(True)
        self.setWindowTitle("Talentflow")
        self.setMinimumSize(*SMALLEST)
        self.actions_by_id = Actions(self)
        self.notice = Notice(self)
        self.body = QWidget(self)
        column = QVBoxLayout(self.body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notice, 1)
        self.setCentralWidget(self.body)
        self.statusBar().setSizeGripEnabled(False)
        self._chosen = self.settings.theme
        self.theme: Theme = self._theme_named(self._chosen)
        self.may_close: Callable[[], bool] = lambda: True
        """Asked before the window closes; who says no closes it later, when nothing will be lost."""
        self.actions_by_id["file.quit"].triggered.connect(self.quit_wanted)
        self.actions_by_id["file.new-window"].triggered.connect(self.window_wanted)
        for name in ("system", "light", "dark"):
            action = self.actions_by_id[f"view.theme.{name}"]
            action.setChecked(name == self._chosen)
            action.triggered.connect(lambda _=False, n=name: self.choose_theme(n))
        QGuiApplication.styleHints().colorSchemeChanged.connect(lambda _: self.choose_theme(self._chosen))
        self._dress()

    def choose_theme(self, name: str) -> None:
        """`light`, `dark` or `system`."""
        if name != self._chosen:
            self._chosen = self.settings.theme = name
        self.theme = self._theme_named(name)
        self.actions_by_id[f"view.theme.{name}"].setChecked(True)
        self._dress()

    def _theme_named(self, name: str) -> Theme:
        return chrome.system_theme() if name == "system" else THEMES[name]

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A single file or folder may be dropped."""
        if self._dragged(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open what was dropped."""
        path = self._dragged(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.dropped.emit(path)

    @staticmethod
    def _dragged(data: QMimeData) -> Path | None:
        urls = data.urls()
        return Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None

    def _dress(self) -> None:
        application = QApplication.instance()
        if isinstance(application, QApplication):
            chrome.dress(application, self.theme)
        self.notice.theme = self.theme
        self.notice.update()
        self.theme_changed.emit(self.theme)

    def place_on_screen(self) -> None:
        """Where the last window stood; else the size of the mock-ups, or what the screen has room for, centred."""
        if self.restoreGeometry(self.settings.window[0]):
            return
        room = self.screen().availableGeometry().adjusted(0, 0, 0, -TITLE_BAR)
        self.resize(min(SIZE[0], room.width()), min(SIZE[1], room.height()))
        self.move(room.center() - self.rect().center())

    def event(self, event: QEvent) -> bool:
        """Let a button be pressed with Space and a list walked with arrows, though these are commands too."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if plain and Qt.Key(event.key()) in OWN_KEYS and isinstance(QApplication.focusWidget(), NEEDY):
                event.accept()
                return True
        return super().event(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close if nothing is lost by it, and tell whoever works behind the window to stop."""
        if not self.may_close():
            event.ignore()
            return
        self.closing.emit()
        event.accept()


def told(error: Exception, path: Path | None, what: str = "opened") -> list[str]:
    """An error in one to three lines: what is wrong, what to do. path: None for the bundled dataset."""
    from app.domain.errors import TalentflowError  # light, but not needed to paint the frame

    if isinstance(error, TalentflowError):
        return error.text.splitlines()
    name = str(path) if path else "The bundled dataset"
    return [f"{name} could not be {what}.", f"{type(error).__name__}: {error}"]
