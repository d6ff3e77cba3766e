"""Opening a dataset for the window: read, check, lay out the first picture. Runs off the main thread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

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
from app.wishes import places


def arrangement(place: Mapping[str, Any]) -> Arrangement | None:
    """How the picture was arranged when one looked last in a file; None if that is not known or cannot be read."""
    try:
        return places.arrangement(place["arrangement"])
    except (KeyError, ValueError):
        return None


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
