"""Made-up datasets of any size, the same on every machine. Names say that they are made up."""

from __future__ import annotations

import numpy as np
import polars as pl

from app.domain.dataset import Dataset


def dataset(n_stints: int, n_organizations: int = 900, *, seed: int = 7, shuffled: bool = False) -> Dataset:
    """A Dataset of about three stints a person, one after the other, with sources."""
    return Dataset.of(tables(n_stints, n_organizations, seed=seed, shuffled=shuffled))


def tables(
    n_stints: int, n_organizations: int = 900, *, seed: int = 7, shuffled: bool = False
) -> dict[str, pl.DataFrame]:
    """The frames of such a dataset; `shuffled`: stints in random order under random ids."""
    rng = np.random.default_rng(seed)
    n_people = max(n_stints * 3 // 10, 1)
    person = np.sort(rng.integers(0, n_people, n_stints))
    first = np.r_[True, person[1:] != person[:-1]]
    place = np.arange(n_stints) - np.maximum.accumulate(np.where(first, np.arange(n_stints), 0))
    begins = 12 * 1995 + rng.integers(0, 240, n_people)[person] + place * 18 + rng.integers(0, 12, n_stints)
    lasts = np.r_[begins[1:], begins[-1] + 12]
    last_of_person = np.r_[first[1:], True]
    months = pl.Series([f"{m // 12}-{m % 12 + 1:02d}" for m in range(12 * 1990, 12 * 2050)])
    start = months.gather(begins - 12 * 1990)
    end = months.gather(np.minimum(lasts, 12 * 2050 - 1) - 12 * 1990)
    number = rng.permutation(n_stints) if shuffled else np.arange(n_stints)
    organization = rng.integers(0, n_organizations, n_stints)
    stints = pl.DataFrame(
        {
            "id": pl.Series(number).cast(pl.String).str.zfill(8),
            "person_id": pl.Series(person).cast(pl.String).str.zfill(7),
            "organization_id": pl.Series(organization).cast(pl.String).str.zfill(4),
            "rank": place.astype(np.int64) * 10 + 10,
            "start": start,
            "end": end,
        }
    ).with_columns(
        id="st-" + pl.col("id"),
        person_id="made-up-" + pl.col("person_id"),
        organization_id="org-" + pl.col("organization_id"),
        end=pl.when(pl.Series(last_of_person)).then(pl.lit("..")).otherwise(pl.col("end")),
        kind=pl.lit("employment"),
        status=pl.Series(np.array(["confirmed", "reported"])[rng.integers(0, 2, n_stints)]),
        source_ids=pl.lit(["source-1"], dtype=pl.List(pl.String)),
    )
    if shuffled:
        stints = stints.sample(fraction=1.0, shuffle=True, seed=seed)
    sources = pl.DataFrame({"id": ["source-1"], "publisher": ["Nobody"], "published": ["2049-12-31"]})
    return {
        "organizations": _named("org-", n_organizations, 4, "Organization"),
        "people": _named("made-up-", n_people, 7, "Made-up Person"),
        "stints": stints,
        "sources": sources,
    }


def _named(prefix: str, n: int, digits: int, noun: str) -> pl.DataFrame:
    numbers = pl.Series(np.arange(n)).cast(pl.String)
    return pl.DataFrame({"id": prefix + numbers.str.zfill(digits), "name": noun + " " + numbers}).with_columns(
        source_ids=pl.lit(["source-1"], dtype=pl.List(pl.String))
    )


def web(n_nodes: int, n_flows: int, n_moves: int, *, seed: int = 7) -> Dataset:
    """A Dataset whose flow map has so many organizations and flows, with so many dated moves on them."""
    rng = np.random.default_rng(seed)
    pairs = [(a, b) for a in range(n_nodes) for b in range(n_nodes) if a != b]
    chosen = rng.permutation(len(pairs))[:n_flows]
    of_move = np.r_[chosen, chosen[(rng.pareto(1.2, n_moves - n_flows) * n_flows / 12).astype(int) % n_flows]]
    days = rng.integers(0, 12 * 12, n_moves)
    rows = []
    for person, (pair, month) in enumerate(zip(of_move.tolist(), days.tolist(), strict=True)):
        a, b = pairs[pair]
        when = f"{2014 + month // 12}-{month % 12 + 1:02d}"
        status = "confirmed" if person % 3 else "reported"
        rows.append((f"st-{person:06d}-1", f"made-up-{person:06d}", f"org-{a:03d}", 10, None, when, status))
        rows.append((f"st-{person:06d}-2", f"made-up-{person:06d}", f"org-{b:03d}", 20, when, "..", status))
    stints = pl.DataFrame(
        rows, schema=["id", "person_id", "organization_id", "rank", "start", "end", "status"], orient="row"
    )
    return Dataset.of(
        {
            "organizations": _named("org-", n_nodes, 3, "Organization").with_columns(
                color=pl.Series([f"c{i + 1}" if i < 12 else None for i in range(n_nodes)], dtype=pl.String)
            ),
            "people": _named("made-up-", n_moves, 6, "Made-up Person"),
            "stints": stints.with_columns(
                kind=pl.lit("employment"), source_ids=pl.lit(["source-1"], dtype=pl.List(pl.String))
            ),
            "sources": pl.DataFrame({"id": ["source-1"], "publisher": ["Nobody"], "published": ["2026-06-30"]}),
        }
    )


def seated(n_seats: int, n_organizations: int = 900, *, seed: int = 7) -> Dataset:
    """A Dataset whose first stints hold a seat each; of eight seats each but the first answers to the first."""
    made = tables(n_seats * 29 // 20, n_organizations, seed=seed)
    ids = "seat-" + pl.Series(np.arange(n_seats)).cast(pl.String).str.zfill(8)
    said = pl.lit(["source-1"], dtype=pl.List(pl.String))
    stints = (
        made["stints"]
        .with_row_index("n")
        .with_columns(seat_id=pl.when(pl.col("n") < n_seats).then("seat-" + pl.col("n").cast(pl.String).str.zfill(8)))
    )
    seats = pl.DataFrame(
        {
            "id": ids,
            "organization_id": stints.get_column("organization_id").head(n_seats),
            "title": "Made-up Post " + pl.Series(np.arange(n_seats) % 500).cast(pl.String),
            "rank": np.arange(n_seats)[::-1].copy(),
        }
    ).with_columns(status=pl.lit("reported"), source_ids=said)
    lower = np.flatnonzero(np.arange(n_seats) % 8)
    reports = pl.DataFrame({"seat_id": ids.gather(lower), "to_seat_id": ids.gather(lower // 8 * 8)}).with_columns(
        id=pl.col("seat_id").str.replace("seat", "report"), kind=pl.lit("solid"), source_ids=said
    )
    return Dataset.of({**made, "stints": stints.drop("n"), "seats": seats, "reports": reports})
