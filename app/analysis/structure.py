"""The structure of an organization on a day: its seats, who answers to whom, and the people of whom nobody knows it.

Seats and holders are those of the build-out (data.md, section 9). A report counts if it is known, not denied, and may
hold on the day; the seat that a line from inside leads to is shown too where it stands outside, one step up. No line is
ever guessed, and what a faulty line says is listed while its seats stay.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from app.analysis.buildout import CLOSED, VACANT, BuildOut, build_out
from app.analysis.careers import Careers
from app.analysis.known import known_rows
from app.analysis.order import Positions
from app.analysis.presence import present
from app.analysis.seats import NOBODY, Roster, left_out
from app.analysis.subordination import followed
from app.domain import dates
from app.domain.dataset import Dataset
from app.domain.dates import PAST
from app.domain.errors import Fault
from app.domain.index import ABSENT, Bools, Ints, codes
from app.domain.schema import STATUSES

CLOSED_SEATS, LATER_SEATS, LOOSE_LINES = "closed seats", "seats not yet there", "lines to seats not there"
"""Why seats and lines are left out."""
LEFT_OUT = {"denied": "denied seats", "not yet known": "seats not yet known"}
"""The same for what is left out of a build-out."""
REPORTS_TO = re.compile(r"(.+?) reports to (.+)")


@dataclass(frozen=True, slots=True)
class Line:
    """That a seat answers to another, as somebody says. seat, to: positions among the seats of the Structure; table,
    row: the record that says so, of reports or claims."""

    seat: int
    to: int
    table: str
    row: int


@dataclass(frozen=True, eq=False)
class Structure:
    """The seats of an organization and of all below it on a day, and what lies between them.

    build_outs, rosters: those of the organization, then those of organizations outside that seats answer to. seats:
    (s,) rows of the table seats, by rank, those outside at the end; part, place: (s,) which build-out holds a seat, and
    where; parent: (s,) the seat it answers to by a solid line, ABSENT if none is known; solid, dotted, disputed: lines,
    the first without those that a fault names; linked: (s,) whether a line is known at either end; unseated: positions
    in the Index of the stints of people there without a seat, one for each unit that a person is in but for those above
    another one of theirs, the earlier first; faults: what is wrong with lines; left_out: reasons and counts. Without
    seats and people everything is empty.
    """

    organization: int
    day: int
    build_outs: tuple[BuildOut, ...]
    rosters: tuple[Roster, ...]
    seats: Positions
    part: Positions
    place: Positions
    parent: Positions
    solid: tuple[Line, ...]
    dotted: tuple[Line, ...]
    disputed: tuple[Line, ...]
    unseated: Positions
    faults: tuple[Fault, ...]
    left_out: Mapping[str, int]

    @property
    def outside(self) -> Bools:
        """Seats of other organizations, (s,): shown because someone here answers to them."""
        found: Bools = self.part > 0
        return found

    @cached_property
    def linked(self) -> Bools:
        """Whether a line is known at either end of each seat, (s,). The others are the flat group."""
        ends = [end for line in (*self.solid, *self.dotted, *self.disputed) for end in (line.seat, line.to)]
        found: Bools = np.zeros(len(self.seats), dtype=np.bool_)
        found[ends] = True
        return found

    @classmethod
    def of(cls, dataset: Dataset, careers: Careers, organization: int, day: int) -> Structure:
        """The structure of an organization (a code) on a day, as known by the day of the careers."""
        own = build_out(dataset, careers, day, organization)
        roster = Roster.of(dataset, careers, own)
        shut, later = roster.state == CLOSED, _later(dataset, own, roster)
        shown = np.flatnonzero(~shut & ~later)
        rows = own.seats[shown].tolist()
        reports = _reports(dataset, careers, day)
        inside = set(own.seats.tolist())
        outside = [row for row in reports.managers(rows) if row not in inside]
        parts, rosters = [own], [roster]
        part, place = [0] * len(rows), shown.tolist()
        taken = set(rows)
        for other in _others(dataset, careers, outside, day):
            found = {int(row): n for n, row in enumerate(other.seats)}
            rosters.append(Roster.of(dataset, careers, other))
            wanted = [row for row in outside if row in found and row not in taken]
            taken.update(wanted)
            rows += wanted
            part += [len(parts)] * len(wanted)
            place += [found[row] for row in wanted]
            parts.append(other)
        solid, dotted, faults, loose = reports.lines(dataset, rows)
        parent = np.full(len(rows), ABSENT, dtype=np.intp)
        for line in solid:
            parent[line.seat] = line.to
        where = (np.array(rows, dtype=np.intp), np.array(part, dtype=np.intp), np.array(place, dtype=np.intp))
        holders = _holders(parts, rosters, part, place)
        counts = {LEFT_OUT[reason]: n for reason, n in left_out(dataset, careers, own).items()}
        counts |= {CLOSED_SEATS: int(shut.sum()), LATER_SEATS: int((later & ~shut).sum()), LOOSE_LINES: loose}
        return cls(
            organization, day, tuple(parts), tuple(rosters), *where, parent, solid, dotted,
            _disputed(dataset, careers, holders, parent), _unseated(dataset, careers, own, day), faults,
            {reason: n for reason, n in counts.items() if n},
        )  # fmt: skip


def _later(dataset: Dataset, own: BuildOut, roster: Roster) -> Bools:
    """Seats that nobody says were there on the day: without an opening day and a state, first held afterwards."""
    opened, _ = dates.bounds(dataset["seats"].get_column("opened").gather(own.seats))
    comes = np.zeros(len(own.seats), dtype=np.bool_)
    comes[own.holders.seat] = True
    unstated = np.array([not word for word in roster.stated], dtype=np.bool_)
    later: Bools = (roster.state == VACANT) & (roster.holder == NOBODY) & comes & unstated & (opened <= PAST)
    return later


@dataclass(frozen=True)
class _Reports:
    """Reports that count on the day: row, from, to (rows of seats, ABSENT), whether dotted, strength of evidence."""

    row: list[int]
    seat: list[int]
    to: list[int]
    is_dotted: list[bool]
    strength: list[int]

    def managers(self, rows: Sequence[int]) -> list[int]:
        """Seats that those of these rows answer to, each once."""
        own = set(rows)
        return list(dict.fromkeys(to for seat, to in zip(self.seat, self.to, strict=True) if seat in own and to >= 0))

    def lines(
        self, dataset: Dataset, rows: Sequence[int]
    ) -> tuple[tuple[Line, ...], tuple[Line, ...], tuple[Fault, ...], int]:
        """Solid lines, one a seat and none in a circle; dotted ones; what is wrong; how many lines lead to seats that
        are not there on the day. Stronger evidence goes first."""
        at = {row: n for n, row in enumerate(rows)}
        frame, ids = dataset["reports"], dataset["seats"].get_column("id")
        faults: list[Fault] = []
        solid: dict[int, Line] = {}
        dotted: list[Line] = []
        loose = 0

        def fault(row: int, code: str, message: str, remedy: str) -> None:
            faults.append(
                Fault(code, message, remedy, table="reports", id=str(frame.item(row, "id")), field="to_seat_id")
            )

        order = sorted(range(len(self.row)), key=lambda n: (-self.strength[n], self.row[n]))
        for n in order:
            row, seat, to = self.row[n], self.seat[n], self.to[n]
            if seat not in at:
                if seat < 0 and to in at:
                    fault(row, "dangling", "the seat that reports does not exist", "Name a seat that exists.")
                continue
            who = ids[seat]
            if to == seat:
                fault(row, "self", f"{who} reports to itself", "Name the seat that it answers to.")
            elif to < 0:
                fault(row, "dangling", f"{who} reports to a seat that does not exist", "Name a seat that exists.")
            elif to not in at:
                loose += 1
            elif self.is_dotted[n]:
                dotted.append(Line(at[seat], at[to], "reports", row))
            elif at[seat] in solid:
                fault(row, "second", f"{who} has a second solid line", "Make it dotted, or give both their dates.")
            else:
                solid[at[seat]] = Line(at[seat], at[to], "reports", row)
        for seat in _cuts(solid, len(rows)):
            line = solid.pop(seat)
            fault(line.row, "circle", f"{ids[rows[seat]]} reports to itself through others", "Break the circle.")
        return tuple(solid[n] for n in sorted(solid)), tuple(dotted), tuple(faults), loose


def reports_on(dataset: Dataset, careers: Careers, day: int, rows: Positions | None = None) -> Positions:
    """Which reports (rows; None: of all) count on a day: known, not denied, and there as far as their dates say; none
    that another one of its seat follows."""
    frame, known = dataset["reports"], known_rows(dataset, "reports", careers.known.day)
    rows = np.arange(frame.height) if rows is None else rows
    some = frame.select("seat_id", "kind", "status", "start", "end")[rows]
    (lo, _), (end, hi) = dates.bounds(some.get_column("start")), dates.bounds(some.get_column("end"))
    use = known[rows] & some["status"].ne_missing("denied").to_numpy() & (lo <= day) & (day + 1 < hi)
    use[use] = ~followed(some.filter(pl.Series(use)), lo[use], end[use], day)
    found: Positions = rows[use]
    return found


def _reports(dataset: Dataset, careers: Careers, day: int) -> _Reports:
    frame, ids = dataset["reports"], dataset["seats"].get_column("id")
    rows = reports_on(dataset, careers, day)
    used = frame[rows.tolist()]
    return _Reports(
        rows.tolist(),
        codes(used.get_column("seat_id"), ids).tolist(),
        codes(used.get_column("to_seat_id"), ids).tolist(),
        (used.get_column("kind") == "dotted").fill_null(value=False).to_list(),
        [STATUSES.index(status or "reported") for status in used.get_column("status")],
    )


def _others(dataset: Dataset, careers: Careers, outside: Sequence[int], day: int) -> list[BuildOut]:
    """The build-outs of the organizations of seats outside (rows) that seats inside answer to."""
    where = codes(
        dataset["seats"].get_column("organization_id").gather(list(outside)), dataset["organizations"].get_column("id")
    )
    found = [int(code) for code in dict.fromkeys(where.tolist()) if code != ABSENT]
    return [build_out(dataset, careers, day, code) for code in found]


def _cuts(solid: Mapping[int, Line], n: int) -> list[int]:
    """The smallest seat of every circle of lines."""
    seen, cuts = np.zeros(n, dtype=np.int64), []
    for start in sorted(solid):
        trail, at = [], start
        while at in solid and not seen[at]:
            seen[at] = start + 1
            trail.append(at)
            at = solid[at].to
        if at in solid and seen[at] == start + 1 and at in trail:
            cuts.append(min(trail[trail.index(at) :]))
    return cuts


def _holders(
    parts: Sequence[BuildOut], rosters: Sequence[Roster], part: Sequence[int], place: Sequence[int]
) -> dict[int, int]:
    """Code of a person → the seat that they hold, may hold or held last."""
    found: dict[int, int] = {}
    for seat, (p, at) in enumerate(zip(part, place, strict=True)):
        holder = int(rosters[p].holder[at])
        if holder != NOBODY:
            found.setdefault(int(parts[p].holders.person[holder]), seat)
    return found


def _disputed(dataset: Dataset, careers: Careers, holders: Mapping[int, int], parent: Positions) -> tuple[Line, ...]:
    """Lines that sources disagree about: disputed claims on the topic `A reports to B` about A, where A and B are each
    one holder; of several of B's name the one to whom others answer. None where the seat has a solid line."""
    frame = dataset["claims"]
    use = known_rows(dataset, "claims", careers.known.day)
    use &= (frame["status"] == "disputed").fill_null(value=False).to_numpy()
    use &= frame["ruling"].ne_missing("rejected").to_numpy()
    people = dataset["people"].select("id", "name")
    names: dict[str, set[int]] = {}
    for code in holders:
        name = str(people.item(code, "name") or "")
        for word in {name, name.split()[-1] if name else ""}:
            names.setdefault(word, set()).add(code)
    leading = set(parent.tolist())
    lines = []
    for row in np.flatnonzero(use).tolist():
        told = REPORTS_TO.fullmatch(str(frame.item(row, "topic") or ""))
        if told is None:
            continue
        about = set(frame.item(row, "about"))
        low = [code for code in names.get(told[1], ()) if f"people:{people.item(code, 'id')}" in about]
        high = list(names.get(told[2], ()))
        if len(high) > 1:
            high = [code for code in high if holders[code] in leading]
        if len(low) == len(high) == 1 and low != high and parent[holders[low[0]]] == ABSENT:
            lines.append(Line(holders[low[0]], holders[high[0]], "claims", row))
    return tuple(lines)


def _unseated(dataset: Dataset, careers: Careers, own: BuildOut, day: int) -> Positions:
    """Stints of people who are or may be there on the day and hold no seat there, one for each of their units but for
    those above another one of theirs, the earlier first. Nobody is in a unit before it can have been founded."""
    hierarchy, index = careers.levels.hierarchy, careers.index
    period = int(hierarchy.period(day))
    covered = hierarchy.below([own.organization], period)
    _, possible = present(careers, day)
    founded, _ = dates.bounds(dataset["organizations"].get_column("founded"))
    covered[:-1] &= founded <= day
    at = np.flatnonzero(possible & covered[index.organization])
    at = at[~np.isin(index.person[at], own.holders.person)]
    pair = index.person[at].astype(np.int64) * (len(covered) + 1) + index.organization[at]
    at = at[np.sort(np.unique(pair, return_index=True)[1])]  # of one person together, the earlier stint first
    at = at[_lowest(index.person[at], index.organization[at], hierarchy.parents(period))]
    found: Positions = at[np.lexsort((index.person[at], careers.proven.start_lo[at]))]
    return found


def _lowest(person: Ints, unit: Ints, parents: Ints) -> Bools:
    """Of pairs of person and unit, sorted by person, those whose unit stands above no other unit of the person."""
    kept = np.ones(len(person), dtype=np.bool_)
    several = np.flatnonzero(np.bincount(person)[person] > 1) if len(person) else np.zeros(0, dtype=np.intp)
    of: dict[int, dict[int, int]] = {}
    for at in several.tolist():
        of.setdefault(int(person[at]), {})[int(unit[at])] = at
    for units in of.values():
        for own in units:
            above = int(parents[own])
            while above != ABSENT:
                if above in units:
                    kept[units[above]] = False
                above = int(parents[above])
    return kept


def depths(parent: Positions) -> Ints:
    """How far each seat stands below its root, (s,); 0 for a root. By pointer jumping; no circles."""
    n = len(parent)
    up = np.append(np.where(parent == ABSENT, n, parent), n)
    deep = np.append((parent != ABSENT).astype(np.int32), np.int32(0))
    while (up != n).any():
        deep += deep[up]
        up = up[up]
    return deep[:-1]
