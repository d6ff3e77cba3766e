"""A column of dates as people write them → EDTF texts that say no more than the column does.

Each distinct text is read once: as EDTF; as what it surely means (`domain.meant`); with names of months in other
languages, which `dateparser` is asked for word by word. Whether days come before months is decided for the whole
column. Where that cannot be known, only what both readings have in common is taken: the year.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import polars as pl

from app.domain import dates
from app.domain.meant import meant

UNREADABLE, LESS, AMBIGUOUS, CENTURY = "unreadable-date", "less-exact", "ambiguous-date", "century"
"""Why a text is not wholly taken: it is no date; it says more than a date can; day and month cannot be told apart; its
year has two digits."""
PRESENT = frozenset(
    (
        "present", "the present", "now", "current", "currently", "ongoing", "today", "to date", "till now", "open",
        "still", "continuing", "heute", "bis heute", "jetzt", "aktuell", "gegenwart", "laufend", "derzeit",
        "aujourd'hui", "aujourd’hui", "present jour", "présent", "actuel", "actuellement", "en cours", "a ce jour",
        "à ce jour", "actual", "actualidad", "presente", "hoy", "actualmente", "hasta hoy", "en curso",
        "la actualidad", "hasta la fecha", "oggi", "attuale", "heden", "nu", "atual", "hoje", "至今", "现在", "-", "–",
        "—", "...", "…",
    )
)  # fmt: skip
"""What says of an end that there is none yet."""

_DASHES = re.compile(r"[\u2010-\u2015\u2212]")
_NUMBERS = re.compile(r"(\d{1,2})\s*([./ -])\s*(\d{1,2})\s*[./ -]\s*(\d{4}|\d{2})")
_TIME = re.compile(r"(\d{4}-\d{2}-\d{2}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4})[T ,]+\d{1,2}:\d{2}.*")
_WHOLE_YEAR = re.compile(r"(\d{4})\.0+")
_PART_OF_YEAR = (
    re.compile(r"(?:[qtsh][1-4]|[1-4]\s?[qtsh]|(?:[1-4](?:\.|st|nd|rd|th|er|e|eme|ème|o|º)?|first|second|third|fourth|i{1,3}|iv)\s?"
               r"(?:quarter|quartal|trimestre|trim|halbjahr|half|semestre|semester))\s*(?:of|de|von|du|del|,|/|-)?\s*(\d{4})"),
    re.compile(r"(\d{4})\s*[-/ ,]?\s*(?:[qtsh][1-4]|[1-4]\s?[qtsh])"),
)  # fmt: skip
_CJK = re.compile(r"(\d{4})\s*年(?:\s*(\d{1,2})\s*月(?:\s*(\d{1,2})\s*日)?)?")
_WITH_YEAR = re.compile(r"(?=.*\d{4}).*[^\W\d_]{3}")
_WORD = re.compile(r"[^\W\d_]+")
_FILLING = frozenset(
    (
        "de",
        "del",
        "du",
        "le",
        "la",
        "der",
        "den",
        "am",
        "im",
        "el",
        "en",
        "au",
        "van",
        "do",
        "dia",
        "seit",
        "ab",
        "desde",
        "depuis",
    )
)
_LANGUAGES = ["de", "fr", "es", "it", "pt", "nl"]
_ENGLISH = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LONGEST = 60
"""Characters of a text that may be a date."""
_MOST_WORDS = 200
"""Words of a column that may be names of months."""
_SERIAL = re.compile(r"\d{1,6}(?:\.\d+)?")
_SYSTEMS = {"serial": dt.date(1899, 12, 30), "serial-1904": dt.date(1904, 1, 1)}
_LEAP = 61
"""The first serial number after 29 February 1900, which that system has and no calendar."""
_PIVOT = 69
"""A year of two digits below it is of this century."""


@dataclass(frozen=True, slots=True)
class Read:
    """What a text means: EDTF, None if nothing that is sure; why it is not wholly taken, blank if it is."""

    text: str | None
    why: str = ""


def column_order(texts: Iterable[str]) -> str:
    """Whether the texts of a column write days first or months first: what makes all of them days. Points stand between
    days and months only where days come first. Blank where nothing shows it."""
    first = second = dotted = 0
    for text in texts:
        if found := _NUMBERS.fullmatch(_bare(text)):
            one, other = int(found[1]), int(found[3])
            first += one > 12 >= other
            second += other > 12 >= one
            dotted += found[2] == "."
    if first and not second:
        return "day-first"
    if second and not first:
        return "month-first"
    return "day-first" if dotted and not second else ""


def dates_of(column: pl.Series, order: str = "", *, may_be_open: bool = False) -> pl.DataFrame:
    """Each row of a column of texts as a date: text, why (blank where there is nothing to say). order: of
    `mapping.ORDERS`, found from the column if blank; may_be_open: whether `present` is the date `..`."""
    texts = column.drop_nulls().unique(maintain_order=True)
    found = read(texts.to_list(), order, may_be_open=may_be_open)
    values = [reading.text for reading in found]
    reasons = [reading.why for reading in found]
    if all(reading.text == text and not reading.why for reading, text in zip(found, texts, strict=True)):
        return pl.DataFrame({"text": column, "why": pl.Series([""]).new_from_index(0, len(column))})
    return pl.DataFrame(
        {
            "text": column.replace_strict(
                texts, pl.Series(values, dtype=pl.String), default=None, return_dtype=pl.String
            ),
            "why": column.replace_strict(
                texts, pl.Series(reasons, dtype=pl.String), default="", return_dtype=pl.String
            ),
        }
    )


def read(texts: Sequence[str], order: str = "", *, may_be_open: bool = False) -> list[Read]:
    """The distinct texts of a column as dates."""
    order = order or column_order(texts)
    months = _months(texts)
    return [_read(text, order, months, may_be_open=may_be_open) for text in texts]


def looks_like(text: str) -> bool:
    """Whether a text is likely a date, without asking for names of months in other languages."""
    if dates.readable(text) or text.lower().strip() in PRESENT:
        return True
    bare = _bare(text)
    if _NUMBERS.fullmatch(bare) or _CJK.fullmatch(bare) or any(form.fullmatch(bare) for form in _PART_OF_YEAR):
        return True
    if len(bare) > _LONGEST or not re.search(r"\d{4}", bare):
        return False
    return (
        meant(bare) is not None
        or re.fullmatch(r"(?:\d{1,2}\.?\s+)?(?:de\s+)?[^\W\d_]{3,10}\.?\s+(?:de\s+)?\d{4}", bare) is not None
    )


def _read(text: str, order: str, months: dict[str, str], *, may_be_open: bool) -> Read:
    if dates.readable(text) and (may_be_open or text != dates.OPEN) and not (order in _SYSTEMS and text.isdigit()):
        return Read(text)
    if may_be_open and text.lower().strip(" .()") in PRESENT:
        return Read(dates.OPEN)
    bare = _bare(text)
    if order in _SYSTEMS and _SERIAL.fullmatch(bare):
        return _serial(bare, order)
    if len(bare) > _LONGEST:
        return Read(None, UNREADABLE)
    if found := _NUMBERS.fullmatch(bare):
        return _numbers(found, order)
    if found := next((match for form in _PART_OF_YEAR if (match := form.fullmatch(bare))), None):
        return Read(found[1], LESS)
    if found := _CJK.fullmatch(bare):
        made = "-".join(part.zfill(2) for part in found.groups() if part)
        return Read(made) if dates.readable(made) else Read(None, UNREADABLE)
    words = _WORD.sub(lambda word: months.get(word[0].lower(), word[0]), bare) if months else bare
    if months and words != bare:
        words = " ".join(part for part in words.split() if part.strip(".,") not in _FILLING)
        words = re.sub(r"(\d{1,2})(?:\.|er\b|º)", r"\1 ", words)
    said = meant(words, may_be_open=may_be_open)
    if said is None:
        return Read(None, UNREADABLE)
    return Read(said.text or None, "" if said.whole else LESS)


def _bare(text: str) -> str:
    """A text without what says no day: a time, blanks, long dashes; 2019.0 is 2019."""
    plain = " ".join(_DASHES.sub("-", text).lower().split()).strip(" ,;()")
    if found := _TIME.fullmatch(plain.replace("t", "T", 1) if "t" in plain else plain):
        plain = found[1]
    return found[1] if (found := _WHOLE_YEAR.fullmatch(plain)) else plain


def _numbers(found: re.Match[str], order: str) -> Read:
    """Two numbers and a year."""
    one, other, year = int(found[1]), int(found[3]), found[4]
    short = len(year) == 2
    if short:
        year = f"{'20' if int(year) < _PIVOT else '19'}{year}"
    ways = {"day-first": (other, one), "month-first": (one, other)}
    if order in ways:
        month, day = ways[order]
        made = f"{year}-{month:02d}-{day:02d}"
        return Read(made, CENTURY if short else "") if dates.readable(made) else Read(None, UNREADABLE)
    possible = {made for month, day in ways.values() if dates.readable(made := f"{year}-{month:02d}-{day:02d}")}
    if len(possible) == 1:
        return Read(possible.pop(), CENTURY if short else "")
    return Read(year, AMBIGUOUS) if possible and not short else Read(None, UNREADABLE)


def _serial(text: str, system: str) -> Read:
    n = int(float(text))
    if n < 1 or (system == "serial" and n == _LEAP - 1):
        return Read(None, UNREADABLE)
    shift = 1 if system == "serial" and n < _LEAP else 0
    try:
        return Read((_SYSTEMS[system] + dt.timedelta(n + shift)).isoformat())
    except OverflowError:
        return Read(None, UNREADABLE)


def _months(texts: Iterable[str]) -> dict[str, str]:
    """Words in some texts that name months in other languages, with their English names."""
    words: dict[str, None] = {}
    for text in texts:
        if len(text) > _LONGEST or not _WITH_YEAR.search(text) or meant(bare := _bare(text)) is not None:
            continue
        words.update(dict.fromkeys(word for word in _WORD.findall(bare) if len(word) > 2))
        if len(words) > _MOST_WORDS:
            break
    return {word: month for word in list(words)[:_MOST_WORDS] if (month := _month(word))}


@lru_cache(maxsize=1024)
def _month(word: str) -> str:
    """The English name of a month that a word names in another language, blank if it names none."""
    if word[:3] in _ENGLISH and meant(f"1 {word} 2000") is not None:
        return ""
    import warnings

    import dateparser  # type: ignore[import-untyped]  # it ships no types

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = dateparser.parse(
            f"1 {word} 2000",
            languages=_LANGUAGES,
            settings={"REQUIRE_PARTS": ["day", "month", "year"], "STRICT_PARSING": True},
        )
    return _ENGLISH[found.month - 1] if found is not None and (found.year, found.day) == (2000, 1) else ""
