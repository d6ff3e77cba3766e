"""Printing from the window: on one page, or a large chart over sheets at reading size."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMarginsF, Qt
from PySide6.QtGui import QImage, QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrinter, QPrintPreviewWidget
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.desktop import printing
from app.desktop.application import Application
from app.desktop.dialogs.export import Choice, ExportDialog
from app.desktop.dialogs.printing import PrintDialog
from app.desktop.export import exported, offered
from app.desktop.frame import Frame
from app.desktop.offers import PAGE
from app.desktop.opening import shown
from app.desktop.printing import MOST_PREVIEWED, Printable, Sheets
from app.pictures.chart_folds import DEEPEST, Folds
from app.pictures.shown_seats import ChartShown
from app.session.document import Document
from tests.desktop.driving import settle
from tests.desktop.waiting import until
from tests.pictures.test_orgchart import team
from tests.render.pdf_pages import sizes, words

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # Qt without a screen says so of the preview


@pytest.fixture
def charted(frame: Frame) -> Iterator[Application]:
    """The chart of a team of 120 in the window, all of it unfolded."""
    made = window(frame, 120)
    yield made
    made.close()


def window(frame: Frame, n: int) -> Application:
    """A window with the chart of a team of n on its canvas, unfolded as far as it goes."""
    made = Application(frame, shown(Document(team(n), None, "team.json"), (1200, 640), {}), play=False)
    made.timebar.grow()
    settle(made)
    made.look(replace(made.session.view, picture="orgchart", organization="team", folds=Folds(DEEPEST)))
    until(lambda: isinstance(made.canvas.shown, ChartShown) and not made.jobs.busy)
    return made


def printable(app: Application) -> Printable:
    current = app.current()
    assert current is not None
    return Printable.of(current, PAGE)


@pytest.fixture
def dialog(charted: Application, qtbot: QtBot) -> PrintDialog:
    """The preview of that chart."""
    made = PrintDialog(printable(charted), charted.frame.settings, charted.frame)
    qtbot.addWidget(made)
    made.show()
    return made


def to_pdf(dialog: PrintDialog, path: Path) -> bytes:
    """What the printer of a preview would get."""
    printer = dialog._printer
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    dialog.paint(printer)
    return path.read_bytes()


def preview_of(dialog: PrintDialog) -> QPrintPreviewWidget:
    found = dialog.findChild(QPrintPreviewWidget)
    assert isinstance(found, QPrintPreviewWidget)
    return found


def test_a_large_chart_is_offered_on_one_page_or_over_sheets(dialog: PrintDialog, charted: Application) -> None:
    assert dialog.choice.isVisible()
    assert dialog.one_page.isChecked()
    assert preview_of(dialog).pageCount() == 1
    said = dialog.over_sheets.text()
    n_sheets = int(said.removeprefix("At &reading size, over ").partition(" ")[0])
    assert said == f"At &reading size, over {n_sheets} sheets and an overview"
    dialog.over_sheets.click()
    assert preview_of(dialog).pageCount() == n_sheets + 1
    assert charted.frame.settings.sheets
    dialog.one_page.click()
    assert preview_of(dialog).pageCount() == 1
    assert not charted.frame.settings.sheets


def test_the_choice_is_made_by_keys_and_remembered(dialog: PrintDialog, charted: Application, qtbot: QtBot) -> None:
    assert dialog.one_page.focusPolicy() & Qt.FocusPolicy.TabFocus
    dialog.one_page.setFocus()
    QTest.keyClick(dialog.one_page, Qt.Key.Key_Right)
    assert dialog.over_sheets.isChecked()
    again = PrintDialog(printable(charted), charted.frame.settings, charted.frame)
    qtbot.addWidget(again)
    assert again.over_sheets.isChecked()


def test_the_printer_gets_all_sheets_of_the_chart(dialog: PrintDialog, tmp_path: Path) -> None:
    dialog.over_sheets.click()
    pages = words(to_pdf(dialog, tmp_path / "sheets.pdf"))
    n_sheets = len(pages) - 1
    assert f"over {n_sheets} sheets" in dialog.over_sheets.text()
    assert f"Theframesare{n_sheets}sheets" in pages[0]
    assert all(f"Sheet{number}of{n_sheets}" in said for number, said in enumerate(pages[1:], 1))
    everything = "".join(pages[1:])
    assert all(f"PersonNumber{n}" in everything for n in range(120))


def test_one_page_is_printed_as_ever(dialog: PrintDialog, tmp_path: Path) -> None:
    (said,) = words(to_pdf(dialog, tmp_path / "one.pdf"))
    assert "TheTeam:120seatswiththeirreportinglines" in said
    assert "Sheet" not in said


def test_only_the_pages_that_were_asked_for_are_printed(dialog: PrintDialog, tmp_path: Path) -> None:
    dialog.over_sheets.click()
    dialog._printer.setPrintRange(QPrinter.PrintRange.PageRange)
    dialog._printer.setFromTo(2, 3)
    pages = words(to_pdf(dialog, tmp_path / "some.pdf"))
    assert ["Sheet1of" in pages[0], "Sheet2of" in pages[1], len(pages)] == [True, True, 2]


def test_paper_is_turned_so_that_fewer_sheets_are_needed(dialog: PrintDialog) -> None:
    dialog.over_sheets.click()
    printer, sheets = dialog._printer, dialog._sheets
    assert sheets is not None
    chosen, turned = QPageLayout(printer.pageLayout()), QPageLayout(printer.pageLayout())
    upright = chosen.orientation() == QPageLayout.Orientation.Portrait
    turned.setOrientation(QPageLayout.Orientation.Landscape if upright else QPageLayout.Orientation.Portrait)
    assert sheets.on(chosen).n_pages <= sheets.on(turned).n_pages
    assert preview_of(dialog).orientation() == chosen.orientation()


def test_larger_paper_needs_fewer_sheets_and_the_words_say_so(dialog: PrintDialog, tmp_path: Path) -> None:
    dialog.over_sheets.click()
    before = preview_of(dialog).pageCount()
    dialog._printer.setPageSize(QPageSize(QPageSize.PageSizeId.A3))
    preview_of(dialog).updatePreview()
    after = preview_of(dialog).pageCount()
    assert after < before
    assert f"over {after - 1} sheet" in dialog.over_sheets.text()
    assert len(sizes(to_pdf(dialog, tmp_path / "a3.pdf"))) == after


def test_the_chart_on_paper_is_folded_as_in_the_window(charted: Application) -> None:
    large = printable(charted)
    assert large.world is not None
    paper = printing.page(large.scene).pageLayout()
    charted.look(replace(charted.session.view, folds=Folds(3)))
    until(lambda: isinstance(charted.canvas.shown, ChartShown) and charted.session.view.folds == Folds(3))
    until(lambda: not charted.jobs.busy)
    folded = printable(charted)
    assert folded.world is charted.canvas.shown.world_of  # type: ignore[union-attr]  # a chart is shown
    assert folded.world is not None
    assert Sheets(folded.world).on(paper).n_pages < Sheets(large.world).on(paper).n_pages


def test_ground_on_paper_is_white(dialog: PrintDialog, tmp_path: Path) -> None:
    dialog.over_sheets.click()
    text = to_pdf(dialog, tmp_path / "white.pdf")
    assert b"0.984313726" not in text  # the ground of the light theme
    grabbed = preview_of(dialog).grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    colors = {grabbed.pixelColor(x, grabbed.height() // 2).name() for x in range(grabbed.width())}
    assert "#ffffff" in colors
    assert "#fbfbfa" not in colors


def test_a_preview_of_very_many_sheets_shows_the_first(frame: Frame, qtbot: QtBot) -> None:
    app = window(frame, 900)
    frame.settings.sheets = True
    made = PrintDialog(printable(app), frame.settings, frame)
    qtbot.addWidget(made)
    made._printer.setPageSize(QPageSize(QPageSize.PageSizeId.A5))
    made.show()
    assert preview_of(made).pageCount() == MOST_PREVIEWED
    assert made.note.text() == f"The preview shows the first {MOST_PREVIEWED}"
    app.close()


def test_other_pictures_are_printed_on_one_page_without_a_question(app: Application) -> None:
    assert printable(app).world is None
    app.offers.print()
    until(lambda: any(isinstance(w, PrintDialog) for w in QApplication.topLevelWidgets()))
    made = next(w for w in QApplication.topLevelWidgets() if isinstance(w, PrintDialog))
    assert not made.choice.isVisible()
    assert preview_of(made).pageCount() == 1
    made.close()


def test_a_chart_that_reads_on_one_page_is_printed_there(frame: Frame) -> None:
    app = window(frame, 4)
    assert printable(app).world is None
    app.close()


def test_sheets_and_pictures_have_margins_of_their_own(dialog: PrintDialog) -> None:
    def margins() -> QMarginsF:
        return dialog._printer.pageLayout().margins(QPageLayout.Unit.Millimeter)

    assert margins().left() == pytest.approx(printing.MARGIN, abs=0.5)
    dialog.over_sheets.click()
    assert margins().left() == pytest.approx(printing.SHEET_MARGIN, abs=0.5)


# export


def export_dialog(app: Application) -> ExportDialog:
    """The dialog as the window would open it."""
    current = app.current()
    assert current is not None
    scene, n_paged = offered(current)
    return ExportDialog(scene, (1000, 600), "light", app.frame, paged=n_paged)


def test_a_pdf_of_a_large_chart_has_sheets_unless_one_page_is_wanted(charted: Application, qtbot: QtBot) -> None:
    made = export_dialog(charted)
    qtbot.addWidget(made)
    assert not made.pages.isEnabled()
    made.format.setCurrentIndex(made.format.findData(".pdf"))
    assert made.pages.isEnabled()
    assert made.pages.accessibleName() == "Pages"
    assert made.choice.sheets
    current = charted.current()
    assert current is not None
    data = exported(current, made.choice)
    n = len(sizes(data))
    assert made.result_of.text() == f"35.3 × 21.2 cm, {n} pages"
    assert n > 3
    assert set(sizes(data)) == {(1000.0, 600.0)}
    made.pages.setCurrentIndex(0)
    assert made.result_of.text() == "35.3 × 21.2 cm, one page"
    assert sizes(exported(current, made.choice)) == [(1000.0, 600.0)]


def test_the_window_exports_what_the_dialog_was_asked_for(
    charted: Application, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "chart.pdf"

    def answer(dialog: ExportDialog) -> int:
        dialog.format.setCurrentIndex(dialog.format.findData(".pdf"))
        dialog.path = path
        return 1

    monkeypatch.setattr(ExportDialog, "exec", answer)
    charted.frame.actions_by_id["file.export"].trigger()
    until(path.exists)
    until(lambda: "Written" in charted.frame.statusBar().currentMessage())
    assert len(sizes(path.read_bytes())) > 3


def test_other_formats_and_pictures_are_one_page(charted: Application, app: Application, qtbot: QtBot) -> None:
    made = export_dialog(charted)
    qtbot.addWidget(made)
    for ending in (".png", ".svg"):
        made.format.setCurrentIndex(made.format.findData(ending))
        assert not made.pages.isEnabled()
        assert not made.choice.sheets
    current = app.current()
    assert current is not None
    assert len(sizes(exported(current, Choice(".pdf", (900, 600), 1.0, "light", sheets=True)))) == 1
