"""References of statements of Wikidata → sources: what a statement is said to stand in, and the item itself."""

from __future__ import annotations

from collections.abc import Iterator

from app.domain import dates
from app.domain.dataset import Row
from app.files.dialects import Entry
from app.files.idents import Ids
from app.files.json_values import Value, items, record
from app.files.reading import Warnings
from app.files.wikidata_entities import Entities, Entity
from app.files.wikidata_snaks import item, time_of, words

_URL, _ACCESSED, _STATED_IN, _TITLE, _PUBLISHED, _ARCHIVED = "P854", "P813", "P248", "P1476", "P577", "P1065"
_ASKED = frozenset((_URL, _ACCESSED, _STATED_IN, _TITLE, _PUBLISHED, _ARCHIVED))
_LANGUAGES_OF_TITLES = "P407"


class Sources:
    """The rows of sources: one for each item, and one for each reference that says the same of where it stands."""

    def __init__(self, entities: Entities, ids: Ids, warnings: Warnings) -> None:
        self.rows: list[Row] = []
        self._entities = entities
        self._ids = ids
        self._warnings = warnings
        self._known: dict[tuple[str, ...], str] = {}
        self._items: dict[str, str] = {}

    def of(self, entity: Entity) -> str:
        """The id of the source that an item is."""
        if entity.id not in self._items:
            row_id = self._items[entity.id] = self._ids.new("wikidata", entity.id)
            day = entity.changed
            self.rows.append(
                {
                    "id": row_id,
                    "publisher": "Wikidata",
                    "title": f"Wikidata: {entity.label or entity.id}",
                    "url": f"https://www.wikidata.org/wiki/{entity.id}",
                    "published": day if day and dates.readable(day) else None,
                    "kind": "other",
                }
            )
        return self._items[entity.id]

    def referred(self, statement: Value, entry: Entry) -> Iterator[str]:
        """The ids of the sources that a statement refers to. What only says which wiki it came from is counted."""
        for reference in items(statement, "references"):
            snaks = record(reference, "snaks")
            for property_id in snaks.keys() - _ASKED - {_LANGUAGES_OF_TITLES}:
                self._warnings.ignore(f"references {property_id}", len(items(snaks, property_id)))
            if row_id := self._source(snaks, entry):
                yield row_id

    def _source(self, snaks: Value, entry: Entry) -> str:
        url, title = (self._words(snaks, property_id) for property_id in (_URL, _TITLE))
        stated = next((found for snak in items(snaks, _STATED_IN) if (found := item(snak))), "")
        if not (url or title or stated):
            return ""
        published, accessed = (self._day(snaks, property_id, entry) for property_id in (_PUBLISHED, _ACCESSED))
        archived = self._words(snaks, _ARCHIVED)
        key = (url, title, stated, published, accessed, archived)
        if key not in self._known:
            name = self._entities.label(stated) or stated
            row_id = self._known[key] = self._ids.new("src", name or title or url.partition("://")[2])
            self.rows.append(
                {
                    "id": row_id,
                    "publisher": name or None,
                    "title": title or name or None,
                    "url": url or None,
                    "published": published or None,
                    "kind": "other",
                    "accessed": accessed or None,
                    "archive_url": archived or None,
                }
            )
        return self._known[key]

    def _words(self, snaks: Value, property_id: str) -> str:
        return next((found for snak in items(snaks, property_id) if (found := words(snak))), "")

    def _day(self, snaks: Value, property_id: str, entry: Entry) -> str:
        """The first date of a property; of one that cannot be written, that it was there."""
        times = [time_of(snak) for snak in items(snaks, property_id) if isinstance(snak, dict)]
        for found in times:
            if found.told:
                place = entry.place
                self._warnings.passed_over(place, f"a reference: {found.told}", "Look the reference up.")
        return next((found.text for found in times if found.text), "")
