"""The text twin of small multiples: organizations and flows in words, each with its figures period by period."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from app.pictures import wording
from app.pictures.multiples_tips import rows_of
from app.scene.scene import Scene
from app.scene.twin import Kind, Point, Twin, TwinMark

if TYPE_CHECKING:
    from app.pictures.multiples import Multiples


def twin(picture: Multiples, scene: Scene) -> Twin:
    """The twin of a scene of small multiples. A mark stands in the tile in which it has most people, of several the
    first; its figures are those of all periods in which it has any. Order and names are those of the bare picture."""
    header = scene.header
    if not picture.counts.any():
        return Twin(header.title, header.lines, ())
    bare = picture.kind.read(picture.picture, scene, None)
    names = {mark.key: mark.name for mark in bare.marks}
    return Twin(header.title, header.lines, tuple(_told(picture, mark, names) for mark in bare.marks))


def _told(picture: Multiples, mark: TwinMark, names: dict[str, str]) -> TwinMark:
    rows = rows_of(picture, mark.key)
    moved = np.bincount(picture.tile_of[rows], minlength=len(picture.periods))
    told = [f"{period.name}: {n:,}" for period, n in zip(picture.periods, moved.tolist(), strict=True) if n]
    name = mark.name
    if mark.kind is Kind.FLOW:
        name = f"{names[mark.origin]} to {names[mark.destination]}, {wording.people(len(rows))}"
    dx, dy = picture.corner(int(moved.argmax()))

    def there(point: Point) -> Point:
        return point[0] + dx, point[1] + dy

    x, y, w, h = mark.box
    return replace(
        mark,
        name=name,
        description="; ".join(told),
        box=(x + dx, y + dy, w, h),
        at=there(mark.at),
        leaves=there(mark.leaves),
        lands=there(mark.lands),
        people=len(rows),
    )
