"""Pictures of moves: as they stand, and as time plays in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import BinaryIO

from app.domain.dataset import Dataset
from app.domain.errors import Fault, UsageError
from app.layout.flowmap import Arrangement
from app.pictures.alluvial import PERIODS, Alluvial, AlluvialOptions
from app.pictures.chord import Chord
from app.pictures.exchange import ExchangeOptions
from app.pictures.flowmap import FlowMap, FlowMapOptions
from app.pictures.gathered import Gathered
from app.pictures.playing import Play
from app.pictures.sankey import Sankey, SankeyOptions
from app.pictures.stood import Stood
from app.render.theme import THEMES
from app.render.widths import measure
from app.wishes.options import filter_options, foci, refuse
from app.wishes.places import places
from app.wishes.wish import Wish, command_of

SECONDS = 20.0
"""How long time plays in a page or a film, if the user does not say."""
STILL = (".png", ".svg", ".pdf", ".pptx")
"""Formats in which a picture stands, if the user does not say."""
Progress = Callable[[int, int], None]
"""Told how many pictures of how many are done; what it raises ends the film."""


def flow_map(dataset: Dataset, wish: Wish, gathered: Gathered | None = None) -> FlowMap:
    """The flow map that is wished for."""
    chosen, held = wish.chosen, places(wish.places)
    options = FlowMapOptions(
        filter_options(chosen),
        size=wish.room,
        top=chosen["top"],
        focus=foci(chosen),
        net=chosen["net"],
        relations=not chosen["no_relations"],
        command=command_of(wish),
    )
    return FlowMap.of(dataset, options, measure, held if isinstance(held, Arrangement) else None, gathered)


def sankey(dataset: Dataset, wish: Wish, gathered: Gathered | None = None) -> Sankey:
    """The Sankey that is wished for."""
    chosen = wish.chosen
    filtered, focus, command = filter_options(chosen), foci(chosen), command_of(wish)
    options = SankeyOptions(
        filtered, size=wish.room, top=chosen["top"], focus=focus, net=chosen["net"], command=command
    )
    return Sankey.of(dataset, options, measure, stood(wish), gathered)


def alluvial(dataset: Dataset, wish: Wish, gathered: Gathered | None = None) -> Alluvial:
    """The alluvial picture that is wished for."""
    chosen = wish.chosen
    refuse("alluvial", chosen, ("net",))
    filtered, focus, months = filter_options(chosen), foci(chosen), PERIODS.get(chosen["period"])
    options = AlluvialOptions(filtered, wish.room, chosen["top"], focus, months, command=command_of(wish))
    return Alluvial.of(dataset, options, measure, stood(wish), gathered)


def chord(dataset: Dataset, wish: Wish, gathered: Gathered | None = None) -> Chord:
    """The chord picture that is wished for."""
    return Chord.of(dataset, exchange_options(wish), measure, stood(wish), gathered)


def exchange_options(wish: Wish) -> ExchangeOptions:
    """What chord pictures and matrices are told."""
    chosen = wish.chosen
    filtered, focus, command = filter_options(chosen), foci(chosen), command_of(wish)
    return ExchangeOptions(filtered, size=wish.room, top=chosen["top"], focus=focus, net=chosen["net"], command=command)


def stood(wish: Wish) -> Stood | None:
    """The order that organizations shall keep."""
    held = places(wish.places)
    return held if isinstance(held, Stood) else None


OfMoves = FlowMap | Sankey | Alluvial | Chord
MOVING: Mapping[str, Callable[[Dataset, Wish, Gathered | None], OfMoves]] = MappingProxyType(
    {"flowmap": flow_map, "sankey": sankey, "alluvial": alluvial, "chord": chord}
)
"""Views in which time plays: dataset, wish, its moves where they are at hand → the picture."""


def plays(wish: Wish) -> bool:
    """Whether a file is to move."""
    asked = wish.chosen["seconds"] is not None or wish.chosen["fps"] is not None
    return asked or wish.ending not in STILL


def refuse_still(wish: Wish) -> None:
    """UsageError for a view or a format that cannot play, and without the package that a format needs."""
    view, ending, chosen = wish.view, wish.ending, wish.chosen
    if view not in MOVING or chosen["multiples"] or chosen["zoom"] is not None or chosen["centre"] is not None:
        remedy = f"Draw {', '.join(MOVING)}, the whole of it; or write .png, .svg or .pdf, without --seconds."
        raise UsageError(Fault("options", "time does not play in this picture", remedy))
    if chosen["net"]:
        raise UsageError(Fault("options", "--net shows one number for all time", "Leave --net or --seconds away."))
    refuse("a picture that moves", chosen, ("caption", "dpi", "transparent"))
    if ending in (".png", ".pdf", ".pptx"):
        remedy = "Leave --seconds away, or write .svg, .html, .webp, .gif, .mp4 or .webm."
        raise UsageError(Fault("options", f"a {ending[1:].upper()} does not move", remedy))
    if ending in (".svg", ".html"):
        refuse(ending[1:].upper(), chosen, ("fps",), "it is drawn as often as the screen is.")
    else:
        from app.render import film_files  # loads Qt

        film_files.refuse(ending)


def played(dataset: Dataset, wish: Wish) -> Play:
    """The picture, laid out to be played. UsageError for what cannot be."""
    refuse_still(wish)
    seconds = wish.chosen["seconds"]
    return Play.of(MOVING[wish.view](dataset, wish, None), SECONDS if seconds is None else seconds, wish.said)


def write_play(play: Play, wish: Wish, file: BinaryIO, progress: Progress) -> None:
    """A play into an open file, in the format of the wish."""
    theme = THEMES[wish.theme]
    if wish.ending == ".svg":
        from app.render.svg_moving import moving_svg

        file.write(moving_svg(play, theme).encode())
    elif wish.ending == ".html":
        from app.render.html import page

        file.write(page(play, theme="dark" if theme.dark else None).encode())
    else:
        from app.render import film_files
        from app.render.film import Film  # loads Qt

        film = Film(play, theme, wish.chosen["fps"] or film_files.usual_fps(wish.ending), wish.scale)
        film_files.write_film(film, file, wish.ending, progress)
