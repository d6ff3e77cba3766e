"""Organograms, case by case: posts, people and lines that are made up."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.checks import errors
from app.files import registry
from tests.files.organograms import JUNIOR, SENIOR, Row, codes, holders, post, rows, snapshots, written


@pytest.mark.parametrize("name", ["Vacant", "VACANT POST", "vacancy", "Not in post", "Unfilled", "vacant (from May)"])
def test_a_vacant_post_has_no_holder(tmp_path: Path, name: str):
    found = snapshots(tmp_path, [post("1", "Ann Made")], [post("1", name)])
    assert holders(found) == [("1", "Ann Made", "2011-03?", "2011-09?")]
    [seat] = rows(found.dataset, "seats")
    assert (seat["closed"], seat["state"]) == (None, None)


@pytest.mark.parametrize(
    "cells", [{"Job Title": "Not in post."}, {"Job/Team Function": "Not in post"}, {"Notes": "Vacant since June"}]
)
def test_title_function_or_notes_may_say_that_nobody_holds_a_post(tmp_path: Path, cells: Row):
    found = snapshots(tmp_path, [{**post("1", "N/D"), **cells}, {**post("2", "Ann Made"), **cells}])
    assert holders(found) == [("2", "Ann Made", "2011-03?", "..")]


def test_an_eliminated_post_is_closed(tmp_path: Path):
    found = snapshots(tmp_path, [post("1", "Ann Made")], [post("1", "ELIMINATED")], [post("1", "Eliminated")])
    [seat] = rows(found.dataset, "seats")
    assert (seat["closed"], seat["state"]) == ("2011-09?", "closed")
    assert holders(found) == [("1", "Ann Made", "2011-03?", "2011-09?")]


def test_a_post_that_comes_later_and_one_that_goes(tmp_path: Path):
    found = snapshots(tmp_path, [post("1", "Ann Made")], [post("2", "Ben Made"), post("3", "Vacant")])
    seats = {row["id"][-1]: (row["opened"], row["closed"]) for row in rows(found.dataset, "seats")}
    assert seats == {"1": (None, "2011-09?"), "2": (None, None), "3": ("2011-09?", None)}
    assert holders(found) == [("1", "Ann Made", "2011-03?", "2011-09?"), ("2", "Ben Made", "2011-09?", "..")]


@pytest.mark.parametrize("name", ["N/D", "ND", "'N/D'", "n/a", "Not disclosed", "(redacted)", "Withheld", ""])
def test_people_who_are_not_named_are_one_a_post_and_never_the_same(tmp_path: Path, name: str):
    found = snapshots(tmp_path, [post("1", name), post("2", name, "1")], [post("1", name), post("2", name, "1")])
    assert holders(found) == [
        ("1", "Name not disclosed, post 1", "2011-03?", ".."),
        ("2", "Name not disclosed, post 2", "2011-03?", ".."),
    ]


def test_before_and_after_a_named_person_those_not_named_are_two(tmp_path: Path):
    found = snapshots(tmp_path, [post("1", "N/D")], [post("1", "Ann Made")], [post("1", "ND")])
    assert found.dataset["people"].height == 3
    assert [row[2:] for row in holders(found)] == [
        ("2011-09?", "2012-03?"),
        ("2011-03?", "2011-09?"),
        ("2012-03?", ".."),
    ]


def test_a_post_without_name_and_working_time_is_held_by_nobody(tmp_path: Path):
    found = snapshots(tmp_path, [{**post("1", ""), "FTE": ""}, post("2", "", "1"), post("3", "", "1")])
    assert [row[0] for row in holders(found)] == ["2", "3"]
    assert [(fault.row, fault.n) for fault in found.faults if fault.code == "no-name"] == [(2, 1), (3, 2)]


def test_a_reference_given_twice_is_a_seat_of_its_own_unless_the_post_is_the_same(tmp_path: Path):
    twice = [post("1", "N/D"), {**post("1", "N/D"), "FTE": "0.6"}, post("2", "Ann Made", "1"),
             {**post("2", "Ann Made", "1"), "FTE": "oops"}, post("2", "Ben Made", "1")]  # fmt: skip
    found = snapshots(tmp_path, twice)
    assert sorted(found.dataset["seats"]["id"]) == ["seat-body-1", "seat-body-1-2", "seat-body-2", "seat-body-2-2"]
    assert [(f.code, f.row) for f in found.faults] == [
        ("duplicate-post", 3), ("second-root", 3), ("repeated-post", 5), ("duplicate-post", 6)
    ]  # fmt: skip
    assert "with another FTE" in found.faults[2].message
    assert len(holders(found)) == 4


def test_lines_that_cannot_be_are_left_out_and_told(tmp_path: Path):
    lines = [post("1", "A Made"), post("2", "B Made", "9"), post("3", "C Made", "4"), post("4", "D Made", "3"),
             post("5", "E Made"), post("6", "F Made", "6"), post("7", "G Made", "1")]  # fmt: skip
    found = snapshots(tmp_path, lines)
    assert [(f.code, f.row) for f in found.faults] == [("dangling", 3), ("circle", 4), ("second-root", 6), ("self", 7)]
    reports = {(row["seat_id"][-1], row["to_seat_id"][-1]) for row in rows(found.dataset, "reports")}
    assert reports == {("4", "3"), ("7", "1")}


def test_a_line_that_turns_round_is_no_circle(tmp_path: Path):
    first = [post("1", "Ann Made"), post("2", "Ben Made", "1")]
    found = snapshots(tmp_path, first, [post("1", "Ann Made", "2"), post("2", "Ben Made")])
    assert {(r["seat_id"][-1], r["start"], r["end"]) for r in rows(found.dataset, "reports")} == {
        ("2", None, "2011-09-30?"), ("1", "2011-09-30?", ".."),
    }  # fmt: skip


def test_posts_without_a_reference_are_like_no_other_one(tmp_path: Path):
    found = snapshots(tmp_path, [post("", "Ann Made"), post("", "Ann Made")], [post("", "Ann Made")])
    assert found.dataset["seats"].height == 3
    assert codes(found).count("no-reference") == 3


def test_one_name_in_two_posts_is_one_person_only_where_the_rows_agree(tmp_path: Path):
    agree = [post("1", "Top Made"), post("2", "Ann Made", "1", unit="East"), post("3", "Ann Made", "1", unit="West")]
    for line in agree:
        line["Grade (or equivalent)"] = "SCS2"
    (tmp_path / "one").mkdir()
    one = snapshots(tmp_path / "one", agree)
    assert one.dataset["people"].height == 2
    (tmp_path / "two").mkdir()
    agree[2]["Grade (or equivalent)"] = "SCS1"
    two = snapshots(tmp_path / "two", agree, agree)
    assert two.dataset["people"].height == 3
    assert [f.row for f in one.faults] == [4]
    assert "two people" in two.faults[0].message


def test_one_name_in_one_post_after_another_is_one_person_of_that_body_only(tmp_path: Path):
    found = snapshots(
        tmp_path, [post("1", "Ann Made"), post("2", "Cher", "1")], [post("3", "Ann Made"), post("4", "Cher")]
    )
    stints = Counter(row["person_id"] for row in rows(found.dataset, "stints"))
    assert stints == {"person-body-ann-made": 2, "person-body-cher-post-2": 1, "person-body-cher-post-4": 1}
    written(tmp_path / "other-2011-03-31-senior.csv", SENIOR, post("1", "Ann Made"))
    assert registry.read(tmp_path)["people"].height == 4


@pytest.mark.parametrize(
    ("before", "after", "n_people"),
    [
        ("Marcus Made", "Made, Marcus", 1),
        ("Ann Made-Up", "ANN MADE UP", 1),
        ("Ann Made", "Ann Beth Made", 1),
        ("A Made", "Ann Made", 1),
        ("Ann Made", "A Made", 1),
        ("Zoë Made", "Zoe Made", 1),
        ("Liz Made", "Elizabeth Made", 2),
        ("Ann Made", "Ben Made", 2),
        ("Ann Made", "Anna Beth Made", 2),
        ("Ann", "Ann Made", 2),
    ],
)
def test_forms_of_one_name_in_one_post(tmp_path: Path, before: str, after: str, n_people: int):
    found = snapshots(tmp_path, [post("1", before)], [post("1", after)])
    assert found.dataset["people"].height == n_people
    fuller = "Ann Made" if after == "A Made" else after
    assert fuller in found.dataset["people"]["name"].to_list()


def test_a_post_that_one_snapshot_lacks_goes_on_and_that_is_told(tmp_path: Path):
    found = snapshots(tmp_path, [post("1", "Ann Made"), post("2", "Ben Made", "1")], [post("1", "Ann Made")],
                      [post("1", "Ann Made"), post("2", "Ben Made", "1")])  # fmt: skip
    assert holders(found) == [("1", "Ann Made", "2011-03?", ".."), ("2", "Ben Made", "2011-03?", "..")]
    assert [(f.code, f.row) for f in found.faults] == [("post-missing", 3)]
    [line] = rows(found.dataset, "reports")
    assert (line["start"], line["end"]) == (None, "..")


def test_where_a_post_is_missing_nobody_new_and_nobody_old_is_taken_to_be_there(tmp_path: Path):
    found = snapshots(
        tmp_path,
        [post("1", "Ann Made"), post("2", "Ben Made", "1"), post("3", "Dan Made", "1")],
        [post("1", "Ann Made")],
        [post("1", "Ann Made"), post("2", "Cat Made", "3"), post("3", "Dan Made", "1")],
    )
    assert [stint for stint in holders(found) if stint[0] == "2"] == [
        ("2", "Ben Made", "2011-03?", "2011-09?"), ("2", "Cat Made", "2012-03?", "..")
    ]  # fmt: skip
    lines = [row for row in rows(found.dataset, "reports") if row["seat_id"] == "seat-body-2"]
    assert [(line["to_seat_id"][-1], line["start"], line["end"]) for line in lines] == [
        ("1", None, "2011-09-30?"), ("3", "2012-03-31?", "..")
    ]  # fmt: skip


def test_a_post_that_becomes_quite_another_one_is_told(tmp_path: Path):
    found = snapshots(tmp_path, [post("1", "N/D")], [post("1", "N/D", unit="Elsewhere", job_title="Diver")])
    assert codes(found) == ["post-changed"]
    [seat] = rows(found.dataset, "seats")
    assert seat["notes"].startswith("Before: Head 1 on 2011-03-31\n")


def test_characters_that_were_lost_are_told_and_kept(tmp_path: Path):
    found = snapshots(
        tmp_path, [post("1", "Ann Made", job_title="Head of \ufffd"), post("2", "Zo\u00c3\u00ab Made", "1")]
    )
    assert [(f.code, f.row, f.field) for f in found.faults] == [
        ("lost-character", 2, "Job Title"), ("lost-character", 3, "Name")
    ]  # fmt: skip
    assert rows(found.dataset, "seats", id="seat-body-1")[0]["title"] == "Head of \ufffd"


def test_departments_that_stand_above_each_other(tmp_path: Path):
    found = snapshots(tmp_path, [post("1", "Ann Made"), post("2", "Ben Made", "1", parent_department="Body",
                                                             organisation="Ministry")])  # fmt: skip
    assert "circle" in codes(found)
    assert codes(
        snapshots(tmp_path, [post("1", "Ann Made"), post("2", "Ben Made", "1", parent_department="Other")])
    ) == ["parent-changed"]


def test_bodies_are_parent_departments_organisations_and_units(tmp_path: Path):
    found = snapshots(
        tmp_path,
        [
            post("1", "A Made"),
            post("2", "B Made", "1", unit="body"),
            post("3", "C Made", "1", unit=""),
            post("4", "D Made", "1", organisation=""),
            post("5", "E Made", "1", unit="部"),
        ],
    )
    bodies = {(row["name"], row["parent_id"]) for row in rows(found.dataset, "organizations")}
    assert bodies == {("Ministry", None), ("Body", "ministry"), ("Unit", "body"), ("Unit", "ministry"), ("部", "body")}
    where = {row["id"][-1]: row["organization_id"] for row in rows(found.dataset, "seats")}
    assert where == {"1": "body-unit", "2": "body", "3": "body", "4": "ministry-unit", "5": "body-2"}


def test_a_file_whose_name_gives_no_day_says_so(tmp_path: Path):
    path = written(tmp_path / "our posts.csv", SENIOR, post("1", "Ann Made"), post("2", "Ben Made", "1"))
    found = registry.reading(path)
    assert errors(found.checked) == []
    assert holders(found) == [("1", "Ann Made", None, ".."), ("2", "Ben Made", None, "..")]
    assert found.dataset["sources"]["published"].to_list() == [None]
    assert codes(found) == ["no-day"]
    written(tmp_path / "body-2011-03-31-senior.csv", SENIOR, post("1", "Ann Made"))
    assert registry.read(tmp_path)["seats"].height == 3  # no day, so that nothing tells which comes first


def test_staff_under_posts_that_are_not_there_and_numbers_that_are_none(tmp_path: Path):
    lines = [("1", "Clerk", "1.5", "a"), ("1", "Clerk", "1.5", "a"), ("1", "Clerk", "many", "b"),
             ("9", "Clerk", "2", "c"), ("", "Clerk", "3", "d")]  # fmt: skip
    staff = [dict(zip(JUNIOR, ("Body", "Unit", *line), strict=True)) for line in lines]
    written(tmp_path / "body-2011-03-31-junior.csv", JUNIOR, *staff)
    found = snapshots(tmp_path, [post("1", "Ann Made")])
    claims = {row["about"][0]: row["value"] for row in rows(found.dataset, "claims") if row["value"] != "3"}
    assert claims == {"seats:seat-body-1": "1.5", "organizations:body-unit": "2"}
    assert [(f.code, f.row) for f in found.faults] == [
        ("repeated-line", 3), ("no-number", 4), ("dangling", 5), ("dangling", 6)
    ]  # fmt: skip
    assert found.dataset["people"].height == 1


def test_other_csv_files_of_the_folder_are_passed_over_and_told(tmp_path: Path):
    written(tmp_path / "people.csv", ("id", "name"), {"id": "a", "name": "A Made"})
    found = snapshots(tmp_path, [post("1", "Ann Made")])
    assert found.dataset["people"]["name"].to_list() == ["Ann Made"]
    assert [(f.code, Path(f.file).name) for f in found.faults] == [("passed-over", "people.csv")]


def test_very_many_faults_of_one_kind_are_counted(tmp_path: Path):
    found = snapshots(tmp_path, [post("1", "Ann Made"), *(post(f"p{n}", "N/D", "nobody") for n in range(1_050))])
    assert sum(fault.n for fault in found.faults) == 1_050
    assert len(found.faults) == 1_001
    assert found.faults[-1].message == "50 more like these"


NAMES = st.sampled_from(["Ann Made", "Made, Ann", "A Made", "Ben Made", "N/D", "", "Vacant", "Eliminated", "Head 1"])
REFERENCES = st.sampled_from(["1", "2", "3", "4", ""])
POSTS = st.builds(post, REFERENCES, NAMES, REFERENCES | st.just("XX"), unit=st.sampled_from(["East", "West", "body"]))


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(POSTS, min_size=1, max_size=5), min_size=1, max_size=4))
def test_whatever_the_snapshots_say_every_row_is_a_seat_and_every_person_is_named(
    tmp_path: Path, days: list[list[Row]]
):
    folder = tmp_path / "random"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    found = snapshots(folder, *days)
    repeated = codes(found).count("repeated-post")
    assert sum(len(row["source_ids"]) for row in rows(found.dataset, "seats")) == sum(map(len, days)) - repeated
    names = {row["Name"] for lines in days for row in lines}
    for row in rows(found.dataset, "people"):
        assert row["name"] in names or row["name"].startswith("Name not disclosed, post ")
