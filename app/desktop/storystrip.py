"""What stands below the picture while a story is presented: head, text, how far it is, and small buttons."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from app.desktop.chrome import lettered, qcolor, scaled
from app.desktop.icons import icon
from app.domain.stories import Step
from app.render.theme import Theme

MARGIN, WIDEST = 40, 1080
"""Pixels at the left and at the right; no line of text is longer."""
HEAD, TEXT, SMALL = 21, 15, 12
MOST_SHARE = 0.38
"""Of the height of the window the strip takes no more."""
KEYS = {
    Qt.Key.Key_Right: "next", Qt.Key.Key_PageDown: "next", Qt.Key.Key_Space: "next", Qt.Key.Key_Down: "next",
    Qt.Key.Key_Return: "next", Qt.Key.Key_Enter: "next", Qt.Key.Key_Left: "back", Qt.Key.Key_PageUp: "back",
    Qt.Key.Key_Up: "back", Qt.Key.Key_Backspace: "back", Qt.Key.Key_Home: "first", Qt.Key.Key_End: "last",
    Qt.Key.Key_Escape: "end", Qt.Key.Key_F6: "end", Qt.Key.Key_F11: "full", Qt.Key.Key_F: "full",
}  # fmt: skip
"""What keys mean while a story is presented."""
BUTTONS = {"back": ("arrow-left", "The step before (Left)"), "next": ("arrow-right", "The next step (Right)"),
           "full": ("maximize", "Fill the screen (F11)"), "end": ("x", "End the presentation (Esc)")}  # fmt: skip


def meaning(event: QKeyEvent) -> str:
    """What a key means while a story is presented; blank for nothing."""
    held = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
    return "" if held else KEYS.get(Qt.Key(event.key()), "")


class StoryStrip(QWidget):
    """The words of one step. It is as high as the longest words of the story need, so that the picture stands still."""

    wanted = Signal(str)
    """`next`, `back`, `first`, `last`, `full` or `end`."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("storyStrip")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._steps: tuple[Step, ...] = ()
        self.head, self.text, self.number = QLabel(), QLabel(), QLabel()
        for label, size, weight in ((self.head, HEAD, 700), (self.text, TEXT, 430), (self.number, SMALL, 520)):
            label.setFont(lettered(self.font(), size, weight))
            label.setTextFormat(Qt.TextFormat.PlainText)
        for label in (self.head, self.text):
            label.setWordWrap(True)
            label.setMaximumWidth(scaled(WIDEST))
        self.buttons = {name: self._button(name) for name in BUTTONS}
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.head)
        words.addWidget(self.text)
        words.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(2)
        row.addStretch(1)
        row.addWidget(self.number)
        row.addSpacing(8)
        for button in self.buttons.values():
            row.addWidget(button)
        right = QVBoxLayout()
        right.addLayout(row)
        right.addStretch(1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(MARGIN, 14, MARGIN - 12, 14)
        whole.addLayout(words, 1)
        whole.addLayout(right)
        self.hide()

    def tell(self, steps: Sequence[Step], number: int, margin: float = MARGIN) -> None:
        """Show the words of a step of a story. margin: of the picture above, in pixels."""
        if (layout := self.layout()) is not None:
            layout.setContentsMargins(round(margin), 14, MARGIN - 12, 14)
        self._steps = tuple(steps)
        step = self._steps[number]
        for label, text in ((self.head, step.head), (self.text, step.text)):
            label.setText(text)
            label.setVisible(bool(text))
        self.number.setText(f"{number + 1} of {len(steps)}")
        self.setAccessibleName(f"Step {number + 1} of {len(steps)}. {step.head}")
        self.setAccessibleDescription(step.text)
        self.buttons["back"].setEnabled(number > 0)
        self.buttons["next"].setEnabled(number < len(steps) - 1)
        self._fit()

    def show_theme(self, theme: Theme) -> None:
        """The same in another theme."""
        self.setStyleSheet(
            f"#storyStrip {{ background: {theme.bg.hex}; border-top: 1px solid {theme.line.hex}; }}"
            f"#storyStrip QLabel {{ color: {theme.ink.hex}; background: transparent; }}"
        )
        self.number.setStyleSheet(f"color: {theme.ink3.hex};")
        for name, button in self.buttons.items():
            button.setIcon(icon(BUTTONS[name][0], qcolor(theme.ink3).name()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words break elsewhere."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def event(self, event: QEvent) -> bool:
        """Keys of the presentation are no commands of the window."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and meaning(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ask for what a key means."""
        if word := meaning(event):
            self.wanted.emit(word)
        else:
            super().keyPressEvent(event)

    def _fit(self) -> None:
        """As high as the longest words need."""
        room = min(self.width() - 2 * MARGIN - 190, scaled(WIDEST))
        if room < 50 or not self._steps:
            return
        high = 0.0
        for step in self._steps:
            parts = [
                self._height(label, text, room) for label, text in ((self.head, step.head), (self.text, step.text))
            ]
            high = max(high, sum(parts) + 4)
        window = self.window().height()
        self.setFixedHeight(round(min(max(high, 34) + 30, MOST_SHARE * window)))

    @staticmethod
    def _height(label: QLabel, text: str, room: float) -> float:
        flags = int(Qt.TextFlag.TextWordWrap)
        box = QRectF(0, 0, room, 10_000)
        return QFontMetricsF(label.font()).boundingRect(box, flags, text).height() if text else 0.0

    def _button(self, name: str) -> QToolButton:
        made = QToolButton(self)
        made.setToolTip(BUTTONS[name][1])
        made.setAccessibleName(BUTTONS[name][1])
        made.setIconSize(QSize(15, 15))
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.clicked.connect(lambda: self.wanted.emit(name))
        return made
