"""Gathers facts of one dataset, numbers their sources as they come up, and brings claims of one matter together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from app.domain import dates
from app.domain.dataset import Row
from app.domain.dates import FUTURE
from app.pictures.evidence_facts import Cited, Evidence, Item, Section
from app.pictures.gathered import Gathered

_ORDER = {"supports": 0, "contradicts": 1, "neutral": 2}
"""Order of claims on one matter, by stance."""


class Desk:
    """What stands behind one mark, or behind several together: sources keep the number that they were cited with."""

    def __init__(self, gathered: Gathered) -> None:
        self.gathered, self.data = gathered, gathered.dataset
        self._numbers: dict[str, int] = {}

    def cite(self, source_ids: Iterable[str] | None) -> tuple[int, ...]:
        """Numbers of sources."""
        return tuple(self._numbers.setdefault(s, len(self._numbers) + 1) for s in source_ids or ())

    def closed(self, head: str, line: str, sections: Sequence[Section]) -> Evidence:
        """The evidence, with every source that was cited so far."""
        cited = []
        for source, number in self._numbers.items():
            row = self.data.row("sources", source) or {}
            derived = bool(row.get("derived_from")) and row.get("derived_from") in self._numbers
            publisher, title, published, url = (row.get(n) or "" for n in ("publisher", "title", "published", "url"))
            cited.append(Cited(number, source, publisher, title, published, url, derived))
        return Evidence(head, line, tuple(sections), tuple(cited))

    def organization(self, organization: str) -> str:
        """The short name of an organization; the id of one that is not there."""
        row = self.data.position("organizations", organization)
        return self.gathered.labels[row] if row is not None else organization

    def person(self, person: str) -> str:
        """The name of a person; the id of one who has none or is not there."""
        row = self.data.row("people", person)
        return row["name"] or person if row is not None else person

    def claims(self, about: set[str]) -> tuple[Section, ...]:
        """Claims of every topic that one of these records is part of, topic by topic, both sides together."""
        return self.matter(lambda claim: bool(about.intersection(claim["about"])))

    def matter(self, wanted: Callable[[Row], bool], title: str = "Claims", but: str = "") -> tuple[Section, ...]:
        """Some claims and all on the same topics, topic by topic, both sides together; none if there are none. but: id
        of one that stands elsewhere."""
        claims = list(self.data["claims"].iter_rows(named=True))
        first = {claim["id"]: claim["topic"] for claim in claims if wanted(claim)}
        topics = {topic for topic in first.values() if topic}
        found = [c for c in claims if (c["id"] in first or c["topic"] in topics) and c["id"] != but]
        found.sort(key=lambda c: (c["topic"] or "~", _ORDER.get(c["stance"] or "neutral", 2), c["id"]))
        return (Section(title, tuple(map(self.claim, found))),) if found else ()

    def claim(self, claim: Row) -> Item:
        """One claim: the topic it speaks to, on which side, who says it, when, and what the analyst makes of it."""
        parts = (claim["topic"], claim["stance"], claim["said_by"], claim["date"], ruling(claim))
        detail = " · ".join(part for part in parts if part)
        return Item(
            claim["text"] or "", detail, claim["status"] or "", self.cite(claim["source_ids"]), f"claims:{claim['id']}"
        )


def ruling(claim: Row) -> str:
    """`upheld: the memo says so (2025-09)`; blank while nothing is decided."""
    if claim["ruling"] not in ("upheld", "rejected"):
        return ""
    why = f": {claim['ruling_reason']}" if claim["ruling_reason"] else ""
    return f"{claim['ruling']}{why}" + (f" ({claim['ruled_on']})" if claim["ruled_on"] else "")


def interval(stint: Row) -> str:
    """`2024-12 to 2025-06`, `since 2025-06`, `dates not known`; an announced start says so."""
    start, end = stint["start"], stint["end"]
    running = dates.parse(end).earliest >= FUTURE if end and dates.readable(end) else False
    begun = f"{start}" if start else ""
    if stint["announced"] and stint["announced"] != start:
        begun = f"{begun} (announced {stint['announced']})" if begun else f"announced {stint['announced']}"
    if running:
        return f"since {begun}" if begun else "to this day; start not known"
    if begun and end:
        return f"{begun} to {end}"
    if begun:
        return f"{begun}; end not known"
    return f"until {end}; start not known" if end else "dates not known"
