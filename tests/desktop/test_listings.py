"""Tables below the picture: what coverage says, and how the rows of a large picture are made."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app.analysis.options import Options
from app.desktop.application import Application
from app.desktop.panels.tables import TablesPanel
from app.domain.lens import parse
from app.pictures import gathered
from app.pictures.flowmap import FlowMap, FlowMapOptions
from app.session.jobs import Jobs
from tests.benchmarks.synthetic import dataset
from tests.desktop.driving import act
from tests.desktop.waiting import until
from tests.pictures.made import fixed


def test_coverage_says_what_is_on_record_of_each_organization(app: Application) -> None:
    act(app, "view.tables").trigger()
    panel = app.tables
    panel.tabs.setCurrentIndex(list(panel.tables).index("coverage"))
    table = panel.tables["coverage"]
    until(lambda: table.model.rowCount() > 0)
    names = [column.name for column in table.model.columns]
    assert names == [
        "Organization", "People on record", "Posts", "With a first day", "Confirmed", "Sourced", "Newest source",
    ]  # fmt: skip
    first = [table.model.shown(0, column) for column in range(len(names))]
    assert int(first[1]) <= int(first[2])
    assert "of" in first[3] or "%" in first[3]
    table.view.selectRow(0)
    assert app.session.focus[0].startswith("organizations:")


def test_the_rows_of_a_large_picture_are_made_in_a_job_and_belong_to_the_newest_picture(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gathered, "LARGE", 3)
    made, jobs = TablesPanel(), Jobs()
    made.jobs = jobs
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    small = FlowMapOptions(Options(lens=parse("from:org-0001")), size=(1600.0, 1000.0))
    data = dataset(400, 12)
    whole, part = (FlowMap.of(data, options, fixed) for options in (FlowMapOptions(Options()), small))
    made.show_picture(whole)
    assert made.listing("moves") is None
    made.show_picture(part)

    until(lambda: made.listing("moves") is not None)
    rows = made.listing("moves")
    assert rows is not None
    assert rows.n == len(part.gathered.moves) < len(whole.gathered.moves)
    jobs.close()
