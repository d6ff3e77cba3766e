"""The small form of an edit about a seat: a day, how sure, who says so, and what else the edit asks for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QIcon
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from app.analysis.adding import Party
from app.analysis.citing import cited
from app.analysis.seat_making import Said
from app.analysis.seating import Wish
from app.desktop.chrome import scaled
from app.desktop.dialogs.notes import Notes
from app.desktop.dialogs.saying import TYPED, hint, mark_wrong, status_choice
from app.desktop.editors.lines import meant
from app.desktop.pickers import Picker
from app.domain import dates
from app.domain.errors import Fault

WIDTH = 380
BLANK = "What will be done stands here first."
CORRECTS = "No day: it is not known, or what is on record is corrected"
Choice = tuple[str, str]
"""The value of one of several answers, and its words."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What stands in a form: parties by the names of their fields, texts, and the choice taken; blank where a form does
    not ask."""

    parties: Mapping[str, Party] = field(default_factory=lambda: MappingProxyType({}))
    texts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    choice: str = ""


@dataclass(frozen=True, eq=False)
class Asked:
    """What a form asks for. title: of the form; action: on its button; wish: what its answers mean; pickers, lines: by
    the names of their fields (those of the mistakes), with their captions; choices: of which one is taken; dated:
    whether it asks for a day; begun: what is chosen already, by field."""

    title: str
    action: str
    wish: Callable[[Answers], Wish]
    pickers: Mapping[str, tuple[str, Callable[[], Picker]]] = field(default_factory=lambda: MappingProxyType({}))
    lines: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    choices: tuple[Choice, ...] = ()
    dated: bool = True
    begun: Mapping[str, Party] = field(default_factory=lambda: MappingProxyType({}))


class SeatDialog(QDialog):
    """Asks, says what would be done, and is closed by what is done. Whoever shows it says with `show_result` what would
    become of the answers."""

    changed = Signal()
    """The form says something else than before."""
    wanted = Signal()
    """What it says shall be done."""

    def __init__(self, asked: Asked, day: str, parent: QWidget | None = None) -> None:
        """day: that stands in it at first."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("seatForm")
        self.setWindowTitle(asked.title)
        self._asked = asked
        self.pickers = {name: make() for name, (_, make) in asked.pickers.items()}
        self.lines = {name: QLineEdit() for name in asked.lines}
        self.choices = {value: QRadioButton(words) for value, words in asked.choices}
        self.day = QLineEdit(day if asked.dated else "")
        self.day.setPlaceholderText("2025-06-26, 2025-06, 2025")
        self.day.setAccessibleName("Day")
        self.meant = hint()
        self.status = status_choice()
        self.source = QLineEdit()
        self.source.setPlaceholderText("Link or text of a report; may stay blank")
        self.source.setAccessibleName("Source")
        self.notes = Notes()
        self.notes.setText(BLANK)
        self.notes.setAccessibleName("What will be done")
        self.accept_button = QPushButton(asked.action)
        self.accept_button.setDefault(True)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(TYPED)
        self._wait.timeout.connect(self.changed)
        self._set_out()
        self._connect()
        for name, party in asked.begun.items():
            self.pickers[name].put(party)
        empty = [picker for picker in self.pickers.values() if not picker.party]
        first = next(iter([*empty, *self.lines.values()]), self.day if asked.dated else self.source)
        first.setFocus()
        self.day.selectAll()
        self._look()

    @property
    def wish(self) -> Wish:
        """What the answers mean."""
        chosen = next((value for value, button in self.choices.items() if button.isChecked()), "")
        parties = {name: picker.party for name, picker in self.pickers.items()}
        texts = {name: " ".join(line.text().split()) for name, line in self.lines.items()}
        return self._asked.wish(Answers(parties, texts, chosen))

    @property
    def said(self) -> Said:
        """When, how sure, on whose word."""
        return Said(self.day.text().strip(), str(self.status.currentData()), cited(self.source.text(), dates.today()))

    def show_result(self, effects: Sequence[str], doubts: Sequence[Fault], mistakes: Sequence[Fault]) -> None:
        """Say what would be done, what is doubtful about it, or what must be put right first."""
        mark_wrong({**self.pickers, **self.lines, "day": self.day, "source": self.source}, mistakes)
        blank = {name for name, picker in self.pickers.items() if not picker.text().strip()}
        self.notes.say(effects, doubts, [fault for fault in mistakes if fault.field not in blank], BLANK)
        self.accept_button.setEnabled(not mistakes)
        self._fit()

    def show_at(self, place: QPoint) -> None:
        """Open below a place of the screen, within the window that it belongs to."""
        self._fit()
        owner, size = self.parentWidget(), self.size()
        corner = place + QPoint(12, 12)
        if owner is not None:
            area = owner.window().geometry()
            corner.setX(max(area.left() + 8, min(corner.x(), area.right() - size.width() - 8)))
            corner.setY(max(area.top() + 8, min(corner.y(), area.bottom() - size.height() - 40)))
        self.move(corner)
        self.show()
        self.activateWindow()

    def hideEvent(self, event: QHideEvent) -> None:
        """Who does not see the form waits for nothing."""
        self._wait.stop()
        super().hideEvent(event)

    def sizeHint(self) -> QSize:
        """Narrow: it stands over the picture."""
        return QSize(scaled(WIDTH), super().sizeHint().height())

    def _set_out(self) -> None:
        form = QFormLayout()
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setHorizontalSpacing(10)
        form.setVerticalSpacing(7)
        for name, picker in self.pickers.items():
            caption = self._asked.pickers[name][0]
            picker.setAccessibleName(caption.replace("&", ""))
            form.addRow(caption, picker)
        for name, line in self.lines.items():
            line.setAccessibleName(self._asked.lines[name].replace("&", ""))
            form.addRow(self._asked.lines[name], line)
        if self.choices:
            row = QHBoxLayout()
            row.setSpacing(14)
            for choice in self.choices.values():
                row.addWidget(choice)
            row.addStretch(1)
            next(iter(self.choices.values())).setChecked(True)
            form.addRow("", row)
        if self._asked.dated:
            form.addRow("&Day", self.day)
            form.addRow("", self.meant)
        form.addRow("&Status", self.status)
        form.addRow("Sour&ce", self.source)
        buttons = QDialogButtonBox()
        buttons.addButton(self.accept_button, QDialogButtonBox.ButtonRole.AcceptRole)
        cancel = buttons.addButton("Cancel", QDialogButtonBox.ButtonRole.RejectRole)
        for button in buttons.buttons():
            button.setIcon(QIcon())
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 12)
        column.setSpacing(9)
        column.addLayout(form)
        column.addWidget(self.notes)
        column.addStretch(1)
        column.addWidget(buttons)
        self.setFixedWidth(scaled(WIDTH))

    def _connect(self) -> None:
        for picker in self.pickers.values():
            picker.chosen.connect(lambda _: self._look())
        for line in (*self.lines.values(), self.day, self.source):
            line.textChanged.connect(lambda _: self._look())
        for button in self.choices.values():
            button.toggled.connect(lambda _: self._look())
        self.status.currentIndexChanged.connect(lambda _: self._look())
        self.accept_button.clicked.connect(self.wanted)

    def _look(self) -> None:
        """Say what the day means, at once; the rest when nothing is typed any more."""
        text = self.day.text().strip()
        self.meant.setText(meant(text) if text else CORRECTS)
        self.meant.setVisible(bool(self.meant.text()) and self._asked.dated)
        self._wait.start()
        self._fit()

    def _fit(self) -> None:
        """As high as what stands in it; never lower than it was, so that buttons do not jump away from the pointer."""
        layout = self.layout()
        assert layout is not None
        layout.activate()
        least = self.height() if self.isVisible() else 0
        self.resize(self.width(), max(least, layout.totalHeightForWidth(self.width())))
