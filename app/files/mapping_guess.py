"""What the columns of a table likely are, guessed by their names and by what stands in them, with reasons in words."""

from __future__ import annotations

import re
from collections.abc import Callable
from collections.abc import Mapping as Dict
from dataclasses import dataclass
from functools import partial
from itertools import chain

import polars as pl

from app.domain.schema import STATUSES, TABLES
from app.files import mapping_dates
from app.files.mapping import IGNORED, MEANINGS, NEEDED, SHAPES, Mapping, Meaning, Shape, Use
from app.files.mapping_words import ERRORS, KIND_WORDS, STATUS_WORDS, fields_of, fields_within, is_personal, plain
from app.files.reading import shown
from app.files.sheets import Sheet

SURE = 0.6
"""From here on a guess is taken without asking."""
_EXACT, _WITHIN, _BY_CONTENT = 0.9, 0.65, 0.45
_LEAST = 0.3
"""Guesses below it are not made."""
_MOST_TEXTS = 200
"""Distinct texts of a column that are looked at, the commonest."""
_CONTENTS = {
    "orcid": re.compile(r"(?:https?://orcid\.org/)?(?:\d{4}-){3}\d{3}[\dXx]"),
    "ror": re.compile(r"(?:https?://)?ror\.org/0\w{8}"),
    "openalex": re.compile(r"(?:https?://openalex\.org/)?[Aa]\d{6,}"),
    "organization-openalex": re.compile(r"(?:https?://openalex\.org/)?[Ii]\d{5,}"),
    "wikidata": re.compile(r"(?:https?://www\.wikidata\.org/(?:wiki|entity)/)?Q\d+"),
    "url": re.compile(r"https?://\S+"),
    "number": re.compile(r"[+-]?\d+(?:[.,]\d+)*%?"),
    "names": re.compile(r"[^\W\d_]+[.'’-]?(?:[ .'’-]+[^\W\d_]+[.'’]?){1,4}|[^\W\d_]+, *[^\W\d_]+(?: [^\W\d_]+)?"),
}
_STATUSES = frozenset((*STATUSES, *chain.from_iterable(STATUS_WORDS.values())))
_KINDS = frozenset(
    (
        *TABLES["organizations"].field("kind").vocabulary,
        *TABLES["stints"].field("kind").vocabulary,
        *chain.from_iterable(KIND_WORDS.values()),
    )
)
_NAMES = ("name", "full name", "nom", "nombre")
_SIGNS: Dict[str, tuple[str, ...]] = {
    "people": ("orcid", "openalex", "wikidata", "expertise", "aliases"),
    "organizations": (
        "parent",
        "founded",
        "dissolved",
        "ror",
        "kind",
        "organization-openalex",
        "organization-wikidata",
    ),
}
"""What makes a table one of people or of organizations, beside their names."""


@dataclass(frozen=True, slots=True)
class Column:
    """A guess at one column. confidence: 0 to 1; reason: why, in words; example: what stands in it."""

    name: str
    use: Use
    confidence: float
    reason: str
    example: str = ""


@dataclass(frozen=True, eq=False)
class Guess:
    """The mapping that seems right, with what speaks for it column by column. sure: whether it can be taken without
    asking; unplaced: columns that are ignored since nothing says what they are."""

    mapping: Mapping
    columns: tuple[Column, ...]
    sure: bool

    @property
    def unplaced(self) -> tuple[str, ...]:
        """The columns of which nobody knows what they are."""
        return tuple(column.name for column in self.columns if column.use.field == IGNORED)


@dataclass(frozen=True, slots=True)
class _Content:
    """What stands in a column: shares of its cells that are of a kind, and how many of them repeat another one."""

    shares: Dict[str, float]
    repeated: float
    n: int
    example: str
    longest: int


def guessed(sheet: Sheet, shape: Shape | None = None) -> Guess:
    """The likeliest mapping of a table. shape: what its rows are, if that is known."""
    contents = {name: _content(sheet.first.get_column(name)) for name in sheet.header}
    shapes: tuple[Shape, ...] = SHAPES if shape is None else (shape,)
    return max((_placed(sheet, contents, each) for each in shapes), key=_worth)


def by_hand(sheet: Sheet, chosen: Dict[str, Use], shape: Shape | None = None) -> Mapping:
    """The likeliest mapping in which some columns are what somebody has said; the others keep what is guessed, where
    that is sure and nobody has said it of another column."""
    wanted = _shape_of(sheet, chosen) if shape is None else shape
    taken = {use.field for use in chosen.values()}
    uses = {
        column.name: column.use
        for column in guessed(sheet, wanted).columns
        if column.confidence >= SURE and column.use.field not in taken and column.name not in chosen
    }
    return Mapping.of(wanted, {name: {**uses, **chosen}[name] for name in sheet.header if name in {**uses, **chosen}})


def _shape_of(sheet: Sheet, chosen: Dict[str, Use]) -> Shape:
    """What rows likely are of which some columns are known: what has most of their fields among those that it needs."""
    fitting = [each for each in SHAPES if all(_fits(use, each) for use in chosen.values())] or [*SHAPES]
    needed = {each: sum(use.field in NEEDED[each] for use in chosen.values()) for each in fitting}
    return max(fitting, key=lambda each: (needed[each], _worth(guessed(sheet, each))))


def _fits(use: Use, shape: Shape) -> bool:
    return use.field == IGNORED or shape in MEANINGS[use.field].shapes


def _worth(guess: Guess) -> tuple[bool, bool, float]:
    """A guess is worth more if it is sure, has what its shape needs, and places more columns."""
    mapping = guess.mapping
    whole = all(mapping.column(needed) for needed in NEEDED[mapping.shape])
    return guess.sure, whole, sum(column.confidence for column in guess.columns if column.use.field != IGNORED)


def _placed(sheet: Sheet, contents: Dict[str, _Content], shape: Shape) -> Guess:
    """Each column is what it is likeliest, each field stands once, the surest first."""
    meanings = [meaning for meaning in MEANINGS.values() if shape in meaning.shapes]
    scored = [
        (score, -n, name, meaning, reason)
        for n, name in enumerate(sheet.header)
        if not is_personal(name)
        for meaning in meanings
        for score, reason in (_score(name, contents[name], meaning, shape),)
        if score >= _LEAST
    ]
    found: dict[str, Column] = {}
    taken: set[str] = set()
    for score, _, name, meaning, reason in sorted(scored, key=lambda one: (-one[0], -one[1], one[3].name)):
        if name not in found and (meaning.name not in taken or meaning.name == "notes"):
            taken.add(meaning.name)
            found[name] = Column(name, _use(meaning), round(score, 2), reason, contents[name].example)
    columns = tuple(found.get(name) or _ignored(name, contents[name]) for name in sheet.header)
    mapping = Mapping.of(shape, {column.name: column.use for column in columns})
    sure = {column.use.field for column in columns if column.confidence >= SURE}
    signs = _SIGNS.get(shape)
    is_sure = sure.issuperset(NEEDED[shape]) and (signs is None or bool(sure & {*signs}))
    return Guess(mapping, columns, is_sure)


def _use(meaning: Meaning) -> Use:
    return Use(meaning.name, split=";" if meaning.kind == "list" or meaning.name == "source" else "")


def _ignored(name: str, content: _Content) -> Column:
    if is_personal(name):
        reason = "it is personal, which is never taken over"
    else:
        reason = "nothing says what it is" if content.n else "nothing stands in it"
    return Column(name, Use(), 0.0, reason, content.example)


def _score(name: str, content: _Content, meaning: Meaning, shape: Shape) -> tuple[float, str]:
    """How likely a column is a field, and why."""
    by_name, reason = _by_name(name, meaning, shape)
    fit, what = _fit(content, meaning)
    if by_name:
        return by_name * fit, f"{reason}{f', but {what}' if fit < 1 and what else ''}"
    return _by_content(content, meaning)


def _by_name(name: str, meaning: Meaning, shape: Shape) -> tuple[float, str]:
    exact = fields_of(name)
    if meaning.name in exact:
        return _EXACT, f"it is called {shown(name)!r}"
    if (shape, meaning.name) == ("organizations", "organization") and "person" in exact and plain(name) in _NAMES:
        return _EXACT - 0.1, f"it is called {shown(name)!r}"
    if (meaning.name, exact) in (("start", ("from",)), ("end", ("to",))):
        return _EXACT, f"it is called {shown(name)!r}"
    if shape == "moves" and meaning.name in ("from", "to") and {"from": "start", "to": "end"}[meaning.name] in exact:
        return _EXACT - 0.1, f"it is called {shown(name)!r}"
    if not exact and (word := next((word for field, word in fields_within(name) if field == meaning.name), "")):
        return _WITHIN, f"its name has the word {word!r}"
    return 0.0, ""


def _fit(content: _Content, meaning: Meaning) -> tuple[float, str]:
    """How well what stands in a column goes with a field that its name suggests: 1, or less and why."""
    if not content.n:
        return 0.75, "nothing stands in it"
    share = content.shares
    match meaning.kind:
        case "date":
            if meaning.name in ("start", "end") and share["number"] > 0.8 and share["date"] < 0.5:
                return 0.7, "numbers stand in it"
            return (1.0, "") if share["date"] >= 0.5 else (0.2, "few dates stand in it")
        case "name":
            bad = max(share["date"], share["number"], share["url"])
            return (0.15, "no names stand in it") if bad > 0.5 else (1.0, "")
        case "word":
            words = content.shares[meaning.name]
            return (1.0, "") if words >= 0.5 else (0.3, f"few words of a {meaning.name} stand in it")
        case "id":
            known = share.get(meaning.name.replace("organization-wikidata", "wikidata"), 1.0)
            return (1.0, "") if known >= 0.5 else (0.3, "few such ids stand in it")
        case "text" if meaning.name != "notes":
            return (0.2, "dates stand in it") if share["date"] > 0.8 and meaning.name in ("role", "unit") else (1.0, "")
    return 1.0, ""


def _by_content(content: _Content, meaning: Meaning) -> tuple[float, str]:
    """A guess at a column whose name says nothing."""
    share = content.shares
    if not content.n:
        return 0.0, ""
    if meaning.name in _CONTENTS and share[meaning.name] > 0.9:
        return 0.8 if meaning.name in ("orcid", "ror") else 0.55, f"ids of {meaning.name} stand in it"
    if meaning.name == "source" and share["url"] > 0.9:
        return _BY_CONTENT, "addresses stand in it"
    if meaning.name in ("start", "end", "date", "founded") and share["date"] > 0.9:
        return _BY_CONTENT - (0.02 if meaning.name == "end" else 0.0), "dates stand in it"
    names = max(share["date"], share["number"], share["url"]) < 0.1 and content.longest < 60
    if meaning.name == "person" and names and share["names"] > 0.9:
        return _BY_CONTENT - 0.03 + 0.02 * (content.repeated < 0.5), "names of two or more words stand in it"
    if meaning.name in ("organization", "from", "to") and names and content.repeated >= 0.3:
        return _BY_CONTENT - 0.07, "names that are repeated stand in it"
    return 0.0, ""


def _is_whole(form: re.Pattern[str], text: str) -> bool:
    return form.fullmatch(text) is not None


def _content(column: pl.Series) -> _Content:
    """What the first records hold in one column."""
    filled = column.str.strip_chars()
    filled = filled.filter((filled != "") & ~filled.is_in(ERRORS)).alias("text")
    counts = filled.value_counts(sort=True).sort("count", "text", descending=[True, False]).head(_MOST_TEXTS)
    texts, times = counts.get_column("text").to_list(), counts.get_column("count").to_list()
    n = max(sum(times), 1)

    def share(fits: Callable[[str], bool]) -> float:
        return float(sum(many for text, many in zip(texts, times, strict=True) if fits(text)) / n)

    shares = {kind: share(partial(_is_whole, form)) for kind, form in _CONTENTS.items()}
    shares["date"] = share(mapping_dates.looks_like)
    shares["status"] = share(lambda text: text.lower() in _STATUSES)
    shares["kind"] = share(lambda text: text.lower() in _KINDS)
    repeated = 1 - filled.n_unique() / len(filled) if len(filled) else 0.0
    return _Content(shares, repeated, len(filled), shown(filled[0]) if texts else "", max(map(len, texts), default=0))
