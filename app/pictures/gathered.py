"""What a picture knows of a Dataset: the moves that its options let through, and the words for them.

Lookups of names, sources and days are lazy and kept, for a picture of a million stints names few of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType

import numpy as np
import numpy.typing as npt
import polars as pl

from app.analysis import coloring
from app.analysis.careers import Careers
from app.analysis.figures import Figures
from app.analysis.known import known_rows
from app.analysis.moves import Moves
from app.analysis.names import short
from app.analysis.options import Options, newest_published
from app.analysis.presence import KnownPeople, known_people
from app.analysis.progress import Progress
from app.analysis.select import Selection
from app.domain import dates
from app.domain.dataset import Dataset, Row
from app.domain.dates import FUTURE, PAST
from app.domain.errors import Fault, UsageError
from app.domain.index import Ints
from app.domain.schema import STATUSES
from app.pictures import wording
from app.pictures.traffic import Traffic
from app.scene.scene import Source, Tip

_BINDING = ("investment", "acquisition", "partnership", "compute")
"""Kinds of relation that a flow map shows; a product belongs to its organization and is no bond."""


LARGE = 100_000
"""Of more moves whatever counts all of them is made off the main thread."""
_MADE_FROM = {
    "ids": ("organizations",), "names": ("organizations",), "labels": ("organizations",),
    "colors": ("organizations", "successions"), "sources": ("sources",),
    "_bonds": ("relations", "organizations", "successions", "sources", "claims"),
}  # fmt: skip
"""What of a Gathered follows from some tables alone."""


@dataclass(frozen=True, slots=True)
class Bond:
    """All relations of one pair of organizations at the level: codes, key of the first, what to write, what to tell."""

    a: int
    b: int
    key: str
    text: str
    tip: Tip


@dataclass(frozen=True, eq=False)
class Gathered:
    """Moves under one set of options, and what words need.

    selection: what the lens lets through; moves: those of it that lie in the window; clock: the day up to which a
    picture fills, None where it shows all; as_of: the day of people; newest: the last day that a source was published;
    focus, focus_people: codes of what is set off; left_out: reasons and counts, largest first.
    """

    dataset: Dataset
    options: Options
    careers: Careers
    selection: Selection
    moves: Moves
    clock: float | None
    as_of: int
    newest: int
    focus: tuple[int, ...]
    focus_people: tuple[int, ...]
    left_out: tuple[tuple[str, int], ...]

    @classmethod
    def of(
        cls, dataset: Dataset, options: Options, focus: Sequence[str] = (), before: Gathered | None = None
    ) -> Gathered:
        """Derive and choose the moves. UsageError for a focus or a lens that names nothing.

        before: what was gathered before an edit; what follows from tables that are the same is taken over."""
        figures = Figures.of(dataset, options, None if before is None else before.careers)
        moves = figures.careers.moves
        if not figures.counted.all():
            moves = moves.take(np.flatnonzero(figures.counted))
        as_of = figures.as_of if figures.as_of is not None else _newest(figures.careers)
        codes, people = _focused(dataset, figures.careers, focus, as_of)
        left_out = sorted(figures.left_out.items(), key=lambda item: (-item[1], item[0]))
        if outside := int(
            np.count_nonzero(figures.selection.moves & ~figures.counted & ~figures.careers.moves.undated)
        ):
            left_out.append(("outside the window", outside))
        if options.lens:
            left_out.append(("filtered out", int(np.count_nonzero(~figures.selection.moves))))
        made = cls(
            dataset,
            options,
            figures.careers,
            figures.selection,
            moves,
            None if options.as_of is None else float(options.as_of),
            as_of,
            newest_published(dataset) or as_of,
            codes,
            people,
            tuple((reason, n) for reason, n in left_out if n),
        )
        if before is not None:
            made._take_over(before)
        return made

    def _take_over(self, before: Gathered) -> None:
        """Words that were made before an edit, where all that they are made from is the same."""
        for name, tables in _MADE_FROM.items():
            same = all(before.dataset[table] is self.dataset[table] for table in tables)
            if same and name in before.__dict__ and (name != "_bonds" or before._binding == self._binding):
                self.__dict__[name] = before.__dict__[name]

    @property
    def _binding(self) -> tuple[object, ...]:
        """What relations that bind depend on beside the tables."""
        return self.options.known_by, self.options.level, self.as_of

    @property
    def is_large(self) -> bool:
        """Whether a window must not wait for what is counted of all moves."""
        return len(self.moves) > LARGE

    @cached_property
    def progress(self) -> Progress:
        """How far the moves have come by any day."""
        return Progress.of(self.moves)

    @property
    def known_day(self) -> int:
        """The known-by day; where none is asked for, the last day that a source was published."""
        known_by = self.options.known_by
        return known_by if known_by is not None else self.newest

    def on(self, day: int | None) -> Gathered:
        """The same as of another day; None: as it is. What follows from the moves alone stays."""
        if day is None or day == self.options.as_of:
            return self
        return replace(self, options=replace(self.options, as_of=day), clock=float(day), as_of=day)

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """Organization ids by code."""
        return tuple(self.dataset["organizations"].get_column("id"))

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Organization names by code."""
        return tuple(name or i for i, name in self.dataset["organizations"].select("id", "name").iter_rows())

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """Organization names by code as a picture writes them: short where that says enough."""
        return tuple(short(name, i) for i, name in zip(self.ids, self.names, strict=True))

    @property
    def digest(self) -> str:
        """The hash of the dataset."""
        return self.dataset.digest

    @cached_property
    def colors(self) -> Mapping[str, str]:
        """Organization id → colour role, its own or that of its newest root; organizations without one are left out."""
        return coloring.colors(self.dataset, self.careers.levels.hierarchy)

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        """Source id → what a picture says of it."""
        rows = self.dataset["sources"].select("id", "publisher", "title", "url", "published").iter_rows()
        return MappingProxyType({i: Source(*(value or "" for value in rest)) for i, *rest in rows})

    @property
    def window_text(self) -> tuple[str, str]:
        """The window as ISO days, blank where a side is open."""
        if self.options.window is None:
            return ("", "")
        lo, hi = self.options.window
        return (dates.text(lo) if lo > PAST else "", dates.text(hi) if hi < FUTURE else "")

    def statuses(self, codes: npt.NDArray[np.uint8]) -> list[str]:
        """Status words of codes."""
        return [STATUSES[c] for c in codes.tolist()]

    @cached_property
    def _told_stints(self) -> dict[int, Row]:
        """The stints looked up so far, by their positions: lines, keys and tips ask for each several times."""
        return {}

    @cached_property
    def _told_sources(self) -> dict[tuple[int, int], tuple[str, ...]]:
        """The sources of pairs of stints asked for so far."""
        return {}

    def _stint(self, position: int) -> Row:
        row = self._told_stints.get(position)
        if row is None:
            row = self.dataset["stints"].row(int(self.dataset.index.row[position]), named=True)
            self._told_stints[position] = row
        return row

    def move_key(self, moves: Moves, row: int) -> str:
        """`move:STINT_A>STINT_B`."""
        ids = self.dataset["stints"].get_column("id")
        rows = self.dataset.index.row
        return f"move:{ids[int(rows[moves.left_stint[row]])]}>{ids[int(rows[moves.joined_stint[row]])]}"

    def person_name(self, moves: Moves, row: int) -> str:
        """The name of who moved."""
        person = int(moves.person[row])
        people = self.dataset["people"]
        return str(people.item(person, "name") or people.item(person, "id"))

    def when(self, moves: Moves, row: int) -> str:
        """The joined day as far as it is known: the stint's own date where it has one, else a bound."""
        stint = self._stint(int(moves.joined_stint[row]))
        start, announced = stint["start"], stint["announced"]
        if start:
            return str(announced) if announced and len(str(announced)) > len(str(start)) else str(start)
        lo, hi = int(moves.joined_lo[row]), int(moves.joined_hi[row])
        if moves.undated[row]:
            return "day not known"
        return f"{dates.text(lo)} to {dates.text(hi - 1)}"

    def when_line(self, moves: Moves, row: int) -> str:
        """When, how sure, and who says so: `2025-06, confirmed, NDTV +4`."""
        parts = [self.when(moves, row), STATUSES[int(moves.status[row])]]
        return ", ".join(part for part in (*parts, self.publishers(self.move_sources(moves, row))) if part)

    def person_line(self, moves: Moves, row: int) -> str:
        """Name, when, how sure, who says so."""
        return f"{self.person_name(moves, row)}, {self.when_line(moves, row)}"

    def move_sources(self, moves: Moves, row: int) -> tuple[str, ...]:
        """Ids of the sources of both stints, those of the joined stint first."""
        ends = int(moves.joined_stint[row]), int(moves.left_stint[row])
        found = self._told_sources.get(ends)
        if found is None:
            found = tuple(dict.fromkeys(source for end in ends for source in self._stint(end)["source_ids"]))
            self._told_sources[ends] = found
        return found

    def publishers(self, source_ids: Sequence[str]) -> str:
        """The first publisher, and how many more sources there are: `NDTV +4`; `unsourced` where there is none."""
        if not source_ids:
            return "unsourced"
        first = self.sources.get(source_ids[0])
        name = (first.publisher or source_ids[0]) if first else source_ids[0]
        name = name.split(" (")[0]
        return f"{name} +{len(source_ids) - 1}" if len(source_ids) > 1 else name

    @cached_property
    def _known(self) -> KnownPeople:
        return known_people(self.careers, self.as_of)

    def known_people(self, code: int) -> tuple[int, int]:
        """Known people of an organization on the as-of day: for certain, and at most."""
        return int(self._known.certain[code]), int(self._known.possible[code])

    def organization_sources(self, code: int) -> tuple[str, ...]:
        """Ids of the sources of an organization's record."""
        found = self.dataset["organizations"].item(code, "source_ids")
        return tuple(found) if found is not None else ()

    def bonds(self, day: float | None) -> list[Bond]:
        """Relations that bind two organizations at the level, one Bond a pair, as of a day; in order of their ids.

        Denied, lapsed and unwound ones are no bonds; one that is announced later is not yet there.
        """
        return [bond for announced, bond in self._bonds if day is None or announced <= day]

    @cached_property
    def _bonds(self) -> list[tuple[int, Bond]]:
        relations = self.dataset["relations"].filter(
            pl.Series(known_rows(self.dataset, "relations", self.options.known_by))
            & pl.col("kind").is_in(_BINDING)
            & pl.col("status").ne_missing("denied")
            & ~pl.col("outcome").is_in(["lapsed", "unwound"]).fill_null(value=False)
        )
        code = {i: c for c, i in enumerate(self.ids)}
        pairs: dict[tuple[int, int], list[Row]] = {}
        for row in relations.iter_rows(named=True):
            ends = [code.get(row[name]) for name in ("from_id", "to_id")]
            if None in ends:
                continue
            a, b = self.careers.levels.at(np.array(ends, dtype=np.int32), self.as_of).tolist()
            if a != b and a >= 0 and b >= 0:
                pairs.setdefault((min(a, b), max(a, b)), []).append(row)
        return [self._bond(pair, rows) for pair, rows in sorted(pairs.items())]

    def _bond(self, pair: tuple[int, int], rows: list[Row]) -> tuple[int, Bond]:
        """What one pair's relations add up to in words: the largest sum and stake of money that went in."""
        money = [r for r in rows if r["kind"] in ("investment", "acquisition")] or rows
        amount = max((r["amount_usd"] for r in money if r["amount_usd"]), default=None)
        stake = max((r["stake_pct"] for r in money if r["stake_pct"]), default=None)
        lines = []
        for r in rows:
            said = (r["kind"], wording.bond(r["amount_usd"], r["stake_pct"]), r["announced"], r["status"])
            ends = (self.labels[self.ids.index(r[end])] for end in ("from_id", "to_id"))
            lines.append(f"{' → '.join(ends)}: {', '.join(part for part in said if part)}")
        links = dict.fromkeys(source for r in rows for source in r["source_ids"])
        tip = Tip(f"{self.labels[pair[0]]} and {self.labels[pair[1]]}", tuple(lines), tuple(links))
        announced = min((dates.parse(r["announced"]).earliest for r in rows), default=PAST)
        return announced, Bond(*pair, f"relations:{rows[0]['id']}", wording.bond(amount, stake), tip)


def _focused(
    dataset: Dataset, careers: Careers, focus: Iterable[str], day: int | None
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Codes of organizations (at the level) and of people that `--focus` names. UsageError for what does not exist."""
    organizations, people = in_focus(dataset, focus)
    at_level = careers.levels.at(np.array(organizations, dtype=np.int32), day if day is not None else FUTURE)
    return tuple(dict.fromkeys(at_level.tolist())), people


def in_focus(dataset: Dataset, focus: Iterable[str]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Codes of organizations, as they are named, and of people that `--focus` names. UsageError for what does not
    exist."""
    organizations: list[int] = []
    people: list[int] = []
    for text in focus:
        table, _, rest = text.rpartition(":")
        for name in (table,) if table else ("organizations", "people"):
            at = dataset.position(name, rest) if name in ("organizations", "people") else None
            if at is not None:
                break
        else:
            raise UsageError(
                Fault(
                    "focus",
                    f"--focus {text!r} names no organization and no person",
                    "Give an id, as openai or people:lucas-beyer.",
                )
            )
        (people if name == "people" else organizations).append(at)
    return tuple(dict.fromkeys(organizations)), tuple(dict.fromkeys(people))


def _newest(careers: Careers) -> int:
    """The last day on which someone came or left, for a dataset without dated sources; 1970-01-01 if none is dated."""
    stints = careers.index
    latest = (_latest(stints.start_lo, stints.start_hi), _latest(stints.end_lo, stints.end_hi))
    return max((day for day in latest if day is not None), default=0)


def _latest(lo: Ints, hi: Ints) -> int | None:
    """The last of the days that some dates can be, of those with two ends; None without any."""
    dated = (lo > PAST) & (hi < FUTURE)
    return int(hi[dated].max()) - 1 if dated.any() else None


def outside_focus(
    gathered: Gathered, traffic: Traffic, shown: npt.NDArray[np.intp]
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Which shown flows and which nodes stand outside the focus; none if there is no focus."""
    if not gathered.focus and not gathered.focus_people:
        return np.zeros(len(shown), dtype=np.bool_), np.zeros(traffic.n_nodes, dtype=np.bool_)
    wanted = np.isin(traffic.nodes, list(gathered.focus))
    a, b = traffic.flow_from[shown], traffic.flow_to[shown]
    lit = wanted[a] | wanted[b]
    if gathered.focus_people:
        of_person = np.isin(traffic.moves.person, list(gathered.focus_people))
        lit |= traffic.per_flow(of_person)[shown] > 0
    near = wanted.copy()
    near[a[lit]] = True
    near[b[lit]] = True
    return ~lit, ~near
