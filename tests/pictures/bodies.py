"""Made-up organizations of units, seats and people, drawn at random or given as a table, and what is known of them by
construction."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from hypothesis import strategies as st

from app.analysis.options import Options
from app.domain.dataset import Dataset, frame_of
from app.layout.tree import NONE
from app.pictures.chart_folds import DEEPEST, Folds
from app.pictures.chart_trees import Arrangement
from app.pictures.chart_world import ChartWorld
from app.pictures.orgchart import OrgChart, OrgChartOptions
from app.scene.pick import Rectangle
from tests.pictures.made import fixed

SIZE = (1600.0, 1000.0)
ORIGINS = ("north", "south", "east")


@dataclass(frozen=True)
class Body:
    """An organization `body`. units: the unit that each is part of, NONE for the body itself; seats: of each its unit,
    the seat that it answers to (NONE for no line) and whether someone holds it; people: the units of each person
    without a seat, NONE for the body itself."""

    units: tuple[int, ...] = ()
    seats: tuple[tuple[int, int, bool], ...] = ()
    people: tuple[frozenset[int], ...] = ()

    def above(self, unit: int) -> list[int]:
        """The units that one is part of, the nearest first, without the body; of the body none."""
        found = []
        while unit != NONE and (unit := self.units[unit]) != NONE:
            found.append(unit)
        return found

    def seats_above(self, seat: int) -> list[int]:
        """The seats that one stands below, the nearest first."""
        found = []
        while (seat := self.seats[seat][1]) != NONE:
            found.append(seat)
        return found

    @property
    def linked(self) -> list[int]:
        """Seats with a line at either end."""
        ups = {up for _, up, _ in self.seats}
        return [n for n, (_, up, _) in enumerate(self.seats) if up != NONE or n in ups]

    def lowest(self, person: int) -> set[int]:
        """The units of a person that stand above no other one of theirs."""
        own = self.people[person]
        over = {unit for one in own for unit in (*self.above(one), *([NONE] if one != NONE else []))}
        return set(own - over)

    @property
    def loose(self) -> list[tuple[str, int]]:
        """Key and unit of every box that no line ties to another, a person once in each of their lowest units."""
        linked = set(self.linked)
        seats = [(f"seats:s{n:03}", unit) for n, (unit, _, _) in enumerate(self.seats) if n not in linked]
        return seats + [(f"people:p{n:03}", unit) for n in range(len(self.people)) for unit in self.lowest(n)]

    @property
    def parts(self) -> set[int]:
        """The units that have a panel: those with a loose box in or below them, and the body then."""
        own = {unit for _, unit in self.loose}
        return {*own, *(up for unit in own for up in self.above(unit)), *([NONE] if own else [])}

    def around(self, unit: int) -> list[int]:
        """A unit and all that it is part of, the body at the end."""
        return [NONE] if unit == NONE else [unit, *self.above(unit), NONE]

    def shut(self, folds: Folds) -> tuple[set[int], set[int]]:
        """Seats with lines and units that hide what is below them. folds: with a level."""
        assert folds.level is not None
        deep, ups = folds.level - 1, {up for _, up, _ in self.seats}
        parted = {self.units[unit] for unit in self.parts - {NONE}}
        seats = {n for n in self.linked if n in ups
                 and (len(self.seats_above(n)) >= deep) != (f"seats:s{n:03}" in folds.turned)}  # fmt: skip
        units = {unit for unit in parted
                 if (len(self.around(unit)) > deep) != (panel_key(unit) in folds.turned)}  # fmt: skip
        return seats, units

    @property
    def boxes(self) -> Counter[str]:
        """How often each box is seen when everything is unfolded."""
        return Counter([f"seats:s{n:03}" for n in self.linked] + [key for key, _ in self.loose])

    @cached_property
    def dataset(self) -> Dataset:
        """Its records. Everyone came from one of three organizations in turn."""
        sourced = {"status": "reported", "source_ids": ["paper"]}
        organizations = [{"id": "body", "name": "The Body", **sourced}]
        organizations += [{"id": o, "name": o.title(), "color": f"c{n + 1}", **sourced} for n, o in enumerate(ORIGINS)]
        organizations += [
            {"id": place(n), "name": f"Unit {n}", "parent_id": place(up), **sourced} for n, up in enumerate(self.units)
        ]
        people, stints, seats, reports = [], [], [], []

        def joined(person: str, number: int, where: str, rank: int, seat: str | None = None) -> None:
            known = {"person_id": person, "kind": "employment", "role": "Maker", **sourced}
            day = f"2024-{number % 12 + 1:02}-01"
            stints.append(known | {"id": f"{person}-{rank}", "organization_id": where, "rank": rank, "start": day,
                                   "end": "..", "seat_id": seat})  # fmt: skip

        for n, (unit, up, held) in enumerate(self.seats):
            seat = f"s{n:03}"
            seats.append({"id": seat, "organization_id": place(unit), "rank": n, "title": f"Maker {n}", **sourced})
            if up != NONE:
                line = {"id": f"r{n:03}", "seat_id": seat, "to_seat_id": f"s{up:03}", "kind": "solid"}
                reports.append(line | sourced)
            if held:
                people.append({"id": f"h{n:03}", "name": f"Holder Number{n}", **sourced})
                before = {"id": f"h{n:03}-0", "person_id": f"h{n:03}", "organization_id": ORIGINS[n % 3], "rank": 0}
                stints.append(before | {"kind": "employment", "end": f"2024-{n % 12 + 1:02}-01", **sourced})
                joined(f"h{n:03}", n, place(unit), 1, seat)
        for n, units in enumerate(self.people):
            people.append({"id": f"p{n:03}", "name": f"Person Number{n}", **sourced})
            for rank, unit in enumerate(sorted(units), 1):
                joined(f"p{n:03}", n, place(unit), rank)
        source = {"id": "paper", "publisher": "The Paper", "published": "2026-01-31"}
        tables = {
            "organizations": organizations, "people": people, "stints": stints, "seats": seats, "reports": reports,
            "sources": [source],
        }  # fmt: skip
        return Dataset.of({name: frame_of(name, rows) for name, rows in tables.items() if rows})

    @cached_property
    def chart(self) -> OrgChart:
        """Its chart in the fixed font."""
        return chart_of(self.dataset, "body")


def place(unit: int) -> str:
    """The id of a unit, or of the body."""
    return "body" if unit == NONE else f"unit-{unit:03}"


def panel_key(unit: int) -> str:
    """The key of a unit, or of the body."""
    return f"organizations:{place(unit)}"


def chart_of(dataset: Dataset, focus: str, **options: object) -> OrgChart:
    """The chart of an organization in the fixed font; options: as of `Options`."""
    made = Options(**options)  # type: ignore[arg-type]  # options by name
    return OrgChart.of(dataset, OrgChartOptions(made, size=SIZE, focus=focus), fixed)


def seen(world: ChartWorld) -> Counter[str]:
    """How often each box is seen."""
    keys = world.chart.boxes.keys
    return Counter(keys[at] for at in world.plan.spots[0].tolist())


def panels_of(world: ChartWorld) -> dict[str, Rectangle]:
    """Left, top, right, bottom of each unit that is seen."""
    pairs = zip(world.plan.panels.panels, world.corners.tolist(), strict=True)
    return {panel.key: (x, y, x + panel.size[0], y + panel.size[1]) for panel, (x, y) in pairs}


def world_of(
    chart: OrgChart,
    folds: Folds | None = None,
    arrangement: Arrangement | None = None,
    size: tuple[float, float] = SIZE,
) -> ChartWorld:
    """The chart laid out; by default as much of it is unfolded as can be read."""
    return ChartWorld.of(chart, size, folds or Folds(), arrangement)


@st.composite
def bodies(draw: st.DrawFn, most: int = 14) -> Body:
    """Bodies of a few units, seats and people: some seats without lines, some empty, some people in several units."""
    units = tuple(draw(st.integers(NONE, n - 1)) for n in range(draw(st.integers(0, 5))))
    where = st.integers(NONE, len(units) - 1)
    above = (draw(st.integers(NONE, n - 1)) for n in range(draw(st.integers(0, most))))
    seats = tuple((draw(where), up, draw(st.booleans())) for up in above)
    people = draw(st.lists(st.frozensets(where, min_size=1, max_size=3), max_size=most))
    return Body(units, seats, tuple(people))


@st.composite
def folded(draw: st.DrawFn) -> tuple[Body, Folds]:
    """A body, and how it is folded by level and by hand."""
    body = draw(bodies())
    keys = [f"seats:s{n:03}" for n in body.linked] + [panel_key(n) for n in range(NONE, len(body.units))]
    return body, Folds(draw(st.sampled_from((DEEPEST, 1, 2, 3))), draw(st.frozensets(st.sampled_from(keys))))
