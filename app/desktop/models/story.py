"""The steps of a story as a Qt model: one row a step, with its small picture; dragging one asks for its move."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QByteArray, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtCore import Signal as QtSignal
from PySide6.QtGui import QImage

from app.domain import dates
from app.domain.stories import Step
from app.session.telling import faults
from app.session.view import SEATED

Index = QModelIndex | QPersistentModelIndex
R = Qt.ItemDataRole
_NO_INDEX = QModelIndex()
KIND = "application/x-talentflow-step"
NAMES = {
    "flowmap": "Flow map", "sankey": "Sankey", "alluvial": "Alluvial", "chord": "Chord", "matrix": "Matrix",
    "careers": "Careers", "timeline": "Events", "compare": "Compared", "orgchart": "Organization chart",
    "buildout": "Build-out",
}  # fmt: skip
"""What pictures are called in a list."""


def about(step: Step) -> str:
    """Picture, day, filter: what a step shows."""
    if step.raw is not None:
        return "Not a step"
    picture = str(step.view.get("picture", "flowmap"))
    open_end = "newest day" if picture in SEATED else "whole span"
    day = dates.text(step.day) if step.day is not None else open_end
    lens = str(step.view.get("lens", ""))
    name = NAMES.get(picture, "Unknown picture")
    return " · ".join(part for part in (name, day, lens) if part)


class StoryModel(QAbstractListModel):
    """Row n is step n + 1."""

    moved = QtSignal(int, int)
    """A step was dragged: from which place, to which place, counted without it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.steps: tuple[Step, ...] = ()
        self._images: dict[int, QImage] = {}

    def show(self, steps: Sequence[Step], images: Mapping[int, QImage]) -> None:
        """Other steps, with the small pictures that are there, by row."""
        same = len(steps) == len(self.steps)
        if not same:
            self.beginResetModel()
        self.steps, self._images = tuple(steps), dict(images)
        if not same:
            self.endResetModel()
        elif steps:
            self.dataChanged.emit(self.index(0, 0), self.index(len(steps) - 1, 0))

    def show_image(self, row: int, image: QImage) -> None:
        """The small picture of a step has been made."""
        if row < len(self.steps):
            self._images[row] = image
            self.dataChanged.emit(self.index(row, 0), self.index(row, 0), [R.DecorationRole])

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        """The steps."""
        return 0 if parent.isValid() else len(self.steps)

    def image(self, row: int) -> QImage | None:
        """The small picture of a step, once it is there."""
        return self._images.get(row)

    def data(self, index: Index, role: int = R.DisplayRole) -> Any:
        """Its head; what it shows and what is wrong with it as a tooltip; for screen readers all of it."""
        if not index.isValid():
            return None
        step, wrong = self.steps[index.row()], ". ".join(faults(self.steps[index.row()]))
        if role == R.DisplayRole:
            return step.head or step.text.partition("\n")[0] or about(step)
        if role == R.DecorationRole:
            return self._images.get(index.row())
        if role == R.AccessibleTextRole:
            said = (f"Step {index.row() + 1} of {len(self.steps)}", step.head, about(step), wrong)
            return ", ".join(part for part in said if part)
        if role in (R.ToolTipRole, R.AccessibleDescriptionRole):
            parts = (about(step), f"{step.seconds:g} s", wrong and f"This step {wrong}")
            return "\n".join(part for part in parts if part)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A step can be dragged; between steps, not on one, it can be dropped."""
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled

    def supportedDropActions(self) -> Qt.DropAction:
        """Steps are moved."""
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        """The number of a step of this list."""
        return [KIND]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """The number of the step that is dragged."""
        made = QMimeData()
        made.setData(KIND, QByteArray(str(indexes[0].row() if indexes else -1).encode()))
        return made

    def canDropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        """Only a step of this list, between two others."""
        return data.hasFormat(KIND) and not parent.isValid()

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        """Ask for the move: the story changes, and the list follows it; so nothing is to be removed from here."""
        at = int(bytes(data.data(KIND).data()) or b"-1") if data.hasFormat(KIND) else -1
        if not 0 <= at < len(self.steps) or parent.isValid():
            return False
        to = row if row >= 0 else len(self.steps)
        if to not in (at, at + 1):
            self.moved.emit(at, to - (to > at))
        return False
