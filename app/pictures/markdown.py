"""Tables in Markdown (GitHub's dialect), in which a text of the data never becomes markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

_MARKUP = re.compile(r"[\\|*_`\[\]~]")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def cell(text: str) -> str:
    """A text for a cell: on one line, and none of its letters markup, a tag or an entity."""
    plain = _MARKUP.sub(r"\\\g<0>", _FORBIDDEN.sub("\ufffd", text)).replace("&", "&amp;").replace("<", "&lt;")
    return " ".join(plain.split())


def table(names: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """The lines of a table: names of columns, a rule, and a line for each row."""
    yield _line([cell(name) for name in names])
    yield _line(["---"] * len(names))
    for row in rows:
        yield _line([cell(text) for text in row])


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
