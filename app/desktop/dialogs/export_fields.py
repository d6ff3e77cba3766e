"""What the dialogs that export have in common: pictures a second, light or dark, the buttons."""

from __future__ import annotations

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QSpinBox


def pictures_a_second() -> QSpinBox:
    """How many pictures a film has a second."""
    made = QSpinBox()
    made.setRange(1, 60)
    made.setValue(30)
    made.setSuffix(" a second")
    return made


def light_or_dark(chosen: str) -> QComboBox:
    """The themes by their names; chosen: the one that stands there first."""
    made = QComboBox()
    for text, name in (("Light", "light"), ("Dark", "dark")):
        made.addItem(text, name)
    made.setCurrentIndex(made.findData(chosen))
    return made


def buttons_of(dialog: QDialog) -> QDialogButtonBox:
    """To export, or not to."""
    made = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
    made.button(QDialogButtonBox.StandardButton.Save).setText("Export …")
    for button in made.buttons():
        button.setIcon(QIcon())
    made.accepted.connect(dialog.accept)
    made.rejected.connect(dialog.reject)
    return made
