"""Made-up careers with stints of every kind, and events of every kind. Checked by hand."""

from __future__ import annotations

from typing import Any

from app.domain.dataset import Dataset, frame_of
from app.scene.marks import AnyMarks
from app.scene.scene import Scene
from app.scene.style import Role, Style


def lives(**more: list[dict[str, Any]]) -> Dataset:
    """Ada: North 2020 to April 2023, then South, confirmed; last seen in January 2026. Ben: North until June 2024, then
    South, reported, and beside it advisor to East since January 2024. Cyd: a study at North, a visit to East, an offer
    of South. Dov: North since 2021, no end known; South in 2025, denied. Eve: North until 2025, then, it is rumored,
    South. Fay: East and then West, without any day. One stint more is of nobody. more: rows of further tables."""
    known = {"source_ids": ["paper"]}
    organizations = [
        {"id": i, "name": i.title(), "kind": "lab", "color": c, **known}
        for i, c in (("east", None), ("north", "c1"), ("south", "c2"), ("west", None))
    ]
    stints = [
        ("ada", "north", "employment", "2020-03-01", "2023-04-10", "confirmed"),
        ("ada", "south", "employment", "2023-04-10", "..", "confirmed"),
        ("ben", "north", "employment", None, "2024-06-01", "reported"),
        ("ben", "south", "employment", "2024-06-01", "..", "reported"),
        ("ben", "east", "advisor", "2024-01-15", "..", "reported"),
        ("cyd", "north", "education", "2019-09-01", "2023-06-30", "confirmed"),
        ("cyd", "east", "visiting", "2023-07-01", "2024-01-01", "confirmed"),
        ("cyd", "south", "offer", "2024-05-02", None, "reported"),
        ("dov", "north", "employment", "2021", None, "reported"),
        ("dov", "south", "employment", "2025-02-01", "2025-08-01", "denied"),
        ("eve", "north", "employment", "2022-01-10", "2025", "reported"),
        ("eve", "south", "employment", "2025-10-05", "..", "rumored"),
        ("fay", "east", "employment", None, None, "reported"),
        ("fay", "west", "employment", None, None, "reported"),
        ("nobody", "west", "employment", "2024-01-01", None, "reported"),
    ]
    rows: list[dict[str, Any]] = []
    for n, (person, organization, kind, start, end, status) in enumerate(stints):
        row = {
            "id": f"st-{person}-{n:02}",
            "person_id": person,
            "organization_id": organization,
            "kind": kind,
            "rank": n,
        }
        rows.append({**row, "start": start, "end": end, "status": status, "role": "Clerk", **known})
    people = [{"id": p, "name": f"{p.title()} Madeup", **known} for p in ("ada", "ben", "cyd", "dov", "eve", "fay")]
    sources = [{"id": "paper", "publisher": "The Paper", "published": "2026-01-31"}]
    sources += [{"id": "late", "publisher": "The Late", "published": "2026-06-30"}]
    tables = {"organizations": organizations, "people": people, "stints": rows, "sources": sources, **more}
    return Dataset.of({table: frame_of(table, some) for table, some in tables.items()})


def eventful() -> Dataset:
    """The same with deals, claims, a merger, a seat and a target."""
    known = {"source_ids": ["paper"]}
    deal = {"from_id": "north", "to_id": "south", "kind": "investment", "status": "confirmed", **known}
    relations = [
        {**deal, "id": "bond", "amount_usd": 2e9, "stake_pct": 10.0, "announced": "2024-02-10"},
        {**deal, "id": "never", "kind": "acquisition", "status": "denied", "announced": "2025-05-05"},
        {**deal, "id": "once", "kind": "partnership", "from_id": "west"},
        {**deal, "id": "vague", "from_id": "east", "announced": "2024"},
    ]
    said = {"topic": "The bonus", "text": "A bonus was paid", "status": "disputed", **known}
    claims = [
        {**said, "id": "yes", "about": ["organizations:south"], "stance": "supports", "date": "2025-06-01"},
        {**said, "id": "no", "about": ["people:ada"], "stance": "contradicts", "date": "2025-06-02", "said_by": "Ada"},
        {**said, "id": "late-word", "about": ["flow:north>south"], "date": "2026-05", "source_ids": ["late"]},
    ]
    successions = [{"id": "join", "from_id": "east", "to_id": "south", "kind": "merger", "date": "2025-03", **known}]
    seats = [{"id": "chair", "organization_id": "south", "title": "Chair", "opened": "2025-01-07", **known}]
    targets = [{"id": "fifty", "organization_id": "south", "seats": 50, "by": "2026-06", **known}]
    return lives(relations=relations, claims=claims, successions=successions, seats=seats, targets=targets)


def styled(scene: Scene, role: Role) -> list[tuple[str, Style, AnyMarks, int]]:
    """Key, style, mark and row of all marks of a role."""
    return [
        (scene.keys[mark.key[row]] if mark.key[row] >= 0 else "", style, mark, row)
        for layer in scene.layers
        for mark in layer.marks
        for row in range(len(mark))
        if (style := scene.styles[int(mark.style[row])]).role is role
    ]
