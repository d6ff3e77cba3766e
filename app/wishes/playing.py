"""`render` of pictures of moves: as they stand, and as time plays in them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import click

from app.cli.options import filter_options, foci, refuse
from app.domain.dataset import Dataset
from app.domain.errors import Fault, UsageError
from app.files.atomic import replacing, write_atomically
from app.pictures.alluvial import PERIODS, Alluvial, AlluvialOptions
from app.pictures.chord import Chord
from app.pictures.exchange import ExchangeOptions
from app.pictures.flowmap import FlowMap, FlowMapOptions
from app.pictures.playing import Play
from app.pictures.sankey import Sankey, SankeyOptions
from app.render.theme import THEMES
from app.render.widths import measure

SECONDS = 20.0
"""How long time plays in a page or a film, if the user does not say."""
Size = tuple[float, float]


def flow_map(dataset: Dataset, size: Size, chosen: Mapping[str, Any], command: str) -> FlowMap:
    """The flow map that the options ask for."""
    filtered, focus, top = filter_options(chosen), foci(chosen), chosen["top"]
    options = FlowMapOptions(filtered, size=size, top=top, focus=focus, net=chosen["net"], command=command)
    return FlowMap.of(dataset, options, measure)


def sankey(dataset: Dataset, size: Size, chosen: Mapping[str, Any], command: str) -> Sankey:
    """The Sankey that the options ask for."""
    filtered, focus, top = filter_options(chosen), foci(chosen), chosen["top"]
    options = SankeyOptions(filtered, size=size, top=top, focus=focus, net=chosen["net"], command=command)
    return Sankey.of(dataset, options, measure)


def alluvial(dataset: Dataset, size: Size, chosen: Mapping[str, Any], command: str) -> Alluvial:
    """The alluvial picture that the options ask for."""
    refuse("alluvial", chosen, ("net",))
    filtered, focus, top = filter_options(chosen), foci(chosen), chosen["top"]
    options = AlluvialOptions(filtered, size, top, focus, PERIODS.get(chosen["period"]), command=command)
    return Alluvial.of(dataset, options, measure)


def chord(dataset: Dataset, size: Size, chosen: Mapping[str, Any], command: str) -> Chord:
    """The chord picture that the options ask for."""
    return Chord.of(dataset, exchange_options(size, chosen, command), measure)


def exchange_options(size: Size, chosen: Mapping[str, Any], command: str) -> ExchangeOptions:
    """What chord pictures and matrices are told."""
    filtered, focus, top = filter_options(chosen), foci(chosen), chosen["top"]
    return ExchangeOptions(filtered, size=size, top=top, focus=focus, net=chosen["net"], command=command)


OfMoves = FlowMap | Sankey | Alluvial | Chord
MOVING: Mapping[str, Callable[[Dataset, Size, Mapping[str, Any], str], OfMoves]] = MappingProxyType(
    {"flowmap": flow_map, "sankey": sankey, "alluvial": alluvial, "chord": chord}
)
"""Views in which time plays: dataset, size, options, command → the picture."""


def plays(output: Path, chosen: Mapping[str, Any]) -> bool:
    """Whether a file is to move."""
    asked = chosen["seconds"] is not None or chosen["fps"] is not None
    return asked or output.suffix.lower() not in (".png", ".svg", ".pdf", ".pptx")


def play(
    dataset: Dataset,
    view: str,
    output: Path,
    size: Size,
    chosen: Mapping[str, Any],
    command: str,
    *,
    theme: str,
    scale: float,
) -> None:
    """Lay out, and write a file that moves. UsageError for a view or a format that cannot, and without the package that
    a format needs; FileError if it cannot be written."""
    ending = output.suffix.lower()
    if view not in MOVING or chosen["multiples"]:
        remedy = f"Draw {', '.join(MOVING)}; or write .png, .svg or .pdf, without --seconds."
        raise UsageError(Fault("options", "time does not play in this picture", remedy))
    if chosen["net"]:
        raise UsageError(Fault("options", "--net shows one number for all time", "Leave --net or --seconds away."))
    refuse("a picture that moves", chosen, ("caption", "dpi", "transparent"))
    if ending in (".png", ".pdf", ".pptx"):
        remedy = "Leave --seconds away, or write .svg, .html, .webp, .gif, .mp4 or .webm."
        raise UsageError(Fault("options", f"a {ending[1:].upper()} does not move", remedy))
    if ending in (".svg", ".html"):
        refuse(ending[1:].upper(), chosen, ("fps",), "it is drawn as often as the screen is.")
    played = Play.of(MOVING[view](dataset, size, chosen, command), chosen["seconds"] or SECONDS)
    if ending == ".svg":
        from app.render.svg_moving import moving_svg

        write_atomically(output, moving_svg(played, THEMES[theme]).encode())
    elif ending == ".html":
        from app.render.html import page

        write_atomically(output, page(played, theme="dark" if theme == "dark" else None).encode())
    else:
        from app.render import film_files
        from app.render.film import Film  # loads Qt

        film_files.refuse(ending)
        film = Film(played, THEMES[theme], chosen["fps"] or film_files.usual_fps(ending), scale)
        with (
            replacing(output) as file,
            click.progressbar(length=film.n_pictures, label=output.name, file=sys.stderr) as bar,
        ):
            film_files.write_film(film, file, ending, lambda done, _: bar.update(done - bar.pos))
