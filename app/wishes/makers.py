"""What makes the still picture of each view."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from app.domain.dataset import Dataset
from app.domain.errors import Fault, UsageError
from app.pictures.alluvial import PERIODS
from app.pictures.buildout import BuildOutOptions, BuildOutPicture
from app.pictures.careers import CareersOptions, CareersPicture
from app.pictures.chart_pages import document
from app.pictures.compare import VIEW as COMPARE
from app.pictures.compare import CompareOptions, ComparePicture
from app.pictures.gathered import Gathered
from app.pictures.matrix import Matrix
from app.pictures.multiples import Multiples, MultiplesOptions
from app.pictures.multiples_kinds import untiled
from app.pictures.orgchart import OrgChart, OrgChartOptions
from app.pictures.seat_tiles import SeatTiles
from app.pictures.team_compare import TeamCompare, TeamCompareOptions
from app.pictures.timeline import TimelineOptions, TimelinePicture
from app.render.widths import measure
from app.scene.scene import Scene
from app.wishes.options import differing, filter_options, foci, one_focus, refuse, sides
from app.wishes.places import places
from app.wishes.playing import MOVING, OfMoves, exchange_options, stood
from app.wishes.sight import files_of, folds_of, looked_at
from app.wishes.wish import Wish, command_of

PAGED = (".pdf", ".pptx")
"""Formats with more than one page."""


def check(wish: Wish) -> None:
    """UsageError for options that say nothing of a view."""
    view, chosen = wish.view, wish.chosen
    if chosen["multiples"] and (reason := untiled(view)):
        remedy = "Leave --multiples away, or draw flowmap, sankey, chord, matrix or buildout."
        raise UsageError(Fault("options", f"--multiples: {reason}", remedy))
    seen, paged = looked_at(wish), wish.ending in PAGED and view in ("orgchart", "careers")
    tiles = ("period",) if view == "buildout" else ("period", "places")
    own = tiles if chosen["multiples"] else OWN.get(view, ())
    refuse(view, chosen, [name for name in ONES_OWN if name not in own])
    if not (seen or paged):
        refuse(f"{view} on one page", chosen, ("open_levels", "turned"), "write .pdf, or give --zoom or --centre.")
    if seen or not paged:
        refuse(f"{view} on one page", chosen, ("first_page",), "only charts and careers as .pdf or .pptx have more.")


def standing(dataset: Dataset, wish: Wish, gathered: Gathered | None = None) -> OfMoves | Matrix | Multiples:
    """The picture of a view in which organizations have places, or its small multiples. gathered: its moves, where they
    are at hand."""
    if wish.chosen["multiples"]:
        return _multiples(dataset, wish, gathered)
    if wish.view == "matrix":
        return Matrix.of(dataset, exchange_options(wish), measure, stood(wish), gathered)
    return MOVING[wish.view](dataset, wish, gathered)


def _multiples(dataset: Dataset, wish: Wish, gathered: Gathered | None) -> Multiples:
    view, chosen = wish.view, wish.chosen
    refuse(f"{view} --multiples", chosen, ("net",))
    filtered, focus, months = filter_options(chosen), foci(chosen), PERIODS.get(chosen["period"])
    options = MultiplesOptions(view, filtered, wish.room, chosen["top"], focus, months, command_of(wish))
    return Multiples.of(dataset, options, measure, places(wish.places), gathered)


def _build_out(dataset: Dataset, wish: Wish) -> Iterator[Scene]:
    chosen = wish.chosen
    refuse("buildout", chosen, ("net",))
    if chosen["multiples"]:
        yield _seat_tiles(dataset, wish)
        return
    filtered, focus, top, command = filter_options(chosen), foci(chosen), chosen["top"], command_of(wish)
    if len(focus) > 1:
        compared = TeamCompareOptions(filtered, focus, size=wish.room, top=top, command=command)
        yield TeamCompare.of(dataset, compared, measure).scene()
        return
    options = BuildOutOptions(filtered, size=wish.room, focus="".join(focus), top=top, command=command)
    yield BuildOutPicture.of(dataset, options, measure).scene()


def _seat_tiles(dataset: Dataset, wish: Wish) -> Scene:
    """The seat board once for each period."""
    name, chosen = "buildout --multiples", wish.chosen
    refuse(name, chosen, ("top",))
    options = BuildOutOptions(
        filter_options(chosen), size=wish.room, focus=one_focus(name, chosen), command=command_of(wish)
    )
    return SeatTiles.of(dataset, options, measure, months=PERIODS.get(chosen["period"])).scene()


def org_chart(dataset: Dataset, wish: Wish, gathered: Gathered | None = None) -> OrgChart:
    """The chart that is wished for. gathered: as for `standing`."""
    chosen = wish.chosen
    refuse("orgchart", chosen, ("net", "top"))
    options = OrgChartOptions(
        filter_options(chosen),
        size=wish.room,
        focus=one_focus("orgchart", chosen),
        arrangement=chosen["arrangement"],
        command=command_of(wish),
    )
    return OrgChart.of(dataset, options, measure, gathered)


def careers(dataset: Dataset, wish: Wish) -> CareersPicture:
    """The careers that are wished for."""
    chosen = wish.chosen
    refuse("careers", chosen, ("net",))
    options = CareersOptions(
        filter_options(chosen),
        size=wish.room,
        focus=foci(chosen),
        top=chosen["top"],
        sort=chosen["sort"],
        group=chosen["group"],
        command=command_of(wish),
    )
    return CareersPicture.of(dataset, options, measure)


def _timeline(dataset: Dataset, wish: Wish) -> Iterator[Scene]:
    chosen = wish.chosen
    refuse("timeline", chosen, ("net",))
    options = TimelineOptions(
        filter_options(chosen),
        size=wish.room,
        focus=foci(chosen),
        top=chosen["top"],
        group=chosen["group"],
        command=command_of(wish),
    )
    yield TimelinePicture.of(dataset, options, measure).scene()


def compared(dataset: Dataset, wish: Wish, other: Dataset | None) -> Scene:
    """Two moments, the second one perhaps of another dataset."""
    chosen = wish.chosen
    remedy = "--before and --after set the days, --focus the organization."
    refuse(COMPARE, chosen, ("as_of", "since", "until", "net"), remedy)
    before, after = sides(chosen)
    options = CompareOptions(
        filter_options(chosen),
        before,
        after,
        size=wish.room,
        top=chosen["top"],
        focus=foci(chosen),
        files=files_of(wish, other),
        command=command_of(wish),
    )
    differing(dataset, other, options.sides)
    return ComparePicture.of(dataset, options, measure, other).scene()


MOMENTS = ("before", "after", "known_before", "known_after", "other")
FOLDING = ("arrangement", "open_levels", "turned")
ONES_OWN = ("period", "sort", "group", "no_relations", "places", *FOLDING, *MOMENTS)
"""Options that only some views know."""
OWN: Mapping[str, tuple[str, ...]] = {
    "flowmap": ("no_relations", "places"),
    "sankey": ("places",),
    "alluvial": ("period", "places"),
    "chord": ("places",),
    "matrix": ("places",),
    "careers": ("sort", "group"),
    "timeline": ("group",),
    "orgchart": FOLDING,
    COMPARE: MOMENTS,
}
"""Which views these are."""
STANDING = (*MOVING, "matrix")
"""Views in which organizations have places that a picture can take over from another."""
Maker = Callable[[Dataset, Wish], Iterator[Scene]]
MAKERS: Mapping[str, Maker] = MappingProxyType(
    {
        "buildout": _build_out,
        "orgchart": lambda dataset, wish: document(org_chart(dataset, wish), folds_of(wish.chosen)),
        "careers": lambda dataset, wish: careers(dataset, wish).pages(),
        "timeline": _timeline,
    }
)
"""Views of one dataset without such places: dataset, wish → the picture, and the pages that follow it."""
