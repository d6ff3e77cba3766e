"""What the listings of one picture share: pools of names, sources, and what the lens lets through."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt
import polars as pl

from app.analysis.select import Selection, Selector
from app.domain.index import ABSENT
from app.pictures.columns import Cited, Column, Pool, Rows, Sources, Words
from app.pictures.gathered import Gathered

Codes = npt.NDArray[np.integer]

_selections: WeakKeyDictionary[Gathered, Selection] = WeakKeyDictionary()


class Desk:
    """Pools and columns that the listings of one picture share."""

    def __init__(self, gathered: Gathered) -> None:
        self.gathered = gathered

    @property
    def selection(self) -> Selection:
        """What the lens lets through. Kept while the picture is."""
        found = _selections.get(self.gathered)
        if found is None:
            g = self.gathered
            found = _selections[g] = Selector.of(g.dataset, g.careers, g.options.lens).select()
        return found

    @cached_property
    def names(self) -> Pool:
        """Names of people by code, their id where there is none; found by their other names too."""
        frame = self.gathered.dataset["people"]
        name, ids = frame.get_column("name"), frame.get_column("id")
        return Pool(name if not name.null_count() else name.fill_null(ids), also=lambda: _joined(frame))

    @cached_property
    def labels(self) -> Pool:
        """Short names of organizations by code, as on the picture; found by full and other names too."""
        return self._organizations(self.gathered.labels)

    @cached_property
    def full(self) -> Pool:
        """Full names of organizations by code."""
        return self._organizations(self.gathered.names)

    def _organizations(self, shown: Sequence[str]) -> Pool:
        frame = self.gathered.dataset["organizations"]
        return Pool(
            pl.Series(shown, dtype=pl.String),
            also=lambda: frame.get_column("name").fill_null("") + "\n" + _joined(frame),
        )

    def ids_of(self, at: Callable[[], Codes]) -> Callable[[Rows], list[str]]:
        """Organization ids of some rows; blank for ABSENT."""
        ids = self.gathered.ids
        return lambda rows: [ids[code] if code != ABSENT else "" for code in at()[rows].tolist()]

    def full_names(self, at: Callable[[], Codes]) -> Callable[[Rows], list[str]]:
        """Full names of some rows, blank where the label is the name."""
        names, labels = self.gathered.names, self.gathered.labels
        return lambda rows: [
            names[code] if code != ABSENT and names[code] != labels[code] else "" for code in at()[rows].tolist()
        ]

    def organization(self, name: str, width: int, at: Callable[[], Codes]) -> Column:
        """A column of short names with their colours; the full name is told."""
        return Column(name, "organization", width, Words(self.labels, at, detail=self.full_names(at)), self.ids_of(at))

    def sources(self, table: str, *at: Codes) -> Sources:
        """Who says so: sources of one or several rows of a table each."""
        return self.cited(self.gathered.dataset[table].get_column("source_ids"), *at)

    def cited(self, source_ids: pl.Series, *at: Codes) -> Sources:
        """The same of one or several places each in a column of lists."""
        frame = self.gathered.dataset["sources"]
        publishers = Pool(
            frame.get_column("publisher").fill_null(frame.get_column("id")),
            lambda names: names.str.split(" (").list.first().fill_null(""),
        )
        cited = Cited(source_ids, frame.get_column("id"))

        def told(source: int) -> str:
            row = frame.select("publisher", "title", "published").row(source)
            return ", ".join(part for part in row if part)

        return Sources(cited, at, publishers, told)


def _joined(frame: pl.DataFrame) -> pl.Series:
    return frame.get_column("aliases").list.join("\n").fill_null("")
