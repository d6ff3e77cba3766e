"""Two moments compared in the window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from app.analysis.comparing import USUAL
from app.desktop.application import Application
from app.desktop.frame import Frame
from app.desktop.opening import prepare
from app.domain.edit import apply, put
from app.files.registry import write
from tests.desktop.driving import act, settle
from tests.desktop.waiting import until

USUAL_YEAR = "2025-06-28 compared with 2026-06-28: "


@pytest.fixture
def app(frame: Frame) -> Iterator[Application]:
    """The bundled dataset with the comparison in sight."""
    made = Application(frame, prepare(None, (1200, 640)), play=False)
    settle(made)
    act(made, "view.compare").trigger()
    until(made.compare.isVisible)
    yield made
    made.close()


def types(app: Application, side: str, text: str) -> None:
    line = app.compare.days[side]
    line.setFocus()
    line.clear()
    QTest.keyClicks(line, text)
    QTest.keyClick(line, Qt.Key.Key_Return)


def test_two_days_are_typed_and_who_joined_is_listed(app: Application) -> None:
    until(lambda: app.compare.heading.text().startswith(USUAL_YEAR))
    assert app.compare.days["before"].placeholderText() == "2025-06-28"
    types(app, "before", "2025-05")
    until(lambda: app.compare.heading.text().startswith("2025-05-31 compared with 2026-06-28: "))
    model = app.compare.table.model
    assert model.rowCount() > 50
    assert model.shown(0, 0) == "joined"
    app.compare.table.view.selectRow(0)
    assert app.session.focus[0].startswith("people:")
    app.compare.markdown.click()
    assert QGuiApplication.clipboard().text().startswith("# 2025-05-31 compared with 2026-06-28")


def test_the_filter_and_the_dataset_are_followed(app: Application) -> None:
    types(app, "before", "2025-05")
    until(lambda: app.compare.table.model.rowCount() > 0)
    n = app.compare.table.model.rowCount()
    app.lensbar.text.setText("organization:meta")
    app.lensbar.apply()
    until(lambda: 0 < app.compare.table.model.rowCount() < n)
    document = app.session.document
    assert document is not None
    row = document.dataset.row("people", "jason-wei")
    assert row is not None
    app.session.do(put(document.dataset, "Rename", {"people": [{**row, "name": "Zo Madeup"}]}))
    model = app.compare.table.model
    until(lambda: "Zo Madeup" in {model.shown(n, 1) for n in range(model.rowCount())})


def test_what_is_no_date_is_marked_and_nothing_else_happens(app: Application) -> None:
    until(lambda: app.compare.heading.text().startswith(USUAL_YEAR))
    types(app, "before", "soon")
    assert app.compare.days["before"].property("wrong") is True
    assert app.session.view.before == USUAL
    assert app.compare.heading.text().startswith(USUAL_YEAR)
    types(app, "before", "")
    assert app.compare.days["before"].property("wrong") is False


def test_another_file_stands_after_and_is_let_go(
    app: Application, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = app.session.document
    assert document is not None
    stint = document.dataset["stints"].filter(document.dataset["stints"]["status"] == "confirmed").row(0, named=True)
    path = tmp_path / "other.json"
    changed = put(document.dataset, "Doubt", {"stints": [{**stint, "status": "rumored", "end": ".."}]})
    write(apply(document.dataset, changed), path)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    app.compare.file.click()
    until(lambda: app.compare.file.text().startswith("After: other.json"))
    until(lambda: app.compare.heading.text().startswith("2026-06-28 compared with 2026-06-28: 1 "))
    assert app.compare.table.model.rowCount() == 1
    app.compare.file.click()
    until(lambda: app.compare.heading.text().startswith(USUAL_YEAR))


def test_differences_are_saved(app: Application, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    types(app, "before", "2025-05")
    until(lambda: app.compare.table.model.rowCount() > 0)
    path = tmp_path / "who.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), "CSV (*.csv)"))
    app.compare.save.click()
    assert path.read_text("utf-8").startswith("how,person,from,to")
    app.moments.write(tmp_path / "no" / "who.md")
    assert "no such folder" in app.banner.text
