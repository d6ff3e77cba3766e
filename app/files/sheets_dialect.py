"""Delimiter and quotation marks of a text table, found by looking at its first lines.

Commas, semicolons, tabs and bars are tried first; where exactly one of them gives lines of equally many cells, that is
it. Where several do, or none, `clevercsv` decides (van den Burg, Nazabal & Sutton 2019, "Wrangling messy CSV files by
detecting row and type patterns").
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from contextlib import suppress

from app.files.sheets import Dialect

SAMPLE = 100_000
"""Characters that are looked at."""
_DOUBTFUL = 6_000
"""Characters that clevercsv is given: it takes a third of a second for them at worst."""
_MOST_LINES = 200
_DELIMITERS = (",", ";", "\t", "|")
_RARE = (":", "^", "~")
_SURE = 0.98
"""Share of lines of equally many cells."""


def dialect(text: str) -> Dialect:
    """The dialect of a text of which this is the beginning. Commas and double quotes where nothing says anything."""
    quote = _quote(text)
    shares = {mark: _alike(text, mark, quote) for mark in _DELIMITERS}
    sure = [mark for mark, (share, width) in shares.items() if width > 1 and share >= _SURE]
    if len(sure) > 1:  # a mark that stands within cells leaves the header alone, or makes fewer cells
        most = max(shares[mark] for mark in sure)
        sure = [mark for mark in sure if shares[mark] == most]
    if len(sure) == 1:
        return _finished(text, sure[0], quote)
    if not any(mark in text for mark in (*_DELIMITERS, *_RARE)):
        return Dialect(quote=quote)
    found = _clever(text)
    if found is not None and found.delimiter:
        return found
    best = max(_DELIMITERS, key=lambda mark: (shares[mark][1] > 1) * shares[mark][0])
    return _finished(text, best if shares[best][1] > 1 else ",", quote)


def in_words(found: Dialect) -> str:
    """A dialect as it is told: `semicolons`."""
    names = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars", ":": "colons", " ": "blanks"}
    return names.get(found.delimiter, f"{found.delimiter!r} between cells")


def _quote(text: str) -> str:
    """Single quotes only where cells begin and end with them and no cell does with double ones."""
    edges = [r"(?:^|[,;\t|\n])\s*{0}", r"{0}\s*(?:$|[,;\t|\r\n])"]
    double, single = ([len(re.findall(edge.format(mark), text)) for edge in edges] for mark in ('"', "'"))
    return "'" if not any(double) and min(single) >= 2 and min(single) >= 0.8 * max(single) else '"'


def _alike(text: str, delimiter: str, quote: str, escape: str | None = None) -> tuple[float, int]:
    """The share of lines that have the commonest number of cells, and that number; blank lines do not count."""
    widths: Counter[int] = Counter()
    with suppress(csv.Error):
        lines = io.StringIO(text, newline="")
        for n, cells in enumerate(csv.reader(lines, delimiter=delimiter, quotechar=quote, escapechar=escape)):
            if any(cell.strip() for cell in cells):
                widths[len(cells)] += 1
            if n == _MOST_LINES:
                break
    if sum(widths.values()) > 1 and len(text) == SAMPLE and n < _MOST_LINES:
        widths[len(cells)] -= 1  # the last line may be cut
    width, n_alike = max(widths.items(), key=lambda item: (item[1], item[0]), default=(1, 0))
    return n_alike / max(sum(widths.values()), 1), width


def _finished(text: str, delimiter: str, quote: str) -> Dialect:
    """The dialect with what else its quotation marks say."""
    mark, edge = re.escape(quote), re.escape(delimiter)
    spaced = re.search(rf"{edge} +{mark}[^{mark}\n]*{mark}(?:{edge}|\r?\n|\Z)", text) is not None
    escaped = re.search(rf"(?<!\\)\\{mark}(?!{mark}|\s*(?:{edge}|\r?\n|\Z))", text) is not None
    escape = "\\" if escaped and not re.search(rf"[^{edge}\r\n]{mark}{mark}[^{edge}\r\n]", text) else ""
    if (
        not escape
        and f"\\{delimiter}" in text
        and _alike(text, delimiter, quote, "\\") > _alike(text, delimiter, quote)
    ):
        escape = "\\"
    return Dialect(delimiter, quote, escape, spaced)


def _clever(text: str) -> Dialect | None:
    import clevercsv

    cut = text[:_DOUBTFUL]
    with suppress(clevercsv.Error, clevercsv.exceptions.NoDetectionResult, csv.Error, ValueError):
        found = clevercsv.Sniffer().sniff(cut[: cut.rfind("\n") + 1] or cut, delimiters=[*_DELIMITERS, *_RARE])
        if found is not None and found.delimiter:
            return Dialect(found.delimiter, found.quotechar or '"', found.escapechar or "")
    return None
