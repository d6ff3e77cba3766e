"""A story presented in the window: nothing but the picture and the words of a step, until Escape puts everything back.

From step to step of one picture time plays and the camera flies; another picture is faded in. Where motion is reduced
nothing moves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.desktop.storystrip import StoryStrip, meaning
from app.domain.stories import Step
from app.pictures.flowmap import FlowMap
from app.pictures.shown import Shown
from app.render.theme import Theme
from app.session.clock import Clock, Mode
from app.session.pictured import can_play
from app.session.session import Stood
from app.session.telling import camera_of, mode_of
from app.session.view import View

if TYPE_CHECKING:
    from app.desktop.storytelling import Storytelling

SHORTEST, LONGEST, SHARE = 1.2, 8.0, 0.6
"""Seconds that time plays from step to step, at least and at most, and as share of those of the step: the rest of them
it stands."""


class Presenting(QObject):
    """One presentation after the other."""

    def __init__(self, telling: Storytelling) -> None:
        super().__init__(telling)
        self._telling, self._app = telling, telling.app
        self.number = -1
        """The step that is shown; −1 while nothing is presented."""
        self._stood: Stood | None = None
        self._flows: FlowMap | None = None
        self._state = QByteArray()
        self._window = Qt.WindowState.WindowNoState
        self._hidden: list[QWidget] = []
        self._target: Clock | None = None  # what time plays towards
        self.strip = StoryStrip(self._app.frame.body)
        self.strip.wanted.connect(self.do)
        self._app.canvas.installEventFilter(self)
        self._app.canvas.ticked.connect(self._ticked)
        self._app.showing.shown_changed.connect(self._arrived)

    @property
    def on(self) -> bool:
        """Whether a story is presented."""
        return self.number >= 0

    def begin(self) -> None:
        """Present the story from its chosen step on, or from the first."""
        story, app = self._telling.story, self._app
        if self.on or story is None or not story.steps:
            return
        app.timing.pause()
        app.session.note()
        self._stood, self._flows = app.session.stood, app.showing.flows
        app.offered = True  # what a step selects opens no dock
        self._state, self._window = app.frame.saveState(), app.frame.windowState()
        around = (app.frame.menuBar(), app.frame.statusBar(), app.docks.bar, app.docks.time, app.rail, app.lensbar,
                  app.banner, *app.docks.docks)  # fmt: skip
        self._hidden = [part for part in around if not part.isHidden()]
        for part in self._hidden:
            part.hide()
        if (layout := app.frame.body.layout()) is not None:
            layout.addWidget(self.strip)  # below the canvas, which came there after this was made
        app.canvas.cross_fades = True
        self.number = max(self._telling.panel.row, 0)
        self.strip.show_theme(app.frame.theme)
        self._tell(story.steps)
        self.strip.show()
        self.strip.setFocus()
        self._telling.go_to(self.number)

    def end(self) -> None:
        """Put everything back as it was; nothing moves any more."""
        if not self.on or self._stood is None:
            return
        app, row = self._app, self.number
        self.number, self._target = -1, None
        app.canvas.cross_fades = False
        app.canvas.setFocus()
        self.strip.hide()
        for part in self._hidden:
            part.show()
        app.frame.setWindowState(self._window)
        app.frame.restoreState(self._state)
        app.canvas.set_camera(app.canvas.heading)  # a flight ends here
        app.session.put_back(self._stood)
        document, view = app.session.document, app.session.view
        if document is not None and self._flows is not None and self._flows.gathered.dataset is document.dataset:
            app.drawing.begin(self._flows, document.dataset, view)  # organizations stand where they stood
            app.drawing.drawn.emit(self._flows, view)
        self._stood, self._flows, self._hidden = None, None, []
        self._telling.panel.choose(row)

    def do(self, word: str) -> None:
        """What a key or a button means."""
        n = len(self._telling.story.steps) if self._telling.story is not None else 0
        match word:
            case "end":
                self.end()
            case "full":
                self._app.frame.setWindowState(self._app.frame.windowState() ^ Qt.WindowState.WindowFullScreen)
            case "next" | "back" | "first" | "last":
                goes = {"next": self.number + 1, "back": self.number - 1, "first": 0, "last": n - 1}[word]
                self.go(min(max(goes, 0), n - 1))

    def go(self, number: int) -> None:
        """Present another step."""
        story = self._telling.story
        if self.on and story is not None and 0 <= number < len(story.steps) and number != self.number:
            self.number = number
            self._tell(story.steps)
            self._show(number)

    def show_theme(self, theme: Theme) -> None:
        """The same in another theme."""
        self.strip.show_theme(theme)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys of the presentation, where the canvas has the focus."""
        if self.on and isinstance(event, QKeyEvent) and (word := meaning(event)):
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self.do(word)
                return True
        return super().eventFilter(watched, event)

    def _tell(self, steps: Sequence[Step]) -> None:
        """The words of the step, below where the words of the picture begin."""
        shown = self._app.canvas.shown
        self.strip.tell(steps, self.number, shown.frame.margin if shown is not None else 0.0)

    def _show(self, number: int) -> None:
        """Go to a step: in motion where it is one more day of the same picture."""
        session, canvas, step = self._app.session, self._app.canvas, self._telling.step(number)
        if step is None:
            return
        self._stand()
        clock, view = session.clock, View.restored(step.view)
        day = float(step.day) if step.day is not None else clock.span[1]
        alike = view == session.view and canvas.shown is not None
        plays = alike and can_play(view) and day > clock.day and not canvas.reduced
        if not alike or canvas.reduced or canvas.shown is None:
            self._telling.look(number, step, day)
            return
        session.set_focus(step.focus)
        canvas.glide_to(camera_of(step.camera, canvas.shown))
        self._target = replace(clock, mode=Mode(mode_of(step)), window=step.window, playing=False).at(day)
        if not plays:
            self._stand()
            return
        seconds = min(max(step.seconds * SHARE, SHORTEST), LONGEST)
        speed = (day - clock.day) / seconds
        session.set_clock(replace(self._target, day=clock.day, speed=speed, pacing=None, loop=None, looping=False,
                                  playing=True))  # fmt: skip

    def _stand(self) -> None:
        """Time has come to where it was going."""
        target, self._target = self._target, None
        if target is not None:
            self._app.session.set_clock(target)

    def _ticked(self, passed: float) -> None:
        """Before time goes on: whether it would come there."""
        if self._target is not None and self._app.session.clock.after(passed).day >= self._target.day:
            self._stand()

    def _arrived(self, shown: Shown) -> None:
        """The picture has been laid out for another size: its step is seen as it was meant."""
        step: Step | None = self._telling.step(self.number) if self.on else None
        if step is not None and View.restored(step.view) == self._app.session.view and step.camera is not None:
            self._app.canvas.set_camera(camera_of(step.camera, shown))
