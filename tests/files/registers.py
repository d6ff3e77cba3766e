"""Records of registers for tests: of people and organizations that do not exist."""

from __future__ import annotations

import io
import json
import tarfile
from pathlib import Path
from typing import Any

DATA = Path(__file__).parents[1] / "data" / "registers"


def an_orcid(n: int) -> str:
    """The n-th iD in the form of ORCID, with the last sign that fits (ISO 7064)."""
    total = 0
    for sign in f"{n:015d}":
        total = (total + int(sign)) * 2
    last = (12 - total % 11) % 11
    signs = f"{n:015d}{'X' if last == 10 else last}"
    return "-".join(signs[at : at + 4] for at in range(0, 16, 4))


def affiliation(section: str, n: int, organization: str, **fields: Any) -> dict[str, Any]:
    """One summary of an ORCID record as JSON. fields: role, unit, city, country, known (register, id), start, end
    (year, month, day, each a text), visibility."""
    known = fields.get("known")
    found: dict[str, Any] = {
        "put-code": n,
        "department-name": fields.get("unit"),
        "role-title": fields.get("role"),
        "organization": {
            "name": organization,
            "address": {"city": fields.get("city"), "region": None, "country": fields.get("country", "XX")},
            "disambiguated-organization": known
            and {"disambiguated-organization-identifier": known[1], "disambiguation-source": known[0]},
        },
        "visibility": fields.get("visibility", "public"),
    }
    for name in ("start", "end"):
        given = fields.get(name)
        parts = zip(("year", "month", "day"), (*given, None, None), strict=False) if given else ()
        found[f"{name}-date"] = {part: text and {"value": text} for part, text in parts} if given else None
    return {f"{section}-summary": found}


def orcid(n: int, *affiliations: dict[str, Any], name: str = "", modified: int = 1_600_000_000_000) -> dict[str, Any]:
    """An ORCID record as JSON; modified: milliseconds since 1970."""
    sections: dict[str, Any] = {}
    for found in affiliations:
        section = next(iter(found)).removesuffix("-summary") + "s"
        groups = sections.setdefault(section, {"affiliation-group": []})["affiliation-group"]
        groups.append({"external-ids": {"external-id": []}, "summaries": [found]})
    own = an_orcid(n)
    return {
        "orcid-identifier": {"uri": f"https://orcid.org/{own}", "path": own, "host": "orcid.org"},
        "history": {"last-modified-date": {"value": modified}},
        "person": {
            "name": {
                "given-names": {"value": name or "Made"},
                "family-name": {"value": f"Up {n}"},
                "credit-name": None,
                "visibility": "public",
            }
        },
        "activities-summary": sections,
    }


def as_xml(record: dict[str, Any]) -> bytes:
    """A record of `orcid` as ORCID would give it in XML."""

    def inner(key: str, value: Any) -> str:
        if value is None:
            return ""
        if isinstance(value, list):
            return "".join(inner(key, item) for item in value)
        if not isinstance(value, dict):
            return f"<c:{key}>{value}</c:{key}>"
        if set(value) == {"value"}:
            return inner(key, value["value"])
        if key == "summaries":
            return "".join(inner(name, held) for name, held in value.items())
        said = "".join(f' {name}="{value[name]}"' for name in ("visibility", "put-code") if value.get(name))
        rest = "".join(inner(name, held) for name, held in value.items() if name not in ("visibility", "put-code"))
        return f"<c:{key}{said}>{rest}</c:{key}>"

    def with_time(key: str, value: Any) -> Any:
        return {"last-modified-date": "2020-09-13T12:26:40Z"} if key == "history" else value

    body = "".join(inner(key, with_time(key, value)) for key, value in record.items())
    return f'<c:record xmlns:c="http://www.orcid.org/ns/common">{body}</c:record>'.encode()


def tarball(path: Path, members: dict[str, bytes]) -> Path:
    """A tarball packed by gzip."""
    with tarfile.open(path, "w:gz") as box:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            box.addfile(info, io.BytesIO(content))
    return path


def author(n: int, *affiliations: tuple[int, list[int]], **fields: Any) -> dict[str, Any]:
    """An author of OpenAlex; affiliations: number of the institution, and years."""
    return {
        "id": f"https://openalex.org/A{n}",
        "orcid": f"https://orcid.org/{an_orcid(n)}",
        "display_name": f"Author {n}",
        "display_name_alternatives": [f"A. {n}"],
        "ids": {"openalex": f"https://openalex.org/A{n}"},
        "affiliations": [{"institution": institution(i), "years": years} for i, years in affiliations],
        "works_count": 12,
        "updated_date": "2025-01-31T05:06:07.000000",
        **fields,
    }


def institution(n: int, **fields: Any) -> dict[str, Any]:
    """An institution of OpenAlex, as an author names it."""
    return {
        "id": f"https://openalex.org/I{n}",
        "ror": f"https://ror.org/0abcdef{n % 100:02d}",
        "display_name": f"Institute {n}",
        "country_code": "XX",
        "type": "education",
        "lineage": [f"https://openalex.org/I{n}"],
        **fields,
    }


def entity(its_id: str, label: str = "", claims: dict[str, list[Any]] | None = None, **fields: Any) -> dict[str, Any]:
    """An item of Wikidata."""
    labels = {"en": {"language": "en", "value": label}} if label else {}
    return {"type": "item", "id": its_id, "labels": labels, "claims": claims or {}, **fields}


def snak(property_id: str, value: Any) -> dict[str, Any]:
    """A snak: of an item (Q…), a time (its text and precision, perhaps its calendar), a text, or what is not known."""
    if value in ("somevalue", "novalue"):
        return {"snaktype": value, "property": property_id}
    if isinstance(value, tuple):
        time, precision, *calendar = value
        model = f"http://www.wikidata.org/entity/{calendar[0] if calendar else 'Q1985727'}"
        held: Any = {"time": time, "precision": precision, "calendarmodel": model, "timezone": 0}
        kind = "time"
    elif value[:1] == "Q" and value[1:].isdecimal():
        held, kind = {"entity-type": "item", "numeric-id": int(value[1:]), "id": value}, "wikibase-entityid"
    else:
        held, kind = value, "string"
    return {"snaktype": "value", "property": property_id, "datavalue": {"value": held, "type": kind}}


def statement(property_id: str, value: Any, rank: str = "normal", references: Any = (), **more: Any) -> dict[str, Any]:
    """A statement; more: qualifiers by property, each a list; references: lists of pairs of property and value."""
    return {
        "mainsnak": snak(property_id, value),
        "rank": rank,
        "qualifiers": {key: [snak(key, one) for one in held] for key, held in more.items()},
        "references": [{"snaks": {key: [snak(key, held)] for key, held in reference}} for reference in references],
    }


def entities(*found: dict[str, Any]) -> str:
    """A file as Wikidata gives it for several items."""
    return json.dumps({"entities": {one["id"]: one for one in found}})


def ror(n: int, name: str, **fields: Any) -> dict[str, Any]:
    """A record of ROR, schema 2."""
    return {
        "id": f"https://ror.org/0fghjkm{n:02d}",
        "names": [{"value": name, "types": ["ror_display", "label"], "lang": "en"}],
        "types": ["education"],
        "status": "active",
        "established": None,
        "locations": [{"geonames_details": {"name": "Nowhere", "country_code": "XX"}}],
        "relationships": [],
        "external_ids": [],
        "links": [],
        "admin": {"last_modified": {"date": "2024-05-06", "schema_version": "2.0"}},
        **fields,
    }


def related(kind: str, n: int) -> dict[str, str]:
    """A relationship of ROR, schema 2."""
    return {"type": kind, "id": f"https://ror.org/0fghjkm{n:02d}", "label": ""}
