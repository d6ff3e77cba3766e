"""Leads to a record: selects it and brings it into sight, in the picture that shows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from app.desktop.charting import Charting
from app.desktop.showing import Showing
from app.pictures import reach
from app.session.session import Session
from app.session.view import View

SAID = 8_000
"""Milliseconds that the status line says that there is nothing to be led to."""
_OF_SEATS = ("seats:", "reports:", "targets:")
_LED_TO = ("people:", "organizations:", "relations:", "flow:", *_OF_SEATS)
"""What some picture shows."""


class Leading:
    """Leads to records in one window."""

    def __init__(
        self,
        session: Session,
        showing: Showing,
        charting: Charting,
        look: Callable[[View], None],
        say: Callable[[str, int], None],
    ) -> None:
        """look: shows another view; say: says something for so many milliseconds."""
        self._session, self._showing, self._charting, self._look, self._say = session, showing, charting, look, say

    def narrow(self, key: str) -> None:
        """Filter by what a key stands for."""
        picture = self._showing.flows
        lens = reach.narrowed(picture.gathered, key) if picture is not None else None
        if lens is not None:
            self._look(replace(self._session.view, lens=lens))

    def go_to(self, key: str) -> bool:
        """Select a record and bring it into sight, a seat or a line in its chart, a target in its build-out; whether
        some picture shows it."""
        self._session.set_focus((key,))
        if key.startswith(_OF_SEATS):
            return self._charting.seats_of(key)
        self._showing.reveal((key,))
        return True

    def to_record(self, table: str, row_id: str) -> None:
        """Lead to whatever shows a record: itself, the person of a stint, what a claim is about."""
        document = self._session.document
        row = document.dataset.row(table, row_id) if document is not None else None
        if row is None:
            return
        about = {"stints": f"people:{row.get('person_id')}", "claims": next(iter(row.get("about") or ()), "")}
        key = about.get(table, f"{table}:{row_id}")
        if not key.startswith(_LED_TO) or not self.go_to(key):
            self._say(f"{table} {row_id} is drawn nowhere in this picture", SAID)
