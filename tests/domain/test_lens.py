"""Lenses: filters with a text form."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.domain.errors import UsageError
from app.domain.lens import EVERYTHING, FIELDS, AllOf, AnyOf, Lens, LensError, Not, Term, parse, terms_of


def test_terms_are_read_in_order():
    lens = parse("from:OpenAI to:Meta after:2025-05 status:confirmed")
    assert lens.terms == (
        Term("from", "OpenAI"), Term("to", "Meta"), Term("after", "2025-05"), Term("status", "confirmed"),
    )  # fmt: skip
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


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("from:A or to:B", (AnyOf((Term("from", "A"), Term("to", "B"))),)),
        ("from:A OR to:B person:C", (AnyOf((Term("from", "A"), AllOf((Term("to", "B"), Term("person", "C"))))),)),
        ("(from:A or to:B) person:C", (AnyOf((Term("from", "A"), Term("to", "B"))), Term("person", "C"))),
        ("from:A and (to:B and person:C)", (Term("from", "A"), Term("to", "B"), Term("person", "C"))),
        ("not from:A", (Not(Term("from", "A")),)),
        ("-from:A -(to:B or to:C)", (Not(Term("from", "A")), Not(AnyOf((Term("to", "B"), Term("to", "C")))))),
        ("joined>=2025-05 joined<2026", (Term("joined", "2025-05", ">="), Term("joined", "2026", "<"))),
        ("joined:2025-01..2025-06 moves:2..", (Term("joined", "2025-01..2025-06"), Term("moves", "2.."))),
        ("status=confirmed", (Term("status", "confirmed"),)),
        ("person:or-else person:and", (Term("person", "or-else"), Term("person", "and"))),
    ],
)
def test_conditions_are_joined_and_turned_round(text, terms):
    lens = parse(text)
    assert lens.terms == terms
    assert parse(str(lens)) == lens


def test_a_lens_is_written_with_no_more_brackets_than_it_needs():
    assert str(parse("((from:A)) and ((to:B or (to:C)))")) == "from:A (to:B or to:C)"
    assert str(parse("-(from:A to:B)")) == "not (from:A to:B)"
    assert str(parse("(from:A to:B) or person:C")) == "from:A to:B or person:C"


@pytest.mark.parametrize(
    ("text", "word", "message"),
    [
        ("from:A or", "or", "something has to follow"),
        ("from:A not", "not", "something has to follow"),
        ("or from:A", "or", "a condition has to stand before it"),
        ("to:B (from:A", "(from:A", "a bracket is not closed"),
        ("from:A)", ")", "no bracket is open here"),
        ("from:A ()", ")", "nothing stands between the brackets"),
        ("to:B from>A", "from>A", "from knows no >"),
        ("moves>many", "moves>many", "'many' is not a number"),
        ("joined:2025..2026..2027", "joined:2025..2026..2027", "'2025..2026..2027' is no range"),
        ("joined>=..", "joined>=..", "'..' is not a date"),
        ('to:B from:"A', 'from:"A', "the quote is not closed"),
    ],
)
def test_an_error_tells_where_the_word_stands(text, word, message):
    with pytest.raises(LensError) as caught:
        parse(text)
    assert text[caught.value.start : caught.value.end] == word
    assert message in caught.value.text


def test_scopes_say_what_a_lens_asks_of():
    assert parse("person:a expertise:b").scopes == {"people"}
    assert parse("not (from:a or kind:founder)").scopes == {"moves", "stints"}
    assert EVERYTHING.scopes == frozenset()
    assert [term.field for term in terms_of(parse("not (from:a or (to:b kind:founder))").terms[0])] == [
        "from", "to", "kind",
    ]  # fmt: skip


def value_for(field):
    asked = FIELDS[field]
    if asked.words:
        return st.sampled_from(asked.words)
    if asked.kind == "date":
        return st.sampled_from(["2025", "2025-05", "2025-05-31", "2024~"])
    if asked.kind == "number":
        return st.integers(0, 99).map(str)
    return st.text(min_size=1) | st.text(alphabet='ab"\\: \n()<>=', min_size=1)


def term_of(field):
    compared = FIELDS[field].comparable and field not in ("after", "before")
    comparison = st.sampled_from([":", "<", "<=", ">", ">="]) if compared else st.just(":")
    plain = st.builds(Term, st.just(field), value_for(field), comparison)
    ranges = st.builds(lambda a, b: Term(field, f"{a}..{b}"), value_for(field), value_for(field) | st.just(""))
    return plain | ranges if compared else plain


def joined(sort, conditions):
    """In the one form in which a lens is read: nothing within its like."""
    flat = [part for one in conditions for part in (one.parts if isinstance(one, sort) else (one,))]
    return flat[0] if len(flat) == 1 else sort(tuple(flat))


def lens_of(condition):
    return Lens(condition.parts if isinstance(condition, AllOf) else (condition,))


single = st.sampled_from(sorted(FIELDS)).flatmap(term_of)
conditions = st.recursive(
    single,
    lambda inner: (
        st.builds(Not, inner)
        | st.lists(inner, min_size=2, max_size=3).map(lambda found: joined(AllOf, found))
        | st.lists(inner, min_size=2, max_size=3).map(lambda found: joined(AnyOf, found))
    ),
    max_leaves=6,
)


@given(st.just(EVERYTHING) | conditions.map(lens_of))
def test_every_lens_is_read_as_it_is_written(lens):
    assert parse(str(lens)) == lens


@example('from:"a b"c to:x')
@given(st.text(alphabet='from:to"\\ 2025status()-<>=', max_size=30) | st.text(max_size=20))
def test_any_text_is_a_lens_or_a_wrong_use(text):
    try:
        lens = parse(text)
    except UsageError:
        return
    assert parse(str(lens)) == lens


def test_terms_are_changed_wherever_they_stand():
    lens = parse("from:a not (to:a or person:b) kind:founder")
    made = lens.with_terms(lambda term: Term(term.field, "z") if term.value == "a" else term)
    assert str(made) == "from:z not (to:z or person:b) kind:founder"
