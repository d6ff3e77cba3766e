"""What every test runs under: no screen, no home folder of the user's, no noise left unread, nothing left running.

A warning in the log, a message of Qt, a thread, a timer or an animation that outlives its test fails it. A test that
expects a record in the log takes it off the list of the `logged` fixture.
"""

from __future__ import annotations

import gc
import logging
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before anything loads Qt
os.environ["PYQTGRAPH_QT_LIB"] = "PySide6"

PATIENCE = 5.0
"""Seconds that a thread is given to end after its test. One that ends in time costs no waiting."""

# A slow machine is no failure, and the same commit gives the same verdict twice.
settings.register_profile(
    "steady", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.register_profile("wide", settings.get_profile("steady"), derandomize=False, max_examples=1_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))

FOLDERS = {
    "HOME": "",
    "USERPROFILE": "",
    "APPDATA": "AppData/Roaming",
    "LOCALAPPDATA": "AppData/Local",
    "XDG_CONFIG_HOME": ".config",
    "XDG_DATA_HOME": ".local/share",
    "XDG_STATE_HOME": ".local/state",
    "XDG_CACHE_HOME": ".cache",
    "XDG_RUNTIME_DIR": ".run",
}


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home folder, a new one for every test, where settings, journals and caches go."""
    folder = tmp_path_factory.mktemp("home")
    for name, under in FOLDERS.items():
        (folder / under).mkdir(parents=True, exist_ok=True)
        monkeypatch.setenv(name, str(folder / under))
    (folder / FOLDERS["XDG_RUNTIME_DIR"]).chmod(0o700)
    return folder


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture(autouse=True)
def logged() -> Iterator[list[logging.LogRecord]]:
    """Records of WARNING and above so far. What a test leaves in the list fails it."""
    collector = _Collector()
    logging.getLogger().addHandler(collector)
    yield collector.records
    logging.getLogger().removeHandler(collector)
    if collector.records:
        lines = [f"{r.levelname} {r.name}: {r.getMessage()}" for r in collector.records]
        pytest.fail("unexpected in the log:\n" + "\n".join(lines), pytrace=False)


@pytest.fixture(autouse=True)
def nothing_left_running(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fails a test whose threads still run when it is over; a test with a window, its timers and animations too."""
    before = set(threading.enumerate())
    yield
    end = time.monotonic() + PATIENCE
    for thread in set(threading.enumerate()) - before:
        thread.join(max(0.0, end - time.monotonic()))
    left = [f"thread {t.name}" for t in set(threading.enumerate()) - before]
    if "qapp" in request.fixturenames:
        left += _running_in_qt()
    if left:
        pytest.fail("still running after the test: " + ", ".join(sorted(left)), pytrace=False)


_told: set[int] = set()  # what one test left running is not laid at the door of the next


def _running_in_qt() -> list[str]:
    """Timers, animations and threads of Qt that Python made and that are active, with the class of their parent."""
    from PySide6.QtCore import QAbstractAnimation, QCoreApplication, QEvent, QObject, QThread, QTimer
    from shiboken6 import isValid

    def active(thing: QObject) -> bool:
        if isinstance(thing, QTimer):
            return thing.isActive()
        if isinstance(thing, QAbstractAnimation):
            return thing.state() == QAbstractAnimation.State.Running
        return isinstance(thing, QThread) and thing.isRunning() and thing is not QThread.currentThread()

    def find() -> list[QObject]:
        kinds = (QTimer, QAbstractAnimation, QThread)
        things = [o for o in gc.get_objects() if issubclass(type(o), kinds) and id(o) not in _told]
        return [o for o in things if isValid(o) and active(o)]

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    if not find():
        return []
    gc.collect()  # what only a circle of references held is gone now
    left = find()
    _told.update(id(o) for o in left)
    return [f"{type(o).__name__} of {type(o.parent()).__name__}" if o.parent() else type(o).__name__ for o in left]
