"""The story panel: which story, its steps, the words of the one that is chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QAction, QImage, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.desktop.chrome import qcolor, scaled
from app.desktop.icons import icon
from app.desktop.panels.storylist import StoryList
from app.domain.stories import LONGEST, SHORTEST, Step, Story
from app.render.theme import LIGHT, Theme

EMPTY = (
    "Nothing is told yet. Show what you want to begin with: a picture, a day, a filter. “Add” makes a step of it; "
    "give it a head and a few sentences below."
)
SIGNS = {"add": "plus", "put": "replace", "up": "arrow-up", "down": "arrow-down", "delete": "trash-2",
         "present": "presentation", "export": "image-down"}  # fmt: skip
CAPTION = 96
"""Height of the field for the text of a step."""


class StoryPanel(QWidget):
    """Shows one story and asks for everything else."""

    came = Signal()
    """It has come into sight."""
    story_wanted = Signal(str)
    """The id of another story."""
    renamed = Signal()
    begun = Signal()
    forgotten = Signal()
    """Another name, a new story, the story deleted: asked for from the menu."""
    step_wanted = Signal(int)
    """Go to a step."""
    chosen = Signal(int)
    """Another step is chosen; −1 for none."""
    worded = Signal(object)
    """The words or the seconds of the chosen step were changed: head, text, seconds by name."""
    moved = Signal(int, int)
    deleted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("story")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(scaled(240))
        self.setAccessibleName("Story")
        self._step: Step | None = None
        self.choice = QComboBox()
        self.choice.setAccessibleName("Which story")
        self.choice.setMinimumContentsLength(10)
        self.choice.activated.connect(lambda row: self.story_wanted.emit(self.choice.itemData(row)))
        self.menu = QMenu(self)
        self.new = self.menu.addAction("&New story …", self.begun.emit)
        self.rename = self.menu.addAction("&Rename …", self.renamed.emit)
        self.forget = self.menu.addAction("&Delete the story", self.forgotten.emit)
        self.more = self._button("Story")
        self.more.setMenu(self.menu)
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.buttons = {name: self._button() for name in SIGNS}
        self.list = StoryList(self)
        self.list.entered_row.connect(self.step_wanted)
        self.list.selectionModel().currentChanged.connect(lambda index: self.chosen.emit(index.row()))
        self.list.delete_wanted.connect(self.deleted)
        self.list.story_model.moved.connect(self.moved)
        self.list.move_wanted.connect(self._move)
        self.empty = QLabel(EMPTY)
        self.empty.setObjectName("hint")
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.empty.setContentsMargins(12, 10, 12, 10)
        self.head = QLineEdit()
        self.head.setAccessibleName("Head of the step")
        self.head.setPlaceholderText("Head: what this step says")
        self.head.editingFinished.connect(self._word)
        self.text = QPlainTextEdit()
        self.text.setAccessibleName("Text of the step")
        self.text.setPlaceholderText("Text below the picture, a few sentences")
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(scaled(CAPTION))
        self.text.installEventFilter(self)
        self.seconds = QDoubleSpinBox()
        self.seconds.setAccessibleName("Seconds of the step")
        self.seconds.setRange(SHORTEST, LONGEST)
        self.seconds.setDecimals(1)
        self.seconds.setSuffix(" s")
        self.seconds.setToolTip("How long the step stands or plays in a film, or time plays while it is presented")
        self.seconds.editingFinished.connect(self._word)
        self.words = QWidget()
        self._set_out()
        self.list.edit_wanted.connect(self.begin_words)
        self.show_story((), None, {})
        self.show_theme(LIGHT)

    def connect_buttons(self, actions: Mapping[str, QAction]) -> None:
        """Buttons of commands, by their names here."""
        for name, action in actions.items():
            self.buttons[name].setDefaultAction(action)
            self.buttons[name].setAccessibleName(action.text().replace("&", "").removesuffix(" …"))

    def show_story(self, found: Sequence[Story], story: Story | None, images: Mapping[int, QImage]) -> None:
        """Show a story among those of the file, with the small pictures that are there."""
        with QSignalBlocker(self.choice):
            self.choice.clear()
            for one in found:
                self.choice.addItem(one.name, one.id)
            self.choice.setCurrentIndex(self.choice.findData(story.id) if story is not None else -1)
        self.choice.setVisible(bool(found))
        for action in (self.rename, self.forget):
            action.setEnabled(story is not None)
        at = self.list.currentIndex().row()
        steps = story.steps if story is not None else ()
        self.list.story_model.show(steps, images)
        self.list.setVisible(bool(steps))
        self.empty.setVisible(not steps)
        self.choose(min(at, len(steps) - 1))

    def choose(self, row: int) -> None:
        """Choose a step, without going there; −1 for none."""
        self.list.setCurrentIndex(self.list.story_model.index(row, 0))
        self.show_words(row)

    @property
    def row(self) -> int:
        """The step that is chosen; −1 for none."""
        return self.list.currentIndex().row()

    def show_words(self, row: int) -> None:
        """Head, text and seconds of a step in the fields below; what is being typed is not touched."""
        steps = self.list.story_model.steps
        step = steps[row] if 0 <= row < len(steps) else None
        self.words.setVisible(step is not None)
        shown, self._step = self._step, step
        if step is None or (shown is step and self._typing):
            return
        with QSignalBlocker(self.head), QSignalBlocker(self.text), QSignalBlocker(self.seconds):
            if self.head.text() != step.head:
                self.head.setText(step.head)
            if self.text.toPlainText() != step.text:
                self.text.setPlainText(step.text)
            self.seconds.setValue(step.seconds)

    def begin_words(self) -> None:
        """Go to the head of the chosen step."""
        if self._step is not None:
            self.head.setFocus(Qt.FocusReason.OtherFocusReason)
            self.head.selectAll()

    def show_theme(self, theme: Theme) -> None:
        """The same in another theme."""
        ground = theme.surface.hex
        self.setStyleSheet(f"#story, #story QListView {{ background: {ground}; border: 0; }}")
        self.list.row.theme = theme
        self.list.viewport().update()
        for name, button in self.buttons.items():
            button.setIcon(icon(SIGNS[name], qcolor(theme.ink2).name()))

    def showEvent(self, event: QShowEvent) -> None:
        """What is in sight is kept up to date."""
        super().showEvent(event)
        self.came.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The text is taken over when it is left, and by Ctrl and Enter."""
        if watched is self.text and event.type() == QEvent.Type.FocusOut:
            self._word()
        if watched is self.text and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            if control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._word()
                return True
        return super().eventFilter(watched, event)

    @property
    def _typing(self) -> bool:
        return self.head.hasFocus() or self.text.hasFocus() or self.seconds.hasFocus()

    def _word(self) -> None:
        """Tell what was changed of the words of the chosen step."""
        step = self._step
        if step is None:
            return
        now = {"head": self.head.text().strip(), "text": self.text.toPlainText().strip(),
               "seconds": round(self.seconds.value(), 1)}  # fmt: skip
        changed = {name: value for name, value in now.items() if value != getattr(step, name)}
        if changed:
            self.worded.emit(changed)

    def _move(self, way: int) -> None:
        row = self.row
        if row >= 0 and 0 <= row + way < len(self.list.story_model.steps):
            self.moved.emit(row, row + way)

    def _button(self, word: str = "") -> QToolButton:
        made = QToolButton(self)
        made.setText(word)
        made.setAccessibleName(word)
        made.setIconSize(QSize(16, 16))
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return made

    def _set_out(self) -> None:
        above = QHBoxLayout()
        above.setContentsMargins(10, 6, 8, 2)
        above.addWidget(self.choice, 1)
        above.addWidget(self.more)
        row = QHBoxLayout()
        row.setContentsMargins(8, 0, 8, 4)
        row.setSpacing(2)
        for name in SIGNS:
            if name == "present":
                row.addStretch(1)
            row.addWidget(self.buttons[name])
        for name in ("add", "present"):
            self.buttons[name].setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        below = QVBoxLayout(self.words)
        below.setContentsMargins(10, 8, 10, 10)
        below.setSpacing(6)
        below.addWidget(self.head)
        below.addWidget(self.text)
        line = QHBoxLayout()
        line.addWidget(QLabel("Stands or plays for"))
        line.addWidget(self.seconds)
        line.addStretch(1)
        below.addLayout(line)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(above)
        column.addLayout(row)
        column.addWidget(self.list, 1)
        column.addWidget(self.empty, 1)
        column.addWidget(self.words)
