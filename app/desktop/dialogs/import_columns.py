"""What the columns of a table are, chosen before it is imported: each with a sample, what it holds, and why."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.desktop.bringing import Brought
from app.desktop.dialogs.import_lists import ChoiceList
from app.desktop.dialogs.notes import sentence
from app.files.mapping import IGNORED, MEANINGS, ORDERS, SHAPES, Mapping, Use, fields_of

SHAPE_WORDS = {
    "stints": "Who was where, from when to when",
    "moves": "Who went from where to where",
    "people": "People",
    "organizations": "Organizations",
}
ORDER_WORDS = {"": "as the column shows it", "day-first": "31/12/2019", "month-first": "12/31/2019",
               "serial": "days since 1900", "serial-1904": "days since 1904"}  # fmt: skip


class ColumnsPage(QWidget):
    """Shows a mapping and asks for another one."""

    wanted = Signal(object, str)
    """A Mapping (None: as it is guessed anew) and the name of a sheet."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._brought: Brought | None = None
        self.sheets, self.shape, self.order = QComboBox(), QComboBox(), QComboBox()
        self.runs_on = QCheckBox("A blank end on somebody's last row means that they are still there")
        self.columns = ChoiceList("Columns", ("Column", "Holds", "For example", "Why"), (190, 150, 200))
        self.fault = QLabel()
        self.fault.setObjectName("trouble")
        self.fault.setWordWrap(True)
        for shape in SHAPES:
            self.shape.addItem(SHAPE_WORDS[shape], shape)
        for name in ("", *ORDERS):
            self.order.addItem(ORDER_WORDS[name], name)
        self.sheets.setAccessibleName("Sheet")
        self.shape.setAccessibleName("What a row says")
        self.order.setAccessibleName("How its days are written")
        self.sheet_word, self.order_word = QLabel("S&heet"), QLabel("Days &written")
        word = QLabel("Each &row")
        for label, box in ((self.sheet_word, self.sheets), (word, self.shape), (self.order_word, self.order)):
            label.setBuddy(box)
        above = QHBoxLayout()
        above.setContentsMargins(12, 8, 12, 4)
        above.setSpacing(8)
        for part in (self.sheet_word, self.sheets, word, self.shape, self.runs_on):
            above.addWidget(part)
        above.addStretch(1)
        self.columns.below.insertWidget(2, self.order_word)
        self.columns.below.insertWidget(3, self.order)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(above)
        column.addWidget(self.fault)
        column.addWidget(self.columns, 1)
        self.columns.walked.connect(self._ask)
        self.columns.chosen.connect(lambda row, field: self._use(row, field, None))
        self.order.activated.connect(lambda at: self._use(self.columns.row, None, self.order.itemData(at)))
        self.shape.activated.connect(lambda at: self._reshape(self.shape.itemData(at)))
        self.sheets.activated.connect(lambda at: self.wanted.emit(None, self.sheets.itemText(at)))
        self.runs_on.clicked.connect(lambda on: self._want(replace(self._mapping, runs_on=on)))

    def show_brought(self, brought: Brought) -> None:
        """Another table, or the same by another mapping."""
        self._brought = brought
        assert brought.sheet is not None  # only tables are shown
        mapping, guess = self._mapping, brought.guess
        self.sheets.clear()
        self.sheets.addItems(brought.sheets)
        self.sheets.setCurrentText(brought.sheet.sheet)
        for part in (self.sheet_word, self.sheets):
            part.setVisible(len(brought.sheets) > 1)
        self.shape.setCurrentIndex(self.shape.findData(mapping.shape))
        self.runs_on.setChecked(mapping.runs_on)
        self.runs_on.setVisible(mapping.shape in ("stints", "moves"))
        self.fault.setText("\n".join(sentence(fault.message) for fault in brought.faults))
        self.fault.setVisible(bool(brought.faults))
        guesses = {column.name: column for column in guess.columns} if guess is not None else {}
        rows = []
        for name in brought.sheet.header:
            use, guessed = mapping.use(name), guesses.get(name)
            why = ""
            if guessed is not None:
                why = guessed.reason if guessed.use.field == use.field else "chosen by hand"
            rows.append((name, field_words(use.field), guessed.example if guessed is not None else "", why))
        self.columns.list.show_rows(rows)

    @property
    def _mapping(self) -> Mapping:
        assert self._brought is not None  # nothing can be chosen before
        assert self._brought.mapping is not None
        return self._brought.mapping

    def _ask(self, row: int) -> None:
        sheet = self._brought.sheet if self._brought is not None else None
        if sheet is None or not 0 <= row < len(sheet.header):
            self.columns.ask("", (), None)
            return
        name = sheet.header[row]
        use = self._mapping.use(name)
        answers = [(IGNORED, "Nothing: it is ignored")]
        answers += [(f, f"{field_words(f)} — {MEANINGS[f].about}") for f in fields_of(self._mapping.shape)]
        self.columns.ask(f"“{name if len(name) <= 40 else name[:39] + '…'}” &holds", answers, use.field)
        is_date = use.field in MEANINGS and MEANINGS[use.field].kind == "date"
        for part in (self.order_word, self.order):
            part.setVisible(is_date)
        self.order.setCurrentIndex(self.order.findData(use.order))

    def _use(self, row: int, field: str | None, order: str | None) -> None:
        """Another use of a column: what it holds, or how its days are written. What holds a field that only one can
        hold gives it up to another one."""
        assert self._brought is not None
        assert self._brought.sheet is not None
        name, mapping = self._brought.sheet.header[row], self._mapping
        before = mapping.use(name)
        use = replace(
            before, field=before.field if field is None else field, order=before.order if order is None else order
        )
        if field is not None and field not in (IGNORED, "notes"):
            for other in mapping.columns_of(field):
                if other != name:
                    mapping = mapping.with_use(other, Use())
        self._want(mapping.with_use(name, use))

    def _reshape(self, shape: str) -> None:
        """Another reading of a row; what columns are is guessed anew."""
        from app.files.mapping_guess import guessed

        assert self._brought is not None
        assert self._brought.sheet is not None
        if shape in SHAPE_WORDS and shape != self._mapping.shape:
            self._want(guessed(self._brought.sheet, shape).mapping)  # type: ignore[arg-type]  # one of SHAPES

    def _want(self, mapping: Mapping) -> None:
        assert self._brought is not None
        self.wanted.emit(mapping, self._brought.wanted.sheet)


def field_words(field: str) -> str:
    """`Organization openalex` of a field; a dash for none."""
    return "–" if field == IGNORED else field.replace("-", " ").capitalize()
