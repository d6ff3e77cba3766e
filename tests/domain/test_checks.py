"""Whole-table checks: every fault once, at its place, with a remedy."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.checks import MOST_NAMED, Checker, check, errors
from app.domain.dataset import Dataset
from app.domain.dates import FUTURE
from app.domain.edit import apply
from app.domain.schema import TABLES
from tests.domain.worlds import dataset, datasets, edits, labs, nonsense

SAID = {"source_ids": ["memo"]}


def world(**more):
    """A clean dataset with some rows more; rows of ids that are there already replace them."""
    base = labs()
    tables = {name: {row["id"]: row for row in base[name].iter_rows(named=True)} for name in TABLES}
    for name, new in more.items():
        for row in new:
            tables[name][row["id"]] = {**SAID, **tables[name].get(row["id"], {}), **row}
    return dataset(**{name: list(held.values()) for name, held in tables.items()})


def only(data):
    """The one fault of a dataset."""
    faults = check(data)
    assert len(faults) == 1, [fault.text for fault in faults]
    return faults[0]


def place(fault):
    return fault.severity, fault.code, fault.table, fault.id, fault.row, fault.field


def seats(*names):
    return [{"id": name, "organization_id": "meta"} for name in names]


def line(row_id, seat, to, **more):
    return {"id": row_id, "seat_id": seat, "to_seat_id": to, **more}


def test_clean_data_have_no_fault():
    assert check(labs()) == []
    assert check(Dataset.of()) == []


@pytest.mark.parametrize(
    ("tables", "found", "message", "remedy"),
    [
        (
            {"stints": [{"id": "st-bob-01", "start": "soon"}]},
            ("error", "unreadable-date", "stints", "st-bob-01", 3, "start"),
            "'soon' is not a date",
            "Write a date as 2025-06-26, 2025-06 or 2025, with ~ or ? if unsure, .. if open, or leave it blank.",
        ),
        (
            {"people": [{"id": "Bob", "name": "Bob"}]},
            ("error", "bad-id", "people", "Bob", 1, "id"),
            "'Bob' has a form that is not allowed",
            "Use small letters, digits and hyphens, beginning with a letter or digit.",
        ),
        (
            {"organizations": [{"id": "meta", "color": "blue"}]},
            ("error", "bad-form", "organizations", "meta", 1, "color"),
            "'blue' has a form that is not allowed",
            "Write c1 to c12, or a colour as #1c8459.",
        ),
        (
            {"people": [{"id": "ada", "name": None}]},
            ("error", "missing", "people", "ada", 1, "name"),
            "it is missing",
            "Give every person its name.",
        ),
        (
            {"stints": [{"id": "st-bob-01", "kind": "job"}]},
            ("error", "unknown-word", "stints", "st-bob-01", 3, "kind"),
            "'job' is not a known kind",
            "Write one of employment, founder, advisor, visiting, education, offer, or leave it blank.",
        ),
        (
            {"stints": [{"id": "st-bob-01", "organization_id": "deepmind"}]},
            ("error", "dangling", "stints", "st-bob-01", 3, "organization_id"),
            "there is no organization 'deepmind'",
            "Add it to organizations, or correct the id.",
        ),
        (
            {"people": [{"id": "ada", "source_ids": ["memo", "rumour"]}]},
            ("error", "dangling", "people", "ada", 1, "source_ids"),
            "there is no source 'rumour'",
            "Add it to sources, or correct the id.",
        ),
        (
            {"claims": [{"id": "c1", "about": ["people:ada", "people:zed"]}]},
            ("error", "dangling", "claims", "c1", 1, "about"),
            "there is no record 'people:zed'",
            "Write table:id or flow:A>B with ids that exist.",
        ),
        (
            {"claims": [{"id": "c1", "about": ["flow:openai>meta", "flow:meta"]}]},
            ("error", "dangling", "claims", "c1", 1, "about"),
            "'flow:meta' names no record",
            "Write table:id or flow:A>B with ids that exist.",
        ),
        (
            {"claims": [{"id": "c1", "about": ["salaries:ada"]}]},
            ("error", "dangling", "claims", "c1", 1, "about"),
            "'salaries:ada' names no record",
            "Write table:id or flow:A>B with ids that exist.",
        ),
        (
            {"people": [{"id": "meta", "name": "Meta"}]},
            ("error", "duplicate-id", "people", "meta", 3, "id"),
            "the id belongs to the organization of that id already",
            "Give one of them another id.",
        ),
        (
            {"stints": [{"id": "st-bob-01", "end": "2021-02"}]},
            ("error", "end-before-start", "stints", "st-bob-01", 3, "end"),
            "end 2021-02 lies before start 2021-03-05",
            "Correct one of the two dates.",
        ),
        (
            {"organizations": [{"id": "openai", "dissolved": "2014"}],
             "stints": [{"id": "st-ada-01", "start": None}, {"id": "st-bob-01", "start": None}]},
            ("error", "end-before-start", "organizations", "openai", 2, "dissolved"),
            "dissolved 2014 lies before founded 2015-12",
            "Correct one of the two dates.",
        ),
        (
            {"organizations": [{"id": "meta", "parent_id": "openai"}, {"id": "openai", "parent_id": "meta"}]},
            ("error", "cycle", "organizations", "meta", 1, "parent_id"),
            "it goes round in a circle: meta → openai → meta",
            "Break the circle at one of them.",
        ),
        (
            {"seats": seats("s1", "s2"), "reports": [line("r1", "s2", "s1"), line("r2", "s1", "s2")]},
            ("error", "cycle", "reports", "r2", 2, "to_seat_id"),
            "it goes round in a circle: s1 → s2 → s1",
            "Break the circle at one of them.",
        ),
        (
            {"stints": [{"id": "st-ada-02", "start": "2025-05"}]},
            ("warning", "overlap", "stints", "st-ada-02", 2, "start"),
            "it runs while st-ada-01 at openai still runs",
            "If both posts are real, leave it; else correct a date.",
        ),
        (
            {"organizations": [{"id": "openai", "dissolved": "2021-03-04"}]},
            ("warning", "after-dissolved", "stints", "st-bob-01", 3, "start"),
            "it begins 2021-03-05, after openai was dissolved (2021-03-04)",
            "Correct the start, or the day it was dissolved.",
        ),
        (
            {"organizations": [{"id": "openai", "founded": "2021-03-05"}],
             "stints": [{"id": "st-bob-01", "start": "2021-02"}, {"id": "st-ada-01", "start": "2021"}]},
            ("warning", "before-founded", "stints", "st-bob-01", 3, "start"),
            "it begins 2021-02, before openai was founded (2021-03-05)",
            "Correct the start, or the day it was founded.",
        ),
        (
            {"people": [{"id": "bob", "source_ids": []}]},
            ("warning", "unsourced", "people", "bob", 2, "source_ids"),
            "no source is given",
            "Name who says so.",
        ),
        (
            {"sources": [{"id": "memo", "published": None}]},
            ("warning", "undated-source", "sources", "memo", 1, "published"),
            "it has no day of publication",
            "Give the day it appeared, as far as known.",
        ),
        (
            {"stints": [{"id": "st-bob-01", "status": "disputed"}]},
            ("warning", "disputed", "stints", "st-bob-01", 3, "status"),
            "sources disagree on it",
            "Weigh the claims and rule on them.",
        ),
    ],
    ids=lambda value: value[1] if isinstance(value, tuple) else "",
)  # fmt: skip
def test_each_fault_is_named_once_at_its_place(tables, found, message, remedy):
    fault = only(world(**tables))
    assert place(fault) == found
    assert fault.message == message
    assert fault.remedy == remedy


def test_an_id_twice_in_one_table():
    fault = only(dataset(sources=[{"id": "a", "published": "2020"}, {"id": "a", "published": "2021"}]))
    assert place(fault) == ("error", "duplicate-id", "sources", "a", 2, "id")
    assert fault.message == "the id belongs to another source already"


def test_an_id_in_three_tables():
    named = [{"id": "x", "name": "X", "source_ids": ["x"]}]
    data = dataset(people=named, organizations=named, sources=[{"id": "x", "published": "2020"}])
    assert [(f.table, f.id, f.row) for f in check(data)] == [("people", "x", 1), ("sources", "x", 1)]


def test_an_end_that_may_be_right_is_no_fault():
    assert check(world(stints=[{"id": "st-bob-01", "end": "2021"}])) == []
    assert check(world(stints=[{"id": "st-bob-01", "end": "2021-03-05"}])) == []
    assert check(world(stints=[{"id": "st-bob-01", "start": None, "end": "2021"}])) == []


def test_errors_come_before_warnings():
    faults = check(world(people=[{"id": "bob", "source_ids": []}], stints=[{"id": "st-bob-01", "end": "2020"}]))
    assert [fault.severity for fault in faults] == ["error", "warning"]
    assert errors(faults) == faults[:1]


def test_of_a_very_long_list_the_rest_is_counted():
    data = dataset(people=[{"id": f"p{n:05}"} for n in range(MOST_NAMED + 7)])
    missing = [fault for fault in check(data) if fault.code == "missing"]
    assert len(missing) == MOST_NAMED + 1
    assert missing[0].text.startswith("people, row 1, p00000, field name: it is missing")
    assert (missing[-1].n, missing[-1].message, missing[-1].row) == (7, "7 more like these", None)
    assert sum(fault.n for fault in missing) == MOST_NAMED + 7


# --- circles of reports ---


def reported(*lines):
    names = sorted({name for one in lines for name in (one["seat_id"], one["to_seat_id"])})
    return [fault.message for fault in check(world(seats=seats(*names), reports=list(lines)))]


def test_dotted_and_denied_lines_make_no_circle():
    up = line("r1", "s1", "s2")
    assert reported(up, line("r2", "s2", "s1", kind="dotted")) == []
    assert reported(up, line("r2", "s2", "s1", status="denied")) == []
    assert reported(up, line("r2", "s2", "s1", kind="solid")) == ["it goes round in a circle: s1 → s2 → s1"]


def test_lines_of_different_days_make_no_circle():
    before, after = {"start": "2020", "end": "2021-01-01"}, {"start": "2021-01-01", "end": ".."}
    assert reported(line("r1", "s1", "s2", **before), line("r2", "s2", "s1", **after)) == []
    assert len(reported(line("r1", "s1", "s2", **before), line("r2", "s2", "s1", start="2020-07"))) == 1


def test_a_circle_beside_another_pair_of_lines_is_found():
    """Seats 1 and 2 swap places, which is no circle; 1, 3 and 2 are one in the second year."""
    faults = reported(
        line("r1", "s1", "s2", start="2020-01-01", end="2020-12-31"),
        line("r2", "s2", "s1", start="2021-01-05"),
        line("r3", "s1", "s3", start="2021-01-05"),
        line("r4", "s3", "s2", start="2021-01-05"),
    )
    assert faults == ["it goes round in a circle: s1 → s3 → s2 → s1"]


def test_a_long_circle_is_shortened():
    names = [f"s{n}" for n in range(7)]
    lines = [line(f"r{n}", name, names[(n + 1) % 7]) for n, name in enumerate(names)]
    assert reported(*lines) == ["it goes round in a circle: s0 → s1 → s2 → s3 → s4 → …"]


# --- properties ---


@given(nonsense())
def test_no_rows_are_so_wrong_that_the_check_breaks(data):
    for fault in check(data):
        assert fault.message
        assert fault.remedy
        assert fault.table in TABLES
        assert fault.row is None or data[fault.table]["id"][fault.row - 1] == (fault.id or None) or fault.id == ""


@given(datasets())
def test_overlaps_are_those_of_every_pair(data):
    index = data.index
    found = {fault.id for fault in check(data) if fault.code == "overlap"}
    expected = set()
    sure = [i for i in range(len(index)) if index.counted[i] and index.start_hi[i] < FUTURE and index.person[i] >= 0]
    sure.sort(key=lambda i: (index.person[i], index.start_hi[i], i))
    for n, later in enumerate(sure):
        day = index.start_hi[later] - 1
        for earlier in sure[:n]:
            both_run = min(index.end_lo[earlier], index.end_lo[later]) > day
            apart = index.organization[earlier] != index.organization[later]
            if index.person[earlier] == index.person[later] and both_run and apart:
                expected.add(data["stints"]["id"][int(index.row[later])])
    assert found == expected


@given(st.data())
def test_one_dataset_after_another_is_checked_as_each_by_itself(data):
    checker = Checker()
    walked = data.draw(datasets())
    for _ in range(3):
        assert checker.check(walked) == check(walked)
        walked = apply(walked, data.draw(edits(walked)))
