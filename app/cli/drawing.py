"""`render`: a picture of a dataset as PNG, SVG or PDF. SVG loads no Qt."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.cli.options import filter_options
from app.domain.dataset import Dataset
from app.files.atomic import write_atomically
from app.pictures.flowmap import FlowMap, FlowMapOptions
from app.render.theme import THEMES
from app.render.widths import measure
from app.scene.scene import Scene


def draw(
    dataset: Dataset,
    view: str,
    output: Path,
    *,
    size: tuple[int, int],
    scale: float,
    theme: str,
    chosen: Mapping[str, Any],
    file: str | None,
) -> None:
    """Lay out, paint and write one picture. UsageError for senseless options, FileError if it cannot be written."""
    command = remake(view, output, size=size, scale=scale, theme=theme, chosen=chosen, file=file)
    options = FlowMapOptions(
        filter_options(chosen),
        size=(float(size[0]), float(size[1])),
        top=chosen["top"],
        focus=(chosen["focus"],) if chosen["focus"] else (),
        net=chosen["net"],
        command=command,
    )
    scene = FlowMap.of(dataset, options, measure).scene()
    write_atomically(output, painted(scene, output.suffix.lower(), theme, scale))


def painted(scene: Scene, ending: str, theme: str, scale: float) -> bytes:
    """A Scene as the bytes of a file of this ending. Vectors have no scale: a pixel is a pixel or a point."""
    if ending == ".svg":
        from app.render.svg import svg

        return svg(scene, THEMES[theme]).encode()
    from app.render import image  # loads Qt, which SVG needs not

    if ending == ".pdf":
        return image.pdf(scene, THEMES[theme])
    return image.png(scene, THEMES[theme], scale=scale)


def remake(
    view: str,
    output: Path,
    *,
    size: tuple[int, int],
    scale: float,
    theme: str,
    chosen: Mapping[str, Any],
    file: str | None,
) -> str:
    """The command line that makes the picture again, options at their default left out."""
    words = ["main.py", "render", view, *([Path(file).name] if file else []), "-o", output.name]
    flags = {"since": "--from", "until": "--to"}
    defaults = {"level": "organization", "lens": "", "net": False}
    for name, value in chosen.items():
        if value is None or value == defaults.get(name):
            continue
        flag = flags.get(name, f"--{name.replace('_', '-')}")
        words += [flag] if value is True else [flag, str(value)]
    if size != (1600, 1000):
        words += ["--size", f"{size[0]}x{size[1]}"]
    if scale != 1.0:
        words += ["--scale", f"{scale:g}"]
    if theme != "light":
        words += ["--theme", theme]
    return shlex.join(words)
