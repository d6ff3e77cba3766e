"""What opens over the window: menus of marks, the palette, pages of help, the print preview; and the clipboard."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication

from app.desktop import contextmenu
from app.desktop.dialogs import help as pages
from app.desktop.dialogs.help import Page
from app.desktop.dialogs.printing import PrintDialog
from app.desktop.frame import told
from app.desktop.lastchance import report
from app.desktop.palette import CommandPalette
from app.desktop.printing import Printable
from app.pictures import listing_seats
from app.pictures.chart_world import FOLD
from app.render.theme import Theme

if TYPE_CHECKING:
    from app.desktop.application import Application

PAGE = (1600, 1000)
"""Size that a picture for paper is laid out for."""
SAID = 5_000
"""Milliseconds that the status line says what was done."""


class Offers:
    """Opens things over one window."""

    def __init__(self, application: Application) -> None:
        self._app = application
        self.commands: dict[str, Callable[[], None]] = {
            "file.print": self.print,
            "edit.copy-text": self.copy_words,
            "go.find": self.find,
            "help.read": partial(self.page, "How to read the picture", pages.how_to_read),
            "help.keys": partial(self.page, "Keys", pages.keys),
            "help.about": partial(self.page, "About Talentflow", pages.about),
            "help.report": lambda: self.copy(report()),
        }

    def menu(self, key: str, at: QPoint) -> None:
        """The menu of a mark (blank: of the ground), at a place of the screen."""
        app, shown = self._app, self._app.canvas.shown
        if shown is None:
            return
        deeds = contextmenu.Deeds(
            select=app.session.set_focus,
            look=app.showing.reveal,
            narrow=app.leading.narrow,
            pin=app.pinning.pin_here,
            unpin=lambda organization: app.pinning.unpin(frozenset({organization})),
            turn_to=app.charting.turn_to,
            seat=app.charting.seats_of,
            fold=lambda folded: app.showing.fold(folded, False),
            record=app.recordings.open,
            edit=app.editing.edit_key,
            delete=app.editing.delete_key,
            merge=app.duplicates.merge_selected if key in app.session.focus and app.duplicates.selected else None,
            copy=self.copy,
            seats=app.seatings.offer,
            orders=app.arranging.offer,
            annotations=app.annotating.offer,
            crowd=app.crowds.of,
            people=lambda mark: app.crowds.show_people((mark,)),
        )
        made = contextmenu.menu(app.canvas, app.frame.actions_by_id, shown, key.removeprefix(FOLD), deeds)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        made.popup(at)

    def find(self) -> None:
        """Ask for a person, a seat, an organization or a command, and go there."""
        app, document, flows = self._app, self._app.session.document, self._app.showing.flows
        dataset = document.dataset if document is not None else None
        seats = listing_seats.of(flows.gathered) if flows is not None else None
        palette = CommandPalette(app.frame.actions_by_id, dataset, seats, app.leading.go_to, app.frame.theme, app.frame)
        palette.accepted.connect(lambda: palette.chosen.go() if palette.chosen is not None else None)
        palette.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        palette.show()
        palette.text.setFocus()

    def page(self, title: str, make: Callable[[Theme], str]) -> None:
        """A page of text."""
        frame = self._app.frame
        page = Page(title, make(frame.theme), frame.theme, frame)
        page.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        page.show()

    def print(self) -> None:
        """The preview of what would be printed, once it is laid out."""
        app = self._app
        app.timing.pause()
        current = app.current()
        if current is not None:
            app.jobs.start("print", lambda _: Printable.of(current, PAGE), self._preview, self._not_printed)

    def _preview(self, printable: Printable) -> None:
        frame = self._app.frame
        dialog = PrintDialog(printable, frame.settings, frame)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.resize(frame.width() * 4 // 5, frame.height() * 4 // 5)
        dialog.open()

    def _not_printed(self, error: Exception) -> None:
        self._app.banner.say("\n".join(told(error, None, "printed")))

    def copy(self, text: str) -> None:
        """A text on the clipboard."""
        QGuiApplication.clipboard().setText(text)
        self._app.frame.statusBar().showMessage("Copied", SAID)

    def copy_words(self) -> None:
        """What the picture says on the day shown, as text on the clipboard."""
        self.copy(self._app.canvas.marks().text)
