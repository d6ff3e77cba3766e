"""Editing what is fixed in the flow map: organizations are pinned where they were put, and let go again. Each is an
Edit that can be undone."""

from __future__ import annotations

from app.desktop.showing import Showing
from app.domain.views import pin, unpin
from app.pictures import reach
from app.pictures.flowmap import VIEW
from app.session.session import Session


class Pinning:
    """Pins organizations of one window's flow map."""

    def __init__(self, session: Session, showing: Showing) -> None:
        self._session, self._showing = session, showing

    def pin(self, organization: str, x: float, y: float) -> None:
        """Pin an organization at shares of the map's width and height."""
        document, flows = self._session.document, self._showing.flows
        if document is not None and flows is not None:
            name = f"Pin {reach.named(flows.gathered, f'organizations:{organization}')}"
            self._session.do(pin(document.dataset, VIEW, {organization: (x, y)}, name))

    def pin_here(self, organization: str) -> None:
        """Pin an organization where it stands."""
        flows = self._showing.flows
        if flows is not None:
            x, y, w, h = flows.frame.map
            at = flows.layout.xy[flows.layout.ids.index(organization)]
            self.pin(organization, (float(at[0]) - x) / w, (float(at[1]) - y) / h)

    def unpin(self, organizations: frozenset[str] | None) -> None:
        """Let the layout place organizations again; None: all."""
        if self._session.document is not None:
            self._session.do(unpin(self._session.document.dataset, VIEW, organizations, "Unpin"))
