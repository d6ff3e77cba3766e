"""What is loaded when: the window comes first, and the rooms that know no Qt can be used without it.

The directions between rooms are contracts in `pyproject.toml`; here is what these cannot say.
"""

from __future__ import annotations

import ast
import importlib.util
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
HEAVY = {"polars", "numpy", "pydantic", "networkx", "pyqtgraph"}
QT = {"PySide6", "shiboken6"}
LIGHT = [name for name in ("main", "app.cli", "app.places", "app.desktop.frame") if importlib.util.find_spec(name)]


def loaded_by(module: str) -> set[str]:
    """Top-level modules that a new process has loaded after importing one."""
    code = f"import sys, {module}; print(*sorted({{name.split('.')[0] for name in sys.modules}}))"
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(ran.stdout.split())


def imports(path: Path) -> Iterator[str]:
    """Every module that a file imports, at its top or within a function."""
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("module", LIGHT)
def test_what_runs_before_the_first_paint_is_light(module: str):
    assert loaded_by(module) & HEAVY == set()


@pytest.mark.parametrize("module", [name for name in LIGHT if not name.startswith("app.desktop")])
def test_a_command_line_loads_no_qt(module: str):
    assert loaded_by(module) & QT == set()


@pytest.mark.parametrize("room", ["layout", "scene"])
def test_geometry_needs_numpy_and_the_standard_library_only(room: str):
    allowed = {*sys.stdlib_module_names, "numpy", "app"}
    found = {name for path in (ROOT / "app" / room).glob("**/*.py") for name in imports(path)}
    assert {name for name in found if name.split(".")[0] not in allowed} == set()


def test_the_session_knows_of_qt_its_core_only():
    found = {name for path in (ROOT / "app" / "session").glob("**/*.py") for name in imports(path)}
    assert {name for name in found if name.startswith("PySide6") and "PySide6.QtCore" not in name} == set()
