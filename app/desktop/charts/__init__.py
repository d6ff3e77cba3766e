"""Charts of the window, drawn with pyqtgraph. It takes long to import, so nothing imports this package at start."""

from __future__ import annotations

import os

os.environ.setdefault("PYQTGRAPH_QT_LIB", "PySide6")  # pyqtgraph takes the first Qt that it finds, unless it is told
