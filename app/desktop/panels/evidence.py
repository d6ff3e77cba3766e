"""The evidence panel: what stands behind the selected mark, with links to its sources, and as text to copy."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QTextBrowser, QVBoxLayout, QWidget

from app.desktop.chrome import lettered, scaled
from app.domain.schema import TABLES
from app.pictures.crowd import Crowd
from app.pictures.evidence import evidence
from app.pictures.evidence_facts import Cited, Evidence, Item, numbers
from app.pictures.shown import Shown
from app.render.color import Color
from app.render.theme import LIGHT, Theme

RECORD, PERSON = "record", "person"
"""Schemes of the links that lead to the form of a record, and that select a person."""
EMPTY = "Click a flow, an organization, a seat or a dot to see who says so."
WIDTH = 332


class EvidencePanel(QWidget):
    """Shows one Evidence, or how to select something. A fact that one record says is a link to the form of it; of
    one person among others the name selects the person, and what is said of them leads to the form."""

    edit_wanted = Signal(str, str)
    """Table and id of the record whose form shall be shown."""
    person_wanted = Signal(str)
    """The key of a person who shall be selected."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumWidth(280)
        self._theme: Theme = LIGHT
        self.evidence: Evidence | None = None
        self._asked: tuple[Shown | None, tuple[str, ...]] = (None, ())
        self.page = QTextBrowser(self)
        self.page.setOpenLinks(False)
        self.page.anchorClicked.connect(self._follow)
        self.page.highlighted.connect(self._tell)
        self.page.setAccessibleName("Evidence")
        self.page.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.sources = QLabel(self)
        self.copy = QPushButton("Copy with sources", self)
        self.copy.setToolTip("Copy all of it as text with numbered sources")
        self.copy.clicked.connect(self.copy_text)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 8, 16, 10)
        foot.addWidget(self.sources, 1)
        foot.addWidget(self.copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.page, 1)
        column.addLayout(foot)
        self.show_evidence(None)

    def tell(self, shown: Shown | None, keys: tuple[str, ...], crowds: Callable[[str], Crowd | None]) -> bool:
        """Show what stands behind a selection in a picture; whether there is something. Asked the same again, nothing
        is looked for. crowds: who stands behind a mark."""
        if shown is not self._asked[0] or keys != self._asked[1]:
            self._asked = (shown, keys)
            found = evidence(shown.gathered, *keys, crowds=crowds) if keys and shown is not None else None
            if found != self.evidence:
                self.show_evidence(found)
        return self.evidence is not None

    def show_evidence(self, found: Evidence | None) -> None:
        """Show what stands behind a mark; None: how to select one."""
        self.evidence = found
        self.copy.setEnabled(found is not None)
        self.sources.setText(found.independence if found is not None else "")
        self.page.setHtml(_page(found, self._theme))
        if found is not None:  # Qt's own bold would smear the bundled font
            letters = QTextCharFormat()
            letters.setFont(lettered(self.font(), 16, 650))
            head = QTextCursor(self.page.document().firstBlock())
            head.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
            head.mergeCharFormat(letters)
        self.page.setAccessibleDescription(found.text if found is not None else EMPTY)

    def show_theme(self, theme: Theme) -> None:
        """The same in another theme."""
        self._theme = theme
        self.show_evidence(self.evidence)

    def _follow(self, link: QUrl) -> None:
        """A source opens in the browser, a record in its form; a person is selected."""
        if link.scheme() == PERSON:
            self.person_wanted.emit(f"people:{link.path()}")
        elif link.scheme() == RECORD:
            table, _, row_id = link.path().partition(":")
            self.edit_wanted.emit(table, row_id)
        else:
            QDesktopServices.openUrl(link)

    def _tell(self, link: QUrl) -> None:
        """What a click on a link would do, below the pointer."""
        table = link.path().partition(":")[0]
        noun = TABLES[table].noun if link.scheme() == RECORD and table in TABLES else ""
        named = "Select this person" if link.scheme() == PERSON else link.toString()
        self.page.setToolTip(f"Edit this {noun} …" if noun else named)

    def copy_text(self) -> None:
        """Put it on the clipboard as text with citations."""
        if self.evidence is not None:
            QGuiApplication.clipboard().setText(self.evidence.text)


def _page(evidence: Evidence | None, t: Theme) -> str:
    """The evidence as the subset of HTML that Qt's text engine knows."""
    frame = f"<body style='color:{t.ink.hex}; font-size:{scaled(12)}px; margin:14px'>"
    if evidence is None:
        return f"{frame}<p style='color:{t.ink2.hex}'>{EMPTY}</p></body>"
    parts = [frame, f"<p style='margin:0'>{escape(evidence.head)}</p>"]
    if evidence.line:
        parts.append(f"<p style='color:{t.ink2.hex}; margin:2px 0 8px 0'>{escape(evidence.line)}</p>")
    for section in evidence.sections:
        parts.append(_section_head(section.title, t))
        parts += [_item(item, t) for item in section.items]
    if evidence.sources:
        parts.append(_section_head("Sources", t))
        parts += [_source(source, t) for source in evidence.sources]
    return "".join((*parts, "</body>"))


def _section_head(title: str, t: Theme) -> str:
    return f"<p style='color:{t.ink3.hex}; font-size:{scaled(10.5)}px; margin:14px 0 4px 0'>{escape(title.upper())}</p>"


def _item(item: Item, t: Theme) -> str:
    color = {"confirmed": t.ok, "disputed": t.warn, "denied": t.bad}.get(item.status, t.ink3)
    status = f" <span style='color:{color.hex}'>{escape(item.status)}</span>" if item.status else ""
    cited = f" <span style='color:{t.ink3.hex}'>[{numbers(item.cited)}]</span>" if item.cited else ""
    detail = f"<br/><span style='color:{t.ink2.hex}'>{escape(item.detail)}</span>" if item.detail else ""
    text = _link(escape(item.text), item.record, t.ink)
    if item.person:
        text = _to(PERSON, escape(item.text), item.person, t.ink)
        detail = f"<br/>{_link(escape(item.detail), item.record, t.ink2)}" if item.detail else ""
    return f"<p style='margin:0 0 7px 0'>{text}{status}{cited}{detail}</p>"


def _link(text: str, record: str, color: Color) -> str:
    """A text that leads to the form of a record, where it is that of one. It looks like text: nearly all of it does."""
    return _to(RECORD, text, record, color) if record else text


def _to(scheme: str, text: str, place: str, color: Color) -> str:
    style = f"color:{color.hex}; text-decoration:none"
    return f"<a style='{style}' href='{scheme}:{escape(place, quote=True)}'>{text}</a>"


def _source(source: Cited, t: Theme) -> str:
    publisher = escape(source.publisher or "Source")
    if source.url.startswith(("https://", "http://")):
        publisher = f"<a style='color:{t.accent.hex}' href='{escape(source.url, quote=True)}'>{publisher}</a>"
    said = " · ".join(escape(part) for part in (source.title, source.published) if part)
    number = _link(f"[{source.number}]", f"sources:{source.id}", t.ink3)
    return f"<p style='margin:0 0 6px 0'>{number} {publisher}<br/><span style='color:{t.ink2.hex}'>{said}</span></p>"
