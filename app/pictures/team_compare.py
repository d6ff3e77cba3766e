"""Several teams in one picture: a row each, their curves on one scale of days and people, their people by origin.

`TeamCompare.of` derives, `scene` sets the picture. A team without seats on record shows the people known there, and
says so. It is a still: one day, the as-of day of the options.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from app.analysis.options import Options
from app.analysis.seat_curve import Curve, seat_curve
from app.analysis.seats import left_out, lit
from app.analysis.teams import Team
from app.domain.dataset import Dataset
from app.domain.dates import PAST
from app.pictures import frame as framing
from app.pictures import legend, provenance, team_origins, team_rows, wording
from app.pictures import team_words as words
from app.pictures.annotating import annotated, titled
from app.pictures.board import Board
from app.pictures.buildout import VIEW, organization
from app.pictures.gathered import Gathered
from app.pictures.seat_layers import MOST_LAYERS
from app.pictures.seat_places import Holding, Place
from app.pictures.seat_tips import SeatTips
from app.pictures.team_origins import Column
from app.pictures.team_people import People
from app.scene.scene import Measure, Scene


@dataclass(frozen=True, slots=True)
class TeamCompareOptions:
    """How teams are compared. filter, size, top, span, command: as in `BuildOutOptions`; focus: ids of the
    organizations, in the order of the rows; aligned: every curve begins with its first filled seat, and the axis counts
    months from there, instead of days."""

    filter: Options
    focus: tuple[str, ...]
    size: tuple[float, float] = framing.REFERENCE
    top: int | None = None
    span: tuple[int, int] | None = None
    aligned: bool = False
    command: str = ""


@dataclass(frozen=True, eq=False)
class Compared:
    """One team of the picture. is_seated: its places are seats, else people; left_out: seats that do not count, by
    reason."""

    holding: Holding
    curve: Curve
    is_seated: bool
    left_out: tuple[tuple[str, int], ...]

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """All places with their tips."""
        holding = self.holding
        return holding.told(holding.tip if isinstance(holding, People) else SeatTips(holding).of)

    @property
    def code(self) -> int:
        """The organization."""
        return self.holding.build_out.organization

    @property
    def id(self) -> str:
        """Id of the organization."""
        return self.holding.gathered.ids[self.code]

    @property
    def name(self) -> str:
        """Its whole name without the abbreviation."""
        return self.holding.gathered.names[self.code].partition(" (")[0]

    @cached_property
    def began(self) -> int | None:
        """The day on which its first place was held for certain; None if none has been."""
        held = self.curve.days[self.curve.sure > 0]
        return int(held[0]) if len(held) else None


@dataclass(frozen=True, eq=False)
class TeamCompare:
    """Teams of a Dataset side by side on one day, in the order asked for."""

    options: TeamCompareOptions
    gathered: Gathered
    teams: tuple[Compared, ...]
    measure: Measure

    @classmethod
    def of(
        cls, dataset: Dataset, options: TeamCompareOptions, measure: Measure, gathered: Gathered | None = None
    ) -> TeamCompare:
        """Derive the teams, each organization once. UsageError for a focus that is no organization, or a lens that
        names what is not there. gathered: what is known of the dataset under these options, where it is at hand."""
        gathered = gathered or Gathered.of(dataset, options.filter)
        codes = dict.fromkeys(organization(dataset, name) for name in options.focus)
        return cls(options, gathered, tuple(_compared(gathered, code, options) for code in codes), measure)

    @cached_property
    def frame(self) -> framing.Frame:
        """Where things stand."""
        return framing.framed(self.options.size, foot_height=framing.LOW_FOOT)

    @property
    def places(self) -> tuple[Place, ...]:
        """The places of all teams that are shown, with their tips."""
        return tuple(place for team in self.shown for place in team.places)

    @cached_property
    def shown(self) -> tuple[Compared, ...]:
        """The teams for which there is room, the first ones."""
        return self.teams[: team_rows.room(self.frame)]

    @property
    def is_wide(self) -> bool:
        """Whether there is room for the people by origin beside the curves."""
        return self.frame.width >= team_rows.NARROW * self.frame.type_scale

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The origins of the teams shown: columns of people, layers of the curves."""
        most = team_rows.n_columns(self.frame) if self.is_wide else MOST_LAYERS
        return team_origins.columns(self.shown, self.gathered.colors, most, self.options.top)

    @property
    def since(self) -> int | None:
        """The day on which the curves begin; None for the first of all."""
        window = self.options.filter.window
        return window[0] if window is not None and window[0] > PAST else None

    @cached_property
    def left_out(self) -> tuple[tuple[str, int], ...]:
        """What is not shown, by reason."""
        reasons: Counter[str] = Counter()
        for team in self.shown:
            reasons.update(dict(team.left_out))
        found = [(f"{reason} {'seat' if n == 1 else 'seats'}", n) for reason, n in reasons.items()]
        more = len(self.teams) - len(self.shown)
        noun = "team" if more == 1 else "teams"
        return (*found, *([(f"{noun} for which there is no room", more)] if more else []))

    def scene(self) -> Scene:
        """The picture."""
        frame = self.frame
        board = Board(self.options.size, self.measure)
        framing.ground(board.sheet("ground", 0, "page"), frame)
        header = titled(words.header(self), self.gathered, VIEW)
        framing.header(board, board.sheet("header", 80, "page"), frame, header)
        said: tuple[str, ...] = ()
        if self.shown:
            team_rows.draw(board, self)
        else:
            words.nothing(board, board.sheet("teams", 10), frame)
        if frame.foot is not None and self.shown:
            entries = words.entries(self, frame.type_scale)
            said = legend.strip(board, board.sheet("foot", 82, "page"), frame, (), entries)
        meta = provenance.meta(
            self.gathered, VIEW, self.options.command, wording.iso(self.gathered.as_of), self.left_out
        )
        scene = board.scene(header, said, None, meta)
        return annotated(scene, self.gathered, frame, self.measure)


def _compared(gathered: Gathered, code: int, options: TeamCompareOptions) -> Compared:
    dataset, careers = gathered.dataset, gathered.careers
    team = Team.of(dataset, careers, code, gathered.as_of)
    chosen = lit(careers, team.build_out, gathered.selection) if options.filter.lens else None
    holding = (Holding if team.is_seated else People)(gathered, team.build_out, team.roster, chosen)
    curve = seat_curve(team.build_out, until=options.span[1] if options.span is not None else None, lit=chosen)
    out = left_out(dataset, careers, team.build_out) if team.is_seated else {}
    return Compared(holding, curve, team.is_seated, tuple(out.items()))
