"""A Sankey and an alluvial picture on a canvas: `sankey` and `alluvial` make them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from app.pictures import band_twin, reach
from app.pictures.alluvial import VIEW as ALLUVIAL
from app.pictures.alluvial import Alluvial, AlluvialOptions
from app.pictures.alluvial_cohort import moves_on, people_of
from app.pictures.alluvial_marks import name_of, place_of
from app.pictures.bands import OTHERS
from app.pictures.cards import Card, card, crowd_card, move_card
from app.pictures.crowd import QUARTER, Crowd, of_moves, of_people
from app.pictures.exchange import OTHERS_KEY
from app.pictures.gathered import Gathered
from app.pictures.sankey import VIEW as SANKEY
from app.pictures.sankey import Sankey, SankeyOptions
from app.pictures.sankey_flows import BEFORE
from app.pictures.sankey_marks import block_key
from app.pictures.shown import MovesShown, Shown
from app.pictures.shown_seats import told
from app.pictures.stood import Stood
from app.scene import motion as moving
from app.scene.scene import Measure, Scene
from app.scene.twin import Twin


def sankey(
    gathered: Gathered,
    size: tuple[float, float],
    measure: Measure,
    *,
    top: int | None = None,
    net: bool = False,
    before: Shown | Stood | None = None,
) -> SankeyShown:
    """A Sankey of the moves that are gathered; focus, level, filter and window are theirs. before: the picture on the
    canvas, of which a Sankey keeps its orders."""
    options = SankeyOptions(gathered.options, size, top, net=net)
    kept = before.picture if isinstance(before, SankeyShown) else before if isinstance(before, Stood) else None
    return SankeyShown(measure, Sankey.of(gathered.dataset, options, measure, kept, gathered))


def alluvial(
    gathered: Gathered,
    size: tuple[float, float],
    span: tuple[int, int] | None,
    measure: Measure,
    *,
    top: int | None = None,
    months: int | None = None,
    before: Shown | Stood | None = None,
) -> AlluvialShown:
    """An alluvial picture of the people that the gathered moves are about, over a span of days (None: as it fits).
    months: length of a period (None: as fits); before: the picture on the canvas, of which it keeps the orders."""
    options = AlluvialOptions(gathered.options, size, top, months=months, span=span)
    kept = before.picture if isinstance(before, AlluvialShown) else before if isinstance(before, Stood) else None
    return AlluvialShown(measure, Alluvial.of(gathered.dataset, options, measure, kept, gathered))


@dataclass(frozen=True, eq=False)
class SankeyShown(MovesShown):
    """A Sankey on a canvas."""

    view = SANKEY
    name = "Sankey"
    picture: Sankey

    def lit(self, scene: Scene, keys: Iterable[str]) -> tuple[int, ...]:
        """What stands for records; for a move its dot and its band, for flows of others the band they are part of."""
        wanted = tuple(keys)
        found = dict.fromkeys(reach.marks(self.gathered, scene, wanted))
        for key in wanted:
            for band in reach.bands_of(self.picture.bands, reach.rows_of(self.gathered, key)):
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

    def crowd(self, scene: Scene, key: str) -> Crowd | None:
        """The people of a record, of a band to or from others, of the others at one side."""
        bands, prepared = self.picture.bands, self.picture.prepared
        if not key.startswith("group:") or key.startswith(QUARTER):
            return super().crowd(scene, key)
        if key in prepared.keys:
            band = prepared.keys.index(key)
            name = " → ".join(prepared.names[int(block[band])] for block in (bands.start, bands.end))
            return of_moves(self.gathered, bands.members[bands.first[band] : bands.first[band + 1]], name, "flow")
        for block in range(bands.n_blocks):
            if block_key(self.gathered, bands, block) == key:
                own = np.flatnonzero((bands.start == block) | (bands.end == block))
                rows = bands.members[np.isin(bands.band, own)]
                side = "left" if bands.column[block] == BEFORE else "joined"
                return of_moves(self.gathered, rows, f"{prepared.names[block]}, {side}", "group")
        return None

    def twin(self, scene: Scene, day: float | None, mode: moving.Mode, window: float) -> Twin:
        """Organizations and flows in words."""
        return band_twin.of_sankey(self.picture, scene, day, mode=mode, window=window)


@dataclass(frozen=True, eq=False)
class AlluvialShown(MovesShown):
    """An alluvial picture on a canvas. Its marks have keys of their own, `cell:2.openai>meta`, for each is of one
    period and stands for the people of that; `record` tells of which organization or flow."""

    view = ALLUVIAL
    name = "Alluvial picture"
    picture: Alluvial

    def record(self, key: str) -> str:
        """`organizations:X` or `flow:X>Y` of a cell; another key, or a cell of no organization, as it is."""
        kind, _, rest = key.partition(":")
        ends = rest.partition(".")[2].split(">")
        if kind != "cell" or any(end.startswith(".") for end in ends):
            return key
        return f"organizations:{ends[0]}" if len(set(ends)) == 1 else f"flow:{ends[0]}>{ends[1]}"

    def crowd(self, scene: Scene, key: str) -> Crowd | None:
        """The people of a record; of a cell those who were there at the end of its period, or went from it to the next
        one, or stayed; the moves are those by which they went."""
        picture, prepared, bands = self.picture, self.picture.prepared, self.picture.bands
        if key == OTHERS_KEY:
            here = picture.cohort.found.person[(picture.cohort.codes == OTHERS).any(axis=1)]
            return of_people(self.gathered, here.tolist(), "Ever at a smaller organization", "group")
        if not key.startswith("cell:"):
            return super().crowd(scene, key)
        own = self.record(key)
        records = (own,) if own != key else ()
        if key in prepared.keys:
            band = prepared.keys.index(key)
            at = np.arange(bands.first[band], bands.first[band + 1])
            moved = moves_on(self.gathered, picture.cohort)[at]
            ends = [name_of(self.gathered, int(bands.code[block[band]])) for block in (bands.start, bands.end)]
            before, after = (
                picture.cohort.periods[int(bands.column[block[band]])].name for block in (bands.start, bands.end)
            )
            way = f"{ends[0]}, stayed" if ends[0] == ends[1] else " → ".join(ends)
            name = f"{way}, {before} to {after}"
            went = of_moves(self.gathered, moved[moved >= 0], name, "band")
            people = of_people(self.gathered, people_of(picture.cohort, bands.members[at]).tolist(), name, "band")
            return replace(people, moves=went.moves, records=records)
        if key not in prepared.block_keys:
            return None
        block = prepared.block_keys.index(key)
        column, code = int(bands.column[block]), int(bands.code[block])
        here = picture.cohort.found.person[picture.cohort.codes[:, column] == code]
        name = f"{name_of(self.gathered, code)}, {picture.cohort.periods[column].name}"
        return replace(of_people(self.gathered, here.tolist(), name, "block"), records=records)

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
        if kind in ("people", "move", "stints", "seats"):
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
            if scene.keys[hit.key] == key and hit.tip >= 0:
                tip = scene.tips[hit.tip]
                owner = self.record(key).partition(":")[2].partition(">")[0]
                known = self.gathered.dataset.position("organizations", owner) is not None
                return told(tip, owner if known else "")
        return None

    def twin(self, scene: Scene, day: float | None, mode: moving.Mode, window: float) -> Twin:
        """Organizations over the periods, and flows, in words."""
        return band_twin.of_alluvial(self.picture, scene, day)
