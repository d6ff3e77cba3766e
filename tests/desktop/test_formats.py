"""Which files can be saved where they lie."""

from __future__ import annotations

import json
from pathlib import Path

from app.desktop.formats import writable
from app.files import registry
from tests.files.made import full, put
from tests.files.registers import DATA, author


def test_what_came_from_a_register_is_not_written_over(tmp_path: Path) -> None:
    assert not writable(DATA / "orcid-record.json")
    assert not writable(put(tmp_path / "authors.json", json.dumps([author(1, (1, [2016]))])))


def test_a_dataset_is_written_where_it_lies_and_so_is_what_is_not_there_yet(tmp_path: Path) -> None:
    registry.write(full(), tmp_path / "mine.json")
    assert writable(tmp_path / "mine.json")
    assert writable(tmp_path / "new.json.gz")
    assert not writable(tmp_path / "new.xml")
