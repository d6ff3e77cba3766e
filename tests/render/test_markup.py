"""Texts and ids in XML: nothing that a reader stumbles over, and one by one the same as all at once."""

from urllib.parse import unquote

from hypothesis import given
from hypothesis import strategies as st

from app.render.markup import attribute_text, element_text, element_texts, mark_id, mark_ids

anything = st.text(st.characters(codec="utf-8") | st.sampled_from("\uffff\0\n<&>\"'"), max_size=8)


def test_forbidden_characters_are_replaced_and_others_escaped():
    assert element_text('a < b & "c"\n\0') == 'a &lt; b &amp; "c"\n\ufffd'
    assert attribute_text('"a"') == "&quot;a&quot;"


@given(st.lists(anything, max_size=5))
def test_many_texts_are_escaped_as_each_of_them_is(texts):
    assert element_texts(texts) == [element_text(text) for text in texts]


@given(st.lists(anything | st.sampled_from(["people:ada", "flow:a>b"]), max_size=5))
def test_many_keys_get_the_ids_that_each_of_them_gets(keys):
    assert mark_ids(keys) == [mark_id(key) for key in keys]
    assert [unquote(found).removeprefix("k-") for found in mark_ids(keys)] == keys
