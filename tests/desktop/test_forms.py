"""Forms of records, as their user types, tabs and clicks."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit, QPushButton

from app.analysis.drafting import Draft, drafted
from app.desktop.application import Application
from app.desktop.contextmenu import editable
from app.desktop.dialogs.form import FormDialog
from app.desktop.editing import KINDS
from app.desktop.editors.chips import ChipsEditor
from app.domain.dataset import Dataset, Row
from app.domain.edit import drop
from app.domain.schema import TABLES
from tests.desktop.driving import act
from tests.desktop.waiting import until

CONTROL = Qt.KeyboardModifier.ControlModifier


def dataset_of(app: Application) -> Dataset:
    document = app.session.document
    assert document is not None
    return document.dataset


def first(app: Application, table: str) -> Row:
    return dataset_of(app)[table].row(0, named=True)


def form_of(app: Application) -> FormDialog:
    form = app.editing.forms[-1]
    until(form.isActiveWindow)
    return form


def hint(form: FormDialog, field: str) -> str:
    return form._rows[field].hint.text()


def type_into(form: FormDialog, field: str, text: str) -> None:
    edited = form.editor_of(field)
    edited.put(None)
    QTest.keyClicks(edited.inner, text)


def save(form: FormDialog, modifier: Qt.KeyboardModifier = CONTROL) -> None:
    """With the key, once it can be saved."""
    form.activateWindow()
    until(form.isActiveWindow)
    until(form.save_button.isEnabled)
    QTest.keyClick(form, Qt.Key.Key_Return, modifier)


@pytest.mark.parametrize("table", KINDS)
def test_every_kind_of_record_can_be_added_from_the_menu(app: Application, table: str) -> None:
    """With its required fields alone; one step takes it back."""
    for title in ("one", "other"):
        seat = drafted(dataset_of(app), Draft("seats", "", {"organization_id": "north", "title": title}))
        app.session.do(seat.edit)
    before = dataset_of(app)
    act(app, f"edit.add.{table}").trigger()
    form = form_of(app)
    assert form.windowTitle() == f"New {TABLES[table].noun}"
    assert not form.save_button.isEnabled()
    seats = before["seats"].get_column("id").to_list()
    given = {"name": "Zo Madeup", "seats": "12", "kind": None, "topic": "size", "title": "A report"}
    for field in TABLES[table].fields:
        edited = form.editor_of(field.name) if field.name not in ("id", "extra") else None
        if edited is None or not (field.required or field.name in ("topic", "title")):
            continue
        if field.vocabulary:
            edited.put(field.vocabulary[0])
            edited.changed.emit()
        elif field.reference == "seats":
            edited.put(seats.pop(0))
            edited.changed.emit()
        else:
            type_into(form, field.name, str(given.get(field.name) or f"Madeup {field.name}"))
    save(form)
    until(lambda: not app.editing.forms)
    after = dataset_of(app)
    assert after[table].height == before[table].height + 1
    app.session.undo()
    assert all(dataset_of(app)[name].equals(before[name]) for name in TABLES)


def test_a_record_is_edited_and_the_step_is_named(app: Application) -> None:
    row = first(app, "people")
    app.session.set_focus((f"people:{row['id']}",))
    act(app, "edit.record").trigger()
    form = form_of(app)
    assert form.windowTitle() == f"Person: {row['name']}"
    until(lambda: "Nothing is changed." in form.notes.text())
    assert not form.save_button.isEnabled()
    type_into(form, "orcid", "0000-0002-1825-0097")
    until(lambda: "ORCID: (blank) → 0000-0002-1825-0097" in form.notes.text())
    save(form)
    until(lambda: not app.editing.forms)
    assert first(app, "people") == {**row, "orcid": "0000-0002-1825-0097"}
    document = app.session.document
    assert document is not None
    assert document.past[-1].name == f"Edit the person {row['name']}"
    assert app.session.focus == (f"people:{row['id']}",)


def test_a_wrong_value_is_told_at_its_field_and_cannot_be_saved(app: Application) -> None:
    row = first(app, "stints")
    app.editing.edit("stints", row["id"], "start")
    form = form_of(app)
    assert form.editor_of("start").inner.hasFocus()
    type_into(form, "start", "2025-06")
    assert hint(form, "start") == "1 June 2025 to 30 June 2025"
    type_into(form, "start", "June 2025")
    until(lambda: form.editor_of("start").inner.property("wrong") is True)
    assert hint(form, "start").startswith("'June 2025' is not a date. Write a date as 2025-06-26")
    assert not form.save_button.isEnabled()
    QTest.keyClick(form, Qt.Key.Key_Return, CONTROL)
    assert first(app, "stints") == row
    type_into(form, "start", "2011-06")
    until(lambda: form.editor_of("start").inner.property("wrong") is False)
    assert form.save_button.isEnabled()


def test_saving_in_the_same_moment_as_typing_saves_what_stands_there(app: Application) -> None:
    """Not what stood there when the form was last looked at."""
    row = first(app, "people")
    app.editing.edit("people", row["id"])
    form = form_of(app)
    type_into(form, "openalex", "A1")
    until(form.save_button.isEnabled)
    type_into(form, "openalex", "A2")
    QTest.keyClick(form, Qt.Key.Key_Return, CONTROL)
    assert first(app, "people")["openalex"] == "A2"


def test_another_one_can_follow(app: Application) -> None:
    act(app, "edit.add.people").trigger()
    form = form_of(app)
    type_into(form, "name", "Zo Madeup")
    until(form.again_button.isEnabled)
    QTest.keyClick(form, Qt.Key.Key_Return, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert form.isVisible()
    assert form.editor_of("name").value() is None
    type_into(form, "name", "Wu Madeup")
    save(form)
    names = dataset_of(app)["people"].get_column("name").to_list()
    assert {"Zo Madeup", "Wu Madeup"} <= set(names)


def test_what_was_typed_is_not_thrown_away_unasked(app: Application, monkeypatch: pytest.MonkeyPatch) -> None:
    row = first(app, "people")
    app.editing.edit("people", row["id"])
    form = form_of(app)
    type_into(form, "name", "Zo Madeup")
    asked: list[str] = []

    def answer(question: str, *answers: str) -> str:
        asked.append(question)
        assert answers == ("&Save", "&Discard")
        return ("Cancel", "&Discard", "&Save")[len(asked) - 1]

    monkeypatch.setattr(app.documents, "asked", answer)
    QTest.keyClick(form, Qt.Key.Key_Escape)
    assert form.isVisible()
    QTest.keyClick(form, Qt.Key.Key_Escape)
    until(lambda: not app.editing.forms)
    assert asked == [f"What was typed into “Person: {row['name']}” is not saved."] * 2
    assert first(app, "people") == row
    app.editing.edit("people", row["id"])
    type_into(form_of(app), "name", "Zo Madeup")
    form_of(app).reject()
    until(lambda: not app.editing.forms)
    assert first(app, "people")["name"] == "Zo Madeup"


def test_a_form_follows_its_record_and_keeps_what_was_typed(app: Application) -> None:
    row = first(app, "people")
    app.editing.edit("people", row["id"])
    form = form_of(app)
    type_into(form, "orcid", "typed here")
    app.editing.edit("people", row["id"], "orcid")
    assert app.editing.forms == [form]  # the same form, not a second one
    app.editing.edit("people", dataset_of(app)["people"].row(1, named=True)["id"])
    other = form_of(app)
    assert other is not form
    type_into(other, "name", "Another name")
    save(other)
    assert form.editor_of("orcid").value() == "typed here"
    app.session.do(drop(dataset_of(app), "Delete", {"people": [row["id"]]}))
    until(lambda: "is not there any more" in form.notes.text())
    assert not form.save_button.isEnabled()
    app.session.undo()
    save(form)
    assert first(app, "people")["orcid"] == "typed here"


def test_a_new_claim_begins_with_what_is_selected(app: Application) -> None:
    one, other = dataset_of(app)["organizations"].get_column("id").to_list()[:2]
    app.session.set_focus((f"organizations:{one}", f"flow:{one}>{other}"))
    act(app, "edit.add.claims").trigger()
    assert form_of(app).editor_of("about").value() == [f"organizations:{one}", f"flow:{one}>{other}"]


def test_a_pasted_link_becomes_a_source_of_the_record(app: Application) -> None:
    row = first(app, "people")
    app.editing.edit("people", row["id"])
    form = form_of(app)
    sources = form.editor_of("source_ids")
    assert isinstance(sources, ChipsEditor)
    QGuiApplication.clipboard().setText("https://paper.example/2026/06/12/who-went-where-today")
    sources.line.setFocus()
    sources.line.paste()
    assert hint(form, "source_ids").startswith("A new source: Who went where today")
    save(form)
    after = first(app, "people")
    (new,) = set(after["source_ids"]) - set(row["source_ids"] or ())
    source = dataset_of(app).row("sources", new)
    assert source is not None
    assert (source["url"], source["published"]) == (
        "https://paper.example/2026/06/12/who-went-where-today", "2026-06-12",
    )  # fmt: skip


def test_enter_in_longer_text_is_a_new_line_and_tab_goes_on(app: Application) -> None:
    row = first(app, "people")
    app.editing.edit("people", row["id"], "notes")
    form = form_of(app)
    notes = form.editor_of("notes").inner
    assert isinstance(notes, QPlainTextEdit)
    QTest.keyClicks(notes, "one")
    QTest.keyClick(notes, Qt.Key.Key_Return)
    QTest.keyClicks(notes, "two")
    QTest.keyClick(notes, Qt.Key.Key_Tab)
    assert not notes.hasFocus()
    save(form)
    assert first(app, "people")["notes"].endswith("one\ntwo")


def test_every_field_has_a_label_and_a_name_for_screen_readers(app: Application) -> None:
    act(app, "edit.add.organizations").trigger()
    form = form_of(app)
    for field in TABLES["organizations"].names:
        if field not in ("id", "extra"):
            assert form.editor_of(field).inner.accessibleName()
    assert {button.text() for button in form.findChildren(QPushButton)} >= {"&Add", "Add and begin &another", "C&lose"}


def test_menus_offer_what_stands_behind_a_mark(app: Application) -> None:
    dataset = dataset_of(app)
    stint = first(app, "stints")
    words = {key: text for text, key in editable(dataset, f"people:{stint['person_id']}")}
    assert words[f"people:{stint['person_id']}"] == "&Edit this person …"
    assert words[f"stints:{stint['id']}"].startswith("Edit the stint at ")
    assert editable(dataset, "flow:a>b") == []
    app.editing.edit_key(f"move:x>{stint['id']}")
    assert form_of(app).row_id == stint["id"]


def test_a_fact_leads_to_the_form_of_its_record(app: Application) -> None:
    stint = first(app, "stints")
    app.session.set_focus((f"people:{stint['person_id']}",))
    until(lambda: app.evidence.evidence is not None)
    assert f"record:stints:{stint['id']}" in app.evidence.page.toHtml()
    link = QUrl(f"record:stints:{stint['id']}")
    app.evidence.page.highlighted.emit(link)
    assert app.evidence.page.toolTip() == "Edit this stint …"
    app.evidence.page.anchorClicked.emit(link)
    assert form_of(app).row_id == stint["id"]


def test_deleting_from_a_form_names_what_goes_too(app: Application, monkeypatch: pytest.MonkeyPatch) -> None:
    person = first(app, "stints")["person_id"]
    n = dataset_of(app)["stints"].filter(dataset_of(app)["stints"]["person_id"] == person).height
    asked: list[str] = []

    def answer(question: str, *answers: str) -> str:
        asked.append(question)
        return answers[0] if len(asked) > 1 else "Cancel"

    monkeypatch.setattr(app.documents, "asked", answer)
    before = dataset_of(app)
    app.editing.edit("people", person)
    form = form_of(app)
    form.delete_button.click()
    assert f"{n} stint" in asked[0]
    assert "go" in asked[0]
    assert dataset_of(app) is before
    form.delete_button.click()
    until(lambda: not app.editing.forms)  # its record is gone, and nothing was typed
    assert dataset_of(app).row("people", person) is None
    app.session.undo()
    assert all(dataset_of(app)[name].equals(before[name]) for name in TABLES)


def test_the_selection_is_deleted_with_its_key(app: Application, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = dataset_of(app)["people"].get_column("id").to_list()[:2]
    monkeypatch.setattr(app.documents, "asked", lambda _, *answers: answers[0])
    app.session.set_focus((f"organizations:{first(app, 'organizations')['id']}", *(f"people:{i}" for i in ids)))
    act(app, "edit.delete").trigger()
    assert all(dataset_of(app).row("people", row_id) is None for row_id in ids)
    document = app.session.document
    assert document is not None
    assert document.past[-1].name == "Delete 2 people"


def test_a_row_of_a_table_leads_to_its_form(app: Application) -> None:
    act(app, "view.tables").trigger()
    table = app.tables.tables["people"]
    app.tables.tabs.setCurrentIndex(list(app.tables.tables).index("people"))
    until(lambda: table.model.rowCount() > 0)
    index = table.model.index(1, 0)
    table.view.setCurrentIndex(index)
    table.view.doubleClicked.emit(index)
    assert form_of(app).windowTitle() == f"Person: {table.model.shown(1, 0)}"
    menu = table.rows_menu()
    assert menu.actions()[0].text() == "Edit the person …"
