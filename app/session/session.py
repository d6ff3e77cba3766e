"""The state of one window, in one place: its document, clock, view, focus and camera, and few signals.

Panels and pictures show what the session holds and ask it for something else; none of them keeps a state that another
one needs. Where one has looked (not what one has edited) can be walked with Back and Forward.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.dataset import Dataset
from app.domain.edit import Edit
from app.scene.camera import HOME, Camera
from app.session.clock import Clock, Mode
from app.session.document import Document
from app.session.trail import Trail
from app.session.view import EVERYTHING_SHOWN, View

RESTED = 700
"""Milliseconds that a place is looked at before Back leads to it."""


@dataclass(frozen=True, eq=False)
class Other:
    """Another file: what it is called, and what is in it."""

    name: str
    dataset: Dataset


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere that one has looked: view, focus, camera, day and what of the past stays in sight."""

    view: View
    focus: tuple[str, ...]
    camera: Camera
    day: float
    mode: Mode
    window: float


@dataclass(frozen=True, eq=False)
class Stood:
    """Where one looked, with time as it was, and the way that had led there."""

    place: Place
    clock: Clock
    trail: Trail[Place]


class Session(QObject):
    """One window's state. Every setter tells by its signal, and only if something is another than before."""

    document_changed = Signal(object)
    clock_changed = Signal(object)
    view_changed = Signal(object)
    focus_changed = Signal(object)
    camera_changed = Signal(object)
    trail_changed = Signal()
    other_changed = Signal()
    went = Signal(object)
    """The Place that Back or Forward has led to, when all of it has been told."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.document: Document | None = None
        self.clock = Clock(0.0, (0.0, 0.0))
        self.view: View = EVERYTHING_SHOWN
        self.focus: tuple[str, ...] = ()
        self.camera: Camera = HOME
        self.other: Other | None = None
        """What the document is compared with, where that is another file: no part of the view."""
        self.trail: Trail[Place] = Trail()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(RESTED)
        self._rest.timeout.connect(self.note)

    def close(self) -> None:
        """Stop the timer."""
        self._rest.stop()

    # the document

    def set_document(self, document: Document | None) -> None:
        """Another document, or the same after an edit."""
        if document is not self.document:
            self.document = document
            self.document_changed.emit(document)

    def do(self, edit: Edit, made: Dataset | None = None) -> None:
        """Apply an edit. EditConflict if it does not fit; nothing is changed then. made: as in `Document.done`."""
        if self.document is not None:
            self.set_document(self.document.done(edit, made))

    def undo(self) -> None:
        """Take back the last edit."""
        if self.document is not None:
            self.set_document(self.document.undone())

    def redo(self) -> None:
        """Do again what was taken back last."""
        if self.document is not None:
            self.set_document(self.document.redone())

    def go_to(self, n: int) -> None:
        """Undo or redo until n edits are done, as one change of the document. ValueError if there are not so many."""
        if self.document is not None:
            self.set_document(self.document.at(n))

    # where one looks

    def set_clock(self, clock: Clock) -> None:
        """Another moment, or time begins to run or stops."""
        if clock != self.clock:
            self.clock = clock
            self.clock_changed.emit(clock)
            self._stirred()

    def set_view(self, view: View) -> None:
        """Look at another part of the dataset."""
        if view != self.view:
            self.view = view
            self.view_changed.emit(view)
            self._stirred()

    def set_focus(self, keys: tuple[str, ...]) -> None:
        """Select the marks of these keys, each once, the one selected last at the end."""
        keys = tuple(dict.fromkeys(key for key in keys if key))
        if keys != self.focus:
            self.focus = keys
            self.focus_changed.emit(keys)
            self._stirred()

    def set_other(self, other: Other | None) -> None:
        """Compare the document with another file, or with none."""
        if other is not self.other:
            self.other = other
            self.other_changed.emit()

    def set_camera(self, camera: Camera) -> None:
        """Look through another camera."""
        if camera != self.camera:
            self.camera = camera
            self.camera_changed.emit(camera)
            self._stirred()

    def arrive(self, camera: Camera) -> None:
        """The picture of the view is there, seen through this camera: no step of its own, but known only now."""
        noted = self.trail.here == self.place
        self.set_camera(camera)
        if noted:
            self._walk(self.trail.instead(self.place))

    # back and forward

    @property
    def place(self) -> Place:
        """Where one looks now."""
        return Place(self.view, self.focus, self.camera, self.clock.day, self.clock.mode, self.clock.window)

    def note(self) -> None:
        """Remember the present place; time that runs is no place."""
        self._rest.stop()
        if self.document is not None and not self.clock.playing:
            self._walk(self.trail.gone(self.place))

    def forget_trail(self) -> None:
        """Begin a new trail here."""
        self._rest.stop()
        empty: Trail[Place] = Trail()
        self._walk(empty.gone(self.place) if self.document is not None else empty)

    def visit(self, place: Place) -> None:
        """Look somewhere else, all at once; Back leads to where one looked before. `note` remembers the new place."""
        self.set_clock(self.clock.paused())
        self.note()
        self._come_to(place)

    @property
    def stood(self) -> Stood:
        """Where one looks and how one came there, to be put back later."""
        return Stood(self.place, self.clock, self.trail)

    def put_back(self, stood: Stood) -> None:
        """Look where one looked then, as if one had been nowhere else since."""
        self.set_clock(self.clock.paused())
        self._come_to(stood.place)
        self.set_clock(stood.clock)
        self._rest.stop()
        self._walk(stood.trail)

    def back(self) -> None:
        """Look where one looked before."""
        self.set_clock(self.clock.paused())
        self._note_if_stirred()
        self._go(self.trail.back())

    def forward(self) -> None:
        """Look where one came back from."""
        self._note_if_stirred()
        self._go(self.trail.forward())

    def _go(self, trail: Trail[Place]) -> None:
        place = trail.here
        if place is None or trail is self.trail:
            return
        self._come_to(place)
        self._rest.stop()
        self._walk(trail)

    def _come_to(self, place: Place) -> None:
        self.set_view(place.view)
        self.set_clock(replace(self.clock.paused(), mode=place.mode, window=place.window).at(place.day))
        self.set_camera(place.camera)
        self.set_focus(place.focus)
        self.went.emit(place)

    def _walk(self, trail: Trail[Place]) -> None:
        if trail is not self.trail:
            self.trail = trail
            self.trail_changed.emit()

    def _note_if_stirred(self) -> None:
        if self._rest.isActive():
            self.note()

    def _stirred(self) -> None:
        if not self.clock.playing:
            self._rest.start()
