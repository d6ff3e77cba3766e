"""Which picture is on the canvas, and through which camera: each picture keeps its own, and what one folds stays where
it is under the pointer."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from app.desktop import camera as moves
from app.desktop.canvas import Canvas
from app.desktop.depicting import Depicting
from app.pictures.flowmap import FlowMap
from app.pictures.shown import MapShown, Shown
from app.pictures.shown_seats import ChartShown
from app.render.widths import measure
from app.scene.camera import Camera
from app.session.jobs import Jobs
from app.session.session import Session
from app.session.view import View

PLAYED = 0.25
"""Seconds between two pictures of seats while time plays."""
Looked = Callable[[Shown], Camera]
"""The camera for a picture, which is known when that is there."""
Place = tuple[str, str, bool]
"""Which picture, of which organization or in which manner, and whether as small multiples."""


class Showing(QObject):
    """Puts pictures on one canvas."""

    wanted = Signal(object)
    """Another View: after something was folded."""
    shown_changed = Signal(object)
    """Another Shown is on the canvas."""
    failed = Signal(object)

    def __init__(self, session: Session, jobs: Jobs, canvas: Canvas, size: Callable[[], tuple[int, int]]) -> None:
        super().__init__(session)
        self.flows: FlowMap | None = None
        """The flow map of the session's view, whatever is on the canvas: tables, time and evidence live on it."""
        self._session, self._canvas = session, canvas
        self._depicting = Depicting(session, jobs, size, lambda: self.flows)
        self._depicting.drawn.connect(self._depicted)
        self._depicting.detailed.connect(self._detailed)
        self._depicting.failed.connect(self.failed)
        self._cameras: dict[Place, Camera] = {}
        self._place: Place | None = None
        self._view: View | None = None  # that of the picture on the canvas
        self._sent: tuple[View, Looked] | None = None  # where Back led to: a view, and the camera to see it through
        self._refreshed = 0.0
        self._anchor = ""  # the key of the box that was folded last
        self._after: Callable[[], None] | None = None  # what waits for the next picture
        canvas.detail_wanted.connect(self._want_detail)
        canvas.fold_wanted.connect(self.fold)
        session.other_changed.connect(self._other_changed)
        session.went.connect(lambda place: self._come_to(place.view, place.camera))

    def forget(self) -> None:
        """There is no document any more."""
        self.flows, self._place, self._view, self._sent = None, None, None, None
        self._anchor, self._after = "", None
        self._cameras.clear()
        self._depicting.forget()

    def begin(self, view: View, camera: Camera) -> None:
        """Look through this camera when the first picture of a document comes."""
        if not view.depicted:
            self._cameras[_place(view)] = camera

    def show(self, flows: FlowMap, view: View) -> None:
        """Show a view; its flow map is there, another picture comes when it is made."""
        self.flows = flows
        if not view.depicted:
            self._put(MapShown(measure, flows), view)
        else:
            self.refresh(view)

    def refresh(self, view: View | None = None) -> None:
        """Bring a picture of seats in line with day and size. While time plays, a few times a second, and when the last
        one has been painted. Other pictures are told the day by the canvas."""
        if view is None and not self._session.view.seated:
            return
        if view is None and self._session.clock.playing:
            now = time.perf_counter()
            if self._canvas.painting or now - self._refreshed < PLAYED:
                return
            self._refreshed = now
        shown = view if view is not None else self._session.view
        camera = self._canvas.camera if _place(shown) == self._place else self._cameras.get(_place(shown))
        self._depicting.refresh(shown, camera)

    def _other_changed(self) -> None:
        """The document is compared with another file."""
        if self._session.view.picture == "compare":
            self.refresh(self._session.view)

    def look_through(self, camera: Camera) -> None:
        """Look through another camera, unless it is meant for a picture that is still being made."""
        if not self._waiting:
            self._canvas.set_camera(camera)

    def _come_to(self, view: View, camera: Camera) -> None:
        """Back or Forward has led to a view: its picture is seen through this camera when it is there."""
        self._sent = (view, lambda _: camera) if self._waiting else None

    def see(self, view: View, camera: Looked) -> bool:
        """See the picture of the session's view through a camera that depends on it, as soon as it is there; whether it
        is there."""
        shown = self._canvas.shown
        if self._waiting or shown is None:
            self._sent = (view, camera)
            return False
        self._session.set_camera(camera(shown))
        return True

    @property
    def _waiting(self) -> bool:
        """Whether another picture than the one on the canvas is being made."""
        return self._session.view != self._view or self._depicting.busy

    def fold(self, key: str, whole: bool) -> None:
        """Fold or unfold what is below a box; whole: everything on its level."""
        shown, view = self._canvas.shown, self._session.view
        if not isinstance(shown, ChartShown):
            return
        self._anchor = key
        keys = shown.world_of.level_of(key) if whole else (key,)
        self.wanted.emit(replace(view, folds=view.folds.turn(*keys)))

    def after(self, then: Callable[[], None]) -> None:
        """Do something when the next picture is there."""
        self._after = then

    def reveal(self, keys: tuple[str, ...]) -> None:
        """Bring what stands for records into sight; in a chart, unfold what hides it first."""
        shown, view = self._canvas.shown, self._session.view
        above = shown.folds_above(keys) if isinstance(shown, ChartShown) else ()
        if not above or not isinstance(shown, ChartShown):
            self._canvas.go_to(keys)
            return
        self.after(lambda: self._canvas.go_to(keys))
        self.wanted.emit(replace(view, folds=view.folds.turn(*above)))

    def _depicted(self, shown: Shown, view: View) -> None:
        if _place(self._session.view) == _place(view):
            self._put(shown, view)

    def _detailed(self, shown: Shown) -> None:
        if shown.view == self._session.view.picture:
            self._canvas.show_picture(shown)

    def _want_detail(self, camera: Camera) -> None:
        if self._canvas.shown is not None:
            self._depicting.detail(self._canvas.shown, camera)

    def _put(self, shown: Shown, view: View) -> None:
        arrived = _place(view) != self._place
        canvas, place = self._canvas, _place(view)
        before, camera = canvas.shown, canvas.heading
        if place != self._place:
            if self._place is not None:
                self._leave(self._place, before, camera)
            camera = self._cameras.get(place, shown.home)
        elif before is not None and moves.is_home(camera, before.home):
            camera = shown.home
        elif before is not None and self._anchor:
            camera = _held_at(camera, before, shown, self._anchor)
        elif isinstance(before, ChartShown) and isinstance(shown, ChartShown):
            camera = _kept(camera, before, shown, self._session.focus)
        self._anchor, self._place = "", place
        self._view = view
        if self._sent is not None and self._sent[0] == view:
            camera, arrived = self._sent[1](shown), True
            self._sent = self._sent if self._depicting.outdated else None
        canvas.show_picture(shown, camera)
        tell = self._session.arrive if arrived else self._session.set_camera
        tell(canvas.camera)
        if canvas.shown is not None and canvas.scene is not None and not shown.covers(canvas.scene, canvas.camera):
            self._want_detail(canvas.camera)
        self.shown_changed.emit(shown)
        if self._after is not None:
            then, self._after = self._after, None
            then()

    def _leave(self, place: Place, shown: Shown | None, camera: Camera) -> None:
        """Remember the camera of the picture that goes; what is seen whole is seen whole again, whatever its day and
        size are then."""
        if shown is not None and moves.is_home(camera, shown.home):
            self._cameras.pop(place, None)
        else:
            self._cameras[place] = camera


def _place(view: View) -> Place:
    manner = "heat" if view.heat and view.picture == "matrix" else ""
    return (view.picture, view.organization if view.seated else manner, view.tiled)


def _kept(camera: Camera, before: ChartShown, after: ChartShown, focus: tuple[str, ...]) -> Camera:
    """The camera that shows what is selected, else what lies in the middle, where it was from the middle of the canvas:
    a chart is laid out anew for a canvas of another shape, and on a day on which somebody came."""
    (w0, h0), (w1, h1) = before.size, after.size
    key = next((key for key in reversed(focus) if before.box_of(before.made, (key,)) is not None), "")
    held = _held_at(camera, before, after, key or before.nearest_key(*camera.to_world(w0 / 2, h0 / 2)))
    return Camera(held.scale, held.dx + (w1 - w0) / 2, held.dy + (h1 - h0) / 2)


def _held_at(camera: Camera, before: Shown, after: Shown, key: str) -> Camera:
    """The camera that shows a box where it was on the screen."""
    if not isinstance(before, ChartShown) or not isinstance(after, ChartShown):
        return camera
    old, new = (shown.box_of(shown.made, (key,)) for shown in (before, after))
    if old is None or new is None:
        return camera
    return Camera(
        camera.scale, camera.dx + (old[0] - new[0]) * camera.scale, camera.dy + (old[1] - new[1]) * camera.scale
    )
