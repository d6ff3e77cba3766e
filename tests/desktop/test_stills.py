"""What is painted again after an edit, and what is taken over from the picture before."""

from __future__ import annotations

import pytest

from app.desktop.application import Application
from app.desktop.stills import Stills
from app.domain.edit import put
from tests.desktop.driving import pixels, settle


def rename(app: Application, table: str, row_id: str) -> None:
    """Give a record another name, and wait until the picture shows it."""
    assert app.session.document is not None
    dataset = app.session.document.dataset
    row = dataset.row(table, row_id)
    assert row is not None
    app.session.do(put(dataset, "Rename", {table: [{**row, "name": "Quite another"}]}))
    settle(app)


@pytest.mark.parametrize(("table", "again"), [("people", False), ("organizations", True)])
def test_only_what_looks_different_is_painted_again(app: Application, table: str, again: bool) -> None:
    picture = app.canvas.picture
    assert picture is not None
    assert app.session.document is not None
    first_drawn = picture.layout.ids[0]
    row_id = first_drawn if table == "organizations" else app.session.document.dataset[table]["id"][0]
    before, seen = app.canvas._stills.shown, pixels(app.canvas)
    rename(app, table, row_id)
    after = app.canvas._stills.shown
    assert before is not None
    assert after is not None
    assert (after.world.cacheKey() != before.world.cacheKey()) is again  # nobody's name is written in a window's map
    assert (pixels(app.canvas) != seen) is again
    now = pixels(app.canvas)
    app.canvas._stills = Stills()  # with nothing to take over
    app.canvas.refresh()
    settle(app)
    assert pixels(app.canvas) == now


def test_a_selection_is_shown_on_a_picture_that_is_taken_over(app: Application) -> None:
    picture = app.canvas.picture
    assert picture is not None
    assert app.session.document is not None
    rename(app, "people", app.session.document.dataset["people"]["id"][0])
    seen = pixels(app.canvas)
    app.session.set_focus((f"organizations:{picture.layout.ids[0]}",))
    assert pixels(app.canvas) != seen
