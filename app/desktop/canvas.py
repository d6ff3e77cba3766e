"""The canvas: shows a flow map on the clock's day, through a camera, with people in motion.

It knows a picture, a clock and a theme, and tells what the pointer is on. Still layers come from `Stills`; dots are
painted anew each frame, in one call.
"""

from __future__ import annotations

import time

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.desktop import camera as moves
from app.desktop.chrome import qcolor
from app.desktop.hovercard import SHADOW, HoverCard
from app.desktop.stills import Stills
from app.pictures.cards import card
from app.pictures.flowmap import FlowMap
from app.render.painter import ScenePainter
from app.render.palette import Level, Palette
from app.render.theme import LIGHT, Theme
from app.render.widths import measure
from app.scene import motion as moving
from app.scene.camera import HOME, Camera
from app.scene.pick import Picker, nearest
from app.scene.scene import Scene
from app.session.clock import Clock, Mode

TICK = 16
"""Milliseconds between frames while something moves."""
REFILL = 0.25
"""Seconds between two fillings of the ribbons while time plays."""
SLICE = 0.004
"""Seconds a frame may spend on the next still; with the dots and two blits it stays below a frame."""
SHOW_CARD, HIDE_CARD = 120, 200
PAN_STEP = 60.0
CLICK = 5.0
"""Pixels that the pointer may move between press and release of a click."""


class Canvas(QWidget):
    """One flow map on screen."""

    ticked = Signal(float)
    """A frame has passed: seconds since the last one. Whoever owns the clock moves it on."""
    resized = Signal(QSize)
    hovered = Signal(str)
    """The key that the pointer is on, blank for none."""
    selected = Signal(str)
    """The key that was clicked, blank for the ground or after Escape."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(560, 320)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName("Flow map")
        self.camera = HOME
        self.theme: Theme = LIGHT
        self.picture: FlowMap | None = None
        self.clock = Clock(0.0, (0.0, 0.0))
        self.frame: moving.Frame | None = None
        self._scene: Scene | None = None
        self._stills = Stills()
        self._dots: ScenePainter | None = None
        self._picker: tuple[Scene, Picker] | None = None
        self._palette: Palette | None = None
        self._filled = 0.0
        self._last = 0.0
        self._hover = ""
        self._drag: QPointF | None = None
        self._pressed: QPointF | None = None
        self.selection = ""
        self._by_keys = False
        self._card = HoverCard(self)
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._card_timer = QTimer(self)
        self._card_timer.setSingleShot(True)
        self._card_timer.timeout.connect(self._turn_card)

    # what it shows

    def show_picture(self, picture: FlowMap) -> None:
        """Show another picture (or the same one laid out anew); the camera stays."""
        self.picture = picture
        self._dots = None
        self._palette = None
        self._set_hover("", QPointF())
        self.refresh()

    def show_theme(self, theme: Theme) -> None:
        """Show the same in another theme."""
        self.theme = theme
        self._dots = None
        self._palette = None
        self._card.hide()
        self.refresh()

    def show_clock(self, clock: Clock) -> None:
        """Show another moment. While time plays, ribbons fill four times a second; a day set by hand shows at once."""
        was, self.clock = self.clock, clock
        due = not self._stills.busy and time.perf_counter() - self._filled >= REFILL
        if due or not clock.playing or was.playing != clock.playing or was.mode != clock.mode:
            self._fill()
        self._place_dots()
        self._go_on()
        self.update()

    def refresh(self) -> None:
        """Paint everything anew."""
        self._fill()
        self._place_dots()
        self._go_on()
        self.update()

    @property
    def day(self) -> float | None:
        """The day shown; None where the clock stands at the end and everything is shown, the undated too."""
        return None if self.clock.at_end and not self.clock.playing else self.clock.day

    @property
    def scene(self) -> Scene | None:
        """The Scene of the day shown."""
        return self._scene

    def key_at(self, x: float, y: float) -> str:
        """What lies at a place of the widget: the key of a dot, a flow, an organization, …; blank for nothing."""
        scene, picture = self._scene, self.picture
        if scene is None or picture is None:
            return ""
        wx, wy = self.camera.to_world(x, y)
        motion = picture.prepared.motion
        if motion is not None and self.frame is not None:
            at = nearest(self.frame.xy, wx, wy, 6.0 / self.camera.scale)
            if at >= 0 and (key := int(motion.key[self.frame.row[at]])) >= 0:
                return scene.keys[key]
        if self._picker is None or self._picker[0] is not scene:
            self._picker = (scene, Picker(scene, measure))
        hits = self._picker[1].at(wx, wy, scale=self.camera.scale)
        return scene.keys[hits[0].key] if hits else ""

    def select(self, key: str) -> None:
        """Select the mark of a key, blank for none."""
        if key != self.selection:
            self.selection = key
            self.selected.emit(key)
            self.update()

    # camera

    def set_camera(self, camera: Camera) -> None:
        """Look at another part of the picture."""
        self.camera = moves.held(camera, (self.width(), self.height()))
        self._want_still()
        self._go_on()
        self.update()

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Zoom by a factor at a place of the widget, or at its middle."""
        point = at if at is not None else QPointF(self.width() / 2, self.height() / 2)
        self.set_camera(moves.zoomed(self.camera, factor, point.x(), point.y()))

    def fit(self) -> None:
        """Show the whole picture."""
        self.set_camera(HOME)

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, still layers, dots, what the pointer is on, then header and foot."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not self._timer.isActive())
        still, levels = self._stills.shown, self._levels()
        if still is None or still.camera != self.camera or still.world.deviceIndependentSize().toSize() != self.size():
            painter.fillRect(self.rect(), qcolor(self.theme.bg))
        self._stills.draw(painter, self.camera)
        if levels and still is not None:
            still.painter.paint(painter, camera=self.camera, part="overlay", emphasis=levels, frame=self.frame)
        if self._dots is not None and self.frame is not None:
            self._dots.paint(painter, camera=self.camera, part="moving", frame=self.frame, emphasis=levels or None)
        self._paint_page(painter)
        if self._by_keys:
            painter.setPen(QPen(qcolor(self.theme.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        painter.end()

    def _paint_page(self, painter: QPainter) -> None:
        """Header and foot, on ground of their own where the picture may lie below them."""
        if self.picture is None:
            return
        frame, width = self.picture.frame, float(self.width())
        bands = [QRectF(0, 0, width, frame.header_height + 2)]
        if frame.foot is not None:
            bands.append(QRectF(0, frame.foot[1] - 1, width, frame.foot[3] + 1))
        for band in bands:
            if not moves.is_home(self.camera):
                painter.fillRect(band, qcolor(self.theme.bg))
            self._stills.draw_page(painter, band)

    def _levels(self) -> dict[int, Level]:
        """Emphasis of the hovered key, if the Scene has it."""
        if self._scene is None:
            return {}
        keys = self._scene.keys
        levels = ((self.selection, Level.SELECTED), (self._hover, Level.HOVER))
        return {keys.index(key): level for key, level in levels if key and key in keys}

    # time

    def _fill(self) -> None:
        if self.picture is None:
            return
        self._filled = time.perf_counter()
        clock = self.clock
        self._scene = self.picture.scene(self.day, mode=clock.mode.value, window=clock.window, still=False)
        if self._palette is None or self._dots is None:
            self._palette = Palette(self.theme, self._scene.meta.colors)
            self._dots = ScenePainter(self._scene, self.theme, ground=False, palette=self._palette)
        self._want_still()

    def _place_dots(self) -> None:
        motion = self.picture.prepared.motion if self.picture is not None else None
        if motion is None:
            self.frame = None
            return
        clock = self.clock
        playing = clock.playing
        day = clock.day if self.day is not None else np.inf
        self.frame = moving.frame(
            motion,
            min(day, 1e9),
            days_per_second=clock.speed if playing else 0.0,
            mode=clock.mode.value,
            window_start=clock.day - clock.window,
        )
        self.frame = self.picture.thinned(self.frame) if self.picture is not None else self.frame

    def _want_still(self) -> None:
        if self._scene is not None and self._palette is not None and self.width() > 0:
            size = (self.width(), self.height())
            self._stills.want(self._scene, self.theme, self._palette, self.camera, size, self.devicePixelRatioF())

    def _go_on(self) -> None:
        """Keep frames coming while time plays or a still is under way."""
        if (self.clock.playing or self._stills.busy) and not self._timer.isActive():
            self._last = time.perf_counter()
            self._timer.start(TICK)

    def _tick(self) -> None:
        now = time.perf_counter()
        passed, self._last = now - self._last, now
        filled = self._filled
        if self.clock.playing:
            self.ticked.emit(min(passed, 0.25))
        new = filled == self._filled and self._stills.step(SLICE)  # a frame that made a scene has done enough
        if not self.clock.playing and not self._stills.busy:
            self._timer.stop()
        if new or self.clock.playing:
            self.update()

    # pointer and keys

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the pointer; with Shift, pan."""
        turned = event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.set_camera(moves.panned(self.camera, turned.y() / 2 + turned.x() / 2, 0))
        elif turned.y():
            self.zoom(moves.STEP ** (turned.y() / 120), event.position())
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Pinch on a touch pad zooms."""
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self.zoom(1 + event.value(), event.position())
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to pan."""
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            self._drag = self._pressed = event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self._card.hide()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pan, or light up what lies below."""
        if self._drag is not None:
            way = event.position() - self._drag
            self._drag = event.position()
            self.set_camera(moves.panned(self.camera, way.x(), way.y()))
            return
        self._set_hover(self.key_at(event.position().x(), event.position().y()), event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End panning; a press that did not move selects what lies below."""
        pressed, self._pressed, self._drag = self._pressed, None, None
        if pressed is not None and event.button() is Qt.MouseButton.LeftButton:
            way = event.position() - pressed
            if abs(way.x()) + abs(way.y()) < CLICK:
                self.select(self.key_at(event.position().x(), event.position().y()))
        self.unsetCursor()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Zoom in at the pointer; with Shift, out."""
        out = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self.zoom(1 / moves.STEP**2 if out else moves.STEP**2, event.position())

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is below the pointer any more."""
        self._set_hover("", QPointF())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl and arrows pan; Escape clears the selection."""
        if event.key() == Qt.Key.Key_Escape and self.selection:
            self.select("")
            return
        steps = {Qt.Key.Key_Left: (1, 0), Qt.Key.Key_Right: (-1, 0), Qt.Key.Key_Up: (0, 1), Qt.Key.Key_Down: (0, -1)}
        key = Qt.Key(event.key())
        if key in steps and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            x, y = steps[key]
            self.set_camera(moves.panned(self.camera, x * PAN_STEP, y * PAN_STEP))
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """An outline shows the focus to whoever came by the keyboard."""
        self._by_keys = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """No outline any more."""
        self._by_keys = False
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The picture is laid out anew by whoever owns it; until then the old one is shown."""
        self.resized.emit(event.size())
        self._want_still()
        self._go_on()

    def _set_hover(self, key: str, at: QPointF) -> None:
        if key == self._hover:
            return
        self._hover, self._card_at = key, at
        self.hovered.emit(key)
        self._card_timer.start(SHOW_CARD if key else HIDE_CARD)
        self.update()

    def _turn_card(self) -> None:
        """Show the card of what the pointer is on, or hide it."""
        scene, picture, palette = self._scene, self.picture, self._palette
        if not self._hover or scene is None or picture is None or palette is None:
            self._card.hide()
            return
        told = card(picture, self._hover, self.day, self._tip(scene))
        if told is None:
            self._card.hide()
            return
        self._card.tell(told, self.theme, palette)
        self._card.move(self._beside(self._card_at).toPoint())

    def _tip(self, scene: Scene) -> tuple[str, tuple[str, ...]] | None:
        wx, wy = self.camera.to_world(self._card_at.x(), self._card_at.y())
        if self._picker is None:
            return None
        for hit in self._picker[1].at(wx, wy, scale=self.camera.scale):
            if scene.keys[hit.key] == self._hover and hit.tip >= 0:
                return scene.tips[hit.tip].head, scene.tips[hit.tip].lines
        return None

    def _beside(self, at: QPointF) -> QPointF:
        """Where the card stands: right of the pointer, or left of it, within the canvas."""
        w, h = self._card.width(), self._card.height()
        x = at.x() + 18 - SHADOW if at.x() + 18 + w - SHADOW < self.width() else at.x() - 18 - w + SHADOW
        y = min(max(at.y() - 40, -SHADOW / 2), max(self.height() - h + SHADOW / 2, 0))
        return QPointF(max(x, -SHADOW / 2), y)


__all__ = ["Canvas", "Mode"]
