"""Scene → PPTX (ISO/IEC 29500) as bytes: a slide a page, its picture made of shapes that can be edited.

python-pptx keeps the file together (masters, notes, relationships); the shapes are text that is read at once, for to
add thousands of them one by one takes it seconds. A picture of more marks than a slide can bear is an image. The same
Scenes give the same bytes.
"""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from io import BytesIO

import numpy as np
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.presentation import Presentation as Deck
from pptx.slide import Slide
from pptx.util import Emu, Pt

from app.render.color import Color
from app.render.markup import attribute_text, element_text
from app.render.palette import Palette
from app.render.slide_marks import ASCENT, LINE, POINT, Place, SlideMarks
from app.render.slide_notes import notes
from app.render.theme import Theme, role_color
from app.render.words import provenance
from app.scene.marks import Label
from app.scene.pick import shown
from app.scene.scene import Scene
from app.scene.style import Role, Style

SIZE = 12_192_000, 6_858_000
"""A slide of 16:9, 13.33 by 7.5 inches, in EMU."""
MOST_SHAPES = 3_000
"""From more marks than this the picture is an image: programs that show slides become slow to work with."""
_TITLE_ONLY = 5
_DATE = (1980, 1, 1, 0, 0, 0)
_SPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_FORMS = "http://schemas.openxmlformats.org/officeDocument/2006"
_ACCENTS = 6


def pptx(pages: Iterable[Scene], theme: Theme, *, transparent: bool = False, title: str = "") -> bytes:
    """A presentation with a slide for each page. transparent: slides without a ground of their own, so that they take
    that of the presentation into which they are put; title: of the presentation, that of its first page by default.
    ValueError without a page."""
    deck = _empty(theme)
    first: Scene | None = None
    for scene in pages:
        first = first or scene
        _add(deck, scene, theme, transparent)
    if first is None:
        raise ValueError("a presentation needs a page")
    _say(deck, first, title or first.header.title)
    return _packed(deck)


def _add(deck: Deck, scene: Scene, theme: Theme, transparent: bool) -> None:
    """A slide with title, picture and notes."""
    slide = deck.slides.add_slide(deck.slide_layouts[_TITLE_ONLY])
    if not transparent:
        ground = slide.background.fill
        ground.solid()
        ground.fore_color.rgb = _rgb(theme.bg)
    unit = min(SIZE[0] / scene.size[0], SIZE[1] / scene.size[1])
    place = Place((SIZE[0] - scene.size[0] * unit) / 2, (SIZE[1] - scene.size[1] * unit) / 2, unit)
    bare, title = untitled(scene)
    _set_title(slide, scene, theme, place, title)
    said = ". ".join((scene.header.title, *scene.header.lines))
    n_marks = sum(len(mark) for layer in scene.layers if shown(layer, 1.0) for mark in layer.marks)
    remark = ""
    if n_marks > MOST_SHAPES:
        remark = f"The picture is an image: it has {n_marks:,} marks, and a slide takes {MOST_SHAPES:,} as shapes."
        _set_image(slide, bare, theme, place, said)
    else:
        _set_shapes(slide, bare, theme, place, said)
    frame = slide.notes_slide.notes_text_frame
    if frame is not None:
        frame.text = notes(scene, remark)


def untitled(scene: Scene) -> tuple[Scene, tuple[float, float, float] | None]:
    """A Scene without its title, and where that stood: x, y of the baseline and size; None if it has none."""
    for at, layer in enumerate(scene.layers):
        for nth, mark in enumerate(layer.marks):
            if not isinstance(mark, Label) or not shown(layer, 1.0):
                continue
            rows = [row for row, style in enumerate(mark.style.tolist()) if scene.styles[style].role is Role.TITLE]
            if rows and not mark.anchor[rows[0]] and not mark.angle[rows[0]]:
                row = rows[0]
                found = float(mark.x[row]), float(mark.y[row]), float(mark.size[row])
                marks = (*layer.marks[:nth], _without(mark, row), *layer.marks[nth + 1 :])
                layers = (*scene.layers[:at], replace(layer, marks=marks), *scene.layers[at + 1 :])
                return replace(scene, layers=layers), found
    return scene, None


def _without(label: Label, row: int) -> Label:
    kept = {
        name: np.delete(getattr(label, name), row)
        for name in ("key", "style", "tip", "x", "y", "anchor", "angle", "max_width", "size")
    }
    return Label(text=label.text[:row] + label.text[row + 1 :], **kept)


def _set_title(
    slide: Slide, scene: Scene, theme: Theme, place: Place, title: tuple[float, float, float] | None
) -> None:
    """The title where the picture has it; above the slide, for outlines and screen readers, where it has none."""
    shape = slide.shapes.title
    if shape is None:
        raise ValueError("the layout has no title")
    x, y, size = title or (0.0, -24.0, 24.0)
    shape.left, shape.top = (
        Emu(round(place.left + x * place.unit)),
        Emu(round(place.top + (y - ASCENT * size) * place.unit)),
    )
    shape.width, shape.height = Emu(round((scene.size[0] - 2 * x) * place.unit)), Emu(round(LINE * size * place.unit))
    frame = shape.text_frame
    frame.text = scene.header.title
    frame.word_wrap, frame.auto_size, frame.vertical_anchor = False, MSO_AUTO_SIZE.NONE, MSO_ANCHOR.TOP
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Emu(0)
    paragraph = frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.LEFT
    ink = Palette(theme).look(Style(Role.TITLE)).text or theme.ink
    for run in paragraph.runs:
        run.font.name, run.font.bold, run.font.size = "Inter", True, Pt(max(round(size * place.unit / POINT, 1), 1))
        run.font.color.rgb = _rgb(ink)


def _set_shapes(slide: Slide, scene: Scene, theme: Theme, place: Place, said: str) -> None:
    """The picture as shapes."""
    known: dict[str, str] = {}

    def link(url: str) -> str:
        if url not in known:
            known[url] = slide.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        return known[url]

    first = 1 + max(shape.shape_id for shape in slide.shapes)
    text = SlideMarks(scene, theme, place, link, first).picture("Picture", said)
    if text:
        slide.shapes.element.append(parse_xml(text.replace("<p:grpSp>", f"<p:grpSp {_SPACES}>", 1)))


def _set_image(slide: Slide, scene: Scene, theme: Theme, place: Place, said: str) -> None:
    """The picture as an image at twice its size, without a ground, for the slide has one."""
    from app.render.image import png  # loads Qt, which shapes need not

    data = BytesIO(png(scene, theme, scale=2.0, transparent=True))
    width, height = (Emu(round(side * place.unit)) for side in scene.size)
    image = slide.shapes.add_picture(data, Emu(round(place.left)), Emu(round(place.top)), width, height)
    image.name = "Picture"
    image._element._nvXxPr.cNvPr.set("descr", said)


def _empty(theme: Theme) -> Deck:
    """A presentation without slides: 16:9, our typeface and colours, nothing of whoever made the template."""
    deck = Presentation()
    across = SIZE[0] / int(deck.slide_width or SIZE[0])
    deck.slide_width, deck.slide_height = Emu(SIZE[0]), Emu(SIZE[1])
    for part in (deck.slide_master, *deck.slide_layouts):
        for tag, name in (("off", "x"), ("ext", "cx")):
            for found in part.element.xpath(f".//a:{tag}[@{name}]"):
                found.set(name, str(round(int(found.get(name)) * across)))
    package = deck.part.package
    for relation in list(package.iter_rels()):
        if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            package.drop_rel(relation.rId)
    for id_, relation in list(deck.part.rels.items()):
        if relation.reltype == RELATIONSHIP_TYPE.PRINTER_SETTINGS:
            deck.part.rels.pop(id_)
    part = deck.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    part.blob = _themed(part.blob.decode("utf-8"), theme).encode("utf-8")
    return deck


def _themed(text: str, theme: Theme) -> str:
    """The theme of a presentation with our typeface, and with our colours among those that are offered."""
    colors = {"dk1": theme.ink, "lt1": theme.bg, "dk2": theme.ink2, "lt2": theme.sunken, "hlink": theme.accent}
    colors |= {f"accent{n}": role_color(f"c{n}", theme) for n in range(1, _ACCENTS + 1)}
    for name, color in colors.items():
        made = f'<a:{name}><a:srgbClr val="{color.hex[1:].upper()}"/></a:{name}>'
        text = re.sub(rf"<a:{name}>.*?</a:{name}>", made, text, count=1, flags=re.DOTALL)
    return text.replace('<a:latin typeface="Calibri"/>', '<a:latin typeface="Inter" panose="020B0604020202020204"/>')


def _say(deck: Deck, scene: Scene, title: str) -> None:
    """What made the picture, as properties of the document, from which it can be made again."""
    words, fixed = provenance(scene), dt.datetime(*_DATE, tzinfo=dt.UTC)
    told = deck.core_properties
    told.title, told.author, told.last_modified_by = title[:255], "Talentflow", "Talentflow"
    told.comments = "; ".join(f"{word}: {words[word]}" for word in ("Dataset", "Command") if word in words)[:255]
    told.created = told.modified = fixed
    entries = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{pid}" name="{attribute_text(word)}">'
        f"<vt:lpwstr>{element_text(text)}</vt:lpwstr></property>"
        for pid, (word, text) in enumerate(words.items(), 2)
    )
    custom = f'<Properties xmlns="{_FORMS}/custom-properties" xmlns:vt="{_FORMS}/docPropsVTypes">{entries}</Properties>'
    package = deck.part.package
    kind = CONTENT_TYPE.OFC_CUSTOM_PROPERTIES
    part = Part(PackURI("/docProps/custom.xml"), kind, package, _document(custom))
    package.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)
    extended = package.part_related_by(RELATIONSHIP_TYPE.EXTENDED_PROPERTIES)
    program = f'<Properties xmlns="{_FORMS}/extended-properties"><Application>Talentflow</Application></Properties>'
    extended.blob = _document(program)


def _rgb(color: Color) -> RGBColor:
    return RGBColor(color.r, color.g, color.b)  # type: ignore[no-untyped-call]  # python-pptx types only a part


def _document(text: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{text}'.encode()


def _packed(deck: Deck) -> bytes:
    """The file, each part of it with one and the same date."""
    written, made = BytesIO(), BytesIO()
    deck.save(written)
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, _DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return made.getvalue()
