"""Datasets for tests: small ones written as rows, and random ones, with edits that fit them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl
from hypothesis import strategies as st

from app.domain.dataset import Dataset, frame_of
from app.domain.edit import Change, Edit
from app.domain.schema import TABLES, Kind

Rows = Mapping[str, list[dict[str, Any]]]


def dataset(**tables: list[dict[str, Any]]) -> Dataset:
    """A dataset from rows; fields that a row does not name are blank."""
    return Dataset.of({name: frame_of(name, rows) for name, rows in tables.items()})


def labs() -> Dataset:
    """Two people, two organizations, three stints and a source: nothing is wrong with it."""
    said = {"source_ids": ["memo"]}
    ada, bob = {"person_id": "ada", **said}, {"person_id": "bob", **said}
    return dataset(
        organizations=[
            {"id": "meta", "name": "Meta", "kind": "company", **said},
            {"id": "openai", "name": "OpenAI", "kind": "lab", "founded": "2015-12", **said},
        ],
        people=[{"id": "ada", "name": "Ada", **said}, {"id": "bob", "name": "Bob", "expertise": ["vision"], **said}],
        stints=[
            {"id": "st-ada-01", "organization_id": "openai", "start": "2020", "end": "2025-06", **ada},
            {"id": "st-ada-02", "organization_id": "meta", "start": "2025-06", "end": "..", **ada},
            {"id": "st-bob-01", "organization_id": "openai", "start": "2021-03-05", **bob},
        ],
        sources=[{"id": "memo", "publisher": "The Post", "published": "2025-07-01"}],
    )


PEOPLE = [f"p{n}" for n in range(6)]
ORGANIZATIONS = [f"o{n}" for n in range(5)]
STINTS = [f"s{n}" for n in range(10)]
SEATS = [f"t{n}" for n in range(5)]
DATES = [None, None, "..", "2019", "2020", "2020-03", "2020-03-14", "2021~", "2021-07?", "2022-02-28", "soon"]


def _one_of(*values: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(values)


_FIELDS: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "people": {"name": _one_of("Ada", "Bob")},
    "organizations": {"name": _one_of("Meta", "OpenAI"), "founded": st.sampled_from(DATES)},
    "stints": {
        "person_id": _one_of("p0", "p0", "p0", "p1", "p1", "p4", "p9"),  # few, so that their stints meet
        "organization_id": st.sampled_from(ORGANIZATIONS),
        "kind": _one_of(None, "employment", "founder", "advisor", "offer"),
        "status": _one_of(None, "confirmed", "reported", "denied"),
        "rank": _one_of(None, None, None, 10, 20, 2**40),
        "order_stated": _one_of(None, True, False),
        "announced": st.sampled_from(DATES),
        "start": st.sampled_from(DATES),
        "end": st.sampled_from(DATES),
        "source_ids": _one_of([], ["x"], ["y", "x"]),
    },
}
_IDS = {"people": PEOPLE, "organizations": ORGANIZATIONS, "stints": STINTS}


@st.composite
def rows(draw: st.DrawFn, table: str, least: int = 0, most: int | None = None) -> list[dict[str, Any]]:
    """Rows of a table with ids of its pool, none twice."""
    ids = draw(st.lists(st.sampled_from(_IDS[table]), unique=True, min_size=least, max_size=most))
    return [{"id": i, **{name: draw(values) for name, values in _FIELDS[table].items()}} for i in ids]


@st.composite
def datasets(draw: st.DrawFn) -> Dataset:
    """People, organizations and stints, some of which refer to what is not there."""
    tables = {"people": draw(rows("people", 4)), "organizations": draw(rows("organizations", 3))}
    return dataset(**tables, stints=draw(rows("stints", draw(_one_of(0, 4)))))


@st.composite
def seated_datasets(draw: st.DrawFn) -> Dataset:
    """People, seats and lines, some of which refer to what is not there."""
    status = st.sampled_from([None, "confirmed", "denied"])
    seat, when = st.sampled_from([*SEATS, "t9"]), st.sampled_from(DATES)

    def some(n: int, **fields: Any) -> list[dict[str, Any]]:
        return [{name: draw(values) for name, values in fields.items()} for _ in range(draw(st.integers(0, n)))]

    organization = st.sampled_from(["o0", "o1", "o9"])
    stints = some(
        6, person_id=st.sampled_from(["p0", "p1", "p9"]), organization_id=organization, seat_id=seat, start=when,
        end=when, kind=st.sampled_from([None, "founder", "offer"]), status=status,
    )  # fmt: skip
    reports = some(5, seat_id=seat, to_seat_id=seat, kind=st.sampled_from([None, "dotted"]), start=when, status=status)
    places = some(
        5, organization_id=organization, rank=st.sampled_from([None, 1, 2]), opened=when, closed=when,
        state=st.sampled_from([None, None, "open", "closed", "odd"]), status=status,
        title=st.sampled_from([None, "T"]),
    )  # fmt: skip
    return dataset(
        people=[{"id": "p0", "name": "Ada"}, {"id": "p1"}],
        organizations=[{"id": "o0", "name": "Meta"}, {"id": "o1", "name": "Lab", "parent_id": "o0"}],
        seats=[{"id": i, **row} for i, row in zip(SEATS, places, strict=False)],
        stints=[{"id": f"s{n}", **row} for n, row in enumerate(stints)],
        reports=[{"id": f"r{n}", **row} for n, row in enumerate(reports)],
    )


@st.composite
def edits(draw: st.DrawFn, on: Dataset) -> Edit:
    """An edit that fits the dataset: rows added, changed and removed in up to three tables at once."""
    changes = {}
    for table in draw(st.sets(st.sampled_from(sorted(_FIELDS)), min_size=1)):
        after = frame_of(table, draw(rows(table, most=3)))
        going = draw(st.lists(st.sampled_from(_IDS[table]), unique=True, max_size=2))
        spoken = [*after["id"], *going]
        changes[table] = Change(on[table].filter(pl.col("id").is_in(spoken)), after)
    return Edit("an edit", changes)


_WORDS = st.sampled_from(["", "a", "b", "soon", "2020", "2020-02-30", "..", "meta", "people:a", "flow:a>b", "flow:a"])
_NONSENSE: dict[Kind, st.SearchStrategy[Any]] = {
    Kind.INT: st.none() | st.integers(-(2**63), 2**63 - 1),
    Kind.FLOAT: st.none() | st.floats(),
    Kind.FLAG: st.none() | st.booleans(),
    Kind.LIST: st.none() | st.lists(st.none() | _WORDS | st.text(max_size=4), max_size=3),
}
_NONSENSE[Kind.SET] = _NONSENSE[Kind.LIST]


def _nonsense_value(kind: Kind, vocabulary: tuple[str, ...]) -> st.SearchStrategy[Any]:
    plain = st.none() | _WORDS | st.text(max_size=4)
    return _NONSENSE.get(kind, plain | st.sampled_from(vocabulary) if vocabulary else plain)


@st.composite
def nonsense(draw: st.DrawFn) -> Dataset:
    """Any rows that the types of the columns allow: repeated ids, no ids, circles, words out of nowhere."""
    tables = {}
    for table in draw(st.sets(st.sampled_from(sorted(TABLES)), max_size=4)):
        fields = {f.name: _nonsense_value(f.kind, f.vocabulary) for f in TABLES[table].fields}
        tables[table] = frame_of(table, draw(st.lists(st.fixed_dictionaries(fields), max_size=4)))
    return Dataset.of(tables)
