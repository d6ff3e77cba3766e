"""Tables of any make become datasets: nothing lost, nothing invented, and the same for the same file."""

from __future__ import annotations

import csv
from collections import defaultdict
from contextlib import suppress
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.analysis.careers import Careers
from app.domain.checks import check, errors
from app.domain.dataset import Dataset
from app.domain.errors import DataError, FileError, TalentflowError
from app.files import factbase_notes, registry, sheets, table
from app.files.mapping import NEEDED, ORDERS, SHAPES, Mapping, Use, fields_of
from app.files.mapping_guess import guessed
from app.files.reading import Reading
from tests.files.made import mutated, put, same
from tests.files.workbooks import workbook

FACTS = Path(__file__).parents[2] / "data" / "facts"


def read(folder: Path, text: str, *columns: str, **more: Any) -> Reading:
    found = table.read(put(folder / "t.csv", text), columns=columns, **more)
    assert not errors(check(found.dataset))
    return found


def rows(dataset: Dataset, name: str) -> list[dict[str, Any]]:
    return [{key: value for key, value in row.items() if value} for row in dataset[name].iter_rows(named=True)]


def posts(dataset: Dataset) -> dict[str, list[tuple[Any, ...]]]:
    """Of each person by name: where, from when, to when, in order."""
    people, organizations = dataset.names("people"), dataset.names("organizations")
    found = defaultdict(list)
    for row in sorted(dataset["stints"].iter_rows(named=True), key=lambda row: row["rank"]):
        found[people[row["person_id"]]].append((organizations[row["organization_id"]], row["start"], row["end"]))
    return dict(found)


def as_told(dataset: Dataset, *, by_name: bool) -> dict[str, list[tuple[Any, ...]]]:
    """The stints of each person, whole, in their order; people and organizations by their names or by their ids."""
    people, bodies = dataset.names("people"), dataset.names("organizations")
    titles = {row["id"]: row["title"] for row in dataset["sources"].iter_rows(named=True)}
    found = defaultdict(list)
    for row in sorted(dataset["stints"].iter_rows(named=True), key=lambda row: row["rank"]):
        person, body = row["person_id"], row["organization_id"]
        fields = [row[name] for name in ("rank", "unit", "role", "start", "end", "status")]
        cited = {titles[source] for source in row["source_ids"]} - {"stints.csv"} if by_name else {*row["source_ids"]}
        kind = row["kind"] or "employment"
        found[people[person] if by_name else person].append((bodies[body] if by_name else body, *fields, kind, cited))
    return dict(found)


def moved(dataset: Dataset, *, by_name: bool) -> list[tuple[Any, ...]]:
    """Who moved from where to where between which days: as a table of stints alone can say it, without parents,
    successions and orders that no source states."""
    bare = Dataset.of(
        {
            "people": dataset["people"],
            "organizations": dataset["organizations"].drop("parent_id"),
            "stints": dataset["stints"].drop("order_stated"),
        }
    )
    made = Careers.of(bare).moves
    called = "name" if by_name else "id"
    people, bodies = bare["people"][called], bare["organizations"][called]
    days = zip(
        made.joined_lo.tolist(), made.joined_hi.tolist(), made.left_lo.tolist(), made.left_hi.tolist(), strict=True
    )
    who = zip(people.gather(made.person), bodies.gather(made.origin), bodies.gather(made.destination), strict=True)
    return sorted((*names, *bounds) for names, bounds in zip(who, days, strict=True))


def test_the_fact_base_as_a_table_is_the_fact_base(tmp_path: Path):
    for name in ("people", "organizations", "sources"):
        put(tmp_path / f"{name}.csv", (FACTS / f"{name}.csv").read_bytes())
    with (FACTS / "stints.csv").open(encoding="utf-8", newline="") as file:
        head, *lines = csv.reader(file)
    for line in lines:  # what the README of the fact base says of posts held at once, the table must say itself
        if (line[0], line[1]) in factbase_notes.HELD_AT_ONCE:
            line[5] = line[5] or ".."
    with (tmp_path / "stints.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *lines])
    native = registry.read(tmp_path, "factbase")
    held = sheets.sheet(tmp_path / "stints.csv")
    guess = guessed(held)
    assert guess.sure
    found = table.reading(held, replace(guess.mapping, runs_on=True))
    assert found.faults == found.ignored == ()
    assert not errors(check(found.dataset))
    assert found.dataset["stints"].height == len(lines)
    assert as_told(found.dataset, by_name=True) == as_told(native, by_name=False)
    assert {*found.dataset.names("organizations").values()} == {line[1] for line in lines}
    moves = moved(found.dataset, by_name=True)
    assert len(moves) > 250
    assert moves == moved(native, by_name=False)


def test_the_same_file_is_the_same_dataset(tmp_path: Path):
    text = "person,company,start\n" + "".join(f"Ada Test{n % 7},Alpha {n % 3},{1990 + n}\n" for n in range(30))
    assert same(read(tmp_path, text).dataset, read(tmp_path, text).dataset)


def test_spellings_of_one_name_are_one_record(tmp_path: Path):
    text = (
        "person,company,start\nJosé Núñez,Alpha Inc.,2010\njose  nunez,ALPHA,2012\n"
        '"Núñez, José",Alpha,2014\nJosé Núñez,The Beta GmbH,2015\nBo Test,Beta,2016\n'
    )
    found = read(tmp_path, text).dataset
    (jose, _) = sorted(rows(found, "people"), key=lambda row: -len(row.get("aliases", ())))
    assert jose["name"] == "José Núñez"
    assert jose["aliases"] == ["jose nunez", "Núñez, José"]
    assert {row["name"]: row["aliases"] for row in rows(found, "organizations")} == {
        "Alpha Inc.": ["ALPHA", "Alpha"],
        "The Beta GmbH": ["Beta"],
    }


def test_aliases_of_the_file_lead_to_the_record(tmp_path: Path):
    text = (
        "person,company,company aliases,aliases,start\nAda Test,Alpha Labs,AL;Alf,Ada T.,2010\n"
        "Ada T.,AL,,,2012\nBo Test,ALF,,,2013\n"
    )
    found = read(tmp_path, text).dataset
    assert [row["name"] for row in rows(found, "organizations")] == ["Alpha Labs"]
    assert sorted(row["name"] for row in rows(found, "people")) == ["Ada Test", "Bo Test"]
    assert posts(found)["Ada Test"] == [("Alpha Labs", "2010", None), ("Alpha Labs", "2012", None)]


def test_ids_tell_people_of_one_name_apart_and_join_those_of_two(tmp_path: Path):
    text = (
        "person,company,orcid\nAda Test,Alpha,https://orcid.org/0000-0002-1825-0097\n"
        "Ada Test,Beta,0000-0001-5109-3700\n"
        "A. Test,Gamma,0000-0002-1825-0097\nBo Test,Alpha,\nBo Test,Beta,0000-0002-1694-233X\nCy Test,Beta,no id\n"
    )
    found = read(tmp_path, text)
    people = {row["name"] + row.get("orcid", ""): row for row in rows(found.dataset, "people")}
    assert sorted(people) == [
        "Ada Test0000-0001-5109-3700", "Ada Test0000-0002-1825-0097", "Bo Test0000-0002-1694-233X", "Cy Test",
    ]  # fmt: skip
    assert people["Ada Test0000-0002-1825-0097"]["aliases"] == ["A. Test"]
    assert [(fault.code, fault.row) for fault in found.faults] == [("bad-id", 7)]


def test_ids_of_organizations_are_kept(tmp_path: Path):
    text = "organization,ror,organization wikidata,parent\nAlpha,https://ror.org/05gq02987,Q1,Beta\n"
    found = {row["name"]: row for row in rows(read(tmp_path, text).dataset, "organizations")}
    assert found["Alpha"]["extra"] == '{"ids":{"ror":"https://ror.org/05gq02987","wikidata":"Q1"}}'
    assert found["Alpha"]["parent_id"] == found["Beta"]["id"]


MOVES = "person,from,to,date,role\n"


def test_moves_meet_where_one_follows_from_the_other(tmp_path: Path):
    text = f"{MOVES}Ada Test,Alpha,Beta,2019-05,Lead\nAda Test,Beta,Gamma,2021,\nBo Test,Alpha,Beta,2020,\n"
    found = read(tmp_path, text).dataset
    assert posts(found) == {
        "Ada Test": [("Alpha", None, "2019-05"), ("Beta", "2019-05", "2021"), ("Gamma", "2021", None)],
        "Bo Test": [("Alpha", None, "2020"), ("Beta", "2020", None)],
    }
    shared = next(row for row in rows(found, "stints") if row["rank"] == 20 and "Lead" in row.get("role", ""))
    assert shared["notes"] == "t.csv, row 2 and row 3"
    assert len(Careers.of(found).moves) == 3


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["B,C,2021", "A,B,2019"], [("A", None, "2019"), ("B", "2019", "2021"), ("C", "2021", None)]),
        (["B,C,2019", "A,B,2019"], [("A", None, "2019"), ("B", "2019", "2019"), ("C", "2019", None)]),
        (["A,B,", "B,C,"], [("A", None, None), ("B", None, None), ("C", None, None)]),
        (["A,B,2019", "B,A,2020"], [("A", None, "2019"), ("B", "2019", "2020"), ("A", "2020", None)]),
        (
            ["A,B,2019", "C,D,2021"],
            [("A", None, "2019"), ("B", "2019", None), ("C", None, "2021"), ("D", "2021", None)],
        ),
        ([",B,2019", "B,,2021"], [("B", "2019", "2021")]),
        (
            ["A,B,2018", "B,C,", "C,D,2020"],
            [("A", None, "2018"), ("B", "2018", None), ("C", None, "2020"), ("D", "2020", None)],
        ),
    ],
)  # fmt: skip
def test_moves_in_any_order(tmp_path: Path, lines: list[str], expected: list[tuple[Any, ...]]):
    text = "person,from,to,date\n" + "".join(f"Ada Test,{line}\n" for line in lines)
    assert posts(read(tmp_path, text, shape="moves").dataset) == {"Ada Test": expected}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from("ABCD"), min_size=2, max_size=8), st.randoms(use_true_random=False))
def test_a_chain_of_moves_is_one_career_however_it_is_shuffled(tmp_path: Path, way: list[str], random: Any):
    steps = [f"Ada Test,Lab {a},Lab {b},{2000 + n}\n" for n, (a, b) in enumerate(pairwise(way))]
    random.shuffle(steps)
    found = posts(read(tmp_path, "person,from,to,date\n" + "".join(steps), shape="moves").dataset)["Ada Test"]
    assert [post[0] for post in found] == [f"Lab {name}" for name in way]
    assert [post[1] for post in found] == [None, *(str(2000 + n) for n in range(len(way) - 1))]
    assert [post[2] for post in found] == [*(str(2000 + n) for n in range(len(way) - 1)), None]


def test_organizations_alone(tmp_path: Path):
    text = (
        "Name,Kind,Parent,Country,Founded,Dissolved\nAlpha Labs,Laboratory,Alpha Inc.,US,2010,\n"
        "Alpha Inc,company,,US,2001,1999\nBeta,spaceship,Gamma,DE,May 2003,\nGamma,,Beta,DE,,\n"
    )
    found = read(tmp_path, text)
    bodies = {row["name"]: row for row in rows(found.dataset, "organizations")}
    assert bodies["Alpha Labs"]["parent_id"] == bodies["Alpha Inc."]["id"]
    assert bodies["Alpha Labs"]["kind"] == "lab"
    assert "dissolved" not in bodies["Alpha Inc."]
    assert "'1999' was left out" in bodies["Alpha Inc."]["notes"]
    assert bodies["Beta"]["founded"] == "2003-05"
    assert sum("parent_id" in bodies[name] for name in ("Beta", "Gamma")) == 1
    assert sorted((fault.code, fault.row) for fault in found.faults) == [
        ("cycle", 4), ("end-before-start", 3), ("unknown-word", 4),
    ]  # fmt: skip


def test_people_alone(tmp_path: Path):
    text = "name,expertise,wikidata\nAda Test,vision; speech,Q42\nada test,robots,Q42\nBo Test,,\n"
    people = rows(read(tmp_path, text).dataset, "people")
    assert [(row["name"], row.get("expertise"), row.get("wikidata")) for row in people] == [
        ("Ada Test", ["vision", "speech", "robots"], "Q42"),
        ("Bo Test", None, None),
    ]


def test_what_cannot_be_taken_is_told_and_stays_in_the_notes(tmp_path: Path):
    text = (
        "person,company,start,end,status,comment\nAda Test,Alpha,soon,Q3 2019,confirmed,seen twice\n"
        "Bo Test,Alpha,2019,2018,maybe,\n,Alpha,2019,,,\nCy Test,#N/A,2019,,,\nDo Test,Beta,#REF!,present,,\n"
    )
    found = read(tmp_path, text, "status=status")
    told = {(fault.code, fault.row, fault.field) for fault in found.faults}
    assert told == {
        ("unreadable-date", 2, "start"), ("less-exact", 2, "end"), ("end-before-start", 3, "end"),
        ("unknown-word", 3, "status"), ("missing", 4, "person"), ("missing", 5, "company"),
        ("cell-error", 5, "company"), ("cell-error", 6, "start"),
    }  # fmt: skip
    assert all(fault.remedy and fault.file.endswith("t.csv") for fault in found.faults)
    stints = {row["person_id"]: row for row in rows(found.dataset, "stints")}
    assert stints["person-ada-test"]["notes"].split("\n") == [
        "seen twice",
        "t.csv, row 2",
        "start: 'soon': it is no date that can be read",
        "end: 'Q3 2019': only its year can be written as a date",
    ]
    assert (stints["person-ada-test"]["end"], stints["person-ada-test"]["status"]) == ("2019", "confirmed")
    assert "'2018' was left out" in stints["person-bo-test"]["notes"]
    assert stints["person-do-test"]["end"] == ".."


def test_a_blank_end_is_not_known_unless_it_is_said_to_run_on(tmp_path: Path):
    held = sheets.sheet(put(tmp_path / "t.csv", "person,company,start,end\nAda Test,A,2010,\nAda Test,B,2012,\n"))
    mapping = guessed(held).mapping
    assert posts(table.reading(held, mapping).dataset) == {"Ada Test": [("A", "2010", None), ("B", "2012", None)]}
    running = table.reading(held, replace(mapping, runs_on=True)).dataset
    assert posts(running) == {"Ada Test": [("A", "2010", None), ("B", "2012", "..")]}


def test_rows_that_go_back_in_time_are_put_in_order(tmp_path: Path):
    text = "person,company,start\nAda Test,C,2020\nAda Test,B,\nAda Test,A,2010\nBo Test,D,2019\nBo Test,A,2001\n"
    found = read(tmp_path, text)
    assert [post[0] for post in posts(found.dataset)["Ada Test"]] == ["A", "B", "C"]


def test_a_row_that_stands_twice_is_taken_once(tmp_path: Path):
    found = read(tmp_path, "person,company,start\nAda Test,A,2010\nAda Test,A,2010\nAda Test,A,2011\n")
    assert [(fault.code, fault.row, fault.message) for fault in found.faults] == [
        ("repeated-row", 3, "it stands in row 2 already, and was taken once")
    ]
    assert found.dataset["stints"].height == 2


def test_cells_with_several_values_are_parted_only_where_it_is_said(tmp_path: Path):
    text = "person,company,source\nAda Test,Alpha; Beta,https://example.org/a; memo\n"
    assert posts(read(tmp_path, text).dataset) == {"Ada Test": [("Alpha; Beta", None, None)]}
    found = read(tmp_path, text, "company=organization:;").dataset
    assert sorted(post[0] for post in posts(found)["Ada Test"]) == ["Alpha", "Beta"]
    sources = {row["id"]: row for row in rows(found, "sources")}
    assert sources["src-example-org-a"]["url"] == "https://example.org/a"
    assert sources["src-memo"]["title"] == "memo"
    assert all(row["source_ids"] == ["src-example-org-a", "src-memo", "src-t"] for row in rows(found, "stints"))


def test_what_no_field_holds_is_counted(tmp_path: Path):
    text = (
        "person,company,shoe size,e-mail\nAda Test,A,41,a@b.example\nBo Test,A,,b@b.example\nCy Test,A,,c@b.example\n"
    )
    found = read(tmp_path, text)
    assert found.ignored == (("e-mail", 3), ("shoe size", 1))
    assert not any("@" in str(row) for name in found.dataset.tables for row in rows(found.dataset, name))


def test_every_record_says_where_it_comes_from(tmp_path: Path):
    path = workbook(
        tmp_path / "team.xlsx",
        {"Hires": [["Person", "Company", "Start"], ["Ada Test", "Alpha", 2019], ["Bo Test", "Alpha", 43586]]},
    )
    found = table.read(path, columns=["Start=start:serial"])
    assert [row["start"] for row in rows(found.dataset, "stints")] == ["1905-07-11", "2019-05-01"]
    plain = table.read(path)
    assert [row.get("start") for row in rows(plain.dataset, "stints")] == ["2019", None]
    assert [(fault.code, fault.row) for fault in plain.faults] == [("unreadable-date", 3)]
    (source,) = rows(plain.dataset, "sources")
    assert (source["id"], source["title"]) == ("src-team-hires", "team.xlsx, sheet Hires")
    for name in ("people", "organizations", "stints"):
        for row in rows(plain.dataset, name):
            assert row["source_ids"] == ["src-team-hires"]
            assert row["notes"].startswith("team.xlsx, sheet Hires, row ")


def test_tables_are_known_by_their_content(tmp_path: Path):
    text = "person\tcompany\tsince\nAda Test\tAlpha\t2019\n"
    for name in ("t.csv", "t.tsv", "t.dat"):
        assert registry.recognised(put(tmp_path / name, text)) == "table"
    assert registry.recognised(workbook(tmp_path / "t.xlsx", {"S": [["x"]]})) == "table"
    with pytest.raises(DataError, match="not known what its columns hold: a, b") as caught:
        registry.read(put(tmp_path / "u.csv", "a,b\n1,2\n3,4\n"))
    assert "--map" in caught.value.fault.remedy
    with pytest.raises(FileError, match="of no format"):
        registry.read(put(tmp_path / "u.dat", "a,b\n1,2\n3,4\n"))


def test_a_reading_can_be_followed_and_left(tmp_path: Path):
    class LeftError(Exception):
        pass

    path = put(tmp_path / "t.csv", "person,company\nAda Test,Alpha\n")
    told: list[float] = []
    table.read(path, step=told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0

    def leave(done: float) -> None:
        if done > 0.6:
            raise LeftError

    with pytest.raises(LeftError):
        table.read(path, step=leave)


CELL = st.text(st.sampled_from('aBé中;,"\n-/.0129 #'), max_size=10) | st.sampled_from(
    ["2019", "2019-05-01", "01/02/2019", "present", "Ada Test", "Alpha", "#N/A", "confirmed", "https://example.org"]
)


@settings(max_examples=150, deadline=10_000)
@given(data=st.data())
def test_any_table_by_any_mapping_is_sound(data: st.DataObject):
    shape = data.draw(st.sampled_from(SHAPES))
    names = [f"c{n}" for n in range(6)]
    wanted = data.draw(st.permutations(fields_of(shape)))
    kept = [*NEEDED[shape], *(field for field in wanted if field not in NEEDED[shape])][: len(names)]
    use = st.builds(Use, st.just(""), st.sampled_from(["", *ORDERS]), st.sampled_from(["", ";"]))
    uses = {name: replace(data.draw(use), field=field) for name, field in zip(names, kept, strict=False)}
    cells = data.draw(st.lists(st.lists(CELL, min_size=6, max_size=6), max_size=8))
    frame = pl.DataFrame(cells, schema=dict.fromkeys(names, pl.String), orient="row")
    held = sheets.Sheet(
        "t.csv", "t.csv", "", tuple(names), 1, frame, pl.Series("row", range(2, len(cells) + 2), dtype=pl.Int64)
    )
    mapping = Mapping.of(
        shape, uses, runs_on=data.draw(st.booleans()), newest_first=data.draw(st.sampled_from([None, True, False]))
    )
    found = table.reading(held, mapping)
    assert not errors(check(found.dataset))
    for name, made in found.dataset.tables.items():
        if name != "sources":
            assert all(row["source_ids"] for row in made.iter_rows(named=True))
    lost = {fault.row for fault in found.faults if fault.code in ("missing", "repeated-row")}
    if shape == "stints" and not any(u.split for u in uses.values()):
        assert found.dataset["stints"].height == len(cells) - len(lost)


@settings(max_examples=100, deadline=10_000, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_damaged_table_is_read_or_refused(tmp_path: Path, data: st.DataObject):
    content = (FACTS / "stints.csv").read_bytes()[:6_000]
    path = put(tmp_path / "t.csv", data.draw(mutated(content)))
    with suppress(TalentflowError):
        assert not errors(check(table.read(path).dataset))
