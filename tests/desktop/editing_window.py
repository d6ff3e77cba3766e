"""A process with a window on a file that is edited until somebody kills it: `python -m tests.desktop.editing_window F`.

A number is written once the step of that number is acknowledged.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from app.desktop.windows import Windows, prepare_application
from app.domain.edit import put


def main(file: str) -> None:
    """Rename a person again and again, as fast as the window can."""
    application = QApplication(sys.argv[:1])
    prepare_application(application)
    windows = Windows()
    windows.first(Path(file))
    done = 0

    def step() -> None:
        nonlocal done
        if not windows.filled or windows.filled[0].session.document is None:
            return
        done += 1
        session = windows.filled[0].session
        dataset = session.document.dataset if session.document is not None else None
        assert dataset is not None
        row = dataset.row("people", "ada") or {}
        session.do(put(dataset, f"Rename {done}", {"people": [{**row, "name": f"Name {done}"}]}))
        sys.stdout.write(f"{done}\n")
        sys.stdout.flush()

    timer = QTimer()
    timer.timeout.connect(step)
    timer.start(0)
    application.exec()


if __name__ == "__main__":
    main(sys.argv[1])
