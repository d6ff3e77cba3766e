"""A window on the small dataset, as most tests of the window need it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from app.desktop.application import Application
from app.desktop.frame import Frame
from app.desktop.opening import prepare, shown
from app.files.registry import write
from app.session.document import Document
from app.session.settings import Settings
from app.session.view import View
from tests.desktop.charted import BODY
from tests.desktop.driving import SIZE, settle
from tests.desktop.timeline_desk import Desk
from tests.pictures.made import small


@pytest.fixture
def frame(qtbot: QtBot, tmp_path: Path) -> Iterator[Frame]:
    """An empty frame on screen, with settings of its own."""
    made = Frame(Settings(tmp_path / "settings"))
    qtbot.addWidget(made, before_close_func=_let_go)
    made.resize(*SIZE)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    _let_go(made)
    made.close()


def _let_go(frame: Frame) -> None:
    """A test that has changed something is not asked to save it."""
    frame.may_close = lambda: True


@pytest.fixture(autouse=True)
def no_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    """A question that a test does not answer fails it: nobody is there to press a button."""

    def asked(box: QMessageBox) -> None:
        pytest.fail(f"asked, but not answered: {box.text()}")

    monkeypatch.setattr("app.desktop.documents.chosen", asked)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A small dataset on disk."""
    path = tmp_path / "mine.json"
    write(small(), path)
    return path


@pytest.fixture
def on_disk(frame: Frame, file: Path) -> Iterator[Application]:
    """A window on a file."""
    made = Application(frame, prepare(file, (1200, 640)), play=False)
    settle(made)
    yield made
    made.close()


@pytest.fixture
def app(frame: Frame) -> Iterator[Application]:
    """The small dataset in the window, time standing at the end."""
    document = Document(small(), None, "small.json")
    made = Application(frame, shown(document, (1200, 640), {}), play=False)
    made.timebar.grow()
    settle(made)
    yield made
    made.close()


@pytest.fixture
def office(frame: Frame, monkeypatch: pytest.MonkeyPatch) -> Iterator[Application]:
    """The made-up organization of `charted` in the window, its chart on the canvas, time standing at the end; pictures
    and cameras go over quickly."""
    for name in ("desktop.pictureview.SECONDS", "scene.glide.SHORTEST", "scene.glide.LONGEST"):
        monkeypatch.setattr(f"app.{name}", 0.03)
    document = Document(BODY.dataset, None, "body.json")
    made = Application(frame, shown(document, (1200, 640), {"view": View(picture="orgchart").state}), play=False)
    settle(made)
    yield made
    made.close()


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    """The bar with its timeline."""
    made = Desk(qtbot)
    made.bar.grow()
    QApplication.processEvents()
    yield made
    made.window.close()
