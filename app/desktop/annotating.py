"""What an analyst writes into the picture of a window: its title, notes, highlights, organizations that are hidden.
Each is a step that can be undone and is kept in the file."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from app.desktop.dialogs.annotation import NoteDialog, TitleDialog
from app.domain.annotations import NONE, Annotations, Note, annotate, annotations_of
from app.pictures import reach
from app.pictures.annotating import HIDING
from app.pictures.board import Board
from app.pictures.drop_notes import NoteTargets
from app.pictures.drop_targets import Drop
from app.pictures.notes import NOTE, Sight, anchor, plate, roomiest
from app.pictures.shown import Shown
from app.pictures.shown_careers import CareersShown
from app.render.widths import measure
from app.session.document import Document

if TYPE_CHECKING:
    from app.desktop.application import Application

SAID = 8_000
SELECT = "Select a mark of the picture first"


class Annotating(QObject):
    """The annotations of one window's picture."""

    def __init__(self, application: Application) -> None:
        super().__init__(application)
        self._app = application
        self.commands: dict[str, Callable[[], None]] = {
            "annotate.title": self.title,
            "annotate.note": self.write_selected,
            "annotate.highlight": self.highlight_selected,
            "annotate.hide": self.hide_selected,
            "annotate.show": partial(self.show, None),
            "annotate.clear": self.clear,
        }
        application.canvas.dropped.connect(self._dropped)
        application.canvas.opened.connect(self.edit)
        application.session.document_changed.connect(lambda _: self._enable())
        application.showing.shown_changed.connect(lambda _: self._enable())

    # asked for

    def title(self) -> None:
        """Ask for the title of the picture."""
        shown, scene = self._app.canvas.shown, self._app.canvas.scene
        if shown is None or scene is None:
            return
        held = self._held
        self._app.timing.pause()
        computed = scene.header.title if not held.title else "The title that is computed from the data"
        dialog = TitleDialog(held.title, computed, self._app.frame)
        if dialog.exec() and dialog.title != held.title:
            name = f"Title: {dialog.title}" if dialog.title else "Back to the computed title"
            self._do(replace(held, title=dialog.title), name)
        dialog.deleteLater()

    def write_selected(self) -> None:
        """Ask for a note about what was selected last; of a note for other words."""
        for key in self._selected[-1:]:
            if not self.edit(key):
                self.write(key)

    def write(self, key: str) -> None:
        """Ask for a note about a mark; it stands where it covers least, until it is dragged elsewhere."""
        shown, scene = self._app.canvas.shown, self._app.canvas.scene
        about = anchor(scene, shown.gathered, key) if shown is not None and scene is not None else None
        if shown is None or scene is None or about is None:
            self._say("This picture has no place for a note about that")
            return
        name = reach.named(shown.gathered, shown.record(key))
        self._app.timing.pause()
        dialog = NoteDialog(name, "", self._app.frame)
        if dialog.exec() and dialog.note:
            note = Note(shown.record(key) or key, dialog.note)
            size = plate(Board(scene.size, measure), note, shown.frame.type_scale).size
            sight = Sight(shown.frame, shown.home, shown.nearest, beyond=isinstance(shown, CareersShown))
            place = roomiest(scene, about, size, sight)
            self._do(self._held.noted(replace(note, place=place)), f"Note about {name}")
        dialog.deleteLater()

    def edit(self, key: str) -> bool:
        """Ask for other words of a note, by its key; whether it is one."""
        at, shown = self._number(key), self._app.canvas.shown
        if at is None or shown is None:
            return False
        note = self._held.notes[at]
        name = reach.named(shown.gathered, note.about)
        self._app.timing.pause()
        dialog = NoteDialog(name, note.text, self._app.frame)
        if dialog.exec() and dialog.note != note.text:
            told = f"Note about {name}" if dialog.note else f"Delete the note about {name}"
            self._do(self._held.noted(replace(note, text=dialog.note), at), told)
        dialog.deleteLater()
        return True

    def delete(self, keys: Iterable[str]) -> bool:
        """Delete the notes among some keys; whether there are any."""
        gone = {at for key in keys if (at := self._number(key)) is not None}
        if not gone:
            return False
        kept = tuple(note for n, note in enumerate(self._held.notes) if n not in gone)
        self._do(replace(self._held, notes=kept), "Delete the note" if len(gone) == 1 else f"Delete {len(gone)} notes")
        self._app.session.set_focus(())
        return True

    def highlight_selected(self) -> None:
        """Highlight what is selected, or no more."""
        if keys := self._selected:
            self.highlight(*keys)

    def highlight(self, *keys: str) -> None:
        """Highlight marks, or no more if all of them are."""
        shown = self._app.canvas.shown
        if shown is None:
            return
        records = tuple(shown.record(key) or key for key in keys)
        names = _several([reach.named(shown.gathered, key) for key in records])
        turned = self._held.turned(*records)
        more = len(turned.highlights) > len(self._held.highlights)
        self._do(turned, f"Highlight {names}" if more else f"No highlight of {names}")

    def hide_selected(self) -> None:
        """Hide the selected organizations."""
        ids = [key.partition(":")[2] for key in self._app.session.focus if key.startswith("organizations:")]
        if not ids:
            self._say("Select an organization first")
            return
        self.hide(*ids)

    def hide(self, *organizations: str) -> None:
        """Count organizations among those that are not drawn."""
        shown = self._app.canvas.shown
        if shown is None or shown.view not in HIDING:
            self._say("In this picture no organization can be hidden: filter it instead")
            return
        names = _several([reach.named(shown.gathered, f"organizations:{one}") for one in organizations])
        hidden = tuple(dict.fromkeys((*self._held.hidden, *organizations)))
        self._do(replace(self._held, hidden=hidden), f"Hide {names}")
        self._app.session.set_focus(())

    def show(self, organization: str | None) -> None:
        """Draw an organization that was hidden; None: all of them."""
        shown = self._app.canvas.shown
        if shown is None:
            return
        names = _several([reach.named(shown.gathered, f"organizations:{one}") for one in (
            self._held.hidden if organization is None else (organization,)
        )])  # fmt: skip
        left = tuple(one for one in self._held.hidden if organization is not None and one != organization)
        self._do(replace(self._held, hidden=left), f"Show {names} again")

    def clear(self) -> None:
        """Take everything away that was written into the picture."""
        self._do(NONE, "Remove all annotations")

    # menus

    def offer(self, menu: QMenu, key: str) -> None:
        """Put what can be written about a mark (blank: on the picture) into its menu."""
        act, held, shown = self._app.frame.actions_by_id, self._held, self._app.canvas.shown
        if shown is None:
            return
        if self._number(key) is not None:
            menu.addAction("&Edit the note …", lambda: self.edit(key))
            menu.addAction("&Delete the note", lambda: self.delete((key,)))
            return
        menu.addSeparator()
        if not key:
            menu.addAction(act["annotate.title"])
            for one in held.hidden:
                name = reach.named(shown.gathered, f"organizations:{one}").replace("&", "&&")
                menu.addAction(f"&Show {name} again", partial(self.show, one))
            if held:
                menu.addAction(act["annotate.clear"])
            return
        record = shown.record(key) or key
        menu.addAction("Write a &note …", lambda: self.write(key))
        menu.addAction("No &highlight" if record in held.highlights else "&Highlight", lambda: self.highlight(key))
        if record.startswith("organizations:") and shown.view in HIDING:
            menu.addAction("H&ide from this picture", lambda: self.hide(record.partition(":")[2]))

    # within

    @property
    def _held(self) -> Annotations:
        document, shown = self._app.session.document, self._app.canvas.shown
        return annotations_of(document.dataset, shown.view) if document is not None and shown is not None else NONE

    def _number(self, key: str) -> int | None:
        """The number of a note by its key; None for another key."""
        rest = key.removeprefix(NOTE) if key.startswith(NOTE) else ""
        return int(rest) if rest.isdigit() and int(rest) < len(self._held.notes) else None

    def _do(self, wanted: Annotations, name: str) -> None:
        document, shown = self._app.session.document, self._app.canvas.shown
        if document is not None and shown is not None:
            edit = annotate(document.dataset, shown.view, wanted, name)
            if edit:
                self._app.session.do(edit)
                self._say(f"{name}. Ctrl+Z takes it back.")

    @property
    def _selected(self) -> tuple[str, ...]:
        """What is selected, else where the keyboard is; where nothing is, that is said."""
        keys = self._app.session.focus or ((self._app.canvas.travelled,) if self._app.canvas.travelled else ())
        if not keys:
            self._say(SELECT)
        return keys

    def _dropped(self, targets: object, drop: Drop) -> None:
        if isinstance(targets, NoteTargets) and drop.deed == "note":
            held = self._held
            if targets.number < len(held.notes):
                note = replace(held.notes[targets.number], place=targets.place(drop.box))
                self._do(held.noted(note, targets.number), "Move a note")

    def _enable(self) -> None:
        act, held = self._app.frame.actions_by_id, self._held
        shown: Shown | None = self._app.canvas.shown
        document: Document | None = self._app.session.document
        there = document is not None and shown is not None
        act["annotate.hide"].setEnabled(there and shown is not None and shown.view in HIDING)
        act["annotate.show"].setEnabled(bool(held.hidden))
        act["annotate.clear"].setEnabled(bool(held))

    def _say(self, text: str) -> None:
        self._app.frame.statusBar().showMessage(text, SAID)


def _several(names: list[str]) -> str:
    """`Apple`, `Apple and Meta`, `4 marks`."""
    return " and ".join(names) if len(names) <= 2 else f"{len(names)} marks"
