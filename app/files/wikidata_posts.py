"""Statements of where somebody works or studies → stints, with their dates, roles and references."""

from __future__ import annotations

from collections.abc import Iterator

from app.domain import dates
from app.files.dialects import Entry
from app.files.json_values import Value, record
from app.files.reading import Warnings
from app.files.register_bodies import Body
from app.files.register_posts import Post
from app.files.wikidata_entities import EMPLOYER, ROLES, SCHOOL, STUDIES, Entities, Entity
from app.files.wikidata_snaks import UNSURE, item, kind, qualifiers, rank, statements, time_of
from app.files.wikidata_sources import Sources

_START, _END, _AT = "P580", "P582", "P585"
_CIRCUMSTANCES, _CIRCA = "P1480", "Q5727902"
_ASKED = frozenset((_START, _END, _AT, _CIRCUMSTANCES, *ROLES, *STUDIES))
_FLAGS = {"": "~", "?": "%", "~": "~", "%": "%"}
_CHECK = "Look the statement up in Wikidata."


class Posts:
    """What the statements of people say, one person after the other."""

    def __init__(self, entities: Entities, bodies: dict[str, Body], sources: Sources, warnings: Warnings) -> None:
        self._entities = entities
        self._bodies = bodies
        self._sources = sources
        self._warnings = warnings

    def of(self, person: Entity, about: tuple[str, str]) -> Iterator[Post]:
        """The stints of a person. about: table and id of their record, for what is told."""
        for property_id, stint_kind in ((EMPLOYER, "employment"), (SCHOOL, "education")):
            for n, statement in enumerate(statements(person.claims, property_id), 1):
                snak = record(statement, "mainsnak")
                its_id, said = item(snak), kind(snak)
                label = f"{property_id} {its_id or said} {n}"
                if not its_id:
                    if said == "novalue":
                        self._warnings.ignore(f"{property_id} novalue")
                        continue
                    why = "nobody knows where" if said == "somevalue" else "it names no item"
                    self._tell("missing", f"{label}: {why}, and it was left out", person.entry, label, about)
                    continue
                entity = self._entities.get(its_id)
                yield self._post(statement, stint_kind, entity.id if entity else its_id, label, person, about)

    def _post(
        self, statement: Value, stint_kind: str, its_id: str, label: str, person: Entity, about: tuple[str, str]
    ) -> Post:
        start, end, notes = self._dates(statement, person.entry, label, about)
        source = self._sources.of(person)
        body = self._bodies[its_id]
        body.sources.add(source)
        for property_id in record(statement, "qualifiers").keys() - _ASKED:
            self._warnings.ignore(f"qualifiers {property_id}", len(qualifiers(statement, property_id)))
        return Post(
            body.id,
            stint_kind,
            start,
            end,
            label,
            person.entry,
            (source, *self._sources.referred(statement, person.entry)),
            role=", ".join(self._roles(statement, ROLES if stint_kind == "employment" else (*STUDIES, *ROLES))),
            status="denied" if rank(statement) == "deprecated" else "",
            notes="\n".join((*(["Deprecated in Wikidata"] if rank(statement) == "deprecated" else []), *notes)),
        )

    def _roles(self, statement: Value, properties: tuple[str, ...]) -> Iterator[str]:
        """What somebody was there, as far as the file says what it is called; the rest is counted."""
        for property_id in properties:
            for snak in qualifiers(statement, property_id):
                if found := self._entities.label(item(snak)):
                    yield found
                else:
                    self._warnings.ignore(f"qualifiers {property_id} without a label in the file")

    def _dates(
        self, statement: Value, entry: Entry, label: str, about: tuple[str, str]
    ) -> tuple[str, str, tuple[str, ...]]:
        """Start, end and what is noted. `novalue` as an end: it runs on; `somevalue`: it ended, nobody knows when."""
        start, end = (self._date(statement, name, entry, label, about) for name in (_START, _END))
        notes = []
        ends = {kind(snak) for snak in qualifiers(statement, _END)}
        if "novalue" in ends and not end:
            end = dates.OPEN
        elif "somevalue" in ends and not end:
            notes.append("It ended; nobody knows when")
        at = self._date(statement, _AT, entry, label, about)
        if at:
            notes.append(f"Known to be so in {at}")
            if not start and not end:
                start = at if at[-1] in "~?%" else f"{at}{UNSURE}"
        if any(item(snak) == _CIRCA for snak in qualifiers(statement, _CIRCUMSTANCES)):
            start, end = _about(start), _about(end)
        return start, end, tuple(notes)

    def _date(self, statement: Value, property_id: str, entry: Entry, label: str, about: tuple[str, str]) -> str:
        """The first date of a qualifier; several are told."""
        times = [time_of(snak) for snak in qualifiers(statement, property_id)]
        for found in times:
            if found.told:
                self._tell("date", found.told, entry, f"{label} {property_id}", about)
        written = list(dict.fromkeys(found.text for found in times if found.text))
        if len(written) > 1:
            others = ", ".join(written[1:])
            self._tell(
                "several", f"{written[0]} was taken, {others} stand there too", entry, f"{label} {property_id}", about
            )
        return next(iter(written), "")

    def _tell(self, code: str, message: str, entry: Entry, field: str, about: tuple[str, str]) -> None:
        self._warnings.add(code, message, _CHECK, entry=entry, field=field, about=about)


def _about(date: str) -> str:
    if date in ("", dates.OPEN):
        return date
    flag = date[-1] if date[-1] in "~?%" else ""
    return f"{date.removesuffix(flag)}{_FLAGS[flag]}"
