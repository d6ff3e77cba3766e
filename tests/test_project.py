"""Rules of the house that concern every file."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
EVERYWHERE = [
    {"sys_platform": system, "python_version": python, "extra": ""}
    for system in ("linux", "darwin", "win32")
    for python in ("3.11", "3.12", "3.13", "3.14")
]
MOST_LINES = 500


def files(*patterns: str) -> list[Path]:
    """Files of the project that match; what git ignores does not belong to it."""
    listing = ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--"]
    names = subprocess.run([*listing, *patterns], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return sorted(path for name in set(names.split("\0")) - {""} if (path := ROOT / name).is_file())


def texts() -> dict[str, str]:
    """Every file of the project that is text, by its path."""
    found = {}
    for path in files():
        try:
            found[path.relative_to(ROOT).as_posix()] = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue
    return found


def where(pattern: str, among: dict[str, str]) -> list[str]:
    """Places as path:line: text, of every line in which a pattern is found."""
    search = re.compile(pattern).search
    return [
        f"{name}:{number}: {line.strip()[:100]}"
        for name, text in among.items()
        for number, line in enumerate(text.splitlines(), 1)
        if search(line)
    ]


def pins() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    return {canonicalize_name(line.split("==")[0]): line.split("==")[1].split(";")[0] for line in lines}


def wanted() -> list[Requirement]:
    """What the program and its tests need directly."""
    return [Requirement(text) for text in (*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"])]


# --- what is installed ---


def test_constraints_are_pins_and_nothing_else():
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    form = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*==[0-9][A-Za-z0-9.+!]*(; [^;]+)?")
    assert [line for line in lines if not form.fullmatch(line)] == []
    assert len(pins()) == len(lines)


def test_every_dependency_is_pinned_within_its_range():
    for requirement in wanted():
        pin = pins()[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(pin), f"{requirement} is pinned at {pin}"


def test_what_the_dependencies_need_is_pinned_for_every_system():
    found: set[str] = set()
    ahead = [requirement.name for requirement in wanted()]
    while ahead:
        name = canonicalize_name(ahead.pop())
        if name in found:
            continue
        found.add(name)
        for text in metadata.requires(name) or ():
            needed = Requirement(text)
            if needed.marker is None or any(needed.marker.evaluate(system) for system in EVERYWHERE):
                ahead.append(needed.name)
    assert found == set(pins())


def test_qt_stays_below_the_release_that_loses_references():
    qt = next(requirement for requirement in wanted() if requirement.name == "PySide6-Essentials")
    assert qt.specifier.contains("6.11.3")
    assert not qt.specifier.contains("6.12.0")
    assert PROJECT["requires-python"] == ">=3.11,<3.15"


# --- what files may hold ---


def test_no_file_names_a_package_index():
    hosts = "|".join(re.escape(name) for name in ("py" + "pi.org", "python" + "hosted.org", "npm" + "js.org"))
    options = "|".join(("-index" + "-url", "extra" + "-index", "find" + "-links"))
    assert where(f"{hosts}|{options}", texts()) == []


def test_no_file_names_a_folder_of_one_machine():
    assert where(r"(?<![\w.)])/(?:work|farm|root|home|Users)/|[A-Z]:\\Users", texts()) == []


def test_nothing_is_left_to_do():
    code = {name: text for name, text in texts().items() if name.endswith(".py")}
    words = (
        "TO" + "DO",
        "FIX" + "ME",
        "X" * 3,
        "NotImplemented" + "Error",
        "mark." + "skip",
        "x" + "fail",
        "pytest." + "skip",
    )
    assert where(rf"\b(?:{'|'.join(words)})\b", code) == []


def test_what_silences_a_check_says_why():
    code = {name: text for name, text in texts().items() if name.endswith(".py")}
    assert where(r"# (?:type: " + r"ignore|no" + r"qa)[^#]*$", code) == []


def test_no_module_is_too_long_to_read():
    lengths = {path.relative_to(ROOT).as_posix(): len(path.read_text("utf-8").splitlines()) for path in files("*.py")}
    assert {name: n for name, n in lengths.items() if n > MOST_LINES} == {}


def test_every_module_of_the_program_says_what_it_is():
    silent = [path for path in files("app/*.py", "main.py") if not ast.get_docstring(ast.parse(path.read_bytes()))]
    assert silent == []


def test_no_module_is_named_for_nothing():
    vague = {"utils", "util", "helpers", "helper", "misc", "common", "manager", "tools"}
    assert [path for path in files("*.py") if vague & {*path.stem.split("_"), *path.parent.parts[-1:]}] == []


def test_every_dependency_has_its_line():
    page = (ROOT / "docs" / "dependencies.md").read_text("utf-8")
    assert [requirement.name for requirement in wanted() if f"`{requirement.name}`" not in page] == []


def test_decisions_are_numbered_without_a_gap():
    names = [path.name for path in sorted((ROOT / "docs" / "decisions").glob("*.md"))]
    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))
    for name in names:
        text = (ROOT / "docs" / "decisions" / name).read_text("utf-8")
        assert text.startswith(f"# {int(name[:4])}. "), name
        assert all(f"\n## {part}\n" in text for part in ("Context", "Decision", "Consequences")), name


def test_links_between_the_pages_lead_somewhere():
    link = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")
    links = [(path, target) for path in files("*.md") for target in link.findall(path.read_text("utf-8"))]
    assert [f"{path.name}: {target}" for path, target in links if not (path.parent / target).exists()] == []
