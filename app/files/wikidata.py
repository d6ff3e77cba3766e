"""Entities of Wikidata → a Dataset: people with where they work and study, and the organizations.

Read is JSON as Wikidata gives it for entities (`entities` by id), or one entity a line or in a list as in its dumps,
packed or not, or a folder, zip or tarball of such files. Items are called what the same file calls them: one whose
label is not there keeps its Q id as a name. A deprecated statement is a denied stint.
"""

from __future__ import annotations

from pathlib import Path

from app.domain.dataset import Row
from app.files.idents import Ids
from app.files.reading import Reading, Warnings
from app.files.register_posts import stints
from app.files.texts import refused
from app.files.wikidata_bodies import Organizations, its_own
from app.files.wikidata_entities import FIELD_OF_WORK, OPENALEX, ORCID, Entities, Entity
from app.files.wikidata_posts import Posts
from app.files.wikidata_sources import Sources


def read(path: Path) -> Reading:
    """The Dataset of people and organizations, what is doubtful in them, and what of them was not taken.

    FileError where a file cannot be read, is not harmless, or holds no entity.
    """
    warnings, ids = Warnings(), Ids()
    entities = Entities(path, warnings)
    if not entities.people and not entities.bodies:
        message = (
            "none of its items is a person or an organization" if len(entities) else "it holds no item of Wikidata"
        )
        raise refused(path, "no-records", message, "Fetch items of people or organizations as JSON.")
    sources = Sources(entities, ids, warnings)
    organizations = Organizations(entities, sources, ids, warnings)
    posts = Posts(entities, organizations.by_item, sources, warnings)
    people: list[Row] = []
    rows: list[Row] = []
    for person in entities.people:
        row = _person(person, entities, sources, ids, warnings)
        people.append(row)
        rows += stints(posts.of(person, ("people", row["id"])), row["id"], row["name"], ids, warnings)
    tables = {"organizations": organizations.rows(), "people": people, "stints": rows, "sources": sources.rows}
    return warnings.reading(tables)


def _person(person: Entity, entities: Entities, sources: Sources, ids: Ids, warnings: Warnings) -> Row:
    """The row of a person."""
    name = person.label or person.id
    person_id = ids.new(name)
    if not person.label:
        message, remedy = f"{person.id} has no label, and its id stands for a name", "Give the person a name."
        about = ("people", person_id)
        warnings.add("no-name", message, remedy, entry=person.entry, field="labels", about=about)
    fields = [label for its_id in person.values(FIELD_OF_WORK) if (label := entities.label(its_id))]
    unnamed = len(person.values(FIELD_OF_WORK)) - len(fields)
    if unnamed:
        warnings.ignore(f"{FIELD_OF_WORK} without a label in the file", unnamed)
    return {
        "id": person_id,
        "name": name,
        "aliases": list(person.aliases),
        "expertise": fields,
        "orcid": its_own(person, ORCID, "orcid") or None,
        "openalex": its_own(person, OPENALEX, "openalex") or None,
        "wikidata": person.id,
        "source_ids": [sources.of(person)],
    }
