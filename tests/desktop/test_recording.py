"""The form that records a move, as its user types, pastes and clicks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from app.analysis.adding import Party
from app.analysis.recording import held, mistakes, recorded
from app.desktop.application import Application
from app.desktop.dialogs.record import RecordDialog
from app.desktop.frame import Frame
from app.desktop.opening import prepare
from app.domain.checks import check, errors
from app.domain.errors import DataError
from tests.benchmarks.stopwatch import measured
from tests.desktop.driving import act, settle
from tests.desktop.hands import Hands
from tests.desktop.waiting import until
from tests.domain.worlds import labs

REPORT = """Researcher leaves for rival

June 12, 2026 — Jason Wei has left Meta Superintelligence Labs (MSL) for Anthropic, he wrote.
https://www.paper.example/researcher-leaves"""


@pytest.fixture
def app(frame: Frame) -> Iterator[Application]:
    """The bundled dataset in the window, time standing."""
    made = Application(frame, prepare(None, (1200, 640)), play=False)
    settle(made)
    yield made
    made.close()


@pytest.fixture
def form(app: Application) -> RecordDialog:
    """The form, opened with its key."""
    act(app, "edit.record-move").trigger()
    found = app.recordings.form
    assert found is not None
    until(found.isVisible)
    return found


def told(form: RecordDialog) -> str:
    return form.notes.text()


def n_moves(app: Application) -> int:
    flows = app.showing.flows
    assert flows is not None
    return len(flows.gathered.careers.moves)


def posts(app: Application, person: str) -> list[tuple[str, str | None, str | None]]:
    document = app.session.document
    assert document is not None
    return [(post["organization_id"], post["start"], post["end"]) for post in held(document.dataset, person)]


def test_a_move_is_recorded_with_few_keys(app: Application, form: RecordDialog) -> None:
    before, hands = n_moves(app), Hands(form)
    hands.types("jason we")
    hands.presses(Qt.Key.Key_Tab)
    assert form.person.party == Party("jason-wei", "Jason Wei")
    assert form.left.party.id == "meta-superintelligence-labs"  # where he is known to be
    assert form.known.text() == "At Meta Superintelligence Labs (MSL), Researcher since 2025-07"
    hands.presses(Qt.Key.Key_Tab)
    hands.types("anthr")
    hands.presses(Qt.Key.Key_Tab)
    hands.presses(Qt.Key.Key_Tab)
    hands.types("2026-06")
    assert form.meant.text() == "1 June 2026 to 30 June 2026"
    hands.presses(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert posts(app, "jason-wei")[-2:] == [
        ("meta-superintelligence-labs", "2025-07", "2026-06"), ("anthropic", "2026-06", ".."),
    ]  # fmt: skip
    assert hands.n_keys <= 30
    until(lambda: n_moves(app) == before + 1)
    assert app.session.focus == ("flow:meta>anthropic",)
    assert form.person.text() == ""  # ready for the next person of the same report
    assert form.joined.text() == "Anthropic"
    app.session.undo()
    until(lambda: n_moves(app) == before)


def test_the_picture_shows_what_would_be_before_it_is_recorded(app: Application, form: RecordDialog) -> None:
    before, document = n_moves(app), app.session.document
    form.person.put(Party("jason-wei"))
    form.joined.put(Party("anthropic"))
    until(lambda: n_moves(app) == before + 1)
    assert app.session.document is document  # nothing is recorded
    assert app.session.focus == ("flow:meta>anthropic",)
    assert "Ends the stint at Meta Superintelligence Labs (MSL) (Researcher), on a day not known" in told(form)
    assert "Nobody is named who says so." in told(form)
    assert not act(app, "file.export").isEnabled()  # a picture of it must not leave the window
    form.reject()
    until(lambda: n_moves(app) == before)
    assert act(app, "file.export").isEnabled()
    assert app.session.document is document


def test_a_pasted_report_becomes_the_source_and_its_names_are_offered(app: Application, form: RecordDialog) -> None:
    QGuiApplication.clipboard().setText(REPORT)
    form.pasted.setFocus()
    form.pasted.paste()
    assert form.title.text() == "Researcher leaves for rival"
    assert (form.publisher.text(), form.published.text()) == ("paper.example", "2026-06-12")
    names = {button.text(): button for button in form.offers.findChildren(QPushButton) if not button.isHidden()}
    assert list(names) == ["Jason Wei", "Meta Superintelligence Labs (MSL)", "Anthropic"]
    names["Jason Wei"].click()
    names["Anthropic"].click()
    assert form.person.party.id == "jason-wei"
    assert form.left.party.id == "meta-superintelligence-labs"
    assert form.joined.party.id == "anthropic"
    until(form.accept_button.isEnabled)
    form.accept_button.click()
    document = app.session.document
    assert document is not None
    (source,) = (
        document.dataset["sources"].filter(document.dataset["sources"]["publisher"] == "paper.example").rows(named=True)
    )
    assert source["url"] == "https://www.paper.example/researcher-leaves"
    assert source["quote"].startswith("June 12, 2026 — Jason Wei has left")
    assert form.title.text() == "Researcher leaves for rival"  # the same report may tell of others


def test_what_is_wrong_is_marked_at_its_field_and_cannot_be_recorded(app: Application, form: RecordDialog) -> None:
    form.person.put(Party("jason-wei"))
    form.joined.put(Party("anthropic"))
    form.day.setText("June")
    until(lambda: form.day.property("wrong") is True)
    assert "'June' is not a date" in form.day.toolTip()
    assert "Write a day, month or year" in told(form)
    assert not form.accept_button.isEnabled()
    before = app.session.document
    QTest.keyClick(form.day, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert app.session.document is before
    form.day.setText("2026-06")
    until(form.accept_button.isEnabled)
    assert form.day.property("wrong") is False


def test_a_day_before_the_old_post_began_is_refused(app: Application, form: RecordDialog) -> None:
    form.person.put(Party("jason-wei"))
    form.joined.put(Party("anthropic"))
    form.day.setText("2019")
    until(lambda: "end 2019 lies before start 2025-07" in told(form))
    assert form.day.property("wrong") is True
    assert not form.accept_button.isEnabled()
    before = app.session.document
    QTest.keyClick(form.day, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert app.session.document is before


def test_who_types_fast_need_not_wait_for_the_answer(app: Application, form: RecordDialog) -> None:
    until(lambda: told(form).startswith("Say who went where."))
    assert not form.accept_button.isEnabled()
    form.person.put(Party("jason-wei"))
    form.joined.put(Party("anthropic"))
    QTest.keyClick(form.day, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert posts(app, "jason-wei")[-1] == ("anthropic", None, "..")


def test_a_blank_form_is_not_scolded(form: RecordDialog) -> None:
    until(lambda: told(form).startswith("Say who went where."))
    assert not form.accept_button.isEnabled()


def test_new_names_are_offered_and_added(app: Application, form: RecordDialog) -> None:
    hands = Hands(form)
    hands.types("Zo Madeup")
    offered = [form.person._model.item(n).text() for n in range(form.person._model.rowCount())]
    assert offered[-1] == "New person “Zo Madeup”"
    hands.presses(Qt.Key.Key_Escape)
    assert form.person.party == Party(name="Zo Madeup")
    form.joined.put(Party(name="Nova Madeup Labs"))
    until(lambda: "Adds Nova Madeup Labs to the organizations" in told(form))
    assert form.known.text() == "Not on record: will be added"
    form.accept_button.click()
    assert posts(app, "zo-madeup") == [("nova-madeup-labs", None, "..")]


def test_the_form_begins_with_what_is_selected(app: Application) -> None:
    app.session.set_focus(("flow:openai>meta", "people:jason-wei"))
    act(app, "edit.record-move").trigger()
    form = app.recordings.form
    assert form is not None
    assert (form.person.party.id, form.left.party.id, form.joined.party.id) == ("jason-wei", "openai", "meta")


def test_an_origin_chosen_by_hand_stays(form: RecordDialog) -> None:
    hands = Hands(form)
    form.left.setFocus()
    hands.types("google")
    hands.presses(Qt.Key.Key_Return)
    assert form.left.party.id == "google"
    form.person.put(Party("jason-wei"))
    assert form.left.party.id == "google"


TYPED = st.text(st.characters(codec="utf-8"), max_size=24) | st.sampled_from(
    ["Ada", "bob", "Meta", "OpenAI", "2019", "2025-06", "..", "https://[", "https://paper.example/2025/06/26/a", REPORT]
)


def test_whatever_stands_in_the_fields_nothing_wrong_is_recorded(qtbot: QtBot) -> None:
    form, world = RecordDialog(), labs()
    qtbot.addWidget(form)
    form.work_on(world)

    @given(st.lists(TYPED, min_size=9, max_size=9), st.integers(0, 3))
    @settings(max_examples=60)
    def typed(texts: list[str], status: int) -> None:
        form.begin(Party(), Party(), Party())
        form.status.setCurrentIndex(status)
        form.pasted.setPlainText(texts[0])
        for picker, text in zip((form.person, form.left, form.joined), texts[1:4], strict=True):
            picker.setText(text)
            picker.textEdited.emit(text)
        lines = (form.role, form.day, form.title, form.publisher, form.published)
        for line, text in zip(lines, texts[4:], strict=True):
            line.setText(text)
        wrong = mistakes(world, form.move_told)
        form.show_result((), (), wrong)
        if not wrong:
            with suppress(DataError):
                assert errors(check(recorded(world, form.move_told).dataset)) == []

    typed()
    form.close()


def test_undo_and_closing_the_file_end_a_preview(app: Application, form: RecordDialog) -> None:
    before = n_moves(app)
    form.person.put(Party("jason-wei"))
    form.joined.put(Party("anthropic"))
    until(lambda: n_moves(app) == before + 1)
    act(app, "file.close").trigger()
    assert not form.isVisible()
    assert app.session.document is None


def test_moves_on_record_are_recorded_again_with_few_keys_each(qapp: QApplication) -> None:
    assert qapp is not None
    taken = measured(2)
    assert len(taken) == 2
    assert max(one.n_keys for *_, one in taken) <= 30
