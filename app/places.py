"""Where resources and data lie: in a checkout, in a wheel, in a bundle. The one module beside the rooms.

A folder is looked for in this order: beside a frozen bundle's files, inside the package (a wheel carries both folders
there), beside the package (a checkout). The first that exists is taken.
"""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def resources() -> Path:
    """The folder of fonts, icons, themes and the published schema; FileNotFoundError if the installation lacks it."""
    return _folder("resources")


def data() -> Path:
    """The folder of the bundled dataset; FileNotFoundError if the installation lacks it."""
    return _folder("data")


def bundled_dataset() -> Path:
    """The dataset that is opened when no file is named."""
    return data() / "ai-labs.json"


@cache
def _folder(name: str) -> Path:
    bundle = getattr(sys, "_MEIPASS", None)
    places = [Path(bundle)] if bundle else []
    for place in (*places, _PACKAGE, _PACKAGE.parent):
        if (place / name).is_dir():
            return place / name
    raise FileNotFoundError(f"The folder “{name}” of Talentflow is missing beside {_PACKAGE}. Install it again.")
