"""Texts exchanged wherever they stand, and all that refers to a record."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.domain.dataset import Dataset, frame_of
from app.domain.edit import apply
from app.domain.rewriting import referring, rewritten
from tests.domain.worlds import ORGANIZATIONS, dataset, datasets, labs


def test_texts_in_columns_and_lists_are_exchanged_or_taken_away() -> None:
    data = dataset(
        people=[{"id": "a", "expertise": ["x", "y"]}, {"id": "b", "expertise": ["x"]}, {"id": "c"}],
        stints=[{"id": "s", "role": "x"}, {"id": "t", "role": "y"}],
    )
    edit = rewritten(data, "Exchange", {"people": {"expertise": {"x": "z", "y": None}}, "stints": {"role": {"y": "x"}}})
    after = apply(data, edit)
    assert after["people"]["expertise"].to_list() == [["z"], ["z"], []]
    assert after["stints"]["role"].to_list() == ["x", "x"]
    assert edit.n_rows == 3


def test_rows_that_an_edit_cannot_speak_of_stay() -> None:
    data = dataset(people=[{"id": "a", "name": "x"}, {"id": "a", "name": "x"}, {"id": "b", "name": "x"}, {"name": "x"}])
    after = apply(data, rewritten(data, "Exchange", {"people": {"name": {"x": "z"}}}))
    assert sorted(after["people"]["name"]) == ["x", "x", "x", "z"]


def test_fields_that_must_not_be_blank_refer_on_where_there_is_nothing_new() -> None:
    data = labs()
    assert "organization_id" not in referring(data, "organizations", "openai", None).get("stints", {})
    assert referring(data, "organizations", "openai", "x")["stints"] == {"organization_id": {"openai": "x"}}


@given(datasets(), st.sampled_from(ORGANIZATIONS), st.sampled_from(ORGANIZATIONS))
def test_nothing_refers_to_what_all_references_were_led_away_from(data: Dataset, old: str, new: str) -> None:
    claims = [{"id": "c", "about": [f"flow:{old}>x", f"organizations:{old}", f"people:{old}"]}]
    data = data.replaced({"claims": frame_of("claims", claims)})
    after = apply(data, rewritten(data, "Lead away", referring(data, "organizations", old, new)))
    assert after["claims"]["about"].to_list() == [[f"flow:{new}>x", f"organizations:{new}", f"people:{old}"]]
    where, was = after["stints"]["organization_id"].to_list(), data["stints"]["organization_id"].to_list()
    assert where == [new if one == old else one for one in was]
