"""Pairs of records whose names may be spellings of one: who is looked at beside whom, and how alike their names are.

Nobody is compared with everybody: records are looked at together where they share a part of their names. Blocks of
names that are too common to say anything are passed over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import polars as pl
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

Step = Callable[[float], None]
"""Told how much is done, 0 to 1, between two pieces of work; raises where nobody waits any more."""

MOST_TOGETHER = 400
"""Names with one part in common that are looked at together; of a part that more share none are."""
PIECE = 100_000
"""Pairs compared at one time, about."""
SAME, SPACED, MIDDLE, SHORT, TYPO, SLIP, INITIAL, ASIDE, TURNED = (
    "same", "spaced", "middle", "short", "typo", "slip", "initial", "aside", "turned",
)  # fmt: skip
SCORES = {
    SAME: 95, SPACED: 94, MIDDLE: 86, TURNED: 84, ASIDE: 88, TYPO: 82, SHORT: 78, SLIP: 74, INITIAL: 72,
}  # fmt: skip
"""What a kind of likeness of two names is worth by itself, of 100."""
LONG_WORD, LONGER_WORD = 7, 9
"""Letters from which on a word that lacks a letter, or has two turned round, is rather a slip of the pen than another
word; and one in which a letter is exchanged for another."""
_PAIRS = {"a": pl.Int32, "b": pl.Int32, "kind": pl.String, "name": pl.String, "name_b": pl.String, "alike": pl.Float64}


def people_alike(forms: pl.DataFrame, step: Step) -> pl.DataFrame:
    """Pairs of people whose names are alike: a < b (codes), kind, name, name_b (as written), alike (percent); the best
    of each pair. forms: as `plain_names.of_people` gives them."""
    head = pl.col("first").str.head(1)
    whole = forms.with_columns(turned=pl.lit(value=False))
    back = forms.filter(pl.col("n") == 2).with_columns(
        first="last", last="first", turned=pl.lit(value=True)
    )  # `Wei Jason`
    by_last = pl.when(pl.col("last").str.len_chars() > 1).then("l " + pl.col("last") + " " + head)
    by_first = pl.when(pl.col("first").str.len_chars() > 1).then(
        "f " + pl.col("first") + " " + pl.col("last").str.head(1)
    )
    both = pl.concat([whole, back]).with_columns(key=pl.concat_list(by_last, by_first)).explode("key").drop_nulls("key")
    return _best(_compared(piece) for piece in _together(both, step))


def organizations_alike(forms: pl.DataFrame, step: Step) -> pl.DataFrame:
    """Pairs of organizations whose names are alike, as `people_alike`. forms: as `plain_names.of_organizations`."""
    n = pl.col("compact").str.len_chars().cast(pl.Int64)
    halves = [pl.concat_str(pl.lit(f"{sign} "), part) for sign, part in (
        ("h", pl.col("compact").str.head((n - 1) // 2)), ("h", pl.col("compact").str.head(n // 2)),
        ("t", pl.col("compact").str.tail((n - 1) // 2)), ("t", pl.col("compact").str.tail(n // 2)),
    )]  # a slip of the pen leaves one half of a name as it is  # fmt: skip
    long = n >= LONG_WORD
    keys = [pl.concat_str(pl.lit("c "), "compact"), pl.concat_str(pl.lit("s "), "sorted")]
    keys += [pl.when(long).then(half) for half in halves]
    keyed = forms.with_columns(key=pl.concat_list(keys).list.unique(), turned=pl.lit(value=False)).explode("key")
    return _best(_compared_bodies(piece) for piece in _together(keyed.drop_nulls("key"), step))


def said(kind: str, name: str, other: str, alike: float) -> str:
    """Why two names, as they are written, may be one, in words. alike: how much, in percent."""
    short, long = sorted((name, other), key=len)
    words = {
        SAME: "same name" if name == other else "same name, written differently",
        SPACED: "same name, spaced differently",
        TURNED: "same words in another order",
        MIDDLE: "same name but for what stands in the middle",
        ASIDE: f"“{long}” gives “{short}” in brackets",
        SHORT: f"“{short}” may be short for “{long}”",
        INITIAL: f"“{short}” may stand for “{long}”",
    }
    return words.get(kind, f"names {alike:.0f} % alike")


def _together(keyed: pl.DataFrame, step: Step) -> Iterator[pl.DataFrame]:
    """Pairs of forms with a key in common, piece by piece, a < b; of those turned round only the second is."""
    counts = keyed.group_by("key").len().filter(pl.col("len").is_between(2, MOST_TOGETHER)).sort("key")
    if not counts.height:
        return
    weight = (counts.get_column("len").cast(pl.Int64) ** 2).cum_sum().to_numpy()
    piece = pl.Series("piece", weight // PIECE)
    parts = keyed.join(counts.select("key", piece), on="key").partition_by("piece", as_dict=True)
    for n, key in enumerate(sorted(parts)):
        step(n / len(parts))
        part = parts[key].drop("piece")
        left = part.filter(~pl.col("turned")).drop("turned")
        yield left.join(part, on="key", suffix="_b").filter(pl.col("code") < pl.col("code_b")).drop("key").unique()


def _compared(pairs: pl.DataFrame) -> pl.DataFrame:
    """How the names of two people are alike; pairs that are not are left out."""

    def begins(one: str, other: str) -> pl.Expr:
        """One word is the beginning of the other: `Dan` of `Daniel`, but not `Daniel` of `Daniela`."""
        long, short = pl.col(one), pl.col(other)
        n = short.str.len_chars()
        return (n >= 3) & (n + 2 <= long.str.len_chars()) & long.str.starts_with(short)

    def initial(word: str) -> pl.Expr:
        """One word is the first letter of the other."""
        one, other = pl.col(word), pl.col(f"{word}_b")
        short, long = one.str.len_chars() == 1, other.str.len_chars() == 1
        return (short & ~long & other.str.starts_with(one)) | (long & ~short & one.str.starts_with(other))

    first, last = pl.col("first") == pl.col("first_b"), pl.col("last") == pl.col("last_b")
    several = (pl.col("n") > 1) & (pl.col("n_b") > 1)
    initials = (pl.col("first").str.len_chars() == 1) | (pl.col("last").str.len_chars() == 1)
    middle, other = pl.col("middle"), pl.col("middle_b")
    whole = first & last & (middle == other)
    spelled = (middle == pl.col("initials")) | (other == pl.col("initials_b"))
    lacking = (middle == "") | (other == "")
    fits = (middle == other) | lacking | (spelled & (pl.col("initials") == pl.col("initials_b")))
    compact, compact_b = (pl.col(name).str.replace_all(" ", "") for name in ("form", "form_b"))
    slips = _slips(pairs)
    return pairs.with_columns(slips).select(
        "form", "form_b", "name", "name_b", a="code", b="code_b",
        kind=pl.when((pl.col("form") == pl.col("form_b")) | (whole & pl.col("turned") & initials)).then(pl.lit(SAME))
        .when(whole & several & pl.col("turned")).then(pl.lit(TURNED))
        .when(~several).then(None)
        .when(compact == compact_b).then(pl.lit(SPACED))
        .when(~fits | (pl.col("turned") & ~initial("first") & ~initial("last"))).then(None)
        .when(first & last).then(pl.lit(MIDDLE))
        .when((last & initial("first")) | (first & initial("last"))).then(pl.lit(INITIAL))
        .when(last & (begins("first", "first_b") | begins("first_b", "first"))).then(pl.lit(SHORT))
        .when(middle != other).then(None)
        .when(pl.col("slip") >= LONG_WORD).then(pl.lit(TYPO))
        .when(pl.col("slip") > 0).then(pl.lit(SLIP)),
    ).drop_nulls("kind")  # fmt: skip


def _slips(pairs: pl.DataFrame) -> pl.Series:
    """Letters of the shorter word, where two names differ by one letter, or by two that are exchanged, in one word; 0
    elsewhere. The last letter does not count: `Daniel` and `Daniela` are two."""
    same = pairs.select(first=(pl.col("first") == pl.col("first_b")), last=(pl.col("last") == pl.col("last_b")))
    found = np.zeros(pairs.height, dtype=np.int64)
    for word, held in (("first", "last"), ("last", "first")):
        at = np.flatnonzero(same.get_column(held).to_numpy() & ~same.get_column(word).to_numpy())
        one, other = (pairs.get_column(name).gather(at) for name in (word, f"{word}_b"))
        found[at] = _slip(one, other)
    return pl.Series("slip", found)


def _slip(one: pl.Series, other: pl.Series) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """The same for two columns of words of letters alone."""
    if not len(one):
        return np.zeros(0, dtype=np.int64)
    words, others = one.to_list(), other.to_list()
    distance = process.cpdist(words, others, scorer=OSA.distance, score_cutoff=1)
    lengths = np.minimum(one.str.len_chars().to_numpy(), other.str.len_chars().to_numpy()).astype(np.int64)
    ends = (one.str.slice(0, 1) == other.str.slice(0, 1)) & (one.str.tail(1) == other.str.tail(1))
    letters = ~(one.str.contains(r"\d") | other.str.contains(r"\d"))
    found = np.where((distance == 1) & (lengths >= 5) & (ends & letters).to_numpy(), lengths, 0)
    for at in np.flatnonzero((found >= LONG_WORD) & (found < LONGER_WORD)).tolist():  # few
        if len(words[at]) == len(others[at]) and sorted(words[at]) != sorted(others[at]):  # as `ukcloud` and `umcloud`
            found[at] = LONG_WORD - 1
    return found


def _slip_of_one_word(pairs: pl.DataFrame) -> pl.Series:
    """Letters of the shorter word, where the names of two organizations differ by a slip in one word; 0 elsewhere."""
    words, others = pl.col("form").str.split(" "), pl.col("form_b").str.split(" ")
    apart = pairs.select(
        one=words.list.set_difference(others).list.join(" "),
        other=others.list.set_difference(words).list.join(" "),
        fits=words.list.len() == others.list.len(),
    )
    at = (
        apart.select(pl.col("fits") & ~pl.col("one").str.contains(" ") & ~pl.col("other").str.contains(" "))
        .to_series()
        .arg_true()
    )
    found = np.zeros(pairs.height, dtype=np.int64)
    found[at.to_numpy()] = _slip(apart.get_column("one").gather(at), apart.get_column("other").gather(at))
    return pl.Series("slip", found)


def _compared_bodies(pairs: pl.DataFrame) -> pl.DataFrame:
    """How the names of two organizations are alike; pairs that are not are left out."""
    aside = pl.col("aside") | pl.col("aside_b")
    slips = _slip_of_one_word(pairs)
    long = pl.min_horizontal(pl.col("compact").str.len_chars(), pl.col("compact_b").str.len_chars()) > 1
    return pairs.with_columns(slips).select(
        "form", "form_b", "name", "name_b", a="code", b="code_b",
        kind=pl.when(pl.col("aside") & pl.col("aside_b")).then(None)
        .when((pl.col("form") == pl.col("form_b")) & aside & long).then(pl.lit(ASIDE))
        .when(aside).then(None)
        .when(pl.col("form") == pl.col("form_b")).then(pl.lit(SAME))
        .when(pl.col("compact") == pl.col("compact_b")).then(pl.lit(SPACED))
        .when((pl.col("sorted") == pl.col("sorted_b")) & pl.col("sorted").str.contains(" ")).then(pl.lit(TURNED))
        .when(pl.col("slip") >= LONG_WORD).then(pl.lit(TYPO)),
    ).drop_nulls("kind")  # fmt: skip


def _best(pieces: Iterator[pl.DataFrame]) -> pl.DataFrame:
    """The best likeness of each pair, and how much alike the names are, in percent."""
    found = list(pieces)
    if not found:
        return pl.DataFrame(schema=_PAIRS)
    pairs = pl.concat(found).with_columns(worth=pl.col("kind").replace_strict(SCORES, return_dtype=pl.Int64))
    pairs = pairs.sort(["worth", "a", "b", "name", "name_b"], descending=[True, *[False] * 4])
    pairs = pairs.unique(["a", "b"], keep="first", maintain_order=True)
    alike = process.cpdist(pairs.get_column("form").to_list(), pairs.get_column("form_b").to_list(), scorer=fuzz.ratio)
    return pairs.select(
        pl.col("a", "b").cast(pl.Int32), "kind", "name", "name_b", alike=pl.Series(np.asarray(alike, dtype=np.float64))
    )
