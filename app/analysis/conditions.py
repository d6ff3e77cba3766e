"""What a condition of a lens lets through: people, stints, or moves, as masks.

An organization term means the organization and all that stand below it on the day in question (the left day for `from`,
the joined day for `to`), by what is recorded, whatever the level; `organization` means either end of a move. Words are
found in any case and in part, names as `names.find` does. Days are nominal ones; what has no day meets no comparison,
and so neither `joined<2025` nor `joined>=2025`. `status` is that of the move (the weaker stint's) or of the stint,
exactly. Of a move everything else that stints have is asked of the stint joined, sources and claims of both.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from app.analysis.careers import Careers
from app.analysis.known import first_known, known_rows
from app.analysis.moves import Moves
from app.analysis.names import find
from app.analysis.naming import naming
from app.analysis.steps import first_day, left_day
from app.domain import dates
from app.domain.dataset import Dataset
from app.domain.dates import FUTURE, PAST, Span
from app.domain.index import ABSENT, STINT_KINDS, Bools, Bytes, Ints, codes
from app.domain.lens import FIELDS, RANGE, AllOf, Condition, Not, Term, terms_of
from app.domain.schema import STATUSES


@dataclass(frozen=True, eq=False)
class Conditions:
    """Conditions made ready for one Dataset and its careers. named: the codes that each term means which names an
    organization or a person."""

    dataset: Dataset
    careers: Careers
    named: dict[Term, list[int]]
    _kept: dict[Term, Bools] = field(default_factory=dict)

    @classmethod
    def of(cls, dataset: Dataset, careers: Careers, conditions: Sequence[Condition]) -> Conditions:
        """Raises UsageError, with close matches, for a name that fits no person or organization."""
        tables = {"organization": "organizations", "person": "people"}
        named = {
            term: find(dataset, tables[FIELDS[term.field].kind], term.value, term.field)
            for condition in conditions
            for term in terms_of(condition)
            if FIELDS[term.field].kind in tables
        }
        return cls(dataset, careers, named)

    def people(self, condition: Condition) -> Bools:
        """Who meets a condition that asks of people alone, (people + 1,); the last place answers for ABSENT."""
        return _met(condition, self._of_people)

    def stints(self, condition: Condition) -> Bools:
        """Which stints meet a condition that asks of no move, (n,) in the order of the Index."""
        return _met(condition, self._of_stints)

    def moves(self, condition: Condition, moves: Moves) -> Bools:
        """Which of some moves (or of the steps left out) meet any condition, (m,)."""
        return _met(condition, lambda term: self._of_moves(term, moves))

    def _of_people(self, term: Term) -> Bools:
        if term not in self._kept:
            self._kept[term] = np.append(self._person(term), False)
        return self._kept[term]

    def _person(self, term: Term) -> Bools:
        frame = self.dataset["people"]
        if term.field == "person":
            return mask(np.array(self.named[term], dtype=np.intp), frame.height)
        if term.field == "expertise":
            entry = pl.element().str.to_lowercase().str.contains(term.value.lower(), literal=True)
            fits = frame.select(pl.col("expertise").list.eval(entry).list.any()).to_series().fill_null(value=False)
            found: Bools = fits.to_numpy()
            return found
        moved = np.bincount(self.careers.moves.person, minlength=frame.height)
        return compared(moved, term)

    def _of_stints(self, term: Term) -> Bools:
        if FIELDS[term.field].scope == "people":
            return self._of_people(term)[self.careers.index.person]
        if term not in self._kept:
            self._kept[term] = self._stint(term)
        return self._kept[term]

    def _stint(self, term: Term) -> Bools:
        index, known = self.careers.index, self.careers.known
        match term.field:
            case "organization":
                begun = first_day(known.start_lo, known.start_hi)
                return self.careers.levels.hierarchy.within(index.organization, begun, self.named[term])
            case "status":
                return _is(index.status, STATUSES.index(term.value))
            case "kind":
                return _is(index.kind, STINT_KINDS.index(term.value))
            case "role" | "unit":
                return _holds(self.dataset["stints"].get_column(term.field), term.value)[index.row]
            case "start":
                return compared(known.nominal, term) & (known.start_lo > PAST)
            case "end":
                return compared(known.end_lo, term) & (known.end_lo > PAST) & (known.end_lo < FUTURE)
            case "at":
                return self._there(dates.parse(term.value))
            case "seat":
                return self._seated(_holds(self.dataset["seats"].get_column("title"), term.value))
            case "state":
                state = self.dataset["seats"].get_column("state")
                return self._seated((state == term.value).fill_null(value=False).to_numpy())
            case "source":
                return self._citing(term.value)
            case "sources":
                return compared(self.dataset["stints"].get_column("source_ids").list.len().to_numpy()[index.row], term)
            case "published":
                day = first_known(self.dataset, "stints")[index.row]
                return compared(day, term) & (day > PAST)
            case _:
                return self._claimed(term)[0]

    def _of_moves(self, term: Term, moves: Moves) -> Bools:
        match term.field:
            case "from":
                return self._left_within(moves, self.named[term])
            case "to":
                return self._joined_within(moves, self.named[term])
            case "organization":
                codes = self.named[term]
                return self._left_within(moves, codes) | self._joined_within(moves, codes)
            case "after":
                return ~moves.undated & (moves.joined >= dates.parse(term.value).earliest)
            case "before":
                return ~moves.undated & (moves.joined < dates.parse(term.value).earliest)
            case "joined":
                return ~moves.undated & compared(moves.joined, term)
            case "left":
                return compared(moves.left_lo, term) & (moves.left_lo > PAST)
            case "flow":
                return compared(self._together(moves), term)
            case "status":
                return _is(moves.status, STATUSES.index(term.value))
            case "sources":
                return compared(self._cited(moves), term)
            case "source":
                found = self._of_stints(term)
                return found[moves.left_stint] | found[moves.joined_stint]
            case "claim" | "ruling":
                return self._spoken_of(moves, term)
        return self._of_stints(term)[moves.joined_stint]

    def _left_within(self, moves: Moves, wanted: list[int]) -> Bools:
        on = left_day(self.careers.known, moves.left_stint, moves.left_lo, moves.left_hi)
        return self._within(moves.left_stint, on, wanted)

    def _joined_within(self, moves: Moves, wanted: list[int]) -> Bools:
        return self._within(moves.joined_stint, first_day(moves.joined_lo, moves.joined_hi), wanted)

    def _within(self, stints: npt.NDArray[np.intp], on: Ints, wanted: list[int]) -> Bools:
        return self.careers.levels.hierarchy.within(self.careers.index.organization[stints], on, wanted)

    def _together(self, moves: Moves) -> npt.NDArray[np.intp]:
        """How many moves on record go the way of each, (m,)."""
        every, n = self.careers.moves, self.dataset["organizations"].height
        ways, counts = np.unique(every.origin.astype(np.int64) * n + every.destination, return_counts=True)
        if not len(ways):
            return np.zeros(len(moves), dtype=np.intp)
        asked = moves.origin.astype(np.int64) * n + moves.destination
        at = np.minimum(np.searchsorted(ways, asked), len(ways) - 1)
        return np.where(ways[at] == asked, counts[at], 0)

    def _there(self, span: Span) -> Bools:
        """Stints that may run on a day of a span."""
        proven = self.careers.proven
        there: Bools = (proven.start_lo < span.latest) & (span.earliest < proven.end_hi - 1)
        return there

    def _seated(self, seats: Bools) -> Bools:
        """Stints that name one of some seats."""
        return np.append(seats, False)[naming(self.dataset).seat]

    def _citing(self, text: str) -> Bools:
        """Stints that cite a source in whose publisher, title or address a text stands."""
        sources = self.dataset["sources"]
        found = _holds(sources.get_column("publisher"), text) | _holds(sources.get_column("title"), text)
        found |= _holds(sources.get_column("url"), text)
        ids = sources.get_column("id").filter(pl.Series(found))
        cited = self.dataset["stints"].get_column("source_ids")
        fits = cited.list.eval(pl.element().is_in(ids.implode())).list.any().fill_null(value=False)
        citing: Bools = fits.to_numpy()[self.careers.index.row]
        return citing

    def _cited(self, moves: Moves) -> npt.NDArray[Any]:
        """How many sources say so of each move: those of both stints, each once."""
        cited, row = self.dataset["stints"].get_column("source_ids"), self.careers.index.row
        both = pl.DataFrame({"a": cited.gather(row[moves.left_stint]), "b": cited.gather(row[moves.joined_stint])})
        return both.select(pl.col("a").list.set_union("b").list.len()).to_series().to_numpy()

    def _claimed(self, term: Term) -> tuple[Bools, list[tuple[str, str]]]:
        """Stints that claims speak of, by person, by seat or by themselves; and the flows that they speak of."""
        claims = self.dataset["claims"]
        if term.field == "claim":
            fits = _holds(claims.get_column("topic"), term.value) | _holds(claims.get_column("text"), term.value)
        else:
            fits = (claims.get_column("ruling").fill_null("open") == term.value).to_numpy()
        fits = fits & known_rows(self.dataset, "claims", self.careers.known.day)
        fits &= claims.get_column("status").ne_missing("denied").to_numpy()
        about = claims.get_column("about").filter(pl.Series(fits)).explode().drop_nulls().unique().to_list()
        by_table: dict[str, list[str]] = {}
        for name in about:
            table, _, rest = name.partition(":")
            by_table.setdefault(table, []).append(rest)

        def meant(table: str) -> Bools:
            ids = pl.Series(by_table.get(table, []), dtype=pl.String)
            at = codes(ids, self.dataset[table].get_column("id"))
            return mask(at[at != ABSENT], self.dataset[table].height)

        index = self.careers.index
        found = (
            np.append(meant("people"), False)[index.person] | meant("stints")[index.row] | self._seated(meant("seats"))
        )
        flows = [(a, b) for a, sign, b in (rest.partition(">") for rest in by_table.get("flow", [])) if sign]
        return found, flows

    def _spoken_of(self, moves: Moves, term: Term) -> Bools:
        stints, flows = self._claimed(term)
        found = stints[moves.left_stint] | stints[moves.joined_stint]
        for ends in flows:
            origin, destination = (self.dataset.position("organizations", end) for end in ends)
            if origin is not None and destination is not None:
                found |= self._left_within(moves, [origin]) & self._joined_within(moves, [destination])
        return found


def compared(values: npt.NDArray[Any], term: Term) -> Bools:
    """Which numbers or days compare with the value of a term as it says: equal to, within, below, above."""
    low, high = _bounds(term)
    match term.comparison:
        case "<":
            return values < low
        case "<=":
            return values < high
        case ">":
            return values >= high
        case ">=":
            return values >= low
    within: Bools = (values >= low) & (values < high)
    return within


def _bounds(term: Term) -> tuple[int, int]:
    """[first, end) of the days or numbers that a value means; a range without an end is open there."""
    first, sign, last = term.value.partition(RANGE)
    if FIELDS[term.field].kind == "date":
        low = dates.parse(first).earliest
        high = dates.parse(last if sign else first).latest
        return low, high
    low = int(first) if first else 0
    return low, (int(last) if sign else low) + 1 if last or not sign else FUTURE


def mask(found: npt.NDArray[Any], n: int) -> Bools:
    """Positions (ABSENT is passed over) → mask (n,)."""
    made = np.zeros(n + 1, dtype=np.bool_)
    made[found] = True
    return made[:-1]


def _is(codes: Bytes, code: int) -> Bools:
    found: Bools = codes == code
    return found


def _met(condition: Condition, of_term: Callable[[Term], Bools]) -> Bools:
    match condition:
        case Term():
            return of_term(condition)
        case Not(part):
            return ~_met(part, of_term)
    met = [_met(part, of_term) for part in condition.parts]
    found: Bools = (np.logical_and if isinstance(condition, AllOf) else np.logical_or).reduce(met)
    return found


def _holds(column: pl.Series, text: str) -> Bools:
    """Which texts hold a text, in any case."""
    held: Bools = column.str.to_lowercase().str.contains(text.lower(), literal=True).fill_null(value=False).to_numpy()
    return held
