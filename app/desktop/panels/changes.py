"""The changes panel: what differs from the file on disk, by table, record and field; any of it can be taken back."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QMenu, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from app.desktop.chrome import lettered, scaled
from app.desktop.models.changes import ChangesModel
from app.desktop.panels.changes_tree import ChangesTree
from app.domain.reverting import Piece
from app.pictures.differences import Differences
from app.render.theme import Theme

UNFOLDED_AT_FIRST = 40
"""Up to so many records that differ, those that were changed show their fields at once."""
SHARE, LEAST, MOST = 0.42, 130, 380
"""Of the panel's width for what differs; the least and the most of it, in pixels."""


NARROW = 440
"""Pixels of width from which heading and buttons stand side by side."""


class ChangesPanel(QWidget):
    """Lists what differs and asks to take pieces of it back, or to be led to a record."""

    wanted = Signal(str, str)
    """Table and id of a record."""
    revert_wanted = Signal(object)
    """Pieces to be taken back."""
    came = Signal()
    """The panel came into sight: what it shows may be old."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("changes")
        self.setMinimumWidth(240)
        self._folded: dict[Piece, bool] = {}
        """What was folded or unfolded by hand, and which of the two."""
        self.view = ChangesTree(self)
        self.model = ChangesModel(self.view)
        self.view.setModel(self.model)
        self.head = QLabel(self)
        self.nothing = QLabel(self)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nothing.setWordWrap(True)
        self.nothing.setObjectName("hint")
        self.revert = QPushButton("Revert", self)
        self.revert.setToolTip("Take back what is selected (Delete)")
        self.revert.clicked.connect(self.revert_selected)
        self.all = QPushButton("Revert all", self)
        self.all.setToolTip("Take back everything that differs")
        self.all.clicked.connect(self.revert_all)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.revert, self.all):
            buttons.addWidget(button)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setContentsMargins(16, 6, 12, 6)
        self._row.setSpacing(8)
        self._row.addWidget(self.head, 1)
        self._row.addLayout(buttons)
        there = QWidget(self)
        column = QVBoxLayout(there)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._row)
        column.addWidget(self.view, 1)
        self._pages = QStackedLayout(self)  # one page for another: each widget by itself has all laid out again
        for page in (self.nothing, there):
            self._pages.addWidget(page)
        self.head.setWordWrap(True)
        self.view.selectionModel().selectionChanged.connect(lambda *_: self._enable())
        self.view.activated.connect(self._go)
        self.view.delete_wanted.connect(self.revert_selected)
        self.view.customContextMenuRequested.connect(self._pop_up)
        self.view.expanded.connect(lambda index: self._was_folded(index, on=False))
        self.view.collapsed.connect(lambda index: self._was_folded(index, on=True))
        self.show_differences(None, "")

    # what is shown

    def show_differences(self, differences: Differences | None, heading: str) -> None:
        """Show what differs, under a heading; what was folded, selected and in sight stays so."""
        current = self.model.piece(self.view.currentIndex())
        at = self.view.verticalScrollBar().value()
        self.model.show(differences)
        self._unfold()
        if current is not None:
            self._return_to(current)
        self.view.verticalScrollBar().setValue(at)
        there = bool(self.model.sections)
        self.head.setText(heading if there else "")
        self.head.setToolTip(self.head.text())
        self.nothing.setText(heading)
        self.view.setAccessibleDescription(heading)
        self._pages.setCurrentIndex(int(there))
        self._enable()

    def show_theme(self, theme: Theme) -> None:
        """Type and colours of a theme."""
        self.head.setFont(lettered(self.font(), 12, 600))
        self.setStyleSheet(f"#changes, #changes QTreeView {{ background: {theme.surface.hex}; border: 0; }}")
        self.view.show_theme(theme)

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for what is so now."""
        super().showEvent(event)
        self.came.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The first column takes its share; the buttons stand below the heading where there is no room beside it."""
        super().resizeEvent(event)
        directions = QBoxLayout.Direction
        self._row.setDirection(directions.TopToBottom if self.width() < scaled(NARROW) else directions.LeftToRight)
        self.view.header().resizeSection(0, round(min(max(self.width() * SHARE, LEAST), MOST)))

    def _return_to(self, piece: Piece) -> None:
        """The keyboard is where it was. What stands above a piece that is gone is not selected: a second Delete would
        take back more than was meant."""
        found = self.model.index_of(piece)
        flags = QItemSelectionModel.SelectionFlag
        stays = self.model.piece(found) == piece
        self.view.selectionModel().setCurrentIndex(
            found, flags.ClearAndSelect | flags.Rows if stays else flags.NoUpdate
        )

    def _unfold(self) -> None:
        """Tables show their records, and few records their fields, but for what was folded by hand."""
        model = self.model
        few = model.differences is not None and model.differences.n <= UNFOLDED_AT_FIRST
        with QSignalBlocker(self.view):
            for n, section in enumerate(model.sections):
                top = model.index(n, 0)
                self.view.setExpanded(top, not self._folded.get(Piece(section.table), False))
                rows = {row for row in range(len(section)) if section.how(row) == "changed"} if few else set()
                for piece, folded in self._folded.items():
                    row = section.place(piece.id) if piece.table == section.table and piece.id else None
                    if row is not None:
                        (rows.discard if folded else rows.add)(row)
                for row in rows:
                    self.view.setExpanded(model.index(row, 0, top), True)

    def _was_folded(self, index: QModelIndex, *, on: bool) -> None:
        piece = self.model.piece(index)
        if piece is not None:
            self._folded[piece] = on

    # what is asked for

    @property
    def chosen(self) -> list[Piece]:
        """The pieces that are selected."""
        pieces = [self.model.piece(index) for index in self.view.selectionModel().selectedRows()]
        return [piece for piece in pieces if piece is not None]

    def revert_selected(self) -> None:
        """Ask to take back what is selected."""
        if chosen := self.chosen:
            self.revert_wanted.emit(chosen)

    def revert_all(self) -> None:
        """Ask to take back everything."""
        if self.model.sections:
            self.revert_wanted.emit([Piece(section.table) for section in self.model.sections])

    def menu(self) -> QMenu:
        """What can be done with what is selected."""
        menu, chosen, differences = QMenu(self), self.chosen, self.model.differences
        if chosen and differences is not None:
            said = differences.said(chosen[0]) if len(chosen) == 1 else f"{len(chosen):,} changes"
            revert = menu.addAction(f"Revert {said}".replace("&", "&&"))
            revert.setShortcut(Qt.Key.Key_Delete)
            revert.triggered.connect(self.revert_selected)
            go = menu.addAction("Show it in the picture")
            go.setShortcut(Qt.Key.Key_Return)
            go.setEnabled(len(chosen) == 1 and self._can_go(chosen[0]))
            go.triggered.connect(lambda: self.wanted.emit(chosen[0].table, chosen[0].id))
            menu.addSeparator()
        menu.addAction("Revert all").triggered.connect(self.revert_all)
        return menu

    def _pop_up(self, at: QPoint) -> None:
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.view.viewport().mapToGlobal(at))

    def _can_go(self, piece: Piece) -> bool:
        now = self.model.differences.now if self.model.differences is not None else None
        return bool(piece.id) and now is not None and now.position(piece.table, piece.id) is not None

    def _go(self, index: QModelIndex) -> None:
        """To the record; a table is folded or unfolded, the line that counts the rest shows more."""
        piece = self.model.piece(index)
        if piece is None:
            self._show_more(index)
        elif not piece.id:
            first = index.siblingAtColumn(0)
            self.view.setExpanded(first, not self.view.isExpanded(first))
        elif self._can_go(piece):
            self.wanted.emit(piece.table, piece.id)

    def _show_more(self, index: QModelIndex) -> None:
        """List more of a table; what is in sight stays, and the first of what was added is current."""
        at, row, table = self.view.verticalScrollBar().value(), index.row(), index.parent().row()
        self.model.show_more(index)
        self._unfold()
        self.view.setCurrentIndex(self.model.index(row, 0, self.model.index(table, 0)))
        self.view.verticalScrollBar().setValue(at)

    def _enable(self) -> None:
        self.revert.setEnabled(bool(self.chosen))
