"""A real browser without a window, where one is installed: what it says of a page, and how the page looks."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
needed = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed here")


def run(
    folder: Path, address: str, *flags: str, size: tuple[int, int] = (1600, 1000), budget: int = 3000
) -> subprocess.CompletedProcess[str]:
    """One visit; standard output and standard error of the browser. budget: milliseconds of the page's own time."""
    assert CHROMIUM is not None
    fixed = ("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--enable-logging=stderr")
    window = f"--window-size={size[0]},{size[1]}", f"--user-data-dir={folder / 'profile'}"
    return subprocess.run(
        [CHROMIUM, *fixed, *window, f"--virtual-time-budget={budget}", *flags, address],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )


def complaints(said: str) -> list[str]:
    """What the console of a page complained of."""
    return re.findall(r"CONSOLE.*", said)


def pixels(made: QImage) -> np.ndarray:
    """Red, green, blue of an image, (height, width, 3)."""
    plain = made.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(plain.constBits(), dtype=np.uint8).reshape(plain.height(), plain.bytesPerLine())
    return rows[:, : plain.width() * 3].reshape(plain.height(), plain.width(), 3).astype(int)
