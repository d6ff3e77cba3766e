"""The files opened lately: their menu, and the list on the welcome page."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.desktop.documents import Documents
from app.desktop.frame import Frame
from app.desktop.welcome import Welcome


class Recent(QObject):
    """Shows the files that the settings remember, and opens the one that is chosen."""

    def __init__(self, frame: Frame, documents: Documents, welcome: Welcome) -> None:
        super().__init__(documents)
        self._frame, self._documents, self._welcome = frame, documents, welcome
        self._menu = frame.actions_by_id.submenu("File", "Open re&cent", "file.open-sample")
        frame.actions_by_id.menus["File/Recent"] = self._menu
        documents.recent_changed.connect(self.refresh)
        welcome.chosen.connect(documents.open)
        self.refresh()

    def refresh(self) -> None:
        """Menu and list made anew."""
        self._menu.clear()
        recent = self._frame.settings.recent
        for path in recent:
            action = self._menu.addAction(path.name)
            action.setToolTip(str(path))
            action.setStatusTip(str(path))
            action.triggered.connect(lambda _=False, p=path: self._documents.open(p))
        self._menu.addSeparator()
        self._menu.addAction("&Clear this list").triggered.connect(self._forget)
        self._menu.setEnabled(bool(recent))
        self._welcome.show_recent(recent)

    def _forget(self) -> None:
        self._frame.settings.forget_recent()
        self.refresh()
