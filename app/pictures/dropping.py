"""Which mark of a picture can be carried, and what that is."""

from __future__ import annotations

from app.pictures.drop_board import BoardTargets
from app.pictures.drop_chart import ChartTargets
from app.pictures.drop_map import MapTargets
from app.pictures.drop_notes import NoteTargets
from app.pictures.drop_order import OrderTargets
from app.pictures.drop_targets import Targets
from app.pictures.notes import NOTE
from app.pictures.shown import MapShown, Shown
from app.pictures.shown_seats import BoardShown, ChartShown
from app.scene.scene import Scene


def carried(shown: Shown, scene: Scene, key: str, x: float, y: float, scale: float = 1.0) -> Targets | None:
    """What is carried from a place of the world, where the mark of a key lies; None for what stays where it is.

    In a chart a card or a person; in a build-out somebody who is there; on a flow map the dot of a person; in a Sankey,
    an alluvial picture and a matrix an organization, to another place in its column; everywhere a note. scene: that is
    looked at, at a scale of the camera.
    """
    if key.startswith(NOTE):
        return NoteTargets.of(shown, scene, key, x, y, scale)
    if isinstance(shown, ChartShown):
        return ChartTargets.of(shown, x, y) if key.startswith(("seats:", "people:")) else None
    if isinstance(shown, BoardShown):
        return BoardTargets.of(shown, key, x, y)
    return MapTargets.of(shown, key, x, y) if isinstance(shown, MapShown) else OrderTargets.of(shown, key, x, y)
