"""`merge` as a user and as git meets it: what is written, what is said, how it ends."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from app.cli import main
from app.domain.dataset import Dataset
from app.domain.edit import apply, drop, put
from app.files.registry import read, recognised, write
from tests.domain.worlds import dataset, labs

ROOT = Path(__file__).parents[2]
NEW_STINT = {"id": "st-bob-02", "person_id": "bob", "organization_id": "meta", "start": "2026", "source_ids": ["memo"]}


def changed(world: Dataset, table: str, row_id: str, **fields: object) -> Dataset:
    """The dataset with some fields of a record changed."""
    row = world.row(table, row_id)
    assert row is not None
    return apply(world, put(world, "change", {table: [{**row, **fields}]}))


@pytest.fixture
def three(tmp_path: Path) -> list[str]:
    """A dataset on disk and two versions of it that fit together, and where the result shall go."""
    base = labs()
    mine = changed(base, "people", "ada", name="Ada L.", source_ids=["memo"])
    theirs = apply(changed(base, "people", "ada", orcid="0000-0001"), put(base, "add", {"stints": [NEW_STINT]}))
    for name, version in (("base", base), ("mine", mine), ("theirs", theirs)):
        write(version, tmp_path / f"{name}.json")
    return [str(tmp_path / name) for name in ("base.json", "mine.json", "theirs.json")]


def test_two_versions_become_one(three: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = str(tmp_path / "out.json")
    assert main(["merge", *three, "-o", out]) == 0
    assert capsys.readouterr().out == f"{out}: 9 records; changed in A 1, in B 2\n"
    row = read(out).row("people", "ada")
    assert (row["name"], row["orcid"]) == ("Ada L.", "0000-0001")
    assert read(out).row("stints", "st-bob-02") is not None
    base, mine, theirs = three
    other = str(tmp_path / "other.json")
    assert main(["merge", base, theirs, mine, "-o", other]) == 0
    assert Path(other).read_bytes() == Path(out).read_bytes()


def test_the_result_may_take_the_place_of_a_file_that_was_read(three: list[str]) -> None:
    assert main(["merge", *three, "-o", three[1]]) == 0
    assert read(three[1]).row("people", "ada")["orcid"] == "0000-0001"


@pytest.mark.parametrize("ending", [".json", ".json.gz", ".talentflow", ".csv.zip"])
def test_a_name_that_says_nothing_is_written_in_the_format_of_a(three: list[str], tmp_path: Path, ending: str) -> None:
    files = []
    for n, path in enumerate(three):
        write(read(path), tmp_path / f"x{ending}")
        files.append(str((tmp_path / f"x{ending}").rename(tmp_path / f".merge_file_{n}")))
    assert main(["merge", *files, "-o", files[1]]) == 0
    assert recognised(Path(files[1])) == ending[1:]
    assert read(files[1]).row("people", "ada")["orcid"] == "0000-0001"


def test_folders_of_tables_merge_too(three: list[str], tmp_path: Path) -> None:
    folders = [str(tmp_path / name) for name in ("b", "m", "t")]
    for path, folder in zip(three, folders, strict=True):
        write(read(path), folder + "/")
    assert main(["merge", *folders, "-o", folders[1]]) == 0
    assert read(folders[1]).row("people", "ada")["orcid"] == "0000-0001"


@pytest.fixture
def torn(three: list[str]) -> list[str]:
    """Two versions that contradict each other in a value, in a record, and only together; and the result's place."""
    base = apply(
        labs(), put(labs(), "add", {"organizations": [{"id": "acme", "name": "Acme", "source_ids": ["memo"]}]})
    )
    mine = changed(base, "stints", "st-ada-02", start="2025-07", role="Lead; research")
    mine = apply(mine, drop(mine, "forget", {"organizations": ["acme"], "stints": ["st-bob-01"]}))
    theirs = changed(base, "stints", "st-ada-02", start="2025-08")
    theirs = changed(theirs, "stints", "st-bob-01", end="2025")
    theirs = apply(theirs, put(theirs, "add", {"stints": [{**NEW_STINT, "organization_id": "acme"}]}))
    for path, version in zip(three, (base, mine, theirs), strict=True):
        write(version, path)
    return three


def test_conflicts_are_listed_and_nothing_is_written(
    torn: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert main(["merge", *torn, "-o", str(tmp_path / "out.json")]) == 1
    assert main(["merge", *torn, "-o", torn[1]]) == 1
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
    lines = capsys.readouterr().out.splitlines()[:4]
    assert lines == [
        "! stints st-ada-02 start: both changed it (2025-06 → A 2025-07, B 2025-08)",
        "! stints st-bob-01: one removed it, the other changed it (end (blank) → A removed, B end 2025)",
        "! stints st-bob-02 organization_id: there is no organization 'acme' ((blank) → A (blank), B acme)",
        "3 conflicts: nothing was written. Make A and B agree there, and merge again.",
    ]


def test_conflicts_as_json(torn: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["merge", *torn, "-o", str(tmp_path / "out.json"), "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert list(told) == ["written", "records", "changed", "conflicts"]
    assert told["written"] is None
    assert list(told["conflicts"][0]) == ["table", "id", "field", "base", "a", "b", "code", "message", "remedy"]
    assert [(c["code"], c["id"], c["base"], c["a"], c["b"]) for c in told["conflicts"]] == [
        ("changed-twice", "st-ada-02", "2025-06", "2025-07", "2025-08"),
        ("removed-and-changed", "st-bob-01", {"end": None}, None, {"end": "2025"}),
        ("dangling", "st-bob-02", None, None, "acme"),
    ]


def test_success_as_json(three: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = str(tmp_path / "out.json")
    assert main(["merge", *three, "-o", out, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told == {"written": out, "records": 9, "changed": {"a": 1, "b": 2}, "conflicts": []}


def test_a_file_with_an_error_of_its_own_is_merged(three: list[str], tmp_path: Path) -> None:
    write(changed(read(three[0]), "stints", "st-bob-01", organization_id="atlantis"), three[0])
    write(changed(read(three[2]), "stints", "st-bob-01", organization_id="atlantis"), three[2])
    assert main(["merge", *three, "-o", str(tmp_path / "out.json")]) == 0  # the base has it, A has mended it
    assert main(["check", str(tmp_path / "out.json")]) == 0


def test_a_file_with_an_id_twice_is_named(three: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(dataset(people=[{"id": "ada", "name": "A"}, {"id": "ada", "name": "B"}]), three[2])
    assert main(["merge", *three, "-o", str(tmp_path / "out.json")]) == 1
    assert "theirs.json, people, ada, field id: two rows have this id" in capsys.readouterr().err
    assert not (tmp_path / "out.json").exists()


def test_a_missing_file_and_wrong_use(three: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = str(tmp_path / "out.json")
    for n in range(3):
        files = [*three[:n], str(tmp_path / "missing.json"), *three[n + 1 :]]
        assert main(["merge", *files, "-o", out]) == 3
        assert "missing.json" in capsys.readouterr().err
    assert main(["merge", *three]) == 2
    assert main(["merge", *three[:2], "-o", out]) == 2
    assert main(["merge", *three, "-o", str(tmp_path / "nowhere" / "out.json")]) == 3
    assert not Path(out).exists()


def test_merging_loads_no_qt(three: list[str]) -> None:
    code = "import sys; from app.cli import main; main(sys.argv[1:]); print(*sys.modules, file=sys.stderr)"
    command = [sys.executable, "-c", code, "merge", *three, "-o", three[1]]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert "polars" in ran.stderr.split()
    assert "PySide6" not in ran.stderr.split()


# --- under git ---


class Repository:
    """A new repository in which files are merged by us."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.git("init", "-q", "-b", "main")
        self.git("config", "user.name", "Nobody")
        self.git("config", "user.email", "nobody@example.org")
        driver = f"{shlex.quote(sys.executable)} {shlex.quote(str(ROOT / 'main.py'))} merge %O %A %B -o %A"
        self.git("config", "merge.talentflow.driver", driver)
        (folder / ".gitattributes").write_text("*.json merge=talentflow\n*.talentflow merge=talentflow\n", "utf-8")

    def git(self, *args: str, code: int = 0) -> str:
        ran = subprocess.run(
            ["git", *args],
            cwd=self.folder,
            env={**os.environ, "GIT_CONFIG_NOSYSTEM": "1"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.returncode == code, ran.stdout + ran.stderr
        return ran.stdout + ran.stderr

    def commit(self, name: str, version: Dataset) -> None:
        write(version, self.folder / name)
        self.git("add", ".")
        self.git("commit", "-q", "-m", "a version")


@pytest.mark.parametrize("name", ["market.json", "market.talentflow"])
def test_git_merges_two_branches_by_record_and_field(tmp_path: Path, name: str) -> None:
    repository, base = Repository(tmp_path), labs()
    repository.commit(name, base)
    repository.git("checkout", "-q", "-b", "theirs")
    repository.commit(
        name, apply(changed(base, "people", "ada", orcid="0000-0001"), put(base, "", {"stints": [NEW_STINT]}))
    )
    repository.git("checkout", "-q", "main")
    repository.commit(name, changed(base, "people", "ada", name="Ada L."))
    repository.git("merge", "theirs", "-m", "both")
    row = read(tmp_path / name).row("people", "ada")
    assert (row["name"], row["orcid"]) == ("Ada L.", "0000-0001")  # the same line of the file, changed on both sides
    assert read(tmp_path / name).row("stints", "st-bob-02") is not None
    assert repository.git("status", "--porcelain") == ""


def test_git_leaves_a_conflict_to_the_user_and_names_the_record(tmp_path: Path) -> None:
    repository, base = Repository(tmp_path), labs()
    repository.commit("market.json", base)
    repository.git("checkout", "-q", "-b", "theirs")
    repository.commit("market.json", changed(base, "people", "ada", name="Augusta"))
    repository.git("checkout", "-q", "main")
    repository.commit("market.json", changed(base, "people", "ada", name="Ada L."))
    told = repository.git("merge", "theirs", code=1)
    assert "! people ada name: both changed it (Ada → A Ada L., B Augusta)" in told
    assert repository.git("status", "--porcelain") == "UU market.json\n"
    assert read(tmp_path / "market.json").row("people", "ada")["name"] == "Ada L."


def test_git_merges_a_file_that_both_branches_have_added(tmp_path: Path) -> None:
    repository, base = Repository(tmp_path), labs()
    repository.git("add", ".")
    repository.git("commit", "-q", "-m", "nothing yet")
    repository.git("checkout", "-q", "-b", "theirs")
    repository.commit("market.json", base)
    repository.git("checkout", "-q", "main")
    repository.commit("market.json", changed(base, "people", "bob", orcid="0000-0002"))
    repository.git("merge", "theirs", "-m", "both")
    assert read(tmp_path / "market.json").row("people", "bob")["orcid"] == "0000-0002"
