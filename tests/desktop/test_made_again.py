"""What a window exports is made again by the command that it carries, byte for byte."""

from __future__ import annotations

import shlex
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.analysis.comparing import Side
from app.cli import main
from app.cli.remaking import remade
from app.desktop.application import Application
from app.desktop.dialogs.export import Choice
from app.desktop.dialogs.story import StoryChoice
from app.desktop.frame import Frame
from app.desktop.opening import prepare, shown
from app.desktop.wishing import Current
from app.domain import dates
from app.domain.edit import apply, put
from app.domain.lens import parse
from app.files.carried import carried
from app.files.registry import write
from app.pictures.chart_folds import Folds
from app.places import bundled_dataset
from app.scene.camera import Camera
from app.session.document import Document
from app.session.storyfiles import usual_size
from app.session.view import View
from app.wishes.places import places_of
from tests.desktop.driving import settle
from tests.desktop.waiting import until
from tests.pictures.made import small

DAY = dates.day(2025, 8, 14)
PNG, SVG, PPTX = (Choice(ending, (1100, 760), 1.0, "light") for ending in (".png", ".svg", ".pptx"))
FOLDED, EVERYTHING = Folds(2, frozenset(("people:a",))), View()
FILM = Choice(".gif", (480, 320), 1.0, "light", seconds=1.0, fps=4)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The bundled dataset as a file of one's own, in a folder with the pictures."""
    return Path(shutil.copy(bundled_dataset(), tmp_path / "my labs.json"))


@pytest.fixture
def window(frame: Frame, file: Path) -> Iterator[Callable[..., Application]]:
    """A window on that file, once a view of it stands."""
    made: list[Application] = []

    def opened(view: View = EVERYTHING, day: int | None = None) -> Application:
        app = Application(frame, prepare(file, (1100, 640), {"view": view.state}), play=False)
        made.append(app)
        if day is not None:
            app.session.set_clock(app.session.clock.at(float(day)))
        settle(app)
        return app

    yield opened
    for app in made:
        app.close()


def exported(app: Application, path: Path, choice: Choice) -> Path:
    """The file, once the window has written it."""
    app.exporter.write(path, choice)
    until(lambda: bool(app.banner.text) or "Written" in app.frame.statusBar().currentMessage())
    assert not app.banner.text
    app.frame.statusBar().clearMessage()
    return path


def current(app: Application) -> Current:
    """What the window shows: there is a picture."""
    found = app.current()
    assert found is not None
    return found


def assert_made_again(picture: Path) -> str:
    """That the command line makes it again; the command."""
    text, same = remade(picture, None, None, ())
    assert same, text
    words = carried(picture)
    assert words["Dataset"]
    assert words["As of"]
    return words["Command"]


@pytest.mark.parametrize(
    ("view", "choice", "said"),
    [
        (View(), PNG, "render flowmap 'my labs.json' -o"),
        (View(top=9, net=True, relations=False), SVG, "--net --top 9 --no-relations"),
        (View(level="unit", known_by=dates.day(2025, 7, 1)), SVG, "--level unit"),
        (View(lens=parse("to:Meta status:confirmed")), replace(PNG, scale=1.5, dpi=150, transparent=True), "--lens"),
        (View(multiples=True, months=12), SVG, "--period year --multiples"),
        (View(picture="sankey", top=7), replace(SVG, caption=True), "--caption"),
        (View(picture="sankey", multiples=True), SVG, "--multiples"),
        (View(picture="alluvial", months=6), SVG, "--period half-year"),
        (View(picture="chord", net=True), replace(PNG, theme="dark"), "--theme dark"),
        (View(picture="chord", multiples=True), SVG, "--multiples"),
        (View(picture="matrix"), PPTX, "--size 1100x760"),
        (View(picture="matrix", heat=True), SVG, "render matrix"),
        (View(picture="careers", sort="name", group="origin"), SVG, "--sort name --group origin"),
        (View(picture="careers"), replace(PPTX, sheets=True), "render careers"),
        (View(picture="careers"), PPTX, "--first-page"),
        (View(picture="timeline", group="organization", top=5), SVG, "--top 5 --group organization"),
        (View(picture="compare", before=Side(DAY, None)), SVG, "--before 2025-08-14"),
        (View(picture="orgchart", arrangement="right"), SVG, "--arrangement right"),
        (View(picture="orgchart", folds=FOLDED), replace(PPTX, sheets=True), "--open-levels 2 --turned people:a"),
        (View(picture="buildout"), SVG, "render buildout"),
    ],
)  # fmt: skip
def test_every_view_with_its_options(
    window: Callable[..., Application], tmp_path: Path, view: View, choice: Choice, said: str
) -> None:
    app = window(view)
    whole = exported(app, tmp_path / f"whole{choice.ending}", choice)
    assert said in assert_made_again(whole)
    app.session.set_clock(app.session.clock.at(float(DAY)))
    settle(app)
    on_day = exported(app, tmp_path / f"day{choice.ending}", choice)
    command = assert_made_again(on_day)
    assert ("--as-of 2025-08-14" in command) == (view.picture != "compare" and not view.multiples)


@pytest.mark.parametrize(
    "view",
    [
        View(), View(multiples=True), View(picture="sankey"), View(picture="alluvial", months=6), View(picture="chord"),
        View(picture="matrix"), View(picture="careers", group="origin"),
        View(picture="timeline"), View(picture="compare"), View(picture="buildout"),
        View(picture="orgchart", arrangement="compact", folds=Folds(2)), View(picture="orgchart"),
    ],
    ids=lambda view: f"{view.picture}{'-tiles' * view.multiples}",
)  # fmt: skip
def test_what_is_in_sight(window: Callable[..., Application], tmp_path: Path, view: View) -> None:
    app = window(view, DAY)
    home = app.canvas.camera
    app.canvas.set_camera(Camera(home.scale * 1.7, home.dx * 1.7 - 210.0, home.dy * 1.7 - 160.0))
    settle(app)
    picture = exported(app, tmp_path / "sight.svg", replace(SVG, seen=True))
    command = assert_made_again(picture)
    assert "--zoom" in command


@pytest.mark.parametrize("view", ["flowmap", "sankey", "alluvial", "chord"])
@pytest.mark.parametrize("ending", [".svg", ".html", ".gif"])
def test_what_plays(window: Callable[..., Application], tmp_path: Path, view: str, ending: str) -> None:
    app = window(View(picture=view))  # type: ignore[arg-type]  # it is one of them
    picture = exported(app, tmp_path / f"film{ending}", replace(FILM, ending=ending))
    command = assert_made_again(picture)
    assert "--seconds 1" in command
    assert ("--fps 4" in command) == (ending == ".gif")


@pytest.mark.parametrize("ending", [".pdf", ".mp4", ".webm", ".webp"])
def test_every_other_format(window: Callable[..., Application], tmp_path: Path, ending: str) -> None:
    """Of a PDF the words, for fonts stand in another order in a process whose hash seed was not fixed first."""
    choice = Choice(ending, (900, 640), 1.0, "light") if ending == ".pdf" else replace(FILM, ending=ending)
    picture = exported(window(), tmp_path / f"map{ending}", choice)
    if ending == ".pdf":
        assert carried(picture)["Command"].startswith("main.py render flowmap 'my labs.json' -o map.pdf --places")
    else:
        assert_made_again(picture)


@pytest.mark.parametrize("view", ["flowmap", "sankey", "alluvial"])
def test_organizations_stand_where_they_stand_in_the_window(
    window: Callable[..., Application], tmp_path: Path, view: str
) -> None:
    """After a walk through filters they stand elsewhere than a command would put them."""
    app = window(View(picture=view))  # type: ignore[arg-type]  # it is one of them
    for lens in ("to:meta", "from:openai", ""):
        app.look(replace(app.session.view, lens=parse(lens)))
        until(lambda lens=lens: app.session.view.lens == parse(lens))  # type: ignore[misc]  # bound at once
        settle(app)
    picture = exported(app, tmp_path / "walked.svg", SVG)
    command = assert_made_again(picture)
    assert "--places walked.svg" in command
    held = carried(picture)["Places"]
    assert held == places_of(app.canvas.shown)
    (tmp_path / "bare.svg").write_bytes(b"")
    assert main(["render", view, str(tmp_path / "my labs.json"), "-o", str(tmp_path / "bare.svg")]) == 0
    assert "Places" not in carried(tmp_path / "bare.svg")
    again = tmp_path / "others.png"
    assert main(["render", view, str(tmp_path / "my labs.json"), "-o", str(again), "--places", str(picture)]) == 0
    assert carried(again)["Places"] == held
    assert_made_again(again)


def test_an_order_that_a_command_gives_too_is_not_carried(window: Callable[..., Application], tmp_path: Path) -> None:
    app = window(View(picture="matrix"))
    picture = exported(app, tmp_path / "matrix.svg", replace(SVG, size=app.canvas_size()))
    assert "Places" not in carried(picture)


def test_the_command_itself_makes_the_same_file(window: Callable[..., Application], tmp_path: Path) -> None:
    picture = exported(window(), tmp_path / "map.png", PNG)
    before = picture.read_bytes()
    words = shlex.split(carried(picture)["Command"])[1:]
    assert main([str(tmp_path / word) if word in ("my labs.json", "map.png") else word for word in words]) == 0
    assert picture.read_bytes() == before


def test_two_files_that_are_compared(window: Callable[..., Application], tmp_path: Path) -> None:
    app = window(View(picture="compare"))
    later = tmp_path / "later.json"
    dataset = current(app).dataset
    stint = dataset["stints"].filter(dataset["stints"]["status"] == "confirmed").row(0, named=True)
    write(apply(dataset, put(dataset, "Doubt", {"stints": [{**stint, "status": "rumored"}]})), later)
    app.moments.read(later)
    until(lambda: current(app).other is not None)
    settle(app)
    picture = exported(app, tmp_path / "both.svg", SVG)
    assert "--with later.json" in assert_made_again(picture)
    assert len(carried(picture)["Dataset"].split()) == 2


def edited(app: Application) -> None:
    dataset = current(app).dataset
    person = dataset["people"].row(0, named=True)
    app.session.do(put(dataset, "Rename", {"people": [{**person, "name": "Somebody Madeup"}]}))
    settle(app)


def test_unsaved_changes_are_told_and_the_picture_is_made_again_once_they_are_saved(
    window: Callable[..., Application], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    app = window()
    edited(app)
    picture = exported(app, tmp_path / "map.svg", SVG)
    assert carried(picture)["Unsaved"] == "1 change to my labs.json was not saved"
    assert main(["render", "--remake", str(picture)]) == 1
    told = capsys.readouterr().err
    assert "when it was made 1 change to my labs.json was not saved" in told
    assert "Save it as it was then, and give that file: render --remake map.svg FILE" in told
    app.documents.save()
    until(lambda: not current(app).unsaved)
    assert_made_again(picture)
    assert "Unsaved" not in carried(exported(app, tmp_path / "saved.svg", SVG))


def test_a_dataset_that_was_never_in_a_file(frame: Frame, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    app = Application(frame, shown(Document(small()), (1100, 640), {}), play=False)
    settle(app)
    try:
        picture = exported(app, tmp_path / "map.svg", SVG)
    finally:
        app.close()
    assert main(["render", "--remake", str(picture)]) == 3
    told = capsys.readouterr().err
    assert "when it was made “Untitled” was in no file" in told
    assert len(told.strip().splitlines()) <= 3
    write(small(), tmp_path / "named.json")
    assert main(["render", "--remake", str(picture), str(tmp_path / "named.json")]) == 0


def test_the_sample_needs_no_file(frame: Frame, tmp_path: Path) -> None:
    app = Application(frame, prepare(None, (1100, 640)), play=False)
    settle(app)
    try:
        picture = exported(app, tmp_path / "map.svg", SVG)
    finally:
        app.close()
    assert assert_made_again(picture).startswith("main.py render flowmap -o map.svg")


@pytest.mark.parametrize("ending", [".pptx", ".html"])
def test_a_story_is_made_again_with_organizations_where_they_stood(
    window: Callable[..., Application], file: Path, ending: str
) -> None:
    app = window(View(lens=parse("to:OpenAI")))
    app.look(View())  # organizations stand now as they stood under the filter
    settle(app)
    path = file.with_name(f"story{ending}")
    app.story.export.write(path, StoryChoice(ending, usual_size(ending), "light"))
    until(lambda: bool(app.banner.text) or "Written" in app.frame.statusBar().currentMessage(), 60)
    assert not app.banner.text
    told, same = remade(path, None, None, ())
    assert same, told
    assert carried(path)["Command"].endswith(f"--places story{ending}")
