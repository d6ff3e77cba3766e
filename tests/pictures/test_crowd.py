"""Who stands behind a mark, counted by hand on a tiny dataset, picture by picture."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis.options import Options
from app.domain.dataset import Dataset, frame_of
from app.pictures import shown_bands, shown_exchange, shown_heat
from app.pictures.crowd import Crowd, crowd_of
from app.pictures.evidence import evidence
from app.pictures.flowmap import FlowMap, FlowMapOptions
from app.pictures.gathered import Gathered
from app.pictures.shown import MapShown, Shown
from tests.benchmarks import synthetic
from tests.pictures.made import fixed, small

SIZE = (1200.0, 700.0)
PICTURES = ("flowmap", "sankey", "chord", "matrix", "heat")


def gathered(dataset: Dataset | None = None) -> Gathered:
    return Gathered.of(dataset or small(), Options())


def made(picture: str, dataset: Dataset | None = None, top: int = 2) -> Shown:
    found = gathered(dataset)
    if picture == "flowmap":
        flow_map = FlowMap.of(found.dataset, FlowMapOptions(Options(), SIZE, top=top), fixed)
        return MapShown(fixed, flow_map)
    make = {
        "sankey": shown_bands.sankey,
        "chord": shown_exchange.chord,
        "matrix": shown_exchange.matrix,
        "heat": shown_heat.heat,
    }[picture]
    return make(found, SIZE, fixed, top=top)


def crowd(shown: Shown, key: str) -> Crowd | None:
    return shown.crowd(shown.scene(None, "cumulative", 0.0), key)


def who(found: Crowd | None) -> list[str]:
    assert found is not None
    return sorted(found.people)


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("flow:north>south", ["ada", "ben", "cyd"]),
        ("organizations:east", ["eve", "fay"]),
        ("people:ada", ["ada"]),
        ("move:st-ada-0>st-ada-1", ["ada"]),
        ("stints:st-gus-1", ["gus"]),
        ("group:quarter:2025-01-01", ["ada", "cyd"]),  # of cyd no more than the year is known
        ("group:quarter:2024-01-01", ["fay"]),
    ],
)
def test_behind_a_record_stand_those_whom_it_is_about(key: str, expected: list[str]) -> None:
    assert who(crowd_of(gathered(), key)) == expected


@pytest.mark.parametrize(
    "key", ["relations:bond", "flow:west>north", "flow:north>nowhere", "people:nobody", "group:quarter:1999-01-01", ""]
)
def test_behind_what_is_about_nobody_stands_nobody(key: str) -> None:
    assert crowd_of(gathered(), key) is None


def test_moves_of_a_crowd_are_told_by_day_and_undated_ones_last() -> None:
    found = crowd_of(gathered(), "organizations:north")
    assert found is not None
    assert found.moves[-1] == "move:st-eve-0>st-eve-1"
    assert found.records == found.keys == ("organizations:north",)


@pytest.mark.parametrize("picture", PICTURES)
def test_behind_what_leads_to_others_stand_those_who_went_there(picture: str) -> None:
    shown = made(picture)
    assert who(crowd(shown, "group:out-north")) == ["eve"]
    assert crowd(shown, "group:in-north") is None
    assert who(crowd(shown, "flow:north>south")) == ["ada", "ben", "cyd"]


@pytest.mark.parametrize(
    ("picture", "key", "expected"),
    [
        ("matrix", "group:others", ["eve", "fay"]),
        ("heat", "group:others", ["eve", "fay"]),
        ("chord", "group:others", ["eve", "fay"]),
        ("matrix", "group:among-others", ["fay"]),
        ("sankey", "group:others", ["fay"]),
        ("sankey", "group:others-before", ["fay"]),
        ("sankey", "group:others-after", ["eve", "fay"]),
    ],
)
def test_behind_others_stand_those_who_left_or_joined_them(picture: str, key: str, expected: list[str]) -> None:
    assert who(crowd(made(picture), key)) == expected


def test_a_cell_of_an_alluvial_picture_is_of_its_period() -> None:
    rows = {
        "organizations": [{"id": i, "name": i.title()} for i in ("north", "south")],
        "people": [{"id": i, "name": i.title()} for i in ("ada", "ben")],
        "stints": [
            {"id": f"st-{n}", "person_id": p, "organization_id": o, "kind": "employment", "rank": n, "start": a,
             "end": b, "status": "confirmed"}
            for n, (p, o, a, b) in enumerate(
                (("ada", "north", "2018-01-01", "2020-06-01"), ("ada", "south", "2020-06-01", ".."),
                 ("ben", "north", "2018-01-01", ".."))
            )
        ],
    }  # fmt: skip
    data = Dataset.of({name: frame_of(name, some) for name, some in rows.items()})
    span = (int(Gathered.of(data, Options()).dataset.index.start_lo.min()), 18_800)
    shown = shown_bands.alluvial(gathered(data), SIZE, span, fixed, months=12)
    keys = [*shown.picture.prepared.keys, *shown.picture.prepared.block_keys]
    moved = next(key for key in keys if key.endswith("north>south"))
    found = crowd(shown, moved)
    assert who(found) == ["ada"]
    assert found is not None
    assert found.moves == ("move:st-0>st-1",)
    assert found.records == ("flow:north>south",)
    column = int(moved.removeprefix("cell:").partition(".")[0])
    assert who(crowd(shown, f"cell:{column}.north")) == ["ada", "ben"]
    assert who(crowd(shown, f"cell:{column + 1}.north")) == ["ben"]
    assert who(crowd(shown, f"cell:{column}.north>north")) == ["ben"]
    assert crowd(shown, "cell:99.north") is None


@pytest.mark.parametrize("picture", PICTURES)
def test_the_evidence_of_a_crowd_names_each_of_its_people_and_says_who_says_so(picture: str) -> None:
    shown = made(picture)
    told = evidence(shown.gathered, "group:out-north", crowds=lambda key: crowd(shown, key))
    assert told is not None
    assert [item.person for section in told.sections for item in section.items] == ["eve"]
    assert told.sources
    assert evidence(shown.gathered, "group:in-north", crowds=lambda key: crowd(shown, key)) is None


@settings(max_examples=20, deadline=None)
@given(st.integers(1, 120), st.integers(2, 9), st.integers(1, 6), st.sampled_from(PICTURES))
def test_marks_of_a_picture_share_out_all_moves(n_stints: int, n_organizations: int, top: int, picture: str) -> None:
    shown = made(picture, synthetic.dataset(n_stints, n_organizations), top)
    scene = shown.scene(None, "cumulative", 0.0)
    kinds = ("flow:", "group:in-", "group:out-", "group:among-others")
    keys = [key for key in scene.keys if key.startswith(kinds) or (picture == "sankey" and key == "group:others")]
    if picture in ("heat", "chord"):  # cells are the window's, and moves among others have no chord
        exchange = shown.picture.exchange  # type: ignore[attr-defined]  # both have one
        keys = [exchange.pair_key(pair) for pair in range(exchange.n_pairs)]
    found = [move for key in keys if (one := shown.crowd(scene, key)) is not None for move in one.moves]
    assert len(found) == len(set(found))
    hidden = len(shown.picture.traffic.hidden) if picture == "flowmap" else 0  # type: ignore[attr-defined]  # such a picture has them
    assert len(found) == len(shown.gathered.moves) - hidden
