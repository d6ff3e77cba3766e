"""Slides read back: a shape for each mark where that lies, words, notes, alternative texts; the same bytes always."""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any

import numpy as np
import pytest
from lxml import etree
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE, MSO_SHAPE_TYPE

from app.render.palette import Palette
from app.render.slides import MOST_SHAPES, SIZE, pptx, untitled
from app.render.theme import DARK, LIGHT
from app.scene.marks import Box, Dot, Label, Path, Ribbon
from app.scene.outline import ribbon_outline
from app.scene.scene import Scene, Source
from app.scene.style import Role
from tests.render.scenes import HEADER, every_kind, many_flows


def opened(scene: Scene, *more: Scene, **options: Any) -> Any:
    return Presentation(BytesIO(pptx((scene, *more), LIGHT, **options)))


def shapes(slide: Any) -> Iterator[Any]:
    """All shapes but groups and the title, in order."""
    stack = [shape for shape in slide.shapes if shape != slide.shapes.title][::-1]
    while stack:
        shape = stack.pop()
        if shape.shape_type == MSO_SHAPE_TYPE.GROUP:
            stack += list(shape.shapes)[::-1]
        else:
            yield shape


def picture(slide: Any) -> Any:
    return next(shape for shape in slide.shapes if shape.name == "Picture")


def test_each_mark_is_a_shape_of_its_kind() -> None:
    scene = every_kind()
    looks = Palette(LIGHT, scene.meta.colors).looks(scene.styles)
    wanted: Counter[str] = Counter()
    for layer in scene.layers:
        for mark in layer.marks:
            own = [looks[style] for style in mark.style]
            drawn = [look.fill is not None or look.stroke is not None for look in own]
            if isinstance(mark, Box):
                roles = [scene.styles[style].role for style in mark.style]
                wanted["box"] += sum(see and role is not Role.GROUND for see, role in zip(drawn, roles, strict=True))
            elif isinstance(mark, Dot):
                wanted["dot"] += sum(drawn) + sum(look.ring is not None for look in own)
            elif isinstance(mark, Label):
                wanted["words"] += sum(bool(text) for text in mark.text)
            elif isinstance(mark, Ribbon):
                wanted["free"] += int((np.diff(ribbon_outline(mark).offsets) > 0).sum())
            elif isinstance(mark, Path):
                for n, closed in zip(np.diff(mark.offsets), mark.closed, strict=True):
                    wanted["line" if n == 2 and not closed else "free"] += 1
    wanted["words"] -= 1  # the title
    kinds = {MSO_SHAPE.OVAL: "dot", MSO_SHAPE.RECTANGLE: "box", MSO_SHAPE.ROUNDED_RECTANGLE: "box"}
    found: Counter[str] = Counter()
    for shape in shapes(opened(scene).slides[0]):
        if shape.shape_type == MSO_SHAPE_TYPE.TEXT_BOX:
            found["words"] += 1
        elif shape.shape_type == MSO_SHAPE_TYPE.FREEFORM:
            found["free"] += 1
        elif shape._element.spPr.prstGeom.get("prst") == "line":
            found["line"] += 1
        else:
            found[kinds[shape.auto_shape_type]] += 1
    assert found == wanted


def test_shapes_lie_where_their_marks_lie() -> None:
    scene = every_kind()
    unit = min(SIZE[0] / scene.size[0], SIZE[1] / scene.size[1])
    left = (SIZE[0] - scene.size[0] * unit) / 2
    rims = Palette(LIGHT, scene.meta.colors).looks(scene.styles)
    places = []
    for layer in scene.layers:
        for mark in layer.marks:
            if isinstance(mark, Dot):
                grown = np.array([rims[style].solid_margin for style in mark.style])
                rows = zip(mark.x, mark.y, mark.r + grown, mark.style, strict=True)
                for x, y, r, style in rows:
                    radii = (r + 3.2 - rims[style].solid_margin, r) if rims[style].ring is not None else (r,)
                    places += [(left + (x - r) * unit, (y - r) * unit, 2 * r * unit) for r in radii]
    ovals = [
        shape
        for shape in shapes(opened(scene).slides[0])
        if shape.shape_type == MSO_SHAPE_TYPE.AUTO_SHAPE and 'prst="ellipse"' in etree.tostring(shape._element).decode()
    ]
    assert len(ovals) == len(places) > 20
    for oval, place in zip(ovals, places, strict=True):
        assert (oval.left, oval.top, oval.width) == pytest.approx(place, abs=1)


def test_words_are_text_boxes_in_our_typeface_and_the_title_is_the_title() -> None:
    scene = every_kind()
    slide = opened(scene).slides[0]
    assert slide.shapes.title.text_frame.text == HEADER.title
    boxes = [shape for shape in shapes(slide) if shape.shape_type == MSO_SHAPE_TYPE.TEXT_BOX]
    texts = [text for layer in scene.layers for mark in layer.marks if isinstance(mark, Label) for text in mark.text]
    assert [box.text_frame.text for box in boxes] == [text for text in texts if not text.startswith("title")]
    for box in boxes:
        (run,) = box.text_frame.paragraphs[0].runs
        assert run.font.name == "Inter"
        assert run.font.size.pt == pytest.approx(12 * SIZE[1] / 300 / 12_700, abs=0.01)


def test_layers_are_groups_and_all_of_them_the_picture() -> None:
    whole = picture(opened(every_kind()).slides[0])
    assert [group.name for group in whole.shapes] == ["ground", "flows", "nodes", "people", "words"]
    described = whole._element.nvGrpSpPr.cNvPr.get("descr")
    assert described.startswith(HEADER.title)
    assert HEADER.scope in described
    for group in whole.shapes:
        for shape in group.shapes:
            assert group.left <= shape.left
            assert shape.left + shape.width <= group.left + group.width


def test_a_shape_says_what_it_is_and_leads_to_its_source() -> None:
    slide = opened(every_kind()).slides[0]
    flow = next(shape for shape in shapes(slide) if shape.name == "flow:openai>meta")
    assert flow._element._nvXxPr.cNvPr.get("descr").split("\n")[0] == "OpenAI → Meta"
    targets = {rel.target_ref for rel in slide.part.rels.values() if rel.is_external}
    assert targets == {"https://example.org/a?b=1&c=2"}
    numbers = [element.get("id") for element in slide._element.iter() if element.tag.endswith("cNvPr")]
    assert len(numbers) == len(set(numbers))


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("https://example.org/a b|c#d#e", "https://example.org/a%20b%7Cc#d%23e"),
        ("https://example.org/ü?x=%20", "https://example.org/%C3%BC?x=%20"),
        ("https://[", None),
    ],
)
def test_an_address_that_would_spoil_the_file_is_mended_or_left_out(url: str, target: str | None) -> None:
    scene = every_kind()
    sources = {"s1": replace(scene.meta.sources["s1"], url=url)}
    slide = opened(replace(scene, meta=replace(scene.meta, sources=sources))).slides[0]
    assert [rel.target_ref for rel in slide.part.rels.values() if rel.is_external] == ([target] if target else [])


def test_notes_say_what_is_shown_and_who_says_so() -> None:
    scene = every_kind()
    said = opened(scene).slides[0].notes_slide.notes_text_frame.text
    for line in (*HEADER.lines, f"Command: {scene.meta.command}", f"Dataset: {scene.meta.dataset}"):
        assert line in said
    assert "Sources of what is shown (2)" in said
    assert "WIRED, A report, 2025-07-01, https://example.org/a?b=1&c=2" in said


def test_very_many_sources_are_counted() -> None:
    scene = every_kind()
    ids = [f"s{n}" for n in range(100)]
    sources = {id_: Source("Paper", f"Report {id_}", "", "2025") for id_ in ids}
    tips = tuple(replace(tip, links=tuple(ids)) for tip in scene.tips)
    said = opened(replace(scene, tips=tips, meta=replace(scene.meta, sources=sources)))
    text = said.slides[0].notes_slide.notes_text_frame.text
    assert "[60] Paper" in text
    assert "[61]" not in text
    assert "and 40 more sources" in text


def test_a_page_is_a_slide() -> None:
    second = replace(every_kind(), header=replace(HEADER, title="The second page"))
    deck = opened(every_kind(), second)
    assert (deck.slide_width, deck.slide_height) == SIZE
    assert [slide.shapes.title.text_frame.text for slide in deck.slides] == [HEADER.title, "The second page"]


def test_the_same_picture_gives_the_same_bytes() -> None:
    once, again = (pptx([every_kind()], DARK) for _ in range(2))
    assert once == again
    with zipfile.ZipFile(BytesIO(once)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [name for name in package.namelist() if "thumbnail" in name or "printer" in name]
        assert b"Steve" not in package.read("docProps/core.xml")


def test_the_ground_is_the_slides_own_or_none() -> None:
    def ground(data: bytes) -> str:
        fill = Presentation(BytesIO(data)).slides[0]._element.find(".//{*}bg//{*}srgbClr")
        return "" if fill is None else fill.get("val")

    assert ground(pptx([every_kind()], DARK)) == "0E1116"
    assert ground(pptx([every_kind()], LIGHT)) == "FBFBFA"
    assert ground(pptx([every_kind()], LIGHT, transparent=True)) == ""


@pytest.mark.usefixtures("qapp")
def test_too_many_marks_are_an_image_and_the_notes_say_so() -> None:
    scene = many_flows(900)
    n_marks = sum(len(mark) for layer in scene.layers for mark in layer.marks)
    assert n_marks > MOST_SHAPES
    slide = opened(scene).slides[0]
    (image,) = shapes(slide)
    assert image.shape_type == MSO_SHAPE_TYPE.PICTURE
    assert image.image.size == (2 * scene.size[0], 2 * scene.size[1])
    assert (image.left, image.width, image.height) == (0, *SIZE)
    assert f"{n_marks:,} marks" in slide.notes_slide.notes_text_frame.text
    assert image._element._nvXxPr.cNvPr.get("descr").startswith(scene.header.title)


def test_the_title_is_lifted_out_of_the_words_alone() -> None:
    scene = every_kind()
    bare, place = untitled(scene)
    assert place is not None
    assert untitled(bare) == (bare, None)
    n_rows = [sum(len(mark) for layer in one.layers for mark in layer.marks) for one in (scene, bare)]
    assert n_rows[1] == n_rows[0] - 1
