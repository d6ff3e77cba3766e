"""What is in a PDF that Qt has written, read back without another library: how many pages, how large, which words."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

_OBJECT = re.compile(rb"(?<![0-9])([0-9]+) 0 obj\r?\n(.*?)\r?\nendobj", re.DOTALL)
_STREAM = re.compile(rb"stream\r?\n(.*)\r?\nendstream", re.DOTALL)
_SHOWN = re.compile(r"/F([0-9]+) [\d.]+ Tf|<([0-9a-fA-F]+)> Tj")
_RANGE = re.compile(r"<([0-9A-F]{4})> <([0-9A-F]{4})> (?:<([0-9A-F]{4})>|\[([^\]]*)\])")


def _objects(data: bytes) -> dict[int, str]:
    """Objects by number, their streams unpacked."""
    found = {}
    for number, body in _OBJECT.findall(data):
        packed = _STREAM.search(body)
        stream = b""
        if packed is not None:
            body = body[: packed.start()]
            try:
                stream = zlib.decompress(packed[1])
            except zlib.error:
                stream = packed[1]
        found[int(number)] = (body + b"\n" + stream).decode("latin-1")
    return found


def sizes(data: bytes) -> list[tuple[float, float]]:
    """Width and height of each page, in points."""
    boxes = re.findall(rb"/Type /Page\n.*?/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", data, re.DOTALL)
    return [(float(width), float(height)) for width, height in boxes]


def _letters(table: str) -> Iterator[tuple[int, str]]:
    """Codes of a font and what they mean: ranges in which one letter follows the other, or lists."""
    for first, last, begin, listed in _RANGE.findall(table):
        codes = range(int(first, 16), int(last, 16) + 1)
        meant = (
            [int(begin, 16) + n for n in range(len(codes))]
            if begin
            else [int(c, 16) for c in listed[1:-2].split("> <")]
        )
        yield from ((code, chr(letter)) for code, letter in zip(codes, meant, strict=True))


def words(data: bytes) -> list[str]:
    """The letters of each page in the order in which they are painted, without blanks."""
    objects = _objects(data)
    letters: dict[str, dict[int, str]] = {}
    for number, text in objects.items():
        to_unicode = re.search(r"/ToUnicode ([0-9]+) 0 R", text)
        if to_unicode is not None:
            letters[str(number)] = dict(_letters(objects[int(to_unicode[1])]))
    pages = []
    for text in objects.values():
        contents = re.search(r"/Type /Page\n.*?/Contents ([0-9]+) 0 R", text, re.DOTALL)
        if contents is None:
            continue
        said, font = [], ""
        for name, glyphs in _SHOWN.findall(objects[int(contents[1])]):
            font = name or font
            codes = (int(glyphs[n : n + 4], 16) for n in range(0, len(glyphs), 4))
            said += [letters[font][code] for code in codes if code]  # 0 is the blank that carries a link
        pages.append("".join("".join(said).split()))
    return pages
