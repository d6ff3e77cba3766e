"""The dialog that asks how a story is exported: format, size, theme."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from app.desktop.dialogs.export_fields import buttons_of, light_or_dark, pictures_a_second
from app.domain.stories import Story
from app.pictures import wording
from app.session.storyfiles import FILMS, usual_size

FORMATS = (
    ("MP4, a film", ".mp4"),
    ("WebM, a film", ".webm"),
    ("WebP, a film that goes round", ".webp"),
    ("GIF, a film that goes round", ".gif"),
    ("HTML, a page to step through", ".html"),
    ("PDF, a handout with a page a step", ".pdf"),
    ("PPTX, a slide a step, of shapes to edit", ".pptx"),
)
SIZES = (("1280 × 720", 1280, 720), ("1920 × 1080", 1920, 1080), ("2560 × 1440", 2560, 1440))


@dataclass(frozen=True, slots=True)
class StoryChoice:
    """How to export: ending of the format, size, theme, pictures a second (None: no film)."""

    ending: str
    size: tuple[int, int]
    theme: str
    fps: int | None = None


class StoryDialog(QDialog):
    """Asks how to export a story; `choice` and `path` are the answer once it was accepted."""

    def __init__(self, story: Story, theme: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Export the story")
        self._story = story
        self.path: Path | None = None
        self.format = QComboBox()
        for text, ending in FORMATS:
            self.format.addItem(text, ending)
        self.size_of = QComboBox()
        for text, width, height in SIZES:
            self.size_of.addItem(text, (width, height))
        self.fps, self.theme = pictures_a_second(), light_or_dark(theme)
        self.result_of = QLabel()
        form = QFormLayout()
        form.setVerticalSpacing(10)
        rows: tuple[tuple[str, QWidget], ...] = (
            ("&Format", self.format), ("&Size", self.size_of), ("Pict&ures", self.fps), ("&Theme", self.theme),
            ("Result", self.result_of),
        )  # fmt: skip
        for text, field in rows:
            form.addRow(text, field)
            field.setAccessibleName(text.replace("&", ""))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 20, 20, 16)
        whole.setSpacing(16)
        whole.addLayout(form)
        whole.addWidget(buttons_of(self))
        for choices in (self.format, self.size_of, self.theme):
            choices.currentIndexChanged.connect(self.refresh)
        self.format.currentIndexChanged.connect(lambda: self.fps.setValue(20 if self.choice.ending == ".gif" else 30))
        self.fps.valueChanged.connect(self.refresh)
        self.refresh()

    @property
    def choice(self) -> StoryChoice:
        """What is chosen at the moment."""
        ending = str(self.format.currentData())
        film = ending in FILMS
        size = self.size_of.currentData() if self.size_of.isEnabled() else usual_size(ending)
        return StoryChoice(ending, size, self.theme.currentData(), self.fps.value() if film else None)

    def refresh(self) -> None:
        """Bring what can be chosen and what comes of it into line."""
        ending = str(self.format.currentData())
        film, n = ending in FILMS, len(self._story.steps)
        self.size_of.setEnabled(film)
        self.fps.setEnabled(film)
        seconds = sum(step.seconds for step in self._story.steps)
        (width, height), steps = self.choice.size, wording.counted(n, "step")
        if film:
            pictures = f"{round(seconds * self.fps.value()):,} pictures"
            told = f"{steps}, {seconds:g} s, {width:,} × {height:,} pixels, {pictures}"
        elif ending == ".html":
            told = f"{steps}, one file, no network; prints a page a step"
        elif ending == ".pdf":
            told = f"{wording.counted(n, 'page')}, A4 across, numbered sources below"
        else:
            told = f"{wording.counted(n, 'slide')} of 16:9, sources in the notes"
        self.result_of.setText(told)

    def accept(self) -> None:
        """Ask where to write; the dialog stays open if that is given up."""
        ending = self.choice.ending
        name = "-".join(self._story.name.split()).lower() or "story"
        found, _ = QFileDialog.getSaveFileName(
            self, "Export the story", f"{name}{ending}", f"{ending[1:].upper()} (*{ending})"
        )
        if not found:
            return
        self.path = Path(found) if Path(found).suffix.lower() == ending else Path(found + ending)
        super().accept()
