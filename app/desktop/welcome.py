"""The page of a window without a document: what to open, what was open lately, and what went wrong if something did."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.desktop.actions import Actions
from app.desktop.chrome import lettered, qcolor
from app.desktop.icons import icon
from app.render.theme import Theme

WIDTH = 680
HINT = "Or drop a file here: JSON, .talentflow, any table or workbook, ORCID, OpenAlex, ROR, Wikidata, graphs."


class Welcome(QWidget):
    """Offers actions and recent files."""

    chosen = Signal(object)
    """The Path of a recent file."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Welcome")
        self._head = QLabel("Who moved from which lab to which, when, and who says so")
        self._trouble = QLabel()
        self._trouble.setWordWrap(True)
        self._trouble.setObjectName("trouble")
        self._trouble.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._trouble.hide()
        self._buttons = [
            self._button(actions[name], text, image)
            for name, text, image in (
                ("file.open", "Open a file …", "folder-open"),
                ("file.open-sample", "Look at the sample", "waypoints"),
                ("file.new", "Begin an empty dataset", "file-plus"),
                ("file.import", "Import …", "table-2"),
            )
        ]
        self._caption = QLabel("RECENT")
        self._caption.setObjectName("caption")
        self._recent = QVBoxLayout()
        self._recent.setSpacing(2)
        self._hint = QLabel(HINT)
        self._hint.setObjectName("hint")
        self._hint.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in self._buttons:
            row.addWidget(button)
        self._column = QWidget()
        self._column.setMaximumWidth(WIDTH)
        self._column.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        column = QVBoxLayout(self._column)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for part in (self._trouble, self._head):
            column.addWidget(part)
        column.addLayout(row)
        column.addSpacing(8)
        column.addWidget(self._caption)
        column.addLayout(self._recent)
        column.addWidget(self._hint)
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(self._column, 8)
        across.addStretch(1)
        outer.addLayout(across)
        outer.addStretch(3)

    def show_trouble(self, lines: list[str]) -> None:
        """Say what went wrong; no lines: nothing did."""
        self._trouble.setText("\n".join(lines))
        self._trouble.setVisible(bool(lines))
        self.setAccessibleDescription("\n".join(lines))

    def show_recent(self, paths: list[Path]) -> None:
        """List files opened lately."""
        while (item := self._recent.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for path in paths:
            button = QPushButton(f"{path.name}    {path.parent}")
            button.setObjectName("recent")
            button.setToolTip(str(path))
            button.setAccessibleName(f"Open {path.name} in {path.parent}")
            button.clicked.connect(lambda _=False, p=path: self.chosen.emit(p))
            self._recent.addWidget(button)
        self._caption.setVisible(bool(paths))

    def show_theme(self, theme: Theme) -> None:
        """Type and icons in the theme's colours."""
        self._head.setFont(lettered(self.font(), 16, 650))
        self._caption.setFont(lettered(self.font(), 10, 600))
        for button in self._buttons:
            button.setIcon(icon(button.property("image"), qcolor(theme.ink2).name()))

    def _button(self, action: QAction, text: str, image: str) -> QPushButton:
        button = QPushButton(text)
        button.setIconSize(QSize(16, 16))
        button.setToolTip(action.toolTip())
        button.setProperty("image", image)
        button.clicked.connect(action.trigger)
        return button
