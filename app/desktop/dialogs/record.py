"""The form that records a move: who, from where, to where, as what, when, and who says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QIcon, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.analysis.adding import Cited, Party
from app.analysis.citing import cited, sentence_with
from app.analysis.mentions import Mention, mentions
from app.analysis.recording import NewMove, present
from app.desktop.dialogs.notes import Notes
from app.desktop.dialogs.saying import TYPED, hint, mark_wrong, status_choice
from app.desktop.editors.lines import meant
from app.desktop.flow import FlowLayout
from app.desktop.pickers import Picker
from app.domain import dates
from app.domain.dataset import Dataset
from app.domain.errors import Fault

WIDTH = 400
PASTED = 62
"""Pixels that the field for links and texts is high."""
MOST_OFFERED = 12
"""Names found in a text that are offered."""


class RecordDialog(QDialog):
    """Stays open beside the picture, for a report often tells of several moves.

    Whoever shows it says with `show_result` what would become of the form.
    """

    changed = Signal()
    """The form says something else than before."""
    recorded = Signal()
    """What it says shall be recorded."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Record a move")
        self.setObjectName("record")
        self._dataset: Dataset | None = None
        self._taken = ""
        self._touched = False  # whether the origin was chosen by hand
        self.pasted = QPlainTextEdit()
        self.pasted.setPlaceholderText("Paste the link or the text of a report: it becomes the source")
        self.pasted.setAccessibleName("Link or text of a report")
        self.pasted.setFixedHeight(PASTED)
        self.pasted.setTabChangesFocus(True)
        self.offers = QWidget()
        FlowLayout(self.offers, 6)
        self.person = Picker("people", "person")
        self.left, self.joined = Picker("organizations", "organization"), Picker("organizations", "organization")
        self.left.setAccessibleName("From")
        self.joined.setAccessibleName("To")
        self.role, self.day = QLineEdit(), QLineEdit()
        self.day.setPlaceholderText("2025-06-26, 2025-06, 2025")
        self.status = status_choice()
        self.title, self.publisher, self.published = QLineEdit(), QLineEdit(), QLineEdit()
        self.published.setPlaceholderText("2025-06-26")
        self.known = hint()
        self.meant = hint()
        self.notes = Notes()
        self.accept_button = QPushButton("&Record")
        self.accept_button.setDefault(True)
        self.accept_button.setToolTip("Ctrl+Enter")
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(TYPED)
        self._wait.timeout.connect(self.changed)
        self._set_out()
        self._connect()

    # what it says

    @property
    def move_told(self) -> NewMove:
        """The form as a value."""
        source = cited(self.pasted.toPlainText(), dates.today())
        named = Cited(
            title=self.title.text().strip(), publisher=self.publisher.text().strip(), url=source.url,
            published=self.published.text().strip(), accessed=source.accessed,
        )  # fmt: skip
        if named:
            named = replace(named, quote=sentence_with(self.pasted.toPlainText(), self.person.text().strip()))
        return NewMove(
            self.person.party, self.joined.party, self.left.party, self.role.text().strip(), self.day.text().strip(),
            str(self.status.currentData()), source=named,
        )  # fmt: skip

    def work_on(self, dataset: Dataset) -> None:
        """Record moves of this dataset from now on."""
        self._dataset = dataset
        for picker in (self.person, self.left, self.joined):
            picker.work_on(dataset)
        self._show_offers()
        self._look()

    def show_result(self, effects: Sequence[str], doubts: Sequence[Fault], mistakes: Sequence[Fault]) -> None:
        """Say what recording would do, what is doubtful about it, or what must be put right first."""
        begun = bool(self.person.party or self.joined.party)
        fields = {
            "person": self.person, "joined": self.joined, "left": self.left, "day": self.day,
            "published": self.published,
        }  # fmt: skip
        mark_wrong(fields, mistakes)
        blank = "Say who went where. What will be recorded stands here first."
        self.notes.say(effects, doubts, mistakes if begun else (), blank)
        self.accept_button.setEnabled(not mistakes)
        self._fit()

    def next(self) -> None:
        """Recorded: the same report, the next person."""
        for field in (self.person, self.left):
            field.put(Party())
        self.role.clear()
        self._touched = False
        self.person.setFocus()

    def begin(self, person: Party, left: Party, joined: Party) -> None:
        """Start with what is selected in the picture."""
        self._touched = bool(left)
        for picker, party in ((self.person, person), (self.left, left), (self.joined, joined)):
            if party:
                picker.put(party)
        (self.joined if person else self.person).setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        """Who does not see the form waits for nothing."""
        self._wait.stop()
        super().hideEvent(event)

    # parts

    def _set_out(self) -> None:
        form = QFormLayout()
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setHorizontalSpacing(10)
        form.setVerticalSpacing(7)
        form.addRow("&Person", self.person)
        form.addRow("", self.known)
        form.addRow("&From", self.left)
        form.addRow("&To", self.joined)
        form.addRow("R&ole", self.role)
        form.addRow("&Day", self.day)
        form.addRow("", self.meant)
        form.addRow("&Status", self.status)
        form.addRow("Sour&ce", self.title)
        beside = QHBoxLayout()
        beside.setSpacing(6)
        beside.addWidget(self.publisher, 3)
        beside.addWidget(self.published, 2)
        form.addRow("Publisher, day", beside)
        self.title.setPlaceholderText("Title")
        self.title.setAccessibleName("Title of the source")
        self.publisher.setPlaceholderText("Publisher")
        self.publisher.setAccessibleName("Publisher")
        self.published.setAccessibleName("Day of publication")
        buttons = QDialogButtonBox()
        buttons.addButton(self.accept_button, QDialogButtonBox.ButtonRole.AcceptRole)
        close = buttons.addButton("C&lose", QDialogButtonBox.ButtonRole.RejectRole)
        for button in buttons.buttons():
            button.setIcon(QIcon())
        close.setAutoDefault(False)
        close.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 12)
        column.setSpacing(9)
        column.addWidget(self.pasted)
        column.addWidget(self.offers)
        column.addLayout(form)
        column.addWidget(self.notes)
        column.addStretch(1)
        column.addWidget(buttons)
        self.setFixedWidth(WIDTH)

    def _connect(self) -> None:
        self.pasted.textChanged.connect(self._was_pasted)
        self.person.chosen.connect(self._person_chosen)
        self.left.textEdited.connect(lambda _: setattr(self, "_touched", True))
        for picker in (self.left, self.joined):
            picker.chosen.connect(lambda _: self._look())
        for line in (self.role, self.day, self.title, self.publisher, self.published):
            line.textChanged.connect(lambda _: self._look())
        self.status.currentIndexChanged.connect(lambda _: self._look())
        self.accept_button.clicked.connect(lambda: self.recorded.emit())
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.accept_button.click)

    def _look(self) -> None:
        """Say what the day means, at once; the rest when nothing is typed any more."""
        self.meant.setText(meant(self.day.text().strip()))
        self.meant.setVisible(bool(self.meant.text()))
        self._wait.start()
        self._fit()

    def _fit(self) -> None:
        """As high as what stands in it; never lower than it was, so that buttons do not jump away from the pointer."""
        layout = self.layout()
        assert layout is not None
        layout.activate()
        self.resize(self.width(), max(self.height(), layout.totalHeightForWidth(self.width())))

    def _was_pasted(self) -> None:
        source = cited(self.pasted.toPlainText(), dates.today())
        for line, text in (
            (self.title, source.title), (self.publisher, source.publisher), (self.published, source.published),
        ):  # fmt: skip
            line.setText(text)
            line.setCursorPosition(0)
        self._show_offers()

    def _show_offers(self) -> None:
        """The names found in the text, as buttons that fill the form."""
        layout = self.offers.layout()
        assert isinstance(layout, FlowLayout)
        layout.clear()
        found = mentions(self._dataset, self.pasted.toPlainText()) if self._dataset is not None else []
        for mention in found[:MOST_OFFERED]:
            button = QPushButton(mention.name)
            button.setObjectName("offer")
            button.setAutoDefault(False)
            kind = {"people": "Person", "organizations": "Organization"}.get(
                mention.table, "Not on record: a new person"
            )
            button.setToolTip(kind)
            button.clicked.connect(lambda _=False, m=mention: self._offered(m))
            layout.addWidget(button)
        self.offers.setVisible(bool(found))
        self._look()

    def _offered(self, mention: Mention) -> None:
        """A person becomes who moved; an organization where they went, then where they came from."""
        party = Party(mention.id, mention.name)
        if mention.table != "organizations":
            self.person.put(party)
        elif not self.joined.party:
            self.joined.put(party)
        else:
            self._touched = True
            self.left.put(party)

    def _person_chosen(self, party: Party) -> None:
        """Fill what is known of a person: where they are."""
        post = present(self._dataset, party.id) if self._dataset is not None and party.id else None
        said = ""
        if post is not None and self._dataset is not None:
            organization = self._dataset.row("organizations", str(post["organization_id"])) or {}
            name = str(organization.get("name") or post["organization_id"])
            role = f", {post['role']}" if post["role"] else ""
            since = f" since {post['start']}" if post["start"] else ""
            until = f" until {post['end']}" if post["end"] not in (None, dates.OPEN) else ""
            said = f"At {name}{role}{since}{until}"
        elif party.name and not party.id:
            said = "Not on record: will be added"
        self.known.setText(said)
        self.known.setVisible(bool(said))
        if not self._touched:
            self.left.put(Party(str(post["organization_id"])) if post is not None else Party())
        self._look()
