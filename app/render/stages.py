"""The still pictures of a play, one a step, laid over each other: what every file that moves is made of. No Qt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from app.pictures.playing import Play
from app.render.steps import Stack, stacked
from app.scene.pick import painting_order, shown
from app.scene.scene import Layer, Scene

PEOPLE = 50
"""Where people on the way stand among the layers: above organizations, below words."""


@dataclass(frozen=True)
class Stages:
    """below, above: the layers below and above the people on the way; resting: those who rest on the last day, as they
    stand there; n: steps, the last day included."""

    below: tuple[Stack, ...]
    above: tuple[Stack, ...]
    resting: Stack | None
    n: int

    @classmethod
    def of(cls, play: Play, draw: Callable[[Scene], str]) -> Stages:
        """Made with every step of a play. draw: a Scene as SVG, as it stands."""
        scenes = [play.scene(step) for step in range(play.n_steps + 1)]
        layers: dict[str, Layer] = {}
        for scene in scenes:
            for layer in scene.layers:
                if shown(layer, 1.0):
                    layers.setdefault(_id(layer), layer)
        ordered = painting_order(tuple(layers.values()))
        made, n = stacked(
            (draw(_without_people(scene)) for scene in scenes),
            [_id(layer) for layer in ordered],
        )
        people = next((layer for layer in play.closing.layers if layer.moving), None)
        still: list[Stack] = []
        if people is not None:
            alone = draw(replace(play.closing, layers=(people,)))
            still, _ = stacked([alone], [_id(people)])
        height = {_id(layer): layer.z for layer in ordered}
        return cls(
            tuple(stack for stack in made if height[stack.name] < PEOPLE),
            tuple(stack for stack in made if height[stack.name] >= PEOPLE),
            still[0] if still else None,
            n,
        )


def _id(layer: Layer) -> str:
    return "layer-" + layer.name.replace(" ", "-")


def _without_people(scene: Scene) -> Scene:
    return replace(scene, layers=tuple(layer for layer in scene.layers if not layer.moving))
