"""Writing what the window shows, from the same Scenes as everywhere, as the bytes of a file."""

from __future__ import annotations

from dataclasses import dataclass

from app.desktop.opening import View, picture_of
from app.domain.dataset import Dataset
from app.pictures.flowmap import FlowMap
from app.render import image
from app.render.svg import svg
from app.render.theme import THEMES


@dataclass(frozen=True, slots=True)
class Choice:
    """How to export: ending of the format, size before scaling, scale (PNG only), theme, without ground (not PDF)."""

    ending: str
    size: tuple[int, int]
    scale: float
    theme: str
    transparent: bool = False


def exported(dataset: Dataset, shown: FlowMap, day: float | None, choice: Choice, view: View) -> bytes:
    """The bytes of the file. Another size than the window's is laid out anew, from the places that the window has."""
    picture = shown
    if tuple(float(x) for x in choice.size) != shown.options.size:
        picture = picture_of(dataset, choice.size, shown, view)
    scene, theme = picture.scene(day), THEMES[choice.theme]
    if choice.ending == ".svg":
        return svg(scene, theme, transparent=choice.transparent).encode()
    if choice.ending == ".pdf":
        return image.pdf(scene, theme)
    return image.png(scene, theme, scale=choice.scale, transparent=choice.transparent)


def fitting(size: tuple[float, float], room: tuple[float, float]) -> tuple[int, int]:
    """The largest size of the same shape that fits a room."""
    share = min(room[0] / size[0], room[1] / size[1])
    return max(round(size[0] * share), 1), max(round(size[1] * share), 1)
