"""Columns in which some rows have a name and others a word in its place; columns worked out when, and as far as, they
are looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from app.domain.index import SEARCHED, Bools, Ints
from app.pictures.columns import LAST, Cells, Pool, Rows


@dataclass(frozen=True, eq=False)
class Either:
    """Names of one pool, and where a row has none the words of another: `Ruoming Pang (left)`, `open`.

    at, word, form: (n,) codes of names, of words, and of what stands around a name in `forms`, made when first needed;
    ABSENT is no name, no word. In the order of the column names come first, then words, blank is not known.
    """

    names: Pool
    at: Callable[[], npt.NDArray[np.integer]]
    words: Pool
    word: Callable[[], npt.NDArray[np.integer]]
    form: Callable[[], Ints]
    forms: tuple[str, ...]
    detail: Callable[[Rows], list[str]] | None = None

    def texts(self, rows: Rows) -> list[str]:
        """The name as it stands, else the word."""
        names, words = self.names.texts(self.at()[rows]), self.words.texts(self.word()[rows])
        forms = self.form()[rows].tolist()
        return [
            self.forms[form].format(name) if name else word
            for name, word, form in zip(names, words, forms, strict=True)
        ]

    def details(self, rows: Rows) -> list[str]:
        """As given."""
        return [""] * len(rows) if self.detail is None else self.detail(rows)

    @cached_property
    def ranks(self) -> Ints:
        """Those of the names, the words behind them."""
        names, words = self.names.ranks[self.at()], self.words.ranks[self.word()]
        behind = int(np.max(names, where=names != LAST, initial=0)) + 1
        later = np.where(words == LAST, np.int32(LAST), np.minimum(words, LAST - 1 - behind) + behind)
        ranks: Ints = np.where(names != LAST, names, later).astype(np.int32)
        return ranks

    def matching(self, word: str) -> Bools:
        """Where the name holds the word, or the word that stands in its place."""
        at = self.at()
        found: Bools = self.names.matching(word)[at]
        found |= (at < 0) & self.words.matching(word)[self.word()]
        return found


@dataclass(frozen=True, eq=False)
class Lazily:
    """Cells that cost a pass over all rows to make, made when somebody first looks at them."""

    make: Callable[[], Cells]

    @cached_property
    def _made(self) -> Cells:
        return self.make()

    def texts(self, rows: Rows) -> list[str]:
        """Of the cells."""
        return self._made.texts(rows)

    def details(self, rows: Rows) -> list[str]:
        """Of the cells."""
        return self._made.details(rows)

    @property
    def ranks(self) -> Ints:
        """Of the cells."""
        return self._made.ranks

    def matching(self, word: str) -> Bools | None:
        """Of the cells."""
        return self._made.matching(word)


@dataclass(frozen=True, eq=False)
class InParts:
    """Cells of which a few rows cost far less than all: what is looked at is taken from a part, order and search from
    the whole. part: rows → the cells of these rows alone."""

    whole: Cells
    part: Callable[[Rows], Cells]

    def texts(self, rows: Rows) -> list[str]:
        """Of the part, where they are few."""
        return self.whole.texts(rows) if len(rows) > SEARCHED else self.part(rows).texts(np.arange(len(rows)))

    def details(self, rows: Rows) -> list[str]:
        """Of the part, where they are few."""
        return self.whole.details(rows) if len(rows) > SEARCHED else self.part(rows).details(np.arange(len(rows)))

    @property
    def ranks(self) -> Ints:
        """Of the whole."""
        return self.whole.ranks

    def matching(self, word: str) -> Bools | None:
        """Of the whole."""
        return self.whole.matching(word)
