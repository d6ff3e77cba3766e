"""Names in a plain form in which two spellings of one name are equal: without case, accents, punctuation, titles, legal
forms; names of people in parts, those of organizations with what stands in brackets beside them."""

from __future__ import annotations

import polars as pl

_LETTERS = {"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "\u0131": "i"}
"""Letters that do not come apart into a plain one and an accent."""
_TITLES = ("dr", "prof", "professor", "mr", "mrs", "ms", "sir", "phd", "md", "jr", "sr", "ii", "iii")
_LEGAL = (
    "inc", "incorporated", "corp", "corporation", "co", "company", "ltd", "limited", "llc", "llp", "lp", "plc", "pbc",
    "gmbh", "ag", "kg", "se", "sa", "sas", "sarl", "bv", "nv", "ab", "oy", "aps", "spa", "srl", "kk", "pty", "pte",
)  # fmt: skip
"""Legal forms, at the end of the name of an organization."""
_FILLING = ("the", "of", "for", "and", "at", "de", "la", "du", "des", "der", "fur")
_TURNED = r"^([^,]+),\s*([^,]+)$"
_FORMERLY = r"^(formerly|previously|ex|aka|also|now|known as|was)\s+"


def plain(names: pl.Series) -> pl.Series:
    """Small plain letters, digits and single blanks; null stays null, and so does what nothing is left of."""
    made = names.str.normalize("NFKD").str.to_lowercase().str.replace_all(r"\p{M}|['’`\u00b4]", "")
    made = made.str.replace_many(list(_LETTERS), list(_LETTERS.values())).str.replace_all("&", " and ")
    made = made.str.replace_all(r"[^\p{L}\p{N}]+", " ").str.strip_chars()
    return made.to_frame("made").select(pl.when(pl.col("made") != "").then("made")).to_series().alias(names.name)


def person_key(names: pl.Series) -> pl.Series:
    """Names of people in the plain form, `Wei, Jason` as Jason Wei; what has no plain form in small letters."""
    turned = names.str.replace(_TURNED, "$2 $1") if names.str.contains(",", literal=True).any() else names
    return _or_small(plain(turned), names)


def organization_key(names: pl.Series) -> pl.Series:
    """Names of organizations in the plain form without a legal form; what has no plain form in small letters."""
    return _or_small(_without_legal_form(plain(names)), names)


def _without_legal_form(plain_names: pl.Series) -> pl.Series:
    return plain_names.str.replace(r"^the ", "").str.replace(rf"(?: (?:{'|'.join(_LEGAL)}))+$", "")


def _or_small(made: pl.Series, names: pl.Series) -> pl.Series:
    if made.null_count() == names.null_count():
        return made
    return made.to_frame("made").select(pl.coalesce("made", names.str.to_lowercase())).to_series()


def of_people(records: pl.DataFrame) -> pl.DataFrame:
    """How people may be called: code (their row), form, first, middle, last, initials (of the middle), n (words), name
    (as it is written).

    records: code, name, aliases. `Wei, Jason` is Jason Wei; `Yuhuai (Tony) Wu` is Yuhuai Wu and Tony Wu. What has a
    digit in it is no name but a label, and left out.
    """
    written = _written(records).filter(~pl.col("name").str.contains(r"\d"))
    turned = pl.col("name").str.replace(_TURNED, "$2 $1")
    bare = turned.str.replace_all(r"\s*\([^)]*\)", "")
    inner = turned.str.extract(r"\(([^)]*)\)")
    other = pl.when(inner.is_not_null()).then(inner + " " + bare.str.extract(r"(\S+)$"))
    forms = written.select("code", "name", form=pl.concat_list(bare, other)).explode("form").drop_nulls("form")
    words = plain(forms.get_column("form")).str.split(" ")
    found = forms.with_columns(words=words).filter(pl.col("words").is_not_null())
    untitled = pl.col("words").list.set_difference(list(_TITLES)).list.len() == pl.col("words").list.len()
    kept = pl.col("words").list.eval(pl.element().filter(~pl.element().is_in(list(_TITLES))))
    found = found.with_columns(words=pl.when(untitled).then("words").otherwise(kept))
    found = found.with_columns(n=pl.col("words").list.len()).filter(pl.col("n") > 0)
    middle = pl.col("words").list.slice(1, pl.max_horizontal(pl.col("n").cast(pl.Int64) - 2, 0))
    return found.select(
        "code", "name", "n",
        form=pl.col("words").list.join(" "),
        first=pl.col("words").list.first(),
        middle=middle.list.join(" "),
        last=pl.col("words").list.last(),
        initials=middle.list.eval(pl.element().str.head(1)).list.join(" "),
    ).unique(["code", "form"], keep="first", maintain_order=True)  # fmt: skip


def of_organizations(records: pl.DataFrame) -> pl.DataFrame:
    """How organizations may be called: code, name, form (words), compact (without blanks), sorted (what says something,
    in order of the alphabet), aside (whether it only stands in brackets). records: code, name, aliases."""
    written = _written(records)
    bare = pl.col("name").str.replace_all(r"\s*\([^)]*\)", "")
    inner = pl.col("name").str.extract(r"\(([^)]{2,})\)").str.to_lowercase().str.replace(_FORMERLY, "")
    forms = pl.concat(
        [
            written.select("code", "name", form=bare, aside=pl.lit(value=False)),
            written.select("code", "name", form=inner, aside=pl.lit(value=True)).drop_nulls("form"),
        ]
    )
    made = _without_legal_form(plain(forms.get_column("form")))
    found = forms.with_columns(form=made).drop_nulls("form")
    told = pl.col("form").str.split(" ").list.eval(pl.element().filter(~pl.element().is_in(list(_FILLING))))
    return found.with_columns(
        compact=pl.col("form").str.replace_all(" ", ""), sorted=told.list.sort().list.join(" ")
    ).unique(["code", "form"], keep="first", maintain_order=True)


def _written(records: pl.DataFrame) -> pl.DataFrame:
    """Every name and alias of every record, the name first."""
    names = records.select("code", "name")
    aliases = records.select("code", name=pl.col("aliases")).filter(pl.col("name").list.len() > 0).explode("name")
    return pl.concat([names, aliases]).drop_nulls("name")
