"""What a picture of ours says of itself: the words that PNG, SVG, PDF and PPTX carry along (`render/words`)."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from app.files.texts import read_error, refused
from app.files.xmls import elements, local, root

if TYPE_CHECKING:
    from lxml import etree

_PNG = b"\x89PNG\r\n\x1a\n"
_PDF = b"%PDF-"
_ZIP = b"PK\x03\x04"
_PROPERTIES = "docProps/custom.xml"
_SPACE = "urn:talentflow:provenance"
_PACKET = re.compile(rb"<\?xpacket begin=.*?\?>(.*?)<\?xpacket end=", re.DOTALL)
MOST_BYTES = 2**30
"""Bytes of a PNG or PDF that is read: 1 GiB."""
_START = 4096
_MOST_PROPERTIES = 2**22
"""Bytes of the properties of a presentation, of which ours has some thousand."""


def carried(path: Path) -> dict[str, str]:
    """Word → text, as `Command`, `Dataset`, `As of`. FileError where the file cannot be read, is no picture, or says
    nothing of the kind."""
    try:
        with path.open("rb") as file:
            start = file.read(_START)
            too_large = path.stat().st_size > MOST_BYTES
            whole = b"" if too_large or not start.startswith((_PNG, _PDF)) else start + file.read()
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
    elif root(start) == "svg":
        words = dict(_of_svg(path))
    else:
        raise refused(path, "wrong-format", "it is no PNG, SVG, PDF or PPTX", "Give a picture as it was written.")
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
            content = package.read(entry) if entry.file_size <= _MOST_PROPERTIES else b""
        made = etree.fromstring(content, _safe())
    except (zipfile.BadZipFile, zlib.error, KeyError, OSError, RuntimeError, etree.XMLSyntaxError):
        return {}
    return {part.get("name", ""): "".join(map(str, part.itertext())) for part in made}


def _of_pdf(content: bytes) -> dict[str, str]:
    """The words in the last packet of metadata."""
    from lxml import etree

    packets = _PACKET.findall(content)
    if not packets:
        return {}
    try:
        made = etree.fromstring(packets[-1], _safe())
    except etree.XMLSyntaxError:
        return {}
    return {local(part).replace("_", " "): part.text or "" for part in made.iter(f"{{{_SPACE}}}*")}


def _safe() -> etree.XMLParser:
    """A parser that follows nothing that a file names."""
    from lxml import etree

    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
