"""The people that a mark stands for: who they are, by which moves, and what else stands for the same.

`crowd_of` answers for what means the same in every picture. What only one picture means by a mark, as the others of a
Sankey or one period of an alluvial picture, that picture says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from app.analysis.moves import keys
from app.analysis.presence import present
from app.domain import dates
from app.domain.index import ABSENT, Bools
from app.domain.schema import TABLES
from app.pictures import reach
from app.pictures.gathered import Gathered
from app.pictures.histogram import LONGEST, quarter_number, quarter_start
from app.pictures.tally_keys import meant

Positions = npt.NDArray[np.intp]

QUARTER = "group:quarter:"
"""Before the first day of a quarter: those who moved in it, or may have."""


@dataclass(frozen=True, slots=True)
class Crowd:
    """name: what they have in common; noun: for the kind of mark; people: ids, each once, in the order in which they
    are told; moves: keys of the moves by which they stand there, none where they stayed; records: keys of the records
    that other pictures and tables have for the same mark."""

    name: str
    noun: str
    people: tuple[str, ...]
    moves: tuple[str, ...] = ()
    records: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """What stands for it where its own mark does not: its records, else its moves and whoever made none."""
        return self.records or (*self.moves, *(f"people:{person}" for person in self.people if not self.moves))


def crowd_of(gathered: Gathered, key: str) -> Crowd | None:
    """The people of a record, a flow, a move, a quarter or moves that are counted together; None for what stands for no
    people."""
    if key.startswith(QUARTER):
        return _of_quarter(gathered, key.removeprefix(QUARTER))
    if meant(key) is not None:
        rows = reach.rows_of(gathered, key)
        return of_moves(gathered, rows, reach.named(gathered, key), "bar") if len(rows) else None
    kind, _, rest = key.partition(":")
    make = _MAKERS.get(kind)
    found = make(gathered, rest) if make is not None else None
    if found is None or not found.people:
        return None
    noun = TABLES[kind].noun if kind in TABLES else kind
    return replace(found, name=reach.named(gathered, key), noun=noun, records=(key,))


def of_moves(gathered: Gathered, rows: Positions, name: str, noun: str) -> Crowd:
    """Those who made some of the gathered moves, by day, the undated last."""
    moves = gathered.moves
    rows = rows[np.lexsort((rows, moves.joined[rows], moves.undated[rows]))]
    ids = gathered.dataset["people"].get_column("id")
    people = tuple(dict.fromkeys(ids.gather(moves.person[rows])))
    return Crowd(name, noun, people, tuple(keys(gathered.dataset, moves.take(rows))))


def of_people(gathered: Gathered, codes: Iterable[int], name: str, noun: str) -> Crowd:
    """People by their codes, in the order of their names."""
    frame = gathered.dataset["people"]
    found = frame.select("id", "name")[sorted(set(codes))]
    ordered = sorted((name or row_id, row_id) for row_id, name in found.iter_rows())
    return Crowd(name, noun, tuple(row_id for _, row_id in ordered))


def of_all(crowds: Iterable[Crowd | None], name: str, noun: str) -> Crowd | None:
    """Several as one; None for nobody."""
    found = [crowd for crowd in crowds if crowd is not None]
    people = tuple(dict.fromkeys(person for crowd in found for person in crowd.people))
    moves = tuple(dict.fromkeys(move for crowd in found for move in crowd.moves))
    return Crowd(name, noun, people, moves) if people else None


def ends_at(gathered: Gathered, codes: Sequence[int]) -> tuple[Bools, Bools]:
    """Which of the gathered moves leave one of some organizations, and which join one, (m,) each."""
    return np.isin(gathered.moves.origin, codes), np.isin(gathered.moves.destination, codes)


def members(gathered: Gathered, code: int) -> Bools:
    """Which stints, (n,) in the order of the Index, are surely at an organization on the as-of day, or at one that
    counts as it; of a unit that counts as another one, at it or below it."""
    careers, day = gathered.careers, gathered.as_of
    organization = gathered.dataset.index.organization
    levels = careers.levels
    own = levels.at(np.array([code], dtype=np.int32), day)[0]
    if own == code:
        inside = levels.at(organization, day) == code
    else:
        hierarchy = levels.hierarchy
        inside = hierarchy.below([code], int(hierarchy.period(day)))[organization]
    there: Bools = present(careers, day)[0] & inside
    return there


def _organization(gathered: Gathered, rest: str) -> Crowd | None:
    """Who is there on the as-of day, came or went."""
    code = gathered.dataset.position("organizations", rest)
    if code is None:
        return None
    there = np.unique(gathered.dataset.index.person[members(gathered, code)])
    now = of_people(gathered, there[there != ABSENT].tolist(), "", "")
    left, joined = ends_at(gathered, [code])
    return of_all((now, of_moves(gathered, np.flatnonzero(left | joined), "", "")), "", "")


def _flow(gathered: Gathered, rest: str) -> Crowd | None:
    a, _, b = rest.partition(">")
    codes = [gathered.dataset.position("organizations", end) for end in (a, b)]
    if None in codes:
        return None
    rows = (gathered.moves.origin == codes[0]) & (gathered.moves.destination == codes[1])
    return of_moves(gathered, np.flatnonzero(rows), "", "")


def _person(gathered: Gathered, rest: str) -> Crowd | None:
    there = gathered.dataset.position("people", rest) is not None
    return Crowd("", "", (rest,), tuple(reach.moves_of(gathered, f"people:{rest}"))) if there else None


def _move(gathered: Gathered, rest: str) -> Crowd | None:
    person = reach.person_of(gathered, f"move:{rest}")
    return Crowd("", "", (person,), (f"move:{rest}",)) if person else None


def _stint(gathered: Gathered, rest: str) -> Crowd | None:
    row = gathered.dataset.row("stints", rest)
    return _person(gathered, str(row["person_id"])) if row is not None else None


def _seat(gathered: Gathered, rest: str) -> Crowd | None:
    return Crowd("", "", tuple(reach.people_of(gathered, f"seats:{rest}")))


def _line(gathered: Gathered, rest: str) -> Crowd | None:
    row = gathered.dataset.row("reports", rest)
    ends = (row["seat_id"], row["to_seat_id"]) if row is not None else ()
    return of_all((_seat(gathered, str(end)) for end in ends), "", "")


def _target(gathered: Gathered, rest: str) -> Crowd | None:
    """Who holds, or has held, a seat that counts for it."""
    row, data = gathered.dataset.row("targets", rest), gathered.dataset
    code = data.position("organizations", row["organization_id"]) if row is not None else None
    if code is None:
        return None
    hierarchy = gathered.careers.levels.hierarchy
    inside = hierarchy.below([code], int(hierarchy.period(gathered.as_of)))
    seats = data["seats"].select("id", "organization_id").iter_rows()
    held = [i for i, o in seats if (at := data.position("organizations", o or "")) is not None and inside[at]]
    return of_all((_seat(gathered, seat) for seat in held), "", "")


def _claim(gathered: Gathered, rest: str) -> Crowd | None:
    """The people, moves and flows that a claim is about."""
    row = gathered.dataset.row("claims", rest)
    about = [
        key for key in (row["about"] if row is not None else ()) if not key.startswith(("organizations", "claims"))
    ]
    return of_all((crowd_of(gathered, key) for key in about), "", "")


def _of_quarter(gathered: Gathered, rest: str) -> Crowd | None:
    """Whoever moved in a quarter, those too of whom only the year is known, if it may be this quarter."""
    day, moves = dates.parse(rest).earliest, gathered.moves
    end = quarter_start(quarter_number(day) + 1)
    vague = moves.joined_hi - moves.joined_lo > LONGEST
    exact = ~vague & (moves.joined >= day) & (moves.joined < end)
    perhaps = vague & (moves.joined < end) & (moves.joined_hi > day)
    rows = np.flatnonzero(~moves.undated & (exact | perhaps))
    name = f"Moves in Q{quarter_number(day) % 4 + 1} {rest[:4]}"
    return of_moves(gathered, rows, name, "quarter") if len(rows) else None


_MAKERS: dict[str, Callable[[Gathered, str], Crowd | None]] = {
    "organizations": _organization, "flow": _flow, "people": _person, "move": _move, "stints": _stint, "seats": _seat,
    "reports": _line, "targets": _target, "claims": _claim,
}  # fmt: skip
