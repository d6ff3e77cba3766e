"""Who and what a text speaks of: names and aliases of the dataset that stand in it, and names that it does not know."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from app.analysis.names import short
from app.domain.dataset import Dataset

SHORTEST = 2
"""Letters of a name that is looked for."""
MOST_UNKNOWN = 8
_UNKNOWN = re.compile(r"\b[A-Z][\w’'-]+(?: (?:[A-Z]\.|[A-Z][\w’'-]+|de|van|von|der|al)){1,3}")
_MONTH = "January February March April May June July August September October November December"
_DAY = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
_FILLERS = frozenset(
    f"The A An In On At By For From With And But Or As It He She They We His Her Its This That These Those After {_DAY}"
    f" Before According When While Since Until If Both Last Next {_MONTH}".split()
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text. table: of its record, blank for a name that the dataset does not know; id: of its record, blank
    likewise; name: that of the record, or as it is written; start: of its first place in the text."""

    table: str
    id: str
    name: str
    start: int


def mentions(dataset: Dataset, text: str) -> list[Mention]:
    """People and organizations that a text names, in the order of the text, each once; then capitalized names of people
    that nobody has recorded, at most MOST_UNKNOWN. Capital letters count. Empty for a blank text."""
    if not text.strip():
        return []
    spans: list[tuple[int, int, Mention]] = []
    for table in ("people", "organizations"):
        for row_id, name, spelled in _spellings(dataset, table, text):
            places = (found.span() for found in re.finditer(rf"(?<!\w){re.escape(spelled)}(?!\w)", text))
            spans += [(start, end, Mention(table, row_id, name or row_id, start)) for start, end in places]
    spans.sort(key=lambda span: (span[0], span[0] - span[1]))  # of two at one place the longer one first
    known: dict[tuple[str, str], Mention] = {}
    reach = 0
    for _, end, mention in spans:
        if end > reach:  # a name within a longer one is not meant
            known.setdefault((mention.table, mention.id), mention)
            reach = max(reach, end)
    return [*known.values(), *_unknown(text, [(start, end) for start, end, _ in spans])]


def _spellings(dataset: Dataset, table: str, text: str) -> Iterator[tuple[str, str, str]]:
    """Id, name and spelling of each record of which a spelling stands in a text, within other words or not."""
    frame = dataset[table].select("id", "name", spelled=pl.concat_list(pl.concat_list("name"), "aliases"))
    flat = frame.explode("spelled").drop_nulls("spelled")
    for row_id, name, spelled in flat.filter(pl.col("spelled").str.len_chars() >= SHORTEST).iter_rows():
        if spelled in text:
            yield row_id, name, spelled
        elif table == "organizations" and spelled == name and (label := short(name, row_id)) in text:
            yield row_id, name, label


def _unknown(text: str, taken: list[tuple[int, int]]) -> list[Mention]:
    found: dict[str, Mention] = {}
    for match in _UNKNOWN.finditer(text):
        words, start = match.group().split(), match.start()
        while words and words[0] in _FILLERS:
            start += len(words.pop(0)) + 1
        name = " ".join(words).removesuffix("’s").removesuffix("'s")
        free = all(start >= end or start + len(name) <= begin for begin, end in taken)
        if len(words) >= 2 and free and len(found) < MOST_UNKNOWN:
            found.setdefault(name, Mention("", "", name, start))
    return list(found.values())
