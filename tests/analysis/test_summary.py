"""The figures of `stats --json`: keys, sums, orders, defaults."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.options import Options, newest_published
from app.analysis.summary import summary
from app.domain import dates
from app.domain.dataset import Dataset
from app.domain.lens import parse
from tests.analysis.cases import Tables, dataset_of, full, tables_of
from tests.analysis.test_moves import worlds

KEYS = [
    "format",
    "as_of",
    "known_by",
    "window",
    "level",
    "lens",
    "people",
    "organizations",
    "stints",
    "moves",
    "undated",
    "certain",
    "flows",
    "net",
    "known_people",
    "buildout",
    "left_out",
]

STINTS = (
    "a openai 2018 to 2020-03 known 2025-06; b meta 2020-06 to 2022-02; c xai ? to 2023-05 unordered; "
    "d google 2024 to 2025-03; e openai 2025-04 to ..; f meta 2025 to .. denied; g nyu 2010 to 2014 education"
)


@pytest.fixture
def tables() -> Tables:
    tables = tables_of(STINTS)
    tables["targets"].append(full("targets", id="t", organization_id="openai", seats=2))
    tables["seats"].append(full("seats", id="s", organization_id="openai"))
    tables["stints"][4]["seat_id"] = "s"
    return tables


def window(lo: str, hi: str) -> tuple[int, int]:
    return dates.parse(lo).earliest, dates.parse(hi).latest


def test_everything_without_options(tables: Tables) -> None:
    assert summary(dataset_of(tables)) == {
        "format": "talentflow",
        "as_of": "2025-06-30",
        "known_by": None,
        "window": None,
        "level": "organization",
        "lens": None,
        "people": 1,
        "organizations": 5,
        "stints": 6,
        "moves": 2,
        "undated": 0,
        "certain": 2,
        "flows": [{"from": "google", "to": "openai", "moves": 1}, {"from": "openai", "to": "meta", "moves": 1}],
        "net": [
            {"organization": "meta", "in": 1, "out": 0, "net": 1},
            {"organization": "openai", "in": 1, "out": 1, "net": 0},
            {"organization": "google", "in": 0, "out": 1, "net": -1},
        ],
        "known_people": [{"organization": "openai", "people": 1, "possible": 1}],
        "buildout": [
            {
                "target": "t",
                "organization": "openai",
                "seats": 2,
                "filled": 1,
                "possible": 1,
                "open": 1,
                "over": 0,
                "left": 0,
                "by_origin": [{"from": "google", "people": 1}],
            }
        ],
        "left_out": [{"reason": "order not stated", "n": 2}, {"reason": "denied", "n": 1}],
    }


def test_a_window_holds_its_moves_and_sets_the_as_of_day(tables: Tables) -> None:
    found = summary(dataset_of(tables), Options(window=window("2020-06-15", "2022-12")))

    assert found["window"] == {"from": "2020-06-15", "to": "2023-01-01"}
    assert found["as_of"] == "2022-12-31"
    assert (found["moves"], found["certain"]) == (0, 0)
    assert found["left_out"] == [{"reason": "order not stated", "n": 1}, {"reason": "denied", "n": 1}]
    assert found["stints"] == 6

    found = summary(dataset_of(tables), Options(window=window("2020", "2020-06-15")))
    assert (found["moves"], found["certain"], found["flows"]) == (1, 0, [{"from": "openai", "to": "meta", "moves": 1}])


def test_undated_moves_count_without_a_window_and_are_left_out_inside_one() -> None:
    dataset = dataset_of(tables_of("a openai 2018 to ?; b meta ? to ..; c xai 2020 to .."))
    everything = summary(dataset)
    inside = summary(dataset, Options(window=window("1900", "2100")))

    assert (everything["moves"], everything["undated"], everything["certain"]) == (1, 1, 0)
    assert (inside["moves"], inside["undated"]) == (0, 0)
    assert {"reason": "undated", "n": 1} in inside["left_out"]


def test_an_open_side_of_a_window_is_blank(tables: Tables) -> None:
    found = summary(dataset_of(tables), Options(window=(dates.day(2025), dates.FUTURE)))

    assert found["window"] == {"from": "2025-01-01", "to": None}
    assert found["as_of"] == "2025-06-30"


def test_a_lens_counts_what_it_lets_through(tables: Tables) -> None:
    found = summary(dataset_of(tables), Options(lens=parse("to:openai")))

    assert found["lens"] == "to:openai"
    assert (found["moves"], found["stints"], found["organizations"]) == (1, 2, 2)
    assert found["flows"] == [{"from": "google", "to": "openai", "moves": 1}]
    assert found["left_out"] == [{"reason": "denied", "n": 1}]


def test_what_is_not_yet_known_is_counted_as_left_out(tables: Tables) -> None:
    found = summary(dataset_of(tables), Options(known_by=dates.day(2025, 5), as_of=dates.day(2019)))

    assert found["known_by"] == "2025-05-01"
    assert found["as_of"] == "2019-01-01"
    assert {"reason": "not yet known", "n": 1} in found["left_out"]


def test_the_newest_published_is_the_one_that_begins_last() -> None:
    sources = [full("sources", id=f"s{n}", published=d) for n, d in enumerate(["2026", None, "2026-06-28", "2026-06"])]
    dataset = dataset_of({**tables_of(""), "sources": sources})

    assert newest_published(dataset) == dates.day(2026, 6, 28)


def test_without_a_day_nobody_is_anywhere() -> None:
    found = summary(dataset_of(tables_of("a openai 2018 to ..")))

    assert (found["as_of"], found["known_people"], found["buildout"]) == (None, [], [])


def test_an_empty_dataset_has_all_keys_and_no_counts() -> None:
    found = summary(Dataset.of())

    assert list(found) == KEYS
    assert not any(found[key] for key in KEYS if key not in ("format", "level"))


@given(worlds(), st.sampled_from(["unit", "lab", "organization"]), st.booleans(), st.sampled_from([None, "2018-07-01"]))
def test_flows_sum_to_the_moves_and_all_lists_are_in_order(
    tables: Tables, level: Any, windowed: bool, known_by: str | None
) -> None:
    day = dates.parse(known_by).earliest if known_by else None
    found = summary(dataset_of(tables), Options(level, window("2018", "2019") if windowed else None, None, day))

    assert list(found) == KEYS
    assert sum(flow["moves"] for flow in found["flows"]) == found["moves"] >= found["undated"] + found["certain"]
    assert sum(row["net"] for row in found["net"]) == 0
    assert found["flows"] == sorted(found["flows"], key=lambda f: (-f["moves"], f["from"], f["to"]))
    assert found["net"] == sorted(found["net"], key=lambda n: (-n["net"], n["organization"]))
    for row in found["known_people"]:
        assert 0 <= row["people"] <= row["possible"] <= 2
