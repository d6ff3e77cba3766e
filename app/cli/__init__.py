"""The command line: `main.py [FILE]` opens the window, `main.py COMMAND …` does one thing and ends.

Nothing heavy is imported here: the window paints before the data libraries are loaded, and no command loads Qt that
does not draw.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

COMMANDS = ("render", "stats", "check", "convert", "diff", "compare", "merge")
"""First arguments that are a command. Any other first argument is a file to open."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program with these arguments (default: those of the process); returns the exit code."""
    args = list(sys.argv[1:] if argv is None else argv)
    if args and (args[0] in COMMANDS or args[0].startswith("-")):
        from app.cli.commands import run  # only a command needs click

        return run(args)
    if len(args) > 1:
        print(
            f"Too many arguments: {' '.join(args[1:])}\nGive one file, or a command: {', '.join(COMMANDS)}.",
            file=sys.stderr,
        )
        return 2
    if not _has_screen():
        print(
            "There is no screen to open a window on (neither DISPLAY nor WAYLAND_DISPLAY is set).\n"
            "Draw a picture instead: main.py render flowmap -o flowmap.png",
            file=sys.stderr,
        )
        return 2
    from app.desktop.windows import open_window  # Qt is loaded for the window only

    return open_window(args[0] if args else None)


def _has_screen() -> bool:
    """Whether a window can be shown. Only X11 and Wayland tell beforehand."""
    if sys.platform in ("win32", "darwin") or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
