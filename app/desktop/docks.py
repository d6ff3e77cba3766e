"""The docks of a window and its bars: where they stand; docks can be shown, hidden, moved and are found again."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtWidgets import QDockWidget, QSizePolicy, QTabWidget, QToolBar, QToolButton, QWidget

from app.desktop.actions import Actions
from app.desktop.chrome import lettered, qcolor
from app.desktop.frame import Frame
from app.desktop.icons import icon
from app.render.theme import Theme

EVIDENCE_WIDTH, TABLES_HEIGHT, RECORDS_HEIGHT = 332, 190, 280
BAR = (
    "file.open",
    "file.save",
    "",
    "go.back",
    "go.forward",
    "",
    "edit.undo",
    "edit.redo",
    "",
    "view.fit",
    "view.evidence",
    "view.tables",
    "view.issues",
    "",
    "file.export",
)
WORDED = ("view.evidence", "view.tables", "view.issues", "file.export")
"""Buttons that carry their word beside the icon."""


class Docks:
    """Evidence and history at the right; tables, records, issues and changes below, one behind the other; the tool bar
    above, the time bar under everything."""

    def __init__(
        self,
        frame: Frame,
        evidence: QWidget,
        tables: QWidget,
        records: QWidget,
        issues: QWidget,
        claims: QWidget,
        compare: QWidget,
        history: QWidget,
        changes: QWidget,
        time: QWidget,
    ) -> None:
        self._frame = frame
        self._act = frame.actions_by_id
        right, below = Qt.DockWidgetArea.RightDockWidgetArea, Qt.DockWidgetArea.BottomDockWidgetArea
        frame.setCorner(Qt.Corner.BottomRightCorner, right)
        self.evidence = self._dock("Says who?", "evidence", evidence, right)
        self.tables = self._dock("Tables", "tables", tables, below)
        self.records = self._dock("Records", "records", records, below)
        self.issues = self._dock("Issues", "issues", issues, below)
        self.claims = self._dock("Claims", "claims", claims, below)
        self.compare = self._dock("Compare", "compare", compare, below)
        self.history = self._dock("History", "history", history, right)
        self.changes = self._dock("Changes", "changes", changes, below)
        self._right: tuple[QDockWidget, ...] = (self.evidence, self.history)
        self._all: tuple[QDockWidget, ...] = (
            *self._right,
            self.tables,
            self.records,
            self.issues,
            self.claims,
            self.compare,
            self.changes,
        )
        for one, behind in (
            (self.tables, self.records),
            (self.records, self.issues),
            (self.issues, self.claims),
            (self.claims, self.compare),
            (self.compare, self.changes),
            self._right,
        ):
            frame.tabifyDockWidget(one, behind)
        for area in (below, right):
            frame.setTabPosition(area, QTabWidget.TabPosition.North)
        self.bar = QToolBar("Tool bar", frame)
        self.bar.setObjectName("toolbar")
        self.bar.setIconSize(QSize(16, 16))
        self.bar.setMovable(False)
        self._fill_bar()
        frame.addToolBar(self.bar)
        self.bar.show()
        self._act["view.toolbar"].setChecked(True)
        self._act["view.toolbar"].toggled.connect(self.bar.setVisible)
        self.bar.visibilityChanged.connect(lambda _: self._act["view.toolbar"].setChecked(not self.bar.isHidden()))
        self.time = QToolBar("Time", frame)
        self.time.setObjectName("timeline")
        self.time.setMovable(False)
        self.time.toggleViewAction().setVisible(False)
        self.time.addWidget(time)
        self.time.setFixedHeight(time.height())
        if (layout := self.time.layout()) is not None:
            layout.setContentsMargins(0, 0, 0, 0)
        frame.addToolBar(Qt.ToolBarArea.BottomToolBarArea, self.time)
        for dock in self._all:
            dock.hide()

    def _dock(self, title: str, name: str, widget: QWidget, area: Qt.DockWidgetArea) -> QDockWidget:
        dock = QDockWidget(title, self._frame)
        dock.setObjectName(name)
        dock.setWidget(widget)
        self._frame.addDockWidget(area, dock)
        action = self._act[f"view.{name}"]
        action.triggered.connect(lambda on: self.show(dock) if on else dock.hide())
        dock.visibilityChanged.connect(lambda _: action.setChecked(not dock.isHidden()))
        return dock

    def beside(self, title: str, name: str, widget: QWidget) -> QDockWidget:
        """One more dock at the right, behind those that are there."""
        made = self._dock(title, name, widget, Qt.DockWidgetArea.RightDockWidgetArea)
        self._frame.tabifyDockWidget(self._right[-1], made)
        self._right, self._all = (*self._right, made), (*self._all, made)
        made.hide()
        return made

    def show(self, dock: QDockWidget) -> None:
        """Show a dock, before those that it shares its place with, at a size that shows something."""
        was_hidden = dock.isHidden()
        dock.show()
        dock.raise_()
        if was_hidden:
            at_right = dock in self._right
            way = Qt.Orientation.Horizontal if at_right else Qt.Orientation.Vertical
            height = RECORDS_HEIGHT if dock is self.records else TABLES_HEIGHT
            self._frame.resizeDocks([dock], [EVIDENCE_WIDTH if at_right else height], way)

    def show_theme(self, theme: Theme) -> None:
        """Icons and type in the theme's colours."""
        self.find.setIcon(icon("search", qcolor(theme.ink3).name()))
        self.find.setFont(lettered(self.find.font(), 12, 430))

    @property
    def docks(self) -> tuple[QDockWidget, ...]:
        """All docks, shown or hidden."""
        return self._all

    @property
    def state(self) -> QByteArray:
        """Where all stands, as Qt writes it."""
        return self._frame.saveState()

    def restore(self, state: QByteArray) -> bool:
        """Put all where it stood; whether the state could be read."""
        done = not state.isEmpty() and self._frame.restoreState(state)
        for bar in (self.bar, self.time):
            bar.setMovable(False)
        self._act["view.toolbar"].setChecked(not self.bar.isHidden())
        return done

    def show_all(self, *, there: bool) -> None:
        """Show the time bar, or hide it with all docks where there is no document."""
        self.time.setVisible(there)
        if not there:
            for dock in self._all:
                dock.hide()

    def _fill_bar(self) -> None:
        for name in BAR:
            if not name:
                self.bar.addSeparator()
                continue
            self.bar.addAction(self._act[name])
            button = self.bar.widgetForAction(self._act[name])
            if isinstance(button, QToolButton):
                beside = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
                button.setToolButtonStyle(beside if name in WORDED else Qt.ToolButtonStyle.ToolButtonIconOnly)
                button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
                button.setAccessibleName(self._act[name].text().replace("&", "").removesuffix(" …"))
        gap = QWidget()
        gap.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.bar.addWidget(gap)
        self.find = QToolButton()
        self.find.setObjectName("find")
        self.find.setText(f"Find a person, a seat, an organization   {Actions.keys_of(self._act['go.find'])}")
        self.find.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.find.setToolTip(self._act["go.find"].toolTip())
        self.find.setAccessibleName("Find a person, a seat, an organization or a command")
        self.find.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.find.clicked.connect(self._act["go.find"].trigger)
        self.bar.addWidget(self.find)
