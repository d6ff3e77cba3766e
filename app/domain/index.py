"""The index of a Dataset: what every derivation needs of the stints, as integer arrays in person order.

Built once on open, patched by each Edit. A code is the position of the row in its table (people, organizations).
Person order: by person, then key, then rank, then id, where the key of a stint is the earliest day of its start, or the
key of the one before it by rank where that day may be its start.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import polars as pl

from app.domain import dates, numbered
from app.domain.coded import Coded, told
from app.domain.dates import PAST
from app.domain.ordering import place
from app.domain.parallel import BLOCK, MANY_ROWS, at_once
from app.domain.schema import STATUSES, TABLES

if TYPE_CHECKING:
    from app.domain.dataset import Dataset
    from app.domain.edit import Change, Edit

Ints = npt.NDArray[np.int32]
Bytes = npt.NDArray[np.uint8]
Bools = npt.NDArray[np.bool_]

STINT_KINDS = TABLES["stints"].field("kind").vocabulary
"""Stint kinds by code; a blank or unknown kind is employment, code 0."""
_TOLD = ("id", "person_id", "organization_id", "kind", "rank", "order_stated", "announced", "start", "end", "status")
"""Fields of stints that an index depends on."""
_CODED = ("organization_id", "kind", "status", "announced", "start", "end")
"""Fields of stints of which a text is read once, however many rows hold it."""
NO_RANK = 2**31 - 1
DENIED = STATUSES.index("denied")
REPORTED = STATUSES.index("reported")
ABSENT = -1
"""Code of a person or organization that no row has."""
SEARCHED = 64
"""Up to so many values are looked up by binary search, more by a join."""
_STEPPED = 4
"""Up to so many are looked up one by one, which is quicker than a call of polars."""
MOST_WALKED = 1_000
"""People with more stints than this are walked one by one, the others all at once."""
PATCHED_ROWS = 1_000
"""An edit of more rows than this is indexed from scratch."""


@dataclass(frozen=True, eq=False)
class Index:
    """Stints in person order; all arrays (n,), read-only.

    row: position in the stints table; person, organization: codes, ABSENT if dangling; key: see the module;
    rank: NO_RANK if blank; start_lo, start_hi, end_lo, end_hi: bounds in days [lo, hi); nominal: the day a start is
    drawn at (`announced` where it lies inside the start's bounds, else its earliest); kind: code into STINT_KINDS;
    status: code into STATUSES, blank counts as reported; order_stated: False only where the row says so.
    """

    row: Ints
    person: Ints
    organization: Ints
    key: Ints
    rank: Ints
    start_lo: Ints
    start_hi: Ints
    end_lo: Ints
    end_hi: Ints
    nominal: Ints
    kind: Bytes
    status: Bytes
    order_stated: Bools

    def __post_init__(self) -> None:
        for f in fields(self):
            getattr(self, f.name).setflags(write=False)

    def __len__(self) -> int:
        return len(self.row)

    @property
    def counted(self) -> Bools:
        """Stints that moves are made of: employment and founder, not denied."""
        counted: Bools = (self.kind <= STINT_KINDS.index("founder")) & (self.status != DENIED)
        return counted

    @classmethod
    def of(cls, dataset: Dataset) -> Index:
        """Build from scratch. Empty tables give empty arrays."""
        stints = dataset["stints"]
        loose, row = _Loose.of(dataset, stints, dataset.coded), np.arange(stints.height, dtype=np.int32)
        if not _ascending(loose.person, loose.rank):
            order = _order(loose.person, loose.rank, row)
            loose, row = loose.take(order), order.astype(np.int32)
        return loose.index(dataset["organizations"].get_column("id"), row)._sorted()

    def patched(self, old: Dataset, new: Dataset, edit: Edit) -> Index:
        """The index of `new`, made from that of `old`, where `new` is `old` after the edit.

        Only the people whose stints are touched are sorted again; arrays whose values stay are shared. Equals
        `Index.of(new)`, which it falls back to where an edit is large or takes away what a stint refers to.
        """
        if edit.n_rows > PATCHED_ROWS:
            return Index.of(new)
        result = self
        for name, table in (("person", "people"), ("organization", "organizations")):
            change = edit.tables.get(table)
            if change is None or set(change.before["id"]) == set(change.after["id"]):
                continue
            held = getattr(result, name)
            gone = _positions(old, table, _only(change.before, change.after))
            if (len(held) and held.min() == ABSENT) or np.isin(held, gone).any():
                return Index.of(new)
            moved = shifted(held, gone, _positions(new, table, _only(change.after, change.before)))
            result = replace(result, person=moved) if name == "person" else replace(result, organization=moved)
        stints = edit.tables.get("stints")
        if stints is not None and _alike(stints):
            return result
        return result if stints is None else result._with_stints(old, new, stints)

    def _with_stints(self, old: Dataset, new: Dataset, change: Change) -> Index:
        gone = _positions(old, "stints", _only(change.before, change.after))
        added = _positions(new, "stints", _only(change.after, change.before))
        entered = _positions(new, "stints", change.after["id"])
        fresh = _Loose.of(new, change.after, {}).index(new["organizations"].get_column("id"), entered)
        were = codes(change.before["person_id"], new["people"]["id"])
        touched = np.unique(np.concatenate([were, fresh.person]))
        starts = np.searchsorted(self.person, touched, side="left")
        ends = np.searchsorted(self.person, touched, side="right")
        old_rows = _positions(old, "stints", change.before["id"])
        blocks = []
        for person, a, b in zip(touched, starts, ends, strict=True):
            held = self.take(np.arange(a, b))
            held = held.take(~np.isin(held.row, old_rows))
            held = replace(held, row=shifted(held.row, gone, added))
            block = _joined(held, fresh.take(fresh.person == person))
            blocks.append(block.take(np.argsort(block.row))._sorted())  # of equal ranks the lower row comes first
        values = {}
        for f in fields(self):
            array = getattr(self, f.name)
            if f.name == "row":
                array = shifted(array, gone, added)
            parts = [getattr(block, f.name) for block in blocks]
            values[f.name] = _spliced(array, starts, ends, parts)
        return Index(**values)

    def take(self, at: npt.NDArray[np.intp] | Bools) -> Index:
        """The index of some stints: a permutation, positions or a mask."""
        return Index(**{f.name: getattr(self, f.name)[at] for f in fields(self)})

    def _sorted(self) -> Index:
        by_rank = self
        if not _ascending(self.person, self.rank):
            by_rank = replace(self, key=self.start_lo)._placed(_order(self.person, self.rank, self.row))
        key = walked_keys(by_rank.person, by_rank.start_lo, by_rank.start_hi, by_rank.counted)
        keyed = replace(by_rank, key=key)
        if _ascending(keyed.person, keyed.key):
            return keyed
        return keyed._placed(_order(keyed.person, keyed.key, np.arange(len(keyed), dtype=np.int32)))

    def _placed(self, order: npt.NDArray[np.intp]) -> Index:
        """All stints in another order. An array that several fields share, or of one value, is not gathered again."""
        arrays = {id(array): array for array in (getattr(self, f.name) for f in fields(self))}
        works = [partial(_gathered, array, order) for array in arrays.values()]
        made = dict(zip(arrays, at_once(works, len(self)), strict=True))
        return Index(**{f.name: made[id(getattr(self, f.name))] for f in fields(self)})


@dataclass(frozen=True, eq=False)
class _Loose:
    """Some stints in any order, before they are an Index. Arrays (n,) as there; coded: by field, n rows each, of which
    the texts are still to be read."""

    person: Ints
    rank: Ints
    order_stated: Bools
    coded: Mapping[str, Coded]

    @classmethod
    def of(cls, dataset: Dataset, stints: pl.DataFrame, coded: Mapping[str, Coded]) -> _Loose:
        """The rows of a frame, of which some columns may be coded already."""
        people, held = dataset["people"].get_column("id"), coded.get("person_id")
        missing = [name for name in _CODED if name not in coded]
        works: list[Callable[[], Any]] = [
            lambda: held.codes if held and held.are_rows else codes(stints.get_column("person_id"), people),
            *(partial(Coded.of, stints.get_column(name)) for name in missing),
            lambda: _ranks(stints.get_column("rank")),
        ]
        person, *made, rank = at_once(works, stints.height)
        stated = stints.get_column("order_stated").fill_null(value=True).to_numpy()
        found = {**coded, **dict(zip(missing, made, strict=True))}
        return cls(person, rank, stated, {name: found[name] for name in _CODED})

    def take(self, order: npt.NDArray[np.intp]) -> _Loose:
        """The stints in another order."""
        works: list[Callable[[], Any]] = [partial(_gathered, self.person, order), partial(_gathered, self.rank, order)]
        works += [partial(held.take, order) for held in self.coded.values()]
        person, rank, *made = at_once(works, len(order))
        return _Loose(person, rank, _gathered(self.order_stated, order), dict(zip(self.coded, made, strict=True)))

    def index(self, organizations: pl.Series, row: Ints) -> Index:
        """The Index of them; `key` is filled in by `_sorted`. organizations: all ids; row: where the stints stand."""
        coded = self.coded
        starts, ends, announcements = (dates.bounds(coded[name].texts) for name in ("start", "end", "announced"))
        meanings: dict[str, tuple[str, npt.NDArray[Any]]] = {
            "start_lo": ("start", starts[0]),
            "start_hi": ("start", starts[1]),
            "end_lo": ("end", ends[0]),
            "end_hi": ("end", ends[1]),
            "organization": ("organization_id", codes(coded["organization_id"].texts, organizations)),
            "kind": ("kind", _vocabulary_codes(coded["kind"].texts, STINT_KINDS, 0)),
            "status": ("status", _vocabulary_codes(coded["status"].texts, STATUSES, REPORTED)),
        }
        if (announcements[0] > PAST).any():  # seldom
            meanings["nominal"] = ("announced", announcements[0])
        works = [partial(told, known, coded[name].codes) for name, known in meanings.values()]
        made = dict(zip(meanings, at_once(works, len(row)), strict=True))
        begun = nominal = made["start_lo"]
        if "nominal" in made:
            announced = made.pop("nominal")
            inside = (announced >= begun) & (announced < made["start_hi"]) & (announced > PAST)
            nominal = np.where(inside, announced, begun) if inside.any() else begun
        return Index(
            row=row,
            person=self.person,
            key=begun,
            rank=self.rank,
            nominal=nominal,
            order_stated=self.order_stated,
            **made,
        )


def _gathered(array: npt.NDArray[Any], order: npt.NDArray[np.intp]) -> npt.NDArray[Any]:
    same = array[0] == array[-1] and (array == array[0]).all()  # the usual kind of stints, say
    return array if same else np.take(array, order)


def _order(major: Ints, minor: Ints, last: Ints) -> npt.NDArray[np.intp]:
    """The permutation that sorts by three columns of integers.

    Where `last` ascends already and the rest fits, a row is packed into one 64-bit number, its place in the low bits:
    sorting numbers is eight times as fast as `np.lexsort`.
    """
    n = len(major)
    if n and (last[1:] > last[:-1]).all():
        least, spread = int(minor.min()), int(minor.max()) - int(minor.min())
        first, high = int(major.min()), int(major.max()) - int(major.min())
        places, lows = n.bit_length(), spread.bit_length()
        if places + lows + high.bit_length() <= 63:
            packed = np.empty(n, dtype=np.intp)
            for begin in range(0, n, BLOCK):
                part = packed[begin : begin + BLOCK]
                np.subtract(major[begin : begin + BLOCK], first, out=part, dtype=np.intp)
                part <<= lows
                part += minor[begin : begin + BLOCK]
                part -= least
                part <<= places
                part += np.arange(begin, begin + len(part))
            packed.sort()
            packed &= (1 << places) - 1
            return packed
    return np.lexsort((last, minor, major))


def _only(some: pl.DataFrame, others: pl.DataFrame) -> pl.Series:
    """Ids that only the first frame has."""
    left, right = some["id"], set(others["id"])
    return left.filter(pl.Series([i not in right for i in left], dtype=pl.Boolean))


def _alike(change: Change) -> bool:
    """Whether a change of stints leaves all that an index depends on as it is."""
    return all(change.before.get_column(name).equals(change.after.get_column(name)) for name in _TOLD)


def _positions(dataset: Dataset, table: str, ids: pl.Series) -> Ints:
    """Positions of ids in a table, ascending; ids that are not there are passed over."""
    found = [dataset.position(table, i) for i in ids]
    return np.array([p for p in found if p is not None], dtype=np.int32)


def shifted(held: Ints, gone: Ints, added: Ints) -> Ints:
    """Positions after some rows went (given where they were) and some came (given where they are), both ascending."""
    if not len(gone) and not len(added):
        return held
    if len(gone) + len(added) <= 4:
        moved = held
        for p in gone[::-1]:
            moved = moved - (moved > p)
        for p in added:
            moved = moved + (moved >= p)
        return moved
    moved = held - np.searchsorted(gone, held, side="left").astype(np.int32)
    slots = added - np.arange(len(added), dtype=np.int32)
    return moved + np.searchsorted(slots, moved, side="right").astype(np.int32)


def _joined(a: Index, b: Index) -> Index:
    return Index(**{f.name: np.concatenate([getattr(a, f.name), getattr(b, f.name)]) for f in fields(Index)})


def _spliced(
    array: npt.NDArray[Any], starts: npt.NDArray[np.intp], ends: npt.NDArray[np.intp], parts: list[npt.NDArray[Any]]
) -> npt.NDArray[Any]:
    """The array with each slice [start, end) exchanged; the array itself where nothing differs."""
    if all(np.array_equal(array[a:b], part) for a, b, part in zip(starts, ends, parts, strict=True)):
        return array
    pieces, last = [], 0
    for a, b, part in zip(starts, ends, parts, strict=True):
        pieces += [array[last:a], part]
        last = b
    return np.concatenate([*pieces, array[last:]])


def walked_keys(person: Ints, start_lo: Ints, start_hi: Ints, counted: Bools) -> Ints:
    """Sort keys (n,) of stints that stand by person and rank: the earliest day of the start, or the key of the counted
    stint before it where that day may be the start (PAST for a person's first).

    A start that is not known may be any day; `2025` may be a day after `2025-04`, so that rank decides
    (docs/decisions, on the order of stints).
    """
    n = len(person)
    if not n:
        return np.empty(0, dtype=np.int32)
    if counted.all() and (start_lo > PAST).all() and _ascending(person, start_lo):
        return start_lo  # all known, in order of rank: nearly always
    first = np.flatnonzero(np.r_[True, person[1:] != person[:-1]])
    length = np.diff(np.r_[first, n])
    key = np.empty(n, dtype=np.int32)
    before = np.full(len(first), PAST, dtype=np.int32)
    going = np.flatnonzero(length <= MOST_WALKED)
    for step in range(int(length[going].max(initial=0))):  # the nth stint of everybody at once
        going = going[length[going] > step]
        at = first[going] + step
        may = (start_lo[at] <= before[going]) & (before[going] < start_hi[at])
        key[at] = np.where(may, before[going], start_lo[at])
        before[going] = np.where(counted[at], key[at], before[going])
    for long in np.flatnonzero(length > MOST_WALKED):
        span = slice(int(first[long]), int(first[long] + length[long]))
        walked, day = [], PAST
        for lo, hi, counts in zip(
            start_lo[span].tolist(), start_hi[span].tolist(), counted[span].tolist(), strict=True
        ):
            walked.append(day if lo <= day < hi else lo)
            day = walked[-1] if counts else day
        key[span] = walked
    return key


def codes(values: pl.Series, ids: pl.Series) -> Ints:
    """Position of each value in a column of ids; ABSENT where it is blank or not there."""
    if not len(ids) or values.null_count() == len(values):
        return np.full(len(values), ABSENT, dtype=np.int32)
    if len(values) <= SEARCHED:
        few = len(values) <= _STEPPED
        places = [place(ids, value or "") for value in values] if few else ids.search_sorted(values.fill_null(""))
        at = np.minimum(np.array(places, dtype=np.intp), len(ids) - 1)
        same = np.array([ids[int(p)] == v for p, v in zip(at, values, strict=True)], dtype=np.bool_)
        return np.where(same, at, ABSENT).astype(np.int32)
    if values.null_count():
        every = np.full(len(values), ABSENT, dtype=np.int32)
        every[values.is_not_null().to_numpy()] = codes(values.drop_nulls(), ids)
        return every
    if len(ids) >= MANY_ROWS and (found := numbered.positions(values, ids, ABSENT)) is not None:
        return found
    lookup = pl.DataFrame({"id": ids, "code": np.arange(len(ids), dtype=np.int32)})
    joined = _joined_codes(values, lookup)
    if len(joined) != len(values):  # a file with duplicate ids opens with faults: the first row is meant
        joined = _joined_codes(values, lookup.unique("id", keep="first"))
    return joined.fill_null(ABSENT).to_numpy()


def _joined_codes(values: pl.Series, lookup: pl.DataFrame) -> pl.Series:
    """The code of each value, null where there is none; more of them where an id that occurs stands there twice."""
    return values.to_frame("id").join(lookup, on="id", how="left", maintain_order="left").get_column("code")


def _vocabulary_codes(texts: pl.Series, words: tuple[str, ...], default: int) -> Bytes:
    """Code of each of some distinct texts; `default` where it is blank or not in the vocabulary."""
    codes_of = {word: code for code, word in enumerate(words)}
    return np.array([codes_of.get(text, default) for text in texts], dtype=np.uint8)


def _ranks(column: pl.Series) -> Ints:
    """Ranks as far as they fit; NO_RANK where there is none."""
    return column.fill_null(NO_RANK).clip(-NO_RANK, NO_RANK).cast(pl.Int32).to_numpy()


def _ascending(major: Ints, minor: Ints) -> bool:
    """Whether pairs (major, minor) never fall."""
    for begin in range(0, len(major), BLOCK):
        high, low = major[begin : begin + BLOCK + 1], minor[begin : begin + BLOCK + 1]
        rise, same = high[1:] > high[:-1], high[1:] == high[:-1]
        if not (rise | (same & (low[1:] >= low[:-1]))).all():
            return False
    return True
