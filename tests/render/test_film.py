"""Films: as long as asked, as many pictures as asked, the same as the still pictures, and whole or not at all."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from app.analysis.options import Options
from app.cli import main
from app.cli.commands import load
from app.domain.errors import UsageError
from app.files.registry import write
from app.pictures.flowmap import FlowMap, FlowMapOptions
from app.pictures.playing import Play
from app.render import film_video
from app.render.film import Film
from app.render.film_files import ENDINGS, write_film
from app.render.image import image
from app.render.theme import DARK, LIGHT
from app.render.widths import measure
from tests.pictures.made import small
from tests.render.browser import pixels

pytestmark = pytest.mark.usefixtures("qapp")
SECONDS, FPS = 3.0, 12


@pytest.fixture(scope="module")
def film() -> Film:
    size = (640.0, 480.0)
    return Film(Play.of(FlowMap.of(load(None), FlowMapOptions(Options(), size=size), measure), SECONDS), LIGHT, FPS)


def written(film: Film, ending: str) -> bytes:
    file = io.BytesIO()
    write_film(film, file, ending, lambda *_: None)
    return file.getvalue()


def shown(content: bytes) -> list[tuple[int, Image.Image]]:
    """The pictures of a loop with how many milliseconds each stands."""
    found = Image.open(io.BytesIO(content))
    pictures = []
    for n in range(getattr(found, "n_frames", 1)):
        found.seek(n)
        found.load()
        pictures.append((int(found.info["duration"]), found.convert("RGB")))
    return pictures


@pytest.mark.parametrize("ending", [".webp", ".gif"])
def test_a_loop_is_as_long_as_asked_and_ends_on_the_last_day(film: Film, ending: str) -> None:
    content = written(film, ending)
    pictures = shown(content)
    assert sum(duration for duration, _ in pictures) == SECONDS * 1000
    assert 20 < len(pictures) <= film.n_pictures  # pictures that are alike are one that stands longer
    assert all(picture.size == film.size for _, picture in pictures)
    last = np.asarray(pictures[-1][1]).astype(int)
    still = pixels(image(film.play.closing, LIGHT))
    assert (np.abs(last - still).max(axis=2) > 32).mean() < 0.03
    assert Image.open(io.BytesIO(content)).info["loop"] == 0


def test_a_gif_has_one_palette_with_the_ground_as_it_is(film: Film) -> None:
    content = written(film, ".gif")
    for _, picture in shown(content)[::8]:
        assert picture.getpixel((1, 1)) == (LIGHT.bg.r, LIGHT.bg.g, LIGHT.bg.b)
    colors = {color for _, picture in shown(content) for _, color in picture.getcolors(1 << 24) or []}
    assert len(colors) <= 256


@pytest.mark.parametrize("ending", [".mp4", ".webm"])
def test_a_video_has_each_of_its_pictures(film: Film, ending: str) -> None:
    av = pytest.importorskip("av")
    with av.open(io.BytesIO(written(film, ending))) as container:
        stream = container.streams.video[0]
        frames = [frame.to_ndarray(format="rgb24").astype(int) for frame in container.decode(stream)]
        assert len(frames) == film.n_pictures == SECONDS * FPS
        assert stream.average_rate == FPS
        assert container.duration / 1_000_000 == pytest.approx(SECONDS, abs=0.01)
    for number in (0, film.n_pictures // 2, film.n_pictures - 1):
        ours = film.picture(number / FPS)[..., 2::-1].astype(int)
        assert np.abs(frames[number] - ours).mean() < 4


def test_pictures_in_a_row_are_those_of_their_seconds(film: Film) -> None:
    for number, picture in enumerate(film.pictures()):
        if number % 10 == 0:
            assert np.array_equal(picture, film.picture(number / FPS))


def test_people_move_between_the_steps_of_the_still_layers(film: Film) -> None:
    pictures = [picture.copy() for picture in film.pictures()]
    same_step = [n for n in range(1, film.n_pictures) if film.play.step_at(n / FPS) == film.play.step_at((n - 1) / FPS)]
    assert any(not np.array_equal(pictures[n], pictures[n - 1]) for n in same_step)


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_same_bytes_each_time(film: Film, ending: str) -> None:
    if ending in (".mp4", ".webm"):
        pytest.importorskip("av")
    assert written(film, ending) == written(film, ending)


def test_odd_sides_gain_a_pixel_and_senseless_ones_are_refused() -> None:
    play = Play.of(FlowMap.of(small(), FlowMapOptions(Options(), size=(641.0, 481.0)), measure), SECONDS)
    assert Film(play, DARK, FPS).size == (642, 482)
    with pytest.raises(UsageError):
        Film(play, DARK, FPS, scale=9.0)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "small.json"
    write(small(), str(path))
    return path


def test_render_writes_films_and_says_how_far_it_is(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "a.webp"
    asked = ["render", "sankey", str(file), "-o", str(out), "--seconds", "2", "--fps", "10", "--size", "640x480"]
    assert main(asked) == 0
    assert sum(duration for duration, _ in shown(out.read_bytes())) == 2000
    assert "a.webp" in capsys.readouterr().err


def test_what_is_broken_off_leaves_no_file(file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(self: Film) -> object:
        yield self.picture(0.0)
        raise KeyboardInterrupt

    monkeypatch.setattr(Film, "pictures", broken)
    out = tmp_path / "film"
    out.mkdir()
    for ending in ENDINGS:
        name = str(out / f"a{ending}")
        assert main(["render", "chord", str(file), "-o", name, "--seconds", "2", "--size", "640x480"]) == 2
    assert list(out.iterdir()) == []


def test_without_the_package_for_video_it_says_how_to_get_it(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(film_video, "find_spec", lambda _: None)
    assert main(["render", "chord", str(file), "-o", str(tmp_path / "a.mp4")]) == 2
    said = capsys.readouterr().err
    assert "pip install" in said
    assert "talentflow[video]" in said
    assert not (tmp_path / "a.mp4").exists()


@pytest.mark.parametrize(
    ("view", "name", "flags"),
    [
        ("matrix", "a.svg", ["--seconds", "5"]),
        ("flowmap", "a.png", ["--seconds", "5"]),
        ("flowmap", "a.html", ["--fps", "5"]),
        ("flowmap", "a.gif", ["--multiples"]),
        ("sankey", "a.html", ["--net"]),
        ("sankey", "a.html", ["--seconds", "0.2"]),
        ("orgchart", "a.webm", []),
        ("flowmap", "a.png", ["--fps", "5"]),
    ],
)
def test_what_makes_no_sense_is_refused(view: str, name: str, flags: list[str], file: Path, tmp_path: Path) -> None:
    assert main(["render", view, str(file), "-o", str(tmp_path / name), *flags]) == 2
    assert not (tmp_path / name).exists()
