"""What the operating system must bring: the shared libraries that Qt loads, and a Python that can make environments.

    python3 scripts/system.py [--window] [--install]

Says nothing and ends with 0 if all is there. Otherwise names what is missing and the line that installs it, and ends
with 1; with `--install`, or where CI is set, runs that line. `--window` also asks for what a window on X11 needs.
Standard library only: it runs before anything is installed.
"""

from __future__ import annotations

import argparse
import ctypes
import importlib.util
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence

# library: its package in Debian and Ubuntu, in Fedora, in Arch
DRAWING = {
    "libglib-2.0.so.0": ("libglib2.0-0", "glib2", "glib2"),
    "libGL.so.1": ("libgl1", "libglvnd-glx", "libglvnd"),
    "libEGL.so.1": ("libegl1", "libglvnd-egl", "libglvnd"),
    "libdbus-1.so.3": ("libdbus-1-3", "dbus-libs", "dbus"),
    "libfontconfig.so.1": ("libfontconfig1", "fontconfig", "fontconfig"),
    "libxkbcommon.so.0": ("libxkbcommon0", "libxkbcommon", "libxkbcommon"),
}
WINDOW = {
    "libxcb-cursor.so.0": ("libxcb-cursor0", "xcb-util-cursor", "xcb-util-cursor"),
    "libxcb-icccm.so.4": ("libxcb-icccm4", "xcb-util-wm", "xcb-util-wm"),
    "libxcb-image.so.0": ("libxcb-image0", "xcb-util-image", "xcb-util-image"),
    "libxcb-keysyms.so.1": ("libxcb-keysyms1", "xcb-util-keysyms", "xcb-util-keysyms"),
    "libxcb-randr.so.0": ("libxcb-randr0", "libxcb", "libxcb"),
    "libxcb-render-util.so.0": ("libxcb-render-util0", "xcb-util-renderutil", "xcb-util-renderutil"),
    "libxcb-shape.so.0": ("libxcb-shape0", "libxcb", "libxcb"),
    "libxcb-xkb.so.1": ("libxcb-xkb1", "libxcb", "libxcb"),
    "libxkbcommon-x11.so.0": ("libxkbcommon-x11-0", "libxkbcommon-x11", "libxkbcommon-x11"),
    "libX11-xcb.so.1": ("libx11-xcb1", "libX11-xcb", "libx11"),
}
VENV = "the venv module of Python"
PYTHON = (f"python{sys.version_info.major}.{sys.version_info.minor}-venv", "python3", "python")

MANAGERS: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...] = (
    ("apt-get", (("apt-get", "update"), ("apt-get", "install", "-y", "--no-install-recommends"))),
    ("dnf", (("dnf", "install", "-y"),)),
    ("pacman", (("pacman", "-S", "--needed", "--noconfirm"),)),
)
"""Package managers in the order of the packages above, and the commands that install (the last one takes names)."""


def loads(library: str) -> bool:
    """Whether the system finds and loads a shared library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def missing(window: bool, there: Callable[[str], bool] = loads) -> dict[str, tuple[str, str, str]]:
    """What is not there, each with its packages; nothing on systems other than Linux, where Qt brings everything."""
    if not sys.platform.startswith("linux"):
        return {}
    wanted = {**DRAWING, **(WINDOW if window else {})}
    lacking = {name: packages for name, packages in wanted.items() if not there(name)}
    if importlib.util.find_spec("ensurepip") is None:
        lacking[VENV] = PYTHON
    return lacking


def commands(lacking: dict[str, tuple[str, str, str]], which: Callable[[str], str | None]) -> list[list[str]]:
    """The commands that install it on this system; none where the package manager is not known."""
    for column, (manager, steps) in enumerate(MANAGERS):
        if which(manager):
            packages = list(dict.fromkeys(names[column] for names in lacking.values()))
            sudo = ["sudo"] if hasattr(os, "geteuid") and os.geteuid() != 0 else []
            return [[*sudo, *step] for step in steps[:-1]] + [[*sudo, *steps[-1], *packages]]
    return []


def main(argv: Sequence[str]) -> int:
    """Check, tell, and install if asked; the exit code."""
    parser = argparse.ArgumentParser(prog="system.py", description="Check what Talentflow needs of the system.")
    parser.add_argument("--window", action="store_true", help="also what a window on X11 needs")
    parser.add_argument("--install", action="store_true", help="install what is missing")
    options = parser.parse_args(argv)
    lacking = missing(options.window)
    if not lacking:
        return 0
    print("This system lacks what Talentflow needs: " + ", ".join(lacking), file=sys.stderr)
    steps = commands(lacking, shutil.which)
    if not steps:
        print("Install it with the package manager of your system and try again.", file=sys.stderr)
        return 1
    if not (options.install or os.environ.get("CI")):
        print("Install it with:", *(f"    {shlex.join(step)}" for step in steps), sep="\n", file=sys.stderr)
        print("or let it be done: make setup-system", file=sys.stderr)
        return 1
    for step in steps:
        print("+ " + shlex.join(step), file=sys.stderr)
        try:
            subprocess.run(step, check=True, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"}, stdout=sys.stderr)
        except (OSError, subprocess.CalledProcessError) as error:
            print(f"That did not work: {error}\nRun it by hand and try again.", file=sys.stderr)
            return 1
    # a library that was looked for in vain is looked for anew by a new process
    return subprocess.run([sys.executable, __file__, *(["--window"] if options.window else [])], check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
