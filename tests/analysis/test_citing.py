"""Sources from what is pasted, the names in it, and names that are typed."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.analysis.citing import cited, sentence_with
from app.analysis.mentions import mentions
from app.analysis.names import near
from app.domain import dates
from app.domain.dataset import Dataset
from app.files.registry import read_sound
from app.places import bundled_dataset
from tests.domain.worlds import labs

TODAY = dates.day(2026, 11, 26)
REPORT = """Lab hires three

Jun 26, 2025 — According to a newspaper, Meta has recruited three researchers from OpenAI, namely Lucas Beyer,
Alexander Kolesnikov and Zo Q. Madeup. Lucas Beyer said so. The team of Scale AI's Alexandr Wang grows.
https://www.paper.example/2025/06/lab-hires-three.html."""


@pytest.fixture(scope="module")
def world() -> Dataset:
    """The bundled dataset."""
    return read_sound(bundled_dataset())[0]


def test_a_link_gives_publisher_title_and_the_day_in_it() -> None:
    made = cited("https://www.paper.example/2025/06/26/lab-hires-three-researchers.html", TODAY)
    assert (made.publisher, made.title) == ("paper.example", "Lab hires three researchers")
    assert (made.published, made.accessed) == ("2025-06-26", "2026-11-26")
    assert made.url == "https://www.paper.example/2025/06/26/lab-hires-three-researchers.html"


def test_a_text_gives_its_first_line_and_the_first_day_in_it() -> None:
    made = cited(REPORT, TODAY)
    assert (made.title, made.published) == ("Lab hires three", "2025-06-26")
    assert made.url == "https://www.paper.example/2025/06/lab-hires-three.html"


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("on 1st July 2025", "2025-07-01"),
        ("July 1, 2025", "2025-07-01"),
        ("Sep 5, 2025", "2025-09-05"),
        ("2025-07-01", "2025-07-01"),
        ("31 February 2025", ""),
        ("https://a.example/2025/7/x", "2025-07"),
        ("https://a.example/2025/13/40/x", ""),
        ("no day", ""),
    ],
)
def test_days_of_publication(text: str, published: str) -> None:
    assert cited(text, TODAY).published == published


def test_blank_is_no_source() -> None:
    assert not cited(" \n ", TODAY)
    assert cited("A title", TODAY).accessed == ""  # nothing was looked up


@given(st.text(max_size=200) | st.from_regex(r"(See )?https?://[a-z\[\]:@\u2100./0-9-]{0,30}( more)?", fullmatch=True))
@example("https://[not-an-address")
def test_any_text_gives_a_source_whose_day_can_be_read(text: str) -> None:
    assert dates.readable(cited(text, TODAY).published)


def test_the_quote_is_the_sentence_that_names_the_person() -> None:
    assert sentence_with(REPORT, "Alexandr Wang") == "The team of Scale AI's Alexandr Wang grows."
    assert sentence_with(REPORT, "Nobody Else") == ""
    assert sentence_with(REPORT, "") == ""


def test_names_are_found_in_their_order_and_unknown_ones_last(world: Dataset) -> None:
    found = [(mention.table, mention.name) for mention in mentions(world, REPORT)]
    assert found == [
        ("organizations", "Meta Platforms"),
        ("organizations", "OpenAI"),
        ("people", "Lucas Beyer"),
        ("people", "Alexander Kolesnikov"),
        ("organizations", "Scale AI"),
        ("people", "Alexandr Wang"),
        ("", "Zo Q. Madeup"),
    ]


def test_a_name_within_another_word_or_name_is_not_meant(world: Dataset) -> None:
    assert mentions(world, "metadata of OpenAIs and xAIr") == []
    names = [mention.name for mention in mentions(world, "He joined Meta Superintelligence Labs (MSL) in June")]
    assert names == ["Meta Superintelligence Labs (MSL)"]


def test_nothing_is_found_in_nothing(world: Dataset) -> None:
    assert mentions(world, "  ") == []


@pytest.mark.parametrize(
    ("table", "text", "first"),
    [
        ("people", "jason we", "jason-wei"),
        ("people", "Alexandr Wong", "alexandr-wang"),  # what looks like it
        ("people", "kolesnikov", "alexander-kolesnikov"),
        ("organizations", "meta", "meta"),  # what is called so, before what begins so
        ("organizations", "superint", "meta-superintelligence-labs"),
    ],
)
def test_what_is_typed_leads_to_who_is_meant(world: Dataset, table: str, text: str, first: str) -> None:
    assert near(world, table, text, 9)[0].id == first


def test_at_most_so_many_are_offered_and_none_for_nothing(world: Dataset) -> None:
    assert len(near(world, "people", "a", 9)) == 9
    assert near(world, "people", "  ", 9) == []
    assert near(labs(), "people", "zzzzzz", 9) == []
