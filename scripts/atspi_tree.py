"""Print what a screen reader sees of the window: the tree of its widgets and marks by AT-SPI. For Linux.

    python scripts/atspi_tree.py [FILE]

Opens the window on a screen and a message bus of their own, with settings in a temporary folder, and closes it again.
Needs dbus-run-session, Xvfb, the AT-SPI bus, and a Python with its bindings (Debian: dbus-daemon xvfb at-spi2-core
python3-gi gir1.2-atspi-2.0); says which of them is missing, with exit code 2. Exit code 1: no window came up.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
NEEDED = {"dbus-run-session": "dbus-daemon", "Xvfb": "xvfb"}
BUSES = ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher")
BINDINGS = "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"
PATIENCE = 30.0
"""Seconds that the window is given to show its marks."""
OWN_FOLDERS = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR")


def reader() -> str:
    """A Python that has the bindings, blank if there is none: this one, or that of the system."""
    for python in (sys.executable, "/usr/bin/python3"):
        if shutil.which(python) and not subprocess.run([python, "-c", BINDINGS], capture_output=True).returncode:
            return python
    return ""


def missing() -> list[str]:
    """Debian's names of the packages that are not installed."""
    lacking = [package for tool, package in NEEDED.items() if not shutil.which(tool)]
    if not any(Path(bus).exists() for bus in BUSES):
        lacking.append("at-spi2-core")
    if not reader():
        lacking.append("python3-gi gir1.2-atspi-2.0")
    return lacking


def run(arguments: list[str]) -> int:
    """Everything, in a session bus and folders of its own."""
    if not sys.platform.startswith("linux"):
        print("AT-SPI is how Linux speaks to screen readers; on this system there is nothing to read.", file=sys.stderr)
        return 2
    if lacking := missing():
        print(f"Not installed: {' '.join(lacking)}. On Debian: apt-get install {' '.join(lacking)}", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        own = {name: str(Path(folder, name)) for name in OWN_FOLDERS}
        for path in own.values():
            Path(path).mkdir(mode=0o700)
        inside = [sys.executable, __file__, "--in-session", *arguments]
        return subprocess.run(["dbus-run-session", "--", *inside], env={**os.environ, **own}).returncode


def in_session(arguments: list[str]) -> int:
    """The window on a screen of its own, and the reader beside it."""
    with subprocess.Popen(
        ["Xvfb", "-displayfd", "1", "-screen", "0", "1600x1000x24"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as screen:
        assert screen.stdout is not None
        display = f":{int(screen.stdout.readline())}"
        env = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
        env.pop("WAYLAND_DISPLAY", None)
        window = subprocess.Popen([sys.executable, str(ROOT / "main.py"), *arguments], env=env)
        try:
            return subprocess.run([reader(), "-W", "ignore", __file__, "--read"], env=env).returncode
        finally:
            window.terminate()
            window.wait()
            screen.terminate()


def read() -> int:
    """Wait for the marks, then print the tree of every program on the bus."""
    import gi  # the reader's Python has it, the project's need not

    gi.require_version("Atspi", "2.0")
    from gi.repository import Atspi

    desktop, end = Atspi.get_desktop(0), time.monotonic() + PATIENCE
    while time.monotonic() < end and not marked(desktop):
        time.sleep(0.5)
    programs = [desktop.get_child_at_index(n) for n in range(desktop.get_child_count())]
    for program in programs:
        for line in lines(program, Atspi):
            print(line)
    return 0 if programs else 1


def marked(node: Any) -> bool:
    """Whether a node of the tree is an item of a list, and in sight, or one below it is."""
    if node.get_role_name() == "list item" and "showing" in {s.value_nick for s in node.get_state_set().get_states()}:
        return True
    return any(marked(node.get_child_at_index(n)) for n in range(node.get_child_count()))


def lines(node: Any, atspi: Any, depth: int = 0) -> list[str]:
    """Role, name, description, place on the screen and notable states of a node and all below it."""
    states = {state.value_nick for state in node.get_state_set().get_states()}
    notable = sorted(states & {"focused", "selected", "selectable", "checked", "expanded", "defunct"})
    place = ""
    if box := node.get_component_iface():
        extents = box.get_extents(atspi.CoordType.SCREEN)
        place = f" at {extents.x},{extents.y} {extents.width}×{extents.height}"
    told = f": {node.get_description()}" if node.get_description() else ""
    hidden = "" if "showing" in states else " (not in sight)"
    own = f"{'  ' * depth}[{node.get_role_name()}] {node.get_name()}{told}{place} {' '.join(notable)}{hidden}".rstrip()
    below = (lines(node.get_child_at_index(n), atspi, depth + 1) for n in range(node.get_child_count()))
    return [own, *(line for some in below for line in some)]


if __name__ == "__main__":
    steps = {"--in-session": lambda: in_session(sys.argv[2:]), "--read": read}
    sys.exit(steps.get(sys.argv[1] if len(sys.argv) > 1 else "", lambda: run(sys.argv[1:]))())
