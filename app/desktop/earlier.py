"""The menu of earlier versions of the present file: what saves have replaced, newest first."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QLocale, QObject

from app.desktop.documents import Documents
from app.desktop.frame import Frame
from app.domain.errors import FileError
from app.session.backup import Version, versions
from app.session.logs import versions as folder
from app.session.session import Session


class Earlier(QObject):
    """Fills the menu when it is about to be seen, and opens the version that is chosen."""

    def __init__(self, frame: Frame, session: Session, documents: Documents) -> None:
        super().__init__(documents)
        self._session, self._documents = session, documents
        self._opened: tuple[str, Path] | None = None  # the name of the version opened last, and of which file it is one
        menus = frame.actions_by_id.menus
        self._menu = frame.actions_by_id.submenu("File", "Open an earlier &version", "file.open-sample")
        menus["File/Earlier"] = self._menu
        menus["File"].aboutToShow.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """The menu made anew, for the file as it is known now."""
        self._menu.clear()
        path = self._path()
        found = _sized(versions(folder(), path)) if path is not None else []
        minutes = [_minute(version) for version, _ in found]
        for (version, size), minute in zip(found, minutes, strict=True):
            local = version.time.astimezone()
            day = minute if minutes.count(minute) == 1 else f"{local:%Y-%m-%d %H:%M:%S}"
            action = self._menu.addAction(f"{day} · {_bytes(size)}")
            action.setStatusTip(
                f"Open {path.name if path is not None else ''} as it was on {local:%A, %d %B %Y, %H:%M}"
            )
            action.triggered.connect(lambda _=False, v=version, p=path, d=day: self._open(v, p, d))
        self._menu.setEnabled(bool(found))

    def _path(self) -> Path | None:
        """The present file, or the one that the present document is a version of."""
        document = self._session.document
        if document is None or document.path is not None or self._opened is None:
            return document.path if document is not None else None
        name, path = self._opened
        return path if document.name == name else None

    def _open(self, version: Version, path: Path, day: str) -> None:
        name = f"{path.name} ({day})"
        self._opened = (name, path)
        self._documents.open_version(version.path, name)


def _sized(found: list[Version]) -> list[tuple[Version, int]]:
    """Versions with their sizes in bytes; without those that have gone meanwhile."""
    sized = []
    for version in found:
        try:
            sized.append((version, version.size))
        except FileError:
            continue
    return sized


def _minute(version: Version) -> str:
    return f"{version.time.astimezone():%Y-%m-%d %H:%M}"


def _bytes(size: int) -> str:
    """`48 kB`, in the words of the rest of the window."""
    precision = 0 if size < 1_000_000 else 1
    return QLocale.c().formattedDataSize(size, precision, QLocale.DataSizeFormat.DataSizeSIFormat)
