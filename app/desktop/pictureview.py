"""A picture on a widget: on the clock's day, through a camera, with people in motion where it has them.

Still layers come from `Stills`; dots are painted anew each frame, in one call. `canvas` adds what one can do with it.
"""

from __future__ import annotations

import time
from collections.abc import Mapping

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.desktop import camera as moves
from app.desktop.chrome import qcolor
from app.desktop.stills import Stills
from app.desktop.transition import BRIEF, SECONDS, Transition
from app.pictures.flowmap import FlowMap
from app.pictures.shown import MapShown, Shown
from app.render.painter import ScenePainter
from app.render.palette import Level, Palette
from app.render.theme import LIGHT, Theme
from app.scene import crowd
from app.scene import motion as moving
from app.scene.camera import CLOSEST, HOME, Camera
from app.scene.glide import Glide
from app.scene.scene import Scene
from app.session.clock import Clock

TICK = 16
"""Milliseconds between frames while something moves."""
REFILL = 0.25
"""Seconds between two fillings of the ribbons while time plays."""
STEP = 0.7
"""The same where motion is reduced: the picture changes in steps, each a fade."""
FADE = 0.15
"""Seconds of a fade."""
SLICE, AT_REST = 0.004, 0.012
"""Seconds of a frame that go into the next still while something moves, and where nothing does."""


class PictureView(QWidget):
    """Shows one picture. Knows it, a clock, a camera and a theme, and nothing of what they are for."""

    ticked = Signal(float)
    """A frame has passed: seconds since the last one. Whoever owns the clock moves it on."""
    resized = Signal(QSize)
    camera_moved = Signal(object)
    """The camera that is looked through from now on."""
    detail_wanted = Signal(object)
    """A camera that shows more than the Scene has: the picture is asked for what it needs."""
    shown: Shown | None = None
    _scene: Scene | None = None
    # both are there before the widget is: a screen reader may ask while it is made

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(560, 320)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.camera = HOME
        self.theme: Theme = LIGHT
        self.clock = Clock(0.0, (0.0, 0.0))
        self.frame: moving.Frame | None = None
        self.reduced = False
        """Whether motion is reduced: fades in place of movement."""
        self.cross_fades = False
        """Whether another picture is faded in over the last one."""
        self._stills = Stills()
        self._dots: ScenePainter | None = None
        self._palette: Palette | None = None
        self._colors: Mapping[str, str] = {}  # those of the palette
        self._filled = 0.0
        self._filled_with: Shown | None = None
        self._asked: tuple[object, ...] = ()  # of which moment the Scene is
        self._last = 0.0
        self._glide: tuple[Glide, float] | None = None
        self._fade: tuple[QPixmap, float] | None = None
        self._change: Transition | None = None
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)

    # what it shows

    @property
    def picture(self) -> FlowMap | None:
        """The flow map that is shown; None while another picture is, or none."""
        return self.shown.picture if isinstance(self.shown, MapShown) else None

    def show_picture(self, shown: Shown, camera: Camera | None = None) -> None:
        """Show another picture (or the same one laid out anew), through another camera or the one there is. A picture
        of seats that follows one of the same kind goes over into it in motion."""
        before, old, seen = self.shown, self._scene, self.camera
        if self.cross_fades and before is not None and before.view != shown.view and self.isVisible():
            self._fade = (self.grab(), np.inf)
        self.shown = shown
        self._dots = None
        self._glide = None
        self.camera = moves.held(camera or self.camera, (self.width(), self.height()), self.reach)
        self._change = None
        self._fill()
        if old is not None and before is not None and before.view == shown.view:
            self._go_over(old, seen)
        self._place_dots()
        self._go_on()
        if self._in_motion or self._fade is not None or not self._stills.busy:
            self.update()  # at rest the still comes first: what it replaces would be painted for nothing

    def _go_over(self, old: Scene, seen: Camera) -> None:
        """Begin to move from the last Scene, as it was seen, to the present one."""
        new, palette = self._scene, self._palette
        if new is None or palette is None or new is old or new.motion is not None or not self.isVisible():
            return
        if not self.reduced:
            seconds = BRIEF if self.clock.playing else SECONDS
            self._change = Transition.between(old, new, self.theme, palette, (seen, self.camera), seconds)
        if self._change is None and not self.clock.playing:
            self._fade = (self.grab(), np.inf)

    @property
    def reach(self) -> moves.Reach:
        """What the camera may look at."""
        if self.shown is None:
            return moves.Reach((0.0, 0.0, float(self.width()), float(self.height())), HOME, CLOSEST)
        return moves.Reach(self.shown.world, self.shown.home, self.shown.nearest)

    @property
    def heading(self) -> Camera:
        """The camera that one will look through when a glide has ended."""
        return self._glide[0].end if self._glide is not None else self.camera

    @property
    def home(self) -> Camera:
        """The camera that shows the whole picture."""
        return self.shown.home if self.shown is not None else HOME

    def show_theme(self, theme: Theme) -> None:
        """Show the same in another theme."""
        self.theme = theme
        self._dots = None
        self._palette = None
        self.refresh()

    def show_clock(self, clock: Clock) -> None:
        """Show another moment. While time plays, ribbons fill four times a second; a day set by hand shows at once."""
        was, self.clock = self.clock, clock
        if clock == was and not clock.playing and self._filled_with is self.shown and self._dots is not None:
            return
        due = not self._stills.busy and time.perf_counter() - self._filled >= (STEP if self.reduced else REFILL)
        if due or not clock.playing or was.playing != clock.playing or was.mode != clock.mode:
            if self.reduced and self.isVisible():
                self._fade = (self.grab(), np.inf)
            self._fill()
        elif self.reduced:
            return
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
    def painting(self) -> bool:
        """Whether a still or a change is under way: another Scene now would drop it."""
        return self._stills.busy or self._change is not None

    @property
    def scene(self) -> Scene | None:
        """The Scene of the day shown."""
        return self._scene

    def set_camera(self, camera: Camera) -> None:
        """Look at another part of the picture, at once."""
        self._glide = None
        self._look(camera)

    def glide_to(self, camera: Camera) -> None:
        """Look at another part of the picture: on a smooth way, or at once where motion is reduced."""
        end = moves.held(camera, (self.width(), self.height()), self.reach)
        if self.reduced or not self.isVisible() or end == self.camera:
            self.set_camera(end)
            return
        self._glide = (Glide(self.camera, end, (self.width(), self.height())), time.perf_counter())
        self._go_on()

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Zoom by a factor at a place of the widget, or smoothly at its middle."""
        point = at if at is not None else QPointF(self.width() / 2, self.height() / 2)
        camera = moves.zoomed(self.camera, factor, point.x(), point.y(), self.reach)
        if at is not None:
            self.set_camera(camera)
        else:
            self.glide_to(camera)

    def fit(self) -> None:
        """Show the whole picture."""
        self.glide_to(self.home)

    def _look(self, camera: Camera) -> None:
        camera = moves.held(camera, (self.width(), self.height()), self.reach)
        if camera == self.camera:
            return
        self.camera, self._change = camera, None  # who looks elsewhere does not wait for a change to end
        if self.shown is not None and self._scene is not None and not self.shown.covers(self._scene, camera):
            self.detail_wanted.emit(camera)
        self._want_still()
        self._go_on()
        self.update()
        if self._glide is None:
            self.camera_moved.emit(camera)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, still layers, dots, what the pointer is on, then header and foot."""
        painter = QPainter(self)
        try:
            self._paint(painter)
        finally:  # a painter that is left open takes the program down with the widget
            painter.end()

    def _paint(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not self._timer.isActive())
        still, dots = self._stills.shown, self._dots
        if self._change is not None:
            painter.fillRect(self.rect(), qcolor(self.theme.bg))
            self._change.paint(painter, (self.width(), self.height()))
            self._paint_page(painter)
            self._paint_above(painter)
            return
        if still is None or still.camera != self.camera or still.world.deviceIndependentSize().toSize() != self.size():
            painter.fillRect(self.rect(), qcolor(self.theme.bg))
        self._stills.draw(painter, self.camera)
        # what is shown may be of other days than the Scene of now: each has keys of its own
        if still is not None and (levels := self._levels(still.scene)):
            still.painter.paint(painter, camera=self.camera, part="overlay", emphasis=levels, frame=self.frame)
        if dots is not None and self.frame is not None:
            levels = self._levels(dots.scene)
            dots.paint(painter, camera=self.camera, part="moving", frame=self.frame, emphasis=levels or None)
        self._paint_page(painter)
        if self._fade is not None:
            painter.setOpacity(1.0 - min(max((time.perf_counter() - self._fade[1]) / FADE, 0.0), 1.0))
            painter.drawPixmap(0, 0, self._fade[0])
            painter.setOpacity(1.0)
        self._paint_above(painter)

    def _paint_page(self, painter: QPainter) -> None:
        """Header and foot, on ground of their own where the picture may lie below them."""
        if self.shown is None:
            return
        frame, width = self.shown.frame, float(self.width())
        bands = [QRectF(0, 0, width, frame.header_height + 2)]
        if frame.foot is not None:
            bands.append(QRectF(0, frame.foot[1] - 1, width, frame.foot[3] + 1))
        reaches_below = self.home.to_view(*self.shown.world[2:])[1] > self.height() + 1
        for band in bands:
            if reaches_below or not moves.is_home(self.camera, self.home):
                painter.fillRect(band, qcolor(self.theme.bg))
            self._stills.draw_page(painter, band)

    def _fill(self) -> None:
        if self.shown is None:
            return
        self._filled = time.perf_counter()
        clock = self.clock
        asked = (self.day, clock.mode, clock.window)
        if self._scene is None or self._filled_with is not self.shown or self._asked != asked:
            self._scene = self.shown.scene(self.day, clock.mode.value, clock.window)
            self._filled_with, self._asked = self.shown, asked
        colors = self._scene.meta.colors
        if self._palette is None or (self._dots is None and self._colors != colors):
            self._palette, self._colors = Palette(self.theme, colors), colors
        if self._dots is None:
            self._dots = ScenePainter(self._scene, self.theme, ground=False, palette=self._palette)
        self._want_still()

    def _place_dots(self) -> None:
        motion = self.shown.motion if self.shown is not None else None
        if motion is None:
            self.frame = None
            return
        clock = self.clock
        playing = clock.playing
        day = clock.day if self.day is not None else np.inf
        moment = moving.frame(
            motion,
            min(day, 1e9),
            days_per_second=clock.rate if playing and not self.reduced else 0.0,
            mode=clock.mode.value,
            window_start=clock.day - clock.window,
            rests=self.shown.rests if self.shown is not None else None,
        )
        self.frame = crowd.shaded(moment)

    def _want_still(self) -> None:
        there = self._scene is not None and self.shown is not None and self.shown.covers(self._scene, self.camera)
        if there and self._scene is not None and self._palette is not None and self.width() > 0:
            size = (self.width(), self.height())
            self._stills.want(self._scene, self.theme, self._palette, self.camera, size, self.devicePixelRatioF())

    @property
    def _moving(self) -> bool:
        return self._in_motion or self._stills.busy or self._fade is not None

    @property
    def _in_motion(self) -> bool:
        return self.clock.playing or self._glide is not None or self._change is not None

    def _go_on(self) -> None:
        """Keep frames coming while something moves or a still is under way."""
        if not self._moving:
            return
        pause = TICK if self._in_motion or self._fade is not None else 0  # at rest slice follows upon slice
        if not self._timer.isActive():
            self._last = time.perf_counter()
            self._timer.start(pause)
        elif self._timer.interval() != pause:
            self._timer.start(pause)

    def _tick(self) -> None:
        now = time.perf_counter()
        passed, self._last = now - self._last, now
        filled = self._filled
        if self._glide is not None:
            glide, begun = self._glide
            share = (now - begun) / glide.seconds
            if share >= 1.0:
                self._glide = None
            self._look(glide.at(share))
        if self.clock.playing:
            self.ticked.emit(min(passed, 0.25))
        budget = SLICE if self._in_motion else AT_REST
        new = filled == self._filled and self._stills.step(budget)  # a frame that made a scene has done enough
        if self._change is not None:
            self._change = None if self._change.over and not self._stills.busy else self._change
            new = True
        if self._fade is not None and not self._stills.busy:
            old, begun = self._fade
            self._fade = None if now >= begun + FADE else (old, min(begun, now))
            new = True
        if self._moving:
            self._go_on()
        else:
            self._timer.stop()
        if new or self.clock.playing:
            self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The picture is laid out anew by whoever owns it; until then the old one is shown."""
        self.resized.emit(event.size())
        self._want_still()
        self._go_on()

    def _levels(self, scene: Scene) -> dict[int, Level]:
        """Emphasis by rows of a Scene's keys; none here."""
        return {}

    def _paint_above(self, painter: QPainter) -> None:
        """What lies above the picture; nothing here."""
