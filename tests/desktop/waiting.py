"""Waiting in a GUI test with the event loop running as in the program.

`qtbot.waitUntil` waits in `QTest.qWait`, which holds the interpreter lock: a job on another thread would starve.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEventLoop, QTimer


def until(condition: Callable[[], bool], timeout: float = 20.0) -> None:
    """Run the event loop until a condition holds; fails the test after `timeout` seconds."""
    loop = QEventLoop()
    check, end = QTimer(), QTimer()
    check.timeout.connect(lambda: loop.quit() if condition() else None)
    end.setSingleShot(True)
    end.timeout.connect(lambda: loop.exit(1))
    check.start(5)
    end.start(round(timeout * 1000))
    late = not condition() and loop.exec() != 0
    check.stop()
    end.stop()
    if late:
        pytest.fail(f"waited {timeout:g} s in vain")
