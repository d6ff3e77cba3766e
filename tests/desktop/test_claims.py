"""The evidence desk: matters, both sides, rulings."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QInputDialog

from app.desktop.application import Application
from app.desktop.frame import Frame
from app.desktop.opening import prepare
from app.domain import dates
from tests.desktop.driving import act, settle
from tests.desktop.waiting import until


@pytest.fixture
def desk(frame: Frame) -> Iterator[Application]:
    """The bundled dataset with the claims in sight."""
    made = Application(frame, prepare(None, (1200, 640)), play=False)
    settle(made)
    act(made, "view.claims").trigger()
    until(lambda: made.claims.matter is not None)
    yield made
    made.close()


def row(app: Application, claim: str) -> dict[str, object]:
    document = app.session.document
    assert document is not None
    found = document.dataset.row("claims", claim)
    assert found is not None
    return found


def test_a_contested_matter_is_shown_first_with_both_sides(desk: Application) -> None:
    matter = desk.claims.matter
    assert matter is not None
    assert matter.contested
    html = desk.claims.page.toHtml()
    assert "FOR IT" in html
    assert "AGAINST IT" in html
    assert desk.claims.heading.text() == "47 matters, 5 contested"


def test_a_ruling_with_its_reason_is_one_step(desk: Application) -> None:
    matter = desk.claims.matter
    assert matter is not None
    claim = matter.contradicts[0]
    desk.claims.page.anchorClicked.emit(QUrl(f"rule:{claim.id}:rejected"))
    (dialog,) = [one for one in desk.frame.findChildren(QInputDialog) if one.isVisible()]
    dialog.setTextValue("The memo is older")
    dialog.accept()
    held = row(desk, claim.id)
    assert (held["ruling"], held["ruling_reason"]) == ("rejected", "The memo is older")
    assert held["ruled_on"] == dates.text(dates.today())
    until(lambda: "Rejected: The memo is older" in desk.claims.page.toPlainText())
    document = desk.session.document
    assert document is not None
    assert document.past[-1].name.startswith("Reject the claim “")
    desk.session.undo()
    assert row(desk, claim.id)["ruling"] is None
    desk.judging.rule(claim.id, "upheld", "")
    desk.judging.ask(claim.id, "open")  # needs no reason
    assert (row(desk, claim.id)["ruling"], row(desk, claim.id)["ruled_on"]) == ("open", None)


def test_another_matter_is_chosen_and_its_records_are_led_to(desk: Application) -> None:
    desk.claims.show_topic("A team of about 50")
    matter = desk.claims.matter
    assert matter is not None
    assert matter.topic == "A team of about 50"
    key = matter.claims[0].about[0][0]
    desk.claims.page.anchorClicked.emit(QUrl(f"select:{key}"))
    assert desk.session.focus == (key,)
    desk.claims.page.anchorClicked.emit(QUrl(f"record:claims:{matter.claims[0].id}"))
    assert desk.editing.forms[-1].row_id == matter.claims[0].id
