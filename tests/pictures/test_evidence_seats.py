"""What stands behind seats, the lines between them, targets and claims."""

from __future__ import annotations

from typing import Any

import pytest

from app.analysis.options import Options
from app.domain import dates
from app.domain.dataset import Dataset
from app.files.registry import read_sound
from app.pictures import reach
from app.pictures.evidence import evidence
from app.pictures.evidence_facts import MOST_LISTED, Evidence, Item
from app.pictures.gathered import Gathered
from app.places import bundled_dataset
from tests.pictures.crew import crew
from tests.pictures.teams import team


def asked(data: Dataset, *keys: str, as_of: str = "") -> Evidence:
    chosen = Options(as_of=dates.parse(as_of).latest - 1) if as_of else Options()
    found = evidence(Gathered.of(data, chosen), *keys)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def bundled() -> Gathered:
    return Gathered.of(read_sound(bundled_dataset())[0], Options())


def section(found: Evidence, title: str) -> tuple[Item, ...]:
    """The items below a head; none if it is not there."""
    return next((s.items for s in found.sections if s.title == title), ())


def lines(found: Evidence, title: str) -> list[tuple[str, str, str]]:
    return [(item.text, item.detail, item.status) for item in section(found, title)]


def test_a_seat_tells_who_holds_it_since_when_and_from_where() -> None:
    found = asked(crew(), "seats:captain")
    assert (found.head, found.line) == ("Captain", "SHIP · held by Ann Madeup on 2026-01-31")
    assert lines(found, "Holds it") == [
        ("Ann Madeup", "since 2024-01", "reported"),
        ("From Harbor", "Pilot · 2023-05 to 2024-01", "reported"),
    ]
    own, origin = section(found, "Holds it")
    publishers = {source.number: source.publisher for source in found.sources}
    assert [publishers[n] for n in own.cited] == ["A Letter", "The Log (copy)"]
    assert [publishers[n] for n in origin.cited] == ["The Log (copy)"]


def test_what_a_seat_asks_for_stands_beside_what_the_holder_knows() -> None:
    facts = lines(asked(crew(), "seats:captain"), "Seat")
    assert facts == [
        ("The Ship Company (SHIP)", "", "reported"),
        ("Asks for sailing, law", "", ""),
        ("Ann Madeup knows: Sailing, knots", "not on record: law", ""),
    ]
    opened = [{"id": "boy", "organization_id": "deck", "opened": "2020", "closed": "2030", "skills": ["knots"]}]
    facts = lines(asked(crew(seats=opened), "seats:boy"), "Seat")
    assert facts == [("Deck", "opened 2020 · closed 2030", "reported"), ("Asks for knots", "", "")]


def test_who_held_a_seat_before_stands_behind_who_holds_it() -> None:
    found = asked(crew(), "seats:mate")
    assert lines(found, "Holds it")[1] == ("From Deck (inside)", "2022 to 2024-02", "confirmed")
    assert lines(found, "Held it before · 1") == [("Cyd Madeup", "2023 to 2024-02", "reported")]
    earlier = asked(crew(), "seats:mate", as_of="2024-01-15")
    assert earlier.line == "Deck · held by Cyd Madeup on 2024-01-15"
    assert lines(earlier, "Comes later · 1") == [("Bob Madeup", "since 2024-02 · Mate", "confirmed")]


@pytest.mark.parametrize(
    ("seat", "line", "head", "holder"),
    [
        ("bosun", "Deck · left by Dan Madeup on 2026-01-31", "Held it last", "Dan Madeup"),
        ("lookout", "Deck · perhaps held by Fay Madeup on 2026-01-31", "May hold it", "Fay Madeup"),
        ("cook", "Deck · on hold on 2026-01-31", "Named for it, not counted · 1", "Eve Madeup"),
        ("boy", "Deck · planned on 2026-01-31", "", ""),
        ("ghost", "Deck · denied", "Named for it, not counted · 1", "Eve Madeup"),
    ],
)
def test_a_seat_in_any_state(seat: str, line: str, head: str, holder: str) -> None:
    found = asked(crew(), f"seats:{seat}")
    assert found.line == line
    assert [item.text for item in section(found, head)][:1] == ([holder] if holder else [])
    heads = {"Holds it", "May hold it", "Held it last", "Named for it, not counted · 1"}
    assert {s.title for s in found.sections} & heads == ({head} if head else set())


def test_lines_of_a_seat_with_what_is_over_at_the_end() -> None:
    found = asked(crew(), "seats:mate")
    assert lines(found, "Answers to") == [
        ("Ann Madeup · Captain", "solid line · from 2024-02", "reported"),
        ("Cook (on hold)", "dotted line · days not on record", "confirmed"),
    ]
    assert lines(found, "Answer to it · 2") == [
        ("Cook (on hold)", "dotted line · days not on record", "reported"),
        ("Dan Madeup (left) · Bosun", "solid line · until 2025-01 · not on 2026-01-31", "reported"),
    ]
    assert lines(asked(crew(), "seats:purser"), "Answers to") == [("No line on record", "", "")]


def test_claims_on_a_seat_and_on_its_holder() -> None:
    claims = section(asked(crew(), "seats:captain"), "Claims")
    assert [item.text for item in claims] == ["She has them", "Nobody has seen them"]  # both sides of one topic
    assert claims[0].detail == "The captain's papers · supports · upheld: seen (2025-07)"
    texts = {item.text for item in section(asked(crew(), "seats:mate"), "Claims")}
    assert texts == {"The mate's seat is to go", "Bob answers to nobody"}


def test_a_disputed_line_stands_at_both_of_its_ends(bundled: Gathered) -> None:
    low, high = evidence(bundled, "seats:seat-17-shengjia-zhao"), evidence(bundled, "seats:seat-04-alexandr-wang")
    assert low is not None
    assert high is not None
    above = [item for item in section(low, "Answers to") if item.status == "disputed"]
    assert [item.text.split(" · ")[0] for item in above] == ["Alexandr Wang"]
    below = [item for item in section(high, "Answer to it · 6") if item.status == "disputed"]
    assert [item.text.split(" · ")[0] for item in below] == ["Shengjia Zhao"]
    for found in (low, high):
        assert any("disagree" in item.text for item in section(found, "Claims"))
    assert "no line on record" not in low.text.lower()


def test_a_line_tells_both_ends_and_what_is_claimed_of_it() -> None:
    found = asked(crew(), "reports:mate-captain")
    assert (found.head, found.line) == ("Bob Madeup reports to Ann Madeup", "solid line, from 2024-02")
    assert lines(found, "Line") == [("Bob Madeup → Ann Madeup", "solid line · from 2024-02", "reported")]
    assert lines(found, "Who reports") == [("Bob Madeup · First mate", "Deck · since 2024-02", "confirmed")]
    assert lines(found, "To whom") == [("Ann Madeup · Captain", "SHIP · since 2024-01", "reported")]
    assert [text for text, *_ in lines(found, "Other lines of the seat · 1")] == ["Cook (on hold)"]
    assert [item.text for item in section(found, "Claims")] == ["Bob answers to nobody"]


def test_a_line_to_nowhere_says_so() -> None:
    odd = [{"id": "odd", "seat_id": "cook", "to_seat_id": "nowhere", "end": "2020", "notes": "Hearsay"}]
    found = asked(crew(reports=odd), "reports:odd")
    assert found.head == "Cook reports to nowhere (no such seat)"
    assert lines(found, "Line")[1] == ("Hearsay", "", "")
    assert "not on 2026-01-31" in lines(found, "Line")[0][1]
    assert lines(found, "Who reports") == [("Cook (on hold)", "Deck", "reported")]
    assert lines(found, "To whom") == [("nowhere (no such seat)", "", "")]


def test_a_target_tells_how_far_the_team_has_come_and_who_disagrees() -> None:
    found = asked(crew(), "targets:hands")
    assert (found.head, found.line) == ("Deck: a target of about 3 seats", "by 2026-12")
    assert lines(found, "Target") == [("about 3 seats", "by 2026-12", "reported")]
    assert lines(found, "Seats on 2026-01-31") == [
        ("1 filled, up to 2", "2 still to fill · 1 left and not filled again", "")
    ]
    other = ("8 seats", "no day is named · if the harbor pays", "reported")
    assert lines(found, "Other targets of the team · 1") == [other]
    texts = [item.text for item in section(found, "Claims")]
    assert texts == ["Nine hands were counted", "Five are enough"]  # one topic; not the paint


def test_a_claim_stands_beside_its_other_side() -> None:
    found = asked(crew(), "claims:c-size")
    assert found.head == "How many hands"
    assert [item.text for item in section(found, "Claim")] == ["Nine hands were counted", "It gives headcount as 9"]
    assert [item.text for item in section(found, "On the same matter")] == ["Five are enough"]
    assert lines(found, "It speaks of") == [("Deck", "organization", "")]
    ruled = asked(crew(), "claims:c-law")
    assert ruled.line == "upheld: seen (2025-07)"
    assert section(asked(crew(), "claims:c-mate"), "On the same matter") == ()


def test_a_person_tells_the_seats_they_hold_or_held() -> None:
    assert lines(asked(crew(), "people:cyd"), "Seats") == [("First mate · Deck", "2023 to 2024-02", "reported")]
    assert section(asked(crew(), "people:fay"), "Seats")[0].text == "Lookout · Deck"
    assert section(asked(crew(stints=[]), "people:fay"), "Seats") == ()


def test_several_are_a_line_each_and_the_rest_is_counted() -> None:
    found = asked(crew(), "seats:mate", "reports:mate-captain", "claims:c-size", "seats:none")
    assert found.head == "3 selected"
    assert [item.text for item in found.sections[0].items] == [
        "First mate", "Bob Madeup reports to Ann Madeup", "How many hands",
    ]  # fmt: skip
    many = asked(team(200), *(f"seats:seat-{n:05}" for n in range(200)))
    assert many.head == "200 selected"
    assert len(many.sections[0].items) == MOST_LISTED + 1
    assert many.sections[0].items[-1].text == f"and {200 - MOST_LISTED} more"


@pytest.mark.parametrize("key", ["seats:none", "reports:none", "targets:none", "claims:none", "seats:"])
def test_what_is_no_record_has_no_evidence(key: str) -> None:
    assert evidence(Gathered.of(crew(), Options()), key) is None


def test_every_seat_line_target_and_claim_of_the_bundled_dataset_has_evidence(bundled: Gathered) -> None:
    for table in ("seats", "reports", "targets", "claims"):
        for row_id in bundled.dataset[table]["id"]:
            found = evidence(bundled, f"{table}:{row_id}")
            assert found is not None
            cited = {n for s in found.sections for item in s.items for n in item.cited}
            assert cited == {source.number for source in found.sources}
            assert reach.named(bundled, f"{table}:{row_id}")
            assert "  " not in found.head + found.line


def test_faulty_records_have_evidence_too() -> None:
    broken: list[dict[str, Any]] = [{"id": "lost", "organization_id": "nowhere", "title": None}]
    stints = [{"id": "x-1", "person_id": "nobody", "organization_id": "nowhere", "seat_id": "lost", "rank": 1}]
    targets = [{"id": "none", "organization_id": "nowhere", "seats": 2}]
    data = crew(seats=broken, stints=stints, targets=targets, reports=[])
    found = asked(data, "seats:lost")
    assert found.head == "A seat without a title"
    assert lines(found, "Seat") == [("nowhere (no such organization)", "", "reported")]
    assert asked(data, "targets:none").head == "nowhere: a target of 2 seats"
