"""A part of a picture as a picture of its own looks as the camera shows it."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QImage, QPainter

from app.pictures.flowmap import FlowMap
from app.render import image
from app.render.painter import ScenePainter
from app.render.svg import svg
from app.render.text import qcolor
from app.render.theme import LIGHT
from app.scene.camera import HOME, Camera
from app.scene.lettering import LARGEST_TYPE
from app.scene.marks import Label, Path
from app.scene.scene import Scene
from app.scene.viewed import taken, through
from tests.pictures.made import flow_map

CAMERAS = [Camera(1.0, 0.0, 0.0), Camera(2.5, -600.0, -420.0), Camera(0.6, 120.0, 90.0)]


@pytest.fixture(scope="module")
def picture() -> FlowMap:
    return flow_map()


def pixels(painted: QImage) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    bits = np.frombuffer(painted.constBits(), dtype=np.uint8)
    return bits.reshape(painted.height(), painted.width(), 4)[:, :, :3].astype(np.int16)  # type: ignore[return-value]  # signed, to be subtracted


def by_camera(scene: Scene, camera: Camera) -> QImage:
    image.application()
    made = QImage(*(round(side) for side in scene.size), QImage.Format.Format_RGB32)
    made.fill(qcolor(LIGHT.bg))
    painter = QPainter(made)
    ScenePainter(scene, LIGHT).paint(painter, camera=camera)
    painter.end()
    return made


@pytest.mark.parametrize("camera", CAMERAS)
def test_it_is_painted_as_under_the_camera(picture: FlowMap, camera: Camera) -> None:
    scene = picture.scene(None)
    mine, shown = image.image(through(scene, camera, (), LARGEST_TYPE), LIGHT), by_camera(scene, camera)
    differing = (np.abs(pixels(mine) - pixels(shown)).max(axis=2) > 32).mean()
    assert differing < 0.005


def test_header_and_foot_stand_on_ground_of_their_own(picture: FlowMap) -> None:
    scene, camera = picture.scene(None), Camera(1.0, 0.0, -380.0)
    band = (0.0, 0.0, scene.size[0], picture.frame.header_height)
    without, with_band = (through(scene, camera, bands, LARGEST_TYPE) for bands in ((), (band,)))
    top = slice(2, int(picture.frame.header_height) - 4)
    plain = pixels(image.image(through(scene, HOME, (), LARGEST_TYPE), LIGHT))[top]
    assert np.abs(pixels(image.image(with_band, LIGHT))[top] - plain).max() == 0
    assert np.abs(pixels(image.image(without, LIGHT))[top] - plain).max() > 32


def test_what_is_out_of_sight_is_left_away(picture: FlowMap) -> None:
    scene = picture.scene(None)
    away = through(scene, Camera(1.0, 90_000.0, 0.0), (), LARGEST_TYPE)
    assert sum(len(mark) for layer in away.layers if layer.space == "world" for mark in layer.marks) == 0
    assert len(svg(away, LIGHT)) < len(svg(scene, LIGHT))


def test_rows_are_taken_with_their_points_and_words(picture: FlowMap) -> None:
    for layer in picture.scene(None).layers:
        for mark in layer.marks:
            rows = np.arange(len(mark))[::-2].astype(np.intp)
            got = taken(mark, rows)
            assert len(got) == len(rows)
            assert got.key.tolist() == mark.key[rows].tolist()
            if isinstance(mark, Label) and isinstance(got, Label):
                assert got.text == tuple(mark.text[r] for r in rows)
            if isinstance(mark, Path) and isinstance(got, Path):
                for at, row in enumerate(rows.tolist()):
                    mine = got.points[got.offsets[at] : got.offsets[at + 1]]
                    assert mine.tolist() == mark.points[mark.offsets[row] : mark.offsets[row + 1]].tolist()
