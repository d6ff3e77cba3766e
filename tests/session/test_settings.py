"""What is remembered between two starts."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray

from app.domain.lens import parse
from app.session.settings import MOST_MAPPINGS, MOST_PLACES, Settings
from app.session.view import View


def test_where_one_looked_is_remembered_for_each_file(tmp_path: Path) -> None:
    first, second = tmp_path / "a.json", tmp_path / "b.json"
    Settings(tmp_path / "s").keep_place(first, {"day": 3.5})
    Settings(tmp_path / "s").keep_place(None, {"day": 7})
    again = Settings(tmp_path / "s")
    assert again.place(first) == {"day": 3.5}
    assert again.place(None) == {"day": 7}
    assert again.place(second) == {}


def test_files_looked_at_longest_ago_are_forgotten(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "s")
    for n in range(MOST_PLACES + 3):
        settings.keep_place(tmp_path / f"{n}.json", {"n": n})
    assert [settings.place(tmp_path / f"{n}.json") for n in (0, 2)] == [{}, {}]
    assert settings.place(tmp_path / "3.json") == {"n": 3}


def test_the_last_file_is_remembered_while_it_is_there(tmp_path: Path) -> None:
    settings, file = Settings(tmp_path / "s"), tmp_path / "a.json"
    assert settings.last is None
    file.write_text("{}", encoding="utf-8")
    settings.last = file
    assert Settings(tmp_path / "s").last == file.resolve()
    file.unlink()
    assert Settings(tmp_path / "s").last is None


def test_windows_motion_and_tables_are_remembered(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "s")
    assert (settings.still, settings.tables, settings.window[0].isEmpty()) == (False, None, True)
    assert not settings.sheets
    settings.still, settings.sheets, settings.tables = True, True, {"tab": "moves"}
    settings.window = (QByteArray(b"place"), QByteArray(b"docks"))
    again = Settings(tmp_path / "s")
    assert (again.still, again.sheets, again.tables) == (True, True, {"tab": "moves"})
    assert (bytes(again.window[0].data()), bytes(again.window[1].data())) == (b"place", b"docks")


def test_a_spoilt_file_of_settings_is_as_good_as_none(tmp_path: Path) -> None:
    (tmp_path / "s").mkdir()
    text = "[places]\nsample={broken\norder=7\n[look]\ntables={\ntheme=pink\n"
    (tmp_path / "s" / "settings.ini").write_text(text, encoding="utf-8")
    settings = Settings(tmp_path / "s")
    assert (settings.place(None), settings.tables, settings.theme) == ({}, None, "system")
    settings.keep_place(None, {"day": 1})
    assert Settings(tmp_path / "s").place(None) == {"day": 1}


def test_a_view_comes_back_as_it_was() -> None:
    view = View(parse("from:OpenAI to:Meta"), "lab", net=True, top=5, relations=False, known_by=20_000)
    assert View.restored(view.state) == view
    assert View.restored({}) == View()


def test_what_cannot_be_read_of_a_view_is_as_in_a_new_one() -> None:
    spoilt = {"lens": "nonsense:x", "level": "galaxy", "net": 3, "top": 1_000, "known_by": "now", "relations": None}
    assert View.restored(spoilt) == View()


def test_what_columns_are_is_remembered_for_tables_with_the_same(tmp_path: Path) -> None:
    Settings(tmp_path).keep_mapping("a, b", "text")
    assert Settings(tmp_path).mapping("a, b") == "text"
    assert Settings(tmp_path).mapping("a, c") == ""
    for n in range(MOST_MAPPINGS):
        Settings(tmp_path).keep_mapping(f"{n}", "another")
    assert Settings(tmp_path).mapping("a, b") == ""
