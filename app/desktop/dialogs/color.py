"""Choosing the colour of an organization: a role of the palette as it looks now, any other one, or none of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import (
    QColorDialog,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.desktop.chrome import lettered, qcolor, scaled
from app.render.color import Color, contrast
from app.render.theme import DARK, GREY, LIGHT, NEEDED_CONTRAST, ROLES, Theme, role_color

WIDTH, SWATCH, COLUMNS = 380, 30, 6
Wearers = Callable[[str], Sequence[str]]
"""Names of the other organizations that have a colour."""


class ColorDialog(QDialog):
    """One colour for one organization. `color` is what is chosen: a role, `#rrggbb`, or blank for none of its own."""

    wanted = Signal(str)
    """The colour that the organization shall have."""

    def __init__(self, name: str, color: str, theme: Theme, wearers: Wearers, parent: QWidget | None = None) -> None:
        """name: of the organization; color: that it has now."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("colorForm")
        self.setWindowTitle(f"The colour of {name}")
        self.color, self._theme, self._wearers = color, theme, wearers
        self.swatches = {role: self._swatch(role) for role in ROLES}
        self.none_button = QPushButton("&No colour of its own")
        self.none_button.setCheckable(True)
        self.none_button.setToolTip("Grey, or that of the organization it belongs to")
        self.other_button = QPushButton("&Another …")
        self.other_button.setToolTip("Choose any colour")
        self.sample = Sample(name)
        self.notes = QLabel()
        self.notes.setWordWrap(True)
        self.notes.setTextFormat(Qt.TextFormat.RichText)
        self.notes.setAccessibleName("What is to be said of this colour")
        self.accept_button = QPushButton("Give this &colour")
        self.accept_button.setDefault(True)
        self._begun = color
        self._set_out()
        for role, button in self.swatches.items():
            button.clicked.connect(lambda _=False, r=role: self.choose(r))
        self.none_button.clicked.connect(lambda: self.choose(""))
        self.other_button.clicked.connect(self._ask)
        self.accept_button.clicked.connect(lambda: self.wanted.emit(self.color))
        self.choose(color)

    def choose(self, color: str) -> None:
        """Take a colour, and show how it looks on both grounds and what is to be said of it."""
        self.color = color
        for role, button in self.swatches.items():
            button.setChecked(role == color)
        self.none_button.setChecked(not color)
        self.sample.show_color(color)
        self.notes.setText("<br/>".join(doubts(color, self._wearers(color))))
        self.notes.setVisible(bool(self.notes.text()))
        self.accept_button.setEnabled(color != self._begun)
        self.adjustSize()

    def _ask(self) -> None:
        """Any colour, by the dialog of the system."""
        start = role_color(self.color, self._theme) if self.color else GREY[self._theme.name]
        found = QColorDialog.getColor(qcolor(start), self, self.windowTitle())
        if found.isValid():
            self.choose(found.name())

    def _swatch(self, role: str) -> QToolButton:
        color, side = role_color(role, self._theme), scaled(SWATCH)
        picture = QPixmap(side, side)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(qcolor(color))
        painter.drawRoundedRect(QRectF(3, 3, side - 6, side - 6), 4, 4)
        painter.end()
        worn = self._wearers(role)
        button = QToolButton()
        button.setIcon(QIcon(picture))
        button.setIconSize(QSize(side, side))
        button.setCheckable(True)
        button.setObjectName("swatch")
        said = f"{role}, {color.hex}" + (f", that of {', '.join(worn[:3])}" if worn else "")
        button.setAccessibleName(said)
        button.setToolTip(said)
        return button

    def _set_out(self) -> None:
        grid = QGridLayout()
        grid.setSpacing(4)
        for n, swatch in enumerate(self.swatches.values()):
            grid.addWidget(swatch, n // COLUMNS, n % COLUMNS)
        grid.setColumnStretch(COLUMNS, 1)
        beside = QHBoxLayout()
        beside.addWidget(self.other_button)
        beside.addWidget(self.none_button)
        beside.addStretch(1)
        buttons = QDialogButtonBox()
        buttons.addButton(self.accept_button, QDialogButtonBox.ButtonRole.AcceptRole)
        cancel = buttons.addButton("Cancel", QDialogButtonBox.ButtonRole.RejectRole)
        for button in buttons.buttons():
            button.setIcon(QIcon())
        cancel.setAutoDefault(False)
        self.none_button.setAutoDefault(False)
        self.other_button.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 12)
        column.setSpacing(10)
        column.addLayout(grid)
        column.addLayout(beside)
        column.addWidget(self.sample)
        column.addWidget(self.notes)
        column.addStretch(1)
        column.addWidget(buttons)
        self.setFixedWidth(scaled(WIDTH))


class Sample(QWidget):
    """How a colour looks on the grounds of both themes: a disc, the name, a bar."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name, self._color = name, ""
        self.setFixedHeight(scaled(58))

    def show_color(self, color: str) -> None:
        """Show another colour; blank for none."""
        self._color = color
        said = [f"{theme.name}: {shown(color, theme).hex}" for theme in (LIGHT, DARK)]
        self.setAccessibleName(f"How it looks, {', '.join(said)}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Light at the left, dark at the right."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        half = (self.width() - 8) / 2
        for n, theme in enumerate((LIGHT, DARK)):
            area = QRectF(n * (half + 8), 0, half, self.height()).adjusted(0.5, 0.5, -0.5, -0.5)
            color = shown(self._color, theme)
            painter.setPen(QPen(qcolor(theme.line2), 1))
            painter.setBrush(qcolor(theme.bg))
            painter.drawRoundedRect(area, 6, 6)
            ring = qcolor(color)
            ground = QColor(ring)
            ground.setAlphaF(0.20 if theme.dark else 0.14)
            painter.setPen(QPen(ring, 3))
            painter.setBrush(ground)
            painter.drawEllipse(QPointF(area.left() + 30, area.center().y()), 15.0, 15.0)
            painter.setFont(lettered(self.font(), 12, 600))
            painter.setPen(qcolor(color.mix(theme.ink, 0.35)))
            room = area.adjusted(56, 10, -10, -24)
            name = painter.fontMetrics().elidedText(self._name, Qt.TextElideMode.ElideRight, int(room.width()))
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ring)
            painter.drawRoundedRect(QRectF(area.left() + 56, area.bottom() - 20, area.width() - 76, 8), 2, 2)
        painter.end()


def shown(color: str, theme: Theme) -> Color:
    """What a chosen colour looks like in a theme; grey for none."""
    return role_color(color, theme) if color else GREY[theme.name]


def doubts(color: str, wearers: Sequence[str]) -> list[str]:
    """What is to be said of a chosen colour: where its contrast is poor, so that another one is shown, and who has it
    too. Nothing of a colour of its own that both grounds bear."""
    found = []
    if color and color not in ROLES:
        own = Color.of(color)
        for theme in (LIGHT, DARK):
            ratio, needed = contrast(own, theme.bg), NEEDED_CONTRAST[theme.name]
            if ratio < needed:
                instead = role_color(color, theme).hex
                found.append(
                    f"⚠&nbsp; On {theme.name} ground it has a contrast of {ratio:.1f} : 1, and needs {needed:g} : 1:"
                    f" {instead} is shown there."
                )
    if wearers:
        others = ", ".join(wearers[:3]) + (f" and {len(wearers) - 3} more" if len(wearers) > 3 else "")
        found.append(f"⚠&nbsp; {others} {'has' if len(wearers) == 1 else 'have'} this colour too.")
    return found
