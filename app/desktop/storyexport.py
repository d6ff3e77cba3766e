"""A story written from the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from app.desktop.storytelling import Storytelling


class StoryExport(QObject):
    """Asks how, then writes the story."""

    def __init__(self, telling: Storytelling) -> None:
        super().__init__(telling)
        self._telling = telling

    def ask(self) -> None:
        """Ask how, then write the story."""
