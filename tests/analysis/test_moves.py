"""Moves: the table of tiny people, and the fast path against the slow one on random data."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.analysis import order
from app.analysis.careers import Careers
from app.analysis.moves import Moves, keys, sources
from app.domain import dates
from app.domain.dataset import Dataset
from app.domain.dates import FUTURE
from app.domain.schema import STATUSES
from tests.analysis import reference
from tests.analysis.cases import Case, Tables, cases, dataset_of, full, move_text, tables_of

ALL_CASES = cases()


def fast(tables: Tables, level: Any, known_by: int | None) -> reference.Found:
    """What the fast path derives, in the words of the reference."""
    dataset = dataset_of(tables)
    careers = Careers.of(dataset, level, known_by)
    ids = dataset["stints"].get_column("id").gather(dataset.index.row).to_list()
    found = reference.Found(
        unstated=set(keys(dataset, careers.unstated)),
        succeeded=set(keys(dataset, careers.succeeded)),
        hires={ids[at] for at in careers.hires.stint},
        exits={ids[at] for at in careers.exits.stint},
        second_posts={ids[at] for at in careers.second_posts},
    )
    for name, row in zip(keys(dataset, careers.moves), rows(dataset, careers.moves), strict=True):
        found.moves[name] = row
    return found


def rows(dataset: Dataset, moves: Moves) -> list[dict[str, Any]]:
    organizations = dataset["organizations"].get_column("id").to_list()
    return [
        {
            "origin": organizations[m.origin[0]],
            "destination": organizations[m.destination[0]],
            "left": (int(m.left_lo[0]), int(m.left_hi[0])),
            "joined": (int(m.joined_lo[0]), int(m.joined_hi[0])),
            "nominal": int(m.joined[0]),
            "undated": bool(m.undated[0]),
            "status": STATUSES[m.status[0]],
        }
        for m in (moves.take(np.array([at])) for at in range(len(moves)))
    ]


def told(found: reference.Found) -> tuple[set[str], set[str]]:
    """Moves and left-out steps as the table writes them."""
    moves = {
        move_text(name.removeprefix("move:"), f"{m['origin']}>{m['destination']}", m["left"], m["joined"], m)
        for name, m in found.moves.items()
    }
    left_out = {f"order not stated: {name.removeprefix('move:')}" for name in found.unstated}
    return moves, left_out | {f"succession: {name.removeprefix('move:')}" for name in found.succeeded}


@pytest.mark.parametrize("derive", [fast, reference.derive], ids=["fast", "slow"])
@pytest.mark.parametrize("case", ALL_CASES, ids=lambda case: case.name)
def test_a_tiny_person_gives_the_moves_that_the_table_expects(case: Case, derive: Any) -> None:
    found = derive(case.tables, case.level, case.known_by)

    assert told(found) == (case.moves, case.left_out)
    assert found.hires == case.hires
    assert found.exits == case.exits
    assert found.second_posts == case.second_posts


def test_every_case_of_the_table_has_its_own_name() -> None:
    assert len({case.name for case in ALL_CASES}) == len(ALL_CASES) >= 25


def test_many_people_in_one_dataset_give_the_moves_of_each() -> None:
    plain = [c for c in ALL_CASES if c.level == "organization" and c.known_by is None and not c.tables["successions"]]
    together = tables_of("")
    together["people"].clear()
    expected = 0
    for nth, case in enumerate(plain):
        expected += len(case.moves)
        for table, rows_of_case in case.tables.items():
            own = [{k: _prefixed(nth, k, v) for k, v in row.items()} for row in rows_of_case]
            together[table] += own

    assert expected > 20
    assert len(fast(together, "organization", None).moves) == expected


def _prefixed(nth: int, name: str, value: Any) -> Any:
    return f"c{nth:02}-{value}" if value and (name == "id" or name.endswith("_id")) else value


def test_an_empty_dataset_has_no_moves() -> None:
    careers = Careers.of(Dataset.of())

    assert len(careers.moves) == len(careers.hires) == len(careers.exits) == len(careers.second_posts) == 0


def test_a_stint_of_nobody_or_nowhere_is_in_no_move() -> None:
    tables = tables_of("a openai 2018 to 2019; b xai 2019 to 2020; c meta 2020 to ..")
    tables["stints"][1]["person_id"] = "nobody"
    found = fast(tables, "organization", None)
    assert list(found.moves) == ["move:a>c"]

    tables["stints"][0]["organization_id"] = "nowhere"
    found = fast(tables, "organization", None)
    assert not found.moves
    assert found.hires == {"c"}


def test_a_move_cites_the_sources_of_both_stints() -> None:
    tables = tables_of("a openai 2018 to 2019 known 2019; b xai 2019 to .. known 2020")
    tables["stints"][1]["source_ids"] += ["source-0"]
    dataset = dataset_of(tables)

    assert sources(dataset, Careers.of(dataset).moves) == [("source-0", "source-1")]


@pytest.mark.parametrize(
    ("start", "window", "inside", "certain"),
    [
        ("2025-06", ("2025-06", "2025-06"), True, True),
        ("2025-06", ("2025-06-02", "2025-12"), False, False),
        ("2025-06", ("2025-01", "2025-06-15"), True, False),
        ("2025", ("2025-01", "2025-06"), True, False),
        ("2025", ("2025-06", "2025-12"), False, False),
        (None, ("1900", "2100"), False, False),
    ],
)
def test_a_move_lies_in_a_window_by_its_nominal_day_and_is_certain_by_its_whole_interval(
    start: str | None, window: tuple[str, str], inside: bool, certain: bool
) -> None:
    moves = Careers.of(dataset_of(tables_of(f"a openai 2018 to ?; b xai {start or '?'} to .."))).moves
    days = dates.parse(window[0]).earliest, dates.parse(window[1]).latest

    assert moves.inside(days).tolist() == [inside]
    assert moves.certain(days).tolist() == [certain]


def test_without_a_window_every_move_counts_and_the_dated_ones_are_certain() -> None:
    moves = Careers.of(dataset_of(tables_of("a openai 2018 to ?; b xai ? to ?; c meta 2020 to .."))).moves

    assert moves.inside(None).tolist() == [True, True]
    assert moves.certain(None).tolist() == [False, True]


DATES = st.sampled_from(
    [None, None, "..", "2017", "2018", "2018-03", "2018-06-10", "2018-07", "2019", "2019-01-20", "2020~"]
)
DAYS = st.sampled_from([None, "2017-12-31", "2018", "2018-07-01", "2019-02"])
IDS = st.sampled_from(["ada", "bab", "cyc", "dev", "emc"])
MAYBE_IDS = st.one_of(st.none(), IDS)
SOURCES = st.lists(st.sampled_from(["s0", "s1", "s2", "s3"]), max_size=2, unique=True).map(sorted)
SOME_STATUS = st.sampled_from([None, "denied", "rumored", "reported", "confirmed", "confirmed"])


@st.composite
def worlds(draw: st.DrawFn) -> Tables:
    """Small tangled tables: few organizations and days, so that everything meets everything."""
    tables = tables_of("")
    for name in ("ada", "bab", "cyc", "dev", "emc"):
        row = full("organizations", id=name, name=name, parent_id=draw(MAYBE_IDS))
        row["kind"] = draw(st.sampled_from([None, "lab"]))
        tables["organizations"].append(row)
    for nth, published in enumerate((None, "2018", "2018-06-15", "2019-03")):
        tables["sources"].append(full("sources", id=f"s{nth}", published=published))
    for nth in range(draw(st.integers(0, 4))):
        kind = draw(st.sampled_from(["merger", "rename", "spin-off", "reparented"]))
        ends = {"from_id": draw(IDS), "to_id": draw(MAYBE_IDS), "previous_id": draw(MAYBE_IDS)}
        more = {"date": draw(DATES), "status": draw(SOME_STATUS), "source_ids": draw(SOURCES)}
        tables["successions"].append(full("successions", id=f"u{nth}", kind=kind, **ends, **more))
    tables["people"] = [full("people", id=name, name=name) for name in ("p", "q")]
    for nth in range(draw(st.integers(0, 9))):
        row = full("stints", id=f"t{nth}", person_id=draw(st.sampled_from(["p", "q"])), organization_id=draw(IDS))
        row |= {"start": draw(DATES), "end": draw(DATES), "announced": draw(DATES), "status": draw(SOME_STATUS)}
        row |= {"rank": draw(st.sampled_from([None, 1, 2, nth, nth])), "source_ids": draw(SOURCES)}
        row |= {"kind": draw(st.sampled_from([None, "founder", "employment", "education"]))}
        row |= {"order_stated": draw(st.sampled_from([None, True, True, False]))}
        tables["stints"].append(row)
        if draw(st.booleans()):
            claim = full("claims", id=f"k{nth}", about=[f"stints:t{draw(st.integers(0, nth))}"])
            claim |= {"field": draw(st.sampled_from(["start", "end", "announced", "role"])), "value": draw(DATES)}
            claim |= {"date": draw(DAYS), "status": draw(SOME_STATUS), "source_ids": draw(SOURCES)}
            claim |= {"ruling": draw(st.sampled_from([None, "rejected"]))}
            tables["claims"].append(claim)
    return tables


@settings(max_examples=250, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(
    worlds(),
    st.sampled_from(["unit", "lab", "organization"]),
    st.sampled_from([None, None, "2018-03-15", "2018-12-31", "2019-06-01"]),
)
def test_the_fast_path_equals_the_slow_one(tables: Tables, level: str, known_by: str | None) -> None:
    day = dates.parse(known_by).earliest if known_by else None
    slow, quick = reference.derive(tables, level, day), fast(tables, level, day)
    for found in (slow, quick):
        for move in found.moves.values():
            if move["undated"]:
                move["nominal"] = None

    assert quick == slow


@settings(max_examples=200)
@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 60), st.integers(0, 60)), max_size=60),
    st.sampled_from([1, 3, 64]),
)
def test_the_search_for_what_a_stint_follows_equals_a_plain_loop(
    stints: list[tuple[int, int, int]], most_rounds: int
) -> None:
    stints.sort(key=lambda stint: stint[0])
    person, end, start = (np.array([s[k] for s in stints], dtype=np.int32) for k in range(3))
    end = np.where(end > 50, FUTURE, end + order.GRACE).astype(np.int32)
    expected, taken = [], set[int]()
    for b in range(len(stints)):
        fits = [a for a in range(b) if person[a] == person[b] and a not in taken]
        fits = [a for a in fits if end[a] < FUTURE and end[a] <= start[b] + order.GRACE]
        expected.append(fits[-1] if fits else order.NONE)
        taken.update(fits[-1:])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(order, "MOST_ROUNDS", most_rounds)
        left, joined = order.followed(person, end, start)
    found = np.full(len(stints), order.NONE)
    found[joined] = left
    assert found.tolist() == expected
    assert (np.diff(joined) > 0).all()
