"""What a picture of ours says of itself: the words that it carries along (`render/words`), in every format."""

from __future__ import annotations

import json
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from html.parser import HTMLParser
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from app.files.texts import read_error, refused
from app.files.xmls import elements, local, root

if TYPE_CHECKING:
    from lxml import etree

_PNG = b"\x89PNG\r\n\x1a\n"
_PDF = b"%PDF-"
_GIF = b"GIF89a"
_HTML = b"<!doctype html>"
_WEBM = b"\x1a\x45\xdf\xa3"
_ZIP = b"PK\x03\x04"
_PROPERTIES = "docProps/custom.xml"
_SPACE = "urn:talentflow:provenance"
_PACKET = re.compile(rb"<\?xpacket begin=.*?\?>(.*?)<\?xpacket end=", re.DOTALL)
MOST_BYTES = 2**30
"""Bytes of a picture that is read as a whole: 1 GiB."""
_START = 4096
_MOST_WORDS = 2**22
"""Bytes of what is read of words alone, as the properties of a presentation, of which ours have some thousand."""
_META = "talentflow:"


def carried(path: Path) -> dict[str, str]:
    """Word → text, as `Command`, `Dataset`, `As of`. FileError where the file cannot be read, is no picture, or says
    nothing of the kind."""
    try:
        with path.open("rb") as file:
            start = file.read(_START)
            too_large = path.stat().st_size > MOST_BYTES
            whole = start + file.read() if not too_large and _as_a_whole(start) else b""
    except OSError as error:
        raise read_error(path, error) from error
    if too_large:
        raise refused(path, "too-large", "it is larger than a picture can be", "Give a picture as it was written.")
    if start.startswith(_PNG):
        words = dict(_of_png(whole))
    elif start.startswith(_PDF):
        words = _of_pdf(whole)
    elif start.startswith(_ZIP):
        words = _of_pptx(path)
    elif start.startswith(_GIF):
        words = _of_json(_comment(whole))
    elif _is_webp(start):
        words = _of_pdf(whole)
    elif start.startswith(_HTML):
        words = _of_page(whole)
    elif start.startswith(_WEBM) or start[4:8] == b"ftyp":
        words = _of_video(path)
    elif root(start) == "svg":
        words = dict(_of_svg(path))
    else:
        raise refused(path, "wrong-format", "it is no picture in a format of ours", "Give a picture as it was written.")
    if not words.get("Software"):
        message = "it does not say what made it"
        remedy = "Give a picture as it was written: other programs and websites drop it when they save a copy."
        raise refused(path, "no-provenance", message, remedy)
    return words


def _of_png(content: bytes) -> Iterator[tuple[str, str]]:
    """The texts of a PNG that are not packed, as ours are not."""
    at = len(_PNG)
    while at + 8 <= len(content):
        length, kind = struct.unpack(">I4s", content[at : at + 8])
        body = content[at + 8 : at + 8 + length]
        word, _, text = body.partition(b"\0")
        if kind == b"tEXt":
            yield word.decode("latin-1"), text.decode("latin-1")
        elif kind == b"iTXt" and text[:1] == b"\0":
            yield word.decode("latin-1"), text[2:].split(b"\0", 2)[-1].decode("utf-8", "replace")
        elif kind == b"IEND":
            return
        at += 12 + length


def _of_svg(path: Path) -> Iterator[tuple[str, str]]:
    for event, name, element in elements(path, ()):
        if event == "end" and name == "entry" and element.tag == f"{{{_SPACE}}}entry":
            yield element.get("name", ""), element.text or ""
        elif event == "end" and name == "metadata":
            return


def _of_pptx(path: Path) -> dict[str, str]:
    """The properties of a presentation; none where it has none, or is none."""
    from lxml import etree

    try:
        with zipfile.ZipFile(path) as package:
            entry = package.getinfo(_PROPERTIES)
            content = package.read(entry) if entry.file_size <= _MOST_WORDS else b""
        made = etree.fromstring(content, _safe())
    except (zipfile.BadZipFile, zlib.error, KeyError, OSError, RuntimeError, etree.XMLSyntaxError):
        return {}
    return {part.get("name", ""): "".join(map(str, part.itertext())) for part in made}


def _of_pdf(content: bytes) -> dict[str, str]:
    """The words in the last packet of metadata; of a WebP too."""
    from lxml import etree

    packets = _PACKET.findall(content)
    if not packets:
        return {}
    try:
        made = etree.fromstring(packets[-1], _safe())
    except etree.XMLSyntaxError:
        return {}
    return {local(part).replace("_", " "): part.text or "" for part in made.iter(f"{{{_SPACE}}}*")}


def _as_a_whole(start: bytes) -> bool:
    """Whether a file that begins so is read into memory to find its words."""
    return start.startswith((_PNG, _PDF, _GIF, _HTML)) or _is_webp(start)


def _is_webp(start: bytes) -> bool:
    return start.startswith(b"RIFF") and start[8:12] == b"WEBP"


def _comment(content: bytes) -> str:
    """The first comment of a GIF; blank without one."""
    colors = content[10] if len(content) > 10 else 0
    at = 13 + (3 << ((colors & 7) + 1) if colors & 0x80 else 0)
    while content[at : at + 1] == b"!":
        is_comment, at, parts = content[at + 1 : at + 2] == b"\xfe", at + 2, []
        while length := content[at] if at < len(content) else 0:
            parts.append(content[at + 1 : at + 1 + length])
            at += 1 + length
        if is_comment:
            return b"".join(parts).decode("utf-8", "replace")
        at += 1
    return ""


def _of_json(text: str) -> dict[str, str]:
    """Words that are written as one text; none where it is another text."""
    try:
        held = json.loads(text) if len(text) <= _MOST_WORDS else None
    except (ValueError, RecursionError):
        return {}
    return {word: said for word, said in held.items() if isinstance(said, str)} if isinstance(held, dict) else {}


class _Page(HTMLParser):
    """The words in the head of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.words: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take what a `meta` says."""
        held = dict(attrs)
        name = held.get("name") or ""
        if tag == "meta" and name.startswith(_META):
            self.words[name.removeprefix(_META)] = held.get("content") or ""


def _of_page(content: bytes) -> dict[str, str]:
    page = _Page()
    page.feed(content[:_MOST_WORDS].partition(b"<style>")[0].decode("utf-8", "replace"))
    return page.words


def _of_video(path: Path) -> dict[str, str]:
    """What a video is described by. FileError where the package that reads it is not installed."""
    if find_spec("av") is None:
        remedy = "Install it: pip install 'talentflow[video]', or pip install av."
        raise refused(path, "format", "a video is read by the package “av”, which is not installed", remedy)
    import av

    try:
        with av.open(str(path)) as container:
            held = {word.lower(): text for word, text in container.metadata.items()}
    except (av.FFmpegError, OSError, ValueError):
        return {}
    return _of_json(held.get("description", ""))


def _safe() -> etree.XMLParser:
    """A parser that follows nothing that a file names."""
    from lxml import etree

    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
