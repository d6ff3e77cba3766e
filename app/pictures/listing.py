"""Moves, people and organizations of a picture as tables: the twin in rows of what is drawn. For seats see
`listing_seats`.

A listing is made at once, however many rows it has; see `columns` for what is made when. It holds no text a row, and
its rows stand in the order of the data until they are sorted.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial

import numpy as np
import numpy.typing as npt
import polars as pl

from app.analysis.moves import keys
from app.analysis.presence import KnownPeople, known_people, present
from app.domain import dates
from app.domain.index import ABSENT, SEARCHED, Bools, Ints, codes
from app.domain.parallel import at_once
from app.domain.schema import STATUSES
from app.pictures.columns import LAST, NOT_KNOWN, Column, Days, Numbers, Pool, Rows, Words, folded_word
from app.pictures.flowmap import FlowMap
from app.pictures.listing_desk import Desk

Codes = npt.NDArray[np.integer]

NO_ROWS: Rows = np.empty(0, dtype=np.intp)


@dataclass(frozen=True, eq=False)
class Listing:
    """n rows under named columns.

    table: `moves`, `people`, `organizations` or `seats`; noun: for one row; key: rows → keys as in a Scene; places: a
    key → the rows it stands for, none if it is not in the listing; first: the column it is sorted by unless the user
    says otherwise, and whether from the highest down; missing: what to add where the dataset has no such row; at_once:
    ids of its own table → the row of each, ABSENT for none, where to look for many of them one by one would take long.
    """

    table: str
    noun: str
    n: int
    columns: tuple[Column, ...]
    keys: Callable[[Rows], list[str]]
    places: Callable[[str], Rows]
    first: tuple[int, bool]
    missing: str = ""
    at_once: Callable[[Sequence[str]], Ints] | None = None

    def texts(self, column: int, rows: Rows) -> list[str]:
        """What stands in a column of some rows; blank where there is nothing to say."""
        return self.columns[column].cells.texts(rows)

    def details(self, column: int, rows: Rows) -> list[str]:
        """What more there is to tell of those cells; blank where the text says all."""
        return self.columns[column].cells.details(rows)

    def marks(self, column: int, rows: Rows) -> list[str]:
        """Ids of the organizations whose colours stand before the texts; blank for none."""
        marks = self.columns[column].marks
        return [""] * len(rows) if marks is None else marks(rows)

    def sort_order(self, column: int, descending: bool = False) -> Rows:
        """All rows, (n,), in the order of a column: numbers by value, dates by nominal day, statuses from weak to
        strong, texts whatever their case and accents. Equal rows keep their order; what is not known stands last either
        way.

        A rank and its row are packed into one 64-bit number: sorting numbers is four times as fast as a stable argsort.
        """
        if not self.n:
            return np.empty(0, dtype=np.intp)
        ranks = self.columns[column].cells.ranks.astype(np.int64)
        unknown = ranks == LAST
        low, high = (int(f(ranks, where=~unknown, initial=i)) for f, i in ((np.min, LAST), (np.max, -LAST)))
        steps = high - ranks if descending else ranks - low
        steps[unknown] = max(high - low, 0) + 1
        bits = self.n.bit_length()
        order: Rows = np.sort((steps << bits) | np.arange(self.n)) & ((1 << bits) - 1)
        return order

    def matches(self, text: str, columns: Sequence[int] | None = None) -> Bools:
        """(n,) rows in which every word of a text is found, each in some column, whatever case and accents; all rows
        for a blank text. columns: the only ones to look into."""
        among = self.columns if columns is None else [self.columns[number] for number in columns]
        passed = np.ones(self.n, dtype=np.bool_)
        for word in folded_word(text).split():
            found = np.zeros(self.n, dtype=np.bool_)
            for here in at_once([partial(column.cells.matching, word) for column in among], self.n):
                if here is not None:
                    found |= here
            passed &= found
        return passed

    def rows_of(self, keys: Sequence[str]) -> Rows:
        """The rows that keys stand for, each once, in the order of the keys; keys of other things are passed over."""
        own = f"{self.table}:"
        mine = [key.removeprefix(own) for key in keys if key.startswith(own)] if self.at_once is not None else []
        if self.at_once is None or len(mine) <= SEARCHED:
            found = [self.places(key) for key in keys]
        else:
            each = iter(np.split(self.at_once(mine).astype(np.intp), len(mine)))
            found = [next(each) if key.startswith(own) else self.places(key) for key in keys]
            found = [rows[rows != ABSENT] for rows in found]
        rows = np.concatenate(found) if found else np.empty(0, dtype=np.intp)
        return rows[np.sort(np.unique(rows, return_index=True)[1])]


def moves(picture: FlowMap) -> Listing:
    """The moves that a picture lets through, one a row: who, from where, where to, when, how sure, who says so.

    Dates are those recorded, else `not known`. A flow stands for its moves, a person for theirs.
    """
    desk = Desk(picture.gathered)
    gathered, careers, these = desk.gathered, desk.gathered.careers, picture.gathered.moves
    known, stints, index = careers.known, gathered.dataset["stints"], careers.index
    end, start, announced = (stints.get_column(name) for name in ("end", "start", "announced"))
    statuses = Pool(pl.Series(STATUSES), ranks=np.arange(len(STATUSES), dtype=np.int32))
    left = Days(lambda: these.left_stint, known.end_lo, known.end_hi, known.end_lo, index.row, end)
    joined = Days(
        lambda: these.joined_stint, known.start_lo, known.start_hi, known.nominal, index.row, start, announced
    )
    ends = (index.row[these.joined_stint], index.row[these.left_stint])
    columns = (
        Column("Person", "person", 188, Words(desk.names, lambda: these.person), desk.ids_of(lambda: these.origin)),
        desk.organization("From", 168, lambda: these.origin),
        desk.organization("To", 168, lambda: these.destination),
        Column("Left", "date", 108, left),
        Column("Joined", "date", 108, joined),
        Column("Status", "status", 108, Words(statuses, lambda: these.status)),
        Column("Sources", "text", 190, desk.sources("stints", *ends)),
    )

    @cache
    def by_stint() -> Ints:
        """Row of the stints table → row of the listing whose joined stint it is."""
        found = np.full(stints.height, ABSENT, dtype=np.int32)
        found[ends[0]] = np.arange(len(these), dtype=np.int32)
        return found

    def places(key: str) -> Rows:
        table, _, rest = key.partition(":")
        if table == "people":
            person = gathered.dataset.position("people", rest)
            return np.flatnonzero(these.person == person) if person is not None else NO_ROWS
        a, _, b = rest.partition(">")
        if table == "flow":
            origin, destination = (gathered.dataset.position("organizations", i) for i in (a, b))
            if origin is None or destination is None:
                return NO_ROWS
            return np.flatnonzero((these.origin == origin) & (these.destination == destination))
        stint = gathered.dataset.position("stints", b) if table == "move" else None
        row = int(by_stint()[stint]) if stint is not None else ABSENT
        return np.array([row], dtype=np.intp) if row != ABSENT else NO_ROWS

    return Listing(
        "moves", "move", len(these), columns, lambda rows: keys(gathered.dataset, these.take(rows)), places, (4, True)
    )


def people(picture: FlowMap) -> Listing:
    """The people that a picture lets through: where they are on the as-of day, since when, how often they moved.

    Where only the widest bounds of a stint hold the day, the organization reads `perhaps`. A move stands for its
    person.
    """
    desk = Desk(picture.gathered)
    gathered, careers, these = desk.gathered, desk.gathered.careers, picture.gathered.moves
    data, known, index = gathered.dataset, desk.gathered.careers.known, desk.gathered.careers.index
    frame, stints = data["people"], data["stints"]
    at = np.flatnonzero(desk.selection.people)

    @cache
    def now() -> tuple[Codes, Bools]:
        """The stint of each row on the as-of day, the last one begun, ABSENT for none; whether it is only possible."""
        certain, possible = present(careers, gathered.as_of)
        stint, sure = np.full(frame.height, ABSENT, dtype=np.int32), np.zeros(frame.height, dtype=np.bool_)
        for which in (possible, certain):  # a certain one wins; the index is in the order of time
            found = np.flatnonzero(which)
            stint[index.person[found]] = found
        sure[index.person[np.flatnonzero(certain)]] = True
        return stint[at], ~sure[at] & (stint[at] != ABSENT)

    @cache
    def where() -> Codes:
        return careers.levels.at(_through(index.organization, now()[0]), gathered.as_of)

    @cache
    def stint_row() -> Codes:
        return _through(index.row, now()[0])

    @cache
    def came_from() -> Codes:
        """Where each came from by the last move, whose colour they wear."""
        found = np.full(frame.height, ABSENT, dtype=np.int32)
        found[these.person] = these.origin
        return found[at]

    n_moves = cache(lambda: np.bincount(these.person, minlength=frame.height).astype(np.int32)[at])
    begun = Days(
        lambda: now()[0],
        known.start_lo,
        known.start_hi,
        known.nominal,
        index.row,
        stints.get_column("start"),
        stints.get_column("announced"),
    )
    expertise = Pool(frame.get_column("expertise"), lambda lists: lists.list.join(", ").fill_null(""))
    columns = (
        Column("Name", "person", 184, Words(desk.names, lambda: at), desk.ids_of(came_from)),
        Column(
            "Organization now",
            "organization",
            180,
            Words(desk.labels, where, lambda: now()[1], desk.full_names(where), NOT_KNOWN),
            desk.ids_of(where),
        ),
        Column("Role", "text", 190, Words(Pool(stints.get_column("role")), stint_row)),
        Column("Since", "date", 92, begun),
        Column("Expertise", "text", 176, Words(expertise, lambda: at)),
        Column("Moves", "number", 64, Numbers(n_moves)),
        Column("Sources", "text", 150, desk.sources("people", at)),
    )
    ids = frame.get_column("id")

    def places(key: str) -> Rows:
        table, _, rest = key.partition(":")
        person = data.position("people", rest) if table == "people" else None
        if table == "move":
            person = data.position("people", (data.row("stints", rest.partition(">")[2]) or {}).get("person_id") or "")
        return np.flatnonzero(at == person) if person is not None else NO_ROWS

    def keys_of(rows: Rows) -> list[str]:
        return [f"people:{i}" for i in ids.gather(at[rows])]

    def rows_of_people(wanted: Sequence[str]) -> Ints:
        row = np.full(frame.height + 1, ABSENT, dtype=np.int32)
        row[at] = np.arange(len(at), dtype=np.int32)
        return row[codes(pl.Series(wanted, dtype=pl.String), ids)]

    return Listing("people", "person", len(at), columns, keys_of, places, (0, False), at_once=rows_of_people)


def organizations(picture: FlowMap) -> Listing:
    """The organizations that a picture lets through, and those its moves begin or end at: known people on the as-of
    day, how many came and went. One that counts as another at the level (a unit of a company) has no numbers.
    """
    desk = Desk(picture.gathered)
    gathered, careers, these = desk.gathered, desk.gathered.careers, picture.gathered.moves
    frame, day = gathered.dataset["organizations"], desk.gathered.as_of
    came, went = (
        np.bincount(end, minlength=frame.height).astype(np.int32) for end in (these.destination, these.origin)
    )
    everyone = np.arange(frame.height, dtype=np.int32)
    counted_as = careers.levels.at(everyone, day)
    at = np.flatnonzero(desk.selection.organizations | (came > 0) | (went > 0))
    parents = careers.levels.hierarchy.parents(int(careers.levels.hierarchy.period(day)))
    known = cache(lambda: known_people(careers, day))
    within = (counted_as != everyone) & (came == 0) & (went == 0)

    def number(values: Callable[[], Ints]) -> Callable[[], Ints]:
        return cache(lambda: np.where(within, np.int32(LAST), values())[at])

    def counted(rows: Rows) -> list[str]:
        return [f"Counted as {gathered.labels[code]}" for code in counted_as[at[rows]].tolist()]

    def people_of(which: Callable[[KnownPeople], Ints]) -> Callable[[], Ints]:
        return number(lambda: which(known()))

    founded = frame.get_column("founded")
    lo, hi = dates.bounds(founded)
    hq = frame.select(pl.concat_str("hq_city", "hq_country", separator=", ", ignore_nulls=True)).to_series()
    columns = (
        Column("Name", "organization", 236, Words(desk.full, lambda: at), desk.ids_of(lambda: at)),
        Column("Kind", "text", 100, Words(Pool(frame.get_column("kind")), lambda: at)),
        desk.organization("Parent", 150, lambda: parents[at]),
        Column(
            "Known people",
            "number",
            104,
            Numbers(people_of(lambda k: k.certain), upto=people_of(lambda k: k.possible), blank=counted),
        ),
        Column("In", "number", 56, Numbers(number(lambda: came), blank=counted)),
        Column("Out", "number", 56, Numbers(number(lambda: went), blank=counted)),
        Column("Net", "number", 60, Numbers(number(lambda: came - went), signed=True, blank=counted)),
        Column("Founded", "date", 100, Days(lambda: at, lo, hi, lo, everyone, founded)),
        Column("HQ", "text", 150, Words(Pool(hq), lambda: at)),
    )

    def places(key: str) -> Rows:
        table, _, rest = key.partition(":")
        code = gathered.dataset.position("organizations", rest) if table == "organizations" else None
        return np.flatnonzero(at == code) if code is not None else NO_ROWS

    return Listing(
        "organizations",
        "organization",
        len(at),
        columns,
        lambda rows: [f"organizations:{gathered.ids[code]}" for code in at[rows].tolist()],
        places,
        (4, True),
    )


def _through(values: Ints, at: Codes) -> Ints:
    """Values by place; ABSENT for ABSENT."""
    found: Ints = np.append(values, np.int32(ABSENT))[at]
    return found
