"""The index: stints as integer arrays in person order."""

from dataclasses import fields

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.dataset import MOST_STEPS, Dataset, frame_of
from app.domain.dates import FUTURE, PAST, day
from app.domain.edit import apply, drop, put
from app.domain.index import ABSENT, DENIED, NO_RANK, PATCHED_ROWS, REPORTED, SEARCHED, STINT_KINDS, Index, codes
from tests.domain.worlds import dataset, datasets, edits, labs


def stint(row_id, person="ada", organization="meta", **more):
    return {"id": row_id, "person_id": person, "organization_id": organization, **more}


def world(*stints):
    return dataset(
        organizations=[{"id": "meta", "name": "Meta"}, {"id": "openai", "name": "OpenAI"}],
        people=[{"id": "ada", "name": "Ada"}, {"id": "bob", "name": "Bob"}],
        stints=list(stints),
    )


def order(data):
    """Ids of the stints in person order."""
    return [data["stints"]["id"][int(row)] for row in data.index.row]


def assert_same(index, expected):
    for f in fields(Index):
        one, other = getattr(index, f.name), getattr(expected, f.name)
        assert one.dtype == other.dtype, f.name
        assert one.tolist() == other.tolist(), f.name


def test_every_array_of_a_small_world():
    index = world(
        stint("s1", "bob", "openai", start="2020-03-14", end="2021", kind="founder", status="confirmed", rank=20),
        stint("s2", "ada", "meta", start="2025", announced="2025-06-12", end="..", order_stated=False),
        stint("s3", "zoe", "deepmind", status="denied", kind="offer"),
    ).index
    assert index.row.tolist() == [2, 1, 0]
    assert index.person.tolist() == [ABSENT, 0, 1]
    assert index.organization.tolist() == [ABSENT, 0, 1]
    assert index.start_lo.tolist() == [PAST, day(2025), day(2020, 3, 14)]
    assert index.start_hi.tolist() == [FUTURE, day(2026), day(2020, 3, 15)]
    assert index.end_lo.tolist() == [PAST, FUTURE, day(2021)]
    assert index.end_hi.tolist() == [FUTURE, FUTURE, day(2022)]
    assert index.nominal.tolist() == [PAST, day(2025, 6, 12), day(2020, 3, 14)]
    assert index.key.tolist() == index.start_lo.tolist()
    assert index.rank.tolist() == [NO_RANK, NO_RANK, 20]
    assert [STINT_KINDS[k] for k in index.kind] == ["offer", "employment", "founder"]
    assert index.status.tolist() == [DENIED, REPORTED, 4]
    assert index.order_stated.tolist() == [True, False, True]
    assert index.counted.tolist() == [False, True, True]
    assert len(index) == 3


def test_nothing_gives_empty_arrays():
    index = Dataset.of().index
    assert all(len(getattr(index, f.name)) == 0 for f in fields(Index))
    assert index.counted.tolist() == []


def test_arrays_cannot_be_written():
    index = labs().index
    for f in fields(Index):
        with pytest.raises(ValueError, match="read-only"):
            getattr(index, f.name)[0] = 0


@pytest.mark.parametrize(
    ("announced", "nominal"),
    [
        ("2025-06-12", day(2025, 6, 12)),
        ("2024-12-31", day(2025)),
        ("2026", day(2025)),
        (None, day(2025)),
        ("..", day(2025)),
    ],
)
def test_a_start_is_drawn_on_the_day_it_was_announced_if_that_lies_inside_it(announced, nominal):
    assert world(stint("s1", start="2025", announced=announced)).index.nominal.tolist() == [nominal]


def test_an_unknown_start_follows_the_stint_before_it_by_rank():
    data = world(
        stint("s1", start="2024", rank=30),
        stint("s2", rank=20),
        stint("s3", start="2020", rank=10),
        stint("s4", rank=5),
        stint("s5", "bob"),
    )
    assert order(data) == ["s4", "s3", "s2", "s1", "s5"]
    assert data.index.key.tolist() == [PAST, day(2020), day(2020), day(2024), PAST]


def test_only_stints_that_count_hand_their_key_on():
    data = world(
        stint("s1", start="2020", rank=1),
        stint("s2", start="2023", rank=2, kind="advisor"),
        stint("s3", start="2024", rank=3, status="denied"),
        stint("s4", rank=4),
    )
    assert order(data) == ["s1", "s4", "s2", "s3"]
    assert data.index.key.tolist() == [day(2020), day(2020), day(2023), day(2024)]


def test_equal_keys_stand_by_rank_then_id():
    data = world(stint("s3", start="2020"), stint("s1", start="2020-01"), stint("s2", start="2020-01-01", rank=1))
    assert order(data) == ["s2", "s1", "s3"]


def test_a_huge_rank_is_still_a_rank():
    assert world(stint("s1", rank=2**40)).index.rank.tolist() == [NO_RANK]


@pytest.mark.parametrize("n", [1, SEARCHED, SEARCHED + 1])
def test_codes_are_positions_of_ids(n):
    ids = pl.Series([f"id{i:03}" for i in range(100)])
    values = pl.Series(["id007", None, "zed", "", "id099"][:n] + ["id000"] * max(0, n - 5))
    assert codes(values, ids).tolist() == ([7, ABSENT, ABSENT, ABSENT, 99] + [0] * n)[:n]
    assert codes(values, ids.clear()).tolist() == [ABSENT] * n


def test_of_a_repeated_id_the_first_row_is_meant():
    ids = pl.Series(["a", "b", "b", "c"])
    for n in (1, SEARCHED + 1):
        assert codes(pl.Series(["b", "c"] * n), ids).tolist() == [1, 3] * n


@pytest.mark.parametrize("form", ["p-{:06d}", "person {} of many"], ids=["numbered", "other"])
def test_codes_among_many_ids_are_those_of_the_texts(form):
    ids = pl.Series([form.format(2 * n) for n in range(12_000)]).sort()
    place = {text: n for n, text in enumerate(ids)}
    values = [form.format(n) for n in range(0, 24_010, 7)]
    assert codes(pl.Series(values), ids).tolist() == [place.get(value, ABSENT) for value in values]
    assert codes(pl.Series([*values, None, "zed"]), ids).tolist()[-2:] == [ABSENT, ABSENT]
    twice = pl.concat([ids[:1], ids])
    assert codes(pl.Series([ids[0], ids[1]] * 40), twice).tolist() == [0, 2] * 40


# --- patched by an edit ---


def test_adding_one_person_and_changing_another_moves_the_codes_of_the_rest():
    data = dataset(
        organizations=[{"id": "meta"}],
        people=[{"id": "ada", "name": "Ada"}, {"id": "bob", "name": "Bob"}],
        stints=[stint("s1", "bob")],
    )
    assert data.index.person.tolist() == [1]
    after = apply(data, put(data, "x", {"people": [{"id": "ada", "name": "Ada L."}, {"id": "cleo", "name": "Cleo"}]}))
    assert after.index.person.tolist() == [1]
    again = apply(after, put(after, "x", {"people": [{"id": "ada", "name": "A."}, {"id": "abe", "name": "Abe"}]}))
    assert again.index.person.tolist() == [2]


def test_a_new_stint_of_equal_rank_stands_by_its_id():
    data = world(stint("s2", start="2021"), stint("s4", start="2020"), stint("s6", start="2022"))
    assert order(data) == ["s4", "s2", "s6"]
    after = apply(data, put(data, "x", {"stints": [stint("s5")]}))
    assert order(after) == ["s4", "s5", "s2", "s6"]  # it follows s4, though s6 is the last in time
    assert_same(after.index, Index.of(after))


def test_arrays_that_an_edit_leaves_alone_are_shared():
    data = world(stint("s1", start="2020"), stint("s2", "bob", start="2021"))
    index = data.index
    after = apply(data, put(data, "x", {"stints": [stint("s2", "bob", start="2022")]}))
    assert after.index.organization is index.organization
    assert after.index.start_lo is not index.start_lo


def test_a_dangling_stint_finds_its_person_when_the_person_comes():
    data = world(stint("s1", "cleo"))
    assert data.index.person.tolist() == [ABSENT]
    after = apply(data, put(data, "x", {"people": [{"id": "cleo", "name": "Cleo"}]}))
    assert after.index.person.tolist() == [2]
    gone = apply(after, drop(after, "x", {"people": ["cleo"]}))
    assert gone.index.person.tolist() == [ABSENT]


def test_many_rows_at_once_and_many_edits_without_a_look():
    data = world(stint("s0", start="2020"))
    assert len(data.index) == 1
    crowd = [stint(f"t{n:04}", start="2021", rank=-n) for n in range(PATCHED_ROWS + 1)]
    after = apply(data, put(data, "x", {"stints": crowd}))
    assert_same(after.index, Index.of(after))
    for n in range(MOST_STEPS + 3):
        after = apply(after, put(after, "x", {"stints": [stint(f"u{n:04}", start="2019")]}))
    assert_same(after.index, Index.of(after))


@given(st.data(), datasets())
def test_a_patched_index_equals_one_built_from_scratch(draw, data):
    for _ in range(draw.draw(st.integers(1, 3), label="edits")):
        assert len(data.index) == data["stints"].height
        for _ in range(draw.draw(st.integers(1, 2), label="edits between two looks")):
            data = apply(data, draw.draw(edits(data)))
        assert_same(data.index, Index.of(data))


@given(datasets())
def test_stints_stand_by_person_key_and_rank(data):
    index = data.index
    assert sorted(index.row.tolist()) == list(range(data["stints"].height))
    triples = list(zip(index.person.tolist(), index.key.tolist(), index.rank.tolist(), index.row.tolist(), strict=True))
    assert triples == sorted(triples)
    assert (index.key >= index.start_lo).all()
    later = index.key > index.start_lo
    assert (index.key[later] < index.start_hi[later]).all()  # a key is a day that may be the start


@given(datasets())
def test_keys_are_those_of_a_walk_by_rank(data):
    index = data.index
    walk = sorted(range(len(index)), key=lambda i: (index.person[i], index.rank[i], index.row[i]))
    person, last = None, PAST
    for i in walk:
        if index.person[i] != person:
            person, last = index.person[i], PAST
        key = last if index.start_lo[i] <= last < index.start_hi[i] else int(index.start_lo[i])
        assert index.key[i] == key
        last = key if index.counted[i] else last


def test_rank_decides_where_a_date_leaves_it_open():
    rows = [("s1", 1, "2025-04"), ("s2", 2, "2025"), ("s3", 3, None), ("s4", 4, "2024")]
    stints = [
        {"id": i, "person_id": "p", "organization_id": "o", "rank": rank, "start": start} for i, rank, start in rows
    ]
    tables = {"stints": stints, "people": [{"id": "p", "name": "P"}], "organizations": [{"id": "o", "name": "O"}]}
    index = Dataset.of({table: frame_of(table, some) for table, some in tables.items()}).index
    april = day(2025, 4)
    # 2025 may be after April, a blank start too; 2024 surely is not, whatever its rank
    assert index.key.tolist() == [day(2024), april, april, april]
    assert index.row.tolist() == [3, 0, 1, 2]


def test_a_person_with_very_many_stints_is_walked_like_others():
    rows = [
        {"id": f"s{n:05d}", "person_id": "p", "organization_id": "o", "rank": n, "start": s}
        for n, s in enumerate(("2020-03", "2020", None) * 500)
    ]
    tables = {"people": [{"id": "p", "name": "P"}], "organizations": [{"id": "o", "name": "O"}], "stints": rows}
    index = Dataset.of({table: frame_of(table, some) for table, some in tables.items()}).index
    assert set(index.key.tolist()) == {day(2020, 3)}


@pytest.mark.parametrize("strange", [{}, {"person_id": "nobody"}, {"start": "soon"}, {"announced": "2020-02"}])
@pytest.mark.parametrize("people", ["p-{:07d}", "p-{}"])
def test_many_stints_in_any_order_have_the_index_of_sorted_ones(people, strange):
    n = 12_000
    rng = np.random.default_rng(2)
    whose, where = rng.integers(0, 4_000, n), rng.integers(0, 40, n)
    rows = [
        stint(
            f"s-{i:08d}",
            people.format(whose[i]),
            f"o-{where[i]}",
            rank=int(i % 5) if i % 7 else None,
            start=f"20{i % 20:02d}" if i % 11 else None,
            end=".." if i % 3 else f"20{i % 20 + 1:02d}-05",
            status="confirmed" if i % 2 else None,
            kind="employment" if i % 13 else "advisor",
        )
        for i in range(n)
    ]
    rows[5_000] |= strange
    given_tables = {
        "people": frame_of("people", [{"id": people.format(i)} for i in range(4_000)]),
        "organizations": frame_of("organizations", [{"id": f"o-{i}"} for i in range(39)]),
    }
    ordered = Dataset.of({**given_tables, "stints": frame_of("stints", rows)})
    loose = ordered["stints"][rng.permutation(n)]
    made = Dataset.of({**given_tables, "stints": loose})
    assert made["stints"].equals(ordered["stints"])
    assert_same(made.index, ordered.index)
