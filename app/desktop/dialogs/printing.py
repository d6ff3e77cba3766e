"""The print preview; above it, for a chart that has no room for its names on one page, whether it shall be one page all
the same or sheets at reading size."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QPageLayout
from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog, QPrintPreviewWidget
from PySide6.QtWidgets import QHBoxLayout, QLabel, QRadioButton, QVBoxLayout, QWidget

from app.desktop import printing
from app.desktop.printing import MOST_PREVIEWED, Printable, Sheets
from app.pictures import wording
from app.session.settings import Settings


class PrintDialog(QPrintPreviewDialog):
    """Shows how something will stand on paper, and prints it from there. The choice is remembered in the settings."""

    def __init__(self, printable: Printable, settings: Settings, parent: QWidget | None = None) -> None:
        self._printer = printing.page(printable.scene)  # the base class keeps no reference
        super().__init__(self._printer, parent)
        self._scene, self._settings = printable.scene, settings
        self._sheets = Sheets(printable.world) if printable.world is not None else None
        self._paint_page = printing.painter_of(printable.scene)
        self.setWindowTitle("Print the picture")
        self.one_page, self.over_sheets = QRadioButton("On &one page"), QRadioButton()
        self.note = QLabel()
        self.choice = self._choice()
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(0, self.choice)
        self.choice.setVisible(self._sheets is not None)
        (self.over_sheets if self._sheets is not None and settings.sheets else self.one_page).setChecked(True)
        self._set_up()
        self.over_sheets.toggled.connect(self._turned)
        self.paintRequested.connect(self.paint)

    def paint(self, printer: QPrinter) -> None:
        """What was chosen, on the paper that a printer has now."""
        if self._sheets is not None and self.over_sheets.isChecked():
            self._sheets.paint(printer)
        else:
            self._paint_page(printer)
        self._say()

    def _choice(self) -> QWidget:
        row = QWidget()
        row.setAccessibleName("Pages")
        set_out = QHBoxLayout(row)
        set_out.setContentsMargins(12, 10, 12, 4)
        set_out.setSpacing(20)
        for part in (self.one_page, self.over_sheets, self.note):
            set_out.addWidget(part)
        set_out.addStretch(1)
        return row

    def _turned(self, on: bool) -> None:
        self._settings.sheets = on
        self._set_up()
        preview = self.findChild(QPrintPreviewWidget)
        assert isinstance(preview, QPrintPreviewWidget)
        preview.updatePreview()

    def _set_up(self) -> None:
        """The paper for what is chosen, in the preview's own buttons too."""
        if self._sheets is not None and self.over_sheets.isChecked():
            self._printer.setPageLayout(self._sheets.layout(self._printer.pageLayout()))
        else:
            printing.set_up(self._printer, self._scene)
        upright = self._printer.pageLayout().orientation() == QPageLayout.Orientation.Portrait
        name = QCoreApplication.translate("QPrintPreviewDialog", "Portrait" if upright else "Landscape")
        for action in self.findChildren(QAction):
            if action.text() == name:
                action.setChecked(True)
        self._say()

    def _say(self) -> None:
        """How many sheets there are, or would be, on the paper of the moment."""
        if self._sheets is None:
            return
        now = self._printer.pageLayout()
        cut = self._sheets.on(now if self.over_sheets.isChecked() else self._sheets.layout(now))
        over = "" if cut.fits else f", over {wording.counted(cut.grid.n_sheets, 'sheet')} and an overview"
        self.over_sheets.setText(f"At &reading size{over}")
        more = self.over_sheets.isChecked() and cut.n_pages > MOST_PREVIEWED
        self.note.setText(f"The preview shows the first {MOST_PREVIEWED}" if more else "")
