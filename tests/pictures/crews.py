"""Made-up organizations with lines between their seats, of any size."""

from __future__ import annotations

import random

from app.domain.dataset import Dataset, frame_of

ORIGINS = ("north", "south", "east", "west")


def crew(n: int, *, units: int = 0, branch: int = 8, seed: int = 1) -> Dataset:
    """`n` seats of an organization `crew`, all but the first below another one, about `branch` to each; every
    seventeenth is open. People come from four organizations in turn. units: so many below it hold fifty seats each."""
    draw = random.Random(seed)
    common = {"status": "reported", "source_ids": ["paper"]}
    organizations = [{"id": "crew", "name": "Crew of Many (Crew)", "color": "c1", **common}]
    organizations += [{"id": o, "name": o.title(), "color": f"c{k + 2}", **common} for k, o in enumerate(ORIGINS)]
    organizations += [
        {"id": f"unit-{u}", "name": f"Unit {u}", "parent_id": "crew", "kind": "product-team", **common}
        for u in range(units)
    ]
    people, stints, seats, reports = [], [], [], []
    for k in range(n):
        where = f"unit-{(k // 50) % units}" if units else "crew"
        seat, person, day = f"seat-{k:06}", f"p{k:06}", f"20{20 + k % 6}-{k % 12 + 1:02}"
        seats.append({"id": seat, "organization_id": where, "rank": k, "title": f"Sailor of rank {k % 7}", **common})
        if k % 17 != 16:
            people.append({"id": person, "name": f"Given{k} Family{k}", "expertise": ["sailing"], **common})
            held = {"person_id": person, "kind": "employment", "role": "Sailor", **common}
            before = {"id": f"s{k:06}-0", "organization_id": ORIGINS[k % 4], "rank": 10, "end": day}
            now = {"id": f"s{k:06}-1", "organization_id": where, "rank": 20, "start": day, "end": "..", "seat_id": seat}
            stints += [held | before, held | now]
        if k:
            above = (k - 1) // branch if draw.random() < 0.7 else draw.randrange(max(1, k // 4))
            line = {"id": f"rp-{k:06}", "seat_id": seat, "to_seat_id": f"seat-{above:06}", "kind": "solid"}
            reports.append(line | common)
    source = {"id": "paper", "publisher": "The Paper", "published": "2026-01-31"}
    tables = {"organizations": organizations, "people": people, "stints": stints, "seats": seats, "reports": reports}
    return Dataset.of({name: frame_of(name, some) for name, some in (tables | {"sources": [source]}).items() if some})
