"""What is wished for, drawn: pages of a still picture as Scenes, and any picture as the bytes of its file. SVG and HTML
load no Qt, and PPTX none for its shapes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from itertools import islice

from app.domain.dataset import Dataset
from app.pictures.caption import captioned
from app.pictures.compare import VIEW as COMPARE
from app.render.theme import THEMES
from app.render.widths import measure
from app.scene.scene import Scene
from app.wishes.makers import MAKERS, STANDING, check, compared, standing
from app.wishes.places import places_of
from app.wishes.playing import Progress, played, plays, write_play
from app.wishes.sight import in_sight, looked_at, sighted
from app.wishes.wish import Wish


def drawn(dataset: Dataset, wish: Wish, other: Dataset | None = None, progress: Progress = lambda *_: None) -> bytes:
    """The file as bytes. other: the dataset that one is compared with; progress: of a film. UsageError for senseless
    options."""
    if not plays(wish):
        return painted(pages(dataset, wish, other), wish)
    check(wish)
    file = BytesIO()
    write_play(played(dataset, wish), wish, file, progress)
    return file.getvalue()


def pages(dataset: Dataset, wish: Wish, other: Dataset | None = None) -> Iterator[Scene]:
    """A still picture, and the pages that follow it where a file can have several; each is made when it is asked for.
    UsageError for senseless options."""
    check(wish)
    for page in islice(_made(dataset, wish, other), 1 if wish.chosen["first_page"] else None):
        said = replace(page, meta=replace(page.meta, remarks=wish.said)) if wish.said else page
        yield captioned(said, measure) if wish.chosen["caption"] else said


def _made(dataset: Dataset, wish: Wish, other: Dataset | None) -> Iterator[Scene]:
    if looked_at(wish):
        yield in_sight(dataset, wish, other)
    elif (wish.chosen["multiples"] and wish.view not in MAKERS) or wish.view in STANDING:
        yield standing(dataset, wish).scene()
    elif wish.view == COMPARE:
        yield compared(dataset, wish, other)
    else:
        yield from MAKERS[wish.view](dataset, wish)


def settled(dataset: Dataset, wish: Wish, other: Dataset | None = None) -> Wish:
    """The same wish without places where everybody stands there anyway: what a command can say is said by it alone.
    Else with the flag that takes them out of the picture itself, which carries them."""
    bare = replace(wish, places="", chosen={**wish.chosen, "places": None})
    if not wish.places:
        return bare
    if wish.view != "flowmap" or looked_at(wish) or wish.chosen["multiples"]:
        own = _standing(dataset, bare, other)
        if own in (wish.places, _standing(dataset, wish, other)):
            return bare
    # else it is a flow map with another foot than on a canvas, which is never laid out alike
    return replace(wish, chosen={**wish.chosen, "places": wish.output.name})


def _standing(dataset: Dataset, wish: Wish, other: Dataset | None) -> str:
    return places_of(sighted(dataset, wish, other) if looked_at(wish) else standing(dataset, wish))


def painted(pages: Iterator[Scene], wish: Wish) -> bytes:
    """A picture as the bytes of a file of its ending. Vectors have no scale: a pixel is a pixel or a point. Where
    dots an inch are asked for each format is as large in print, but for a slide, which has a size of its own. A PDF and
    a PPTX have more than the first page."""
    ending, theme = wish.ending, THEMES[wish.theme]
    dpi, transparent = wish.chosen["dpi"], wish.chosen["transparent"]
    if ending == ".pptx":
        from app.render.slides import pptx  # loads python-pptx

        return pptx(pages, theme, transparent=transparent)
    scene = next(pages)
    inch = dpi / wish.scale if dpi is not None else None
    if ending == ".svg":
        from app.render.svg import svg

        return svg(scene, theme, transparent=transparent, inch=inch).encode()
    from app.render import image  # loads Qt, which SVG needs not

    if ending == ".pdf":
        return image.pdf(scene, theme, more=pages, transparent=transparent, inch=inch)
    return image.png(scene, theme, scale=wish.scale, dpi=dpi, transparent=transparent)
