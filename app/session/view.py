"""What of a dataset a window looks at: a value, kept per file and walked through by Back and Forward."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any, Literal, get_args

from app.analysis.comparing import USUAL, Side
from app.analysis.levels import Level
from app.analysis.options import Options
from app.analysis.periods import MONTHS
from app.domain.dates import FUTURE, PAST
from app.domain.errors import UsageError
from app.domain.lens import EVERYTHING, Lens, parse
from app.pictures.chart_folds import Folds
from app.pictures.chart_trees import Arrangement
from app.pictures.multiples_kinds import untiled

Picture = Literal[
    "flowmap", "sankey", "alluvial", "chord", "matrix", "careers", "timeline", "compare", "orgchart", "buildout",
]  # fmt: skip
"""Pictures that a window shows, by their names on the command line."""
SEATED: tuple[Picture, ...] = ("orgchart", "buildout")
"""Those of one organization on one day; the others show the moves of the whole view, and are told the day."""


@dataclass(frozen=True, slots=True)
class View:
    """Filter, level, net or both directions, organizations drawn (None: as many as fit), the quiet layer of
    investments, and the day whose knowledge counts (None: all that is known).

    picture: which picture is shown; organization: id of the one whose chart or build-out that is, blank for that of the
    first target; beside: ids of teams that a build-out is compared with; folds, arrangement: of the chart, None for
    whatever shows it largest; sort, group: of careers, group also of a timeline, blank for the usual; months: of a
    period of an alluvial picture or of small multiples, None for as fits; multiples: a picture that can be so is shown
    as small multiples; heat: whether a matrix is a heat map of all organizations; before, after: two moments that are
    compared, in a picture or a list.
    """

    lens: Lens = EVERYTHING
    level: Level = "organization"
    net: bool = False
    top: int | None = None
    relations: bool = True
    known_by: int | None = None
    picture: Picture = "flowmap"
    organization: str = ""
    beside: tuple[str, ...] = ()
    folds: Folds = field(default_factory=Folds)
    arrangement: Arrangement | None = None
    sort: str = ""
    group: str = ""
    months: int | None = None
    multiples: bool = False
    heat: bool = False
    before: Side = USUAL
    after: Side = USUAL

    @property
    def options(self) -> Options:
        """What is asked of the dataset."""
        return Options(level=self.level, lens=self.lens, known_by=self.known_by)

    @property
    def flows(self) -> View:
        """What of it the flow map, the tables and the time bar depend on."""
        plain = replace(self, picture="flowmap", organization="", beside=(), folds=Folds(), arrangement=None)
        plain = replace(plain, sort="", group="", months=None, multiples=False, heat=False)
        return replace(plain, before=USUAL, after=USUAL)

    @property
    def own(self) -> View:
        """What of it its picture depends on."""
        return self if self.picture == "compare" else replace(self, before=USUAL, after=USUAL)

    @property
    def tiled(self) -> bool:
        """Whether small multiples are shown."""
        return self.multiples and not untiled(self.picture)

    @property
    def depicted(self) -> bool:
        """Whether another picture is shown than the flow map, which is there whatever is shown."""
        return self.picture != "flowmap" or self.tiled

    @property
    def seated(self) -> bool:
        """Whether the picture is one of an organization's seats on a day."""
        return self.picture in SEATED

    @property
    def state(self) -> dict[str, Any]:
        """The same as values that JSON knows."""
        plain = ("level", "net", "top", "relations", "known_by", "picture", "organization", "arrangement",
                 "sort", "group", "months", "multiples", "heat")  # fmt: skip
        return {name: getattr(self, name) for name in plain} | {
            "lens": str(self.lens),
            "folds": self.folds.state,
            "beside": list(self.beside),
            "moments": [[side.day, side.known_by] for side in (self.before, self.after)],
        }

    @classmethod
    def restored(cls, state: Mapping[str, Any]) -> View:
        """The view of a `state`; what cannot be read in it is as in a new one."""
        made = cls(folds=Folds.restored(state.get("folds")))
        with suppress(UsageError):  # a filter of another version of the program: better none than no window
            made = replace(made, lens=parse(str(state.get("lens", ""))))
        if state.get("level") in get_args(Level):
            made = replace(made, level=state["level"])
        if state.get("picture") in get_args(Picture):
            made = replace(made, picture=state["picture"])
        if state.get("arrangement") in get_args(Arrangement):
            made = replace(made, arrangement=state["arrangement"])
        if isinstance(state.get("organization"), str):
            made = replace(made, organization=state["organization"])
        sort, group = (word if isinstance(word := state.get(name), str) else "" for name in ("sort", "group"))
        made = replace(made, sort=sort, group=group)
        if state.get("months") in MONTHS:
            made = replace(made, months=state["months"])
        before, after = _sides(state.get("moments"))
        made = replace(made, before=before, after=after)
        beside = state.get("beside")
        if isinstance(beside, list):
            made = replace(made, beside=tuple(name for name in beside if isinstance(name, str)))
        made = replace(made, net=state.get("net") is True, relations=state.get("relations") is not False)
        made = replace(made, multiples=state.get("multiples") is True, heat=state.get("heat") is True)
        top, known_by = state.get("top"), state.get("known_by")
        if isinstance(top, int) and 1 <= top <= 60:
            made = replace(made, top=top)
        return replace(made, known_by=known_by) if isinstance(known_by, int) else made


_CHOICES: Mapping[str, tuple[Any, ...]] = {
    "picture": get_args(Picture), "level": get_args(Level), "arrangement": (*get_args(Arrangement), None),
}  # fmt: skip


def untold(state: Mapping[str, Any]) -> tuple[str, ...]:
    """The parts of a `state` without which it would show something else than was meant, and which cannot be read."""
    return tuple(name for name, known in _CHOICES.items() if name in state and state[name] not in known)


def _sides(held: object) -> tuple[Side, Side]:
    """Two moments of a `state`; the usual ones where they cannot be read."""
    pairs = held if isinstance(held, list) and len(held) == 2 else []
    found = [
        Side(*(day if type(day) is int and PAST < day < FUTURE else None for day in pair))
        for pair in pairs
        if isinstance(pair, list) and len(pair) == 2
    ]
    return (found[0], found[1]) if len(found) == 2 else (USUAL, USUAL)


EVERYTHING_SHOWN = View()
