"""How time plays, in a panel over the time bar: what of the past stays, how fast, by events or by the calendar."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLabel, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from app.desktop.chrome import lettered, qcolor
from app.render.theme import Theme
from app.session.clock import FASTEST, SLOWEST, Clock, length_text, read_speed

EXAMPLES = "For example: 3 days, 2 weeks, 1 month, 0.5 year"
_WRONG = f"Write a length of time between {length_text(SLOWEST)} and {length_text(FASTEST)}, as 3 days or 1 month"


class PacePanel(QFrame):
    """Asks for another speed; another mode and event-paced time are chosen by their actions."""

    speed_wanted = Signal(float)
    """Days a second."""

    def __init__(self, modes: list[QAction], by_events: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("pacePanel")
        self._theme: Theme | None = None
        self._modes = [(mode, QRadioButton(mode.text().replace("&", ""), self)) for mode in modes]
        self._heads = [QLabel("Keep in sight", self), QLabel("Speed", self)]
        for mode, button in self._modes:
            button.setToolTip(mode.toolTip())
            button.clicked.connect(mode.trigger)
        self.speed = QLineEdit(self)
        self.speed.setAccessibleName("Time that passes in a second")
        self.speed.setMinimumWidth(120)
        self.speed.returnPressed.connect(self._read)
        self.speed.textEdited.connect(lambda: self._mark(wrong=False))
        self.hint = QLabel(EXAMPLES, self)
        self.hint.setWordWrap(True)
        self.hint.setMinimumHeight(self.hint.fontMetrics().height() * 2)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.by_events = QCheckBox("By events: busy weeks take longer", self)
        self.by_events.setToolTip(by_events.toolTip())
        self.by_events.clicked.connect(by_events.trigger)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(6)
        column.addWidget(self._heads[0])
        for _, button in self._modes:
            column.addWidget(button)
        column.addSpacing(6)
        column.addWidget(self._heads[1])
        row = QHBoxLayout()
        row.addWidget(QLabel("1 s =", self))
        row.addWidget(self.speed, 1)
        column.addLayout(row)
        column.addWidget(self.hint)
        column.addWidget(self.by_events)

    def show_theme(self, theme: Theme) -> None:
        """Ground, border and small words in the theme's colours."""
        self._theme = theme
        names = ("raised", "line2", "ink3", "accent", "surface")
        ground, border, ink, accent, surface = (qcolor(getattr(theme, name)).name() for name in names)
        self.setStyleSheet(
            f"#pacePanel {{ background: {ground}; border: 1px solid {border}; }}"
            f"QRadioButton::indicator, QCheckBox::indicator {{ width: 9px; height: 9px; border: 2px solid {ink};"
            f" background: {surface}; }}"
            f"QRadioButton::indicator {{ border-radius: 6px; }} QCheckBox::indicator {{ border-radius: 3px; }}"
            f"QRadioButton::indicator:checked, QCheckBox::indicator:checked {{ background: {accent}; }}"
            f"QRadioButton:focus, QCheckBox:focus {{ color: {accent}; }}"
        )
        for head in self._heads:
            head.setFont(lettered(self.font(), 11, 600))
        self.hint.setFont(lettered(self.font(), 11, 430))
        self._mark(wrong=False)

    def show_clock(self, clock: Clock) -> None:
        """Show how a clock plays. What is being typed stays."""
        for mode, button in self._modes:
            button.setChecked(mode.isChecked())
        if not self.speed.isModified():
            self.speed.setText(length_text(clock.speed))
        self.by_events.setChecked(clock.pacing is not None)

    def showEvent(self, event: QShowEvent) -> None:
        """Ready to type a speed."""
        super().showEvent(event)
        self.speed.setFocus(Qt.FocusReason.PopupFocusReason)
        self.speed.selectAll()

    @property
    def complaint(self) -> str:
        """What is wrong with the typed speed; blank if nothing is known to be."""
        return self.hint.text() if self.speed.property("wrong") else ""

    def _read(self) -> None:
        days = read_speed(self.speed.text())
        self._mark(wrong=days is None)
        if days is not None:
            self.speed.setModified(False)
            self.speed_wanted.emit(days)

    def _mark(self, *, wrong: bool) -> None:
        self.hint.setText(_WRONG if wrong else EXAMPLES)
        self.speed.setAccessibleDescription(self.hint.text())
        if self._theme is not None:
            self.hint.setStyleSheet(f"color: {qcolor(self._theme.bad if wrong else self._theme.ink3).name()};")
        if wrong != bool(self.speed.property("wrong")):
            self.speed.setProperty("wrong", wrong)
            self.speed.style().unpolish(self.speed)
            self.speed.style().polish(self.speed)
