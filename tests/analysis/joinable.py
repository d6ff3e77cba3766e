"""Random sound datasets of a few made-up people, so that two of them have much in common."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

from app.domain.checks import check
from app.domain.dataset import Dataset
from tests.domain.worlds import dataset

NAMES = ("Ada Example", "Bob Sample", "A. Example", "user17")
BODIES = ("Made Up Labs", "Invented, Inc.", "Research", "Nowhere University", "Another One", "Some Office", "One More")
ROLES = (None, "Engineer", "Senior Engineer", "Director")
DATES = (None, None, "2019", "2020", "2020-03", "2021~", "2022-02-28")
ENDS = (None, None, "..", "2023", "2023-05", "2024-01-31")


def one(*values: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(values)


def some(ids: list[str], most: int = 2) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(ids), max_size=most, unique=True) if ids else st.just([])


@st.composite
def sound(draw: st.DrawFn, most: int = 4) -> Dataset:
    """People, organizations, stints, seats, lines, deals, claims and sources without an error."""

    def ids(stem: str, n: int = most) -> list[str]:
        return [f"{stem}{i}" for i in sorted(draw(st.sets(st.integers(0, 6), max_size=n)))]

    def pick(pool: list[str]) -> str | None:
        return draw(st.sampled_from([None, *pool])) if pool else None

    sources = [
        {"id": i, "title": draw(one("T", "U", None)), "url": draw(one("https://made.example/a", "b.example/b", None)),
         "published": draw(one(None, "2024", "2024-05-01"))}
        for i in ids("w")
    ]  # fmt: skip
    cited = [row["id"] for row in sources]

    def said() -> dict[str, Any]:
        return {"source_ids": draw(some(cited)), "status": draw(one(None, "reported", "confirmed", "denied"))}

    bodies: list[dict[str, Any]] = []
    numbers = draw(st.permutations([None, None, None, None, None, None, 1, 2]))  # a register has each of them once
    called = draw(st.permutations(BODIES))
    for n, i in enumerate(ids("o")):
        held = json.dumps({"ids": {"ror": f"https://ror.org/{numbers[n]}"}}) if numbers[n] else None
        row = {"id": i, "name": called[n], "parent_id": pick([row["id"] for row in bodies]), "extra": held}
        bodies.append(
            {**row, "kind": draw(one(None, "company", "university")), "founded": draw(one(None, "2001")), **said()}
        )
    people = [
        {"id": i, "name": draw(one(*NAMES)), "orcid": f"0000-000{numbers[-n]}" if numbers[-n] else None,
         "aliases": draw(some(["Ada Example", "Addy"])), **said()}
        for n, i in enumerate(ids("p"))
    ]  # fmt: skip
    o, p = [row["id"] for row in bodies], [row["id"] for row in people]
    seats = [
        {"id": i, "organization_id": pick(o) or o[0], "title": draw(one(None, "Chair")), **said()}
        for i in (ids("t") if o else [])
    ]
    t = [row["id"] for row in seats]
    stints = [
        {"id": i, "person_id": pick(p) or p[0], "organization_id": pick(o) or o[0], "role": draw(one(*ROLES)),
         "kind": draw(one(None, "employment", "advisor")), "seat_id": pick(t), "rank": draw(one(None, 10, 20, 30)),
         "start": draw(one(*DATES)), "end": draw(one(*ENDS)), **said()}
        for i in (ids("s", 6) if o and p else [])
    ]  # fmt: skip
    reports = [
        {"id": i, "seat_id": t[1], "to_seat_id": t[0], "start": draw(one(*DATES)), **said()}
        for i in (ids("r", 2) if len(t) > 1 else [])
    ]
    relations = [
        {"id": i, "from_id": pick(o) or o[0], "to_id": pick(o) or o[0], "kind": "investment",
         "amount_usd": draw(one(None, 1.0, 2.0)), "announced": draw(one(*DATES)), **said()}
        for i in (ids("l", 2) if o else [])
    ]  # fmt: skip
    told = [*(f"people:{i}" for i in p), *(f"stints:{row['id']}" for row in stints)]
    told += [f"flow:{a}>{b}" for a in o for b in o if a != b]
    claims = [
        {"id": i, "about": draw(some(told)), "topic": "matter", "text": draw(one(None, "So it was")), **said()}
        for i in ids("c", 2)
    ]
    return dataset(
        sources=sources, organizations=bodies, people=people, seats=seats, stints=stints, reports=reports,
        relations=relations, claims=claims,
    )  # fmt: skip


def wrong(world: Dataset) -> list[str]:
    """Errors of a dataset."""
    return [fault.text for fault in check(world) if fault.severity == "error"]
