"""The commands of pictures and of the organization chart: which picture, how far it is unfolded, how it grows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import get_args

from app.desktop.actions import Actions
from app.desktop.canvas import Canvas
from app.desktop.showing import Showing
from app.pictures import reach
from app.pictures.chart_folds import DEEPEST, Folds
from app.pictures.chart_trees import Arrangement
from app.pictures.multiples_kinds import untiled
from app.pictures.shown_seats import ChartShown
from app.session.session import Session
from app.session.view import Picture, View

LEVELS: dict[str, int | None] = {"auto": None, **{str(n): n for n in range(1, 6)}, "all": DEEPEST}
GROWS: dict[str, Arrangement | None] = {"fit": None, "down": "down", "right": "right", "compact": "compact"}


class Charting:
    """What keys and menus do to the choice of picture and to the chart."""

    def __init__(
        self, session: Session, canvas: Canvas, showing: Showing, look: Callable[[View], None], actions: Actions
    ) -> None:
        """look: shows another view."""
        self._session, self._canvas, self._showing, self._look = session, canvas, showing, look
        self._act = actions
        canvas.day_wanted.connect(self.come_to)

    @property
    def commands(self) -> dict[str, Callable[[], None]]:
        """What each command does."""
        pictures = {f"view.picture.{name}": partial(self.turn_to, name) for name in get_args(Picture)}
        levels = {f"chart.level.{name}": partial(self._open, level) for name, level in LEVELS.items()}
        grows = {f"chart.grow.{name}": partial(self._grow, way) for name, way in GROWS.items()}
        return {
            **pictures,
            **levels,
            **grows,
            "view.multiples": self.turn_multiples,
            "chart.fold": self.fold,
            "chart.open-selection": lambda: self._showing.reveal(self._session.focus),
        }

    def turn_to(self, picture: Picture, organization: str | None = None) -> None:
        """Show another picture, of an organization if one is named."""
        view = self._session.view
        chosen = view.organization if organization is None else organization
        self._look(replace(view, picture=picture, organization=chosen))

    def turn_multiples(self) -> None:
        """Show the picture as small multiples, or the moving one again; say so where there are none."""
        view = self._session.view
        if reason := untiled(view.picture):
            self._act["view.multiples"].setChecked(False)
            self._canvas.told.emit(f"No small multiples here: {reason}")
        else:
            self._look(replace(view, multiples=not view.multiples))

    def come_to(self, day: int) -> None:
        """From small multiples to the moving picture on a day."""
        self._session.set_clock(self._session.clock.paused().at(float(day)))
        self._look(replace(self._session.view, multiples=False))

    def seats_of(self, key: str) -> bool:
        """Show the chart in which a seat, a person or an organization stands, of a target the build-out, and that
        there; whether there is one."""
        flows = self._showing.flows
        organization = reach.seated_at(flows.gathered, key) if flows is not None else ""
        if organization:
            self._showing.after(lambda: self._showing.reveal((key,)))
            self.turn_to("buildout" if key.startswith("targets:") else "orgchart", organization)
        return bool(organization)

    def fold(self) -> None:
        """Fold or unfold what is below the mark that the keyboard is on, or below the one selected last."""
        keys = (self._canvas.travelled, *reversed(self._session.focus))
        key = next((key for key in keys if key), "")
        shown = self._canvas.shown
        if isinstance(shown, ChartShown) and (folded := shown.foldable(key)):
            self._showing.fold(folded, False)

    def show_view(self, view: View, *, there: bool) -> None:
        """Which of the commands hold now, and which can be used."""
        self._act[f"view.picture.{view.picture}"].setChecked(True)
        self._act["view.multiples"].setChecked(view.tiled)
        is_chart = there and view.picture == "orgchart"
        for name, level in LEVELS.items():
            self._act[f"chart.level.{name}"].setEnabled(is_chart)
            if view.folds.level == level:
                self._act[f"chart.level.{name}"].setChecked(True)
        for name, way in GROWS.items():
            self._act[f"chart.grow.{name}"].setEnabled(is_chart)
            if view.arrangement == way:
                self._act[f"chart.grow.{name}"].setChecked(True)
        for name in ("chart.fold", "chart.open-selection"):
            self._act[name].setEnabled(is_chart)
        self._act["chart.minimap"].setEnabled(is_chart)

    def _open(self, level: int | None) -> None:
        self._look(replace(self._session.view, folds=Folds(level)))

    def _grow(self, way: Arrangement | None) -> None:
        self._look(replace(self._session.view, arrangement=way))
