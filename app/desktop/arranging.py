"""Orders that an analyst chooses for the organizations of a picture: by dragging them in their column, or from the menu
of an organization. Each is a step that can be undone and is kept in the file."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from app.domain.views import orders
from app.pictures import reach
from app.pictures.drop_order import OrderTargets
from app.pictures.drop_targets import Drop
from app.pictures.sankey_flows import SIDES
from app.pictures.standing import Standing, ordered, released, standings

if TYPE_CHECKING:
    from app.desktop.application import Application


class Arranging(QObject):
    """The orders of one window's pictures."""

    def __init__(self, application: Application) -> None:
        super().__init__(application)
        self._app = application
        application.canvas.dropped.connect(self._dropped)

    def offer(self, menu: QMenu, key: str) -> None:
        """Put where an organization may stand into the menu of its mark, if it stands in an order."""
        app, shown = self._app, self._app.canvas.shown
        table, _, organization = (shown.record(key) if shown is not None else key).partition(":")
        found = {(one.view, one.column): one for one in standings(shown)} if shown is not None else {}
        mine = [one for one in found.values() if table == "organizations" and organization in one.ids]
        if not mine or app.session.document is None:
            return
        part = menu.addMenu("&Order")
        for one in mine:
            where = f" {one.column}" if one.column in SIDES else ""
            at, last = one.ids.index(organization), len(one.ids)
            for words, to in ((f"First{where}", 0), (f"Up{where}", at - 1), (f"Down{where}", at + 2)):
                action = part.addAction(words, partial(self._put, one, at, to))
                action.setEnabled(0 <= to <= last and to not in (at, at + 1))
            part.addSeparator()
        action = part.addAction("As the &layout has it", partial(self.release, mine[0].view))
        action.setEnabled(bool(orders(app.session.document.dataset, mine[0].view)))

    def release(self, view: str) -> None:
        """Let the layout order the organizations of a picture again."""
        document = self._app.session.document
        if document is not None:
            self._app.session.do(released(document.dataset, view))

    def _dropped(self, targets: object, drop: Drop) -> None:
        if isinstance(targets, OrderTargets) and drop.deed == "order":
            self._put(targets.standing, targets.at, drop.place)

    def _put(self, standing: Standing, at: int, to: int) -> None:
        """Have one organization stand before another one, or last."""
        shown, document = self._app.canvas.shown, self._app.session.document
        if shown is not None and document is not None:
            name = reach.named(shown.gathered, f"organizations:{standing.ids[at]}")
            self._app.session.do(ordered(document.dataset, standing, standing.moved(at, to), name))
