"""Two moments on a canvas: `made` makes the picture. It is of its two days, whatever the day of the clock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from app.analysis.comparing import Side
from app.domain.dataset import Dataset
from app.pictures import reach
from app.pictures.cards import Card, cited
from app.pictures.compare import VIEW, CompareOptions, ComparePicture
from app.pictures.compare_marks import bar_key
from app.pictures.compare_plan import Placed, figures
from app.pictures.compare_rows import OTHERS, WAYS, Token, Way
from app.pictures.gathered import Gathered
from app.pictures.shown import Pictured, Shown
from app.pictures.shown_seats import MOST_TOLD, told
from app.scene import motion as moving
from app.scene.scene import Measure, Scene, Tip
from app.scene.twin import Kind, Twin, TwinMark


def made(
    gathered: Gathered,
    measure: Measure,
    size: tuple[float, float],
    sides: tuple[Side, Side],
    *,
    top: int | None = None,
    files: tuple[str, str] = ("", ""),
    other: Dataset | None = None,
    before: Shown | None = None,
) -> CompareShown:
    """Two moments for a window. gathered: of the session's filter; files, other: what both files are called and the
    dataset of the second, where there are two; before: the picture on the canvas, of which is taken over what is the
    same."""
    options = CompareOptions(gathered.options, *sides, size=size, top=top, files=files)
    kept = before.picture if isinstance(before, CompareShown) else None
    picture = ComparePicture.of(gathered.dataset, options, measure, other, gathered, kept)
    return CompareShown(measure, picture, picture.scene(still=False))


@dataclass(frozen=True, eq=False)
class CompareShown(Pictured):
    """Two moments on a canvas. People have their own keys: who is selected in a table is selected here."""

    view = VIEW
    name = "Comparison"
    picture: ComparePicture
    made: Scene

    def scene(self, day: float | None, mode: moving.Mode, window: float) -> Scene:
        """The Scene of its two days."""
        return self.made

    @property
    def files(self) -> tuple[str, str]:
        """What both files are called, where there are two."""
        return self.picture.options.files

    @property
    def other(self) -> Dataset | None:
        """The dataset of the second file, where there are two."""
        return self.picture.other.dataset if self.picture.other is not None else None

    @property
    def rows(self) -> tuple[Placed, ...]:
        """The rows, from the top down."""
        return self.picture.plan.rows if self.picture.plan is not None else ()

    @cached_property
    def _tokens(self) -> Mapping[str, Token]:
        """A token of each person."""
        return {token.key: token for _, _, token in self._every()}

    @cached_property
    def _only_counted(self) -> Mapping[str, tuple[str, ...]]:
        """Where people without a token of their own are counted: keys of bars or of rows, by theirs."""
        bars = self.picture.plan is not None and self.picture.plan.manner.is_bars
        found: dict[str, dict[str, None]] = {}
        for placed, way, token in self._every():
            if bars or not placed.drawn:
                key = bar_key(placed.row, way, token.organization) if placed.drawn else placed.row.key
                found.setdefault(token.key, {})[key] = None
        return {key: tuple(held) for key, held in found.items()}

    @cached_property
    def _moved(self) -> Mapping[str, tuple[str, ...]]:
        """Keys of the people of each flow, by its key."""
        found: dict[str, list[str]] = {}
        for one in self.picture.told.comparison.differences if self.picture.told is not None else ():
            if one.how == "moved" and one.before is not None and one.after is not None:
                key = f"flow:{one.before.organization}>{one.after.organization}"
                found.setdefault(key, []).append(f"people:{one.person}")
        return {key: tuple(people) for key, people in found.items()}

    def _every(self) -> Iterator[tuple[Placed, Way, Token]]:
        for placed in self.rows:
            for way in WAYS:
                for token in placed.row.tokens[way]:
                    yield placed, way, token

    def lit(self, scene: Scene, keys: Iterable[str]) -> tuple[int, ...]:
        """What stands for records: of a person every token, or where they are counted; of a flow its people; of an
        organization its row, or that of all others."""
        number = {key: n for n, key in enumerate(scene.keys)}
        found: dict[int, None] = {}
        for key in keys:
            for mark in (key,) if key in number else self._standing(key, number):
                if mark in number:
                    found[number[mark]] = None
        return tuple(found)

    def _standing(self, key: str, number: Mapping[str, int]) -> Iterator[str]:
        kind, _, rest = key.partition(":")
        if kind == "organizations":
            tallies = self.picture.told.tallies if self.picture.told is not None else ()
            if any(tally.organization == rest for tally in tallies):
                yield OTHERS
            return
        people = self._moved.get(key) or [f"people:{person}" for person in reach.people_of(self.gathered, key)]
        for person in people:
            yield from (person,) if person in number else self._only_counted.get(person, ())

    def card(self, scene: Scene, key: str, day: float | None, x: float, y: float, scale: float) -> Card | None:
        """Of a person where they were and are, since when, on whose word; of a row or a group how many these are."""
        token = self._tokens.get(key)
        if token is not None and token.tip is not None:
            tip = token.tip.tip
            card = told(tip, token.organization)
            return replace(card, notes=(*card.notes, *cited(scene.meta.sources, tip)))
        found = self.tip_at(scene, key, x, y, scale)
        color = key.partition(":")[2] if key.startswith("organizations:") else ""
        return told(Tip(*found), color) if found is not None else None

    def twin(self, scene: Scene, day: float | None, mode: moving.Mode, window: float) -> Twin:
        """Organizations, and below each its people who differ, everybody once; people who are only counted in the words
        of their row."""
        lines = list(scene.header.lines)
        marks = list(self._marks())
        if len(marks) > MOST_TOLD:
            lines.append(f"{len(marks) - MOST_TOLD:,} more, not read out")
        return Twin(scene.header.title, tuple(lines), tuple(marks[:MOST_TOLD]))

    def _marks(self) -> Iterator[TwinMark]:
        plan = self.picture.plan
        if plan is None:
            return
        done: set[str] = set()
        for placed in plan.rows:
            row = placed.row
            parts = [f"{figures(row)} known people"]
            for way in WAYS:
                if groups := row.groups[way]:
                    told_ = ", ".join(f"{len(some):,} {name}" for name, some in groups)
                    parts.append(f"{len(row.tokens[way]):,} {way}: {told_}")
            box = (plan.names, placed.top, plan.names_room, placed.height)
            at = (box[0] + box[2] / 2, box[1] + box[3] / 2)
            kind = Kind.ORGANIZATION if row.key != OTHERS else Kind.UNIT
            yield TwinMark(row.key, kind, row.label, "; ".join(parts), box, at, at, at, row.n)
            if not placed.drawn or plan.manner.is_bars:
                continue
            for way in WAYS:
                tokens, corners = plan.places(placed, way)
                for token, (x, y) in zip(tokens, corners.tolist(), strict=True):
                    if token.key not in done:
                        done.add(token.key)
                        yield self._person(token, (x, y, plan.manner.width, plan.manner.height), row.key)

    def _person(self, token: Token, box: tuple[float, float, float, float], above: str) -> TwinMark:
        at = (box[0] + box[2] / 2, box[1] + box[3] / 2)
        told_ = self.picture.told
        about = told_.how(token.one) if told_ is not None else ""
        about += "; not certain on that day" if token.unsure else ""
        return TwinMark(token.key, Kind.PERSON, token.name, about, box, at, at, at, above=above)
