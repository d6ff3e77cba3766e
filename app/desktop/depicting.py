"""Keeps any other picture than the flow map in line with view, day and size of the canvas: made off the main thread,
from the same moves and words as that. While time plays the newest day is made when the last one is done, so
that a slow machine shows fewer days and not older ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from app.domain.dataset import Dataset
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
from app.pictures.flowmap import FlowMap
from app.pictures.gathered import Gathered
from app.pictures.orgchart import OrgChart, OrgChartOptions
from app.pictures.seat_axes import begin
from app.pictures.shown import Shown
from app.pictures.shown_seats import BoardShown, ChartShown
from app.pictures.team_compare import TeamCompare, TeamCompareOptions
from app.pictures.timeline import GROUPS as LANES
from app.render.widths import measure
from app.scene.camera import Camera
from app.session.jobs import Jobs
from app.session.session import Session
from app.session.view import View

CHANNEL, DETAIL = "seats", "detail"


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


def depicted(wanted: Wanted, before: Shown | None = None) -> Shown:
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


def of_moves(wanted: Wanted, size: tuple[float, float], before: Shown | None) -> Shown:
    """A picture of the moves of the whole view, which is told the day."""
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
                                      before=before)  # fmt: skip
    raise ValueError(f"{view.picture} is made elsewhere")


def tiles_of(
    flows: FlowMap, view: View, size: tuple[float, float], before: Shown | None
) -> shown_multiples.MultiplesShown | shown_seat_tiles.SeatTilesShown:
    """Small multiples of the picture of a view. Organizations stand as in the last picture, if it was of the same kind;
    of a flow map as in the one that is always there."""
    if view.picture == "buildout":
        own_team, months = view.organization, view.months
        return shown_seat_tiles.made(flows.gathered, own_team, size, measure, months=months)
    stood = flows if view.picture == "flowmap" else before
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


class Depicting(QObject):
    """Makes the other pictures of one window."""

    drawn = Signal(object, object)
    """A Shown, and the View that it shows."""
    detailed = Signal(object)
    """The Shown on the canvas with what its camera needs."""
    failed = Signal(object)

    def __init__(
        self, session: Session, jobs: Jobs, size: Callable[[], tuple[int, int]], flows: Callable[[], FlowMap | None]
    ) -> None:
        """size: that of the canvas, now; flows: the flow map of the session's view."""
        super().__init__(session)
        self._session, self._jobs, self._size, self._flows = session, jobs, size, flows
        self._made: tuple[Wanted, Shown] | None = None
        self._running: Wanted | None = None
        self._next: Wanted | None = None

    @property
    def shown(self) -> Shown | None:
        """The last picture made."""
        return self._made[1] if self._made is not None else None

    @property
    def busy(self) -> bool:
        """Whether a picture is being made."""
        return self._running is not None

    @property
    def outdated(self) -> bool:
        """Whether the picture that is being made, or was just made, is out of date already."""
        return self._next is not None

    def forget(self) -> None:
        """There is no document any more."""
        self._made = self._next = self._running = None
        self._jobs.cancel(CHANNEL)
        self._jobs.cancel(DETAIL)

    def refresh(self, view: View, camera: Camera | None) -> None:
        """Make the picture of a view on the session's day, unless it is there; a flow map is made elsewhere."""
        flows = self._flows()
        if flows is None or not view.depicted:
            return
        clock = self._session.clock
        day = None if not view.seated or view.tiled or (clock.at_end and not clock.playing) else int(clock.day)
        span = (int(clock.span[0]), int(clock.span[1]))
        wanted = Wanted(flows, view, day, self._size(), camera, span)
        document, other = self._session.document, self._session.other
        if view.picture == "compare" and document is not None and other is not None:
            wanted = replace(wanted, files=(document.name, other.name), other=other.dataset)
        if self._running is not None:
            self._next = wanted
        elif not wanted.like(self._made[0] if self._made is not None else None):
            self._start(wanted)
        elif self._made is not None:
            self.drawn.emit(self._made[1], view)

    def detail(self, shown: Shown, camera: Camera) -> None:
        """Make what a camera needs of a picture that does not have it."""

        def done(made: Shown | None) -> None:
            if made is not None and self._made is not None and self._made[1] is shown:
                self._made = (self._made[0], made)
                self.detailed.emit(made)

        self._jobs.start(DETAIL, lambda _: shown.detailed(camera), done, self.failed.emit)

    def _start(self, wanted: Wanted) -> None:
        self._running = wanted
        before = self.shown
        self._jobs.cancel(DETAIL)

        def ended() -> None:
            self._running = None
            following, self._next = self._next, None
            if following is not None and not following.like(wanted):
                self._start(following)

        def done(made: Shown) -> None:
            self._made = (wanted, made)
            if self._next is None or self._next.view == wanted.view:  # else it is out of date
                self.drawn.emit(made, wanted.view)
            ended()

        def failed(error: Exception) -> None:
            self.failed.emit(error)
            ended()

        self._jobs.start(CHANNEL, lambda _: depicted(wanted, before), done, failed)
