"""Opening a dataset for the window: read, check, lay out the first picture. Runs off the main thread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from app.domain.dataset import Dataset
from app.domain.errors import UsageError
from app.files.registry import read_sound, reading
from app.files.stamp import Stamp
from app.layout.flowmap import Arrangement
from app.pictures.flowmap import FlowMap
from app.places import bundled_dataset
from app.session.document import SAMPLE, Document
from app.session.pictured import picture_of
from app.session.view import EVERYTHING_SHOWN, View


def arrangement(held: Mapping[str, Any]) -> Arrangement | None:
    """How the picture was arranged when one looked last in a file; None if that is not known or cannot be read."""
    stood = held.get("arrangement")
    try:
        nodes, flows = dict(stood["nodes"]), dict(stood["flows"])  # type: ignore[index]  # whatever it is, it is tried
        ids = tuple(nodes)
        ends = [[ids.index(end) for end in flow.split(">")] for flow in flows]
        made = Arrangement(
            ids=ids,
            frame=(0.0, 0.0, 1.0, 1.0),
            xy=np.array(list(nodes.values()), dtype=np.float64).reshape(-1, 2),
            flows=np.array(ends, dtype=np.intp).reshape(-1, 2),
            bows=np.array(list(flows.values()), dtype=np.float64).reshape(-1, 2),
        )
    except (TypeError, KeyError, ValueError):
        return None
    return made if np.isfinite(made.xy).all() and np.isfinite(made.bows).all() and len(made.bows) == len(ends) else None


def arranged(picture: FlowMap) -> dict[str, Any]:
    """The same to be kept: places as shares of the map."""
    placed, (x, y, w, h) = picture.layout, picture.frame.map
    shares = (placed.xy - (x, y)) / (w, h)
    flows = (f"{placed.ids[a]}>{placed.ids[b]}" for a, b in placed.flows.tolist())
    return {
        "nodes": dict(zip(placed.ids, np.round(shares, 5).tolist(), strict=True)),
        "flows": dict(zip(flows, np.round(placed.bows, 5).tolist(), strict=True)),
    }


@dataclass(frozen=True, eq=False)
class Opened:
    """A document with the first picture of it, for a view; place: where one looked last in this file, if known."""

    document: Document
    picture: FlowMap
    view: View = EVERYTHING_SHOWN
    place: Mapping[str, Any] = field(default_factory=dict)


def prepare(
    path: Path | None,
    size: tuple[int, int],
    place: Mapping[str, Any] | None = None,
    name: str = "",
    *,
    faulty: bool = False,
) -> Opened:
    """Read a file (None: the bundled dataset) and lay out its flow map. Raises what reading and checking raise.

    place: where one looked last in it. A filter in it that no longer fits the data is left out. name: what a file is
    called that is not to be saved to its path. faulty: records with errors do not stand in the way; they are among the
    warnings of the document.
    """
    stamp = Stamp.of(path) if path is not None else None  # before it is read, so that a change meanwhile is noticed
    source = path if path is not None else bundled_dataset()
    if faulty:
        found = reading(source)
        dataset, warnings = found.dataset, found.checked
    else:
        dataset, warnings = read_sound(source)
    document = Document(dataset, path, path.name if path is not None else SAMPLE, tuple(warnings), stamp=stamp)
    if name:
        document = replace(document, path=None, name=name, stamp=None)
    return shown(document, size, place or {})


def shown(document: Document, size: tuple[int, int], place: Mapping[str, Any]) -> Opened:
    """A document with its first picture."""
    held = place.get("view")
    view = View.restored(held) if isinstance(held, Mapping) else EVERYTHING_SHOWN
    try:
        return Opened(document, picture_of(document.dataset, size, arrangement(place), view), view, place)
    except UsageError:
        return Opened(document, picture_of(document.dataset, size))


def empty() -> Document:
    """A document without any record, on no disk yet."""
    return Document(Dataset.of())
