"""Carrying a person over a flow map, from their dot to an organization."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.analysis.recording import present
from app.domain.index import Bools
from app.pictures import reach
from app.pictures.drop_targets import Drop, touching
from app.pictures.shown import MapShown, Shown
from app.scene.marks import Floats
from app.scene.pick import Rectangle


@dataclass(frozen=True, eq=False)
class MapTargets:
    """A person who is carried. at: the organization of the map that they are at now, blank if that is not known; box:
    around the dot."""

    shown: MapShown
    person: str
    at: str
    box: Rectangle
    is_round = True
    anywhere = False

    @classmethod
    def of(cls, shown: MapShown, key: str, x: float, y: float) -> MapTargets | None:
        """The person of a dot at a place; None for any other mark."""
        person = reach.person_of(shown.gathered, key)
        if not person:
            return None
        post = present(shown.gathered.dataset, person)
        at = _at_level(shown, str(post["organization_id"])) if post is not None else ""
        return cls(shown, person, at, (x, y, 0.0, 0.0))

    @property
    def key(self) -> str:
        """`people:ID`."""
        return f"people:{self.person}"

    @property
    def name(self) -> str:
        """Who is carried."""
        return reach.named(self.shown.gathered, self.key)

    @property
    def within(self) -> str:
        """Where they are now."""
        return self.at

    def still(self, shown: Shown) -> bool:
        """Whether the map stands as it stood."""
        return shown is self.shown

    def drop(self, key: str, x: float, y: float) -> Drop | None:
        """What dropping on an organization would do."""
        table, _, organization = key.partition(":")
        ids = self.shown.picture.layout.ids
        if table != "organizations" or organization not in ids:
            return None
        box: Rectangle = tuple(self._boxes[ids.index(organization)].tolist())
        name = reach.named(self.shown.gathered, key)
        if organization == self.at:
            return Drop("", f"{self.name} is at {name} already", key, box, within=organization)
        return Drop("move", f"Record that {self.name} goes to {name}", key, box, within=organization)

    def within_sight(self, area: Rectangle) -> tuple[Floats, Bools]:
        """The organizations in an area."""
        boxes = self._boxes
        seen = np.flatnonzero(touching(boxes, area))
        ids = self.shown.picture.layout.ids
        return boxes[seen], np.array([ids[n] != self.at for n in seen.tolist()], dtype=np.bool_)

    @property
    def _boxes(self) -> Floats:
        layout = self.shown.picture.layout
        radii = np.asarray(layout.radii)[:, None]
        return np.concatenate([layout.xy - radii, np.repeat(2 * radii, 2, axis=1)], axis=1)


def _at_level(shown: MapShown, organization: str) -> str:
    """The organization of the map's level that one belongs to now."""
    gathered = shown.gathered
    code = gathered.dataset.position("organizations", organization)
    at = int(gathered.careers.levels.newest[code]) if code is not None else -1
    return gathered.ids[at] if at >= 0 else ""
