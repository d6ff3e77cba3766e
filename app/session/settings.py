"""What the program remembers between two starts: recent files and the theme. A small file in the user's own folder."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSettings, QStandardPaths

MOST_RECENT = 8


class Settings:
    """Reads and writes the settings file. A file that cannot be read is as good as none."""

    def __init__(self, folder: Path | None = None) -> None:
        """folder: where the file lies; the platform's place for settings by default."""
        where = QStandardPaths.StandardLocation.GenericConfigLocation
        base = folder or Path(QStandardPaths.writableLocation(where)) / "talentflow"
        self._store = QSettings(str(base / "settings.ini"), QSettings.Format.IniFormat)

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
        self._store.setValue("files/recent", [str(p) for p in (first, *others)][:MOST_RECENT])
        self._store.sync()

    def forget_recent(self) -> None:
        """Empty the list of recent files."""
        self._store.setValue("files/recent", [])
        self._store.sync()

    @property
    def theme(self) -> str:
        """`system`, `light` or `dark`."""
        held = str(self._store.value("look/theme", "system"))
        return held if held in ("system", "light", "dark") else "system"

    @theme.setter
    def theme(self, name: str) -> None:
        self._store.setValue("look/theme", name)
        self._store.sync()
