"""Sound datasets with names that every format has to escape, for the tests of what leaves for other programs."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from hypothesis import strategies as st

from app.domain.dataset import Dataset, frame_of

NASTY = (
    'Ada "the first"', "two\nlines", "tab\tand\rreturn", "a;b|c,d", "<b>&amp;</b>", "back\\slash\\", "😀 Zoë", "=1+1",
    "bell\x07 and\x00nul", "_x0041_", "]]>", "`code` *bold* [x](y)", "-- {a: 1} -->", "\\N and \\G", "#tag %s",
    "ÿ\ufffe",
)  # fmt: skip
DATES = (
    (None, None), ("2025", None), ("2024-05~", ".."), ("2025-06-26", ".."), (None, "2025-02"), ("2019-03-01", "2021?"),
    ("2020-02-29", "2020-02-29"), ("2001", "2001"), ("1899-12-31", "1999-12"),
)  # fmt: skip
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

names = st.sampled_from(NASTY) | st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=6).filter(
    lambda text: any(letter.isalpha() for letter in text)
)
statuses = st.sampled_from([None, "confirmed", "rumored", "denied"])


@st.composite
def sound(draw: st.DrawFn) -> Dataset:
    """Up to three organizations (the second perhaps a unit of the first), three people, five stints, two seats, and
    three people who moved."""
    n_bodies, n_people = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    kinds = st.sampled_from([None, "company", "lab", "product-team", "other"])
    bodies: list[dict[str, Any]] = [
        {
            "id": f"o-{n}",
            "name": draw(names),
            "kind": draw(kinds),
            "color": draw(st.sampled_from([None, "c3", "#0a0B0c"])),
        }
        for n in range(n_bodies)
    ]
    if n_bodies > 1 and draw(st.booleans()):
        bodies[1]["parent_id"] = "o-0"
    people = [{"id": f"p-{n}", "name": draw(names), "notes": draw(st.none() | names)} for n in range(n_people)]
    seats = [
        {"id": f"seat-{n}", "organization_id": "o-0", "title": draw(names)} for n in range(draw(st.integers(0, 2)))
    ]
    stints = []
    for n in range(draw(st.integers(0, 5))):
        start, end = draw(st.sampled_from(DATES))
        stints.append(
            {
                "id": f"st-{n}",
                "person_id": f"p-{draw(st.integers(0, n_people - 1))}",
                "organization_id": f"o-{draw(st.integers(0, n_bodies - 1))}",
                "role": draw(st.none() | names),
                "kind": draw(st.sampled_from([None, "employment", "founder", "advisor"])),
                "rank": n,
                "start": start,
                "end": end,
                "status": draw(statuses),
                "source_ids": ["src"],
            }
        )
    for n in range(draw(st.integers(0, 3)) if n_bodies > 1 else 0):  # who surely moved
        people.append({"id": f"mover-{n}", "name": draw(names)})
        way = draw(st.permutations(range(n_bodies)))[:2]
        day = draw(st.sampled_from(["2024-05", "2025-06-26"]))
        for rank, (body, dated) in enumerate(zip(way, ("end", "start"), strict=True)):
            own = {"id": f"st-m{n}-{rank}", "person_id": f"mover-{n}", "organization_id": f"o-{body}", "rank": rank}
            stints.append({**own, "kind": "employment", dated: day, "source_ids": ["src"]})
    sources = [{"id": "src", "title": draw(names), "url": "https://example.org/a?b=c&d=;", "published": "2025-07-01"}]
    tables = {"organizations": bodies, "people": people, "seats": seats, "stints": stints, "sources": sources}
    return Dataset.of({name: frame_of(name, rows) for name, rows in tables.items()})


def visible(text: str | None) -> str:
    """A text as it comes back from XML: forbidden letters marked, runs of spaces one."""
    return " ".join(_FORBIDDEN.sub("\ufffd", text or "").split())


def bodies_of(dataset: Dataset) -> Counter[tuple[str, str, str]]:
    """Organizations by name, kind (that of `other` is said by its type alone) and parent."""
    frame = dataset["organizations"]
    named = dict(frame.select("id", "name").iter_rows())
    rows = frame.select("name", "kind", "parent_id").iter_rows()
    return Counter((visible(name), kind or "", visible(named.get(above))) for name, kind, above in rows)


def people_of(dataset: Dataset) -> Counter[str]:
    """People by name."""
    return Counter(visible(name) for name in dataset["people"]["name"])


def stints_of(dataset: Dataset) -> Counter[tuple[str, ...]]:
    """Stints that are not denied, by all that a graph says of them."""
    people, bodies = (
        {row_id: visible(name) for row_id, name in dataset[table].select("id", "name").iter_rows()}
        for table in ("people", "organizations")
    )
    return Counter(
        (
            people[row["person_id"]], bodies[row["organization_id"]], visible(row["role"]), row["kind"] or "",
            row["start"] or "", row["end"] or "",
        )
        for row in dataset["stints"].iter_rows(named=True)
        if row["status"] != "denied"
    )  # fmt: skip
