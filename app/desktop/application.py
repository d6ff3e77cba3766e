"""Fills the frame: canvas, time bar, status; connects commands to what they do, once, in one place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np
from PySide6.QtCore import QObject, QSize, QTimer
from PySide6.QtWidgets import QLabel

from app.desktop import camera as moves
from app.desktop.canvas import Canvas
from app.desktop.frame import Frame
from app.desktop.opening import Opened, picture_of
from app.desktop.timebar import TimeBar
from app.pictures import wording
from app.pictures.flowmap import FlowMap
from app.render.theme import Theme
from app.session.clock import Clock, Mode, pace
from app.session.jobs import Jobs

SETTLED = 150
"""Milliseconds after the last change of size before the picture is laid out anew."""


class Application(QObject):
    """Holds the parts of one window together: the opened dataset, its clock, the canvas and the bar below it."""

    def __init__(self, frame: Frame, opened: Opened, *, play: bool = True) -> None:
        super().__init__(frame)
        self.frame, self.opened = frame, opened
        self.jobs = Jobs(self)
        self.canvas = Canvas(frame.body)
        self.timebar = TimeBar(frame.actions_by_id, frame.body)
        span = opened.picture.span
        self.clock = Clock(span[1], span, speed=pace(span))
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLED)
        self._settle.timeout.connect(self._lay_out)
        layout = frame.body.layout()
        assert layout is not None
        layout.removeWidget(frame.notice)
        frame.notice.hide()
        layout.addWidget(self.canvas)
        layout.addWidget(self.timebar)
        self._name()
        self._connect()
        self._dress(frame.theme)
        frame.actions_by_id.enable(enabled=True)
        frame.actions_by_id["time.mode.cumulative"].setChecked(True)
        self.canvas.show_picture(opened.picture)
        self.canvas.setFocus()
        can_play = opened.picture.prepared.motion is not None
        for name in ("time.play", "time.first", "time.last", "time.forward", "time.back", "time.faster", "time.slower"):
            frame.actions_by_id[name].setEnabled(can_play)
        self.timebar.slider.setEnabled(can_play)
        lively = replace(self.clock, day=opened.picture.lively) if play and can_play else self.clock
        self.set_clock(lively.played() if play and can_play else lively)

    def close(self) -> None:
        """Stop time and every job."""
        self.clock = self.clock.paused()
        self.canvas.show_clock(self.clock)
        self._settle.stop()
        self.jobs.close()

    def set_clock(self, clock: Clock) -> None:
        """Go to another moment, everywhere."""
        self.clock = clock
        self.canvas.show_clock(clock)
        self.timebar.show_clock(clock)

    def _name(self) -> None:
        """Title and status line: which file, how much it holds."""
        opened = self.opened
        self.frame.setWindowTitle(f"{opened.path.name if opened.path else 'ai-labs.json'} — Talentflow")
        data = opened.dataset
        counts = (
            ("people", "person", "people"),
            ("organizations", "organization", ""),
            ("stints", "stint", ""),
            ("sources", "source", ""),
        )
        words = " · ".join(wording.counted(data[table].height, noun, plural) for table, noun, plural in counts)
        bar = self.frame.statusBar()
        left = QLabel(words)
        left.setContentsMargins(12, 0, 0, 0)
        right = QLabel(f"{wording.counted(opened.n_warnings, 'warning')} · 0 errors")
        right.setContentsMargins(0, 0, 12, 0)
        bar.addWidget(left)
        bar.addPermanentWidget(right)

    def _connect(self) -> None:
        """Every command to what it does."""
        act = self.frame.actions_by_id
        does: dict[str, Callable[[], None]] = {
            "view.zoom-in": partial(self.canvas.zoom, moves.STEP),
            "view.zoom-out": partial(self.canvas.zoom, 1 / moves.STEP),
            "view.fit": self.canvas.fit,
            "time.play": self.toggle,
            "time.first": lambda: self.set_clock(self.clock.paused().at(self.clock.span[0])),
            "time.last": lambda: self.set_clock(self.clock.paused().at(self.clock.span[1])),
            "time.forward": partial(self.step, 1),
            "time.back": partial(self.step, -1),
            "time.faster": partial(self.pace, 2.0),
            "time.slower": partial(self.pace, 0.5),
            "time.mode.cumulative": partial(self.keep, Mode.CUMULATIVE),
            "time.mode.window": partial(self.keep, Mode.WINDOW),
            "time.mode.instant": partial(self.keep, Mode.INSTANT),
        }
        for name, do in does.items():
            act[name].triggered.connect(lambda _=False, do=do: do())
        self.canvas.ticked.connect(lambda seconds: self.set_clock(self.clock.after(seconds)))
        self.canvas.resized.connect(self._resized)
        self.timebar.day_wanted.connect(lambda day: self.set_clock(self.clock.paused().at(day)))
        self.frame.theme_changed.connect(self._dress)
        self.frame.closing.connect(self.close)

    def toggle(self) -> None:
        """Play or pause."""
        self.set_clock(self.clock.paused() if self.clock.playing else self.clock.played())

    def step(self, way: int) -> None:
        """To the next (1) or last (-1) day on which someone joined."""
        if self.canvas.picture is None:
            return
        days = self.canvas.picture.days
        now = int(self.clock.day)
        at = int(np.searchsorted(days, now, "right")) if way > 0 else int(np.searchsorted(days, now, "left")) - 1
        if 0 <= at < len(days):
            self.set_clock(self.clock.paused().at(float(days[at])))

    def pace(self, factor: float) -> None:
        """Let time run faster or slower."""
        self.set_clock(replace(self.clock, speed=min(max(self.clock.speed * factor, 0.25), 3650.0)))

    def keep(self, mode: Mode) -> None:
        """Choose what of the past stays in sight."""
        self.set_clock(replace(self.clock, mode=mode))

    def _dress(self, theme: Theme) -> None:
        self.canvas.show_theme(theme)
        self.timebar.show_theme(theme)
        self.timebar.show_clock(self.clock)

    def _resized(self, size: QSize) -> None:
        if (
            self.canvas.picture is not None
            and (float(size.width()), float(size.height())) != self.canvas.picture.options.size
        ):
            self._settle.start()

    def _lay_out(self) -> None:
        """The picture for the canvas' new size, off the main thread; organizations keep their places."""
        size, dataset, previous = (self.canvas.width(), self.canvas.height()), self.opened.dataset, self.canvas.picture
        self.jobs.start("picture", lambda _: picture_of(dataset, size, previous), self._laid_out, self._failed)

    def _laid_out(self, picture: FlowMap) -> None:
        self.canvas.show_picture(picture)
        self.canvas.show_clock(self.clock)

    def _failed(self, error: Exception) -> None:
        self.frame.statusBar().showMessage(f"The picture could not be drawn: {error}")
