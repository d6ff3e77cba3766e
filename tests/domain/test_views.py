"""Places that the analyst has fixed in a picture."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from app.domain.checks import check, errors
from app.domain.dataset import Dataset
from app.domain.edit import apply, put
from app.domain.views import orders, pin, pins, reorder, unpin
from tests.pictures.made import small

PLACES = st.dictionaries(st.sampled_from(["north", "south", "east"]), st.tuples(st.floats(0, 1), st.floats(0, 1)))


@given(PLACES)
def test_pins_come_back_and_undo_takes_them_away(places: dict[str, tuple[float, float]]) -> None:
    data = small()
    edit = pin(data, "flowmap", places, "Pin")
    after = apply(data, edit)
    found = pins(after, "flowmap")
    assert set(found) == set(places)
    assert all(abs(found[i][0] - x) < 1e-4 and abs(found[i][1] - y) < 1e-4 for i, (x, y) in places.items())
    assert pins(apply(after, edit.inverse), "flowmap") == {}
    assert not errors(check(after))


def test_pins_are_added_to_and_let_go_one_by_one() -> None:
    data = small()
    data = apply(data, pin(data, "flowmap", {"north": (0.1, 0.2)}, "Pin"))
    data = apply(data, pin(data, "flowmap", {"south": (0.3, 0.4)}, "Pin"))
    assert pins(data, "flowmap") == {"north": (0.1, 0.2), "south": (0.3, 0.4)}
    assert pins(data, "sankey") == {}
    data = apply(data, unpin(data, "flowmap", frozenset({"north"}), "Unpin"))
    assert pins(data, "flowmap") == {"south": (0.3, 0.4)}
    data = apply(data, unpin(data, "flowmap", None, "Unpin"))
    assert pins(data, "flowmap") == {}
    assert data["views"].height == 0
    assert not unpin(data, "flowmap", None, "Unpin")


def test_other_options_of_the_row_stay() -> None:
    options = json.dumps({"annotations": ["look"], "pins": {"north": [0.5, 0.5]}})
    data = apply(small(), put(small(), "Add", {"views": [{"id": "v", "view": "flowmap", "options": options}]}))
    data = apply(data, unpin(data, "flowmap", None, "Unpin"))
    row = data.row("views", "v")
    assert row is not None
    assert json.loads(row["options"]) == {"annotations": ["look"]}


def test_what_cannot_be_read_is_no_pin() -> None:
    for options in ("[]", '{"pins":[1]}', '{"pins":{"a":[1],"b":"x","c":[null,1],"d":[1e999,0]}}', ""):
        rows = [{"id": "v", "view": "flowmap", "options": options}]
        data = apply(Dataset.of(), put(Dataset.of(), "Add", {"views": rows}))
        assert pins(data, "flowmap") == {}


def test_an_id_that_is_taken_is_not_taken_again() -> None:
    rows = [{"id": "view-flowmap", "name": "A body", "kind": "company"}]
    data = apply(small(), put(small(), "Add", {"organizations": rows}))
    data = apply(data, pin(data, "flowmap", {"north": (0.5, 0.5)}, "Pin"))
    assert data["views"]["id"].to_list() == ["view-flowmap-2"]


def test_chosen_orders_stand_beside_pins_and_go_again() -> None:
    data = small()
    data = apply(data, pin(data, "sankey", {"north": (0.1, 0.2)}, "Pin"))
    data = apply(data, reorder(data, "sankey", "before", ("south", "north"), "Order"))
    data = apply(data, reorder(data, "sankey", "after", ("east",), "Order"))
    assert orders(data, "sankey") == {"before": ("south", "north"), "after": ("east",)}
    assert pins(data, "sankey") == {"north": (0.1, 0.2)}
    assert not errors(check(data))
    for side in ("before", "after"):
        data = apply(data, reorder(data, "sankey", side, (), "Let go"))
    assert orders(data, "sankey") == {}
    data = apply(data, unpin(data, "sankey", None, "Unpin"))
    assert data["views"].height == 0


def test_orders_that_cannot_be_read_are_none() -> None:
    for text in ('{"order":[]}', '{"order":{"before":"north"}}', "no json"):
        data = apply(small(), put(small(), "Bad", {"views": [{"id": "v", "view": "sankey", "options": text}]}))
        assert orders(data, "sankey") == {}
