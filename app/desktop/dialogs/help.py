"""Help: how to read the picture, all keys, and what this program is."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterable
from html import escape
from importlib.metadata import PackageNotFoundError, version

from PySide6.QtCore import qVersion
from PySide6.QtGui import QIcon, QKeySequence
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTextBrowser, QVBoxLayout, QWidget

from app import __version__
from app.desktop.commands import COMMANDS, MENUS
from app.render.theme import Theme

CANVAS_KEYS = (
    ("Drag the ground", "Pan"),
    ("Wheel, pinch", "Zoom at the pointer"),
    ("Double click", "Zoom in; with Shift, out. On the ground of a small multiple: to the end of its period"),
    ("Click", "Select, and see who says so"),
    ("Ctrl and click", "Select one more, or one less"),
    ("Shift and drag", "Select all that a band touches"),
    ("Drag an organization", "Pin it to another place"),
    ("Drag a card of a chart", "Onto another card: a new manager; a person onto an empty seat or into a unit"),
    ("Drag a person of a build-out", "To an empty seat, or to another team"),
    ("Drag a dot of the flow map", "To an organization: record the move"),
    ("Menu key", "What can be done with what one has travelled to, or selected; all that can be dragged too"),
    ("Tab, then arrows", "Travel from organization to organization"),
    ("Enter", "Select what one has travelled to"),
    ("N, P", "Along the flows of an organization"),
    ("Arrows on a heat map", "Walk from cell to cell; Enter selects, Escape leaves; a double click shows all of it"),
    ("Ctrl, Shift and arrows; middle button", "Pan"),
    ("Escape", "Give up a drag, or select nothing"),
)
RECORD_KEYS = (
    ("F2, Enter, a letter", "Edit the cell; a double click too"),
    ("Enter, Tab, Escape", "Enter it and go down, enter it and go right, or give up"),
    ("Ctrl+Enter", "Enter it in all rows that are selected"),
    ("Shift and arrows, drag", "Select a range of cells; a number beside the rows selects a row, as does Shift+Space"),
    ("Ctrl+C, Ctrl+X, Ctrl+V", "Copy, cut and paste cells, from and to spreadsheets"),
    ("Ctrl+Shift+V", "Paste as new rows"),
    ("Ctrl+Shift+D, Alt+Down", "Fill down"),
    ("Ins, Alt+Ins", "New row, duplicate"),
    ("Del", "Clear cells; delete whole rows"),
    ("Ctrl+Tab", "Leave the table"),
)
READ = (
    ("One moving dot is one person", "It leaves the organization that the person left, in its colour, and lands on"
     " the day of joining. It is hollow while the day is not known within a month."),
    ("Width says how many", "Always linear, always from zero; the scale stands in the legend."),
    ("The arrow says where to", "A flow keeps to the right of the line between two organizations, as traffic does; the"
     " other direction lies beside it."),
    ("The lane says how sure", "Inner lane: confirmed. Outer lane, paler: reported. Dashed: rumored. What was denied is"
     " counted nowhere."),
    ("The ring says in or out", "The full part of an organization's ring is the share of people who came in."),
    ("Short arrows are the rest", "Organizations that are not drawn are short grey arrows with a count."),
    ("Double hairlines are money", "Investments and contracts; no people."),
    ("M shows it period by period", "The same picture once for each quarter, half-year or year, in the same places and"
     " on one scale. A move whose day is not known well enough to say in which stands in the first, as “perhaps”."),
    ("Known people are no staff numbers", "The dataset holds the people it names. Every count is of these."),
)  # fmt: skip


class Page(QDialog):
    """A page of text with a button to close it."""

    def __init__(self, title: str, html: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.text = QTextBrowser(self)
        self.text.setOpenExternalLinks(True)
        self.text.setAccessibleName(title)
        self.text.setHtml(f"<body style='color:{theme.ink.hex}; font-size:12px; margin:12px'>{html}</body>")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        for button in buttons.buttons():
            button.setIcon(QIcon())
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 12)
        column.addWidget(self.text)
        buttons.setContentsMargins(12, 0, 12, 0)
        column.addWidget(buttons)
        self.resize(620, 560)


def keys(theme: Theme) -> str:
    """All keys, by menu, and those of the picture and of the tables of records."""
    parts = []
    for menu in MENUS:
        rows = [(_keys(c.keys), c.plain, c.tip) for c in COMMANDS if c.keys and c.menu.split("/")[0] == menu]
        parts.append(_table(menu, rows, theme))
    for title, listed in (("On the picture", CANVAS_KEYS), ("In a table of records", RECORD_KEYS)):
        parts.append(_table(title, [(key, what, "") for key, what in listed], theme))
    return "".join(parts)


def how_to_read(theme: Theme) -> str:
    """What the marks of the flow map mean."""
    return "".join(
        f"<p style='margin:0 0 10px 0'><b>{escape(head)}</b><br/>"
        f"<span style='color:{theme.ink2.hex}'>{escape(text)}</span></p>"
        for head, text in READ
    )


def about(theme: Theme) -> str:
    """Version, libraries, licences, data."""
    lines = (
        f"<p style='font-size:16px'><b>Talentflow {escape(__version__)}</b></p>",
        "<p>Who moved from which lab to which, when, and who says so.</p>",
        f"<p style='color:{theme.ink2.hex}'>The program is under the MIT licence. Letters: Inter, under the SIL Open"
        " Font Licence. Icons: Lucide, under the ISC licence. The sample holds professional facts from public sources,"
        " each with its source.</p>",
        f"<p style='color:{theme.ink2.hex}'>{escape(' · '.join(libraries()))}</p>",
    )
    return "".join(lines)


def libraries() -> list[str]:
    """What the program runs on, with versions."""
    found = [f"Python {platform.python_version()}", f"Qt {qVersion()}"]
    for name in ("PySide6-Essentials", "polars", "numpy", "pydantic", "networkx", "pyqtgraph"):
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:  # in a bundle without metadata
            continue
    return [*found, sys.platform]


def _keys(texts: Iterable[str]) -> str:
    native = QKeySequence.SequenceFormat.NativeText
    return ", ".join(QKeySequence(text).toString(native) for text in texts)


def _table(title: str, rows: Iterable[tuple[str, str, str]], theme: Theme) -> str:
    body = "".join(
        f"<tr><td width='150' style='padding:2px 18px 2px 0; color:{theme.accent.hex}'>{escape(key)}</td>"
        f"<td style='padding:2px 0'>{escape(what)}"
        + (f" <span style='color:{theme.ink3.hex}'>{escape(tip)}</span>" if tip else "")
        + "</td></tr>"
        for key, what, tip in rows
    )
    head = f"<p style='color:{theme.ink3.hex}; font-size:10.5px; margin:10px 0 4px 0'>{escape(title.upper())}</p>"
    return f"{head}<table>{body}</table>"
