"""Dataset → JSON-LD in the W3C's Organization Ontology (https://www.w3.org/TR/vocab-org/), FOAF, OWL-Time and PROV.

Organizations, posts (our seats), people, memberships (our stints) with the interval during which they hold, change
events (our successions), and the sources that each was derived from. An interval is given as EDTF, which says how much
is known, and where a day, month or year is known also in OWL-Time. Records that are denied are left out, for the
vocabulary has no word that takes a statement back; so are claims, relations, targets and views, for which it has none.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from app.domain import dates
from app.files import atomic
from app.files.outgoing import STEP, Outgoing, asserted

Node = dict[str, Any]

CONTEXT: dict[str, Any] = {
    "org": "http://www.w3.org/ns/org#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "prov": "http://www.w3.org/ns/prov#",
    "schema": "https://schema.org/",
    "time": "http://www.w3.org/2006/time#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "edtf": "http://id.loc.gov/datatypes/edtf/",
    "record": "urn:talentflow:record:",
    "term": "urn:talentflow:term:",
}
_LEFT_OUT = ("relations", "targets", "claims", "views")
_REGISTRIES = {
    "orcid": "https://orcid.org/",
    "openalex": "https://openalex.org/",
    "wikidata": "http://www.wikidata.org/entity/",
}
_PLAIN_ID = re.compile(r"[A-Za-z0-9-]+", re.ASCII)
_WEB = re.compile(r"https?://[^\s<>\"{}|\\^`]+", re.IGNORECASE)
_INSTANTS = {10: ("time:inXSDDate", "xsd:date"), 7: ("time:inXSDgYearMonth", "xsd:gYearMonth"),
             4: ("time:inXSDgYear", "xsd:gYear")}  # fmt: skip
"""Length of a date as it is on record → the property and the type of such a moment in OWL-Time."""


def write(outgoing: Outgoing, path: Path) -> None:
    """Write the graph, a node a line, atomically. FileError where it cannot be written."""
    shown = partial(json.dumps, ensure_ascii=False, separators=(",", ":"))
    with atomic.replacing(path) as file:
        file.write(f'{{"@context":{shown(CONTEXT)}\n,"@graph":[\n{shown(_file(outgoing))}\n'.encode())
        for node in _nodes(outgoing):
            file.write(f",{shown(node)}\n".encode())
        file.write(b"]}\n")


def _file(outgoing: Outgoing) -> Node:
    """The node of the file itself: what made it."""
    words, tables = outgoing.of_records(_MAKERS), outgoing.dataset.tables
    without = ", ".join(f"{name}: {tables[name].height}" for name in _LEFT_OUT if tables[name].height)
    words["Left out"] = "; ".join(part for part in (words.get("Left out", ""), without) if part)
    node: Node = {
        "@id": f"urn:talentflow:dataset:{outgoing.dataset.digest}",
        "@type": ["prov:Entity", "schema:Dataset"],
        "dcterms:title": "Talentflow dataset",
    }
    node |= {f"term:{word.lower().replace(' ', '-')}": text for word, text in words.items() if text}
    return node


def _nodes(outgoing: Outgoing) -> Iterator[Node]:
    frames = {name: asserted(frame) for name, frame in outgoing.dataset.tables.items() if name not in _LEFT_OUT}
    kept = {name: set(frame["id"]) for name, frame in frames.items()}
    above: dict[str, list[str]] = {}
    for seat, to, kind in frames["reports"].select("seat_id", "to_seat_id", "kind").iter_rows():
        if seat in kept["seats"] and to in kept["seats"] and kind != "dotted":
            above.setdefault(seat, []).append(to)
    n_done, n_all = 0, max(sum(frame.height for frame in frames.values()), 1)
    for table, make in _MAKERS.items():
        for row in frames[table].iter_rows(named=True):
            if not n_done % STEP:
                outgoing.progress(n_done / n_all)
            n_done += 1
            node = make(row, kept)
            if node is None:
                continue
            if table == "seats" and row["id"] in above:
                node["org:reportsTo"] = _refs(above[row["id"]], kept["seats"])
            yield _common(node, row, kept)


def _common(node: Node, row: Mapping[str, Any], kept: Mapping[str, set[str]]) -> Node:
    """A node with what all records have, without what is blank."""
    node = {"@id": f"record:{row['id']}", **node}
    node["term:status"] = row["status"]
    node["skos:note"] = row["notes"]
    node["prov:wasDerivedFrom"] = [
        *node.get("prov:wasDerivedFrom", ()),
        *_refs(row["source_ids"] or (), kept["sources"]),
    ]
    return {key: value for key, value in node.items() if value is not None and value != [] and value != ""}


def _organization(row: Mapping[str, Any], kept: Mapping[str, set[str]]) -> Node:
    above = _refs([row["parent_id"]], kept["organizations"])
    return {
        "@type": ["org:Organization", "org:OrganizationalUnit"] if above else ["org:Organization"],
        "skos:prefLabel": row["name"],
        "skos:altLabel": row["aliases"],
        "org:classification": {"@id": f"term:kind-{row['kind']}"} if row["kind"] else None,
        "org:subOrganizationOf": above,
        "schema:foundingDate": _edtf(row["founded"]),
        "schema:dissolutionDate": _edtf(row["dissolved"]),
    }


def _person(row: Mapping[str, Any], _: Mapping[str, set[str]]) -> Node:
    same = [
        {"@id": f"{address}{row[name]}"}
        for name, address in _REGISTRIES.items()
        if row[name] and _PLAIN_ID.fullmatch(row[name])
    ]
    return {
        "@type": ["foaf:Person", "schema:Person"],
        "foaf:name": row["name"],
        "skos:altLabel": row["aliases"],
        "schema:knowsAbout": row["expertise"],
        "schema:sameAs": same,
    }


def _post(row: Mapping[str, Any], kept: Mapping[str, set[str]]) -> Node:
    return {
        "@type": ["org:Post"],
        "skos:prefLabel": row["title"],
        "org:postIn": _refs([row["organization_id"]], kept["organizations"]),
        "schema:skills": row["skills"],
        "dcterms:temporal": _edtf_interval(row["opened"], row["closed"]) if row["opened"] or row["closed"] else None,
        "term:state": row["state"],
    }


def _membership(row: Mapping[str, Any], kept: Mapping[str, set[str]]) -> Node | None:
    if row["person_id"] not in kept["people"] or row["organization_id"] not in kept["organizations"]:
        return None
    return {
        "@type": ["org:Membership"],
        "org:member": {"@id": f"record:{row['person_id']}"},
        "org:organization": {"@id": f"record:{row['organization_id']}"},
        "org:role": {"@type": ["org:Role"], "skos:prefLabel": row["role"]} if row["role"] else None,
        "term:post": _refs([row["seat_id"]], kept["seats"]),
        "term:kind": row["kind"],
        "term:unit": row["unit"],
        "term:rank": row["rank"],
        "term:order-stated": row["order_stated"],
        "term:announced": _edtf(row["announced"]),
        "org:memberDuring": _during(row["start"], row["end"]),
    }


def _change(row: Mapping[str, Any], kept: Mapping[str, set[str]]) -> Node:
    return {
        "@type": ["org:ChangeEvent"],
        "org:originalOrganization": _refs([row["from_id"]], kept["organizations"]),
        "org:resultingOrganization": _refs([row["to_id"]], kept["organizations"]),
        "term:previous-parent": _refs([row["previous_id"]], kept["organizations"]),
        "term:kind": row["kind"],
        "dcterms:date": _edtf(row["date"]),
    }


def _source(row: Mapping[str, Any], kept: Mapping[str, set[str]]) -> Node:
    return {
        "@type": ["prov:Entity", "schema:CreativeWork"],
        "dcterms:title": row["title"],
        "dcterms:publisher": row["publisher"],
        "dcterms:issued": _edtf(row["published"]),
        "schema:url": _address(row["url"]),
        "schema:archivedAt": _address(row["archive_url"]),
        "schema:abstract": row["quote"],
        "term:kind": row["kind"],
        "term:accessed": _edtf(row["accessed"]),
        "prov:wasDerivedFrom": _refs([row["derived_from"]], kept["sources"]),
    }


_MAKERS = {
    "organizations": _organization,
    "people": _person,
    "seats": _post,
    "stints": _membership,
    "successions": _change,
    "sources": _source,
}


def _refs(ids: Iterable[str | None], kept: set[str]) -> list[Node]:
    """References to records that are in the file."""
    return [{"@id": f"record:{row_id}"} for row_id in ids if row_id in kept]


def _address(text: str | None) -> Node | str | None:
    """An address as a reference, where it is one of the web; else the text."""
    return {"@id": text} if text and _WEB.fullmatch(text) else text


def _edtf(text: str | None) -> Node | None:
    return {"@value": text, "@type": "edtf:EDTF"} if text else None


def _edtf_interval(start: str | None, end: str | None) -> Node:
    """`2025-06~/..`: an unknown side is blank, an open one is `..`."""
    return {"@value": f"{start or ''}/{end or ''}", "@type": "edtf:EDTF"}


def _during(start: str | None, end: str | None) -> Node | None:
    """The interval of a membership; None where neither side is known."""
    if not start and not end:
        return None
    interval = {"@type": ["time:Interval"], "term:edtf": _edtf_interval(start, end)}
    sides = {"time:hasBeginning": _instant(start), "time:hasEnd": _instant(end)}
    return interval | {name: instant for name, instant in sides.items() if instant is not None}


def _instant(text: str | None) -> Node | None:
    """A day, month or year in OWL-Time; None for what is not known or open."""
    if not text or text == dates.OPEN or not dates.readable(text):
        return None
    bare = text.rstrip("~?%")
    name, kind = _INSTANTS[len(bare)]
    return {"@type": ["time:Instant"], name: {"@value": bare, "@type": kind}}
