"""Pictures made again from what they carry: the same bytes, or one to three lines that say why not."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app.analysis.options import Options
from app.cli import main
from app.domain.dataset import Dataset, frame_of
from app.domain.edit import apply, drop, put
from app.files.carried import carried
from app.files.registry import read_sound, write
from app.pictures.flowmap import FlowMap, FlowMapOptions
from app.places import bundled_dataset
from app.render.widths import measure
from app.wishes.places import places_of
from tests.pictures.made import small

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.usefixtures("qapp")  # pictures as PNG and PDF use the application of the other tests


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small dataset on disk, in a folder of its own; one works in another folder."""
    (tmp_path / "data").mkdir()
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    path = tmp_path / "data" / "my data.json"
    write(small(), path)
    return path


def drawn(file: Path, name: str, *more: str, view: str = "flowmap") -> Path:
    path = file.with_name(name)
    assert main(["render", view, str(file), "-o", str(path), *more]) == 0
    return path


MORE = ("--lens", 'to:South or to:"North Lab (NL)"', "--theme", "dark", "--size", "900x700", "--to", "2025-09")


@pytest.mark.parametrize("ending", ["svg", "png", "pdf"])
def test_a_picture_says_itself_what_made_it(file: Path, ending: str) -> None:
    words = carried(drawn(file, f"a.{ending}", *MORE))
    assert words["Dataset"] == small().digest
    assert words["View"] == "flowmap"
    assert words["Lens"] == 'to:South or to:"North Lab (NL)"'
    said = shlex.split(words["Command"])
    assert said[:6] == ["main.py", "render", "flowmap", "my data.json", "-o", f"a.{ending}"]
    assert sorted(said[6:]) == sorted(MORE)


@pytest.mark.parametrize("ending", ["svg", "png"])
def test_it_is_made_again_byte_for_byte(file: Path, ending: str, capsys: pytest.CaptureFixture[str]) -> None:
    picture = drawn(file, f"a.{ending}", *MORE)
    again = Path(f"again.{ending}")
    assert main(["render", "--remake", str(picture), "-o", str(again)]) == 0
    assert again.read_bytes() == picture.read_bytes()
    assert "the same picture, byte for byte" in capsys.readouterr().out


@pytest.mark.parametrize("ending", ["html", "pptx", "pdf"])
def test_a_story_is_made_again(tmp_path: Path, ending: str, capsys: pytest.CaptureFixture[str]) -> None:
    told = tmp_path / f"told.{ending}"
    assert main(["render", "story", "-o", str(told), "--theme", "dark"]) == 0
    assert carried(told)["Command"].startswith("main.py render story -o told")
    assert main(["render", "--remake", str(told)]) == 0
    assert "the same picture, byte for byte" in capsys.readouterr().out


def test_a_story_that_is_not_there_any_more_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = tmp_path / "told.pptx"
    assert main(["render", "story", "-o", str(told)]) == 0
    file = tmp_path / "plain.json"
    data, _ = read_sound(bundled_dataset())
    write(apply(data, drop(data, "Forget", {"views": data["views"].get_column("id").to_list()})), file)
    assert main(["render", "--remake", str(told), str(file)]) == 2
    assert "story" in capsys.readouterr().err


def test_a_pdf_is_made_again_but_for_the_day_of_writing(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    picture = drawn(file, "a.pdf", "--lens", "to:South")
    stale = re.sub(rb"\(D:\d{8}", b"(D:20200101", picture.read_bytes())
    picture.write_bytes(stale)
    assert main(["render", "--remake", str(picture), "-o", "again.pdf"]) == 0
    assert len(Path("again.pdf").read_bytes()) == len(stale)
    assert "byte for byte but for the day of writing" in capsys.readouterr().out


def test_a_pdf_of_another_process_is_the_same(file: Path) -> None:
    """Within one process Qt orders fonts alike by chance; two of them do so only where the order is fixed."""
    picture = file.with_name("a.pdf")
    run = [sys.executable, str(ROOT / "main.py"), "render"]
    subprocess.run([*run, "flowmap", str(file), "-o", str(picture)], check=True)
    again = subprocess.run([*run, "--remake", str(picture)], check=True, capture_output=True, text=True)
    assert "the same picture, byte for byte" in again.stdout


@pytest.mark.parametrize("view", ["sankey", "matrix", "careers", "timeline"])
def test_other_views_too(file: Path, view: str, capsys: pytest.CaptureFixture[str]) -> None:
    picture = drawn(file, "a.svg", view=view)
    assert main(["render", "--remake", str(picture)]) == 0
    assert "the same picture" in capsys.readouterr().out


PLAYING = ("--seconds", "1", "--size", "480x320")


@pytest.mark.parametrize("ending", ["svg", "html", "webp", "gif", "mp4", "webm"])
@pytest.mark.parametrize("view", ["flowmap", "chord"])
def test_what_plays_is_made_again(file: Path, view: str, ending: str, capsys: pytest.CaptureFixture[str]) -> None:
    few = () if ending in ("svg", "html") else ("--fps", "4")
    picture = drawn(file, f"a.{ending}", *PLAYING, *few, "--lens", 'to:"North Lab (NL)" or to:South', view=view)
    words = carried(picture)
    assert words["Dataset"] == small().digest
    assert words["Lens"] == 'to:"North Lab (NL)" or to:South'
    assert words["As of"]
    assert main(["render", "--remake", str(picture)]) == 0
    assert "the same picture, byte for byte" in capsys.readouterr().out


def test_a_film_of_other_bytes_is_not_taken_for_another_picture(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    picture = drawn(file, "a.webm", *PLAYING, "--fps", "2")
    picture.write_bytes(picture.read_bytes() + b"\0")
    assert main(["render", "--remake", str(picture)]) == 1
    assert "what encodes WEBM: it may write the same film in other bytes" in capsys.readouterr().out


def test_places_are_those_that_the_picture_carries(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    held = FlowMap.of(small(), FlowMapOptions(Options(), size=(900.0, 700.0)), measure)
    moved = places_of(held).replace('"north":[', '"north":[0.1,0.1],"nowhere":[')
    first = drawn(file, "first.svg")
    entry = f'<entry name="Places">{moved}</entry></provenance>'
    first.write_text(first.read_text("utf-8").replace("</provenance>", entry), "utf-8")
    second = drawn(file, "second.svg", "--places", str(first))
    assert carried(second)["Places"] == moved
    assert second.read_bytes() != drawn(file, "third.svg").read_bytes()
    first.unlink()  # the second one needs nothing but itself
    assert main(["render", "--remake", str(second)]) == 0
    second.write_text(re.sub('(name="Places">)[^<]*', r"\1{", second.read_text("utf-8")), "utf-8")
    capsys.readouterr()
    assert main(["render", "--remake", str(second)]) == 3
    told = one_to_three(capsys.readouterr().err)
    assert "the places of its organizations, which it should carry, cannot be read" in told


def test_a_picture_without_places_has_none_to_give(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    picture = drawn(file, "a.svg")
    assert main(["render", "flowmap", str(file), "-o", "b.svg", "--places", str(picture)]) == 3
    assert "it carries no places" in one_to_three(capsys.readouterr().err)


def test_a_comparison_of_two_files_is_checked_for_both(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    after = file.with_name("after.json")
    stint = small().row("stints", "st-ada-1")
    assert stint is not None
    write(apply(small(), put(small(), "later", {"stints": [{**stint, "status": "denied"}]})), after)
    picture = drawn(file, "a.svg", "--with", str(after), view="compare")
    assert main(["render", "--remake", str(picture)]) == 0
    assert "the same picture" in capsys.readouterr().out
    write(small(), after)
    assert main(["render", "--remake", str(picture)]) == 1
    assert "after.json: it is not the dataset of a.svg" in capsys.readouterr().err


def test_the_bundled_dataset_is_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["render", "chord", "-o", str(tmp_path / "b.svg"), "--top", "5"]) == 0
    assert main(["render", "--remake", str(tmp_path / "b.svg")]) == 0
    assert "the same picture" in capsys.readouterr().out


def test_nothing_is_written_where_nothing_was_asked_for(file: Path) -> None:
    picture = drawn(file, "a.svg")
    before = {path: path.read_bytes() for path in file.parent.iterdir()}
    assert main(["render", "--remake", str(picture)]) == 0
    assert {path: path.read_bytes() for path in file.parent.iterdir()} == before
    assert list(Path().iterdir()) == []


def test_a_picture_that_was_changed_is_told(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    picture = drawn(file, "a.svg")
    picture.write_text(picture.read_text("utf-8").replace("</svg>", "<!-- more --></svg>"), "utf-8")
    assert main(["render", "--remake", str(picture)]) == 1
    assert "differs from a.svg" in capsys.readouterr().out


def one_to_three(text: str) -> str:
    assert 1 <= len(text.strip().splitlines()) <= 3
    assert "Traceback" not in text
    return text


def test_another_dataset_is_refused_with_both_hashes(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    picture = drawn(file, "a.svg")
    other = Dataset.of({"people": frame_of("people", [{"id": "p", "name": "Madeup"}])})
    write(other, file)
    assert main(["render", "--remake", str(picture), "-o", "again.svg"]) == 1
    told = one_to_three(capsys.readouterr().err)
    assert small().digest in told
    assert other.digest in told
    assert not Path("again.svg").exists()
    kept = file.with_name("kept.json")  # the data as they were then, under another name
    write(small(), kept)
    assert main(["render", "--remake", str(picture), str(kept), "-o", "again.svg"]) == 0
    assert Path("again.svg").read_bytes() == picture.read_bytes()


def test_a_file_that_is_not_there_is_named(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    picture = drawn(file, "a.svg")
    shutil.move(picture, "moved.svg")
    assert main(["render", "--remake", "moved.svg"]) == 3
    assert "made from my data.json, which is not beside it" in one_to_three(capsys.readouterr().err)
    assert main(["render", "--remake", "moved.svg", str(file)]) == 0


def command_in(picture: Path, command: str) -> Path:
    """A picture whose command is another one."""
    text = re.sub(r'(<entry name="Command">)[^<]*', lambda match: match[1] + command, picture.read_text("utf-8"))
    picture.write_text(text, "utf-8")
    return picture


@pytest.mark.parametrize(
    "command",
    [
        "main.py convert a b", "rm -rf /", "main.py render pie -o a.svg", "main.py render flowmap", "main.py 'render",
        "main.py render flowmap -o a.svg --frobnicate", "main.py render flowmap -o a.svg --size big",
        "main.py render flowmap --remake a.svg -o a.svg", "main.py render flowmap -o a.exe", "main.py render --help",
    ],
)  # fmt: skip
def test_a_command_that_draws_no_picture_is_refused(
    file: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    picture = command_in(drawn(file, "a.svg"), command)
    assert main(["render", "--remake", str(picture)]) == 3
    assert "its command is none that this version can do" in one_to_three(capsys.readouterr().err)


def test_a_picture_reads_and_writes_only_beside_itself(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    picture = drawn(file, "a.svg")
    secret = file.parent.parent / "secret.json"
    write(small(), secret)
    command_in(picture, f"main.py render flowmap {secret} -o {file.parent.parent / 'new.svg'}")
    assert main(["render", "--remake", str(picture)]) == 3
    assert "secret.json, which is not beside it" in one_to_three(capsys.readouterr().err)
    assert not (file.parent.parent / "new.svg").exists()


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("none.svg", None, "no such file"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "does not say what made it"),
        ("a.svg", b"<svg", "is no picture in a format of ours"),
        ("a.svg", b"<svg ><a>", "not valid XML"),
        ("a.png", b"\x89PNG\r\n\x1a\n\0\0\0\x09tEXt", "does not say what made it"),
        ("a.pdf", b"%PDF-1.4 <?xpacket begin=''?><a<?xpacket end=", "does not say what made it"),
        ("a.pptx", b"PK\x03\x04 hello", "does not say what made it"),
        ("a.gif", b"GIF89a", "does not say what made it"),
        ("a.gif", b"GIF89a\x01\0\x01\0\x80\0\0" + b"\0" * 6 + b"!\xfe\x05hello", "does not say what made it"),
        ("a.gif", b"GIF89a\x01\0\x01\0\0\0\0!\xfe\x02[]\0", "does not say what made it"),
        ("a.webp", b"RIFF\0\0\0\0WEBPVP8X", "does not say what made it"),
        ("a.html", b"<!doctype html><meta name='talentflow:Command' content='x'>", "does not say what made it"),
        ("a.webm", b"\x1a\x45\xdf\xa3 nothing", "does not say what made it"),
        ("a.mp4", b"\0\0\0\x18ftypisom", "does not say what made it"),
        ("a.txt", b"hello", "is no picture in a format of ours"),
    ],
)
def test_what_is_no_picture_of_ours_is_told(
    name: str, content: bytes | None, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    assert main(["render", "--remake", str(tmp_path / name)]) == 3
    assert message in one_to_three(capsys.readouterr().err)


def test_options_beside_it_and_another_format_are_refused(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    picture = drawn(file, "a.svg")
    for more, message in (
        (["--theme", "dark"], "--theme means nothing with --remake"),
        (["--lens", "to:South"], "--lens means nothing"),
        (["-o", "b.png"], "the picture was written as .svg"),
        ([str(file), "another"], "a second file means nothing"),
    ):
        assert main(["render", "--remake", str(picture), *more]) == 2
        assert message in one_to_three(capsys.readouterr().err)
