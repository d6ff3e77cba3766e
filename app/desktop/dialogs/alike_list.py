"""The list of groups of records that may be one: names, why, and how likely, the likeliest first."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.analysis.duplicates import Alike
from app.desktop.chrome import qcolor, scaled
from app.desktop.models.alike import AlikeModel
from app.desktop.panels.rows import BODY, NAMES, metrics_of
from app.render.text import font
from app.render.theme import LIGHT, Theme

ROW, HEAD, PAD = 46, 28, 12
"""Pixels of a group, of the word above groups, and left and right of both."""
BY_HAND = 0
"""The score of what was put together by hand: none is shown."""


class AlikeList(QListView):
    """Says which group is looked at; Enter goes on to its comparison."""

    looked_at = Signal(object)
    """The group (Alike) at which the keyboard or the pointer is now; None for none."""
    entered_group = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model_ = AlikeModel(self)
        self.cell = AlikeCell(self)
        self.setModel(self.model_)
        self.setItemDelegate(self.cell)
        self.setAccessibleName("Possible duplicates")
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.selectionModel().currentChanged.connect(lambda now, _: self.looked_at.emit(self.model_.group(now.row())))

    @property
    def group(self) -> Alike | None:
        """The group that is looked at."""
        return self.model_.group(self.currentIndex().row())

    def look_at(self, group: Alike | None, otherwise: int = 0) -> None:
        """Go to a group, or, where it is gone, to the one that stands at a row now or next to it."""
        row = self.model_.row_of(group) if group is not None else -1
        n = self.model_.rowCount()
        if row < 0:
            near = [*range(min(otherwise, n), n), *range(min(otherwise, n) - 1, -1, -1)]
            row = next((at for at in near if self.model_.group(at) is not None), -1)
        index = self.model_.index(row, 0)
        self.setCurrentIndex(index)
        if index.isValid():
            self.scrollTo(index)

    def show_theme(self, theme: Theme) -> None:
        """In the colours of a theme."""
        self.cell.theme = theme
        self.setStyleSheet(f"QListView {{ background: {theme.surface.hex}; border: 0; }}")
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on to the comparison."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() and self.group is not None:
            self.entered_group.emit()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Nothing: letters are keys of buttons."""


class AlikeCell(QStyledItemDelegate):
    """Paints a group in two lines, or the word above groups."""

    def __init__(self, parent: QListView) -> None:
        super().__init__(parent)
        self.theme: Theme = LIGHT
        self._view = parent

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Groups are all as high."""
        model = index.model()
        assert isinstance(model, AlikeModel)
        return QSize(scaled(160), scaled(HEAD if model.group(index.row()) is None else ROW))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """One row."""
        model = index.model()
        assert isinstance(model, AlikeModel)
        entry, rect, theme = model.entries[index.row()], option.rect, self.theme
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(rect, qcolor(theme.surface))
        if entry.group is None:
            painter.setFont(font(10.5, 600, 0.06))
            painter.setPen(qcolor(theme.ink3))
            painter.drawText(QPointF(rect.left() + scaled(PAD), rect.bottom() - scaled(8)), entry.words.upper())
            painter.restore()
            return
        is_here = index == self._view.currentIndex()
        if is_here or option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, qcolor(theme.accentbg if is_here else theme.sunken))
        if is_here:
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), qcolor(theme.accent))
        right = rect.right() - scaled(PAD)
        if entry.group.score != BY_HAND:
            right -= self._score(painter, rect, right, str(entry.group.score)) + scaled(10)
        left = rect.left() + scaled(PAD)
        self._text(painter, left, rect.top() + scaled(19), right, entry.words, 12.5, NAMES, is_here)
        reasons = "; ".join(entry.group.reasons)
        self._text(painter, left, rect.top() + scaled(36), rect.right() - scaled(PAD), reasons, 11, BODY, None)
        if is_here and self._view.hasFocus():
            painter.setPen(QPen(qcolor(theme.accent), 1.5))
            painter.drawRoundedRect(QRectF(rect).adjusted(1.5, 1.5, -1.5, -1.5), 4, 4)
        painter.restore()

    def _score(self, painter: QPainter, rect: QRect, right: int, text: str) -> int:
        """How likely, at the right; its width."""
        width = round(metrics_of(12, 650).horizontalAdvance(text))
        painter.setFont(font(12, 650))
        painter.setPen(qcolor(self.theme.ink2))
        painter.drawText(QPointF(right - width, rect.top() + scaled(19)), text)
        return width

    def _text(
        self, painter: QPainter, left: int, y: int, right: int, text: str, size: float, weight: int, lit: bool | None
    ) -> None:
        painter.setFont(font(size, weight))
        painter.setPen(qcolor(self.theme.ink3 if lit is None else self.theme.accent if lit else self.theme.ink))
        elided = metrics_of(size, weight).elidedText(text, Qt.TextElideMode.ElideRight, right - left)
        painter.drawText(QPointF(left, y), elided)
