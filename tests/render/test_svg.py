"""The SVG read back: its marks are those of the Scene."""

import re
import subprocess
import sys
from urllib.parse import unquote
from xml.etree import ElementTree

import numpy as np
import pytest

from app.render.color import Color
from app.render.markup import mark_id
from app.render.palette import Palette
from app.render.svg import svg
from app.render.theme import DARK, LIGHT, THEMES
from app.render.widths import measure
from app.scene.lettering import font
from app.scene.marks import Anchor, Box, Dot, Label, Path, Ribbon
from app.scene.outline import ribbon_outline
from app.scene.scene import Tip
from app.scene.style import Role, Style
from tests.render.scenes import Sketch, bow, every_kind, layer

NS = "{http://www.w3.org/2000/svg}"
SHAPES = {"rect", "circle", "path", "polygon", "polyline", "text"}


def read(text: str) -> ElementTree.Element:
    return ElementTree.fromstring(text)


def shapes(root: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    """Marks of a layer in order; halos of text and second rings of waiting dots carry no mark."""
    group = next(g for g in root.iter(f"{NS}g") if g.get("id") == f"layer-{name}")
    found = [e for e in group.iter() if e.tag.removeprefix(NS) in SHAPES and e.get("aria-hidden") is None]
    return [e for e in found if not (e.tag == f"{NS}circle" and e.get("id") is None and e.get("fill") == "none")]


def numbers(text: str) -> list[float]:
    return [float(x) for x in re.findall(r"-?\d+(?:\.\d+)?", text)]


def paint_of(element: ElementTree.Element, word: str) -> tuple | None:
    value = element.get(word)
    if value in (None, "none"):
        return None
    return Color.of(value).alpha(float(element.get(f"{word}-opacity", "1")))


@pytest.fixture(scope="module", params=THEMES)
def picture(request):
    """The Scene with everything, its looks, its SVG."""
    scene = every_kind()
    theme = THEMES[request.param]
    looks = Palette(theme, scene.meta.colors).looks(scene.styles)
    return scene, looks, read(svg(scene, theme, embed_font=False))


def pairs(picture, kind):
    """Rows of a mark kind beside their elements: (mark, row, look, element)."""
    scene, looks, root = picture
    for each in scene.layers:
        elements = iter(shapes(root, each.name))
        for mark in each.marks:
            for row in range(len(mark)):
                if isinstance(mark, Ribbon) and not np.diff(ribbon_outline(mark).offsets)[row]:
                    continue
                look, element = looks[mark.style[row]], next(elements)
                if isinstance(mark, kind):
                    yield mark, row, look, element


def rows_of(scene, kind):
    """How many marks of a kind a Scene has."""
    return sum(len(mark) for layer in scene.layers for mark in layer.marks if isinstance(mark, kind))


def test_boxes_are_those_of_the_scene(picture):
    count = 0
    for mark, row, look, element in pairs(picture, Box):
        got = [float(element.get(k)) for k in ("x", "y", "width", "height")]
        grown = look.solid_margin  # an outline in the colour of the fill
        place = [mark.x[row] - grown, mark.y[row] - grown, mark.w[row] + 2 * grown, mark.h[row] + 2 * grown]
        np.testing.assert_allclose(got, place, atol=0.005)
        assert float(element.get("rx", "0")) == (mark.radius[row] + grown if mark.radius[row] else 0)
        assert paint_of(element, "fill") == look.fill
        count += 1
    assert count == rows_of(picture[0], Box)


def test_dots_are_those_of_the_scene(picture):
    found = list(pairs(picture, Dot))
    assert len(found) == rows_of(picture[0], Dot)
    for mark, row, look, element in found:
        got = [float(element.get(k)) for k in ("cx", "cy", "r")]
        np.testing.assert_allclose(got, [mark.x[row], mark.y[row], mark.r[row]], atol=0.005)
        assert paint_of(element, "fill") == look.fill
        assert paint_of(element, "stroke") == look.stroke
        assert float(element.get("stroke-width", "0")) == look.stroke_width
        assert tuple(numbers(element.get("stroke-dasharray", ""))) == look.dash


def test_lines_are_those_of_the_scene(picture):
    found = list(pairs(picture, Path))
    assert len(found) == rows_of(picture[0], Path)
    for mark, row, look, element in found:
        points = mark.points[mark.offsets[row] : mark.offsets[row + 1]]
        np.testing.assert_allclose(np.array(numbers(element.get("points"))).reshape(-1, 2), points, atol=0.0051)
        assert element.tag.endswith("polygon" if mark.closed[row] else "polyline")
        if look.stroke is not None:
            assert paint_of(element, "stroke") == look.stroke
            assert float(element.get("stroke-width")) == (mark.stroke[row] or look.stroke_width)


def test_ribbons_begin_and_end_where_their_outlines_do(picture):
    looks = picture[1]
    found = list(pairs(picture, Ribbon))
    assert len(found) > 15
    for mark, row, look, element in found:
        margin = np.array([each.solid_margin for each in looks])[mark.style]
        outline = ribbon_outline(mark, grow=margin)
        ring = outline.points[outline.offsets[row] : outline.offsets[row + 1]]
        points = np.array(numbers(element.get("d"))).reshape(-1, 2)
        if mark.head[row]:
            np.testing.assert_allclose(points, ring, atol=0.0051)
        else:
            half = len(points) // 2
            ends = points[[0, half - 1, half, -1]]
            k = len(ring) // 2
            np.testing.assert_allclose(ends, ring[[0, k - 1, k, -1]], atol=0.0051)
        assert paint_of(element, "fill") == look.fill


def test_words_are_those_of_the_scene(picture):
    scene = picture[0]
    found = list(pairs(picture, Label))
    assert len(found) == rows_of(picture[0], Label)
    for mark, row, look, element in found:
        words = "".join(element.itertext()).removeprefix(scene.tips[0].text)
        assert words == mark.text[row]
        assert (float(element.get("x")), float(element.get("y"))) == (mark.x[row], mark.y[row])
        assert element.get("text-anchor", "start") == Anchor(mark.anchor[row]).name.lower()
        role = float(element.get("font-size")), int(element.get("font-weight"))
        assert role == (mark.size[row], font(scene.styles[mark.style[row]])[1])
        if element.get("letter-spacing") is None:
            assert float(element.get("textLength")) == pytest.approx(measure([words], role)[0], abs=0.006)
        assert paint_of(element, "fill") == look.text


def test_a_halo_is_a_second_text_under_the_first():
    s = Sketch()
    mark = s.labels((Style(Role.NODE_NAME), "organizations:meta", 50, 50, 1, 13.5, "Meta"))
    group = next(iter(read(svg(s.scene(layer("names", 0, mark)), LIGHT)).iter(f"{NS}g")))
    below, above = group.findall(f"{NS}text")
    assert (below.text, above.text) == ("Meta", "Meta")
    assert (below.get("stroke"), below.get("stroke-width")) == (LIGHT.bg.hex, "4.5")
    assert (below.get("id"), above.get("id")) == (None, "k-organizations%3Ameta")
    assert above.get("stroke") is None


def test_ids_are_unique_and_name_their_keys(picture):
    scene, _, root = picture
    ids = [e.get("id") for e in root.iter() if e.get("id")]
    assert len(ids) == len(set(ids))
    named = {unquote(id_[2:].split(":")[0]) for id_ in ids if id_.startswith("k-")}
    used = {scene.keys[k] for each in scene.layers for mark in each.marks for k in mark.key if k >= 0}
    assert named == used
    assert mark_id("flow:a>b") == "k-flow%3Aa%3Eb"


def test_tips_are_titles_and_lead_to_the_first_web_source(picture):
    root = picture[2]
    links = list(root.iter(f"{NS}a"))
    assert links
    assert {a.get("href") for a in links} == {"https://example.org/a?b=1&c=2"}  # not the javascript: before it
    title = links[0][0].find(f"{NS}title")
    assert title.text == "OpenAI → Meta\n14 people\n11 < 12 & more"


def test_it_says_what_made_it():
    scene = every_kind()
    text = svg(scene, LIGHT)
    root = read(text)
    entries = {e.get("name"): e.text for e in root.iter("{urn:talentflow:provenance}entry")}
    assert entries["Command"] == scene.meta.command
    assert entries["Dataset"] == "sha256:0123"
    assert entries["Left out"] == "denied: 1"
    assert root.find(f"{NS}title").text == scene.header.title
    assert scene.header.left_out in root.find(f"{NS}desc").text


def test_only_what_every_reader_knows():
    text = svg(every_kind(), DARK)
    for word in ("clip-path", "paint-order", "var(", "mix-blend", "filter", "gradient", "foreignObject", "script"):
        assert word not in text.lower().replace("javascript", "")
    assert "e-" not in " ".join(re.findall(r' (?:d|points|x|y|cx|cy|r|width|height)="([^"]*)"', text))


def test_the_font_comes_along_unless_declined():
    with_font, without = (svg(every_kind(), LIGHT, embed_font=e) for e in (True, False))
    assert "@font-face" in with_font
    assert "@font-face" not in without
    assert 15_000 < len(with_font) - len(without) < 60_000


def test_text_is_escaped_and_cleaned():
    s = Sketch()
    tip = Tip('<b>"x"</b> & \x00\x1b')
    mark = s.labels((Style(Role.TITLE), 'odd:"<&>', 1, 2, 0, 12, "a<b & \x0b\ud800 c"), tip=tip)
    root = read(svg(s.scene(layer('n"<&', 0, mark)), LIGHT))
    text = next(root.iter(f"{NS}text"))
    assert "".join(text.itertext()).endswith("a<b & \ufffd\ufffd c")
    assert text.find(f"{NS}title").text == '<b>"x"</b> & \ufffd\ufffd'


def test_long_words_are_elided():
    s = Sketch()
    mark = s.labels((Style(Role.CAPTION), "", 1, 2, 0, 12, "Safe Superintelligence"), room=80.0)
    text = next(read(svg(s.scene(layer("a", 0, mark)), LIGHT)).iter(f"{NS}text"))
    assert text.text.endswith("…")
    assert float(text.get("textLength")) <= 80


def test_only_layers_of_scale_one_are_written():
    s = Sketch()
    box = s.boxes((Style(Role.BAR), "", 0, 0, 1, 1, 0))
    scene = s.scene(layer("far", 0, box, max_scale=1.0), layer("near", 0, box, min_scale=1.0))
    text = svg(scene, LIGHT)
    assert 'id="layer-near"' in text
    assert 'id="layer-far"' not in text


def test_no_id_has_a_blank():
    s = Sketch()
    box = s.boxes((Style(Role.BAR), "group:a b", 0, 0, 1, 1, 0))
    text = svg(s.scene(layer("names of units 13.5", 0, box)), LIGHT)
    assert re.findall(r'id="([^"]*)"', text)[:2] == ["layer-names-of-units-13.5", "k-group%3Aa%20b"]


def test_a_see_through_picture_has_no_ground():
    s = Sketch()
    box = s.boxes((Style(Role.GROUND), "", 0, 0, 400, 300, 0))
    root = read(svg(s.scene(layer("a", 0, box)), LIGHT, transparent=True))
    assert {e.get("fill") for e in root.iter(f"{NS}rect")} == {"none"}


def test_an_empty_scene_is_an_empty_picture():
    root = read(svg(Sketch().scene(), LIGHT))
    assert [e.tag for e in root.iter() if e.tag.removeprefix(NS) in SHAPES] == [f"{NS}rect"]


def test_smooth_edges_stay_smooth():
    s = Sketch()
    mark = s.ribbons((Style(Role.LANE), "", bow(10, 10, 390, 10, 0.3), 1, 9, (0, 0), 0, 0))
    path = next(read(svg(s.scene(layer("a", 0, mark)), LIGHT)).iter(f"{NS}path")).get("d")
    assert path.count("C") == 2
    assert len(path) < 400


def test_it_needs_no_qt():
    code = (
        "import sys; from app.render.svg import svg; from app.render.theme import LIGHT\n"
        "from tests.render.scenes import every_kind\n"
        "svg(every_kind(), LIGHT)\n"
        "print([m for m in sys.modules if m.startswith(('PySide6', 'shiboken6', 'polars', 'pyqtgraph'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
