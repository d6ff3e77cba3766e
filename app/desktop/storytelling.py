"""The stories of one window: steps made of what is shown, gone to, put in order. Each change can be undone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QInputDialog

from app.desktop.panels.story import StoryPanel
from app.desktop.panels.storylist import THUMB
from app.desktop.presenting import Presenting
from app.desktop.storyexport import StoryExport
from app.domain.dataset import Dataset
from app.domain.edit import Edit
from app.domain.errors import UsageError
from app.domain.stories import (
    SECONDS,
    Step,
    Story,
    begin,
    change,
    delete,
    forget,
    free_name,
    insert,
    move,
    rename,
    reword,
    stories,
)
from app.render import image
from app.render.theme import Theme
from app.session.clock import Mode
from app.session.document import Document
from app.session.jobs import Ticket
from app.session.session import Place
from app.session.telling import Teller, camera_of, faults, mode_of, shares_of
from app.session.view import View

if TYPE_CHECKING:
    from app.desktop.application import Application

CHANNEL = "small pictures"
ANNOUNCED = 12_000
"""Milliseconds that the status line says that there is a story."""
LAID_OUT = (960, 536)
"""The size that small pictures are laid out for."""
RATIO = 2.0
"""Pixels of a small picture a pixel of the list."""


class Storytelling(QObject):
    """The panel, and what its commands do."""

    pictured = Signal(int, object, object)
    """The small picture of a step has been made: row, what it is of, image. From the thread of a job."""

    def __init__(self, application: Application) -> None:
        super().__init__(application)
        self._app = application
        self._session = application.session
        self.panel = StoryPanel()
        self.dock = application.docks.beside("Story", "story", self.panel)
        self._id = ""  # of the story that is shown
        self._images: dict[str, QImage] = {}
        self._tables: tuple[object, ...] = ()  # what the small pictures were made of
        self._theme: Theme = application.frame.theme
        self.presenting = Presenting(self)
        self.export = StoryExport(self)
        act, panel = application.frame.actions_by_id, self.panel
        panel.connect_buttons({name: act[f"story.{name}"] for name in panel.buttons})
        panel.came.connect(self.refresh)
        panel.story_wanted.connect(self.choose)
        panel.begun.connect(lambda: self._ask("New story", free_name(self.dataset or Dataset.of()), self.begin))
        panel.renamed.connect(lambda: self._ask("Rename the story", self.story.name if self.story else "", self.rename))
        panel.forgotten.connect(self.forget)
        panel.step_wanted.connect(self.go_to)
        panel.chosen.connect(self._chosen)
        panel.worded.connect(self._reword)
        panel.moved.connect(self.move)
        panel.deleted.connect(self.delete)
        self.pictured.connect(self._pictured)
        self._session.document_changed.connect(self._document_changed)

    @property
    def app(self) -> Application:
        """The window's."""
        return self._app

    @property
    def commands(self) -> dict[str, Callable[[], Any]]:
        """What each command of the menu Story does."""
        return {
            "story.add": self.add,
            "story.put": self.put,
            "story.up": lambda: self.move(self.panel.row, self.panel.row - 1),
            "story.down": lambda: self.move(self.panel.row, self.panel.row + 1),
            "story.delete": self.delete,
            "story.present": self.presenting.begin,
            "story.export": self.export.ask,
        }

    @property
    def dataset(self) -> Dataset | None:
        """That of the document."""
        document = self._session.document
        return document.dataset if document is not None else None

    @property
    def story(self) -> Story | None:
        """The story that is shown; the first of the file where none was chosen."""
        found = stories(self.dataset) if self.dataset is not None else ()
        return next((story for story in found if story.id == self._id), found[0] if found else None)

    def close(self) -> None:
        """Let everything be as it was before a presentation."""
        self.presenting.end()

    def show_theme(self, theme: Theme) -> None:
        """The same in another theme."""
        self._theme = theme
        self.panel.show_theme(theme)
        self.presenting.show_theme(theme)
        self._images.clear()
        self.refresh()

    # which story

    def choose(self, id_: str) -> None:
        """Show another story of the file."""
        self._id = id_
        self.panel.choose(-1)
        self.refresh()

    def begin(self, name: str) -> None:
        """Begin a story under a name."""
        if self.dataset is not None:
            self._do(lambda data: begin(data, name))
            made = next((story for story in stories(self.dataset) if story.name == " ".join(name.split())), None)
            self.choose(made.id if made is not None else self._id)

    def rename(self, name: str) -> None:
        """Give the story another name."""
        if (story := self.story) is not None:
            self._do(lambda data: rename(data, story, name))

    def forget(self) -> None:
        """Delete the story; Undo brings it back."""
        if (story := self.story) is not None:
            self._do(lambda data: forget(data, story))

    # its steps

    def now(self) -> Step | None:
        """What is shown, as a step without words; None where nothing is."""
        session, canvas = self._session, self._app.canvas
        if session.document is None or canvas.shown is None:
            return None
        clock = session.clock
        day = None if canvas.day is None else int(clock.day)
        camera = shares_of(session.camera, canvas.shown)
        focus = session.focus
        return Step(session.view.state, day, clock.mode.value, clock.window, focus, camera)

    def add(self) -> None:
        """Make a step of what is shown, below the chosen one; begin a story where there is none."""
        self._app.timing.pause()
        step, story = self.now(), self.story
        if step is None:
            return
        if story is None:
            self._do(lambda data: begin(data, free_name(data), (step,)))
            at = 0
        else:
            at = self.panel.row + 1 if self.panel.row >= 0 else len(story.steps)
            self._do(lambda data: insert(data, story, at, step))
        self._app.docks.show(self.dock)
        self.refresh()
        self.panel.choose(at)
        self._app.frame.statusBar().showMessage(f"Step {at + 1} of the story shows what you see now", 5_000)

    def put(self) -> None:
        """Let the chosen step show what is shown now; its words stay."""
        self._app.timing.pause()
        now, story, row = self.now(), self.story, self.panel.row
        if now is None or story is None or row < 0:
            return
        old = story.steps[row]
        more = {name: value for name, value in old.more.items() if name not in now.state}
        made = replace(now, head=old.head, text=old.text, seconds=old.seconds or SECONDS, more=more)
        self._do(lambda data: change(data, story, row, made, f"Put what is shown into step {row + 1}"))

    def move(self, at: int, to: int) -> None:
        """Let a step come earlier or later; it stays chosen."""
        story = self.story
        if story is not None and 0 <= at < len(story.steps) and 0 <= to < len(story.steps):
            self._do(lambda data: move(data, story, at, to))
            self.panel.choose(to)

    def delete(self) -> None:
        """Take the chosen step out of the story."""
        story, row = self.story, self.panel.row
        if story is not None and 0 <= row < len(story.steps):
            self._do(lambda data: delete(data, story, row))

    def go_to(self, number: int) -> bool:
        """Show what a step shows; whether that could be done. Back leads back."""
        step = self.step(number)
        if step is None:
            return False
        clock = self._session.clock
        day = float(step.day) if step.day is not None else clock.span[1]
        return self.look(number, step, day)

    def step(self, number: int) -> Step | None:
        """A step of the story; None for a number that has none."""
        story = self.story
        return story.steps[number] if story is not None and 0 <= number < len(story.steps) else None

    def look(self, number: int, step: Step, day: float) -> bool:
        """Show what a step shows, on a day; whether that could be done."""
        if wrong := faults(step):
            self._app.banner.say(f"Step {number + 1} of the story cannot be shown: {wrong[0]}.\nPut what it shall show "
                                 "into it, or delete it.")  # fmt: skip
            return False
        session, view = self._session, View.restored(step.view)
        place = Place(view, step.focus, session.camera, day, Mode(mode_of(step)), step.window)
        self._app.offered = self._app.offered or bool(step.focus)  # what a step selects opens no dock over the story
        session.visit(place)
        self._app.showing.see(view, lambda shown: camera_of(step.camera, shown))
        session.note()
        return True

    # the panel

    def refresh(self) -> None:
        """Show the story as it is now, and make the small pictures that are missing, if it is in sight."""
        data, story, act = self.dataset, self.story, self._app.frame.actions_by_id
        self._id = story.id if story is not None else ""
        can = story is not None and bool(story.steps)
        for name in ("present", "export"):
            act[f"story.{name}"].setEnabled(can)
        act["story.add"].setEnabled(data is not None)
        if data is None or not self.panel.isVisible():
            self._enable(self.panel.row)
            return
        tables = tuple(frame for name, frame in data.tables.items() if name != "views")
        if len(tables) != len(self._tables) or any(a is not b for a, b in zip(tables, self._tables, strict=True)):
            self._images.clear()
            self._tables = tables
        steps = story.steps if story is not None else ()
        images = {row: self._images[key] for row, step in enumerate(steps) if (key := _key(step)) in self._images}
        self.panel.show_story(stories(data), story, images)
        self._enable(self.panel.row)
        if story is not None and len(images) < len(steps):
            self._make(data, story)

    def _make(self, data: Dataset, story: Story) -> None:
        """Make the small pictures that are missing, one after the other."""
        missing = [row for row, step in enumerate(story.steps) if _key(step) not in self._images and not faults(step)]
        teller, theme = Teller(data, LAID_OUT, story, begun=self._app.showing.flows), self._theme
        scale = RATIO * THUMB.width() / LAID_OUT[0]

        def work(ticket: Ticket) -> None:
            for row in missing:
                ticket.check()
                try:
                    told = teller.told(row)
                except UsageError:  # a name that is not on record any more: the step has no picture
                    continue
                scene = told.scene()
                made = image.image(scene, theme, scale=scale, emphasis=told.lit(scene))
                self.pictured.emit(row, _key(story.steps[row]), made)

        self._app.jobs.start(CHANNEL, work, lambda _: None, lambda _: None)

    def _pictured(self, row: int, key: str, made: QImage) -> None:
        self._images[key] = made
        steps = self.panel.list.story_model.steps
        if row < len(steps) and _key(steps[row]) == key:
            self.panel.list.story_model.show_image(row, made)

    def _announce(self) -> None:
        """Say that a file that was just opened tells a story."""
        if self.story is not None and self.story.steps and not self.panel.isVisible():
            key = self._app.frame.actions_by_id.keys_of(self._app.frame.actions_by_id["story.present"])
            words = f"This file tells a story, “{self.story.name}”: {key} presents it"
            bar = self._app.frame.statusBar()
            QTimer.singleShot(0, bar, lambda: bar.showMessage(words, ANNOUNCED))  # once what it hides has been shown

    def _document_changed(self, document: Document | None) -> None:
        if document is None:
            self._images.clear()
            self.presenting.end()
        elif not document.line:
            self._announce()
        self.refresh()

    def _chosen(self, row: int) -> None:
        self.panel.show_words(row)
        self._enable(row)

    def _enable(self, row: int) -> None:
        act, n = self._app.frame.actions_by_id, len(self.story.steps) if self.story is not None else 0
        for name, can in (("put", row >= 0), ("delete", row >= 0), ("up", row > 0), ("down", 0 <= row < n - 1)):
            act[f"story.{name}"].setEnabled(can and n > 0)

    def _reword(self, words: dict[str, Any]) -> None:
        story, row = self.story, self.panel.row
        if story is not None and 0 <= row < len(story.steps):
            self._do(lambda data: reword(data, story, row, **words))

    def _do(self, edit: Callable[[Dataset], Edit]) -> None:
        """Do an edit of the dataset; what cannot be done is told."""
        if self.dataset is None:
            return
        try:
            self._session.do(edit(self.dataset))
        except ValueError as error:
            self._app.banner.say(f"{str(error)[:1].upper()}{str(error)[1:]}.")

    def _ask(self, title: str, name: str, then: Callable[[str], None]) -> None:
        """Ask for the name of a story."""
        dialog = QInputDialog(self.panel.window())
        dialog.setWindowTitle(title)
        dialog.setLabelText("Name of the story")
        dialog.setTextValue(name)
        dialog.textValueSelected.connect(then)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


def _key(step: Step) -> str:
    """What the small picture of a step depends on."""
    return repr((sorted(step.view.items()), step.day, step.mode, step.window, step.focus, step.camera))
