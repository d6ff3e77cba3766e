"""The form of one record: every field with its editor, what is wrong at its place, what saving would do below."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QIcon, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.analysis.drafting import Draft, Drafted
from app.desktop.chrome import lettered, scaled
from app.desktop.dialogs.notes import Notes, sentence
from app.desktop.dialogs.saying import TYPED, hint
from app.desktop.editors import FieldEditor, editor
from app.domain.dataset import Dataset
from app.domain.errors import Fault
from app.domain.schema import TABLES
from app.pictures.differences import Differences
from app.pictures.records import called, field_word

WIDTH, LEAST, AROUND, ASIDE = 460, 380, 190, 52
"""Pixels of a form: how wide it is at first and at least, how high and wide what stands around its fields."""
WORDS = {
    "amount_usd": "Amount, US dollars", "stake_pct": "Stake, percent", "hq_city": "City", "hq_country": "Country",
    "orcid": "ORCID", "openalex": "OpenAlex", "order_stated": "Order stated", "derived_from": "Repeats",
    "to_seat_id": "Reports to", "seat_id": "Seat", "url": "Address", "archive_url": "Stored copy", "by": "By when",
}  # fmt: skip
"""What fields are called in a form, where their name in the file would not do."""
MOST_TOLD = 8
"""Lines that say what saving would do; the others are counted."""


@dataclass(eq=False)
class _Row:
    """One field in the form."""

    editor: FieldEditor
    hint: QLabel
    began: object
    """The value that stood there before anything was typed."""


class FormDialog(QDialog):
    """Stays open beside the picture. Whoever shows it says with `show_result` what would become of it."""

    changed = Signal()
    """The form says something else than before."""
    save_wanted = Signal(bool)
    """What it says shall be done; whether another record of the kind follows."""
    delete_wanted = Signal()

    def __init__(self, table: str, row_id: str, given: Mapping[str, object], parent: QWidget | None = None) -> None:
        """row_id: blank for a new record, which begins with the values given."""
        super().__init__(parent)
        self.setObjectName("form")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.table, self.row_id = TABLES[table], row_id
        self._given = dict(given)
        self._dataset: Dataset | None = None
        self._gone = False
        self._rows: dict[str, _Row] = {}
        self.head, self.key = QLabel(), QLabel()
        self.head.setFont(lettered(self.font(), 16, 650))
        self.key.setObjectName("hint")
        self.key.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.notes = Notes()
        self.save_button = QPushButton("&Save" if row_id else "&Add")
        self.save_button.setDefault(True)
        self.save_button.setToolTip("Ctrl+Enter")
        self.again_button = QPushButton("Add and begin &another")
        self.again_button.setToolTip("Ctrl+Shift+Enter")
        self.delete_button = QPushButton("&Delete …")
        self.delete_button.setToolTip(f"Delete this {self.table.noun}, after showing what depends on it")
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(TYPED)
        self._wait.timeout.connect(self.changed)
        self.may_discard: Callable[[], bool] = lambda: True
        """Asked before what was typed is thrown away."""
        self._set_out()
        self._connect()

    # what it says

    @property
    def draft(self) -> Draft:
        """The record as it shall be: only fields that differ from what they were; of a new one all."""
        values = {name: row.editor.value() for name, row in self._rows.items()}
        if self.row_id:
            values = {name: value for name, value in values.items() if value != self._rows[name].began}
        return Draft(self.table.name, self.row_id, values)

    @property
    def touched(self) -> bool:
        """Whether something was typed."""
        return any(row.editor.value() != row.began for row in self._rows.values())

    def editor_of(self, field: str) -> FieldEditor:
        """KeyError for a field that the form does not show."""
        return self._rows[field].editor

    def work_on(self, dataset: Dataset) -> None:
        """Edit a record of this dataset from now on: what was typed stays, the other fields follow the record."""
        first = self._dataset is None
        self._dataset = dataset
        record = dataset.row(self.table.name, self.row_id) if self.row_id else None
        self._gone = bool(self.row_id) and record is None
        for name, row in self._rows.items():
            row.editor.work_on(dataset)
            value = record[name] if record is not None else self._given.get(name) if first else row.began
            if first or row.editor.value() == row.began:
                row.editor.put(value)
                row.began = row.editor.value()
        name = called(dataset.row, self.table.name, self.row_id) if self.row_id else ""
        self.setWindowTitle(f"{self.table.noun.capitalize()}: {name}" if name else f"New {self.table.noun}")
        self.head.setText(name or f"New {self.table.noun}")
        self.key.setText(f"{self.table.noun} · {self.row_id}")
        self.key.setVisible(bool(self.row_id))
        self._look()

    def show_result(self, result: Drafted) -> None:
        """Say what saving would do, what is doubtful about it, or what must be put right first."""
        wrong: dict[str, Fault] = {}
        own = (result.id, self.row_id)
        for fault in result.mistakes:
            if fault.table in ("", self.table.name) and fault.id in (*own, ""):
                wrong.setdefault(fault.field, fault)
        for name, row in self._rows.items():
            missing = name in wrong and wrong[name].code == "missing"
            shown = wrong.get(name) if not missing or self.touched else None
            if missing and not self.row_id:
                shown = None  # what is still blank in a new record is no mistake yet
            row.editor.mark(shown)
            self._hint(row, shown)
        elsewhere = [fault for fault in result.mistakes if wrong.get(fault.field) is not fault]
        missing_words = [_word(name) for name, fault in wrong.items() if fault.code == "missing" and name in self._rows]
        told: list[str] = []
        if missing_words and not self.row_id:
            told.append(f"Still needed: {', '.join(missing_words)}.")
        told += self._effects(result)
        elsewhere += [fault for name, fault in wrong.items() if name not in self._rows]
        doubts = [fault for fault in result.warnings if fault.severity != "error"]
        self.notes.say(told, doubts, elsewhere)
        can_save = not result.mistakes and bool(result.edit)
        self.save_button.setEnabled(can_save)
        self.again_button.setEnabled(can_save)

    def fit(self, most: int) -> None:
        """As high as all of its fields, and at most so many pixels."""
        fields = self.area.widget()
        layout = fields.layout() if fields is not None else None
        if layout is not None:
            layout.activate()
            inside = self.width() - scaled(ASIDE)
            high = layout.heightForWidth(inside) if layout.hasHeightForWidth() else layout.sizeHint().height()
            self.resize(self.width(), min(high + scaled(AROUND), most))

    def begin_again(self) -> None:
        """Saved, and another record of the kind follows: what all are likely to share stays."""
        for name, row in self._rows.items():
            keep = name in ("status", "kind", "source_ids", "organization_id") and not self.row_id
            row.editor.put(row.editor.value() if keep else self._given.get(name))
            row.began = row.editor.value()
        self._focus_first()
        self._look()

    def saved(self) -> None:
        """What it says is done: it may go without a question."""
        for row in self._rows.values():
            row.began = row.editor.value()

    def begin_at(self, field: str) -> None:
        """Put the cursor into a field; into the first one where there is no such."""
        row = self._rows.get(field)
        if row is None:
            self._focus_first()
            return
        row.editor.inner.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.area.ensureWidgetVisible(row.editor)

    def reject(self) -> None:
        """Esc, or the window is closed: what was typed is not thrown away unasked."""
        if not self.touched or self.may_discard():
            super().reject()

    def hideEvent(self, event: QHideEvent) -> None:
        """Who does not see the form waits for nothing."""
        self._wait.stop()
        super().hideEvent(event)

    # parts

    def _set_out(self) -> None:
        fields = QWidget()
        fields.setObjectName("fields")
        form = QFormLayout(fields)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setHorizontalSpacing(10)
        form.setVerticalSpacing(7)
        form.setContentsMargins(0, 0, 6, 0)
        for field in self.table.fields:
            if field.name in ("id", "extra"):
                continue
            edited = editor(self.table, field)
            below = hint()
            pair = QWidget()
            pair.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
            column = QVBoxLayout(pair)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(3)
            column.addWidget(edited)
            column.addWidget(below)
            label = QLabel(_word(field.name) + (" *" if field.required else ""))
            label.setBuddy(edited.inner)
            label.setToolTip(field.about)
            edited.inner.setAccessibleName(_word(field.name))
            form.addRow(label, pair)
            self._rows[field.name] = _Row(edited, below, None)
            edited.changed.connect(self._look)
        self.area = QScrollArea()
        self.area.setWidget(fields)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QScrollArea.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        buttons = QDialogButtonBox()
        if self.row_id:
            buttons.addButton(self.delete_button, QDialogButtonBox.ButtonRole.ResetRole)
        else:
            buttons.addButton(self.again_button, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(self.save_button, QDialogButtonBox.ButtonRole.AcceptRole)
        close = buttons.addButton("C&lose", QDialogButtonBox.ButtonRole.RejectRole)
        for button in buttons.buttons():
            button.setIcon(QIcon())
            if isinstance(button, QPushButton) and button is not self.save_button:
                button.setAutoDefault(False)
        close.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(9)
        column.addWidget(self.head)
        column.addWidget(self.key)
        column.addWidget(self.area, 1)
        column.addWidget(self.notes)
        column.addWidget(buttons)
        self.head.setWordWrap(True)
        self.setMinimumWidth(scaled(LEAST))
        self.resize(scaled(WIDTH), scaled(WIDTH))

    def _connect(self) -> None:
        self.save_button.clicked.connect(lambda: self.save_wanted.emit(False))
        self.again_button.clicked.connect(lambda: self.save_wanted.emit(True))
        self.delete_button.clicked.connect(lambda: self.delete_wanted.emit())
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.save_button.click)
        if not self.row_id:
            for keys in ("Ctrl+Shift+Return", "Ctrl+Shift+Enter"):
                QShortcut(QKeySequence(keys), self, self.again_button.click)

    def _look(self) -> None:
        """Say at once what is meant; the rest when nothing is typed any more. Until then it may be saved, for saving
        looks at it again."""
        for row in self._rows.values():
            self._hint(row, None)
        for button in (self.save_button, self.again_button):
            button.setEnabled(self.touched and not self._gone)
        self._wait.start()

    def _hint(self, row: _Row, fault: Fault | None) -> None:
        text = f"{sentence(fault.message)} {fault.remedy}" if fault is not None else row.editor.hint
        wrong = fault is not None
        if row.hint.property("wrong") != wrong:
            row.hint.setProperty("wrong", wrong)
            row.hint.style().unpolish(row.hint)
            row.hint.style().polish(row.hint)
        row.hint.setText(text)
        row.hint.setVisible(bool(text))

    def _effects(self, result: Drafted) -> list[str]:
        """What saving would change, field by field, and what it would add beside the record."""
        if not result.edit:
            return [] if result.mistakes else ["Nothing is changed."] if self.row_id else []
        lines = list(result.effects)
        if self.row_id:
            differences = Differences.of(result.edit, result.dataset)
            for section in differences.sections:
                if section.table == self.table.name and (at := section.place(self.row_id)) is not None:
                    found = differences.lines(section, at)
                    lines += [f"{_word(line.field)}: {line.old} → {line.new}" for line in found]
        else:
            lines.append(f"Adds the {self.table.noun} {called(result.dataset.row, self.table.name, result.id)}")
        rest = len(lines) - MOST_TOLD
        return lines if rest <= 0 else [*lines[:MOST_TOLD], f"and {rest} more"]

    def _focus_first(self) -> None:
        next(iter(self._rows.values())).editor.inner.setFocus(Qt.FocusReason.ShortcutFocusReason)


def _word(field: str) -> str:
    return WORDS.get(field) or field_word(field).capitalize()
