"""`render --remake PICTURE`: a picture made again by the command that it carries, from the dataset that it names.

Only the options of that command are taken, and files only by their names, beside the picture or in the present folder:
a picture from elsewhere cannot have anything else read or written.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from app.cli import commands
from app.cli.drawing import told
from app.cli.storytelling import told_again
from app.domain.dataset import Dataset
from app.domain.errors import DataError, Fault, FileError, UsageError
from app.files.atomic import write_atomically
from app.files.carried import carried
from app.places import bundled_dataset
from app.render.words import PLACES, UNSAVED
from app.session.storyfiles import usual_size
from app.wishes.drawing import drawn
from app.wishes.options import flag_of
from app.wishes.places import places
from app.wishes.wish import Wish

_OWN = ("remake", "view", "output")
_DATES = re.compile(rb"/(?:CreationDate|ModDate) \([^)]*\)|/ID \[[^\]]*\]")
"""What of a PDF is another one each time: when it was written, and a number made of that."""
ENDINGS = (".webp", ".gif", ".mp4", ".webm")
"""Films."""
FORGOTTEN = ("View", "As of", "Known by", "Window", "Level", "Lens")


def remade(picture: Path, file: str | None, output: str | None, given: Sequence[str]) -> tuple[str, bool]:
    """Make a picture again: (what came of it, in words; whether it is the same picture). file: its dataset; output:
    where to write it, None to compare only; given: the names of the options that were given.

    UsageError for other options and another format; FileError where the picture, its command or its file cannot be
    read; DataError where the dataset is not the one that the picture was made from.
    """
    for name in given:
        if name not in _OWN:
            message = f"{'a second file' if name == 'file' else flag_of(name)} means nothing with --remake"
            raise UsageError(Fault("options", message, "The picture says how it was made; draw a new one without it."))
    words = carried(picture)
    wish = _wish(picture, words)
    ending = wish.output.suffix.lower()
    if output is not None and Path(output).suffix.lower() != ending:
        remedy = f"End the name in {ending}, or draw a new picture: {words['Command']}"
        raise UsageError(Fault("format", f"{output}: the picture was written as {ending}", remedy))
    dataset, other = _datasets(picture, words, wish, file)
    if wish.view == commands.STORY:
        content = told_again(dataset, wish)
    else:
        with told(wish) as progress:
            content = drawn(dataset, wish, other, progress)
    before = picture.read_bytes()
    if output is not None:
        write_atomically(Path(output), content)
    said = f"Made again: {words['Command']}\nDataset {words['Dataset']}"
    if content == before:
        return f"{said}: the same picture, byte for byte", True
    if ending == ".pdf" and _DATES.sub(b"", content) == _DATES.sub(b"", before):
        return f"{said}: the same picture, byte for byte but for the day of writing", True
    why = "another version of this program"
    if ending in ENDINGS:
        why += f", or of what encodes {ending[1:].upper()}: it may write the same film in other bytes"
    return f"{said}: the file differs from {picture.name}, as with {why}", False


def _wish(picture: Path, words: dict[str, str]) -> Wish:
    """What the command of a picture asks for. FileError for a command that this version does not understand."""
    if not words.get("Command"):
        known = ", ".join(f"{word} {words[word]}" for word in FORGOTTEN if words.get(word))
        message = "it carries no command, for a window of an earlier version exported it"
        raise _refused(picture, message, f"Draw it by render VIEW FILE -o OUT, with what it says: {known}.")
    try:
        program, command, *rest = shlex.split(words["Command"])
        if (program, command) != ("main.py", "render"):
            raise ValueError(program)
        context = commands.render.make_context("render", rest)
        params: dict[str, Any] = dict(context.params)
        sized = context.get_parameter_source("size") is not ParameterSource.DEFAULT
        view, output, file = params.pop("view"), params.pop("output"), params.pop("file")
        if view not in (*commands.VIEWS, commands.STORY) or output is None or params.pop("remake") is not None:
            raise ValueError(view)
        size, scale, theme = commands.pixels(params.pop("size")), params.pop("scale"), params.pop("theme")
        output = Path(Path(output).name)
        if output.suffix.lower() not in commands.FORMATS:
            raise ValueError(output)
        if view == commands.STORY:
            size = size if sized else usual_size(output.suffix.lower())
        elif params.pop("story") is not None:
            raise ValueError(view)
    except (ValueError, UsageError, click.ClickException, click.exceptions.Exit) as error:
        message = f"its command is none that this version can do: {words['Command'][:200]}"
        raise _refused(picture, message, "Make it again with the version of its time.") from error
    held = words.get(PLACES, "") if params["places"] else ""
    try:
        readable = (places(held) is not None) == bool(params["places"])
    except ValueError:
        readable = False
    if not readable:
        remedy = "Give a picture as it was written, or draw it anew, without --places."
        raise _refused(picture, "the places of its organizations, which it should carry, cannot be read", remedy)
    remarks = {UNSAVED: words[UNSAVED]} if UNSAVED in words else {}
    return Wish(view, output, size, scale, theme, params, file, held, remarks, words["Command"])


def _datasets(picture: Path, words: dict[str, str], wish: Wish, file: str | None) -> tuple[Dataset, Dataset | None]:
    """The dataset of a picture, and the one that it is compared with. DataError for one with another hash."""
    hashes = words.get("Dataset", "").split()
    names = [wish.file] + ([wish.chosen["other"]] if wish.chosen["other"] else [])
    if len(hashes) != len(names):
        raise _refused(picture, "it does not name its dataset by a hash", "Make it again with the version of its time.")
    found: list[Dataset] = []
    for name, wanted, given in zip(names, hashes, (file, None), strict=False):
        path = Path(given) if given is not None else _beside(picture, name, words.get(UNSAVED, ""))
        dataset = commands.load(str(path))
        if dataset.digest != wanted:
            message = (
                f"it is not the dataset of {picture.name}: its hash is {dataset.digest}, the picture's is {wanted}"
            )
            remedy = f"Give it as it was then: render --remake {picture.name} FILE; or draw anew: {words['Command']}"
            if unsaved := words.get(UNSAVED):
                message += f"; when it was made {unsaved}"
                remedy = f"Save it as it was then, and give that file: render --remake {picture.name} FILE"
            raise DataError(Fault("wrong-dataset", message, remedy, file=str(path)))
        found.append(dataset)
    return found[0], found[1] if len(found) > 1 else None


def _beside(picture: Path, name: str | None, unsaved: str) -> Path:
    """The file of a name, beside a picture or in the present folder; the bundled dataset where none is named. unsaved:
    what of the data was in no file."""
    if name is None:
        return bundled_dataset()
    for folder in (picture.parent, Path()):
        path = folder / Path(name).name
        if path.exists():
            return path
    message, first = f"it was made from {Path(name).name}, which is not beside it", "Give the file"
    if unsaved:
        message, first = f"when it was made {unsaved}", "Save it as it was then, and give that file"
    raise _refused(picture, message, f"{first}: render --remake {picture.name} FILE")


def _refused(picture: Path, message: str, remedy: str) -> FileError:
    return FileError(Fault("remake", message, remedy, file=str(picture)))
