"""`render`: a picture of a dataset, still or moving. SVG and HTML load no Qt, and PPTX none for its shapes."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from app.cli.options import DEFAULTS, differing, filter_options, flag_of, foci, one_focus, refuse, sides
from app.cli.playing import MOVING, exchange_options, play, plays
from app.domain.dataset import Dataset
from app.domain.errors import Fault, UsageError
from app.files.atomic import write_atomically
from app.pictures.alluvial import PERIODS
from app.pictures.buildout import BuildOutOptions, BuildOutPicture
from app.pictures.caption import captioned
from app.pictures.careers import CareersOptions, CareersPicture
from app.pictures.chart_pages import document
from app.pictures.compare import VIEW as COMPARE
from app.pictures.compare import CompareOptions, ComparePicture
from app.pictures.matrix import Matrix
from app.pictures.multiples import Multiples, MultiplesOptions
from app.pictures.multiples_kinds import untiled
from app.pictures.orgchart import OrgChart, OrgChartOptions
from app.pictures.team_compare import TeamCompare, TeamCompareOptions
from app.pictures.timeline import TimelineOptions, TimelinePicture
from app.render.theme import THEMES
from app.render.widths import measure
from app.scene.scene import Scene


@dataclass(frozen=True, slots=True)
class Wish:
    """One picture as the command line asks for it. output: where to, whose ending is the format; size: before scaling;
    chosen: the other options by their names; file: the dataset, None for the bundled one."""

    view: str
    output: Path
    size: tuple[int, int]
    scale: float
    theme: str
    chosen: Mapping[str, Any]
    file: str | None


def draw(dataset: Dataset, wish: Wish, other: Dataset | None = None) -> None:
    """Lay out, paint and write one picture. other: the dataset that one is compared with. UsageError for senseless
    options, FileError if it cannot be written."""
    if not plays(wish.output, wish.chosen):
        write_atomically(wish.output, drawn(dataset, wish, remake(wish), other))
        return
    _check(wish)
    size, command = (float(wish.size[0]), float(wish.size[1])), remake(wish)
    play(dataset, wish.view, wish.output, size, wish.chosen, command, theme=wish.theme, scale=wish.scale)


def drawn(dataset: Dataset, wish: Wish, command: str, other: Dataset | None = None) -> bytes:
    """A still picture as bytes. command: that the picture says makes it again. UsageError for one that moves."""
    view, chosen, file = wish.view, wish.chosen, wish.file
    if plays(wish.output, chosen):
        raise UsageError(Fault("options", "a picture that moves is not compared with itself", f"Run {command}"))
    _check(wish)
    maker = _multiples(view) if chosen["multiples"] else MAKERS.get(view) or partial(_compare, other, file)
    pages = maker(dataset, (float(wish.size[0]), float(wish.size[1])), chosen, command)
    return painted((captioned(page, measure) for page in pages) if chosen["caption"] else pages, wish)


def _check(wish: Wish) -> None:
    """UsageError for options that say nothing of a view."""
    view, chosen = wish.view, wish.chosen
    own = ("period",) if chosen["multiples"] else OWN.get(view, ())
    if chosen["multiples"] and (reason := untiled(view)):
        remedy = "Leave --multiples away, or draw flowmap, sankey, chord or matrix."
        raise UsageError(Fault("options", f"--multiples: {reason}", remedy))
    refuse(view, chosen, [name for name in ONES_OWN if name not in own])


def _of_moves(view: str) -> Maker:
    """What makes the still picture of a view of moves."""

    def make(dataset: Dataset, size: tuple[float, float], chosen: Mapping[str, Any], command: str) -> Iterator[Scene]:
        yield MOVING[view](dataset, size, chosen, command).scene()

    return make


def _matrix(dataset: Dataset, size: tuple[float, float], chosen: Mapping[str, Any], command: str) -> Iterator[Scene]:
    yield Matrix.of(dataset, exchange_options(size, chosen, command), measure).scene()


def _build_out(dataset: Dataset, size: tuple[float, float], chosen: Mapping[str, Any], command: str) -> Iterator[Scene]:
    refuse("buildout", chosen, ("net",))
    filtered, focus, top = filter_options(chosen), foci(chosen), chosen["top"]
    if len(focus) > 1:
        compared = TeamCompareOptions(filtered, focus, size=size, top=top, command=command)
        yield TeamCompare.of(dataset, compared, measure).scene()
        return
    options = BuildOutOptions(filtered, size=size, focus="".join(focus), top=top, command=command)
    yield BuildOutPicture.of(dataset, options, measure).scene()


def _org_chart(dataset: Dataset, size: tuple[float, float], chosen: Mapping[str, Any], command: str) -> Iterator[Scene]:
    refuse("orgchart", chosen, ("net", "top"))
    options = OrgChartOptions(filter_options(chosen), size=size, focus=one_focus("orgchart", chosen), command=command)
    yield from document(OrgChart.of(dataset, options, measure))


def _careers(dataset: Dataset, size: tuple[float, float], chosen: Mapping[str, Any], command: str) -> Iterator[Scene]:
    refuse("careers", chosen, ("net",))
    options = CareersOptions(
        filter_options(chosen),
        size=size,
        focus=foci(chosen),
        top=chosen["top"],
        sort=chosen["sort"],
        group=chosen["group"],
        command=command,
    )
    yield from CareersPicture.of(dataset, options, measure).pages()


def _timeline(dataset: Dataset, size: tuple[float, float], chosen: Mapping[str, Any], command: str) -> Iterator[Scene]:
    refuse("timeline", chosen, ("net",))
    options = TimelineOptions(
        filter_options(chosen),
        size=size,
        focus=foci(chosen),
        top=chosen["top"],
        group=chosen["group"],
        command=command,
    )
    yield TimelinePicture.of(dataset, options, measure).scene()


def _compare(
    other: Dataset | None, file: str | None, dataset: Dataset, size: tuple[float, float], chosen: Mapping[str, Any],
    command: str,
) -> Iterator[Scene]:  # fmt: skip
    remedy = "--before and --after set the days, --focus the organization."
    refuse(COMPARE, chosen, ("as_of", "since", "until", "net"), remedy)
    before, after = sides(chosen)
    named = Path(file).name if file else "the bundled dataset", Path(chosen["other"]).name if chosen["other"] else ""
    options = CompareOptions(
        filter_options(chosen),
        before,
        after,
        size=size,
        top=chosen["top"],
        focus=foci(chosen),
        files=named if other is not None else ("", ""),
        command=command,
    )
    differing(dataset, other, options.sides)
    yield ComparePicture.of(dataset, options, measure, other).scene()


def _multiples(view: str) -> Maker:
    """What makes the small multiples of a view."""

    def make(dataset: Dataset, size: tuple[float, float], chosen: Mapping[str, Any], command: str) -> Iterator[Scene]:
        refuse(f"{view} --multiples", chosen, ("net",))
        filtered, focus, months = filter_options(chosen), foci(chosen), PERIODS.get(chosen["period"])
        options = MultiplesOptions(view, filtered, size, chosen["top"], focus, months, command)
        yield Multiples.of(dataset, options, measure).scene()

    return make


MOMENTS = ("before", "after", "known_before", "known_after", "other")
ONES_OWN = ("period", "sort", "group", *MOMENTS)
"""Options that only some views know."""
OWN = {"alluvial": ("period",), "careers": ("sort", "group"), "timeline": ("group",), COMPARE: MOMENTS}
"""Which views these are."""
Maker = Callable[[Dataset, tuple[float, float], Mapping[str, Any], str], Iterator[Scene]]
MAKERS: Mapping[str, Maker] = {
    "flowmap": _of_moves("flowmap"),
    "sankey": _of_moves("sankey"),
    "alluvial": _of_moves("alluvial"),
    "chord": _of_moves("chord"),
    "matrix": _matrix,
    "buildout": _build_out,
    "orgchart": _org_chart,
    "careers": _careers,
    "timeline": _timeline,
}
"""Views by name: dataset, size, options, command → the picture, and the pages that follow it where a file can have
several; each is made when it is asked for."""


def painted(pages: Iterator[Scene], wish: Wish) -> bytes:
    """A picture as the bytes of a file of its ending. Vectors have no scale: a pixel is a pixel or a point. Where
    dots an inch are asked for each format is as large in print, but for a slide, which has a size of its own. A PDF and
    a PPTX have more than the first page."""
    ending, theme = wish.output.suffix.lower(), THEMES[wish.theme]
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


def remake(wish: Wish) -> str:
    """The command line that makes the picture again, options at their default left out."""
    file = [Path(wish.file).name] if wish.file else []
    words = ["main.py", "render", wish.view, *file, "-o", wish.output.name]
    for name, value in wish.chosen.items():
        if value is None or value == DEFAULTS.get(name):
            continue
        flag = flag_of(name)
        value = Path(value).name if name == "other" else value
        value = f"{value:g}" if isinstance(value, float) else value
        values = value if isinstance(value, tuple) else (value,)
        words += [flag] if value is True else [word for each in values for word in (flag, str(each))]
    if wish.size != (1600, 1000) or wish.output.suffix.lower() == ".pptx":
        words += ["--size", f"{wish.size[0]}x{wish.size[1]}"]
    if wish.scale != 1.0:
        words += ["--scale", f"{wish.scale:g}"]
    if wish.theme != "light":
        words += ["--theme", wish.theme]
    return shlex.join(words)
