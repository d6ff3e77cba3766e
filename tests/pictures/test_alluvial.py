"""Where a cohort was in each period, counted by hand and beside the figures."""

from __future__ import annotations

import numpy as np
import pytest

from app.analysis.options import Options
from app.analysis.summary import summary
from app.domain import dates
from app.domain.dataset import Dataset
from app.domain.edit import apply
from app.domain.lens import parse
from app.domain.views import reorder
from app.files.registry import read
from app.pictures import alluvial as view
from app.pictures import shown_bands
from app.pictures.alluvial import Alluvial, AlluvialOptions
from app.pictures.bands import NOWHERE, OTHERS
from app.pictures.gathered import Gathered
from app.places import bundled_dataset
from app.scene.style import Role
from tests.analysis.openstack import openstack
from tests.analysis.test_whereabouts import data
from tests.pictures.made import beside, fixed, texts

SPAN = (dates.day(2021), dates.day(2023, 12, 31))


@pytest.fixture(scope="module")
def bundled() -> Dataset:
    return read(bundled_dataset())


def made(dataset: Dataset | None = None, *, as_of: str = "2023-12-31", lens: str = "", **options: object) -> Alluvial:
    chosen = Options(as_of=dates.parse(as_of).latest - 1 if as_of else None, lens=parse(lens))
    if dataset is None:
        options = {"span": SPAN, "months": 12} | options
    return Alluvial.of(dataset or data(), AlluvialOptions(chosen, **options), fixed)  # type: ignore[arg-type]  # by name


def counts(picture: Alluvial) -> dict[tuple[str, str], tuple[int, int]]:
    """Period and organization → people for certain, and at most."""
    words = {OTHERS: "others", NOWHERE: "nowhere"}
    return {
        (
            picture.cohort.periods[int(picture.bands.column[block])].name,
            words.get(code := int(picture.bands.code[block])) or picture.gathered.ids[code],
        ): picture.prepared.counts[block]
        for block in range(picture.bands.n_blocks)
    }


def test_blocks_are_where_people_were_at_the_end_of_each_year() -> None:
    assert counts(made()) == {
        ("2020", "north"): (1, 2),  # Ada; Ben, since a day that nobody knows
        ("2020", "west"): (1, 1),
        ("2020", "nowhere"): (0, 1),  # Dov: South was not founded
        ("2021", "north"): (1, 2),
        ("2021", "south"): (0, 1),
        ("2021", "west"): (1, 1),
        ("2022", "north"): (0, 1),
        ("2022", "south"): (1, 2),
        ("2022", "west"): (1, 1),
        ("2023", "south"): (1, 2),
        ("2023", "west"): (1, 1),
        ("2023", "nowhere"): (0, 1),
    }


def test_bands_hold_everybody_between_all_columns() -> None:
    picture = made()
    bands = picture.bands
    for column in range(len(picture.cohort.periods) - 1):
        assert bands.people[bands.column[bands.start] == column].sum() == picture.cohort.n_people
    for block in range(bands.n_blocks):
        most = picture.prepared.counts[block][1]
        assert bands.held(bands.people)[block] == most
        assert picture.layout.height[block] == pytest.approx(most * picture.layout.k)


def test_the_header_says_whom_and_what_is_doubtful() -> None:
    scene = made().scene()
    assert scene.header.title == "Of 4 people most were at South on 31 December 2023: 1 for certain, up to 2"
    assert "1 person at several places at once, shown where they began last" in scene.header.left_out
    assert texts(scene, "heads") == ["END OF 2020", "2021", "2022", "2023"]
    assert "South 1 to 2" in beside(scene)
    assert {"may have been there", "not on record"} <= set(scene.legend)


def test_a_focus_is_the_cohort_of_those_who_were_ever_there() -> None:
    picture = made(focus=("south",))
    assert picture.cohort.n_people == 2
    assert picture.scene().header.title.startswith("Of 2 people ever at South 1 were there on 31 December 2023")
    person = made(focus=("people:ada",))
    assert person.cohort.n_people == 1
    assert person.scene().header.title.startswith("Where Ada Madeup was")


def test_a_filter_chooses_the_cohort() -> None:
    assert made(lens="person:ada").cohort.n_people == 1
    nobody = made(lens="from:west").scene()
    assert nobody.header.title == "Nobody matches"
    assert "Clear them" in texts(nobody, "empty")[0]


def test_an_empty_dataset_says_what_to_add() -> None:
    scene = Alluvial.of(Dataset.of({}), AlluvialOptions(Options()), fixed).scene()
    assert scene.header.title == "Nobody on record"
    assert "Add a stint" in texts(scene, "empty")[0]


def test_what_lies_after_a_day_is_pale_and_nothing_moves() -> None:
    picture = made()
    scene = picture.scene(float(dates.day(2022, 6)))
    roles = [scene.styles[int(style)].role for mark in scene.layer("bands").marks for style in mark.style.tolist()]
    assert Role.BAND in roles
    assert Role.BAND_PALE in roles
    assert picture.columns(float(dates.day(2022, 6))).tolist() == [0, 1]
    assert "on 31 December 2021" in scene.header.title
    boxes = scene.layer("blocks").marks[0]
    quiet = [x for x, style in zip(boxes.x.tolist(), boxes.style, strict=True) if scene.styles[style].emphasis]
    assert set(quiet) == set(picture.layout.x[2:].tolist())
    bars = [mark.y.tolist() for mark in scene.layer("blocks").marks]
    assert bars == [mark.y.tolist() for mark in picture.scene().layer("blocks").marks]


def test_who_moves_is_a_dot_that_lands_on_the_day() -> None:
    picture = made()
    assert picture.motion is not None
    assert len(picture.motion) == 1
    assert picture.motion.land.tolist() == [float(dates.day(2022, 7))]
    column = 1  # from the end of 2021 to that of 2022
    assert picture.motion.curve[0, 0, 0] == pytest.approx(picture.layout.x[column] + picture.layout.bar)


def test_a_chosen_order_holds_in_every_column() -> None:
    chosen = apply(data(), reorder(data(), view.VIEW, view.EVERY, ("west", "south", "north"), "Order"))
    picture = Alluvial.of(chosen, AlluvialOptions(Options(), span=SPAN, months=12), fixed)
    for column in range(4):
        blocks = np.flatnonzero(picture.bands.column == column)
        codes = picture.bands.code[blocks[np.argsort(picture.layout.top[blocks])]].tolist()
        wanted = [code for code in (2, 1, 0, NOWHERE) if code in codes]
        assert codes == wanted


def test_the_newest_column_counts_as_the_figures_do(bundled: Dataset) -> None:
    picture = Alluvial.of(bundled, AlluvialOptions(Options(), top=900), fixed)
    figures = {row["organization"]: row for row in summary(bundled)["known_people"]}
    last = len(picture.cohort.periods) - 1
    told = {name: n for (period, name), n in counts(picture).items() if period == picture.cohort.periods[last].name}
    several = picture.cohort.found.several
    sure = sum(n for name, (n, _) in told.items() if name != "nowhere")
    assert all(n <= figures[name]["people"] for name, (n, _) in told.items() if name != "nowhere")
    assert (
        sum(row["people"] for row in figures.values()) - several <= sure <= sum(r["people"] for r in figures.values())
    )


def test_everybody_is_drawn_or_counted_as_left_out(bundled: Dataset) -> None:
    picture = Alluvial.of(bundled, AlluvialOptions(Options()), fixed)
    assert picture.cohort.n_people + picture.cohort.unseen == summary(bundled)["people"]
    sample = Alluvial.of(openstack(), AlluvialOptions(Options()), fixed)
    assert sample.cohort.n_people + sample.cohort.unseen == summary(openstack())["people"]


def test_blocks_of_a_column_do_not_overlap(bundled: Dataset) -> None:
    picture = Alluvial.of(bundled, AlluvialOptions(Options()), fixed)
    for column in range(len(picture.cohort.periods)):
        blocks = np.flatnonzero(picture.bands.column == column)
        blocks = blocks[np.argsort(picture.layout.top[blocks])]
        ends = picture.layout.top[blocks] + picture.layout.height[blocks]
        assert (picture.layout.top[blocks][1:] >= ends[:-1] - 1e-6).all()


def test_on_a_canvas_one_persons_way_is_lit() -> None:
    gathered = Gathered.of(data(), Options(as_of=SPAN[1]))
    shown = shown_bands.alluvial(gathered, (1600.0, 1000.0), SPAN, fixed, months=12)
    scene = shown.scene(None, "cumulative", 183.0)
    way = {scene.keys[row] for row in shown.lit(scene, ("people:ada",))}
    assert way == {"cell:0.north>north", "cell:1.north>south", "cell:2.south>south", "move:st-0>st-1"}
    flow = {scene.keys[row] for row in shown.lit(scene, ("flow:north>south",))}
    assert flow == {"cell:1.north>south"}
    own = {scene.keys[row] for row in shown.lit(scene, ("organizations:west",))}
    assert own == {f"cell:{n}.west" for n in range(4)} | {f"cell:{n}.west>west" for n in range(3)}
    band = shown.picture.prepared.keys.index("cell:1.north>south")
    x, y = shown.picture.curves[band].mean(axis=0).tolist()
    assert shown.key_at(scene, x, y, 1.0) == "cell:1.north>south"
    assert shown.record("cell:1.north>south") == "flow:north>south"
    assert shown.record("cell:1.north") == shown.record("cell:1.north>north") == "organizations:north"
    card = shown.card(scene, "cell:1.north>south", None, x, y, 1.0)
    assert card is not None
    assert (card.head, card.notes[0]) == ("North → South", "Ada Madeup")
    assert shown.box_of(scene, ("people:ada",)) is not None
    assert shown.name == "Alluvial picture"


def test_the_twin_tells_periods_and_flows() -> None:
    gathered = Gathered.of(data(), Options(as_of=SPAN[1]))
    shown = shown_bands.alluvial(gathered, (1600.0, 1000.0), SPAN, fixed, months=12)
    twin = shown.twin(shown.scene(None, "cumulative", 183.0), None, "cumulative", 183.0)
    assert "South: 2021: 0 to 1; 2022: 1 to 2; 2023: 1 to 2" in twin.text
    assert "North to South, 1 person: 2022: 1" in twin.text
    assert set(twin.of_organization) == {mark.key for mark in twin.places}
