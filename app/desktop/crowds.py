"""The people behind what is selected, whatever picture it was selected in: lit in each, listed as evidence, selected in
the tables, or shown there alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.pictures.crowd import Crowd, of_all
from app.pictures.shown import Shown

if TYPE_CHECKING:
    from app.desktop.application import Application

OWN = ("group:", "cell:")
"""Keys of marks that only their own picture knows."""


class Crowds(QObject):
    """Keeps who stands behind the selection of one window while other pictures are shown."""

    def __init__(self, application: Application) -> None:
        super().__init__(application)
        self._app = application
        self._kept: dict[str, tuple[str, Crowd]] = {}  # of selected marks: in which picture, and who
        application.tables.crowds = self.of
        application.showing.shown_changed.connect(self._shown_changed)
        application.evidence.person_wanted.connect(lambda key: application.session.set_focus((key,)))
        application.tables.people_wanted.connect(self.show_people)
        application.timebar.menu_wanted.connect(lambda key, at: application.offers.menu(key, at))

    @property
    def commands(self) -> dict[str, Callable[[], None]]:
        """What each command does."""
        return {"view.people": lambda: self.show_people(self._app.session.focus)}

    def of(self, key: str) -> Crowd | None:
        """The people of a mark: of the picture that is shown, or of the one in which it was selected."""
        shown, scene = self._app.canvas.shown, self._app.canvas.scene
        view, kept = self._kept.get(key, ("", None))
        if shown is None or scene is None or (kept is not None and view != shown.view):
            return kept
        return shown.crowd(scene, key)

    def record(self, key: str) -> str:
        """The record that a mark is one of several marks of; any other key as it is."""
        if key in self._kept and (records := self._kept[key][1].records):
            return records[0]
        return self._app.canvas.shown.record(key) if self._app.canvas.shown is not None else key

    def follow(self, keys: tuple[str, ...]) -> tuple[str, ...]:
        """Remember who stands behind these keys, and nobody else; the keys that stand for them in this picture."""
        shown = self._app.canvas.shown
        found: dict[str, tuple[str, Crowd]] = {}
        meant: list[str] = []
        for key in keys:
            crowd = self.of(key) if key.startswith(OWN) else None
            view = self._kept[key][0] if key in self._kept else shown.view if shown is not None else ""
            if crowd is not None:
                found[key] = (view, crowd)
            there = crowd is None or shown is None or view == shown.view
            meant += [key] if there or crowd is None else crowd.keys
        self._kept = found
        return tuple(dict.fromkeys(meant))

    def show_people(self, keys: tuple[str, ...]) -> None:
        """The table of people with those of some marks alone; the marks are selected."""
        app, crowds = self._app, [self.of(key) for key in keys]
        some = [crowd for crowd in crowds if crowd is not None]
        crowd = some[0] if len(some) == 1 else of_all(some, f"{len(keys):,} selected", "")
        if crowd is None:
            app.frame.statusBar().showMessage("No people stand behind the selection", 5_000)
            return
        app.session.set_focus(keys)
        app.docks.show(app.docks.tables)
        app.tables.show_only(crowd)

    def _shown_changed(self, _: Shown) -> None:
        focus = self._app.session.focus
        self._app.canvas.show_focus(focus, self.follow(focus))
