"""Work that an earlier run left behind is offered when the program begins, and brought back into windows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.desktop.dialogs.recovery import RecoveryDialog
from app.desktop.documents import CANCEL
from app.desktop.lost import told, with_lost
from app.desktop.opening import Opened, shown
from app.domain.errors import TalentflowError
from app.session.jobs import Ticket
from app.session.recovery import Left, Recovery, found, recovered

if TYPE_CHECKING:
    from app.desktop.application import Application


class Recovering(QObject):
    """Looks once, beside the first window, and asks over it."""

    def __init__(self, part: Application, another: Callable[[], Application], folder: Path) -> None:
        """part: the first window; another: opens one more; folder: where journals lie."""
        super().__init__(part)
        self._part, self._another, self._folder = part, another, folder

    def begin(self) -> None:
        """Look for what was left behind."""
        self._part.jobs.start("left", lambda _: found(self._folder), self._offer, self._not_done)

    def _offer(self, lefts: Sequence[Left]) -> None:
        if not lefts:
            return
        self._part.timing.pause()
        dialog = RecoveryDialog(lefts, self._part.frame)
        dialog.wanted.connect(self._bring_back)
        dialog.unwanted.connect(self._discard)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _discard(self, lefts: Sequence[Left]) -> None:
        what = " and ".join([", ".join(left.name for left in lefts[:-1]), lefts[-1].name][len(lefts) == 1 :])
        question = f"Give up the unsaved changes of {what}? They cannot be brought back after that."
        if self._part.documents.asked(question, "&Discard") == CANCEL:
            self._offer(lefts)
            return
        for left in lefts:
            try:
                left.discard()
            except TalentflowError as error:
                self._not_done(error)

    def _bring_back(self, lefts: Sequence[Left]) -> None:
        size = self._part.canvas_size()
        places = [self._part.frame.settings.place(left.path) for left in lefts]

        def work(ticket: Ticket) -> list[tuple[Recovery, Opened] | TalentflowError]:
            done: list[tuple[Recovery, Opened] | TalentflowError] = []
            for left, place in zip(lefts, places, strict=True):
                ticket.check()
                try:
                    recovery = recovered(left)
                    document = with_lost(recovery.document, recovery.lost)
                    done.append((recovery, shown(document, size, place)))
                except TalentflowError as error:  # one that cannot be read keeps none of the others away
                    done.append(error)
            return done

        self._part.documents.busy.emit("Bringing back unsaved changes …")
        self._part.jobs.start("recover", work, self._take, self._not_done)

    def _take(self, found: Sequence[tuple[Recovery, Opened] | TalentflowError]) -> None:
        self._part.documents.busy.emit("")
        for result in found:
            if isinstance(result, TalentflowError):
                self._not_done(result)
                continue
            recovery, opened = result
            present = self._part.session.document
            part = self._part if present is None or not present.changed else self._another()
            part.documents.take(opened, recovery.journal)
            if recovery.lost or recovery.warnings:
                part.banner.say("\n".join((*recovery.warnings, *told(recovery.lost))))
            if recovery.lost:
                part.docks.show(part.docks.issues)

    def _not_done(self, error: Exception) -> None:
        self._part.documents.busy.emit("")
        lines = error.text if isinstance(error, TalentflowError) else f"{type(error).__name__}: {error}"
        self._part.banner.say(f"Unsaved changes could not be brought back.\n{lines}")
