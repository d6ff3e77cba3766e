"""What a text that is no date surely means, as a date of this program: `June 2025` is 2025-06.

Nothing is guessed. Of a text that can be read in several ways only what all readings have in common is given: of
03/04/2025 the year. What has no meaning in common has none here: `winter 2025`, `26/06/25`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.domain import dates

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_NUMBERS = {name[:n]: k + 1 for k, name in enumerate(_MONTHS) for n in range(3, len(name) + 1)}
_OPEN = {"present", "now", "current", "currently", "ongoing", "today", "to date", "till now", "open"}
_UNKNOWN = {"unknown", "n/a", "na", "none", "null", "nan", "tbd", "?", "-", "not known"}
_ABOUT = re.compile(r"^(?:c\.|ca\.?|circa|about|around|approx\.?|approximately|~)\s*(?=\w)|^c\s+(?=\d)")
_SOMEWHERE = re.compile(r"^(?:early|mid|late|spring|autumn|fall)[\s-]+(?:in\s+|of\s+)?(\d{4})$")
_TIME = re.compile(r"^(\d{4}-\d{2}-\d{2})[t ]\d{2}:?\d{2}(?::?\d{2}(?:\.\d+)?)?\s*(?:z|utc|[+-]\d{2}:?\d{2})?$")
_YEAR_FIRST = re.compile(r"^(\d{4})(?:-(\d{1,2}|xx))(?:-(\d{1,2}|xx))?$")
_YEAR_LAST = re.compile(r"^(\d{1,2})-(\d{1,2})-(\d{4})$")
_MONTH_YEAR = re.compile(r"^(\d{1,2})-(\d{4})$")
_DIGITS = re.compile(r"^\d{8}$")
_WORDS = re.compile(r"[a-z]+|\d+")
_LEAST_YEAR, _MOST_YEAR = 1000, 2999


@dataclass(frozen=True, slots=True)
class Meant:
    """text: the date, blank for one that is not known; whole: whether it says all that was said."""

    text: str
    whole: bool = True


def meant(text: str, *, may_be_open: bool = False) -> Meant | None:
    """What a text means; None if that is not sure. may_be_open: whether the date may be `..` (`present`)."""
    plain = " ".join(re.sub(r"[\u2010-\u2015\u2212]", "-", text).lower().split()).strip(" .,;")
    if not plain.isascii():
        return None
    if plain in _UNKNOWN:
        return Meant("")
    if plain in _OPEN:
        return Meant(dates.OPEN) if may_be_open else None
    plain, flag = _flagged(plain)
    plain = re.sub(r"^(?:in|on|since|from)\s+", "", plain)
    if found := _SOMEWHERE.match(plain):
        return Meant(found[1], whole=False) if _readable(found[1]) else None
    readings = {reading for reading in _readings(plain) if _readable(reading)}
    if len(readings) == 1:
        (reading,) = readings
        return Meant(reading + flag)
    years = {reading[:4] for reading in readings}
    return Meant(years.pop() + flag, whole=False) if len(years) == 1 else None


def _flagged(plain: str) -> tuple[str, str]:
    """The text without what says that it is about or uncertain, and the flag for that."""
    about = _ABOUT.search(plain) is not None
    plain = _ABOUT.sub("", plain)
    tail = re.search(r"\s*(?:([~?%]+)|\((?:\?|about|approx\.?|uncertain)\))$", plain)
    signs = "" if tail is None else tail[1] or ("?" if "?" in tail[0] or "uncertain" in tail[0] else "~")
    plain = plain if tail is None else plain[: tail.start()]
    about, uncertain = about or "~" in signs or "%" in signs, "?" in signs or "%" in signs
    return plain.strip(), "%" if about and uncertain else "~" if about else "?" if uncertain else ""


def _readings(plain: str) -> list[str]:
    """Every date that a text can stand for, whether there is such a day or not."""
    if found := _TIME.match(plain):
        return [found[1]]
    numbers = re.sub(r"\s*[/.\s-]\s*", "-", plain)
    if re.fullmatch(r"\d{4}", plain):
        return [plain]
    if found := _YEAR_FIRST.match(numbers):
        year, month, day = found[1], _known(found[2]), _known(found[3])
        return [_date(int(year), month, day)] if month or not day else []
    if found := _YEAR_LAST.match(numbers):
        one, other, last = (int(part) for part in found.groups())
        return [_date(last, other, one), _date(last, one, other)]
    if found := _MONTH_YEAR.match(numbers):
        return [_date(int(found[2]), int(found[1]), 0)]
    if _DIGITS.match(plain):
        a, b, c, d = plain[:2], plain[2:4], plain[4:6], plain[6:]
        return [f"{a}{b}-{c}-{d}", f"{c}{d}-{b}-{a}", f"{c}{d}-{a}-{b}"]
    return _in_words(plain)


def _in_words(plain: str) -> list[str]:
    """`june 26th, 2025`, `26 june 2025`, `june 2025`, `2025 june`: a month by its name, a year, perhaps a day."""
    plain = re.sub(r"\b(\d{1,2})(?:st|nd|rd|th)\b", r"\1", plain)
    if re.search(r"[^a-z0-9\s.,/'-]", plain):
        return []
    parts = [part for part in _WORDS.findall(plain) if part not in ("of", "the")]
    named = [part for part in parts if part in _NUMBERS or part == "sept"]
    years = [part for part in parts if part.isdigit() and len(part) == 4]
    days = [part for part in parts if part.isdigit() and len(part) <= 2]
    if len(named) != 1 or len(years) != 1 or len(days) > 1 or len(parts) != 2 + len(days):
        return []
    if days and parts.index(named[0]) == 2:  # 2025 26 june, 26 2025 june: nobody writes so
        return []
    month = _NUMBERS["sep"] if named[0] == "sept" else _NUMBERS[named[0]]
    return [_date(int(years[0]), month, int(days[0]) if days else 0)]


def _known(part: str | None) -> int:
    """A month or day as a number; 0 where it is left open: `xx`, `00`."""
    return 0 if part is None or part == "xx" else int(part)


def _date(year: int, month: int, day: int) -> str:
    return f"{year:04d}" + (f"-{month:02d}" + (f"-{day:02d}" if day else "") if month else "")


def _readable(text: str) -> bool:
    return text[:4].isdecimal() and _LEAST_YEAR <= int(text[:4]) <= _MOST_YEAR and dates.readable(text)
