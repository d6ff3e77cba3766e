"""XML of other programs, element by element: nothing is fetched, no entity is resolved, nothing is kept in memory. And
texts as our own XML has them.

A file that declares entities is refused: no data need them, and a few lines of them can unpack to gigabytes.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from app.files.texts import read_error, refused, too_large

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_BYTES = 2**28
"""Bytes of a file that is read: 256 MiB, over a million edges."""
_UTF16 = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_PROLOG = re.compile(r"\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>", re.DOTALL)
_ROOT = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)[\s/>]")

_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def text_of(text: str) -> str:
    """Text for an element; letters that XML forbids become the sign for what cannot be shown."""
    return escape(_NO_XML.sub("\ufffd", text), {"\r": "&#13;"})


def quoted(text: str) -> str:
    """Text for an attribute, with its quotes; lines and tabs in it stay."""
    return quoteattr(_NO_XML.sub("\ufffd", text))


def root(start: bytes) -> str:
    """The name of the root element, without its namespace, of a file that begins so; blank where it is no XML."""
    text = start.removeprefix(b"\xef\xbb\xbf").decode(_UTF16.get(start[:2], "utf-8"), "replace").lstrip("\ufeff")
    at = 0
    while match := _PROLOG.match(text, at):
        at = match.end()
    found = _ROOT.match(text, at)
    return found[1] if found else ""


def elements(path: Path, names: Collection[str]) -> Iterator[tuple[str, str, _Element]]:
    """What begins and ends in a file, in its order: `start` or `end`, the name of the element without its namespace,
    and the element, which at its end is whole. Of one in `names` nothing is kept after its end.

    FileError where the file cannot be read, is no XML, declares entities, or holds more than MOST_BYTES.
    """
    from lxml import etree

    try:
        if path.stat().st_size > MOST_BYTES:
            raise too_large(path, MOST_BYTES, "Export a part of it.")
        with path.open("rb") as file:
            events = etree.iterparse(
                file, ("start", "end"), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
                remove_comments=True, remove_pis=True,
            )  # fmt: skip
            first = True
            for event, element in events:
                if first:
                    _refuse_entities(path, element)
                    first = False
                name = local(element)
                yield event, name, element
                if event == "end" and name in names:
                    _forget(element)
    except OSError as error:
        raise read_error(path, error) from error
    except (etree.XMLSyntaxError, UnicodeDecodeError) as error:
        remedy = "Correct it in a text editor, or export it again."
        raise refused(path, "syntax", f"it is not valid XML: {_reason(error)}", remedy) from error


def local(element: _Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def inner(element: _Element) -> str:
    """All text in an element, without spaces around it and runs of them."""
    return " ".join("".join(str(part) for part in element.itertext()).split())


def _forget(element: _Element) -> None:
    """Drop what is in an element and the elements before it in the same parent."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _refuse_entities(path: Path, element: _Element) -> None:
    declared: Any = element.getroottree().docinfo.internalDTD  # None where there is no DOCTYPE
    named = next((entity.name for entity in declared.iterentities()), None) if declared is not None else None
    if named is not None:
        message = f"its DOCTYPE declares the entity {named!r}"
        raise refused(path, "entities", message, "Export it again without a DOCTYPE: no graph needs one.")


def _reason(error: Exception) -> str:
    said: str = getattr(error, "msg", None) or str(error)
    return said.splitlines()[0][:200] if said else "it ends in the middle"
