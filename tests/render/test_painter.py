"""What lands on the pixels, asked where it matters."""

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from app.render.image import image
from app.render.painter import MANY_DOTS, ScenePainter, paint
from app.render.palette import Level, Palette
from app.render.theme import DARK, LIGHT
from app.scene.motion import frame
from app.scene.style import Certainty, Role, Style
from tests.render.scenes import Sketch, bow, circle, every_kind, layer, many_flows

pytestmark = pytest.mark.usefixtures("qapp")
PALETTE = Palette(LIGHT, {"meta": "c1", "openai": "c2"})


def canvas(width=400, height=300, theme=LIGHT):
    made = QImage(width, height, QImage.Format.Format_RGB32)
    made.fill(QColor(*theme.bg[:3]))
    return made


def painted(scene, **options):
    """Pixels (h, w, 3) of a Scene painted as told, on light ground."""
    made = canvas(*(int(x) for x in scene.size))
    painter = QPainter(made)
    ScenePainter(scene, LIGHT).paint(painter, **options)
    assert painter.transform().isIdentity()
    painter.end()
    return array(made)


def array(made):
    rows = np.frombuffer(made.constBits(), dtype=np.uint8).reshape(made.height(), made.bytesPerLine() // 4, 4)
    return rows[:, : made.width(), 2::-1].astype(int)


def square(role=Role.BAR, key="organizations:meta", x=100, **options):
    s = Sketch()
    return s.scene(layer("a", 0, s.boxes((Style(role, "meta"), key, x, 100, 50, 50, 0)), **options))


def rgb(color):
    return list(color[:3])


def test_world_moves_with_the_camera_and_the_page_stays():
    shifted = painted(square(), camera=(2.0, -100.0, -150.0))
    assert shifted[100, 150].tolist() == rgb(PALETTE.organization("meta"))  # 100 … 150 · 2 - 100 = 100 … 200
    assert shifted[100, 99].tolist() == shifted[100, 201].tolist() == rgb(LIGHT.bg)
    still = painted(square(space="page"), camera=(2.0, -100.0, -150.0))
    assert still[125, 101].tolist() == still[125, 148].tolist() == rgb(PALETTE.organization("meta"))


def test_layers_are_painted_by_z_whatever_their_order():
    s = Sketch()
    low = layer("low", 0, s.boxes((Style(Role.BAR, "meta"), "", 10, 10, 50, 50, 0)))
    high = layer("high", 5, s.boxes((Style(Role.BAR, "openai"), "", 10, 10, 50, 50, 0)))
    assert painted(s.scene(high, low))[30, 30].tolist() == rgb(PALETTE.organization("openai"))


def test_levels_of_detail():
    scene = square(min_scale=0.5, max_scale=2.0)
    blank = painted(Sketch().scene())
    assert (painted(scene, camera=(2.0, -150.0, -150.0)) == blank).all()
    assert (painted(scene, camera=(1.9, -150.0, -150.0)) != blank).any()


def test_parts_make_up_the_whole():
    scene = every_kind()
    made = canvas()
    painter = QPainter(made)
    keeper = ScenePainter(scene, LIGHT)
    for part in ("still", "moving"):
        keeper.paint(painter, part=part)
    painter.end()
    whole = painted(scene)
    apart = (np.abs(array(made) - whole).max(axis=2) > 0).mean()
    assert apart < 0.02  # where words lie above people in the whole picture
    assert (painted(scene, part="still") != whole).any()


def test_small_steps_give_the_same_picture():
    scene = many_flows(40, size=(400.0, 300.0))
    made = canvas()
    painter = QPainter(made)
    steps = sum(1 for _ in ScenePainter(scene, LIGHT).steps(painter))
    painter.end()
    assert steps > 5
    assert (array(made) == painted(scene)).all()
    again = canvas()
    painter = QPainter(again)
    paint(painter, scene, LIGHT)
    painter.end()
    assert (array(again) == array(made)).all()


@pytest.mark.parametrize("camera", [(1.0, 0.0, 0.0), (2.5, -300.0, -200.0), (0.4, 20.0, 10.0)])
def test_skipping_what_lies_outside_changes_nothing_inside(camera):
    scene = many_flows(60, size=(400.0, 300.0))
    view = (100.0, 80.0, 260.0, 200.0)
    whole, part = painted(scene, camera=camera), painted(scene, camera=camera, view=view)
    assert (whole[80:200, 100:260] == part[80:200, 100:260]).all()
    assert (whole != part).any()


def test_hover_brings_back_full_strength_with_an_outline_of_ink():
    s = Sketch()
    straight = bow(50, 100, 350, 100, 0)
    lane = s.ribbons((Style(Role.LANE, "meta"), "flow:a>b", straight, 0, 20, (0, 0), 0, 0))
    scene = s.scene(layer("a", 0, lane))
    plain, hover = painted(scene), painted(scene, emphasis={0: Level.HOVER})
    assert hover[110, 200].tolist() == rgb(PALETTE.organization("meta"))
    assert plain[110, 200].tolist() != hover[110, 200].tolist()
    assert hover[99, 200].tolist() == rgb(LIGHT.ink)
    assert hover[96, 200].tolist() == rgb(LIGHT.bg)


def test_a_selection_has_a_ring_of_accent_off_the_mark():
    s = Sketch()
    node = s.dots((Style(Role.NODE, "meta"), "organizations:meta", 200, 150, 40))
    ring = s.paths((Style(Role.RING, "meta"), "organizations:meta", circle(200, 150, 40), True, 4))
    chosen = painted(s.scene(layer("a", 0, node, ring)), emphasis={0: Level.SELECTED})
    column = chosen[150, 200:].tolist()
    assert column[45] == rgb(LIGHT.accent)  # rim at 42, ring 3 to 5 beyond it
    np.testing.assert_allclose(column[46], rgb(LIGHT.accent), atol=16)
    assert column[43] == rgb(LIGHT.bg)
    assert column[50] == rgb(LIGHT.bg)
    assert chosen[150, 200].tolist() == rgb(PALETTE.look(Style(Role.NODE, "meta")).fill)
    focused = painted(s.scene(layer("a", 0, node, ring)), emphasis={0: Level.FOCUS})
    np.testing.assert_allclose(focused[150, 244], rgb(LIGHT.accent), atol=16)


def test_dim_pales_one_key_or_all_others():
    s = Sketch()
    bars = s.boxes(
        (Style(Role.BAR, "meta"), "organizations:meta", 10, 10, 50, 50, 0),
        (Style(Role.BAR, "openai"), "organizations:openai", 100, 10, 50, 50, 0),
    )
    scene = s.scene(layer("a", 0, bars))
    one = painted(scene, emphasis={0: Level.DIM})
    others = painted(scene, emphasis={1: Level.SELECTED}, others=Level.DIM)
    assert one[30, 30].tolist() == others[30, 30].tolist() != rgb(PALETTE.organization("meta"))
    assert others[30, 120].tolist() == rgb(PALETTE.organization("openai"))


def test_words_stay_readable_over_a_highlight():
    s = Sketch()
    bar = s.boxes((Style(Role.BAR, "meta"), "organizations:meta", 100, 100, 100, 50, 0))
    word = s.labels((Style(Role.FLOW_COUNT, "openai"), "", 150, 130, 1, 20, "HHH"))
    scene = s.scene(layer("a", 0, bar), layer("words", 1, word))
    emphasis = {0: Level.HOVER}
    whole = painted(scene, emphasis=emphasis)
    made = canvas()
    painter = QPainter(made)
    keeper = ScenePainter(scene, LIGHT)
    keeper.paint(painter, part="still")
    keeper.paint(painter, part="overlay", emphasis=emphasis)
    painter.end()
    assert (np.abs(array(made) - whole) <= 64).all()  # edges of letters are blended twice
    assert (whole[110:135, 125:175] == rgb(LIGHT.bg)).all(axis=2).any()  # the halo of the word


def test_no_emphasis_paints_no_overlay():
    blank = painted(Sketch().scene())
    assert (painted(every_kind(), part="overlay") == blank).all()
    assert (painted(every_kind(), part="overlay", emphasis={0: Level.DIM}) == blank).all()


def people_scene(n=40):
    return many_flows(12, size=(400.0, 300.0), people=n)


def test_dots_of_a_moment_take_the_place_of_the_still_ones():
    scene = people_scene()
    moment = frame(scene.motion, 2000.0)
    without, with_dots = painted(scene), painted(scene, frame=moment)
    for (x, y), style in zip(moment.xy, scene.motion.style[moment.row], strict=True):
        person = Palette(LIGHT, scene.meta.colors).person(scene.styles[style].organization)
        around = with_dots[round(y) - 4 : round(y) + 5, round(x) - 4 : round(x) + 5].reshape(-1, 3)
        assert (np.abs(around - rgb(person)).max(axis=1) < 90).any()
    assert (without != with_dots).any()


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_sprites_look_like_vectors(ratio):
    scene = people_scene()
    for day in (1500.0, 1503.3):
        moment = frame(scene.motion, day, days_per_second=20.0)
        pictures = []
        for part in ("all", "moving"):
            made = canvas(int(400 * ratio), int(300 * ratio))
            made.setDevicePixelRatio(ratio)
            painter = QPainter(made)
            keeper = ScenePainter(scene, LIGHT)
            if part == "moving":
                keeper.paint(painter, part="still")
            keeper.paint(
                painter, part=part, frame=moment, emphasis={int(scene.motion.key[moment.row[0]]): Level.SELECTED}
            )
            painter.end()
            pictures.append(array(made))
        differ = np.abs(pictures[0] - pictures[1]).max(axis=2) > 60
        assert differ.mean() < 0.01


def test_very_many_dots_look_like_few():
    s = Sketch()
    n = MANY_DOTS + 500
    rng = np.random.default_rng(5)
    x, y = rng.uniform(10, 390, n), rng.uniform(10, 290, n)
    styles = [Style(Role.PERSON, "meta"), Style(Role.PERSON, "openai", certainty=Certainty.UNSURE)]
    rows = [(styles[i % 2], "", x[i], y[i], 3.0) for i in range(n)]
    many = painted(s.scene(layer("a", 0, s.dots(*rows))))
    half = n // 2
    parts = painted(s.scene(layer("a", 0, s.dots(*rows[:half]), s.dots(*rows[half:]))))
    assert (np.abs(many - parts).max(axis=2) > 80).mean() < 0.03


def test_dots_that_cannot_be_seen_are_painted_nowhere():
    scene = people_scene()
    moment = frame(scene.motion, -1.0)
    assert (painted(scene, part="moving", frame=moment) == painted(Sketch().scene())).all()


def test_world_type_grows_up_to_a_limit():
    s = Sketch()
    scene = s.scene(layer("a", 0, s.labels((Style(Role.TITLE), "", 10, 40, 0, 20, "H"))))

    def height(scale):
        rows = np.flatnonzero((painted(scene, camera=(scale, 0.0, 0.0)) < 100).all(axis=2).any(axis=1))
        return rows.max() - rows.min()

    assert height(1.5) == pytest.approx(1.5 * height(1.0), abs=2)
    assert height(4.0) == pytest.approx(1.6 * height(1.0), abs=2)


def test_the_picture_with_everything_has_every_role():
    assert {style.role for style in every_kind().styles} == set(Role)


def test_dark_and_light_are_one_scene():
    dark = array(image(every_kind(), DARK))
    assert dark[299, 399].tolist() == rgb(DARK.bg)


def test_a_still_layer_can_hold_waiting_dots():
    s = Sketch()
    style = Style(Role.PERSON, "meta", certainty=Certainty.WAITING)
    got = painted(s.scene(layer("a", 0, s.dots((style, "", 100, 100, 3.3)))))
    assert got[100, 100].tolist() == rgb(PALETTE.person("meta"))
    assert (got[100, 106] != rgb(LIGHT.bg)).any()
