"""Careers as a picture: who has a line, how stints are drawn, what is counted and said."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from app.analysis.options import Options
from app.analysis.summary import summary
from app.domain import dates
from app.domain.dataset import Dataset
from app.domain.dates import FUTURE, PAST
from app.domain.errors import UsageError
from app.domain.lens import parse
from app.files.registry import read_sound
from app.pictures.career_words import left_out
from app.pictures.careers import CareersOptions, CareersPicture
from app.places import bundled_dataset
from app.scene.marks import Box, Dot, Label, Path
from app.scene.scene import Scene
from app.scene.style import Certainty, Emphasis, Role, Status
from tests.benchmarks.synthetic import dataset as synthetic
from tests.pictures.lives import lives, styled
from tests.pictures.made import fixed, texts

EMPTY = Dataset.of({})
BUNDLED, _ = read_sound(bundled_dataset())


def options(**chosen: Any) -> CareersOptions:
    """Options with days and lens as texts: as_of, known_by, since, until, lens."""
    days = {name: dates.parse(chosen.pop(name)) if name in chosen else None for name in ("as_of", "known_by")}
    since, until = chosen.pop("since", None), chosen.pop("until", None)
    window = None
    if since or until:
        window = (dates.parse(since).earliest if since else PAST, dates.parse(until).latest if until else FUTURE)
    last = {name: span.latest - 1 if span is not None else None for name, span in days.items()}
    return CareersOptions(Options(window=window, lens=parse(chosen.pop("lens", "")), **last), **chosen)


def picture(dataset: Dataset | None = None, **chosen: Any) -> CareersPicture:
    return CareersPicture.of(dataset or lives(), options(**chosen), fixed)


def lines(found: CareersPicture) -> list[str]:
    """Who has a line, from the top."""
    return found.gathered.dataset["people"].get_column("id").gather(found.order.people).to_list()


def keys(scene: Scene, role: Role) -> set[str]:
    """Keys of the marks of a role, but for those of the legend, which have none."""
    return {key for key, *_ in styled(scene, role) if key}


# --- how stints are drawn ---


def test_a_stint_is_a_bar_from_its_first_to_its_last_day() -> None:
    found = picture()
    plan = found.plan
    assert plan is not None
    bars = {key: (mark, row) for key, _, mark, row in styled(found.scene(), Role.STINT) if isinstance(mark, Box)}
    mark, row = bars["stints:st-ada-00"]

    begin, end = (float(plan.days.across(dates.parse(day).earliest)) for day in ("2020-03-01", "2023-04-10"))
    assert mark.x[row] == pytest.approx(begin)
    assert mark.x[row] + mark.w[row] == pytest.approx(end)


def test_a_running_stint_has_an_arrow_and_is_pale_after_the_day_it_was_last_seen() -> None:
    found = picture()
    late = [(key, mark, row) for key, _, mark, row in styled(found.scene(), Role.STINT_LATE)]
    ada = next(
        mark.points[mark.offsets[row] : mark.offsets[row + 1]]
        for key, mark, row in late
        if key == "stints:st-ada-01" and isinstance(mark, Path)
    )
    assert found.plan is not None
    assert ada[:, 0].min() == pytest.approx(float(found.plan.days.across(dates.parse("2026-01-31").earliest)))
    assert ada[:, 0].max() == pytest.approx(found.plan.days.end)
    assert len(ada) == 5


def test_an_end_that_is_not_known_fades() -> None:
    soft = keys(picture().scene(), Role.STINT_SOFT)

    assert soft == {"stints:st-ben-02", "stints:st-dov-08", "stints:st-fay-12", "stints:st-fay-13"}


def test_a_day_known_to_the_year_has_a_bracket_of_that_year() -> None:
    found = picture()
    assert found.plan is not None
    spans = []
    for _, _, mark, row in styled(found.scene(), Role.BRACKET):
        if isinstance(mark, Path) and mark.key[row] < 0:
            points = mark.points[mark.offsets[row] : mark.offsets[row + 1]]
            spans.append((float(points[:, 0].min()), float(points[:, 0].max())))
    wanted = [tuple(float(found.plan.days.across(d)) for d in dates.parse(year)[:2]) for year in ("2021", "2025")]
    for span in wanted:
        assert any(np.allclose(span, other) for other in spans)


def test_kinds_and_status_are_told_apart() -> None:
    scene = picture().scene()

    assert keys(scene, Role.OFFER) == {"stints:st-cyd-07"}
    assert keys(scene, Role.STINT_STUDY) == {"stints:st-cyd-05"}
    heights = {k: m.h[r] for k, _, m, r in styled(scene, Role.STINT) if isinstance(m, Box) and k}
    assert heights["stints:st-cyd-06"] < heights["stints:st-ada-00"]
    status = {k: s.status for k, s, *_ in styled(scene, Role.STINT) if k}
    assert status["stints:st-eve-11"] is Status.RUMORED
    denied = [m for k, _, m, _ in styled(scene, Role.STINT) if k == "stints:st-dov-09"]
    assert {type(mark) for mark in denied} == {Box, Path}, "outlined and struck"
    assert status["stints:st-dov-09"] is Status.DENIED


def test_a_second_post_stands_below_the_first() -> None:
    found = picture()
    assert found.plan is not None
    lane = dict(zip(map(found.marks.id_of, range(len(found.plan.at))), found.plan.bars.lane.tolist(), strict=True))

    assert (lane["st-ben-03"], lane["st-ben-04"]) in {(0, 1), (1, 0)}


def test_every_move_is_a_join_that_says_who_and_when() -> None:
    scene = picture().scene()
    pairs = ("ada-00>st-ada-01", "ben-02>st-ben-03", "eve-10>st-eve-11", "fay-12>st-fay-13")
    assert keys(scene, Role.JOIN) == {f"move:st-{pair}" for pair in pairs}
    tips = {scene.keys[m.key[r]]: scene.tips[m.tip[r]] for k, _, m, r in styled(scene, Role.JOIN) if k}
    assert tips["move:st-ada-00>st-ada-01"].lines == ("North → South", "2023-04-10, confirmed, The Paper")


def test_a_bar_says_who_where_as_what_when_and_whose_word_it_is() -> None:
    scene = picture().scene()
    mark, row = next((m, r) for k, _, m, r in styled(scene, Role.STINT) if k == "stints:st-ada-01")
    tip = scene.tips[mark.tip[row]]

    assert tip.head == "Ada Madeup"
    assert tip.lines == ("South", "Clerk", "since 2023-04-10", "last seen 2026-01-31", "confirmed, The Paper")
    assert tip.links == ("paper",)


def test_names_stand_right_aligned_left_of_the_axis_and_on_bars_only_where_they_fit() -> None:
    found = picture(size=(900.0, 600.0))
    assert found.plan is not None
    for key, _, mark, row in styled(found.scene(), Role.SEAT_NAME):
        assert isinstance(mark, Label)
        assert key.startswith("people:")
        assert mark.x[row] == found.plan.name_x < found.plan.days.x
    edges = {
        (float(y), float(x0), float(x1))
        for y, x0, x1 in zip(found.plan.y, found.plan.bars.x0, found.plan.bars.x1, strict=True)
    }
    for _, _, mark, row in styled(found.scene(), Role.STINT_NAME):
        assert isinstance(mark, Label)
        wide = len(mark.text[row]) * mark.size[row] * 0.5
        x, y = mark.x[row], mark.y[row]
        assert any(top < y < top + 2 * found.plan.bar and x0 <= x and x + wide <= x1 for top, x0, x1 in edges)


# --- who has a line ---


@pytest.mark.parametrize(
    ("sort", "wanted"),
    [
        ("name", ["ada", "ben", "cyd", "dov", "eve", "fay"]),
        ("recent", ["eve", "ben", "ada", "cyd", "dov", "fay"]),
        ("first", ["cyd", "ada", "dov", "eve", "ben", "fay"]),
        ("last", ["eve", "dov", "ben", "cyd", "ada", "fay"]),
        ("moves", ["eve", "ben", "ada", "fay", "cyd", "dov"]),
    ],
)
def test_lines_are_sorted(sort: str, wanted: list[str]) -> None:
    assert lines(picture(sort=sort)) == wanted


def test_groups_have_heads_with_their_counts_and_keep_the_order_within() -> None:
    found = picture(group="origin", sort="name")

    assert [(head.name, head.n) for head in found.order.heads] == [("North", 4), ("East", 1), ("Origin not known", 1)]
    assert lines(found) == ["ada", "ben", "dov", "eve", "fay", "cyd"]
    assert "organizations:north" in found.scene().keys


def test_cohorts_stand_by_year_and_those_without_a_day_last() -> None:
    found = picture(group="cohort", sort="name")

    assert [head.name for head in found.order.heads] == ["2019", "2020", "2021", "2022", "2024", "Year not known"]


def test_the_group_of_where_people_are_is_that_of_the_as_of_day() -> None:
    assert [head.name for head in picture(group="present", as_of="2022").order.heads][:1] == ["North"]
    assert [head.name for head in picture(group="present").order.heads][:1] == ["South"]


def test_focus_on_an_organization_leaves_who_was_ever_there_and_sets_its_bars_off() -> None:
    found = picture(focus=("south",))
    scene = found.scene()

    assert lines(found) == ["ada", "ben", "eve"], "an offer or a denied stint takes nobody there"
    strength = {key: style.emphasis for key, style, *_ in styled(scene, Role.STINT) if key}
    assert {k for k, e in strength.items() if e is Emphasis.NORMAL} == {
        "stints:st-ada-01", "stints:st-ben-03", "stints:st-eve-11"}  # fmt: skip
    assert strength["stints:st-ada-00"] is Emphasis.SMALL
    assert scene.header.title == "Careers that led to South"
    assert "by the day they joined South" in scene.header.scope
    assert "3 people who were never there" in scene.header.left_out


def test_focus_on_a_person_lights_their_line() -> None:
    scene = picture(focus=("people:ben",)).scene()
    quiet = {key: style.emphasis is Emphasis.QUIET for key, style, *_ in styled(scene, Role.SEAT_NAME)}

    assert quiet == {f"people:{p}": p != "ben" for p in ("ada", "ben", "cyd", "dov", "eve", "fay")}
    assert scene.header.title == "The career of Ben Madeup among others"


def test_a_lens_leaves_the_people_whom_it_lets_through() -> None:
    found = picture(lens="from:North to:South after:2024")

    assert lines(found) == ["eve", "ben"]
    assert "4 people filtered out" in found.scene().header.left_out


def test_a_window_is_the_axis_and_leaves_out_who_was_nowhere_in_it() -> None:
    found = picture(since="2025-09", until="2025-12")
    assert found.plan is not None

    assert (found.plan.days.first, found.plan.days.last) == (dates.day(2025, 9), dates.day(2026, 1))
    assert lines(found) == ["eve", "ben", "ada", "fay"]


def test_what_was_not_known_yet_is_not_drawn_but_counted() -> None:
    found = picture(known_by="2025")

    assert lines(found) == []
    assert dict(left_out(found))["not known by then"] == 14


def test_what_comes_after_the_as_of_day_is_veiled() -> None:
    found = picture(as_of="2021-06-30")
    scene = found.scene()
    assert found.plan is not None
    ((_, _, veil, row),) = styled(scene, Role.VEIL)
    assert isinstance(veil, Box)

    assert veil.x[row] == pytest.approx(float(found.plan.days.across(dates.day(2021, 7))))
    pale = {key for key, style, *_ in styled(scene, Role.SEAT_NAME) if style.emphasis is Emphasis.QUIET}
    assert pale == {"people:ben", "people:eve"}
    assert not styled(picture().scene(), Role.VEIL)


# --- counts ---


CHOICES: list[dict[str, Any]] = [
    {},
    {"focus": ("meta-superintelligence-labs",)},
    {"focus": ("people:lucas-beyer", "openai")},
    {"lens": "to:Meta after:2025"},
    {"since": "2025", "until": "2025-08"},
    {"known_by": "2025-07"},
    {"top": 7, "group": "present"},
    {"size": (640.0, 360.0), "sort": "name"},
    {"size": (2560.0, 1440.0), "group": "cohort", "as_of": "2024"},
]


@pytest.mark.parametrize("data", [lives(), BUNDLED], ids=["lives", "bundled"])
@pytest.mark.parametrize("chosen", CHOICES, ids=str)
def test_every_stint_is_drawn_or_counted_as_left_out(data: Dataset, chosen: dict[str, Any]) -> None:
    if data is not BUNDLED and ("focus" in chosen or "lens" in chosen):
        chosen = {
            **chosen,
            "focus": ("south",) if "focus" in chosen else (),
            "lens": "to:South" if "lens" in chosen else "",
        }
    found = picture(data, **chosen)
    scene = found.scene()
    drawn = {key for role in (Role.STINT, Role.STINT_STUDY, Role.STINT_LATE, Role.STINT_SOFT, Role.OFFER)
             for key in keys(scene, role)}  # fmt: skip
    out = dict(left_out(found))

    assert len(drawn) + sum(out.values()) == data["stints"].height
    assert scene.meta.left_out == tuple(out.items())
    if found.plan is not None:
        assert found.plan.bottom <= found.frame.map[1] + found.frame.map[3] + 1


def test_people_and_moves_of_the_bundled_dataset_are_those_of_stats() -> None:
    figures = summary(BUNDLED, Options())
    found = CareersPicture.whole(BUNDLED, options(since="1950"), fixed)

    assert len(found.order) == figures["people"]
    assert int((found.marks.moves >= 0).sum()) == figures["moves"]


def test_of_many_people_those_with_the_newest_moves_have_a_line_and_the_others_are_counted() -> None:
    data = synthetic(3_300)
    found = picture(data, sort="name")
    scene = found.scene()
    newest = found.chosen.people.recent
    has_line = np.isin(np.arange(len(newest)), found.order.people)

    assert newest[has_line].min() >= newest[~has_line & found.chosen.people.shown].max()
    assert f"{found.n_without:,} people for want of room" in scene.header.left_out
    assert any("WITHOUT A LINE OF THEIR OWN" in text for text in texts(scene, "bands"))
    assert found.n_without + len(found.order) == int(found.chosen.people.shown.sum())


def test_the_pages_after_the_first_hold_everyone_once_and_in_order() -> None:
    data = synthetic(300)
    found = picture(data, size=(900.0, 600.0), sort="name", group="present")
    _, *pages = found.pages()
    names = [key for page in pages for key, *_ in styled(page, Role.SEAT_NAME) if key.startswith("people:")]
    everyone = data["people"].get_column("id").gather(found.chosen.everyone.people).to_list()

    assert names == [f"people:{person}" for person in everyone]
    assert pages[0].header.scope.startswith(f"Page 1 of {len(pages)}")


def test_few_people_need_no_more_pages() -> None:
    assert len(list(picture().pages())) == 1


# --- what is said where there is nothing, and what is refused ---


def test_without_people_the_picture_says_what_to_add() -> None:
    scene = picture(EMPTY).scene()

    assert scene.header.title == "No careers on record"
    assert any("Record a move" in text for text in texts(scene, "nothing"))


def test_where_nobody_matches_the_picture_says_what_to_do() -> None:
    scene = picture(lens="from:West to:North").scene()

    assert scene.header.title == "No career matches"
    assert any("Clear it" in text for text in texts(scene, "nothing"))


@pytest.mark.parametrize(
    ("chosen", "word"), [({"sort": "age"}, "--sort"), ({"group": "team"}, "--group"), ({"focus": ("who",)}, "--focus")]
)
def test_words_that_mean_nothing_are_refused(chosen: dict[str, Any], word: str) -> None:
    with pytest.raises(UsageError, match=word):
        picture(**chosen)


def test_the_legend_names_only_what_occurs() -> None:
    said = " · ".join(picture(lens="person:ada").scene().legend)

    assert "confirmed" in said
    assert "still there" in said
    for missing in ("rumored", "denied", "offer", "study", "start not known", "as-of day"):
        assert missing not in said


def test_bars_that_fade_have_no_line_round_what_is_left() -> None:
    solid = [style for key, style, mark, _ in styled(picture().scene(), Role.STINT) if key == "stints:st-ben-02"]

    assert {style.certainty for style in solid} == {Certainty.UNSURE}


def test_an_offer_is_a_ring_on_its_day() -> None:
    found = picture()
    assert found.plan is not None
    ((_, _, mark, row),) = styled(found.scene(), Role.OFFER)[:1]
    assert isinstance(mark, Dot)

    assert abs(mark.x[row] - float(found.plan.days.across(dates.parse("2024-05-02").earliest))) < 12
