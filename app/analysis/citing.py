"""A source from what an analyst pastes: a link, or the text of a report. Nothing is fetched."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urlsplit

from app.analysis.adding import Cited
from app.domain.dates import day, readable, text

LONGEST_TITLE, LONGEST_QUOTE = 160, 300
_LINK = re.compile(r"https?://[^\s<>\"”’)]+")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_MONTH = "|".join(f"{name}|{name[:3]}" for name in _MONTHS)
_WRITTEN = (
    re.compile(rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)? (?P<m>{_MONTH})\.?,? (?P<y>20\d\d)\b"),
    re.compile(rf"\b(?P<m>{_MONTH})\.? (?P<d>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y>20\d\d)\b"),
)
_ISO = re.compile(r"\b(20\d\d)-(\d\d)-(\d\d)\b")
_IN_LINK = re.compile(r"/(20\d\d)/(\d\d?)(?:/(\d\d?))?/")


def cited(pasted: str, today: int) -> Cited:
    """What a pasted text says of itself as a source: its link, its publisher (the site), its first line as title, the
    first day named in it as the day of publication. Falsy for a blank text. today: a day, when it was looked at."""
    link = _LINK.search(pasted)
    url = link.group().rstrip(".,;") if link else ""
    lines = [line.strip() for line in _LINK.sub("", pasted).splitlines()]
    title = next((line for line in lines if line), "")
    return Cited(
        title=_shortened(title, LONGEST_TITLE) or _last_part(url),
        publisher=_site(url),
        url=url,
        published=_published(pasted, url),
        accessed=text(today) if url else "",
    )


def sentence_with(pasted: str, name: str) -> str:
    """The first sentence that has a name in it, as a quote; blank if none has."""
    for paragraph in re.split(r"\n\s*\n", _LINK.sub("", pasted)):
        for sentence in re.split(r"(?<=[.!?])\s+", " ".join(paragraph.split())):
            if name and name in sentence:
                return _shortened(sentence, LONGEST_QUOTE)
    return ""


def _site(url: str) -> str:
    return _split(url).netloc.removeprefix("www.")


def _split(url: str) -> SplitResult:
    """The parts of an address; all blank for what only looks like one, as `https://[`."""
    try:
        return urlsplit(url)
    except ValueError:
        return SplitResult("", "", "", "", "")


def _last_part(url: str) -> str:
    """The words of an address that stand for a title: `meta-hires-three-researchers` → Meta hires three researchers."""
    parts = [part for part in _split(url).path.split("/") if part]
    words = re.sub(r"\.\w{2,5}$", "", parts[-1]).replace("-", " ").replace("_", " ") if parts else ""
    return words[:1].upper() + words[1:] if len(words.split()) > 2 else ""


def _published(pasted: str, url: str) -> str:
    for pattern in _WRITTEN:
        if match := pattern.search(pasted):
            month = next(n for n, name in enumerate(_MONTHS, 1) if name.startswith(match["m"][:3]))
            if (found := _day(int(match["y"]), month, int(match["d"]))) is not None:
                return found
    if (match := _ISO.search(pasted)) and (found := _day(*map(int, match.groups()))) is not None:
        return found
    if match := _IN_LINK.search(url):
        parts = [part for part in match.groups() if part]
        written = "-".join([parts[0], *(f"{int(part):02}" for part in parts[1:])])
        return written if readable(written) else ""
    return ""


def _day(year: int, month: int, of_month: int) -> str | None:
    try:
        return text(day(year, month, of_month))
    except ValueError:
        return None


def _shortened(words: str, most: int) -> str:
    return words if len(words) <= most else words[: most - 1].rsplit(" ", 1)[0] + "…"
