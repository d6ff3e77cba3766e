"""Organizations among the items of Wikidata, and those that its people name."""

from __future__ import annotations

from app.domain.dataset import Row
from app.files.idents import Ids
from app.files.json_values import record
from app.files.reading import Warnings
from app.files.register_bodies import Bodies, Body
from app.files.register_ids import standard
from app.files.wikidata_entities import (
    COUNTRY,
    COUNTRY_CODE,
    DISSOLVED,
    EMPLOYER,
    FOUNDED,
    IDS,
    OPENALEX,
    PARENTS,
    SCHOOL,
    SEAT,
    Entities,
    Entity,
)
from app.files.wikidata_snaks import best, item, qualifiers, statements, time_of, words
from app.files.wikidata_sources import Sources

_ENDED = "P582"


class Organizations:
    """The organizations of a file. by_item: each by its Q id."""

    def __init__(self, entities: Entities, sources: Sources, ids: Ids, warnings: Warnings) -> None:
        self.by_item: dict[str, Body] = {}
        self._entities = entities
        self._sources = sources
        self._warnings = warnings
        self._bodies = Bodies(ids, warnings)
        named_by = {
            item(record(statement, "mainsnak")): person
            for person in reversed(entities.people)
            for property_id in (EMPLOYER, SCHOOL)
            for statement in statements(person.claims, property_id)
        }
        for its_id in entities.bodies:
            found = entities.get(its_id)
            self.by_item[its_id] = self._body(its_id, found, found or named_by[its_id])

    def rows(self) -> list[Row]:
        """The rows of the table of organizations, each below its parent."""
        for its_id, body in self.by_item.items():
            found = self._entities.get(its_id)
            if found is not None:
                self._place(found, body)
        return self._bodies.rows()

    def _body(self, its_id: str, found: Entity | None, teller: Entity) -> Body:
        """The organization of an item; where the file does not hold it, as far as the teller names it."""
        ids = {"wikidata": its_id}
        country = ""
        if found is not None:
            ids |= {register: own for held, register in IDS.items() if (own := its_own(found, held, register))}
            own = its_own(found, OPENALEX, "openalex")
            ids |= {"openalex": own} if own.startswith("I") else {}
            country = self._country(found)
        name = self._entities.label(its_id)
        body = self._bodies.found(name or its_id, country, ids, entry=teller.entry, source=self._sources.of(teller))
        if not name:
            message = f"{its_id} has no label in the file, and its id stands for a name"
            remedy = "Give the organization a name, or fetch its item into the same file."
            about = ("organizations", body.id)
            self._warnings.add("no-name", message, remedy, entry=teller.entry, field=its_id, about=about)
        if found is not None:
            body.called(*found.aliases)
            body.city = self._named(found, SEAT)
            body.founded = self._date(found, FOUNDED, body)
            body.dissolved = self._date(found, DISSOLVED, body)
        return body

    def _country(self, found: Entity) -> str:
        """The two letters of its country where the file holds them, else what the file calls it."""
        for its_id in found.values(COUNTRY):
            country = self._entities.get(its_id)
            if country is not None and (code := next((c for c in _words(country, COUNTRY_CODE)), "")):
                return code
        return self._named(found, COUNTRY)

    def _named(self, found: Entity, property_id: str) -> str:
        """What the file calls the first item of a property; counted where it does not say."""
        values = found.values(property_id)
        label = next((label for its_id in values if (label := self._entities.label(its_id))), "")
        if values and not label:
            self._warnings.ignore(f"{property_id} without a label in the file")
        return label

    def _date(self, found: Entity, property_id: str, body: Body) -> str:
        """The first date of a property, what is doubtful about it told."""
        times = [time_of(record(statement, "mainsnak")) for statement in best(found.claims, property_id)]
        for one in times:
            if one.told:
                remedy, about = "Look the item up in Wikidata.", ("organizations", body.id)
                self._warnings.add("date", one.told, remedy, entry=found.entry, field=property_id, about=about)
        return next((one.text for one in times if one.text), "")

    def _place(self, found: Entity, body: Body) -> None:
        """Put an organization below its parents of today, as far as the file holds them: the parent organization, only
        where none is named what it is part of."""
        for property_id in PARENTS:
            given = [s for s in best(found.claims, property_id) if not qualifiers(s, _ENDED)]
            parents = [self.by_item.get(self._own(item(record(s, "mainsnak")))) for s in given]
            for parent in parents:
                if parent is None:
                    self._warnings.ignore(f"{property_id} that is no organization of the file")
                else:
                    self._bodies.place(body, parent, found.entry)
            if any(parents):
                return

    def _own(self, its_id: str) -> str:
        """The id under which an item stands that has been merged into another."""
        found = self._entities.get(its_id)
        return found.id if found else its_id


def its_own(found: Entity, property_id: str, register: str) -> str:
    """The id of another register that an item has, in its form; blank where it has none."""
    return next((own for said in _words(found, property_id) if (own := standard(register, said))), "")


def _words(found: Entity, property_id: str) -> list[str]:
    given = [words(record(statement, "mainsnak")) for statement in best(found.claims, property_id)]
    return [said for said in given if said]
