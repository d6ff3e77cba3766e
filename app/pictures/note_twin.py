"""What an analyst has written into a picture, in its text twin: the title, and the notes as marks that can be travelled
to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from app.domain.annotations import annotations_of
from app.pictures import reach
from app.pictures.gathered import Gathered
from app.pictures.notes import NOTE
from app.scene.marks import Box
from app.scene.outline import bounds
from app.scene.scene import Scene
from app.scene.twin import Kind, Twin, TwinMark


def annotated_twin(twin: Twin, scene: Scene, gathered: Gathered) -> Twin:
    """The twin of a Scene with what is written into it; itself where nothing is."""
    wanted = annotations_of(gathered.dataset, scene.meta.view)
    if not wanted:
        return twin
    title = wanted.title or twin.title
    names = [reach.named(gathered, key) for key in wanted.highlights if reach.marks(gathered, scene, (key,))]
    lines = (*twin.lines, *([f"Highlighted: {', '.join(names)}"] if names else []))
    places = len(twin.places)
    marks = (*twin.marks[:places], *_notes(scene, gathered), *twin.marks[places:])
    return replace(twin, title=title, lines=lines, marks=marks)


def _notes(scene: Scene, gathered: Gathered) -> Iterator[TwinMark]:
    for n, note in enumerate(annotations_of(gathered.dataset, scene.meta.view).notes):
        key = f"{NOTE}{n}"
        row = scene.keys.index(key) if key in scene.keys else -1
        boxes = [
            bounds(mark)[mark.key == row]
            for layer in scene.layers
            for mark in layer.marks
            if row >= 0 and isinstance(mark, Box) and layer.min_scale <= 1.0
        ]
        found = np.concatenate(boxes) if boxes else np.zeros((0, 4))
        if len(found):
            left, top, right, bottom = found[0].tolist()
            middle = (left + right) / 2, (top + bottom) / 2
            name = f"Note about {reach.named(gathered, note.about)}"
            text, box = "; ".join(note.text.splitlines()), (left, top, right - left, bottom - top)
            yield TwinMark(key, Kind.NOTE, name, text, box, middle, middle, middle)
