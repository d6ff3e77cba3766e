"""Issues and their fixes in the window: listed by kind, mended one by one or all at once, taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QWidget

from app.desktop.application import Application
from app.desktop.frame import Frame
from app.desktop.models.issues import IssuesModel, Only
from app.desktop.opening import prepare, shown
from app.desktop.panels.fixstrip import EDIT
from app.domain.checks import check
from app.domain.dataset import Dataset
from app.domain.edit import apply, put
from app.domain.errors import Fault
from app.files.registry import read, write
from app.session.document import Document
from tests.desktop.driving import act, settle
from tests.desktop.waiting import until
from tests.domain.worlds import nonsense
from tests.pictures.made import small

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # the offscreen platform about a menu

ALL = "All 2: write every start as a date"


def wrong() -> Dataset:
    """Two unreadable dates, a reference to nothing, a word that is not known."""
    made = small()
    stints = list(made["stints"].head(4).iter_rows(named=True))
    news = [{"start": "June 2019"}, {"start": "5.5.2020"}, {"organization_id": "noorth"}, {"kind": "Employee"}]
    return apply(made, put(made, "Spoil", {"stints": [{**row, **new} for row, new in zip(stints, news, strict=True)]}))


@pytest.fixture
def spoilt(frame: Frame) -> Iterator[Application]:
    """A window on a dataset with four errors, the issues open and known."""
    before = small()
    made = Application(frame, shown(Document(before, None, "small.json"), (1200, 640), {}), play=False)
    settle(made)
    rows = {"stints": wrong()["stints"].rows(named=True)}
    assert made.session.document is not None
    made.session.do(put(made.session.document.dataset, "Spoil", rows))
    act(made, "view.issues").trigger()
    settle(made)
    yield made
    made.close()


def errors(app: Application) -> list[str]:
    return [fault.code for fault in app.issues.model.faults if fault.severity == "error"]


def select(app: Application, code: str) -> Fault:
    row = next(n for n, fault in enumerate(app.issues.model.faults) if fault.code == code)
    app.issues.view.setCurrentIndex(app.issues.model.index(row, 0))
    settle(app)
    assert app.issues.current is not None
    return app.issues.current


def offered(app: Application) -> dict[str, QPushButton]:
    return {b.text(): b for b in app.issues.strip.findChildren(QPushButton) if not b.isHidden()}


def open_menu() -> QMenu:
    menus = [w for w in QApplication.topLevelWidgets() if isinstance(w, QMenu) and w.isVisible()]
    assert len(menus) == 1
    return menus[0]


def only(app: Application, words: str) -> None:
    """Choose what is listed."""
    box = app.issues.only
    box.setCurrentIndex(next(n for n in range(box.count()) if box.itemText(n).startswith(words)))


def test_an_issue_is_mended_by_a_button_and_undo_brings_it_back(spoilt: Application) -> None:
    fault = select(spoilt, "unknown-word")
    assert list(offered(spoilt)) == ["Write employment", "Leave it blank", EDIT]
    offered(spoilt)["Write employment"].click()
    settle(spoilt)
    assert spoilt.session.document is not None
    assert spoilt.session.document.dataset.row("stints", fault.id)["kind"] == "employment"  # type: ignore[index]  # it is there
    assert "unknown-word" not in errors(spoilt)
    assert "3 errors" in spoilt.status._issues.text()
    assert act(spoilt, "edit.undo").text() == "&Undo: Write employment for Employee"
    act(spoilt, "edit.undo").trigger()
    settle(spoilt)
    assert "unknown-word" in errors(spoilt)


def test_what_is_the_same_everywhere_is_done_at_once_and_its_number_told(spoilt: Application) -> None:
    select(spoilt, "unreadable-date")
    assert list(offered(spoilt)) == ["Write 2019-06", "Leave it blank", ALL, EDIT]
    n_steps = len(spoilt.session.document.past)  # type: ignore[union-attr]  # there is a document
    offered(spoilt)[ALL].click()
    settle(spoilt)
    assert errors(spoilt) == ["dangling", "unknown-word"]
    assert len(spoilt.session.document.past) == n_steps + 1  # type: ignore[union-attr]  # there is a document
    act(spoilt, "edit.undo").trigger()
    settle(spoilt)
    assert errors(spoilt).count("unreadable-date") == 2


def test_the_next_issue_is_selected_when_one_is_mended(spoilt: Application) -> None:
    select(spoilt, "unreadable-date")
    row = spoilt.issues.view.currentIndex().row()
    follows = spoilt.issues.model.faults[row + 1]
    offered(spoilt)["Write 2019-06"].click()
    settle(spoilt)
    now = spoilt.issues.current
    assert now is not None
    assert (now.code, now.id) == (follows.code, follows.id)
    assert "Write 2020-05-05" in offered(spoilt)


def test_the_key_opens_the_fixes_and_enter_takes_the_first(spoilt: Application) -> None:
    only(spoilt, "Dangling")
    act(spoilt, "edit.fix").trigger()
    until(lambda: any(isinstance(w, QMenu) and w.isVisible() for w in QApplication.topLevelWidgets()))
    menu = open_menu()
    words = [action.text() for action in menu.actions() if action.text()]
    assert words[0].startswith("Use North")
    assert words[-1] == "Show it in the picture"
    QTest.keyClick(menu, Qt.Key.Key_Return)
    settle(spoilt)
    assert "dangling" not in errors(spoilt)


def test_issues_are_listed_by_severity_and_kind(spoilt: Application) -> None:
    box = spoilt.issues.only
    texts = [box.itemText(n) for n in range(box.count())]
    assert texts[:2] == [f"All issues ({spoilt.issues.model.rowCount()})", "Errors (4)"]
    assert {"Unreadable date (2)", "Dangling (1)", "Unknown word (1)"} <= set(texts)
    only(spoilt, "Unreadable date")
    assert set(errors(spoilt)) == {"unreadable-date"}
    assert spoilt.issues.head.text().startswith("4 errors")  # the heading speaks of all
    select(spoilt, "unreadable-date")
    offered(spoilt)[ALL].click()
    settle(spoilt)
    assert box.currentText().startswith("All issues")  # there are none of that kind any more
    only(spoilt, "Errors")
    assert errors(spoilt) == ["dangling", "unknown-word"]
    assert spoilt.issues.model.rowCount() == 2


def test_the_record_of_an_issue_is_edited_by_hand(spoilt: Application) -> None:
    fault = select(spoilt, "dangling")
    offered(spoilt)[EDIT].click()
    (form,) = spoilt.editing.forms
    assert form.row_id == fault.id
    until(form.editor_of("organization_id").inner.hasFocus)


def test_a_file_with_errors_can_be_opened_to_be_mended(app: Application, tmp_path: Path) -> None:
    path = tmp_path / "spoilt.json"
    write(wrong(), path)
    app.documents.open(path)
    until(lambda: bool(app.banner.text))
    assert app.issues.open_button.isVisible()
    assert not app.issues.strip.isVisible()
    app.issues.open_button.click()
    until(lambda: app.frame.windowTitle().startswith("spoilt.json"))
    settle(app)
    assert not app.issues.open_button.isVisible()
    assert len(errors(app)) == 4
    for code in ("unreadable-date", "unknown-word", "dangling"):
        select(app, code)
        buttons = offered(app)
        next(iter(buttons.get(words) for words in (ALL, *buttons) if words in buttons)).click()
        settle(app)
    assert errors(app) == []
    act(app, "file.save").trigger()
    until(lambda: app.session.document is not None and not app.session.document.changed)
    assert prepare(path, (800, 600)).document.dataset.row("stints", wrong()["stints"]["id"][0])["start"] == "2019-06"  # type: ignore[index]  # it is there
    assert read(path).n_rows == wrong().n_rows
    settle(app)


def test_where_no_document_is_shown_the_file_can_be_opened_too(frame: Frame, tmp_path: Path) -> None:
    path = tmp_path / "spoilt.json"
    write(wrong(), path)
    app = Application(frame)
    app.documents.open(path)
    until(lambda: app.issues.open_button.isVisible())
    app.issues.open_button.click()
    until(lambda: app.session.document is not None)
    settle(app)
    assert len(errors(app)) == 4
    app.close()


@given(nonsense())
@settings(max_examples=25)
def test_whatever_is_wrong_with_records_that_have_ids_they_can_be_drawn(data: Dataset) -> None:
    faults = check(data)
    assume(all((fault.code, fault.field) != ("missing", "id") for fault in faults))
    opened = shown(Document(data, None, "spoilt.json", tuple(faults)), (900, 600), {})
    assert opened.picture.scene().size == (900.0, 600.0)


def test_ten_thousand_issues_are_listed_and_narrowed() -> None:
    host = QWidget()
    model = IssuesModel(host)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    faults = [Fault("odd" if n % 2 else "even", "it is so", "Look.", id=f"r{n}", table="people") for n in range(10_000)]
    model.show(faults)
    assert model.rowCount() == 10_000
    model.show(Only("error", "odd").of(faults))
    assert {fault.code for fault in model.faults} == {"odd"}
    assert model.rowCount() == 5_000
    model.show(())
    assert model.rowCount() == 0
