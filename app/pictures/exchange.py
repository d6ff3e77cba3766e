"""Whom organizations exchange with whom: what a matrix and a chord picture are made of.

The organizations with most moves have places of their own, all others share one. Every move stands in exactly one pair
of places. Everything is arrays; a day only masks them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from app.analysis.options import Options
from app.analysis.order import Positions
from app.domain.dataset import Dataset
from app.domain.index import Bools, Ints
from app.domain.views import orders
from app.pictures import frame as framing
from app.pictures import wording
from app.pictures.bands import OTHERS, Bands
from app.pictures.flowmap_tips import NAMED_IN_TIP, crowd_tip, node_tip
from app.pictures.gathered import Gathered
from app.pictures.landings import Landings
from app.pictures.stood import ONE, Stood
from app.pictures.traffic import LANE_OF, STRONG_FIRST, Traffic
from app.scene.marks import Floats, ints
from app.scene.scene import Tip

ORDER = "organizations"
"""The name of the order that an analyst may choose for a matrix or a chord picture."""
OTHERS_KEY, AMONG_KEY = "group:others", "group:among-others"
"""The keys of what all other organizations share, and of the moves among them."""


@dataclass(frozen=True, slots=True)
class ExchangeOptions:
    """How a matrix or a chord picture is drawn. filter: what is counted; size: of the picture; top: organizations with
    places of their own (None: by size); focus: ids set off from the rest; net: of each pair what one direction has more
    than the other; command: the command line that re-makes the picture; frame: where its parts stand, if it is a tile.
    Chosen orders come with the dataset."""

    filter: Options
    size: tuple[float, float] = framing.REFERENCE
    top: int | None = None
    focus: tuple[str, ...] = ()
    net: bool = False
    command: str = ""
    frame: framing.Frame | None = None


@dataclass(frozen=True, eq=False)
class Exchange:
    """codes (n,): of places, most moves first, OTHERS last if any move needs it; bands: pairs, with the rows of the
    gathered moves as members, on each the surest first, then the earliest, undated ones last; origin, destination (k,):
    places of each pair; people (k,): over the whole span, in net the surplus."""

    gathered: Gathered
    traffic: Traffic
    codes: Ints
    bands: Bands
    origin: Ints
    destination: Ints
    people: Ints
    net: bool

    @classmethod
    def of(cls, gathered: Gathered, top: int, *, net: bool, never: tuple[int, ...] = ()) -> Exchange:
        """Sort the gathered moves into pairs of places. never: codes of organizations that are among others."""
        moves = gathered.moves
        traffic = Traffic.of(gathered.dataset, moves, top, gathered.focus, never)
        own = np.full(len(gathered.ids), OTHERS, dtype=np.int32)
        own[traffic.nodes] = traffic.nodes
        side = np.zeros(len(moves), dtype=np.int32)
        left, reached = own[moves.origin], own[moves.destination]
        bands = Bands.of(side, left, reached, LANE_OF[moves.status], len(STRONG_FIRST), moves.by_day)
        used = np.unique(bands.code)
        codes = traffic.nodes[np.isin(traffic.nodes, used)]
        codes = np.r_[codes, np.array([OTHERS] if OTHERS in used else [], dtype=np.int32)].astype(np.int32)
        place = np.zeros(len(gathered.ids) + 1 - OTHERS, dtype=np.int32)  # by code; OTHERS counts from the end
        place[codes] = np.arange(len(codes))
        origin, destination = (place[bands.code[ends]] for ends in (bands.start, bands.end))
        people = bands.people
        if net:
            table = np.zeros((len(codes), len(codes)), dtype=np.int32)
            table[origin, destination] = people
            people = np.maximum(table - table.T, 0)[origin, destination]
        return cls(gathered, traffic, codes, bands, origin, destination, people.astype(np.int32), net)

    @property
    def n_places(self) -> int:
        """Organizations with a place of their own, and one more if others share one."""
        return len(self.codes)

    @property
    def n_pairs(self) -> int:
        """Pairs of places between which anyone moved."""
        return self.bands.n_bands

    @property
    def others(self) -> int:
        """The place that all others share; -1 if nobody needs one."""
        return self.n_places - 1 if self.n_places and self.codes[-1] == OTHERS else -1

    @cached_property
    def named(self) -> Bools:
        """Pairs of two organizations that both have places of their own, (k,)."""
        named: Bools = (self.origin != self.others) & (self.destination != self.others)
        return named

    def lanes(self, day: float | None, since: float | None = None) -> Ints:
        """People of each pair and lane, (k, lanes), who have moved by a day, and after `since` if given; None: all."""
        return self._landings.lanes(day, since)

    @cached_property
    def _landings(self) -> Landings:
        return Landings.of(self.bands, self.gathered.moves)

    def share(self, day: float | None, since: float | None = None) -> Floats:
        """How much of each pair and lane is full on a day, (k, lanes); 1 where a lane holds nobody."""
        full = self.bands.per_lane
        share: Floats = np.where(full > 0, self.lanes(day, since) / np.maximum(full, 1), 1.0)
        return np.ones_like(share) if self.net else share

    @cached_property
    def parts(self) -> Floats:
        """What each lane is of its pair, (k, lanes)."""
        full = self.bands.per_lane.astype(np.float64)
        parts: Floats = full / np.maximum(full.sum(axis=1, keepdims=True), 1)
        return parts

    def shown(self, day: float | None, since: float | None = None) -> Ints:
        """People of each pair on a day; in net those of the whole span."""
        shown: Ints = self.people if self.net else ints(self.lanes(day, since).sum(axis=1))
        return shown

    def totals(self, people: Ints) -> tuple[Ints, Ints]:
        """Who joined and who left each place, (n,), if so many are in each pair."""
        n = self.n_places
        joined, left = (np.bincount(ends, people, minlength=n) for ends in (self.destination, self.origin))
        return joined.astype(np.int32), left.astype(np.int32)

    def held(self, view: str, stood: Stood | None) -> list[int]:
        """Places that keep an order: the one that was chosen for a view, else that of the picture before."""
        position, place = self.gathered.dataset.position, {code: n for n, code in enumerate(self.codes.tolist())}
        chosen = [position("organizations", i) for i in orders(self.gathered.dataset, view).get(ORDER, ())]
        if not chosen and stood is not None:
            chosen = list(stood.codes(self.gathered))
        return [place[code] for code in chosen if code in place and code != OTHERS]

    def stood(self, order: Positions, turn: float | None = None) -> Stood:
        """Who stands in this order of places, on a circle that is turned so."""
        return Stood.of(self.gathered, {ONE: self.codes[order].tolist()}, turn)

    def name(self, place: int) -> str:
        """An organization as pictures write it, or how many others share a place."""
        code = int(self.codes[place])
        return (
            self.gathered.labels[code] if code != OTHERS else wording.counted(len(self._others[0]), "other", "others")
        )

    def organization(self, place: int) -> str:
        """The id of whose colour a place wears; blank for others."""
        code = int(self.codes[place])
        return self.gathered.ids[code] if code != OTHERS else ""

    def place(self, organization: str) -> int:
        """The place of an organization by its id: its own or that of others; -1 if nobody left or joined it."""
        code = self.gathered.dataset.position("organizations", organization)
        if code is None:
            return -1
        own = np.flatnonzero(self.codes == code)
        return int(own[0]) if len(own) else self.others if code in self._others[0] else -1

    def pair(self, origin: int, destination: int) -> int:
        """The pair of two places; -1 if nobody went so."""
        found = np.flatnonzero((self.origin == origin) & (self.destination == destination))
        return int(found[0]) if len(found) else -1

    def key(self, place: int) -> str:
        """`organizations:ID`, or the key of others."""
        return f"organizations:{self.organization(place)}" if place != self.others else OTHERS_KEY

    def pair_key(self, pair: int) -> str:
        """`flow:X>Y`; to and from others as the short arrows of a flow map."""
        a, b = (self.organization(int(ends[pair])) for ends in (self.origin, self.destination))
        if a and b:
            return f"flow:{a}>{b}"
        return f"group:out-{a}" if a else f"group:in-{b}" if b else AMONG_KEY

    def rows(self, pair: int) -> np.ndarray[tuple[int], np.dtype[np.intp]]:
        """Rows of the gathered moves that stand in a pair."""
        return self.bands.members[self.bands.first[pair] : self.bands.first[pair + 1]]

    def head(self, pair: int) -> str:
        """`Meta → OpenAI`."""
        return " → ".join(self.name(int(ends[pair])) for ends in (self.origin, self.destination))

    def pair_tip(self, pair: int) -> Tip:
        """Who, when, how sure, and how many sources."""
        return crowd_tip(self.gathered, self.head(pair), self.gathered.moves, self.rows(pair))

    def tip(self, place: int) -> Tip:
        """In, out, known people; of others, which ones they are."""
        code = int(self.codes[place])
        if code != OTHERS:
            return node_tip(self.gathered, self.traffic, self.traffic.nodes.tolist().index(code))
        codes, n = self._others
        largest = np.lexsort((codes, -n))[:NAMED_IN_TIP]
        told = [f"{self.gathered.labels[codes[at]]} {n[at]:,}" for at in largest.tolist()]
        more = [f"and {len(codes) - len(told):,} more"] if len(codes) > len(told) else []
        joined, left = (int(total[place]) for total in self.totals(self.bands.people))
        head = wording.counted(len(codes), "other organization")
        return Tip(head, (f"{joined:,} joined them, {left:,} left them", *told, *more))

    @property
    def other_codes(self) -> list[int]:
        """The organizations that share a place."""
        codes: list[int] = self._others[0].tolist()
        return codes

    @cached_property
    def _others(self) -> tuple[Ints, Ints]:
        """Organizations that share a place, and the moves that touch each."""
        moves = self.gathered.moves
        ends = np.concatenate([moves.origin, moves.destination])
        codes, n = np.unique(ends[~np.isin(ends, self.codes)], return_counts=True)
        return codes.astype(np.int32), n.astype(np.int32)

    @cached_property
    def lit(self) -> tuple[Bools, Bools]:
        """Which pairs and which places are in focus; all where there is none."""
        gathered = self.gathered
        if not gathered.focus and not gathered.focus_people:
            return np.ones(self.n_pairs, dtype=np.bool_), np.ones(self.n_places, dtype=np.bool_)
        wanted = np.isin(self.codes, list(gathered.focus))
        pairs = wanted[self.origin] | wanted[self.destination]
        person = gathered.moves.person[self.bands.members]
        pairs[self.bands.band[np.isin(person, list(gathered.focus_people))]] = True
        near = wanted.copy()
        near[self.origin[pairs]] = near[self.destination[pairs]] = True
        return pairs, near


def gathered_for(dataset: Dataset, options: ExchangeOptions, gathered: Gathered | None) -> Gathered:
    """The moves of options, or those that are at hand."""
    return gathered or Gathered.of(dataset, options.filter, options.focus)
