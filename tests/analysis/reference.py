"""The definition of moves (data.md, sections 2 to 5) in plain Python: person by person, row by row, slow and literal.

A twin of `app.analysis.careers`, beside `tests/data/moves.csv`. It shares no code with that room; only the reading of a
date is that of `app.domain.dates`. Rows are dicts as a Dataset gives them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from app.domain import dates
from app.domain.dates import FUTURE, PAST

Row = dict[str, Any]
Bounds = tuple[int, int]
STATUSES = ["denied", "rumored", "disputed", "reported", "confirmed"]


@dataclass
class Found:
    """Moves by key; the keys of steps left out; the ids of stints that are hires, exits, second posts."""

    moves: dict[str, Row] = field(default_factory=dict)
    unstated: set[str] = field(default_factory=set)
    succeeded: set[str] = field(default_factory=set)
    hires: set[str] = field(default_factory=set)
    exits: set[str] = field(default_factory=set)
    second_posts: set[str] = field(default_factory=set)


def derive(tables: dict[str, list[Row]], level: str = "organization", known_by: int | None = None) -> Found:
    """All that section 5 derives from some tables."""
    world = World(tables, known_by)
    found = Found()
    for person in sorted(row["id"] for row in tables["people"]):
        world.one_person(person, level, found)
    return found


class World:
    """The tables as known by a day."""

    def __init__(self, tables: dict[str, list[Row]], known_by: int | None) -> None:
        self.known_by = known_by
        self.organizations = {row["id"]: row for row in tables["organizations"]}
        self.sources = {row["id"]: row for row in tables["sources"]}
        self.claims = tables["claims"]
        self.stints = tables["stints"]
        self.successions = [row for row in tables["successions"] if row["status"] != "denied"]

    # section 3: known-by

    def known_from(self, row: Row) -> int:
        """The day from which a record is known: its earliest source's; always without a source."""
        days = []
        for source_id in row["source_ids"] or []:
            source = self.sources.get(source_id)
            span = dates.parse(source["published"]) if source else dates.UNKNOWN
            days.append(span.latest - 1 if span.earliest > PAST and span.earliest < FUTURE else PAST)
        return min(days) if days else PAST

    def is_known(self, row: Row) -> bool:
        return self.known_by is None or self.known_from(row) <= self.known_by

    def field_as_known(self, row: Row, name: str) -> str | None:
        """The text of start, end or announced as it was known."""
        value = row[name]
        if self.known_by is None:
            return value
        own, other = [], []
        for claim in self.claims:
            if claim["status"] == "denied" or claim["ruling"] == "rejected" or claim["field"] != name:
                continue
            if f"stints:{row['id']}" not in (claim["about"] or []) or claim["value"] is None:
                continue
            since = self.known_from(claim)
            said = dates.parse(claim["date"])
            if since == PAST and PAST < said.earliest < FUTURE:
                since = said.latest - 1
            (own if claim["value"] == value else other).append((since, claim["value"]))
        begins = dates.parse(value).earliest
        if own:
            shown = min(own)[0] <= self.known_by
        elif name == "start":
            shown = True
        else:
            shown = begins >= FUTURE or begins <= self.known_by
        if shown:
            return value
        heard = [claim for claim in other if claim[0] <= self.known_by]
        if heard:
            return max(heard)[1]
        return ".." if name == "end" else None

    # section 4: levels

    def parent(self, organization: str, day: int) -> str | None:
        """The parent on a day: reparented successions change it on their earliest day."""
        newest = self.organizations[organization]["parent_id"]
        changes = [s for s in self.successions if s["kind"] == "reparented" and s["from_id"] == organization]
        changes.sort(key=lambda s: (dates.parse(s["date"]).earliest, s["id"]))
        for unknown in (s for s in changes if not self.is_known(s)):
            newest = unknown["previous_id"]
            break
        changes = [s for s in changes if self.is_known(s)]
        at = changes[0]["previous_id"] if changes else newest
        for change in changes:
            if dates.parse(change["date"]).earliest <= day:
                at = newest if change is changes[-1] else change["to_id"]
        return at if at in self.organizations else None

    def chain(self, organization: str, day: int) -> list[str]:
        """The organization and all above it; a circle ends at the smallest id in it."""
        chain = [organization]
        while True:
            circle, at = [chain[-1]], self.parent(chain[-1], day)
            while at is not None and at not in circle:
                circle.append(at)
                at = self.parent(at, day)
            if at == chain[-1] and at == min(circle):
                return chain
            above = self.parent(chain[-1], day)
            if above is None:
                return chain
            chain.append(above)

    def rolled(self, organization: str, day: int, level: str) -> str:
        chain = self.chain(organization, day)
        if level == "unit":
            return organization
        if level == "lab":
            for unit in chain:
                if self.organizations[unit]["kind"] == "lab":
                    return unit
        return chain[-1]

    # section 5: moves

    def one_person(self, person: str, level: str, found: Found) -> None:
        stints = []
        for row in self.stints:  # rule 1
            if row["person_id"] != person or row["organization_id"] not in self.organizations:
                continue
            if (row["kind"] or "employment") not in ("employment", "founder") or row["status"] == "denied":
                continue
            if self.is_known(row):
                stints.append(self.as_known(row))
        stints.sort(key=lambda s: (s["rank"], s["id"]))  # rule 2
        key = PAST
        for stint in stints:
            if not stint["start"][0] <= key < stint["start"][1]:  # the day before may be its start: rank decides
                key = stint["start"][0]
            stint["key"] = key
        stints.sort(key=lambda s: (s["key"], s["rank"]))
        has_successor: set[str] = set()
        for nth, b in enumerate(stints):  # rule 4
            for a in reversed(stints[:nth]):
                if a["id"] not in has_successor and is_over(a, b):
                    has_successor.add(a["id"])
                    self.step(a, b, level, found)
                    break
            else:
                (found.second_posts if nth else found.hires).add(b["id"])
        for stint in stints:
            if stint["id"] not in has_successor and PAST < stint["end"][0] < FUTURE:
                found.exits.add(stint["id"])

    def as_known(self, row: Row) -> Row:
        start, end, announced = (dates.parse(self.field_as_known(row, name)) for name in ("start", "end", "announced"))
        return {
            "id": row["id"],
            "organization": row["organization_id"],
            "rank": 2**31 - 1 if row["rank"] is None else row["rank"],
            "start": start[:2],
            "end": end[:2],
            "announced": announced[0],
            "status": row["status"] or "reported",
            "order_stated": row["order_stated"] is not False,
        }

    def step(self, a: Row, b: Row, level: str, found: Found) -> None:
        """Rules 5 and 6."""
        left = a["end"] if a["end"][0] > PAST else (a["start"][0], b["start"][1])
        joined = b["start"] if b["start"][0] > PAST else (a["end"][0], max(b["end"][1], a["end"][0] + 1))
        last_left = left[1] - 1 if left[1] < FUTURE else FUTURE
        last_joined = joined[1] - 1 if joined[1] < FUTURE else FUTURE
        left_day = left[0] if a["end"][0] > PAST else last_left
        joined_day = joined[0] if joined[0] > PAST else last_joined
        origin = self.rolled(a["organization"], left_day, level)
        destination = self.rolled(b["organization"], joined_day, level)
        if origin == destination:
            return
        together = self.rolled(a["organization"], last_joined, level) == self.rolled(
            b["organization"], last_joined, level
        )
        if together:  # a change of parent moves nobody
            return
        name = f"move:{a['id']}>{b['id']}"
        from_above = self.chain(b["organization"], joined_day)
        if self.is_carried(a["organization"], from_above, left_day, left[0], joined[1], []):
            found.succeeded.add(name)
        elif not (a["order_stated"] and b["order_stated"]):
            found.unstated.add(name)
        else:
            inside = joined[0] <= b["announced"] < joined[1] and b["announced"] > PAST
            found.moves[name] = {
                "origin": origin,
                "destination": destination,
                "left": left,
                "joined": joined,
                "nominal": b["announced"] if inside else joined[0],
                "undated": joined[0] <= PAST or joined[1] >= FUTURE,
                "status": min(a["status"], b["status"], key=STATUSES.index),
            }

    def is_carried(self, at: str, goals: list[str], day: int, earliest: int, latest: int, used: list[str]) -> bool:
        """Whether a chain of successions that meet [earliest, latest) leads from one organization to a goal."""
        above = self.chain(at, day)
        for s in self.successions:
            if s["kind"] == "reparented" or s["id"] in used or not self.is_known(s):
                continue
            if s["from_id"] not in above or s["to_id"] not in self.organizations:
                continue
            span = dates.parse(s["date"])
            if span.earliest >= latest or span.latest <= earliest:
                continue
            if s["to_id"] in goals:
                return True
            if self.is_carried(s["to_id"], goals, day, earliest, latest, [*used, s["id"]]):
                return True
        return False


def is_over(a: Row, b: Row) -> bool:
    """Rule 3."""
    if a["end"][0] <= PAST:
        return True
    if a["end"][0] >= FUTURE:
        return False
    return b["start"][0] <= PAST or a["end"][0] <= b["start"][1] + 92
