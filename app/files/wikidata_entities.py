"""Entities of Wikidata by id, with what is asked of them; everything else of them is counted and let go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.domain.errors import Fault, FileError
from app.files import json_values
from app.files.dialects import Entry
from app.files.json_values import Value, items, record, text
from app.files.reading import Warnings
from app.files.register_files import Member
from app.files.register_ids import standard
from app.files.register_records import records
from app.files.wikidata_snaks import best, item, qualifiers, statements

EMPLOYER, SCHOOL = "P108", "P69"
ROLES = ("P39", "P794", "P2868", "P3831")
STUDIES = ("P512", "P812")
PARENTS = ("P749", "P361")
FIELD_OF_WORK = "P101"
ORCID, OPENALEX = "P496", "P10283"
FOUNDED, DISSOLVED, COUNTRY, SEAT, COUNTRY_CODE = "P571", "P576", "P17", "P159", "P297"
IDS = {"P6782": "ror", "P2427": "grid", "P213": "isni", "P3500": "ringgold", "P3153": "fundref", "P1278": "lei"}
"""Properties that hold an id of another register, by what a dataset calls it."""
HUMAN = "Q5"

_IS_A = "P31"
_ASKED = frozenset(
    (
        *(_IS_A, EMPLOYER, SCHOOL, FIELD_OF_WORK, ORCID, OPENALEX),
        *(*PARENTS, *IDS, FOUNDED, DISSOLVED, COUNTRY, SEAT, COUNTRY_CODE),
    )
)
_SIGNS = frozenset((*IDS, "P749", FOUNDED, DISSOLVED, SEAT))
_NAMED_BY = (_IS_A, FIELD_OF_WORK, COUNTRY, SEAT)
_LANGUAGES = ("en", "mul", "en-gb", "en-us", "en-ca")
_DAY = len("2025-06-26")


@dataclass(frozen=True, slots=True)
class Entity:
    """One entity: its label and aliases in one language, its day of change (blank if not said), the claims that are
    asked for."""

    id: str
    label: str
    aliases: tuple[str, ...]
    changed: str
    claims: Value
    entry: Entry

    def values(self, property_id: str) -> list[str]:
        """The items that the best statements of a property name."""
        return [found for statement in best(self.claims, property_id) if (found := item(record(statement, "mainsnak")))]

    @property
    def is_person(self) -> bool:
        """Whether it is a human being, or something of no stated kind that works or studies somewhere."""
        kinds = [item(record(statement, "mainsnak")) for statement in statements(self.claims, _IS_A)]
        return HUMAN in kinds or (not kinds and bool({EMPLOYER, SCHOOL, ORCID} & self.claims.keys()))


class Entities:
    """All entities of a path. people: in the order of the file; bodies: ids of those that are organizations: somebody
    works or studies there, another organization stands below it, or it has what organizations have and is no place,
    role or field that others are described by."""

    def __init__(self, path: Path, warnings: Warnings) -> None:
        self._all: dict[str, Entity] = {}
        self._other_names: dict[str, str] = {}
        for entry, (key, value) in records(path, "wikidata", _pairs, warnings):
            self._add(key, value, entry, warnings)
        self.people = [entity for entity in self._all.values() if entity.is_person]
        named = frozenset(self._described_by())
        self.bodies = self._organizations(named)
        known = {*self.bodies, *named}
        for entity in self._all.values():
            if entity.id not in known and not entity.is_person:
                warnings.ignore("entities that are neither a person nor an organization")

    def __len__(self) -> int:
        return len(self._all)

    def get(self, its_id: str) -> Entity | None:
        """The entity of an id, also of one that has been merged into it."""
        return self._all.get(self._other_names.get(its_id, its_id))

    def label(self, its_id: str) -> str:
        """What an entity is called; blank where the file does not say."""
        found = self.get(its_id)
        return found.label if found else ""

    def _add(self, key: str, value: Any, entry: Entry, warnings: Warnings) -> None:
        own = text(value, "id") or key
        if not standard("wikidata", own):
            if own.startswith("P"):
                warnings.ignore("properties")
                return
            message = f"entity {entry.row} has no id of an item, and was left out"
            warnings.passed_over(entry.place, message, "Fetch it again.")
            return
        if "missing" in value:
            warnings.passed_over(entry.place, f"{own} does not exist in Wikidata", "Look the id up again.")
            return
        if key and key != own:
            self._other_names[key] = own
        label, language = _label(record(value, "labels"))
        aliases = (text(alias, "value") for alias in items(record(value, "aliases"), language))
        claims = record(value, "claims")
        for property_id in claims.keys() - _ASKED:
            warnings.ignore(property_id, len(items(claims, property_id)))
        found = Entity(
            own,
            label,
            tuple(alias for alias in aliases if alias),
            text(value, "modified")[:_DAY],
            {property_id: claims[property_id] for property_id in claims.keys() & _ASKED},
            entry,
        )
        for held in ("descriptions", "sitelinks"):
            if value.get(held):
                warnings.ignore(held)
        if own in self._all:
            newer = found.changed > self._all[own].changed
            place = self._all[own].entry.place if newer else entry.place
            message = f"{own} stands in another place too, as new or newer, and that one was taken"
            warnings.passed_over(place, message, "Remove one of the two.")
            if not newer:
                return
        self._all[own] = found

    def _organizations(self, named: frozenset[str]) -> list[str]:
        """Ids of organizations, also of those that the file names only: first as people name them."""
        found: dict[str, None] = {}
        for person in self.people:
            for property_id in (EMPLOYER, SCHOOL):
                for statement in statements(person.claims, property_id):
                    if its_id := item(record(statement, "mainsnak")):
                        found[self._other_names.get(its_id, its_id)] = None
        for one in self._all.values():
            if _SIGNS & one.claims.keys() and not one.is_person and one.id not in named:
                found[one.id] = None
        ahead = [entity for its_id in found if (entity := self.get(its_id))]
        while ahead:
            low = ahead.pop()
            for above in [its_id for property_id in PARENTS for its_id in low.values(property_id)]:
                high = self.get(above)
                if high is not None and high.id not in found and not high.is_person:
                    found[high.id] = None
                    ahead.append(high)
        return list(found)

    def _described_by(self) -> Iterator[str]:
        for entity in self._all.values():
            for property_id in _NAMED_BY:
                yield from entity.values(property_id)
            for property_id in (EMPLOYER, SCHOOL):
                for statement in statements(entity.claims, property_id):
                    for of in (*ROLES, *STUDIES):
                        yield from (item(snak) for snak in qualifiers(statement, of))


def _pairs(member: Member) -> Iterator[tuple[str, Any]]:
    """The entities of a member, with the key that each stands under, blank where it stands alone."""
    for value in json_values.values(member.content, member.place):
        if not isinstance(value, dict):
            raise FileError(Fault("wrong-format", "something in it is no entity", "Fetch it again.", file=member.place))
        entities = value.get("entities")
        if isinstance(entities, dict):
            yield from ((str(key), found) for key, found in entities.items() if isinstance(found, dict))
        else:
            yield "", value


def _label(labels: Value) -> tuple[str, str]:
    """The label in English, where there is none in the first language by its code; and that language."""
    for language in (*_LANGUAGES, *sorted(labels)):
        if found := text(record(labels, language), "value"):
            return found, language
    return "", _LANGUAGES[0]
