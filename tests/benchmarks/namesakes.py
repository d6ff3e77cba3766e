"""People with made-up names of which some are on record twice, for the figures of the finder of duplicates."""

from __future__ import annotations

import numpy as np
import polars as pl

from app.domain.dataset import Dataset

_HEADS = ("ba", "ce", "do", "fi", "gu", "ha", "ji", "ke", "lo", "mu", "na", "pe", "ri", "so", "tu", "va", "xe", "zi")
_TAILS = ("nor", "lin", "mek", "dar", "vis", "tan", "rob", "sel", "kim", "pol")


def namesakes(n_people: int, n_twice: int, *, seed: int = 7) -> tuple[Dataset, set[frozenset[str]]]:
    """A dataset, and the pairs of ids that are one person: of every four, one written the same, one with an initial,
    one with a letter left out, one the other way round with a comma. Few names are common, most are rare."""
    rng = np.random.default_rng(seed)
    syllables = [head + tail for head in _HEADS for tail in _TAILS]
    words = np.array([one + other for one in syllables for other in syllables])
    rng.shuffle(words)
    first = rng.choice(words[:3_000], n_people, p=_common(3_000))
    last = rng.choice(words[3_000:], n_people, p=_common(len(words) - 3_000))
    names = [f"{a.capitalize()} {b.capitalize()}" for a, b in zip(first, last, strict=True)]
    twice = rng.choice(n_people, n_twice, replace=False)
    again = [_otherwise(names[at], nth % 4) for nth, at in enumerate(twice)]
    ids = [f"made-up-{n:07}" for n in range(n_people + n_twice)]
    organization = rng.integers(0, 500, n_people)
    begun = rng.integers(1990, 2024, n_people)
    at = np.concatenate([np.arange(n_people), twice])
    people = pl.DataFrame({"id": ids, "name": [*names, *again]})
    stints = pl.DataFrame(
        {
            "id": [f"st-{n:07}" for n in range(len(ids))],
            "person_id": ids,
            "organization_id": [f"org-{n:03}" for n in organization[at]],
            "start": [str(year) for year in begun[at]],
            "rank": np.full(len(ids), 10),
        }
    )
    bodies = pl.DataFrame({"id": [f"org-{n:03}" for n in range(500)], "name": [f"Body {n}" for n in range(500)]})
    pairs = {frozenset((ids[one], ids[n_people + nth])) for nth, one in enumerate(twice.tolist())}
    return Dataset.of({"people": people, "stints": stints, "organizations": bodies}), pairs


def _common(n: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """How common the nth word is: few are frequent, most are rare."""
    weights = 1.0 / (np.arange(n) + 25.0)
    return weights / weights.sum()


def _otherwise(name: str, how: int) -> str:
    first, last = name.split(" ")
    return (name, f"{first[0]}. {last}", f"{first[:3]}{first[4:]} {last}", f"{last}, {first}")[how]
