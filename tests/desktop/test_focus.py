"""From any mark to its people: in every picture, for every kind of mark, with the bundled dataset."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import get_args

import pytest
from PySide6.QtCore import QPoint, QUrl
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QMenu

from app.desktop import contextmenu
from app.desktop.application import Application
from app.desktop.frame import Frame
from app.desktop.opening import shown
from app.domain import dates
from app.domain.dataset import Dataset
from app.files.registry import read
from app.pictures.evidence_facts import MOST_LISTED
from app.places import bundled_dataset
from app.session.document import Document
from app.session.view import Picture, View
from tests.desktop.driving import act, settle
from tests.desktop.waiting import until

MARKS = {
    "flowmap": ("organizations:", "flow:", "move:", "group:in-", "group:out-"),
    "sankey": ("organizations:", "flow:", "move:", "group:in-", "group:out-", "group:others", "group:others-before",
               "group:others-after"),
    "alluvial": ("block", "band", "others", "move:"),
    "chord": ("organizations:", "flow:", "move:", "group:in-", "group:out-", "group:others"),
    "matrix": ("organizations:", "flow:", "group:in-", "group:out-", "group:others", "group:among-others"),
    "heat": ("organizations:", "flow:", "group:in-", "group:out-", "group:others", "group:among-others"),
    "careers": ("people:", "stints:", "move:"),
    "timeline": ("move:", "group:moves:", "group:lane:Moves", "claims:"),
    "orgchart": ("organizations:", "seats:", "people:", "reports:"),
    "buildout": ("organizations:", "seats:", "targets:", "group:in-seat", "group:origin:", "group:joined:",
                 "group:left:"),
    "teams": ("seats:", "people:", "group:in-seat:", "group:origin:", "cell:"),
    "time": ("group:quarter:",),
}  # fmt: skip
"""Kinds of marks by picture; the bars of the time bar are marks too."""
EACH = [(picture, kind) for picture, kinds in MARKS.items() for kind in kinds]


@pytest.fixture(scope="module")
def bundled() -> Dataset:
    return read(bundled_dataset())


@pytest.fixture
def desk(frame: Frame, bundled: Dataset) -> Iterator[Application]:
    """The bundled dataset in the window, few organizations drawn, time standing at the end."""
    document = Document(bundled, None, "bundled.json")
    frame.resize(1200, 1000)  # below the tables there is room for the marks of everybody
    made = Application(frame, shown(document, (1200, 640), {"view": View(top=6).state}), play=False)
    made.timebar.grow()
    made.heating.grow()
    made.docks.show(made.docks.tables)
    settle(made)
    yield made
    made.close()


def turn_to(app: Application, picture: str) -> None:
    heat, beside = picture == "heat", ("google-deepmind",) if picture == "teams" else ()
    name = {"heat": "matrix", "teams": "buildout", "time": "flowmap"}.get(picture, picture)
    wanted = replace(app.session.view, picture=name, heat=heat, beside=beside)  # type: ignore[arg-type]  # one of Picture
    app.look(wanted)
    until(lambda: app.session.view == wanted and app.canvas.shown is not None and app.canvas.shown.view == name)
    settle(app)


def mark(app: Application, picture: str, kind: str) -> str:
    """The first mark of a kind behind which somebody stands."""
    assert app.canvas.scene is not None
    keys = list(app.canvas.scene.keys)
    if picture == "heat":
        exchange = app.canvas.shown.picture.exchange  # type: ignore[union-attr]  # a heat map has one
        keys = [exchange.key(n) for n in range(exchange.n_places)]
        keys += [exchange.pair_key(n) for n in range(exchange.n_pairs)]
    if picture == "timeline":
        keys += [place.key for place in app.canvas.marks().places]
    if picture == "time":
        keys = ["group:quarter:2025-07-01"]
    if picture == "alluvial":
        cells = [key for key in keys if key.startswith("cell:")]
        others = [key for key in cells if ".others" in key.partition(".")[2] or "..others" in key]
        named = {"others": others, "band": [k for k in cells if ">" in k], "block": [k for k in cells if ">" not in k]}
        keys = named.get(kind, [key for key in keys if key.startswith(kind)])
    else:
        whole = kind in ("group:others", "group:others-before", "group:others-after")
        keys = [key for key in keys if (key == kind if whole else key.startswith(kind))]
    return next(key for key in keys if app.crowds.of(key) is not None)


def selected(app: Application, table: str) -> list[str]:
    """Keys of the rows that are selected in a table, which is in front then."""
    app.tables.tabs.setCurrentIndex(list(app.tables.tables).index(table))
    shown_table = app.tables.table
    assert shown_table.model.listing is not None
    return shown_table.model.listing.keys(shown_table.chosen)


def told(app: Application) -> list[str]:
    """Whom the evidence lists as people to choose from."""
    assert app.evidence.evidence is not None
    return [item.person for section in app.evidence.evidence.sections for item in section.items if item.person]


def alone(key: str) -> bool:
    return key.startswith(("people:", "move:", "stints:", "claims:", "reports:", "targets:", "seats:"))


@pytest.mark.parametrize(("picture", "kind"), EACH)
def test_from_a_mark_to_its_people_and_on_to_the_path_of_one(desk: Application, picture: str, kind: str) -> None:
    turn_to(desk, picture)
    key = mark(desk, picture, kind)
    crowd = desk.crowds.of(key)
    assert crowd is not None
    desk.session.set_focus((key,))
    # the evidence lists exactly them
    evidence = desk.evidence.evidence
    assert evidence is not None
    if not alone(key):
        assert set(told(desk)) <= set(crowd.people)
        assert set(told(desk)) == set(crowd.people) or len(crowd.people) + len(crowd.moves) > MOST_LISTED
    elif len(crowd.people) == 1:
        row = desk.canvas.shown.gathered.dataset.row("people", crowd.people[0]) if desk.canvas.shown else None
        assert row is not None
        assert row["name"] in evidence.text
    # the tables select what stands for them, and scroll there
    assert set(selected(desk, "people")) == {f"people:{person}" for person in crowd.people}
    view = desk.tables.table.view
    assert view.currentIndex().isValid()
    assert view.visualRect(view.currentIndex()).intersects(view.viewport().rect())
    if crowd.moves:
        assert set(selected(desk, "moves")) >= set(crowd.moves)
        if not key.startswith(("seats:", "stints:", "claims:")):
            assert set(selected(desk, "moves")) == set(crowd.moves)
    # one of them is chosen, and their path is lit
    assert desk.canvas.scene is not None
    assert desk.canvas.shown is not None
    scene, drawn = desk.canvas.scene, desk.canvas.shown
    person = crowd.people[0]
    if desk.session.view.seated:  # who left or joined an organization need not sit in the team that is shown
        person = next(one for one in crowd.people if drawn.lit(scene, (f"people:{one}",)))
    if told(desk):
        desk.evidence.page.anchorClicked.emit(QUrl(f"person:{person}"))
    else:
        desk.session.set_focus((f"people:{person}",))
    assert desk.session.focus == (f"people:{person}",)
    assert evidence != desk.evidence.evidence or alone(key)
    if picture == "heat":
        assert desk.heating.chart is not None
        assert desk.heating.chart.parts.selected or not crowd.moves
    else:
        assert drawn.lit(scene, desk.session.focus)


@pytest.mark.parametrize(("picture", "kind"), EACH)
def test_the_menu_of_a_mark_leads_to_the_table_of_its_people_and_back(
    desk: Application, picture: str, kind: str
) -> None:
    turn_to(desk, picture)
    key = mark(desk, picture, kind)
    crowd = desk.crowds.of(key)
    assert crowd is not None
    desk.docks.tables.hide()
    if kind in ("people:", "move:"):  # one person: the command leads there too
        desk.session.set_focus((key,))
        act(desk, "view.people").trigger()
    else:
        menu = opened(desk, key)
        action = next(action for action in menu.actions() if action.text().startswith("&People of this"))
        assert action.text().endswith(f"({len(crowd.people):,})")
        action.trigger()
        menu.deleteLater()
    assert not desk.docks.tables.isHidden()
    table = desk.tables.table
    assert desk.tables.name == "people"
    assert table.model.listing is not None
    assert set(table.model.listing.keys(table.model.rows)) == {f"people:{person}" for person in crowd.people}
    assert desk.session.focus == (key,)
    assert desk.tables.back.isVisible()
    desk.tables.back.click()
    assert len(table.model.rows) == table.model.listing.n
    assert not desk.tables.back.isVisible()
    assert desk.session.focus == (key,)


def opened(app: Application, key: str) -> QMenu:
    """The menu of a mark, as the canvas opens it."""
    made: list[QMenu] = []
    make = contextmenu.menu
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("app.desktop.contextmenu.menu", lambda *rest: made.append(make(*rest)) or made[-1])
        patch.setattr(QMenu, "popup", lambda *_: None)
        app.offers.menu(key, app.canvas.mapToGlobal(app.canvas.rect().center()))
    return made[0]


def test_what_is_selected_in_one_picture_stays_so_in_the_others(desk: Application) -> None:
    turn_to(desk, "sankey")
    crowd = desk.crowds.of("group:out-meta")
    assert crowd is not None
    desk.session.set_focus(("group:out-meta",))
    for picture in get_args(Picture):
        turn_to(desk, picture)
        assert desk.crowds.of("group:out-meta") == crowd
        assert set(told(desk)) == set(crowd.people)
        if picture in ("flowmap", "alluvial", "chord", "matrix", "careers", "timeline"):
            assert desk.canvas.scene is not None
            assert desk.canvas.shown is not None
            assert desk.canvas.shown.lit(desk.canvas.scene, desk.canvas.meant)


def test_only_the_selection_of_one_period_filters_by_its_flow(desk: Application) -> None:
    turn_to(desk, "alluvial")
    assert desk.canvas.shown is not None
    key = next(
        key
        for key in desk.canvas.shown.picture.prepared.keys  # type: ignore[attr-defined]  # an alluvial picture has them
        if desk.canvas.shown.record(key).startswith("flow:")
    )
    flow = desk.canvas.shown.record(key)
    desk.session.set_focus((key,))
    act(desk, "view.keep").trigger()
    until(lambda: bool(desk.session.view.lens))
    origin, destination = flow.removeprefix("flow:").split(">")
    assert str(desk.session.view.lens) == f"from:{origin} to:{destination}"


def test_a_bar_of_the_time_bar_leads_to_those_who_moved_in_its_quarter(
    desk: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(desk.offers, "menu", lambda key, _: asked.append(key))
    chart = desk.timebar.chart
    assert chart is not None
    x = round(chart.scale_shown.x(dates.day(2025, 8)))
    assert chart.quarter_at(x) == "group:quarter:2025-07-01"
    assert chart.quarter_at(-50.0) == ""
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, QPoint(x, 40), chart.mapToGlobal(QPoint(x, 40)))
    chart.contextMenuEvent(event)
    assert asked == ["group:quarter:2025-07-01"]
    crowd = desk.crowds.of(asked[0])
    assert crowd is not None
    assert crowd.name == "Moves in Q3 2025"


def test_rows_of_a_table_lead_to_the_people_behind_them(desk: Application) -> None:
    desk.tables.tabs.setCurrentIndex(list(desk.tables.tables).index("organizations"))
    desk.session.set_focus(("organizations:openai",))
    crowd = desk.crowds.of("organizations:openai")
    menu = desk.tables.table.rows_menu()
    action = next(action for action in menu.actions() if action.text().startswith("People of"))
    assert action.isEnabled()
    action.trigger()
    assert crowd is not None
    assert desk.tables.name == "people"
    assert len(desk.tables.table.model.rows) == len(crowd.people)
    desk.tables.line.setText("nobody is called so")
    assert not len(desk.tables.table.model.rows)
    desk.tables.line.clear()
    assert len(desk.tables.table.model.rows) == len(crowd.people)


def test_who_is_selected_is_never_hidden_by_those_who_were_shown_alone(desk: Application) -> None:
    desk.crowds.show_people(("flow:openai>meta",))
    table, some = desk.tables.table, desk.crowds.of("flow:openai>meta")
    assert some is not None
    desk.session.set_focus((f"people:{some.people[0]}",))
    assert len(table.model.rows) == len(some.people)
    desk.session.set_focus(("flow:google>openai",))
    assert table.model.listing is not None
    assert len(table.model.rows) == table.model.listing.n
    assert not desk.tables.back.isVisible()


def test_where_nobody_stands_behind_a_mark_that_is_said(desk: Application) -> None:
    key = next(key for key in desk.canvas.scene.keys if key.startswith("relations:"))  # type: ignore[union-attr]  # such a picture has them
    desk.session.set_focus((key,))
    act(desk, "view.people").trigger()
    assert "No people" in desk.frame.statusBar().currentMessage()
    assert not desk.tables.back.isVisible()
    assert not any(action.text().startswith("&People") for action in opened(desk, key).actions())
