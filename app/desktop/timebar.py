"""The time bar: to the beginning, play, to the end; the day; a slider over the span."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QSlider, QToolButton, QVBoxLayout, QWidget

from app.desktop.actions import Actions
from app.desktop.chrome import lettered, qcolor
from app.desktop.icons import icon
from app.domain import dates
from app.render.theme import Theme
from app.session.clock import Clock, Mode

HEIGHT = 64
_WORDS = {Mode.CUMULATIVE: "all up to the day", Mode.WINDOW: "half a year", Mode.INSTANT: "only the day"}


class TimeBar(QWidget):
    """Shows a clock and asks for another day. It never moves the clock itself."""

    day_wanted = Signal(float)

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("timeBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(HEIGHT)
        self._first = self._button(actions["time.first"], 28)
        self._play = self._button(actions["time.play"], 34)
        self._play.setObjectName("play")
        self._last = self._button(actions["time.last"], 28)
        self._day = QLabel(self)
        self._day.setObjectName("day")
        self._pace = QLabel(self)
        self._pace.setObjectName("pace")
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addStretch()
        words.addWidget(self._day)
        words.addWidget(self._pace)
        words.addStretch()
        self.slider = QSlider(Qt.Orientation.Horizontal, self)
        self.slider.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.slider.setToolTip("Drag to another day")
        self.slider.setAccessibleName("Day")
        self.slider.valueChanged.connect(lambda day: self.day_wanted.emit(float(day)))
        self._ends = (QLabel(self), QLabel(self))
        for label in self._ends:
            label.setObjectName("pace")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 24, 0)
        row.setSpacing(8)
        for button in (self._first, self._play, self._last):
            row.addWidget(button)
        row.addSpacing(8)
        row.addLayout(words)
        row.addSpacing(16)
        row.addWidget(self._ends[0])
        row.addWidget(self.slider, 1)
        row.addWidget(self._ends[1])
        self._width = self.fontMetrics().horizontalAdvance("all up to the day · 000 days a second") + 4
        self._pace.setMinimumWidth(self._width)
        self._playing = False

    def _button(self, action: QAction, size: int) -> QToolButton:
        button = QToolButton(self)
        button.setDefaultAction(action)
        button.setFixedSize(size, size)
        button.setIconSize(QSize(16, 16))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        button.setAccessibleName(action.text().replace("&", ""))
        return button

    def show_theme(self, theme: Theme) -> None:
        """Icons in the theme's colours."""
        ink, ground = qcolor(theme.ink2).name(), qcolor(theme.bg).name()
        self._icons = (icon("play", ground, filled=True), icon("pause", ground, filled=True))
        self._first.defaultAction().setIcon(icon("skip-back", ink))
        self._last.defaultAction().setIcon(icon("skip-forward", ink))
        self._play.defaultAction().setIcon(self._icons[1 if self._playing else 0])
        self._day.setFont(lettered(self.font(), 15, 650))
        self._day.setMinimumWidth(self._day.fontMetrics().horizontalAdvance("0000-00-00") + 6)

    def show_clock(self, clock: Clock) -> None:
        """Show a moment."""
        day = dates.text(int(clock.day))
        self._day.setText(day)
        self._pace.setText(f"{_WORDS[clock.mode]} · {_speed(clock.speed)}")
        if clock.playing != self._playing:
            self._playing = clock.playing
            self._play.defaultAction().setIcon(self._icons[1 if clock.playing else 0])
            self._play.setAccessibleName("Pause" if clock.playing else "Play")
        first, last = int(clock.span[0]), int(clock.span[1])
        with QSignalBlocker(self.slider):
            if (self.slider.minimum(), self.slider.maximum()) != (first, last):
                self.slider.setRange(first, last)
                self.slider.setSingleStep(1)
                self.slider.setPageStep(30)
                for label, end in zip(self._ends, (first, last), strict=True):
                    label.setText(dates.text(end)[:7])
            self.slider.setValue(int(clock.day))
        self.slider.setAccessibleDescription(day)


def _speed(days: float) -> str:
    """`1 month a second`."""
    for length, word in ((365.0, "year"), (30.4, "month"), (7.0, "week")):
        n = days / length
        if n >= 0.95:
            shown = f"{n:.0f}" if abs(n - round(n)) < 0.06 else f"{n:.1f}"
            return f"1 s = {shown} {word}{'' if shown == '1' else 's'}"
    return f"1 s = {days:.3g} day{'' if days == 1 else 's'}"
