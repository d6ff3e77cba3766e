"""What is claimed, matter by matter: those for it and those against it side by side, on whose word, and the analyst's
ruling on each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from app.analysis.known import known_rows
from app.domain.dataset import Dataset, Row
from app.pictures import records, wording

STANCES = ("supports", "contradicts", "neutral")
NO_TOPIC = "Without a topic"


@dataclass(frozen=True, slots=True)
class Said:
    """A source of a claim; derived: it repeats another source of the same matter."""

    id: str
    publisher: str
    title: str
    published: str
    url: str
    derived: bool


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim in words. ruling: open, upheld or rejected; about: what it speaks of, as keys and names."""

    id: str
    text: str
    said_by: str
    date: str
    status: str
    stance: str
    gives: str
    about: tuple[tuple[str, str], ...]
    sources: tuple[Said, ...]
    ruling: str
    reason: str
    ruled_on: str


@dataclass(frozen=True, slots=True)
class Matter:
    """All claims on one topic. sources, independent: how many publications carry them, and how many of those repeat no
    other one of them."""

    topic: str
    supports: tuple[Claim, ...]
    contradicts: tuple[Claim, ...]
    neutral: tuple[Claim, ...]
    n_sources: int
    n_independent: int

    @property
    def claims(self) -> tuple[Claim, ...]:
        """For it, against it, neither."""
        return (*self.supports, *self.contradicts, *self.neutral)

    @property
    def contested(self) -> bool:
        """Whether there is somebody on either side."""
        return bool(self.supports and self.contradicts)

    @property
    def n_open(self) -> int:
        """Claims on which nothing is ruled."""
        return sum(claim.ruling == "open" for claim in self.claims)

    @property
    def line(self) -> str:
        """`2 for · 1 against · 1 open`."""
        sides = ((self.supports, "for"), (self.contradicts, "against"), (self.neutral, "neither"))
        parts = [f"{len(side)} {word}" for side, word in sides if side]
        return " · ".join([*parts, f"{self.n_open} open" if self.n_open else "ruled"])

    @property
    def evidence(self) -> str:
        """`3 sources, 1 independent`."""
        said = wording.counted(self.n_sources, "source")
        return said if self.n_independent == self.n_sources else f"{said}, {self.n_independent} independent"


def matters(dataset: Dataset, known_by: int | None = None) -> list[Matter]:
    """Every matter on which something is claimed, the contested ones first, then those with something open, then by
    name; claims without a topic are one matter at the end. Denied claims and those not yet known stay out."""
    claims = dataset["claims"].filter(
        pl.Series(known_rows(dataset, "claims", known_by)) & pl.col("status").ne_missing("denied")
    )
    by_topic: dict[str, list[Row]] = {}
    for row in claims.sort("date", "id", nulls_last=True).iter_rows(named=True):
        by_topic.setdefault(row["topic"] or "", []).append(row)
    found = [_matter(dataset, topic or NO_TOPIC, rows) for topic, rows in by_topic.items()]
    return sorted(found, key=lambda m: (m.topic == NO_TOPIC, not m.contested, not m.n_open, m.topic.casefold()))


def _matter(dataset: Dataset, topic: str, rows: Sequence[Row]) -> Matter:
    cited = dict.fromkeys(source for row in rows for source in row["source_ids"] or ())
    sources = {source: dataset.row("sources", source) or {} for source in cited}
    derived = {source for source, row in sources.items() if _repeats(dataset, row, cited)}
    made = [_claim(dataset, row, sources, derived) for row in rows]
    supports, contradicts, neutral = (tuple(claim for claim in made if claim.stance == one) for one in STANCES)
    return Matter(topic, supports, contradicts, neutral, len(cited), len(cited) - len(derived))


def _repeats(dataset: Dataset, row: Mapping[str, object], cited: Iterable[str]) -> bool:
    """Whether a source repeats another one that is cited, at whatever remove."""
    seen: set[str] = set()
    above = str(row.get("derived_from") or "")
    while above and above not in seen:
        if above in cited:
            return True
        seen.add(above)
        above = str((dataset.row("sources", above) or {}).get("derived_from") or "")
    return False


def _claim(dataset: Dataset, row: Row, sources: Mapping[str, Row], derived: set[str]) -> Claim:
    stance = row["stance"] if row["stance"] in STANCES else "neutral"
    gives = f"{records.field_word(row['field'])}: {row['value']}" if row["field"] and row["value"] else ""
    said = tuple(_said(one, sources[one], derived=one in derived) for one in row["source_ids"] or ())
    about = tuple((key, records.spoken(dataset.row, key)) for key in row["about"] or ())
    return Claim(
        row["id"], row["text"] or row["topic"] or row["id"], row["said_by"] or "", row["date"] or "",
        row["status"] or "", stance, gives, about, said,
        row["ruling"] or "open", row["ruling_reason"] or "", row["ruled_on"] or "",
    )  # fmt: skip


def _said(source: str, row: Row, *, derived: bool) -> Said:
    publisher, title, published, url = (row.get(name) or "" for name in ("publisher", "title", "published", "url"))
    return Said(source, publisher, title, published, url, derived)
