"""What a form would do, what is doubtful about it and what is wrong, line by line below its fields."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from app.domain.errors import Fault


class Notes(QLabel):
    """Blank until something is said."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWordWrap(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setAccessibleName("What will be recorded")

    def say(self, effects: Sequence[str], doubts: Sequence[Fault], mistakes: Sequence[Fault], blank: str = "") -> None:
        """Effects, doubts, mistakes, in this order; blank: what stands there if there are none."""
        lines = [_line("•", text) for text in effects]
        lines += [_line("⚠", f"{sentence(fault.message)} {fault.remedy}") for fault in doubts]
        lines += [_line("✕", f"{sentence(fault.message)} {fault.remedy}") for fault in mistakes]
        self.setText("".join(lines) or blank)


def sentence(message: str) -> str:
    """A message with a capital letter and a full stop."""
    return message[:1].upper() + message[1:] + "."


def _line(sign: str, text: str) -> str:
    plain = escape(text, quote=False)
    return f"<div style='margin-left: 14px; text-indent: -14px; margin-bottom: 3px'>{sign}&nbsp; {plain}</div>"
