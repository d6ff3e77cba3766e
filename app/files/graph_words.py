"""Words by which graphs say what they mean: titles of attributes, types of nodes, kinds of edges.

Only words that leave no doubt are here. What is none of them is kept as it is and counted as not understood.
"""

from __future__ import annotations

import re
from functools import lru_cache

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_BETWEEN = re.compile(r"[\s_\-./:]+")


@lru_cache(maxsize=65536)
def plain(text: str) -> str:
    """A word as it stands in the lists here: `startDate`, `start_date` and `Start date` are start date."""
    return _BETWEEN.sub(" ", _CAMEL.sub(" ", text)).strip().lower()


def _all(**words: str) -> dict[str, str]:
    """Word → what it means, from words listed by what they mean, with commas between them."""
    return {word.strip(): name.rstrip("_") for name, listed in words.items() for word in listed.split(",")}


NAMES = {"name", "full name", "label", "display name"}
TYPES = {"type", "kind", "class", "category", "node type", "entity", "entity type"}
ROLES = {"role", "position", "job title", "title", "post", "function"}
STARTS = {"start", "start date", "from", "since", "begin", "begin date", "joined", "joined on"}
ENDS = {"end", "end date", "to", "until", "left", "left on"}
EXACT = ("start edtf", "end edtf")
"""Titles of the dates of a stint as they are on record, which a spell can hold only by their bounds."""
STAMPS = {"timestamp", "date", "year", "time", "when"}
WEIGHTS = {"weight", "moves", "n moves", "count", "people", "number of people"}
EDGE_KINDS = {"type", "kind", "relation", "relation type", "relationtype", "relationship", "edge type", "predicate"}
EMPLOYERS = {"employer", "company", "organization", "organisation", "affiliation", "current employer", "institution"}
AMOUNTS = {"amount usd", "usd", "amount in usd"}
SILENT = {"label", "edge label"}
"""Titles of labels of edges, which are texts for the eye."""

PRIVATE = {
    *("email", "e mail", "mail", "phone", "telephone", "mobile", "fax", "address", "home address", "birthday"),
    *("birth date", "date of birth", "born", "age", "gender", "sex", "nationality", "religion", "salary", "ssn"),
}
"""What is not taken over, even where a file has it."""

OF_BOTH = _all(aliases="alias, aliases, other names, aka, also known as", notes="notes, note, description, comment")
OF_BODIES = OF_BOTH | _all(
    founded="founded, founding date, inception, founding year",
    dissolved="dissolved, dissolution date",
    hq_city="hq city, city, headquarters",
    hq_country="hq country, country, country code",
)
OF_PEOPLE = OF_BOTH | _all(expertise="expertise, skills, fields of work, research areas")
IDS = _all(
    ror="ror, ror id", grid="grid, grid id", isni="isni", ringgold="ringgold, ringgold id", orcid="orcid, orcid id",
    wikidata="wikidata, wikidata id, qid", openalex="openalex, openalex id",
)  # fmt: skip
"""Registries whose ids a node may have."""

OF_A_PERSON = {
    *("first name", "given name", "firstname", "last name", "family name", "surname", "lastname", "job title", "orcid"),
    *("birthday", "birth date", "date of birth", "born", "age", "gender", "sex"),
}
"""What only people have: a node with a value of such a title is one, where nothing says what it is."""
PERSONS = {
    *("person", "people", "human", "individual", "researcher", "scientist", "engineer", "employee", "author"),
    *("founder", "executive", "developer", "staff"),
}
"""Types of nodes that are people."""
_BODIES = _all(
    _="organization, organisation, org, employer, affiliation, institution, institute, department, unit, division",
    company="company, corporation, firm, business",
    lab="lab, laboratory, research lab",
    university="university, college, school",
    startup="startup, start up",
    team="product team, team",
    government="government, agency, ministry",
    other="other organization, nonprofit, ngo, foundation",
)
BODIES = {word: {"team": "product-team"}.get(kind, kind) for word, kind in _BODIES.items()}
"""Types of nodes that are organizations, and their kinds, blank where the type says no more than that."""

STINTS = _all(
    employment="employment, works at, worked at, works for, worked for, employed by, employee of, employee, "
    "affiliation, affiliated with, member of, member, staff, stint",
    founder="founder, founded, founder of, co founder, co founder of, co founded",
    advisor="advisor, adviser, advises, advisor to",
    visiting="visiting, visitor, visiting at",
    education="education, studied at, student at, student of, alumnus of, graduated from",
    offer="offer, offered by",
)
"""Kinds of edges from a person to an organization, and the kinds of their stints."""
_RELATIONS = _all(
    investment="investment, invests in, invested in, investor, investor in",
    acquisition="acquisition, acquired, acquires",
    partnership="partnership, partner, partners with, partnered with",
    compute="compute, compute for, supplies compute to",
    product="product of",
)
RELATIONS = {word: {"product": "product-of"}.get(kind, kind) for word, kind in _RELATIONS.items()}
"""Kinds of edges between organizations that are relations."""
PARTS = {"part of", "unit of", "subsidiary of", "belongs to", "division of"}
"""Kinds of edges from an organization to the one that it is a unit of."""
MOVES = {"moves", "move", "moved", "moved to", "flow", "flows", "talent flow", "transition", "transitions"}
"""Kinds of edges that count people who went from one organization to another."""
