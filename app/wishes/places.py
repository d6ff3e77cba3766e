"""Where organizations stand in a picture, as a text that a picture carries and another one can begin from.

Places of a flow map are shares of its map, so that they hold for any size; orders are ids. What they are rounded to is
less than can be seen, and a picture that is to be made again is drawn from the rounded ones.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import numpy as np

from app.layout.flowmap import Arrangement
from app.pictures.alluvial import Alluvial
from app.pictures.bands import NOWHERE, OTHERS
from app.pictures.chord import Chord
from app.pictures.flowmap import FlowMap
from app.pictures.matrix import Matrix
from app.pictures.multiples import Multiples
from app.pictures.sankey import Sankey
from app.pictures.shown import Pictured
from app.pictures.stood import Stood

Places = Arrangement | Stood
_NOBODY = (OTHERS, NOWHERE)


def places_of(picture: object) -> str:
    """The text of a picture, also of one on a canvas; blank for one in which organizations have no places of their
    own."""
    if isinstance(picture, Pictured):
        picture = picture.picture
    if isinstance(picture, Multiples):
        picture = picture.picture
    if isinstance(picture, FlowMap):
        return _text(arranged(picture))
    if isinstance(picture, (Sankey, Alluvial, Chord, Matrix)):
        stood = picture.stood
        turn = round(stood.turn, 6) if stood.turn is not None else None
        return _text({"columns": {name: list(held) for name, held in stood.columns.items()}, "turn": turn})
    return ""


def places(text: str) -> Places | None:
    """The places of a text; None for a blank one. ValueError for what is none."""
    if not text:
        return None
    try:
        held = json.loads(text)
    except RecursionError as error:
        raise ValueError("too deep") from error
    if not isinstance(held, dict):
        raise ValueError("no places")
    return _stood(held) if "columns" in held else arrangement(held)


def standing(text: str) -> Arrangement | None:
    """The places of a text as those of a flow map; None for a blank one. ValueError for what is none."""
    found = places(text)
    if isinstance(found, Stood):
        raise ValueError("not of a flow map")
    return found


def arrangement(held: Mapping[str, Any]) -> Arrangement:
    """Places of a flow map from what was kept of them. ValueError if they cannot be read."""
    try:
        nodes, flows = dict(held["nodes"]), dict(held["flows"])
        ids = tuple(nodes)
        ends = [[ids.index(end) for end in flow.split(">")] for flow in flows]
        made = Arrangement(
            ids=ids,
            frame=(0.0, 0.0, 1.0, 1.0),
            xy=np.array(list(nodes.values()), dtype=np.float64).reshape(-1, 2),
            flows=np.array(ends, dtype=np.intp).reshape(-1, 2),
            bows=np.array(list(flows.values()), dtype=np.float64).reshape(-1, 2),
        )
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError("no places") from error
    sound = len(made.xy) == len(ids) and len(made.flows) == len(made.bows) == len(ends)
    if not (sound and np.isfinite(made.xy).all() and np.isfinite(made.bows).all()):
        raise ValueError("no places")
    return made


def arranged(picture: FlowMap) -> dict[str, Any]:
    """Places of a flow map to be kept: as shares of the map."""
    placed, (x, y, w, h) = picture.layout, picture.frame.map
    shares = (placed.xy - (x, y)) / (w, h)
    flows = (f"{placed.ids[a]}>{placed.ids[b]}" for a, b in placed.flows.tolist())
    return {
        "nodes": dict(zip(placed.ids, np.round(shares, 5).tolist(), strict=True)),
        "flows": dict(zip(flows, np.round(placed.bows, 5).tolist(), strict=True)),
    }


def _stood(held: Mapping[str, Any]) -> Stood:
    columns, turn = held["columns"], held.get("turn")
    if not isinstance(columns, dict) or not (turn is None or (isinstance(turn, (int, float)) and np.isfinite(turn))):
        raise ValueError("no order")
    for column in columns.values():
        if not isinstance(column, list) or not all(isinstance(at, str) or at in _NOBODY for at in column):
            raise ValueError("no order")
    return Stood(columns, turn)


def _text(held: Mapping[str, Any]) -> str:
    return json.dumps(held, ensure_ascii=True, separators=(",", ":"))
