"""`render story`: a story of a dataset as a film, a handout, slides."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import Any, BinaryIO

import click

from app.cli.drawing import places_in
from app.domain.dataset import Dataset
from app.domain.errors import Fault, UsageError
from app.domain.stories import Story, stories
from app.files.atomic import replacing
from app.render.words import PLACES
from app.session.storyfiles import FILMS, StoryFile, command_line, refuse, usual_size
from app.session.telling import chosen
from app.wishes.options import DEFAULTS, flag_of
from app.wishes.places import standing
from app.wishes.wish import Wish, command_of

OWN = ("story", "fps", "places")
"""Options that a story knows beside file, output, size, scale and theme: its steps say the rest."""


def tell(
    dataset: Dataset,
    file: str | None,
    output: Path,
    *,
    size: tuple[int, int] | None,
    scale: float,
    theme: str,
    options: Mapping[str, Any],
) -> None:
    """Write a story. size: None for as usual. UsageError for options that mean nothing here, for a story that is not
    there, for a step that cannot be shown; FileError if it cannot be written."""
    ending = output.suffix.lower()
    refuse(ending)
    for name, value in options.items():
        if name not in OWN and value is not None and value != DEFAULTS.get(name):
            remedy = f"Leave {flag_of(name)} away: the steps say what is shown."
            raise UsageError(Fault("options", f"{flag_of(name)} means nothing for a story", remedy))
    if ending not in FILMS and (options["fps"] is not None or scale != 1.0):
        flag = "--fps" if options["fps"] is not None else "--scale"
        raise UsageError(Fault("options", f"{flag} means nothing for pages", f"Leave {flag} away."))
    story = chosen(stories(dataset), options["story"])
    asked, name = size or usual_size(ending), Path(file).name if file else ""
    held = places_in(Path(options["places"])) if options["places"] else ""
    places = Path(options["places"]).name if held else ""
    command = command_line(name, output.name, story, size, scale=scale, theme=theme, fps=options["fps"], places=places)
    told = _file(dataset, story, output, asked, theme, scale, options["fps"], command, held)
    with replacing(output) as target:
        write(told, target, output.name)


def told_again(dataset: Dataset, wish: Wish) -> bytes:
    """A story as the command of a file asks for it. UsageError for a story that is not there any more."""
    story = chosen(stories(dataset), wish.chosen["story"])
    made, fps = BytesIO(), wish.chosen["fps"]
    told = _file(
        dataset, story, wish.output, wish.size, wish.theme, wish.scale, fps, command_of(wish), wish.places, wish.remarks
    )
    write(told, made, wish.output.name)
    return made.getvalue()


def _file(
    dataset: Dataset, story: Story, output: Path, size: tuple[int, int], theme: str, scale: float, fps: int | None,
    command: str, held: str, remarks: Mapping[str, str] = MappingProxyType({}),
) -> StoryFile:  # fmt: skip
    """How a story is written. held: where organizations stand, blank where the layout says so."""
    said = {**({PLACES: held} if held else {}), **remarks}
    try:
        begun = standing(held)
    except ValueError as error:
        message, remedy = "a story begins from the places of a flow map", "Leave --places away, or give a flow map."
        raise UsageError(Fault("places", message, remedy)) from error
    return StoryFile(dataset, story, output.suffix.lower(), size, theme, scale, fps, command, begun, said)


def write(told: StoryFile, target: BinaryIO, name: str) -> None:
    """Write a story and tell on standard error how far it is."""
    with click.progressbar(length=1000, label=name, file=sys.stderr) as bar:
        told.write(target, lambda done, of: bar.update(round(1000 * done / of) - bar.pos))
