"""The sources behind what a picture shows, in the order in which they are numbered below it and in notes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import replace

import numpy as np

from app.scene.pick import shown
from app.scene.scene import Scene, Source
from app.scene.viewed import taken

CAPTION = "caption"
"""The layer that names the sources of all others."""


def cited(scene: Scene) -> dict[str, Source]:
    """Sources by id of all that is drawn at camera scale 1: those that carry most of it first, then by publisher, title
    and id. Sources that the picture knows nothing of are left out."""
    told = {
        pair
        for layer in scene.layers
        if shown(layer, 1.0) and layer.name != CAPTION
        for mark in layer.marks
        for pair in zip(mark.key.tolist(), mark.tip.tolist(), strict=True)
        if pair[1] >= 0
    }
    links = {tip: frozenset(scene.tips[tip].links) for tip in {tip for _, tip in told}}
    carries = Counter(id_ for key, id_ in {(key, id_) for key, tip in told for id_ in links[tip]})
    known = scene.meta.sources
    order = sorted(
        (id_ for id_ in carries if id_ in known),
        key=lambda id_: (-carries[id_], known[id_].publisher, known[id_].title, id_),
    )
    return {id_: known[id_] for id_ in order}


def only(scene: Scene, keys: Collection[int]) -> Scene:
    """The Scene with the marks of some rows of its keys alone, for who asks what is behind them."""
    wanted = np.isin(np.arange(len(scene.keys) + 1), list(keys))
    wanted[-1] = False  # key -1: none
    layers = [
        replace(layer, marks=tuple(taken(mark, np.flatnonzero(wanted[mark.key])) for mark in layer.marks))
        for layer in scene.layers
    ]
    return replace(scene, layers=tuple(layers))


def citation(number: int, source: Source) -> str:
    """`[1] Publisher, Title, date, URL`, without what is not known."""
    return f"[{number}] " + ", ".join(
        text for text in (source.publisher, source.title, source.published, source.url) if text
    )
