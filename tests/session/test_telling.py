"""The steps of a story as pictures, off the window, and the files that are made of them."""

from __future__ import annotations

import io
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pptx import Presentation

from app.cli import main
from app.domain import dates
from app.domain.dataset import Dataset
from app.domain.edit import apply
from app.domain.errors import UsageError
from app.domain.lens import parse
from app.domain.stories import Step, Story, begin, stories
from app.files.registry import write
from app.pictures.flowmap import FlowMap
from app.pictures.shown import MapShown
from app.render.film_story import FADE
from app.render.widths import measure
from app.scene.camera import Camera
from app.session.pictured import picture_of
from app.session.storyfiles import StoryFile
from app.session.telling import Teller, camera_of, chosen, faults, shares_of
from app.session.view import View
from tests.pictures.made import small
from tests.render.pdf_pages import sizes, words

pytestmark = pytest.mark.usefixtures("qapp")
SIZE = (800, 500)
VIEW = View()
EARLY, LATE = dates.day(2025, 3, 1), dates.day(2025, 9, 1)
STEPS = (
    Step(VIEW.state, EARLY, head="First things", text="What stood at the beginning.", seconds=2.0),
    Step(VIEW.state, LATE, head="Then it moved", text="Time plays.", focus=("organizations:south",), seconds=3.0),
    Step(replace(VIEW, picture="sankey").state, LATE, camera=(2.0, 0.5, 0.5), head="Nearer", seconds=1.5),
    Step(replace(VIEW, picture="careers").state, head="Lives", text="One line each.", seconds=1.0),
)


def told(*steps: Step) -> tuple[Dataset, Story]:
    data = apply(small(), begin(small(), "A tale", steps or STEPS))
    return data, stories(data)[0]


def nothing(done: int, of: int) -> None:
    """Nobody waits."""


def content(ending: str, size: tuple[int, int] = (640, 360), fps: int | None = None) -> bytes:
    data, story = told()
    file = io.BytesIO()
    StoryFile(data, story, ending, size, fps=fps, command="main.py render story").write(file, nothing)
    return file.getvalue()


# steps


def test_a_step_shows_the_picture_of_its_day_with_what_made_it() -> None:
    data, story = told()
    scene = Teller(data, SIZE, story, "main.py x").told(1).scene()
    flows = picture_of(data, SIZE, view=VIEW, alone=True)
    alone = flows.scene(float(LATE))
    assert scene.header == alone.header
    assert scene.meta.dataset == data.digest
    assert scene.meta.command == "main.py x"
    assert "A tale" in scene.meta.view


def test_organizations_keep_their_places_from_step_to_step() -> None:
    data, story = told(STEPS[0], replace(STEPS[1], view=replace(VIEW, lens=parse("from:north")).state))
    teller = Teller(data, SIZE, story)
    places = [dict(zip(shown.picture.layout.ids, shown.picture.layout.xy.tolist(), strict=True))
              for n in range(2) if isinstance(shown := teller.told(n).shown, MapShown)]  # fmt: skip
    for name in places[0].keys() & places[1].keys():
        assert np.hypot(*np.subtract(places[0][name], places[1][name])) < 60


def test_time_plays_between_two_days_of_one_picture_and_nowhere_else() -> None:
    data, story = told()
    teller = Teller(data, SIZE, story)
    first, second, third, fourth = (teller.told(n) for n in range(4))
    play = second.play(first, 3.0)
    assert play is not None
    assert (play.first, play.last, play.whole) == (EARLY, LATE, 3.0)
    assert play.closing.header == second.scene().header
    assert first.play(None, 3.0) is None
    assert first.play(second, 3.0) is None
    assert third.play(second, 3.0) is None
    assert fourth.play(third, 3.0) is None


def test_a_window_of_days_plays_with_what_it_keeps_in_sight() -> None:
    steps = [replace(step, mode="window", window=20.0) for step in STEPS[:2]]
    data, story = told(*steps)
    teller = Teller(data, SIZE, story)
    first, second = teller.told(0), teller.told(1)
    play = second.play(first, 3.0)
    assert play is not None
    moment = play.moment(play.seconds * 0.999)
    whole = replace(play, mode="cumulative").moment(play.seconds * 0.999)
    assert moment is not None
    assert whole is not None
    assert len(moment) < len(whole)


SIZES = st.sampled_from([(600, 400), (1500, 500), (900, 900)])


@given(st.floats(0.5, 8), st.floats(0.1, 0.9), st.floats(0.1, 0.9), SIZES)
def test_a_camera_shows_the_same_part_at_any_size(zoom: float, x: float, y: float, other: tuple[int, int]) -> None:
    one, two = (MapShown(measure, _flows(size)) for size in (SIZE, other))
    camera = camera_of((zoom, x, y), one)
    shares = shares_of(camera, one)
    if shares is None:
        return
    assert shares == pytest.approx((zoom, x, y), abs=2e-4)
    again = shares_of(camera_of(shares, two), two)
    assert again == pytest.approx(shares, abs=2e-3)


_FLOWS: dict[tuple[int, int], FlowMap] = {}


def _flows(size: tuple[int, int]) -> FlowMap:
    if size not in _FLOWS:
        _FLOWS[size] = picture_of(small(), size, view=VIEW)
    return _FLOWS[size]


def test_the_whole_picture_needs_no_camera() -> None:
    shown = MapShown(measure, _flows(SIZE))
    assert shares_of(shown.home, shown) is None
    assert camera_of(None, shown) == shown.home
    assert shares_of(Camera(2.0, -400.0, -250.0), shown) == (2.0, 0.5, 0.5)


@pytest.mark.parametrize(
    ("state", "word"),
    [({"lens": "form:x"}, "no field"), ({"picture": "globe"}, "picture"), ({"lens": "from:Nowhere"}, "Nowhere")],
)
def test_a_step_that_cannot_be_shown_is_named_and_not_shown_as_another_one(state: dict[str, str], word: str) -> None:
    data, story = told(STEPS[0], Step({**VIEW.state, **state}))
    with pytest.raises(UsageError) as error:
        Teller(data, SIZE, story).told(1)
    assert "step 2 of the story “A tale”" in error.value.text
    assert word in error.value.text


def test_what_cannot_be_read_of_a_step_is_said() -> None:
    assert faults(STEPS[0]) == ()
    assert faults(Step(raw=3)) == ("is no step",)
    assert "day" in faults(Step.restored({"day": "someday", "view": VIEW.state}))[0]


# files


@pytest.mark.parametrize("ending", [".gif", ".webp"])
def test_a_film_is_as_long_as_its_steps_together(ending: str) -> None:
    with Image.open(io.BytesIO(content(ending, fps=10))) as found:
        assert found.size == (640, 360)
        lengths = []
        for n in range(found.n_frames):
            found.seek(n)
            found.load()
            lengths.append(found.info["duration"])
    assert sum(lengths) == 7500


def test_a_film_of_video_has_every_picture_and_says_what_it_is() -> None:
    av = pytest.importorskip("av")
    with av.open(io.BytesIO(content(".mp4", fps=12))) as found:
        stream = found.streams.video[0]
        assert (stream.frames, stream.average_rate) == (90, 12)
        assert (stream.width, stream.height) == (640, 360)
        assert found.metadata["title"] == "A tale"
        assert found.metadata["comment"] == "main.py render story"


def test_words_stand_in_a_band_below_the_picture_and_steps_go_over_softly() -> None:
    data, story = told()
    film = StoryFile(data, story, ".webp", (640, 360), fps=10).film(nothing)
    pictures = [picture.copy() for picture in film.pictures()]
    assert len(pictures) == 75
    top = round(film.parts[0].still.size[1] * film.scale) + 2
    bands = [picture[top:] for picture in pictures]
    assert (bands[0] == bands[19]).all()  # as long as the step stands
    assert not (bands[19] == bands[26]).all()
    n_fade = round(FADE * 10)
    assert not (bands[20] == bands[20 + n_fade]).all()  # half way over
    assert (bands[20 + n_fade] == bands[49]).all()
    moved = [not (a[:top] == b[:top]).all() for a, b in pairwise(pictures[25:46])]
    assert sum(moved) > 10  # time plays
    assert all((a == b).all() for a, b in pairwise(pictures[:20]))


def test_a_camera_flies_within_one_picture() -> None:
    near = replace(STEPS[0], camera=(3.0, 0.5, 0.5), seconds=2.0)
    data, story = told(STEPS[0], near)
    film = StoryFile(data, story, ".webp", (640, 360), fps=10).film(nothing)
    scales = [film.parts[1].camera_at(second / 10).scale for second in range(20)]
    assert scales[0] == 1.0
    assert scales[-1] == 3.0
    assert scales == sorted(scales)
    assert film.parts[0].stands


def test_a_handout_has_a_page_a_step_with_words_and_numbered_sources() -> None:
    data = content(".pdf", size=(1123, 794))
    assert sizes(data) == [pytest.approx((842.25, 595.5), abs=1.0)] * 4
    text = "".join("".join(words(data)).split())
    for step in STEPS:
        assert "".join((step.head + step.text).split()) in text
    assert all(part in text for part in ("[1]", "4of4", "main.pyrenderstory"))


def test_slides_carry_the_words_and_their_notes_the_sources() -> None:
    deck = Presentation(io.BytesIO(content(".pptx", size=(1600, 900))))
    assert deck.core_properties.title == "A tale"
    assert [slide.shapes.title.text for slide in deck.slides] == [step.head for step in STEPS]
    assert "Time plays." in "".join(deck.slides[1].element.itertext())
    notes = deck.slides[1].notes_slide.notes_text_frame.text
    assert "Sources of what is shown" in notes
    assert "main.py render story" in notes


def test_giving_up_ends_a_film_before_it_is_laid_out() -> None:
    def stop(*_: int) -> None:
        raise KeyboardInterrupt

    data, story = told()
    with pytest.raises(KeyboardInterrupt):
        StoryFile(data, story, ".webp", (640, 360)).write(io.BytesIO(), stop)


# the command


def test_the_only_story_needs_no_name_and_several_are_listed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, _ = told()
    write(data, tmp_path / "one.json")
    write(apply(data, begin(data, "Another", STEPS[:1])), tmp_path / "two.json")
    out = tmp_path / "tale.pptx"
    assert main(["render", "story", str(tmp_path / "one.json"), "-o", str(out)]) == 0
    assert "render story one.json -o tale.pptx --story 'A tale'" in Presentation(str(out)).core_properties.comments
    assert main(["render", "story", str(tmp_path / "two.json"), "-o", str(out)]) == 2
    assert "“A tale”, “Another”" in capsys.readouterr().err.replace("”. ", "”, ")
    assert main(["render", "story", str(tmp_path / "two.json"), "-o", str(out), "--story", "None"]) == 2
    assert main(["render", "story", str(tmp_path / "two.json"), "-o", str(out), "--story", "Another"]) == 0
    assert len(Presentation(str(out)).slides) == 1


@pytest.mark.parametrize(
    ("more", "word"),
    [(["-o", "a.png"], ".png"), (["-o", "a.pdf", "--lens", "from:north"], "--lens"),
     (["-o", "a.pdf", "--fps", "3"], "--fps"),
     (["-o", "a.pdf", "--scale", "2"], "--scale")],
)  # fmt: skip
def test_what_means_nothing_for_a_story_is_refused(
    more: list[str], word: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, _ = told()
    write(data, tmp_path / "one.json")
    assert main(["render", "story", str(tmp_path / "one.json"), *more]) == 2
    assert word in capsys.readouterr().err


def test_a_name_of_a_story_means_nothing_in_another_picture(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["render", "flowmap", "-o", "x.svg", "--story", "A tale"]) == 2
    assert "--story" in capsys.readouterr().err


def test_a_file_without_a_story_says_so() -> None:
    with pytest.raises(UsageError, match="no story"):
        chosen((), None)
    with pytest.raises(UsageError, match="no steps"):
        chosen((Story("v", "Tale"),), None)
