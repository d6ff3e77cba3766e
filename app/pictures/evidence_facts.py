"""What evidence is made of: facts with their status and their sources, by number. Values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.pictures import wording

MOST_LISTED = 60
"""People that a section names; the tables have them all."""


@dataclass(frozen=True, slots=True)
class Item:
    """One fact: its text, a second line, how sure it is (blank where nothing is said), numbers of its sources, and the
    record that says so as table:id (blank where it is no single one); person: the id of whom it is about, where it
    is one of several people."""

    text: str
    detail: str = ""
    status: str = ""
    cited: tuple[int, ...] = ()
    record: str = ""
    person: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Facts of one sort."""

    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Cited:
    """A source with its number in the evidence and its id; derived: it repeats another one that is cited too."""

    number: int
    id: str
    publisher: str
    title: str
    published: str
    url: str
    derived: bool


@dataclass(frozen=True, slots=True)
class Evidence:
    """What stands behind a mark: head, line of figures, sections, sources in the order in which they are cited."""

    head: str
    line: str
    sections: tuple[Section, ...]
    sources: tuple[Cited, ...]

    @property
    def independence(self) -> str:
        """`3 sources, 2 independent`; `3 sources` where none is known to repeat another; blank without sources."""
        if not self.sources:
            return ""
        alone = sum(not source.derived for source in self.sources)
        counted = wording.counted(len(self.sources), "source")
        return counted if alone == len(self.sources) else f"{counted}, {alone} independent"

    @property
    def text(self) -> str:
        """All of it as plain text with numbered citations, to be pasted elsewhere."""
        lines = [self.head, self.line] if self.line else [self.head]
        for section in self.sections:
            lines += ["", section.title]
            for item in section.items:
                marks = f"[{numbers(item.cited)}]" if item.cited else ""
                lines.append(
                    " ".join(part for part in (f"- {item.text}", item.status and f"({item.status})", marks) if part)
                )
                if item.detail:
                    lines.append(f"  {item.detail}")
        if self.sources:
            lines += ["", f"Sources ({self.independence})"]
            for s in self.sources:
                said = ". ".join(part for part in (s.publisher, s.title, s.published) if part)
                lines.append(f"[{s.number}] {said}{f'. {s.url}' if s.url else ''}")
        return "\n".join(lines)


def numbers(cited: Sequence[int]) -> str:
    """`1, 2, 5–9`: numbers of sources in ascending order, three or more in a row as a range. Blank for none."""
    runs: list[list[int]] = []
    for n in sorted(set(cited)):
        if runs and runs[-1][-1] == n - 1:
            runs[-1].append(n)
        else:
            runs.append([n])
    parts = [f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs]
    return ", ".join(parts)


def listed(title: str, items: Sequence[Item], n: int) -> list[Section]:
    """A section with its count, and how many more there are than it lists; none if there are none."""
    if n > len(items):
        items = [*items, Item(f"and {n - len(items):,} more", "see the tables")]
    return [Section(f"{title} · {n:,}", tuple(items))] if n else []
