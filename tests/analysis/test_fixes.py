"""Fixes of faults: what they are called, what becomes of the record, and that the fault is gone afterwards."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis.fixes import fixes
from app.analysis.fixing import Fix
from app.domain.checks import check
from app.domain.dataset import Dataset, Row
from app.domain.edit import Edit, apply
from app.domain.errors import Fault
from app.domain.schema import TABLES
from tests.domain.test_checks import line, seats, world
from tests.domain.worlds import dataset, datasets, nonsense, seated_datasets


def of(data: Dataset, code: str) -> tuple[Fault, dict[str, Fix]]:
    """The first fault of a code, and its fixes by their labels."""
    fault = next(fault for fault in check(data) if fault.code == code)
    return fault, {fix.label: fix for fix in fixes(data, fault)}


def row(data: Dataset, fix: Fix, table: str, row_id: str) -> Row:
    found = apply(data, fix.edit).row(table, row_id)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("tables", "code", "labels"),
    [
        (
            {"stints": [{"id": "st-bob-01", "start": "June 2021"}]},
            "unreadable-date",
            ["Write 2021-06", "Leave it blank"],
        ),
        (
            {"stints": [{"id": "st-bob-01", "start": "03/04/2021"}]},
            "unreadable-date",
            ["Write 2021, which is sure", "Leave it blank"],
        ),
        ({"stints": [{"id": "st-bob-01", "start": "soon"}]}, "unreadable-date", ["Leave it blank"]),
        (
            {"stints": [{"id": "st-bob-01", "end": "present"}]},
            "unreadable-date",
            ["Write .., it has not ended", "Leave it blank"],
        ),
        ({"sources": [{"id": "memo", "published": ".."}]}, "open-date", ["Leave it blank"]),
        ({"stints": [{"id": "st-bob-01", "kind": "Employee"}]}, "unknown-word", ["Write employment", "Leave it blank"]),
        ({"stints": [{"id": "st-bob-01", "kind": "job"}]}, "unknown-word", ["Leave it blank"]),
        ({"organizations": [{"id": "meta", "color": "1C8459"}]}, "bad-form", ["Write #1c8459", "Leave it blank"]),
        ({"organizations": [{"id": "meta", "color": "C3"}]}, "bad-form", ["Write c3", "Leave it blank"]),
        ({"people": [{"id": "Zoe M", "name": "Zoe"}]}, "bad-id", ["Call it zoe-m"]),
        ({"people": [{"id": "meta", "name": "Meta"}]}, "duplicate-id", ["Call it meta-person"]),
        (
            {"stints": [{"id": "st-bob-01", "organization_id": "open-ai"}]},
            "dangling",
            ["Use OpenAI", "Remove the stint"],
        ),
        ({"stints": [{"id": "st-bob-01", "seat_id": "nowhere"}]}, "dangling", ["Clear the seat"]),
        ({"people": [{"id": "ada", "source_ids": ["memo", "mem"]}]}, "dangling", ["Use memo", "Leave out mem"]),
        (
            {"claims": [{"id": "c1", "about": ["person:ada"]}]},
            "dangling",
            ["Say people:ada", "Leave out person:ada"],
        ),
        (
            {"stints": [{"id": "st-bob-01", "end": "2021-02"}]},
            "end-before-start",
            ["Exchange the two dates", "Clear the start", "Clear the end"],
        ),
        ({"stints": [{"id": "st-ada-02", "start": "2025-05"}]}, "overlap", ["End OpenAI when this begins"]),
        (
            {"organizations": [{"id": "openai", "dissolved": "2021-03-04"}]},
            "after-dissolved",
            ["Clear the start", "Clear the day OpenAI was dissolved"],
        ),
        (
            {
                "organizations": [{"id": "openai", "founded": "2022"}],
                "stints": [{"id": "st-ada-01", "start": None}],
            },
            "before-founded",
            ["Clear the start", "Clear the day OpenAI was founded"],
        ),
        (
            {"organizations": [{"id": "meta", "parent_id": "openai"}, {"id": "openai", "parent_id": "meta"}]},
            "cycle",
            ["Clear the parent of Meta", "Clear the parent of OpenAI"],
        ),
        (
            {"seats": seats("s1", "s2"), "reports": [line("r1", "s2", "s1"), line("r2", "s1", "s2")]},
            "cycle",
            ["Remove the line from s1 to s2", "Remove the line from s2 to s1"],
        ),
        ({"stints": [{"id": "st-bob-01", "source_ids": []}]}, "unsourced", ["Cite memo (The Post)"]),
        (
            {"sources": [{"id": "memo", "published": None, "url": "https://paper.example/2025/jun/26/report"}]},
            "undated-source",
            ["Write 2025-06-26, as in its address"],
        ),
        ({"sources": [{"id": "memo", "published": None, "url": "https://paper.example/1"}]}, "undated-source", []),
        ({"people": [{"id": "ada", "name": None}]}, "missing", []),
        ({"stints": [{"id": "st-bob-01", "status": "disputed"}]}, "disputed", []),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_fixes_of_a_fault_by_their_labels(tables: dict[str, Any], code: str, labels: list[str]) -> None:
    _, found = of(world(**tables), code)
    assert list(found) == labels


def test_a_fix_says_what_becomes_what_and_does_it() -> None:
    data = world(stints=[{"id": "st-bob-01", "start": "June 2021"}])
    _, found = of(data, "unreadable-date")
    fix = found["Write 2021-06"]
    assert fix.effect == "start “June 2021” of the stint st-bob-01 becomes 2021-06"
    assert fix.edit.name == "Read “June 2021” as 2021-06"
    assert row(data, fix, "stints", "st-bob-01")["start"] == "2021-06"
    assert check(apply(data, fix.edit)) == []


def test_exchanged_dates_and_an_earlier_post_that_is_ended() -> None:
    data = world(stints=[{"id": "st-bob-01", "end": "2021-02"}])
    _, found = of(data, "end-before-start")
    made = row(data, found["Exchange the two dates"], "stints", "st-bob-01")
    assert (made["start"], made["end"]) == ("2021-02", "2021-03-05")
    data = world(stints=[{"id": "st-ada-02", "start": "2025-05"}])
    _, found = of(data, "overlap")
    assert row(data, found["End OpenAI when this begins"], "stints", "st-ada-01")["end"] == "2025-05"


def test_what_refers_to_a_record_follows_its_new_id() -> None:
    data = world(
        people=[{"id": "Zoe M", "name": "Zoe"}],
        stints=[{"id": "st-zoe", "person_id": "Zoe M", "organization_id": "meta"}],
        claims=[{"id": "c1", "about": ["people:Zoe M"]}],
    )
    _, found = of(data, "bad-id")
    after = apply(data, found["Call it zoe-m"].edit)
    assert check(after) == []
    assert (after.row("people", "Zoe M"), after.row("people", "zoe-m")["name"]) == (None, "Zoe")
    assert after.row("stints", "st-zoe")["person_id"] == "zoe-m"
    assert after.row("claims", "c1")["about"] == ["people:zoe-m"]


def test_a_fix_that_is_the_same_everywhere_does_all_at_once() -> None:
    data = world(
        stints=[
            {"id": "st-ada-01", "organization_id": "openia"},
            {"id": "st-bob-01", "organization_id": "openia", "start": "5.5.2021"},
            {"id": "st-ada-02", "start": "June 2025"},
        ],
        claims=[{"id": "c1", "about": ["flow:openia>meta"]}],
    )
    _, found = of(data, "dangling")
    fix = found["Use OpenAI"]
    assert fix.n == 3
    assert fix.everywhere is not None
    assert [f.code for f in check(apply(data, fix.everywhere))] == ["unreadable-date", "unreadable-date"]
    _, found = of(data, "unreadable-date")
    fix = found["Write 2025-06"]
    assert fix.n == 2
    assert fix.everywhere is not None
    assert {f.code for f in check(apply(data, fix.everywhere))} == {"dangling"}


def test_what_has_to_be_looked_at_one_by_one_is_never_done_everywhere() -> None:
    stints = [{"id": f"st-bob-0{n}", "person_id": "bob", "organization_id": "openai", "start": "2024", "end": "2023"}
              for n in (2, 3)]  # fmt: skip
    data = world(stints=stints, sources=[{"id": "wire", "published": None, "url": "https://a.example/2025/06/26/"}])
    for code in ("end-before-start", "undated-source"):
        _, found = of(data, code)
        assert found
        assert all(fix.everywhere is None for fix in found.values())


def test_ambiguous_dates_are_not_written_everywhere() -> None:
    data = world(stints=[{"id": "st-bob-01", "start": "03/04/2021"}, {"id": "st-ada-01", "start": "04/05/2020"}])
    _, found = of(data, "unreadable-date")
    assert all(fix.everywhere is None for fix in found.values())


def test_the_day_an_archive_stored_a_page_is_not_the_day_it_appeared() -> None:
    stored = "https://web.archive.org/web/20250701000000/https://paper.example"
    for url, days in ((f"{stored}/2025/06/26/report", ["2025-06-26"]), (f"{stored}/report", [])):
        data = world(sources=[{"id": "memo", "published": None, "url": url}])
        _, found = of(data, "undated-source")
        assert [row(data, fix, "sources", "memo")["published"] for fix in found.values()] == days


def test_a_record_that_others_speak_of_is_not_removed() -> None:
    data = world(
        stints=[{"id": "st-bob-01", "person_id": "nobody-at-all"}], claims=[{"id": "c1", "about": ["stints:st-bob-01"]}]
    )
    _, found = of(data, "dangling")
    assert list(found) == []


def test_an_organization_is_not_put_below_itself() -> None:
    organizations = [{"id": "openai", "parent_id": "meta"}, {"id": "meta", "parent_id": "metta"}]
    _, found = of(world(organizations=organizations), "dangling")
    assert list(found) == ["Clear the parent"]


def test_what_an_edit_cannot_speak_of_has_no_fix() -> None:
    data = dataset(people=[{"id": "a", "name": None}, {"id": "a", "name": "A", "status": "maybe"}])
    assert {fault.code for fault in check(data)} >= {"duplicate-id", "unknown-word"}
    assert all(fixes(data, fault) == () for fault in check(data))


# --- properties ---

REVEALED = {"end-before-start", "cycle"}
"""What may be wrong with a value that could not be read before."""


def assert_mended(data: Dataset, draw: st.DataObject) -> None:
    """Every fix of a fault takes it away, if need be after others of the same kind there, and makes no error."""
    faults = check(data)
    if not faults:
        return
    fault, wrong = draw.draw(st.sampled_from(faults)), _errors(faults)
    place = (fault.code, fault.table, fault.id, fault.field)
    for fix in fixes(data, fault):
        assert fix.edit, fix.label
        after, left = _after(data, fix.edit)
        new = _errors(left) - wrong
        assert {code for code, *_ in new} <= REVEALED, fix.label
        for _ in range(30):
            now = next((f for f in left if (f.code, f.table, f.id, f.field) == place), None)
            more = fixes(after, now) if now is not None else ()
            if not more:
                break
            after, left = _after(after, more[0].edit)
        assert now is None, fix.label
        if fix.everywhere is not None:
            assert fix.n > 1
            after, left = _after(data, fix.everywhere)
            assert fault not in left
            back = apply(after, fix.everywhere.inverse)
            assert all(back[name].equals(data[name]) for name in TABLES)


def _after(data: Dataset, edit: Edit) -> tuple[Dataset, list[Fault]]:
    after = apply(data, edit)
    return after, check(after)


def _errors(faults: list[Fault]) -> Counter[tuple[str, str, str]]:
    """How many there are of each kind; not whose, for a fix may give a record another id."""
    return Counter((f.code, f.table, f.field) for f in faults if f.severity == "error")


@given(nonsense(), st.data())
@settings(max_examples=60)
def test_fixes_mend_rows_that_make_no_sense(data: Dataset, draw: st.DataObject) -> None:
    assert_mended(data, draw)


@given(datasets(), st.data())
@settings(max_examples=60)
def test_fixes_mend_stints(data: Dataset, draw: st.DataObject) -> None:
    assert_mended(data, draw)


@given(seated_datasets(), st.data())
@settings(max_examples=60)
def test_fixes_mend_seats_and_lines(data: Dataset, draw: st.DataObject) -> None:
    assert_mended(data, draw)
