"""The text twins of a Sankey and of an alluvial picture: organizations and flows in words, as of a day.

Marks come in the order of the whole span, whatever the day, and only their figures count what has happened.
"""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from app.pictures import wording
from app.pictures.alluvial import Alluvial
from app.pictures.alluvial_marks import figure, place_of
from app.pictures.alluvial_marks import name_of as name_in_alluvial
from app.pictures.bands import NOWHERE
from app.pictures.sankey import Sankey
from app.pictures.sankey_flows import BEFORE
from app.pictures.sankey_marks import block_key
from app.pictures.traffic import STRONG_FIRST
from app.scene import motion as moving
from app.scene.marks import Floats
from app.scene.motion import Mode
from app.scene.scene import Scene
from app.scene.twin import Kind, Point, Rectangle, Twin, TwinMark


def of_sankey(
    picture: Sankey, scene: Scene, day: float | None = None, *, mode: Mode = "cumulative", window: float = 183.0
) -> Twin:
    """The twin of `picture.scene(day, mode=mode, window=window)`, which is the scene to hand over. An organization
    that stands at both sides is one mark, where its higher bar is."""
    at = picture.gathered.clock if day is None else day
    since = moving.since(at, mode, window)
    people = picture.shown(at, since)
    bands = picture.bands
    held = bands.held(people)
    whole = bands.held(picture.people)
    blocks: dict[str, list[int]] = defaultdict(list)
    for block in range(bands.n_blocks):
        if whole[block]:
            blocks[block_key(picture.gathered, bands, block)].append(block)
    places = []
    for key in sorted(blocks, key=lambda key: (-int(whole[blocks[key]].sum()), key)):
        own = blocks[key]
        high = max(own, key=lambda block: int(whole[block]))
        told = [f"{held[n]:,} {'left' if bands.column[n] == BEFORE else 'joined'}" for n in own]
        box = _bar(picture, high)
        name = picture.prepared.names[high]
        moved = int(held[own].sum())
        places.append(_place(key, name, ", ".join(told), box, moved))
    order = {mark.key: n for n, mark in enumerate(places)}
    flows = [
        _flow(
            picture.prepared.keys[band],
            f"{picture.prepared.names[a]} to {picture.prepared.names[b]}",
            int(people[band]),
            "" if picture.options.net else _certainty(picture, band, at, since),
            picture.curves[band],
            float(picture.layout.breadth[band]),
            (block_key(picture.gathered, bands, a), block_key(picture.gathered, bands, b)),
        )
        for band, a, b in zip(range(bands.n_bands), bands.start.tolist(), bands.end.tolist(), strict=True)
        if picture.people[band]
    ]
    size = {key: int(n) for key, n in zip(picture.prepared.keys, picture.people, strict=True)}
    flows.sort(key=lambda mark: (order[mark.origin], -size[mark.key], order[mark.destination]))
    return _twin(scene, places, flows)


def _certainty(picture: Sankey, band: int, at: float | None, since: float | None) -> str:
    """`10 confirmed, 4 reported`; blank for nobody."""
    lanes = picture.lanes(at, since)[band].tolist()
    return ", ".join(f"{n:,} {word}" for n, word in zip(lanes, STRONG_FIRST, strict=True) if n)


def of_alluvial(picture: Alluvial, scene: Scene, day: float | None = None) -> Twin:
    """The twin of `picture.scene(day)`: an organization with its people in each column up to the day, a flow with all
    that went so in the periods up to it. Who stayed is told with the organization."""
    bands, gathered = picture.bands, picture.gathered
    reached = picture.columns(day)
    code_of = bands.code
    codes = [code for code in dict.fromkeys(code_of.tolist()) if code != NOWHERE]
    size = {code: int(bands.held(bands.people)[code_of == code].sum()) for code in codes}
    places, order = [], {}
    for n, code in enumerate(sorted(codes, key=lambda code: (-size[code], code))):
        own = np.flatnonzero(code_of == code)
        here = [block for block in own.tolist() if bands.column[block] in reached]
        told = [
            f"{picture.cohort.periods[int(bands.column[block])].name}: {figure(*picture.prepared.counts[block])}"
            for block in here
        ]
        high = max(own.tolist(), key=lambda block: picture.prepared.counts[block][1])
        key = _alluvial_key(picture, code)
        order[key] = n
        people = picture.prepared.counts[here[-1]][1] if here else 0
        places.append(_place(key, name_in_alluvial(gathered, code), "; ".join(told), _bar(picture, high), people))
    found: dict[tuple[int, int], list[int]] = defaultdict(list)
    for band, a, b in zip(range(bands.n_bands), code_of[bands.start], code_of[bands.end], strict=True):
        if a != b and NOWHERE not in (a, b):
            found[int(a), int(b)].append(band)
    flows = []
    for (a, b), own_bands in found.items():
        here = [band for band in own_bands if bands.column[bands.end[band]] in reached]
        large = max(own_bands, key=lambda band: int(bands.people[band]))
        told = [
            f"{picture.cohort.periods[int(bands.column[bands.end[band]])].name}: {bands.people[band]:,}"
            for band in here
        ]
        flows.append(
            _flow(
                f"flow:{place_of(gathered, a)}>{place_of(gathered, b)}",
                f"{name_in_alluvial(gathered, a)} to {name_in_alluvial(gathered, b)}",
                int(bands.people[np.array(here, dtype=np.intp)].sum()),
                "; ".join(told),
                picture.curves[large],
                float(picture.layout.breadth[large]),
                (_alluvial_key(picture, a), _alluvial_key(picture, b)),
            )
        )
    flows.sort(key=lambda mark: (order[mark.origin], -mark.people, order[mark.destination]))
    return _twin(scene, places, flows)


def _alluvial_key(picture: Alluvial, code: int) -> str:
    return f"organizations:{picture.gathered.ids[code]}" if code >= 0 else "group:others"


def _bar(picture: Sankey | Alluvial, block: int) -> Rectangle:
    placed, column = picture.layout, int(picture.bands.column[block])
    return float(placed.x[column]), float(placed.top[block]), placed.bar, float(placed.height[block])


def _place(key: str, name: str, description: str, box: Rectangle, people: int) -> TwinMark:
    x, y, w, h = box
    at = (x + w / 2, y + h / 2)
    return TwinMark(key, Kind.ORGANIZATION, name, description, box, at, at, at, people)


def _flow(
    key: str, name: str, people: int, description: str, curve: Floats, breadth: float, ends: tuple[str, str]
) -> TwinMark:
    (x0, y0), (x1, y1) = curve[0].tolist(), curve[3].tolist()
    box = (x0, min(y0, y1) - breadth / 2, x1 - x0, abs(y1 - y0) + breadth)
    middle: Point = ((x0 + x1) / 2, (y0 + y1) / 2)
    name = f"{name}, {wording.people(people)}"
    return TwinMark(key, Kind.FLOW, name, description, box, middle, (x0, y0), (x1, y1), people, *ends)


def _twin(scene: Scene, places: list[TwinMark], flows: list[TwinMark]) -> Twin:
    header = scene.header
    return Twin(header.title, header.lines, (*places, *flows))
