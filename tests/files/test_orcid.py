"""ORCID records: what a person states in public, exactly; nothing that is not public, nothing twice."""

from __future__ import annotations

import gzip
import json
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.errors import FileError, TalentflowError
from app.files import register_records, registry
from app.files.reading import Reading
from app.files.register_ids import is_orcid
from tests.files.made import mutated, put, same
from tests.files.organograms import rows
from tests.files.registers import DATA, affiliation, an_orcid, as_xml, orcid, tarball

JSON, XML = DATA / "orcid-record.json", DATA / "orcid-record.xml"


def of(folder: Path, *records: dict[str, Any]) -> Reading:
    for n, record in enumerate(records):
        put(folder / f"{n:03}.json", json.dumps(record))
    return registry.reading(folder)


def told(reading: Reading) -> set[tuple[str, str]]:
    return {(fault.code, fault.field) for fault in reading.faults}


def test_a_real_record_gives_its_posts_with_the_dates_as_they_stand():
    dataset = registry.read(JSON)
    names = dataset.names("organizations")
    assert [
        (names[row["organization_id"]], row["kind"], row["start"], row["end"], row["unit"], row["role"])
        for row in sorted(rows(dataset, "stints"), key=lambda row: row["rank"])
    ] == [
        ("Open University", "education", "1999", "2003", "Computer Science", "1st class with honours"),
        ("Eduserv Athens", "employment", "2005-01", "2013-02", "Athens", "Senior Software Engineer"),
        ("British Library", "employment", "2013-02", "2014-12", "ODIN Project", "Technical Lead"),
        ("ORCID", "employment", "2015-06-10", "2017-12-31", "Technology", "Technology Advocate"),
        ("ORCID", "employment", "2018-01-01", "..", "Product", "Director of Product"),
    ]
    [source] = rows(dataset, "sources")
    assert (source["published"], source["kind"]) == ("2021-07-20", "profile")
    assert source["url"] == "https://orcid.org/0000-0003-0902-4386"
    assert {row["name"]: json.loads(row["extra"])["ids"] for row in rows(dataset, "organizations")} == {
        "ORCID": {"grid": "grid.455335.1"}, "British Library": {"grid": "grid.36212.34"},
        "Eduserv Athens": {"ringgold": "226102"}, "Open University": {"ringgold": "5488"},
    }  # fmt: skip
    assert all(row["source_ids"] == [source["id"]] for table in ("people", "stints") for row in rows(dataset, table))


def test_xml_and_json_of_one_record_are_one_dataset():
    one, other = registry.reading(JSON), registry.reading(XML)
    assert registry.recognised(JSON) == registry.recognised(XML) == "orcid"
    assert same(one.dataset, other.dataset)
    assert one.ignored == other.ignored
    assert ("works", 6) in one.ignored


def test_a_packed_file_a_folder_a_zip_and_a_tarball_hold_the_same(tmp_path: Path):
    records = {f"r/{n % 3}/{n}.xml": as_xml(orcid(n, affiliation("employment", n, "Somewhere"))) for n in range(1, 8)}
    dataset = registry.read(tarball(tmp_path / "summaries.tar.gz", records))
    assert dataset["people"].height == dataset["stints"].height == 7
    assert dataset["organizations"].height == 1
    with zipfile.ZipFile(tmp_path / "r.zip", "w") as box:
        for content in records.values():
            name = f"{len(box.namelist())}/record.xml"
            put_at = tmp_path / "folder" / name
            put_at.parent.mkdir(parents=True, exist_ok=True)
            put(put_at, content)
            box.writestr(name, content)
    for path in (tmp_path / "r.zip", tmp_path / "folder"):
        found = registry.read(path)
        assert registry.recognised(path) == "orcid"
        assert {row["orcid"] for row in rows(found, "people")} == {row["orcid"] for row in rows(dataset, "people")}
    packed = put(tmp_path / "one.gz", gzip.compress(JSON.read_bytes()))
    assert same(registry.read(packed), registry.read(JSON))


def test_tables_stay_tables_when_records_of_a_register_lie_in_a_folder_below(tmp_path: Path):
    put(tmp_path / "people.csv", "id,name\nada,Ada\n")
    (tmp_path / "records").mkdir()
    put(tmp_path / "records" / "r.xml", XML.read_bytes())
    assert registry.recognised(tmp_path) == "csv"


def test_more_records_than_can_be_held_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(register_records, "MOST_RECORDS", 2)
    with pytest.raises(FileError, match="more than 2 records"):
        of(tmp_path, orcid(1), orcid(2), orcid(3))


def test_parts_and_messages_are_refused_with_the_reason_and_passed_over_beside_records(tmp_path: Path):
    with pytest.raises(FileError, match=r"part of a record \(employments\)"):
        registry.read(DATA / "employments-3.0.xml")
    with pytest.raises(FileError, match="message of an error"):
        registry.read(DATA / "error-3.0.xml")
    for name in ("employments-3.0.xml", "error-3.0.xml", "record-3.0.xml"):
        put(tmp_path / name, (DATA / name).read_bytes())
    found = registry.reading(tmp_path)
    assert [row["name"] for row in rows(found.dataset, "people")] == ["credit-name"]
    assert {Path(fault.file).name for fault in found.faults} == {"employments-3.0.xml", "error-3.0.xml"}


def test_only_what_is_public_is_taken_and_the_rest_is_counted():
    found = registry.reading(DATA / "record-3.0.xml")
    assert found.dataset["stints"].height == found.dataset["organizations"].height == 0
    ignored = dict(found.ignored)
    assert ignored["employment that is not public"] == ignored["education that is not public"] == 1
    assert ignored["emails"] == 1
    written = json.dumps([rows(found.dataset, table) for table in ("people", "sources")])
    assert "@" not in written


def test_lists_of_affiliations_become_the_stints_that_they_are(tmp_path: Path):
    sections = ("employment", "education", "qualification", "invited-position", "distinction", "membership", "service")
    given = [affiliation(section, n, f"Org {n}", role="Chair") for n, section in enumerate(sections)]
    found = of(tmp_path, orcid(1, *given, affiliation("service", 9, "Org 9", role="Advisory board")))
    names = found.dataset.names("organizations")
    assert {names[row["organization_id"]]: row["kind"] for row in rows(found.dataset, "stints")} == {
        "Org 0": "employment", "Org 1": "education", "Org 2": "education", "Org 3": "visiting", "Org 9": "advisor",
    }  # fmt: skip
    assert {"distinction", "membership", "service"} <= {name for name, _ in found.ignored}


def test_the_same_id_or_else_the_same_name_and_country_is_one_organization(tmp_path: Path):
    found = of(
        tmp_path,
        orcid(
            1,
            affiliation("employment", 1, "University of Nowhere", unit="1", country="XX", known=("RINGGOLD", "77")),
            affiliation("employment", 2, "Nowhere U", unit="2", country="XX", known=("RINGGOLD", "77")),
            affiliation("employment", 3, "university of nowhere", unit="3", country="XX"),
            affiliation("employment", 4, "University of Nowhere", unit="4", country="YY"),
            affiliation("employment", 5, "University of Nowhere", unit="5", country="XX", known=("RINGGOLD", "78")),
            affiliation(
                "employment", 6, "Fund", unit="6", known=("FUNDREF", "http://dx.doi.org/10.13039/501100009517")
            ),
            affiliation("employment", 7, "Rory", role="Role 7", known=("ROR", "https://ror.org/021nxhr62")),
        ),
    )
    by_post = {json.loads(row["extra"])["orcid"]["put_code"]: row for row in rows(found.dataset, "stints")}
    assert len({by_post[code]["organization_id"] for code in "123"}) == 1
    assert len({by_post[code]["organization_id"] for code in "14567"}) == 5
    ids = [json.loads(row["extra"])["ids"] for row in rows(found.dataset, "organizations") if row["extra"]]
    assert {"fundref": "501100009517"} in ids
    assert {"ror": "https://ror.org/021nxhr62"} in ids


def test_dates_that_are_none_are_told_and_cut_to_what_is_one(tmp_path: Path):
    found = of(
        tmp_path,
        orcid(
            1,
            affiliation("employment", 1, "A", start=("2015", "13", "01"), end=("2016", "02", "30")),
            affiliation("employment", 2, "B", start=("2020",), end=("2019", "05")),
            affiliation("employment", 3, "C"),
            affiliation("employment", 4, "D", start=("soon",)),
        ),
    )
    names = found.dataset.names("organizations")
    assert {names[row["organization_id"]]: (row["start"], row["end"]) for row in rows(found.dataset, "stints")} == {
        "A": ("2015", "2016-02"), "B": ("2020", None), "C": (None, None), "D": (None, None),
    }  # fmt: skip
    assert told(found) == {
        ("unreadable-date", "employment 1 start-date"), ("unreadable-date", "employment 1 end-date"),
        ("end-before-start", "employment 2"), ("unreadable-date", "employment 4 start-date"),
    }  # fmt: skip
    assert not [fault for fault in found.checked if fault.severity == "error"]


def test_of_two_records_of_one_person_the_newer_counts(tmp_path: Path):
    older = orcid(1, affiliation("employment", 1, "Old"), modified=1_500_000_000_000)
    newer = orcid(1, affiliation("employment", 1, "New"), modified=1_600_000_000_000)
    for n, records in enumerate(((older, newer), (newer, older))):
        folder = tmp_path / str(n)
        folder.mkdir()
        found = of(folder, *records)
        assert [row["name"] for row in rows(found.dataset, "organizations")] == ["New"]
        assert [fault.code for fault in found.faults] == ["passed-over"]


def test_what_two_sources_state_alike_is_one_stint(tmp_path: Path):
    fields = {"role": "Chair", "start": ("2001", "02"), "end": ("2003",)}
    found = of(
        tmp_path,
        orcid(
            1,
            affiliation("employment", 1, "A", **fields),
            affiliation("employment", 2, "A", **fields),
            affiliation("employment", 3, "A", **{**fields, "role": "Dean"}),
        ),
    )
    assert sorted(row["role"] for row in rows(found.dataset, "stints")) == ["Chair", "Dean"]
    assert told(found) == {("repeated", "employment 2")}


def test_a_record_without_a_public_name_keeps_its_id(tmp_path: Path):
    record = orcid(5)
    record["person"]["name"]["visibility"] = "limited"
    found = of(tmp_path, record)
    assert [row["name"] for row in rows(found.dataset, "people")] == [an_orcid(5)]
    assert told(found) == {("no-name", "name")}


def test_the_last_sign_of_an_id_is_looked_at():
    assert is_orcid("0000-0002-1825-0097")
    assert is_orcid("0000-0002-1694-233X")
    assert not is_orcid("0000-0002-1825-0098")
    assert not is_orcid("nobody")


@pytest.mark.parametrize("name", ["../x.xml", "/x.xml", "a/../../x.xml"])
def test_paths_that_lead_out_of_a_tarball(tmp_path: Path, name: str):
    path = tarball(tmp_path / "t.tar.gz", {"a.xml": XML.read_bytes(), name: XML.read_bytes()})
    with pytest.raises(FileError, match="leads out of the archive"):
        registry.read(path, "orcid")


def test_entities_are_refused(tmp_path: Path):
    bomb = '<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    text = XML.read_text("utf-8").replace("<record:record", f"{bomb}<record:record", 1)
    with pytest.raises(FileError, match="declares entities"):
        registry.read(put(tmp_path / "r.xml", text))


_DATE = st.none() | st.tuples(
    st.sampled_from(["1999", "2005"]), st.sampled_from(["01", "12"]), st.sampled_from(["9", "30"])
)
_AFFILIATIONS = st.lists(
    st.tuples(
        st.sampled_from(["employment", "education", "invited-position", "membership"]),
        st.integers(1, 99),
        st.sampled_from(["Here", "There", "Elsewhere & Co"]),
        st.fixed_dictionaries(
            {
                "start": _DATE,
                "end": _DATE,
                "role": st.sampled_from([None, "Made-up role"]),
                "known": st.none() | st.tuples(st.just("GRID"), st.sampled_from(["grid.1.1", "grid.2.2"])),
                "visibility": st.sampled_from(["public", "private"]),
            }
        ),
    ),
    max_size=5,
    unique_by=lambda found: found[1],
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_AFFILIATIONS)
def test_whatever_is_in_a_record_both_forms_mean_the_same_and_every_public_post_is_there(tmp_path: Path, given: Any):
    made = [affiliation(*found[:3], **{k: v for k, v in found[3].items() if v is not None}) for found in given]
    record = orcid(1, *(json.loads(json.dumps(one).replace(" & ", " and ")) for one in made))
    one = registry.reading(put(tmp_path / "r", json.dumps(record)))
    other = registry.reading(put(tmp_path / "r", as_xml(record)))
    assert same(one.dataset, other.dataset)
    posts = [found for found in given if found[3]["visibility"] == "public" and found[0] != "membership"]
    repeated = [fault for fault in one.faults if fault.code == "repeated"]
    assert one.dataset["stints"].height + len(repeated) == len(posts)
    assert not [fault for fault in one.checked if fault.severity == "error"]


@pytest.mark.parametrize("path", [JSON, XML], ids=["json", "xml"])
def test_a_damaged_record_is_told_and_never_a_crash(path: Path, tmp_path: Path):
    content = path.read_bytes()

    @settings(max_examples=60, deadline=10_000)
    @given(mutated(content))
    def damaged(changed: bytes) -> None:
        with suppress(TalentflowError):
            found = registry.reading(put(tmp_path / "r", changed), "orcid")
            assert not [fault for fault in found.checked if fault.severity == "error"]

    damaged()


def test_a_damaged_tarball_is_told_and_never_a_crash(tmp_path: Path):
    members = {f"{n}.xml": as_xml(orcid(n, affiliation("employment", 1, "A"))) for n in range(1, 4)}
    content = tarball(tmp_path / "t.tar.gz", members).read_bytes()
    plain = gzip.decompress(content)

    @settings(max_examples=60, deadline=10_000)
    @given(st.sampled_from([content, plain]).flatmap(mutated))
    def damaged(changed: bytes) -> None:
        with suppress(TalentflowError):
            assert registry.reading(put(tmp_path / "d", changed), "orcid").dataset["people"].height <= len(members)

    damaged()
