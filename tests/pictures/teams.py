"""Made-up teams of any size, for pictures of seats."""

from __future__ import annotations

import re
from typing import Any

from app.domain.dataset import Dataset, frame_of

ORIGINS = ("north", "south", "east", "west")


def crews(*wanted: tuple[int, int | None]) -> Dataset:
    """Several teams `crew-1`, `crew-2`, … of so many people and with such targets, made as `team` makes one."""
    rows: dict[str, list[dict[str, Any]]] = {}
    for number, (n, target) in enumerate(wanted, 1):
        made = team(n, target, per_month=3 + number + n // 20)
        for table in ("organizations", "people", "stints", "seats", "targets", "sources"):
            known = {row["id"] for row in rows.setdefault(table, [])}
            for row in made[table].to_dicts():
                own = {name: _numbered(value, number) for name, value in row.items() if name != "extra"}
                if own["id"] not in known:
                    rows[table].append(own)
    return Dataset.of({table: frame_of(table, some) for table, some in rows.items() if some})


def _numbered(value: Any, number: int) -> Any:
    """Ids of what belongs to one team with its number; origins and sources are those of all."""
    if not isinstance(value, str):
        return value
    if value in ("crew", "goal"):
        return f"{value}-{number}"
    if value.startswith("Crew"):
        return f"Crew {number}"
    return re.sub(r"^(p|seat-)(?=\d{5})", rf"\g<1>{number}-", value)


def team(
    n: int,
    wanted: int | None = 50,
    *,
    vacant: int = 0,
    per_month: int = 6,
    seats: dict[int, dict[str, Any]] | None = None,
) -> Dataset:
    """A team `crew` of `n` people who came from four organizations in turn, `per_month` each month from January 2024.

    Every fifth joining is known to the month only. `vacant` more seats have no holder. seats: fields of seats by number
    that differ. wanted: the target, None for none.
    """
    common = {"status": "reported", "source_ids": ["paper"]}
    organizations = [{"id": "crew", "name": "Crew of Many (Crew)", **common}]
    organizations += [{"id": o, "name": o.title(), "color": f"c{k + 1}", **common} for k, o in enumerate(ORIGINS)]
    people, stints = [], []
    places = [{"id": f"seat-{k:05}", "organization_id": "crew", "rank": k, **common} for k in range(n + vacant)]
    for k in range(n):
        person, origin = f"p{k:05}", ORIGINS[k % 4]
        month = k // per_month
        start = f"{2024 + month // 12}-{month % 12 + 1:02}" + ("" if k % 5 == 4 else f"-{k % per_month % 28 + 1:02}")
        people.append({"id": person, "name": f"Given{k} Family{k}", "expertise": ["sailing"], **common})
        for rank, (where, begin, end, seat) in enumerate(
            ((origin, None, start, None), ("crew", start, "..", places[k]["id"]))
        ):
            stints.append(
                {"id": f"{person}-{rank}", "person_id": person, "organization_id": where, "kind": "employment",
                 "rank": rank, "start": begin, "end": end, "seat_id": seat, "role": "Sailor", **common}
            )  # fmt: skip
    for number, fields in (seats or {}).items():
        places[number] |= fields
    rows: dict[str, list[dict[str, Any]]] = {
        "organizations": organizations,
        "people": people,
        "stints": stints,
        "seats": places,
        "targets": [{"id": "goal", "organization_id": "crew", "seats": wanted, **common}] if wanted is not None else [],
        "sources": [{"id": "paper", "publisher": "The Paper", "published": "2026-01-31"}],
    }
    return Dataset.of({table: frame_of(table, some) for table, some in rows.items() if some})
