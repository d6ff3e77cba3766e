"""Everything that pictures and `stats` count of one Dataset under one set of options."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from app.analysis.buildout import BuildOut, build_outs
from app.analysis.careers import Careers
from app.analysis.flows import Flows
from app.analysis.options import DEFAULTS, Options
from app.analysis.presence import KnownPeople, known_people
from app.analysis.select import Selection, Selector
from app.domain.dataset import Dataset
from app.domain.index import DENIED, STINT_KINDS, Bools

UNDATED = "undated"
DENIED_STINTS = "denied"
NOT_YET_KNOWN = "not yet known"


@dataclass(frozen=True, eq=False)
class Figures:
    """careers: all steps, at the level and as known by the day of the options; selector, selection: the lens applied;
    counted: (m,) the moves that are counted, by lens and window; as_of: the resolved day, None if there is none.
    """

    dataset: Dataset
    options: Options
    as_of: int | None
    careers: Careers
    selector: Selector
    selection: Selection
    counted: Bools

    @classmethod
    def of(cls, dataset: Dataset, options: Options = DEFAULTS, before: Careers | None = None) -> Figures:
        """Derive the moves and apply the lens and the window. UsageError for a lens that names what is not there.

        before: as for Careers."""
        careers = Careers.of(dataset, options.level, options.known_by, before)
        selector = Selector.of(dataset, careers, options.lens)
        selection = selector.select()
        counted = selection.moves & careers.moves.inside(options.window)
        return cls(dataset, options, options.as_of_day(dataset), careers, selector, selection, counted)

    @cached_property
    def flows(self) -> Flows:
        """The counted moves by origin and destination."""
        return Flows.of(self.careers.moves, self.dataset["organizations"].height, self.counted)

    @property
    def n_moves(self) -> int:
        """Counted moves, dated and undated."""
        return int(np.count_nonzero(self.counted))

    @property
    def n_undated(self) -> int:
        """Counted moves without a day; none inside a window."""
        return int(np.count_nonzero(self.counted & self.careers.moves.undated))

    @property
    def n_certain(self) -> int:
        """Counted moves that lie in the window with the whole time in which they may have happened."""
        return int(np.count_nonzero(self.counted & self.careers.moves.certain(self.options.window)))

    @cached_property
    def known_people(self) -> KnownPeople | None:
        """People of each organization on the as-of day; None without one."""
        return None if self.as_of is None else known_people(self.careers, self.as_of, self.selection.stints)

    @cached_property
    def build_outs(self) -> tuple[BuildOut, ...]:
        """Every target's build-out on the as-of day; none without one. No lens applies: a seat that the lens hides is
        not open."""
        if self.as_of is None:
            return ()
        return build_outs(self.dataset, self.careers, self.as_of, self.options.known_by)

    @cached_property
    def left_out(self) -> Mapping[str, int]:
        """What the counts leave out, by reason; only what there is.

        Steps between two organizations (order not stated, succession) and undated moves within the lens, the former
        within the window too; stints of moves that are denied or not yet known, of the people that the lens means.
        """
        careers, index, window = self.careers, self.careers.index, self.options.window
        reasons: dict[str, int] = {}
        if window is not None:
            reasons[UNDATED] = int(np.count_nonzero(self.selection.moves & careers.moves.undated))
        for reason, steps in careers.left_out.items():
            reasons[reason] = int(np.count_nonzero(self.selector.moves(steps) & steps.inside(window)))
        of_moves = (index.kind <= STINT_KINDS.index("founder")) & self.selector.meets[index.person]
        denied = index.status == DENIED
        reasons[DENIED_STINTS] = int(np.count_nonzero(of_moves & denied & careers.known.shown))
        reasons[NOT_YET_KNOWN] = int(np.count_nonzero(of_moves & ~denied & ~careers.known.shown))
        return {reason: n for reason, n in reasons.items() if n}
