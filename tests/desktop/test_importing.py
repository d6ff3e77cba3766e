"""Foreign files in the window: looked at, then imported as one step or opened, as its user clicks and types."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest

from app.desktop.application import Application
from app.desktop.dialogs.importing import COLUMNS, KEPT, MATCHED, UNSURE, ImportDialog
from app.desktop.models.bringing import TextRows
from app.domain.dataset import Dataset
from app.domain.schema import TABLES
from tests.desktop.driving import act, settle
from tests.desktop.waiting import until

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # the offscreen platform about raising windows

STAYS = """person,organization,role,start,end
Ada Example,North Lab,Researcher,2020-03-01,2021-05-31
Zoe Sample,Made Up Works,Engineer,2022-01-10,
Zoe Sample,North Lab,Engineer,2023-02-01,
"""
ODD = """wer,wo,ab
Zoe Sample,Made Up Works,2022-01-10
Yan Sample,North Lab,2023-02-01
"""


def rested(app: Application) -> None:
    until(lambda: not app.jobs.busy)


def dataset(app: Application) -> Dataset:
    assert app.session.document is not None
    return app.session.document.dataset


def dialog(app: Application) -> ImportDialog:
    until(lambda: app.importing.dialog is not None and app.importing.dialog.isVisible())
    assert app.importing.dialog is not None
    rested(app)
    return app.importing.dialog


@pytest.fixture
def stays(tmp_path: Path) -> Path:
    path = tmp_path / "stays.csv"
    path.write_text(STAYS)
    return path


def test_debug(app: Application, stays: Path) -> None:
    app.importing.begin(stays)
    window = dialog(app)
    print(window.said.text(), window.notes.text(), [window.tabs.tabText(n) for n in range(8)])
    print(window.unsure.list.model_.rows, window.matched.list.model_.rows, window.added.model_.rows)
    print(dataset(app)["people"]["name"].to_list(), dataset(app)["organizations"].select("id", "name", "aliases").rows())
    print(dataset(app)["stints"].rows())
    assert 0
