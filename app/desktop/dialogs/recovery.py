"""Asks what shall become of work that an earlier run of the program left behind."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.pictures import wording
from app.session.recovery import Left

WIDTH, ROW, MOST = 560, 44, 6
"""Pixels of the dialog and of a row, and rows that are seen at once."""


class RecoveryDialog(QDialog):
    """The documents that can be brought back, all ticked."""

    wanted = Signal(object)
    """Those (list of Left) to bring back."""
    unwanted = Signal(object)
    """Those to give up."""

    def __init__(self, lefts: Sequence[Left], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Unsaved changes")
        self._lefts = list(lefts)
        head = QLabel("Talentflow ended before these changes were saved. They can be brought back, with undo and redo.")
        head.setWordWrap(True)
        self.list = QListWidget()
        self.list.setAccessibleName("Unsaved changes")
        self.list.setAlternatingRowColors(False)
        for left in self._lefts:
            item = QListWidgetItem(told(left))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked)
            item.setToolTip(str(left.path) if left.path is not None else "not on any disk yet")
            self.list.addItem(item)
        self.list.setFixedHeight(ROW * min(len(self._lefts), MOST) + 6)
        self.list.itemChanged.connect(lambda _: self._count())
        buttons = QDialogButtonBox()
        role = QDialogButtonBox.ButtonRole
        self.bring_back = buttons.addButton("&Bring back", role.AcceptRole)
        self.discard = buttons.addButton("&Discard …", role.DestructiveRole)
        self.later = buttons.addButton("&Not now", role.RejectRole)
        self.later.setToolTip("They are offered again at the next start")
        for button in buttons.buttons():
            button.setIcon(QIcon())
        self.bring_back.setDefault(True)
        self.bring_back.clicked.connect(lambda: self._end(self.wanted))
        self.discard.clicked.connect(lambda: self._end(self.unwanted))
        self.later.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(12)
        for part in (head, self.list, buttons):
            column.addWidget(part)
        self.resize(WIDTH, self.sizeHint().height())

    @property
    def ticked(self) -> list[Left]:
        """The documents that are ticked."""
        items = (self.list.item(n) for n in range(self.list.count()))
        pairs = zip(self._lefts, items, strict=True)
        return [left for left, item in pairs if item.checkState() == Qt.CheckState.Checked]

    def _count(self) -> None:
        for button in (self.bring_back, self.discard):
            button.setEnabled(bool(self.ticked))

    def _end(self, signal: SignalInstance) -> None:
        ticked = self.ticked
        self.accept()
        signal.emit(ticked)


def told(left: Left) -> str:
    """Name, how many changes, when the last of them was made, and the folder."""
    changes = wording.counted(left.n_changes, "change") if left.n_changes else "changes"
    folder = f"\n{left.path.parent}" if left.path is not None else "\nnot on any disk yet"
    return f"{left.name}: {changes}, the last {_when(left.time.astimezone())}{folder}"


def _when(time: datetime) -> str:
    """`today at 14:10`, or the day and the time."""
    today = datetime.now(time.tzinfo).date()
    return f"today at {time:%H:%M}" if time.date() == today else f"on {time:%Y-%m-%d} at {time:%H:%M}"
