"""Employers of developers as OpenStack keeps them (`default_data.json`) → a Dataset: who was where until when.

Of each developer the file lists employers with the day on which each ended, no longer counted; the last one mostly has
none and runs on. Somebody is with an employer from the end of the one before, so that day is its start; the first one's
is not known. An end before that of the one before is told, and then gives no start; the order of the list stands.
Employers stand under the name or an alias of a company. Two words are no companies: `*independent`, and
`*robots` for programs (docs/decisions, on graphs and careers of other programs).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.domain import dates
from app.domain.dataset import Row
from app.files import objects
from app.files.dialects import Entry
from app.files.idents import Ids
from app.files.objects import listed, text_of, texts_of
from app.files.posts import STEP, backward, seen
from app.files.reading import Reading, Warnings, shown
from app.files.texts import refused

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAY = re.compile(rf"(20\d\d)-({'|'.join(_MONTHS)})-(\d\d?)", re.ASCII)
_PSEUDO = {"*independent": "Independent", "*robots": "Robots"}
_PRIVATE = ("emails", "launchpad_id", "github_id", "gerrit_id", "ldap_id", "zanata_id")
_KNOWN = ("users", "companies")


def recognises(keys: Set[str]) -> bool:
    """Whether a JSON object has the keys of such a file."""
    return set(_KNOWN) <= keys


@dataclass(frozen=True, slots=True)
class _Spell:
    """One employer of one developer: its name as written, and the last day, None while it runs, "" if unreadable."""

    name: str
    end: str | None


def read(path: Path) -> Reading:
    """The Dataset of employers, and what is doubtful in the file. FileError and DataError as for any JSON object, and
    FileError where no developer is listed."""
    whole = objects.read(path)
    warnings, ids = Warnings(), Ids()
    source = ids.new("src", path.stem)
    careers = list(_careers(whole, path, source, warnings))
    if not careers:
        raise refused(path, "no-tables", "it lists no developers with employers", "Give default_data.json as it is.")
    bodies = _Bodies(whole, [[spell.name for spell in spells] for _, spells in careers], source, ids, warnings)
    people: list[Row] = []
    stints: list[Row] = []
    for entry, spells in careers:
        person = ids.new("person", entry["user_name"])
        people.append({"id": person, "name": entry["user_name"], "source_ids": [source]})
        stints += _stints(entry, person, spells, bodies, ids, warnings)
    title = f"{path.name}: employers of developers, with the day on which each ended"
    note = "Its day is that of the newest step in it. Who left without a word still stands with the last employer"
    sources = [{"id": source, "title": title, "published": seen(stints), "kind": "other", "notes": note}]
    for key in sorted(set(whole) - set(_KNOWN)):
        warnings.ignore(key, len(held) if isinstance(held := whole[key], list) else 1)
    return warnings.reading({"organizations": bodies.rows(), "people": people, "stints": stints, "sources": sources})


def _careers(
    whole: Mapping[str, Any], path: Path, source: str, warnings: Warnings
) -> Iterator[tuple[Entry, list[_Spell]]]:
    """Developers who have an employer, each with theirs in the order of the file."""
    for row, user in listed(whole, "users", warnings):
        name = text_of(user, "user_name")
        entry = Entry(str(path), path.name, row, {"user_name": name})
        for key in user:
            if key not in ("user_name", "companies"):
                warnings.ignore(f"users.{key}" + (", not taken over" if key in _PRIVATE else ""))
        given = [spell for _, spell in listed(user, "companies", warnings)]
        spells = [_Spell(text_of(spell, "company_name"), _end(spell.get("end_date"))) for spell in given]
        unnamed = not name or not spells or not all(spell.name for spell in spells)
        if unnamed:
            message = f"{shown(name) or 'a developer without a name'} has an employer without a name, or none"
            remedy = "Give user_name, and each of companies its company_name."
            warnings.add("missing", message, remedy, entry=entry, field="users", about=("sources", source))
            spells = [spell for spell in spells if spell.name]
            if not name or not spells:
                continue
        yield entry, spells


def _end(given: object) -> str | None:
    """The day of an end as ISO text; None where there is none, blank where it cannot be read."""
    if given is None or given == "":
        return None
    match = _DAY.fullmatch(given) if isinstance(given, str) else None
    text = f"{match[1]}-{_MONTHS.index(match[2]) + 1:02}-{int(match[3]):02}" if match else ""
    return text if dates.readable(text) else ""


def _stints(
    entry: Entry, person: str, spells: list[_Spell], bodies: _Bodies, ids: Ids, warnings: Warnings
) -> Iterator[Row]:
    start: str | None = None
    for n, spell in enumerate(spells, 1):
        row_id = ids.new("st", entry["user_name"], str(n * STEP))
        about = ("stints", row_id)
        if spell.end == "":
            message, remedy = "the day it ended is none", "Write a day as 2014-Aug-01."
            warnings.add("unreadable-date", message, remedy, entry=entry, field="end_date", about=about)
        if spell.end is None and n < len(spells):
            message = f"{shown(spell.name)} has no end, though another employer follows: when it ended is not known"
            warnings.add("open-twice", message, "Say when it ended.", entry=entry, field="end_date", about=about)
        if backward(start, spell.end):
            message = f"it ended {spell.end}, and the employer before it ended {start}: when it began is not known"
            warnings.add("end-before-start", message, "Correct one of the two days.", entry=entry, field="end_date",
                         about=about)  # fmt: skip
            start = None
        yield {
            "id": row_id,
            "person_id": person,
            "organization_id": bodies.of(spell.name, entry),
            "rank": n * STEP,
            "start": start,
            "end": spell.end or (dates.OPEN if spell.end is None and n == len(spells) else None),
            "source_ids": [bodies.source],
        }
        start = spell.end or None


class _Bodies:
    """The companies that somebody worked for, by name and alias."""

    def __init__(
        self, whole: Mapping[str, Any], careers: list[list[str]], source: str, ids: Ids, warnings: Warnings
    ) -> None:
        self.source = source
        self._ids, self._warnings = ids, warnings
        self._rows: dict[str, Row] = {}
        self._names: dict[str, str] = {}
        aliases: dict[str, list[str]] = defaultdict(list)
        declared = [company for _, company in listed(whole, "companies", warnings)]
        self._names = {name: name for company in declared if (name := text_of(company, "company_name"))}
        apart = _apart({alias: name for company in declared for alias, name in _aliases(company)}, careers)
        for company in declared:
            name = text_of(company, "company_name")
            if n := len(texts_of(company, "domains")):
                warnings.ignore("companies.domains", n)
            for alias in texts_of(company, "aliases"):
                if alias not in self._names and alias not in apart:
                    self._names[alias] = name
                    if name in _PSEUDO:  # `me`, `test`, `company`: what they stand for is nobody's name
                        warnings.ignore(f"companies.aliases of {name}")
                    else:
                        aliases[name].append(alias)
        self._aliases, self._apart = aliases, apart
        self._declared = set(self._names.values())
        used = {self._names.get(name, name) for names in careers for name in names}
        if n := len(self._declared - used):
            warnings.ignore("companies that employ nobody", n)

    def of(self, given: str, entry: Entry) -> str:
        """The id of the company of a name."""
        name = self._names.get(given, given)
        if name not in self._rows:
            self._rows[name] = self._row(name, entry)
        return str(self._rows[name]["id"])

    def rows(self) -> list[Row]:
        """The rows of the table of organizations."""
        return list(self._rows.values())

    def _row(self, name: str, entry: Entry) -> Row:
        row_id = self._ids.new(name)
        about = ("organizations", row_id)
        if name in _PSEUDO:
            said = "people without an employer" if name == "*independent" else "programs, not people"
            message, remedy = f"{name} is no organization: it stands for {said}", "Leave them out by a filter."
            self._warnings.add("pseudo", message, remedy, entry=entry, field="company_name", about=about)
        elif name in self._apart:
            message = f"{shown(name)} is called {shown(self._apart[name])} too, and somebody went from one to the other"
            remedy = "They are two here. Record a merger or a change of name if they became one."
            self._warnings.add("two-names", message, remedy, entry=entry, field="company_name", about=about)
        elif name not in self._declared:
            message = f"{shown(name)} is an employer, and not among the companies"
            remedy = "Add it to companies, or write it as it is called there."
            self._warnings.add("undeclared", message, remedy, entry=entry, field="company_name", about=about)
        return {
            "id": row_id,
            "name": _PSEUDO.get(name, name),
            "aliases": [name] if name in _PSEUDO else self._aliases[name],
            "kind": "other" if name in _PSEUDO else None,
            "source_ids": [self.source],
        }


def _aliases(company: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The aliases of a company, each with its name."""
    return ((alias, text_of(company, "company_name")) for alias in texts_of(company, "aliases"))


def _apart(aliases: Mapping[str, str], careers: list[list[str]]) -> dict[str, str]:
    """Aliases that the file itself tells from their company, for somebody's career has both."""
    found: dict[str, str] = {}
    for names in careers:
        theirs = set(names)
        found |= {name: aliases[name] for name in theirs if aliases.get(name, name) != name and aliases[name] in theirs}
    return found
