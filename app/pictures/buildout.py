"""The build-out: the seats of a team beside the curve of how they were filled, by origin, against the target.

`BuildOutPicture.of` derives, `scene` sets the picture. It is a still: one day, the as-of day of the options.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from app.analysis.buildout import CLOSED, BuildOut, Target, build_out, targets
from app.analysis.cohorts import Cohort, cohorts
from app.analysis.options import Options
from app.analysis.seat_curve import Curve, seat_curve
from app.analysis.seats import Roster, left_out, lit
from app.analysis.skills import Expertise, expertise
from app.domain.dataset import Dataset
from app.domain.dates import PAST
from app.domain.errors import Fault, UsageError
from app.domain.index import ABSENT, codes
from app.pictures import buildout_words as words
from app.pictures import frame as framing
from app.pictures import legend, provenance, seat_board, seat_cohorts, seat_counts, seat_growth, seat_says, wording
from app.pictures.annotating import annotated, titled
from app.pictures.board import Board, Sheet
from app.pictures.gathered import Gathered
from app.pictures.seat_places import Holding, Place
from app.pictures.seat_tips import SeatTips
from app.scene.scene import Measure, Meta, Scene
from app.scene.style import Role, Style

VIEW = "buildout"
"""Its name on the command line."""
CURVE_SHARE, LEAST_CURVE = 0.32, 380.0
"""Part of the width that the curve takes beside the board, and the pixels it takes at least."""
TALL = 640.0
"""Where the curve's side is lower than this, only the target's tip says whose word it is."""
ROOMY, FEW_LINES, COHORTS, TWO_PARTS = 380.0, 6, 12, 370.0
"""Where below the curve there is more room than this, cohorts and expertise get all lines they may have, else a few;
the most cohorts; the width from which they stand beside expertise."""
NARROW, LOW = 1000.0, 400.0
"""Narrower than this the curve stands below the board; where the picture is lower too, there is the board alone."""


@dataclass(frozen=True, slots=True)
class BuildOutOptions:
    """How a build-out is drawn. filter: level, as-of and known-by days; its window ends with the as-of day where none
    is given, and the curve and the cohorts begin with it; its lens hides no seat, for a hidden seat is not open, but
    sets off those whose holders it lets through; size: of the picture; focus: id of the organization, blank for that of
    the first target; top: how many origins are named at most (None: as many as there is room for); span: first and last
    day of the curve's axis, which then stands still while the as-of day moves; command: the command line that re-makes
    the picture."""

    filter: Options
    size: tuple[float, float] = framing.REFERENCE
    focus: str = ""
    top: int | None = None
    span: tuple[int, int] | None = None
    command: str = ""


@dataclass(frozen=True, eq=False)
class BuildOutPicture:
    """The build-out of one organization of a Dataset on one day. holding is None where there is no organization to
    show: no seats, no target, no focus."""

    options: BuildOutOptions
    gathered: Gathered
    holding: Holding | None
    curve: Curve | None
    expertise: Expertise | None
    left_out: tuple[tuple[str, int], ...]
    measure: Measure

    @classmethod
    def of(
        cls, dataset: Dataset, options: BuildOutOptions, measure: Measure, gathered: Gathered | None = None
    ) -> BuildOutPicture:
        """Derive the seats and the curve. UsageError for a focus that is no organization, or a lens that names what is
        not there. gathered: what is known of the dataset under these options, where it is at hand."""
        gathered = gathered or Gathered.of(dataset, options.filter)
        found = _chosen(dataset, gathered, options.focus)
        if found is None:
            return cls(options, gathered, None, None, None, (), measure)
        roster = Roster.of(dataset, gathered.careers, found)
        chosen = lit(gathered.careers, found, gathered.selection) if options.filter.lens else None
        holding = Holding(gathered, found, roster, chosen)
        reasons = dict(left_out(dataset, gathered.careers, found))
        shut = int(np.count_nonzero((roster.state == CLOSED) & (roster.holder < 0)))
        if shut:
            reasons["closed and never held"] = shut
        curve = seat_curve(found, until=options.span[1] if options.span is not None else None, lit=chosen)
        return cls(options, gathered, holding, curve, expertise(dataset, found), tuple(reasons.items()), measure)

    @property
    def since(self) -> int | None:
        """The day on which curve and cohorts begin; None for the first of all."""
        window = self.options.filter.window
        return window[0] if window is not None and window[0] > PAST else None

    def scene(self) -> Scene:
        """The picture."""
        frame = framing.framed(self.options.size, foot_height=framing.LOW_FOOT)
        board = Board(self.options.size, self.measure)
        framing.ground(board.sheet("ground", 0, "page"), frame)
        header = titled(words.header(self), self.gathered, VIEW)
        framing.header(board, board.sheet("header", 80, "page"), frame, header)
        said: tuple[str, ...] = ()
        if self.holding is None or self.curve is None or self.expertise is None or not self.places:
            words.nothing(board, board.sheet("seats", 10), frame, self)
        else:
            self._parts(board, frame, self.holding, self.curve, self.expertise)
            if frame.foot is not None:
                said = self._foot(board, frame)
        scene = board.scene(header, said, None, self._meta())
        return annotated(scene, self.gathered, frame, self.measure)

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """All places with their tips, in the order of the board."""
        return () if self.holding is None else self.holding.told(SeatTips(self.holding).of)

    def _parts(self, board: Board, frame: framing.Frame, holding: Holding, curve: Curve, known: Expertise) -> None:
        """The board at the left; curve, origins and expertise at the right, or below where it is narrow."""
        x, y, w, h = frame.map
        s = frame.type_scale
        y, h = y + 6 * s, h - 6 * s
        if frame.width < NARROW * s and h < LOW * s:
            seat_board.draw(board, board.sheet("seats", 10), (x, y, w, h), self.places, s)
            return
        if frame.width < NARROW * s:
            seats, side = (x, y, w, h * 0.56), (x, y + h * 0.6, w, h * 0.4)
        else:
            right = max(CURVE_SHARE * w, LEAST_CURVE * s)
            seats, side = (x, y, w - right - 40 * s, h), (x + w - right, y, right, h)
        seat_board.draw(board, board.sheet("seats", 10), seats, self.places, s)
        self._side(board, side, holding, curve, known, s)

    def _side(
        self, board: Board, side: tuple[float, float, float, float], holding: Holding, curve: Curve, known: Expertise,
        s: float,
    ) -> None:  # fmt: skip
        x, y, w, h = side
        told = seat_says.lines(board, self, w, s)
        below = (seat_says.HEAD + seat_says.LINE * len(told) + 16) * s if told else 0.0
        below = below if h > TALL * s else 0.0
        tall = min(max((0.46 if below else 0.5) * h, 190 * s), h)
        seat_growth.draw(board, board.sheet("curve", 20), (x, y, w, tall), self, holding, curve, s)
        sheet = board.sheet("counts", 30)
        top = y + tall + 14 * s
        room = y + h - top - below
        if room < 60 * s:
            return
        sheet.line(x, top - 4 * s, x + w, top - 4 * s, Style(Role.HAIRLINE))
        lines = seat_counts.MOST_LINES if room > ROOMY * s else FEW_LINES
        reserve = (14 + seat_counts.HEAD + seat_counts.LINE * lines) * s
        rows = (x, top + 4 * s, w, max(room - reserve, min(room, 110 * s)))
        taken = seat_counts.draw_origins(board, sheet, rows, holding, self.places, s, self.options.top)
        self._lower(board, sheet, (x, top + taken + 14 * s, w, room - taken - 18 * s), holding, known, s)
        if below:
            sheet.line(x, y + h - below + 2 * s, x + w, y + h - below + 2 * s, Style(Role.HAIRLINE))
            seat_says.draw(sheet, x, y + h - below + 10 * s, told, s)

    def _lower(
        self, board: Board, sheet: Sheet, at: tuple[float, float, float, float], holding: Holding, known: Expertise,
        s: float,
    ) -> None:  # fmt: skip
        """Cohorts beside expertise; the latter alone where there is nobody or no room for both."""
        x, y, w, h = at
        most = min(int((h / s - seat_counts.HEAD) // seat_counts.LINE), COHORTS)
        found: tuple[Cohort, ...] = ()
        if most >= 2 and w > TWO_PARTS * s:
            found = cohorts(holding.build_out, holding.roster, most, self.since)
        left = 0.5 * w if 0 < len(found) <= most else 0.0
        if left:
            seat_cohorts.draw(board, sheet, (x, y, left - 14 * s, h), holding, found, s)
        seat_counts.draw_expertise(board, sheet, (x + left, y, w - left, h), known, s)

    def _foot(self, board: Board, frame: framing.Frame) -> tuple[str, ...]:
        entries = words.entries(self.places, frame.type_scale, band=self._band)
        return legend.strip(board, board.sheet("foot", 82, "page"), frame, (), entries)

    @property
    def _band(self) -> bool:
        """Whether more people may be in seat on some day than are for certain."""
        return self.curve is not None and bool((self.curve.possible > self.curve.sure).any())

    def _meta(self) -> Meta:
        gathered, options = self.gathered, self.options
        return provenance.meta(gathered, VIEW, options.command, wording.iso(gathered.as_of), self.left_out)


def _chosen(dataset: Dataset, gathered: Gathered, focus: str) -> BuildOut | None:
    """The build-out of the organization in focus, with its target if it has one; without a focus that of the first
    target, else of the organization with most seats; None if there is neither."""
    careers, day = gathered.careers, gathered.as_of
    on_record = targets(dataset, gathered.options.known_by)
    if focus:
        code = organization(dataset, focus)
    elif on_record:
        code = on_record[0].organization
    else:
        named = codes(dataset["seats"].get_column("organization_id"), dataset["organizations"].get_column("id"))
        named = named[named != ABSENT]
        if not len(named):
            return None
        code = int(np.bincount(named).argmax())
    target = next((target for target in on_record if target.organization == code), Target("", code, 0))
    return build_out(dataset, careers, day, code, target.wanted, target.id)


def organization(dataset: Dataset, focus: str) -> int:
    """The code of an organization that `--focus` names. UsageError if it names none."""
    table, _, name = focus.rpartition(":")
    at = dataset.position("organizations", name) if table in ("", "organizations") else None
    if at is None:
        message = f"--focus {focus!r} names no organization"
        raise UsageError(Fault("focus", message, "Give the id of an organization that has seats, as openai."))
    return at
