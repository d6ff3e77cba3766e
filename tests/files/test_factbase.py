"""The fact base and the bundled dataset made of it: nothing lost, nothing invented."""

from __future__ import annotations

import csv
import shutil
import zipfile
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from app.domain.checks import check, errors
from app.domain.dataset import Dataset
from app.domain.errors import DataError, FileError
from app.files import factbase_notes as notes
from app.files import native, registry
from scripts.bundle import bundled
from tests.files.made import put, same

ROOT = Path(__file__).parents[2]
FACTS = ROOT / "data" / "facts"
BUNDLED = ROOT / "data" / "ai-labs.json"

Row = dict[str, Any]


@pytest.fixture(scope="module")
def made() -> Dataset:
    return registry.read(FACTS)


def given(name: str) -> list[dict[str, str]]:
    with (FACTS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def by_id(dataset: Dataset, table: str) -> dict[str, Row]:
    return {row["id"]: row for row in dataset[table].iter_rows(named=True)}


def stints_of(dataset: Dataset, person: str) -> list[Row]:
    rows = [row for row in dataset["stints"].iter_rows(named=True) if row["person_id"] == person]
    return sorted(rows, key=lambda row: row["rank"])


def blank(cell: str) -> str | None:
    return cell or None


def listed(cell: str) -> list[str]:
    return [part for part in cell.split(";") if part]


def test_the_bundled_dataset_is_this_very_fact_base_with_its_story(made: Dataset, tmp_path: Path):
    native.write(bundled(), tmp_path / "fresh.json")
    assert (tmp_path / "fresh.json").read_bytes() == BUNDLED.read_bytes()
    assert registry.read(BUNDLED).digest == made.digest


def test_the_bundled_dataset_has_no_errors():
    assert errors(check(registry.read(BUNDLED))) == []


def test_it_is_known_by_its_headers_and_by_nothing_else(made: Dataset, tmp_path: Path):
    assert registry.recognised(FACTS) == "factbase"
    with zipfile.ZipFile(tmp_path / "facts.zip", "w") as file:
        for path in FACTS.glob("*.csv"):
            file.write(path, path.name)
    assert registry.recognised(tmp_path / "facts.zip") == "factbase"
    assert same(registry.read(tmp_path / "facts.zip"), made)


def test_rows_in_are_rows_out(made: Dataset):
    n_given = {name: len(given(name)) for name in ("organizations", "people", "relations", "claims", "sources")}
    assert {name: made[name].height for name in n_given} == n_given
    divided = made["stints"].filter(made["stints"]["notes"].is_not_null()).height // 2
    assert made["stints"].height - divided == len(given("stints"))
    leaders = {row["reports_to"] for row in given("team_seats")} - {row["person_id"] for row in given("team_seats")}
    assert made["seats"].height - len(leaders - {""}) == len(given("team_seats"))
    assert made["reports"].height == sum(1 for row in given("team_seats") if row["reports_to"])
    assert made["successions"].height == len(notes.SUCCESSIONS)
    assert made["targets"].height == len(notes.TARGETS)
    assert made["views"].height == 0


def test_every_cell_of_organizations_and_people_is_there(made: Dataset):
    for table, lists in (("organizations", ["source_ids"]), ("people", ["expertise", "source_ids"])):
        rows = by_id(made, table)
        for cells in given(table):
            row = rows[cells["id"]]
            for name, cell in cells.items():
                if name in lists:
                    assert sorted(row[name]) == sorted(listed(cell))
                else:
                    assert row[name] == blank(cell)
            if table == "people":
                assert row["expertise"] == listed(cells["expertise"])


def test_every_cell_of_stints_is_there(made: Dataset):
    rows = by_id(made, "stints")
    count: dict[str, int] = defaultdict(int)
    for cells in given("stints"):
        person = cells["person_id"]
        count[person] += 10
        row = rows[f"st-{person}-{count[person]}"]
        last = rows.get(f"st-{person}-{count[person] + 5}", row)
        assert (row["person_id"], row["rank"]) == (person, count[person])
        for part in (row, last):
            assert (part["organization_id"], part["unit"]) == (cells["org_id"], blank(cells["team"]))
            assert (part["role"], part["status"]) == (blank(cells["role"]), cells["status"])
            assert set(listed(cells["source_ids"])) <= set(part["source_ids"])
        assert row["source_ids"] == sorted(set(listed(cells["source_ids"])))
        assert row["start"] == blank(cells["start"])
        assert last["end"] in ([cells["end"]] if cells["end"] else [None, ".."])
    assert sum(1 for row in rows.values() if row["rank"] % 10 == 0) == len(given("stints"))


def test_every_cell_of_the_seats_is_there(made: Dataset):
    seats, reports, stints = (by_id(made, table) for table in ("seats", "reports", "stints"))
    holders = {row["seat_id"]: row for row in stints.values() if row["seat_id"]}
    for rank, cells in enumerate(given("team_seats"), 1):
        person = cells["person_id"]
        seat = seats[f"seat-{rank:02}-{person}"]
        assert (seat["organization_id"], seat["rank"]) == ("meta-superintelligence-labs", rank)
        assert (seat["title"], seat["status"]) == (cells["seat_role"], cells["status"])
        assert seat["source_ids"] == sorted(listed(cells["source_ids"]))
        holder = holders[seat["id"]]
        assert (holder["person_id"], holder["announced"]) == (person, cells["announced_or_joined"])
        if cells["left"]:
            assert holder["end"] == cells["left"]
        if cells["status"] == "denied":
            assert holder["status"] == "denied"
        before = [row for row in stints_of(made, person) if row["rank"] < holder["rank"]]
        derived = before[-1]["organization_id"] if before else ""
        assert cells["origin_org_id"] in (derived, (seat["notes"] or "").removeprefix("Origin as recorded: "))
        if cells["reports_to"]:
            report = reports[f"rp-{person}"]
            assert report["seat_id"] == seat["id"]
            assert holders[report["to_seat_id"]]["person_id"] == cells["reports_to"]
            assert (report["kind"], report["status"]) == ("solid", "reported")
            assert report["source_ids"] == seat["source_ids"]
    assert len(holders) == made["seats"].height


def test_every_cell_of_relations_is_there(made: Dataset):
    rows = by_id(made, "relations")
    count: dict[str, int] = defaultdict(int)
    for cells in given("relations"):
        stem = f"rel-{cells['from_org']}-{cells['to_org']}-{cells['type']}"
        count[stem] += 1
        row = rows[f"{stem}-{count[stem]}"]
        assert (row["from_id"], row["to_id"], row["kind"]) == (cells["from_org"], cells["to_org"], cells["type"])
        assert row["announced"] == blank(cells["announced"])
        for name in ("amount_usd", "stake_pct"):
            assert row[name] == (float(cells[name]) if cells[name] else None)
        assert cells["status"] in (row["status"], row["outcome"])
        assert row["source_ids"] == sorted(listed(cells["source_ids"]))
    assert {row["outcome"] for row in rows.values()} == {None, "lapsed", "unwound"}
    assert rows["rel-meta-thinking-machines-lab-acquisition-1"]["status"] == "denied"


def test_every_cell_of_claims_and_sources_is_there(made: Dataset):
    words = {"org": "organizations", "person": "people"}
    claims, sources = by_id(made, "claims"), by_id(made, "sources")
    for cells in given("claims"):
        row = claims[cells["id"]]
        about = []
        for item in listed(cells["about"]):
            kind, *ids = item.split(":")
            about.append(f"flow:{'>'.join(ids)}" if kind == "move" else f"{words[kind]}:{ids[0]}")
        assert row["about"] == about
        assert (row["text"], row["status"], row["date"]) == (cells["claim"], cells["status"], blank(cells["date"]))
        assert row["source_ids"] == sorted(listed(cells["source_ids"]))
    for cells in given("sources"):
        row = sources[cells["id"]]
        for name in ("publisher", "title", "url", "published"):
            assert row[name] == blank(cells[name])
        assert row["notes"] == blank(cells["note"])
        assert row["kind"]


def test_a_blank_end_runs_on_only_where_the_facts_say_so(made: Dataset):
    open_ends = {row["id"] for row in made["stints"].iter_rows(named=True) if row["end"] == ".."}
    last = {stints_of(made, person)[-1]["id"] for person in made["people"]["id"]}
    at_once = {
        "st-yann-lecun-10",
        "st-david-silver-10",
        "st-joelle-pineau-10",
        "st-jimmy-ba-10",
        "st-daniel-gross-30",
        "st-daniel-gross-50",
        "st-mustafa-suleyman-30",
        "st-igor-babuschkin-50",
    }
    assert open_ends - last == at_once
    ended = {row["id"] for row in made["stints"].iter_rows(named=True) if row["end"] not in (None, "..")}
    assert last - ended <= open_ends


def test_steps_whose_order_no_source_states(made: Dataset):
    unstated = {(row["person_id"], row["organization_id"]) for row in made["stints"].iter_rows(named=True)
                if row["order_stated"] is False}  # fmt: skip
    assert unstated == {
        ("jack-rae", "openai"),
        ("igor-babuschkin", "openai"),
        ("vahid-kazemi", "google"),
        ("vahid-kazemi", "openai"),
        ("noah-shpak", "x-corp"),
        ("noah-shpak", "character-ai"),
        ("peter-deng", "meta"),
        ("peter-deng", "uber"),
        ("peter-deng", "airtable"),
    }


@pytest.mark.parametrize(
    ("person", "day", "end", "organization"),
    [("yann-lecun", "2025-08", "2025-12", "fair"), ("rishabh-agarwal", "2025-07", "2025-08", "meta")],
)
def test_posts_that_began_before_the_seat_are_divided(
    made: Dataset, person: str, day: str, end: str, organization: str
):
    first, second = (row for row in stints_of(made, person) if row["organization_id"] == organization)
    assert (first["end"], first["seat_id"], first["announced"]) == (day, None, None)
    assert (second["start"], second["end"], second["announced"]) == (day, end, day)
    assert second["seat_id"].endswith(person)
    assert second["rank"] - first["rank"] == 5


def test_a_seat_is_held_by_the_post_of_its_day_and_not_by_a_later_one(made: Dataset):
    holders = [row for row in stints_of(made, "daniel-gross") if row["seat_id"]]
    assert [(row["organization_id"], row["role"]) for row in holders] == [
        ("meta-superintelligence-labs", "AI products lead")
    ]


def test_an_origin_that_is_recorded_otherwise_is_kept(made: Dataset):
    noted = {row["id"]: row["notes"] for row in made["seats"].iter_rows(named=True) if row["notes"]}
    assert noted == {"seat-51-rishabh-agarwal": "Origin as recorded: google-deepmind"}


def test_kinds_of_stints_follow_the_role(made: Dataset):
    for row in made["stints"].iter_rows(named=True):
        founder = row["role"].lower().startswith(("founder", "co-founder", "founding"))
        assert row["kind"] == ("founder" if founder else "employment")


def test_the_denied_seat_and_its_stint(made: Dataset):
    [denied] = (row for row in made["stints"].iter_rows(named=True) if row["status"] == "denied")
    seat = made.row("seats", denied["seat_id"])
    assert seat is not None
    assert (denied["person_id"], seat["status"]) == ("avi-verma", "denied")


def test_the_lines_lead_up_to_zuckerberg_and_leave_out_what_is_disputed(made: Dataset):
    lines = {row["seat_id"].split("-", 2)[2]: row["to_seat_id"] for row in made["reports"].iter_rows(named=True)}
    assert lines["alexandr-wang"] == "seat-00-mark-zuckerberg"
    assert lines["yang-song"] == "seat-17-shengjia-zhao"
    assert "shengjia-zhao" not in lines
    chief = made.row("seats", "seat-00-mark-zuckerberg")
    assert chief is not None
    assert chief["organization_id"] == "meta"


def test_the_target_is_about_fifty(made: Dataset):
    [target] = made["targets"].iter_rows(named=True)
    claim = made.row("claims", "c-size-50")
    assert claim is not None
    assert (target["organization_id"], target["seats"], target["by"]) == ("meta-superintelligence-labs", 50, None)
    assert (target["status"], target["notes"], target["source_ids"]) == ("reported", "about", claim["source_ids"])


def test_successions_are_those_that_the_facts_hold(made: Dataset):
    rows = {
        (row["id"], row["kind"], row["previous_id"], row["date"]) for row in made["successions"].iter_rows(named=True)
    }
    assert rows == {
        ("suc-google-brain-google-deepmind", "merger", None, "2023-04"),
        ("suc-fair-meta-superintelligence-labs", "reparented", "meta", "2025-06"),
        ("suc-google-deepmind-google", "reparented", None, "2014"),
    }


def test_twelve_organizations_have_a_colour_of_their_own(made: Dataset):
    colors = {row["id"]: row["color"] for row in made["organizations"].iter_rows(named=True) if row["color"]}
    assert colors == {organization: f"c{n}" for n, organization in enumerate(notes.COLORS, 1)}
    assert list(colors.values()).count("c1") == 1
    assert (colors["meta"], colors["safe-superintelligence"]) == ("c1", "c12")


def test_every_claim_has_a_topic_and_a_stance_and_contested_ones_two_sides(made: Dataset):
    sides = defaultdict(set)
    for row in made["claims"].iter_rows(named=True):
        sides[row["topic"]].add(row["stance"])
    assert None not in sides
    assert all(None not in stances for stances in sides.values())
    both = {topic for topic, stances in sides.items() if {"supports", "contradicts"} <= stances}
    assert len(both) >= 5


def test_the_notes_of_the_converter_name_nothing_that_is_not_there(made: Dataset):
    people, organizations = set(made["people"]["id"]), set(made["organizations"]["id"])
    stints = {(row["person_id"], row["organization_id"]) for row in made["stints"].iter_rows(named=True)}
    assert {*notes.HELD_AT_ONCE, *notes.ORDER_NOT_STATED} <= stints
    assert set(notes.COLORS) <= organizations
    assert set(notes.MATTERS) == set(made["claims"]["id"])
    assert set(notes.SOURCE_KINDS) <= set(made["sources"]["id"])
    named = {matter.said_by for matter in notes.MATTERS.values()} - {None, "OpenAI", "The founding article"}
    assert named <= set(made["people"].filter(made["people"]["id"].is_in(list(people)))["name"])


def small(folder: Path, **files: str) -> Path:
    """A fact base of a few rows: the given files, the headers of the others."""
    for path in FACTS.glob("*.csv"):
        put(folder / path.name, files.get(path.stem) or path.read_text("utf-8").split("\n")[0] + "\n")
    return folder


def test_a_secondary_report_is_derived_where_its_first_source_is_listed(tmp_path: Path):
    rows = ("a,WSJ,T,,,", "b,Mint,T,,,Secondary report of WSJ; adds names", "c,X,T,,,Secondary report of FT")
    text = "\n".join(("id,publisher,title,url,published,note", *rows))
    sources = by_id(registry.read(small(tmp_path, sources=text)), "sources")
    assert (sources["b"]["derived_from"], sources["b"]["kind"]) == ("a", "derived")
    assert (sources["c"]["derived_from"], sources["c"]["kind"]) == (None, "press")


def test_columns_that_the_dialect_does_not_know_are_kept(tmp_path: Path):
    text = "person_id,org_id,team,role,start,end,status,source_ids,shoe\nada,x,,Advisor,2020,,reported,,43\n"
    [stint] = registry.read(small(tmp_path, stints=text))["stints"].iter_rows(named=True)
    assert (stint["extra"], stint["kind"], stint["end"]) == ('{"shoe":"43"}', "advisor", "..")


@pytest.mark.parametrize(
    ("name", "text", "row", "field"),
    [
        ("people", "id,name\n", 1, "expertise"),
        ("relations", ",".join(given("relations")[0]) + "\na,b,investment,lots,,,,\n", 2, "amount_usd"),
        ("claims", ",".join(given("claims")[0]) + "\nc,tree:x,Text,reported,,\n", 2, "about"),
        ("team_seats", ",".join(given("team_seats")[0]) + "\nada,2025,Lead,,,,reported,\n", 2, "person_id"),
    ],
)
def test_faults_name_file_line_and_column(tmp_path: Path, name: str, text: str, row: int, field: str):
    with pytest.raises(DataError) as caught:
        registry.read(small(tmp_path, **{name: text}))
    fault = caught.value.fault
    assert (fault.file, fault.row, fault.field) == (str(tmp_path / f"{name}.csv"), row, field)
    assert fault.remedy


def test_files_that_are_missing_are_empty_tables(tmp_path: Path):
    shutil.copy(FACTS / "stints.csv", tmp_path)
    made = registry.read(tmp_path)
    assert (made["stints"].height, made["people"].height) == (len(given("stints")), 0)


def test_a_single_file_of_it_is_no_fact_base():
    assert registry.recognised(FACTS / "stints.csv") == "table"
    with pytest.raises(FileError, match="Give the folder"):
        registry.read(FACTS / "people.csv")
