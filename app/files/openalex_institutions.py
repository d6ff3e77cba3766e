"""Institutions of OpenAlex, whole or as an author names them → organizations with their parents."""

from __future__ import annotations

from app.domain import dates
from app.domain.dataset import Row
from app.files.dialects import Entry
from app.files.idents import Ids
from app.files.json_values import Value, items, record, text, texts
from app.files.reading import Warnings, shown
from app.files.register_bodies import Bodies, Body
from app.files.register_ids import standard

KINDS = {"education": "university", "company": "company", "government": "government", "facility": "lab"}
"""Types of ROR and OpenAlex as kinds of organizations; any other is `other`."""

_KNOWN = frozenset(
    (
        "id",
        "ror",
        "display_name",
        "display_name_alternatives",
        "display_name_acronyms",
        "country_code",
        "type",
        "geo",
        "ids",
        "associated_institutions",
        "lineage",
        "updated_date",
    )
)
_OF_ITSELF = frozenset(("works_api_url", "created_date", "type_id", "relevance_score"))
_IDS = ("ror", "grid", "wikidata")
_DAY = len("2025-06-26")


class Institutions:
    """The institutions of one dataset, and who stands below whom."""

    def __init__(self, bodies: Bodies, ids: Ids, warnings: Warnings) -> None:
        self.n = 0
        """How many stand there whole."""
        self.sources: list[Row] = []
        self._bodies = bodies
        self._ids = ids
        self._warnings = warnings
        self._above: list[tuple[str, str, Entry]] = []
        self._lineages: dict[str, tuple[frozenset[str], Entry]] = {}
        self._whole: set[str] = set()

    def add(self, own: str, value: Value, entry: Entry) -> None:
        """One that stands there whole. A second time it is told and taken for the same."""
        self.n += 1
        if own in self._whole:
            message = f"{own} stands there twice, and the first was taken"
            self._warnings.passed_over(entry.place, message, "Remove one of the two.")
            return
        self._whole.add(own)
        source_id = self._ids.new("openalex", own)
        body = self.named(value, entry, source_id)
        if body is None:
            message, remedy = f"{own} has no name, and was left out", "Fetch the institution again."
            self._warnings.passed_over(entry.place, message, remedy)
            return
        self.sources.append(source(source_id, own, body.name, value))
        body.called(*texts(value, "display_name_alternatives"), *texts(value, "display_name_acronyms"))
        body.city = body.city or text(record(value, "geo"), "city")
        for other in items(value, "associated_institutions"):
            relation, its_id = text(other, "relationship").lower(), standard("openalex", text(other, "id"))
            if relation == "parent":
                self._above.append((own, its_id, entry))
            elif relation == "child":
                self._above.append((its_id, own, entry))
            else:
                self._warnings.ignore(f"associated_institutions {relation}".strip())
        for key, held in value.items():
            if held not in (None, "", [], {}) and key not in _KNOWN | _OF_ITSELF:
                self._warnings.ignore(key)

    def named(self, value: Value, entry: Entry, source_id: str) -> Body | None:
        """The organization of an institution as anything names it; None where it has neither id nor name."""
        own = standard("openalex", text(value, "id"))
        name = text(value, "display_name") or own
        if not name:
            return None
        known = {"openalex": own} if own.startswith("I") else {}
        for register in _IDS:
            said = text(value, register) or text(record(value, "ids"), register)
            if found := standard(register, said):
                known[register] = found
        country = text(value, "country_code") or text(record(value, "geo"), "country_code")
        body = self._bodies.found(name, country.upper(), known, entry=entry, source=source_id)
        kind = text(value, "type").lower()
        body.kind = body.kind or (KINDS.get(kind, "other") if kind else "")
        if own and (
            lineage := frozenset(filter(None, (standard("openalex", item) for item in texts(value, "lineage"))))
        ):
            self._lineages.setdefault(own, (lineage, entry))
        return body

    def arrange(self) -> None:
        """Put each below its parent, as far as the file says which one that is and holds it."""
        for low, high, entry in self._above:
            self._place(low, high, entry)
        placed = {low for low, _, _ in self._above}
        for own, (lineage, entry) in self._lineages.items():
            above = lineage - {own}
            if own in placed or not above:
                continue
            near = [high for high in above if len(above) == 1 or self._lineages.get(high, (None, None))[0] == above]
            if len(near) == 1:
                self._place(own, near[0], entry)
            else:
                self._warnings.ignore("lineage")

    def _place(self, low: str, high: str, entry: Entry) -> None:
        below, above = self._bodies.known("openalex", low), self._bodies.known("openalex", high)
        if below is None or above is None:
            self._warnings.ignore("institutions that are not in the file, as parent or child")
            return
        self._bodies.place(below, above, entry)


def source(source_id: str, own: str, name: str, value: Value) -> Row:
    """The row of one remote record."""
    day = text(value, "updated_date")[:_DAY]
    return {
        "id": source_id,
        "publisher": "OpenAlex",
        "title": f"OpenAlex record of {shown(name)}",
        "url": f"https://openalex.org/{own}",
        "published": day if day and dates.readable(day) else None,
        "kind": "other",
    }
