"""The Dataset: eleven tables as one value."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given

from app.domain.dataset import Dataset, blank, frame_of, normal
from app.domain.edit import apply, put
from app.domain.schema import TABLES
from tests.domain.worlds import dataset, datasets, labs


def test_a_dataset_of_nothing_has_all_tables():
    empty = Dataset.of()
    assert list(empty.tables) == list(TABLES)
    assert empty.n_rows == 0
    assert all(empty[name].columns == list(TABLES[name].names) for name in TABLES)
    assert len(empty.index) == 0


def test_loose_frames_get_their_missing_columns_and_order():
    loose = pl.DataFrame({"name": ["Bob", "Ada"], "id": ["bob", "ada"], "notes": ["", "x"]})
    people = Dataset.of({"people": loose})["people"]
    assert people.columns == list(TABLES["people"].names)
    assert people["id"].to_list() == ["ada", "bob"]
    assert people["notes"].to_list() == ["x", None]
    assert people["source_ids"].to_list() == [[], []]


def test_a_table_that_does_not_exist_is_refused():
    with pytest.raises(KeyError, match="no such table: salaries"):
        Dataset.of({"salaries": pl.DataFrame()})


def test_sets_are_sorted_and_lists_keep_their_order():
    people = frame_of(
        "people",
        [
            {"id": "ada", "aliases": ["Z", "A", "Z"], "source_ids": ["z", "a", "z"]},
            {"id": "bob", "aliases": [None, "", "B"], "source_ids": [None, "", "b"]},
            {"id": "cleo", "aliases": None, "source_ids": ["a", "b"]},
            {"id": "dan", "aliases": [], "source_ids": ["b"]},
        ],
    )
    assert people["aliases"].to_list() == [["Z", "A", "Z"], ["B"], [], []]
    assert people["source_ids"].to_list() == [["a", "z"], ["b"], ["a", "b"], ["b"]]


def test_a_normal_frame_is_left_as_it_is():
    frame = labs()["stints"]
    assert normal("stints", frame) is frame


def test_rows_and_names_are_found_by_id():
    world = labs()
    assert world.position("people", "bob") == 1
    assert world.row("people", "bob")["expertise"] == ["vision"]
    assert world.row("stints", "st-bob-01")["end"] is None
    assert world.names("organizations") == {"meta": "Meta", "openai": "OpenAI"}
    assert world.n_rows == 8
    for strange in ("", "aaa", "zed"):
        assert world.position("people", strange) is None
        assert world.row("people", strange) is None
    assert Dataset.of().row("people", "bob") is None


def test_the_given_tables_are_not_changed_by_making_a_dataset():
    loose = pl.DataFrame({"id": ["bob", "ada"], "notes": ["", "x"]})
    before = loose.clone()
    Dataset.of({"people": loose})
    assert loose.equals(before)


def test_a_dataset_cannot_be_changed():
    world = labs()
    with pytest.raises(TypeError):
        world.tables["people"] = blank("people")
    with pytest.raises(AttributeError):
        world.version = "2.0"


def test_the_digest_does_not_depend_on_the_way():
    world = labs()
    shuffled = Dataset.of({name: frame[::-1] for name, frame in world.tables.items()})
    assert shuffled.digest == world.digest
    assert len(world.digest) == 16
    changed = apply(world, put(world, "rename", {"people": [{**world.row("people", "ada"), "name": "Ada L."}]}))
    assert changed.digest != world.digest
    back = apply(changed, put(changed, "back", {"people": [world.row("people", "ada")]}))
    assert back.digest == world.digest  # although its table now lies in several pieces


def test_the_digest_leaves_views_out_and_tells_tables_apart():
    world = labs()
    viewed = apply(world, put(world, "pin", {"views": [{"id": "v1", "view": "flowmap"}]}))
    assert viewed.digest == world.digest
    as_person, as_source = dataset(people=[{"id": "x"}]), dataset(sources=[{"id": "x"}])
    assert as_person.digest != as_source.digest != Dataset.of().digest


def test_the_digest_is_the_same_in_every_process():
    code = "from tests.domain.worlds import labs; print(labs().digest)"
    root = Path(__file__).parents[2]
    ran = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == labs().digest


@given(datasets())
def test_a_dataset_made_of_its_own_tables_is_the_same(world):
    again = Dataset.of(world.tables)
    assert all(again[name].equals(world[name]) for name in TABLES)
    assert again.digest == world.digest


def test_the_digest_is_that_of_the_rows_alone():
    one = Dataset.of(
        {"people": frame_of("people", [{"id": "b", "name": "B", "aliases": ["x", "y"]}, {"id": "a", "name": "A"}])}
    )
    two = Dataset.of(
        {"people": frame_of("people", [{"id": "a", "name": "A"}, {"id": "b", "name": "B", "aliases": ["x", "y"]}])}
    )
    other = Dataset.of(
        {"people": frame_of("people", [{"id": "a", "name": "A"}, {"id": "b", "name": "B", "aliases": ["y", "x"]}])}
    )
    assert one.digest == two.digest == "fb3e6540617803d2"
    assert other.digest != one.digest


@pytest.mark.parametrize(
    "names",
    [
        [f"p-{n:06d}" for n in range(12_000)],
        [f"p-{n}" for n in range(12_000)],  # p-10 before p-2, as texts
        [f"person-with-a-long-name-{n * n}" for n in range(12_000)],
        ["same"] * 12_000,
        [f"é{n}" for n in range(12_000)],
        ["a", "a\0", *(f"b{n}" for n in range(12_000))],
    ],
    ids=["digits", "lengths", "long", "repeated", "not ASCII", "zero bytes"],
)
def test_many_rows_are_put_in_order_as_texts_are(names: list[str]):
    shuffled = [names[i] for i in np.random.default_rng(3).permutation(len(names))]
    frame = normal("people", pl.DataFrame({"id": shuffled, "name": [str(n) for n in range(len(names))]}))
    expected = pl.DataFrame({"id": shuffled, "name": [str(n) for n in range(len(names))]}).sort(
        "id", maintain_order=True
    )
    assert frame.select("id", "name").equals(expected)


@pytest.mark.parametrize(
    "sources",
    [
        [["one"]] * 12_000,
        [[f"s-{n}"] for n in range(12_000)],
        [["a", f"s-{n}"] if n % 3 else [] for n in range(12_000)],
        [["s"] if n % 2 else None for n in range(12_000)],
        [["b", "a", ""] if n % 4 else None for n in range(12_000)],
    ],
    ids=["alike", "one each", "several", "some blank", "not clean"],
)
def test_many_rows_stay_whole_when_they_are_put_in_order(sources: list[list[str] | None]):
    n = len(sources)
    order = np.random.default_rng(5).permutation(n)
    data = {
        "id": [f"p-{i:06d}" for i in range(n)],
        "name": [f"Person {i}" for i in range(n)],
        "notes": ["" if i % 2 else "x" for i in range(n)],
        "orcid": ["same"] * n,
        "source_ids": sources,
    }
    shuffled = pl.DataFrame(data)[order]
    frame = normal("people", pl.concat([shuffled[:5_000], shuffled[5_000:]], rechunk=False))
    assert frame["id"].to_list() == data["id"]
    assert frame["name"].to_list() == data["name"]
    assert frame["notes"].to_list() == [text or None for text in data["notes"]]
    assert frame["orcid"].to_list() == data["orcid"]
    assert frame["source_ids"].to_list() == [sorted({s for s in given or () if s}) for given in sources]
    assert frame["aliases"].to_list() == [[]] * n
    assert frame["wikidata"].null_count() == n
    assert frame.schema == blank("people").schema
