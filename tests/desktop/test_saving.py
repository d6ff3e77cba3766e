"""New, save, save as, and the question before something is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from app.desktop.application import Application
from app.desktop.frame import Frame
from app.desktop.models.issues import where
from app.desktop.opening import prepare, shown
from app.domain.edit import put
from app.domain.views import pins
from app.files.registry import read, write
from app.session.document import Document
from app.session.settings import Settings
from tests.desktop.driving import act, settle
from tests.desktop.waiting import until
from tests.pictures.made import small

ORGANOGRAM = Path(__file__).parents[1] / "data" / "organogram"


def answer(monkeypatch: pytest.MonkeyPatch, word: str) -> list[str]:
    """Press a button of the next questions; the questions asked."""
    asked: list[str] = []

    def press(box: QMessageBox) -> QPushButton | None:
        asked.append(box.text())
        found = [b for b in box.buttons() if b.text().replace("&", "") == word]
        assert found, [b.text() for b in box.buttons()]
        assert isinstance(found[0], QPushButton)
        return found[0]

    monkeypatch.setattr("app.desktop.documents.chosen", press)
    return asked


def save_to(monkeypatch: pytest.MonkeyPatch, path: Path | None, kind: str = "") -> None:
    """The file dialog answers with a path, or was cancelled."""
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path) if path else "", kind))


def title(app: Application) -> str:
    return app.frame.windowTitle().removesuffix(" — Talentflow")


def change(app: Application) -> None:
    app.pinning.pin_here("north")


@pytest.fixture
def on_disk(frame: Frame, tmp_path: Path) -> Application:
    """A window on a file."""
    path = tmp_path / "mine.json"
    write(small(), path)
    made = Application(frame, prepare(path, (1200, 640)), play=False)
    settle(made)
    frame.closing.connect(made.close)
    return made


def test_a_change_is_named_counted_undone_and_done_again(app: Application) -> None:
    assert title(app) == "small.json"
    assert not act(app, "edit.undo").isEnabled()
    change(app)
    assert title(app) == "small.json · 1 unsaved change"
    assert act(app, "edit.undo").text() == "&Undo: Pin NL"
    assert act(app, "edit.unpin").isEnabled()
    act(app, "edit.undo").trigger()
    assert title(app) == "small.json"
    assert not act(app, "edit.unpin").isEnabled()
    act(app, "edit.redo").trigger()
    assert title(app) == "small.json · 1 unsaved change"
    settle(app)


def test_saving_writes_the_file_and_nothing_is_unsaved(on_disk: Application, tmp_path: Path) -> None:
    change(on_disk)
    act(on_disk, "file.save").trigger()
    until(lambda: title(on_disk) == "mine.json")
    assert "Saved" in on_disk.frame.statusBar().currentMessage()
    assert set(pins(read(tmp_path / "mine.json"), "flowmap")) == {"north"}
    settle(on_disk)


def test_what_is_on_no_disk_yet_asks_where(app: Application, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save_to(monkeypatch, None)
    act(app, "file.save").trigger()
    assert not app.jobs.busy
    save_to(monkeypatch, tmp_path / "other", "Talentflow, the fastest (*.talentflow)")
    act(app, "file.save").trigger()
    until(lambda: title(app) == "other.talentflow")
    assert (tmp_path / "other.talentflow").exists()
    assert app.frame.settings.recent[0].name == "other.talentflow"
    settle(app)


def test_a_failed_save_is_told_and_loses_nothing(
    on_disk: Application, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(on_disk)
    before = (tmp_path / "mine.json").read_bytes()
    save_to(monkeypatch, tmp_path / "nowhere" / "x.json")
    act(on_disk, "file.save-as").trigger()
    until(lambda: bool(on_disk.banner.text))
    assert "x.json" in on_disk.banner.text
    assert title(on_disk) == "mine.json · 1 unsaved change"
    assert (tmp_path / "mine.json").read_bytes() == before
    settle(on_disk)


def test_opening_asks_before_changes_are_lost(
    on_disk: Application, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other.json"
    write(small(), other)
    change(on_disk)
    asked = answer(monkeypatch, "Cancel")
    on_disk.documents.open(other)
    assert asked == ["mine.json has 1 unsaved change. Save before going on?"]
    assert title(on_disk) == "mine.json · 1 unsaved change"
    answer(monkeypatch, "Save")
    on_disk.documents.open(other)
    until(lambda: title(on_disk) == "other.json")
    assert pins(read(tmp_path / "mine.json"), "flowmap")
    change(on_disk)
    answer(monkeypatch, "Do not save")
    on_disk.documents.open(tmp_path / "mine.json")
    until(lambda: title(on_disk) == "mine.json")
    assert not pins(read(other), "flowmap")
    settle(on_disk)


def test_reading_again_asks_before_changes_are_lost(on_disk: Application, monkeypatch: pytest.MonkeyPatch) -> None:
    change(on_disk)
    asked = answer(monkeypatch, "Cancel")
    act(on_disk, "file.reload").trigger()
    assert asked == ["Read mine.json again and lose 1 unsaved change?"]
    assert on_disk.session.document is not None
    assert on_disk.session.document.changed
    answer(monkeypatch, "Read again")
    act(on_disk, "file.reload").trigger()
    until(lambda: title(on_disk) == "mine.json")
    settle(on_disk)


def test_closing_the_window_asks_and_waits_until_it_is_saved(
    on_disk: Application, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(on_disk)
    answer(monkeypatch, "Cancel")
    assert not on_disk.frame.close()
    assert on_disk.frame.isVisible()
    answer(monkeypatch, "Save")
    on_disk.frame.close()
    until(lambda: not on_disk.frame.isVisible())
    assert pins(read(tmp_path / "mine.json"), "flowmap")


def test_closing_the_file_leads_to_the_welcome_page(on_disk: Application) -> None:
    act(on_disk, "file.close").trigger()
    assert on_disk.welcome.isVisible()
    assert not on_disk.canvas.isVisible()
    assert not on_disk.timebar.isVisible()
    assert on_disk.frame.windowTitle() == "Talentflow"
    for name in ("file.save", "time.play", "view.evidence", "file.export", "edit.undo", "go.back"):
        assert not act(on_disk, name).isEnabled(), name
    recent = [b for b in on_disk.welcome.findChildren(QPushButton) if b.objectName() == "recent"]
    assert [b.text().split()[0] for b in recent] == ["mine.json"]
    recent[0].click()
    until(lambda: title(on_disk) == "mine.json")
    assert on_disk.canvas.isVisible()
    settle(on_disk)


def test_with_nothing_selected_no_command_asks_for_a_selection(app: Application) -> None:
    act(app, "file.new").trigger()
    until(lambda: title(app) == "Untitled")
    for name in ("view.keep", "view.centre", "edit.select-none", "edit.undo", "edit.unpin", "go.back", "file.stop"):
        assert not act(app, name).isEnabled(), name
    settle(app)


def test_a_new_dataset_is_empty_and_can_be_saved(
    app: Application, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    act(app, "file.new").trigger()
    until(lambda: title(app) == "Untitled")
    assert app.canvas.scene is not None
    assert app.canvas.scene.header.title == "No moves on record"
    save_to(monkeypatch, tmp_path / "begun.json")
    act(app, "file.save").trigger()
    until((tmp_path / "begun.json").exists)
    until(lambda: title(app) == "begun.json")
    assert read(tmp_path / "begun.json").n_rows == 0
    settle(app)


def test_everything_is_found_as_it_was_left(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    write(small(), path)
    settings = Settings(tmp_path / "s")

    def window() -> Application:
        frame = Frame(settings)
        qtbot.addWidget(frame)
        frame.place_on_screen()
        with qtbot.waitExposed(frame):
            frame.show()
        made = Application(frame, prepare(path, (1100, 600), settings.place(path)), play=True)
        settle(made)
        return made

    first = window()
    first.frame.resize(1150, 780)
    act(first, "view.tables").trigger()
    first.lensbar.text.setText("from:north")
    first.lensbar.apply()
    until(lambda: str(first.session.view.lens) == "from:north")
    act(first, "time.mode.window").trigger()
    first.session.set_clock(first.session.clock.paused().at(first.session.clock.span[0] + 300))
    first.session.set_focus(("organizations:south",))
    settle(first)
    first.canvas.zoom(1.5, first.canvas.rect().center().toPointF())
    settle(first)
    place = first._place()
    places = dict(zip(first.canvas.picture.layout.ids, first.canvas.picture.layout.xy.tolist(), strict=True))  # type: ignore[union-attr]  # a picture is shown
    first.frame.close()
    again = window()
    assert str(again.session.view.lens) == "from:north"
    assert (again.session.clock.day, again.session.clock.mode) == (first.session.clock.day, first.session.clock.mode)
    assert not again.session.clock.playing
    assert again.session.focus == ("organizations:south",)
    assert again.docks.tables.isVisible()
    assert again.docks.evidence.isVisible()
    assert again.canvas.camera.scale == pytest.approx(1.5)
    assert again._place()["camera"] == pytest.approx(place["camera"], abs=0.01)
    assert again.canvas.picture is not None
    found = dict(zip(again.canvas.picture.layout.ids, again.canvas.picture.layout.xy.tolist(), strict=True))
    assert set(found) == set(places)
    order = [sorted(of, key=lambda i: of[i][0]) for of in (places, found)]
    assert order[0] == order[1]  # on this screen the window is not as wide as it was
    again.frame.close()


def test_all_that_is_wrong_in_a_file_stands_in_the_issues(app: Application, tmp_path: Path) -> None:
    path = tmp_path / "wrong.json"
    rows = '"people":[\n{"id":"a","name":"A B"}\n],"stints":[\n{"id":"x","person_id":"nobody","start":"soon"}\n]'
    path.write_text(f'{{"format":"talentflow","version":"1.0",{rows}}}', encoding="utf-8")
    app.documents.open(path)
    until(lambda: bool(app.banner.text))
    assert title(app) == "small.json"
    assert app.docks.issues.isVisible()
    assert "wrong.json was not opened" in app.issues.head.text()
    assert app.issues.model.rowCount() >= 2
    assert {fault.severity for fault in app.issues.model.faults} == {"error"}
    settle(app)


def test_what_is_doubtful_in_a_foreign_file_stays_in_the_issues_through_edits(frame: Frame) -> None:
    file = ORGANOGRAM / "committee_on_climate_change-2011-09-30-senior.csv"
    app = Application(frame, prepare(file, (1200, 640)), play=False)
    settle(app)
    faults = app.issues.model.faults
    assert [fault.row for fault in faults if fault.code == "self"] == [3]
    record = "seats seat-committee-on-climate-change-ceo, row 3, field Reports to Senior Post"
    assert where(next(fault for fault in faults if fault.code == "self")) == f"{file.name}, {record}"
    document = app.session.document
    assert document is not None
    row = document.dataset.row("people", "person-committee-on-climate-change-david-kennedy")
    assert row is not None
    app.session.do(put(document.dataset, "Leave the name away", {"people": [{**row, "name": None}]}))
    until(lambda: "1 error" in app.status._issues.text())
    assert app.issues.model.rowCount() == len(faults) + 1
    assert [fault.row for fault in app.issues.model.faults if fault.code == "self"] == [3]
    app.close()


def test_a_window_that_shows_nothing_can_be_closed(frame: Frame) -> None:
    made = Application(frame)
    assert made.welcome.isVisible()
    frame.close()
    assert not frame.isVisible()


def test_a_document_keeps_its_place_only_where_it_has_a_file(frame: Frame) -> None:
    made = Application(frame, shown(Document(small(), None, "loose"), (1200, 640), {}), play=False)
    made.documents.leave()
    assert frame.settings.place(None) == {}
    made.close()
