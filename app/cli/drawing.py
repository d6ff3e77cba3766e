"""`render`: a picture of a dataset into a file, with how far a film is."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from app.domain.dataset import Dataset
from app.domain.errors import Fault, FileError
from app.files.atomic import replacing, write_atomically
from app.files.carried import carried
from app.render.words import PLACES
from app.wishes.drawing import drawn
from app.wishes.makers import check
from app.wishes.places import places
from app.wishes.playing import Progress, played, plays, write_play
from app.wishes.wish import Wish


def draw(dataset: Dataset, wish: Wish, other: Dataset | None = None) -> None:
    """Lay out, paint and write one picture. other: the dataset that one is compared with. UsageError for senseless
    options, FileError if it cannot be written."""
    if not plays(wish):
        write_atomically(wish.output, drawn(dataset, wish, other))
        return
    check(wish)
    play = played(dataset, wish)
    with replacing(wish.output) as file, told(wish) as progress:
        write_play(play, wish, file, progress)


@contextmanager
def told(wish: Wish) -> Iterator[Progress]:
    """Tells on standard error how far a film is; nothing of what is written at once."""
    if wish.ending in (".svg", ".html") or not plays(wish):
        yield lambda *_: None
        return
    with click.progressbar(length=1, label=wish.output.name, file=sys.stderr) as bar:

        def progress(done: int, of: int) -> None:
            bar.length = of
            bar.update(done - bar.pos)

        yield progress


def places_in(picture: Path) -> str:
    """The places that a picture carries, to be taken over. FileError where it cannot be read, and where it has none."""
    text = carried(picture).get(PLACES, "")
    try:
        if places(text) is not None:
            return text
    except ValueError as error:
        message, remedy = "the places in it cannot be read", "Export it again."
        raise FileError(Fault("places", message, remedy, file=str(picture))) from error
    message = "it carries no places: organizations stand in it where its command puts them"
    remedy = "Leave --places away, or give a flow map that was exported from a window."
    raise FileError(Fault("places", message, remedy, file=str(picture)))
