"""A story written from the window: asked for in a dialog, written in a job, with how far it is and a way to give up."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.desktop.dialogs.story import StoryChoice, StoryDialog
from app.files.atomic import replacing
from app.render.words import PLACES, UNSAVED
from app.session.jobs import Ticket
from app.session.storyfiles import Progress, StoryFile, command_line, refuse, usual_size
from app.wishes.places import places_of, standing

if TYPE_CHECKING:
    from app.desktop.storytelling import Storytelling


class StoryExport(QObject):
    """Asks how, then writes the story."""

    def __init__(self, telling: Storytelling) -> None:
        super().__init__(telling)
        self._telling = telling

    def ask(self) -> None:
        """Ask how, then write the story."""
        app, story = self._telling.app, self._telling.story
        if story is None or not story.steps:
            return
        app.timing.pause()
        dialog = StoryDialog(story, app.frame.theme.name, app.frame)
        accepted, choice, path = dialog.exec(), dialog.choice, dialog.path
        dialog.deleteLater()
        if accepted and path is not None:
            self.write(path, choice)

    def write(self, path: Path, choice: StoryChoice) -> None:
        """Write the story as it is now; organizations stand where they stand in the window."""
        app, story, current = self._telling.app, self._telling.story, self._telling.app.current()
        if story is None or current is None:
            return
        size = choice.size if choice.size != usual_size(choice.ending) else None
        held, file = places_of(current.flows), Path(current.file).name if current.file else ""
        command = command_line(file, path.name, story, size, theme=choice.theme, fps=choice.fps, places=path.name)
        remarks = {PLACES: held} | ({UNSAVED: current.unsaved} if current.unsaved else {})
        told = StoryFile(current.dataset, story, choice.ending, choice.size, choice.theme, fps=choice.fps,
                         command=command, begun=standing(held), remarks=remarks)  # fmt: skip

        def work(ticket: Ticket, progress: Progress) -> None:
            refuse(choice.ending)

            def told_of(done: int, of: int) -> None:
                ticket.check()
                progress(done, of)

            with replacing(path) as file:
                told.write(file, told_of)
                ticket.check()

        app.exporter.films.run(path, work, "Export the story")
