"""Keeps the picture in line with the document, the view and the size of the canvas: laid out anew off the main thread,
from the places that the last one had. The latest wish wins; until it is met the last picture is shown."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.dataset import Dataset
from app.pictures.flowmap import FlowMap
from app.session.jobs import Jobs
from app.session.pictured import picture_of
from app.session.session import Session
from app.session.view import View

SETTLED = 150
"""Milliseconds after the last change of size before the picture is laid out anew."""
CHANNEL = "picture"


class Drawing(QObject):
    """Makes pictures of what a session looks at."""

    drawn = Signal(object, object)
    """A FlowMap and the View that it shows."""
    failed = Signal(object)
    """The error for which a picture could not be made; the last one stays."""

    def __init__(self, session: Session, jobs: Jobs, size: Callable[[], tuple[int, int]]) -> None:
        """size: that of the canvas, now."""
        super().__init__(session)
        self._session, self._jobs, self._size = session, jobs, size
        self._made: tuple[FlowMap, Dataset, View] | None = None
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLED)
        self._settle.timeout.connect(lambda: self.draw(self._asked))
        self._asked: View | None = None  # the view that is being drawn
        self._preview: tuple[Dataset, Dataset] | None = None  # of which dataset, and what it would become
        session.document_changed.connect(self._document_changed)
        session.view_changed.connect(self._bring_in_line)

    def close(self) -> None:
        """Make no further picture."""
        self._settle.stop()
        self._give_up()

    def preview(self, dataset: Dataset | None) -> None:
        """Draw what the document's dataset would become; None: as it is. Another step of the document ends it."""
        document = self._session.document
        self._preview = (document.dataset, dataset) if document is not None and dataset is not None else None
        self._bring_in_line(self._session.view if self._asked is None else self._asked)

    @property
    def _dataset(self) -> Dataset | None:
        document = self._session.document
        if document is None:
            return None
        if self._preview is not None and self._preview[0] is document.dataset:
            return self._preview[1]
        return document.dataset

    def begin(self, picture: FlowMap, dataset: Dataset, view: View) -> None:
        """Begin with a picture made elsewhere; of another document than the last one, so no job for that matters."""
        self.close()
        self._made = (picture, dataset, view)
        self.resized()

    def forget(self) -> None:
        """There is no document any more."""
        self.close()
        self._made = None

    def resized(self) -> None:
        """The canvas has another size: wait until it has settled."""
        if self._made is not None and not self._fits(self._made[0]):
            self._settle.start()

    def draw(self, view: View | None = None) -> None:
        """Make the picture of a view (default: the one under way, else the session's) for the canvas as it is."""
        dataset, size = self._dataset, self._size()
        if dataset is None or self._made is None:
            return
        asked, previous = view or self._asked or self._session.view, self._made[0]
        if self._made[1] is dataset and self._made[2].flows == asked.flows and self._fits(previous):
            self._give_up()
            self._made = (previous, dataset, asked)
            self.drawn.emit(previous, asked)  # what differs is no matter of the flow map
            return
        self._asked = asked

        def done(picture: FlowMap) -> None:
            self._asked = None
            self._made = (picture, dataset, asked)
            self.drawn.emit(picture, asked)
            if not self._fits(picture):
                self._settle.start()

        def failed(error: Exception) -> None:
            self._asked = None
            self.failed.emit(error)

        self._jobs.start(CHANNEL, lambda _: picture_of(dataset, size, previous, asked), done, failed)

    def _document_changed(self) -> None:
        self._bring_in_line(self._session.view if self._asked is None else self._asked)

    def _bring_in_line(self, view: View) -> None:
        """Draw if what is shown is not what shall be; what is under way for something else is given up."""
        dataset = self._dataset
        if dataset is None or self._made is None:
            return
        if self._made[1] is not dataset or self._made[2] != view:
            self.draw(view)
        else:
            self._give_up()

    def _give_up(self) -> None:
        self._asked = None
        self._jobs.cancel(CHANNEL)

    def _fits(self, picture: FlowMap) -> bool:
        return picture.options.size == tuple(float(side) for side in self._size())
