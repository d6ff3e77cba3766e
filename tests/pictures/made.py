"""A tiny dataset whose flow map can be checked by hand, and ways to look into Scenes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from app.analysis.options import Options
from app.domain import dates
from app.domain.dataset import Dataset, frame_of
from app.pictures.flowmap import FlowMap, FlowMapOptions
from app.scene.marks import Floats, Label, Ribbon
from app.scene.scene import FontRole, Scene
from app.scene.style import Role


def fixed(texts: Sequence[str], font: FontRole) -> Floats:
    """Every letter half as wide as it is high."""
    return np.array([0.5 * font[0] * len(text) for text in texts])


def small() -> Dataset:
    """Four organizations. North → South 3 people (2 confirmed, 1 reported), South → North 1 (rumored), North → East 1
    without a date, East → West 1; one denied stint; a bond of $2B between North and South."""
    organizations = [
        {"id": i, "name": n, "kind": "lab", "source_ids": ["paper"], "color": c}
        for i, n, c in (
            ("east", "East", None),
            ("north", "North Lab (NL)", "c1"),
            ("south", "South", "c2"),
            ("west", "West", "#aa00aa"),
        )
    ]
    steps = [
        ("ada", "north", "south", "2025-03", "confirmed"),
        ("ben", "north", "south", "2025-06-10", "confirmed"),
        ("cyd", "north", "south", "2025", "reported"),
        ("dov", "south", "north", "2025-09", "rumored"),
        ("eve", "north", "east", None, "confirmed"),
        ("fay", "east", "west", "2024-01", "disputed"),
        ("gus", "north", "south", "2025-04", "denied"),
    ]
    stints = []
    for person, a, b, when, status in steps:
        for n, (organization, start, end) in enumerate(((a, None, when), (b, when, ".."))):
            stints.append(
                {
                    "id": f"st-{person}-{n}",
                    "person_id": person,
                    "organization_id": organization,
                    "kind": "employment",
                    "rank": n,
                    "start": start,
                    "end": end,
                    "status": status,
                    "source_ids": ["paper"],
                }
            )
    people = [{"id": p, "name": f"{p.title()} Madeup", "source_ids": ["paper"]} for p, *_ in steps]
    relations = [
        {"id": "bond", "to_id": "south", "kind": "investment", "amount_usd": 2e9, "status": "confirmed"},
        {"id": "gone", "to_id": "east", "kind": "acquisition", "amount_usd": 1e9, "outcome": "lapsed"},
    ]
    relations = [{**relation, "from_id": "north", "source_ids": ["paper"]} for relation in relations]
    sources = [
        {
            "id": "paper",
            "publisher": "The Paper",
            "title": "All moves",
            "url": "https://example.org/all",
            "published": "2026-01-31",
        }
    ]
    rows = {
        "organizations": organizations,
        "people": people,
        "stints": stints,
        "relations": relations,
        "sources": sources,
    }
    return Dataset.of({table: frame_of(table, some) for table, some in rows.items()})


def flow_map(dataset: Dataset | None = None, *, as_of: str = "", **options: object) -> FlowMap:
    """The flow map of a dataset (default: `small`) in the fixed font."""
    chosen = Options(as_of=dates.parse(as_of).latest - 1) if as_of else Options()
    return FlowMap.of(dataset or small(), FlowMapOptions(chosen, **options), fixed)  # type: ignore[arg-type]  # options by name


def texts(scene: Scene, layer: str | None = None) -> list[str]:
    """All texts of a Scene, or of one layer."""
    return [
        t for la in scene.layers if layer in (None, la.name) for m in la.marks if isinstance(m, Label) for t in m.text
    ]


def beside(scene: Scene) -> set[str]:
    """Names beside bars with their figures: `South 3`."""
    said = texts(scene, "names")
    return {f"{name} {figure}" for name, figure in zip(said[::2], said[1::2], strict=True)}


def widths(scene: Scene, key: str, role: Role) -> Floats:
    """Breadths of the ribbons of a key and role."""
    number = scene.keys.index(key)
    found = [
        m.width[row, 0]
        for la in scene.layers
        for m in la.marks
        if isinstance(m, Ribbon)
        for row in range(len(m))
        if m.key[row] == number and scene.styles[int(m.style[row])].role is role and m.head[row] == 0
    ]
    return np.array(found)
