"""Fills a frame: session, canvas, bars, docks; connects commands to what they do, once, in one place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QByteArray, QObject

from app.desktop import camera as moves
from app.desktop import looking
from app.desktop.annotating import Annotating
from app.desktop.arranging import Arranging
from app.desktop.banner import Banner
from app.desktop.canvas import Canvas
from app.desktop.charting import Charting
from app.desktop.checking import Checking
from app.desktop.crowds import Crowds
from app.desktop.docks import Docks
from app.desktop.documents import Documents, unsaved
from app.desktop.drawing import Drawing
from app.desktop.duplicates import Duplicates
from app.desktop.earlier import Earlier
from app.desktop.editing import Editing
from app.desktop.entries import Entries
from app.desktop.export import Exporter
from app.desktop.frame import Frame
from app.desktop.heating import Heating
from app.desktop.importing import Importing
from app.desktop.judging import Judging
from app.desktop.keeping import Keeping
from app.desktop.leading import Leading
from app.desktop.lensbar import LensBar
from app.desktop.moments import Moments
from app.desktop.offers import Offers
from app.desktop.opening import Opened
from app.desktop.panels.changes import ChangesPanel
from app.desktop.panels.claims import ClaimsPanel
from app.desktop.panels.compare import ComparePanel
from app.desktop.panels.evidence import EvidencePanel
from app.desktop.panels.history import HistoryPanel
from app.desktop.panels.issues import IssuesPanel
from app.desktop.panels.records import RecordsPanel
from app.desktop.panels.tables import TablesPanel
from app.desktop.pinning import Pinning
from app.desktop.rail import Rail
from app.desktop.recent import Recent
from app.desktop.recordings import Recordings
from app.desktop.reviewing import Reviewing
from app.desktop.savedlenses import SavedLenses
from app.desktop.seatings import Seatings
from app.desktop.showing import Showing
from app.desktop.statusbar import StatusLine
from app.desktop.storytelling import Storytelling
from app.desktop.taking import Taking
from app.desktop.timebar import TimeBar
from app.desktop.timing import Timing
from app.desktop.watching import Watching
from app.desktop.welcome import Welcome
from app.desktop.wishing import Current, current_of
from app.domain.errors import Fault, TalentflowError, UsageError
from app.domain.views import pins
from app.pictures import reach, seated
from app.pictures.flowmap import VIEW, FlowMap
from app.pictures.shown import Shown
from app.render.palette import Palette
from app.render.theme import Theme
from app.session import logs
from app.session.clock import Clock
from app.session.document import Document
from app.session.jobs import Jobs
from app.session.pictured import SMALLEST
from app.session.session import Session
from app.session.view import View
from app.wishes.places import arranged

SAID = 8_000
"""Milliseconds that the status line says what was done."""


class Application(QObject):
    """Holds the parts of one window together.

    opened: None where there is no document; play: whether time begins to run in it.
    """

    def __init__(self, frame: Frame, opened: Opened | None = None, *, play: bool = True) -> None:
        super().__init__(frame)
        self.frame = frame
        self.session = Session(self)
        self.jobs = Jobs(self)
        self.banner = Banner(frame.body)
        self.canvas = Canvas(frame.body)
        self.timebar = TimeBar(frame.actions_by_id, frame.body)
        self.lensbar = LensBar(frame.body)
        self.welcome = Welcome(frame.actions_by_id, frame.body)
        self.evidence, self.tables, self.issues = EvidencePanel(), TablesPanel(), IssuesPanel()
        self.tables.jobs = self.jobs
        self.history, self.changes, self.records = HistoryPanel(), ChangesPanel(), RecordsPanel()
        self.claims, self.compare = ClaimsPanel(), ComparePanel()
        below = (self.tables, self.records, self.issues, self.claims, self.compare)
        self.docks = Docks(frame, self.evidence, *below, self.history, self.changes, self.timebar)
        self.saved_lenses = SavedLenses(self.session, self.lensbar)
        self.status = StatusLine(frame.statusBar())
        self.drawing = Drawing(self.session, self.jobs, self.canvas_size)
        self.keeping = Keeping(self.session, logs.journals())
        self.documents = Documents(frame, self.session, self.jobs, self.canvas_size, self._place)
        self.reviewing = Reviewing(self.session, self.jobs, self.history, self.changes, self.documents.asked)
        self.judging = Judging(self.session, self.jobs, self.claims)
        self.earlier = Earlier(frame, self.session, self.documents)
        self.recent = Recent(frame, self.documents, self.welcome)
        self.exporter = Exporter(frame, self.jobs, self.banner, self.current, lambda: self.timing.pause())
        self.showing = Showing(self.session, self.jobs, self.canvas, self.canvas_size)
        self.charting = Charting(self.session, self.canvas, self.showing, self.look, frame.actions_by_id)
        self.leading = Leading(self.session, self.showing, self.charting, self.look, frame.statusBar().showMessage)
        self.moments = Moments(self, self.compare)
        self.rail = Rail(frame, frame.actions_by_id)
        self.pinning = Pinning(self.session, self.showing)
        self.timing = Timing(self.session, lambda: self.showing.flows)
        self.offers = Offers(self)
        self.recordings = Recordings(self)
        self.editing = Editing(self)
        self.entries = Entries(self, self.records)
        self.duplicates, self.importing = Duplicates(self), Importing(self)
        self.seatings, self.arranging, self.annotating = Seatings(self), Arranging(self), Annotating(self)
        self.watching = Watching(self, self._place)
        self.checking, self.taking = Checking(self), Taking(self)
        self.crowds, self.heating = Crowds(self), Heating(self)
        self.story = Storytelling(self)
        self._may_close = False
        self._plays = play
        self.offered = False
        """Whether the evidence has opened by itself: it does so once; who closes it means it."""
        layout = frame.body.layout()
        assert layout is not None
        for part in (self.lensbar, self.banner, self.canvas, self.welcome):
            layout.addWidget(part)
        self._connect()
        self._dress(frame.theme)
        self.docks.restore(frame.settings.window[1])
        self.tables.restore(frame.settings.tables)
        self._reduce_motion(frame.settings.still)
        frame.notice.hide()
        if opened is None:
            self._show_nothing()
        else:
            self.documents.take(opened)
        self._plays = True

    def close(self) -> None:
        """Stop time and every job."""
        self.canvas.show_clock(self.session.clock.paused())
        self.session.close()
        self.watching.close()
        document = self.session.document
        self.keeping.end(discard=self._may_close or document is None or not document.changed)
        for part in (self.story, self.recordings, self.editing, self.duplicates, self.importing, self.seatings):
            part.close()
        self.drawing.close()
        self.canvas.minimap.close_down()
        self.status.close()
        self.jobs.close()

    # the document

    def _was_opened(self, opened: Opened) -> None:
        """Show another document in place of the present one: time begins to run, or stands where one looked last."""
        self.banner.hide()
        self._show_parts(there=True)
        self.frame.actions_by_id.enable(enabled=True)
        self.frame.actions_by_id["file.stop"].setEnabled(False)  # Escape is its key
        document, picture, view = opened.document, opened.picture, opened.view
        self.session.set_focus(())
        self.drawing.forget()
        self.session.set_document(document)
        self.session.set_view(view)
        self.drawing.begin(picture, document.dataset, view)
        self.showing.forget()
        self.showing.begin(view, looking.camera(opened.place, self.canvas_size()))
        self._show_picture(picture, view)
        self.checking.show_faults(document.warnings)
        can_play = self._enable_time()
        self.session.set_focus(looking.focus(opened.place))
        self._show_focus(self.session.focus)  # also where it is as blank as before: all commands have been enabled
        play = self._plays and can_play and not self.canvas.reduced
        self.session.set_clock(looking.clock(opened.place, self.session.clock, picture, play=play))
        self._show_clock(self.session.clock)
        self.session.forget_trail()
        self.canvas.setFocus()

    def _enable_time(self) -> bool:
        """Whether time can run: somebody moved, or a picture of seats is shown."""
        flows, view = self.showing.flows, self.session.view
        can = flows is not None and (flows.prepared.motion is not None or view.picture != "flowmap")
        for name in (*self.timing.commands, *self.timing.switches):
            self.frame.actions_by_id[name].setEnabled(can)
        return can

    def _place(self) -> dict[str, Any]:
        """Where one looks now, to be remembered with the file."""
        place, picture = looking.place(self.session, self.canvas_size()), self.showing.flows
        return place if picture is None else {**place, "arrangement": arranged(picture)}

    def _document_changed(self, document: Document | None) -> None:
        act = self.frame.actions_by_id
        self.status.show_document(document)
        act["edit.undo"].setEnabled(document is not None and bool(document.past))
        act["edit.redo"].setEnabled(document is not None and bool(document.future))
        if document is None:
            self.frame.setWindowTitle("Talentflow")
            return
        undo, redo = act["edit.undo"], act["edit.redo"]
        undo.setText(f"&Undo: {document.past[-1].name}" if document.past else "&Undo")
        redo.setText(f"&Redo: {document.future[-1].name}" if document.future else "&Redo")
        act["file.reload"].setEnabled(document.path is not None)
        act["edit.unpin"].setEnabled(bool(pins(document.dataset, VIEW)))
        changes = f" · {unsaved(document)}" if document.changed else ""
        self.frame.setWindowTitle(f"{document.name}{changes} — Talentflow")

    def _show_nothing(self) -> None:
        """The welcome page: there is no document."""
        self.session.set_clock(self.session.clock.paused())
        self.drawing.forget()
        self.showing.forget()
        self.session.set_focus(())
        self.session.set_document(None)
        self._document_changed(None)
        self.session.forget_trail()
        self.banner.hide()
        self._show_parts(there=False)
        self.frame.actions_by_id.enable(enabled=False)
        self.welcome.show_trouble([])
        self.welcome.setFocus()

    def _show_parts(self, *, there: bool) -> None:
        for part in (self.lensbar, self.canvas, self.rail):
            part.setVisible(there)
        self.welcome.setVisible(not there)
        self.docks.show_all(there=there)

    def _failed(self, lines: list[str], faults: Sequence[Fault]) -> None:
        """Say why a file could not be opened or saved; all that is wrong in it stands in the issues panel."""
        if self.session.document is None:
            self.welcome.show_trouble(lines)
        else:
            self.banner.say("\n".join(lines))
        self.checking.show_faults_of(faults)

    def _busy(self, what: str) -> None:
        opening = what.startswith("Opening")
        self.frame.actions_by_id["file.stop"].setEnabled(opening)
        self.status.show_busy(what, can_stop=opening)

    def _leave(self) -> bool:
        """Whether the window may close now; else it closes by itself once nothing is lost by it."""
        document = self.session.document
        if document is None or not document.changed or self._may_close:
            self.documents.leave()
            self.frame.settings.window = (self.frame.saveGeometry(), self._dock_state())
            self.frame.settings.tables = {**self.tables.state(), **self.entries.state()}
            return True

        def then() -> None:
            self._may_close = True
            self.frame.close()

        self.documents.settle(then)
        return self._may_close

    def _dock_state(self) -> QByteArray:
        return self.docks.state if self.session.document is not None else self.frame.settings.window[1]

    # what is shown

    def look(self, view: View) -> None:
        """Show another view of the dataset: organizations keep their places, the day stays. A filter that names what is
        not there is told in the lens bar, and what is shown stays."""
        self.drawing.draw(view)

    def _drawn(self, picture: FlowMap, view: View) -> None:
        self.session.set_view(view)
        self._show_picture(picture, view)
        self._enable_time()
        self.session.set_clock(self.session.clock.over(picture.span))
        self.canvas.show_clock(self.session.clock)
        self._show_focus(self.session.focus)

    def _show_picture(self, picture: FlowMap, view: View) -> None:
        self.lensbar.show_view(view, *_counts(picture))
        if view.seated:
            choices = seated.offered(picture.gathered)
            first = view.organization or (choices[0][0] if choices else "")
            self.lensbar.seats.show_choices(choices, first, view.beside, comparable=view.picture == "buildout")
        self.showing.show(picture, view)
        self.charting.show_view(view, there=True)
        self.tables.show_picture(picture)
        self.status.show_known_by(view.known_by)
        self.timebar.show_known_by(view.known_by, picture.gathered.newest)
        self._show_bars()

    def _shown_changed(self, shown: Shown) -> None:
        """The name of what the canvas shows now stands where it is spoken of."""
        act = self.frame.actions_by_id
        act["edit.select-all"].setText(f"Select &all of the {shown.name.lower()}")
        if not self.session.clock.playing:  # who sits where is another matter on another day
            self.tables.show_day(shown.gathered)
            self._show_evidence(self.session.focus)

    def _show_evidence(self, keys: tuple[str, ...]) -> bool:
        """What stands behind a selection, as of the day of the picture; whether there is something."""
        shown = self.canvas.shown
        return self.evidence.tell(shown, keys, self.crowds.of)

    def _not_drawn(self, error: Exception) -> None:
        if isinstance(error, UsageError):
            self.lensbar.complain(error)
        else:
            self._said_wrong(error)

    def _said_wrong(self, error: Exception) -> None:
        text = error.text if isinstance(error, TalentflowError) else f"{type(error).__name__}: {error}"
        self.banner.say(f"The picture could not be drawn.\n{text}")

    def _show_bars(self) -> None:
        """The moves over time, in the colours of the theme."""
        picture = self.showing.flows
        if picture is None:
            return
        gathered, star = picture.gathered, picture.star
        label = gathered.labels[star] if star is not None else ""
        colors = Palette(self.frame.theme, gathered.colors)
        color = colors.organization(gathered.ids[star]) if star is not None else self.frame.theme.ink3
        self.timebar.show_bars(picture.bars, label, color.hex, picture.days)

    def _show_clock(self, clock: Clock) -> None:
        self.canvas.show_clock(clock)
        self.showing.refresh()
        self.timebar.show_clock(clock)
        self.frame.actions_by_id[f"time.mode.{clock.mode.value}"].setChecked(True)

    def _show_focus(self, keys: tuple[str, ...]) -> None:
        """Show the same selection everywhere; the evidence opens by itself when something is selected."""
        picture = self.showing.flows
        self.canvas.show_focus(keys, self.crowds.follow(keys))
        self.tables.select(keys)
        if self._show_evidence(keys) and not self.offered:
            self.offered = True
            self.docks.show(self.docks.evidence)
        for name in ("view.centre", "view.people", "edit.select-none"):
            self.frame.actions_by_id[name].setEnabled(bool(keys))
        alone = self.crowds.record(keys[0]) if len(keys) == 1 else ""
        can = picture is not None and bool(alone) and reach.narrowed(picture.gathered, alone) is not None
        self.frame.actions_by_id["view.keep"].setEnabled(can)

    def _show_trail(self) -> None:
        trail = self.session.trail
        self.frame.actions_by_id["go.back"].setEnabled(trail.can_go_back)
        self.frame.actions_by_id["go.forward"].setEnabled(trail.can_go_forward)

    def current(self) -> Current | None:
        """What there is to export."""
        return current_of(self)

    def canvas_size(self) -> tuple[int, int]:
        """What a picture is laid out for."""
        return max(self.canvas.width(), SMALLEST[0]), max(self.canvas.height(), SMALLEST[1])

    def _reduce_motion(self, on: bool) -> None:
        self.canvas.reduced = on
        self.frame.actions_by_id["view.still"].setChecked(on)
        self.frame.settings.still = on
        if on:
            self.timing.pause()

    def _dress(self, theme: Theme) -> None:
        self.frame.actions_by_id.show_theme(theme)
        for part in (
            self.canvas, self.timebar, self.banner, self.lensbar, self.welcome, self.docks, self.evidence, self.tables,
            self.records, self.issues, self.claims, self.compare, self.history, self.changes, self.rail,
            self.heating, self.story,
        ):  # fmt: skip
            part.show_theme(theme)
        self._show_bars()
        self.timebar.show_clock(self.session.clock)

    def _connect(self) -> None:
        """Every command to what it does, every wish to who grants it, every state to who shows it."""
        act, session, canvas, docs = self.frame.actions_by_id, self.session, self.canvas, self.documents
        does: dict[str, Callable[[], Any]] = {
            "file.new": docs.new,
            "file.open": docs.choose_file,
            "file.open-folder": docs.choose_folder,
            "file.open-sample": partial(docs.open, None),
            "file.reload": docs.reload,
            "file.close": docs.close,
            "file.stop": docs.stop,
            "file.save": docs.save,
            "file.save-as": docs.save_as,
            "file.export": self.exporter.ask,
            "edit.undo": session.undo,
            "edit.redo": session.redo,
            "edit.record-move": self.recordings.open,
            "edit.fix": self.checking.offer,
            "edit.copy": self.exporter.copy,
            "edit.copy-table": self.tables.copy,
            "edit.select-all": lambda: session.set_focus(tuple(mark.key for mark in canvas.marks().places)),
            "edit.select-none": partial(session.set_focus, ()),
            "edit.unpin": partial(self.pinning.unpin, None),
            "view.zoom-in": partial(canvas.zoom, moves.STEP),
            "view.zoom-out": partial(canvas.zoom, 1 / moves.STEP),
            "view.fit": canvas.fit,
            "view.centre": lambda: self.showing.reveal(session.focus),
            "view.filter": self.lensbar.begin,
            "view.clear-filter": self.lensbar.clear,
            "view.keep": lambda: self.leading.narrow(self.crowds.record(session.focus[-1])),
            "go.back": session.back,
            "go.forward": session.forward,
            **self.offers.commands,
            **self.timing.commands,
            **self.charting.commands,
            **self.crowds.commands,
            **self.editing.commands,
            **self.annotating.commands,
            **self.duplicates.commands,
            **self.importing.commands,
            **self.story.commands,
        }
        for name, do in does.items():
            act[name].triggered.connect(lambda _=False, do=do: do())
        for name, day in (("time.known-by-here", lambda: int(session.clock.day)), ("time.known-by-now", lambda: None)):
            act[name].triggered.connect(lambda _=False, d=day: self.look(replace(session.view, known_by=d())))
        for name, switch in self.timing.switches.items():
            act[name].triggered.connect(switch)
        act["view.still"].triggered.connect(self._reduce_motion)
        act["chart.minimap"].setChecked(canvas.minimap.on)
        act["chart.minimap"].triggered.connect(canvas.minimap.turn_on)
        act["view.full-screen"].triggered.connect(
            lambda on: self.frame.showFullScreen() if on else self.frame.showNormal()
        )
        session.document_changed.connect(self._document_changed)
        session.clock_changed.connect(self._show_clock)
        session.view_changed.connect(lambda view: self.status.show_known_by(view.known_by))
        session.focus_changed.connect(self._show_focus)
        session.camera_changed.connect(self.showing.look_through)
        session.trail_changed.connect(self._show_trail)
        canvas.ticked.connect(self.timing.passed)
        canvas.focus_wanted.connect(session.set_focus)
        canvas.camera_moved.connect(session.set_camera)
        canvas.put.connect(self.pinning.pin)
        canvas.menu_wanted.connect(self.offers.menu)
        canvas.resized.connect(lambda _: self.drawing.resized())
        self.showing.wanted.connect(self.look)
        self.showing.failed.connect(self._said_wrong)
        self.showing.shown_changed.connect(self._shown_changed)
        docs.opened.connect(self._was_opened)
        docs.closed.connect(self._show_nothing)
        docs.failed.connect(self._failed)
        docs.busy.connect(self._busy)
        docs.taking_up.connect(self.keeping.go_on)
        self.keeping.failed.connect(lambda lines: self._failed(lines, ()))
        docs.written.connect(lambda path: self.frame.statusBar().showMessage(f"Saved: {path}", SAID))
        self.drawing.drawn.connect(self._drawn)
        self.drawing.failed.connect(self._not_drawn)
        self.lensbar.wanted.connect(self.look)
        self.tables.selected.connect(session.set_focus)
        self.issues.wanted.connect(self.leading.to_record)
        for panel in (self.evidence, self.claims):
            panel.edit_wanted.connect(self.editing.edit)
        self.claims.select_wanted.connect(self.leading.go_to)
        for tables in (self.tables, self.records, self.compare):
            tables.opened.connect(self.editing.edit_key)
        self.issues.edit_wanted.connect(self.editing.edit)
        self.changes.wanted.connect(self.leading.to_record)
        self.status.issues_wanted.connect(lambda: self.docks.show(self.docks.issues))
        self.status.stop_wanted.connect(docs.stop)
        self.timebar.day_wanted.connect(lambda day: session.set_clock(session.clock.paused().at(day)))
        self.timebar.wanted.connect(session.set_clock)
        self.timebar.known_by_wanted.connect(lambda day: self.look(replace(session.view, known_by=day)))
        self.frame.theme_changed.connect(self._dress)
        self.frame.dropped.connect(self.importing.take)
        self.frame.may_close = self._leave
        self.frame.closing.connect(self.close)


def _counts(picture: FlowMap) -> tuple[int, int]:
    """Moves that the view lets through, and all."""
    return len(picture.gathered.moves), len(picture.gathered.careers.moves)
