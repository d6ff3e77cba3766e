"""What the program remembers between two starts, in a small file in the user's own folder: recent files, the theme, the
place of windows and docks, and for each file where one looked last. Nothing of it is part of a dataset."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QSettings, QStandardPaths

MOST_RECENT = 8
MOST_PLACES = 50
"""Files whose last place is remembered."""
MOST_MAPPINGS = 50
"""Tables of which it is remembered what their columns are."""
SAMPLE = "sample"
"""Stands for the bundled dataset where a path would stand."""


class Settings:
    """Reads and writes the settings file. What cannot be read in it is as good as not there."""

    def __init__(self, folder: Path | None = None) -> None:
        """folder: where the file lies; the platform's place for settings by default."""
        where = QStandardPaths.StandardLocation.GenericConfigLocation
        self.folder = folder or Path(QStandardPaths.writableLocation(where)) / "talentflow"
        self._store = QSettings(str(self.folder / "settings.ini"), QSettings.Format.IniFormat)

    # files

    @property
    def recent(self) -> list[Path]:
        """Files opened lately, the newest first; those that are gone are left out."""
        held = self._store.value("files/recent", [])
        texts = [held] if isinstance(held, str) else list(held) if isinstance(held, (list, tuple)) else []
        return [Path(text) for text in texts if Path(text).exists()]

    def remember(self, path: Path) -> None:
        """Put a file at the head of the recent ones."""
        first = path.resolve()
        others = [other for other in self.recent if other != first]
        self._write("files/recent", [str(p) for p in (first, *others)][:MOST_RECENT])

    def forget_recent(self) -> None:
        """Empty the list of recent files."""
        self._write("files/recent", [])

    @property
    def last(self) -> Path | None:
        """The file that was open when a window was closed last; None for the bundled dataset or one that is gone."""
        held = str(self._store.value("files/last", SAMPLE))
        return Path(held) if held != SAMPLE and Path(held).exists() else None

    @last.setter
    def last(self, path: Path | None) -> None:
        self._write("files/last", str(path.resolve()) if path is not None else SAMPLE)

    def place(self, path: Path | None) -> dict[str, Any]:
        """Where one looked last in a file (None: the bundled dataset); empty if that is not known."""
        held = self._json("places/" + _name(path))
        return held if isinstance(held, dict) else {}

    def keep_place(self, path: Path | None, place: dict[str, Any]) -> None:
        """Remember where one looks in a file; those looked at longest ago are forgotten."""
        self._keep("places", _name(path), place, MOST_PLACES)

    def mapping(self, key: str) -> str:
        """What the columns of a table were when one was imported last, as text, by what names these columns; blank if
        that is not known."""
        held = self._json("mappings/" + _hashed(key))
        return held if isinstance(held, str) else ""

    def keep_mapping(self, key: str, text: str) -> None:
        """Remember what the columns of a table are; those imported longest ago are forgotten."""
        self._keep("mappings", _hashed(key), text, MOST_MAPPINGS)

    # look

    @property
    def theme(self) -> str:
        """`system`, `light` or `dark`."""
        held = str(self._store.value("look/theme", "system"))
        return held if held in ("system", "light", "dark") else "system"

    @theme.setter
    def theme(self, name: str) -> None:
        self._write("look/theme", name)

    @property
    def still(self) -> bool:
        """Whether motion is reduced: fades instead of movement, and nothing moves by itself."""
        return str(self._store.value("look/still", "false")) == "true"

    @still.setter
    def still(self, on: bool) -> None:
        self._write("look/still", "true" if on else "false")

    @property
    def sheets(self) -> bool:
        """Whether what is too large for one page is printed over several."""
        return str(self._store.value("look/sheets", "false")) == "true"

    @sheets.setter
    def sheets(self, on: bool) -> None:
        self._write("look/sheets", "true" if on else "false")

    @property
    def window(self) -> tuple[QByteArray, QByteArray]:
        """Place of the window and of its docks, as Qt writes them; empty if not known."""
        held = (self._store.value("look/geometry"), self._store.value("look/docks"))
        place, docks = (value if isinstance(value, QByteArray) else QByteArray() for value in held)
        return place, docks

    @window.setter
    def window(self, held: tuple[QByteArray, QByteArray]) -> None:
        self._store.setValue("look/geometry", held[0])
        self._write("look/docks", held[1])

    @property
    def tables(self) -> object:
        """How the columns of the tables stand; None if not known."""
        return self._json("look/tables")

    @tables.setter
    def tables(self, state: object) -> None:
        self._write("look/tables", json.dumps(state))

    def _json(self, key: str) -> object:
        try:
            return json.loads(str(self._store.value(key, "null")))
        except ValueError:
            return None

    def _keep(self, group: str, name: str, value: object, most: int) -> None:
        """Put a value at the head of a group of values, and forget those at its end."""
        order = self._json(f"{group}/order")
        names = [n for n in order if isinstance(n, str) and n != name] if isinstance(order, list) else []
        for old in names[most - 1 :]:
            self._store.remove(f"{group}/{old}")
        self._store.setValue(f"{group}/{name}", json.dumps(value))
        self._write(f"{group}/order", json.dumps([name, *names[: most - 1]]))

    def _write(self, key: str, value: object) -> None:
        self._store.setValue(key, value)
        self._store.sync()


def _name(path: Path | None) -> str:
    """A key for a file: paths hold signs that keys may not."""
    return _hashed(str(path.resolve())) if path is not None else SAMPLE


def _hashed(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:16]
