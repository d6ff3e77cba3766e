"""`scripts/system.py`: what the operating system lacks, and the line that installs it."""

import importlib.util
import sys
from pathlib import Path

import pytest

PATH = Path(__file__).parents[1] / "scripts" / "system.py"


@pytest.fixture
def system(monkeypatch):
    spec = importlib.util.spec_from_file_location("system", PATH)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module.sys, "platform", "linux")
    monkeypatch.setattr(module.os, "geteuid", lambda: 1000, raising=False)
    monkeypatch.delenv("CI", raising=False)
    return module


def test_all_there(system):
    assert system.missing(window=True, there=lambda _: True) == {}


def test_a_window_needs_more_than_a_picture(system):
    drawing, window = (system.missing(w, there=lambda _: False) for w in (False, True))
    assert set(drawing) < set(window)
    assert drawing["libEGL.so.1"][0] == "libegl1"
    assert window["libxcb-cursor.so.0"][0] == "libxcb-cursor0"


def test_other_systems_bring_everything(system, monkeypatch):
    monkeypatch.setattr(system.sys, "platform", "darwin")
    assert system.missing(window=True, there=lambda _: False) == {}


def test_a_python_without_venv(system, monkeypatch):
    monkeypatch.setattr(system.importlib.util, "find_spec", lambda _: None)
    (lacking,) = system.missing(window=False, there=lambda _: True).values()
    assert lacking[0] == f"python{sys.version_info.major}.{sys.version_info.minor}-venv"


@pytest.mark.parametrize(
    ("manager", "last"),
    [
        ("apt-get", "sudo apt-get install -y --no-install-recommends libgl1 libegl1"),
        ("dnf", "sudo dnf install -y libglvnd-glx libglvnd-egl"),
        ("pacman", "sudo pacman -S --needed --noconfirm libglvnd"),
    ],
)
def test_the_line_for_each_package_manager(system, manager, last):
    lacking = system.missing(window=False, there=lambda name: name not in ("libGL.so.1", "libEGL.so.1"))
    assert " ".join(system.commands(lacking, lambda name: name if name == manager else None)[-1]) == last
    assert system.commands(lacking, lambda _: None) == []


def test_it_names_the_line_and_installs_nothing_unasked(system, monkeypatch, capsys):
    monkeypatch.setattr(system, "missing", lambda _: {"libEGL.so.1": ("libegl1", "libglvnd-egl", "libglvnd")})
    monkeypatch.setattr(system.shutil, "which", lambda name: name if name == "apt-get" else None)
    monkeypatch.setattr(system.subprocess, "run", lambda *_, **__: pytest.fail("it ran something"))
    assert system.main([]) == 1
    said = capsys.readouterr().err
    assert "libEGL.so.1" in said
    assert "sudo apt-get install -y --no-install-recommends libegl1" in said
    assert "make setup-system" in said


def test_an_unknown_package_manager_is_left_to_the_user(system, monkeypatch, capsys):
    monkeypatch.setattr(system, "missing", lambda _: {"libEGL.so.1": ("libegl1", "libglvnd-egl", "libglvnd")})
    monkeypatch.setattr(system.shutil, "which", lambda _: None)
    assert system.main(["--install"]) == 1
    assert "package manager of your system" in capsys.readouterr().err
