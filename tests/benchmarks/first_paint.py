"""Start the program on the bundled dataset; print when its frame was painted and when people first moved, then end."""

import json
import os
import sys
import time
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from app.desktop import windows as frame

told: dict[str, float] = {}


def _moves(canvas: Any) -> bool:
    """Whether a canvas shows a picture while time plays. The class is not imported: that would be paid for at start."""
    return canvas.scene is not None and canvas.clock.playing and canvas._stills.shown is not None


class Watch(QObject):
    """Notes the first paint of the frame, and the first paint of a canvas on which a dot is on its way."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look at paints only."""
        if event.type() == QEvent.Type.Paint:
            name = type(watched).__name__
            if name == "Notice":
                told.setdefault("painted", time.time())
            elif name == "Canvas" and _moves(watched):
                told.setdefault("moving", time.time())
                QTimer.singleShot(0, QApplication.closeAllWindows)
        return False


class Application(QApplication):
    """The application with the watch on it."""

    def __init__(self, args: list[str]) -> None:
        super().__init__(args)
        self.watch = Watch()
        self.installEventFilter(self.watch)


setattr(frame, "QApplication", Application)  # noqa: B010  # a type checker takes a class for a constant
code = frame.open_window(None)
print(json.dumps(told))
sys.exit(code)
