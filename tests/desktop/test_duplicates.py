"""The window of duplicates, as its user looks, clicks and types."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest

from app.desktop.application import Application
from app.desktop.contextmenu import Deeds, menu
from app.desktop.dialogs.duplicates import DuplicatesDialog
from app.desktop.frame import Frame
from app.desktop.models.alike import AlikeModel
from app.desktop.models.comparison import ComparisonModel
from app.desktop.opening import shown
from app.domain.apart import apart
from app.domain.dataset import Dataset
from app.domain.edit import apply, put
from app.domain.schema import TABLES
from app.pictures.comparing import STAYS, Comparison
from app.session.document import Document
from tests.desktop.driving import act, settle
from tests.desktop.waiting import until
from tests.pictures.made import small

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # the offscreen platform about raising windows


def twice() -> Dataset:
    """The small dataset, with Jane Example on record twice and North Lab again."""
    world = small()
    post = {"kind": "employment", "start": "2025-03", "end": "..", "source_ids": ["paper"]}
    rows: dict[str, list[dict[str, object]]] = {
        "people": [
            {"id": "jane", "name": "Jane Example", "status": "reported", "source_ids": ["paper"]},
            {"id": "jane-2", "name": "J. Example", "orcid": "0000-0001", "status": "confirmed"},
            {"id": "max-1", "name": "Max Sampleton"},
            {"id": "max-2", "name": "Max Sampelton", "wikidata": "Q7"},
        ],
        "organizations": [{"id": "north-2", "name": "North Lab, Inc.", "kind": "company"}],
        "stints": [
            {"id": "st-1", "person_id": "jane", "organization_id": "south", "rank": 10, **post},
            {"id": "st-2", "person_id": "jane-2", "organization_id": "south", "rank": 10, **post},
            {"id": "st-3", "person_id": "jane-2", "organization_id": "north-2", "rank": 5, "end": "2025-03"},
        ],
    }
    return apply(world, put(world, "Made up", rows))


@pytest.fixture
def app(frame: Frame) -> Iterator[Application]:
    made = Application(frame, shown(Document(twice(), None, "twice.json"), (1200, 640), {}), play=False)
    settle(made)
    yield made
    made.close()


@pytest.fixture
def window(app: Application) -> DuplicatesDialog:
    """The window, opened from the menu, when all has been found and worked out."""
    act(app, "edit.duplicates").trigger()
    found = app.duplicates.dialog
    assert found is not None
    rested(app)
    return found


def rested(app: Application) -> None:
    until(lambda: not app.jobs.busy)


def dataset(app: Application) -> Dataset:
    assert app.session.document is not None
    return app.session.document.dataset


def listed(window: DuplicatesDialog) -> list[str]:
    return [entry.words for entry in window.list.model_.entries]


def cell(window: DuplicatesDialog, field: str, row_id: str) -> QModelIndex:
    comparison = window.comparison
    assert comparison is not None
    row = next(n for n, line in enumerate(comparison.lines) if line.field == field)
    return window.table.model_.index(row, comparison.ids.index(row_id) + 1)


def click(window: DuplicatesDialog, index: QModelIndex) -> None:
    window.table.scrollTo(index)
    at = window.table.visualRect(index).center()
    QTest.mouseClick(window.table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)


def stands(window: DuplicatesDialog, field: str) -> set[str]:
    comparison = window.comparison
    assert comparison is not None
    line = next(line for line in comparison.lines if line.field == field)
    return {row_id for row_id, there in zip(comparison.ids, line.stands, strict=True) if there}


def test_what_was_found_is_listed_by_table_with_the_reasons(window: DuplicatesDialog) -> None:
    assert listed(window) == [
        "People", "Jane Example · J. Example", "Max Sampleton · Max Sampelton", "Organizations",
        "North Lab (NL) · North Lab, Inc.",
    ]  # fmt: skip
    assert window.found.text() == "3 possible duplicates, likeness of 100"
    assert "both at South since 2025-03" in window.reasons.text()
    assert window.list.group is not None
    assert window.list.group.ids == ("jane", "jane-2")


def test_merging_is_one_step_and_undo_brings_all_back(app: Application, window: DuplicatesDialog) -> None:
    before = dataset(app)
    told = window.notes.text()
    assert "Makes one of what is on record twice: 1 stint" in told
    assert "Keeps “J. Example” as another name" in told
    window.merge_button.click()
    after = dataset(app)
    row = after.row("people", "jane-2")  # it has more stints, so it stays, by the name that is written out
    assert row is not None
    assert (row["name"], row["aliases"], row["status"]) == ("Jane Example", ["J. Example"], "confirmed")
    assert after.row("people", "jane") is None
    assert app.session.focus == ("people:jane-2",)
    assert app.session.document is not None
    assert app.session.document.past[-1].name == "Merge J. Example into Jane Example"
    rested(app)
    assert listed(window)[:2] == ["People", "Max Sampleton · Max Sampelton"]
    app.session.undo()
    assert all(dataset(app)[table].equals(before[table]) for table in TABLES)
    rested(app)
    assert listed(window)[1] == "Jane Example · J. Example"


def test_a_value_is_chosen_by_a_click_and_the_record_that_stays_too(app: Application, window: DuplicatesDialog) -> None:
    assert stands(window, STAYS) == {"jane-2"}
    assert stands(window, "name") == {"jane"}
    click(window, cell(window, "name", "jane-2"))
    click(window, cell(window, STAYS, "jane"))
    click(window, cell(window, "status", "jane"))
    assert (stands(window, STAYS), stands(window, "name")) == ({"jane"}, {"jane-2"})
    rested(app)
    assert "Keeps “Jane Example” as another name" in window.notes.text()
    window.merge_button.click()
    row = dataset(app).row("people", "jane")
    assert row is not None
    assert (row["name"], row["status"], row["orcid"]) == ("J. Example", "reported", "0000-0001")


def test_the_keyboard_does_all_of_it(app: Application, window: DuplicatesDialog) -> None:
    assert window.focusWidget() is window.list
    QTest.keyClick(window.list, Qt.Key.Key_Down)
    assert window.list.group is not None
    assert window.list.group.ids == ("max-1", "max-2")
    QTest.keyClick(window.list, Qt.Key.Key_Down)  # over the word for organizations
    assert window.list.group.table == "organizations"
    QTest.keyClick(window.list, Qt.Key.Key_Up)
    QTest.keyClick(window.list, Qt.Key.Key_Return)
    assert window.table.currentIndex() == window.table.model_.index(0, 1)
    QTest.keyClick(window.table, Qt.Key.Key_Space)
    assert stands(window, STAYS) == {"max-1"}
    QTest.keyClick(window.table, Qt.Key.Key_Down)
    QTest.keyClick(window.table, Qt.Key.Key_Right)
    QTest.keyClick(window.table, Qt.Key.Key_Return)
    assert stands(window, "name") == {"max-2"}
    QTest.keyClick(window.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    row = dataset(app).row("people", "max-1")
    assert row is not None
    assert (row["name"], row["wikidata"]) == ("Max Sampelton", "Q7")
    rested(app)
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isVisible()


def test_what_is_not_the_same_is_not_offered_again_until_that_is_undone(
    app: Application, window: DuplicatesDialog
) -> None:
    window.apart_button.click()
    assert apart(dataset(app)) == {("jane", "jane-2")}
    rested(app)
    assert "Jane Example · J. Example" not in listed(window)
    window.close()
    act(app, "edit.duplicates").trigger()
    rested(app)
    assert "Jane Example · J. Example" not in listed(window)
    app.session.undo()
    rested(app)
    assert "Jane Example · J. Example" in listed(window)


def test_what_somebody_has_selected_is_merged(app: Application) -> None:
    merge = act(app, "edit.merge-selected")
    assert not merge.isEnabled()
    app.session.set_focus(("organizations:east", "people:ada"))
    assert not merge.isEnabled()
    app.session.set_focus(("organizations:west", "organizations:east"))
    assert merge.isEnabled()
    merge.trigger()
    window = app.duplicates.dialog
    assert window is not None
    rested(app)
    assert window.comparison is not None
    assert window.comparison.ids == ("east", "west")
    assert window.reasons.text() == "Selected by hand"
    assert "Moves" in window.notes.text()
    window.merge_button.click()
    assert dataset(app).row("organizations", "west") is None
    settle(app)  # the picture follows
    assert app.canvas.picture is not None
    assert "west" not in app.canvas.picture.layout.ids


def test_the_menu_of_a_mark_offers_it_only_where_it_can_be_done(app: Application) -> None:
    done: list[object] = []

    def texts(merge: Any) -> list[str]:
        note: Any = done.append
        deeds = Deeds(*[note] * 11, merge=merge)
        assert app.canvas.shown is not None
        made = menu(app.canvas, app.frame.actions_by_id, app.canvas.shown, "organizations:south", deeds)
        return [action.text().replace("&", "") for action in made.actions()]

    assert "Merge the selected …" in texts(lambda: None)
    assert "Merge the selected …" not in texts(None)


def test_where_nothing_is_found_it_says_so(frame: Frame) -> None:
    made = Application(frame, shown(Document(small(), None, "small.json"), (1200, 640), {}), play=False)
    settle(made)
    made.duplicates.open()
    window = made.duplicates.dialog
    assert window is not None
    window.stop_button.click()
    assert window.empty.text().startswith("Not looked through")
    made.duplicates.open()
    assert window.bar.isVisible()
    until(lambda: not made.jobs.busy)
    assert window.empty.isVisible()
    assert window.empty.text().startswith("No duplicates found among 7 people, 4 organizations and 1 source.")
    assert not window.merge_button.isEnabled()
    made.close()


def test_looking_can_be_stopped_and_the_window_closed(app: Application, window: DuplicatesDialog) -> None:
    app.duplicates._look()
    assert window.bar.isVisible()
    window.stop_button.click()
    assert not window.bar.isVisible()
    until(lambda: not app.jobs.busy)
    assert window.list.group is not None  # what was found before stays
    act(app, "file.close").trigger()
    until(lambda: app.session.document is None)
    assert not window.isVisible()


def test_the_view_follows_the_record_that_stays(app: Application) -> None:
    app.lensbar.text.setText("from:north-2")
    app.lensbar.text.returnPressed.emit()
    settle(app)
    app.session.set_focus(("organizations:north", "organizations:north-2"))
    act(app, "edit.merge-selected").trigger()
    rested(app)
    window = app.duplicates.dialog
    assert window is not None
    window.merge_button.click()
    settle(app)
    assert str(app.session.view.lens) == "from:north"


def test_the_models_keep_to_the_rules_of_qt(window: DuplicatesDialog) -> None:
    fatal = QAbstractItemModelTester.FailureReportingMode.Fatal
    world = twice()
    alike, compared = AlikeModel(), ComparisonModel()
    testers = [QAbstractItemModelTester(model, fatal) for model in (alike, compared)]
    alike.show(window._found, world)
    alike.show([], None)
    for ids in (("jane", "jane-2"), ("max-1", "max-2")):
        compared.show(Comparison.of(world, "people", ids, ids[0], {}))
        compared.show(Comparison.of(world, "people", ids, ids[1], {"name": ids[0]}))
    compared.show(None)
    assert len(testers) == 2
