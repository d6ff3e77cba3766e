"""Export data from the window, and tables copied as Markdown and CSV."""

from __future__ import annotations

from pathlib import Path

import networkx
import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog
from python_calamine import CalamineWorkbook

from app.desktop.application import Application
from app.desktop.taking import FILTERS, chosen
from app.domain.edit import put
from app.domain.lens import parse
from app.files.exports import EXPORTS
from app.session.view import View
from tests.desktop.driving import act, settle
from tests.desktop.waiting import until
from tests.pictures.made import small


def written(app: Application, path: Path, name: str) -> Path:
    app.taking.write(path, EXPORTS[name])
    until(lambda: f"Written: {path}" == app.frame.statusBar().currentMessage())
    return path


@pytest.mark.parametrize(
    ("name", "kind", "path", "format"),
    [
        ("a.xlsx", "gexf", "a.xlsx", "xlsx"),
        ("a", "dot", "a.dot", "dot"),
        ("a.gexf", "gexf-flows", "a.gexf", "gexf-flows"),
        ("a.gexf", "xlsx", "a.gexf", "gexf"),
        ("a.flows.graphml", "xlsx", "a.flows.graphml", "graphml-flows"),
        ("v1.2 of Meta", "parquet", "v1.2 of Meta.parquet", "parquet"),
        ("a.json", "jsonld", "a.json.jsonld", "jsonld"),
    ],
)
def test_the_ending_says_the_format_or_gets_one(name: str, kind: str, path: str, format: str) -> None:
    assert chosen(name, EXPORTS[kind]) == (Path(path), EXPORTS[format])


def test_the_command_asks_and_writes(on_disk: Application, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kind = next(text for text, export in FILTERS.items() if export.name == "xlsx")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "out"), kind))
    act(on_disk, "file.export-data").trigger()
    path = tmp_path / "out.xlsx"
    until(lambda: f"Written: {path}" == on_disk.frame.statusBar().currentMessage())
    about = dict(row[:2] for row in CalamineWorkbook.from_path(path).get_sheet_by_name("About").to_python())
    assert about["Dataset"] == small().digest
    assert about["Command"] == "main.py convert mine.json out.xlsx"


def test_nothing_is_written_where_the_dialog_is_given_up(
    on_disk: Application, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = sorted(tmp_path.rglob("*"))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    act(on_disk, "file.export-data").trigger()
    assert not on_disk.jobs.busy
    assert sorted(tmp_path.rglob("*")) == before


def test_flows_are_those_of_the_view(on_disk: Application, tmp_path: Path) -> None:
    on_disk.look(View(lens=parse("to:South"), level="lab"))
    until(lambda: on_disk.session.view.level == "lab")
    settle(on_disk)
    graph = networkx.read_graphml(written(on_disk, tmp_path / "net.flows.graphml", "graphml-flows"))
    assert list(graph.edges(data="weight")) == [("north", "south", 3)]
    assert graph.graph["command"] == "main.py convert mine.json net.flows.graphml --lens to:South --level lab"
    assert graph.nodes["south"]["color"].startswith("#")


def test_what_is_not_on_disk_names_no_command(on_disk: Application, tmp_path: Path) -> None:
    document = on_disk.session.document
    assert document is not None
    row = document.dataset.row("people", "ada")
    on_disk.session.do(put(document.dataset, "rename", {"people": [{**(row or {}), "name": "Ada Renamed"}]}))
    text = written(on_disk, tmp_path / "a.md", "markdown").read_text("utf-8")
    assert "Ada Renamed" in text
    assert "main.py" not in text
    assert f"- Dataset: {on_disk.session.document.dataset.digest}" in text  # type: ignore[union-attr]  # it is open


def test_what_cannot_be_written_is_said(on_disk: Application, tmp_path: Path) -> None:
    taken = tmp_path / "taken.xlsx"
    taken.mkdir()
    on_disk.taking.write(taken, EXPORTS["xlsx"])
    until(lambda: "taken.xlsx" in on_disk.banner.text)
    assert taken.is_dir()
    assert not act(on_disk, "file.stop").isEnabled()


def test_data_with_errors_are_not_given_away(on_disk: Application, tmp_path: Path) -> None:
    document = on_disk.session.document
    assert document is not None
    row = document.dataset.row("stints", "st-ada-1") or {}
    wrong = {**row, "start": "2025-03", "end": "2020"}
    on_disk.session.do(put(document.dataset, "wrong", {"stints": [wrong]}))
    on_disk.taking.write(tmp_path / "a.gexf", EXPORTS["gexf"])
    until(lambda: "st-ada-1" in on_disk.banner.text)
    assert not (tmp_path / "a.gexf").exists()


def test_writing_can_be_given_up(on_disk: Application, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_text("old")
    on_disk.taking.write(path, EXPORTS["xlsx"])
    assert act(on_disk, "file.stop").isEnabled()
    act(on_disk, "file.stop").trigger()
    assert not on_disk.jobs.busy
    assert not act(on_disk, "file.stop").isEnabled()
    on_disk.jobs.close()  # waits for the thread
    content = path.read_bytes()
    assert content == b"old" or content.startswith(b"PK")  # it may just have been done: whole, either way
    assert sorted(p.name for p in tmp_path.glob("*.part")) == []


def test_tables_are_copied_as_markdown_and_csv(app: Application) -> None:
    act(app, "view.tables").trigger()
    until(lambda: app.tables.table.model.listing is not None)
    act(app, "edit.copy-table-markdown").trigger()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0] == "| Person | From | To | Left | Joined | Status | Sources |"
    assert lines[1] == "| --- | --- | --- | --- | --- | --- | --- |"
    assert len(lines) == 2 + 6
    assert app.tables.said.text() == "Copied 6 moves as Markdown"
    act(app, "edit.copy-table-csv").trigger()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0] == "Person,From,To,Left,Joined,Status,Sources"
    assert len(lines) == 1 + 6
    assert app.tables.said.text() == "Copied 6 moves as CSV"
