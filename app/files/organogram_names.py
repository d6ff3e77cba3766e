"""What the name column of an organogram says: a person, somebody whose name is kept back, or nobody.

The templates ask for a name only from a certain grade on, so that most posts of large departments say "N/D", "ND" or
nothing; others carry a word instead of a name ("Vacant", "Eliminated") or the title of the post.
"""

from __future__ import annotations

import re
import unicodedata
from enum import Enum
from typing import NamedTuple

from app.files.dialects import Entry

NAME, TITLE, FUNCTION, TIME, NOTES = "Name", "Job Title", "Job/Team Function", "FTE", "Notes"

_KEPT_BACK = re.compile(r"n\W?[da]\W?|not disclosed|undisclosed|(name )?withheld|redacted", re.IGNORECASE)
_VACANT = re.compile(r"\W*(vacan(t|cy)|unfilled|no post ?holder|not in post)\b", re.IGNORECASE)
_GONE = re.compile(r"\W*(eliminated|abolished|deleted|removed|closed)\b", re.IGNORECASE)
_IDLE = re.compile(r"\W*(vacant( post)?|vacancy|not in post)\W*", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_AROUND = " '\"()[]"


class Says(Enum):
    """What a name column says of who holds the post."""

    NAMED = "a person is named"
    KEPT_BACK = "somebody holds it, whose name is kept back"
    BLANK = "no name, but working time: somebody holds it"
    TITLE = "the title of the post stands in place of a name"
    SILENT = "neither name nor working time: nobody on record"
    VACANT = "it is vacant"
    GONE = "it was eliminated"


UNDISCLOSED = frozenset({Says.KEPT_BACK, Says.BLANK, Says.TITLE})
"""Somebody holds the post, and nobody says who."""


HELD = UNDISCLOSED | {Says.NAMED}
"""Somebody holds the post."""


class Words(NamedTuple):
    """The words of a name in an order of their own, so that `Marcus Manuel` and `Manuel, Marcus` are one name."""

    words: tuple[str, ...]

    @property
    def is_full(self) -> bool:
        """Whether two words of more than one letter stand in it: less names nobody beyond one post."""
        return sum(len(word) > 1 for word in self.words) > 1

    def resembles(self, other: Words) -> bool:
        """Whether the two share a word."""
        return bool({word for word in self.words if len(word) > 1} & set(other.words))

    def is_form_of(self, other: Words) -> bool:
        """Whether one of the two is the other with words left out or cut to their first letter: `E Stell` is a form of
        `Edward Stell`, `Bruce Mann` of `Bruce Richard Mann`."""
        few, many = sorted((self.words, other.words), key=len)
        left = list(many)
        for word in sorted(few, key=len, reverse=True):
            fits = [o for o in left if o == word or (1 in (len(o), len(word)) and o[:1] == word[:1])]
            if not fits:
                return False
            left.remove(max(fits, key=lambda o: o == word))
        return len(few) > 1 and self.resembles(other)


def said(entry: Entry) -> Says:
    """What a row of a senior file says about who holds its post."""
    name = entry[NAME].strip(_AROUND)
    if _GONE.match(name):
        return Says.GONE
    if _VACANT.match(name):
        return Says.VACANT
    undisclosed = not _WORD.search(name) or _KEPT_BACK.fullmatch(name) is not None
    if undisclosed and _idle(entry):
        return Says.VACANT
    if undisclosed and name:
        return Says.KEPT_BACK
    if undisclosed:
        return Says.BLANK if entry[TIME] else Says.SILENT
    return Says.TITLE if _is_title(name, entry[TITLE]) else Says.NAMED


def words_of(name: str) -> Words:
    """The words of a name: small letters without accents, sorted; hyphens and commas part them."""
    plain = unicodedata.normalize("NFKD", name.replace("'", "").replace("’", "")).casefold()
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return Words(tuple(sorted(_WORD.findall(plain))))


def _idle(entry: Entry) -> bool:
    """Whether title or function say that nobody does the work, or the notes that the post is vacant."""
    if _VACANT.match(entry[NOTES]):
        return True
    return any(_IDLE.fullmatch(entry[column]) is not None for column in (TITLE, FUNCTION))


def _is_title(name: str, title: str) -> bool:
    """Whether a name is nothing but the title of the post, be it twice over."""
    words, of_title = (_WORD.findall(text.casefold()) for text in (name, title))
    n = len(of_title)
    return n > 0 and len(words) % n == 0 and words == of_title * (len(words) // n)
