"""Wikidata: statements with their qualifiers, ranks and references, and what nobody knows."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from app.domain.errors import FileError, TalentflowError
from app.files import registry
from app.files.reading import Reading
from app.files.wikidata_snaks import time_of
from tests.files.made import mutated, put, same
from tests.files.organograms import rows
from tests.files.registers import an_orcid, entities, entity, snak, statement

YEAR, MONTH, DAY = ("+2015-00-00T00:00:00Z", 9), ("+2017-03-00T00:00:00Z", 10), ("+2019-04-05T00:00:00Z", 11)
HUMAN = statement("P31", "Q5")


def of(path: Path, *found: dict[str, Any]) -> Reading:
    return registry.reading(put(path / "w.json", entities(*found)))


def person(*employers: dict[str, Any], **more: list[Any]) -> dict[str, Any]:
    return entity("Q1", "Person One", {"P31": [HUMAN], "P108": list(employers), **more})


def spans(found: Reading) -> list[tuple[Any, ...]]:
    names = found.dataset.names("organizations")
    given = sorted(rows(found.dataset, "stints"), key=lambda row: row["rank"])
    return [(names[row["organization_id"]], row["kind"], row["start"], row["end"]) for row in given]


def test_employers_and_schools_with_dates_and_roles(tmp_path: Path):
    found = of(
        tmp_path,
        person(
            statement("P108", "Q2", P580=[YEAR], P582=[MONTH], P39=["Q9"]),
            statement("P108", "Q3", P580=[DAY], P582=["novalue"]),
            P69=[statement("P69", "Q2", P582=[("+2012-01-01T00:00:00Z", 11)], P512=["Q8"])],
            P496=[statement("P496", an_orcid(1))],
            P10283=[statement("P10283", "A77")],
            P101=[statement("P101", "Q10"), statement("P101", "Q11")],
            P569=[statement("P569", DAY)],
        ),
        entity("Q2", "University"), entity("Q3", "Company"), entity("Q8", "made-up degree"),
        entity("Q9", "head of something"), entity("Q10", "field of work"),
    )  # fmt: skip
    assert registry.recognised(tmp_path / "w.json") == "wikidata"
    assert spans(found) == [
        ("University", "education", None, "2012-01-01"),
        ("University", "employment", "2015", "2017-03"),
        ("Company", "employment", "2019-04-05", ".."),
    ]
    assert {row["role"] for row in rows(found.dataset, "stints")} == {"made-up degree", "head of something", None}
    [one] = rows(found.dataset, "people")
    assert (one["orcid"], one["openalex"], one["wikidata"]) == (an_orcid(1), "A77", "Q1")
    assert one["expertise"] == ["field of work"]
    assert {"P569", "P101 without a label in the file"} <= {name for name, _ in found.ignored}
    assert "2019-04-05T" not in json.dumps(rows(found.dataset, "people"))


def test_lines_and_lists_of_a_dump_hold_the_same(tmp_path: Path):
    items = [person(statement("P108", "Q2", P580=[YEAR])), entity("Q2", "University")]
    dataset = of(tmp_path, *items).dataset
    for text in ("[\n" + ",\n".join(map(json.dumps, items)) + "\n]\n", "\n".join(map(json.dumps, items))):
        assert same(registry.read(put(tmp_path / "w.json", text)), dataset)


def test_a_deprecated_statement_is_denied_and_what_nobody_knows_stays_blank(tmp_path: Path):
    found = of(
        tmp_path,
        person(
            statement("P108", "Q2", rank="deprecated", P580=[YEAR]),
            statement("P108", "Q3", rank="preferred", P580=["somevalue"], P582=["somevalue"]),
            statement("P108", "somevalue"),
            statement("P108", "novalue"),
        ),
        entity("Q2", "Two"), entity("Q3", "Three"),
    )  # fmt: skip
    by_name = {
        found.dataset.names("organizations")[row["organization_id"]]: row for row in rows(found.dataset, "stints")
    }
    assert by_name["Two"]["status"] == "denied"
    assert by_name["Three"]["status"] is None
    assert (by_name["Three"]["start"], by_name["Three"]["end"]) == (None, None)
    assert by_name["Three"]["notes"] == "It ended; nobody knows when"
    assert len(by_name) == 2
    assert [fault.code for fault in found.faults] == ["missing"]
    assert ("P108 novalue", 1) in found.ignored


@pytest.mark.parametrize(
    ("value", "date", "told"),
    [
        (YEAR, "2015", ""),
        (MONTH, "2017-03", ""),
        (DAY, "2019-04-05", ""),
        (("+2019-04-05T10:11:12Z", 14), "2019-04-05", ""),
        (("+2010-00-00T00:00:00Z", 8), "", "decade"),
        (("+1900-00-00T00:00:00Z", 7), "", "century"),
        (("-0044-03-15T00:00:00Z", 11), "", "outside"),
        (("+12345-00-00T00:00:00Z", 9), "", "outside"),
        (("+1500-01-02T00:00:00Z", 11), "1500-01-02", "before the Gregorian"),
        (("+1700-01-02T00:00:00Z", 11, "Q1985786"), "1700?", "Julian"),
        (("+2019-02-30T00:00:00Z", 11), "2019-02", "no day"),
        (("+2019-13-00T00:00:00Z", 10), "2019", "no day"),
        (("yesterday", 11), "", "no time"),
        ("somevalue", "", ""),
    ],
)
def test_times_are_as_exact_as_they_say_and_no_more(value: Any, date: str, told: str):
    found = time_of(snak("P580", value))
    assert found.text == date
    assert told in found.told
    assert bool(found.told) == bool(told)


def test_about_a_date_and_known_at_a_time(tmp_path: Path):
    found = of(
        tmp_path,
        person(
            statement("P108", "Q2", P580=[YEAR], P1480=["Q5727902"]),
            statement("P108", "Q3", P585=[DAY]),
            statement("P108", "Q4", P580=[MONTH, YEAR]),
        ),
        entity("Q2", "Two"), entity("Q3", "Three"), entity("Q4", "Four"),
    )  # fmt: skip
    assert {span[0]: span[2] for span in spans(found)} == {"Two": "2015~", "Three": "2019-04-05?", "Four": "2017-03"}
    assert [fault.code for fault in found.faults] == ["several"]


def test_references_are_sources_each_once(tmp_path: Path):
    reference = [("P854", "https://example.org/a"), ("P813", DAY), ("P248", "Q20")]
    imported = [("P143", "Q21")]
    found = of(
        tmp_path,
        person(
            statement("P108", "Q2", references=[reference, imported]),
            statement("P108", "Q3", references=[reference]),
        ),
        entity("Q2", "Two"), entity("Q3", "Three"), entity("Q20", "A Gazette", modified="2024-01-01T00:00:00Z"),
    )  # fmt: skip
    sources = {row["id"]: row for row in rows(found.dataset, "sources")}
    [cited] = [row for row in sources.values() if row["url"] == "https://example.org/a"]
    assert (cited["publisher"], cited["accessed"]) == ("A Gazette", "2019-04-05")
    assert all(cited["id"] in row["source_ids"] for row in rows(found.dataset, "stints"))
    assert all("wikidata-q1" in row["source_ids"] for row in rows(found.dataset, "stints"))
    assert len(sources) == 4
    assert ("references P143", 1) in found.ignored


def test_an_item_without_a_label_keeps_its_id_and_that_is_told(tmp_path: Path):
    found = of(tmp_path, person(statement("P108", "Q77")))
    assert [row["name"] for row in rows(found.dataset, "organizations")] == ["Q77"]
    assert [(fault.code, fault.field) for fault in found.faults] == [("no-name", "Q77")]
    other = of(tmp_path, entity("Q1", "", {"P31": [HUMAN]}, labels={"fr": {"language": "fr", "value": "Une Personne"}}))
    assert [row["name"] for row in rows(other.dataset, "people")] == ["Une Personne"]


def test_organizations_with_parents_places_and_ids(tmp_path: Path):
    found = of(
        tmp_path,
        entity(
            "Q2", "Lab",
            {
                "P571": [statement("P571", YEAR)], "P576": [statement("P576", MONTH)],
                "P749": [statement("P749", "Q3", P582=[YEAR]), statement("P749", "Q4")],
                "P361": [statement("P361", "Q6")], "P17": [statement("P17", "Q30")],
                "P159": [statement("P159", "Q31")], "P6782": [statement("P6782", "0abcdef01")],
                "P213": [statement("P213", "0000 0001 2345 6789")],
            },
            aliases={"en": [{"language": "en", "value": "The Lab"}]},
        ),
        entity("Q3", "Former"), entity("Q4", "Parent"), entity("Q6", "Whole"),
        entity("Q30", "Made-up Country", {"P297": [statement("P297", "XX")], "P571": [statement("P571", YEAR)]}),
        entity("Q31", "Nowhere"), entity("Q50", "Stray"),
    )  # fmt: skip
    by_name = {row["name"]: row for row in rows(found.dataset, "organizations")}
    lab = by_name["Lab"]
    assert by_name[("Parent")]["id"] == lab["parent_id"]
    assert (lab["founded"], lab["dissolved"], lab["hq_city"], lab["hq_country"]) == ("2015", "2017-03", "Nowhere", "XX")
    assert lab["aliases"] == ["The Lab"]
    assert json.loads(lab["extra"])["ids"] == {
        "wikidata": "Q2", "ror": "https://ror.org/0abcdef01", "isni": "0000000123456789",
    }  # fmt: skip
    assert not {"Made-up Country", "Nowhere", "Stray"} & set(by_name)
    assert dict(found.ignored)["entities that are neither a person nor an organization"] == 1


def test_merged_and_missing_items(tmp_path: Path):
    text = json.dumps(
        {
            "entities": {
                "Q1": person(statement("P108", "Q2")),
                "Q2": entity("Q3", "Merged into three"),
                "Q9": {"id": "Q9", "missing": ""},
            }
        }
    )
    found = registry.reading(put(tmp_path / "w.json", text))
    assert [row["name"] for row in rows(found.dataset, "organizations")] == ["Merged into three"]
    assert ["does not exist" in fault.message for fault in found.faults] == [True]
    with pytest.raises(FileError, match="no item"):
        registry.read(put(tmp_path / "none.json", '{"entities":{}}'), "wikidata")
    with pytest.raises(FileError, match="none of its items"):
        of(tmp_path, entity("Q5", "human"))


def test_a_damaged_file_is_told_and_never_a_crash(tmp_path: Path):
    content = json.dumps(
        {
            "entities": {
                "Q1": person(
                    statement("P108", "Q2", P580=[YEAR], P582=[DAY], references=[[("P854", "https://e.org")]])
                ),
                "Q2": entity("Q2", "Two", {"P749": [statement("P749", "Q3")], "P571": [statement("P571", YEAR)]}),
                "Q3": entity("Q3", "Three", {"P749": [statement("P749", "Q2")]}),
            }
        },
        indent=1,
    ).encode()

    @settings(max_examples=150, deadline=10_000)
    @given(mutated(content))
    def damaged(changed: bytes) -> None:
        with suppress(TalentflowError):
            found = registry.reading(put(tmp_path / "w", changed), "wikidata")
            assert not [fault for fault in found.checked if fault.severity == "error"]

    damaged()
