import sys

import pytest

from app import places


@pytest.fixture(autouse=True)
def forget():
    places._folder.cache_clear()
    yield
    places._folder.cache_clear()


def test_a_checkout_has_its_folders_beside_the_package():
    assert (places.resources() / "fonts" / "inter.ttf").is_file()
    assert places.data().is_dir()


def test_a_wheel_carries_them_inside(tmp_path, monkeypatch):
    package = tmp_path / "site-packages" / "app"
    (package / "resources").mkdir(parents=True)
    (tmp_path / "site-packages" / "resources").mkdir()
    monkeypatch.setattr(places, "_PACKAGE", package)
    assert places.resources() == package / "resources"


def test_a_bundle_comes_first(tmp_path, monkeypatch):
    (tmp_path / "data").mkdir()
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert places.data() == tmp_path / "data"


def test_what_is_missing_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr(places, "_PACKAGE", tmp_path / "a" / "app")
    with pytest.raises(FileNotFoundError, match=r"resources.*Install it again"):
        places.resources()
