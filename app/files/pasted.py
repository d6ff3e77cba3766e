"""What is copied from a table and pasted into one: lines of cells with tabs between them, as spreadsheets write them.

A cell that holds a tab, a line break or a quotation mark stands in quotation marks, which are doubled within it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

_MARKED = re.compile(r'[\t\n\r"]')
_CELL = re.compile(r'"((?:[^"]|"")*)"(?=[\t\r\n]|\Z)|([^\t\r\n]*)')


def tabbed(lines: Iterable[Sequence[str]]) -> str:
    """Lines of cells as text. Nothing for no lines."""
    return "".join("\t".join(map(_written, line)) + "\n" for line in lines)


def grid(text: str) -> list[list[str]]:
    """The lines of cells in a text, each as long as the longest; the last line break ends a line and begins none.

    A quotation mark that is not closed, or not at the beginning of a cell, is one like any other letter.
    """
    lines = list(_lines(text))
    width = max(map(len, lines), default=0)
    return [line + [""] * (width - len(line)) for line in lines]


def _written(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if _MARKED.search(cell) else cell


def _lines(text: str) -> Iterator[list[str]]:
    at, line = 0, list[str]()
    while at < len(text):
        match = _CELL.match(text, at)
        assert match is not None  # the second way matches anything
        line.append(match[2] if match[1] is None else match[1].replace('""', '"'))
        at = match.end()
        if text[at : at + 1] == "\t":
            at += 1
            if at == len(text):
                line.append("")
        elif at < len(text):
            at += 2 if text[at : at + 2] == "\r\n" else 1
            yield line
            line = []
    if line:
        yield line
