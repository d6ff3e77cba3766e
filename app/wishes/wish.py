"""One picture as a file, as it is asked for: a value, and the command line that says the same."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.render.words import PLACES
from app.wishes.options import DEFAULTS, NAMED_FILES, flag_of

USUAL_SIZE = (1600, 1000)


@dataclass(frozen=True, slots=True)
class Wish:
    """output: where to, whose ending is the format; size: before scaling; chosen: the other options by their names;
    file: the dataset, None for the bundled one; places: where organizations stand, as a text of `places`, blank: where
    the layout puts them; remarks: what else the file shall say of itself, as word → text; command: that the picture
    says makes it again, blank for the one that says this."""

    view: str
    output: Path
    size: tuple[int, int]
    scale: float
    theme: str
    chosen: Mapping[str, Any]
    file: str | None
    places: str = ""
    remarks: Mapping[str, str] = field(default_factory=dict)
    command: str = ""

    @property
    def ending(self) -> str:
        """The format: `.png`."""
        return self.output.suffix.lower()

    @property
    def said(self) -> Mapping[str, str]:
        """What the file shall say of itself beside what every picture does."""
        return {**self.remarks, PLACES: self.places} if self.places else self.remarks

    @property
    def room(self) -> tuple[float, float]:
        """The size, as pictures take it."""
        return float(self.size[0]), float(self.size[1])


def command_of(wish: Wish) -> str:
    """The command line that makes the picture again, options at their default left out."""
    if wish.command:
        return wish.command
    file = [Path(wish.file).name] if wish.file else []
    words = ["main.py", "render", wish.view, *file, "-o", wish.output.name]
    for name, value in wish.chosen.items():
        if value is None or value == DEFAULTS.get(name):
            continue
        flag = flag_of(name)
        value = Path(value).name if name in NAMED_FILES else value
        value = _number(value) if isinstance(value, float) else value
        values = value if isinstance(value, tuple) else (value,)
        words += [flag] if value is True else [word for each in values for word in (flag, str(each))]
    if wish.size != USUAL_SIZE or wish.ending == ".pptx":
        words += ["--size", f"{wish.size[0]}x{wish.size[1]}"]
    if wish.scale != 1.0:
        words += ["--scale", _number(wish.scale)]
    if wish.theme != "light":
        words += ["--theme", wish.theme]
    return shlex.join(words)


def _number(value: float) -> str:
    """Short where that is exact."""
    short = f"{value:g}"
    return short if float(short) == value else repr(value)
