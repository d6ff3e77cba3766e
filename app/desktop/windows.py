"""The windows of the program: each a frame that is painted at once, and filled when a thread has loaded the rest."""

from __future__ import annotations

import contextlib
import gc
import importlib
import signal
import socket
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QHashSeed, QObject, QSize, QSocketNotifier, QTimer, Signal
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication, QWidget

from app.desktop import chrome
from app.desktop.frame import Frame, told
from app.places import resources
from app.session import logs
from app.session.settings import Settings

if TYPE_CHECKING:
    from app.desktop.application import Application
    from app.desktop.lastchance import LastChance


BARS = 199
"""Pixels that tool bar, lens bar and time bar take."""
CHARTS = "app.desktop.charts.timeline"
SOON, LATEST = 500, 3.0
"""Milliseconds after the window is filled, and seconds at most, that charts wait: two threads share one lock, and the
picture comes first."""


class Loader(QObject):
    """Imports what the window needs and opens the first file, on a thread of its own."""

    loaded = Signal(object, object)  # what `prepare` returned, or None; the error, or None
    charts_ready = Signal()
    """What draws charts has been imported too: it takes long and is not needed for the picture."""

    def __init__(self, path: Path | None, size: Callable[[], tuple[int, int]], place: dict[str, Any]) -> None:
        """path: None for the bundled dataset; size: of the canvas; place: where one looked last in the file."""
        super().__init__()
        self._path, self._size, self._place = path, size, place
        self._pictured = threading.Event()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON)
        self._soon.timeout.connect(self._pictured.set)
        self.loaded.connect(lambda *_: self._soon.start())
        self._thread = threading.Thread(target=self._load, name="loader", daemon=True)

    def start(self) -> None:
        """Begin. What is imported now lives as long as the program, so nobody looks for garbage among it until it is
        there: a tenth of the time until the first picture, and of what time costs later."""
        gc.disable()
        self._thread.start()

    def wait(self) -> None:
        """Until the thread has ended."""
        self._soon.stop()
        self._pictured.set()
        if self._thread.is_alive():
            self._thread.join()

    def _load(self) -> None:
        result: Any = None
        error: Exception | None = None
        try:
            opening = importlib.import_module("app.desktop.opening")
            result = opening.prepare(self._path, self._size(), self._place)
            importlib.import_module("app.desktop.application")
        except Exception as caught:  # the border of the thread: told to the user by `_fill`
            error = caught
        with contextlib.suppress(RuntimeError):  # the window was closed before the file was read
            try:
                self.loaded.emit(result, error)
                self._pictured.wait(LATEST)
            finally:
                gc.freeze()
                gc.enable()
            importlib.import_module(CHARTS)
            self.charts_ready.emit()


class Windows(QObject):
    """All windows of the program. Each has a document, a clock and a history of its own."""

    def __init__(self, settings: Settings | None = None) -> None:
        super().__init__()
        self.frames: list[Frame] = []
        self.filled: list[Application] = []
        self._settings = settings
        self._loaders: list[Loader] = []
        self._last_chance: LastChance | None = None
        self._looked = False  # for what an earlier run left behind: once

    def first(self, path: Path | None) -> Frame:
        """The window that the program begins with: on a file; None: on the last one, or on the bundled dataset."""
        frame = self._frame()
        path = path if path is not None else frame.settings.last
        frame.notice.say(f"Opening {path.name if path else 'the bundled dataset'} …")
        frame.show()
        loader = Loader(path, lambda: _room(frame.notice.size()), frame.settings.place(path))
        loader.loaded.connect(lambda result, error: self._fill(frame, path, result, error))
        loader.charts_ready.connect(self._grow)
        self._loaders.append(loader)
        # the thread starts once the frame has been painted: two threads share one interpreter lock
        frame.notice.installEventFilter(_AfterPaint(frame.notice, loader.start))
        return frame

    def another(self) -> Frame:
        """One more window, on its welcome page."""
        frame = self._frame()
        if len(self.frames) > 1:
            frame.move(self.frames[-2].pos().x() + 32, self.frames[-2].pos().y() + 32)
        frame.show()
        self._fill(frame, None, None, None)
        return frame

    def quit(self) -> None:
        """Close all windows, the newest first; one that has something to ask stays until it is answered."""
        for frame in reversed(self.frames.copy()):
            if not frame.close():
                break

    def end(self) -> None:
        """Stop what still runs."""
        if self._last_chance is not None:
            self._last_chance.remove()
        for part in self.filled:
            part.close()
        for loader in self._loaders:
            loader.wait()

    def _frame(self) -> Frame:
        frame = Frame(self._settings)
        frame.place_on_screen()
        frame.quit_wanted.connect(self.quit)
        frame.window_wanted.connect(self.another)
        frame.closing.connect(lambda: self.frames.remove(frame))
        self.frames.append(frame)
        return frame

    def _fill(self, frame: Frame, path: Path | None, result: Any, error: Exception | None) -> None:
        """Put the contents into the frame, or say why there are none."""
        if frame not in self.frames:
            return  # closed before the file was read
        lines = told(error, path) if error is not None else []
        if lines:
            print("\n".join(lines), file=sys.stderr)
        if self._last_chance is None:
            self._last_chance = importlib.import_module("app.desktop.lastchance").LastChance(
                lambda: [part.session.document for part in self.filled if part.session.document is not None],
                lambda: self.frames[-1] if self.frames else None,
            )
            self._last_chance.install()
        module = importlib.import_module("app.desktop.application")
        made = module.Application(frame, result)
        self.filled.append(made)
        if error is not None:
            made.documents.not_done(error, path, "opened")
        if not self._looked:
            self._looked = True
            recovering = importlib.import_module("app.desktop.recovering").Recovering
            recovering(self.filled[0], self._one_more, logs.journals()).begin()
        if CHARTS in sys.modules:
            self._grow()

    def _one_more(self) -> Application:
        self.another()
        return self.filled[-1]

    def _grow(self) -> None:
        """Charts in the place of what stood in for them."""
        for part in self.filled:
            part.timebar.grow()
            part.heating.grow()


def open_window(file: str | None) -> int:
    """Show the window on a file (default: the last one, else the bundled dataset) and run until the last window is
    closed; the exit code."""
    QHashSeed.setDeterministicGlobalSeed()  # a PDF has the same order of fonts as from the command line
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    prepare_application(application)
    logs.begin()
    windows = Windows()
    windows.first(Path(file) if file else None)
    signals = _Signals(windows.quit)
    code = application.exec()
    signals.close()
    windows.end()
    return code


def prepare_application(application: QApplication) -> None:
    """Style, name and font of the program."""
    application.setApplicationName("Talentflow")
    application.setStyle("Fusion")
    chrome.follow_system(QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont))
    fonts = sorted((resources() / "fonts").glob("*.ttf"))
    if fonts and (families := QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(fonts[0])))):
        font = QFont(families[0])
        font.setPixelSize(chrome.scaled(12))
        application.setFont(font)


def _room(whole: QSize) -> tuple[int, int]:
    """What the bars will leave of the middle of a frame: a picture of that size need not be laid out twice."""
    return whole.width(), whole.height() - chrome.scaled(BARS)


class _Signals(QObject):
    """Closes the windows at an interrupt or a request to end, also while nothing happens in them: Python looks at
    signals only when it runs, and a byte on a socket lets it run."""

    def __init__(self, then: Callable[[], None]) -> None:
        super().__init__()
        self._then = then
        self._ours, self._theirs = socket.socketpair()
        self._theirs.setblocking(False)
        self._before = signal.set_wakeup_fd(self._theirs.fileno())
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: QTimer.singleShot(0, then))
        self._notifier = QSocketNotifier(self._ours.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(lambda *_: self._ours.recv(64))

    def close(self) -> None:
        """Let Python's own handlers have them again."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._before)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        for end in (self._ours, self._theirs):
            end.close()


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
