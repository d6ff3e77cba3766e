"""What the program notes of itself: a small log in the user's own folder, for reports of what went wrong."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

from PySide6.QtCore import QStandardPaths

LARGEST, KEPT = 500_000, 2
"""Bytes of a log file, and how many older ones are kept."""
LAST_LINES = 60


def folder() -> Path:
    """Where logs and what was rescued lie."""
    where = QStandardPaths.StandardLocation.GenericStateLocation
    return Path(QStandardPaths.writableLocation(where)) / "talentflow"


def journals() -> Path:
    """Where the journals of open documents lie."""
    return folder() / "journals"


def versions() -> Path:
    """Where earlier versions of saved files lie."""
    return folder() / "versions"


def begin() -> Path | None:
    """Write notes of INFO and above to the log file from now on; its path, None where the folder cannot be written."""
    path = folder() / "talentflow.log"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(path, maxBytes=LARGEST, backupCount=KEPT, encoding="utf-8", delay=True)
    except OSError:
        return None
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    handler.setLevel(logging.INFO)
    own = logging.getLogger("app")
    own.setLevel(logging.INFO)
    own.addHandler(handler)
    return path


def last_lines() -> list[str]:
    """The newest lines of the log; none if there is no log."""
    try:
        text = (folder() / "talentflow.log").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    return text.splitlines()[-LAST_LINES:]
