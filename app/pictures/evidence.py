"""Says who? Everything behind one mark: facts, people, claims for and against, sources with numbers. Values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.analysis.presence import present
from app.domain import dates
from app.domain.dataset import Row
from app.domain.dates import FUTURE
from app.domain.index import Ints
from app.domain.schema import STATUSES
from app.pictures import wording
from app.pictures.gathered import Gathered

MOST_LISTED = 60
"""People that a section names; the tables have them all."""


@dataclass(frozen=True, slots=True)
class Item:
    """One fact: its text, a second line, how sure it is (blank where nothing is said), numbers of its sources."""

    text: str
    detail: str = ""
    status: str = ""
    cited: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """Facts of one sort."""

    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Cited:
    """A source with its number in the evidence; derived: it repeats another one that is cited too."""

    number: int
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


def evidence(gathered: Gathered, *keys: str) -> Evidence | None:
    """What stands behind a mark, by its key; of several, a line on each with the sources of all.

    None where no key stands for a record.
    """
    desk = _Desk(gathered)
    found = [told for key in keys if (told := desk.about(key)) is not None]
    return found[0] if len(found) == 1 else desk.together(found) if found else None


class _Desk:
    """Gathers facts of one dataset and numbers their sources as they come up."""

    def __init__(self, gathered: Gathered) -> None:
        self.gathered, self.data = gathered, gathered.dataset
        self._numbers: dict[str, int] = {}

    def about(self, key: str) -> Evidence | None:
        """Whatever stands behind a key."""
        kind, _, rest = key.partition(":")
        if kind == "flow" and ">" in rest:
            return self.flow(*rest.split(">", 1))
        if kind == "move" and ">" in rest:
            row = self.data.row("stints", rest.split(">", 1)[1])
            return self.person(row["person_id"]) if row is not None else None
        if kind == "people":
            return self.person(rest)
        if kind == "organizations":
            return self.organization(rest)
        if kind == "relations":
            return self.relation(rest)
        return None

    def together(self, found: Sequence[Evidence]) -> Evidence:
        """Several in one: a line on each; sources keep the numbers that they were cited with."""
        items = tuple(
            Item(
                told.head,
                told.line,
                "",
                tuple(sorted({n for section in told.sections for item in section.items for n in item.cited})),
            )
            for told in found
        )
        return self._closed(f"{len(found):,} selected", "", (Section("Selected", items),))

    def flow(self, origin: str, destination: str) -> Evidence | None:
        """The people of a flow, and what is claimed of it."""
        gathered, moves = self.gathered, self.gathered.moves
        codes = {i: c for c, i in enumerate(gathered.ids)}
        if origin not in codes or destination not in codes:
            return None
        a, b = codes[origin], codes[destination]
        rows = np.flatnonzero((moves.origin == a) & (moves.destination == b))
        if not len(rows):
            return None
        rows = rows[np.lexsort((rows, moves.joined[rows], moves.undated[rows]))]
        people = tuple(
            Item(
                gathered.person_name(moves, row),
                gathered.when(moves, row),
                STATUSES[int(moves.status[row])],
                self._cite(gathered.move_sources(moves, row)),
            )
            for row in rows.tolist()
        )
        sections = (Section("People", people), *self._claims(self._about_flow(a, b)))
        line = f"{wording.people(len(rows))} on record"
        return self._closed(f"{gathered.labels[a]} → {gathered.labels[b]}", line, sections)

    def person(self, person_id: str) -> Evidence | None:
        """The career of a person, and what is claimed of them."""
        person = self.data.row("people", person_id)
        if person is None:
            return None
        stints = (
            self.data["stints"]
            .filter(self.data["stints"]["person_id"] == person["id"])
            .sort("rank", "id", nulls_last=True)
        )
        posts = tuple(
            Item(
                " · ".join(part for part in (self._organization(s["organization_id"]), s["role"]) if part),
                _interval(s),
                s["status"] or "",
                self._cite(s["source_ids"]),
            )
            for s in reversed(list(stints.iter_rows(named=True)))
        )
        sections = (Section("Posts", posts), *self._claims({f"people:{person['id']}"}))
        return self._closed(person["name"], ", ".join(person["expertise"]), sections)

    def organization(self, organization: str) -> Evidence | None:
        """In, out, relations and claims of an organization."""
        row = self.data.row("organizations", organization)
        if row is None:
            return None
        code = self.gathered.ids.index(organization)
        moves = self.gathered.moves
        n_in, n_out = int((moves.destination == code).sum()), int((moves.origin == code).sum())
        known, possible = self.gathered.known_people(code)
        up = f", up to {possible:,}" if possible > known else ""
        facts = [
            Item(
                f"{wording.counted(known, 'known person', 'known people')}{up}",
                f"on {wording.iso(self.gathered.as_of)}; people in this dataset, not staff numbers",
            )
        ]
        place = ", ".join(part for part in (row["hq_city"], row["hq_country"]) if part)
        born = f"founded {row['founded']}" if row["founded"] else ""
        if place or born:
            facts.append(
                Item(" · ".join(part for part in (born, place) if part), "", "", self._cite(row["source_ids"]))
            )
        if row["notes"]:
            facts.append(Item(row["notes"], "", "", self._cite(row["source_ids"])))
        below = {f"organizations:{i}" for i in self._below(code)}
        ties = self.data["relations"].filter(
            self.data["relations"]["from_id"].is_in([organization])
            | self.data["relations"]["to_id"].is_in([organization])
        )
        relations = tuple(self._tie(r) for r in ties.iter_rows(named=True))
        sections = [Section("Facts", tuple(facts))]
        if relations:
            sections.append(Section("Relations", relations))
        sections += [*self._claims(below), *self._people_now(code)]
        for title, end, other in (
            ("Came in", moves.destination, moves.origin),
            ("Went out", moves.origin, moves.destination),
        ):
            sections += self._moved(title, np.flatnonzero(end == code), other)
        line = f"{n_in:,} in, {n_out:,} out, net {n_in - n_out:+,d}"
        return self._closed(row["name"] or organization, line, sections)

    def _people_now(self, code: int) -> list[Section]:
        """Who is surely there on the as-of day, by name."""
        careers, index = self.gathered.careers, self.data.index
        at = np.flatnonzero(present(careers, self.gathered.as_of)[0])
        at = at[careers.levels.at(index.organization[at], self.gathered.as_of) == code]
        _, first = np.unique(index.person[at], return_index=True)
        rows = index.row[at[first]]
        stints = [self.data["stints"].row(int(row), named=True) for row in rows[:MOST_LISTED].tolist()]
        named = sorted(((self._person(s["person_id"]), s) for s in stints), key=lambda pair: pair[0])
        items = [
            Item(
                name,
                " · ".join(part for part in (s["role"], _interval(s)) if part),
                s["status"] or "",
                self._cite(s["source_ids"]),
            )
            for name, s in named
        ]
        return _listed("People now", items, len(rows))

    def _moved(self, title: str, rows: npt.NDArray[np.intp], other: Ints) -> list[Section]:
        """The moves of an organization in one direction, the newest first, those without a day last."""
        gathered, moves = self.gathered, self.gathered.moves
        rows = rows[np.lexsort((-moves.joined[rows], moves.undated[rows]))]
        way = "from" if title == "Came in" else "to"
        items = [
            Item(
                gathered.person_name(moves, row),
                f"{way} {gathered.labels[int(other[row])]}, {gathered.when(moves, row)}",
                STATUSES[int(moves.status[row])],
                self._cite(gathered.move_sources(moves, row)),
            )
            for row in rows[:MOST_LISTED].tolist()
        ]
        return _listed(title, items, len(rows))

    def _person(self, person: str) -> str:
        row = self.data.row("people", person)
        return row["name"] or person if row is not None else person

    def relation(self, relation: str) -> Evidence | None:
        """All that binds the two organizations of a relation."""
        row = self.data.row("relations", relation)
        if row is None:
            return None
        ends = {row["from_id"], row["to_id"]}
        both = [r for r in self.data["relations"].iter_rows(named=True) if {r["from_id"], r["to_id"]} == ends]
        head = " and ".join(self._organization(i) for i in (row["from_id"], row["to_id"]))
        return self._closed(
            head, wording.counted(len(both), "relation"), (Section("Relations", tuple(map(self._tie, both))),)
        )

    def _tie(self, r: Row) -> Item:
        parts = (r["kind"], wording.bond(r["amount_usd"], r["stake_pct"]), r["announced"], r["outcome"])
        text = f"{self._organization(r['from_id'])} → {self._organization(r['to_id'])}"
        return Item(text, " · ".join(part for part in parts if part), r["status"] or "", self._cite(r["source_ids"]))

    def _below(self, code: int) -> list[str]:
        """Ids of the organizations that count as one at the level today, itself included."""
        everyone = np.arange(len(self.gathered.ids), dtype=np.int32)
        at_level = self.gathered.careers.levels.at(everyone, self.gathered.as_of)
        return [self.gathered.ids[c] for c in np.flatnonzero(at_level == code).tolist()] or [self.gathered.ids[code]]

    def _about_flow(self, a: int, b: int) -> set[str]:
        """Every way in which a claim may speak of a flow: units of the one to units of the other."""
        return {f"flow:{x}>{y}" for x in self._below(a) for y in self._below(b)}

    def _claims(self, about: set[str]) -> tuple[Section, ...]:
        """Claims of every topic that one of these records is part of, topic by topic, both sides together."""
        claims = list(self.data["claims"].iter_rows(named=True))
        topics = {c["topic"] for c in claims if c["topic"] and about.intersection(c["about"])}
        found = [c for c in claims if about.intersection(c["about"]) or c["topic"] in topics]
        order = {"supports": 0, "contradicts": 1, "neutral": 2}
        found.sort(key=lambda c: (c["topic"] or "~", order.get(c["stance"] or "neutral", 2), c["id"]))
        items = tuple(
            Item(
                c["text"] or "",
                " · ".join(part for part in (c["topic"], c["stance"], c["said_by"], c["date"]) if part),
                c["status"] or "",
                self._cite(c["source_ids"]),
            )
            for c in found
        )
        return (Section("Claims", items),) if items else ()

    def _organization(self, organization: str) -> str:
        row = self.data.position("organizations", organization)
        return self.gathered.labels[row] if row is not None else organization

    def _cite(self, source_ids: Iterable[str]) -> tuple[int, ...]:
        return tuple(self._numbers.setdefault(s, len(self._numbers) + 1) for s in source_ids)

    def _closed(self, head: str, line: str, sections: Sequence[Section]) -> Evidence:
        cited = []
        for source, number in self._numbers.items():
            row = self.data.row("sources", source) or {}
            derived = bool(row.get("derived_from")) and row.get("derived_from") in self._numbers
            publisher, title, published, url = (row.get(n) or "" for n in ("publisher", "title", "published", "url"))
            cited.append(Cited(number, publisher, title, published, url, derived))
        return Evidence(head, line, tuple(sections), tuple(cited))


def _listed(title: str, items: list[Item], n: int) -> list[Section]:
    """A section with its count, and how many more there are than it lists; none if there are none."""
    if n > len(items):
        items = [*items, Item(f"and {n - len(items):,} more", "see the tables")]
    return [Section(f"{title} · {n:,}", tuple(items))] if n else []


def _interval(stint: Row) -> str:
    """`2024-12 to 2025-06`, `since 2025-06`, `dates not known`; an announced start says so."""
    start, end = stint["start"], stint["end"]
    running = dates.parse(end).earliest >= FUTURE if end and dates.readable(end) else False
    begun = f"{start}" if start else ""
    if stint["announced"]:
        begun = f"{begun} (announced {stint['announced']})" if begun else f"announced {stint['announced']}"
    if running:
        return f"since {begun}" if begun else "to this day; start not known"
    if begun and end:
        return f"{begun} to {end}"
    if begun:
        return f"{begun}; end not known"
    return f"until {end}; start not known" if end else "dates not known"
