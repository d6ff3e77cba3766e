"""A small painted widget with marks, for tests of what screen readers see."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtWidgets import QWidget

from app.desktop import accessible
from app.scene.twin import NOTHING, Kind, Rectangle, Twin, TwinMark


def organization(name: str, x: float, y: float) -> TwinMark:
    """A disc of radius 10."""
    box = (x - 10, y - 10, 20.0, 20.0)
    return TwinMark(
        f"organizations:{name}", Kind.ORGANIZATION, name, f"all about {name}", box, (x, y), (x, y), (x, y), 3
    )


A, B = organization("A", 20, 20), organization("B", 80, 60)
FLOW = TwinMark(
    "flow:A>B", Kind.FLOW, "A to B, 2 people", "2 confirmed",
    box=(10, 10, 80, 60), at=(50, 40), leaves=(28, 24), lands=(72, 56), people=2, origin=A.key, destination=B.key,
)  # fmt: skip
TWIN = Twin("Most people joined B (2)", ("2 moves",), (A, B, FLOW))
OTHER = Twin("Nobody moved", (), (organization("C", 50, 20), B))


class Painted(QWidget):
    """Satisfies `Marked`; a step of its camera moves all marks by so many pixels."""

    pressed = Signal(str)

    def __init__(self, twin: Twin = TWIN, parent: QWidget | None = None) -> None:
        self.twin = NOTHING
        self.selection: tuple[str, ...] = ()
        self.travelled = ""
        self.shift = QPoint()
        super().__init__(parent)
        self.setAccessibleName("Flow map")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.resize(120, 100)
        self.twin = twin

    def marks(self) -> Twin:
        """The twin that was put in last."""
        return self.twin

    def place(self, box: Rectangle) -> QRect:
        """World units are pixels."""
        corner = QPoint(round(box[0]), round(box[1])) + self.shift
        return QRect(self.mapToGlobal(corner), QSize(round(box[2]), round(box[3])))

    def select(self, key: str) -> None:
        """Select one mark or none."""
        self.selection = (key,) if key else ()
        accessible.told_selection(self)

    def travel(self, key: str) -> None:
        """Put the keyboard on a mark."""
        self.travelled = key
        accessible.told_focus(self, key)

    def note(self, key: str) -> None:
        """Something to connect to."""


accessible.install(Painted)
