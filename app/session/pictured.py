"""Pictures of a view: what any of them is made of, laid out for a size. Pure functions, for the window that shows them,
the files that are written of them, and the steps of a story."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.domain.dataset import Dataset
from app.layout.flowmap import Arrangement
from app.pictures import (
    seated,
    shown_bands,
    shown_careers,
    shown_compare,
    shown_exchange,
    shown_heat,
    shown_multiples,
    shown_seat_tiles,
    shown_timeline,
)
from app.pictures.buildout import BuildOutOptions, BuildOutPicture
from app.pictures.career_rows import GROUPS, SORTS
from app.pictures.chart_world import ChartWorld
from app.pictures.flowmap import FlowMap, FlowMapOptions
from app.pictures.gathered import Gathered
from app.pictures.orgchart import OrgChart, OrgChartOptions
from app.pictures.seat_axes import begin
from app.pictures.shown import Shown
from app.pictures.shown_seats import BoardShown, ChartShown
from app.pictures.stood import Stood
from app.pictures.team_compare import TeamCompare, TeamCompareOptions
from app.pictures.timeline import GROUPS as LANES
from app.render.widths import measure
from app.scene.camera import Camera
from app.scene.pick import Rectangle
from app.session.view import EVERYTHING_SHOWN, View

SMALLEST = (560, 320)
"""No picture is laid out for less room than this."""
PLAYED = ("flowmap", "sankey", "alluvial", "chord")
"""Pictures in which time plays."""
Before = Shown | Arrangement | Stood | None
"""What a picture begins from: the last one, or what was written down of another."""


def picture_of(
    dataset: Dataset,
    size: tuple[int, int],
    previous: FlowMap | Arrangement | None = None,
    view: View = EVERYTHING_SHOWN,
    *,
    alone: bool = False,
) -> FlowMap:
    """The flow map of a dataset for a canvas of this size; with `previous`, organizations keep their places.

    alone: with callouts and the moves per quarter, as in a file; the window has its cards and its timeline.

    UsageError for a filter that names what is not there.
    """
    options = FlowMapOptions(
        view.options,
        size=(float(max(size[0], SMALLEST[0])), float(max(size[1], SMALLEST[1]))),
        top=view.top,
        net=view.net,
        relations=view.relations,
        alone=alone,
    )
    made = FlowMap.of(dataset, options, measure, previous)
    _ = made.bars, made.span, made.days, made.lively, made.relation_texts  # made here, not when the window first asks
    if made.gathered.is_large:
        made.scene(still=False)  # so is what every day needs
    return made


@dataclass(frozen=True, eq=False)
class Wanted:
    """What a picture shall show: the flow map whose moves it is made with, view, day (None: the newest), size, and the
    camera it is looked at with (None: the whole); files, other: what both files are called and the dataset of the
    second, where two are compared."""

    flows: FlowMap
    view: View
    day: int | None
    size: tuple[int, int]
    camera: Camera | None
    span: tuple[int, int]
    files: tuple[str, str] = ("", "")
    other: Dataset | None = None

    @property
    def gathered(self) -> Gathered:
        """The moves it is made with."""
        return self.flows.gathered

    def like(self, other: Wanted | None) -> bool:
        """Whether the same picture comes of both."""
        if other is None or self.gathered is not other.gathered:
            return False
        same = (self.day, self.size, self.span) == (other.day, other.size, other.span)
        return same and self.view.own == other.view.own and self.other is other.other


def can_play(view: View) -> bool:
    """Whether time plays in the picture of a view: in net it holds all time in one number, and tiles hold periods."""
    return view.picture in PLAYED and not view.tiled and not view.net


def bands_of(shown: Shown) -> list[Rectangle]:
    """Header and foot of a picture, which stand still under any camera: left, top, right, bottom."""
    frame = shown.frame
    found = [(0.0, 0.0, frame.width, frame.header_height + 2)]
    if frame.foot is not None:
        found.append((0.0, frame.foot[1] - 1, frame.width, frame.height))
    return found


def depicted(wanted: Wanted, before: Before = None) -> Shown:
    """The picture. before: the last one, of which a chart takes over what has not changed."""
    view, size = wanted.view, (float(wanted.size[0]), float(wanted.size[1]))
    if view.tiled:
        return tiles_of(wanted.flows, view, size, before)
    if not view.seated:
        made = of_moves(wanted, size, before)
        if made.gathered.is_large:
            made.scene(None, "cumulative", 0.0)  # what every day needs is made here, not when the window first asks
        return made
    gathered = wanted.gathered.on(wanted.day)
    if view.picture == "buildout":
        return board_of(gathered, view, size, wanted.span)
    chart = before.world_of.chart if isinstance(before, ChartShown) else None
    if chart is None or not _same_seats(chart, gathered, view):
        options = OrgChartOptions(gathered.options, size=size, focus=view.organization)
        chart = OrgChart.of(gathered.dataset, options, measure, gathered)
    world = ChartWorld.of(chart, size, view.folds, view.arrangement)
    return ChartShown.of(measure, world, wanted.camera)


def of_moves(wanted: Wanted, size: tuple[float, float], before: Before) -> Shown:
    """A picture of the moves of the whole view, which is told the day."""
    before = None if isinstance(before, Arrangement) else before
    gathered, view, span = wanted.gathered, wanted.view, wanted.span
    match view.picture:
        case "sankey":
            return shown_bands.sankey(gathered, size, measure, top=view.top, net=view.net, before=before)
        case "alluvial":
            return shown_bands.alluvial(gathered, size, span, measure, top=view.top, months=view.months, before=before)
        case "chord":
            return shown_exchange.chord(gathered, size, measure, top=view.top, net=view.net, before=before)
        case "matrix" if view.heat:
            return shown_heat.heat(gathered, size, measure, top=view.top, net=view.net, before=before)
        case "matrix":
            return shown_exchange.matrix(gathered, size, measure, top=view.top, net=view.net, before=before)
        case "careers":
            sort = view.sort if view.sort in SORTS else None
            group = view.group if view.group in GROUPS else None
            return shown_careers.made(gathered, measure, size, span=span, sort=sort, group=group, camera=wanted.camera)
        case "timeline":
            lanes = view.group if view.group in LANES else None
            return shown_timeline.made(gathered, measure, size, span=span, group=lanes, top=view.top)
        case "compare":
            sides, files = (view.before, view.after), wanted.files
            return shown_compare.made(gathered, measure, size, sides, top=view.top, files=files, other=wanted.other,
                                      before=None if isinstance(before, Stood) else before)  # fmt: skip
    raise ValueError(f"{view.picture} is made elsewhere")


def tiles_of(
    flows: FlowMap, view: View, size: tuple[float, float], before: Before
) -> shown_multiples.MultiplesShown | shown_seat_tiles.SeatTilesShown:
    """Small multiples of the picture of a view. Organizations stand as in the last picture, if it was of the same kind;
    of a flow map as in the one that is always there."""
    if view.picture == "buildout":
        own_team, months = view.organization, view.months
        return shown_seat_tiles.made(flows.gathered, own_team, size, measure, months=months)
    stood = flows if view.picture == "flowmap" and not isinstance(before, Arrangement) else before
    top, months = view.top, view.months
    return shown_multiples.made(flows.gathered, view.picture, size, measure, top=top, months=months, before=stood)


def board_of(gathered: Gathered, view: View, size: tuple[float, float], span: tuple[int, int] | None) -> BoardShown:
    """The build-out of one team, or of several beside each other. span: days of the axis that stands still."""
    data, options = gathered.dataset, gathered.options
    if view.beside:
        teams = tuple(dict.fromkeys((*own(gathered, view.organization), *view.beside)))
        compared = TeamCompare.of(data, TeamCompareOptions(options, teams, size, span=span), measure, gathered)
        return BoardShown(measure, compared, compared.scene())
    board = BuildOutOptions(options, size=size, focus=view.organization)
    made = BuildOutPicture.of(data, board, measure, gathered)
    if span is not None and made.holding is not None:  # the axis begins with the team, whatever the day
        roster = made.holding.roster
        made = replace(made, options=replace(board, span=(begin(roster.lo, roster.hi, span[1]), span[1])))
    return BoardShown(measure, made, made.scene())


def own(gathered: Gathered, organization: str) -> tuple[str, ...]:
    """The id of the organization that is shown where none is named: the first that is offered."""
    return (organization,) if organization else tuple(name for name, _ in seated.offered(gathered)[:1])


def _same_seats(chart: OrgChart, gathered: Gathered, view: View) -> bool:
    """Whether a chart has the seats that are wanted; how they are folded and arranged is another matter."""
    same = chart.gathered.dataset is gathered.dataset and chart.gathered.careers is gathered.careers
    alike = same and chart.gathered.options == gathered.options
    return alike and chart.options.focus == view.organization
