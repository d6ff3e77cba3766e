"""Keeps any other picture than the flow map in line with view, day and size of the canvas: made off the main thread,
from the same moves and words as that. While time plays the newest day is made when the last one is done, so
that a slow machine shows fewer days and not older ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from app.pictures.flowmap import FlowMap
from app.pictures.shown import Shown
from app.scene.camera import Camera
from app.session.jobs import Jobs
from app.session.pictured import Wanted, depicted
from app.session.session import Session
from app.session.view import View

CHANNEL, DETAIL = "seats", "detail"


class Depicting(QObject):
    """Makes the other pictures of one window."""

    drawn = Signal(object, object)
    """A Shown, and the View that it shows."""
    detailed = Signal(object)
    """The Shown on the canvas with what its camera needs."""
    failed = Signal(object)

    def __init__(
        self, session: Session, jobs: Jobs, size: Callable[[], tuple[int, int]], flows: Callable[[], FlowMap | None]
    ) -> None:
        """size: that of the canvas, now; flows: the flow map of the session's view."""
        super().__init__(session)
        self._session, self._jobs, self._size, self._flows = session, jobs, size, flows
        self._made: tuple[Wanted, Shown] | None = None
        self._running: Wanted | None = None
        self._next: Wanted | None = None

    @property
    def shown(self) -> Shown | None:
        """The last picture made."""
        return self._made[1] if self._made is not None else None

    @property
    def busy(self) -> bool:
        """Whether a picture is being made."""
        return self._running is not None

    @property
    def outdated(self) -> bool:
        """Whether the picture that is being made, or was just made, is out of date already."""
        return self._next is not None

    def forget(self) -> None:
        """There is no document any more."""
        self._made = self._next = self._running = None
        self._jobs.cancel(CHANNEL)
        self._jobs.cancel(DETAIL)

    def refresh(self, view: View, camera: Camera | None) -> None:
        """Make the picture of a view on the session's day, unless it is there; a flow map is made elsewhere."""
        flows = self._flows()
        if flows is None or not view.depicted:
            return
        clock = self._session.clock
        day = None if not view.seated or view.tiled or (clock.at_end and not clock.playing) else int(clock.day)
        span = (int(clock.span[0]), int(clock.span[1]))
        wanted = Wanted(flows, view, day, self._size(), camera, span)
        document, other = self._session.document, self._session.other
        if view.picture == "compare" and document is not None and other is not None:
            wanted = replace(wanted, files=(document.name, other.name), other=other.dataset)
        if self._running is not None:
            self._next = wanted
        elif not wanted.like(self._made[0] if self._made is not None else None):
            self._start(wanted)
        elif self._made is not None:
            self.drawn.emit(self._made[1], view)

    def detail(self, shown: Shown, camera: Camera) -> None:
        """Make what a camera needs of a picture that does not have it."""

        def done(made: Shown | None) -> None:
            if made is not None and self._made is not None and self._made[1] is shown:
                self._made = (self._made[0], made)
                self.detailed.emit(made)

        self._jobs.start(DETAIL, lambda _: shown.detailed(camera), done, self.failed.emit)

    def _start(self, wanted: Wanted) -> None:
        self._running = wanted
        before = self.shown
        self._jobs.cancel(DETAIL)

        def ended() -> None:
            self._running = None
            following, self._next = self._next, None
            if following is not None and not following.like(wanted):
                self._start(following)

        def done(made: Shown) -> None:
            self._made = (wanted, made)
            if self._next is None or self._next.view == wanted.view:  # else it is out of date
                self.drawn.emit(made, wanted.view)
            ended()

        def failed(error: Exception) -> None:
            self.failed.emit(error)
            ended()

        self._jobs.start(CHANNEL, lambda _: depicted(wanted, before), done, failed)
