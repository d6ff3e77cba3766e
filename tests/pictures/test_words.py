"""Numbers, days, money and names in words."""

from __future__ import annotations

import pytest

from app.analysis.names import short
from app.domain import dates
from app.pictures import wording


@pytest.mark.parametrize(
    ("usd", "text"),
    [
        (14_300_000_000, "$14.3B"),
        (250e9, "$250B"),
        (650e6, "$650M"),
        (1e12, "$1T"),
        (900, "$900"),
        (2_700_000_000, "$2.7B"),
    ],
)
def test_money(usd: float, text: str) -> None:
    assert wording.money(usd) == text


@pytest.mark.parametrize(
    ("start", "text"),
    [
        ("2026-06-10", "< 1 mo"),
        ("2025-07-29", "10 mo"),
        ("2025-07-28", "11 mo"),
        ("2025-06-28", "1 y"),
        ("2024-03", "2 y 2 mo"),
        ("2025", "5–17 mo"),
        ("2024", "1–2 y"),
        ("2026", "0–5 mo"),
        ("2026-07", ""),
        ("", ""),
    ],
)
def test_a_tenure_is_as_exact_as_the_day_of_joining(start: str, text: str) -> None:
    lo, hi = dates.parse(start)[:2]
    assert wording.tenure(lo, hi, dates.parse("2026-06-28").earliest) == text


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Ann B. Madeup", "AM"), ("Name not disclosed, post 12", "ND"), ("Madeup", "M"), ("", ""), (", post 1", ",")],
)
def test_initials_are_those_of_the_name(name: str, letters: str) -> None:
    assert wording.initials(name) == letters


def test_a_bond_says_amount_and_stake_as_far_as_known() -> None:
    assert wording.bond(14.3e9, 49) == "$14.3B · 49 %"
    assert wording.bond(None, 27) == "27 %"
    assert wording.bond(None, None) == ""


@pytest.mark.parametrize(
    ("name", "organization", "label"),
    [
        ("Meta Platforms", "meta", "Meta"),
        ("Safe Superintelligence (SSI)", "safe-superintelligence", "SSI"),
        ("Advanced Machine Intelligence Labs (AMI Labs)", "ami-labs", "AMI Labs"),
        ("X (formerly Twitter)", "x-corp", "X"),
        ("Math, Inc.", "math-inc", "Math"),
        ("Thinking Machines Lab", "thinking-machines-lab", "Thinking Machines Lab"),
        ("Humans&", "humans-and", "Humans&"),
    ],
)
def test_organizations_have_short_labels(name: str, organization: str, label: str) -> None:
    assert short(name, organization) == label


@pytest.mark.parametrize(
    ("name", "letters"), [("Lucas Beyer", "LB"), ("Hyung Won Chung", "HC"), ("Madonna", "M"), ("Ying & Co", "YC")]
)
def test_initials(name: str, letters: str) -> None:
    assert wording.initials(name) == letters


def test_days_in_titles_and_spans() -> None:
    assert wording.written(dates.day(2025, 7, 31)) == "31 July 2025"
    assert wording.span(dates.day(2015, 3), dates.day(2026, 6, 28)) == "2015 to June 2026"
    assert wording.people(1) == "1 person"
    assert wording.counted(1204, "move") == "1,204 moves"
