"""Carrying a card of an organization chart: onto another card, onto an empty seat, into a unit."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.analysis.subordination import below
from app.domain.index import ABSENT, Bools
from app.pictures import orgchart_words as words
from app.pictures.chart_world import FOLD, ChartWorld
from app.pictures.drop_targets import Drop, touching
from app.pictures.shown import Shown
from app.pictures.shown_seats import ChartShown
from app.scene.marks import Floats
from app.scene.pick import Rectangle

ITSELF, BELOW, ALREADY, REPORT, FILL, EITHER = range(6)
"""What dropping on a box means: nothing; refused, for it stands below, or is answered to already; answer to it; take
it; take it, or answer to it."""


@dataclass(frozen=True, eq=False)
class ChartTargets:
    """A card of a chart that is carried. at: its box; verdicts: (b,) for every box of the chart."""

    world: ChartWorld
    at: int
    verdicts: npt.NDArray[np.int8]
    box: Rectangle
    is_round = False
    anywhere = False

    @classmethod
    def of(cls, shown: ChartShown, x: float, y: float) -> ChartTargets | None:
        """The card at a place of the world; None where there is none."""
        spot = shown.spot_at(x, y)
        if spot is None:
            return None
        world = shown.world_of
        at, box = spot
        return cls(world, at, _verdicts(world, at), box)

    @property
    def key(self) -> str:
        """`seats:ID`, or `people:ID` of someone without a seat."""
        return self.world.chart.boxes.keys[self.at]

    @property
    def name(self) -> str:
        """Who is carried, or which empty seat."""
        return self._called(self.at)

    @property
    def within(self) -> str:
        """Id of the organization that holds the card."""
        return self._unit(self.at)

    def still(self, shown: Shown) -> bool:
        """Whether everything stands where it stood."""
        return isinstance(shown, ChartShown) and shown.world_of is self.world

    def drop(self, key: str, x: float, y: float) -> Drop | None:
        """What dropping on a card or into a unit would do."""
        key = key.removeprefix(FOLD)
        boxes, (at, spots) = self.world.chart.boxes, self.world.plan.spots
        if key in boxes.at_key:
            hit = np.flatnonzero(touching(spots, (x, y, x, y)))
            near = hit if len(hit) else np.flatnonzero(at == boxes.at_key[key])  # what folds it stands beside it
            return self._on(int(at[near[-1]]), tuple(spots[near[-1]].tolist())) if len(near) else None
        if key.startswith("organizations:"):
            return self._into(key)
        return None

    def within_sight(self, area: Rectangle) -> tuple[Floats, Bools]:
        """The cards in an area."""
        at, spots = self.world.plan.spots
        seen = np.flatnonzero(touching(spots, area))
        lawful: Bools = self.verdicts[at[seen]] >= REPORT
        return spots[seen], lawful

    def _on(self, box: int, place: Rectangle) -> Drop | None:
        key, verdict = self.world.chart.boxes.keys[box], int(self.verdicts[box])
        low, high, within = self.name, self._called(box), self._unit(box)
        if verdict == ITSELF:
            return None
        if verdict == BELOW:
            why = f"{high} stands below {low}: the lines would come round in a circle"
            return Drop("", why, key, place, within=within)
        if verdict == ALREADY:
            return Drop("", f"{low} reports to {high} already", key, place, within=within)
        if verdict == REPORT:
            return Drop("report", f"{low} reports to {high}", key, place, within=within)
        seat = self.world.chart.boxes.titles[box] or "the seat"
        return Drop("fill", f"{low} takes {seat}", key, place, "report" if verdict == EITHER else "", within)

    def _into(self, key: str) -> Drop | None:
        """Into the panel of another unit."""
        place = self.world.unit_box(key)
        if place is None:
            return None
        name, unit = words.unit_name(self.world.chart, key), key.partition(":")[2]
        if unit == self.within:
            return None
        if not _has_person(self.world, self.at):
            return Drop("", "Nobody holds this seat: only people go to another unit", key, place, within=unit)
        return Drop("join", f"{self.name} joins {name}", key, place, within=unit)

    def _called(self, box: int) -> str:
        boxes = self.world.chart.boxes
        who = boxes.names[box] if not boxes.gone[box] else ""
        return who or boxes.titles[box] or "the seat"

    def _unit(self, box: int) -> str:
        code = int(self.world.chart.boxes.unit[box])
        return self.world.chart.gathered.ids[code] if code != ABSENT else ""


def _has_person(world: ChartWorld, box: int) -> bool:
    boxes = world.chart.boxes
    return not boxes.empty[box] and not boxes.gone[box]


def _verdicts(world: ChartWorld, at: int) -> npt.NDArray[np.int8]:
    boxes, structure = world.chart.boxes, world.chart.structure
    assert structure is not None  # there are boxes
    found = np.full(len(boxes), REPORT, dtype=np.int8)
    n = boxes.n_seats
    if at < n:
        found[:n][below(structure.parent, at)] = BELOW
        if (up := int(structure.parent[at])) != ABSENT:
            found[up] = ALREADY
    if _has_person(world, at):
        vacant = boxes.empty | boxes.gone
        vacant[n:] = False
        found[vacant] = np.where(found[vacant] == REPORT, EITHER, FILL)
        found[boxes.person == boxes.person[at]] = ITSELF
    found[at] = ITSELF
    found.setflags(write=False)
    return found
