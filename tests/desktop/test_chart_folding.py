"""Folding and unfolding a chart in the window: by handle, by key, by level, by menu."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from app.desktop.application import Application
from app.desktop.hovercard import HoverCard
from app.pictures.chart_folds import DEEPEST, Folds
from app.pictures.chart_world import FOLD
from tests.desktop.charted import (
    BODY,
    DEEPEST_SEAT,
    FIRST,
    HEAD,
    SECOND,
    box_at,
    charted,
    click_fold,
    entries,
    fold_at,
    look_at,
    seen,
)
from tests.desktop.driving import act, settle
from tests.desktop.waiting import until

Alt = Qt.KeyboardModifier.AltModifier
EVERYONE = set(BODY.boxes)
BELOW_FIRST = {"seats:s003", "seats:s004", "seats:s006", DEEPEST_SEAT}


def test_a_click_on_the_handle_folds_and_unfolds_and_selects_nothing(office: Application, qtbot: QtBot) -> None:
    assert seen(office) == EVERYONE
    click_fold(office, qtbot, FIRST)
    assert seen(office) == EVERYONE - BELOW_FIRST
    click_fold(office, qtbot, FIRST)
    assert seen(office) == EVERYONE
    assert office.session.view.folds == Folds()
    assert office.session.focus == ()


def test_what_is_folded_stays_under_the_pointer(office: Application, qtbot: QtBot) -> None:
    look_at(office, FIRST, scale=1.2)
    stood, handle = box_at(office, FIRST), fold_at(office.canvas, FIRST)
    qtbot.mouseClick(office.canvas, Qt.MouseButton.LeftButton, pos=handle)
    settle(office)
    assert (box_at(office, FIRST) - stood).manhattanLength() <= 2
    assert office.canvas.camera.scale == 1.2


def test_a_chart_that_is_seen_whole_is_seen_whole_after_folding(office: Application) -> None:
    assert office.canvas.camera == office.canvas.home
    act(office, "chart.level.2").trigger()
    settle(office)
    assert office.canvas.camera == office.canvas.home


def test_alt_and_a_click_fold_the_whole_level(office: Application, qtbot: QtBot) -> None:
    click_fold(office, qtbot, FIRST, Alt)
    assert seen(office) == EVERYONE - BELOW_FIRST - {"seats:s005"}
    click_fold(office, qtbot, SECOND, Alt)
    assert seen(office) == EVERYONE


def test_a_unit_folds_away_its_people_and_units(office: Application, qtbot: QtBot) -> None:
    click_fold(office, qtbot, "organizations:unit-000")
    assert EVERYONE - seen(office) == {"people:p000", "people:p001"}  # one of two units of the third person is left
    words = charted(office).world_of.unit_words("organizations:unit-000")
    assert words == ("Unit 0", "3 people inside")
    click_fold(office, qtbot, "organizations:unit-000")
    assert seen(office) == EVERYONE


def test_t_folds_what_the_keyboard_is_on_or_what_is_selected(office: Application, qtbot: QtBot) -> None:
    office.session.set_focus((FIRST,))
    qtbot.keyClick(office.canvas, Qt.Key.Key_T)
    settle(office)
    assert seen(office) == EVERYONE - BELOW_FIRST
    office.canvas.setFocus(Qt.FocusReason.TabFocusReason)
    office.canvas.travel(SECOND)
    qtbot.keyClick(office.canvas, Qt.Key.Key_T)
    settle(office)
    assert seen(office) == EVERYONE - BELOW_FIRST - {"seats:s005"}


def test_t_on_what_nobody_stands_below_changes_nothing(office: Application, qtbot: QtBot) -> None:
    for focus in ((DEEPEST_SEAT,), ("people:p003",), ()):
        office.session.set_focus(focus)
        qtbot.keyClick(office.canvas, Qt.Key.Key_T)
        assert office.session.view.folds == Folds()
        assert not office.jobs.busy


def test_keys_open_so_many_levels(office: Application, qtbot: QtBot) -> None:
    for key, level, n_seats in (
        (Qt.Key.Key_1, 1, 1), (Qt.Key.Key_2, 2, 3), (Qt.Key.Key_3, 3, 6), (Qt.Key.Key_9, DEEPEST, 8),
        (Qt.Key.Key_0, None, 8),
    ):  # fmt: skip
        qtbot.keyClick(office.canvas, key, Alt)
        settle(office)
        assert office.session.view.folds == Folds(level)
        assert len(seen(office) & {f"seats:s{n:03}" for n in BODY.linked}) == n_seats
        name = {None: "auto", DEEPEST: "all"}.get(level, str(level))
        assert act(office, f"chart.level.{name}").isChecked()


def test_a_level_forgets_what_was_turned_by_hand(office: Application, qtbot: QtBot) -> None:
    click_fold(office, qtbot, FIRST)
    act(office, "chart.level.all").trigger()
    settle(office)
    assert seen(office) == EVERYONE


@pytest.mark.parametrize(("way", "along"), [("right", 0), ("down", 1)])
def test_the_tree_grows_as_it_is_told(office: Application, way: str, along: int) -> None:
    act(office, f"chart.grow.{way}").trigger()
    settle(office)
    places = [box_at(office, key) for key in (HEAD, FIRST, "seats:s003", "seats:s006", DEEPEST_SEAT)]
    steps = [(at.x(), at.y())[along] for at in places]
    assert steps == sorted(set(steps))
    assert act(office, f"chart.grow.{way}").isChecked()
    act(office, "chart.grow.fit").trigger()
    settle(office)
    assert office.session.view.arrangement is None


def test_the_menu_of_a_box_folds_it_and_that_of_a_leaf_does_not_offer_it(office: Application) -> None:
    assert "Fold or unfold" not in entries(office, DEEPEST_SEAT)
    assert "Fold or unfold" not in entries(office, "people:p003")
    for key in (FIRST, FOLD + FIRST):
        entries(office, key)["Fold or unfold"].trigger()
        settle(office)
    assert seen(office) == EVERYONE
    entries(office, "organizations:unit-000")["Fold or unfold"].trigger()
    settle(office)
    assert "people:p000" not in seen(office)


def test_a_handle_tells_whom_it_hides(office: Application, qtbot: QtBot) -> None:
    click_fold(office, qtbot, FIRST)
    card = office.canvas.findChild(HoverCard)
    assert card is not None
    qtbot.mouseMove(office.canvas, QPoint(3, office.canvas.height() - 3))
    qtbot.mouseMove(office.canvas, fold_at(office.canvas, FIRST))
    until(card.isVisible)
    assert card.card is not None
    assert (card.card.head, card.card.line) == ("Below Holder Number1: 3 people · 1 open", "Click to unfold")
