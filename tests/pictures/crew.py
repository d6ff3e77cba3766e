"""A made-up crew: a few seats in every state, with lines between them, to be checked by hand."""

from __future__ import annotations

from typing import Any

from app.domain.dataset import Dataset, frame_of

SOURCES = [
    {"id": "log", "publisher": "The Log (copy)", "title": "Crew list", "published": "2026-01-31"},
    {"id": "letter", "publisher": "A Letter", "published": "2025-06"},
]
ORGANIZATIONS = [
    {"id": "ship", "name": "The Ship Company (SHIP)", "kind": "company", "color": "c1"},
    {"id": "deck", "name": "Deck", "kind": "product-team", "parent_id": "ship"},
    {"id": "harbor", "name": "Harbor", "kind": "company", "color": "c2"},
]
PEOPLE = [
    {"id": "ann", "name": "Ann Madeup", "expertise": ["Sailing", "knots"]},
    {"id": "bob", "name": "Bob Madeup"},
    {"id": "cyd", "name": "Cyd Madeup"},
    {"id": "dan", "name": "Dan Madeup"},
    {"id": "eve", "name": "Eve Madeup"},
    {"id": "fay", "name": "Fay Madeup"},
]
SEATS = [
    {"id": "captain", "organization_id": "ship", "title": "Captain", "rank": 1, "skills": ["sailing", "law"]},
    {"id": "mate", "organization_id": "deck", "title": "First mate", "rank": 1, "status": "confirmed"},
    {"id": "cook", "organization_id": "deck", "title": "Cook", "rank": 4, "state": "on-hold", "source_ids": []},
    {"id": "bosun", "organization_id": "deck", "title": "Bosun", "rank": 3, "closed": ".."},
    {"id": "boy", "organization_id": "deck", "title": "Ship's boy", "rank": 5, "opened": "2030"},
    {"id": "lookout", "organization_id": "deck", "title": "Lookout", "rank": 2},
    {"id": "ghost", "organization_id": "deck", "title": "Ghost", "rank": 6, "status": "denied"},
    {"id": "purser", "organization_id": "deck", "rank": 7},
]
STINTS = [
    ("ann-0", "ann", "harbor", None, "2023-05", "2024-01", {"role": "Pilot"}),
    ("ann-1", "ann", "ship", "captain", "2024-01", "..", {"source_ids": ["log", "letter"]}),
    ("cyd-1", "cyd", "deck", "mate", "2023", "2024-02", {}),
    ("bob-0", "bob", "deck", None, "2022", "2024-02", {"status": "confirmed"}),
    ("bob-1", "bob", "deck", "mate", "2024-02", "..", {"status": "confirmed", "role": "Mate"}),
    ("dan-1", "dan", "deck", "bosun", "2023-03-05", "2025-01", {}),
    ("eve-1", "eve", "deck", "ghost", "2025", "..", {"status": "denied"}),
    ("eve-2", "eve", "deck", "cook", "2025", None, {"kind": "offer"}),
    ("fay-1", "fay", "deck", "lookout", None, None, {}),
]
REPORTS = [
    {"id": "mate-captain", "seat_id": "mate", "to_seat_id": "captain", "kind": "solid", "start": "2024-02"},
    {"id": "mate-cook", "seat_id": "mate", "to_seat_id": "cook", "kind": "dotted", "status": "confirmed"},
    {"id": "bosun-mate", "seat_id": "bosun", "to_seat_id": "mate", "kind": "solid", "end": "2025-01"},
    {"id": "cook-mate", "seat_id": "cook", "to_seat_id": "mate", "kind": "dotted"},
    {"id": "lookout-bosun", "seat_id": "lookout", "to_seat_id": "bosun", "kind": "solid"},
    {"id": "boy-cook", "seat_id": "boy", "to_seat_id": "cook", "kind": "solid"},
]
CLAIMS = [
    {"id": "c-law", "about": ["people:ann"], "topic": "The captain's papers", "text": "She has them",
     "stance": "supports", "ruling": "upheld", "ruling_reason": "seen", "ruled_on": "2025-07"},
    {"id": "c-lawless", "about": ["organizations:ship"], "topic": "The captain's papers", "status": "rumored",
     "text": "Nobody has seen them", "stance": "contradicts", "said_by": "A rival"},
    {"id": "c-mate", "about": ["seats:mate"], "text": "The mate's seat is to go", "status": "rumored"},
    {"id": "c-line", "about": ["people:bob"], "topic": "Madeup reports to Madeup", "text": "Bob answers to nobody"},
    {"id": "c-size", "about": ["organizations:deck"], "topic": "How many hands", "field": "headcount", "value": "9",
     "text": "Nine hands were counted", "stance": "contradicts"},
    {"id": "c-hands", "about": ["organizations:harbor"], "topic": "How many hands", "text": "Five are enough"},
    {"id": "c-paint", "about": ["organizations:deck"], "topic": "The paint", "text": "The deck is green"},
]  # fmt: skip
TARGETS = [
    {"id": "hands", "organization_id": "deck", "seats": 3, "by": "2026-12", "notes": "about"},
    {"id": "more-hands", "organization_id": "deck", "seats": 8, "notes": "if the harbor pays"},
]


def rows(**changed: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """The rows of every table, some tables exchanged."""
    common = {"status": "reported", "source_ids": ["log"]}
    stints = [
        {"id": i, "person_id": p, "organization_id": o, "seat_id": s, "start": a, "end": e, "kind": "employment",
         "rank": int(i[-1]), **fields}
        for i, p, o, s, a, e, fields in STINTS
    ]  # fmt: skip
    made = {"organizations": ORGANIZATIONS, "people": PEOPLE, "seats": SEATS, "stints": stints, "reports": REPORTS}
    made |= {"claims": CLAIMS, "targets": TARGETS, **changed}
    return {"sources": SOURCES, **{name: [{**common, **row} for row in some] for name, some in made.items()}}


def crew(**changed: list[dict[str, Any]]) -> Dataset:
    """The crew as a Dataset, some tables exchanged."""
    return Dataset.of({name: frame_of(name, some) for name, some in rows(**changed).items()})
