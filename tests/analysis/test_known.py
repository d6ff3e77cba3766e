"""What was known by a day: records by their sources, dates by the day, fields by claims."""

from __future__ import annotations

import pytest

from app.analysis.known import first_known, known, known_rows
from app.domain import dates
from app.domain.dataset import Dataset
from app.domain.dates import PAST
from tests.analysis.cases import dataset_of, full, tables_of, written


def last(text: str) -> int:
    return dates.parse(text).latest - 1


def seen(stint: str, day: str, field: str = "end") -> str:
    """The bounds of one stint's field at a known-by day."""
    found = known(dataset_of(tables_of(stint)), last(day))
    return written(int(getattr(found, f"{field}_lo")[0]), int(getattr(found, f"{field}_hi")[0]))


def test_a_record_is_known_from_its_earliest_source_on_the_last_day_that_this_may_have_appeared() -> None:
    tables = tables_of("a openai 2018 to 2019 known 2020-06; b xai 2019 to 2020 known 2021; c meta 2020 to ..")
    tables["stints"][1]["source_ids"] += ["source-0"]
    dataset = dataset_of(tables)

    assert first_known(dataset, "stints").tolist() == [last("2020-06"), last("2020-06"), PAST]
    assert known_rows(dataset, "stints", last("2020-06") - 1).tolist() == [False, False, True]
    assert known_rows(dataset, "stints", None).tolist() == [True, True, True]


@pytest.mark.parametrize("published", [None, "..", "not a date"])
def test_an_undated_source_counts_always(published: str | None) -> None:
    tables = tables_of("a openai 2018 to 2019 known 2020-06")
    tables["sources"][0]["published"] = published

    assert first_known(dataset_of(tables), "stints").tolist() == [PAST]


def test_a_source_that_is_not_in_the_file_counts_always() -> None:
    tables = tables_of("a openai 2018 to 2019")
    tables["stints"][0]["source_ids"] = ["lost"]

    assert first_known(dataset_of(tables), "stints").tolist() == [PAST]


def test_without_a_day_the_stints_are_as_they_stand() -> None:
    dataset = dataset_of(tables_of("a openai 2030 to 2031 known 2040 claim end 2031 in 2050"))
    found = known(dataset)

    assert found.shown.tolist() == [True]
    assert found.end_lo is dataset.index.end_lo
    assert found.announced.tolist() == [False]


def test_an_end_that_begins_after_the_day_is_open() -> None:
    assert seen("a openai 2018 to 2025-06", "2025-05") == "../.."
    assert seen("a openai 2018 to 2025-06", "2025-06-01") == "2025-06"
    assert seen("a openai 2018 to ?", "2025-06-01") == "-/.."


def test_a_start_after_the_day_stays_and_reads_announced() -> None:
    dataset = dataset_of(tables_of("a openai 2018 to ..; b meta 2025-07 to .."))

    assert known(dataset, last("2025-06")).announced.tolist() == [False, True]
    assert seen("a meta 2025-07 to ..", "2025-06", "start") == "2025-07"


def test_an_announced_day_after_the_day_is_passed_over() -> None:
    dataset = dataset_of(tables_of("a meta 2025-06 to .. announced 2025-06-26"))

    assert known(dataset, last("2025-06-25")).nominal.tolist() == [dates.day(2025, 6, 1)]
    assert known(dataset, last("2025-06-26")).nominal.tolist() == [dates.day(2025, 6, 26)]


@pytest.mark.parametrize(
    ("claims", "day", "expected"),
    [
        ("claim end 2025-09 in 2025-03", "2025-02", "../.."),
        ("claim end 2025-09 in 2025-03", "2025-03", "2025-09"),
        ("claim end 2025-09 in 2025-11", "2025-10", "../.."),
        ("claim end 2025-09 in 2025-11 claim end 2025-10 in 2025-04", "2025-05", "2025-10"),
        ("claim end 2025-12 in 2025-03 claim end 2025-10 in 2025-04", "2025-05", "2025-10"),
        ("claim end 2025-12 in 2025-03", "2025-09", "2025-09"),
        ("claim role boss in 2025-03", "2025-05", "../.."),
        ("claim end soon in 2025-03", "2025-05", "../.."),
    ],
)
def test_a_claim_dates_the_end_more_exactly(claims: str, day: str, expected: str) -> None:
    assert seen(f"a openai 2018 to 2025-09 {claims}", day) == expected


@pytest.mark.parametrize("change", [{"status": "denied"}, {"ruling": "rejected"}, {"about": ["people:p"]}])
def test_a_denied_or_rejected_claim_or_one_about_another_row_dates_nothing(change: dict[str, object]) -> None:
    tables = tables_of("a openai 2018 to 2025-09 claim end 2025-09 in 2025-03")
    tables["claims"][0] |= change

    assert known(dataset_of(tables), last("2025-04")).end_lo.tolist() == [dates.FUTURE]


def test_a_claim_without_a_dated_source_is_known_from_its_own_date() -> None:
    tables = tables_of("a openai 2018 to 2025-09")
    tables["claims"].append(full("claims", id="k", about=["stints:a"], field="end", value="2025-09", date="2025-03"))
    dataset = dataset_of(tables)

    assert known(dataset, last("2025-02")).end_lo.tolist() == [dates.FUTURE]
    assert known(dataset, last("2025-03")).end_lo.tolist() == [dates.day(2025, 9)]


def test_a_start_that_a_claim_dates_later_is_not_known_before() -> None:
    stint = "a openai 2018-05 to .. claim start 2018-05 in 2025-03"

    assert seen(stint, "2025-02", "start") == "-/.."
    assert seen(stint, "2025-03", "start") == "2018-05"


def test_an_empty_dataset_is_known_entirely() -> None:
    found = known(Dataset.of(), 0)

    assert len(found.shown) == len(found.announced) == 0
