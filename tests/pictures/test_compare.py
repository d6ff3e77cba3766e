"""Two moments as one picture: it says what the list says, and nothing in it covers anything else."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from app.analysis.comparing import Side
from app.analysis.options import Options
from app.domain import dates
from app.domain.dataset import Dataset
from app.domain.edit import apply, put
from app.domain.errors import UsageError
from app.domain.lens import parse
from app.files.registry import read
from app.pictures import shown_compare
from app.pictures.compare import CompareOptions, ComparePicture
from app.pictures.compare_rows import OTHERS, WAYS
from app.pictures.gathered import Gathered
from app.places import bundled_dataset
from app.scene.marks import Box, Dot, Label
from app.scene.scene import Scene
from app.scene.style import Certainty, Emphasis, Role
from tests.benchmarks import synthetic
from tests.pictures.made import fixed, small, texts

SIZES = [(480.0, 320.0), (1280.0, 720.0), (1600.0, 1000.0), (2560.0, 1440.0)]


@pytest.fixture(scope="module")
def bundled() -> Dataset:
    return read(bundled_dataset())


def side(day: str, known_by: str = "") -> Side:
    return Side(*(dates.last_day(dates.parse(text)) if text else None for text in (day, known_by)))


def made(
    dataset: Dataset,
    before: str = "",
    after: str = "",
    *,
    lens: str = "",
    other: Dataset | None = None,
    **options: object,
) -> ComparePicture:
    chosen = CompareOptions(Options(lens=parse(lens)), side(before), side(after), **options)  # type: ignore[arg-type]  # by name
    return ComparePicture.of(dataset, chosen, fixed, other)


def crowd(n: int) -> Dataset:
    """So many people between twelve organizations."""
    return synthetic.web(12, 40, n)


def discs(scene: Scene) -> Counter[str]:
    """How many tokens each person has."""
    found: Counter[str] = Counter()
    for mark in scene.layer("people").marks:
        if isinstance(mark, Dot):
            found.update(scene.keys[key] for key in mark.key.tolist())
    return found


def ends(picture: ComparePicture) -> Counter[str]:
    """How many ends the differences of each person have, by the list."""
    assert picture.told is not None
    found: Counter[str] = Counter()
    for one in picture.told.comparison.differences:
        found[f"people:{one.person}"] += 2 if one.how == "moved" else 1
    return found


@pytest.mark.parametrize(("before", "after"), [("2025-06-01", "2025-12-31"), ("2024", "2026"), ("2026", "2024")])
@pytest.mark.parametrize("size", SIZES)
def test_everybody_who_differs_stands_once_where_they_left_and_where_they_came(
    bundled: Dataset, before: str, after: str, size: tuple[float, float]
) -> None:
    picture = made(bundled, before, after, size=size)
    plan = picture.plan
    assert plan is not None
    counted: Counter[str] = Counter()
    for placed in plan.rows:
        if not placed.drawn:
            counted.update(token.key for some in placed.row.tokens.values() for token in some)
            assert f"{len(placed.row.tokens['left']):,}" in texts(picture.scene(), "groups")
            assert "only counted" in picture.scene().header.left_out
    assert discs(picture.scene()) + counted == ends(picture)


def test_the_header_counts_as_the_list_does(bundled: Dataset) -> None:
    picture = made(bundled, "2025-06-01", "2025-12-31")
    assert picture.told is not None
    header = picture.scene().header
    counts = picture.told.comparison.counts
    assert f"{counts['moved']} moved" in header.scope
    assert f"{counts['left']} left" in header.scope
    assert header.scope.endswith(f"{picture.told.comparison.stayed} people the same")
    assert header.title == "Between 1 June and 31 December 2025 Apple lost most: 15 left, 1 came"
    assert header.context == "As of 2025-06-01 → 2025-12-31 · Known by 2026-06-28 · Filter: none"


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("what", ["bundled", "small", "crowd"])
def test_no_token_and_no_word_covers_another(bundled: Dataset, size: tuple[float, float], what: str) -> None:
    data = {"bundled": bundled, "small": small()}.get(what) or crowd(1_500)
    scene = made(data, "2024", "2025", size=size).scene()
    boxes = []
    for mark in scene.layer("people").marks:
        if isinstance(mark, Dot):
            boxes += [(x - r, y - r, x + r, y + r) for x, y, r in zip(mark.x, mark.y, mark.r, strict=True)]
    for name in ("people", "groups", "names", "heads"):
        for mark in scene.layer(name).marks if name in {layer.name for layer in scene.layers} else ():
            if not isinstance(mark, Label):
                continue
            for row, text in enumerate(mark.text):
                if scene.styles[int(mark.style[row])].role is Role.INITIALS:
                    continue
                size_ = float(mark.size[row])
                wide = float(fixed([text], (size_, 400))[0])
                left = float(mark.x[row]) - (0.0, wide / 2, wide)[int(mark.anchor[row])]
                top = float(mark.y[row]) - 0.72 * size_
                boxes.append((left, top, left + wide, top + 0.72 * size_))
    found = np.array(boxes)
    assert len(found) > 4
    assert (found[:, :2] >= -1e-6).all()
    assert (found[:, 2] <= size[0] + 1e-6).all()
    assert (found[:, 3] <= size[1] + 1e-6).all()
    order = found[np.argsort(found[:, 1])]
    for n, (left, top, right, bottom) in enumerate(order.tolist()):
        for left2, top2, right2, _ in order[n + 1 :].tolist():
            if top2 >= bottom - 1e-6:
                break
            assert right2 <= left + 1e-6 or right <= left2 + 1e-6, (left, top, right, bottom)


def test_of_few_people_it_says_who_went_where() -> None:
    picture = made(small(), "2025-01", "2025-12")
    scene = picture.scene()
    said = texts(scene, "people")
    assert {"Ada Madeup", "to South", "from NL", "where to not on record"} <= set(said)
    assert texts(scene, "heads") == ["BEFORE → AFTER", "LEFT · 4", "CAME · 3", "STAYED, WITH A CHANGE · 1"]
    assert {"NL", "0–4 → 1–2", "South", "0–2 → 3"} == set(texts(scene, "names"))
    assert "who moved stands in two rows" in scene.legend


def test_what_is_not_certain_is_hollow_and_what_is_not_on_record_is_grey() -> None:
    scene = made(small(), "2025-01", "2025-12").scene()
    looks: dict[str, set[tuple[str, Certainty]]] = {}
    for mark in scene.layer("people").marks:
        if isinstance(mark, Dot):
            for key, style in zip(mark.key.tolist(), mark.style.tolist(), strict=True):
                worn = scene.styles[style]
                looks.setdefault(scene.keys[key], set()).add((worn.organization, worn.certainty))
    assert looks["people:ada"] == {("south", Certainty.UNSURE), ("north", Certainty.UNSURE)}
    assert ("south", Certainty.SURE) in looks["people:cyd"]  # stayed, and is now certain
    assert ("", Certainty.UNSURE) in looks["people:cyd"] or ("", Certainty.UNSURE) in looks["people:eve"]


def test_a_tip_names_person_places_days_and_sources() -> None:
    picture = made(small(), "2025-01", "2025-12")
    scene = picture.scene()
    tip = next(tip for tip in scene.tips if tip.head == "Ben Madeup")
    assert tip.lines == (
        "Moved from NL to South",
        "Before, 2025-01-31: NL, until 2025-06-10; start not known, confirmed, not certain on that day, The Paper",
        "After, 2025-12-31: South, since 2025-06-10, confirmed, The Paper",
    )
    assert tip.links == ("paper",)
    assert "paper" in scene.meta.sources


def test_thousands_are_dots_and_more_are_bars_with_their_numbers() -> None:
    dots = made(crowd(3_000), "2016", "2024")
    assert dots.plan is not None
    assert not dots.plan.manner.words
    assert discs(dots.scene()) == ends(dots)
    bars = made(crowd(40_000), "2016", "2024")
    assert bars.plan is not None
    assert bars.plan.manner.is_bars
    scene = bars.scene()
    long: dict[str, float] = {}
    for mark in scene.layer("people").marks:
        assert isinstance(mark, Box)
        for key, w in zip(mark.key.tolist(), mark.w.tolist(), strict=True):
            long[scene.keys[key]] = long.get(scene.keys[key], 0.0) + w
    said = texts(scene, "groups")
    for placed in bars.plan.rows:
        for way in ("left", "came"):
            tokens = placed.row.tokens[way]
            assert not tokens or f"{len(tokens):,}" in said
            for _, some in placed.row.groups[way]:
                ends_ = (placed.row.organization, some[0].organization)
                key = "flow:{}>{}".format(*(ends_ if way == "left" else ends_[::-1]))
                assert long[key] == pytest.approx(2 * len(some) * bars.plan.per_person)  # in two rows


def test_others_say_how_many_and_add_up(bundled: Dataset) -> None:
    picture = made(bundled, "2025-06-01", "2025-12-31", top=3)
    plan = picture.plan
    assert plan is not None
    assert [placed.row.key for placed in plan.rows][3] == OTHERS
    assert len(plan.rows) == 4
    assert picture.told is not None
    assert sum(placed.row.n for placed in plan.rows) == sum(ends(picture).values())
    assert plan.rows[3].row.label == f"{len(picture.told.tallies) - 3} others"
    assert "smaller organizations in one row" in picture.scene().header.left_out


def test_known_by_days_and_files_are_told(bundled: Dataset) -> None:
    known = CompareOptions(Options(), Side(None, dates.day(2025, 7, 15)))
    header = ComparePicture.of(bundled, known, fixed).scene().header
    assert header.title.startswith("Between what was known on 15 July 2025 and 28 June 2026 Meta gained most: 40 came")
    assert "Known by 2025-07-15 → 2026-06-28" in header.context
    stint = small().row("stints", "st-ada-1")
    assert stint is not None
    paper = {"id": "new", "publisher": "The New Paper", "published": "2026-01-31"}
    later = {"stints": [{**stint, "status": "disputed", "source_ids": ["new"]}], "sources": [paper]}
    other = apply(small(), put(small(), "Later", later))
    picture = made(small(), other=other, files=("old.json", "new.json"))
    scene = picture.scene()
    assert scene.header.title == "Ada Madeup: status changed at South: confirmed → disputed"
    assert {"paper", "new"} <= set(scene.meta.sources)
    assert scene.meta.dataset == f"{small().digest} {other.digest}"
    assert (
        made(small(), "2025-01", "2025-12", other=small(), files=("old.json", "new.json"))
        .scene()
        .header.title.startswith("From old.json to new.json: NL lost most")
    )


def test_a_focus_comes_first_and_the_rest_is_pale(bundled: Dataset) -> None:
    picture = made(bundled, "2025-06-01", "2025-12-31", focus=("mistral-ai", "tesla"))
    assert picture.plan is not None
    assert picture.plan.rows[0].row.organization == "tesla"
    scene = picture.scene()
    assert scene.header.title == "Between 1 June and 31 December 2025 Tesla: 2 left, 0 came"
    pale = {scene.styles[style].emphasis for mark in scene.layer("people").marks for style in mark.style.tolist()}
    assert pale == {Emphasis.NORMAL, Emphasis.QUIET}
    with pytest.raises(UsageError, match="names no organization"):
        made(bundled, focus=("nobody-at-all",))


def test_a_filter_leaves_what_it_lets_through_and_says_how_much_is_gone(bundled: Dataset) -> None:
    picture = made(bundled, "2025-06-01", "2025-12-31", lens="organization:apple")
    whole = made(bundled, "2025-06-01", "2025-12-31")
    assert picture.told is not None
    assert whole.told is not None
    gone = len(whole.told.comparison.differences) - len(picture.told.comparison.differences)
    header = picture.scene().header
    assert f"{gone} filtered out" in header.left_out
    assert "Filter: organization:apple" in header.context


def test_where_nothing_differs_it_says_what_to_do(bundled: Dataset) -> None:
    same = made(bundled, "2025-06-01", "2025-06-01").scene()
    assert same.header.title == "On 1 June 2025 nothing differs"
    assert any("Choose days that lie further apart" in text for text in texts(same, "empty"))
    assert any(
        "Clear the filter" in text for text in texts(made(bundled, lens="person:jason-wei joined>=2030").scene())
    )
    nothing = made(Dataset.of())
    assert nothing.told is None
    assert nothing.scene().header.title == "No day to compare yet"
    assert any("Choose both days" in text for text in texts(nothing.scene(), "empty"))
    assert any("Nobody is on record" in text for text in texts(made(Dataset.of(), "2024", "2025").scene(), "empty"))


def test_the_legend_has_only_what_occurs(bundled: Dataset) -> None:
    known = made(bundled, "2025-06-01", "2025-12-31").scene().legend
    assert "grey: that is not on record" in known
    joined = made(bundled, lens="organization:ami-labs").scene().legend
    assert "stayed, with another seat, status or certainty" not in joined
    assert all(role is not Role.BAND for role in (style.role for style in made(bundled).scene().styles))


# on a canvas


def shown(dataset: Dataset, *sides: Side, **more: object) -> shown_compare.CompareShown:
    gathered = Gathered.of(dataset, Options())
    return shown_compare.made(gathered, fixed, (1600.0, 1000.0), sides or (Side(), Side()), **more)  # type: ignore[arg-type]  # by name


def lit(picture: shown_compare.CompareShown, key: str) -> set[str]:
    scene = picture.made
    return {scene.keys[row] for row in picture.lit(scene, (key,))}


def test_records_light_their_people() -> None:
    picture = shown(small(), side("2025-01"), side("2025-12"))
    assert lit(picture, "people:ada") == lit(picture, "move:st-ada-0>st-ada-1") == {"people:ada"}
    assert lit(picture, "flow:north>south") == {"people:ada", "people:ben"}
    assert lit(picture, "organizations:north") == {"organizations:north"}
    assert lit(picture, "organizations:west") == set()


def test_who_is_only_counted_lights_what_counts_them() -> None:
    few = shown(read(bundled_dataset()), side("2025-06-01"), side("2025-12-31"), top=2)
    assert few.picture.told is not None
    small_one = few.picture.told.tallies[-1].organization
    assert lit(few, f"organizations:{small_one}") == {OTHERS}
    bars = shown(crowd(40_000), side("2016"), side("2024"))
    person = next(token for token in bars.rows[0].row.tokens["came"] if token.organization)
    assert lit(bars, person.key) == {f"flow:{person.organization}>{bars.rows[0].row.organization}"}
    assert bars.twin(bars.made, None, "cumulative", 0.0).marks[0].name == bars.rows[0].row.label


def test_what_is_pointed_at_says_who_and_whose_word_it_is() -> None:
    picture = shown(small(), side("2025-01"), side("2025-12"))
    scene = picture.scene(None, "cumulative", 183.0)
    twin = picture.twin(scene, None, "cumulative", 183.0)
    ada = twin.mark("people:ada")
    assert ada is not None
    assert ada.above == "organizations:north"
    assert ada.description == "Moved from NL to South; not certain on that day"
    dots = [mark for mark in scene.layer("people").marks if isinstance(mark, Dot)]
    spots = [spot for dot in dots for spot in zip(dot.x.tolist(), dot.y.tolist(), strict=True)]
    keys = {picture.key_at(scene, x, y, 1.0) for x, y in spots}
    assert keys == {mark.key for mark in twin.marks if mark.key.startswith("people:")}
    card = picture.card(scene, "people:ada", None, *ada.at, 1.0)
    assert card is not None
    assert (card.head, card.line) == ("Ada Madeup", "Moved from NL to South")
    assert card.notes[-1] == "The Paper, 2026-01-31"
    row = twin.mark("organizations:north")
    assert row is not None
    assert row.description == "0–4 → 1–2 known people; 3 left: 2 South, 1 not on record; 1 came: 1 South"
    assert picture.box_of(scene, ("people:ada",)) is not None


def test_the_same_moments_are_not_compared_again() -> None:
    gathered, sides = Gathered.of(small(), Options()), (side("2025-01"), side("2025-12"))
    first = shown_compare.made(gathered, fixed, (1600.0, 1000.0), sides)
    larger = shown_compare.made(gathered, fixed, (1200.0, 800.0), sides, before=first)
    assert first.picture.told is not None
    assert larger.picture.told is not None
    assert larger.picture.told.comparison is first.picture.told.comparison
    other = shown_compare.made(gathered, fixed, (1200.0, 800.0), (sides[0], side("2025-06")), before=first)
    assert other.picture.told is not None
    assert other.picture.told.comparison is not first.picture.told.comparison
    assert set(WAYS) == set(other.rows[0].row.tokens)
