"""An organization chart and a build-out on a canvas."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from app.analysis.structure import depths
from app.layout.tree import NONE
from app.pictures import board_crowd, reach, wording
from app.pictures.buildout import VIEW as BUILD_OUT
from app.pictures.buildout import BuildOutPicture
from app.pictures.cards import Card
from app.pictures.chart_levels import BANDS
from app.pictures.chart_world import CLOSEST, FOLD, ChartWorld, Part, hidden_text
from app.pictures.crowd import QUARTER, Crowd
from app.pictures.frame import LOW_FOOT, Frame, framed
from app.pictures.gathered import Gathered
from app.pictures.orgchart import VIEW as ORG_CHART
from app.pictures.shown import Whole
from app.pictures.team_compare import TeamCompare
from app.scene import motion as moving
from app.scene.camera import Camera
from app.scene.pick import Rectangle
from app.scene.scene import Measure, Scene, Tip
from app.scene.tips import Later, Told
from app.scene.twin import Kind, Twin, TwinMark

MOST_TOLD = 3_000
"""Boxes that are read out, those above first."""
MARGIN = 24.0
"""World units of a chart that may be seen beyond its rim."""


def told(tip: Tip, organization: str = "", line: str = "") -> Card:
    """A tip as a card."""
    return Card(
        tip.head, line or (tip.lines[0] if tip.lines else ""), organization, notes=tip.lines[0 if line else 1 :]
    )


def told_now(told: Told) -> Tip:
    """A tip, made if it was left for later."""
    return told.tip if isinstance(told, Later) else told


@dataclass(frozen=True, eq=False)
class BoardShown(Whole):
    """A build-out on a canvas, of one team or of several, on the day that it was made for."""

    view = BUILD_OUT
    name = "Build-out"
    picture: BuildOutPicture | TeamCompare
    made: Scene

    @property
    def gathered(self) -> Gathered:
        """What it knows of the dataset."""
        return self.picture.gathered

    @property
    def frame(self) -> Frame:
        """Where its parts stand."""
        return framed(self.size, foot_height=LOW_FOOT)

    @property
    def size(self) -> tuple[float, float]:
        """The size that it was laid out for."""
        return self.picture.options.size

    def scene(self, day: float | None, mode: moving.Mode, window: float) -> Scene:
        """The Scene of its day."""
        return self.made

    def card(self, scene: Scene, key: str, day: float | None, x: float, y: float, scale: float) -> Card | None:
        """What a seat, a step of the curve or a tick says."""
        found = self.tip_at(scene, key, x, y, scale)
        place = next((place for place in self.picture.places if place.key == key), None)
        color = place.organization if place is not None else ""
        return told(Tip(*found), color) if found is not None else None

    def crowd(self, scene: Scene, key: str) -> Crowd | None:
        """The people of a record, of a layer or step of the curve, of a cohort, a tick, a cell."""
        if key.startswith(("group:", "cell:")) and not key.startswith(QUARTER):
            return board_crowd.crowd(self.picture, scene, key)
        return super().crowd(scene, key)

    def twin(self, scene: Scene, day: float | None, mode: moving.Mode, window: float) -> Twin:
        """The places in words, in the order of the board; one that several teams have, once."""
        header, marks = scene.header, []
        number = {key: n for n, key in enumerate(scene.keys)}
        done: set[str] = set()
        for place in self.picture.places[:MOST_TOLD]:
            box = reach.box_of_marks(scene, (number[place.key],)) if place.key in number else None
            if box is None or place.key in done:
                continue
            done.add(place.key)
            at = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
            name = place.name or "A place"
            about = "; ".join((place.lost or place.word, *(told_now(place.tip).lines if place.tip else ())))
            around = (box[0], box[1], box[2] - box[0], box[3] - box[1])
            marks.append(TwinMark(place.key, Kind.SEAT, name, about, around, at, at, at))
        return Twin(header.title, header.lines, tuple(marks))


@dataclass(frozen=True, eq=False)
class ChartShown(Whole):
    """An organization chart on a canvas, on the day that it was made for."""

    view = ORG_CHART
    name = "Organization chart"
    world_of: ChartWorld
    made: Scene
    part: Part
    overview: Scene
    """All of it as it is seen from afar."""

    @classmethod
    def of(cls, measure: Measure, world: ChartWorld, camera: Camera | None) -> ChartShown:
        """A chart with what a camera needs; None for the camera that shows the whole."""
        part = world.part(camera if camera is not None else world.home)
        made = world.scene(part)
        far = Part(*BANDS[-1])
        return cls(measure, world, made, part, made if part.whole or part == far else world.scene(far))

    @property
    def gathered(self) -> Gathered:
        """What it knows of the dataset."""
        return self.world_of.chart.gathered

    @property
    def frame(self) -> Frame:
        """Where its parts stand."""
        return self.world_of.frame

    @property
    def size(self) -> tuple[float, float]:
        """The size of the window that it was made for."""
        return self.frame.width, self.frame.height

    @property
    def home(self) -> Camera:
        """The camera that shows the whole chart."""
        return self.world_of.home

    @property
    def nearest(self) -> float:
        """The largest scale of a camera."""
        return CLOSEST

    @property
    def world(self) -> Rectangle:
        """All boxes and units."""
        width, height = self.world_of.plan.size if len(self.world_of.chart.boxes) else self.size
        return -MARGIN, -MARGIN, width + MARGIN, height + MARGIN

    def nearest_key(self, x: float, y: float) -> str:
        """The key of the box whose middle is nearest to a place of the world; blank without any."""
        at, places = self.world_of.plan.spots
        if not len(at):
            return ""
        away = np.hypot(places[:, 0] + places[:, 2] / 2 - x, places[:, 1] + places[:, 3] / 2 - y)
        return self.world_of.chart.boxes.keys[int(at[int(away.argmin())])]

    def scene(self, day: float | None, mode: moving.Mode, window: float) -> Scene:
        """The Scene of its day."""
        return self.made

    def covers(self, scene: Scene, camera: Camera) -> bool:
        """Whether its Scene has all that a camera shows."""
        return self.world_of.covers(self.part, camera)

    def detailed(self, camera: Camera) -> ChartShown:
        """The same with what a camera shows."""
        part = self.world_of.part(camera)
        return replace(self, part=part, made=self.world_of.scene(part))

    def _boxes_of(self, keys: Iterable[str]) -> list[int]:
        """Boxes that stand for records, whether they are seen or folded away."""
        at_key = self.world_of.chart.boxes.at_key
        found = dict.fromkeys(
            at_key[wanted]
            for key in keys
            for wanted in ((key,) if key in at_key else reach.standing(self.gathered, key))
            if wanted in at_key
        )
        return list(found)

    def key_at(self, scene: Scene, x: float, y: float, scale: float) -> str:
        """What folds a box, a box, a line, a unit."""
        fold = self.world_of.fold_at(x, y, scale)
        if fold:
            return fold
        if (spot := self.spot_at(x, y)) is not None:
            return self.world_of.chart.boxes.keys[spot[0]]
        if self.part.whole and (key := super().key_at(scene, x, y, scale)):
            return key
        return self.world_of.unit_at(x, y)

    def spot_at(self, x: float, y: float) -> tuple[int, Rectangle] | None:
        """The box at a place of the world, and left, top, width, height of what it covers; None where there is none."""
        at, spots = self.world_of.plan.spots
        inside = (spots[:, 0] <= x) & (x <= spots[:, 0] + spots[:, 2])
        inside &= (spots[:, 1] <= y) & (y <= spots[:, 1] + spots[:, 3])
        hit = np.flatnonzero(inside)
        return (int(at[hit[-1]]), tuple(spots[hit[-1]].tolist())) if len(hit) else None

    def keys_in(self, scene: Scene, area: Rectangle, scale: float) -> tuple[str, ...]:
        """The boxes that an area touches."""
        at, spots = self.world_of.plan.spots
        meets = (spots[:, 0] <= area[2]) & (spots[:, 0] + spots[:, 2] >= area[0])
        meets &= (spots[:, 1] <= area[3]) & (spots[:, 1] + spots[:, 3] >= area[1])
        keys = self.world_of.chart.boxes.keys
        return tuple(dict.fromkeys(keys[n] for n in at[meets].tolist()))

    def box_of(self, scene: Scene, keys: tuple[str, ...]) -> Rectangle | None:
        """What is seen of the boxes and units that stand for keys."""
        at, spots = self.world_of.plan.spots
        found = spots[np.isin(at, self._boxes_of(keys))]
        units = [box for key in keys if (box := self.world_of.unit_box(key)) is not None]
        corners = np.concatenate([found, np.array(units).reshape(-1, 4)])
        if not len(corners):
            return None
        left, top = corners[:, :2].min(axis=0).tolist()
        right, bottom = (corners[:, :2] + corners[:, 2:]).max(axis=0).tolist()
        return left, top, right, bottom

    def card(self, scene: Scene, key: str, day: float | None, x: float, y: float, scale: float) -> Card | None:
        """What a box, a line, a unit or what folds it says."""
        chart, world = self.world_of.chart, self.world_of
        if key.startswith(FOLD):
            return Card(*world.fold_words(key.removeprefix(FOLD)))
        if key in chart.boxes.at_key:
            box = chart.boxes.at_key[key]
            wears = int(chart.boxes.wears[box])
            color = chart.gathered.ids[wears] if wears >= 0 else ""
            made = told(chart.tip(box), color)
            return replace(made, notes=(*made.notes, *self._span(box)))
        if key.startswith(("reports:", "claims:")):
            tip = chart.line_tip(key)
            return told(tip) if tip is not None else None
        return Card(*found) if (found := world.unit_words(key)) is not None else None

    def _span(self, box: int) -> list[str]:
        """Span of control and depth: how many answer to a seat, how many levels are below it, on which one it is."""
        tree, linked = self.world_of.plan.tree, self.world_of.plan.linked
        at = int(np.searchsorted(linked, box))
        if at >= len(linked) or linked[at] != box:
            return []
        direct = int(np.count_nonzero(tree.parent == at))
        level = f"Level {int(tree.depth[at]) + 1} of {tree.levels}"
        if not direct:
            return [level]
        n_all, deep = int(self.world_of.below[0][at]), int(tree.heights()[at])
        levels = wording.counted(deep, "level")
        return [f"{wording.counted(direct, 'seat')} to it, {wording.people(n_all)} on {levels} below", level]

    def path(self, key: str) -> tuple[str, ...]:
        """The seats and lines from a box to the top."""
        chart, plan = self.world_of.chart, self.world_of.plan
        found: list[str] = []
        for box in self._boxes_of((key,)):
            at = int(np.searchsorted(plan.linked, box))
            if at < len(plan.linked) and plan.linked[at] == box:
                chain = [at, *plan.tree.above(at)]
                boxes = [int(plan.linked[n]) for n in chain]
                found += [chart.line_keys[n] for n in boxes if n in chart.line_keys]
                found += [chart.boxes.keys[n] for n in boxes[1:]]
        return tuple(found)

    def foldable(self, key: str) -> str:
        """The key of the box or unit that folds with a record: the one that stands for it; blank if nothing does, or
        nothing stands below it."""
        boxes = self._boxes_of((key,))
        own = self.world_of.chart.boxes.keys[boxes[0]] if boxes else key
        return own if own in self.world_of.foldable else ""

    def folds_above(self, keys: Iterable[str]) -> tuple[str, ...]:
        """Keys of the folded boxes and units that hide what stands for records: to be opened to see it."""
        return self.world_of.folds_above(self._boxes_of(keys))

    def twin(self, scene: Scene, day: float | None, mode: moving.Mode, window: float) -> Twin:
        """Seats, units and people in words, each below what it stands below."""
        header = scene.header
        lines = list(header.lines)
        marks = list(self._told())
        if (rest := len(self.world_of.plan.spots[0]) - MOST_TOLD) > 0:
            lines.append(f"{rest:,} more boxes, farther down")
        return Twin(header.title, tuple(lines), tuple(marks))

    def _told(self) -> Iterable[TwinMark]:
        world, plan, chart = self.world_of, self.world_of.plan, self.world_of.chart
        boxes = chart.boxes
        at, spots = plan.spots
        where = {int(box): n for n, box in reversed(list(enumerate(at.tolist())))}
        done: set[str] = set()
        n_trees = len(plan.at)
        order = np.argsort(depths(np.where(plan.parent == NONE, -1, plan.parent)), kind="stable")[:MOST_TOLD]
        for n in order.tolist():
            box, up = int(plan.at[n]), int(plan.parent[n])
            above = boxes.keys[int(plan.at[up])] if up != NONE else ""
            folded = hidden_text(*(int(m[plan.whole[n]]) for m in world.below)) if plan.folded[n] else ""
            done.add(boxes.keys[box])
            yield self._mark(box, spots[where[box]].tolist(), Kind.SEAT, above, folded)
        yield from world.unit_marks()
        for n in range(n_trees, min(len(at), MOST_TOLD)):
            box = int(at[n])
            if boxes.keys[box] not in done:
                done.add(boxes.keys[box])
                kind = Kind.SEAT if box < boxes.n_seats else Kind.PERSON
                yield self._mark(box, spots[n].tolist(), kind, world.unit_key_of(n - n_trees), "")

    def _mark(self, box: int, spot: list[float], kind: Kind, above: str, folded: str) -> TwinMark:
        boxes = self.world_of.chart.boxes
        x, y, w, h = spot
        at = (x + w / 2, y + h / 2)
        name = boxes.names[box] or boxes.titles[box] or "A seat"
        parts = [boxes.titles[box] if boxes.names[box] else "", boxes.losts[box] or boxes.words[box]]
        parts += [f"{folded} folded away"] if folded else []
        about = "; ".join(part for part in parts if part)
        return TwinMark(boxes.keys[box], kind, name, about, (x, y, w, h), at, at, at, above=above)
