"""XML documents of other programs, read so that nothing in them reaches further than the document.

No entity is resolved, no other file and no network is looked at; a document that declares entities is refused.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from app.domain.errors import Fault, FileError

if TYPE_CHECKING:
    from lxml import etree


def tree(content: bytes, place: str) -> etree._Element:
    """The root element. FileError where it is no XML, is cut off, nested beyond reason, or declares entities."""
    from lxml import etree  # only here: other formats need none of it

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    if b"<!ENTITY" in content:
        raise _entities(place)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        row = getattr(error, "lineno", None)
        why = str(getattr(error, "msg", error)).split(", line ")[0].split(", use ")[0]
        raise FileError(
            Fault("syntax", f"it is no XML that can be read: {why}", "Fetch it again.", file=place, row=row)
        ) from error
    declared: Any = root.getroottree().docinfo.internalDTD
    if declared is not None and any(True for _ in declared.iterentities()):
        raise _entities(place)
    return root


def local(element: etree._Element) -> str:
    """The name of an element without its namespace."""
    return _local(element.tag)


@lru_cache(maxsize=4096)
def _local(tag: object) -> str:
    return str(tag).rpartition("}")[2]


def _entities(place: str) -> FileError:
    message = "it declares entities, which can hide other files or grow without end"
    return FileError(Fault("unsafe-xml", message, "It was not opened: fetch it from where you trust it.", file=place))
