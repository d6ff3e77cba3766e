"""A Sankey and an alluvial picture on a canvas: `sankey` and `alluvial` make them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from app.pictures import band_twin, reach
from app.pictures.alluvial import VIEW as ALLUVIAL
from app.pictures.alluvial import Alluvial, AlluvialOptions
from app.pictures.alluvial_cohort import people_of
from app.pictures.alluvial_marks import place_of
from app.pictures.cards import Card, card, crowd_card, move_card
from app.pictures.gathered import Gathered
from app.pictures.sankey import VIEW as SANKEY
from app.pictures.sankey import Sankey, SankeyOptions
from app.pictures.shown import MovesShown, Shown
from app.pictures.shown_seats import told
from app.scene import motion as moving
from app.scene.pick import Rectangle
from app.scene.scene import Measure, Scene
from app.scene.twin import Twin


def sankey(
    gathered: Gathered,
    size: tuple[float, float],
    measure: Measure,
    *,
    top: int | None = None,
    net: bool = False,
    before: Shown | None = None,
) -> SankeyShown:
    """A Sankey of the moves that are gathered; focus, level, filter and window are theirs. before: the picture on the
    canvas, of which a Sankey keeps its orders."""
    options = SankeyOptions(gathered.options, size, top, net=net)
    kept = before.picture if isinstance(before, SankeyShown) else None
    return SankeyShown(measure, Sankey.of(gathered.dataset, options, measure, kept, gathered))


def alluvial(
    gathered: Gathered,
    size: tuple[float, float],
    span: tuple[int, int] | None,
    measure: Measure,
    *,
    top: int | None = None,
    months: int | None = None,
    before: Shown | None = None,
) -> AlluvialShown:
    """An alluvial picture of the people that the gathered moves are about, over a span of days (None: as it fits).
    months: length of a period (None: as fits); before: the picture on the canvas, of which it keeps the orders."""
    options = AlluvialOptions(gathered.options, size, top, months=months, span=span)
    kept = before.picture if isinstance(before, AlluvialShown) else None
    return AlluvialShown(measure, Alluvial.of(gathered.dataset, options, measure, kept, gathered))


@dataclass(frozen=True, eq=False)
class SankeyShown(MovesShown):
    """A Sankey on a canvas."""

    view = SANKEY
    name = "Sankey"
    picture: Sankey

    def lit(self, scene: Scene, keys: Iterable[str]) -> tuple[int, ...]:
        """What stands for records; for a move its dot and its band."""
        found = dict.fromkeys(reach.marks(self.gathered, scene, keys))
        for row in list(found):
            kind, _, stints = scene.keys[row].partition(":")
            band = reach.band_of(self.gathered, self.picture.bands, stints) if kind == "move" else -1
            if band >= 0:
                found[int(self.picture.prepared.key[band])] = None
        return tuple(found)

    def card(self, scene: Scene, key: str, day: float | None, x: float, y: float, scale: float) -> Card | None:
        """Who, when, how sure, which sources; of others who they are."""
        picture, bands = self.picture, self.picture.bands
        if key in picture.prepared.keys and not key.startswith("flow:"):
            band = picture.prepared.keys.index(key)
            rows = bands.members[bands.first[band] : bands.first[band + 1]]
            code = int(bands.code[bands.start[band]])
            head = scene.tips[int(picture.prepared.tip[band])].head
            owner = self.gathered.ids[code] if code >= 0 else ""
            return crowd_card(self.gathered, head, owner, self.gathered.moves, rows, day)
        return card(picture, key, day, self.tip_at(scene, key, x, y, scale))

    def twin(self, scene: Scene, day: float | None, mode: moving.Mode, window: float) -> Twin:
        """Organizations and flows in words."""
        return band_twin.of_sankey(self.picture, scene, day, mode=mode, window=window)


@dataclass(frozen=True, eq=False)
class AlluvialShown(MovesShown):
    """An alluvial picture on a canvas. Its marks have keys of their own, `cell:2.openai>meta`, so that one person's way
    can be lit; what lies at a place is told by the key of the organization or flow."""

    view = ALLUVIAL
    name = "Alluvial picture"
    picture: Alluvial

    def key_at(self, scene: Scene, x: float, y: float, scale: float) -> str:
        """The organization or the flow at a place, or what stands for it where it is no record."""
        return self._record(super().key_at(scene, x, y, scale))

    def keys_in(self, scene: Scene, area: Rectangle, scale: float) -> tuple[str, ...]:
        """The organizations and flows that an area touches."""
        return tuple(dict.fromkeys(self._record(key) for key in super().keys_in(scene, area, scale)))

    def _record(self, key: str) -> str:
        """`organizations:X` or `flow:X>Y` of a cell; another key, or a cell of no organization, as it is."""
        kind, _, rest = key.partition(":")
        ends = rest.partition(".")[2].split(">")
        if kind != "cell" or any(end.startswith(".") for end in ends):
            return key
        return f"organizations:{ends[0]}" if len(set(ends)) == 1 else f"flow:{ends[0]}>{ends[1]}"

    def lit(self, scene: Scene, keys: Iterable[str]) -> tuple[int, ...]:
        """The marks of records: of a person their way, of a flow its bands, of an organization its blocks and those who
        stayed there, in every column."""
        wanted = tuple(keys)
        found = dict.fromkeys(reach.marks(self.gathered, scene, wanted))
        number = {key: at for at, key in enumerate(scene.keys)}
        for key in wanted:
            for cell in self._cells(key):
                if cell in number:
                    found[number[cell]] = None
        return tuple(found)

    def _cells(self, key: str) -> Iterable[str]:
        picture, bands = self.picture, self.picture.bands
        kind, _, rest = key.partition(":")
        if kind in ("people", "move", "seats"):
            return self._way(key)
        prepared = picture.prepared
        ends = rest.split(">") if kind == "flow" else [rest, rest]
        if kind not in ("flow", "organizations") or len(ends) != 2:
            return ()
        pair = [place_of(self.gathered, code) for code in bands.code.tolist()]
        between = [
            prepared.keys[band]
            for band in range(bands.n_bands)
            if [pair[bands.start[band]], pair[bands.end[band]]] == ends
        ]
        blocks = [prepared.block_keys[n] for n in range(bands.n_blocks) if pair[n] == rest]
        return [*between, *blocks]

    def _way(self, key: str) -> list[str]:
        """The bands of a person, of who made a move, or of who has held a seat."""
        bands, cohort = self.picture.bands, self.picture.cohort
        codes = [self.gathered.dataset.position("people", person) for person in reach.people_of(self.gathered, key)]
        people = people_of(cohort, bands.members)
        on = np.flatnonzero(np.isin(people, [code for code in codes if code is not None]))
        return [self.picture.prepared.keys[band] for band in np.unique(bands.band[on]).tolist()]

    def card(self, scene: Scene, key: str, day: float | None, x: float, y: float, scale: float) -> Card | None:
        """Who was there, or who went from where to where, in the period at a place; who made a move."""
        if key.startswith("move:"):
            return move_card(self.gathered, key)
        for hit in self._picker(scene).at(x, y, scale=scale):
            if self._record(scene.keys[hit.key]) == key and hit.tip >= 0:
                tip = scene.tips[hit.tip]
                owner = key.partition(":")[2].partition(">")[0]
                known = self.gathered.dataset.position("organizations", owner) is not None
                return told(tip, owner if known else "")
        return None

    def twin(self, scene: Scene, day: float | None, mode: moving.Mode, window: float) -> Twin:
        """Organizations over the periods, and flows, in words."""
        return band_twin.of_alluvial(self.picture, scene, day)
