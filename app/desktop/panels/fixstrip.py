"""The ways out of an issue, as buttons below the list and as a menu."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QSizePolicy, QWidget

from app.analysis.fixing import Fix
from app.desktop.chrome import lettered
from app.desktop.flow import FlowLayout
from app.domain.edit import Edit
from app.render.theme import Theme

NONE = "Only you can know what is right here."
EDIT = "Edit the record …"


class FixStrip(QWidget):
    """Offers fixes, each alone and, where that is the same and safe, for all records at once."""

    wanted = Signal(object)
    """The Edit of a fix."""
    edit_wanted = Signal()
    """The record shall be edited by hand."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("fixes")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Fixes")
        self.fixes: Sequence[Fix] = ()
        self._can_edit = False
        self.head = QLabel("Fix")
        self.head.setObjectName("hint")
        self.effect = QLabel()
        self.effect.setObjectName("hint")
        self.effect.setWordWrap(True)
        self.effect.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._buttons = QWidget()
        self._flow = FlowLayout(self._buttons, 6)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self._buttons.setSizePolicy(policy)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 12, 8)
        row.setSpacing(10)
        row.addWidget(self.head, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._buttons, 3)
        row.addWidget(self.effect, 2)

    def show_fixes(self, fixes: Sequence[Fix], *, can_edit: bool) -> None:
        """Offer the fixes of an issue. can_edit: whether its record can be edited by hand."""
        self.fixes, self._can_edit = fixes, can_edit
        self._flow.clear()
        for fix in fixes:
            self._add(fix.label, fix.effect).clicked.connect(lambda _=False, e=fix.edit: self.wanted.emit(e))
        for words, effect, edit in self._wide():
            self._add(words, effect).clicked.connect(lambda _=False, e=edit: self.wanted.emit(e))
        if can_edit:
            self._add(EDIT, "opens the record").clicked.connect(lambda: self.edit_wanted.emit())
        self.head.setText("Fix" if fixes or can_edit else NONE)
        self._say(fixes[0].effect if fixes else "")
        self.updateGeometry()

    def show_theme(self, theme: Theme) -> None:
        """Type and colours of a theme."""
        self.head.setFont(lettered(self.font(), 12, 500))
        self.setStyleSheet(f"#fixes {{ border-top: 1px solid {theme.line.hex}; }}")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What a button would do stands beside them as soon as the pointer or the keyboard is on it."""
        if event.type() in (QEvent.Type.Enter, QEvent.Type.FocusIn) and isinstance(watched, QPushButton):
            self._say(watched.toolTip())
        return super().eventFilter(watched, event)

    def _wide(self) -> Iterator[tuple[str, str, Edit]]:
        """What can be done for all records at once: words, effect and edit, each once."""
        seen = set()
        for fix in self.fixes:
            if fix.everywhere is not None and fix.everywhere.name not in seen:
                name = fix.everywhere.name
                seen.add(name)
                effect = f"{fix.n:,} records are changed, in one step"
                yield f"All {fix.n:,}: {name[0].lower()}{name[1:]}", effect, fix.everywhere

    def menu(self) -> QMenu:
        """The same as a menu, the first fix ready for Enter."""
        menu = QMenu(self)
        for fix in self.fixes:
            self._entry(menu, fix.label, fix.edit)
        for n, (words, _, edit) in enumerate(self._wide()):
            if n == 0:
                menu.addSeparator()
            self._entry(menu, words, edit)
        if self._can_edit:
            menu.addSeparator()
            menu.addAction(EDIT).triggered.connect(lambda: self.edit_wanted.emit())
        if not menu.actions():
            menu.addAction(NONE).setEnabled(False)
        menu.setActiveAction(menu.actions()[0])
        return menu

    def _entry(self, menu: QMenu, words: str, edit: Edit) -> None:
        menu.addAction(words.replace("&", "&&")).triggered.connect(lambda: self.wanted.emit(edit))

    def _add(self, words: str, effect: str) -> QPushButton:
        button = QPushButton(words.replace("&", "&&"), self._buttons)
        button.setToolTip(effect)
        button.setAccessibleName(f"{words}: {effect}")
        button.installEventFilter(self)
        self._flow.addWidget(button)
        button.show()
        return button

    def _say(self, effect: str) -> None:
        self.effect.setText(effect)
        self.effect.setToolTip(effect)
