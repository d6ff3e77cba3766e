"""Cells of tables that show records as they are in the dataset: texts, dates, numbers, lists, names of other records.

What is made for all rows (order, what is searched) is made when it is first asked for; `columns` says how. It can be
taken over by the same column after an edit that did not touch it, which is what `kept` is for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

import numpy as np
import polars as pl

from app.domain import dates
from app.domain.coded import Coded, few
from app.domain.dates import FUTURE, PAST
from app.domain.index import ABSENT, Bools, Ints, codes
from app.domain.ordering import text_ranks
from app.domain.schema import Field, Kind
from app.pictures import wording
from app.pictures.columns import DIGITS, LAST, Cited, Pool, Rows, Words, cited_words, folded

YES, NO = "yes", "no"
_KEPT = 8
"""Slices that are kept: what is in sight, and a little more."""


class Slices:
    """Some rows of a frame, gathered once for all its columns."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self.frame = frame
        self._made: dict[bytes, pl.DataFrame] = {}

    def of(self, rows: Rows) -> pl.DataFrame:
        """These rows, in this order."""
        key = rows.tobytes()
        if key not in self._made:
            if len(self._made) >= _KEPT:
                self._made.pop(next(iter(self._made)))
            self._made[key] = self.frame[rows]
        return self._made[key]


@dataclass(frozen=True, eq=False)
class Held:
    """The values of one field, (n,) as they stand in the frame of the table."""

    field: Field
    slices: Slices

    @cached_property
    def column(self) -> pl.Series:
        """All of them. A column in which all rows are alike is only now made."""
        return self.slices.frame.get_column(self.field.name)

    @property
    def kept(self) -> dict[str, Any]:
        """What has been worked out for all rows so far, by name."""
        given = {"column", *(each.name for each in fields(self))}
        return {name: value for name, value in vars(self).items() if name not in given}

    def keep(self, worked_out: dict[str, Any]) -> None:
        """Take over what the same values gave before."""
        vars(self).update(worked_out)

    def _gathered(self, rows: Rows) -> pl.Series:
        return self.slices.of(rows).get_column(self.field.name)

    def details(self, rows: Rows) -> list[str]:
        """Nothing more."""
        return [""] * len(rows)


class Texts(Held):
    """Texts and words of a vocabulary; with `marked_by`, all other columns work on a text for each row too."""

    def as_text(self, column: pl.Series) -> pl.Series:
        """Values as they are written, blank for none."""
        return column.fill_null("")

    def texts(self, rows: Rows) -> list[str]:
        """As they are written."""
        return self.as_text(self._gathered(rows)).to_list()

    @cached_property
    def _words(self) -> Words:
        """Texts that many rows share stand once."""
        ranks = None
        if few(self.column):
            coded = Coded.of(self.column)
            held, at = coded.texts, coded.codes
        else:
            held, at = self.column, np.arange(len(self.column))
        if self.field.vocabulary:  # in the order in which the words are declared, weak to strong
            place = {word: n for n, word in enumerate(self.field.vocabulary)}
            ranks = np.array([LAST if text is None else place.get(text, len(place)) for text in held], dtype=np.int32)
        return Words(Pool(held, self.as_text, ranks=ranks), lambda: at)

    @cached_property
    def ranks(self) -> Ints:
        """By text, whatever case and accents; words of a vocabulary as they are declared."""
        if self.field.name == "id":  # tables stand in order of their ids
            return np.arange(len(self.column), dtype=np.int32)
        return self._words.ranks

    def matching(self, word: str) -> Bools | None:
        """Where the text holds the word."""
        return None if self.column.null_count() == len(self.column) else self._words.matching(word)


class Lists(Texts):
    """Several texts in a cell."""

    def as_text(self, column: pl.Series) -> pl.Series:
        """Beside each other."""
        return column.list.join("; ").fill_null("")

    @cached_property
    def _is_blank(self) -> bool:
        return not self.column.list.len().sum()

    @cached_property
    def _joined(self) -> pl.Series:
        return folded(self.as_text(self.column))

    @cached_property
    def ranks(self) -> Ints:
        """By the texts as they are written."""
        if self._is_blank:
            return np.full(len(self.column), LAST, dtype=np.int32)
        found: Ints = np.where((self._joined == "").to_numpy(), LAST, text_ranks(self._joined)).astype(np.int32)
        return found

    def matching(self, word: str) -> Bools | None:
        """Where one of the texts holds the word."""
        if self._is_blank:
            return None
        found: Bools = self._joined.str.contains(word, literal=True).to_numpy()
        return found


@dataclass(frozen=True, eq=False)
class Spoken(Lists):
    """What claims are about, by name. said: an entry of `about` → what it is called."""

    said: Callable[[str], str]

    def as_text(self, column: pl.Series) -> pl.Series:
        """Names beside each other."""
        texts = ["; ".join(map(self.said, entries)) if entries is not None else "" for entries in column.to_list()]
        return pl.Series(column.name, texts, dtype=pl.String)

    def details(self, rows: Rows) -> list[str]:
        """The entries as they stand."""
        return super(Lists, self).as_text(self._gathered(rows).list.join("\n")).to_list()

    @property
    def kept(self) -> dict[str, Any]:
        """Nothing: any record may be called otherwise now."""
        return {}


class Flags(Texts):
    """Yes, no or blank."""

    def as_text(self, column: pl.Series) -> pl.Series:
        """In words."""
        return column.replace_strict({True: YES, False: NO}, default="", return_dtype=pl.String)

    @cached_property
    def ranks(self) -> Ints:
        """No before yes."""
        found: Ints = self.column.cast(pl.Int32).fill_null(LAST).to_numpy()
        return found

    def matching(self, _: str) -> Bools | None:
        """Nobody looks for yes."""
        return None


class Quantities(Texts):
    """Whole numbers and amounts."""

    def as_text(self, column: pl.Series) -> pl.Series:
        """With thousands separators, but for ranks and years, which nobody reads so."""
        plain = self.field.name == "rank"
        texts = [_figure(value, plain=plain) for value in column]
        return pl.Series(column.name, texts, dtype=pl.String)

    @cached_property
    def ranks(self) -> Ints:
        """By value."""
        values, known = self.column.drop_nulls(), self.column.is_not_null().to_numpy()
        found = np.full(len(self.column), LAST, dtype=np.int32)
        found[known] = np.unique(values.to_numpy(), return_inverse=True)[1]
        return found

    def matching(self, _: str) -> Bools | None:
        """Nobody looks for a number by its figures."""
        return None


def _figure(value: float | None, *, plain: bool) -> str:
    if value is None:
        return ""
    if value != int(value):
        return repr(value)
    return str(int(value)) if plain else f"{int(value):,}"


class Dates(Texts):
    """Dates as they are recorded."""

    def details(self, rows: Rows) -> list[str]:
        """What they mean in days."""
        return [meant(text) for text in self._gathered(rows)]

    @cached_property
    def _coded(self) -> Coded:
        return Coded.of(self.column)

    @cached_property
    def ranks(self) -> Ints:
        """By the earliest day; what is open after all days."""
        coded = self._coded
        lo, _ = dates.bounds(coded.texts)
        known = np.where(lo <= PAST, LAST, np.minimum(lo, LAST - 1)).astype(np.int32)
        found: Ints = known[coded.codes]
        return found

    def matching(self, word: str) -> Bools | None:
        """Where the text on record holds the word; a word without a figure is no date."""
        if not DIGITS & set(word):
            return None
        coded = self._coded
        held = coded.texts.str.contains(word, literal=True).fill_null(value=False).to_numpy()
        found: Bools = held[coded.codes]
        return found


def meant(text: str | None) -> str:
    """What a date means: `1 to 30 June 2025`, `about 2019: 1 January to 31 December 2019`; blank for none."""
    if not text:
        return ""
    if not dates.readable(text):
        return "this is not a date"
    span = dates.parse(text)
    if span.earliest >= FUTURE:
        return "has not ended"
    first, last = wording.written(span.earliest), wording.written(dates.last_day(span))
    day, *rest = first.split(" ", 1)
    said = first if first == last else f"{day} to {last}" if last.endswith(rest[0]) else f"{first} to {last}"
    if said.count(last[-4:]) > 1:  # the year is said once
        said = said.replace(f" {last[-4:]} to ", " to ")
    flags = [word for word, on in (("about", span.about), ("uncertain", span.uncertain)) if on]
    return f"{said} ({', '.join(flags)})" if flags else said


@dataclass(frozen=True, eq=False)
class Named(Held):
    """Records of another table by their names. ids: those of that table; pool: their names by row."""

    pool: Pool
    ids: pl.Series

    @cached_property
    def _at(self) -> Ints:
        return codes(self.column, self.ids)

    def texts(self, rows: Rows) -> list[str]:
        """The name; the id of a record that is not there or has no name."""
        held = self._gathered(rows)
        names = self.pool.texts(codes(held, self.ids))
        return [name or row_id for name, row_id in zip(names, held.fill_null(""), strict=True)]

    def details(self, rows: Rows) -> list[str]:
        """The id, where there is one."""
        held = self._gathered(rows)
        there = (codes(held, self.ids) != ABSENT).tolist()
        table = self.field.reference
        return [
            "" if row_id is None else row_id if known else f"{row_id}: there is no such record in {table}"
            for row_id, known in zip(held, there, strict=True)
        ]

    @cached_property
    def ranks(self) -> Ints:
        """By name."""
        ranks: Ints = self.pool.ranks[self._at]
        return ranks

    def matching(self, word: str) -> Bools | None:
        """Where the name, or what it is found by, holds the word."""
        if self.column.null_count() == len(self.column):
            return None
        found = self.pool.matching(word)
        return found[self._at] if found.any() else None


@dataclass(frozen=True, eq=False)
class Citations(Held):
    """Sources of records: how many, and who published them. sources: ids of their table; publishers: by row of it;
    told: a source in full."""

    sources: pl.Series
    publishers: Pool
    told: Callable[[int], str]

    def _of(self, rows: Rows) -> list[list[int]]:
        """Rows of the sources of each row."""
        lists = self._gathered(rows)
        at = iter(codes(lists.explode(empty_as_null=False, keep_nulls=False), self.sources).tolist())
        return [[next(at) for _ in range(n)] for n in lists.list.len().fill_null(0)]

    def texts(self, rows: Rows) -> list[str]:
        """`5 · NDTV, The Telegraph, Mint`, short names, each once."""
        found = self._of(rows)
        known = np.unique(np.array([at for each in found for at in each if at >= 0], dtype=np.intp))
        name = dict(zip(known.tolist(), self.publishers.texts(known), strict=True))
        return [cited_words(each, name) for each in found]

    def details(self, rows: Rows) -> list[str]:
        """One line a source."""
        return ["\n".join(self.told(at) for at in each if at >= 0) for each in self._of(rows)]

    @cached_property
    def _cited(self) -> Cited:
        return Cited(self.column, self.sources)

    @property
    def ranks(self) -> Ints:
        """Numbers of sources."""
        return self._cited.counts

    def matching(self, word: str) -> Bools | None:
        """Where a publisher's name holds the word."""
        wanted = self.publishers.matching(word)
        return self._cited.citing(wanted)[:-1] if wanted.any() else None


def cells_of(field: Field, slices: Slices) -> Texts:
    """The cells of a field that refers to no other table."""
    makers: dict[Kind, Callable[[Field, Slices], Texts]] = {
        Kind.LIST: Lists,
        Kind.SET: Lists,
        Kind.DATE: Dates,
        Kind.INT: Quantities,
        Kind.FLOAT: Quantities,
        Kind.FLAG: Flags,
    }
    return makers.get(field.kind, Texts)(field, slices)
