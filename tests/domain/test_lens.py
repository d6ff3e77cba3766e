"""Lenses: filters with a text form."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.domain.errors import UsageError
from app.domain.lens import EVERYTHING, FIELDS, Lens, Term, parse


def test_terms_are_read_in_order():
    lens = parse("from:OpenAI to:Meta after:2025-05 status:confirmed")
    assert lens.terms == (
        Term("from", "OpenAI"), Term("to", "Meta"), Term("after", "2025-05"), Term("status", "confirmed"),
    )  # fmt: skip
    assert lens.values("to") == ("Meta",)
    assert lens.values("person") == ()
    assert str(lens) == "from:OpenAI to:Meta after:2025-05 status:confirmed"


@pytest.mark.parametrize("text", ["", "  \t "])
def test_blank_lets_everything_through(text):
    assert parse(text) == EVERYTHING
    assert not EVERYTHING
    assert str(EVERYTHING) == ""


def test_quotes_hold_a_value_together():
    lens = parse('person:"Ada Lovelace"  to:"The \\"Lab\\""')
    assert lens.terms == (Term("person", "Ada Lovelace"), Term("to", 'The "Lab"'))
    assert str(lens) == 'person:"Ada Lovelace" to:"The \\"Lab\\""'


def test_a_value_may_hold_a_colon_and_a_field_any_case():
    assert parse("FROM:a:b").terms == (Term("from", "a:b"),)


@pytest.mark.parametrize(
    ("text", "word", "message", "remedy"),
    [
        ("from:A OpenAI", "'OpenAI'", "it has no field", "Write field:value"),
        ("form:OpenAI", "'form:OpenAI'", "there is no field 'form'", "Did you mean from:?"),
        ("xyzzy:1", "'xyzzy:1'", "there is no field 'xyzzy'", "Fields are from, to"),
        ("from:A to:", "'to:'", "it has no value", "Write to: and the organization a move joins"),
        ("status:sure", "'status:sure'", "'sure' is no status", "Write one of denied, rumored"),
        ("kind:job", "'kind:job'", "'job' is no kind", "Write one of employment, founder"),
        ("after:May", "'after:May'", "'May' is not a date", "Write a date as 2025-06-26"),
        ("before:..", "'before:..'", "'..' is not a date", "Write a date as 2025-06-26"),
        ('from:A to:"Meta', "'to:\"Meta'", "the quote is not closed", "Write the value between"),
    ],
)
def test_an_error_points_at_the_word_and_says_what_to_write(text, word, message, remedy):
    with pytest.raises(UsageError) as caught:
        parse(text)
    first, second = caught.value.text.split("\n")
    assert first.startswith(f"filter {word}: {message}")
    assert second.startswith(remedy)
    assert caught.value.exit_code == 2


def value_for(field):
    if field == "status":
        return st.sampled_from(["denied", "rumored", "disputed", "reported", "confirmed"])
    if field == "kind":
        return st.sampled_from(["employment", "founder", "offer"])
    if field in ("after", "before"):
        return st.sampled_from(["2025", "2025-05", "2025-05-31", "2024~"])
    return st.text(min_size=1) | st.text(alphabet='ab"\\: \n', min_size=1)


terms = st.sampled_from(sorted(FIELDS)).flatmap(lambda field: st.builds(Term, st.just(field), value_for(field)))


@given(st.lists(terms, max_size=5).map(lambda t: Lens(tuple(t))))
def test_every_lens_is_read_as_it_is_written(lens):
    assert parse(str(lens)) == lens


@example('from:"a b"c to:x')
@given(st.text(alphabet='from:to"\\ 2025status', max_size=30) | st.text(max_size=20))
def test_any_text_is_a_lens_or_a_wrong_use(text):
    try:
        lens = parse(text)
    except UsageError:
        return
    assert parse(str(lens)) == lens
