"""Organizations as registers name them: the same id, or else the same name in the same country, is one record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from app.domain import dates
from app.domain.circles import circles
from app.domain.dataset import Row
from app.files.dialects import Entry
from app.files.idents import Ids, words
from app.files.reading import Warnings, shown
from app.files.register_ids import kept

_REMEDY = "Say which of them is the parent, and since when."


@dataclass(eq=False)
class Body:
    """One organization, filled as its records come along. parents: ids of bodies above it, each with the row that says
    so; more: what else of its record `extra` keeps."""

    id: str
    name: str
    entry: Entry
    ids: dict[str, str] = field(default_factory=dict)
    aliases: dict[str, None] = field(default_factory=dict)
    kind: str = ""
    city: str = ""
    country: str = ""
    founded: str = ""
    dissolved: str = ""
    status: str = ""
    notes: list[str] = field(default_factory=list)
    sources: set[str] = field(default_factory=set)
    parents: dict[str, Entry] = field(default_factory=dict)
    more: dict[str, object] = field(default_factory=dict)

    def called(self, *names: str) -> None:
        """Note other names."""
        self.aliases.update(dict.fromkeys(name for name in names if name and name != self.name))


class Bodies:
    """The organizations of one dataset."""

    def __init__(self, ids: Ids, warnings: Warnings) -> None:
        self._ids = ids
        self._warnings = warnings
        self._bodies: dict[str, Body] = {}
        self._by_register: dict[tuple[str, str], Body] = {}
        self._by_name: dict[tuple[str, str], list[Body]] = defaultdict(list)

    def __iter__(self) -> Iterator[Body]:
        return iter(self._bodies.values())

    def known(self, register: str, its_id: str) -> Body | None:
        """The organization with an id of a register."""
        return self._by_register.get((register, its_id))

    def found(self, name: str, country: str, ids: Mapping[str, str], *, entry: Entry, source: str) -> Body:
        """The organization of this name and these ids; made where it is new.

        By an id that it has, unless its own of the first register given is another; else one of the same name and
        country to which no other id of a register is given. A name that differs becomes an alias.
        """
        first, its_own = next(iter(ids.items()), ("", ""))
        by_id = (b for pair in ids.items() if (b := self._by_register.get(pair)))
        body = next((b for b in by_id if b.ids.get(first, its_own) == its_own), None)
        if body is None:
            alike = self._by_name[words(name) or name.casefold(), country]
            body = next((b for b in alike if all(b.ids.get(key, own) == own for key, own in ids.items())), None)
            if body is None:
                body = Body(self._ids.new(name), name, entry, country=country)
                self._bodies[body.id] = body
                alike.append(body)
        for key, own in ids.items():
            if key not in body.ids and (key, own) not in self._by_register:
                body.ids[key] = own
                self._by_register[key, own] = body
        body.called(name)
        body.country = body.country or country
        body.sources.add(source)
        return body

    def place(self, low: Body, high: Body, entry: Entry) -> None:
        """Put one below another."""
        if low is not high:
            low.parents.setdefault(high.id, entry)

    def rows(self) -> list[Row]:
        """The rows of the table of organizations. Told are several parents, and organizations below themselves."""
        parents = {body.id: self._parent(body) for body in self._bodies.values()}
        while met := circles({low: (high,) for low, high in parents.items() if high}):
            for circle in met:
                body = self._bodies[circle[0]]
                message = f"{shown(body.name)} stands below itself, by what other records say"
                self._warn("circle", message, "Correct the parent of one of them.", body, "parent_id")
                parents[body.id] = ""
        return [self._row(body, parents[body.id]) for body in self._bodies.values()]

    def _parent(self, body: Body) -> str:
        """The parent that is named first."""
        if len(body.parents) > 1:
            others = ", ".join(self._bodies[above].name for above in list(body.parents)[1:])
            message = f"{shown(body.name)} stands under {shown(others)} too"
            self._warn("several-parents", message, _REMEDY, body, "parent_id")
        return next(iter(body.parents), "")

    def _row(self, body: Body, parent: str) -> Row:
        dissolved = body.dissolved
        if dissolved and dates.parse(dissolved).latest <= dates.parse(body.founded or None).earliest:
            message = f"it ended {dissolved} before it began {body.founded}, and its end is left out"
            self._warn("end-before-start", message, "Correct one of the two dates.", body, "dissolved")
            dissolved = ""
        return {
            "id": body.id,
            "name": body.name,
            "aliases": list(body.aliases),
            "kind": body.kind or None,
            "parent_id": parent or None,
            "founded": body.founded or None,
            "dissolved": dissolved or None,
            "hq_city": body.city or None,
            "hq_country": body.country or None,
            "status": body.status or None,
            "notes": "\n".join(body.notes) or None,
            "source_ids": list(body.sources),
            "extra": kept(body.ids, body.more),
        }

    def _warn(self, code: str, message: str, remedy: str, body: Body, name: str) -> None:
        entry = body.parents.get(next(iter(body.parents), ""), body.entry)
        self._warnings.add(code, message, remedy, entry=entry, field=name, about=("organizations", body.id))
