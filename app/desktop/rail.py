"""The rail: the pictures of a window, each by its icon and its word, at the left."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolBar, QToolButton

from app.desktop.actions import Actions
from app.desktop.chrome import lettered, qcolor, scaled
from app.desktop.frame import Frame
from app.desktop.icons import icon
from app.render.theme import Theme

WORDS = {
    "view.picture.flowmap": ("Flow", "waypoints"),
    "view.picture.sankey": ("Sankey", "shuffle"),
    "view.picture.alluvial": ("Cohort", "split"),
    "view.picture.chord": ("Chord", "orbit"),
    "view.picture.matrix": ("Matrix", "grid-3x3"),
    "view.picture.careers": ("Careers", "chart-gantt"),
    "view.picture.timeline": ("Events", "milestone"),
    "view.picture.compare": ("Compare", "arrow-left-right"),
    "view.picture.orgchart": ("Chart", "network"),
    "view.picture.buildout": ("Seats", "armchair"),
}
WIDTH = 60


class Rail(QToolBar):
    """One button a picture; the one shown is pressed."""

    def __init__(self, frame: Frame, actions: Actions) -> None:
        super().__init__("Pictures", frame)
        self.setObjectName("rail")
        self.setMovable(False)
        self.setOrientation(Qt.Orientation.Vertical)
        self.setIconSize(QSize(18, 18))
        self.setFixedWidth(scaled(WIDTH))
        self.toggleViewAction().setVisible(False)
        self._buttons: list[tuple[QToolButton, QAction, str]] = []
        for name, (word, sign) in WORDS.items():
            action = actions[name]
            button = QToolButton(self)
            button.setDefaultAction(action)
            button.setText(word)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
            button.setFixedSize(scaled(WIDTH - 8), scaled(46))
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setAccessibleName(action.text().replace("&", ""))
            action.changed.connect(self._refresh)
            self.addWidget(button)
            self._buttons.append((button, action, sign))
        self._theme: Theme | None = None
        frame.addToolBar(Qt.ToolBarArea.LeftToolBarArea, self)

    def show_theme(self, theme: Theme) -> None:
        """Icons and type in the theme's colours; accent for the picture that is shown."""
        self._theme = theme
        self._refresh()

    def _refresh(self) -> None:
        if self._theme is None:
            return
        for button, action, sign in self._buttons:
            color = self._theme.accent if action.isChecked() else self._theme.ink2
            button.setIcon(icon(sign, qcolor(color).name(), 18))
            button.setText(WORDS[action.objectName()][0])
            button.setFont(lettered(button.font(), 10, 600 if action.isChecked() else 480))
