"""Two moments as one picture: a row for each organization, at the left of an axis everyone who left it, at the right
everyone who came, and beside them who stayed with another seat or status.

It says what the list of `moments` says. Somebody who moved stands in two rows, where they left and where they came to;
everybody else in one. It is a still: two days, whatever the day of a clock.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType

from app.analysis.comparing import USUAL, Comparison, Side, known_sides, usual
from app.analysis.options import Options, newest_published
from app.domain.dataset import Dataset
from app.pictures import compare_marks as marks
from app.pictures import compare_words as words
from app.pictures import frame as framing
from app.pictures import legend, provenance, wording
from app.pictures.annotating import annotated, titled
from app.pictures.board import Board
from app.pictures.compare_plan import Plan, plan
from app.pictures.compare_rows import Told
from app.pictures.gathered import Gathered, in_focus
from app.scene.scene import Measure, Meta, Scene

VIEW = "compare"
"""Its name on the command line."""


@dataclass(frozen=True, slots=True)
class CompareOptions:
    """How two moments are drawn. filter: level, lens, and the known-by day of a side that names none; before, after:
    the moments, as they usually are where they are blank; top: organizations with rows of their own at most (None: as
    many as are useful); focus: ids set off from the rest; files: what both files are called, where there are two;
    command: the command line that re-makes the picture."""

    filter: Options
    before: Side = USUAL
    after: Side = USUAL
    size: tuple[float, float] = framing.REFERENCE
    top: int | None = None
    focus: tuple[str, ...] = ()
    files: tuple[str, str] = ("", "")
    command: str = ""

    @property
    def sides(self) -> tuple[Side, Side]:
        """Both sides with their known-by days."""
        return known_sides(self.before, self.after, self.filter.known_by)


@dataclass(frozen=True, eq=False)
class ComparePicture:
    """Two moments of a Dataset, or of two. told: what differs, None where no day is known; other: the dataset of the
    moment after, where it is another one."""

    options: CompareOptions
    gathered: Gathered
    other: Gathered | None
    told: Told | None
    measure: Measure

    @classmethod
    def of(
        cls,
        dataset: Dataset,
        options: CompareOptions,
        measure: Measure,
        other: Dataset | None = None,
        gathered: Gathered | None = None,
        previous: ComparePicture | None = None,
    ) -> ComparePicture:
        """Compare. UsageError for a focus or a lens that names what is not there. gathered: what is known of the
        dataset under the filter, where it is at hand; previous: a picture, of which what is the same is taken over."""
        if gathered is None:
            gathered = Gathered.of(dataset, options.filter)
        kept = previous if previous is not None and previous._compares(gathered, other, options) else None
        later = kept.other if kept is not None else Gathered.of(other, options.filter) if other is not None else None
        focus = _focus(dataset, other, options.focus)
        if kept is not None and kept.told is not None:
            return cls(options, gathered, later, replace(kept.told, focus=focus), measure)
        newest = newest_published(dataset), newest_published(other if other is not None else dataset)
        sides = usual(*options.sides, newest, files=other is not None)
        if None in (sides[0].day, sides[1].day):
            return cls(options, gathered, later, None, measure)
        level, lens = options.filter.level, options.filter.lens
        made = Comparison.between(dataset, other, sides, level, lens, gathered.careers)
        return cls(options, gathered, later, Told(made, gathered, later, focus), measure)

    def _compares(self, gathered: Gathered, other: Dataset | None, options: CompareOptions) -> bool:
        """Whether the same is compared."""
        held = self.other.dataset if self.other is not None else None
        same = self.gathered is gathered and held is other and self.options.filter == options.filter
        return same and self.options.sides == options.sides

    @cached_property
    def frame(self) -> framing.Frame:
        """Where its parts stand."""
        return framing.framed(self.options.size, foot_height=framing.LOW_FOOT)

    @property
    def known_days(self) -> tuple[int, int]:
        """The known-by day of each side; where none is asked for, the last day that a source was published."""
        before, after = self.options.sides
        newest = self.gathered.newest, (self.other or self.gathered).newest
        return (
            before.known_by if before.known_by is not None else newest[0],
            after.known_by if after.known_by is not None else newest[1],
        )

    @cached_property
    def plan(self) -> Plan | None:
        """Where rows and tokens stand; None where nothing differs."""
        if self.told is None or not self.told.comparison.differences:
            return None
        return plan(Board(self.options.size, self.measure), self.frame, self.told, self.options.top)

    def scene(self, *, still: bool = True) -> Scene:
        """The picture. still: with the hash of the dataset, as for a file."""
        board = Board(self.options.size, self.measure)
        framing.ground(board.sheet("ground", 0, "page"), self.frame)
        if self.plan is not None:
            marks.draw(board, self.plan)
        else:
            words.empty(board, self)
        header = titled(words.header(self), self.gathered, VIEW)
        framing.header(board, board.sheet("header", 80, "page"), self.frame, header)
        foot, said = legend.foot(board, self.frame, (), words.entries(self, self.frame.type_scale))
        if foot is not None:
            board.layer(foot)
        scene = board.scene(header, said, None, self._meta(still=still))
        return annotated(scene, self.gathered, self.frame, self.measure)

    def _meta(self, *, still: bool) -> Meta:
        after = self.told.comparison.after.day if self.told is not None else self.gathered.as_of
        filtered = self.told.comparison.filtered if self.told is not None else 0
        left_out = (("filtered out", filtered),) if filtered else ()
        digest = None if still else ""
        made = provenance.meta(self.gathered, VIEW, self.options.command, wording.iso(after), left_out, digest=digest)
        if self.other is None:
            return made
        names = dict(zip(self.other.ids, self.other.labels, strict=True))
        return replace(
            made,
            dataset=f"{made.dataset} {self.other.digest}" if still else "",
            colors=MappingProxyType({**self.other.colors, **made.colors}),
            names=MappingProxyType({**names, **made.names}),
            sources=MappingProxyType({**self.other.sources, **made.sources}),
        )


def _focus(dataset: Dataset, other: Dataset | None, names: tuple[str, ...]) -> frozenset[str]:
    """Ids of organizations and people in focus, of either dataset. UsageError for what is in neither."""
    found: set[str] = set()
    for name in names:
        there = other if other is not None and _lacks(dataset, name) else dataset
        organizations, people = in_focus(there, (name,))
        for table, codes in (("organizations", organizations), ("people", people)):
            found |= {there[table].item(code, "id") for code in codes}
    return frozenset(found)


def _lacks(dataset: Dataset, name: str) -> bool:
    """Whether a focus names nothing in a dataset."""
    row_id = name.rpartition(":")[2]
    return all(dataset.position(table, row_id) is None for table in ("organizations", "people"))
