"""When something goes wrong that nobody foresaw: unsaved work is put aside in a file, and the user can copy a report.

The program goes on where it can. Nothing is sent anywhere.
"""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from collections.abc import Callable, Iterable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from app import __version__
from app.desktop.dialogs.help import libraries
from app.files.registry import write
from app.session.document import Document
from app.session.logs import folder, last_lines

log = logging.getLogger(__name__)

Raised = tuple[type[BaseException], BaseException, TracebackType | None]


class LastChance(QObject):
    """Takes what no one else has caught, on any thread, and tells it once at a time."""

    _caught = Signal(object)

    def __init__(self, documents: Callable[[], Iterable[Document]], parent: Callable[[], QWidget | None]) -> None:
        """documents: those of all windows; parent: a window to show the report over."""
        super().__init__()
        self._documents, self._parent = documents, parent
        self._telling = False
        self._before = (sys.excepthook, threading.excepthook)
        self._caught.connect(self._tell)

    def install(self) -> None:
        """Take over from Python's own handlers."""
        sys.excepthook = self._hook
        threading.excepthook = lambda args: (
            self._hook(args.exc_type, args.exc_value, args.exc_traceback) if args.exc_value is not None else None
        )

    def remove(self) -> None:
        """Give Python's own handlers back."""
        sys.excepthook, threading.excepthook = self._before

    def _hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._before[0](kind, error, trace)
            return
        log.error("unforeseen", exc_info=(kind, error, trace))
        self._caught.emit((kind, error, trace))

    def _tell(self, raised: Raised) -> None:
        """On the window's thread. What fails while it is told is left to the log."""
        if self._telling:
            return
        self._telling = True
        try:
            kept = [path for document in self._documents() if (path := put_aside(document)) is not None]
            dialog = ReportDialog(report(raised), kept, self._parent())
            dialog.exec()
            dialog.deleteLater()
        finally:
            self._telling = False


def put_aside(document: Document) -> Path | None:
    """Write unsaved work to a file beside the log; its path, None if there is none or it cannot be written."""
    if not document.changed:
        return None
    stem = document.name.split(".")[0] or "dataset"
    try:
        folder().mkdir(parents=True, exist_ok=True)
        path = next(p for n in range(1, 1000) if not (p := folder() / f"rescued-{stem}-{n}.json").exists())
        write(document.dataset, path)
    except Exception:  # whatever it is: the report must still be shown
        log.exception("unsaved work could not be put aside")
        return None
    return path


def report(raised: Raised | None = None) -> str:
    """What helps to find a fault: versions, what was raised, the last lines of the log. No data of the user's."""
    parts = [f"Talentflow {__version__}", " · ".join(libraries())]
    if raised is not None:
        parts += ["", "".join(traceback.format_exception(*raised)).rstrip()]
    lines = last_lines()
    return "\n".join([*parts, "", "Log:", *lines]) if lines else "\n".join(parts)


class ReportDialog(QDialog):
    """Says what happened, where unsaved work lies, and shows the report to copy."""

    def __init__(self, text: str, kept: list[Path], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Something went wrong")
        lines = [
            "Something went wrong that should not have. What is open is as it was before; save it under another name."
        ]
        if kept:
            lines.append("Unsaved work has been put aside: " + ", ".join(map(str, kept)))
        lines.append("Copy this report to tell us about it. Nothing is sent by itself.")
        head = QLabel("\n".join(lines))
        head.setWordWrap(True)
        self.text = QPlainTextEdit(text)
        self.text.setReadOnly(True)
        self.text.setAccessibleName("Report")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.copy = QPushButton("&Copy the report")
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(text))
        for button in buttons.buttons():
            button.setIcon(QIcon())
        buttons.addButton(self.copy, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(12)
        for part in (head, self.text, buttons):
            column.addWidget(part)
        self.resize(640, 420)
