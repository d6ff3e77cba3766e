"""What may follow in a filter that is being typed: fields, names, words, each with what it means."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from app.analysis.names import near
from app.domain.dataset import Dataset
from app.domain.lens import FIELDS, Term

MOST = 12
"""Completions that are offered."""
NAMES = (("organization", "organizations"), ("person", "people"))
_COMPARED = re.compile(r"[:=]|<=|>=|<|>")
_JOINS = {"or": "the one or the other", "not": "turns what follows round"}


@dataclass(frozen=True, slots=True)
class Completion:
    """text: what takes the place of the letters [start, end); said: what is offered; meaning: what it does."""

    text: str
    start: int
    end: int
    said: str
    meaning: str

    def within(self, text: str) -> tuple[str, int]:
        """The whole text after it, and where the cursor stands then. A term that is whole is followed by a blank."""
        open_ended = self.text[-1:] in ":<>=-"
        rest = text[self.end :]
        gap = "" if open_ended or rest[:1].isspace() or rest[:1] == ")" else " "
        made = text[: self.start] + self.text + gap
        return made + rest, len(made) + (0 if open_ended or gap else 1)


def completions(dataset: Dataset, text: str, cursor: int, most: int = MOST) -> list[Completion]:
    """What may stand in place of the word that the cursor is in or behind, the likeliest first.

    Without a field: fields, and whose name begins so, to be asked of by every field that they fit. With one: its words,
    names, or what stands in the data. Empty where nothing fits.
    """
    start, end = _word(text, cursor)
    word = text[start:end]
    found = _COMPARED.search(word.partition('"')[0])
    if found is None:
        offered = _fields(dataset, word.lstrip("-"), behind=bool(text[:start].strip()))
        start += len(word) - len(word.lstrip("-"))
    else:
        value = word[found.end() :].replace('"', "")
        offered = _values(dataset, word[: found.start()].lstrip("-").lower(), found.group(), value)
        start += len(word) - len(word.lstrip("-"))
    kept = [Completion(made, start, end, said, meaning) for made, said, meaning in offered]
    return [one for one in kept if one.text != word][:most]


def _word(text: str, cursor: int) -> tuple[int, int]:
    """[start, end) of the word around the cursor: what stands between blanks and brackets outside of quotes."""
    start, quoted = 0, False
    for at, letter in enumerate(text):
        apart = not quoted and (letter.isspace() or letter in "()")
        if apart and at >= cursor:
            return start, at
        if apart:
            start = at + 1
        elif letter == '"':
            quoted = not quoted
    return start, len(text)


def _fields(dataset: Dataset, typed: str, *, behind: bool) -> Iterable[tuple[str, str, str]]:
    """Fields that begin so, then names with the fields that they fit. behind: whether a condition stands before."""
    begun = typed.lower()
    for name, asked in FIELDS.items():
        if name.startswith(begun):
            yield f"{name}:", f"{name}:", asked.meaning
    for word, meaning in _JOINS.items():
        if word.startswith(begun) and (behind or word == "not"):
            yield word, word, meaning
    if len(typed) >= 2:
        for kind, table in NAMES:
            for record in near(dataset, table, typed, 3):
                if record.rank > 4:  # merely looks like it
                    continue
                for name, asked in FIELDS.items():
                    if asked.kind == kind:
                        yield str(Term(name, record.name)), f"{name}:{record.name}", asked.meaning


def _values(dataset: Dataset, field: str, sign: str, typed: str) -> Iterable[tuple[str, str, str]]:
    """Values of a field that begin with or hold what is typed."""
    if field not in FIELDS:
        return
    asked, comparison = FIELDS[field], ":" if sign == "=" else sign
    if asked.words:
        for word in asked.words:
            if word.startswith(typed.lower()):
                yield str(Term(field, word, comparison)), word, asked.meaning
        return
    tables = dict(NAMES)
    if asked.kind in tables:
        for record in near(dataset, tables[asked.kind], typed, MOST):
            also = f"also {', '.join(record.aliases[:2])}" if record.aliases else asked.meaning
            yield str(Term(field, record.name, comparison)), record.name, also
    elif field == "expertise":
        entries = dataset["people"].get_column("expertise").explode().drop_nulls().value_counts(sort=True)
        for entry, n in entries.iter_rows():
            if typed.lower() in entry.lower():
                yield str(Term(field, entry, comparison)), entry, f"{n:,} of the people on record"
    elif asked.comparable and not typed:
        for example in ("2025", "2025-06..", "2024..2025") if asked.kind == "date" else ("2", "2..", "2..4"):
            if comparison == ":" or ".." not in example:
                yield str(Term(field, example, comparison)), example, asked.meaning
