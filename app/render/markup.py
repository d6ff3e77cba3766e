"""Text for XML: escaped, and without the characters that XML forbids; ids for marks. No Qt."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import quote
from xml.sax.saxutils import escape

_PLAIN_KEYS = re.compile("[A-Za-z0-9:>_.~\n-]*")
_BETWEEN = "\uffff"
"""No letter of Unicode, and forbidden in XML: stands between texts that are escaped together."""
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def element_text(text: str) -> str:
    """Text for an element."""
    return escape(_NOT_XML.sub("\ufffd", text))


def element_texts(texts: Sequence[str]) -> list[str]:
    """The same for many texts: at once where all are printable, so that nothing can be forbidden."""
    joined = _BETWEEN.join(texts)
    alone = joined.count(_BETWEEN) == len(texts) - 1
    if alone and joined.replace(_BETWEEN, "").replace("\n", "").isprintable():
        return escape(joined).split(_BETWEEN)
    return [element_text(text) for text in texts]


def attribute_text(text: str) -> str:
    """Text for an attribute in double quotes."""
    return escape(_NOT_XML.sub("\ufffd", text), {'"': "&quot;"})


def mark_id(key: str) -> str:
    """The id of a key's first mark in a picture: `k-` and the key percent-encoded. Further ones add `:2`, `:3`, …"""
    return "k-" + quote(key, safe="")


def mark_ids(keys: Sequence[str]) -> list[str]:
    """The id of each key. Nearly all keys are plain: a thousand calls of `quote` take longer than the picture."""
    text = "\n".join(keys)
    ids = ("k-" + text.replace(":", "%3A").replace(">", "%3E").replace("\n", "\nk-")).split("\n")
    return ids if len(ids) == len(keys) and _PLAIN_KEYS.fullmatch(text) else [mark_id(key) for key in keys]
