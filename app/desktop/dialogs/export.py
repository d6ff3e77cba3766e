"""The export dialog: in which format, how large, in which theme; with a preview of the result."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDoubleSpinBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app.desktop.dialogs.export_fields import buttons_of, light_or_dark, pictures_a_second
from app.pictures.caption import captioned
from app.render import image
from app.render.theme import THEMES
from app.render.widths import measure
from app.scene.scene import Scene

SIZES = (
    ("1600 × 1000", 1600, 1000),
    ("1920 × 1080, screen", 1920, 1080),
    ("2560 × 1440", 2560, 1440),
    ("1200 × 1200, square", 1200, 1200),
)
STILL = (
    ("PNG, pixels", ".png"),
    ("SVG, for the web and for editing", ".svg"),
    ("PDF, for print", ".pdf"),
    ("PPTX, a slide of shapes to edit", ".pptx"),
)
PLAYING = (
    ("HTML, a page on which time plays", ".html"),
    ("SVG that plays by itself", "playing.svg"),
    ("WebP, a film that goes round", ".webp"),
    ("GIF, a film that goes round", ".gif"),
    ("MP4, a film", ".mp4"),
    ("WebM, a film", ".webm"),
)
"""Formats by name: the ending of the file, what comes before its dot is ours."""
PLAYS = tuple(form for _, form in PLAYING)
PAGED = (".pdf", ".pptx")
FILMS = (".webp", ".gif", ".mp4", ".webm")
PREVIEW = QSize(440, 300)


@dataclass(frozen=True, slots=True)
class Choice:
    """How to export: ending of the format, size before scaling, scale (pixels only), dots per inch (PNG only), theme,
    without ground (not PDF), with its sources below it, only what is in sight (at the size of the canvas), the pages at
    reading size too (PDF and PPTX only), how long time plays (None: it stands), pictures a second (films only)."""

    ending: str
    size: tuple[int, int]
    scale: float
    theme: str
    transparent: bool = False
    caption: bool = False
    dpi: int | None = None
    seen: bool = False
    sheets: bool = False
    seconds: float | None = None
    fps: int | None = None


def fitting(size: tuple[float, float], room: tuple[float, float]) -> tuple[int, int]:
    """The largest size of the same shape that fits a room."""
    share = min(room[0] / size[0], room[1] / size[1])
    return max(round(size[0] * share), 1), max(round(size[1] * share), 1)


class ExportDialog(QDialog):
    """Asks how to export what is shown; `choice` and `path` are the answer once it was accepted."""

    def __init__(
        self,
        scene: Scene,
        size: tuple[int, int],
        theme: str,
        parent: QWidget | None = None,
        *,
        seen: Scene | None = None,
        name: str = "flowmap",
        paged: Callable[[tuple[int, int]], int] | None = None,
        moves: bool = False,
    ) -> None:
        """scene: the whole picture on the day; seen: what is in sight of it, None if that is all; size: of the canvas;
        theme: of the window; name: of the file, without its ending; paged: how many pages of a size follow it at
        reading size, None where all is read on one; moves: whether time can play in it."""
        super().__init__(parent)
        self.setWindowTitle("Export the picture")
        self._scene, self._seen, self._canvas, self._name = scene, seen, size, name
        self.path: Path | None = None
        self._paged, self._n_pages = paged, dict[tuple[int, int], int]()
        self._pictures = dict[tuple[bool, bool], Scene]()
        self._previewed: tuple[object, ...] = ()
        self.format = QComboBox()
        for text, ending in (*STILL, *(PLAYING if moves else ())):
            self.format.addItem(text, ending)
        self.part = QComboBox()
        self.part.addItem("The whole picture", False)
        self.part.addItem("What is in sight", True)
        self.part.setEnabled(seen is not None)
        self.part.setToolTip("" if seen is not None else "Zoom or pan first: the whole picture is in sight")
        self.pages = QComboBox()
        self.pages.addItem("One page", False)
        self.pages.addItem("And all that follow, at reading size", True)
        self.pages.setCurrentIndex(int(paged is not None))
        self.size_of = QComboBox()
        for text, width, height in (("As in the window", *size), *SIZES):
            self.size_of.addItem(text, (width, height))
        self.size_of.addItem("Another size", None)
        self.width_of, self.height_of = QSpinBox(), QSpinBox()
        for box, value, low in ((self.width_of, size[0], 480), (self.height_of, size[1], 320)):
            box.setRange(low, 8000)
            box.setValue(value)
            box.setSuffix(" px")
        self.scale = QDoubleSpinBox()
        self.scale.setRange(0.5, 8.0)
        self.scale.setSingleStep(0.5)
        self.scale.setValue(2.0)
        self.scale.setPrefix("× ")
        self.dpi = QSpinBox()
        self.dpi.setRange(36, 1200)
        self.dpi.setValue(192)
        self.dpi.setSuffix(" dpi")
        self.dpi.setToolTip("How large the picture is in print: dots per inch")
        self.seconds = QDoubleSpinBox()
        self.seconds.setRange(1.0, 600.0)
        self.seconds.setDecimals(1)
        self.seconds.setValue(20.0)
        self.seconds.setSuffix(" s")
        self.fps, self.theme = pictures_a_second(), light_or_dark(theme)
        self.transparent = QCheckBox("Without a ground")
        self.caption = QCheckBox("With its sources below")
        self.caption.setToolTip("Scope, days and filter, and the numbered sources of what is shown")
        self.result_of = QLabel()
        self.preview = QLabel()
        self.preview.setFixedSize(PREVIEW)
        self.preview.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.preview.setAccessibleName("Preview")
        self.preview.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._set_out()
        for choices in (self.format, self.theme, self.part, self.pages):
            choices.currentIndexChanged.connect(self.refresh)
        self.format.currentIndexChanged.connect(self._format_chosen)
        self.size_of.currentIndexChanged.connect(self._size_chosen)
        for spin in (self.width_of, self.height_of):
            spin.valueChanged.connect(self._size_typed)
        self.scale.valueChanged.connect(self.refresh)
        for number in (self.dpi, self.fps, self.seconds):
            number.valueChanged.connect(self.refresh)
        for check in (self.transparent, self.caption):
            check.toggled.connect(self.refresh)
        self.refresh()

    @property
    def choice(self) -> Choice:
        """What is chosen at the moment."""
        form = str(self.format.currentData())
        plays, paged = form in PLAYS, form in PAGED
        seen = bool(self.part.currentData()) and not plays
        return Choice(
            ending=form.removeprefix("playing"),
            size=self._canvas if seen else (self.width_of.value(), self.height_of.value()),
            scale=self.scale.value(),
            theme=self.theme.currentData(),
            transparent=self.transparent.isChecked() and form != ".pdf" and not seen and not plays,
            caption=self.caption.isChecked() and not plays,
            dpi=self.dpi.value(),
            seen=seen,
            sheets=bool(self.pages.currentData()) and paged and not seen and self._paged is not None,
            seconds=self.seconds.value() if plays else None,
            fps=self.fps.value() if form in FILMS else None,
        )

    def refresh(self) -> None:
        """Bring preview, pixel size and what can be chosen into line."""
        choice = self.choice
        plays, film = choice.seconds is not None, choice.fps is not None
        self.scale.setEnabled(choice.ending == ".png" or film)
        self.dpi.setEnabled(choice.ending == ".png")
        self.seconds.setEnabled(plays)
        self.fps.setEnabled(film)
        self.part.setEnabled(self._seen is not None and not plays)
        for field in (self.size_of, self.width_of, self.height_of):
            field.setEnabled(not choice.seen)
        self.transparent.setEnabled(choice.ending != ".pdf" and not choice.seen and not plays)
        self.caption.setEnabled(not plays)
        self.pages.setEnabled(choice.ending in PAGED and not choice.seen and self._paged is not None)
        width, height = choice.size
        n = 1 + self._n_more(choice.size) if choice.sheets else 1
        if choice.ending == ".png":
            across, down = round(width * choice.scale), round(height * choice.scale)
            size = (side / self.dpi.value() * 2.54 for side in (across, down))
            self.result_of.setText(f"{across:,} × {down:,} pixels, {' × '.join(f'{side:.1f}' for side in size)} cm")
        elif choice.ending == ".pdf":
            pages = f"{n:,} pages" if n > 1 else "one page"
            self.result_of.setText(f"{width / 72 * 2.54:.1f} × {height / 72 * 2.54:.1f} cm, {pages}")
        elif choice.ending == ".pptx":
            slides = f"{n:,} slides" if n > 1 else "One slide"
            self.result_of.setText(f"{slides} of 16:9, sources in the notes")
        elif film:
            across, down = round(width * choice.scale), round(height * choice.scale)
            n = round(self.seconds.value() * self.fps.value())
            self.result_of.setText(f"{across:,} × {down:,} pixels, {n:,} pictures")
        else:
            self.result_of.setText(f"{width:,} × {height:,}, sharp at any size")
        if choice.caption and choice.ending != ".pptx":
            self.result_of.setText(f"{self.result_of.text()}, and the sources")
        self._paint_preview(choice)

    def _n_more(self, size: tuple[int, int]) -> int:
        """How many pages follow the first."""
        if size not in self._n_pages and self._paged is not None:
            self._n_pages[size] = self._paged(size)
        return self._n_pages.get(size, 0)

    def accept(self) -> None:
        """Ask where to write; the dialog stays open if that is given up."""
        ending = self.choice.ending
        name, _ = QFileDialog.getSaveFileName(
            self, "Export the picture", f"{self._name}{ending}", f"{ending[1:].upper()} (*{ending})"
        )
        if not name:
            return
        self.path = Path(name) if Path(name).suffix.lower() == ending else Path(name + ending)
        super().accept()

    def _set_out(self) -> None:
        size = QHBoxLayout()
        size.addWidget(self.width_of, 1)
        size.addWidget(QLabel("×"))
        size.addWidget(self.height_of, 1)
        form = QFormLayout()
        form.setVerticalSpacing(10)
        rows: tuple[tuple[str, QWidget | QHBoxLayout], ...] = (
            ("&Format", self.format), ("&Part", self.part), ("Pa&ges", self.pages), ("&Size", self.size_of), ("", size),
            ("S&cale", self.scale), ("P&rint", self.dpi), ("&Length", self.seconds), ("Pict&ures", self.fps),
            ("&Theme", self.theme), ("", self.transparent), ("", self.caption), ("Result", self.result_of),
        )  # fmt: skip
        for text, field in rows:
            form.addRow(text, field)
            if isinstance(field, QWidget) and text:
                field.setAccessibleName(text.replace("&", ""))
        self.width_of.setAccessibleName("Width")
        self.height_of.setAccessibleName("Height")
        body = QHBoxLayout()
        body.setSpacing(20)
        body.addLayout(form)
        body.addWidget(self.preview)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 20, 20, 16)
        whole.setSpacing(16)
        whole.addLayout(body)
        whole.addWidget(buttons_of(self))

    def _format_chosen(self) -> None:
        """Films are shown pixel by pixel, and other pixels sharper."""
        self.scale.setValue(1.0 if self.choice.fps is not None else 2.0)

    def _size_chosen(self) -> None:
        size = self.size_of.currentData()
        if size is not None:
            self.width_of.setValue(size[0])
            self.height_of.setValue(size[1])

    def _size_typed(self) -> None:
        """Numbers that are no size of the list are another size."""
        size = (self.width_of.value(), self.height_of.value())
        last = self.size_of.count() - 1
        found = next((i for i in range(last) if self.size_of.itemData(i) == size), last)
        if self.size_of.currentData() != size:
            self.size_of.blockSignals(True)
            self.size_of.setCurrentIndex(found)
            self.size_of.blockSignals(False)
        self.refresh()

    def _paint_preview(self, choice: Choice) -> None:
        """The picture as the window has it in miniature: a preview is not worth a new layout. Painted only where it
        looks otherwise than before."""
        self.preview.setAccessibleDescription(self.result_of.text())
        bare = choice.transparent and choice.ending != ".pdf"
        looks = (choice.seen, choice.caption, choice.size, choice.theme, bare)
        if looks == self._previewed:
            return
        self._previewed = looks
        plain, scene = self._pictured(choice.seen, False), self._pictured(choice.seen, choice.caption)
        size = choice.size[0], choice.size[1] * scene.size[1] / plain.size[1]
        ratio = self.devicePixelRatioF()
        width, height = fitting(size, (PREVIEW.width() * ratio, PREVIEW.height() * ratio))
        pixmap = QPixmap.fromImage(image.image(scene, THEMES[choice.theme], size=(width, height), transparent=bare))
        pixmap.setDevicePixelRatio(ratio)
        self.preview.setPixmap(pixmap)

    def _pictured(self, seen: bool, with_caption: bool) -> Scene:
        """The whole or what is in sight, with its sources or without: a caption is set once for each."""
        if (seen, with_caption) not in self._pictures:
            scene = self._seen if seen and self._seen is not None else self._scene
            self._pictures[seen, with_caption] = captioned(scene, measure) if with_caption else scene
        return self._pictures[seen, with_caption]
