"""Says who? Everything behind one mark: facts, people, claims for and against, sources with numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from app.domain.dataset import Row
from app.domain.schema import TABLES
from app.pictures import evidence_holders, evidence_lines, evidence_moves, evidence_seats, reach, wording
from app.pictures.crowd import Crowd, members
from app.pictures.evidence_crowd import crowd
from app.pictures.evidence_desk import Desk, interval, ruling
from app.pictures.evidence_facts import MOST_LISTED, Evidence, Item, Section, listed
from app.pictures.gathered import Gathered
from app.pictures.tally_keys import meant


def nobody(_: str) -> Crowd | None:
    """For a picture that has marks of records only."""
    return None


def evidence(gathered: Gathered, *keys: str, crowds: Callable[[str], Crowd | None] = nobody) -> Evidence | None:
    """What stands behind a mark, by its key; of several, a line on each with the sources of all. crowds: the people of
    marks that are no records.

    None where no key stands for anything.
    """
    desk = Desk(gathered)
    found: list[Evidence] = []
    rest = list(keys)
    while rest and len(found) < MOST_LISTED:
        if (told := about(desk, rest.pop(0), crowds)) is not None:
            found.append(told)
    return found[0] if len(found) == 1 and not rest else together(desk, found, len(rest)) if found else None


def about(desk: Desk, key: str, crowds: Callable[[str], Crowd | None] = nobody) -> Evidence | None:
    """Whatever stands behind one key."""
    kind, _, rest = key.partition(":")
    if (bar := meant(key)) is not None:
        return evidence_moves.counted(desk, key, bar[2])
    if kind in ("group", "cell"):
        found = crowds(key)
        return crowd(desk, found) if found is not None else None
    if kind == "flow" and ">" in rest:
        return evidence_moves.flow(desk, *rest.split(">", 1))
    if kind == "move" and ">" in rest:
        row = desk.data.row("stints", rest.split(">", 1)[1])
        return person(desk, row["person_id"]) if row is not None else None
    if kind == "stints":
        row = desk.data.row("stints", rest)
        return person(desk, row["person_id"]) if row is not None else None
    return _OF_TABLE[kind](desk, rest) if kind in _OF_TABLE else None


def together(desk: Desk, found: Sequence[Evidence], more: int) -> Evidence:
    """Several in one: a line on each; sources keep the numbers that they were cited with. more: how many are only
    counted."""
    items = [
        Item(
            told.head,
            told.line,
            "",
            tuple(sorted({n for section in told.sections for item in section.items for n in item.cited})),
        )
        for told in found
    ]
    if more:
        items.append(Item(f"and {more:,} more", "see the tables"))
    return desk.closed(f"{len(found) + more:,} selected", "", (Section("Selected", tuple(items)),))


def person(desk: Desk, person_id: str) -> Evidence | None:
    """The career of a person, the seats they hold or held, and what is claimed of them."""
    row = desk.data.row("people", person_id)
    if row is None:
        return None
    stints = desk.data["stints"].filter(desk.data["stints"]["person_id"] == person_id)
    newest_first = list(stints.sort("rank", "id", nulls_last=True).iter_rows(named=True))[::-1]
    posts = tuple(
        Item(
            " · ".join(part for part in (desk.organization(s["organization_id"]), s["role"]) if part),
            interval(s),
            s["status"] or "",
            desk.cite(s["source_ids"]),
            f"stints:{s['id']}",
        )
        for s in newest_first
    )
    seats = evidence_holders.seats_of(desk, newest_first)
    sections = (Section("Posts", posts), *seats, *desk.claims({f"people:{person_id}"}))
    return desk.closed(desk.person(person_id), ", ".join(row["expertise"]), sections)


def organization(desk: Desk, organization_id: str) -> Evidence | None:
    """In, out, relations and claims of an organization."""
    row = desk.data.row("organizations", organization_id)
    if row is None:
        return None
    code = desk.gathered.ids.index(organization_id)
    moves = desk.gathered.moves
    n_in, n_out = int((moves.destination == code).sum()), int((moves.origin == code).sum())
    known, possible = desk.gathered.known_people(code)
    up = f", up to {possible:,}" if possible > known else ""
    facts = [
        Item(
            f"{wording.counted(known, 'known person', 'known people')}{up}",
            f"on {wording.iso(desk.gathered.as_of)}; people in this dataset, not staff numbers",
        )
    ]
    place = ", ".join(part for part in (row["hq_city"], row["hq_country"]) if part)
    born = f"founded {row['founded']}" if row["founded"] else ""
    if place or born:
        facts.append(Item(" · ".join(part for part in (born, place) if part), "", "", desk.cite(row["source_ids"])))
    if row["notes"]:
        facts.append(Item(row["notes"], "", "", desk.cite(row["source_ids"])))
    below = {f"organizations:{i}" for i in evidence_moves.below(desk, code)}
    ties = desk.data["relations"].filter(
        desk.data["relations"]["from_id"].is_in([organization_id])
        | desk.data["relations"]["to_id"].is_in([organization_id])
    )
    relations = tuple(_tie(desk, r) for r in ties.iter_rows(named=True))
    sections = [Section("Facts", tuple(facts))]
    if relations:
        sections.append(Section("Relations", relations))
    sections += [*desk.claims(below), *_people_now(desk, code)]
    for title, end, other in (
        ("Came in", moves.destination, moves.origin),
        ("Went out", moves.origin, moves.destination),
    ):
        sections += evidence_moves.moved(desk, title, np.flatnonzero(end == code), other)
    line = f"{n_in:,} in, {n_out:,} out, net {n_in - n_out:+,d}"
    return desk.closed(row["name"] or organization_id, line, sections)


def _people_now(desk: Desk, code: int) -> list[Section]:
    """Who is surely there on the as-of day, by name."""
    index = desk.data.index
    at = np.flatnonzero(members(desk.gathered, code))
    _, first = np.unique(index.person[at], return_index=True)
    rows = index.row[at[first]]
    stints = [desk.data["stints"].row(int(row), named=True) for row in rows[:MOST_LISTED].tolist()]
    named = sorted(((desk.person(s["person_id"]), s) for s in stints), key=lambda pair: pair[0])
    items = [
        Item(
            name,
            " · ".join(part for part in (s["role"], interval(s)) if part),
            s["status"] or "",
            desk.cite(s["source_ids"]),
            f"stints:{s['id']}",
            s["person_id"],
        )
        for name, s in named
    ]
    return listed("People now", items, len(rows))


def relation(desk: Desk, relation_id: str) -> Evidence | None:
    """All that binds the two organizations of a relation."""
    row = desk.data.row("relations", relation_id)
    if row is None:
        return None
    ends = {row["from_id"], row["to_id"]}
    both = [r for r in desk.data["relations"].iter_rows(named=True) if {r["from_id"], r["to_id"]} == ends]
    head = " and ".join(desk.organization(i) for i in (row["from_id"], row["to_id"]))
    ties = tuple(_tie(desk, tie) for tie in both)
    return desk.closed(head, wording.counted(len(both), "relation"), (Section("Relations", ties),))


def _tie(desk: Desk, r: Row) -> Item:
    parts = (r["kind"], wording.bond(r["amount_usd"], r["stake_pct"]), r["announced"], r["outcome"])
    text = f"{desk.organization(r['from_id'])} → {desk.organization(r['to_id'])}"
    detail = " · ".join(part for part in parts if part)
    return Item(text, detail, r["status"] or "", desk.cite(r["source_ids"]), f"relations:{r['id']}")


def claim(desk: Desk, claim_id: str) -> Evidence | None:
    """A claim, what else is claimed on the same topic, and what it speaks of."""
    row = desk.data.row("claims", claim_id)
    if row is None:
        return None
    own = [desk.claim(row)]
    if row["field"] and row["value"]:
        own.append(Item(f"It gives {row['field']} as {row['value']}"))
    if row["notes"]:
        own.append(Item(row["notes"]))
    others = desk.matter(lambda c: c["id"] == claim_id, "On the same matter", but=claim_id)
    named = tuple(Item(reach.named(desk.gathered, key), _noun(key)) for key in row["about"])
    subjects = (Section("It speaks of", named),) if named else ()
    said = " · ".join(part for part in (row["said_by"], row["date"], ruling(row)) if part)
    return desk.closed(
        row["topic"] or row["text"] or claim_id, said, (Section("Claim", tuple(own)), *others, *subjects)
    )


def _noun(key: str) -> str:
    """What a key stands for: `person`, `flow`."""
    kind = key.partition(":")[0]
    return TABLES[kind].noun if kind in TABLES else kind


_OF_TABLE: Mapping[str, Callable[[Desk, str], Evidence | None]] = {
    "people": person,
    "organizations": organization,
    "relations": relation,
    "seats": evidence_seats.seat,
    "reports": evidence_lines.report,
    "targets": evidence_seats.target,
    "claims": claim,
}
