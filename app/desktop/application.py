"""Fills the frame: canvas, time bar, status; connects commands to what they do, once, in one place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, QSize, Qt, QTimer
from PySide6.QtWidgets import QDockWidget, QFileDialog, QLabel, QProgressBar

from app.desktop import camera as moves
from app.desktop.banner import Banner
from app.desktop.canvas import Canvas
from app.desktop.export import Current, Exporter
from app.desktop.frame import Frame, told
from app.desktop.lensbar import LensBar
from app.desktop.opening import EVERYTHING_SHOWN, Opened, View, picture_of, prepare
from app.desktop.panels.evidence import WIDTH, EvidencePanel
from app.desktop.timebar import TimeBar
from app.domain.errors import UsageError
from app.pictures import wording
from app.pictures.evidence import evidence
from app.pictures.flowmap import FlowMap
from app.render.theme import Theme
from app.session.clock import Clock, Mode, pace
from app.session.jobs import Jobs, Ticket

SETTLED = 150
"""Milliseconds after the last change of size before the picture is laid out anew."""
SLOW = 300
"""Milliseconds after which an opening that still runs shows its progress."""
TIME_COMMANDS = ("play", "first", "last", "forward", "back", "faster", "slower")
FILTER = "Datasets (*.json *.json.gz *.talentflow *.csv.zip);;All files (*)"


class Application(QObject):
    """Holds the parts of one window together: the opened dataset, its clock, the canvas and the bar below it.

    opened: None where the first file could not be opened; the notice in the middle says why until another one is.
    """

    def __init__(self, frame: Frame, opened: Opened | None, *, play: bool = True) -> None:
        super().__init__(frame)
        self.frame = frame
        self.opened: Opened | None = None
        self.jobs = Jobs(self)
        self.banner = Banner(frame.body)
        self.canvas = Canvas(frame.body)
        self.timebar = TimeBar(frame.actions_by_id, frame.body)
        self.lensbar = LensBar(frame.body)
        self.view = EVERYTHING_SHOWN
        self.evidence = EvidencePanel()
        self.dock = QDockWidget("Evidence", frame)
        self.dock.setObjectName("evidence")
        self.dock.setWidget(self.evidence)
        frame.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self.dock)
        self.dock.hide()
        self.clock = Clock(0.0, (0.0, 0.0))
        self.exporter = Exporter(frame, self.jobs, self.banner, self._current, self._pause)
        self._counts, self._state = QLabel(), QLabel()
        self._progress = QProgressBar()
        self._settle = _timer(self, SETTLED, lambda: self._lay_out())
        self._slow = _timer(self, SLOW, self._show_progress)
        layout = frame.body.layout()
        assert layout is not None
        for part in (self.lensbar, self.banner, self.canvas, self.timebar):
            layout.addWidget(part)
        self._status_bar()
        self._connect()
        self._dress(frame.theme)
        frame.actions_by_id["time.mode.cumulative"].setChecked(True)
        self._list_recent()
        if opened is None:
            for part in (self.lensbar, self.canvas, self.timebar):
                part.hide()
        else:
            self.show(opened, play=play)

    def close(self) -> None:
        """Stop time and every job."""
        self.clock = self.clock.paused()
        if self.opened is not None:
            self.canvas.show_clock(self.clock)
        self._settle.stop()
        self._slow.stop()
        self.jobs.close()

    # the document

    def show(self, opened: Opened, *, play: bool = True, day: float | None = None) -> None:
        """Show another dataset in place of the present one: time begins to run, or stands at `day` if one is given."""
        self.jobs.cancel("picture")
        self.opened = opened
        self.frame.notice.hide()
        self.banner.hide()
        for part in (self.lensbar, self.canvas, self.timebar):
            part.show()
        picture = opened.picture
        self.view = EVERYTHING_SHOWN
        self._count(picture)
        self.canvas.select("")
        span, mode = picture.span, self.clock.mode
        self.clock = Clock(span[1], span, mode=mode, speed=pace(span))
        can_play = picture.prepared.motion is not None
        act = self.frame.actions_by_id
        act.enable(enabled=True)
        act["file.stop"].setEnabled(False)
        act["file.reload"].setEnabled(opened.path is not None)
        for name in TIME_COMMANDS:
            act[f"time.{name}"].setEnabled(can_play)
        self.timebar.slider.setEnabled(can_play)
        self._name(opened)
        self.canvas.fit()
        self.canvas.show_picture(picture)
        self.canvas.setFocus()
        if day is not None:
            self.set_clock(self.clock.at(day))
        elif play and can_play:
            self.set_clock(replace(self.clock, day=picture.lively).played())
        else:
            self.set_clock(self.clock)
        if opened.path is not None:
            self.frame.settings.remember(opened.path)
            self._list_recent()
        self._resized(self.canvas.size())

    def open(self, path: Path | None, *, day: float | None = None) -> None:
        """Open a file (None: the bundled dataset) off the main thread. The present one stays until it has succeeded."""
        size = (max(self.canvas.width(), 560), max(self.canvas.height(), 320))
        self.banner.hide()

        def work(ticket: Ticket) -> Opened:
            opened = prepare(path, size)
            ticket.check()
            return opened

        self.frame.actions_by_id["file.stop"].setEnabled(True)
        self._progress.setFormat(f"Opening {path.name if path else 'the sample'} …")
        self._slow.start()
        self.jobs.start(
            "open", work, partial(self._was_opened, day=day), lambda error: self._could_not_open(error, path)
        )

    def choose_file(self) -> None:
        """Ask which file to open."""
        present = self.opened.path if self.opened is not None else None
        folder = str(present.parent) if present is not None else ""
        name, _ = QFileDialog.getOpenFileName(self.frame, "Open a dataset", folder, FILTER)
        if name:
            self.open(Path(name))

    def reload(self) -> None:
        """Read the file again; the day stays, the picture begins from the places it had."""
        if self.opened is not None and self.opened.path is not None:
            self.open(self.opened.path, day=self.clock.day)

    def stop_opening(self) -> None:
        """Give up opening; the present document stays."""
        self.jobs.cancel("open")
        self._opening_ended()

    def _was_opened(self, opened: Opened, day: float | None) -> None:
        self._opening_ended()
        self.show(opened, day=day)

    def _could_not_open(self, error: Exception, path: Path | None) -> None:
        self._opening_ended()
        lines = told(error, path)
        if self.opened is None:
            self.frame.notice.say(*lines)
        else:
            self.banner.say("\n".join(lines))

    def _opening_ended(self) -> None:
        self._slow.stop()
        self._progress.hide()
        self.frame.actions_by_id["file.stop"].setEnabled(False)

    def _show_progress(self) -> None:
        self._progress.show()

    def _list_recent(self) -> None:
        """The menu of recent files, made anew."""
        menus = self.frame.actions_by_id.menus
        menu = menus.get("File/Recent")
        if menu is None:
            menu = menus["File/Recent"] = self.frame.actions_by_id.submenu("File", "Open &recent", "file.open-sample")
        menu.clear()
        recent = self.frame.settings.recent
        for path in recent:
            action = menu.addAction(path.name)
            action.setToolTip(str(path))
            action.setStatusTip(str(path))
            action.triggered.connect(lambda _=False, p=path: self.open(p))
        menu.addSeparator()
        clear = menu.addAction("&Clear this list")
        clear.triggered.connect(self._forget_recent)
        menu.setEnabled(bool(recent))

    def _forget_recent(self) -> None:
        self.frame.settings.forget_recent()
        self._list_recent()

    def _current(self) -> Current | None:
        """What there is to export."""
        picture = self.canvas.picture
        if self.opened is None or picture is None:
            return None
        size = (max(self.canvas.width(), 480), max(self.canvas.height(), 320))
        return Current(self.opened.dataset, picture, self.canvas.day, self.view, size)

    # time

    def _pause(self) -> None:
        self.set_clock(self.clock.paused())

    def set_clock(self, clock: Clock) -> None:
        """Go to another moment, everywhere."""
        self.clock = clock
        self.canvas.show_clock(clock)
        self.timebar.show_clock(clock)

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

    # words, wiring, size

    def _status_bar(self) -> None:
        bar = self.frame.statusBar()
        self._counts.setContentsMargins(12, 0, 0, 0)
        self._state.setContentsMargins(0, 0, 12, 0)
        self._progress.setRange(0, 0)
        self._progress.setFixedWidth(180)
        self._progress.setAccessibleName("Opening a file")
        self._progress.hide()
        bar.addWidget(self._counts)
        bar.addPermanentWidget(self._progress)
        bar.addPermanentWidget(self._state)

    def _name(self, opened: Opened) -> None:
        """Title and status line: which file, how much it holds."""
        self.frame.setWindowTitle(f"{opened.path.name if opened.path else 'ai-labs.json'} — Talentflow")
        counts = (("people", "person", "people"), ("organizations",), ("stints",), ("sources",))
        words = (wording.counted(opened.dataset[t].height, *(rest or (t.removesuffix("s"),))) for t, *rest in counts)
        self._counts.setText(" · ".join(words))
        self._state.setText(f"{wording.counted(opened.n_warnings, 'warning')} · 0 errors")

    def _connect(self) -> None:
        """Every command to what it does."""
        act = self.frame.actions_by_id
        does: dict[str, Callable[[], None]] = {
            "file.open": self.choose_file,
            "file.open-sample": partial(self.open, None),
            "file.reload": self.reload,
            "file.export": self.exporter.ask,
            "file.copy": self.exporter.copy,
            "file.stop": self.stop_opening,
            "view.filter": self.type_filter,
            "view.evidence": lambda: self.dock.setVisible(not self.dock.isVisible()),
            "view.clear-filter": self.lensbar.clear,
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
        self.canvas.selected.connect(self.show_evidence)
        self.canvas.resized.connect(self._resized)
        self.lensbar.wanted.connect(self.look)
        self.timebar.day_wanted.connect(lambda day: self.set_clock(self.clock.paused().at(day)))
        self.frame.theme_changed.connect(self._dress)
        self.frame.dropped.connect(self.open)
        self.frame.closing.connect(self.close)

    def _dress(self, theme: Theme) -> None:
        self.canvas.show_theme(theme)
        self.timebar.show_theme(theme)
        self.banner.show_theme(theme)
        self.lensbar.show_theme(theme)
        self.evidence.show_theme(theme)
        self.timebar.show_clock(self.clock)

    def _resized(self, size: QSize) -> None:
        picture = self.canvas.picture
        if picture is not None and (float(size.width()), float(size.height())) != picture.options.size:
            self._settle.start()

    def look(self, view: View) -> None:
        """Show another view of the dataset: organizations keep their places, the day stays. A filter that names what is
        not there is told in the lens bar, and what is shown stays."""
        self._lay_out(view)

    def show_evidence(self, key: str) -> None:
        """Show what stands behind the selected mark; the panel opens by itself the first time something is selected."""
        picture = self.canvas.picture
        found = evidence(picture, key) if key and picture is not None else None
        self.evidence.show_evidence(found)
        if found is not None and not self.dock.isVisible():
            self.dock.show()
            self.frame.resizeDocks([self.dock], [WIDTH], Qt.Orientation.Horizontal)

    def type_filter(self) -> None:
        """Put the cursor into the filter."""
        self.lensbar.text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.lensbar.text.selectAll()

    def _lay_out(self, view: View | None = None) -> None:
        """The picture for a view and the canvas' size, off the main thread; organizations keep their places."""
        if self.opened is None:
            return
        asked = view or self.view
        size, dataset, previous = (self.canvas.width(), self.canvas.height()), self.opened.dataset, self.canvas.picture
        self.jobs.start(
            "picture",
            lambda _: picture_of(dataset, size, previous, asked),
            partial(self._laid_out, view=asked),
            self._not_laid_out,
        )

    def _laid_out(self, picture: FlowMap, view: View) -> None:
        self.view = view
        self._count(picture)
        self.canvas.show_picture(picture)
        self.canvas.show_clock(self.clock)
        if (float(self.canvas.width()), float(self.canvas.height())) != picture.options.size:
            self._settle.start()

    def _not_laid_out(self, error: Exception) -> None:
        if isinstance(error, UsageError):
            self.lensbar.complain(error)
        else:
            self.banner.say(f"The picture could not be drawn: {error}")

    def _count(self, picture: FlowMap) -> None:
        """How many moves the view lets through, in the lens bar."""
        gathered = picture.gathered
        self.lensbar.show_view(self.view, len(gathered.moves), len(gathered.careers.moves))


def _timer(parent: QObject, milliseconds: int, then: Callable[[], None]) -> QTimer:
    """A timer that fires once after it was last started."""
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(milliseconds)
    timer.timeout.connect(then)
    return timer
