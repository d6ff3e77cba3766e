"""Carrying a mark over the picture to another one: its ghost under the pointer, which targets are lawful, what would
happen. Nothing is changed here: what was dropped on what is told to whoever asks about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from app.desktop import accessible
from app.desktop import camera as moves
from app.desktop.chrome import lettered, qcolor
from app.pictures.drop_targets import Drop, Targets
from app.pictures.dropping import carried
from app.pictures.shown import Shown
from app.scene.camera import Camera
from app.scene.pick import Rectangle

if TYPE_CHECKING:
    from app.desktop.canvas import Canvas

RIM, FASTEST = 36.0, 18.0
"""Pixels from the rim of the map within which it pans, and the most that it pans in a frame."""
TICK = 16
LEAST = 9.0
"""Pixels that a mark must be high to be taken up: one cannot aim at a smaller one, and pans instead."""
LEFT_OF_SOURCE, LEFT_OF_REFUSED = 0.40, 0.34
"""What is left of the mark that is carried, where it lay, and of marks that it may not be dropped on."""
GHOST, LIT = 0.85, 0.45
"""Strength of what is carried, and of the outline of a lawful target."""
HANGS = QPointF(12.0, 10.0)
"""From the pointer to the left top corner of what is carried: what lies under the pointer can still be read."""
MOST_LIT = 3_000
"""So many targets are lit or dimmed one by one; where more are in sight they are too small to be."""
RING = 4.0
ABOUT = "Drop it on what it shall go to. Escape gives up."


class Dragging:
    """What is carried over one canvas; nothing most of the time."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._targets: Targets | None = None
        self._at = QPointF()
        self._ghost = QPixmap()
        self._over: Drop | None = None
        self._lit: tuple[Camera, list[QRectF], list[QRectF]] | None = None
        self._pan = QTimer(canvas)
        self._pan.setInterval(TICK)
        self._pan.timeout.connect(self._pan_on)

    @property
    def targets(self) -> Targets | None:
        """What is carried, and where it may go; None while nothing is."""
        return self._targets

    @property
    def over(self) -> Drop | None:
        """What dropping here would do; None where there is no target."""
        return self._over

    def begin(self, key: str, at: QPointF) -> bool:
        """Take up the mark of a key at a place of the widget; whether it can be carried. While time plays none can: it
        would be elsewhere a moment later."""
        canvas = self._canvas
        if canvas.shown is None or canvas.scene is None or not key or canvas.clock.playing:
            return False
        x, y = canvas.camera.to_world(at.x(), at.y())
        found = carried(canvas.shown, canvas.scene, key, x, y, canvas.camera.scale)
        if found is None or (not found.is_round and self._on_screen(found.box).height() < LEAST):
            return False
        spot = self._on_screen(found.box).toAlignedRect().adjusted(-1, -1, 1, 1)
        self._ghost = canvas.grab(spot) if not found.is_round else QPixmap()
        self._targets, self._at, self._over, self._lit = found, at, None, None
        canvas.told.emit(f"{found.name}: {ABOUT}")
        accessible.announce(canvas, f"Carrying {found.name}. {ABOUT}")
        self._pan.start()
        return True

    def move(self, at: QPointF) -> None:
        """The pointer is elsewhere, or something else lies below it."""
        canvas, targets = self._canvas, self._targets
        self._at = at
        if targets is None:
            return
        key = canvas.key_at(at.x(), at.y()) if self._map().contains(at) else ""
        inside = bool(key) or (targets.anywhere and self._map().contains(at))
        over = targets.drop(key, *canvas.camera.to_world(at.x(), at.y())) if inside else None
        if over != self._over:
            self._over = over
            said = over.words if over is not None else f"{targets.name}: {ABOUT}"
            canvas.told.emit(said)
            accessible.announce(canvas, said if over is not None else "")
        shape = Qt.CursorShape.ForbiddenCursor if over is not None and not over.deed else Qt.CursorShape.DragMoveCursor
        canvas.setCursor(shape)
        canvas.update()

    def drop(self, at: QPointF) -> None:
        """Let go at a place: what is lawful there is told by `dropped`, why something is not stays said."""
        self.move(at)
        targets, over = self._targets, self._over
        self.end()
        if targets is None or over is None:
            self._canvas.told.emit("")
        elif over.deed:
            self._canvas.dropped.emit(targets, over, self._canvas.mapToGlobal(at.toPoint()))
        else:
            self._canvas.told.emit(over.words)

    def end(self) -> None:
        """Carry nothing any more."""
        self._pan.stop()
        self._targets, self._over, self._lit = None, None, None
        self._ghost = QPixmap()
        self._canvas.unsetCursor()
        self._canvas.update()

    def keeps(self, shown: Shown) -> bool:
        """Whether what is carried, if anything is, stands in a picture as it did."""
        return self._targets is None or self._targets.still(shown)

    def paint(self, painter: QPainter) -> None:
        """Lawful targets, others dimmed, the ring of what lies below, the ghost, the sentence of what will happen."""
        targets, theme = self._targets, self._canvas.theme
        if targets is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(self._map())
        lawful, refused = self._in_sight(targets)
        radius = 8.0 * min(max(self._canvas.camera.scale, 0.3), 1.0)
        draw = painter.drawEllipse if targets.is_round else lambda r: painter.drawRoundedRect(r, radius, radius)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_faint(theme.bg.hex, 1 - LEFT_OF_REFUSED))
        for box in refused:
            draw(box.adjusted(-1, -1, 1, 1))
        painter.setBrush(_faint(theme.bg.hex, 1 - LEFT_OF_SOURCE))
        if not targets.is_round:
            draw(self._on_screen(targets.box).adjusted(-1, -1, 1, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(_faint(theme.accent.hex, LIT), 1))
        for box in lawful:
            draw(box)
        if self._over is not None:
            color = qcolor(theme.accent if self._over.deed else theme.bad)
            ring = self._on_screen(self._over.box).adjusted(-RING, -RING, RING, RING)
            painter.setPen(QPen(color, 2))
            if self._over.deed:
                painter.setBrush(_faint(theme.accent.hex, 0.10))
            if targets.is_round:
                draw(ring)
            elif self._over.deed != "note":  # its ghost stands there
                painter.drawRoundedRect(ring, radius + 2, radius + 2)
        painter.setClipping(False)
        self._paint_ghost(painter, targets)
        if self._over is not None:
            self._paint_sentence(painter, targets, self._over)
        painter.restore()

    def _paint_ghost(self, painter: QPainter, targets: Targets) -> None:
        theme = self._canvas.theme
        if targets.is_round:
            painter.setPen(QPen(qcolor(theme.bg), 1.5))
            painter.setBrush(qcolor(theme.accent))
            painter.drawEllipse(self._ghost_box(targets))
            return
        box = self._ghost_box(targets)
        shadow = QColor(theme.shadow.r, theme.shadow.g, theme.shadow.b)
        painter.setPen(Qt.PenStyle.NoPen)
        for step in range(5, 0, -1):
            shadow.setAlphaF(theme.shadow.a * 0.12)
            painter.setBrush(shadow)
            painter.drawRoundedRect(box.adjusted(-step, 2 - step, step, 2 + step), 8 + step, 8 + step)
        painter.setOpacity(GHOST)
        painter.drawPixmap(box.topLeft() - QPointF(1, 1), self._ghost)
        painter.setOpacity(1.0)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(qcolor(theme.accent), 1))
        painter.drawRoundedRect(box, 8, 8)

    def _paint_sentence(self, painter: QPainter, targets: Targets, over: Drop) -> None:
        """On a plate below the ghost, or above it where there is no room; never beyond the rim."""
        canvas, theme = self._canvas, self._canvas.theme
        words = over.words + (", or reports to it" if over.also == "report" else "")
        painter.setFont(lettered(canvas.font(), 12, 600))
        metrics = painter.fontMetrics()
        words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, canvas.width() - 40)
        wide, high = metrics.horizontalAdvance(words) + 20, metrics.height() + 10
        ghost = self._ghost_box(targets)
        top = ghost.bottom() + 8 if ghost.bottom() + 8 + high < canvas.height() else self._at.y() - high - 12
        plate = QRectF(ghost.left(), top, wide, high)
        overview = canvas.minimap
        beside = overview.isVisible() and plate.bottom() > overview.y() and plate.top() < overview.geometry().bottom()
        right = (overview.x() if beside else canvas.width()) - 4.0
        plate.moveLeft(max(min(plate.left(), right - wide), 4.0))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(qcolor(theme.accent if over.deed else theme.bad))
        painter.drawRoundedRect(plate, 6, 6)
        painter.setPen(qcolor(theme.bg))
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, words)

    def _in_sight(self, targets: Targets) -> tuple[list[QRectF], list[QRectF]]:
        """The targets in sight, on the widget: the lawful ones and the others; none where they are too many."""
        canvas = self._canvas
        if self._lit is None or self._lit[0] != canvas.camera:
            corners = (*canvas.camera.to_world(0, 0), *canvas.camera.to_world(canvas.width(), canvas.height()))
            boxes, lawful = targets.within_sight(corners)
            found: tuple[list[QRectF], list[QRectF]] = ([], [])
            if len(boxes) <= MOST_LIT:
                for box, good in zip(boxes.tolist(), lawful.tolist(), strict=True):
                    if box != list(targets.box):
                        found[0 if good else 1].append(self._on_screen(tuple(box)))
            self._lit = (canvas.camera, *found)
        return self._lit[1], self._lit[2]

    def _map(self) -> QRectF:
        """The part of the widget in which marks lie: between header and foot."""
        canvas = self._canvas
        assert canvas.shown is not None  # something was taken from it
        frame = canvas.shown.frame
        foot = frame.foot[1] if frame.foot is not None else float(canvas.height())
        return QRectF(0, frame.header_height + 2, canvas.width(), foot - frame.header_height - 3)

    def _ghost_box(self, targets: Targets) -> QRectF:
        """Where what is carried hangs from the pointer; a note stands where it would be dropped."""
        if self._over is not None and self._over.deed == "note":
            return self._on_screen(self._over.box)
        size = self._on_screen(targets.box).size()
        return QRectF(self._at, self._at).adjusted(-6, -6, 6, 6) if targets.is_round else QRectF(self._at + HANGS, size)

    def _on_screen(self, box: Rectangle) -> QRectF:
        x, y = self._canvas.camera.to_view(box[0], box[1])
        s = self._canvas.camera.scale
        return QRectF(x, y, box[2] * s, box[3] * s)

    def _pan_on(self) -> None:
        """At the rim the picture goes on below the pointer, the faster the nearer."""
        canvas, at = self._canvas, self._at
        if self._targets is None or not canvas.rect().contains(at.toPoint()):
            return
        area = self._map()
        way = [_pull(at.x(), area.left(), area.right()), _pull(at.y(), area.top(), area.bottom())]
        if any(way):
            canvas.set_camera(moves.panned(canvas.camera, *way))
            self.move(at)


def _pull(at: float, low: float, high: float) -> float:
    """Pixels to pan in a frame: positive near the left or upper rim, negative near the other one."""
    return FASTEST * (min(max(low + RIM - at, 0.0), RIM) - min(max(at - (high - RIM), 0.0), RIM)) / RIM


def _faint(color: str, alpha: float) -> QColor:
    made = QColor(color)
    made.setAlphaF(alpha)
    return made
