"""The status line: how much the dataset holds, what is being done, what is doubtful, whether it is saved."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QStatusBar

from app.domain import dates
from app.pictures import wording
from app.session.document import Document

SLOW = 300
"""Milliseconds after which work that still runs shows its progress."""


class StatusLine(QObject):
    """Fills a status bar."""

    issues_wanted = Signal()
    stop_wanted = Signal()

    def __init__(self, bar: QStatusBar) -> None:
        super().__init__(bar)
        self._counts, self._known = QLabel(), QLabel()
        self._issues, self._stop = QPushButton(), QPushButton("Stop")
        self.progress = QProgressBar()
        self._counts.setContentsMargins(12, 0, 0, 0)
        self.progress.setRange(0, 0)
        self.progress.setFixedWidth(200)
        self.progress.setAccessibleName("Work under way")
        for button in (self._issues, self._stop):
            button.setFlat(True)
            button.setObjectName("quiet")
        self._issues.setToolTip("What is doubtful in the dataset")
        self._issues.clicked.connect(self.issues_wanted)
        self._stop.setToolTip("Give up opening or exporting (Esc)")
        self._stop.clicked.connect(self.stop_wanted)
        bar.addWidget(self._counts)
        for part in (self.progress, self._stop, self._known, self._issues):
            bar.addPermanentWidget(part)
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(SLOW)
        self._slow.timeout.connect(self._show_progress)
        self._can_stop = False
        self.show_busy("")
        self.show_document(None)

    def close(self) -> None:
        """Stop the timer."""
        self._slow.stop()

    def show_busy(self, what: str, *, can_stop: bool = False) -> None:
        """Say what is being done, if it takes a while; blank: nothing is."""
        self._slow.stop()
        self._can_stop = can_stop
        if what:
            self.tell(what)
            self._slow.start()
        else:
            self.progress.hide()
            self._stop.hide()

    def tell(self, what: str) -> None:
        """Say how far the work is that `show_busy` has told of."""
        self.progress.setFormat(what)
        self.progress.setAccessibleDescription(what)

    def show_document(self, document: Document | None) -> None:
        """Say how much a document holds."""
        self._issues.setVisible(document is not None)
        if document is None:
            self._counts.setText("")
            return
        counts = (("people", "person", "people"), ("organizations",), ("stints",), ("sources",))
        words = (wording.counted(document.dataset[t].height, *(rest or (t.removesuffix("s"),))) for t, *rest in counts)
        self._counts.setText(" · ".join(words))

    def show_faults(self, n_errors: int, n_warnings: int) -> None:
        """Say how much is doubtful or wrong."""
        self._issues.setText(f"{wording.counted(n_warnings, 'warning')} · {wording.counted(n_errors, 'error')}")
        self._issues.setAccessibleName(self._issues.text())

    def show_known_by(self, day: int | None) -> None:
        """Say whose knowledge counts, where it is not that of today."""
        self._known.setText(f"Known by {dates.text(day)}" if day is not None else "")

    def _show_progress(self) -> None:
        self.progress.show()
        self._stop.setVisible(self._can_stop)
