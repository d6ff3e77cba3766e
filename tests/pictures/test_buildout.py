"""The build-out as a picture: what stands on it, what it says, for teams of any size."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from app.analysis.options import Options
from app.domain import dates
from app.domain.dataset import Dataset, frame_of
from app.domain.dates import FUTURE
from app.domain.errors import UsageError
from app.domain.lens import parse
from app.pictures.buildout import BuildOutOptions, BuildOutPicture
from app.pictures.seat_board import fitted
from app.pictures.seat_counts import origin_rows
from app.pictures.seat_places import brief
from app.pictures.seat_rows import by_month, merged
from app.scene.marks import Box, Dot, Label, Path
from app.scene.scene import Scene, Tip
from app.scene.style import Certainty, Emphasis, Role
from tests.pictures.made import fixed, small, texts
from tests.pictures.teams import team


def picture(dataset: Dataset, day: str = "2026-01-31", **options: Any) -> BuildOutPicture:
    """The build-out of a dataset in the fixed font; lens: its text; since: first day of the window."""
    as_of, known_by, since = dates.parse(day).latest - 1, options.pop("known_by", None), options.pop("since", None)
    window = (dates.parse(since).earliest, FUTURE) if since else None
    chosen = Options(as_of=as_of, known_by=known_by, window=window, lens=parse(options.pop("lens", "")))
    return BuildOutPicture.of(dataset, BuildOutOptions(chosen, **options), fixed)


def edited(dataset: Dataset, table: str, **fields: dict[str, Any]) -> Dataset:
    """The dataset with some fields of rows (by id, - written _) changed."""
    rows = {row["id"]: row for row in dataset[table].to_dicts()}
    for name, values in fields.items():
        rows[name.replace("_", "-")] |= values
    tables = {name: dataset[name] for name in ("organizations", "people", "stints", "seats", "targets", "sources")}
    plain = [{k: v for k, v in row.items() if k != "extra"} for row in rows.values()]
    return Dataset.of({**tables, table: frame_of(table, plain)})


def marks(scene: Scene, role: Role, kind: type = Dot) -> list[tuple[str, Certainty, float, float]]:
    """Key, certainty and place of every mark of a role."""
    return [
        (scene.keys[m.key[row]], scene.styles[int(m.style[row])].certainty, float(m.x[row]), float(m.y[row]))
        for layer in scene.layers
        for m in layer.marks
        if isinstance(m, kind)
        for row in range(len(m))
        if scene.styles[int(m.style[row])].role is role and m.key[row] >= 0
    ]


def open_places(scene: Scene) -> set[str]:
    """Keys of the rings of places that nobody holds."""
    return {
        scene.keys[m.key[row]]
        for layer in scene.layers
        for m in layer.marks
        if isinstance(m, Path)
        for row in range(len(m))
        if scene.styles[int(m.style[row])].role is Role.SEAT_OPEN and m.key[row] >= 0
    }


def tip(scene: Scene, key: str) -> Tip:
    """What the marks of a key say when asked."""
    number = scene.keys.index(key)
    for layer in scene.layers:
        for m in layer.marks:
            rows = np.flatnonzero(m.key == number)
            if len(rows) and m.tip[rows[0]] >= 0:
                return scene.tips[int(m.tip[rows[0]])]
    raise KeyError(key)


@pytest.mark.parametrize(
    ("n", "wanted", "title"),
    [
        (0, 50, "Crew of Many on 31 January 2026: 0 of 50 seats filled"),
        (3, 50, "Crew of Many on 31 January 2026: 3 of 50 seats filled"),
        (50, 50, "Crew of Many on 31 January 2026: 50 of 50 seats filled"),
        (120, 100, "Crew of Many on 31 January 2026: 120 seats filled, target 100"),
        (3, None, "Crew of Many on 31 January 2026: 3 seats filled, no target on record"),
    ],
)
def test_the_title_states_how_far_the_team_is(n: int, wanted: int | None, title: str) -> None:
    scene = picture(team(n, wanted)).scene()

    assert scene.header.title == title
    assert "people known to this dataset, not staff numbers" in scene.legend[-1]
    assert len(open_places(scene)) == max(0, (wanted or 0) - n)
    assert len({key for key, *_ in marks(scene, Role.AVATAR)}) == n


@pytest.mark.parametrize("size", [(1600.0, 1000.0), (1280.0, 720.0), (700.0, 900.0), (480.0, 320.0)])
@pytest.mark.parametrize("n", [0, 3, 50, 120, 700])
def test_every_seat_stands_on_the_page_and_none_upon_another(n: int, size: tuple[float, float]) -> None:
    shown = picture(team(n, per_month=max(6, n // 12)), size=size)
    scene = shown.scene()
    layer = scene.layer("seats")
    spots = {
        (round(float(m.x[row]), 2), round(float(m.y[row]), 2), float(m.r[row]))
        for m in layer.marks
        if isinstance(m, Dot)
        for row in range(len(m))
        if scene.styles[int(m.style[row])].role in (Role.AVATAR, Role.SEATED)
    }

    assert len(spots) == n
    if n:
        x, y, r = (np.array(values) for values in zip(*sorted(spots), strict=True))
        assert (x - r >= 0).all()
        assert (x + r <= size[0]).all()
        assert (y + r <= size[1]).all()
        apart = np.hypot(x[:, None] - x, y[:, None] - y) + np.eye(n) * 1e9
        assert apart.min() >= 2 * r.min() - 0.01


def test_words_of_the_board_do_not_leave_their_tile() -> None:
    scene = picture(team(40)).scene()
    for m in scene.layer("seats").marks:
        if isinstance(m, Label):
            ends = m.x + [len(text) * 0.5 * size for text, size in zip(m.text, m.size, strict=True)]
            assert ends.max() <= 1600 * 0.68


def test_a_seat_says_who_from_where_since_when_and_on_whose_word() -> None:
    scene = picture(team(3)).scene()
    told = tip(scene, "seats:seat-00001")

    assert told.head == "Given1 Family1"
    assert told.lines == (
        "Sailor, Crew",
        "Joined: 2024-01-02, reported, The Paper",
        "Came from South, Sailor; no seat on record there",
        "Knows: sailing",
    )
    assert told.links == ("paper",)


def test_who_left_stays_with_a_hollow_ring_and_the_day() -> None:
    dataset = edited(team(4), "stints", p00001_1={"end": "2025-08"})
    scene = picture(dataset).scene()

    assert "left Aug ’25" in texts(scene, "seats")
    hollow = {key for key, certainty, *_ in marks(scene, Role.AVATAR) if certainty is Certainty.UNSURE}
    assert hollow == {"seats:seat-00001"}
    assert "hollow: left again" in scene.legend
    assert scene.header.scope.startswith("50 places: 3 filled, 1 left again, 46 still empty.")
    assert "Left: 2025-08" in tip(scene, "seats:seat-00001").lines


def test_a_refilled_seat_keeps_its_history_and_says_what_hole_was_left() -> None:
    dataset = edited(
        team(4, vacant=1, seats={4: {"organization_id": "north", "title": "Pilot"}}),
        "stints",
        p00001_1={"end": "2024-06", "seat_id": "seat-00000"},
        p00000_1={"start": "2025-02", "seat_id": "seat-00000"},
        p00000_0={"seat_id": "seat-00004", "end": "2025-01"},
        p00003_0={"seat_id": "seat-00004", "start": "2025-03", "end": "2025-04", "organization_id": "north"},
    )
    told = tip(picture(dataset).scene(), "seats:seat-00000")

    assert told.head == "Given0 Family0"
    assert "Before: Given1 Family1, from South, until 2024-06" in told.lines
    assert "Left open there: Pilot, filled by Given3 Family3 (2025-03)" in told.lines


def test_places_still_empty_say_what_they_are() -> None:
    seats: dict[int, dict[str, Any]] = {
        2: {"state": "planned", "title": "Cook"},
        3: {"state": "on-hold"},
        4: {"state": "offered"},
        5: {"state": "closed"},
    }
    shown = picture(team(2, 6, vacant=5, seats=seats))
    scene = shown.scene()
    words = texts(scene, "seats")

    assert [place.word for place in shown.places if place.empty] == ["planned", "on hold", "offered", "open", "open"]
    assert "Cook" in words
    assert {"ring: a place still open", "pale ring: planned", "on hold"} <= set(scene.legend)
    assert scene.header.left_out == "Seats left out: 1 closed and never held"


def test_more_than_the_target_is_over_in_order_of_joining() -> None:
    shown = picture(team(8, 6))

    assert [place.key for place in shown.places if place.over] == ["seats:seat-00006", "seats:seat-00007"]
    assert texts(shown.scene(), "seats").count("over") == 2


def test_on_an_earlier_day_nobody_is_there_who_came_later() -> None:
    shown = picture(team(12, 10), "2024-01-03")

    assert [place.name for place in shown.places if not place.empty] == [f"Given{n} Family{n}" for n in (0, 4, 1, 2)]
    assert sum(place.empty for place in shown.places) == 6
    scene = shown.scene()
    assert scene.header.title == "Crew of Many on 3 January 2024: 3 of 10 seats filled for certain, up to 4"
    assert not any("Family7" in text for text in texts(scene))
    assert any(text.startswith("hatched: may be in seat") for text in scene.legend)


def test_a_target_that_nobody_has_joined_yet() -> None:
    scene = picture(team(0, 5)).scene()

    assert open_places(scene) == {f"group:open:{n}" for n in range(1, 6)}
    assert "target 5" in texts(scene, "curve")
    assert not any(layer.name == "counts" and any(isinstance(m, Dot) for m in layer.marks) for layer in scene.layers)


def test_without_seats_and_target_the_picture_says_what_to_add() -> None:
    scene = picture(Dataset.of()).scene()

    assert scene.header.title == "No seats on record"
    assert any("Add seats and a target" in text for text in texts(scene))
    assert not any("known here" in text for text in texts(scene))


def test_where_people_are_known_but_no_seat_the_picture_says_where_they_are_shown() -> None:
    scene = picture(small(), focus="south").scene()
    assert "3 people are known here without a seat: the organization chart shows them." in texts(scene)


def test_the_focus_chooses_the_organization() -> None:
    dataset = team(3)

    assert picture(dataset, focus="north").scene().header.title == "North: no seats on record"
    assert "Crew" in picture(dataset, focus="organizations:crew").scene().header.title
    assert picture(team(3, None), focus="").scene().header.title.startswith("Crew")
    with pytest.raises(UsageError, match="names no organization"):
        picture(dataset, focus="people:p00001")


def quiet(scene: Scene, role: Role, kind: type = Dot) -> set[str]:
    """Keys of the pale marks of a role; the legend's have none."""
    pale = {n for n, style in enumerate(scene.styles) if style.role is role and style.emphasis is Emphasis.QUIET}
    return {
        scene.keys[key]
        for layer in scene.layers
        for m in layer.marks
        if isinstance(m, kind)
        for key, style in zip(m.key.tolist(), m.style.tolist(), strict=True)
        if key >= 0 and style in pale
    }


def test_a_lens_hides_no_seat_but_sets_off_those_whom_it_lets_through() -> None:
    dataset, lens = team(8, 10), "from:north"
    scene, plain = picture(dataset, lens=lens).scene(), picture(dataset).scene()
    pale = {f"seats:seat-{n:05}" for n in range(8) if n % 4}

    assert scene.header.title == plain.header.title
    assert len(open_places(scene)) == 2
    assert scene.header.context.endswith("Filter: from:north, 2 of 8 filled seats lit")
    assert quiet(scene, Role.AVATAR) == pale
    assert quiet(scene, Role.SEATED) == pale
    assert quiet(plain, Role.AVATAR) == set()
    assert "pale: outside the filter" in scene.legend
    assert "Outside the filter: from:north" in tip(scene, "seats:seat-00001").lines
    assert not any(line.startswith("Outside") for line in tip(scene, "seats:seat-00000").lines)


def test_layers_and_ticks_of_the_curve_are_pale_as_far_as_the_lens_does_not_let_through() -> None:
    dataset = edited(team(8, 10), "people", p00001={"expertise": ["cooking"]})
    scene = picture(dataset, lens="expertise:cooking").scene()
    areas = [
        (scene.keys[m.key[row]], scene.styles[int(m.style[row])].emphasis)
        for m in scene.layer("curve").marks
        if isinstance(m, Path)
        for row in range(len(m))
        if scene.styles[int(m.style[row])].role is Role.AREA
    ]

    assert ("organizations:north", Emphasis.QUIET) in areas
    assert ("organizations:north", Emphasis.NORMAL) not in areas
    assert {emphasis for key, emphasis in areas if key == "organizations:south"} == {Emphasis.NORMAL, Emphasis.QUIET}
    assert "group:joined:2024-01-01" in quiet(scene, Role.BAR_OTHER, Box)
    assert "group:joined:2024-01-02" not in quiet(scene, Role.BAR_OTHER, Box)


def test_a_lens_that_names_what_is_not_there_is_wrong_use() -> None:
    with pytest.raises(UsageError, match="no organization 'atlantis'"):
        picture(team(3), lens="from:atlantis")


def test_a_window_ends_with_the_day_shown_and_the_curve_begins_with_it() -> None:
    dataset = team(24, 30)
    until = Options(window=(dates.day(2024, 2), dates.day(2024, 4)))
    scene = BuildOutPicture.of(dataset, BuildOutOptions(until), fixed).scene()

    assert scene.header.title == "Crew of Many on 31 March 2024: 18 of 30 seats filled"
    assert "Feb 2024" in texts(scene, "curve")
    assert not any("Jan" in text for text in texts(scene, "curve"))
    assert "2024-02-01" in scene.meta.window
    joined = {key for key in scene.keys if key.startswith("group:joined:")}
    assert joined
    assert not any(key.startswith("group:joined:2024-01") for key in joined)
    assert {"earlier", "Q1 2024"} <= set(texts(scene, "counts"))


def test_who_was_there_before_the_curve_begins_is_in_it_from_its_first_day() -> None:
    shown = picture(team(24, 12), since="2024-04-20")
    words = texts(shown.scene(), "curve")

    assert "24" in words
    assert not any(text.startswith(("reached", "surely")) for text in words)


def test_only_so_many_origins_are_named() -> None:
    scene = picture(edited(team(13, 20), "stints", p00012_0={"organization_id": "crew"}), top=1).scene()
    counts, curve = texts(scene, "counts"), texts(scene, "curve")

    assert [word for word in counts if word in ("North", "South", "East", "West", "3 others")] == ["East", "3 others"]
    assert "East 3" in curve
    assert "9 from 3 others" in curve


def test_the_axis_stands_still_while_the_day_moves_along_it() -> None:
    dataset, span = team(24, 30), (dates.day(2023, 12), dates.day(2024, 6, 30))
    pictures = [picture(dataset, day, span=span).scene() for day in ("2024-01-20", "2024-03-20", "2024-04-25")]
    axes = [[text for text in texts(scene, "curve") if text[:3].isalpha() or text.isdigit()] for scene in pictures]
    clocks = [clock(scene) for scene in pictures]

    for words in axes:
        assert [word for word in words if word in ("Dec 2023", "Jan 2024", "Mar", "May")] == ["Jan 2024", "Mar", "May"]
    scales = [{word for word in words if word in ("0", "5", "10", "20", "30")} for words in axes]
    assert scales[0] == scales[1] == scales[2] != set()
    assert clocks == sorted(clocks)
    for scene, line in zip(pictures, clocks, strict=True):
        ends = [
            float(m.points[m.offsets[row] : m.offsets[row + 1], 0].max())
            for m in scene.layer("curve").marks
            if isinstance(m, Path)
            for row in range(len(m))
            if scene.styles[int(m.style[row])].role in (Role.AREA, Role.HATCH, Role.MAYBE)
        ]
        assert max(ends) <= line + 0.01
    assert clock(picture(dataset).scene()) is None


def clock(scene: Scene) -> float | None:
    """Where the line of the clock stands; None if there is none."""
    found = [
        float(m.points[m.offsets[row], 0])
        for m in scene.layer("curve").marks
        if isinstance(m, Path)
        for row in range(len(m))
        if scene.styles[int(m.style[row])].role is Role.CLOCK
    ]
    return found[0] if found else None


def test_before_the_first_day_of_the_axis_there_is_no_curve_yet() -> None:
    span = (dates.day(2024, 2), dates.day(2024, 6, 30))
    scene = picture(team(24, 30), "2024-01-20", span=span).scene()

    assert not any(scene.styles[int(s)].role is Role.AREA for m in scene.layer("curve").marks for s in m.style)
    assert "target 30" in texts(scene, "curve")


def test_cohorts_say_who_came_when_and_who_is_still_there() -> None:
    dataset = edited(team(30, 40), "stints", p00001_1={"end": "2025-08"}, p00002_1={"start": "2025"})
    scene = picture(dataset).scene()
    words = texts(scene, "counts")

    at = words.index("Q1 2024")
    assert words[at : at + 6] == ["Q1 2024", "16 of 17", "Q2 2024", "12 of 12", "in 2025", "1 of 1"]
    told = tip(scene, "group:cohort:Q1-2024")
    assert told.head == "Q1 2024: 17 people came, 16 still there (94%)"
    assert told.lines[-1] == "and 5 more"
    assert told.links == ("paper",)
    few = tip(scene, "group:cohort:in-2025")
    assert few.head == "in 2025: 1 person came, 1 still there"
    assert few.lines == ("The day is known no better than this", "Given2 Family2, still there")


def test_the_curve_reaches_the_target_on_a_day_and_ends_at_what_is_filled() -> None:
    scene = picture(team(12, 10)).scene()
    words = texts(scene, "curve")

    assert {"target", "12"} <= set(words)  # the curve leaves no room for the number; it stands at the axis
    assert {"at the earliest 3 Feb 2024", "surely 5 Feb 2024"} <= set(words)
    assert [text for text in words if text.startswith(("North", "South"))] == ["North 3", "South 3"]
    assert tip(scene, "targets:goal").head == "Target: 10 seats"


def test_ticks_name_who_joined() -> None:
    scene = picture(team(12, 10)).scene()

    assert tip(scene, "group:joined:2024-01-01") == Tip(
        "2024-01-01: 1 person joined", ("Given0 Family0, North",), ("paper",)
    )
    assert [key for key, *_ in marks(scene, Role.BAR_PALE, Box)] == ["group:joined:2024-01", "group:joined:2024-02"]


def test_with_known_by_the_curve_is_as_it_could_be_known() -> None:
    dataset = team(6, 10)
    sources = [
        {"id": "paper", "publisher": "The Paper", "published": "2024-01-31"},
        {"id": "late", "publisher": "Late News", "published": "2025-06"},
    ]
    tables = {name: dataset[name] for name in ("organizations", "people", "stints", "seats", "targets")}
    dataset = Dataset.of({**tables, "sources": frame_of("sources", sources)})
    dataset = edited(dataset, "stints", p00002_1={"source_ids": ["late"]})

    assert "6 of 10" in picture(dataset).scene().header.title
    then = picture(dataset, known_by=dates.day(2024, 6, 30)).scene()
    assert "5 of 10" in then.header.title
    assert "known by 2024-06-30" in texts(then, "curve")
    assert "Known by 2024-06-30" in then.header.context


def test_rows_of_origins_count_who_is_there_may_be_and_left() -> None:
    dataset = edited(team(9), "stints", p00001_1={"end": "2025-08"}, p00005_1={"start": "2025", "end": ".."})
    shown = picture(dataset, "2025-10")
    assert shown.holding is not None
    rows = {row.label: row.text for row in origin_rows(shown.holding, shown.places, 9)}

    assert rows == {"North": "3", "East": "2", "South": "1 may be, 1 left", "West": "2"}
    few = origin_rows(shown.holding, shown.places, 2)
    assert [(row.label, len(row.places)) for row in few] == [("North", 3), ("3 others", 6)]


def test_what_the_seats_ask_for_and_nobody_has() -> None:
    scene = picture(team(3, seats={1: {"skills": ["sailing", "cooking"]}})).scene()

    assert "Asked for, and no one has it: cooking" in texts(scene, "counts")
    assert "Asked for, and had: sailing 1 of 1 seat" in texts(scene, "counts")
    assert "Not on record of the holder: cooking" in tip(scene, "seats:seat-00001").lines


def test_days_are_written_no_more_exactly_than_they_are_known() -> None:
    assert [brief(*dates.parse(text)[:2]) for text in ("2025-06-12", "2025-06", "2025", "", "..")] == [
        "12 Jun", "Jun", "2025", "day not known", "day not known",
    ]  # fmt: skip
    assert brief(*dates.parse("2025-08")[:2], year=True) == "Aug ’25"


def test_rows_are_months_and_small_neighbours_share_one() -> None:
    places = picture(team(14, 16, per_month=4)).places
    months = by_month(places)

    assert [(row.head, len(row.places)) for row in months] == [
        ("January 2024", 4), ("February 2024", 4), ("March 2024", 4), ("April 2024", 2), ("Still empty", 2),
    ]  # fmt: skip
    assert [(row.head, len(row.places)) for row in merged(months, 8)] == [
        ("Jan–Feb 2024", 8), ("Mar–Apr 2024", 6), ("Still empty", 2),
    ]  # fmt: skip


def test_tiles_become_smaller_and_lose_words_as_the_board_fills() -> None:
    sizes = [fitted(picture(team(n, 0, per_month=max(6, n // 12))).places, 980, 780, 1.0) for n in (10, 60, 120, 700)]

    assert [layout.tile.lines for layout in sizes] == sorted((layout.tile.lines for layout in sizes), reverse=True)
    assert sizes[0].tile.width == 111
    assert sizes[-1].tile.lines == 0
    assert not any(layout.hidden for layout in sizes)


def test_a_board_says_how_many_places_it_has_no_room_for() -> None:
    scene = picture(team(0, 9000), size=(480.0, 320.0)).scene()
    drawn = len(open_places(scene))

    assert f"SEAT BOARD: {9000 - drawn:,} PLACES MORE, FOR WHICH THERE IS NO ROOM" in texts(scene, "seats")


def test_who_says_what_the_target_is() -> None:
    claims = [
        {"id": "c1", "about": ["organizations:crew"], "field": "headcount", "value": "70", "text": "Seventy sail",
         "status": "reported", "source_ids": ["paper"]},
        {"id": "c2", "about": ["organizations:crew"], "field": "headcount", "text": "Nobody", "status": "denied"},
    ]  # fmt: skip
    dataset = team(3, 10)
    tables = {name: dataset[name] for name in ("organizations", "people", "stints", "seats", "targets", "sources")}
    scene = picture(Dataset.of({**tables, "claims": frame_of("claims", claims)})).scene()

    said = [text for text in texts(scene, "counts") if "The Paper" in text]
    assert said == ["The target is 10 seats (reported, The Paper)", "Seventy sail (reported, The Paper)"]
    assert tip(scene, "claims:c1").links == ("paper",)
