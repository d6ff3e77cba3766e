"""The evidence desk: what is claimed on each matter, for and against side by side, and the analyst's ruling on it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QModelIndex, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QShowEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListView, QSplitter, QTextBrowser, QVBoxLayout, QWidget

from app.desktop.chrome import scaled
from app.desktop.pairs import PairDelegate
from app.domain.schema import TABLES
from app.pictures import wording
from app.pictures.matters import Claim, Matter, Said
from app.render.theme import LIGHT, Theme

NONE = "Nothing is claimed in this dataset. Edit → Add → Claim adds what somebody says."
RULINGS = (("upheld", "Uphold"), ("rejected", "Reject"), ("open", "Leave open"))
RULE, RECORD, SELECT = "rule", "record", "select"
"""Schemes of links: rule on a claim, open the form of a record, select what a claim speaks of."""
WIDTHS = (300, 700)


class ClaimsPanel(QWidget):
    """Matters at the left, the claims on one of them at the right."""

    came = Signal()
    """It has come into sight."""
    ruling_wanted = Signal(str, str)
    """The id of a claim, and the ruling on it."""
    edit_wanted = Signal(str, str)
    """Table and id of a record whose form shall be shown."""
    select_wanted = Signal(str)
    """The key of what a claim speaks of."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme: Theme = LIGHT
        self._matters: Sequence[Matter] = ()
        self._topic = ""
        self.heading = QLabel()
        self.heading.setObjectName("hint")
        self._model = QStandardItemModel(self)
        self.list = QListView()
        self.list.setModel(self._model)
        self.list.setUniformItemSizes(True)
        self.list.setAccessibleName("Matters")
        self.list.setFrameShape(QListView.Shape.NoFrame)
        self._pairs = PairDelegate(self.list, LIGHT)
        self.list.setItemDelegate(self._pairs)
        self.list.selectionModel().currentChanged.connect(self._chosen)
        self.page = QTextBrowser()
        self.page.setOpenLinks(False)
        self.page.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.page.setAccessibleName("Claims on the matter")
        self.page.anchorClicked.connect(self._follow)
        self.page.highlighted.connect(self._tell)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(12, 6, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.heading)
        column.addWidget(self.list, 1)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(left)
        split.addWidget(self.page)
        split.setSizes([scaled(width) for width in WIDTHS])
        split.setStretchFactor(1, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(split)

    @property
    def matter(self) -> Matter | None:
        """The one whose claims are shown."""
        return next((one for one in self._matters if one.topic == self._topic), None)

    def show_matters(self, matters: Sequence[Matter]) -> None:
        """Show what is claimed; the matter that was chosen stays chosen while it is there."""
        self._matters = matters
        topics = [one.topic for one in matters]
        if self._topic not in topics:
            self._topic = topics[0] if topics else ""
        kept = self._topic
        self._model.clear()
        for one in matters:
            item = QStandardItem(one.topic)
            item.setEditable(False)
            item.setToolTip(one.line)
            item.setAccessibleDescription(f"{one.line}; {one.evidence}")
            self._model.appendRow(item)
        n_contested = sum(one.contested for one in matters)
        self.heading.setText(
            f"{wording.counted(len(matters), 'matter')}, {n_contested:,} contested" if matters else "No matter"
        )
        if kept in topics:
            self.list.setCurrentIndex(self._model.index(topics.index(kept), 0))
        self._show()

    def show_topic(self, topic: str) -> None:
        """Choose a matter by its topic, if it is there."""
        for row, one in enumerate(self._matters):
            if one.topic == topic:
                self.list.setCurrentIndex(self._model.index(row, 0))

    def show_theme(self, theme: Theme) -> None:
        """The same in another theme."""
        self._theme = theme
        self._pairs.show_theme(theme)
        self.list.viewport().update()
        self._show()

    def showEvent(self, event: QShowEvent) -> None:
        """What is in sight is kept up to date."""
        super().showEvent(event)
        self.came.emit()

    def _chosen(self, index: QModelIndex) -> None:
        if index.isValid():
            self._topic = str(index.data())
            self._show()

    def _show(self) -> None:
        at = self.page.verticalScrollBar().value()
        self.page.setHtml(page(self.matter, self._theme))
        self.page.verticalScrollBar().setValue(at)

    def _follow(self, link: QUrl) -> None:
        first, _, rest = link.path().partition(":")
        match link.scheme():
            case "rule":
                self.ruling_wanted.emit(first, rest)
            case "record":
                self.edit_wanted.emit(first, rest)
            case "select":
                self.select_wanted.emit(link.path())
            case _:
                QDesktopServices.openUrl(link)

    def _tell(self, link: QUrl) -> None:
        """What a click on a link would do."""
        first, _, rest = link.path().partition(":")
        words = {
            RULE: f"{dict(RULINGS).get(rest, '')}, with a reason",
            RECORD: f"Edit this {TABLES[first].noun} …" if first in TABLES else "",
            SELECT: "Select it in the picture",
        }
        self.page.setToolTip(words.get(link.scheme(), link.toString()))


def page(matter: Matter | None, t: Theme) -> str:
    """The claims on a matter as the subset of HTML that Qt's text engine knows; how to add some where there is none."""
    frame = f"<body style='color:{t.ink.hex}; font-size:{scaled(12)}px; margin:10px 14px'>"
    if matter is None:
        return f"{frame}<p style='color:{t.ink2.hex}'>{NONE}</p></body>"
    head = (
        f"<p style='margin:0; font-size:{scaled(15)}px'>{escape(matter.topic)}</p>"
        f"<p style='margin:2px 0 8px 0; color:{t.ink2.hex}'>{matter.line} · {matter.evidence}</p>"
    )
    sides = [("For it", matter.supports), ("Against it", matter.contradicts)]
    sides += [("Neither", matter.neutral)] if matter.neutral else []
    sides = [side for side in sides if side[1] or side[0] != "Neither"]
    if not matter.supports and not matter.contradicts:
        sides = sides[-1:]
    share = 100 // max(len(sides), 1)
    cells = "".join(
        f"<td width='{share}%' style='padding:0 18px 0 0; vertical-align:top'>{_side(word, claims, t)}</td>"
        for word, claims in sides
    )
    return f"{frame}{head}<table width='100%' cellspacing='0'><tr>{cells}</tr></table></body>"


def _side(word: str, claims: Sequence[Claim], t: Theme) -> str:
    caps = f"color:{t.ink3.hex}; font-size:{scaled(10.5)}px; margin:6px 0 6px 0"
    told = "".join(_card(claim, t) for claim in claims)
    nobody = f"<p style='color:{t.ink3.hex}'>Nobody on record</p>"
    return f"<p style='{caps}'>{word.upper()} · {len(claims)}</p>{told or nobody}"


def _card(claim: Claim, t: Theme) -> str:
    """One claim: what, who and when, on whose word, and the ruling."""
    who = " · ".join(escape(part) for part in (claim.said_by, claim.date, claim.status, claim.gives) if part)
    about = ", ".join(_link(SELECT, key, name, t.ink2.hex) for key, name in claim.about)
    lines = [_link(RECORD, f"claims:{claim.id}", claim.text, t.ink.hex)]
    lines += [f"<span style='color:{t.ink2.hex}'>{who}</span>"] if who else []
    lines += [f"<span style='color:{t.ink3.hex}'>About {about}</span>"] if about else []
    lines += [_source(said, t) for said in claim.sources] or [f"<span style='color:{t.warn.hex}'>unsourced</span>"]
    lines.append(_ruling(claim, t))
    return f"<p style='margin:0 0 14px 0'>{'<br/>'.join(lines)}</p>"


def _source(said: Said, t: Theme) -> str:
    name = said.publisher or said.title or said.id
    linked = said.url.startswith(("https://", "http://"))
    shown = (
        f"<a style='color:{t.accent.hex}' href='{escape(said.url, quote=True)}'>{escape(name)}</a>"
        if linked
        else escape(name)
    )
    more = " · ".join(part for part in (said.published, "repeats another" if said.derived else "") if part)
    return f"{shown} <span style='color:{t.ink3.hex}'>{escape(more)}</span>"


def _ruling(claim: Claim, t: Theme) -> str:
    color = {"upheld": t.ok, "rejected": t.bad}.get(claim.ruling, t.ink3)
    reason = f": {escape(claim.reason)}" if claim.reason else ""
    day = f" ({escape(claim.ruled_on)})" if claim.ruled_on else ""
    others = " · ".join(
        _link(RULE, f"{claim.id}:{ruling}", word, t.accent.hex) for ruling, word in RULINGS if ruling != claim.ruling
    )
    said = "Nothing ruled" if claim.ruling == "open" else claim.ruling.capitalize()
    return f"<span style='color:{color.hex}'>{said}{reason}{day}</span> &nbsp; {others}"


def _link(scheme: str, rest: str, text: str, color: str) -> str:
    style = f"color:{color}; text-decoration:none"
    return f"<a style='{style}' href='{scheme}:{escape(rest, quote=True)}'>{escape(text)}</a>"
