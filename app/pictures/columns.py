"""Columns of a listing: what stands in a cell, how rows are put in order, which rows a word is found in.

A column holds arrays and whole frames, never a text a row: texts are made for the rows that are asked for. What many
rows share (the name of a person, of an organization) stands once in a Pool; order and search work on the pool and are
spread over the rows by its codes. Whatever costs a pass over all rows is made when it is first asked for, and kept.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, Protocol

import numpy as np
import numpy.typing as npt
import polars as pl

from app.domain import dates
from app.domain.dates import FUTURE, PAST
from app.domain.index import ABSENT, Bools, Ints, codes
from app.domain.ordering import text_ranks

Rows = npt.NDArray[np.intp]
"""Numbers of rows of a listing."""
Kind = Literal["text", "number", "date", "status", "organization", "person"]

LAST = 2**31 - 1
"""Rank of what is not known: below all others, whichever way a column is sorted."""
NOT_KNOWN = "not known"
UNSOURCED = "unsourced"
PERHAPS = "perhaps "
DIGITS = set("0123456789")


class Cells(Protocol):
    """What stands in one column of n rows."""

    def texts(self, rows: Rows) -> list[str]:
        """What to write in some rows; blank where there is nothing to say."""

    def details(self, rows: Rows) -> list[str]:
        """What more there is to tell of some rows; blank where the text says all."""

    @property
    def ranks(self) -> Ints:
        """(n,) equal values have equal ranks, LAST is not known."""

    def matching(self, word: str, /) -> Bools | None:
        """(n,) where a folded word is found; None: nowhere."""


@dataclass(frozen=True, eq=False)
class Column:
    """name: as in the header; kind: how it is drawn and aligned; width: in pixels; cells; marks: organization ids of
    some rows whose colour stands before the text, None for a column without one; hidden: until the user shows it."""

    name: str
    kind: Kind
    width: int
    cells: Cells
    marks: Callable[[Rows], list[str]] | None = None
    hidden: bool = False


class Pool:
    """Texts that rows share by their codes.

    as_text: from the held column to what is written, blank where there is nothing, applied to as few values as can be;
    also: further texts by which a value is found (aliases); ranks: the order of the values if not that of their texts,
    or what gives it, and None where it does not.
    """

    def __init__(
        self,
        held: pl.Series,
        as_text: Callable[[pl.Series], pl.Series] = lambda s: s.fill_null(""),
        also: Callable[[], pl.Series] | None = None,
        ranks: Ints | Callable[[], Ints | None] | None = None,
    ) -> None:
        self._held, self._as_text, self._also, self._ranks = held, as_text, also, ranks

    def texts(self, at: npt.NDArray[np.integer]) -> list[str]:
        """Texts by code, blank for ABSENT."""
        found = iter(self._as_text(self._held.gather(at[at >= 0])).to_list())
        return [next(found) if code >= 0 else "" for code in at.tolist()]

    @cached_property
    def _folded(self) -> pl.Series:
        return folded(self._as_text(self._held))

    @cached_property
    def _found_by(self) -> pl.Series:
        return self._folded if self._also is None else self._folded + "\n" + folded(self._also())

    @cached_property
    def ranks(self) -> Ints:
        """(values + 1,) places in the order of the texts, whatever their case and accents; blank, and the place for
        ABSENT at the end, is LAST."""
        order = self._ranks() if callable(self._ranks) else self._ranks
        if order is None:
            order = np.where((self._folded == "").to_numpy(), LAST, text_ranks(self._folded))
        return np.append(order, np.int32(LAST)).astype(np.int32)

    def matching(self, word: str) -> Bools:
        """(values + 1,) the values that hold a folded word; the place for ABSENT is False."""
        return np.append(self._found_by.str.contains(word, literal=True).fill_null(value=False).to_numpy(), False)


@dataclass(frozen=True, eq=False)
class Words:
    """Texts of a pool. at: (n,) its codes, made when first needed; unsure: which rows say `perhaps`; detail: more to
    tell; unknown: what stands where there is no text."""

    pool: Pool
    at: Callable[[], npt.NDArray[np.integer]]
    unsure: Callable[[], Bools] | None = None
    detail: Callable[[Rows], list[str]] | None = None
    unknown: str = ""

    def texts(self, rows: Rows) -> list[str]:
        """Of the pool."""
        found = [text or self.unknown for text in self.pool.texts(self.at()[rows])]
        if self.unsure is None:
            return found
        return [PERHAPS + t if u else t for t, u in zip(found, self.unsure()[rows].tolist(), strict=True)]

    def details(self, rows: Rows) -> list[str]:
        """As given."""
        return [""] * len(rows) if self.detail is None else self.detail(rows)

    @cached_property
    def ranks(self) -> Ints:
        """Those of the pool."""
        ranks: Ints = self.pool.ranks[self.at()]
        return ranks

    def matching(self, word: str) -> Bools:
        """Where the value holds the word."""
        found = self.pool.matching(word)
        every: Bools = found[self.at()] if found.any() else np.zeros(len(self.at()), dtype=np.bool_)
        return every


@dataclass(frozen=True, eq=False)
class Numbers:
    """Whole numbers (n,), made when first needed; LAST is not written. signed: with + or −; upto: a second number where
    it is larger, written 31–45."""

    values: Callable[[], Ints]
    signed: bool = False
    upto: Callable[[], Ints] | None = None
    blank: Callable[[Rows], list[str]] | None = None
    """What to tell of rows that have no number."""

    def texts(self, rows: Rows) -> list[str]:
        """With thousands separators."""
        values = self.values()[rows].tolist()
        most = self.upto()[rows].tolist() if self.upto is not None else values
        return [self._written(low, high) for low, high in zip(values, most, strict=True)]

    def _written(self, low: int, high: int) -> str:
        if low == LAST:
            return ""
        if self.signed:
            return f"{low:+,d}".replace("-", "−") if low else "0"
        return f"{low:,}–{high:,}" if high > low else f"{low:,}"

    def details(self, rows: Rows) -> list[str]:
        """Why there is no number, or what the two numbers mean."""
        values = self.values()[rows]
        why = self.blank(rows) if self.blank is not None else [""] * len(rows)
        told = [w if v == LAST else "" for w, v in zip(why, values.tolist(), strict=True)]
        if self.upto is not None:
            most = self.upto()[rows].tolist()
            for i, (low, high) in enumerate(zip(values.tolist(), most, strict=True)):
                if high > low != LAST:
                    told[i] = f"{low:,} for certain, up to {high:,}"
        return told

    @property
    def ranks(self) -> Ints:
        """The numbers."""
        return self.values()

    def matching(self, _: str) -> Bools | None:
        """Nobody looks for a number by its figures."""
        return None


@dataclass(frozen=True, eq=False)
class Days:
    """Dates as recorded. at: (n,) places, made when first needed, ABSENT for none; lo, hi, nominal: by place, bounds in
    days as they are known and the day a date is drawn at; row: by place, the row of the table; recorded, announced: by
    row, the text, and one that may say the nominal day more exactly."""

    at: Callable[[], npt.NDArray[np.integer]]
    lo: Ints
    hi: Ints
    nominal: Ints
    row: Ints
    recorded: pl.Series
    announced: pl.Series | None = None
    unknown: str = NOT_KNOWN

    def texts(self, rows: Rows) -> list[str]:
        """The text on record where it says what is known, else the bounds; `unknown` where one is infinite."""
        return [self._written(place) for place in self.at()[rows].tolist()]

    def _written(self, place: int) -> str:
        if place == ABSENT:
            return ""
        lo, hi, row = int(self.lo[place]), int(self.hi[place]), int(self.row[place])
        if self.nominal[place] != lo and self.announced is not None and dates.readable(self.announced[row]):
            return str(self.announced[row])
        recorded = self.recorded[row]
        if recorded and dates.readable(recorded) and dates.parse(recorded)[:2] == (lo, hi):
            return str(recorded)
        if lo <= PAST or hi >= FUTURE:
            return self.unknown
        day = dates.text(lo)
        exact = (text for text in (day, day[:7], day[:4]) if dates.parse(text)[:2] == (lo, hi))
        return next(exact, f"{day} to {dates.text(hi - 1)}")

    def details(self, rows: Rows) -> list[str]:
        """Nothing more."""
        return [""] * len(rows)

    @cached_property
    def ranks(self) -> Ints:
        """The nominal days."""
        known = np.where((self.nominal > PAST) & (self.nominal < FUTURE), self.nominal, np.int32(LAST))
        ranks: Ints = np.append(known, np.int32(LAST)).astype(np.int32, copy=False)[self.at()]
        return ranks

    def matching(self, word: str) -> Bools | None:
        """Where the text on record holds the word; a word without a figure is no date."""
        if not DIGITS & set(word):
            return None
        held = self.recorded.str.contains(word, literal=True).fill_null(value=False)
        if self.announced is not None and self.announced.null_count() < len(self.announced):
            held = held | self.announced.str.contains(word, literal=True).fill_null(value=False)
        found: Bools = np.append(held.to_numpy()[self.row], False)[self.at()]
        return found


class Cited:
    """Which sources the rows of a table cite: flat arrays in place of lists."""

    def __init__(self, source_ids: pl.Series, sources: pl.Series) -> None:
        """source_ids: lists of ids, one a row; sources: the ids of the table of sources."""
        self._lists, self._sources = source_ids, sources

    @property
    def n_sources(self) -> int:
        """Rows of the table of sources."""
        return len(self._sources)

    @cached_property
    def counts(self) -> Ints:
        """Sources cited by each row, (rows,)."""
        return self._lists.list.len().fill_null(0).cast(pl.Int32).to_numpy()

    @cached_property
    def first(self) -> Rows:
        """Where the sources of each row begin in `flat`, (rows + 1,)."""
        return np.concatenate([[0], np.cumsum(self.counts)]).astype(np.intp)

    @cached_property
    def flat(self) -> Ints:
        """Codes of the sources of all rows, one row after the other; ABSENT for one that is not in the table."""
        return codes(self._lists.filter(pl.Series(self.counts > 0)).explode(), self._sources)

    def citing(self, wanted: Bools) -> Bools:
        """(rows + 1,) which rows cite one of the wanted sources, (sources + 1,); the last place is False."""
        before = np.concatenate([[0], np.cumsum(wanted[self.flat], dtype=np.int32)])
        return np.append(before[self.first[1:]] > before[self.first[:-1]], False)

    def of(self, row: int) -> list[int]:
        """Codes of the sources of one row; those of all rows are not looked up for it."""
        if row < 0:
            return []
        if "flat" in self.__dict__:
            return list(map(int, self.flat[self.first[row] : self.first[row + 1]]))
        cited = self._lists[row]
        return list(map(int, codes(cited, self._sources))) if cited is not None and len(cited) else []


@dataclass(frozen=True, eq=False)
class Sources:
    """How many sources there are and who published them. at: (n,) rows of the table that cites, several where a row
    of the listing rests on several records; publishers: by code of the source; told: a source in full."""

    cited: Cited
    at: tuple[npt.NDArray[np.integer], ...]
    publishers: Pool
    told: Callable[[int], str]

    def _of(self, row: int) -> list[int]:
        return list(dict.fromkeys(source for at in self.at for source in self.cited.of(int(at[row]))))

    def texts(self, rows: Rows) -> list[str]:
        """`5 · NDTV, The Telegraph, Mint`, short names, each once."""
        found = [self._of(row) for row in rows.tolist()]
        known = np.unique(np.array([s for sources in found for s in sources if s >= 0], dtype=np.intp))
        name = dict(zip(known.tolist(), self.publishers.texts(known), strict=True))
        return [cited_words(sources, name) for sources in found]

    def details(self, rows: Rows) -> list[str]:
        """One line a source."""
        return ["\n".join(self.told(s) for s in self._of(row) if s >= 0) for row in rows.tolist()]

    @cached_property
    def ranks(self) -> Ints:
        """Numbers of sources, each counted once."""
        total = sum((self.cited.counts[at] for at in self.at), np.zeros(len(self.at[0]), dtype=np.int32))
        if len(self.at) < 2:
            return total
        # what both records cite is counted once: a number for each pair of row and source, sorted
        pairs = [self._pairs(at) for at in self.at]
        both = np.sort(np.concatenate(pairs))
        twice = both[1:][both[1:] == both[:-1]] // self._n_codes
        return (total - np.bincount(twice, minlength=len(total))).astype(np.int32)

    @property
    def _n_codes(self) -> int:
        return self.cited.n_sources + 1

    def _pairs(self, at: npt.NDArray[np.integer]) -> npt.NDArray[np.int64]:
        many = self.cited.counts[at].astype(np.int64)
        within = np.arange(int(many.sum())) - np.repeat(np.cumsum(many) - many, many)
        source = self.cited.flat[np.repeat(self.cited.first[at], many) + within]
        pairs: npt.NDArray[np.int64] = np.repeat(np.arange(len(at)), many) * self._n_codes + source + 1
        return pairs

    def matching(self, word: str) -> Bools | None:
        """Where a publisher's name holds the word."""
        wanted = self.publishers.matching(word)
        if not wanted.any():
            return None
        citing = self.cited.citing(wanted)
        found: Bools = np.logical_or.reduce([citing[at] for at in self.at])
        return found


def cited_words(sources: list[int], name: Mapping[int, str]) -> str:
    """How many, and who; the source's place in the table is ABSENT where the file has lost it."""
    if not sources:
        return UNSOURCED
    names = dict.fromkeys(name[s] for s in sources if s != ABSENT)
    return f"{len(sources)} · {', '.join(names)}" if names else f"{len(sources)}"


def folded(texts: pl.Series) -> pl.Series:
    """Texts for comparing: lower case, without accents. Blank stays blank."""
    low = texts.fill_null("").str.to_lowercase()
    odd = np.flatnonzero((low.str.len_bytes() != low.str.len_chars()).to_numpy())
    if not len(odd):
        return low
    plain = low.gather(odd).str.normalize("NFKD").str.replace_all(r"\p{M}", "")
    source = np.arange(len(low))
    source[odd] = len(low) + np.arange(len(odd))
    return pl.concat([low, plain]).gather(source)


def folded_word(text: str) -> str:
    """The same for one text."""
    low = text.lower()
    if low.isascii():
        return low
    return "".join(c for c in unicodedata.normalize("NFKD", low) if not unicodedata.category(c).startswith("M"))
