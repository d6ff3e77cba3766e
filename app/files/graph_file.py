"""What all readers of a graph share: its file as a source, ids, warnings, and values that no field holds."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from app.domain import dates
from app.domain.dataset import Row
from app.files.dialects import Entry
from app.files.graph import ALWAYS, Graph, Value
from app.files.graph_times import Times, When
from app.files.graph_words import PRIVATE, plain
from app.files.idents import Ids
from app.files.manifest import written
from app.files.posts import backward
from app.files.reading import Warnings, shown

_APART = re.compile(r"\s*[|;,]\s*")


class GraphFile:
    """The file of a graph."""

    def __init__(self, path: Path, graph: Graph) -> None:
        self.ids, self.warnings = Ids(), Warnings()
        self.times = Times(graph)
        self.name = path.name
        self.source = self.ids.new("src", path.stem)
        self._path, self._graph = path, graph

    def sources(self, otherwise: str | None) -> list[Row]:
        """The row of the file. It was published on the day on which it says that it was changed last; otherwise: where
        it does not say that."""
        about = f": {self._graph.about}" if self._graph.about else ""
        day = self.times.date(self._graph.modified)
        published = day if day and day != dates.OPEN else otherwise
        title = f"{self.name}{about}"
        return [{"id": self.source, "title": title, "published": published, "kind": "other"}]

    def warn(
        self,
        code: str,
        message: str,
        remedy: str,
        *,
        row: int,
        field: str,
        about: tuple[str, str] | None = None,
        n: int = 1,
    ) -> None:
        """A warning about the node or edge of a number; about the file where no record comes of it."""
        entry = Entry(str(self._path), self.name, row, {})
        about = about or ("sources", self.source)
        self.warnings.add(code, message, remedy, entry=entry, field=field, about=about, n=n)

    def sound(self, when: When, *, row: int, field: str, about: tuple[str, str]) -> When:
        """Times of a record, without what cannot be read or contradicts itself, which is told."""
        if when.wrong and self.times.has_numbers and not self.times.are_years:
            self.warnings.ignore("times that count from a moment the file does not name")
        elif when.wrong:
            message, remedy = f"{shown(when.wrong)!r} is no time that can be read", "Write 2025-06-26, 2025-06 or 2025."
            self.warn("unreadable-date", message, remedy, row=row, field=field, about=about)
        if backward(when.start, when.end):
            message = f"it ends {when.end}, before it begins {when.start}; neither day was taken"
            self.warn("end-before-start", message, "Correct one of the two.", row=row, field=field, about=about)
            return When(told=when.told)
        return when

    def extra(self, kept: Iterable[Value], sort: str, more: dict[str, Any] | None = None) -> str | None:
        """Values that no field holds as JSON text, and counted as such; what is private is counted only."""
        held: dict[str, Any] = {}
        for value in kept:
            if not value.text:
                continue
            if plain(value.title) in PRIVATE:
                self.warnings.ignore(f"{sort}.{value.title}, not taken over")
                continue
            self.warnings.ignore(f"{sort}.{value.title}")
            if value.spell is ALWAYS:
                held[value.title] = value.text
            else:
                times = {"start": value.spell.start, "end": value.spell.end, "timestamp": value.spell.at}
                given = {"value": value.text, **{key: text for key, text in times.items() if text}}
                before = held.get(value.title)
                held[value.title] = [*before, given] if isinstance(before, list) else [given]
        extra = {**(more or {}), **({"graph": held} if held else {})}
        return written(extra) if extra else None


def listed(text: str) -> list[str]:
    """The parts of a list as graphs write it: `[a, 'b']`, `a|b`, `a; b`; each once."""
    inner = text.strip().removeprefix("[").removesuffix("]")
    apart = re.split(r"\s*[|;]\s*", inner) if re.search(r"[|;]", inner) else _APART.split(inner)
    return [part for part in dict.fromkeys(part.strip().strip("'\"").strip() for part in apart) if part]


def number(text: str) -> float | None:
    """A finite number; None for anything else."""
    try:
        value = float(text)
    except ValueError:
        return None
    return value if abs(value) < 1e300 else None  # also what is no number at all (NaN)


def shortest(text: str) -> str:
    """A number as it is said: `3.0` is 3. Any other text as it is."""
    value = number(text)
    return str(int(value)) if value is not None and value == int(value) and abs(value) < 1e15 else text
