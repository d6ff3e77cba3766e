"""What is offered while a filter is typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.completing import completions
from app.domain.dataset import Dataset
from app.domain.lens import FIELDS, LensError, parse
from tests.pictures.made import small

DATA = small()


def offered(text: str, cursor: int | None = None) -> list[str]:
    return [one.said for one in completions(DATA, text, len(text) if cursor is None else cursor)]


def test_an_empty_filter_offers_fields() -> None:
    assert offered("")[:3] == ["from:", "to:", "organization:"]
    assert completions(DATA, "", 0)[0].meaning == FIELDS["from"].meaning


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("fr", "from:"), ("status:co", "confirmed"), ("not fr", "from:"), ("-fr", "from:"),
        ("from:nor", "North Lab (NL)"),
        ("to:West (fr", "from:"), ("kind:f", "founder"), ("nort", "from:North Lab (NL)"), ("person:ada", "Ada Madeup"),
        ("joined:", "2025"), ("moves>=", "2"), ("from:North o", "organization:"),
    ],
)  # fmt: skip
def test_what_fits_is_offered_first(text: str, first: str) -> None:
    assert offered(text)[0] == first


def test_the_word_at_the_cursor_is_replaced_and_the_rest_stays() -> None:
    text = "fr to:West"
    made, cursor = completions(DATA, text, 2)[0].within(text)
    assert (made, cursor) == ("from: to:West", 5)
    text = "from:nor to:West"
    made, cursor = completions(DATA, text, 8)[0].within(text)
    assert made == 'from:"North Lab (NL)" to:West'
    assert made[cursor:] == "to:West"


def test_names_with_blanks_are_quoted() -> None:
    text = "person:ada"
    made, _ = completions(DATA, text, len(text))[0].within(text)
    assert made == 'person:"Ada Madeup" '
    assert parse(made).terms


def test_what_is_whole_is_not_offered_again() -> None:
    assert "confirmed" not in offered("status:confirmed")


def test_no_data_no_names() -> None:
    assert completions(Dataset.of(), "from:x", 6) == []


@given(st.text(alphabet='frmto:"() -<>=Nwest2025', max_size=20), st.integers(0, 20))
def test_whatever_is_typed_a_whole_term_that_is_taken_can_be_read(text: str, cursor: int) -> None:
    for one in completions(DATA, text, min(cursor, len(text))):
        if one.text[-1:] not in ":<>=" and one.text not in ("or", "not"):
            try:
                parse(one.text)
            except LensError as error:
                pytest.fail(f"{one.text!r} of {text!r}: {error.text}")
