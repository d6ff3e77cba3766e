"""What an analyst writes into a picture: a title of their own, notes about its marks, marks that are highlighted,
organizations that are hidden. Kept with the dataset in its table `views`, for each picture its own.

What was annotated may be gone, or not be in the picture on a day: it is then passed over, and is there again when its
record is.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.domain.dataset import Dataset
from app.domain.edit import Edit
from app.domain.views import options, with_option

OPTION = "annotations"
"""Where they stand among the options of a picture."""
UP_RIGHT = (26.0, -22.0)
"""Where a note stands that says nothing of it."""
FURTHEST = 4_000.0


@dataclass(frozen=True, slots=True)
class Note:
    """Some words about a mark. about: its key; text: the first of several lines is the head; place: from the rim of the
    mark to that of the note, right and down, in units of a picture of 1600 × 1000."""

    about: str
    text: str
    place: tuple[float, float] = UP_RIGHT


@dataclass(frozen=True, slots=True)
class Annotations:
    """Of one picture. title: in place of the computed one, blank for that; notes; highlights: keys of marks; hidden:
    ids of organizations that are counted among those that are not drawn."""

    title: str = ""
    notes: tuple[Note, ...] = ()
    highlights: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self != NONE

    def turned(self, *keys: str) -> Annotations:
        """With keys highlighted; if all of them are, with none of them."""
        if all(key in self.highlights for key in keys):
            return replace(self, highlights=tuple(key for key in self.highlights if key not in keys))
        return replace(self, highlights=tuple(dict.fromkeys((*self.highlights, *keys))))

    def noted(self, note: Note, at: int | None = None) -> Annotations:
        """With a note more, or in the place of another one; without that one if it says nothing."""
        notes = list(self.notes)
        if at is None:
            notes.append(note)
        elif 0 <= at < len(notes):
            notes[at] = note
        return replace(self, notes=tuple(one for one in notes if one.text.strip()))


NONE = Annotations()


def annotations_of(dataset: Dataset, view: str) -> Annotations:
    """What is written into a picture; what cannot be read is nothing."""
    if not dataset["views"].height:
        return NONE
    held = options(dataset, view).get(OPTION)
    if not isinstance(held, dict):
        return NONE
    title = held.get("title")
    notes = (_note(one) for one in _list(held, "notes"))
    return Annotations(
        " ".join(title.split()) if isinstance(title, str) else "",
        tuple(note for note in notes if note is not None),
        _texts(held, "highlights"),
        _texts(held, "hidden"),
    )


def annotate(dataset: Dataset, view: str, wanted: Annotations, name: str) -> Edit:
    """The edit that keeps these annotations of a picture in place of those it has. Empty where they are the same."""
    held = options(dataset, view).get(OPTION)
    kept: dict[str, Any] = {
        key: value
        for key, value in (held.items() if isinstance(held, dict) else ())
        if key not in ("title", "notes", "highlights", "hidden")
    }
    if wanted.title:
        kept["title"] = wanted.title
    if wanted.notes:
        kept["notes"] = [
            {"about": note.about, "place": [round(v, 1) for v in note.place], "text": note.text}
            for note in wanted.notes
        ]
    if wanted.highlights:
        kept["highlights"] = list(wanted.highlights)
    if wanted.hidden:
        kept["hidden"] = list(wanted.hidden)
    return with_option(dataset, view, OPTION, kept, name)


def _list(held: Mapping[str, Any], name: str) -> list[object]:
    found = held.get(name)
    return found if isinstance(found, list) else []


def _texts(held: Mapping[str, Any], name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in _list(held, name) if isinstance(text, str) and text))


def _note(held: object) -> Note | None:
    if not isinstance(held, dict):
        return None
    about, text, place = held.get("about"), held.get("text"), held.get("place")
    if not isinstance(about, str) or not about or not isinstance(text, str) or not text.strip():
        return None
    return Note(about, text, _vector(place))


def _vector(held: object) -> tuple[float, float]:
    if not isinstance(held, list) or len(held) != 2 or not all(type(v) in (int, float) for v in held):
        return UP_RIGHT
    x, y = (min(max(float(v), -FURTHEST), FURTHEST) for v in held)
    return (x, y) if math.isfinite(x) and math.isfinite(y) else UP_RIGHT
