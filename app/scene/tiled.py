"""Several Scenes as one: each stands where it is put, unchanged, over what they all share.

A Scene knows nothing of the others: its marks are shifted, and its keys, styles and tips get the numbers that they have
in the whole. What has the same key in several of them has one number, so that it is lit in all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np

from app.scene.camera import Camera
from app.scene.marks import AnyMarks, Ints, ints
from app.scene.scene import Layer, Scene
from app.scene.style import Style
from app.scene.tips import Tips, Told
from app.scene.viewed import moved

Offset = tuple[float, float]
Value = TypeVar("Value", str, Style)


@dataclass(frozen=True, eq=False)
class Tile:
    """A Scene, and where its upper left corner stands in the whole."""

    scene: Scene
    at: Offset


def tiled(base: Scene, tiles: Sequence[Tile]) -> Scene:
    """The base with the tiles in it. Layers of one name and one kind become one layer, marks in the order of the tiles;
    layers of a tile are in world space in the whole, whatever they were. Size, header, legend and meta are those of the
    base; motion is left away, as the whole is a still.

    Marks of the base keep their numbers. Sources, names and colours that only tiles know are not looked for: the base
    has those of the dataset.
    """
    keys: dict[str, int] = {key: n for n, key in enumerate(base.keys)}
    styles: dict[Style, int] = {style: n for n, style in enumerate(base.styles)}
    tips = list(_told(base))
    layers: dict[tuple[object, ...], Layer] = {}
    for layer in base.layers:
        _add(layers, layer)
    for tile in tiles:
        scene = tile.scene
        key = _numbers(keys, scene.keys, _used(scene, "key"))
        style = _numbers(styles, scene.styles, _used(scene, "style"))
        told, used = _told(scene), _used(scene, "tip")
        tip = np.full(len(told), -1, dtype=np.int32)
        tip[used] = np.arange(len(tips), len(tips) + len(used))
        tips += [told[at] for at in used.tolist()]
        camera = Camera(1.0, *tile.at)
        for layer in scene.layers:
            marks = tuple(_placed(mark, camera, key, style, tip) for mark in layer.marks)
            _add(layers, replace(layer, marks=marks, space="world", moving=False))
    return replace(
        base,
        layers=tuple(sorted(layers.values(), key=lambda layer: layer.z)),
        motion=None,
        keys=tuple(keys),
        styles=tuple(styles),
        tips=Tips(tips),
    )


def _used(scene: Scene, name: str) -> Ints:
    """Which of the keys, styles or tips of a Scene any mark has: those of no mark do not come into the whole."""
    numbers = [getattr(mark, name) for layer in scene.layers for mark in layer.marks]
    found = np.unique(np.concatenate([np.empty(0, dtype=np.int32), *numbers]))
    return ints(found[found >= 0])


def _numbers(table: dict[Value, int], values: Sequence[Value], used: Ints) -> Ints:
    """The numbers in the table of the whole of those values that are used; new ones are added to it."""
    numbers = np.full(len(values), -1, dtype=np.int32)
    numbers[used] = [table.setdefault(values[at], len(table)) for at in used.tolist()]
    return numbers


def _told(scene: Scene) -> Sequence[Told]:
    """Tips as they are, so that those that wait to be made go on waiting."""
    return scene.tips.told if isinstance(scene.tips, Tips) else scene.tips


def _placed(mark: AnyMarks, camera: Camera, key: Ints, style: Ints, tip: Ints) -> AnyMarks:
    """A mark in the whole: shifted, and with the numbers of there."""
    return replace(
        moved(mark, camera), key=_looked_up(key, mark.key), style=style[mark.style], tip=_looked_up(tip, mark.tip)
    )


def _looked_up(numbers: Ints, old: Ints) -> Ints:
    """New numbers for old ones; -1, which is none, stays."""
    return np.append(numbers, np.int32(-1))[old]


def _add(layers: dict[tuple[object, ...], Layer], layer: Layer) -> None:
    kind = (layer.name, layer.z, layer.space, layer.min_scale, layer.max_scale, layer.moving)
    before = layers.get(kind)
    layers[kind] = layer if before is None else replace(before, marks=(*before.marks, *layer.marks))
