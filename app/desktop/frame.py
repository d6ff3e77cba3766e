"""The frame: an empty main window that paints at once, while a thread loads the rest behind it.

Imports PySide6 and the standard library only, for importing the data libraries takes longer than a user waits for a
window. What fills the frame stands in `application`.
"""

from __future__ import annotations

import contextlib
import importlib
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QMimeData, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QFont,
    QFontDatabase,
    QGuiApplication,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QApplication, QMainWindow, QVBoxLayout, QWidget

from app.desktop import chrome
from app.desktop.actions import Actions
from app.places import resources
from app.render.theme import THEMES, Theme
from app.session.settings import Settings

if TYPE_CHECKING:
    from app.desktop.application import Application

SIZE = (1440, 900)
SMALLEST = (640, 420)
TITLE_BAR = 36
"""Pixels of the screen's height that are left to the title bar, whose height is not known before it is there."""


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
        self.actions_by_id["file.quit"].triggered.connect(self.close)
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

    def fit_to_screen(self) -> None:
        """The size of the mock-ups, or what the screen has room for, in its middle."""
        room = self.screen().availableGeometry().adjusted(0, 0, 0, -TITLE_BAR)
        self.resize(min(SIZE[0], room.width()), min(SIZE[1], room.height()))
        self.move(room.center() - self.rect().center())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell whoever works behind the window to stop."""
        self.closing.emit()
        event.accept()


class Loader(QObject):
    """Imports what the window needs and opens the first file, on a thread of its own."""

    loaded = Signal(object, object)  # what `prepare` returned, or None; the error, or None

    def __init__(self, path: Path | None, size: Callable[[], tuple[int, int]]) -> None:
        super().__init__()
        self._path = path
        self._size = size
        self._thread = threading.Thread(target=self._load, name="loader", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def wait(self) -> None:
        """Until the thread has ended."""
        if self._thread.is_alive():
            self._thread.join()

    def _load(self) -> None:
        result: Any = None
        error: Exception | None = None
        try:
            opening = importlib.import_module("app.desktop.opening")
            result = opening.prepare(self._path, self._size())
            importlib.import_module("app.desktop.application")
        except Exception as caught:  # the border of the thread: told to the user by `fill`
            error = caught
        with contextlib.suppress(RuntimeError):  # the window was closed before the file was read
            self.loaded.emit(result, error)


def open_window(file: str | None) -> int:
    """Show the window on a file (default: the bundled dataset) and run until it is closed; the exit code."""
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    prepare_application(application)
    frame = Frame()
    frame.fit_to_screen()
    path = Path(file) if file else None
    frame.notice.say(f"Opening {path.name if path else 'the bundled dataset'} …")
    frame.show()
    filled: list[Application] = []
    loader = Loader(path, lambda: (frame.notice.width(), frame.notice.height()))
    loader.loaded.connect(lambda result, error: _fill(frame, filled, path, result, error))
    # the thread starts once the frame has been painted: two threads share one interpreter lock
    starter = _AfterPaint(frame.notice, loader.start)
    frame.notice.installEventFilter(starter)
    signal.signal(signal.SIGINT, lambda *_: frame.close())
    code = application.exec()
    for part in filled:
        part.close()
    loader.wait()
    return code


def prepare_application(application: QApplication) -> None:
    """Style, name and font of the program."""
    application.setApplicationName("Talentflow")
    application.setStyle("Fusion")
    fonts = sorted((resources() / "fonts").glob("*.ttf"))
    if fonts and (families := QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(fonts[0])))):
        font = QFont(families[0])
        font.setPixelSize(12)
        application.setFont(font)


def _fill(frame: Frame, filled: list[Any], path: Path | None, result: Any, error: Exception | None) -> None:
    """Put the contents into the frame, or say why there are none."""
    if error is not None:
        head, *lines = told(error, path)
        frame.notice.say(head, *lines, "", "Open another file with Ctrl+O, or drop one here.")
        print("\n".join((head, *lines)), file=sys.stderr)
    module = importlib.import_module("app.desktop.application")
    filled.append(module.Application(frame, result))


def told(error: Exception, path: Path | None, what: str = "opened") -> list[str]:
    """An error in one to three lines: what is wrong, what to do. path: None for the bundled dataset."""
    from app.domain.errors import TalentflowError  # light, but not needed to paint the frame

    if isinstance(error, TalentflowError):
        return error.text.splitlines()
    name = str(path) if path else "The bundled dataset"
    return [f"{name} could not be {what}.", f"{type(error).__name__}: {error}"]


class _AfterPaint(QObject):
    """Calls once, when a widget has been painted."""

    def __init__(self, widget: QWidget, then: Callable[[], None]) -> None:
        super().__init__(widget)
        self._then: Callable[[], None] | None = then

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Wait for the first paint."""
        if event.type() == QEvent.Type.Paint and self._then is not None:
            QTimer.singleShot(0, self._then)
            self._then = None
        return False


__all__ = ["Frame", "Loader", "Notice", "open_window", "prepare_application"]
