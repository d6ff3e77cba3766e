"""The people behind the marks of a build-out that are no records: layers of its curve, cohorts, ticks, cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from app.analysis.buildout import HELD, POSSIBLE
from app.analysis.cohorts import Cohort
from app.pictures.buildout import BuildOutPicture
from app.pictures.crowd import Crowd, of_people
from app.pictures.seat_layers import Group, groups
from app.pictures.seat_places import Holding, Place
from app.pictures.team_compare import TeamCompare
from app.pictures.team_origins import layers
from app.scene.scene import Scene
from app.scene.tips import Later, Tips, Told

Picture = BuildOutPicture | TeamCompare
Team = tuple[str, Holding, Sequence[Place], Sequence[Group], Sequence[str]]
"""Its id, its seats, its places, the layers of its curve, and the origins that these count by number."""


def crowd(picture: Picture, scene: Scene, key: str) -> Crowd | None:
    """The people of a mark; None where it has none, and for the key of a record."""
    found = None
    for team, holding, places, shown, origins in _teams(picture):
        own = key.removesuffix(f":{team}") if team else key
        who = _of_places(own, places, shown, origins)
        if not who and team and not key.endswith((f":{team}", f">{team}")):
            continue
        who = who or _of_tip(scene, key, places)
        if who:
            codes = holding.build_out.holders.person[np.array(sorted(who), dtype=np.intp)]
            found = of_people(picture.gathered, codes.tolist(), _name(scene, key), "mark")
            break
    return found


def _teams(picture: Picture) -> Iterator[Team]:
    if isinstance(picture, TeamCompare):
        for team in picture.shown:
            yield team.id, team.holding, team.places, layers(team, picture.columns), team.curve.origins
    elif picture.holding is not None and picture.curve is not None:
        shown = groups(picture.holding, picture.curve, picture.options.top)
        yield "", picture.holding, picture.places, shown, picture.curve.origins


def _of_places(key: str, places: Sequence[Place], shown: Sequence[Group], origins: Sequence[str]) -> set[int]:
    """Holders in seat for certain, or perhaps, or in seat and of one layer."""
    if key == "group:in-seat":
        return {place.holder for place in places if not place.empty and place.state == HELD}
    if key == "group:may-be":
        return {place.holder for place in places if not place.empty and place.state == POSSIBLE}
    label = key.removeprefix("group:origin:")
    meant = {origins[n] for layer in shown if layer.label == label and label != key for n in layer.columns}
    return {p.holder for p in places if not p.empty and p.state == HELD and p.origin in meant}


def _of_tip(scene: Scene, key: str, places: Sequence[Place]) -> set[int]:
    """Holders that the tip of a mark is about: of a cohort, of a tick, of a cell."""
    about = next((told.about for told in _tips(scene, key) if isinstance(told, Later)), None)
    if isinstance(about, Cohort):
        return set(about.holders.tolist())
    if isinstance(about, np.ndarray):
        return {int(holder) for holder in about}
    if isinstance(about, list):
        return {place.holder for place in about if place in places and not place.empty}
    return set()


def _tips(scene: Scene, key: str) -> Iterator[Told]:
    """The tips of the marks of a key, made or not."""
    if key not in scene.keys:
        return
    number = scene.keys.index(key)
    for layer in scene.layers:
        for mark in layer.marks:
            for tip in np.unique(mark.tip[(mark.key == number) & (mark.tip >= 0)]).tolist():
                yield scene.tips.told[tip] if isinstance(scene.tips, Tips) else scene.tips[tip]


def _name(scene: Scene, key: str) -> str:
    """What the mark says of itself."""
    told = next(_tips(scene, key), None)
    return (told.tip if isinstance(told, Later) else told).head if told is not None else key
