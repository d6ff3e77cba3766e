"""The canvas: a picture that one can point at, select in, drag, travel through by keyboard and hear read out.

It never changes what is shown: it asks, by signals, and shows what it is given.
"""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from app.desktop import accessible
from app.desktop import camera as moves
from app.desktop.chrome import qcolor
from app.desktop.dragging import Dragging
from app.desktop.gestures import Gestures
from app.desktop.hovercard import HoverCard
from app.desktop.minimap import MiniMap
from app.desktop.picking import Box, Sight
from app.desktop.pictureview import PictureView
from app.desktop.travelling import Travelling
from app.pictures.chart_world import FOLD
from app.pictures.note_twin import annotated_twin
from app.pictures.notes import NOTE
from app.pictures.shown import Shown
from app.pictures.shown_careers import CareersShown
from app.pictures.shown_multiples import Tiled
from app.pictures.shown_seats import ChartShown
from app.render.palette import Level
from app.render.theme import Theme
from app.scene.camera import Camera
from app.scene.scene import Scene
from app.scene.twin import NOTHING, Twin
from app.session.clock import Clock

SHOW_CARD, HIDE_CARD = 120, 200
PAN_STEP = 60.0
AROUND = 60.0
"""World units around what one goes to."""


class Cover(Protocol):
    """What lies over the middle of the canvas and shows its picture in its place."""

    def zoom(self, factor: float) -> None:
        """Larger or smaller."""

    def fit_all(self) -> None:
        """Show the whole."""

    def go_to(self, keys: tuple[str, ...]) -> None:
        """Bring what stands for keys into sight."""


class Canvas(PictureView):
    """One picture on screen, to work with."""

    hovered = Signal(str)
    """The key that the pointer is on, blank for none."""
    focus_wanted = Signal(object)
    """The keys that shall be selected: after a click, a rubber band or Escape."""
    put = Signal(str, float, float)
    """An organization was dragged: its id, and where to, as share of the map's width and height."""
    fold_wanted = Signal(str, bool)
    """The box of a key shall fold what is below it, or unfold it; with all on its level."""
    menu_wanted = Signal(str, QPoint)
    """A menu for the mark of a key (blank for the ground) at a place of the screen."""
    dropped = Signal(object, object, QPoint)
    """A mark was carried onto another one: the Targets, the Drop, and the place of the screen."""
    day_wanted = Signal(int)
    """The moving picture shall be shown on a day: that on which the period of a tile ends."""
    opened = Signal(str)
    """What is written on the picture was clicked twice: its key."""
    told = Signal(str)
    """What is happening on the canvas, for the status line; blank when it is over."""
    _told: tuple[Scene, Twin] | None = None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.travelling = Travelling(self, self)
        self.setAccessibleName("Picture")
        self.focus: tuple[str, ...] = ()
        self.meant: tuple[str, ...] = ()
        """What stands for the selection in this picture."""
        self._lit: list[tuple[Scene, tuple[str, ...], tuple[tuple[int, ...], tuple[int, ...]]]] = []
        self._gestures = Gestures(self)
        self.dragging = Dragging(self)
        self._hover = ""
        self._card_at = QPointF()
        self._by_keys = False
        self._card = HoverCard(self)
        self._card_timer = QTimer(self)
        self._card_timer.setSingleShot(True)
        self._card_timer.timeout.connect(self._turn_card)
        self.minimap = MiniMap(self)
        self.minimap.wanted.connect(self.set_camera)
        self.cover: Cover | None = None
        """What shows the picture in place of the canvas, which shows header and foot then."""

    # what it shows

    def show_picture(self, shown: Shown, camera: Camera | None = None) -> None:
        """Show another picture (or the same one laid out anew), through another camera or the one there is."""
        self._set_hover("", QPointF())
        if not self.dragging.keeps(shown):
            self._gestures.give_up()
        super().show_picture(shown, camera)
        self.setAccessibleName(shown.name)
        self._show_overview()
        if not self.clock.playing:
            accessible.told_changed(self)

    def show_theme(self, theme: Theme) -> None:
        """Show the same in another theme."""
        self._card.hide()
        super().show_theme(theme)
        self._show_overview()

    def show_clock(self, clock: Clock) -> None:
        """Show another moment; screen readers hear of one that stands."""
        super().show_clock(clock)
        if not clock.playing:
            accessible.told_changed(self)

    def _show_overview(self) -> None:
        """The overview map of a chart, in its corner."""
        self.minimap.show_picture(self.shown if isinstance(self.shown, ChartShown) else None, self.theme)
        self._place_overview()

    def _place_overview(self) -> None:
        foot = self.shown.frame.foot if self.shown is not None else None
        self.minimap.show_camera(self.camera, (float(self.width()), float(self.height())))
        self.minimap.stand(self.size(), foot[3] if foot is not None else 0.0)

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Zoom by a factor at a place of the widget, or smoothly at its middle."""
        if self.cover is not None:
            self.cover.zoom(factor)
        else:
            super().zoom(factor, at)

    def fit(self) -> None:
        """Show the whole picture."""
        if self.cover is not None:
            self.cover.fit_all()
        else:
            super().fit()

    def _look(self, camera: Camera) -> None:
        """Look at another part of the picture; the overview map shows which."""
        super()._look(camera if self.cover is None else self.home)
        self._place_overview()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The overview map keeps its corner."""
        super().resizeEvent(event)
        self._place_overview()

    def _paint_above(self, painter: QPainter) -> None:
        """The rubber band or what is carried, the ring of the keyboard, the outline of the focus."""
        self._gestures.paint(painter)
        self.dragging.paint(painter)
        self.travelling.paint(painter)
        if self._by_keys:
            painter.setPen(QPen(qcolor(self.theme.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))

    def key_at(self, x: float, y: float) -> str:
        """What lies at a place of the widget: the key of a dot, a flow, an organization, …; blank for nothing."""
        sight = self._sight
        return sight.key_at(x, y) if sight is not None else ""

    def keys_in(self, area: QRectF) -> tuple[str, ...]:
        """The keys of organizations, flows and people that an area of the widget touches."""
        sight = self._sight
        return sight.keys_in(area) if sight is not None else ()

    @property
    def _sight(self) -> Sight | None:
        if self._scene is None or self.shown is None:
            return None
        return Sight(self.shown, self._scene, self.camera, self.frame)

    def click(self, key: str, *, adding: bool, whole: bool) -> None:
        """What a click on a mark means: it is selected, or what folds a box is turned. whole: with all on its level."""
        if key.startswith(FOLD):
            self.fold_wanted.emit(key.removeprefix(FOLD), whole)
        else:
            self.choose((key,) if key else (), adding=adding)

    def choose(self, keys: tuple[str, ...], *, adding: bool) -> None:
        """Ask for these keys to be selected; adding: beside what is selected, one that is selected already no more."""
        if not adding:
            self.focus_wanted.emit(keys)
        elif len(keys) == 1 and keys[0] in self.focus:
            self.focus_wanted.emit(tuple(key for key in self.focus if key != keys[0]))
        else:
            self.focus_wanted.emit((*self.focus, *(key for key in keys if key not in self.focus)))

    def show_focus(self, keys: tuple[str, ...], meant: tuple[str, ...] | None = None) -> None:
        """Show what is selected. meant: what stands for it in this picture, where that is something else."""
        meant = keys if meant is None else meant
        if (keys, meant) != (self.focus, self.meant):
            self.focus, self.meant = keys, meant
            accessible.told_selection(self)
            self.update()

    def radius_of(self, key: str) -> float:
        """The radius of an organization's disc on screen; 0 for what is not drawn as one."""
        at = self._node(key)
        return float(self.picture.layout.radii[at]) * self.camera.scale if self.picture and at is not None else 0.0

    def held_in_map(self, at: QPointF) -> QPointF:
        """The place of the widget nearest to one, that lies in the map."""
        if self.picture is None:
            return at
        x, y, w, h = self.picture.frame.map
        wx, wy = self.camera.to_world(at.x(), at.y())
        return QPointF(*self.camera.to_view(min(max(wx, x), x + w), min(max(wy, y), y + h)))

    def put_down(self, key: str, at: QPointF) -> None:
        """Ask for an organization to be pinned at a place of the widget."""
        if self.picture is None or self._node(key) is None:
            return
        x, y, w, h = self.picture.frame.map
        held = self.held_in_map(at)
        wx, wy = self.camera.to_world(held.x(), held.y())
        self.put.emit(key.partition(":")[2], (wx - x) / w, (wy - y) / h)

    def go_to(self, keys: tuple[str, ...]) -> None:
        """Bring the marks of these keys into sight, not nearer than needed."""
        if self.cover is not None:
            self.cover.go_to(keys)
            return
        box = self.shown.box_of(self._scene, keys) if self.shown is not None and self._scene is not None else None
        if box is not None:
            room = (box[0] - AROUND, box[1] - AROUND, box[2] + AROUND, box[3] + AROUND)
            closest = max(3.0 * self.home.scale, 1.0)
            self.glide_to(moves.around(room, (self.width(), self.height()), self.reach, closest))

    def _node(self, key: str) -> int | None:
        """The row of an organization in the layout."""
        table, _, organization = key.partition(":")
        ids = self.picture.layout.ids if self.picture is not None and table == "organizations" else ()
        return ids.index(organization) if organization in ids else None

    # what screen readers and the keyboard know of it

    @property
    def selection(self) -> tuple[str, ...]:
        """The keys of what is selected."""
        return self.focus

    @property
    def travelled(self) -> str:
        """The key of the mark that the keyboard is on; blank for none."""
        return self.travelling.key

    def marks(self) -> Twin:
        """What the picture says on the day shown, mark by mark."""
        if self.shown is None or self._scene is None:
            return NOTHING
        if self._told is None or self._told[0] is not self._scene:
            clock = self.clock
            told = self.shown.twin(self._scene, self.day, clock.mode.value, clock.window)
            self._told = (self._scene, annotated_twin(told, self._scene, self.shown.gathered))
        return self._told[1]

    def place(self, box: Box) -> QRect:
        """Where a box of the world (left, top, width, height) lies on the screen."""
        x0, y0 = self.camera.to_view(box[0], box[1])
        x1, y1 = self.camera.to_view(box[0] + box[2], box[1] + box[3])
        return QRectF(self.mapToGlobal(QPointF(x0, y0)), self.mapToGlobal(QPointF(x1, y1))).toAlignedRect()

    def select(self, key: str) -> None:
        """Ask for one mark to be selected; blank for none."""
        self.choose((key,) if key else (), adding=False)

    def travel(self, key: str) -> None:
        """Step onto a mark with the keyboard."""
        self.travelling.go(key)

    def _levels(self, scene: Scene) -> dict[int, Level]:
        """Emphasis of what is selected and of what the pointer is on, as far as a Scene has it."""
        shown = self.shown
        travelled = self.travelling.key if self.hasFocus() else ""
        if shown is None or not (self.focus or self._hover or travelled):
            return {}
        lit = next((rows for of, keys, rows in self._lit if of is scene and keys == self.meant), None)
        if lit is None:
            lit = (shown.lit(scene, self.meant), shown.lit(scene, self._path_of(self.meant)))
            self._lit = [*self._lit[-1:], (scene, self.meant, lit)]  # the still's and the dots'
        levels = {**dict.fromkeys(lit[1], Level.FOCUS), **dict.fromkeys(lit[0], Level.SELECTED)}
        for key in (travelled, self._hover):
            rows = (scene.keys.index(key),) if key in scene.keys else shown.lit(scene, (key,)) if key else ()
            levels.update(dict.fromkeys(rows, Level.HOVER))
        return levels

    def _path_of(self, keys: tuple[str, ...]) -> tuple[str, ...]:
        """What leads from the one selected mark to the top; nothing for several."""
        return self.shown.path(keys[0]) if self.shown is not None and len(keys) == 1 else ()

    # pointer and keys

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the pointer; with Shift, pan. Careers, which are a list, are scrolled; with Control they zoom."""
        turned = event.angleDelta()
        if isinstance(self.shown, CareersShown) and not event.modifiers():
            self.set_camera(moves.panned(self.camera, 0, turned.y() / 2))
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.set_camera(moves.panned(self.camera, turned.y() / 2 + turned.x() / 2, 0))
        elif turned.y():
            self.zoom(moves.STEP ** (turned.y() / 120), event.position())
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Pinch on a touch pad zooms; keys that travel belong to the canvas."""
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self.zoom(1 + event.value(), event.position())
            return True
        pressed = event if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) else None
        if pressed is not None and self.travelling.wants(pressed):  # the window has commands on some of these keys
            pressed.accept()
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to click, pan, carry or draw a band."""
        if self._gestures.press(event):
            self._card.hide()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with what was begun, or light up what lies below."""
        if self._gestures.busy:
            self._gestures.move(event)
        else:
            self._set_hover(self.key_at(event.position().x(), event.position().y()), event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End what was begun."""
        if self._gestures.busy:
            self._gestures.release(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of what lies below the pointer; by the key, of what one has travelled to or selected."""
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            key = self.travelled or (self.focus[-1] if self.focus else "")
        else:
            key = self.key_at(event.pos().x(), event.pos().y())
        self._card_timer.stop()
        self._card.hide()
        self.menu_wanted.emit(key, event.globalPos())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Zoom in at the pointer; with Shift, out. On the ground of a tile, go to the end of its period; on a note,
        have it opened."""
        self._gestures.give_up()
        at = event.position()
        if (key := self.key_at(at.x(), at.y())).startswith(NOTE):
            self.opened.emit(key)
            return
        day = self._end_at(at) if not event.modifiers() and not key else None
        if day is not None:
            self.day_wanted.emit(day)
            return
        out = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self.zoom(1 / moves.STEP**2 if out else moves.STEP**2, at)

    def _end_at(self, at: QPointF) -> int | None:
        """The last day of the period whose tile lies at a place of the widget; None where there is no tile."""
        shown = self.shown
        return shown.last_day(*self.camera.to_world(at.x(), at.y())) if isinstance(shown, Tiled) else None

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing is carried over what is not seen."""
        self._gestures.give_up()
        super().hideEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is below the pointer any more."""
        self._set_hover("", QPointF())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Travel; Ctrl, Shift and arrows pan; Escape gives up a drag or clears the selection."""
        escape = event.key() == Qt.Key.Key_Escape
        if (escape and self._gestures.give_up()) or self.travelling.press(event):
            return
        if escape and self.focus:
            self.focus_wanted.emit(())
            return
        steps = {Qt.Key.Key_Left: (1, 0), Qt.Key.Key_Right: (-1, 0), Qt.Key.Key_Up: (0, 1), Qt.Key.Key_Down: (0, -1)}
        key, held = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in steps and held == Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier:
            x, y = steps[key]
            self.set_camera(moves.panned(self.camera, x * PAN_STEP, y * PAN_STEP))
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """An outline shows the focus to whoever came by the keyboard."""
        accessible.told_focus(self, self.travelled)
        self._by_keys = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """No outline any more."""
        self._by_keys = False
        self.update()

    def _set_hover(self, key: str, at: QPointF) -> None:
        if key == self._hover:
            return
        self._hover, self._card_at = key, at
        self.hovered.emit(key)
        self._card_timer.start(SHOW_CARD if key else HIDE_CARD)
        self.update()

    def _turn_card(self) -> None:
        """Show the card of what the pointer is on, or hide it."""
        scene, shown, palette = self._scene, self.shown, self._palette
        if not self._hover or scene is None or shown is None or palette is None:
            self._card.hide()
            return
        at = self._card_at
        x, y = self.camera.to_world(at.x(), at.y())
        told = shown.card(scene, self._hover, self.day, x, y, self.camera.scale)
        if told is None:
            self._card.hide()
            return
        self._card.tell(told, self.theme, palette)
        self._card.stand_beside(at)


accessible.install(Canvas)
